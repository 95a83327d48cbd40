//! The API's promises about single events and reads, on the real server.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "the helpers are tests too")]

mod in_process;

#[path = "api/attention.rs"]
mod attention;
#[path = "api/explain.rs"]
mod explain;
#[path = "api/extended.rs"]
mod extended;
#[path = "api/held.rs"]
mod held;
#[path = "api/keeping.rs"]
mod keeping;
#[path = "api/outcomes.rs"]
mod outcomes;
#[path = "api/preferences.rs"]
mod preferences;
#[path = "api/reads.rs"]
mod reads;
#[path = "api/time.rs"]
mod time;
#[path = "api/watch.rs"]
mod watch;

use hearten::rpc::pb::{self, Reason, Suggestion, event::Action, feedback::Kind, silence::Cause};
use in_process::{Server, answer, event, feedback, now_ms, right, silence, spoken, struggle, wrong};
use tonic::Code;

#[tokio::test]
async fn a_struggling_learner_is_encouraged_and_the_comeback_is_celebrated() {
    let server = Server::start().await;
    let [first, second, third] = struggle("ana");
    for early in [first, second] {
        let reply = server.submit(early).await;
        assert!(silence(&reply).is_some(), "{reply:?}");
    }

    let reply = server.submit(third).await;
    assert_eq!((reply.event_id.as_str(), reply.learner_id.as_str(), reply.duplicate), ("3", "ana", false));
    let said = feedback(&reply).unwrap();
    assert_eq!((said.kind(), said.reason()), (Kind::Encouragement, Reason::ErrorRun));
    assert_eq!(said.suggestion(), Suggestion::OfferHint);
    assert!(said.message_id.starts_with("error-run-"), "{said:?}");
    assert!(!said.text.is_empty());
    assert_eq!(said.locale, "en");
    let left = said.valid_until.unwrap().seconds * 1000 - now_ms();
    assert!((1..=60_000).contains(&left), "valid for {left} ms");

    let reply = server.submit(right("ana", "4")).await;
    let said = feedback(&reply).unwrap();
    assert_eq!((said.kind(), said.reason()), (Kind::Celebration, Reason::Comeback));
    assert!(said.message_id.starts_with("comeback-"), "{said:?}");
    assert_eq!(reply.assessment.unwrap().attempts, 4);
    server.stop().await;
}

#[tokio::test]
async fn silence_says_what_it_withheld_and_why() {
    let server = Server::start().await;
    server.submit_all(struggle("ana")).await;
    let reply = server.submit(wrong("ana", "4")).await;
    assert_eq!(silence(&reply), Some((Cause::Cooldown, Reason::ErrorRun)));
    let Some(pb::decision::Outcome::Silence(silent)) = reply.decision.unwrap().outcome else { panic!("spoken") };
    assert_eq!(
        silent.detail,
        "The last encouragement was a moment ago, and the next may come after 4 more opportunities."
    );
}

#[tokio::test]
async fn single_calls_are_full_unless_brief_is_asked_for() {
    let server = Server::start().await;
    let views = [(pb::View::Unspecified, true), (pb::View::Full, true), (pb::View::Brief, false)];
    for (place, (view, full)) in views.into_iter().enumerate() {
        let event = Some(wrong("ana", &place.to_string()));
        let request = pb::SubmitEventRequest { event, view: view.into(), dry_run: false };
        let assessment = server.try_submit(request).await.unwrap().assessment.unwrap();
        assert_eq!(!assessment.signals.is_empty(), full, "{view:?}");
        for signal in &assessment.signals {
            assert!(!signal.name.is_empty() && signal.head != 0 && signal.value.is_finite(), "{signal:?}");
        }
        assert!((0.0..=1.0).contains(&assessment.p_next_correct));
        let estimates = [assessment.frustration, assessment.confidence, assessment.disengagement];
        for estimate in estimates.into_iter().chain([assessment.wheel_spinning]) {
            let estimate = estimate.unwrap();
            assert!((0.0..=1.0).contains(&estimate.score), "{estimate:?}");
            assert!(estimate.calibration != 0 && estimate.level != 0 && estimate.trend != 0, "{estimate:?}");
        }
    }
}

