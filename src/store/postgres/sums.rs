//! Sums as rows of `hearten_statistics`.

use std::time::SystemTime;

use deadpool_postgres::Transaction;
use tokio_postgres::{Row, types::ToSql};

use super::{fault::Fault, statements};
use crate::{
    statistics::{Subject, Sums},
    store::deltas::OfTenants,
};

/// The columns of rows.
#[derive(Default)]
pub(super) struct Columns<'a> {
    tenants: Vec<&'a str>,
    kinds: Vec<i16>,
    subjects: Vec<i64>,
    numbers: [Vec<i64>; 8],
}

impl<'a> Columns<'a> {
    pub(super) fn of(rows: impl IntoIterator<Item = (&'a str, Subject, &'a Sums)>) -> Self {
        let mut columns = Self::default();
        for (tenant, subject, sums) in rows {
            let (kind, hash) = place(subject);
            columns.tenants.push(tenant);
            columns.kinds.push(kind);
            columns.subjects.push(hash);
            let numbers = [
                sums.attempts as i64,
                sums.successes as i64,
                sums.timed as i64,
                sums.log_time,
                sums.log_time_squared,
                sums.ability,
                sums.slope_score,
                sums.slope_information,
            ];
            columns.numbers.iter_mut().zip(numbers).for_each(|(column, number)| column.push(number));
        }
        columns
    }

    /// As they are handed to a statement.
    pub(super) fn parameters(&self) -> Vec<&(dyn ToSql + Sync)> {
        let mut parameters: Vec<&(dyn ToSql + Sync)> = vec![&self.tenants, &self.kinds, &self.subjects];
        parameters.extend(self.numbers.iter().map(|column| column as &(dyn ToSql + Sync)));
        parameters
    }
}

/// Adds to what is there, in the order in which everybody does: two who add wait for each other, and not both at once.
pub(super) async fn add(transaction: &Transaction<'_>, sums: &OfTenants) -> Result<(), Fault> {
    if sums.is_empty() {
        return Ok(());
    }
    let mut rows: Vec<_> = sums.rows().collect();
    rows.sort_by_key(|(tenant, subject, _)| (*tenant, *subject));
    let statement = transaction.prepare_cached(statements::ADD_STATISTICS).await?;
    transaction.execute(&statement, &Columns::of(rows).parameters()).await?;
    Ok(())
}

/// What stands in rows.
pub(super) fn read(rows: &[Row]) -> Result<OfTenants, Fault> {
    let mut all = OfTenants::default();
    for row in rows {
        let subject = subject(row.try_get(1)?, row.try_get(2)?).ok_or(Fault::Unreadable("a row of statistics"))?;
        let count = |column: usize| row.try_get(column).map(|count: i64| count as u64);
        let sums = Sums {
            attempts: count(3)?,
            successes: count(4)?,
            timed: count(5)?,
            log_time: row.try_get(6)?,
            log_time_squared: row.try_get(7)?,
            ability: row.try_get(8)?,
            slope_score: row.try_get(9)?,
            slope_information: row.try_get(10)?,
        };
        all.add(row.try_get(0)?, [(subject, sums)]);
    }
    Ok(all)
}

/// The newest change among rows.
pub(super) fn newest(rows: &[Row]) -> Result<Option<SystemTime>, Fault> {
    let times: Result<Vec<SystemTime>, _> = rows.iter().map(|row| row.try_get(11)).collect();
    Ok(times?.into_iter().max())
}

/// A subject's kind and hash, as columns; whole numbers of the database have a sign, so large hashes are below zero there.
pub(super) fn place(subject: Subject) -> (i16, i64) {
    match subject {
        Subject::All => (0, 0),
        Subject::Skill(hash) => (1, i64::from(hash)),
        Subject::Item(hash) => (2, hash as i64),
        Subject::Wording(place) => (3, place as i64),
        Subject::Harm(reason) => (4, i64::from(reason)),
        Subject::Look(reason, look) => (5, i64::from(reason) << 8 | i64::from(look)),
    }
}

/// What [`place`] wrote.
fn subject(kind: i16, hash: i64) -> Option<Subject> {
    match kind {
        0 => Some(Subject::All),
        1 => u32::try_from(hash).ok().map(Subject::Skill),
        2 => Some(Subject::Item(hash as u64)),
        3 => Some(Subject::Wording(hash as u64)),
        4 => u8::try_from(hash).ok().map(Subject::Harm),
        5 => u16::try_from(hash).ok().map(u16::to_be_bytes).map(|[reason, look]| Subject::Look(reason, look)),
        _ => None,
    }
}
