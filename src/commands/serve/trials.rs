//! Trials are looked at while a server runs, where a policy guards against harm.

use std::{sync::Arc, time::Duration};

use hearten::{
    clock,
    engine::Engine,
    store::{Error, Moving, each_page},
    telemetry::Metrics,
    trial::{Case, Look, MATURE, Reader, look},
};
use tokio::time::{Instant, sleep};

/// Learners read at a time.
const AT_ONCE: usize = 64;
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
            match cases(&engine, &*store).await {
                Ok(cases) => tokio::task::block_in_place(|| stop(&engine, &metrics, &cases)),
                Err(error) => tracing::warn!(%error, "trials could not be looked at: it is tried again"),
            }
            wait = every.max(began.elapsed() * SHARE);
        }
    });
}

fn stop(engine: &Engine, metrics: &Metrics, cases: &[Case]) {
    let guarded = |tenant: &str, reason| engine.guards(tenant, reason);
    for Look { tenant, reason, number, harm } in
        look(cases, guarded, |tenant, reason, look| engine.looked(tenant, reason, look))
    {
        engine.look_at(&tenant, reason, number);
        let Some(harm) = harm else { continue };
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

/// What the log tells of tenants whose trials are guarded.
async fn cases(engine: &Engine, store: &dyn Moving) -> Result<Vec<Case>, Error> {
    let mut reader = Reader::new(None, clock::now() + -(MATURE.as_millis() as i64));
    each_page(store, AT_ONCE, |learners| {
        let guarded = learners.iter().filter(|whole| engine.has_guard(whole.key.tenant()));
        // It takes a while, and whoever is served does not wait for it.
        tokio::task::block_in_place(|| guarded.for_each(|whole| reader.take(whole)));
    })
    .await?;
    Ok(reader.cases())
}
