//! The record: what is written is read back, by this release and every later one, in 800 bytes, and rubbish is refused.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "the helpers are tests too")]

#[path = "record/decisions.rs"]
mod decisions;
#[path = "support/histories.rs"]
mod histories;

use std::{fs, path::Path};

use arrayvec::ArrayVec;
use hearten::{
    event::Timestamp,
    learner::{
        AgeBand, Attention, Clock, F24, FOLLOWS, Follow, Gauge, Gauges, LastAnswer, Learner, Level, Locale, LogOdds,
        Malformed, Mood, Opportunity, Pace, Place, Preferences, Progress, Reading, Readings, Report, Said, Seen,
        Session, Since, Skill, Spoken, TRACES, Trace, Unit, Volume, WINDOW, Watch, Zone,
    },
    reason::{Cause, Held, Limit, Outcome, Reason, Verdict},
    statistics::{Met, Snapshot, Subject, Sums},
};
use histories::{Room, config, history};
use proptest::{
    array::{uniform, uniform2, uniform4},
    collection::vec,
    option,
    prelude::*,
    sample::{Index, select},
    strategy::ValueTree,
    test_runner::TestRunner,
};

/// The promise.
const MOST: usize = 800;

/// The years that the API allows: 1 to 9999.
fn moment() -> impl Strategy<Value = Timestamp> {
    (-62_135_596_800_000..=253_402_300_799_999i64).prop_map(Timestamp::from_millis)
}

fn list<T: std::fmt::Debug, const N: usize>(item: impl Strategy<Value = T>) -> impl Strategy<Value = ArrayVec<T, N>> {
    vec(item, 0..=N).prop_map(ArrayVec::from_iter)
}

fn share() -> impl Strategy<Value = F24> {
    (0.0..=1.0f32).prop_map(F24::new)
}

fn log_odds() -> impl Strategy<Value = LogOdds> {
    (-40.0..40.0f32).prop_map(LogOdds::new)
}

fn number() -> impl Strategy<Value = F24> {
    any::<f32>().prop_map(F24::new)
}

fn verdict() -> impl Strategy<Value = Verdict> {
    let reason = || select(&Reason::ALL[..]);
    prop_oneof![
        Just(Verdict::Undecided),
        (reason(), 0..16u8).prop_map(|(reason, wording)| Verdict::Spoken { reason, wording }),
        (select(&Cause::ALL[..]), option::of(reason()))
            .prop_map(|(cause, instead_of)| Verdict::Silent { cause, instead_of }),
    ]
}

fn trace() -> impl Strategy<Value = Trace> {
    let values = vec(prop_oneof![Just(0.0), -300.0..300.0f32], Reading::ALL.len());
    let held = option::of((select(&Limit::ALL[..]), 0..=Held::LONGEST).prop_map(|(limit, wait)| Held { limit, wait }));
    (any::<u64>(), option::of(0..=253_402_300_799u64), verdict(), held, values, any::<u64>()).prop_map(
        |(sequence, at_secs, verdict, held, values, statistics)| {
            let mut readings = Readings::default();
            Reading::ALL.into_iter().zip(values).for_each(|(reading, value)| readings.set(reading, value));
            Trace { sequence, at_secs, verdict, held, readings, statistics }
        },
    )
}

prop_compose! {
    fn clock()(
        last_at in option::of(moment()), active_ms: u64, device: u32, device_at in option::of(moment()), device_seq: u64,
    ) -> Clock {
        Clock { last_at, active_ms, device, device_at, device_seq }
    }
}

prop_compose! {
    fn session()(
        id: u32, started_at in option::of(moment()), opportunities: u32, nudges: u8, ended: bool, untold: bool,
        break_proposed_at in option::of(moment()),
    ) -> Session {
        Session { id, started_at, opportunities, nudges, ended, untold, break_proposed_at }
    }
}

prop_compose! {
    fn last_answer()(known: bool, correct: bool, expected: u8, slowness: i8) -> LastAnswer {
        LastAnswer { known, correct, expected: Unit(expected), slowness }
    }
}

prop_compose! {
    fn progress()(
        [attempts, opportunities, successes, error_item, improved_at] in uniform::<_, 5>(any::<u32>()),
        [recent_rate, rate] in uniform2(share()), run_surprise in number(),
        [ability, recent_ability] in uniform2(log_odds()), last in last_answer(),
        form: i8, [error_run, slump] in uniform2(any::<u8>()), [success_run, best_run] in uniform2(any::<u16>()),
    ) -> Progress {
        Progress {
            attempts, opportunities, successes, recent_rate, rate, form, error_run, slump, success_run, best_run, run_surprise,
            error_item, improved_at, ability, recent_ability, last,
        }
    }
}

