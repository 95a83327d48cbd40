//! The last decisions of a record: kept in the bytes they are written in, whatever was pushed and whatever had to go.

use hearten::learner::{Learner, TRACES, Trace, Traces};
use proptest::{collection::vec, option, prelude::*, sample::Index};

use super::{anybody, config, trace};

/// Decisions one after the other, as they are made: most with the next number by the same statistics, some without a clock.
fn made() -> impl Strategy<Value = Vec<Trace>> {
    let next = (
        trace(),
        prop_oneof![4 => Just(1u64), 1 => any::<u64>()],
        option::of(0..600u64),
        prop_oneof![4 => Just(0u64), 1 => any::<u64>()],
    );
    vec(next, 0..=3 * TRACES).prop_map(|all| {
        let mut last = Trace::default();
        let follow = |(trace, step, passed, learnt): (Trace, u64, Option<u64>, u64)| {
            let sequence = last.sequence.wrapping_add(step);
            let at_secs = passed.map(|passed| last.at_secs.unwrap_or(1_790_000_000) + passed);
            last = Trace { sequence, at_secs, statistics: last.statistics.wrapping_add(learnt), ..trace };
            last
        };
        all.into_iter().map(follow).collect()
    })
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn the_last_decisions_are_kept_as_they_would_be_written_anew(learner in anybody(), made in made(), read_at: Index) {
        let mut pushed = Learner { traces: Traces::default(), ..learner };
        let read_at = read_at.index(made.len() + 1);
        for (place, trace) in made.iter().enumerate() {
            if place == read_at {
                pushed = Learner::decode(&pushed.encode()).unwrap();
            }
            pushed.traces.push(trace);
            let last = &made[(place + 1).saturating_sub(TRACES)..=place];
            prop_assert_eq!(&*pushed.traces.all(), last);
            let anew = Learner { traces: last.iter().copied().collect(), ..pushed.clone() };
            prop_assert_eq!(pushed.encode(), anew.encode());
        }
        prop_assert_eq!(Learner::decode(&pushed.encode()), Ok(pushed));
    }
}
