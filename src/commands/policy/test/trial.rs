//! One case, lived through in an engine of its own.

use std::sync::Arc;

use hearten::{
    clock,
    engine::{Decision, Engine, Options, Reply, Rules, Statistics},
    event::{Event, Timestamp},
    store::{Key, Memory},
};

use super::{
    cases::Case,
    mismatch::Mismatch,
    steps::{Step, What},
};
use crate::commands::Problem;

/// A case under way.
struct Trial {
    engine: Engine,
    /// The answer to the last event, and when that occurred.
    last: Option<(Reply, Option<Timestamp>)>,
}

/// Lives through a case; what came otherwise than expected, in its order.
pub(super) async fn run(rules: &Rules, case: &Case) -> Result<Vec<Mismatch>, Problem> {
    let engine = Engine::open(rules.clone(), Arc::new(Memory::new()), Statistics::Frozen).await?;
    for step in &case.steps {
        if let What::Event(event) = &step.what {
            let wanted = |preferences: &mut _| *preferences = case.preferences.clone();
            engine.prefer(&key(event), wanted, clock::now()).await?;
        }
    }
    let mut trial = Trial { engine, last: None };
    let mut mismatches = Vec::new();
    for (number, step) in (1..).zip(&case.steps) {
        let come = trial.step(number, step).await;
        mismatches.extend(come.map_err(|problem| problem.about(&format!("line {}", step.line)))?);
    }
    Ok(mismatches)
}

fn tenant() -> Arc<str> {
    Arc::from("test")
}

fn key(event: &Event) -> Key {
    Key::new(&tenant(), event.learner.as_str())
}

impl Trial {
    async fn step(&mut self, number: usize, step: &Step) -> Result<Option<Mismatch>, Problem> {
        let decision = self.decision(&step.what).await?;
        let Some(expected) = step.expected else { return Ok(None) };
        if !expected.holds(decision.as_ref().map(|decision| decision.verdict)) {
            return Ok(Some(self.mismatch(number, step, decision.as_ref()).await));
        }
        if let (Some(outcome), Some(decision)) = (step.outcome, &decision) {
            let reported = self.engine.report(&tenant(), &decision.name(), outcome, clock::now()).await;
            reported.map_err(|error| Problem::new(format!("`outcome` {error}")))?;
        }
        Ok(None)
    }

    /// What comes of a step; nothing where a learner is quiet and the server would be too.
    async fn decision(&mut self, what: &What) -> Result<Option<Decision>, Problem> {
        match what {
            What::Event(event) => {
                let reply = self.engine.submit(&key(event), event, Options::default(), clock::now()).await;
                let reply = reply.map_err(|error| Problem::new(format!("`eventId` {error}")))?;
                let decision = reply.decision.clone();
                self.last = Some((reply, event.at()));
                Ok(decision)
            }
            What::Quiet(until) => {
                let Some((reply, Some(at))) = &self.last else { return Ok(None) };
                let nudge = reply.patience_ms.map(|patience| *at + patience).filter(|nudge| nudge <= until);
                let Some(nudge) = nudge else { return Ok(None) };
                Ok(self
                    .engine
                    .nudge(&reply.pending.key, reply.sequence, None, nudge)
                    .await?
                    .and_then(|reply| reply.decision))
            }
        }
    }

    async fn mismatch(&self, number: usize, step: &Step, decision: Option<&Decision>) -> Mismatch {
        let Some(decision) = decision else {
            let patience = self.last.as_ref().and_then(|(reply, _)| reply.patience_ms);
            return Mismatch::quiet(number, step, patience);
        };
        // What was decided on an event of long ago is known, and no longer why.
        let explained = self.engine.explain(&tenant(), &decision.name(), clock::now()).await.ok();
        Mismatch::new(number, step, decision.verdict, explained.as_ref(), &self.engine.rules(&tenant()).policy)
    }
}
