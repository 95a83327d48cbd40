//! A client that decides itself what it reads, and when: HTTP/2 by the library, gRPC by hand.

use std::{
    io,
    net::SocketAddr,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use h2::{
    RecvStream, SendStream,
    client::{Builder, ResponseFuture, SendRequest},
};
use http::{HeaderMap, Request};
use prost::Message;
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    task::JoinHandle,
    time::timeout,
};

/// A message as gRPC frames it.
pub fn framed(message: &impl Message) -> Bytes {
    let body = message.encode_to_vec();
    [&[0][..], &(body.len() as u32).to_be_bytes(), &body].concat().into()
}

/// One connection.
pub struct Http2 {
    sender: SendRequest<Bytes>,
    connection: JoinHandle<Result<(), h2::Error>>,
    deaf: Arc<AtomicBool>,
    key: Option<String>,
}

/// One call.
pub struct Call {
    pub body: SendStream<Bytes>,
    answer: ResponseFuture,
}

impl Http2 {
    /// `window` is how much of each answer may be sent before it is asked for.
    pub async fn connect(address: SocketAddr, window: u32, key: Option<&str>) -> Self {
        let stream = TcpStream::connect(address).await.unwrap();
        let deaf = Arc::new(AtomicBool::new(false));
        let stream = Deafening { stream, deaf: Arc::clone(&deaf) };
        let (sender, connection) = Builder::new()
            .initial_window_size(window)
            .initial_connection_window_size(i32::MAX as u32)
            .handshake(stream)
            .await
            .unwrap();
        Self { sender, connection: tokio::spawn(connection), deaf, key: key.map(str::to_owned) }
    }

    /// From here on nothing is read from the socket.
    pub fn read_no_more(&self) {
        self.deaf.store(true, Relaxed);
    }

    pub async fn call(&mut self, path: &str, headers: &[(&str, &str)]) -> Result<Call, h2::Error> {
        let mut request = Request::post(format!("http://localhost{path}"));
        let authorization = self.key.as_ref().map(|key| ("authorization", format!("Bearer {key}")));
        let authorization = authorization.as_ref().map(|(name, value)| (*name, value.as_str()));
        let usual = [("content-type", "application/grpc"), ("te", "trailers")];
        for (name, value) in usual.iter().chain(headers).chain(&authorization) {
            request = request.header(*name, *value);
        }
        let mut sender = self.sender.clone().ready().await?;
        let (answer, body) = sender.send_request(request.body(()).unwrap(), false)?;
        Ok(Call { body, answer })
    }

    pub async fn closed_within(&mut self, time: Duration) -> bool {
        timeout(time, &mut self.connection).await.is_ok()
    }
}

impl Drop for Http2 {
    fn drop(&mut self) {
        self.connection.abort();
    }
}

impl Call {
    /// The status it ends with, as a number; everything is read.
    pub async fn status(self) -> Result<(i32, HeaderMap), h2::Error> {
        let (head, body) = self.answer.await?.into_parts();
        match code(&head.headers) {
            Some(code) => Ok((code, head.headers)),
            None => ending(body).await,
        }
    }

    /// The answer's headers have come; what follows is not read.
    pub async fn answered(self) -> Result<(SendStream<Bytes>, RecvStream), h2::Error> {
        Ok((self.body, self.answer.await?.into_body()))
    }
}

async fn ending(mut body: RecvStream) -> Result<(i32, HeaderMap), h2::Error> {
    while let Some(data) = body.data().await {
        let length = data?.len();
        let _ = body.flow_control().release_capacity(length);
    }
    let trailers = body.trailers().await?.expect("gRPC answers end with trailers");
    Ok((code(&trailers).expect("and a status in them"), trailers))
}

fn code(headers: &HeaderMap) -> Option<i32> {
    headers.get("grpc-status")?.to_str().ok()?.parse().ok()
}

/// A socket that can cease to be read.
struct Deafening {
    stream: TcpStream,
    deaf: Arc<AtomicBool>,
}

impl AsyncRead for Deafening {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.deaf.load(Relaxed) {
            return Poll::Pending;
        }
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Deafening {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
