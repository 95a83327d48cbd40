//! HTTP/2 by hand, for what no library would send.

use std::{
    io,
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{
        TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    task::JoinHandle,
    time::timeout,
};

pub const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

pub const DATA: u8 = 0;
pub const HEADERS: u8 = 1;
pub const RST_STREAM: u8 = 3;
pub const SETTINGS: u8 = 4;
pub const PING: u8 = 6;
pub const GOAWAY: u8 = 7;
pub const WINDOW_UPDATE: u8 = 8;
pub const CONTINUATION: u8 = 9;

pub const END_STREAM: u8 = 1;
pub const ACK: u8 = 1;
pub const END_HEADERS: u8 = 4;

pub const CANCEL: [u8; 4] = [0, 0, 0, 8];

/// One frame.
pub fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let mut frame = (payload.len() as u32).to_be_bytes()[1..].to_vec();
    frame.extend([kind, flags]);
    frame.extend(stream.to_be_bytes());
    frame.extend(payload);
    frame
}

/// A header, as HPACK has it where nothing is compressed or remembered.
pub fn header(name: &str, value: &str) -> Vec<u8> {
    let mut header = vec![0];
    for text in [name, value] {
        length(&mut header, text.len());
        header.extend(text.as_bytes());
    }
    header
}

fn length(block: &mut Vec<u8>, mut length: usize) {
    if length < 127 {
        return block.push(length as u8);
    }
    block.push(127);
    length -= 127;
    while length >= 128 {
        block.push((length % 128) as u8 | 128);
        length /= 128;
    }
    block.push(length as u8);
}

/// The headers of a gRPC call.
pub fn call(path: &str, key: Option<&str>) -> Vec<u8> {
    let mut block = Vec::new();
    let headers = [
        (":method", "POST"),
        (":scheme", "http"),
        (":path", path),
        (":authority", "localhost"),
        ("content-type", "application/grpc"),
        ("te", "trailers"),
    ];
    headers.iter().for_each(|(name, value)| block.extend(header(name, value)));
    key.iter().for_each(|key| block.extend(header("authorization", &format!("Bearer {key}"))));
    block
}

/// A connection that is read from, so that it is never the client's own buffer that is full.
pub struct Wire {
    pub writer: OwnedWriteHalf,
    heard: Arc<Mutex<Heard>>,
    reading: JoinHandle<()>,
}

/// What the server has said.
#[derive(Clone, Debug, Default)]
pub struct Heard {
    /// Frames, by kind.
    pub frames: [u64; 10],
    /// Why it sends the connection away.
    pub goaway: Option<u32>,
    /// What it has said to the last ping.
    pub pong: Option<[u8; 8]>,
}

impl Wire {
    /// Says hello as every client does.
    pub async fn open(address: SocketAddr) -> io::Result<Self> {
        let mut wire = Self::connect(address).await?;
        let hello = [PREFACE, &frame(SETTINGS, 0, 0, &[]), &frame(SETTINGS, ACK, 0, &[])].concat();
        wire.writer.write_all(&hello).await?;
        Ok(wire)
    }

    /// Says nothing yet.
    pub async fn connect(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (reader, writer) = stream.into_split();
        let heard = Arc::default();
        let reading = tokio::spawn(read(reader, Arc::clone(&heard)));
        Ok(Self { writer, heard, reading })
    }

    pub async fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.writer.write_all(bytes).await
    }

    pub fn heard(&self) -> Heard {
        self.heard.lock().unwrap().clone()
    }

    /// Whether the server closes the connection in time.
    pub async fn closed_within(&mut self, time: Duration) -> bool {
        timeout(time, &mut self.reading).await.is_ok()
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.reading.abort();
    }
}

async fn read(mut reader: OwnedReadHalf, heard: Arc<Mutex<Heard>>) {
    let mut head = [0; 9];
    // Both ends of a connection are its end.
    while reader.read_exact(&mut head).await.is_ok() {
        let [a, b, c, kind, flags, ..] = head;
        let mut payload = vec![0; u32::from_be_bytes([0, a, b, c]) as usize];
        if reader.read_exact(&mut payload).await.is_err() {
            return;
        }
        let number = |from: usize| payload.get(from..from + 4).map(|four| u32::from_be_bytes(four.try_into().unwrap()));
        let mut heard = heard.lock().unwrap();
        heard.frames.iter_mut().skip(kind.into()).take(1).for_each(|count| *count += 1);
        match kind {
            GOAWAY => heard.goaway = number(4),
            PING if flags & ACK > 0 => heard.pong = payload.try_into().ok(),
            _ => {}
        }
    }
}
