//! Erasing a learner while others may be writing.

use deadpool_postgres::Object;

use super::{
    GONE,
    batch::{TRIES, time},
    fault::Fault,
    fold, statements, sums, tombstone,
};
use crate::store::{Erased, Erasure, FEW};

/// Erases all there is of a learner.
///
/// For good, in two transactions. The first leaves a tombstone and a mark in place of the record: whoever writes to the learner
/// meanwhile finds another version than expected, or waits for the mark. The second takes the mark away; whoever inserts the
/// learner after that sees the tombstone, because it looks only once its row is there.
pub(super) async fn erase(client: &mut Object, secret: [u8; 16], erasure: &Erasure) -> Result<Erased, Fault> {
    let (tenant, learner) = (erasure.key.tenant(), erasure.key.learner());
    let known = client.query_opt(statements::LOAD, &[&tenant, &learner]).await?;
    let version: Option<i64> = known.map(|row| row.try_get(0)).transpose()?;
    if erasure.for_good {
        let transaction = client.transaction().await?;
        transaction.execute(statements::INSERT_TOMBSTONE, &[&tombstone(secret, &erasure.key)]).await?;
        transaction.execute(statements::MARK_ERASED, &[&tenant, &learner]).await?;
        transaction.commit().await?;
    }
    for attempt in 1.. {
        match take_away(client, erasure, version).await {
            Err(fault) if fault.worth_another_try() && attempt < TRIES => {}
            erased => return erased,
        }
    }
    Ok(Erased::default())
}

/// All there is in one transaction; `version` is that of the record.
async fn take_away(client: &mut Object, erasure: &Erasure, version: Option<i64>) -> Result<Erased, Fault> {
    let (tenant, learner) = (erasure.key.tenant(), erasure.key.learner());
    let mut erased = Erased::default();
    let transaction = client.transaction().await?;
    let gone = if erasure.for_good {
        transaction.execute(statements::DELETE_LEARNER, &[&tenant, &learner]).await?;
        u64::from(version.is_some_and(|version| version != GONE))
    } else {
        let since = erasure.unheard_since.map(time);
        transaction.execute(statements::DELETE_UNHEARD, &[&tenant, &learner, &since]).await?
    };
    if gone == 0 && !erasure.for_good {
        // Heard of again meanwhile.
        return Ok(erased);
    }
    erased.records = gone;
    erased.decisions = transaction.execute(statements::DELETE_DECISIONS, &[&tenant, &learner]).await?;
    erased.outcomes = transaction.execute(statements::DELETE_OUTCOMES, &[&tenant, &learner]).await?;
    transaction.execute(statements::DELETE_PLACES, &[&tenant, &learner]).await?;
    if !erasure.items.is_empty() {
        let (kinds, subjects): (Vec<i16>, Vec<i64>) = erasure.items.iter().map(|item| sums::place(*item)).unzip();
        // Only now nobody adds to the log any more what tells of this learner.
        fold::within(&transaction).await?;
        erased.statistics =
            transaction.execute(statements::DELETE_STATISTICS, &[&tenant, &kinds, &subjects, &(FEW as i64)]).await?;
    }
    transaction.commit().await?;
    Ok(erased)
}
