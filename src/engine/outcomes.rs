//! What became of messages.

use super::{Added, Engine, Error, Logged, decision, hot};
use crate::{
    event::Timestamp,
    feedback::opinions,
    learner::{DISMISSALS, Learner, Spoken},
    reason::{Outcome, Reason, Verdict},
    store::{self, Commit, Key, Lineage, Receipt},
};

/// The answer to a report. Not to be sent before [`Engine::settle_report`] has said that it is on disk.
#[derive(Clone, Debug)]
pub struct Reported {
    /// What is known of the message now.
    pub outcome: Outcome,
    /// It was known already.
    pub duplicate: bool,
    key: Key,
    number: u64,
    told: Outcome,
    now: Timestamp,
    receipt: Option<Receipt>,
    lineage: Lineage,
}

impl Engine {
    /// Takes a report of what became of a message. A message that was not seen gives back what it had spent.
    pub async fn report(&self, tenant: &str, id: &str, told: Outcome, now: Timestamp) -> Result<Reported, Error> {
        let (key, sequence) = decision::parse(tenant, id)?;
        self.report_on(key, sequence, told, now).await
    }

    async fn report_on(&self, key: Key, sequence: u64, told: Outcome, now: Timestamp) -> Result<Reported, Error> {
        let lately = |slot: &mut hot::Slot| {
            let mut numbered = slot.learner.said.spoken.iter().filter(|spoken| spoken.sequence > 0 && !spoken.held_out);
            let spoken = numbered.find(|spoken| spoken.sequence == sequence)?;
            let (reason, before) = (spoken.reason, spoken.outcome);
            Some(self.take(slot, &key, (sequence, reason), told, before, now))
        };
        let mut reported = self.hot.with(&self.store, &key, now, lately).await?;
        // The message may be news, and so may reports after the one that is known.
        let known = reported.as_ref().is_none_or(|reported| reported.as_ref().is_ok_and(|known| known.duplicate));
        if known && self.refresh(&key).await? {
            reported = self.hot.with(&self.store, &key, now, lately).await?;
        }
        if let Some(reported) = reported {
            return reported;
        }
        self.long_ago(key, sequence, told, now).await
    }

    /// A message too old to count for anything: only the log knows of it. A tenant's are taken one by one, each on disk
    /// before the next, so that none goes by what another is about to change.
    async fn long_ago(&self, key: Key, sequence: u64, told: Outcome, now: Timestamp) -> Result<Reported, Error> {
        let tenant = self.tenants.of(key.tenant());
        let _turn = tenant.old_reports.lock().await;
        // What was reported while the message was younger may still be on its way to the log.
        self.look(&key, now, |_| ()).await?;
        let Some(bytes) = self.store.decision(&key, sequence).await? else {
            return Err(self.no_message(&key, sequence, now).await?);
        };
        let Verdict::Spoken { reason, .. } = Logged::decode(&bytes)?.trace.verdict else {
            return Err(Error::NothingSaid);
        };
        let before = self.store.outcome(&key, sequence).await?.and_then(Outcome::from_number);
        let take = |slot: &mut hot::Slot| self.take(slot, &key, (sequence, reason), told, before, now);
        let reported = self.hot.with(&self.store, &key, now, take).await??;
        match self.kept(&key, reported.receipt.as_ref()).await {
            // Whoever settles it finds that too, and reports again.
            Ok(()) | Err(Error::Store(store::Error::Conflict)) => Ok(reported),
            Err(error) => Err(error),
        }
    }

    /// Why a decision has no outcome: it said nothing, or nobody knows it.
    async fn no_message(&self, key: &Key, sequence: u64, now: Timestamp) -> Result<Error, Error> {
        let silent = self.hot.with(&self.store, key, now, |slot| silent(&slot.learner, sequence)).await?;
        self.hot.forget_unknown(key);
        Ok(if silent { Error::NothingSaid } else { Error::UnknownDecision })
    }

    fn take(
        &self,
        slot: &mut hot::Slot,
        key: &Key,
        (sequence, reason): (u64, Reason),
        told: Outcome,
        before: Option<Outcome>,
        now: Timestamp,
    ) -> Result<Reported, Error> {
        let outcome = told.after(before).map_err(|_| Error::WasSeen)?;
        let duplicate = before == Some(outcome);
        if !duplicate {
            let learner = &mut slot.learner;
            let after = learner.version();
            turn_wordings(learner, sequence, reason, before, outcome);
            count_dismissal(learner, reason, before, outcome);
            note(learner, sequence, before, outcome);
            let opinions = opinions_of(learner, (sequence, reason), before, outcome, now);
            let tenant = self.tenants.of(key.tenant());
            let counted = tenant.live.count(opinions);
            let outcome = Some((sequence, outcome as u8));
            let commit = Commit { outcome, statistics: counted.added, ..Self::commit(key, slot, after, now) };
            let receipt = self.store.commit(commit);
            tenant.live.sent(counted.bearer, &receipt);
            slot.receipt = Some(receipt);
        }
        let (receipt, lineage) = (slot.receipt.clone(), slot.lineage.clone());
        Ok(Reported { outcome, duplicate, key: key.clone(), number: sequence, told, now, receipt, lineage })
    }

