//! Hostile calls of a real server: whatever bytes come, each call is answered, and nothing inside ends.

use std::sync::{
    Arc, LazyLock,
    atomic::{AtomicU64, Ordering},
};

use fastrand::Rng;
use hearten::{
    engine::{Engine, Rules, Statistics},
    estimate::Model,
    feedback::Policy,
    rpc::{self, pb},
    store::Memory,
};
use pbjson_types::FieldMask;
use prost::{Message, bytes::BufMut};
use tokio::{net::TcpListener, runtime::Runtime};
use tonic::{
    Code, Request, Status,
    client::Grpc,
    codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder},
    transport::{Channel, Endpoint},
};

use super::{
    engine::{Answer, Shape, Target, odd_number, odd_text, refused, taken},
    hostile,
};

/// The methods that answer once, by their numbers in inputs; a stream has the first that is none.
const METHODS: [&str; 8] = [
    "FeedbackService/SubmitEvent",
    "FeedbackService/BatchSubmitEvents",
    "FeedbackService/ReportOutcomes",
    "FeedbackService/ExplainDecision",
    "LearnerService/GetLearner",
    "LearnerService/BatchGetLearners",
    "LearnerService/UpdatePreferences",
    "LearnerService/ListLearnersNeedingAttention",
];

/// A call: a method, and what is sent.
#[derive(Clone, PartialEq, Message)]
struct Call {
    #[prost(uint32, tag = "1")]
    method: u32,
    #[prost(bytes = "vec", repeated, tag = "2")]
    bodies: Vec<Vec<u8>>,
}

/// Sends bytes as they are.
#[derive(Clone, Copy, Default)]
struct Raw;

impl Codec for Raw {
    type Encode = Vec<u8>;
    type Decode = Vec<u8>;
    type Encoder = Self;
    type Decoder = Self;

    fn encoder(&mut self) -> Self {
        *self
    }

    fn decoder(&mut self) -> Self {
        *self
    }
}

impl Encoder for Raw {
    type Item = Vec<u8>;
    type Error = Status;

    fn encode(&mut self, item: Vec<u8>, to: &mut EncodeBuf<'_>) -> Result<(), Status> {
        to.put_slice(&item);
        Ok(())
    }
}

impl Decoder for Raw {
    type Item = Vec<u8>;
    type Error = Status;

    fn decode(&mut self, from: &mut DecodeBuf<'_>) -> Result<Option<Vec<u8>>, Status> {
        use prost::bytes::Buf;
        Ok(Some(from.copy_to_bytes(from.remaining()).to_vec()))
    }
}

/// Panics in the server's threads: those of a task end no test by themselves.
static PANICS: AtomicU64 = AtomicU64::new(0);
const THREAD: &str = "fuzzed server";

static SERVER: LazyLock<(Runtime, Channel)> = LazyLock::new(|| {
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().name() == Some(THREAD) {
            PANICS.fetch_add(1, Ordering::SeqCst);
        }
        hook(panic);
    }));
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    let runtime = builder.worker_threads(1).thread_name(THREAD).enable_all().build().unwrap();
    let channel = runtime.block_on(async {
        let rules = Rules::new(Model::builtin().unwrap(), Policy::builtin().unwrap());
        let engine = Arc::new(Engine::open(rules, Arc::new(Memory::new()), Statistics::Learn).await.unwrap());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(rpc::run(listener, engine, rpc::Options::default(), std::future::pending()));
        Endpoint::from_shared(url).unwrap().connect().await.unwrap()
    });
    (runtime, channel)
});

fn call(input: &Call) -> Result<Vec<Vec<u8>>, Status> {
    let (runtime, channel) = &*SERVER;
    let mut client = Grpc::new(channel.clone());
    runtime.block_on(async {
        client.ready().await.map_err(|error| Status::unavailable(error.to_string()))?;
        let path = |method: &str| format!("/hearten.v1.{method}").parse().unwrap();
        if let Some(method) = METHODS.get(input.method as usize) {
            let body = input.bodies.first().cloned().unwrap_or_default();
            return client.unary(Request::new(body), path(method), Raw).await.map(|answer| vec![answer.into_inner()]);
        }
        let bodies = tokio_stream::iter(input.bodies.clone());
        let answer = client.streaming(Request::new(bodies), path("FeedbackService/StreamSessions"), Raw).await?;
        let (mut answers, mut told) = (answer.into_inner(), Vec::new());
        while let Some(answer) = answers.message().await? {
            told.push(answer);
        }
        Ok(told)
    })
}

