//! What holds whatever was counted.

use hearten::{
    feedback::{Chance, Chances, chances, opinions, pick, rewards},
    learner::{Heard, Learner, Since},
    statistics::{Snapshot, Subject, Sums, Tally, Wording},
};
use proptest::{collection::vec, prelude::*};

use super::{
    super::histories::config,
    school::{FLOOR, REASON, hears, noon, of_kind},
};

/// Sums of wordings, everybody's and one kind's, in the period of day 40 and the one before.
fn snapshot(sums: &[[i64; 4]]) -> Snapshot {
    let (learner, at) = (of_kind(0), noon(40));
    let among = (learner.preferences.age_band as u8, learner.preferences.locale.unwrap().language());
    let period = Wording::period(u64::try_from(at.as_secs()).ok());
    let wordings = sums.iter().zip(0..).flat_map(|(sums, number)| {
        let of = |among, period| Wording { reason: REASON, number, among, period }.subject();
        let sums_of = |ability, slope_score| Sums { ability, slope_score, ..Sums::default() };
        let [weight, reward, weight_here, reward_here] = *sums;
        [
            (of(None, period), sums_of(weight, reward)),
            (of(None, period - 1), sums_of(reward, weight)),
            (of(Some(among), period), sums_of(weight_here, reward_here)),
        ]
    });
    wordings.collect()
}

fn told(known: &Snapshot, count: u8, learner: &Learner) -> Chances {
    chances(known, REASON, count, learner, None, Some(noon(40)))
}

/// Anything that sums of two periods and fourteen wordings can still be added up of, negative and beyond what can be.
fn wild() -> impl Strategy<Value = Vec<[i64; 4]>> {
    vec(prop_oneof![any::<[i64; 4]>(), [-5_000_000..5_000_000i64, -5_000_000..5_000_000i64, 0..9i64, 0..9i64]], 14)
        .prop_map(|sums| sums.into_iter().map(|sums| sums.map(|sum| sum >> 6)).collect())
}

/// A wording, the chance it had, what came of it, whose it was and on which day.
fn drawn() -> impl Strategy<Value = Vec<(u8, u8, u8, usize, u64)>> {
    vec((0u8..6, 7u8..255, 0u8..=5, 0usize..3, 0u64..60), 1..60)
}

fn added(
    &(wording, chance, successes, kind, day): &(u8, u8, u8, usize, u64),
) -> impl Iterator<Item = (Subject, Sums)> + use<> {
    let since = Since { made: 5, opportunities: 5, successes, rapid: 0 };
    rewards(&Heard { reason: REASON, wording, chance, since }, &of_kind(kind), None, Some(noon(day)))
}

proptest! {
    #![proptest_config(config(256))]

    /// They add up, none is given up, and there are as many as there are wordings.
    #[test]
    fn chances_are_whole_and_none_is_below_the_floor(sums in wild(), count in 1u8..=14, last in 0u8..14) {
        let known = snapshot(&sums);
        let mut learner = of_kind(0);
        hears(&mut learner, last, 39);
        for chances in [told(&known, count, &of_kind(0)), told(&known, count, &learner)] {
            prop_assert_eq!(chances.len(), usize::from(count));
            prop_assert_eq!(chances.iter().sum::<u16>(), 256);
            prop_assert!(chances.iter().all(|chance| *chance >= FLOOR), "{:?}", chances);
            // Over all that may be drawn each comes as often as its chance says, which is the chance recorded.
            let mut drawn = vec![0; chances.len()];
            for draw in 0..256u64 {
                let (number, chance) = pick(&chances, draw << 56 | 12_345);
                drawn[usize::from(number)] += 1;
                prop_assert_eq!(chance, Chance::new(chances[usize::from(number)]));
            }
            prop_assert_eq!(drawn, chances.to_vec());
        }
    }

    /// What a wording is called makes no difference but for rounding.
    #[test]
    fn wordings_in_another_order_have_the_same_chances(
        sums in vec([0..900_000i64, 0..900_000i64, 0..900_000i64, 0..900_000i64], 2..=14),
        order in any::<u64>(),
    ) {
        let mut places: Vec<usize> = (0..sums.len()).collect();
        fastrand::Rng::with_seed(order).shuffle(&mut places);
        let moved: Vec<_> = places.iter().map(|place| sums[*place]).collect();
        let [one, other] = [&sums, &moved].map(|sums| told(&snapshot(sums), sums.len() as u8, &of_kind(0)));
        for (place, chance) in places.iter().zip(&other) {
            prop_assert!(chance.abs_diff(one[*place]) <= 1, "{:?} {:?} {:?}", one, other, places);
        }
    }

    /// Whoever counted it and in whatever order: what is known is the same to the last digit, and so is what is drawn.
    #[test]
    fn order_and_replica_make_no_difference(drawn in drawn(), order in any::<u64>()) {
        let one: Snapshot = drawn.iter().flat_map(added).collect();
        let random = &mut fastrand::Rng::with_seed(order);
        let mut shuffled = drawn;
        random.shuffle(&mut shuffled);
        let mut replicas = [Tally::default(), Tally::default(), Tally::default()];
        for each in &shuffled {
            let replica = &mut replicas[random.usize(0..3)];
            added(each).for_each(|(subject, sums)| replica.add(subject, sums));
        }
        let merged = replicas.into_iter().fold(Snapshot::default(), |known, tally| known.with(tally));
        prop_assert_eq!(one.iter().count(), merged.iter().count());
        for (subject, sums) in one.iter() {
            prop_assert_eq!(sums, merged.get(subject));
        }
        for kind in 0..3 {
            prop_assert_eq!(told(&one, 6, &of_kind(kind)), told(&merged, 6, &of_kind(kind)));
        }
    }

    /// The better what followed, the likelier, but for rounding; so too with who liked it.
    #[test]
    fn more_successes_never_make_a_wording_less_likely(drawn in drawn(), wording in 0u8..6, chance in 7u8..255) {
        let known: Snapshot = drawn.iter().flat_map(added).collect();
        let with = |successes| {
            let mut tally = Tally::default();
            added(&(wording, chance, successes, 0, 40)).for_each(|(subject, sums)| tally.add(subject, sums));
            told(&known.with(tally), 6, &of_kind(0))[usize::from(wording)]
        };
        prop_assert!((0..5).all(|successes| with(successes) <= with(successes + 1) + 1));
        let liked = |opinion| {
            let mut tally = Tally::default();
            let sums = opinions((REASON, wording), chance, opinion, &of_kind(0), Some(noon(40)));
            sums.for_each(|(subject, sums)| tally.add(subject, sums));
            told(&known.with(tally), 6, &of_kind(0))[usize::from(wording)]
        };
        prop_assert!(liked(-1.0) <= liked(1.0) + 1);
    }
}

