//! A platform made up: items of known easiness, learners of known ability, and the log they leave.

#![allow(clippy::indexing_slicing, reason = "the helpers are tests too")]

use std::{fs, path::Path};

use fastrand::Rng;
use serde_json::{Value, json};

/// Coprime to the steps learners take through the items, so that nobody meets one again soon.
const ITEMS: usize = 61;
const SKILLS: usize = 4;

/// How large it is, and where chance starts.
#[derive(Clone, Copy, Debug)]
pub struct Platform {
    pub learners: usize,
    /// First attempts of each learner.
    pub answers: usize,
    pub seed: u64,
    /// Learners say now and then how it is going, some time after an answer.
    pub asks: bool,
}

/// One event, as logs hold it.
pub struct Line {
    pub event: Value,
    /// Of a first attempt, how likely it was to be right.
    pub chance: Option<f64>,
}

impl Platform {
    /// What everybody did, learners taking turns.
    pub fn lines(self) -> Vec<Line> {
        let mut rng = Rng::with_seed(self.seed);
        let easiness: Vec<f64> = (0..ITEMS).map(|_| 0.5 + 1.2 * bell(&mut rng)).collect();
        let mut learners: Vec<Learner> = (0..self.learners).map(|number| Learner::new(number, &mut rng)).collect();
        let mut lines = Vec::new();
        for turn in 0..self.answers {
            for learner in &mut learners {
                learner.answers(turn, &easiness, &mut rng, &mut lines);
                if self.asks && turn % 3 == 2 {
                    learner.says(turn, &mut rng, &mut lines);
                }
            }
        }
        lines
    }

    pub fn write(self, path: &Path) {
        write(path, self.lines().iter().map(|line| &line.event));
    }
}

/// A log of these events.
pub fn write<'a>(path: &Path, events: impl IntoIterator<Item = &'a Value>) {
    let text: String = events.into_iter().map(|event| format!("{event}\n")).collect();
    fs::write(path, text).unwrap();
}

struct Learner {
    name: String,
    ability: f64,
    place: usize,
    step: usize,
    practised: [f64; SKILLS],
    seconds: u32,
    correct: bool,
}

impl Learner {
    fn new(number: usize, rng: &mut Rng) -> Self {
        let (place, step) = (rng.usize(..ITEMS), rng.usize(1..ITEMS));
        let ability = bell(rng);
        Self { name: format!("l{number}"), ability, place, step, practised: [0.0; SKILLS], seconds: 0, correct: false }
    }

    /// Once, and after an error often a hint and once more.
    fn answers(&mut self, turn: usize, easiness: &[f64], rng: &mut Rng, lines: &mut Vec<Line>) {
        self.place = (self.place + self.step) % ITEMS;
        let practised = &mut self.practised[self.place % SKILLS];
        let chance = 1.0 / (1.0 + (-self.ability - easiness[self.place] - 0.1 * *practised).exp());
        *practised += 1.0;
        self.correct = rng.f64() < chance;
        let event = self.attempt(&format!("{turn}"), self.correct, 1, rng);
        lines.push(Line { event, chance: Some(chance) });
        if !self.correct && rng.bool() {
            self.seconds += rng.u32(3..20);
            let hint = json!({"level": 1, "bottomOut": rng.f64() < 0.3});
            let retry = rng.f64() < 0.7;
            lines.push(Line { event: self.event(&format!("{turn}h"), "hint", &hint), chance: None });
            lines.push(Line { event: self.attempt(&format!("{turn}r"), retry, 2, rng), chance: None });
        }
    }

    fn says(&mut self, turn: usize, rng: &mut Rng, lines: &mut Vec<Line>) {
        self.seconds += rng.u32(1..400);
        let (feeling, strength) = match rng.bool() {
            true => ("FEELING_CONFIDENCE", f64::from(u8::from(self.correct))),
            false => ("FEELING_FRUSTRATION", f64::from(u8::from(!self.correct))),
        };
        let intensity = (10.0 * (0.5 * strength + 0.5 * rng.f64())).round() / 10.0;
        let report = json!({"feeling": feeling, "intensity": intensity});
        lines.push(Line { event: self.event(&format!("{turn}s"), "selfReport", &report), chance: None });
    }

    fn attempt(&mut self, id: &str, correct: bool, number: u32, rng: &mut Rng) -> Value {
        let took = rng.u32(6..60);
        self.seconds += took;
        let attempt = json!({"correct": correct, "responseTime": format!("{took}s"), "attemptNumber": number});
        self.event(id, "attempt", &attempt)
    }

    fn event(&self, id: &str, action: &str, what: &Value) -> Value {
        let (hours, minutes, seconds) = (8 + self.seconds / 3600, self.seconds / 60 % 60, self.seconds % 60);
        assert!(hours < 24, "one day each");
        json!({
            "eventId": id, "learnerId": self.name, "itemId": format!("q{}", self.place),
            "skillIds": [format!("s{}", self.place % SKILLS)],
            "occurredAt": format!("2026-01-05T{hours:02}:{minutes:02}:{seconds:02}Z"), action: what,
        })
    }
}

/// About normal, by the central limit theorem.
fn bell(rng: &mut Rng) -> f64 {
    (0..12).map(|_| rng.f64()).sum::<f64>() - 6.0
}
