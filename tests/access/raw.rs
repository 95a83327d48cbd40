//! Calls by the method's name, bytes in and bytes out, whatever kind of method it is.

use bytes::Bytes;
use tokio::sync::mpsc;
use tokio_stream::{Stream, wrappers::ReceiverStream};
use tonic::{Extensions, Request, Status, Streaming, client::Grpc, metadata::MetadataMap};

use crate::{in_process::in_time, plain::Raw, shown::Shown};

/// Sends one message, and returns the first that comes back.
pub async fn call(shown: &Shown, method: &str, message: Vec<u8>) -> Result<Bytes, Status> {
    let mut answers = begin(shown, method, tokio_stream::once(message.into())).await?;
    in_time(answers.message()).await?.ok_or_else(|| Status::internal("ended without an answer"))
}

/// Begins a call that is answered for as long as it goes on.
pub async fn watch(shown: &Shown, method: &str, message: Vec<u8>) -> Result<Open, Status> {
    let answers = begin(shown, method, tokio_stream::once(message.into())).await?;
    Ok(Open { sender: None, answers })
}

/// Begins a call that goes on both ways.
pub async fn open(shown: &Shown, method: &str, message: Vec<u8>) -> Result<Open, Status> {
    let (sender, receiver) = mpsc::channel(8);
    sender.send(message.into()).await.unwrap();
    let answers = begin(shown, method, ReceiverStream::new(receiver)).await?;
    Ok(Open { sender: Some(sender), answers })
}

/// A call under way.
pub struct Open {
    /// Where more may be sent.
    sender: Option<mpsc::Sender<Bytes>>,
    answers: Streaming<Bytes>,
}

impl Open {
    pub async fn send(&self, message: Vec<u8>) {
        in_time(self.sender.as_ref().unwrap().send(message.into())).await.unwrap();
    }

    pub async fn next(&mut self) -> Result<Bytes, Status> {
        in_time(self.answers.message()).await?.ok_or_else(|| Status::ok("ended"))
    }

    /// How it ends, whatever comes before.
    pub async fn end(mut self) -> Status {
        loop {
            if let Err(ended) = self.next().await {
                return ended;
            }
        }
    }
}

async fn begin(
    shown: &Shown,
    method: &str,
    messages: impl Stream<Item = Bytes> + Send + 'static,
) -> Result<Streaming<Bytes>, Status> {
    let mut client = Grpc::new(shown.channel.clone());
    in_time(client.ready()).await.map_err(|error| Status::from_error(error.into()))?;
    let metadata = MetadataMap::from_headers(shown.headers.clone());
    let request = Request::from_parts(metadata, Extensions::default(), messages);
    let path = format!("/{method}").parse().unwrap();
    Ok(in_time(client.streaming(request, path, Raw)).await?.into_inner())
}