    /// Waits until a report is on disk. On an error it is not known whether it got there: it is to be sent again.
    pub async fn settle_report(&self, reported: &mut Reported) -> Result<(), Error> {
        loop {
            let Reported { key, number, told, now, receipt, lineage, .. } = &*reported;
            match self.kept(key, receipt.as_ref()).await {
                Err(Error::Store(store::Error::Conflict)) => {
                    self.mend(key, lineage).await?;
                    *reported = Box::pin(self.report_on(key.clone(), *number, *told, *now)).await?;
                }
                settled => return settled,
            }
        }
    }
}

/// It is known that this decision said nothing.
fn silent(learner: &Learner, sequence: u64) -> bool {
    learner.decision(sequence).is_some_and(|trace| !matches!(trace.verdict, Verdict::Spoken { .. }))
}

/// Notes what became of a message. One that was not shown leaves nothing behind of what it had changed besides; one that was
/// shown after all does.
fn note(learner: &mut Learner, sequence: u64, before: Option<Outcome>, outcome: Outcome) {
    learner.changes += 1;
    let Some(spoken) = learner.said.spoken.iter_mut().find(|spoken| spoken.sequence == sequence) else { return };
    spoken.outcome = Some(outcome);
    let spoken = *spoken;
    match (before == Some(Outcome::NotShown), outcome == Outcome::NotShown) {
        (false, true) => take_back(learner, &spoken),
        (true, false) => change_again(learner, &spoken),
        _ => {}
    }
}

fn take_back(learner: &mut Learner, spoken: &Spoken) {
    let (session, progress) = (&mut learner.session, &mut learner.progress);
    match spoken.reason {
        Reason::Stuck if spoken.in_session => session.nudges = session.nudges.saturating_sub(1),
        Reason::LongSession if session.break_proposed_at.is_some_and(|at| is_at(spoken, at)) => {
            session.break_proposed_at = None;
        }
        Reason::RealImprovement if progress.improved_at == spoken.opportunity => progress.improved_at = 0,
        _ => {}
    }
}

/// Unless a later message stands there, or a break was taken since.
fn change_again(learner: &mut Learner, spoken: &Spoken) {
    let (session, progress) = (&mut learner.session, &mut learner.progress);
    let at = Timestamp::from_millis(spoken.at_secs as i64 * 1000);
    match spoken.reason {
        Reason::Stuck if spoken.in_session => session.nudges = session.nudges.saturating_add(1),
        Reason::LongSession if session.started_at.is_some_and(|from| from < at) => {
            session.break_proposed_at = session.break_proposed_at.max(Some(at));
        }
        Reason::RealImprovement => progress.improved_at = progress.improved_at.max(spoken.opportunity),
        _ => {}
    }
}

/// What is remembered of a message is when it was said, in seconds.
fn is_at(spoken: &Spoken, at: Timestamp) -> bool {
    u64::try_from(at.as_secs()) == Ok(spoken.at_secs)
}

/// Where the newest message of its reason was not shown, its wording was not heard and comes next; unless it was shown after all.
fn turn_wordings(learner: &mut Learner, sequence: u64, reason: Reason, before: Option<Outcome>, outcome: Outcome) {
    let of_reason = learner.said.spoken.iter().filter(|spoken| spoken.reason == reason && !spoken.held_out);
    if of_reason.map(|spoken| spoken.sequence).max() != Some(sequence) {
        return;
    }
    match (before == Some(Outcome::NotShown), outcome == Outcome::NotShown) {
        (false, true) => learner.said.step_back(reason),
        (true, false) => learner.said.step_forward(reason),
        _ => {}
    }
}

/// A learner who turns a reason away hears less of it, by the policy's rule; one who finds it helpful starts anew.
fn count_dismissal(learner: &mut Learner, reason: Reason, before: Option<Outcome>, outcome: Outcome) {
    let Some(count) = learner.said.dismissals.get_mut(reason as usize - 1) else { return };
    let turned_away = |outcome| matches!(outcome, Outcome::Dismissed | Outcome::Unhelpful);
    match (before.is_some_and(turned_away), turned_away(outcome)) {
        _ if outcome == Outcome::Helpful => *count = 0,
        (false, true) => *count = count.saturating_add(1).min(DISMISSALS),
        _ => {}
    }
}

/// What a learner's reaction to a message adds to what is known of its wording, while it is followed what comes of it.
fn opinions_of(
    learner: &Learner,
    (sequence, reason): (u64, Reason),
    before: Option<Outcome>,
    outcome: Outcome,
    now: Timestamp,
) -> Added {
    let opinion = |outcome| match outcome {
        Some(Outcome::Helpful) => 1.0,
        Some(Outcome::Dismissed | Outcome::Unhelpful) => -1.0,
        _ => 0.0,
    };
    let change = opinion(Some(outcome)) - opinion(before);
    let followed = learner.follows.iter().find(|follow| follow.number == sequence && follow.since.is_some());
    let Some((wording, chance)) = followed.and_then(|follow| Some((follow.wording?, follow.chance))) else {
        return Added::new();
    };
    if change == 0.0 { Added::new() } else { opinions((reason, wording), chance, change, learner, Some(now)).collect() }
}