prop_compose! {
    fn place()(
        item: u32, since in option::of(moment()), errors: u8, hints: u8,
        [given_away, opened, closed, hidden, interrupted, nudged, faulty] in uniform::<_, 7>(any::<bool>()),
    ) -> Place {
        Place { item, since, errors, hints, given_away, opened, closed, hidden, interrupted, nudged, faulty }
    }
}

prop_compose! {
    fn skill()(id: u32, opportunities: u16, successes: u16, ability in log_odds(), run in 0..=3u8, mastered: bool) -> Skill {
        Skill { id, opportunities, successes, ability, run, mastered }
    }
}

prop_compose! {
    fn opportunity()(item in 0..=Opportunity::ITEM_BITS, skill in 0..=Opportunity::SKILL_BITS, correct: bool, first: bool, hint: bool) -> Opportunity {
        Opportunity { item, skill, correct, first, hint }
    }
}

prop_compose! {
    fn mood()(score: u8, usual: u8, level in select(&[Level::Low, Level::Moderate, Level::High][..]), high_for in 0..64u8) -> Mood {
        Mood { score: Unit(score), usual: Unit(usual), level, high_for }
    }
}

prop_compose! {
    fn said()(
        wordings in uniform::<_, 15>(0..16u8), dismissals in uniform::<_, 15>(0..4u8), spoken in list(spoken()),
    ) -> Said {
        Said { wordings, dismissals, spoken }
    }
}

prop_compose! {
    fn spoken()(
        sequence: u64, reason in select(&Reason::ALL[..]), at_secs in 0..=253_402_300_799u64, active_secs: u64,
        opportunity: u32, in_session: bool, outcome in option::of(select(&Outcome::ALL[..])), held_out in prop::bool::weighted(0.2),
    ) -> Spoken {
        let outcome = outcome.filter(|_| !held_out);
        Spoken { sequence, reason, at_secs, active_secs, opportunity, in_session, outcome, held_out }
    }
}

prop_compose! {
    fn preferences()(
        locale in option::of(select(&["en", "pt-BR", "zh-Hant-TW", "es-419"][..])),
        volume in select(&[Volume::Normal, Volume::Off, Volume::CelebrationsOnly, Volume::Quiet][..]),
        age_band in select(&[AgeBand::Unknown, AgeBand::From6, AgeBand::From10, AgeBand::From14, AgeBand::Adult][..]),
        reduced_motion: bool, extended_time: bool,
        time_zone in option::of(select(&["Europe/Berlin", "America/Argentina/ComodRivadavia", "UTC"][..])),
    ) -> Preferences {
        let (locale, time_zone) = (locale.map(|tag| Locale::parse(tag).unwrap()), time_zone.map(|name| Zone::parse(name).unwrap()));
        Preferences { locale, volume, age_band, reduced_motion, extended_time, time_zone }
    }
}

prop_compose! {
    /// A report that is over is none.
    fn report()(left: u8, intensity: u8) -> Report {
        Report { left, intensity: Unit(if left == 0 { 0 } else { intensity }) }
    }
}

prop_compose! {
    fn attention()(reason in select(&Reason::ALL[..]), since_secs: u64, skill: u16) -> Attention {
        Attention { reason, since_secs, skill }
    }
}

prop_compose! {
    fn watch()(running in 0..=15u8, threshold in prop_oneof![Just(0), any::<u16>()]) -> Watch {
        Watch { running, threshold }
    }
}

prop_compose! {
    fn gauges()(amounts in uniform::<_, 8>(0.0..9.0f32), ms in 0..1_000_000i64, more in uniform::<_, 8>(0.0..9.0f32)) -> Gauges {
        let mut gauges = Gauges::default();
        Gauge::ALL.into_iter().zip(amounts).for_each(|(gauge, amount)| gauges.add(gauge, amount));
        gauges.decay(ms);
        Gauge::ALL.into_iter().zip(more).for_each(|(gauge, amount)| gauges.add(gauge, amount));
        gauges
    }
}

prop_compose! {
    /// Of one of the messages that are remembered; the chance is of use while opportunities are counted.
    fn follow()(
        place: Index, wording in option::of(0..15u8), chance: u8, skill: u16,
        since in option::of((0..WINDOW).prop_flat_map(|most| (most..=WINDOW, Just(most), 0..=most, 0..=most))),
    ) -> (Index, Follow) {
        let since =
            since.map(|(made, opportunities, successes, rapid)| Since { made, opportunities, successes, rapid });
        let chance = if since.is_some() { chance } else { 0 };
        (place, Follow { number: 0, wording, chance, skill, since })
    }
}

