//! Trials are looked at while a server runs, where a policy guards against harm.

use std::{sync::Arc, time::Duration};

use hearten::{
    clock,
    engine::Engine,
    store::{Error, Moving},
    telemetry::Metrics,
    trial::{Case, Harmful, MATURE, Reader, harms},
};
use tokio::time::{Instant, sleep};

/// Learners read at a time.
const AT_ONCE: usize = 256;
/// Looking takes this share of the time at most, however many learners there are.
const SHARE: u32 = 50;

/// Looks every so often, for ever.
pub(super) fn keep(engine: Arc<Engine>, store: Arc<dyn Moving>, metrics: Metrics, every: Duration) {
    tokio::spawn(async move {
        let mut wait = every;
        loop {
            sleep(wait).await;
            wait = every;
            if !engine.has_guards() {
                continue;
            }
            let began = Instant::now();
            match cases(&*store).await {
                Ok(cases) => stop(&engine, &metrics, &cases),
                Err(error) => tracing::warn!(%error, "trials could not be looked at: it is tried again"),
            }
            wait = every.max(began.elapsed() * SHARE);
        }
    });
}

fn stop(engine: &Engine, metrics: &Metrics, cases: &[Case]) {
    for Harmful { tenant, reason, harm } in harms(cases, |tenant, reason| engine.guards(tenant, reason)) {
        engine.stop(&tenant, reason);
        metrics.stopped(reason.name());
        tracing::warn!(
            trial.tenant = &*tenant,
            trial.reason = reason.name(),
            harm.outcome = harm.outcome.name(),
            harm.effect = harm.effect.value,
            harm.bound = harm.bound,
            "a trial showed that messages of this reason do harm, and they are not said any more"
        );
    }
}

async fn cases(store: &dyn Moving) -> Result<Vec<Case>, Error> {
    let mut reader = Reader::new(clock::now() + -(MATURE.as_millis() as i64));
    let mut last = None;
    loop {
        let learners = store.learners(last.as_ref(), AT_ONCE).await?;
        let Some(newest) = learners.last() else { return Ok(reader.cases()) };
        last = Some(newest.key.clone());
        // Whoever is served goes first.
        tokio::task::yield_now().await;
        learners.iter().for_each(|whole| reader.take(whole));
    }
}
