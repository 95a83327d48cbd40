//! PostgreSQL servers of the tests' own: in a temporary directory, on loopback, gone with the test.

use std::{
    env, fs,
    io::{Read as _, Write as _},
    net::TcpListener,
    os::unix::{fs::chown, process::CommandExt as _},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::OnceLock,
    thread,
    time::Duration,
};

use tempfile::TempDir;
use tokio_postgres::NoTls;

use super::{PATIENCE, now, tools};

/// A server. Dropping it stops it, and so does the end of the test's process, however it ends.
pub struct Cluster {
    shell: Child,
    home: TempDir,
    port: u16,
    binaries: PathBuf,
}

/// What every server of a test runs with. It waits for its disk, as one in service would.
const SETTINGS: &[&str] =
    &["listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=200", "shared_buffers=64MB"];

/// The shell ends the server when nobody holds the other end of its input any more, and then removes what it kept, unless a word
/// says that it is still of use: nothing is dropped at the end of a process.
const KEEPER: &str = r#""$@" >"$0" 2>&1 </dev/null & server=$!; read -r word; kill -QUIT $server; wait $server
[ -n "$word" ] || rm -rf "${0%/log}""#;

impl Cluster {
    /// Starts one with an empty database, or tells why there is none to be had.
    pub fn start(settings: &[&str]) -> Option<Self> {
        let binaries = tools::postgres()?;
        let home = home();
        let data = home.path().join("data");
        let initdb = ["--auth=trust", "--username=hearten", "--encoding=UTF8", "--locale=C", "--no-sync", "-D"];
        run(Command::new(binaries.join("initdb")).args(initdb).arg(&data));
        Some(Self::serve(home, binaries, settings))
    }

    fn serve(home: TempDir, binaries: PathBuf, settings: &[&str]) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        Self::serve_at(port, home, binaries, settings)
    }

    fn serve_at(port: u16, home: TempDir, binaries: PathBuf, settings: &[&str]) -> Self {
        let mut command = Command::new("sh");
        command.args(["-c", KEEPER]).arg(home.path().join("log")).arg(binaries.join("postgres"));
        command.arg("-D").arg(home.path().join("data")).args(["-p", &port.to_string()]);
        for setting in SETTINGS.iter().chain(settings) {
            command.args(["-c", setting]);
        }
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let shell = as_somebody(&mut command).spawn().unwrap();
        let cluster = Self { shell, home, port, binaries };
        assert!(cluster.answers(), "PostgreSQL did not start: {}", cluster.log());
        cluster
    }

    fn take_home(mut self) -> TempDir {
        if let Some(keeper) = &mut self.shell.stdin {
            keeper.write_all(b"keep\n").unwrap();
        }
        std::mem::replace(&mut self.home, tempfile::tempdir().unwrap())
    }

    fn answers(&self) -> bool {
        let ready = self.binaries.join("pg_isready");
        let deadline = now() + PATIENCE;
        while now() < deadline {
            let mut command = Command::new(&ready);
            command.args(["-q", "-h", "127.0.0.1", "-U", "hearten", "-d", "postgres", "-p", &self.port.to_string()]);
            if with_libraries(&mut command, &self.binaries).status().unwrap().success() {
                return true;
            }
            if !self.home.path().join("data/postmaster.pid").exists() && !self.log().is_empty() {
                return false;
            }
            thread::sleep(Duration::from_millis(20));
        }
        false
    }

    /// Another that follows this one and can take its place. What this one acknowledges is on both from when
    /// `synchronous_standby_names` says so.
    pub fn standby(&self, settings: &[&str]) -> Self {
        let home = home();
        let mut backup = Command::new(self.binaries.join("pg_basebackup"));
        backup.args(["--write-recovery-conf", "--checkpoint=fast", "--wal-method=stream", "--no-sync", "-D"]);
        backup.arg(home.path().join("data")).arg("-d");
        backup.arg(format!("host=127.0.0.1 port={} user=hearten application_name=standby", self.port));
        run(&mut backup);
        Self::serve(home, self.binaries.clone(), settings)
    }

    /// From now on it takes writes.
    pub fn promote(&self) {
        run(Command::new(self.binaries.join("pg_ctl")).args(["promote", "-D"]).arg(self.home.path().join("data")));
    }

    /// As if the machine went down: nothing is said to anybody.
    pub fn kill(&mut self) {
        for each in self.processes() {
            let _ = Command::new("kill").args(["-9", &each]).stderr(Stdio::null()).status();
        }
    }

    /// The ids of its processes, the one that started the others first.
    pub fn processes(&self) -> Vec<String> {
        let pid = fs::read_to_string(self.home.path().join("data/postmaster.pid")).unwrap();
        let pid = pid.lines().next().unwrap();
        let children = fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).unwrap_or_default();
        [pid].into_iter().chain(children.split_whitespace()).map(ToOwned::to_owned).collect()
    }

    /// Starts again on what the disk has, at the same port.
    pub fn restart(self, settings: &[&str]) -> Self {
        let (port, binaries) = (self.port, self.binaries.clone());
        let home = self.take_home();
        let _ = fs::remove_file(home.path().join("data/postmaster.pid"));
        let _ = fs::remove_file(home.path().join("log"));
        Self::serve_at(port, home, binaries, settings)
    }

    /// The address of a database of this name.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://hearten@127.0.0.1:{}/{database}", self.port)
    }

    /// Where it listens.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Makes an empty database and returns its address.
    pub async fn database(&self, name: &str) -> String {
        self.execute("postgres", &format!("create database {name}")).await;
        self.url(name)
    }

    /// Runs statements.
    pub async fn execute(&self, database: &str, statements: &str) {
        self.client(database).await.batch_execute(statements).await.unwrap();
    }

    /// A client of a database.
    pub async fn client(&self, database: &str) -> tokio_postgres::Client {
        let (client, connection) = tokio_postgres::connect(&self.url(database), NoTls).await.unwrap();
        tokio::spawn(connection);
        client
    }

    /// What it has written.
    pub fn log(&self) -> String {
        let mut log = String::new();
        if let Ok(mut file) = fs::File::open(self.home.path().join("log")) {
            let _ = file.read_to_string(&mut log);
        }
        log
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.shell.stdin.take());
        let _ = self.shell.wait();
    }
}

