//! A call that was let in: whose it is, what it may still use up, and when it must end.

use std::{future::pending, sync::Arc};

use tokio::{
    sync::watch,
    time::{Instant, sleep_until},
};
use tonic::Request;

use super::{admission::Share, bounds::Bounds, peer::Reader, status::Refusal};
use crate::{
    access::{Access, Caller, Denied},
    clock,
    telemetry::Stream,
};

/// What the gate knows of a call, handed to its handler with the request.
#[derive(Clone, Debug)]
pub(super) struct Admitted {
    pub caller: Arc<Caller>,
    pub share: Arc<Share>,
    /// When its caller stops waiting.
    pub deadline: Option<Instant>,
    /// Of a stream, what else it goes by. Most calls are none.
    pub lasting: Option<Arc<Lasting>>,
}

/// What a stream goes by.
#[derive(Debug)]
pub(super) struct Lasting {
    /// Where its messages are counted.
    pub counted: Arc<Stream>,
    pub access: Arc<Access>,
    pub bounds: Bounds,
    /// When it has lasted long enough.
    pub age: Instant,
    /// True once the server is stopping.
    pub draining: watch::Receiver<bool>,
    pub reader: Reader,
}

impl Admitted {
    /// Of a request that came through the gate, with what is asked; no other reaches a handler.
    pub(super) fn of<T>(request: Request<T>) -> Result<(Self, T), Refusal> {
        let (_, mut extensions, asked) = request.into_parts();
        Ok((extensions.remove().ok_or(Denied::Missing)?, asked))
    }

    /// Whose data it is about.
    pub(super) fn tenant(&self) -> &Arc<str> {
        &self.caller.tenant
    }

    /// What a stream goes by; only where the gate knows that it is none, there is nothing.
    pub(super) fn lasting(&self) -> Result<Arc<Lasting>, Refusal> {
        self.lasting.clone().ok_or(Denied::Missing.into())
    }

    /// Resolves when a stream must end, with what is then to be said.
    pub(super) async fn over(self) -> Ending {
        let Self { caller, deadline, lasting, .. } = self;
        // What is no stream is ended by whoever waits for its answer.
        let Some(lasting) = lasting else { return pending().await };
        let Lasting { access, draining, age, .. } = &*lasting;
        let asked = async {
            match deadline {
                Some(at) => sleep_until(at).await,
                None => pending().await,
            }
        };
        tokio::select! {
            biased;
            () = stopping(draining.clone()) => Ending { resume: true, refusal: Refusal::stopping() },
            () = asked => Ending { resume: false, refusal: Refusal::deadline() },
            () = sleep_until(*age) => Ending { resume: true, refusal: Refusal::long_enough("has lasted as long as a stream may") },
            denied = revoked(access, &caller) => Ending { resume: false, refusal: denied.into() },
        }
    }
}

/// How a stream is ended by the server.
#[derive(Debug)]
pub(super) struct Ending {
    /// Its sessions can go on elsewhere.
    pub resume: bool,
    pub refusal: Refusal,
}

/// Resolves when the server is stopping. One that is gone has nobody left to say so.
pub(super) async fn stopping(mut draining: watch::Receiver<bool>) {
    if draining.wait_for(|draining| *draining).await.is_err() {
        pending::<()>().await;
    }
}

/// Resolves when a caller would not be let in any more.
async fn revoked(access: &Access, caller: &Caller) -> Denied {
    let mut changes = access.changes();
    loop {
        let now = clock::now();
        if caller.expired(now) {
            return Denied::Expired;
        }
        if !access.still_admits(caller, now) {
            return Denied::Unknown;
        }
        let expires = async {
            match caller.until {
                Some(until) => {
                    let millis = u64::try_from(until - now).unwrap_or_default();
                    tokio::time::sleep(std::time::Duration::from_millis(millis.saturating_add(1))).await;
                }
                None => pending().await,
            }
        };
        tokio::select! {
            () = expires => {}
            changed = changes.changed() => if changed.is_err() { pending::<()>().await },
        }
    }
}
