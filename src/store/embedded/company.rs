//! How many commits are worth waiting for.
//!
//! A sync costs as much for one commit as for a hundred, and where many come, more are there a moment later. How many is learnt: a
//! batch waits for somewhat more than came the last time, until it waits in vain. (PostgreSQL's `commit_delay` and `commit_siblings`
//! are the same with fixed numbers.)

use std::time::Duration;

/// A batch waits no longer than this.
pub(super) const PATIENCE: Duration = Duration::from_millis(1);
/// Fewer are never waited for: it would cost each of them more than it saves.
const FEW: usize = 16;
/// After a wait in vain, so many batches wait for no more than came then; twice as many after the next, up to the second.
const CONTENT: [u32; 2] = [16, 256];

/// What the last batches taught.
#[derive(Debug, Default)]
pub(super) struct Company {
    wanted: usize,
    /// How many batches were last content with less, and how many more will be.
    content: u32,
    left: u32,
}

impl Company {
    /// How many the next batch waits for; none if it need not wait.
    pub(super) fn wanted(&self) -> Option<usize> {
        (self.wanted >= FEW).then_some(self.wanted)
    }

    /// So many came in time.
    pub(super) fn came(&mut self, count: usize) {
        let [least, most] = CONTENT;
        if self.wanted().is_some_and(|wanted| count < wanted) {
            self.content = (self.content * 2).clamp(least, most);
            (self.left, self.wanted) = (self.content, count - count / 8);
        } else if self.left > 0 {
            self.left -= 1;
        } else {
            self.wanted = count + count / 4;
        }
        if self.wanted().is_none() {
            (self.content, self.left) = (0, 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a batch waits for in the end, where there are so many at most, and how many of a thousand batches waited in vain.
    fn settled(at_most: usize) -> (Option<usize>, usize) {
        let (mut company, mut in_vain) = (Company::default(), 0);
        for _ in 0..1_000 {
            // As many as come by themselves, and those that are waited for.
            let there = (at_most / 2).max(company.wanted().unwrap_or_default()).min(at_most);
            in_vain += usize::from(company.wanted().is_some_and(|wanted| there < wanted));
            company.came(there);
        }
        (company.wanted(), in_vain)
    }

    #[test]
    fn few_are_never_waited_for_and_many_hardly_ever_in_vain() {
        for few in [0, 1, 8, 16, 24] {
            assert_eq!(settled(few), (None, 0), "{few}");
        }
        for many in [40, 64, 256, 1_000] {
            let (wanted, in_vain) = settled(many);
            assert!(wanted.is_some_and(|wanted| wanted > many / 2), "{many}: {wanted:?}");
            assert!((1..=10).contains(&in_vain), "{many}: {in_vain}");
        }
    }

    #[test]
    fn what_no_longer_comes_is_no_longer_waited_for() {
        let mut company = Company::default();
        (0..20).for_each(|_| company.came(company.wanted().unwrap_or(100)));
        assert!(company.wanted().is_some_and(|wanted| wanted > 100));
        company.came(3);
        assert_eq!(company.wanted(), None);
    }
}
