//! Policy and messages, read again on SIGHUP.

use std::sync::Arc;

use hearten::{engine::Engine, telemetry::Metrics};
use tokio::signal::unix::{SignalKind, signal};

use crate::commands::{Problem, rules::Files};

/// Characters of a refusal that are worth a line of the log.
const LONGEST_REASON: usize = 2_000;

/// On SIGHUP they are read again, those of tenants too. Where one of them cannot be used all are refused, and the old stay.
pub(super) fn on_hangup(engine: Arc<Engine>, files: Files, metrics: Metrics) -> Result<(), Problem> {
    let mut hangups = signal(SignalKind::hangup())?;
    tokio::spawn(async move {
        while hangups.recv().await.is_some() {
            if files.policy.is_none() && files.messages.is_none() && files.tenants.is_none() {
                tracing::warn!(
                    "asked to read policy and messages again, but they are built in: start with --policy, --messages or --tenants"
                );
                continue;
            }
            // Files may be far away: nobody waits for them but this task.
            let files = files.clone();
            let read = tokio::task::spawn_blocking(move || files.read()).await;
            match read.unwrap_or_else(|stopped| Err(stopped.into())) {
                Ok(book) => {
                    let version = Arc::clone(&book.usual().policy.version);
                    let locales = book.usual().catalogues.each().count();
                    engine.adopt(book);
                    metrics.reload("rules", true);
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
    });
    Ok(())
}
