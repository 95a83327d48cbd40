//! What came of a batch, for everybody who waits for it.
//!
//! Hundreds do. They stand in one list, which is read through once: tokio's own runs through the waiting tasks themselves, which lie
//! all over the memory.

use std::{
    pin::Pin,
    sync::{Mutex, MutexGuard, OnceLock, PoisonError},
    task::{Context, Poll, Waker},
};

use super::Error;

/// The places in a batch of the commits that were refused, rising, and why; almost always none.
pub(super) type Refused = Vec<(u32, Error)>;

/// A batch was written but for those that were refused, or it failed; or nothing is known yet.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    told: OnceLock<Result<Refused, Error>>,
    waiting: Mutex<Vec<Waker>>,
}

impl Outcome {
    /// Tells it. Only the first time counts.
    pub(super) fn tell(&self, outcome: Result<Refused, Error>) {
        if self.told.set(outcome).is_ok() {
            let waiting = std::mem::take(&mut *self.waiting());
            waiting.into_iter().for_each(Waker::wake);
        }
    }

    pub(super) fn get(&self) -> Option<&Result<Refused, Error>> {
        self.told.get()
    }

    pub(super) fn wait(&self) -> Wait<'_> {
        Wait { outcome: self, place: None }
    }

    fn waiting(&self) -> MutexGuard<'_, Vec<Waker>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Waits until it is told.
pub(super) struct Wait<'a> {
    outcome: &'a Outcome,
    place: Option<usize>,
}

impl<'a> Future for Wait<'a> {
    type Output = &'a Result<Refused, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let outcome = self.outcome;
        if let Some(told) = outcome.get() {
            return Poll::Ready(told);
        }
        let mut waiting = outcome.waiting();
        // Whoever joins the list after it was read is woken by nobody.
        if let Some(told) = outcome.get() {
            return Poll::Ready(told);
        }
        match self.place.and_then(|place| waiting.get_mut(place)) {
            Some(waker) => waker.clone_from(context.waker()),
            None => {
                self.place = Some(waiting.len());
                waiting.push(context.waker().clone());
            }
        }
        Poll::Pending
    }
}

impl Drop for Wait<'_> {
    /// Whoever gives up is not held on to.
    fn drop(&mut self) {
        if let Some(place) = self.place
            && self.outcome.get().is_none()
            && let Some(waker) = self.outcome.waiting().get_mut(place)
        {
            *waker = Waker::noop().clone();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{future::poll_fn, sync::Arc, task::Wake};

    use tokio::task::{JoinSet, yield_now};

    use super::*;

    /// Polls once.
    async fn is_pending(wait: &mut (impl Future + Unpin)) -> bool {
        poll_fn(|context| Poll::Ready(Pin::new(&mut *wait).poll(context).is_pending())).await
    }

    #[tokio::test]
    async fn everybody_who_waits_is_told() {
        let outcome = Arc::new(Outcome::default());
        let mut waiting = JoinSet::new();
        for _ in 0..8 {
            let outcome = Arc::clone(&outcome);
            waiting.spawn(async move {
                // Whoever gives up takes nothing from the others.
                let mut given_up = outcome.wait();
                assert!(is_pending(&mut given_up).await);
                drop(given_up);
                outcome.wait().await.is_ok()
            });
        }
        yield_now().await;
        outcome.tell(Ok(Refused::new()));
        assert_eq!(waiting.join_all().await, [true; 8]);
    }

    #[tokio::test]
    async fn whoever_goes_on_waiting_in_another_task_is_told_there() {
        let outcome = Arc::new(Outcome::default());
        let theirs = Arc::clone(&outcome);
        let mut wait = Box::pin(async move { theirs.wait().await.is_ok() });
        assert!(is_pending(&mut wait).await);
        let elsewhere = tokio::spawn(wait);
        yield_now().await;
        outcome.tell(Ok(Refused::new()));
        assert!(elsewhere.await.unwrap());
    }

    #[test]
    fn whoever_gave_up_is_not_held_on_to() {
        struct Task;

        impl Wake for Task {
            fn wake(self: Arc<Self>) {}
        }

        let (outcome, task) = (Outcome::default(), Arc::new(Task));
        let mut wait = outcome.wait();
        let pending = Pin::new(&mut wait).poll(&mut Context::from_waker(&Waker::from(Arc::clone(&task))));
        assert!(pending.is_pending());
        assert_eq!(Arc::strong_count(&task), 2);
        drop(wait);
        assert_eq!(Arc::strong_count(&task), 1);
    }
}
