//! On real logs every decision follows from the numbers that explain it, a cooldown lasts as long as it said, and nobody is
//! praised for a wrong answer.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "the helpers are tests too"
)]

mod support;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs::File,
    io::{BufRead as _, BufReader},
    sync::Arc,
};

use hearten::{
    clock,
    engine::{Engine, Options, Rules, Statistics},
    estimate::Model,
    event::{Action, Event},
    feedback::{Comparison, Policy, Rule, Threshold},
    learner::{Learner, Reading, Readings, Volume},
    reason::{Cause, Held, Kind, Limit, Reason, Verdict},
    rpc,
    store::{Key, Memory, Store},
};
use support::tools;

/// Events between two renewals of the statistics, as in a replay.
const RENEW_EVERY: usize = 1_000;

/// Each rule held against the readings, by no code but this: the reason that wins, else the first that could not and why.
fn judge(rules: &[Rule], readings: &Readings) -> Result<Reason, Option<(Reason, Cause)>> {
    let met = |rule: &&Rule| {
        rule.conditions.iter().all(|condition| {
            let threshold = match condition.threshold {
                Threshold::Fixed(number) => number,
                Threshold::Reading(reading) => readings.get(reading),
            };
            let difference = readings.get(condition.reading) - threshold;
            match condition.comparison {
                Comparison::AtLeast => difference >= -1e-3,
                Comparison::AtMost => difference <= 1e-3,
                Comparison::Equal => difference.abs() <= 1e-3,
            }
        })
    };
    let wanted = match [Reading::CelebrationsOnly, Reading::Quiet].map(|reading| readings.get(reading) > 0.0) {
        [false, false] => Volume::Normal,
        [true, false] => Volume::CelebrationsOnly,
        [false, true] => Volume::Quiet,
        [true, true] => panic!("nobody here has switched off"),
    };
    let hindered = |rule: &Rule| {
        if !rule.volumes.contains(&wanted) {
            return Some(Cause::LowerVolume);
        }
        (rule.evidence as f32 > readings.get(Reading::Attempts)).then_some(Cause::InsufficientEvidence)
    };
    let mut met = rules.iter().filter(met);
    let best = met.clone().find(|rule| hindered(rule).is_none());
    best.map(Rule::reason).ok_or_else(|| met.next().map(|rule| (rule.reason(), hindered(rule).unwrap())))
}

/// What came of a log.
#[derive(Debug, Default)]
struct Counts {
    decisions: usize,
    learners: BTreeSet<Arc<str>>,
    said: BTreeMap<Reason, usize>,
    silent: BTreeMap<&'static str, usize>,
    held: BTreeMap<Limit, usize>,
}

/// One log, lived through.
struct Course {
    engine: Engine,
    store: Arc<Memory>,
    /// The opportunity from which on a learner's cooldown is over, by kind, once that was told.
    due: HashMap<(Arc<str>, bool), u32>,
    counts: Counts,
}

impl Course {
    async fn new() -> Self {
        let store = Arc::new(Memory::new());
        let rules = Rules::new(Model::builtin().unwrap(), Policy::builtin().unwrap());
        let engine = Engine::open(rules, Arc::clone(&store) as Arc<dyn Store>, Statistics::Learn).await.unwrap();
        Self { engine, store, due: HashMap::new(), counts: Counts::default() }
    }

