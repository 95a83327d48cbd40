//! The real server as a child process: started on a free port, stopped in every way a server can be.

use std::{
    io::{BufRead as _, BufReader, Read},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::{Arc, Mutex, mpsc},
    thread::{self, JoinHandle},
    time::Duration,
};

use tempfile::TempDir;

use super::{PATIENCE, hearten, now};

/// A running server. Dropping it kills it, and only it.
pub struct Server {
    child: Child,
    address: SocketAddr,
    output: Output,
    /// The threads that read what it writes.
    listening: Vec<JoinHandle<()>>,
    directory: PathBuf,
    /// Removed after the child is gone, when the directory is the server's own.
    own: Option<TempDir>,
}

/// Everything the child has written, both streams, line by line as it came.
#[derive(Clone, Default)]
struct Output(Arc<Mutex<String>>);

impl Server {
    /// Starts on a fresh data directory that lives as long as the server.
    pub fn start(arguments: &[&str]) -> Self {
        let own = tempfile::tempdir().unwrap();
        let mut server = Self::start_in(own.path(), arguments);
        server.own = Some(own);
        server
    }

    /// Starts on a data directory the test keeps: to crash and start again.
    pub fn start_in(directory: &Path, arguments: &[&str]) -> Self {
        Self::spawn(serve(directory, arguments), directory)
    }

    /// Starts under `strace` with these of its options. The child is still the server: `-D` makes the tracer its grandchild.
    pub fn start_traced(strace: &Path, options: &[&str], directory: &Path, arguments: &[&str]) -> Self {
        let server = serve(directory, arguments);
        let mut command = Command::new(strace);
        command.arg("-D").args(options).arg("--").arg(server.get_program()).args(server.get_args());
        for (name, _) in server.get_envs() {
            command.env_remove(name);
        }
        Self::spawn(command, directory)
    }

    /// Starts with files limited to so many KiB; a write beyond that fails, as on a full disk, instead of killing.
    pub fn start_limited(kib: u32, directory: &Path, arguments: &[&str]) -> Self {
        let server = serve(directory, arguments);
        // POSIX counts in 512 bytes, bash in 1,024.
        let script = format!("trap '' XFSZ; ulimit -f {kib}; exec \"$0\" \"$@\"");
        let mut command = Command::new("bash");
        command.args(["-c", &script]).arg(server.get_program()).args(server.get_args());
        for (name, _) in server.get_envs() {
            command.env_remove(name);
        }
        Self::spawn(command, directory)
    }

    /// Starts whatever command ends up serving.
    pub fn spawn(mut command: Command, directory: &Path) -> Self {
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let output = Output::default();
        let (found, address) = mpsc::channel();
        let listening = vec![
            output.follow(child.stdout.take().unwrap(), found.clone()),
            output.follow(child.stderr.take().unwrap(), found),
        ];
        let Ok(address) = address.recv_timeout(PATIENCE) else {
            let _ = child.kill();
            panic!("the server did not say where it listens ({}):\n{}", child.wait().unwrap(), output.text());
        };
        Self { child, address, output, listening, directory: directory.to_path_buf(), own: None }
    }

    pub fn addr(&self) -> SocketAddr {
        self.address
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// What it holds in memory, in MiB.
    pub fn resident_mib(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.pid())).unwrap();
        let kib = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        kib.trim().trim_end_matches(" kB").parse::<u64>().unwrap() / 1024
    }

    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// What it has written so far, standard output and standard error together.
    pub fn output(&self) -> String {
        self.output.text()
    }

    /// The same, once it holds this text: lines come one by one.
    pub fn output_with(&self, text: &str) -> String {
        let deadline = now() + PATIENCE;
        loop {
            let output = self.output();
            if output.contains(text) {
                return output;
            }
            assert!(now() < deadline, "it never wrote {text:?}");
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// SIGKILL: no destructor, no last fsync.
    pub fn kill9(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// SIGTERM, the polite way. Does not wait.
    pub fn terminate(&self) {
        self.signal("TERM");
    }

    /// By name, such as INT. Does not wait.
    pub fn signal(&self, name: &str) {
        // `kill` is built into every shell; small images have no program of that name.
        let sent = Command::new("sh").args(["-c", "kill -\"$0\" \"$1\"", name, &self.pid().to_string()]).status();
        assert!(sent.unwrap().success(), "SIG{name} did not reach the server");
    }

    /// Its exit status, if it ends in time. What it wrote is then complete.
    pub fn wait(&mut self, timeout: Duration) -> Option<ExitStatus> {
        let deadline = now() + timeout;
        loop {
            let status = self.child.try_wait().unwrap();
            if status.is_some() {
                self.listening.drain(..).for_each(|thread| thread.join().unwrap());
            }
            if status.is_some() || now() >= deadline {
                return status;
            }
            thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        if thread::panicking() {
            eprintln!("--- the server wrote:\n{}---", self.output());
        }
    }
}

impl Output {
    /// Keeps reading to the end, so that the child never blocks on a full pipe.
    fn follow(&self, stream: impl Read + Send + 'static, found: mpsc::Sender<SocketAddr>) -> JoinHandle<()> {
        let output = self.clone();
        thread::spawn(move || {
            let mut found = Some(found);
            for line in BufReader::new(stream).split(b'\n').map_while(Result::ok) {
                let line = String::from_utf8_lossy(&line);
                output.0.lock().unwrap().extend([&line, "\n"]);
                if let Some(address) = address(&line) {
                    let _ = found.take().map(|found| found.send(address));
                }
            }
        })
    }

    fn text(&self) -> String {
        self.0.lock().unwrap().clone()
    }
}

fn serve(directory: &Path, arguments: &[&str]) -> Command {
    let mut command = hearten(["serve", "--listen", "127.0.0.1:0", "--data-dir"]);
    command.arg(directory).args(arguments);
    command
}

/// The address in a line that says `listening on 127.0.0.1:50051`, whatever stands around it.
fn address(line: &str) -> Option<SocketAddr> {
    let (_, rest) = line.split_once("listening on ")?;
    let end = rest.find(|c: char| !c.is_ascii_hexdigit() && !".:[]".contains(c)).unwrap_or(rest.len());
    rest.get(..end)?.trim_end_matches('.').parse().ok()
}
