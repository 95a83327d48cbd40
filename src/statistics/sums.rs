//! One subject's sums, and the names they are kept under.

use std::ops::AddAssign;

/// Everything on the log-odds scale is summed in steps of 1/1024.
const LOG_ODDS_STEPS: f64 = 1024.0;
/// Log response times are summed in steps of 1/1024 of a natural-log unit (about 0.1 % of a time).
const LOG_TIME_STEPS: f64 = 1024.0;

/// What a set of sums is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// Every opportunity there was.
    All,
    /// One skill, by the short hash of its id, which is what a learner's record keeps.
    Skill(u32),
    /// One item or item part, by the hash of its id.
    Item(u64),
    /// A wording of a message, in a span of time and of some learners; see [`Wording`](super::Wording).
    Wording(u64),
    /// A reason, by its number, that a trial showed to do harm: it is, once anything is counted of it.
    Harm(u8),
    /// A look at the trial of a reason, by their numbers: it was made, once anything is counted of it.
    Look(u8, u8),
}

impl Subject {
    /// The nine bytes this subject is stored under.
    #[must_use]
    pub fn to_bytes(self) -> [u8; 9] {
        let (tag, hash) = match self {
            Self::All => (0, 0),
            Self::Skill(hash) => (1, u64::from(hash)),
            Self::Item(hash) => (2, hash),
            Self::Wording(place) => (3, place),
            Self::Harm(reason) => (4, u64::from(reason)),
            Self::Look(reason, look) => (5, u64::from(reason) << 8 | u64::from(look)),
        };
        let mut bytes = [tag; 9];
        for (slot, byte) in bytes.iter_mut().skip(1).zip(u64::to_be_bytes(hash)) {
            *slot = byte;
        }
        bytes
    }

    /// Reads what [`Subject::to_bytes`] wrote.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (tag, hash) = bytes.split_first()?;
        let hash = u64::from_be_bytes(hash.try_into().ok()?);
        match tag {
            0 => Some(Self::All),
            // Rows were once kept under the whole hash.
            1 => Some(Self::Skill((hash as u32).max(1))),
            2 => Some(Self::Item(hash)),
            3 => Some(Self::Wording(hash)),
            4 => u8::try_from(hash).ok().map(Self::Harm),
            5 => u16::try_from(hash).ok().map(u16::to_be_bytes).map(|[reason, look]| Self::Look(reason, look)),
            _ => None,
        }
    }
}

/// Sums over first unassisted attempts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Opportunities counted.
    pub attempts: u64,
    /// Those that were right.
    pub successes: u64,
    /// Those whose response time is known.
    pub timed: u64,
    /// Sum of log response times, in 1/1024 of a natural-log unit (of seconds).
    pub log_time: i64,
    /// Sum of their squares, in 1/1024 of a squared unit.
    pub log_time_squared: i64,
    /// Sum of the learners' abilities, in 1/1024 of a log-odds unit.
    pub ability: i64,
    /// How much results rose with the learners' standing: the score of a slope, summed in steps of 1/1024.
    pub slope_score: i64,
    /// How well that can be told: the information about the slope, summed in steps of 1/1024.
    pub slope_information: i64,
}

/// Who met an opportunity, and what everybody's results had led to expect.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Met {
    /// The chance that anybody would be right.
    pub usual: f32,
    /// The learner's ability, in log-odds.
    pub ability: f32,
    /// How the learner stands at the item's skills, in log-odds.
    pub standing: f32,
}

impl Sums {
    /// The sums of a single opportunity; `log_time` is the natural log of its response time in seconds, if known.
    #[must_use]
    pub fn one(correct: bool, log_time: Option<f32>, met: Met) -> Self {
        let steps = |x: f64| (x * LOG_TIME_STEPS).round() as i64;
        let log_odds = |x: f32| (f64::from(x) * LOG_ODDS_STEPS).round() as i64;
        let Met { usual, ability, standing } = met;
        let result = if correct { 1.0 } else { 0.0 };
        let log_time = log_time.map(f64::from);
        Self {
            attempts: 1,
            successes: u64::from(correct),
            timed: u64::from(log_time.is_some()),
            log_time: log_time.map_or(0, steps),
            log_time_squared: log_time.map_or(0, |t| steps(t * t)),
            ability: log_odds(ability),
            slope_score: log_odds((result - usual) * standing),
            slope_information: log_odds(usual * (1.0 - usual) * standing * standing),
        }
    }

    /// Mean and variance of the log response time, once three are known.
    #[must_use]
    pub fn pace(&self) -> Option<(f32, f32)> {
        if self.timed < 3 {
            return None;
        }
        let n = self.timed as f64;
        let mean = self.log_time as f64 / LOG_TIME_STEPS / n;
        let variance = self.log_time_squared as f64 / LOG_TIME_STEPS / n - mean * mean;
        Some((mean as f32, variance.max(0.0) as f32))
    }

    /// Mean ability of the learners, in log-odds, drawn to zero as if by so many more.
    #[must_use]
    pub fn mean_ability(&self, strength: f32) -> f32 {
        (self.ability as f64 / LOG_ODDS_STEPS) as f32 / (self.attempts as f32 + strength)
    }

    /// How much results rise with the learners' standing, beyond what is known of the item's easiness: the slope one step of
    /// scoring from zero, drawn `toward` another by so much information.
    #[must_use]
    pub fn slope(&self, toward: f32, strength: f32) -> f32 {
        let [score, information] = [self.slope_score, self.slope_information].map(|sum| sum as f64 / LOG_ODDS_STEPS);
        ((score + f64::from(strength * toward)) / (information + f64::from(strength))) as f32
    }

    /// The 64 bytes these sums are stored as.
    #[must_use]
    pub fn to_bytes(self) -> Vec<u8> {
        let unsigned = [self.attempts, self.successes, self.timed];
        let signed = [self.log_time, self.log_time_squared, self.ability, self.slope_score, self.slope_information];
        let mut bytes = Vec::with_capacity(64);
        bytes.extend(unsigned.into_iter().flat_map(u64::to_be_bytes));
        bytes.extend(signed.into_iter().flat_map(i64::to_be_bytes));
        bytes
    }

    /// Reads what [`Sums::to_bytes`] wrote, and the 40 bytes it wrote before anything was kept of the learners.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (words, []) = bytes.as_chunks::<8>() else { return None };
        let (first, of_learners) = words.split_first_chunk::<5>()?;
        let [attempts, successes, timed, log_time, log_time_squared] = first;
        let [ability, slope_score, slope_information] = match of_learners {
            [] => [0; 3],
            [ability, score, information] => [ability, score, information].map(|word| i64::from_be_bytes(*word)),
            _ => return None,
        };
        Some(Self {
            attempts: u64::from_be_bytes(*attempts),
            successes: u64::from_be_bytes(*successes),
            timed: u64::from_be_bytes(*timed),
            log_time: i64::from_be_bytes(*log_time),
            log_time_squared: i64::from_be_bytes(*log_time_squared),
            ability,
            slope_score,
            slope_information,
        })
    }
}

impl AddAssign for Sums {
    fn add_assign(&mut self, other: Self) {
        self.attempts += other.attempts;
        self.successes += other.successes;
        self.timed += other.timed;
        self.log_time += other.log_time;
        self.log_time_squared += other.log_time_squared;
        self.ability += other.ability;
        self.slope_score += other.slope_score;
        self.slope_information += other.slope_information;
    }
}