#[tokio::test]
async fn an_event_sent_again_gets_the_original_decision_and_changes_nothing() {
    let server = Server::start().await;
    let mut originals = Vec::new();
    for event in struggle("ana").into_iter().chain([right("ana", "4"), wrong("ana", "5")]) {
        originals.push((event.clone(), server.submit(event).await));
    }
    let before = server.learner("ana").await;
    for (event, original) in originals {
        let again = server.submit(event).await;
        assert!(again.duplicate && !original.duplicate);
        assert_eq!(again.decision, original.decision);
    }
    assert_eq!(server.learner("ana").await, before);
}

/// The record explains eight decisions; duplicates are known for 32 events.
#[tokio::test]
async fn an_event_sent_again_much_later_gets_the_whole_original_decision() {
    let server = Server::start().await;
    let original = server.submit_all(struggle("ana")).await;
    for id in 4..=33 {
        server.submit(answer("ana", &id.to_string(), id % 2 == 0)).await;
    }
    let [.., third] = struggle("ana");
    let again = server.submit(third).await;
    assert!(again.duplicate);
    assert_eq!(again.decision, original.decision);
}

#[tokio::test]
async fn a_dry_run_answers_as_if_it_had_happened_and_keeps_nothing() {
    let server = Server::start().await;
    let dry = |event| pb::SubmitEventRequest { event: Some(event), view: 0, dry_run: true };
    server.try_submit(dry(wrong("ana", "1"))).await.unwrap();
    assert_eq!(server.try_learner("ana").await.unwrap_err().code(), Code::NotFound);

    let [first, second, third] = struggle("ana");
    server.submit_all([first, second]).await;
    let before = server.learner("ana").await;
    let tried = server.try_submit(dry(third.clone())).await.unwrap();
    assert_eq!(spoken(&tried), Some(Reason::ErrorRun));
    assert_eq!(tried.assessment.as_ref().unwrap().attempts, 3);
    assert_eq!(server.learner("ana").await, before);

    let done = server.submit(third).await;
    assert!(!tried.duplicate && !done.duplicate);
    assert_eq!(feedback(&done).unwrap().message_id, feedback(&tried).unwrap().message_id);
    assert_eq!(tried.decision.unwrap().decision_id, "", "what was not kept has no name");
}

#[tokio::test]
async fn graded_work_and_examinations_are_silent_while_estimates_go_on() {
    let server = Server::start().await;
    for mode in [pb::Mode::Graded, pb::Mode::Exam] {
        let learner = format!("{mode:?}");
        let mut frustration = 0.0;
        for (place, event) in struggle(&learner).into_iter().enumerate() {
            let reply = server.submit(pb::Event { mode: mode.into(), ..event }).await;
            let withheld = if place == 2 { Reason::ErrorRun } else { Reason::Unspecified };
            assert_eq!(silence(&reply), Some((Cause::NotPractice, withheld)));
            let assessment = reply.assessment.unwrap();
            assert_eq!(assessment.attempts as usize, place + 1);
            let score = assessment.frustration.unwrap().score;
            assert!(score > frustration, "{score} after {frustration}");
            frustration = score;
        }
        // Back in practice nothing that is said may tell how it went.
        let reply = server.submit(wrong(&learner, "4")).await;
        assert_eq!(silence(&reply), Some((Cause::NothingToSay, Reason::Unspecified)));
    }
}

#[tokio::test]
async fn a_content_fault_takes_back_what_the_item_did() {
    let server = Server::start().await;
    server.submit(wrong("ana", "1")).await;
    server.submit(wrong("ana", "2")).await;
    let fault =
        pb::Event { item_id: "item 2".to_owned(), ..event("ana", "f", Action::ContentFault(pb::ContentFault {})) };
    let reply = server.submit(fault).await;
    assert_eq!(reply.assessment.as_ref().unwrap().attempts, 1);
    assert_eq!(silence(&reply).unwrap().0, Cause::ContentFault);

    let again = pb::Event { item_id: "item 2".to_owned(), ..wrong("ana", "3") };
    let reply = server.submit(again).await;
    assert_eq!(silence(&reply).unwrap().0, Cause::ContentFault);
    assert_eq!(reply.assessment.unwrap().attempts, 1, "a faulty item says nothing about the learner");

    assert_eq!(spoken(&server.submit(wrong("ana", "4")).await), None, "the second error that counts");
    assert_eq!(spoken(&server.submit(wrong("ana", "5")).await), Some(Reason::ErrorRun));
}
