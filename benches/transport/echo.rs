//! The echo: a bare tonic server that answers each request with as many bytes as Hearten would, and does nothing else. It runs
//! in a process of its own, with Hearten's allocator, runtime and HTTP/2 settings.

use std::{
    convert::Infallible,
    fs,
    os::unix::process::parent_id,
    path::Path,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use prost::Message as _;
use tokio::net::TcpListener;
use tokio_stream::{StreamExt as _, wrappers::TcpListenerStream};
use tonic::{
    Request, Response, Status, Streaming,
    body::Body,
    server::{Grpc, NamedService},
    transport::Server,
};
use tower::{Service, service_fn};

use crate::{
    load::{BATCH, STREAM, SUBMIT},
    raw::Raw,
};

/// Replies that Hearten gave, as they were on the wire.
#[derive(Clone, PartialEq, prost::Message)]
pub struct Replies {
    #[prost(bytes = "bytes", repeated, tag = "1")]
    pub unary: Vec<Bytes>,
    #[prost(bytes = "bytes", repeated, tag = "2")]
    pub batch: Vec<Bytes>,
    #[prost(bytes = "bytes", repeated, tag = "3")]
    pub stream: Vec<Bytes>,
}

/// One kind of them, in turns.
#[derive(Clone)]
struct Turns(Arc<(Vec<Bytes>, AtomicUsize)>);

impl Turns {
    fn new(replies: Vec<Bytes>) -> Self {
        Self(Arc::new((replies, AtomicUsize::new(0))))
    }

    fn next(&self) -> Bytes {
        let (replies, turn) = &*self.0;
        replies[turn.fetch_add(1, Relaxed) % replies.len()].clone()
    }
}

#[derive(Clone)]
struct Echo {
    unary: Turns,
    batch: Turns,
    stream: Turns,
}

impl NamedService for Echo {
    const NAME: &'static str = "hearten.v1.FeedbackService";
}

type Answered = Pin<Box<dyn Future<Output = Result<http::Response<Body>, Infallible>> + Send>>;

impl Service<http::Request<Body>> for Echo {
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = Answered;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Answered {
        match request.uri().path() {
            SUBMIT => unary(request, self.unary.clone()),
            BATCH => unary(request, self.batch.clone()),
            STREAM => stream(request, self.stream.clone()),
            _ => Box::pin(async { Ok(Status::unimplemented("").into_http()) }),
        }
    }
}

fn unary(request: http::Request<Body>, turns: Turns) -> Answered {
    let service = service_fn(move |_: Request<Bytes>| {
        let reply = turns.next();
        async { Ok::<_, Status>(Response::new(reply)) }
    });
    Box::pin(async { Ok(Grpc::new(Raw).unary(service, request).await) })
}

fn stream(request: http::Request<Body>, turns: Turns) -> Answered {
    let service = service_fn(move |request: Request<Streaming<Bytes>>| {
        let turns = turns.clone();
        async move { Ok::<_, Status>(Response::new(request.into_inner().map(move |each| each.map(|_| turns.next())))) }
    });
    Box::pin(async { Ok(Grpc::new(Raw).streaming(service, request).await) })
}

/// Serves until it is killed, or until whoever started it is gone.
pub async fn serve(replies: &Path) {
    let Replies { unary, batch, stream } = Replies::decode(fs::read(replies).unwrap().as_slice()).unwrap();
    let echo = Echo { unary: Turns::new(unary), batch: Turns::new(batch), stream: Turns::new(stream) };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    println!("echo listening on {}", listener.local_addr().unwrap());
    let parent = parent_id();
    let orphaned = async move {
        while parent_id() == parent {
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    };
    // As `src/rpc/connection.rs` has them.
    let server = Server::builder()
        .max_concurrent_streams(1024)
        .initial_stream_window_size(64 * 1024)
        .initial_connection_window_size(16 * 1024 * 1024)
        .http2_max_header_list_size(16 * 1024)
        .http2_keepalive_interval(Some(Duration::from_secs(60)))
        .add_service(echo);
    let connections = TcpListenerStream::new(listener).map(|stream| stream.inspect(|it| it.set_nodelay(true).unwrap()));
    server.serve_with_incoming_shutdown(connections, orphaned).await.unwrap();
}