/// Those that follow a message which the list tells by its number.
fn following(said: &Said, follows: ArrayVec<(Index, Follow), FOLLOWS>) -> ArrayVec<Follow, FOLLOWS> {
    let numbers: Vec<u64> = said.spoken.iter().map(|spoken| spoken.sequence).collect();
    let unique = |number: &u64| *number > 0 && numbers.iter().filter(|other| *other == number).count() == 1;
    let follow = |(place, follow): (Index, Follow)| {
        let number = *place.get(&numbers);
        unique(&number).then_some(Follow { number, ..follow })
    };
    if numbers.is_empty() { ArrayVec::new() } else { follows.into_iter().filter_map(follow).collect() }
}

prop_compose! {
    fn anybody()(
        [sequence, changes] in uniform2(0..=1u64 << 61), (rules, before, nudges) in any::<(u16, u32, u32)>(), clock in clock(),
        seen in list((any::<[u64; 2]>(), verdict()).prop_map(|([id, payload], verdict)| Seen::new(id, payload, verdict))),
        session in session(), progress in progress(), place in place(),
        pace in (number(), any::<u8>()).prop_map(|(offset, known)| Pace { offset, known }),
        gauges in gauges(), skills in list(skill()), attempts in list(opportunity()), (moods, said, preferences) in (uniform4(mood()), said(), preferences()),
        (reports, watches, class, attention) in (uniform2(report()), uniform::<_, 3>(watch()), 0..1u64 << 48, option::of(attention())),
        traces in vec(trace(), 0..=TRACES), follows in list(follow()),
    ) -> Learner {
        let follows = following(&said, follows);
        Learner {
            sequence, changes, rules, before, clock, seen, nudges, session, progress, place, pace, gauges, skills, attempts, moods,
            reports, watches, said, follows, preferences, class, attention, traces: traces.into_iter().collect(),
        }
    }
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn what_is_written_is_read(learner in anybody()) {
        prop_assert_eq!(Learner::decode(&learner.encode()), Ok(learner));
    }

    #[test]
    fn a_decision_is_read_from_the_front(trace in trace(), rest: Vec<u8>) {
        let bytes = [trace.encode(), rest.clone()].concat();
        prop_assert_eq!(Trace::decode(&bytes), Ok((trace, &rest[..])));
    }

    #[test]
    fn a_record_cut_short_or_gone_on_is_refused(learner in anybody(), cut: Index, more in vec(any::<u8>(), 1..9)) {
        let bytes = learner.encode();
        prop_assert_eq!(Learner::decode(&bytes[..cut.index(bytes.len())]), Err(Malformed::Short));
        prop_assert_eq!(Learner::decode(&[bytes, more].concat()), Err(Malformed::Long));
    }

    #[test]
    fn rubbish_is_refused_or_means_something(learner in anybody(), flips in vec(any::<(Index, u8)>(), 0..4), rubbish: Vec<u8>) {
        let mut flipped = learner.encode();
        for (place, bits) in flips {
            *place.get_mut(&mut flipped) ^= bits;
        }
        for bytes in [flipped, rubbish.clone(), [vec![1], rubbish.clone()].concat(), [vec![2], rubbish.clone()].concat(), [vec![3], rubbish.clone()].concat(), [vec![4], rubbish.clone()].concat(), [vec![5], rubbish].concat()] {
            if let Ok(read) = Learner::decode(&bytes) {
                prop_assert_eq!(Learner::decode(&read.encode()), Ok(read));
            }
        }
    }

    #[test]
    fn a_version_of_the_future_is_refused(learner in anybody(), version in 6u8..) {
        let mut bytes = learner.encode();
        bytes[0] = version;
        prop_assert_eq!(Learner::decode(&bytes), Err(Malformed::Version(version)));
    }
}

