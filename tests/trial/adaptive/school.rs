//! A school in which it is known what every wording does.

use hearten::{
    event::Timestamp,
    feedback::{Chance, Chances, chances, pick, rewards},
    learner::{AgeBand, Heard, Learner, Locale, Since, Spoken},
    reason::Reason,
    statistics::{Snapshot, Tally},
};

pub const REASON: Reason = Reason::ErrorRun;
pub const DAY_SECS: u64 = 24 * 60 * 60;
/// A span of what is known: the one under way and the one before count.
pub const PERIOD_DAYS: u64 = 28;
/// The least chance, in 256ths.
pub const FLOOR: u16 = 8;
/// Ages and languages, of which a school has the first so many.
const KINDS: [(AgeBand, &str); 3] = [(AgeBand::From14, "de"), (AgeBand::From10, "en"), (AgeBand::Adult, "it")];

pub struct School {
    pub random: fastrand::Rng,
    pub pupils: Vec<Pupil>,
    pub known: Snapshot,
    pub day: u64,
    /// Decisions a day of each kind, and the share of them held out.
    per_day: Vec<usize>,
    silence: f64,
    wordings: u8,
}

pub struct Pupil {
    pub learner: Learner,
    /// By how much the chance to be right is off that of others, for good.
    pub ability: f64,
}

/// A decision and what followed it.
pub struct Told {
    pub pupil: usize,
    pub wording: u8,
    pub held_out: bool,
    pub chance: Chance,
    pub chances: Chances,
    pub successes: u8,
}

impl School {
    /// Twice as many learners of each kind as decisions a day.
    pub fn new(seed: u64, per_day: &[usize], silence: f64, wordings: u8) -> Self {
        let mut random = fastrand::Rng::with_seed(seed);
        let kinds = per_day.iter().enumerate().flat_map(|(kind, decisions)| vec![kind; 2 * decisions]);
        let pupils = kinds.map(|kind| Pupil { learner: of_kind(kind), ability: 0.15 * normal(&mut random) });
        let pupils = pupils.collect();
        Self { random, pupils, known: Snapshot::default(), day: 0, per_day: per_day.to_vec(), silence, wordings }
    }

    /// What a learner of a kind who heard nothing yet is told with which chance, at the end of the last day.
    pub fn chances_of(&self, kind: usize) -> Chances {
        chances(&self.known, REASON, self.wordings, &of_kind(kind), None, Some(noon(self.day - 1)))
    }

    /// A day: `right` is the chance of a learner's answers to be right, by kind and by what was said, if anything was. Two replicas
    /// count what comes of it.
    pub fn goes_on(&mut self, right: impl Fn(usize, Option<u8>) -> f64, mut each: impl FnMut(&Pupil, &Told)) {
        let at = noon(self.day);
        let mut replicas = [Tally::default(), Tally::default()];
        let mut first = 0;
        for (kind, decisions) in self.per_day.iter().enumerate() {
            let end = first + 2 * decisions;
            for _ in 0..*decisions {
                let number = self.random.usize(first..end);
                let pupil = &mut self.pupils[number];
                let chances = chances(&self.known, REASON, self.wordings, &pupil.learner, None, Some(at));
                let (wording, chance) = pick(&chances, self.random.u64(..));
                let held_out = self.random.f64() < self.silence;
                let said = (!held_out).then_some(wording);
                let chance_right = (right(kind, said) + pupil.ability).clamp(0.02, 0.98);
                let successes = (0..5).filter(|_| self.random.f64() < chance_right).count() as u8;
                if !held_out {
                    hears(&mut pupil.learner, wording, self.day);
                    let since = Since { made: 5, opportunities: 5, successes, rapid: 0 };
                    let heard = Heard { reason: REASON, wording, chance: chance.code(), since };
                    let replica = &mut replicas[number % 2];
                    rewards(&heard, &pupil.learner, None, Some(at)).for_each(|(of, sums)| replica.add(of, sums));
                }
                each(pupil, &Told { pupil: number, wording, held_out, chance, chances, successes });
            }
            first = end;
        }
        self.known = replicas.into_iter().fold(self.known.clone(), |known, tally| known.with(tally));
        self.day += 1;
    }
}

pub fn noon(day: u64) -> Timestamp {
    Timestamp::from_millis(((day * DAY_SECS + DAY_SECS / 2) * 1000) as i64)
}

pub fn of_kind(kind: usize) -> Learner {
    let (age, language) = KINDS[kind];
    let mut learner = Learner::default();
    learner.preferences.age_band = age;
    learner.preferences.locale = Locale::parse(language);
    learner
}

/// A wording is said to a learner at noon.
pub fn hears(learner: &mut Learner, wording: u8, day: u64) {
    learner.said.heard(REASON, wording);
    if learner.said.spoken.is_full() {
        learner.said.spoken.remove(0);
    }
    let at_secs = day * DAY_SECS + DAY_SECS / 2;
    learner.said.spoken.push(Spoken { reason: REASON, at_secs, ..Spoken::default() });
}

/// The likeliest wording.
pub fn leader(chances: &Chances) -> usize {
    (0..chances.len()).max_by_key(|number| chances[*number]).unwrap()
}

/// Box & Muller 1958.
pub fn normal(random: &mut fastrand::Rng) -> f64 {
    (-2.0 * (1.0 - random.f64()).ln()).sqrt() * (std::f64::consts::TAU * random.f64()).cos()
}
