//! A noisy tenant uses up its own share, and nobody else's.

use std::{sync::Arc, time::Duration};

use hearten::rpc::pb;
use tokio::{task::JoinSet, time::sleep};

use super::{ALONE, load::assert_refused};
use crate::support::{
    Server,
    keyed::{Keyed, new_key},
    now,
    pace::{Steady, UNDER_WAY, event},
};

/// The noisy tenant has this many calls at once and ten times as many clients.
const CALLS: usize = 16;
const _: () = assert!(UNDER_WAY < CALLS, "the quiet tenant could use up its own share");
/// And this many events a second.
const RATE: u32 = 400;
const LASTS: Duration = Duration::from_secs(4);
/// As in `abuse`.
const FLOOR: Duration = Duration::from_millis(20);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_noisy_tenant_keeps_nobody_out() {
    let _alone = ALONE.lock().await;
    // A busy machine may be what is slow, once or twice.
    let mut fair = false;
    for _ in 0..3 {
        fair = fair || noise().await;
    }
    assert!(fair, "the quiet tenant waited too long, three times over");
}

/// Whether the quiet tenant was served as fast as before.
async fn noise() -> bool {
    let home = tempfile::tempdir().unwrap();
    let keys = home.path().join("keys.toml");
    let [quiet, noisy] = ["quiet", "noisy"].map(|tenant| new_key(&keys, tenant));
    let (calls, rate) = (CALLS.to_string(), RATE.to_string());
    let arguments = ["--keys", keys.to_str().unwrap(), "--tenant-calls", &calls, "--tenant-rate", &rate];
    let server = Server::start_in(&home.path().join("data"), &arguments);
    let steady = Steady::start(server.url(), &quiet, Duration::from_millis(10));
    sleep(Duration::from_millis(300)).await;
    let start = now();
    sleep(Duration::from_secs(2)).await;
    let begun = now();
    let until = begun + LASTS;
    let noisy = Arc::new([Keyed::connect(server.url(), &noisy).await, Keyed::connect(server.url(), &noisy).await]);
    let mut calling = JoinSet::new();
    for caller in 0..10 * CALLS {
        let noisy = Arc::clone(&noisy);
        calling.spawn(async move {
            let (mut answered, mut refused) = (0_usize, 0_usize);
            for id in 0.. {
                if now() >= until {
                    break;
                }
                let event = event(&format!("noisy-{caller}"), &id.to_string());
                let request = pb::SubmitEventRequest { event: Some(event), ..Default::default() };
                match noisy[caller % 2].feedback().submit_event(request).await {
                    Ok(_) => answered += 1,
                    Err(status) => {
                        assert_refused(&status);
                        refused += 1;
                        // Not as told, but soon.
                        sleep(Duration::from_millis(5)).await;
                    }
                }
            }
            (answered, refused)
        });
    }
    let counts = calling.join_all().await;
    let over = now();
    let (answered, refused) = counts.iter().fold((0, 0), |sum, count| (sum.0 + count.0, sum.1 + count.1));
    let before = steady.between(start, begun).await;
    let during = steady.between(begun, over).await;
    println!(
        "noisy tenant: {answered} answered and {refused} refused in {:.1} s; quiet tenant: p50 / p99 before {before}, during {during}",
        (over - begun).as_secs_f64()
    );
    assert!(during.failed.is_empty(), "the quiet tenant was refused: {:?}", during.failed);
    assert!(refused > answered, "it was not noisy");
    // What was saved up before, and so many a second.
    let most = 1_000 + (f64::from(RATE) * (over - begun).as_secs_f64()) as usize + 1;
    assert!(answered <= most, "{answered} answered, and {most} were allowed");
    during.percentile(99) <= 3 * before.percentile(99).max(FLOOR)
}