/// What years at work would make of a full record: counts and identities grow, its shape stays.
fn veteran(mut learner: Learner) -> Learner {
    // A multiple of 128: known events keep the end of their number.
    const SHIFT: u64 = 782 * 128;
    learner.sequence += SHIFT;
    learner.clock.active_ms += 3_000_000_000;
    learner.clock.device = u32::MAX;
    learner.clock.device_seq = 100_000;
    learner.session.id = u32::MAX;
    learner.session.break_proposed_at = learner.session.started_at;
    let progress = &mut learner.progress;
    (progress.attempts, progress.opportunities, progress.successes) = (90_000, 60_000, 40_000);
    (progress.best_run, progress.improved_at, progress.error_item) = (300, 59_000, u32::MAX);
    for skill in &mut learner.skills {
        (skill.opportunities, skill.successes) = (12_000, 9_000);
    }
    for spoken in &mut learner.said.spoken {
        spoken.active_secs += 3_000_000;
        spoken.sequence += SHIFT;
        spoken.opportunity += 59_000;
    }
    learner.said.dismissals = [3; 15];
    // The last two messages were said by lot, and it is seen what comes of them.
    let followed = learner.said.spoken.iter().rev().filter(|spoken| spoken.sequence > 0).take(FOLLOWS);
    let since = Some(Since { made: 5, opportunities: 4, successes: 4, rapid: 4 });
    let follow = |number| Follow { number, wording: Some(3), chance: 40, skill: u16::MAX, since };
    learner.follows = followed.map(|spoken| follow(spoken.sequence)).collect();
    // Whoever asks for things, in a class, and is on its list.
    learner.changes = 300;
    learner.class = (1 << 48) - 1;
    learner.attention = Some(Attention { reason: Reason::WheelSpinning, since_secs: 1_790_000_000, skill: u16::MAX });
    learner.preferences = Preferences {
        locale: Locale::parse("zh-Hant-TW"),
        time_zone: Zone::parse("America/Argentina/ComodRivadavia"),
        ..learner.preferences
    };
    let older = |trace: Trace| Trace { sequence: trace.sequence + SHIFT, statistics: 100_000_000, ..trace };
    learner.traces = learner.traces.all().into_iter().map(older).collect();
    learner
}

/// Long lives, so that everything is full, and all of them the way they would look after years.
#[test]
fn a_full_record_takes_800_bytes_at_most() {
    let mut runner = TestRunner::deterministic();
    let (mut most, mut most_in_years, mut full) = (0, 0, 0);
    for _ in 0..40 {
        let history = history(60..90).new_tree(&mut runner).unwrap().current();
        let room = Room::new();
        for event in history.events() {
            room.submit(&event);
            let learner = room.learner(&event);
            assert_eq!(Learner::decode(&learner.encode()).as_ref(), Ok(&learner));
            most = most.max(learner.encode().len());
            let is_full = learner.skills.is_full() && learner.seen.is_full() && learner.traces.all().is_full();
            full += u32::from(is_full && learner.attempts.is_full() && learner.said.spoken.is_full());
            most_in_years = most_in_years.max(veteran(learner).encode().len());
        }
    }
    eprintln!("{most} bytes at most, {most_in_years} after years; {full} full records");
    assert!(full > 1_000);
    assert!(most_in_years <= MOST, "{most_in_years}");
}

fn golden(name: &str) -> Learner {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    let bytes = fs::read(path).unwrap();
    let learner = Learner::decode(&bytes).unwrap();
    // What is written today may differ; what it means may not.
    assert_eq!(Learner::decode(&learner.encode()).as_ref(), Ok(&learner));
    learner
}

/// A record for people, a part a line.
fn told(learner: &Learner) -> String {
    let Learner {
        sequence, rules, before, clock, seen, session, progress, place, pace, gauges, skills, attempts, ..
    } = learner;
    let Learner { moods, reports, watches, said, preferences, class, attention, traces, changes, follows, .. } =
        learner;
    let mut lines = vec![
        format!("sequence {sequence}, changes {changes}, rules {rules}, before {before}, class {class}"),
        format!("{clock:?}\n{session:?}\n{progress:?}\n{place:?}\n{pace:?}\n{gauges:?}"),
        format!("{moods:?}\n{reports:?} {watches:?}\n{said:?}\n{preferences:?} {attention:?}"),
    ];
    lines.extend(skills.iter().map(|each| format!("{each:?}")));
    lines.extend(attempts.iter().map(|each| format!("{each:?}")));
    let number = |place| learner.sequence_at(place).unwrap();
    lines.extend(
        seen.iter().enumerate().map(|(place, each)| format!("{each:?} {:?} {}", each.verdict(), number(place))),
    );
    lines.extend(traces.all().iter().map(|each| format!("{each:?}")));
    lines.extend(follows.iter().map(|each| format!("{each:?}")));
    lines.join("\n")
}

#[test]
fn records_of_version_1_are_read_for_ever() {
    assert_eq!(golden("record-v1-empty.bin"), Learner::default());
    insta::assert_snapshot!("record-v1-small", told(&golden("record-v1-small.bin")));
    insta::assert_snapshot!("record-v1-full", told(&golden("record-v1-full.bin")));
}

