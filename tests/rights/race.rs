//! Deleting while events stream in: whatever the interleaving, nobody comes back, and nobody else notices.

use std::sync::Arc;

use super::*;
use crate::in_process::{Setup, wrong};

const LEARNERS: usize = 12;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nobody_comes_back_while_events_stream_in() {
    let home = tempfile::tempdir().unwrap();
    let server = Arc::new(Setup::default().in_directory(home.path()).start().await);
    let sending = (0..LEARNERS).map(|n| {
        let server = Arc::clone(&server);
        tokio::spawn(async move {
            let (learner, mut taken, mut refused) = (format!("l{n}"), 0, 0);
            // Those with odd numbers are never deleted.
            while refused < 20 && taken < 200 {
                let event = Some(wrong(&learner, &format!("{taken} {refused}")));
                match server.try_submit(pb::SubmitEventRequest { event, ..Default::default() }).await {
                    Ok(_) => {
                        assert_eq!(refused, 0, "an event was taken after one that came too late");
                        taken += 1;
                    }
                    Err(status) => {
                        came_too_late(&status, "event.learner_id");
                        refused += 1;
                    }
                }
                if taken == 50 {
                    // Somebody looks, too: what is in memory then is not to outlive the deletion.
                    let _ = server.try_learner(&learner).await;
                }
            }
            (taken, refused)
        })
    });
    let sending: Vec<_> = sending.collect();
    let deleting = (0..LEARNERS).step_by(2).map(|n| {
        let server = Arc::clone(&server);
        tokio::spawn(async move {
            tokio::time::sleep(std::time::Duration::from_millis(20 * n as u64)).await;
            delete(&server, &format!("l{n}")).await;
        })
    });
    for deleted in deleting.collect::<Vec<_>>() {
        deleted.await.unwrap();
    }
    for (n, sent) in sending.into_iter().enumerate() {
        let (taken, _) = sent.await.unwrap();
        let learner = format!("l{n}");
        if n % 2 == 0 {
            is_unknown(&server, &learner).await;
            let event = Some(wrong(&learner, "once more"));
            let late = pb::SubmitEventRequest { event, ..Default::default() };
            came_too_late(&server.try_submit(late).await.unwrap_err(), "event.learner_id");
        } else {
            assert_eq!((taken, server.attempts(&learner).await), (200, 200));
        }
    }
    Arc::into_inner(server).unwrap().stop().await;
    let server = Setup::default().in_directory(home.path()).start().await;
    for n in 0..LEARNERS {
        match n % 2 {
            0 => is_unknown(&server, &format!("l{n}")).await,
            _ => assert_eq!(server.attempts(&format!("l{n}")).await, 200),
        }
    }
    server.stop().await;
}
