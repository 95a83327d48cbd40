//! How many commits are worth waiting for.
//!
//! A sync costs as much for one commit as for a hundred, and where many come, more are there a moment later. How many is learnt: a
//! batch waits for somewhat more than came the last time, until it waits in vain. (PostgreSQL's `commit_delay` and `commit_siblings`
//! are the same with fixed numbers.)

use std::time::Duration;

use super::queue::LARGEST_BATCH;

/// A batch waits no longer than this.
pub(super) const PATIENCE: Duration = Duration::from_millis(1);
/// Fewer are never waited for: it would cost each of them more than it saves.
const FEW: usize = 32;
/// After a wait in vain, so many batches wait for less than came then; twice as many after the next, up to the second. A wait that is
/// worth it takes an eighth off that.
const CONTENT: [u32; 2] = [16, 256];

/// What the last batches taught.
#[derive(Debug, Default)]
pub(super) struct Company {
    wanted: usize,
    /// How many batches are content with less after a wait in vain, and how many more are now.
    content: u32,
    left: u32,
}

impl Company {
    /// How many the next batch waits for; none if it need not wait.
    pub(super) fn wanted(&self) -> Option<usize> {
        (self.wanted >= FEW).then_some(self.wanted)
    }

    /// So many came; where they were waited for, in vain if that is fewer than were wanted.
    pub(super) fn came(&mut self, count: usize, waited: bool) {
        let [least, most] = CONTENT;
        if waited && count < self.wanted {
            self.content = (self.content * 2).clamp(least, most);
            (self.left, self.wanted) = (self.content, count - count / 8);
            return;
        }
        if waited {
            self.content -= self.content.div_ceil(8);
        }
        match self.left.checked_sub(1) {
            Some(left) => self.left = left,
            None => self.wanted = (count + count / 4).min(LARGEST_BATCH),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Batches of which so many come by themselves, and so many in time: what they want in the end, and how many waited in vain.
    fn taught(batches: impl Iterator<Item = (usize, usize)>) -> (Option<usize>, usize) {
        let (mut company, mut in_vain) = (Company::default(), 0);
        for (alone, in_time) in batches {
            match company.wanted().filter(|wanted| *wanted > alone) {
                Some(wanted) => {
                    in_vain += usize::from(wanted > in_time);
                    company.came(wanted.min(in_time), true);
                }
                None => company.came(alone, false),
            }
        }
        (company.wanted(), in_vain)
    }

    #[test]
    fn where_no_more_come_hardly_any_batch_waits_in_vain() {
        for count in 0..=LARGEST_BATCH {
            let (_, in_vain) = taught([(count, count)].into_iter().cycle().take(1_000));
            assert!(in_vain <= 8, "{count}: {in_vain}");
        }
        // A lone client's batch comes as a large one and a small.
        for (large, small) in [(88, 12), (60, 40), (31, 1)] {
            let (_, in_vain) = taught([(large, large), (small, small)].into_iter().cycle().take(1_000));
            assert!(in_vain <= 12, "{large}, {small}: {in_vain}");
        }
    }

    #[test]
    fn where_more_come_they_are_waited_for() {
        for all in [64, 256, 1_000] {
            let (wanted, in_vain) = taught([(all / 2, all)].into_iter().cycle().take(1_000));
            assert!(wanted.is_some_and(|wanted| (all * 3 / 4..=all).contains(&wanted)), "{all}: {wanted:?}");
            assert!(in_vain <= 1_000 / 16, "{all}: {in_vain}");
        }
    }

    #[test]
    fn few_are_not_waited_for() {
        for few in 0..26 {
            assert_eq!(taught([(few, few + 1)].into_iter().cycle().take(100)), (None, 0), "{few}");
        }
    }

    #[test]
    fn what_no_longer_comes_is_no_longer_waited_for() {
        let mut company = Company::default();
        (0..20).for_each(|_| company.came(company.wanted().unwrap_or(100), false));
        assert_eq!(company.wanted(), Some(LARGEST_BATCH));
        company.came(10, true);
        assert_eq!(company.wanted(), None);
    }
}
