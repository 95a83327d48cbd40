//! What Hearten replies, so that the echo can send as much: taken from learners of whom as much is known as in the measurement.

use std::path::Path;

use http::uri::PathAndQuery;
use tokio_stream::{StreamExt as _, iter};
use tonic::{Request, client::Grpc};

use crate::{
    echo::Replies,
    events::{self, Kind, Source, answers},
    load::{BATCH, Load, Run, STREAM, SUBMIT, open, run},
    raw::Raw,
    scenario::GROWN,
    target::Target,
};

const WORKERS: u64 = 16;
const LEARNERS: u64 = 64;

/// Replies of every kind, by the hundred.
pub async fn replies(place: &Path) -> Replies {
    let tails = events::tails();
    events::check(&tails);
    let target = Target::hearten(place, false, 1).await;
    let mut crowd = events::crowd(b"learner-", WORKERS * LEARNERS, WORKERS, &tails);
    run(&target, &mut crowd, Load { kind: Kind::Stream, depth: 16 }, Run::Counted(GROWN * LEARNERS)).await;
    let mut replies = Replies::default();
    for source in crowd.iter_mut().take(4) {
        for _ in 0..LEARNERS {
            replies.unary.push(call(&target, SUBMIT, source.request(Kind::Unary).0).await);
        }
    }
    for source in crowd.iter_mut().skip(4).take(8) {
        replies.batch.push(call(&target, BATCH, source.request(Kind::Batch).0).await);
    }
    for source in crowd.iter_mut().skip(12) {
        replies.stream.extend(stream(&target, source).await);
    }
    replies
}

async fn call(target: &Target, path: &'static str, request: bytes::Bytes) -> bytes::Bytes {
    let mut grpc = Grpc::new(target.channels[0].clone());
    grpc.ready().await.unwrap();
    grpc.unary(Request::new(request), PathAndQuery::from_static(path), Raw).await.unwrap().into_inner()
}

async fn stream(target: &Target, source: &mut Source) -> Vec<bytes::Bytes> {
    let events = (0..LEARNERS).map(|_| source.request(Kind::Stream).0);
    let sent: Vec<_> = [open()].into_iter().chain(events).collect();
    let mut grpc = Grpc::new(target.channels[0].clone());
    grpc.ready().await.unwrap();
    let path = PathAndQuery::from_static(STREAM);
    let replies = grpc.streaming(Request::new(iter(sent)), path, Raw).await.unwrap().into_inner();
    replies.map(Result::unwrap).filter(|message| answers(message)).collect().await
}
