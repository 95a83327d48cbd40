//! Behind a proxy one connection is many people's: thousands of calls on it are refused, and the others go on.

use std::time::Duration;

use hearten::rpc::pb::{StreamSessionsRequest, SubmitEventRequest, stream_sessions_request::Message as Sent};
use tokio::{task::JoinSet, time::sleep};

use super::ALONE;
use crate::support::{
    Server,
    client::in_time,
    http2::{Http2, framed},
    pace::event,
};

const SUBMIT: &str = "/hearten.v1.FeedbackService/SubmitEvent";
/// The transport closes a connection at the 1,024th stream that goes wrong.
const REFUSED: usize = 3_000;
const RESOURCE_EXHAUSTED: i32 = 8;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_refused_costs_nobody_their_connection() {
    let _alone = ALONE.lock().await;
    let server = Server::start(&["--tenant-calls", "1"]);
    let mut busy = Http2::connect(server.addr(), 65_535, None).await;
    let mut unfinished = busy.call(SUBMIT, &[]).await.unwrap();
    unfinished.body.send_data(vec![0, 0, 0, 1, 0, 7].into(), false).unwrap();
    sleep(Duration::from_millis(200)).await;

    let mut client = Http2::connect(server.addr(), 1 << 20, None).await;
    let stream = client.call("/hearten.v1.FeedbackService/StreamSessions", &[]).await.unwrap();
    let (mut body, mut answers) = in_time(stream.answered()).await.unwrap();
    let mut calling = JoinSet::new();
    for number in 0..REFUSED {
        let mut call = client.call(SUBMIT, &[]).await.unwrap();
        calling.spawn(async move {
            // It is refused before all of it has come.
            sleep(Duration::from_millis(2)).await;
            let request = SubmitEventRequest { event: Some(event("ana", &number.to_string())), ..Default::default() };
            let _ = call.body.send_data(framed(&request), true);
            in_time(call.status()).await.map(|(code, _)| code)
        });
        if calling.len() >= 200 {
            assert_eq!(calling.join_next().await.unwrap().unwrap().unwrap(), RESOURCE_EXHAUSTED);
        }
    }
    for code in calling.join_all().await {
        assert_eq!(code.unwrap(), RESOURCE_EXHAUSTED);
    }
    let message = Some(Sent::Event(event("goes on", "1")));
    body.send_data(framed(&StreamSessionsRequest { message }), false).unwrap();
    assert!(in_time(answers.data()).await.unwrap().is_ok(), "it goes on");
}
