//! An export holds everything, and nothing of others.

use hearten::rpc::pb::{learner_export::remembered::Value, preferences::Volume};

use super::*;
use crate::in_process::{Setup, decision_id, feedback, struggle, volume, wrong};

#[tokio::test]
async fn it_holds_everything_and_nothing_of_others() {
    let server = Setup::default().start().await;
    let mut said = Vec::new();
    for n in 0..40 {
        let event = pb::Event { class_id: "7b".to_owned(), ..wrong("ana", &format!("{n}")) };
        let reply = server.submit(event).await;
        said.extend(feedback(&reply).map(|feedback| (decision_id(&reply), feedback.text.clone())));
    }
    server.submit_all(struggle("ben")).await;
    assert!(said.len() >= 2, "{said:?}");
    server.report(&said[0].0, pb::Outcome::Dismissed).await;
    server.prefer("ana", pb::Preferences { locale: "pt-BR".to_owned(), ..volume(Volume::Quiet) }).await;

    let (held, decisions) = try_export(&server, "ana").await.unwrap();
    assert_eq!(held.profile, Some(server.learner("ana").await), "all that is told of any learner");
    let exported: Vec<_> = decisions
        .iter()
        .map(|told| {
            let decision = told.decision.as_ref().unwrap();
            let Some(pb::decision::Outcome::Feedback(words)) = &decision.outcome else { panic!("{decision:?}") };
            (decision.decision_id.clone(), words.text.clone())
        })
        .collect();
    assert_eq!(exported, said, "every message, word for word and in order");
    assert_eq!(decisions[0].outcome(), pb::Outcome::Dismissed);
    for (told, (id, _)) in decisions.iter().zip(&said) {
        assert_eq!(*told, server.try_explain(id).await.unwrap());
    }

    let value =
        |name: &str| held.remembered.iter().find(|piece| piece.name == name).and_then(|piece| piece.value.clone());
    assert_eq!(value("progress.attempts"), Some(Value::Number(40.0)));
    assert_eq!(value("preferences.locale"), Some(Value::Text("pt-BR".to_owned())));
    assert_eq!(value("preferences.volume"), Some(Value::Text("quiet".to_owned())));
    assert_eq!(value("said.1.outcome"), Some(Value::Text("dismissed".to_owned())));
    assert_eq!(value("place.hidden"), Some(Value::Flag(false)));
    assert!(matches!(value("clock.last_at"), Some(Value::At(_))));
    assert!(matches!(value("class"), Some(Value::Text(_))) && value("attention.reason").is_some());
    assert_eq!(held.remembered.iter().filter(|piece| piece.name.starts_with("seen.")).count(), 32);
    let mut names: Vec<_> = held.remembered.iter().map(|piece| &piece.name).collect();
    let all = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), all, "every piece has a name of its own");
    assert!(!format!("{held:?} {decisions:?}").contains("ben"));
    server.stop().await;
}

#[tokio::test]
async fn there_is_none_of_whom_nobody_knows() {
    let server = Setup::default().start().await;
    is_unknown(&server, "nobody").await;
    let refused = try_export(&server, "").await.unwrap_err();
    assert_eq!((refused.code(), blamed(&refused).0.as_str()), (Code::InvalidArgument, "learner_id"));
    server.stop().await;
}
