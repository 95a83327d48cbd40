//! Policy and messages, taken up again: on SIGHUP, and when another policy is published in the database.

use std::sync::Arc;

use hearten::{
    engine::Engine,
    store::{Policies, Postgres},
    telemetry::Metrics,
};
use tokio::{
    signal::unix::{SignalKind, signal},
    sync::watch,
};

use crate::commands::{Problem, rules::Files};

/// Characters of a refusal that are worth a line of the log.
const LONGEST_REASON: usize = 2_000;

/// They are read again, those of tenants too. Where one of the files cannot be used all are refused, and the old stay; where one
/// that is published cannot, it alone.
pub(super) fn keep(
    engine: Arc<Engine>,
    mut files: Files,
    database: Option<Arc<Postgres>>,
    metrics: Metrics,
) -> Result<(), Problem> {
    let mut hangups = signal(SignalKind::hangup())?;
    // Whether all that is published can be used.
    let mut all = true;
    let mut published = database.map(|database| database.follow_policies(files.published.clone()));
    tokio::spawn(async move {
        loop {
            let asked = tokio::select! {
                hangup = hangups.recv() => match hangup {
                    Some(()) => true,
                    None => return,
                },
                news = changed(published.as_mut()) => {
                    all = files.take_up(news);
                    false
                }
            };
            if asked && files.policy.is_none() && files.messages.is_none() && files.tenants.is_none() {
                tracing::warn!(
                    "asked to read policy and messages again, but they are built in: start with --policy, --messages or --tenants"
                );
                continue;
            }
            read(&engine, &files, all, &metrics).await;
        }
    });
    Ok(())
}

/// The next policies that are published; never, where nobody publishes.
async fn changed(published: Option<&mut watch::Receiver<Policies>>) -> Policies {
    if let Some(published) = published
        && published.changed().await.is_ok()
    {
        return published.borrow_and_update().clone();
    }
    std::future::pending().await
}

async fn read(engine: &Engine, files: &Files, all: bool, metrics: &Metrics) {
    // Files may be far away: nobody waits for them but this task.
    let files = files.clone();
    let read = tokio::task::spawn_blocking(move || files.read()).await;
    match read.unwrap_or_else(|stopped| Err(stopped.into())) {
        Ok(book) => {
            let version = Arc::clone(&book.usual().policy.version);
            let locales = book.usual().catalogues.each().count();
            engine.adopt(book);
            metrics.reload("rules", all);
            // Said when it is so.
            tracing::info!(policy.version = %version, messages.locales = locales, "policy and messages were read again");
        }
        Err(problem) => {
            metrics.reload("rules", false);
            // One line, however many faults.
            let mut error: String = problem.to_string().replace('\n', "; ");
            if let Some((cut, _)) = error.char_indices().nth(LONGEST_REASON) {
                error.truncate(cut);
                error.push_str(" … and more: `hearten messages check` tells all");
            }
            tracing::error!(%error, "what was read again is refused, and the old stays");
        }
    }
}