    async fn take(&mut self, event: &Event) {
        let key = Key::new("default", event.learner.as_str());
        if self.counts.learners.insert(event.learner.shared()) && self.counts.learners.len().is_multiple_of(3) {
            self.engine.prefer(&key, |wanted| wanted.volume = Volume::Quiet, clock::now()).await.unwrap();
        }
        let reply = self.engine.submit(&key, event, Options::default(), clock::now()).await.unwrap();
        let decision = reply.decision.unwrap();
        let explained = self.engine.explain(&Arc::from("default"), &decision.name(), clock::now()).await.unwrap();
        assert_eq!(explained.decision, decision);
        assert!(!explained.logged.signals.is_empty(), "it is the newest");

        let judged = judge(&explained.logged.rules, &explained.logged.trace.readings);
        match decision.verdict {
            Verdict::Spoken { reason, .. } => assert_eq!(judged, Ok(reason)),
            Verdict::Silent { cause: Cause::NothingToSay, instead_of } => {
                assert_eq!((judged, instead_of), (Err(None), None));
            }
            Verdict::Silent { cause: cause @ (Cause::InsufficientEvidence | Cause::LowerVolume), instead_of } => {
                assert_eq!(judged, Err(instead_of.map(|reason| (reason, cause))));
            }
            Verdict::Silent { instead_of, .. } => assert_eq!(judged.ok(), instead_of),
            Verdict::Undecided => panic!("a decision was asked for"),
        }
        let record = self.store.load(&key).await.unwrap().unwrap();
        let opportunity = Learner::decode(&record.bytes).unwrap().progress.opportunities;
        self.follow(event, decision.verdict, decision.held, opportunity);
    }

    /// What must hold from one decision to the next.
    fn follow(&mut self, event: &Event, verdict: Verdict, held: Option<Held>, opportunity: u32) {
        self.counts.decisions += 1;
        let limited = matches!(verdict, Verdict::Silent { cause: Cause::Cooldown | Cause::Cap, .. });
        assert_eq!(held.is_some(), limited, "{verdict:?}");
        let of = |reason: Reason| (event.learner.shared(), reason.kind() == Kind::Celebration);
        match verdict {
            Verdict::Spoken { reason, .. } => {
                *self.counts.said.entry(reason).or_default() += 1;
                let right = matches!(event.action, Action::Attempt(attempt) if attempt.correct);
                assert!(right || reason.kind() == Kind::Encouragement, "{reason:?} after an error");
                let due = self.due.remove(&of(reason));
                assert!(due.is_none_or(|due| opportunity >= due), "{reason:?} came before its cooldown was over");
            }
            Verdict::Silent { cause, instead_of } => {
                *self.counts.silent.entry(cause.name()).or_default() += 1;
                let Some(Held { limit, wait }) = held else { return };
                *self.counts.held.entry(limit).or_default() += 1;
                let over = opportunity + u32::from(wait);
                if limit == Limit::Cooldown {
                    assert!(over > opportunity);
                    assert_eq!(*self.due.entry(of(instead_of.unwrap())).or_insert(over), over, "another end than told");
                }
            }
            Verdict::Undecided => {}
        }
    }
}

#[tokio::test]
async fn every_decision_on_real_logs_explains_itself_and_no_error_is_praised() {
    let logs = [
        ("datashop", "datashop/ds96_transactions.tsv", usize::MAX),
        ("steps", "algebra05/cognitive_tutor_steps.tsv", usize::MAX),
        ("lpp", "assistments09/train.tsv", 500),
    ];
    for (format, file, most) in logs {
        let Some(log) = tools::events(format, file) else { return };
        let mut course = Course::new().await;
        let mut first = BTreeSet::new();
        let mut done = 0;
        for line in BufReader::new(File::open(log).unwrap()).lines() {
            let sent: rpc::pb::Event = serde_json::from_str(&line.unwrap()).unwrap();
            if !first.contains(&sent.learner_id) && first.len() == most {
                continue;
            }
            course.take(&rpc::event(&sent, None).unwrap()).await;
            first.insert(sent.learner_id);
            done += 1;
            if done % RENEW_EVERY == 0 {
                course.engine.renew_statistics();
            }
        }
        let Counts { decisions, learners, said, silent, held } = course.counts;
        println!("{file}: {decisions} decisions for {} learners", learners.len());
        println!("  said {said:?}\n  silent {silent:?}\n  held {held:?}");
        assert!(said.values().sum::<usize>() > 0 && held.contains_key(&Limit::Cooldown), "else little was tried");
    }
}
