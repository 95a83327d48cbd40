//! No more connections than there is room for.

use std::time::Duration;

use tokio::time::sleep;

use super::trial::{Trial, try_on};
use crate::support::{Client, client::in_time, wire::Wire};

/// Fifty at once: the next is closed at once, and when others leave there is room again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_more_than_there_is_room_for() {
    try_on("--max-connections 50", &["--max-connections", "50"], async |trial: &Trial| {
        let mut wires = Vec::new();
        // The steady client has one.
        for _ in 0..49 {
            wires.push(Wire::open(trial.server.addr()).await.unwrap());
        }
        sleep(Duration::from_millis(100)).await;
        for _ in 0..200 {
            let refused = async {
                let mut wire = Wire::open(trial.server.addr()).await?;
                assert!(wire.closed_within(Duration::from_secs(1)).await, "one too many is served");
                std::io::Result::Ok(())
            };
            // It may be closed before it has said hello.
            let _ = refused.await;
        }
        for wire in &mut wires {
            assert!(!wire.closed_within(Duration::from_millis(1)).await, "one that came in time was closed");
        }
        wires.truncate(40);
        sleep(Duration::from_millis(200)).await;
        assert_eq!(in_time(Client::to(&trial.server)).await.health().await, "SERVING");
    })
    .await;
}
