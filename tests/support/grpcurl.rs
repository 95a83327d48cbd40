//! The client a user would paste into a shell: grpcurl, for one call or for a conversation.

use std::{
    io::{BufReader, Read as _, Write as _},
    net::SocketAddr,
    path::PathBuf,
    process::{Child, ChildStdin, Command, ExitStatus, Output, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use super::{PATIENCE, Server, tools};

/// grpcurl, pointed at one server.
pub struct Grpcurl {
    program: PathBuf,
    address: SocketAddr,
    /// How it connects, and what it shows.
    security: Vec<String>,
}

impl Grpcurl {
    /// Nothing, once a line has said so, where grpcurl cannot be had.
    pub fn to(server: &Server) -> Option<Self> {
        let security = vec!["-plaintext".to_owned()];
        Some(Self { program: tools::grpcurl()?, address: server.addr(), security })
    }

    /// The same, connecting with these flags instead of `-plaintext`, such as `-cacert FILE`.
    pub fn with(&self, security: &[&str]) -> Self {
        let security = security.iter().map(|flag| (*flag).to_owned()).collect();
        Self { program: self.program.clone(), address: self.address, security }
    }

    /// Sends the requests, JSON objects one after the other, and waits for the end.
    pub fn call(&self, method: &str, requests: &str) -> Output {
        self.run(&["-d", "@"], &[method], requests)
    }

    /// `grpcurl FLAGS… ADDRESS WHAT…`: other headers or limits, `list`, `describe NAME`.
    pub fn run(&self, flags: &[&str], what: &[&str], stdin: &str) -> Output {
        let mut child = self.spawn(flags, what);
        let mut input = child.stdin.take().unwrap();
        thread::scope(|scope| {
            // Beside the reading, so that neither pipe fills while the other waits; a call that failed early stops reading.
            scope.spawn(move || input.write_all(stdin.as_bytes()));
            child.wait_with_output().unwrap()
        })
    }

    /// Opens a stream to be fed object by object.
    pub fn converse(&self, method: &str) -> Conversation {
        let mut child = self.spawn(&["-d", "@"], &[method]);
        let printed = BufReader::new(child.stdout.take().unwrap()).bytes();
        let (answers, heard) = mpsc::channel();
        thread::spawn(move || {
            let mut objects = Objects::default();
            for object in printed.map_while(Result::ok).filter_map(|byte| objects.take(byte)) {
                let _ = answers.send(object);
            }
        });
        Conversation { input: child.stdin.take(), heard, child }
    }

    fn spawn(&self, flags: &[&str], what: &[&str]) -> Child {
        Command::new(&self.program)
            // A call that hangs is a test that fails, not a build that never ends.
            .args(["-max-time", "120"])
            .args(&self.security)
            .args(flags)
            .arg(self.address.to_string())
            .args(what)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }
}

/// A stream both ways, open until `finish`.
pub struct Conversation {
    input: Option<ChildStdin>,
    heard: mpsc::Receiver<String>,
    child: Child,
}

impl Conversation {
    pub fn send(&mut self, request: &str) {
        writeln!(self.input.as_mut().expect("the sending side is closed"), "{request}").unwrap();
    }

    /// The next object, as JSON text; fails the test if none comes.
    pub fn receive(&mut self) -> String {
        self.receive_within(PATIENCE).expect("no answer came, or the stream ended")
    }

    /// The next object if one comes in time: to see that nothing does.
    pub fn receive_within(&mut self, timeout: Duration) -> Option<String> {
        self.heard.recv_timeout(timeout).ok()
    }

    /// Half-closes: no more requests, the answers go on.
    pub fn close(&mut self) {
        self.input = None;
    }

    /// Half-closes and waits for the end: the answers not yet received, grpcurl's status, what it said of an error.
    pub fn finish(mut self) -> (Vec<String>, ExitStatus, String) {
        self.close();
        let rest = self.heard.iter().collect();
        let mut error = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut error).unwrap();
        (rest, self.child.wait().unwrap(), error)
    }
}

impl Drop for Conversation {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The JSON objects in what a call printed.
pub fn objects(printed: &[u8]) -> Vec<String> {
    let mut objects = Objects::default();
    printed.iter().filter_map(|&byte| objects.take(byte)).collect()
}

/// Cuts text that arrives in pieces into whole objects, by counting the braces outside strings.
#[derive(Default)]
struct Objects {
    object: Vec<u8>,
    depth: usize,
    quoted: bool,
    escaped: bool,
}

impl Objects {
    /// The object this byte completes.
    fn take(&mut self, byte: u8) -> Option<String> {
        match byte {
            _ if self.escaped => self.escaped = false,
            b'\\' if self.quoted => self.escaped = true,
            b'"' => self.quoted = !self.quoted,
            b'{' if !self.quoted => self.depth += 1,
            b'}' if !self.quoted => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        if self.depth == 0 && self.object.is_empty() {
            return None; // the space between two objects
        }
        self.object.push(byte);
        (self.depth == 0).then(|| String::from_utf8(std::mem::take(&mut self.object)).unwrap())
    }
}
