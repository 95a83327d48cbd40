//! What is kept for so long is let go of afterwards.

use std::{sync::Arc, time::Duration};

use tokio::time::{Instant, MissedTickBehavior, interval_at};

use crate::{
    clock,
    engine::{Engine, Swept},
    event::Timestamp,
    telemetry::Metrics,
};

/// How long what is kept; for ever where nothing is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Retain {
    /// Decisions, and what became of their messages, since they were made.
    pub decisions: Option<Duration>,
    /// Learners, since they were last heard of.
    pub learners: Option<Duration>,
}

/// When it is first looked whether anything is to go, and how often then: every time somebody goes, files are cleaned.
const FIRST: Duration = Duration::from_secs(60);
const AGAIN: Duration = Duration::from_secs(3_600);

/// Sweeps for ever, or not at all where everything is kept.
pub(super) async fn keep(engine: Arc<Engine>, metrics: Metrics, retain: Retain) {
    let Some(shortest) = retain.decisions.into_iter().chain(retain.learners).min() else { return };
    let mut sweeps = interval_at(Instant::now() + FIRST.min(shortest), AGAIN.min(shortest));
    sweeps.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        sweeps.tick().await;
        let now = clock::now();
        let before = |kept: Duration| -> Timestamp { now + -i64::try_from(kept.as_millis()).unwrap_or(i64::MAX) };
        match engine.sweep(retain.decisions.map(before), retain.learners.map(before)).await {
            Ok(Swept { decisions: 0, learners: 0 }) => {}
            Ok(Swept { decisions, learners }) => {
                metrics.erased("unheard-of", learners);
                metrics.forgotten(decisions);
                tracing::info!(
                    swept.entries = decisions,
                    swept.records = learners,
                    "what was kept for long enough is let go"
                );
            }
            Err(error) => {
                tracing::warn!(%error, "what was kept for long enough could not be let go: it is tried again")
            }
        }
    }
}
