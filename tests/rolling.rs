//! A rolling restart under load: clients are told, go on where their learners are, and nothing is lost or counted twice.
//!
//! A store belongs to one process at a time, so each learner lives on one of two servers, and goes on there when it is back,
//! on its directory and another port. `cargo test --test rolling -- --nocapture` prints how long clients were without service.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "the helpers are tests too"
)]

mod support;

#[path = "rolling/drain.rs"]
mod drain;
#[path = "rolling/pupil.rs"]
mod pupil;
#[path = "rolling/site.rs"]
mod site;

use std::time::Duration;

use pupil::Pupil;
use site::Site;
use support::client::in_time;
use tokio::{task::JoinSet, time::sleep};

const SITES: usize = 2;
/// Streams on each.
const STREAMS: usize = 30;
/// How often each of the two is stopped and started again.
const ROUNDS: usize = 3;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_and_nothing_counted_twice() {
    let mut sites = [Site::start(), Site::start()];
    let mut pupils = JoinSet::new();
    for number in 0..SITES * STREAMS {
        let pupil = Pupil::new(format!("pupil-{number}"), sites[number % SITES].address());
        pupils.spawn(pupil.work(sites[number % SITES].over()));
    }
    let mut stops = Vec::new();
    for _ in 0..ROUNDS {
        for site in &mut sites {
            sleep(Duration::from_millis(700)).await;
            stops.push(tokio::task::block_in_place(|| site.restart()));
        }
    }
    // And as no update does.
    sleep(Duration::from_millis(700)).await;
    tokio::task::block_in_place(|| sites[0].crash());
    sleep(Duration::from_millis(500)).await;
    sites.iter_mut().for_each(Site::enough);
    let reports = in_time(pupils.join_all()).await;

    let (mut sent, mut again, mut gaps) = (0, 0, Vec::new());
    for report in &reports {
        let mut attempts = 0;
        for site in &sites {
            attempts += site.attempts(&report.learner).await;
        }
        assert_eq!(attempts, report.answered, "{}: every event counts once", report.learner);
        assert!(report.told > 0, "{} was never told to resume", report.learner);
        sent += report.answered;
        again += report.duplicates;
        gaps.extend(&report.gaps);
    }
    gaps.sort_unstable();
    stops.sort_unstable();
    assert!(gaps.len() >= ROUNDS * SITES * STREAMS / 2, "hardly anybody noticed: {}", gaps.len());
    let ms = |durations: &[Duration]| {
        let [median, most] =
            [durations.len() / 2, durations.len() - 1].map(|place| 1e3 * durations[place].as_secs_f64());
        format!("{median:.0} ms (median), {most:.0} ms (most)")
    };
    println!(
        "{} restarts and a crash under {} streams: {sent} events, {again} of them sent again and known; without service {}; a stop took {}",
        stops.len(),
        SITES * STREAMS,
        ms(&gaps),
        ms(&stops)
    );
}
