//! `ExplainDecision`: every decision that can be asked about agrees with what it says of itself.

use std::collections::{BTreeSet, HashMap};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hearten::{
    feedback::Policy,
    rpc::pb::{self, Reason, explain_decision_response::Comparison, preferences::Volume, silence::Cause},
};
use tonic::Code;

use crate::in_process::{
    Server, answer, blamed, decision_id, held, now_ms, right, silence, spoken, struggle, volume, wrong,
};

/// Values are shown with four decimals, thresholds compared with some slack; a clear difference decides.
fn holds(condition: &pb::explain_decision_response::Condition) -> bool {
    let difference = condition.value - condition.threshold;
    match condition.comparison() {
        Comparison::AtLeast => difference >= -1e-3,
        Comparison::AtMost => difference <= 1e-3,
        Comparison::Equal => difference.abs() <= 1e-3,
        Comparison::Unspecified => panic!("{condition:?}"),
    }
}

/// What an explanation comes to by its own numbers: the reason that wins, else the first that could not and why.
fn judge(told: &pb::ExplainDecisionResponse) -> (Cause, Reason) {
    let readings: HashMap<_, _> = told.readings.iter().map(|each| (each.name.as_str(), each.value)).collect();
    let reading = |name| *readings.get(name).unwrap();
    let volume = match (reading("celebrations_only") > 0.0, reading("quiet") > 0.0) {
        (false, false) => Some(Volume::Normal),
        (true, false) => Some(Volume::CelebrationsOnly),
        (false, true) => Some(Volume::Quiet),
        // Off is a cause of its own: what would have been said is told as if it could have been.
        (true, true) => None,
    };
    let mut verdict = (Cause::NothingToSay, Reason::Unspecified);
    for candidate in &told.candidates {
        let cause = if !candidate.conditions.iter().all(holds) {
            Cause::NothingToSay
        } else if volume.is_some_and(|volume| !candidate.volumes().any(|reached| reached == volume)) {
            Cause::LowerVolume
        } else if f64::from(candidate.evidence) > reading("attempts") {
            Cause::InsufficientEvidence
        } else if verdict.0 == Cause::Unspecified {
            Cause::Dominated
        } else {
            Cause::Unspecified
        };
        assert_eq!((candidate.cause(), candidate.chosen), (cause, cause == Cause::Unspecified), "{candidate:?}");
        let first = verdict.0 == Cause::NothingToSay && cause != Cause::NothingToSay;
        if first || cause == Cause::Unspecified {
            verdict = (cause, candidate.reason());
        }
    }
    verdict
}

/// Checks an explanation against itself and against the reply it explains.
pub fn check(reply: &pb::Reply, told: &pb::ExplainDecisionResponse) {
    assert_eq!(told.decision, reply.decision);
    let readings: HashMap<_, _> = told.readings.iter().map(|each| (each.name.as_str(), each.value)).collect();
    assert_eq!(readings.len(), told.readings.len(), "each reading once");
    let order: Vec<_> = told.candidates.iter().map(pb::explain_decision_response::Candidate::reason).collect();
    let policy = Policy::builtin().unwrap();
    let rules: Vec<_> = policy.rules.iter().map(|rule| rule.reason() as i32).collect();
    assert_eq!(order.iter().map(|reason| *reason as i32).collect::<Vec<_>>(), rules, "every reason, best first");
    for candidate in &told.candidates {
        for condition in &candidate.conditions {
            assert_eq!(readings.get(condition.reading.as_str()), Some(&condition.value), "{condition:?}");
            assert_eq!(condition.met, holds(condition), "{condition:?}");
        }
        assert_eq!(candidate.met, candidate.conditions.iter().all(|condition| condition.met), "{candidate:?}");
    }
    let (won, named) = judge(told);
    match silence(reply) {
        None => assert_eq!((won, named), (Cause::Unspecified, spoken(reply).unwrap())),
        Some((cause @ (Cause::NothingToSay | Cause::InsufficientEvidence | Cause::LowerVolume), instead_of)) => {
            assert_eq!((won, named), (cause, instead_of));
        }
        // Something else kept it back, if there was anything.
        Some((_, instead_of)) => {
            assert_eq!(instead_of, if won == Cause::Unspecified { named } else { Reason::Unspecified });
        }
    }
    let limited = matches!(silence(reply), Some((Cause::Cooldown | Cause::Cap | Cause::QuietHours, _)));
    assert_eq!(held(reply).is_some(), limited, "{reply:?}");
    assert!(spoken(reply).is_none() || !told.signals.is_empty(), "what was said is explained to the last number");
    assert!(!told.model_version.is_empty() && !told.summary.is_empty());
    assert_eq!(told.statistics_version, reply.assessment.as_ref().unwrap().statistics_version);
}