#[test]
fn where_nothing_is_known_all_are_as_likely_to_one_part_in_256() {
    for count in 1..=14 {
        let chances = told(&Snapshot::default(), count, &of_kind(0));
        let (least, most) = (chances.iter().min().unwrap(), chances.iter().max().unwrap());
        assert!(most - least <= 1, "{chances:?}");
    }
}

/// A single wording is sure, and where there was no choice nothing is learnt.
#[test]
fn of_one_wording_nothing_is_learnt() {
    let (number, chance) = pick(&told(&Snapshot::default(), 1, &of_kind(0)), u64::MAX);
    assert_eq!((number, chance), (0, Chance::SURE));
    assert_eq!(added(&(0, chance.code(), 5, 0, 40)).count(), 0);
    assert_eq!(opinions((REASON, 0), chance.code(), 1.0, &of_kind(0), None).count(), 0);
    assert_eq!(pick(&told(&Snapshot::default(), 0, &of_kind(0)), 7), (0, Chance::SURE));
}

/// Helpful or dismissed counts half an answer in five, and neither adds to how often it was drawn.
#[test]
fn an_opinion_is_half_an_answer() {
    for chance in [7, 40, 200] {
        let sums: Vec<Sums> = [0, 1].map(|right| added(&(0, chance, right, 0, 40)).next().unwrap().1).to_vec();
        let answer = sums[1].slope_score - sums[0].slope_score;
        for opinion in [1.0, -1.0] {
            let (_, sums) = opinions((REASON, 0), chance, opinion, &of_kind(0), None).next().unwrap();
            assert!((2 * sums.slope_score).abs_diff(answer * opinion as i64) <= 2, "{sums:?} {answer}");
            assert_eq!((sums.attempts, sums.ability), (0, 0));
        }
    }
}

/// Where the platform asks for a language and the learner for none, an opinion does not know of it: it counts for everybody.
#[test]
fn an_opinion_without_a_language_counts_for_everybody_alone() {
    let mut learner = of_kind(0);
    assert_eq!(opinions((REASON, 0), 40, 1.0, &learner, None).count(), 2);
    learner.preferences.locale = None;
    let everybody = Wording { reason: REASON, number: 0, among: None, period: 0 }.subject();
    let counted: Vec<_> = opinions((REASON, 0), 40, 1.0, &learner, None).map(|(subject, _)| subject).collect();
    assert_eq!(counted, [everybody]);
}

/// What was known two periods ago is not known any more.
#[test]
fn only_this_period_and_the_one_before_count() {
    let known: Snapshot =
        (0..4000u32).flat_map(|at| added(&((at % 6) as u8, 40, if at % 6 == 3 { 5 } else { 3 }, 0, 1))).collect();
    let at = |day| chances(&known, REASON, 6, &of_kind(0), None, Some(noon(day)))[3];
    assert!(at(27) > 200 && at(55) > 200, "{} {}", at(27), at(55));
    assert!(at(56) < 50 && at(2000) < 50, "{} {}", at(56), at(2000));
}
