//! Reads what strace wrote, and looks for the proof that an event was on disk before its reply left.

use std::{collections::HashMap, path::Path};

/// One system call on a file or a socket. Places are lines of the trace, in the order in which they were seen.
#[derive(Clone, Debug)]
struct Call {
    name: String,
    /// As the descriptor's name.
    file: String,
    /// What it wrote or read.
    bytes: Vec<u8>,
    succeeded: bool,
    entered: usize,
    returned: usize,
}

pub struct Trace(Vec<Call>);

impl Trace {
    pub fn read(text: &str) -> Self {
        let mut calls = Vec::new();
        // By thread: what it is in the middle of.
        let mut begun: HashMap<&str, (String, usize)> = HashMap::new();
        for (place, line) in text.lines().enumerate() {
            let (thread, call) = line.split_once(' ').unwrap();
            let call = call.trim_start();
            if let Some(start) = call.strip_suffix(" <unfinished ...>") {
                begun.insert(thread, (start.to_owned(), place));
            } else if call.starts_with("<... ") {
                let (_, rest) = call.split_once(" resumed>").unwrap();
                let (start, entered) = begun.remove(thread).unwrap();
                calls.extend(Call::read(&(start + rest), entered, place));
            } else {
                calls.extend(Call::read(call, place, place));
            }
        }
        // By when they took effect: nothing is written before it is entered, nothing read before it returns.
        calls.sort_by_key(|call| if call.reads() { call.returned } else { call.entered });
        Self(calls)
    }

    pub fn without_syncs(&self) -> Self {
        Self(self.0.iter().filter(|call| !call.syncs()).cloned().collect())
    }

    /// That the event of the learner with this name came in, was written to a file of the store, that file was synced, and
    /// only then the reply was handed to the socket. Otherwise what is missing.
    pub fn proves(&self, store: &Path, learner: &str) -> Result<(), &'static str> {
        let store = format!("{}/", store.display());
        let socket = |call: &&Call| call.file.starts_with("socket:");
        let received = self.last_byte(learner, |call| socket(&call) && call.reads()).ok_or("never received")?;
        let written = self
            .last_byte(learner, |call| call.file.starts_with(&store) && call.writes())
            .ok_or("never written to a file of the store")?;
        if written.entered <= received.returned {
            return Err("written before it was received");
        }
        let synced = self.0.iter().find(|call| {
            call.syncs() && call.file == written.file && call.succeeded && call.entered > written.returned
        });
        let synced = synced.ok_or("never synced after it was written")?;
        let replied = self.first_byte(learner, |call| socket(&call) && call.writes()).ok_or("never answered")?;
        if replied.entered <= synced.returned { Err("answered before it was synced") } else { Ok(()) }
    }

    fn last_byte(&self, text: &str, of: impl Fn(&Call) -> bool) -> Option<&Call> {
        self.spot(text, text.len() - 1, of)
    }

    fn first_byte(&self, text: &str, of: impl Fn(&Call) -> bool) -> Option<&Call> {
        self.spot(text, 0, of)
    }

    /// The call that carried this byte of the text where it first occurs; a text may be split between calls.
    fn spot(&self, text: &str, byte: usize, of: impl Fn(&Call) -> bool) -> Option<&Call> {
        let mut flows: HashMap<&str, (Vec<u8>, Vec<&Call>)> = HashMap::new();
        for call in self.0.iter().filter(|call| of(call)) {
            let (bytes, carriers) = flows.entry(&call.file).or_default();
            bytes.extend(&call.bytes);
            carriers.resize(bytes.len(), call);
        }
        let found = flows.values().filter_map(|(bytes, carriers)| {
            let start = bytes.windows(text.len()).position(|window| window == text.as_bytes())?;
            Some(carriers[start + byte])
        });
        found.min_by_key(|call| call.entered)
    }
}

impl Call {
    /// Reads `name(4<\x2f…>, "\x00…", 8) = 8`; nothing where it is not about a descriptor.
    fn read(line: &str, entered: usize, returned: usize) -> Option<Self> {
        let (name, rest) = line.split_once('(')?;
        let (arguments, result) = rest.rsplit_once(" = ")?;
        let (_, named) = arguments.split_once('<')?;
        let (file, values) = named.split_once('>')?;
        // Every second part stands between quotes.
        let bytes: Vec<u8> = values.split('"').skip(1).step_by(2).flat_map(unescape).collect();
        let result: i64 = result.split_whitespace().next()?.parse().ok()?;
        let carried = usize::try_from(result).unwrap_or(0).min(bytes.len());
        let file = String::from_utf8_lossy(&unescape(file)).into_owned();
        let mut call = Self { name: name.to_owned(), file, bytes, succeeded: result >= 0, entered, returned };
        call.bytes.truncate(carried);
        Some(call)
    }

    fn reads(&self) -> bool {
        ["read", "readv", "recvfrom", "recvmsg"].contains(&self.name.as_str())
    }

    fn writes(&self) -> bool {
        ["write", "writev", "pwrite64", "pwritev", "sendto", "sendmsg"].contains(&self.name.as_str())
    }

    fn syncs(&self) -> bool {
        ["fsync", "fdatasync"].contains(&self.name.as_str())
    }
}

fn unescape(hex: &str) -> Vec<u8> {
    hex.split("\\x").skip(1).map(|byte| u8::from_str_radix(byte, 16).unwrap()).collect()
}

const COUNTED: &str = r#"
7 recvfrom(9<\x73\x6f\x63\x6b\x65\x74\x3a\x31>, "\x61\x6e", 8, 0, NULL, NULL) = 2
7 recvfrom(9<\x73\x6f\x63\x6b\x65\x74\x3a\x31>, "\x61", 8, 0, NULL, NULL) = 1
8 write(12<\x2f\x64\x2f\x6a>, "\x61\x6e\x61", 3) = 3
8 fdatasync(12<\x2f\x64\x2f\x6a> <unfinished ...>
"#;

/// The reader is tested too: it is all that stands between the promise and a proof of nothing.
#[test]
fn a_reply_during_the_sync_is_no_proof() {
    let reply = r#"7 writev(9<\x73\x6f\x63\x6b\x65\x74\x3a\x31>, [{iov_base="\x61", iov_len=1}, {iov_base="\x6e\x61", iov_len=2}], 2) = 3"#;
    let done = "8 <... fdatasync resumed>) = 0";
    let failed = "8 <... fdatasync resumed>) = -1 EIO (Input/output error)";
    let proof = |lines: [&str; 2]| {
        Trace::read(&format!("{}{}", COUNTED.trim_start(), lines.join("\n"))).proves(Path::new("/d"), "ana")
    };
    assert_eq!(proof([done, reply]), Ok(()));
    assert_eq!(proof([reply, done]), Err("answered before it was synced"));
    assert_eq!(proof([failed, reply]), Err("never synced after it was written"));
    assert_eq!(proof([done, ""].map(|line| if line.is_empty() { done_again() } else { line })), Err("never answered"));
}

fn done_again() -> &'static str {
    r"8 fsync(12<\x2f\x64\x2f\x6a>) = 0"
}
