//! What is counted, and that a page of it is one.

use std::{sync::Arc, thread, time::Duration};

use hearten::{
    estimate::{Assessment, Calibration, Estimate, Trend},
    learner::Level,
    reason::{Cause, Outcome, Reason, Verdict},
    telemetry::{Arrival, Gauges, Metrics, OTHER, code_name},
};

use super::page::Page;

const SUBMIT: &str = "hearten.v1.FeedbackService/SubmitEvent";

pub fn gauges() -> Gauges {
    Gauges { serving: true, store_healthy: true, store: Arc::default(), hot_learners: 3 }
}

pub fn page(metrics: &Metrics) -> Page {
    Page::parse(&metrics.render(&gauges()))
}

/// Everything that can happen, once.
pub fn everything() -> Metrics {
    let metrics = Metrics::new(100);
    metrics.call(SUBMIT, &metrics.tenant("north")).finish(code_name(0));
    let tenant = metrics.tenant("north");
    tenant.event(Arrival::Taken);
    tenant.decided(&Verdict::Spoken { reason: Reason::Comeback, wording: 1 });
    tenant.decided(&Verdict::Silent { cause: Cause::Cooldown, instead_of: Some(Reason::ErrorRun) });
    tenant.estimated(&assessment());
    tenant.outcome(Outcome::Helpful);
    metrics.stream("north").received();
    drop(metrics.connection());
    metrics.connection_refused("too-many");
    metrics.refused("expired");
    metrics.shed("calls");
    metrics.reload("policy", true);
    metrics.erased("asked", 2);
    metrics.forgotten(5);
    metrics.stopped("error-run");
    metrics
}

fn assessment() -> Assessment {
    let score = |score| Estimate {
        score,
        calibration: Calibration::Uncalibrated,
        level: Level::Low,
        trend: Trend::Steady,
        reported: false,
    };
    Assessment { estimates: [0.05, 0.15, 0.75, 1.0].map(score), p_next_correct: 0.5, attempts: 9 }
}

#[test]
fn everything_that_happens_is_counted_once() {
    let page = page(&everything());
    let count = |name, labels: &[(&str, &str)]| page.value(name, labels);
    let submitted = [("service", "hearten.v1.FeedbackService"), ("method", "SubmitEvent")];
    let ended = [submitted[0], submitted[1], ("code", "Ok"), ("tenant", "north")];
    assert_eq!(count("hearten_rpc_requests_total", &ended), Some(1.0));
    assert_eq!(count("hearten_rpc_in_flight", &submitted), Some(0.0));
    assert_eq!(count("hearten_rpc_duration_seconds_count", &submitted), Some(1.0));
    assert_eq!(count("hearten_events_total", &[("tenant", "north"), ("result", "taken")]), Some(1.0));
    assert_eq!(count("hearten_events_total", &[("tenant", "north"), ("result", "rejected")]), Some(0.0));
    let spoken = [("tenant", "north"), ("kind", "celebration"), ("reason", "comeback")];
    assert_eq!(count("hearten_decisions_total", &spoken), Some(1.0));
    let silent = [("tenant", "north"), ("kind", "silence"), ("reason", "cooldown")];
    assert_eq!(count("hearten_decisions_total", &silent), Some(1.0));
    assert_eq!(count("hearten_outcomes_total", &[("tenant", "north"), ("outcome", "helpful")]), Some(1.0));
    let below = |estimate, bound| count("hearten_estimate_bucket", &[("estimate", estimate), ("le", bound)]);
    assert_eq!((below("frustration", "0.1"), below("confidence", "0.1")), (Some(1.0), Some(0.0)));
    assert_eq!((below("disengagement", "0.8"), below("wheel_spinning", "0.9")), (Some(1.0), Some(0.0)));
    assert_eq!((below("wheel_spinning", "1.0"), below("p_next_correct", "0.5")), (Some(1.0), Some(1.0)));
    let received = [("tenant", "north"), ("direction", "received")];
    assert_eq!(count("hearten_stream_messages_total", &received), Some(1.0));
    assert_eq!(count("hearten_credentials_refused_total", &[("reason", "expired")]), Some(1.0));
    assert_eq!(count("hearten_shed_total", &[("limit", "calls")]), Some(1.0));
    assert_eq!(count("hearten_connections_refused_total", &[("reason", "too-many")]), Some(1.0));
    assert_eq!(count("hearten_reloads_total", &[("what", "policy"), ("result", "ok")]), Some(1.0));
    assert_eq!(count("hearten_hot_learners", &[]), Some(3.0));
    assert_eq!(count("hearten_learners_erased_total", &[("why", "asked")]), Some(2.0));
    assert_eq!(count("hearten_decisions_forgotten_total", &[]), Some(5.0));
    assert_eq!(count("hearten_trials_stopped_total", &[("reason", "error-run")]), Some(1.0));
    assert_eq!(count("hearten_build_info", &[("version", env!("CARGO_PKG_VERSION"))]), Some(1.0));
}

