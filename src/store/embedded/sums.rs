//! Sums as the writer knows them: what there is of every subject, what the batch under way adds, and whose rows are behind.

use std::sync::Arc;

use foldhash::HashMap;

use super::{changes::Changes, fault::Fault, layout, tables::Tables};
use crate::{
    statistics::{Subject, Sums},
    store::deltas,
};

/// What batches add to sums is written as one row a batch, and as rows of sums after so many batches or when so many sums have
/// changed: of popular items only one in many.
const BEHIND: (u64, usize) = (64, 2_048);

/// Of one subject.
struct Known {
    tenant: Arc<str>,
    subject: Subject,
    /// What there is in all; not known before it is added to.
    total: Option<Sums>,
    /// Its place among what the batch under way adds.
    added: Option<u32>,
    /// Its row does not have all of it.
    behind: bool,
}

/// Of all tenants. The engine holds as many in memory, so these need no bound.
#[derive(Default)]
pub(super) struct AllSums {
    places: HashMap<Arc<str>, HashMap<Subject, usize>>,
    known: Vec<Known>,
    /// Places of subjects that were forgotten.
    free: Vec<usize>,
    /// What the batch under way adds, by places.
    added: Vec<(usize, Sums)>,
    behind: Vec<usize>,
    /// How many batches have a row of what they added.
    batches: u64,
}

impl AllSums {
    /// Takes up what an event of the batch under way adds.
    pub(super) fn add(&mut self, tenant: &str, rows: Vec<(Subject, Sums)>) {
        for (subject, sums) in rows {
            let place = self.place(tenant, subject);
            let Some(known) = self.known.get_mut(place) else { continue };
            match known.added.and_then(|at| self.added.get_mut(at as usize)) {
                Some((_, added)) => *added += sums,
                None => {
                    known.added = Some(self.added.len() as u32);
                    self.added.push((place, sums));
                }
            }
        }
    }

    fn place(&mut self, tenant: &str, subject: Subject) -> usize {
        if let Some(place) = self.places.get(tenant).and_then(|places| places.get(&subject)) {
            return *place;
        }
        let tenant = self.places.get_key_value(tenant).map_or_else(|| tenant.into(), |(name, _)| Arc::clone(name));
        let known = Known { tenant: Arc::clone(&tenant), subject, total: None, added: None, behind: false };
        let place = match self.free.pop().and_then(|place| Some((place, self.known.get_mut(place)?))) {
            Some((place, free)) => {
                *free = known;
                place
            }
            None => {
                self.known.push(known);
                self.known.len() - 1
            }
        };
        self.places.entry(tenant).or_default().insert(subject, place);
        place
    }

    /// What there is of one subject, if that is known.
    pub(super) fn get(&self, tenant: &str, subject: Subject) -> Option<Sums> {
        let place = self.places.get(tenant)?.get(&subject)?;
        self.known.get(*place)?.total
    }

    /// Forgets a subject whose row is gone. All rows were written before: it is not behind.
    pub(super) fn forget(&mut self, tenant: &str, subject: Subject) {
        let place = self.places.get_mut(tenant).and_then(|places| places.remove(&subject));
        if let Some((place, known)) = place.and_then(|place| Some((place, self.known.get_mut(place)?))) {
            (known.subject, known.total) = (Subject::All, None);
            self.free.push(place);
        }
    }

    /// Whether all rows are as they should be.
    pub(super) fn are_written(&self) -> bool {
        self.batches == 0
    }

    /// Writes what the batch under way adds.
    pub(super) fn write(&mut self, tables: &Tables, changes: &mut Changes<'_>) -> Result<(), Fault> {
        if self.added.is_empty() {
            return Ok(());
        }
        for (place, sums) in &self.added {
            let Some(known) = self.known.get_mut(*place) else { continue };
            let total = match &mut known.total {
                Some(total) => total,
                unknown => {
                    let stored = tables.sums(&layout::sums_key(&known.tenant, known.subject))?;
                    unknown.insert(stored.unwrap_or_default())
                }
            };
            *total += *sums;
            known.added = None;
            if !std::mem::replace(&mut known.behind, true) {
                self.behind.push(*place);
            }
        }
        let (batches, most) = BEHIND;
        if self.batches >= batches || self.behind.len() >= most {
            self.catch_up(changes);
        } else {
            let rows = self.added.iter().filter_map(|(place, sums)| {
                let Known { tenant, subject, .. } = self.known.get(*place)?;
                Some((&**tenant, *subject, sums))
            });
            changes.added(self.batches, deltas::encode(rows));
            self.batches += 1;
        }
        self.added.clear();
        Ok(())
    }

    /// Writes the rows that are behind.
    pub(super) fn catch_up(&mut self, changes: &mut Changes<'_>) {
        for place in self.behind.drain(..) {
            let Some(known) = self.known.get_mut(place) else { continue };
            known.behind = false;
            if let Some(total) = known.total {
                changes.sums(layout::sums_key(&known.tenant, known.subject), total);
            }
        }
        (0..std::mem::take(&mut self.batches)).for_each(|number| changes.no_added(number));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::Met;

    #[test]
    fn what_was_forgotten_begins_anew_and_nothing_is_left_of_it() {
        let home = tempfile::tempdir().unwrap();
        Tables::create(home.path(), [7; 16]).unwrap();
        let (tables, _) = Tables::open(home.path()).unwrap();
        let one = Sums::one(true, None, Met { usual: 0.5, ability: 0.0, standing: 0.0 });
        let (mut all, [few, other]) = (AllSums::default(), [Subject::Item(1), Subject::Item(2)]);
        let batch = |all: &mut AllSums, subjects: &[Subject]| {
            let mut changes = tables.changes();
            all.add("north", subjects.iter().map(|subject| (*subject, one)).collect());
            all.write(&tables, &mut changes).unwrap();
            all.catch_up(&mut changes);
            changes.sync().unwrap();
        };
        batch(&mut all, &[few, few, other]);
        let attempts = |all: &AllSums, subject| all.get("north", subject).map(|sums| sums.attempts);
        assert_eq!((attempts(&all, few), attempts(&all, other)), (Some(2), Some(1)));
        let mut changes = tables.changes();
        changes.no_sums(&layout::sums_key("north", few));
        changes.sync().unwrap();
        all.forget("north", few);
        assert_eq!(attempts(&all, few), None);
        assert!(all.known.iter().all(|known| known.subject != few), "its hash is still there");
        batch(&mut all, &[other, few]);
        assert_eq!((attempts(&all, few), attempts(&all, other), all.known.len()), (Some(1), Some(2), 2));
        assert_eq!(tables.sums(&layout::sums_key("north", few)).unwrap().map(|sums| sums.attempts), Some(1));
    }
}
