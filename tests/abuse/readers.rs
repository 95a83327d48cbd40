//! Clients that ask and do not read what they asked for: they are cut off, and what was kept for them is given back.

use std::time::Duration;

use hearten::rpc::pb::{self, stream_sessions_request::Message as Sent};
use tokio::time::{sleep, timeout};

use super::trial::{CLOSING, STALL, Trial, try_on};
use crate::support::{
    PATIENCE,
    http2::{Call, Http2, framed},
    keyed::Keyed,
    now,
    pace::event,
};

const STREAM: &str = "/hearten.v1.FeedbackService/StreamSessions";
/// As many as the tenant may have.
const STREAMS: usize = 50;
/// The most a window may be.
const MOST: u32 = i32::MAX as u32;

/// Sends events for as long as there is room for them on the way.
async fn send_events(mut call: Call, learner: String) -> Call {
    let open = pb::Open { view: pb::View::Full.into(), ..Default::default() };
    let request = |message| framed(&pb::StreamSessionsRequest { message: Some(message) });
    call.body.send_data(request(Sent::Open(open)), false).unwrap();
    // Some more than may wait for a client, and not so many that the transport is the first to have had enough.
    for number in 0_u32..300 {
        let bytes = request(Sent::Event(event(&learner, &number.to_string())));
        call.body.reserve_capacity(bytes.len());
        let room = async {
            while call.body.capacity() < bytes.len() {
                let more = std::future::poll_fn(|context| call.body.poll_capacity(context)).await;
                if !matches!(more, Some(Ok(_))) {
                    return false;
                }
            }
            true
        };
        // No more is taken of somebody who does not read.
        if !matches!(timeout(Duration::from_secs(5), room).await, Ok(true)) {
            break;
        }
        if call.body.send_data(bytes, false).is_err() {
            break;
        }
        // Not so fast that it is a flood as well.
        sleep(Duration::from_millis(5)).await;
    }
    call
}

/// Opens streams and sends events on each, reading nothing.
async fn pour(client: &mut Http2, streams: usize) -> Vec<Call> {
    let mut pouring = tokio::task::JoinSet::new();
    for number in 0..streams {
        let call = client.call(STREAM, &[]).await.unwrap();
        pouring.spawn(send_events(call, format!("poured-{number}")));
    }
    pouring.join_all().await
}

/// Whether the tenant has places again: none of those who were cut off still has one.
async fn room_again(trial: &Trial, within: Duration, streams: usize) {
    let mut client = Http2::connect(trial.server.addr(), MOST, Some(&trial.key)).await;
    let deadline = now() + within;
    let mut open = Vec::new();
    while open.len() < streams {
        let mut call = client.call(STREAM, &[]).await.unwrap();
        let message = Some(Sent::Event(event("reads", &open.len().to_string())));
        // Where it is refused, that may have come already.
        let _ = call.body.send_data(framed(&pb::StreamSessionsRequest { message }), false);
        let (body, mut answer) = timeout(PATIENCE, call.answered()).await.unwrap().unwrap();
        match timeout(PATIENCE, answer.data()).await.unwrap() {
            Some(data) => {
                data.unwrap();
                open.push((body, answer));
            }
            // Refused: the places are still taken.
            None => {
                assert!(now() < deadline, "{} of {streams} places are given back", open.len());
                sleep(Duration::from_millis(200)).await;
            }
        }
    }
}

/// Nothing is read from the socket.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_socket_that_is_not_read() {
    try_on(
        "streams whose socket is not read",
        &["--tenant-streams", "50", "--store", "memory"],
        async |trial: &Trial| {
            let mut client = Http2::connect(trial.server.addr(), MOST, Some(&trial.key)).await;
            let mut calls = Vec::new();
            for _ in 0..STREAMS {
                calls.push(client.call(STREAM, &[]).await.unwrap());
            }
            sleep(Duration::from_millis(200)).await;
            client.read_no_more();
            let mut pouring = tokio::task::JoinSet::new();
            for (number, call) in calls.into_iter().enumerate() {
                pouring.spawn(send_events(call, format!("poured-{number}")));
            }
            let _calls = pouring.join_all().await;
            room_again(trial, 2 * STALL + CLOSING, STREAMS).await;
        },
    )
    .await;
}

/// The socket is read, and the answers are never asked for: HTTP/2's own flow control holds them back.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_window_that_never_opens() {
    try_on(
        "streams whose window never opens",
        &["--tenant-streams", "50", "--store", "memory"],
        async |trial: &Trial| {
            let mut client = Http2::connect(trial.server.addr(), 0, Some(&trial.key)).await;
            let _calls = pour(&mut client, STREAMS).await;
            room_again(trial, 2 * STALL + CLOSING, STREAMS).await;
        },
    )
    .await;
}

