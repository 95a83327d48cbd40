//! The load generator: the same code against either server.

use std::{collections::VecDeque, time::Duration};

use bytes::Bytes;
use hearten::rpc::pb;
use http::uri::PathAndQuery;
use prost::Message as _;
use tokio::{sync::mpsc::unbounded_channel, task::JoinSet, time::sleep_until};
use tokio_stream::wrappers::UnboundedReceiverStream;
use tonic::{Request, Status, client::Grpc, transport::Channel};

use crate::{
    events::{Kind, Source, answers},
    now,
    pace::{Pace, Window, schedule},
    raw::Raw,
    tally::{Measure, Tally},
    target::Target,
};

pub const SUBMIT: &str = "/hearten.v1.FeedbackService/SubmitEvent";
pub const BATCH: &str = "/hearten.v1.FeedbackService/BatchSubmitEvents";
pub const STREAM: &str = "/hearten.v1.FeedbackService/StreamSessions";
/// How much of the assessment replies on streams carry.
const STREAM_VIEW: pb::View = pb::View::Brief;
/// Before the workers begin, so that all begin at once.
const LEAD: Duration = Duration::from_millis(20);
/// Before a window opens.
const RAMP: Duration = Duration::from_millis(300);
/// For what ends by itself.
const FOR_EVER: Duration = Duration::from_secs(3600);

/// What is asked of a server at once.
#[derive(Clone, Copy, Debug)]
pub struct Load {
    pub kind: Kind,
    /// Requests that wait for their answers on each stream; calls have one for each source.
    pub depth: usize,
}

/// For how long, and how fast.
#[derive(Clone, Copy, Debug)]
pub enum Run {
    /// As fast as answers come.
    Closed(Duration),
    /// As fast as answers come, until each worker has sent so many requests; all of it is measured.
    Counted(u64),
    /// So many requests a second.
    Open(f64, Duration),
}

/// Puts a server under load, each source of the crowd in the hands of one worker.
pub async fn run(target: &Target, crowd: &mut Vec<Source>, load: Load, run: Run) -> Measure {
    let start = now() + LEAD;
    let (opens, length) = match run {
        Run::Closed(length) | Run::Open(_, length) => (start + RAMP, Some(length)),
        Run::Counted(_) => (start, None),
    };
    let window = Window { opens, closes: opens + length.unwrap_or(FOR_EVER) };
    let paces: Vec<Pace> = match run {
        Run::Closed(_) => crowd.iter().map(|_| Pace::Closed(window.closes)).collect(),
        Run::Counted(most) => crowd.iter().map(|_| Pace::Counted(most)).collect(),
        Run::Open(rate, _) => schedule(rate, crowd.len(), start, window.closes),
    };
    let mut workers = JoinSet::new();
    for (place, (source, pace)) in crowd.drain(..).zip(paces).enumerate() {
        let channel = target.channels[place % target.channels.len()].clone();
        let tally = Tally::new(load.kind, window);
        workers.spawn(async move {
            sleep_until(start.into()).await;
            match load.kind {
                Kind::Unary | Kind::Batch => calls(channel, source, pace, tally).await,
                Kind::Stream => stream(channel, source, pace, tally, load.depth).await,
            }
        });
    }
    let mut ended = std::pin::pin!(workers.join_all());
    sleep_until(window.opens.into()).await;
    let from = (now(), target.cpu());
    let early = tokio::select! {
        () = sleep_until(window.closes.into()) => None,
        worked = &mut ended => Some(worked),
    };
    let to = (now(), target.cpu());
    let mut worked = if let Some(worked) = early { worked } else { ended.await };
    worked.sort_by_key(|(source, _)| source.worker);
    let mut all = Tally::new(load.kind, window);
    for (source, tally) in worked {
        crowd.push(source);
        all.add(tally);
    }
    let elapsed = to.0 - from.0;
    let rate = (all.requests * load.kind.events()) as f64 / length.unwrap_or(elapsed).as_secs_f64();
    Measure {
        rate,
        cpu: (to.1 - from.1).as_secs_f64() * 1e6 / elapsed.as_secs_f64() / rate,
        reply: all.bytes as f64 / all.requests.max(1) as f64,
        latency: all.latency,
        fate: all.fate,
    }
}

async fn calls(channel: Channel, mut source: Source, mut pace: Pace, mut tally: Tally) -> (Source, Tally) {
    let kind = tally.kind;
    let path = PathAndQuery::from_static(if kind == Kind::Batch { BATCH } else { SUBMIT });
    let mut grpc = Grpc::new(channel);
    while let Some(began) = pace.next().await {
        let (request, number) = source.request(kind);
        grpc.ready().await.unwrap();
        match grpc.unary(Request::new(request), path.clone(), Raw).await {
            Ok(reply) => tally.took(&pace, began, reply.get_ref(), number),
            Err(status) => tally.lost(1, status),
        }
    }
    (source, tally)
}

/// What every stream begins with.
pub fn open() -> Bytes {
    let open = pb::Open { view: STREAM_VIEW.into(), ..Default::default() };
    let message = Some(pb::stream_sessions_request::Message::Open(open));
    pb::StreamSessionsRequest { message }.encode_to_vec().into()
}

async fn stream(
    channel: Channel,
    mut source: Source,
    mut pace: Pace,
    mut tally: Tally,
    depth: usize,
) -> (Source, Tally) {
    let (sender, outgoing) = unbounded_channel();
    sender.send(open()).unwrap();
    let mut grpc = Grpc::new(channel);
    grpc.ready().await.unwrap();
    let outgoing = Request::new(UnboundedReceiverStream::new(outgoing));
    let mut incoming = match grpc.streaming(outgoing, PathAndQuery::from_static(STREAM), Raw).await {
        Ok(answers) => answers.into_inner(),
        Err(status) => {
            tally.lost(1, status);
            return (source, tally);
        }
    };
    incoming.message().await.unwrap().unwrap();
    let (mut waiting, mut over) = (VecDeque::with_capacity(64), false);
    while !(over && waiting.is_empty()) {
        tokio::select! {
            biased;
            answer = incoming.message(), if !waiting.is_empty() => match answer {
                Ok(Some(answer)) if answers(&answer) => {
                    let (began, number) = waiting.pop_front().unwrap();
                    tally.took(&pace, began, &answer, number);
                }
                // The server spoke first.
                Ok(Some(_)) => {}
                ended => {
                    let status = ended.err().unwrap_or_else(|| Status::unknown("the stream has ended"));
                    tally.lost(waiting.len(), status);
                    return (source, tally);
                }
            },
            began = pace.next(), if !over && waiting.len() < depth => match began {
                Some(began) => {
                    let (request, number) = source.request(Kind::Stream);
                    waiting.push_back((began, number));
                    sender.send(request).unwrap();
                }
                None => over = true,
            },
        }
    }
    drop(sender);
    while let Ok(Some(_)) = incoming.message().await {}
    (source, tally)
}
