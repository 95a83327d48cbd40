//! Many commits as one transaction: two round trips, one to write everything at once and one to commit. Where somebody else was
//! faster with some of the learners, the rest is written without them.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use deadpool_postgres::{ClientWrapper, Transaction};
use foldhash::{HashMap, HashMapExt as _, HashSet};
use tokio::try_join;
use tokio_postgres::types::ToSql;

use super::{fault::Fault, gathered::Gathered, statements, sums, tombstone};
use crate::{
    event::Timestamp,
    store::{
        Commit, Error, Key, Spoken,
        deltas::{self, OfTenants},
        outcome::Refused,
    },
};

/// How often writers who stood in each other's way try again.
pub(super) const TRIES: usize = 5;

/// What is written of one learner: the record that the last commit made, in place of that which the first was made of.
struct Learner<'a> {
    first: &'a Commit,
    version: u64,
    record: &'a [u8],
    heard_at: SystemTime,
}

/// Commits, gathered by what they write.
#[derive(Default)]
struct Batch<'a> {
    learners: HashMap<&'a Key, Learner<'a>>,
    decisions: Vec<(&'a Commit, &'a Spoken)>,
    outcomes: Vec<(&'a Commit, (u64, u8))>,
    attention: HashMap<(&'a Key, u64), bool>,
    statistics: OfTenants,
}

/// What came of a batch.
enum Written<'a> {
    /// All of it was written.
    All,
    /// Nothing was, as somebody's record was not as it was taken to be.
    NotAll,
    /// Nothing was, because of these.
    Refused(Vec<(&'a Key, Error)>),
}

/// Writes the commits, in their order; those that were refused come back.
pub(super) async fn write(
    client: &mut ClientWrapper,
    secret: [u8; 16],
    crowded: bool,
    commits: &Gathered,
) -> Result<Refused, Fault> {
    let (mut written, mut asked, mut erased) = (false, false, HashSet::default());
    for attempt in 1.. {
        let batch = Batch::of(commits);
        if batch.learners.is_empty() {
            break;
        }
        match batch.write(client, secret, crowded, asked).await {
            Ok(Written::All) => {
                written = true;
                break;
            }
            // Hardly ever: so whose is worth another round trip, and not worth a row for each in every other batch.
            Ok(Written::NotAll) => asked = true,
            Ok(Written::Refused(refused)) => {
                for (key, why) in refused {
                    if let Some(learner) = batch.learners.get(key) {
                        learner.first.lineage.break_off();
                    }
                    if matches!(why, Error::Erased) {
                        erased.insert(key);
                    }
                }
            }
            Err(fault) if fault.worth_another_try() && attempt < TRIES => {}
            Err(fault) => return Err(fault),
        }
    }
    let refused = |commit: &Commit| match () {
        () if erased.contains(&commit.key) => Some(Error::Erased),
        () if commit.lineage.broken() || !written => Some(Error::Conflict),
        () => None,
    };
    Ok((0..).zip(commits.commits()).filter_map(|(place, commit)| Some((place, refused(commit)?))).collect())
}

impl<'a> Batch<'a> {
    /// What is still worth trying. Of a learner who was loaded twice meanwhile, what builds on the first loading.
    fn of(commits: &'a Gathered) -> Self {
        let count = commits.commits().len();
        let mut batch = Self { learners: HashMap::with_capacity(count), ..Self::default() };
        for (commit, record) in commits.each().filter(|(commit, _)| !commit.lineage.broken()) {
            let (key, heard_at) = (&commit.key, time(commit.at));
            let learner = batch.learners.entry(key).or_insert(Learner { first: commit, version: 0, record, heard_at });
            if !learner.first.lineage.is(&commit.lineage) {
                commit.lineage.break_off();
                continue;
            }
            (learner.version, learner.record) = (commit.record.version, record);
            learner.heard_at = learner.heard_at.max(heard_at);
            batch.decisions.extend(commit.decision.as_ref().map(|spoken| (commit, spoken)));
            batch.outcomes.extend(commit.outcome.map(|outcome| (commit, outcome)));
            batch.attention.extend(commit.attention.iter().map(|(class, listed)| ((key, *class), *listed)));
            batch.statistics.add(key.tenant(), commit.statistics.iter().copied());
        }
        batch
    }

    /// Writes all of it, or nothing; where `asked`, it is told whose record was not as it was taken to be.
    async fn write(
        &self,
        client: &mut ClientWrapper,
        secret: [u8; 16],
        crowded: bool,
        asked: bool,
    ) -> Result<Written<'a>, Fault> {
        let transaction = client.transaction().await?;
        let (changed, refused, ..) = try_join!(
            self.update_learners(&transaction, asked),
            self.insert_learners(&transaction, secret),
            self.insert_decisions(&transaction),
            self.insert_outcomes(&transaction),
            self.change_attention(&transaction),
            self.add_statistics(&transaction, crowded),
        )?;
        let Some(changed) = changed else {
            transaction.rollback().await?;
            return Ok(Written::NotAll);
        };
        let refused: Vec<_> = changed.into_iter().map(|key| (key, Error::Conflict)).chain(refused).collect();
        if refused.is_empty() {
            transaction.commit().await.map_err(Fault::Undecided)?;
            return Ok(Written::All);
        }
        transaction.rollback().await?;
        Ok(Written::Refused(refused))
    }

    /// In the order of their keys, as everybody writes them: so that two writers wait for each other, and not both at once.
    fn sorted(&self, new: bool) -> Vec<(&'a Key, &Learner<'a>)> {
        let rows = self.learners.iter().filter(|(_, learner)| (learner.first.after == 0) == new);
        let mut rows: Vec<_> = rows.map(|(key, learner)| (*key, learner)).collect();
        rows.sort_unstable_by_key(|(key, _)| (key.tenant(), key.learner()));
        rows
    }

    /// Writes over records; returns whose were not as they were taken to be, or `None` where some were not and it was not asked whose.
    async fn update_learners(&self, transaction: &Transaction<'_>, asked: bool) -> Result<Option<Vec<&'a Key>>, Fault> {
        let rows = self.sorted(false);
        if rows.is_empty() {
            return Ok(Some(Vec::new()));
        }
        let tenants: Vec<&str> = rows.iter().map(|(key, _)| key.tenant()).collect();
        let learners: Vec<&str> = rows.iter().map(|(key, _)| key.learner()).collect();
        let bases: Vec<i64> = rows.iter().map(|(_, row)| row.first.after as i64).collect();
        let versions: Vec<i64> = rows.iter().map(|(_, row)| row.version as i64).collect();
        let heard: Vec<SystemTime> = rows.iter().map(|(_, row)| row.heard_at).collect();
        let records: Vec<&[u8]> = rows.iter().map(|(_, row)| row.record).collect();
        let columns: [&(dyn ToSql + Sync); 6] = [&tenants, &learners, &bases, &versions, &heard, &records];
        if !asked {
            let statement = transaction.prepare_cached(statements::UPDATE_LEARNERS).await?;
            let written = transaction.execute(&statement, &columns).await?;
            return Ok((written == rows.len() as u64).then(Vec::new));
        }
        let statement = transaction.prepare_cached(statements::UPDATE_LEARNERS_TOLD).await?;
        let places: Vec<i32> = (0..).take(rows.len()).collect();
        let parameters: Vec<&(dyn ToSql + Sync)> = columns.into_iter().chain([&places as _]).collect();
        let written = transaction.query(&statement, &parameters).await?;
        let written = written.iter().map(|row| row.try_get(0)).collect::<Result<HashSet<i32>, _>>()?;
        let changed = places.iter().zip(&rows).filter(|(place, _)| !written.contains(place));
        Ok(Some(changed.map(|(_, (key, _))| *key).collect()))
    }

    /// Writes first records, and looks whether one of them is of somebody who was erased: after the insertion, whose row stands in
    /// the way of whoever erases meanwhile. Returns whose were not taken, and why.
    async fn insert_learners(
        &self,
        transaction: &Transaction<'_>,
        secret: [u8; 16],
    ) -> Result<Vec<(&'a Key, Error)>, Fault> {
        let rows = self.sorted(true);
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let insert = transaction.prepare_cached(statements::INSERT_LEARNERS).await?;
        let find = transaction.prepare_cached(statements::FIND_TOMBSTONES).await?;
        let tenants: Vec<&str> = rows.iter().map(|(key, _)| key.tenant()).collect();
        let learners: Vec<&str> = rows.iter().map(|(key, _)| key.learner()).collect();
        let versions: Vec<i64> = rows.iter().map(|(_, row)| row.version as i64).collect();
        let heard: Vec<SystemTime> = rows.iter().map(|(_, row)| row.heard_at).collect();
        let records: Vec<&[u8]> = rows.iter().map(|(_, row)| row.record).collect();
        let hashes: HashMap<Vec<u8>, &Key> = rows.iter().map(|(key, _)| (tombstone(secret, key), *key)).collect();
        let hash: Vec<&[u8]> = hashes.keys().map(Vec::as_slice).collect();
        let parameters: [&(dyn ToSql + Sync); 5] = [&tenants, &learners, &versions, &heard, &records];
        let hashed: [&(dyn ToSql + Sync); 1] = [&hash];
        // Polled, and so sent, in this order.
        let (written, found) =
            try_join!(biased; transaction.query(&insert, &parameters), transaction.query(&find, &hashed))?;
        let mut refused = Vec::new();
        if written.len() < rows.len() {
            let there = written.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?)));
            let there: HashSet<(&str, &str)> = there.collect::<Result<_, Fault>>()?;
            let missing = rows.iter().filter(|(key, _)| !there.contains(&(key.tenant(), key.learner())));
            refused.extend(missing.map(|(key, _)| (*key, Error::Conflict)));
        }
        for row in found {
            let hash: Vec<u8> = row.try_get(0)?;
            refused.extend(hashes.get(&hash).map(|key| (*key, Error::Erased)));
        }
        Ok(refused)
    }

    async fn insert_decisions(&self, transaction: &Transaction<'_>) -> Result<(), Fault> {
        let rows = &self.decisions;
        if rows.is_empty() {
            return Ok(());
        }
        let statement = transaction.prepare_cached(statements::INSERT_DECISIONS).await?;
        let tenants: Vec<&str> = rows.iter().map(|(commit, _)| commit.key.tenant()).collect();
        let learners: Vec<&str> = rows.iter().map(|(commit, _)| commit.key.learner()).collect();
        let numbers: Vec<i64> = rows.iter().map(|(_, spoken)| spoken.number as i64).collect();
        let times: Vec<SystemTime> = rows.iter().map(|(commit, _)| time(commit.at)).collect();
        let reasons: Vec<&str> = rows.iter().map(|(_, spoken)| spoken.reason.name()).collect();
        let messages: Vec<&str> = rows.iter().map(|(_, spoken)| spoken.message_id.as_str()).collect();
        let policies: Vec<&str> = rows.iter().map(|(_, spoken)| &*spoken.policy_version).collect();
        let entries: Vec<&[u8]> = rows.iter().map(|(_, spoken)| spoken.bytes.as_slice()).collect();
        transaction
            .execute(&statement, &[&tenants, &learners, &numbers, &times, &reasons, &messages, &policies, &entries])
            .await?;
        Ok(())
    }

    async fn insert_outcomes(&self, transaction: &Transaction<'_>) -> Result<(), Fault> {
        let rows = &self.outcomes;
        if rows.is_empty() {
            return Ok(());
        }
        let statement = transaction.prepare_cached(statements::INSERT_OUTCOMES).await?;
        let tenants: Vec<&str> = rows.iter().map(|(commit, _)| commit.key.tenant()).collect();
        let learners: Vec<&str> = rows.iter().map(|(commit, _)| commit.key.learner()).collect();
        let numbers: Vec<i64> = rows.iter().map(|(_, (number, _))| *number as i64).collect();
        let versions: Vec<i64> = rows.iter().map(|(commit, _)| commit.record.version as i64).collect();
        let times: Vec<SystemTime> = rows.iter().map(|(commit, _)| time(commit.at)).collect();
        let outcomes: Vec<i16> = rows.iter().map(|(_, (_, outcome))| i16::from(*outcome)).collect();
        transaction.execute(&statement, &[&tenants, &learners, &numbers, &versions, &times, &outcomes]).await?;
        Ok(())
    }

    async fn change_attention(&self, transaction: &Transaction<'_>) -> Result<(), Fault> {
        for (listed, text) in [(true, statements::INSERT_ATTENTION), (false, statements::DELETE_ATTENTION)] {
            let rows = self.attention.iter().filter(|(_, row)| **row == listed);
            let mut rows: Vec<&(&Key, u64)> = rows.map(|(row, _)| row).collect();
            if rows.is_empty() {
                continue;
            }
            rows.sort_by_key(|(key, class)| (key.tenant(), *class, key.learner()));
            let statement = transaction.prepare_cached(text).await?;
            let tenants: Vec<&str> = rows.iter().map(|(key, _)| key.tenant()).collect();
            let classes: Vec<i64> = rows.iter().map(|(_, class)| *class as i64).collect();
            let learners: Vec<&str> = rows.iter().map(|(key, _)| key.learner()).collect();
            transaction.execute(&statement, &[&tenants, &classes, &learners]).await?;
        }
        Ok(())
    }

    /// In one row, whatever was counted; where too many such rows wait, in the sums' own.
    async fn add_statistics(&self, transaction: &Transaction<'_>, crowded: bool) -> Result<(), Fault> {
        if self.statistics.is_empty() {
            return Ok(());
        }
        if crowded {
            return sums::add(transaction, &self.statistics).await;
        }
        let statement = transaction.prepare_cached(statements::LOG_STATISTICS).await?;
        let (id, deltas) = (fastrand::i64(1..), deltas::encode(self.statistics.rows()));
        transaction.execute(&statement, &[&id, &deltas]).await?;
        Ok(())
    }
}

pub(super) fn time(at: Timestamp) -> SystemTime {
    UNIX_EPOCH + Duration::from_millis(u64::try_from(at.as_millis()).unwrap_or_default())
}