/// Streams whose time is over, and their connection's: what they were told last has to be read, or they are cut off.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_last_word_that_is_not_read() {
    let (trial, _alone) = Trial::alone(&["--tenant-streams", "50", "--store", "memory", "--stream-age", "2s"]).await;
    let mut client = Http2::connect(trial.server.addr(), 0, Some(&trial.key)).await;
    let mut calls = Vec::new();
    for number in 0..STREAMS {
        let mut call = client.call(STREAM, &[]).await.unwrap();
        let message = Some(Sent::Event(event("unread", &number.to_string())));
        call.body.send_data(framed(&pb::StreamSessionsRequest { message }), false).unwrap();
        calls.push(call);
    }
    sleep(Duration::from_secs(2) + STALL + CLOSING).await;
    // Whoever looks has a connection that grows as old.
    room_again(&trial, Duration::from_secs(1), STREAMS).await;
}

/// Does something again and again until the other thing has happened.
async fn loop_until<T>(other: &mut (impl Future<Output = T> + Unpin), mut again: impl AsyncFnMut(usize)) -> T {
    for id in 1.. {
        again(id).await;
        if let Ok(happened) = timeout(Duration::from_millis(1), &mut *other).await {
            return happened;
        }
    }
    unreachable!()
}

/// Others on the same connection are not the worse for it: behind a proxy they are other people.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_that_does_not_read_is_cut_off_alone() {
    try_on("one stream of a connection is not read", &[], async |trial: &Trial| {
        let mut client = Http2::connect(trial.server.addr(), 2_048, Some(&trial.key)).await;
        let mut good = client.call(STREAM, &[]).await.unwrap();
        let message = |id: usize| Some(Sent::Event(event("reads", &id.to_string())));
        let request = |id| framed(&pb::StreamSessionsRequest { message: message(id) });
        good.body.send_data(request(0), false).unwrap();
        let (mut body, mut answers) = good.answered().await.unwrap();
        let bad = pour(&mut client, 1).await.remove(0);
        let (_body, mut unread) = bad.answered().await.unwrap();
        // What arrived before is there; then comes the end.
        let ended = async { while let Some(Ok(_)) = unread.data().await {} };
        let mut ended = std::pin::pin!(timeout(2 * STALL + CLOSING, ended));
        let ended = loop_until(&mut ended, async |id| {
            let data = timeout(PATIENCE, answers.data()).await.unwrap().unwrap().unwrap();
            answers.flow_control().release_capacity(data.len()).unwrap();
            body.send_data(request(id), false).unwrap();
            sleep(Duration::from_millis(50)).await;
        })
        .await;
        ended.expect("it is cut off");
    })
    .await;
}

/// Answers to calls, never read: the calls' places are given back.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_that_are_never_read() {
    try_on("GetLearner and BatchGetLearners, never read", &["--tenant-calls", "100"], async |trial: &Trial| {
        let keyed = Keyed::connect(trial.server.url(), &trial.key).await;
        let request = pb::SubmitEventRequest { event: Some(event("ana", "1")), ..Default::default() };
        keyed.feedback().submit_event(request).await.unwrap();
        let one = framed(&pb::GetLearnerRequest { learner_id: "ana".to_owned(), view: 0 });
        let ids = vec!["ana".to_owned(); 1_000];
        let many = framed(&pb::BatchGetLearnersRequest { learner_ids: ids, view: pb::View::Full.into() });
        for (method, calls, request) in [("GetLearner", 100, one), ("BatchGetLearners", 6, many)] {
            let mut client = Http2::connect(trial.server.addr(), 0, Some(&trial.key)).await;
            let mut unread = Vec::new();
            for _ in 0..calls {
                let mut call = client.call(&format!("/hearten.v1.LearnerService/{method}"), &[]).await.unwrap();
                call.body.send_data(request.clone(), true).unwrap();
                unread.push(call.answered().await.unwrap());
            }
            let deadline = now() + STALL + CLOSING;
            loop {
                let request = pb::BatchGetLearnersRequest { learner_ids: vec!["ana".to_owned()], view: 0 };
                match keyed.learners().batch_get_learners(request).await {
                    Ok(_) => break,
                    Err(status) => assert_eq!(status.code(), tonic::Code::ResourceExhausted, "{status}"),
                }
                assert!(now() < deadline, "{method}: the places of {calls} calls are still taken");
                sleep(Duration::from_millis(100)).await;
            }
        }
    })
    .await;
}
