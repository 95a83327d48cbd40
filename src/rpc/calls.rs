//! Each call of a connection runs as a task that can be ended from outside. That resets its stream, and no other: behind a proxy
//! many clients share a connection.
//!
//! A call whose client does not read cannot end itself: the transport asks an answer neither for more nor for its end until
//! what it has was taken, and all that while the call keeps its place.

use std::sync::Arc;

use hyper::rt::Executor;
use tokio::{sync::Notify, task_local};

task_local! {
    static END: Arc<Notify>;
}

/// Runs them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Calls;

impl<F> Executor<F> for Calls
where
    F: Future<Output: Send> + Send + 'static,
{
    fn execute(&self, call: F) {
        let end = Arc::<Notify>::default();
        let ended = Arc::clone(&end);
        tokio::spawn(END.scope(end, async move {
            tokio::select! {
                biased;
                () = ended.notified() => {}
                _ = call => {}
            }
        }));
    }
}

/// What ends the call whose task this is.
pub(super) fn end() -> Arc<Notify> {
    END.try_with(Arc::clone).unwrap_or_default()
}