#[tokio::test]
async fn every_decision_explains_itself_by_what_it_was_made_on() {
    let server = Server::start().await;
    let script = [false, false, false, true, true, false, true, true, true, true, true, false, false, false, false];
    let mut causes = Vec::new();
    for (place, correct) in script.into_iter().enumerate() {
        let reply = server.submit(answer("ana", &place.to_string(), correct)).await;
        let told = server.try_explain(&decision_id(&reply)).await.unwrap();
        check(&reply, &told);
        let age = now_ms() / 1000 - told.decided_at.unwrap().seconds;
        assert!((0..30).contains(&age), "decided {age} s ago");
        causes.push(silence(&reply).map(|(cause, _)| cause));
    }
    assert!(causes.contains(&None) && causes.contains(&Some(Cause::NothingToSay)), "{causes:?}");
}

/// Long sessions of learners who want more or less of it, and change their minds.
#[tokio::test]
async fn at_every_volume_every_decision_follows_from_what_explains_it() {
    let server = Server::start().await;
    let volumes = [Volume::Normal, Volume::Quiet, Volume::CelebrationsOnly, Volume::Off];
    let mut seen = BTreeSet::new();
    for seed in 0..8 {
        let (learner, mut chance) = (format!("l{seed}"), fastrand::Rng::with_seed(seed));
        for place in 0..60 {
            if place % 15 == 0 {
                server.prefer(&learner, volume(volumes[(seed as usize + place / 15) % 4])).await;
            }
            let correct = chance.u8(..10) < if place / 10 % 2 == 0 { 2 } else { 8 };
            let reply = server.submit(answer(&learner, &place.to_string(), correct)).await;
            let told = server.try_explain(&decision_id(&reply)).await.unwrap();
            check(&reply, &told);
            assert!(!told.signals.is_empty(), "it is the newest");
            seen.insert(silence(&reply).map_or("spoken", |(cause, _)| cause.as_str_name()));
        }
    }
    let expected = [
        "CAUSE_CAP",
        "CAUSE_COOLDOWN",
        "CAUSE_INSUFFICIENT_EVIDENCE",
        "CAUSE_LOWER_VOLUME",
        "CAUSE_NOTHING_TO_SAY",
        "CAUSE_SWITCHED_OFF",
        "spoken",
    ];
    assert_eq!(Vec::from_iter(seen), expected, "else little was tried");
}

#[tokio::test]
async fn what_estimates_were_made_of_stays_with_what_was_said_and_with_the_newest() {
    let server = Server::start().await;
    let silent = server.submit(wrong("ana", "0")).await;
    let full = server.try_explain(&decision_id(&silent)).await.unwrap();
    assert_eq!(full.signals, silent.assessment.unwrap().signals);
    let said = server.submit_all(struggle("ana").into_iter().take(2)).await;
    let full = server.try_explain(&decision_id(&said)).await.unwrap();
    assert_eq!(full.signals, said.assessment.as_ref().unwrap().signals);
    server.submit_all((3..=40).map(|id| right("ana", &id.to_string()))).await;
    assert_eq!(server.try_explain(&decision_id(&said)).await.unwrap(), full);

    let older = server.submit(wrong("ana", "41")).await;
    server.submit(wrong("ana", "42")).await;
    assert_eq!(server.try_explain(&decision_id(&older)).await.unwrap().signals, []);
}

