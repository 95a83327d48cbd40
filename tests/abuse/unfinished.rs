//! Calls whose message never comes, or promises more than it may.

use super::trial::{Trial, try_on};
use crate::support::{Client, client::in_time, http2::Http2};

const SUBMIT: &str = "/hearten.v1.FeedbackService/SubmitEvent";
const CHECK: &str = "/grpc.health.v1.Health/Check";
const DEADLINE_EXCEEDED: i32 = 4;
const RESOURCE_EXHAUSTED: i32 = 8;
const OUT_OF_RANGE: i32 = 11;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn messages_that_never_end() {
    try_on("messages that never end", &["--call-timeout", "2s"], async |trial: &Trial| {
        let mut client = Http2::connect(trial.server.addr(), 65_535, Some(&trial.key)).await;
        // One more than may ask for health at once on a connection, too; which of them is the one, nobody can say.
        let mut calls = Vec::new();
        for path in [&[SUBMIT; 200][..], &[CHECK; 5]].concat() {
            let mut call = client.call(path, &[]).await.unwrap();
            call.body.send_data(vec![0, 0, 0, 1, 0, 7, 7, 7].into(), false).unwrap();
            calls.push(call);
        }
        // Whoever watches over the server from elsewhere is not kept out.
        assert_eq!(in_time(Client::to(&trial.server)).await.health().await, "SERVING");
        let mut ends = Vec::new();
        for call in calls {
            ends.push(in_time(call.status()).await.unwrap().0);
        }
        let checks = ends.split_off(200);
        assert_eq!(ends, [DEADLINE_EXCEEDED; 200]);
        let refused = checks.iter().filter(|end| **end == RESOURCE_EXHAUSTED).count();
        assert_eq!((refused, checks.iter().filter(|end| **end == DEADLINE_EXCEEDED).count()), (1, 4), "{checks:?}");
        assert_eq!(in_time(Client::to(&trial.server)).await.health().await, "SERVING");
    })
    .await;
}

/// Nothing is set aside for what is promised.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn promises_of_four_gibibytes() {
    let methods = ["SubmitEvent", "BatchSubmitEvents", "StreamSessions"];
    try_on("length prefixes of 4 GiB", &[], async |trial: &Trial| {
        let mut client = Http2::connect(trial.server.addr(), 65_535, Some(&trial.key)).await;
        for method in methods.iter().cycle().take(300) {
            let mut call = client.call(&format!("/hearten.v1.FeedbackService/{method}"), &[]).await.unwrap();
            call.body.send_data(vec![0, 255, 255, 255, 255, 10, 3].into(), false).unwrap();
            assert_eq!(in_time(call.status()).await.unwrap().0, OUT_OF_RANGE, "{method}");
        }
        let mut call = client.call(SUBMIT, &[("x", &"y".repeat(17_000))]).await.unwrap();
        call.body.send_data(vec![0; 5].into(), true).unwrap();
        assert!(in_time(call.answered()).await.is_ok(), "headers of more than 16 KiB end their call only");
        let mut call = client.call(SUBMIT, &[]).await.unwrap();
        call.body.send_data(vec![0; 5].into(), true).unwrap();
        assert_eq!(in_time(call.status()).await.unwrap().0, 3, "INVALID_ARGUMENT: the connection goes on");
    })
    .await;
}
