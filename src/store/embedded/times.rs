//! When things happened, for those who keep them only so long.

use fjall::Keyspace;

use super::{
    changes::Changes,
    fault::Fault,
    layout::{self, TIMES_KEY},
    tables::Tables,
};
use crate::{event::Timestamp, store::Key};

/// Rows changed in one batch, where there may be many.
const AT_ONCE: usize = 10_000;

const TIME: &str = "a row of times";

/// When, as it is kept, and a decision's key.
type Timed = ([u8; 8], Vec<u8>);

impl Tables {
    /// Learners last heard of in an hour that was over before this time; those who were silent longest first.
    pub(super) fn unheard(&self, before: Timestamp, limit: usize) -> Result<Vec<Key>, Fault> {
        let range = layout::by_hour_key(0, &[])..layout::by_hour_key(layout::hour(before), &[]);
        let _reading = self.reading();
        let key = |row: fjall::Guard| {
            let row = row.key()?;
            layout::split_by_hour(&row).and_then(layout::split_learner).ok_or(Fault::Unreadable(TIME))
        };
        self.times.range(range).take(limit).map(key).collect()
    }

    /// Decisions logged before this time, oldest first, with when.
    pub(super) fn logged_before(&self, before: Timestamp, limit: usize) -> Result<Vec<Timed>, Fault> {
        let range = layout::by_time_key([0; 8], &[])..layout::by_time_key(layout::time(before), &[]);
        let _reading = self.reading();
        let split = |row: fjall::Guard| {
            let row = row.key()?;
            let (time, decision) = layout::split_by_time(&row).ok_or(Fault::Unreadable(TIME))?;
            Ok((time, decision.to_vec()))
        };
        self.times.range(range).take(limit).map(split).collect()
    }

    /// When a decision was logged, if that is known.
    pub(super) fn logged_at(&self, decision: &[u8]) -> Result<Option<[u8; 8]>, Fault> {
        let Some(value) = self.times.get(layout::logged_key(decision))? else { return Ok(None) };
        value.as_ref().try_into().map(Some).map_err(|_| Fault::Unreadable(TIME))
    }

    /// A store from before times were kept: whatever it holds counts as of `now`, as nobody knows better.
    pub(super) fn date(&self, now: Timestamp) -> Result<(), Fault> {
        if self.meta.contains_key(TIMES_KEY)? {
            return Ok(());
        }
        let (hour, time) = (layout::hour(now), layout::time(now));
        self.every(&self.learners, |changes, learner| changes.heard(learner, None, Some(hour)))?;
        self.every(&self.decisions, |changes, decision| changes.logged(decision, time))?;
        let mut changes = self.changes();
        changes.meta(TIMES_KEY, &[]);
        changes.sync()
    }

    fn every(&self, table: &Keyspace, mut change: impl FnMut(&mut Changes<'_>, &[u8])) -> Result<(), Fault> {
        let (mut changes, mut count) = (self.changes(), 0);
        for row in table.iter() {
            change(&mut changes, &row.key()?);
            count += 1;
            if count % AT_ONCE == 0 {
                std::mem::replace(&mut changes, self.changes()).sync()?;
            }
        }
        changes.sync()
    }
}
