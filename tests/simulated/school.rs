//! A school whose truth is known.

use std::sync::Arc;

use hearten::{
    learner::AgeBand,
    reason::Reason,
    trial::{Case, Followed, HORIZON, Outcome},
};

/// How learners are, and what a message does to them. Shifts are in log-odds.
#[derive(Clone, Copy, Debug)]
pub struct School {
    pub learners: usize,
    /// A learner meets 1 to twice as many less one.
    pub decisions: usize,
    /// What a message does to the answers that follow.
    pub help: f64,
    /// The same for a learner whose ability is higher by one.
    pub help_by_ability: f64,
    /// What it does to leaving.
    pub leaving: f64,
    /// Decisions come after bad runs only, which pass by themselves.
    pub bad_runs: bool,
    /// Those who fail leave.
    pub informative: bool,
    /// What is learned with the logarithm of opportunities.
    pub trend: f64,
    pub chances: Chances,
    /// So many learners of a class are randomised as one.
    pub class: usize,
}

/// The chance with which a message is said.
#[derive(Clone, Copy, Debug)]
pub enum Chances {
    Always(f64),
    /// By what is believed of the learner, and for how long there have been decisions: 0.25 to 0.9.
    Adaptive,
}

pub const PLAIN: School = School {
    learners: 60,
    decisions: 5,
    help: 0.5,
    help_by_ability: 0.2,
    leaving: -0.5,
    bad_runs: false,
    informative: false,
    trend: 0.0,
    chances: Chances::Always(0.7),
    class: 1,
};

pub const ALL_AT_ONCE: School =
    School { bad_runs: true, informative: true, trend: 0.2, chances: Chances::Adaptive, ..PLAIN };

impl School {
    /// Where a message does nothing.
    pub fn without_effect(self) -> Self {
        Self { help: 0.0, help_by_ability: 0.0, leaving: 0.0, ..self }
    }

    /// One trial, by the time of its decisions.
    pub fn trial(&self, reason: Reason, seed: u64) -> Vec<Case> {
        let mut cases = Vec::new();
        self.run(reason, seed, |case, _| cases.push(case));
        cases.sort_by_key(|case| case.at_secs);
        cases
    }

    /// The effects in a school like this with very many learners: at each decision of a trial both are tried, and the trial goes
    /// on with what chance says.
    pub fn truth(&self, outcomes: &[Outcome]) -> Vec<f64> {
        let mut sums = vec![0.0; outcomes.len()];
        let mut decisions = 0.0;
        Self { learners: 60_000, ..*self }.run(Reason::ErrorRun, 0, |case, [held_out, said]| {
            decisions += 1.0;
            let arm = |followed| Case { followed, ..case.clone() };
            let (held_out, said) = (arm(held_out), arm(said));
            for (sum, outcome) in sums.iter_mut().zip(outcomes) {
                *sum += outcome.of(&said) - outcome.of(&held_out);
            }
        });
        sums.into_iter().map(|sum| sum / decisions).collect()
    }

    fn run(&self, reason: Reason, seed: u64, mut each: impl FnMut(Case, [Followed; 2])) {
        let tenants: [Arc<str>; 2] = ["north".into(), "south".into()];
        let random = &mut fastrand::Rng::with_seed(seed);
        for class in 0..self.learners / self.class {
            let of_class = if self.class > 1 { 0.4 * normal(random) } else { 0.0 };
            let arms: Vec<f64> = (0..2 * self.decisions).map(|_| random.f64()).collect();
            let moods: Vec<f64> = arms.iter().map(|_| 0.4 * normal(random)).collect();
            for learner in 0..self.class {
                let ability = of_class + normal(random);
                let mut learner = Learner {
                    ability,
                    believed: 0.7 * ability + 0.4 * normal(random),
                    opportunities: random.u32(0..10),
                    said: 0,
                    starts: random.u64(0..30),
                    age: AgeBand::ALL[(class + learner) % AgeBand::ALL.len()],
                };
                for round in 0..random.usize(1..2 * self.decisions) {
                    let shared = (self.class > 1).then(|| (arms[round], moods[round]));
                    let tenant = &tenants[class % 2];
                    let (case, both) = learner.decide(self, reason, tenant, class as u64, round as u64, shared, random);
                    each(case, both);
                }
            }
        }
    }
}

