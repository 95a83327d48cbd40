//! Learners and decisions as bytes.

use std::{fs, path::Path, sync::LazyLock};

use fastrand::Rng;
use hearten::{
    event::Timestamp,
    learner::{Learner, Trace},
    statistics::{Subject, Sums},
};

use super::engine::{Answer, Shape, Target, odd_number, refused, taken};

/// A record of this release with everything full has 800 bytes; one of hostile bytes may have numbers as long as can be, and
/// is still no larger than this.
const MOST: usize = 1400;

/// Records of all releases so far.
pub fn golden() -> Vec<Vec<u8>> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut files: Vec<_> = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.iter().map(|path| fs::read(path).unwrap()).collect()
}

/// A record of today in which some numbers are as large, or as small, as they can be kept.
pub fn made(rng: &mut Rng) -> Vec<u8> {
    static LEARNERS: LazyLock<Vec<Learner>> =
        LazyLock::new(|| golden().iter().filter_map(|bytes| Learner::decode(bytes).ok()).collect());
    let mut learner = rng.choice(&*LEARNERS).cloned().unwrap_or_default();
    for _ in 0..rng.u8(0..4) {
        let number = odd_number(rng);
        let moment = Some(Timestamp::from_millis(number as i64));
        let Learner { clock, session, progress, place, said, .. } = &mut learner;
        match rng.u8(0..20) {
            0 => learner.sequence = number,
            1 => learner.changes = number,
            2 => clock.active_ms = number,
            3 => clock.last_at = moment,
            4 => clock.device_at = moment,
            5 => clock.device_seq = number,
            6 => session.started_at = moment,
            7 => session.break_proposed_at = moment,
            8 => session.opportunities = number as u32,
            9 => session.nudges = number as u8,
            10 => progress.attempts = number as u32,
            11 => progress.opportunities = number as u32,
            12 => progress.successes = number as u32,
            13 => (progress.error_run, progress.slump) = (number as u8, number as u8),
            14 => (progress.success_run, progress.best_run) = (number as u16, number as u16),
            15 => progress.form = number as i8,
            16 => place.since = moment,
            17 => (place.errors, place.hints) = (number as u8, number as u8),
            18 => learner.skills.iter_mut().for_each(|skill| skill.opportunities = number as u16),
            _ => said.spoken.iter_mut().for_each(|spoken| (spoken.at_secs, spoken.active_secs) = (number, !number)),
        }
    }
    learner.encode()
}

/// What is read is written, and read again, as the same.
fn kept(input: &[u8]) -> Answer {
    match Learner::decode(input) {
        Ok(learner) => {
            let bytes = learner.encode();
            assert!(bytes.len() <= MOST, "{} bytes", bytes.len());
            let again = Learner::decode(&bytes).unwrap_or_else(|error| panic!("{error}: {learner:?}"));
            // What is not a number is none, so that records can be held against each other.
            assert_eq!(again, learner);
            assert_eq!(again.encode(), bytes);
            let Learner { seen, skills, attempts, traces, said, preferences, class, attention, .. } = &learner;
            let full =
                [seen.len() / 8, skills.len(), attempts.len() / 2, traces.all().len() / 2, said.spoken.len() / 3];
            taken((input.first().copied(), full, preferences.locale.is_some(), *class != 0, attention.is_some()))
        }
        Err(malformed) => refused(&format!("{malformed} {}", version(input))),
    }
}

/// In letters, so that answers about one are told from those about another.
fn version(input: &[u8]) -> char {
    input.first().map_or('?', |version| char::from(b'a' + version % 26))
}

#[test]
fn record() {
    Target { seeds: golden(), make: Some(made), ..Target::new("record", Shape::Bytes, 15_000) }.run(kept);
}

#[test]
fn trace() {
    let records = golden();
    let seeds = records.iter().filter_map(|bytes| Learner::decode(bytes).ok());
    let seeds =
        seeds.flat_map(|learner| learner.traces.all().iter().map(|trace| trace.encode()).collect::<Vec<_>>()).collect();
    Target { seeds, most: 200, ..Target::new("trace", Shape::Bytes, 5_000) }.run(|input| match Trace::decode(input) {
        Ok((trace, rest)) => {
            assert!(input.ends_with(rest));
            let bytes = [trace.encode().as_slice(), rest].concat();
            assert_eq!(Trace::decode(&bytes).unwrap(), (trace, rest));
            taken((version(input), trace.verdict.code() >> 4, trace.held.map(|held| held.limit as u8)))
        }
        Err(malformed) => refused(&format!("{malformed} {}", version(input))),
    });
}

/// Rows of sums, each under its subject.
#[test]
fn sums() {
    let seed = |subject: Subject, bytes: usize| {
        let mut seed = subject.to_bytes().to_vec();
        seed.extend(Sums::default().to_bytes().get(..bytes).unwrap());
        seed
    };
    let seeds = vec![seed(Subject::All, 64), seed(Subject::Skill(7), 40), seed(Subject::Item(u64::MAX), 64)];
    Target { seeds, most: 100, ..Target::new("sums", Shape::Bytes, 3_000) }.run(|input| {
        let (subject, sums) = input.split_at_checked(9).unwrap_or((input, &[]));
        let (subject, sums) = (Subject::from_bytes(subject), Sums::from_bytes(sums));
        assert!(subject.is_none_or(|subject| Subject::from_bytes(&subject.to_bytes()) == Some(subject)));
        let Some(sums) = sums else { return refused(if subject.is_some() { "no sums" } else { "nothing" }) };
        assert_eq!(Sums::from_bytes(&sums.to_bytes()), Some(sums));
        let (pace, slope) = (sums.pace(), sums.slope(1.0, 10.0));
        assert!(pace.is_none_or(|(mean, variance)| mean.is_finite() && variance >= 0.0), "{pace:?}");
        taken((subject.map(|subject| subject.to_bytes()[0]), pace.is_some(), slope.is_nan(), input.len()))
    });
}