/// A server that all tests of a binary have in common, each with databases of its own.
pub fn shared() -> Option<&'static Cluster> {
    static SHARED: OnceLock<Option<Cluster>> = OnceLock::new();
    SHARED.get_or_init(|| Cluster::start(&[])).as_ref()
}

fn home() -> TempDir {
    let home = tempfile::tempdir().unwrap();
    if let Some((user, group)) = somebody() {
        chown(home.path(), Some(user), Some(group)).unwrap();
    }
    home
}

/// PostgreSQL refuses to run as root.
fn somebody() -> Option<(u32, u32)> {
    use std::os::unix::fs::MetadataExt as _;
    let root = fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0);
    root.then(|| {
        let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
        let ids = |name: &str| {
            let user = users.lines().find(|line| line.starts_with(&format!("{name}:")))?;
            let mut fields = user.split(':').skip(2);
            Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
        };
        ids("postgres").or_else(|| ids("nobody")).unwrap_or((65_534, 65_534))
    })
}

fn as_somebody(command: &mut Command) -> &mut Command {
    command.env_clear().env("PATH", env::var_os("PATH").unwrap_or_default()).env("LC_ALL", "C").current_dir("/");
    if let Some((user, group)) = somebody() {
        command.uid(user).gid(group);
    }
    let program = command.get_args().find(|argument| Path::new(argument).ends_with("postgres")).map(PathBuf::from);
    let program = program.unwrap_or_else(|| PathBuf::from(command.get_program()));
    let folder = program.parent().unwrap_or(Path::new("/")).to_owned();
    with_libraries(command, &folder)
}

/// Beside programs that were unpacked and not installed.
fn with_libraries<'a>(command: &'a mut Command, binaries: &Path) -> &'a mut Command {
    if let Some(libraries) = tools::postgres_libraries(binaries) {
        command.env("LD_LIBRARY_PATH", libraries);
    }
    command
}

fn run(command: &mut Command) {
    let output = as_somebody(command).output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}