struct Learner {
    ability: f64,
    believed: f64,
    opportunities: u32,
    said: i32,
    starts: u64,
    age: AgeBand,
}

impl Learner {
    /// A decision, what followed in truth, and what would have followed either way.
    #[allow(clippy::too_many_arguments, reason = "each says something else")]
    fn decide(
        &mut self,
        school: &School,
        reason: Reason,
        tenant: &Arc<str>,
        cluster: u64,
        round: u64,
        shared: Option<(f64, f64)>,
        random: &mut fastrand::Rng,
    ) -> (Case, [Followed; 2]) {
        let (mut mood, mut right);
        loop {
            mood = shared.map_or(0.0, |(_, mood)| mood) + 0.8 * normal(random);
            let chance = logistic(self.now(school) + mood);
            right = (0..5).filter(|_| random.f64() < chance).count();
            self.opportunities += 5;
            if !school.bad_runs || right <= 2 || self.opportunities > 400 {
                break;
            }
        }
        let before = right as f64 / 5.0;
        let propensity = match school.chances {
            Chances::Always(chance) => chance,
            Chances::Adaptive => (0.6 - 0.25 * self.believed.tanh() - 0.03 * round as f64).clamp(0.25, 0.9),
        };
        let treated = shared.map_or_else(|| random.f64(), |(drawn, _)| drawn) < propensity;
        // The same luck either way, so that the difference is the message's.
        let luck = random.fork();
        let both = [false, true].map(|treated| self.follow(school, mood, treated, &mut luck.clone()));
        // The second of three wordings is the likelier the abler a learner is believed to be.
        let second = 0.15 + 0.5 * logistic(2.0 * self.believed);
        let wording = if random.f64() < second { 1 } else { 2 * random.u8(0..2) };
        let chosen = if wording == 1 { second } else { (1.0 - second) / 2.0 };
        let case = Case {
            tenant: tenant.clone(),
            cluster,
            reason,
            wording: treated.then_some(wording),
            treated,
            propensity,
            wording_propensity: if treated { chosen } else { 1.0 },
            // Roughly right, and wrong on purpose.
            expected: logistic(0.8 * self.believed + 0.8 * (before - 0.5)),
            before,
            ability: self.believed,
            age_band: self.age,
            opportunity: self.opportunities,
            at_secs: Some((self.starts + round) * 86_400),
            followed: both[usize::from(treated)],
        };
        self.opportunities += u32::from(case.followed.opportunities);
        self.said += i32::from(treated);
        (case, both)
    }

    fn follow(&self, school: &School, mood: f64, treated: bool, random: &mut fastrand::Rng) -> Followed {
        let said = f64::from(u8::from(treated));
        // Every message that was said before takes a little of the next one's effect.
        let help = said * (school.help + school.help_by_ability * self.ability) * 0.95_f64.powi(self.said);
        let mut followed = Followed::default();
        let mut mood = mood;
        loop {
            mood *= 0.5;
            let right = random.f64() < logistic(self.now(school) + mood + help);
            followed.opportunities += 1;
            followed.successes += u8::from(right);
            followed.rapid += u8::from(random.f64() < logistic(-2.0 - 0.5 * self.ability - 0.4 * help));
            let wrong = f64::from(u8::from(school.informative && !right));
            let leaves = random.f64() < logistic(-2.8 + 1.6 * wrong + school.leaving * said);
            if leaves || followed.opportunities == HORIZON {
                break;
            }
        }
        let share = f64::from(followed.successes) / f64::from(HORIZON);
        if random.f64() < logistic(0.5 + 0.4 * self.ability + 0.3 * help) {
            followed.remembered = Some(random.f64() < logistic(self.now(school) + share - 0.5));
        }
        followed.stayed = followed.opportunities == HORIZON;
        followed
    }

    fn now(&self, school: &School) -> f64 {
        0.3 + self.ability + school.trend * f64::from(self.opportunities).ln_1p()
    }
}

fn logistic(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

/// Box & Muller 1958.
fn normal(random: &mut fastrand::Rng) -> f64 {
    (-2.0 * (1.0 - random.f64()).ln()).sqrt() * (std::f64::consts::TAU * random.f64()).cos()
}
