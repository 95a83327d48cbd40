//! What became of messages: reports in, one answer each.

use super::{
    admission::Share,
    admitted::Admitted,
    pb::{
        self,
        report_outcomes_response::{Result as Answer, result::Result as Outcome},
    },
    status::Refusal,
};
use crate::{
    clock,
    engine::{Engine, Reported},
    event::{Id, Invalid},
    reason,
};

/// The most reports in one call.
const MAX_REPORTS: usize = 1_000;

/// Takes one report; not to be answered before it is settled.
pub(super) async fn report(engine: &Engine, share: &Share, report: &pb::OutcomeReport) -> Result<Reported, Refusal> {
    let outcome = check(report)?;
    let reported = engine.report(&share.tenant, &report.decision_id, outcome, clock::now()).await;
    let reported = reported.map_err(|error| Refusal::from(error).of_decision())?;
    if !reported.duplicate {
        share.counted.outcome(reported.outcome);
    }
    Ok(reported)
}

fn check(report: &pb::OutcomeReport) -> Result<reason::Outcome, Invalid> {
    if report.decision_id.is_empty() {
        return Err(Invalid::new("decision_id", "is required: from a decision with feedback"));
    }
    Id::parse_optional("reason", &report.reason)?;
    let outcome = u8::try_from(report.outcome).ok().and_then(reason::Outcome::from_number);
    outcome.ok_or_else(|| {
        let allowed = "OUTCOME_SHOWN, OUTCOME_NOT_SHOWN, OUTCOME_DISMISSED, OUTCOME_HELPFUL or OUTCOME_UNHELPFUL";
        let problem = if report.outcome == 0 { "is required" } else { "is not known" };
        Invalid::new("outcome", format!("{problem}: {allowed}"))
    })
}

/// Waits until a report is on disk.
pub(super) async fn settle(engine: &Engine, reported: &mut Reported) -> Result<(), Refusal> {
    engine.settle_report(reported).await.map_err(|error| Refusal::from(error).of_decision())
}

/// The answer to a report that is on disk.
pub(super) fn taken(decision_id: String, reported: &Reported) -> pb::OutcomeTaken {
    pb::OutcomeTaken { decision_id, outcome: reported.outcome as i32, duplicate: reported.duplicate }
}

/// Takes many reports, in their order.
pub(super) async fn report_all(
    engine: &Engine,
    admitted: &Admitted,
    request: pb::ReportOutcomesRequest,
) -> Result<pb::ReportOutcomesResponse, Refusal> {
    let count = request.outcomes.len();
    if !(1..=MAX_REPORTS).contains(&count) {
        let problem = format!("holds {count} reports: 1 to {MAX_REPORTS} are allowed");
        return Err(Refusal::invalid("outcomes", problem));
    }
    admitted.share.charge(count - 1)?;
    let mut reported = Vec::with_capacity(count);
    for each in &request.outcomes {
        reported.push(report(engine, &admitted.share, each).await);
    }
    let mut results = Vec::with_capacity(count);
    for (place, (sent, reported)) in request.outcomes.into_iter().zip(reported).enumerate() {
        let settled = match reported {
            Ok(mut reported) => settle(engine, &mut reported).await.map(|()| taken(sent.decision_id, &reported)),
            Err(refusal) => Err(refusal),
        };
        let result = match settled {
            Ok(taken) => Outcome::Taken(taken),
            Err(refusal) => {
                let refusal = refusal.within(&format!("outcomes[{place}]"));
                Outcome::Rejected(refusal.rejected(String::new(), String::new(), place as u64))
            }
        };
        results.push(Answer { result: Some(result) });
    }
    Ok(pb::ReportOutcomesResponse { results })
}