#[tokio::test]
async fn a_withheld_message_is_explained_as_one_that_was_chosen_and_held_back() {
    let server = Server::start().await;
    server.submit_all(struggle("ana")).await;
    let reply = server.submit(wrong("ana", "4")).await;
    assert_eq!(silence(&reply), Some((Cause::Cooldown, Reason::ErrorRun)));
    let told = server.try_explain(&decision_id(&reply)).await.unwrap();
    check(&reply, &told);
    assert!(
        told.summary.starts_with("Stayed silent although there were 4 wrong answers in a row, because "),
        "{}",
        told.summary
    );
}

#[tokio::test]
async fn what_was_said_stays_explainable_and_silence_is_kept_for_eight_decisions() {
    let server = Server::start().await;
    let silent = server.submit(wrong("ana", "0")).await;
    let said = server.submit_all(struggle("ana").into_iter().take(2)).await;
    assert_eq!(spoken(&said), Some(Reason::ErrorRun));
    server.submit_all((3..=7).map(|id| right("ana", &id.to_string()))).await;
    check(&silent, &server.try_explain(&decision_id(&silent)).await.unwrap());
    // Now it is ninth from the end.
    server.submit(right("ana", "8")).await;
    let error = server.try_explain(&decision_id(&silent)).await.unwrap_err();
    assert_eq!(error.code(), Code::NotFound);
    assert_eq!(blamed(&error), ("decision_id".to_owned(), "UNKNOWN_DECISION".to_owned()));
    server.submit_all((9..=40).map(|id| right("ana", &id.to_string()))).await;
    check(&said, &server.try_explain(&decision_id(&said)).await.unwrap());
}

#[tokio::test]
async fn ids_of_no_decision_are_refused_and_do_no_harm() {
    let server = Server::start().await;
    let reply = server.submit(wrong("ana", "1")).await;
    let craft = |tenant: &[u8], sequence: u64, learner: &[u8]| {
        let parts = [&[tenant.len() as u8], tenant, &sequence.to_be_bytes(), learner];
        URL_SAFE_NO_PAD.encode(parts.concat())
    };
    assert_eq!(decision_id(&reply), craft(b"default", 1, b"ana"), "else this test proves nothing");
    let ids = [
        "garbage".to_owned(),
        "@@@".to_owned(),
        "x".repeat(1 << 20),
        craft(b"default", 2, b"ana"),
        craft(b"default", 0, b"ana"),
        craft(b"default", u64::MAX, b"ana"),
        craft(b"default", 1, b"nobody"),
        craft(b"default", 1, b""),
        craft(b"default", 1, b"\xFF"),
        craft(b"default", 1, b"line\nbreak"),
        craft(b"default", 1, &[b'a'; 129]),
        craft(b"default", 1, &vec![b'a'; 70_000]),
        craft(b"default", 1, &vec![b'a'; 1 << 20]),
        craft(b"elsewhere", 1, b"ana"),
        craft(b"", 1, b"ana"),
    ];
    for id in ids {
        let error = server.try_explain(&id).await.unwrap_err();
        let shown = &id[..id.len().min(40)];
        assert_eq!(error.code(), Code::NotFound, "{shown}: {error:?}");
        assert_eq!(blamed(&error), ("decision_id".to_owned(), "UNKNOWN_DECISION".to_owned()), "{shown}");
    }
    let error = server.try_explain("").await.unwrap_err();
    assert_eq!(error.code(), Code::InvalidArgument);
    assert_eq!(blamed(&error), ("decision_id".to_owned(), "INVALID_FIELD".to_owned()));
    assert_eq!(server.attempts("ana").await, 1);
    server.stop().await;
}
