//! How the database is asked. What was not done where the connection was cut is asked again, once: a database that ends connections, as
//! operators and poolers do, is not away.

use std::{sync::atomic::Ordering, time::Duration};

use deadpool_postgres::{ClientWrapper, Object};
use tokio::time::{Instant, timeout, timeout_at};
use tokio_postgres::{Row, types::ToSql};

use super::{
    Postgres,
    connect::{self, PATIENCE},
    fault::Fault,
    lane::{self, State},
};
use crate::store::Error;

/// Longer than it takes to look at a table of millions of rows.
const LONG_PATIENCE: Duration = Duration::from_secs(600);

/// When whoever asks now has waited for long enough.
pub(super) fn soon() -> Instant {
    Instant::now() + PATIENCE
}

impl State {
    /// Asks once, and waits until then.
    pub(super) async fn once<T>(
        &self,
        until: Instant,
        ask: impl AsyncFnOnce(&mut Object) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let mut client = timeout_at(until, self.pool.get()).await.map_err(|_| Fault::Late)??;
        let answer = timeout_at(until, ask(&mut client)).await.unwrap_or(Err(Fault::Late));
        if answer.as_ref().is_err_and(|fault| fault.is_cut() || matches!(fault, Fault::Late)) {
            // Nobody else may come by it: it is of no use, or waits for what was asked here.
            drop(Object::take(client));
        }
        answer
    }

    /// Asks what changes nothing, or nothing where the connection is cut.
    pub(super) async fn again<T, A>(&self, once: impl Fn() -> A) -> Result<T, Fault>
    where
        A: Future<Output = Result<T, Fault>>,
    {
        match once().await {
            Err(cut) if cut.is_cut() && !cut.is_undecided() => {
                self.leave_connections();
                match once().await {
                    // Most of the time was gone already, which tells nothing of the database.
                    Err(Fault::Late) => Err(cut),
                    answer => answer,
                }
            }
            answer => answer,
        }
    }

    /// A connection for what may look at whole tables, of no use to others afterwards.
    pub(super) async fn unhurried(&self) -> Result<ClientWrapper, Fault> {
        let client = Object::take(self.pool.get().await?);
        client.batch_execute(connect::UNHURRIED).await?;
        Ok(client)
    }

    /// Whatever is asked from here on is asked over connections that are made from here on: whoever cut one may have cut all.
    pub(super) fn leave_connections(&self) {
        self.cut.now();
        self.pool.retain(|_, metrics| self.cut.is_before(metrics.created));
    }
}

impl Postgres {
    /// Asks for a change; what is answered tells whether the database can be reached.
    pub(super) async fn ask<T>(&self, ask: impl AsyncFnOnce(&mut Object) -> Result<T, Fault>) -> Result<T, Error> {
        self.look_first()?;
        self.told(self.state.once(soon(), ask).await)
    }

    /// Asks what changes nothing, or nothing where the connection is cut.
    pub(super) async fn ask_again<T, A>(&self, once: impl Fn() -> A) -> Result<T, Error>
    where
        A: Future<Output = Result<T, Fault>>,
    {
        self.look_first()?;
        self.told(self.state.again(once).await)
    }

    /// Runs one statement that changes nothing.
    pub(super) async fn query(&self, statement: &str, parameters: &[&(dyn ToSql + Sync)]) -> Result<Vec<Row>, Error> {
        let query =
            async |client: &mut Object| Ok(client.query(&client.prepare_cached(statement).await?, parameters).await?);
        let until = soon();
        self.ask_again(|| self.state.once(until, query)).await
    }

    /// Runs one statement that changes nothing and may look at whole tables.
    pub(super) async fn query_slowly(
        &self,
        statement: &str,
        parameters: &[&(dyn ToSql + Sync)],
    ) -> Result<Vec<Row>, Error> {
        let query = || async { Ok(self.state.unhurried().await?.query(statement, parameters).await?) };
        Ok(in_long_time(self.state.again(query)).await?)
    }

    fn look_first(&self) -> Result<(), Error> {
        if self.state.reachable.load(Ordering::Acquire) { Ok(()) } else { Err(lane::unreachable()) }
    }

    fn told<T>(&self, answer: Result<T, Fault>) -> Result<T, Error> {
        if let Err(fault) = &answer {
            self.state.lost(fault);
        }
        Ok(answer?)
    }
}

/// Waits for what may look at whole tables.
pub(super) async fn in_long_time<T>(answer: impl Future<Output = Result<T, Fault>>) -> Result<T, Fault> {
    timeout(LONG_PATIENCE, answer).await.unwrap_or(Err(Fault::Late))
}
