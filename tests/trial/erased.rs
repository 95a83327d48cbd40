//! What was learnt of wordings goes with the one learner it was learnt of.

use std::sync::Arc;

use hearten::{
    engine::{Engine, Options, Rules, Statistics},
    event::Timestamp,
    learner::AgeBand,
    statistics::{Subject, Wording},
    store::{Key, Memory, Store},
};

use super::{
    histories::{At, History, RULES, START, Scribe, answer, step},
    worked::policy,
};

#[tokio::test]
async fn what_wordings_did_for_one_learner_is_erased_with_them() {
    let store: Arc<dyn Store> = Arc::new(Memory::new());
    let policy = policy("trial = 0.05\nselection = \"adaptive\"");
    let rules = Rules::new(RULES.model.clone(), policy);
    let engine = Engine::open(rules, Arc::clone(&store), Statistics::Learn).await.unwrap();
    let history = History { untimed: false, names_sessions: false, counts: false, steps: Vec::new() };
    let key = Key::new("default", "ana");
    let now = Timestamp::from_millis(START);
    engine.prefer(&key, |preferences| preferences.age_band = AgeBand::From6, now).await.unwrap();
    let mut scribe = Scribe::new("ana", &history);
    for _ in 0..12 {
        let event = scribe.event(&step(60_000, At::New, answer(false, 20_000)));
        engine.submit(&key, &event, Options::default(), now).await.unwrap();
    }
    let of_her_age = async || {
        let among =
            |subject| matches!(subject, Subject::Wording(place) if Wording::is_among(place, AgeBand::From6 as u8));
        store.statistics().await.unwrap().into_iter().filter(|(_, subject, _)| among(*subject)).count()
    };
    assert!(of_her_age().await > 0);
    engine.erase(&key, now).await.unwrap();
    assert_eq!(of_her_age().await, 0);
}