#[test]
fn what_is_under_way_is_seen_while_it_is() {
    let metrics = Metrics::new(100);
    let (call, stream, connection) =
        (metrics.call(SUBMIT, &metrics.tenant("north")), metrics.stream("north"), metrics.connection());
    let under_way = |metrics| {
        let page = page(metrics);
        let names = ["hearten_rpc_in_flight", "hearten_connections_open"].map(|name| page.value(name, &[]).unwrap());
        (names, page.value("hearten_streams_open", &[("tenant", "north")]).unwrap())
    };
    assert_eq!(under_way(&metrics), ([1.0, 1.0], 1.0));
    drop((call, stream, connection));
    assert_eq!(under_way(&metrics), ([0.0, 0.0], 0.0));
    let gone = page(&metrics).value("hearten_rpc_requests_total", &[("code", "Cancelled")]);
    assert_eq!(gone, Some(1.0), "a call that nobody finished was given up by its client");
}

#[test]
fn tenants_beyond_the_first_are_one() {
    let metrics = Metrics::new(3);
    thread::scope(|threads| {
        for start in 0..4 {
            let metrics = &metrics;
            threads.spawn(move || {
                for tenant in 0..200 {
                    metrics.tenant(&format!("tenant-{}", (tenant + start * 50) % 200)).event(Arrival::Taken);
                }
            });
        }
    });
    // Whoever is called like the rest belongs to it.
    metrics.tenant(OTHER).event(Arrival::Taken);
    let page = page(&metrics);
    let tenants = page.told_apart("tenant");
    assert_eq!(tenants.len(), 4, "{tenants:?}");
    let taken = |tenant| page.value("hearten_events_total", &[("tenant", tenant), ("result", "taken")]).unwrap();
    assert_eq!(tenants.iter().map(|tenant| taken(tenant)).sum::<f64>(), 801.0);
    assert!(taken(OTHER) >= 1.0 + 4.0 * 196.0);
}

#[test]
fn names_may_hold_anything() {
    let metrics = Metrics::new(100);
    let odd = "a \"quoted\" \\ name,with={braces}\nand a line";
    metrics.tenant(odd).event(Arrival::Duplicate);
    let page = page(&metrics);
    assert_eq!(page.value("hearten_events_total", &[("tenant", odd), ("result", "duplicate")]), Some(1.0));
}

#[test]
fn the_last_reload_is_the_one_that_counts() {
    let metrics = Metrics::new(100);
    let last = |metrics| page(metrics).value("hearten_last_reload_successful", &[("what", "policy")]);
    assert_eq!(last(&metrics), None);
    metrics.reload("policy", false);
    assert_eq!(last(&metrics), Some(0.0));
    metrics.reload("policy", true);
    assert_eq!(last(&metrics), Some(1.0));
}

#[test]
fn gauges_say_whether_it_is_ready() {
    let metrics = Metrics::new(100);
    let ready = |gauges| Page::parse(&metrics.render(&gauges)).value("hearten_ready", &[]);
    assert_eq!(ready(gauges()), Some(1.0));
    assert_eq!(ready(Gauges { serving: false, ..gauges() }), Some(0.0));
    assert_eq!(ready(Gauges { store_healthy: false, ..gauges() }), Some(0.0));
}

#[test]
#[cfg(target_os = "linux")]
fn the_process_is_measured() {
    let metrics = Metrics::new(100);
    // A tick of the kernel's.
    let mut burnt = 0u64;
    while page(&metrics).value("process_cpu_seconds_total", &[]) == Some(0.0) {
        burnt = (0..1_000_000).fold(burnt, |burnt, next| burnt.wrapping_mul(31).wrapping_add(next));
    }
    assert_ne!(burnt, 1);
    let page = page(&metrics);
    let value = |name| page.value(name, &[]).unwrap();
    assert!(value("process_resident_memory_bytes") > 1e6 && value("process_virtual_memory_bytes") > 1e6);
    let (open, most) = (value("process_open_fds"), value("process_max_fds"));
    assert!(open >= 3.0 && open <= most, "{open} of {most}");
    let age = hearten::clock::now().as_millis() as f64 / 1000.0 - value("process_start_time_seconds");
    assert!((-2.0..3600.0).contains(&age), "{age}");
}

#[test]
fn a_store_meters_what_it_writes() {
    use hearten::store::{Commit, Embedded, Key, Record, Store as _};
    let folder = tempfile::tempdir().unwrap();
    let store = Embedded::open(folder.path()).unwrap();
    let commit = |version| {
        let key = Key::new("default", "ana");
        Commit::new(key, version - 1, Record { version, bytes: vec![1] })
    };
    let receipts: Vec<_> = (1..=50).map(|version| store.commit(commit(version))).collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    for receipt in receipts {
        runtime.block_on(receipt.wait()).unwrap();
    }
    runtime.block_on(store.close()).unwrap();
    let meter = Arc::clone(store.meter());
    let (commits, seconds) = (meter.batch_commits.read(), meter.batch_seconds.read());
    assert_eq!((meter.pending(), commits.sum, commits.count), (0, 50.0, seconds.count));
    assert!(seconds.sum > 0.0 && seconds.sum < Duration::from_secs(60).as_secs_f64());
    let page = Page::parse(&Metrics::new(1).render(&Gauges { store: meter, ..gauges() }));
    assert_eq!(page.value("hearten_store_batch_commits_sum", &[]), Some(50.0));
    assert_eq!(page.value("hearten_store_batch_duration_seconds_count", &[]), Some(seconds.count as f64));
}
