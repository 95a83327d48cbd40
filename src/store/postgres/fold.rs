//! What batches count, from the log where they write it into the sums.
//!
//! A row of the log goes in the transaction that adds it to the sums, so it is counted once, whoever dies when. Whoever folds
//! holds a row of `hearten_meta`: one server at a time, for whom the others do not wait, but those who have to see everything.

use std::{sync::atomic::Ordering, time::Duration};

use deadpool_postgres::{ClientWrapper, Object, Transaction};
use tokio::time::{MissedTickBehavior, interval};

use super::{ask::soon, fault::Fault, lane::State, statements, sums};
use crate::store::deltas::{self, OfTenants};

/// How often each server looks for something to fold.
const EVERY: Duration = Duration::from_secs(1);
/// Rows that are folded at once.
const PAGE: i64 = 200;
/// With more rows than these in the log, batches add to the sums themselves: folding fails, or does not keep up.
const CROWDED: i64 = 10_000;

/// What to do where somebody else is folding.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Others {
    Await,
    Leave,
}

impl State {
    /// Folds what batches of all servers wrote, also of those that died since.
    pub(super) async fn keep_folding(&self) {
        let mut pulse = interval(EVERY);
        pulse.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            pulse.tick().await;
            if !self.reachable.load(Ordering::Acquire) {
                continue;
            }
            if let Err(fault) = self.fold().await {
                tracing::debug!(error = %fault, "what was counted is not yet in the database's sums");
            }
        }
    }

    async fn fold(&self) -> Result<(), Fault> {
        let fold = async |client: &mut Object| {
            let waiting = waiting(client).await?;
            self.crowd(waiting);
            if waiting > 0 { fold(client, Others::Leave).await } else { Ok(()) }
        };
        self.once(soon(), fold).await
    }

    fn crowd(&self, waiting: i64) {
        let crowded = waiting > CROWDED;
        if crowded && !self.crowded.load(Ordering::Acquire) {
            tracing::warn!("too much waits to be added to the database's sums: batches add to them, and are slower");
        }
        self.crowded.store(crowded, Ordering::Release);
    }
}

/// Folds all that was committed before.
pub(super) async fn everything(client: &mut ClientWrapper) -> Result<(), Fault> {
    // What another is folding still counts as waiting.
    if waiting(client).await? > 0 { fold(client, Others::Await).await } else { Ok(()) }
}

/// The same, as part of a transaction.
pub(super) async fn within(transaction: &Transaction<'_>) -> Result<(), Fault> {
    begin(transaction, Others::Await).await?;
    let mut next = Some(0);
    while let Some(after) = next {
        next = page(transaction, after).await?;
    }
    Ok(())
}

/// A transaction a page, so that what was folded stays so.
async fn fold(client: &mut ClientWrapper, others: Others) -> Result<(), Fault> {
    let mut next = Some(0);
    while let Some(after) = next {
        let transaction = client.transaction().await?;
        if !begin(&transaction, others).await? {
            break;
        }
        next = page(&transaction, after).await?;
        transaction.commit().await?;
    }
    Ok(())
}

async fn waiting(client: &ClientWrapper) -> Result<i64, Fault> {
    let count = client.prepare_cached(statements::COUNT_LOG).await?;
    Ok(client.query_one(&count, &[&(CROWDED + 1)]).await?.try_get(0)?)
}

/// Whether nobody else is folding until the end of the transaction.
async fn begin(transaction: &Transaction<'_>, others: Others) -> Result<bool, Fault> {
    let text = if others == Others::Await { statements::BEGIN_FOLD } else { statements::TRY_FOLD };
    let held = transaction.query_opt(&transaction.prepare_cached(text).await?, &[]).await?;
    match others {
        Others::Await if held.is_none() => Err(Fault::Unreadable("the row of hearten_meta that is held while folding")),
        _ => Ok(held.is_some()),
    }
}

/// Folds the rows after this one, and tells after which to go on. One that cannot be read is of a newer release, which will.
async fn page(transaction: &Transaction<'_>, after: i64) -> Result<Option<i64>, Fault> {
    let log = transaction.prepare_cached(statements::LOG).await?;
    let rows = transaction.query(&log, &[&after, &PAGE]).await?;
    let (mut added, mut folded, mut last) = (OfTenants::default(), Vec::with_capacity(rows.len()), None);
    for row in &rows {
        let (id, bytes): (i64, &[u8]) = (row.try_get(0)?, row.try_get(1)?);
        last = Some(id);
        if deltas::add(bytes, &mut added).is_some() {
            folded.push(id);
        }
    }
    sums::add(transaction, &added).await?;
    let delete = transaction.prepare_cached(statements::DELETE_LOG).await?;
    transaction.execute(&delete, &[&folded]).await?;
    Ok(last.filter(|_| rows.len() as i64 == PAGE))
}