#[test]
fn records_of_version_2_are_read_for_ever() {
    insta::assert_snapshot!("record-v2-small", told(&golden("record-v2-small.bin")));
    insta::assert_snapshot!("record-v2-full", told(&golden("record-v2-full.bin")));
}

#[test]
fn records_of_version_3_are_read_for_ever() {
    insta::assert_snapshot!("record-v3-small", told(&golden("record-v3-small.bin")));
    insta::assert_snapshot!("record-v3-full", told(&golden("record-v3-full.bin")));
}

#[test]
fn records_of_version_4_are_read_for_ever() {
    insta::assert_snapshot!("record-v4-small", told(&golden("record-v4-small.bin")));
    insta::assert_snapshot!("record-v4-full", told(&golden("record-v4-full.bin")));
}

#[test]
fn records_of_version_5_are_read_for_ever() {
    insta::assert_snapshot!("record-v5-small", told(&golden("record-v5-small.bin")));
    insta::assert_snapshot!("record-v5-full", told(&golden("record-v5-full.bin")));
}

/// A locale takes six bytes whatever it is.
#[test]
fn every_locale_comes_back_as_it_was() {
    for tag in [
        "en",
        "pt-BR",
        "zh-Hant-TW",
        "zho-Hant-419",
        "es-419",
        "sr-Latn",
        "gsw-CH",
        "az-Cyrl-AZ",
        "en-001",
        "zzz-Zzzz-ZZ",
    ] {
        let mut learner = Learner::default();
        learner.preferences.locale = Some(Locale::parse(tag).unwrap_or_else(|| panic!("{tag}")));
        assert_eq!(Learner::decode(&learner.encode()), Ok(learner), "{tag}");
    }
}

/// What is kept of an event's contents must be the same in every release: a resend across an upgrade is no reused id.
#[test]
fn contents_hash_to_the_same_for_ever() {
    let contents = |json: &str| {
        let sent: hearten::rpc::pb::Event = serde_json::from_str(json).unwrap();
        hearten::rpc::event(&sent, None).unwrap().contents()
    };
    let attempt = r#"{"eventId":"1","learnerId":"ana","itemId":"q7","skillIds":["fractions"],"deviceSeq":"3",
        "occurredAt":"2026-01-08T08:00:00Z","attempt":{"correct":true,"responseTime":"31s","attemptNumber":2}}"#;
    assert_eq!(contents(attempt), 376_545_521_686_430_168);
    assert_eq!(
        contents(r#"{"eventId":"2","learnerId":"ana","itemId":"q7","hint":{"level":2,"bottomOut":true}}"#),
        3_625_700_023_483_175_012
    );
    assert_eq!(
        contents(r#"{"eventId":"3","learnerId":"ana","untimed":true,"mode":"MODE_EXAM","skip":{}}"#),
        711_132_822_644_772_918
    );
}

/// Rows of item statistics as the first release wrote them: forty bytes, skills under the whole hash.
#[test]
fn statistics_of_before_are_read_for_ever() {
    let hash: u64 = 0x1234_5678_9abc_def0;
    let key = [&[1][..], &hash.to_be_bytes()].concat();
    let subject = Subject::from_bytes(&key).unwrap();
    assert_eq!(subject, Subject::Skill(0x9abc_def0));
    let words = [7u64, 5, 3, 4096, 8192];
    let old: Vec<u8> = words.into_iter().flat_map(u64::to_be_bytes).collect();
    let sums = Sums::from_bytes(&old).unwrap();
    assert_eq!(
        (sums.attempts, sums.successes, sums.timed, sums.log_time, sums.log_time_squared),
        (7, 5, 3, 4096, 8192)
    );
    assert_eq!(Sums::from_bytes(&sums.to_bytes()), Some(sums));
    assert_eq!(Sums::from_bytes(&old[..39]), None);
    // What is counted from here on stands in a row of its own, and both are seen.
    let met = Met { usual: 0.7, ability: 0.5, standing: -1.0 };
    let snapshot: Snapshot = [(subject, sums), (subject, Sums::one(true, None, met))].into_iter().collect();
    assert_eq!(snapshot.get(subject).attempts, 8);
    assert_eq!(snapshot.get(subject).mean_ability(0.0), 0.5 / 8.0);
}

/// The next event would begin again at zero, and a store stops for everybody where a record goes backwards.
#[test]
fn a_record_that_no_change_could_follow_is_refused() {
    for learner in
        [Learner { sequence: u64::MAX, ..Learner::default() }, Learner { changes: u64::MAX, ..Learner::default() }]
    {
        assert_eq!(Learner::decode(&learner.encode()), Err(Malformed::Value("version")));
    }
}