fn made(rng: &mut Rng) -> Vec<u8> {
    let method = rng.u32(0..9);
    let (event, text) = (hostile::event(rng), odd_text(rng));
    let known = ["ana", "ben", "q"][rng.usize(0..3)].to_owned();
    let number = odd_number(rng) as i32;
    let id = if rng.bool() { known } else { text };
    let preferences = rng.bool().then(|| hostile::preferences(rng));
    let events = (0..rng.u8(0..4)).map(|_| hostile::event(rng)).collect();
    let body = match method {
        0 => pb::SubmitEventRequest { event: Some(event), dry_run: rng.bool(), ..Default::default() }.encode_to_vec(),
        1 => pb::BatchSubmitEventsRequest { events, ..Default::default() }.encode_to_vec(),
        2 => {
            let outcome = pb::OutcomeReport { decision_id: id, outcome: number % 7, ..Default::default() };
            pb::ReportOutcomesRequest { outcomes: vec![outcome] }.encode_to_vec()
        }
        3 => pb::ExplainDecisionRequest { decision_id: id }.encode_to_vec(),
        4 => pb::GetLearnerRequest { learner_id: id, ..Default::default() }.encode_to_vec(),
        5 => pb::BatchGetLearnersRequest { learner_ids: vec![id; 3], ..Default::default() }.encode_to_vec(),
        6 => {
            let paths = rng.bool().then(|| FieldMask { paths: vec![odd_text(rng), "locale".to_owned()] });
            let update = pb::UpdatePreferencesRequest { learner_id: id, preferences, update_mask: paths };
            update.encode_to_vec()
        }
        7 => {
            let class_id = if rng.bool() { "7b".to_owned() } else { odd_text(rng) };
            let list = pb::ListLearnersNeedingAttentionRequest { class_id, page_size: number, page_token: id };
            list.encode_to_vec()
        }
        _ => {
            use pb::stream_sessions_request::Message as Sent;
            let sent = [
                Sent::Open(pb::Open {
                    learner_id: id.clone(),
                    locale: odd_text(rng),
                    mode: number,
                    ..Default::default()
                }),
                Sent::Event(event),
                Sent::Close(pb::Close { learner_id: id, ..Default::default() }),
            ];
            let wrapped = |message| pb::StreamSessionsRequest { message: Some(message) }.encode_to_vec();
            return Call { method, bodies: sent.map(wrapped).to_vec() }.encode_to_vec();
        }
    };
    Call { method, bodies: vec![body] }.encode_to_vec()
}

#[test]
fn calls() {
    Target { make: Some(made), ..Target::new("call", Shape::Wire, 4_000) }.run(|input| {
        let Ok(input) = Call::decode(input) else { return refused("no call") };
        let answer = call(&input);
        assert_eq!(PANICS.load(Ordering::SeqCst), 0, "a panic in the server");
        answered(&input, &answer)
    });
}

fn answered(input: &Call, answer: &Result<Vec<Vec<u8>>, Status>) -> Answer {
    match answer {
        Ok(told) => taken((input.method, told.len().min(9), told.first().map(|first| first.len() / 64))),
        Err(status) => {
            // What is no protobuf the transport answers by itself.
            let undecodable = status.code() == Code::Internal && status.message().contains("decode");
            let expected = [
                Code::InvalidArgument,
                Code::NotFound,
                Code::FailedPrecondition,
                Code::AlreadyExists,
                Code::OutOfRange,
            ];
            assert!(undecodable || expected.contains(&status.code()), "{status:?}");
            refused(&format!("{} {:?} {}", input.method, status.code(), status.message()))
        }
    }
}
