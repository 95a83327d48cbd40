//! Policy and messages, read again on SIGHUP.

use std::{path::PathBuf, sync::Arc};

use hearten::engine::Engine;
use tokio::signal::unix::{SignalKind, signal};

use crate::commands::{Problem, messages::catalogues_at, policy_at};

/// Characters of a refusal that are worth a line of the log.
const LONGEST_REASON: usize = 2_000;

/// On SIGHUP policy and messages are read again. Where one of them cannot be used both are refused, and the old ones stay.
pub(super) fn on_hangup(
    engine: Arc<Engine>,
    policy: Option<PathBuf>,
    messages: Option<PathBuf>,
) -> Result<(), Problem> {
    let mut hangups = signal(SignalKind::hangup())?;
    tokio::spawn(async move {
        while hangups.recv().await.is_some() {
            if policy.is_none() && messages.is_none() {
                tracing::warn!(
                    "asked to read policy and messages again, but they are built in: start with --policy or --messages"
                );
                continue;
            }
            // Files may be far away: nobody waits for them but this task.
            let (policy, messages) = (policy.clone(), messages.clone());
            let read = move || -> Result<_, Problem> {
                Ok((policy_at(policy.as_deref())?, catalogues_at(messages.as_deref())?))
            };
            match tokio::task::spawn_blocking(read).await.unwrap_or_else(|stopped| Err(stopped.into())) {
                Ok((policy, catalogues)) => {
                    let version = Arc::clone(&policy.version);
                    let locales = catalogues.each().count();
                    engine.adopt(policy, catalogues);
                    // Said when it is so.
                    tracing::info!(policy.version = %version, messages.locales = locales, "policy and messages were read again");
                }
                Err(problem) => {
                    // One line, however many faults.
                    let mut reason: String = problem.to_string().replace('\n', "; ");
                    if let Some((cut, _)) = reason.char_indices().nth(LONGEST_REASON) {
                        reason.truncate(cut);
                        reason.push_str(" … and more: `hearten messages check` tells all");
                    }
                    tracing::error!(%reason, "what was read again is refused, and the old stays");
                }
            }
        }
    });
    Ok(())
}
