//! What a platform gets to show, on the real server.

use hearten::rpc::pb::{
    self, Open, Preferences, Reason,
    feedback::{Direction, Placement, Politeness},
    preferences::AgeBand,
    stream_sessions_request::Message as Sent,
};
use tonic::Code;

use crate::in_process::{Server, Setup, decision_id, feedback, right, spoken, struggle, wrong};

fn language(locale: &str) -> Preferences {
    Preferences { locale: locale.to_owned(), ..Default::default() }
}

/// What is said to a learner who asks for this and then errs three times.
async fn said(server: &Server, learner: &str, preferences: Preferences) -> (pb::Reply, pb::Feedback) {
    server.prefer(learner, preferences).await;
    let reply = server.submit_all(struggle(learner)).await;
    let feedback = feedback(&reply).unwrap().clone();
    (reply, feedback)
}

#[tokio::test]
async fn a_message_comes_with_all_it_takes_to_show_it_to_anybody() {
    let server = Server::start().await;
    let (_, english) = said(&server, "ana", Preferences::default()).await;
    assert_eq!((english.locale.as_str(), english.direction()), ("en", Direction::LeftToRight));
    assert_eq!((english.placement(), english.politeness()), (Placement::Inline, Politeness::Polite));
    assert_eq!((&english.plain_text, english.reduced_motion), (&english.text, false));
    let celebration = server.submit(right("ana", "4")).await;
    let celebration = feedback(&celebration).unwrap();
    assert_eq!((celebration.reason(), celebration.placement()), (Reason::Comeback, Placement::Toast));

    let (_, arabic) = said(&server, "amal", Preferences { reduced_motion: true, ..language("ar-EG") }).await;
    assert_eq!((arabic.locale.as_str(), arabic.direction()), ("ar", Direction::RightToLeft));
    assert!(arabic.reduced_motion && arabic.text.chars().any(|c| ('\u{600}'..='\u{6FF}').contains(&c)));
    // The same wording, whatever the language.
    assert_eq!(arabic.message_id, english.message_id);
}

#[tokio::test]
async fn younger_learners_get_shorter_words_and_more_time_for_each() {
    let server = Server::start().await;
    let aged = |age: AgeBand| Preferences { age_band: age.into(), ..Default::default() };
    let (_, any) = said(&server, "a", aged(AgeBand::Unspecified)).await;
    let (_, adult) = said(&server, "b", aged(AgeBand::Adult)).await;
    let (_, young) = said(&server, "c", aged(AgeBand::AgeBand6To9)).await;
    assert_eq!((&adult.text, &adult.message_id), (&any.text, &young.message_id));
    assert!(young.text != any.text && young.text.chars().count() <= 60, "{young:?}");
    let a_character = |said: &pb::Feedback| said.display_time.unwrap().seconds as f64 / said.text.len() as f64;
    assert!(a_character(&young) > a_character(&any));
    let (_, unhurried) = said(&server, "d", Preferences { extended_time: true, ..Default::default() }).await;
    assert_eq!(unhurried.text, any.text);
    assert!(unhurried.display_time.unwrap().seconds > any.display_time.unwrap().seconds);
    // French adults are not on first-name terms.
    let french = |age: AgeBand| Preferences { age_band: age.into(), ..language("fr") };
    let (_, pupil) = said(&server, "e", french(AgeBand::AgeBand14To17)).await;
    let (_, adult) = said(&server, "f", french(AgeBand::Adult)).await;
    assert_ne!(pupil.text, adult.text);
}

#[tokio::test]
async fn a_platform_asks_for_a_language_where_its_learner_asks_for_none() {
    let server = Server::start().await;
    server.prefer("ben", language("ja")).await;
    let mut stream = server.stream().await;
    stream.open(Open { locale: "de-CH".to_owned(), ..Default::default() }).await;
    for (learner, locale) in [("ana", "de"), ("ben", "ja")] {
        let mut last = None;
        for event in struggle(learner) {
            last = Some(stream.submit(event).await);
        }
        assert_eq!(feedback(&last.unwrap()).unwrap().locale, locale);
    }
    // Opened anew, nothing of it is left.
    stream.open(Open::default()).await;
    let mut last = None;
    for event in struggle("cai") {
        last = Some(stream.submit(event).await);
    }
    assert_eq!(feedback(&last.unwrap()).unwrap().locale, "en");
}

#[tokio::test]
async fn a_language_that_is_none_is_refused_by_name() {
    let server = Server::start().await;
    let mut stream = server.stream().await;
    for tag in ["english", "e", "de_DE_DE_DE", "und", "🙂"] {
        stream.send(Sent::Open(Open { locale: tag.to_owned(), ..Default::default() })).await;
        let rejected = stream.rejected().await;
        assert_eq!((rejected.code, rejected.field.as_str()), (Code::InvalidArgument as i32, "open.locale"), "{tag}");
    }
}

/// Sent again, explained and looked up, what was said is what was said.
#[tokio::test]
async fn words_stay_what_they_were_whatever_is_asked_for_since() {
    let server = Server::start().await;
    let (reply, hindi) = said(&server, "ana", language("hi")).await;
    let now = Preferences { age_band: AgeBand::AgeBand6To9.into(), reduced_motion: true, ..language("ko") };
    server.prefer("ana", now).await;
    let again = server.submit(struggle("ana")[2].clone()).await;
    assert!(again.duplicate);
    assert_eq!(feedback(&again), Some(&hindi));
    let explained = server.try_explain(&decision_id(&reply)).await.unwrap();
    assert_eq!(explained.decision, reply.decision);
    let known = server.learner("ana").await.recent_decisions;
    assert!(known.contains(reply.decision.as_ref().unwrap()), "{known:?}");
    // From the next message on it is Korean.
    let mut next = None;
    for id in 4..20 {
        let reply = server.submit(wrong("ana", &id.to_string())).await;
        next = next.or(feedback(&reply).cloned());
    }
    assert_eq!(next.unwrap().locale, "ko");
}

#[tokio::test]
async fn a_policy_says_where_a_message_is_shown_and_only_what_interrupts_is_assertive() {
    let interruptive = "[reasons.error-run]\nplacement = \"interruptive\"";
    let server = Setup::default().with_policy("[reasons.error-run]", interruptive).start().await;
    let reply = server.submit_all(struggle("ana")).await;
    let said = feedback(&reply).unwrap();
    assert_eq!(spoken(&reply), Some(Reason::ErrorRun));
    assert_eq!((said.placement(), said.politeness()), (Placement::Interruptive, Politeness::Assertive));
}
