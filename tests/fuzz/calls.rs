//! Hostile calls of a real server: whatever bytes come, each call is answered, and nothing inside ends.

#[path = "calls/made.rs"]
mod made;
#[path = "calls/raw.rs"]
mod raw;

use std::sync::{
    Arc, LazyLock,
    atomic::{AtomicU64, Ordering},
};

use hearten::{
    engine::{Engine, Rules, Statistics},
    estimate::Model,
    feedback::Policy,
    rpc::{self, pb},
    store::Memory,
};
use made::made;
use prost::Message;
use raw::Raw;
use tokio::{net::TcpListener, runtime::Runtime};
use tonic::{
    Code, Request, Status,
    client::Grpc,
    transport::{Channel, Endpoint},
};

use super::engine::{Answer, Shape, Target, refused, taken};

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

/// One call of a method, answered well.
fn good(method: u32, request: &impl Message) -> (Vec<u8>, Vec<u8>) {
    let input = Call { method, bodies: vec![request.encode_to_vec()] };
    (input.encode_to_vec(), call(&input).unwrap().remove(0))
}

/// A class whose learners all struggle, and every call that can be made about them.
fn seeds() -> Vec<Vec<u8>> {
    let mut ids = Vec::new();
    for (learner, number) in ["ana", "ben"].into_iter().flat_map(|learner| (0..40).map(move |number| (learner, number)))
    {
        let attempt = pb::Attempt { correct: Some(false), ..Default::default() };
        let event = pb::Event {
            event_id: number.to_string(),
            learner_id: learner.to_owned(),
            class_id: "7b".to_owned(),
            item_id: format!("q{number}"),
            skill_ids: vec!["fractions".to_owned()],
            action: Some(pb::event::Action::Attempt(attempt)),
            ..Default::default()
        };
        let (_, answer) = good(0, &pb::SubmitEventRequest { event: Some(event), ..Default::default() });
        let reply = pb::SubmitEventResponse::decode(&*answer).unwrap().reply.unwrap();
        ids.push(reply.decision.unwrap().decision_id);
    }
    let list =
        |page_token| pb::ListLearnersNeedingAttentionRequest { class_id: "7b".to_owned(), page_size: 1, page_token };
    let (_, answer) = good(7, &list(String::new()));
    let page = pb::ListLearnersNeedingAttentionResponse::decode(&*answer).unwrap();
    assert!(!page.next_page_token.is_empty(), "{page:?}");
    let explain = |id: &String| good(3, &pb::ExplainDecisionRequest { decision_id: id.clone() }).0;
    let report = |id: &String| {
        let outcomes = vec![pb::OutcomeReport { decision_id: id.clone(), outcome: 1, ..Default::default() }];
        good(2, &pb::ReportOutcomesRequest { outcomes }).0
    };
    let latest = ids.iter().skip(36).take(4);
    latest.flat_map(|id| [explain(id), report(id)]).chain([good(7, &list(page.next_page_token)).0]).collect()
}

#[test]
fn calls() {
    Target { seeds: seeds(), make: Some(made), ..Target::new("call", Shape::Wire, 4_000) }.run(|input| {
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
