//! `ListLearnersNeedingAttention`: whom a teacher should see, and nobody else.

use std::collections::BTreeSet;

use hearten::rpc::pb::{self, Event, Outcome, Reason, batch_submit_events_request::Decide};
use tonic::Code;

use crate::in_process::{Server, Setup, blamed, decision_id, now_ms, right, spoken, wrong};

/// So many wrong answers at one skill, each to another item: enough for a teacher to have a look.
pub const ENOUGH: usize = 12;

pub fn in_class(class: &str, event: Event) -> Event {
    Event { class_id: class.to_owned(), ..event }
}

/// Keeps failing at one skill.
pub fn failing<'a>(class: &'a str, learner: &'a str) -> impl Iterator<Item = Event> + 'a {
    (0..ENOUGH).map(move |id| in_class(class, wrong(learner, &format!("wrong {id}"))))
}

/// Comes to master it, and does well for long enough not to be frustrated any more.
pub fn recovering<'a>(class: &'a str, learner: &'a str) -> impl Iterator<Item = Event> + 'a {
    (0..12).map(move |id| in_class(class, right(learner, &format!("right {id}"))))
}

/// Has learners fail, all at once and in silence.
async fn fail(server: &Server, class: &str, learners: impl IntoIterator<Item = String>) {
    let learners: Vec<String> = learners.into_iter().collect();
    for some in learners.chunks(1000 / ENOUGH) {
        server.batch(some.iter().flat_map(|learner| failing(class, learner)).collect(), Decide::None).await;
    }
}

fn names(page: &pb::ListLearnersNeedingAttentionResponse) -> Vec<String> {
    page.learners.iter().map(|each| each.learner_id.clone()).collect()
}

#[tokio::test]
async fn whoever_keeps_failing_at_a_skill_is_listed_and_whoever_was_wrong_once_is_not() {
    let server = Server::start().await;
    assert_eq!(server.attention("monday").await, []);
    server.submit(in_class("monday", wrong("once", "1"))).await;
    server.submit_all((0..ENOUGH).map(|id| in_class("monday", right("able", &id.to_string())))).await;
    server.submit_all(failing("monday", "ana")).await;
    server.submit_all((0..ENOUGH).map(|id| wrong("in no class", &id.to_string()))).await;
    let listed = server.attention("monday").await;
    let [ana] = &listed[..] else { panic!("{listed:?}") };
    assert_eq!((ana.learner_id.as_str(), ana.reason()), ("ana", Reason::WheelSpinning));
    let age = now_ms() / 1000 - ana.since.unwrap().seconds;
    assert!((0..30).contains(&age), "since {age} s ago");
    let evidence: Vec<_> = ana.evidence.iter().map(|each| each.name.as_str()).collect();
    assert_eq!(evidence, ["wheel_spinning", "skill_opportunities", "skill_successes"]);
    for each in &ana.evidence {
        assert!(each.value >= each.threshold, "{each:?}");
    }
    let values: Vec<f64> = ana.evidence.iter().map(|each| each.value).collect();
    assert_eq!(values[1..], [ENOUGH as f64, 0.0]);
    assert!((0.0..=1.0).contains(&values[0]));
    let why = format!("{ENOUGH} tries at one skill, 0 of them right, and mastery is not in sight");
    assert!(ana.summary.starts_with(&why), "{}", ana.summary);
}

#[tokio::test]
async fn the_list_tells_what_was_tried_and_what_became_of_it() {
    let server = Server::start().await;
    let mut said = Vec::new();
    let mut listed_from = None;
    for (place, event) in failing("monday", "ana").enumerate() {
        let reply = server.submit(event).await;
        if spoken(&reply).is_some() {
            said.push((place, decision_id(&reply), spoken(&reply).unwrap()));
        }
        if listed_from.is_none() && !server.attention("monday").await.is_empty() {
            listed_from = Some(place);
        }
    }
    let listed_from = listed_from.unwrap();
    let (_, id, reason) = said.iter().find(|(place, ..)| *place >= listed_from).expect("encouraged while listed");
    let ana = server.attention("monday").await.remove(0);
    let tried = ana.tried.last().unwrap();
    assert_eq!((tried.reason(), tried.outcome()), (*reason, Outcome::Unspecified), "{ana:?}");
    assert!(tried.at.unwrap().seconds >= ana.since.unwrap().seconds);
    assert!(ana.summary.ends_with("was given.") || ana.summary.ends_with("were given."), "{}", ana.summary);

    server.report(id, Outcome::Unhelpful).await;
    let ana = server.attention("monday").await.remove(0);
    assert_eq!(ana.tried.last().unwrap().outcome(), Outcome::Unhelpful);
}

#[tokio::test]
async fn a_learner_leaves_the_list_by_recovering_or_with_the_class() {
    let server = Server::start().await;
    for learner in ["ana", "ben"] {
        server.submit_all(failing("monday", learner)).await;
    }
    server.submit_all(recovering("monday", "ana")).await;
    assert_eq!(names(&server.try_attention("monday", 0, "").await.unwrap()), ["ben"]);
    // Whose class is another now is listed there.
    server.submit(in_class("tuesday", wrong("ben", "elsewhere"))).await;
    assert_eq!(server.attention("monday").await, []);
    assert_eq!(names(&server.try_attention("tuesday", 0, "").await.unwrap()), ["ben"]);
    // And stays there while none is named.
    server.submit(wrong("ben", "nowhere")).await;
    assert_eq!(server.attention("tuesday").await.len(), 1);
}

#[tokio::test]
async fn the_list_outlasts_a_restart() {
    let home = tempfile::tempdir().unwrap();
    let server = Setup::default().in_directory(home.path()).start().await;
    for learner in ["ana", "ben"] {
        server.submit_all(failing("monday", learner)).await;
    }
    let before = server.attention("monday").await;
    assert_eq!(before.len(), 2);
    server.stop().await;
    let server = Setup::default().in_directory(home.path()).start().await;
    assert_eq!(server.attention("monday").await, before);
    server.submit_all(recovering("monday", "ana")).await;
    server.stop().await;
    let server = Setup::default().in_directory(home.path()).start().await;
    assert_eq!(server.attention("monday").await, before[1..]);
}

#[tokio::test]
async fn pages_hold_everybody_once_whoever_comes_and_goes_in_between() {
    let server = Server::start().await;
    let class: Vec<String> = (10..35).map(|number| format!("l{number}")).collect();
    fail(&server, "monday", class.clone()).await;
    fail(&server, "tuesday", ["l20 elsewhere".to_owned()]).await;
    let (mut seen, mut token) = (Vec::new(), String::new());
    for page in 0.. {
        let listed = server.try_attention("monday", 7, &token).await.unwrap();
        assert!(listed.learners.len() <= 7 && page < 10);
        seen.extend(names(&listed));
        token = listed.next_page_token;
        // One before what was read, and one after.
        fail(&server, "monday", [format!("k{page}"), format!("m{page}")]).await;
        if token.is_empty() {
            break;
        }
    }
    let once: BTreeSet<_> = seen.iter().collect();
    assert_eq!(once.len(), seen.len(), "{seen:?}");
    assert!(class.iter().all(|learner| once.contains(learner)), "{seen:?}");
    assert!(seen.iter().all(|learner| !learner.starts_with('k') && !learner.contains("elsewhere")), "{seen:?}");
    assert!(seen.is_sorted(), "by their ids: {seen:?}");
}

#[tokio::test]
async fn a_token_is_good_for_its_own_class_only() {
    let server = Server::start().await;
    for class in ["monday", "tuesday"] {
        fail(&server, class, (0..3).map(|number| format!("{class} {number}"))).await;
    }
    let token = server.try_attention("monday", 1, "").await.unwrap().next_page_token;
    assert!(!token.is_empty() && !token.contains("monday"));
    let error = server.try_attention("tuesday", 1, &token).await.unwrap_err();
    assert_eq!(error.code(), Code::InvalidArgument);
    assert_eq!(blamed(&error), ("page_token".to_owned(), "INVALID_FIELD".to_owned()));
    // The size may change from page to page, and a page can be asked for again.
    for size in [1, 2, 2] {
        let page = server.try_attention("monday", size, &token).await.unwrap();
        assert_eq!(names(&page).first().unwrap(), "monday 1");
        assert_eq!((page.learners.len() as i32, page.next_page_token.is_empty()), (size, size == 2));
    }
}

#[tokio::test]
async fn a_page_holds_a_hundred_unless_stated_and_never_more_than_a_thousand() {
    let server = Server::start().await;
    fail(&server, "monday", (0..1003).map(|number| format!("l{number:04}"))).await;
    for (asked, held) in [(0, 100), (1, 1), (1000, 1000), (1001, 1000), (i32::MAX, 1000)] {
        let page = server.try_attention("monday", asked, "").await.unwrap();
        assert_eq!(page.learners.len(), held, "{asked} asked for");
        assert!(!page.next_page_token.is_empty());
    }
    let token = server.try_attention("monday", 1000, "").await.unwrap().next_page_token;
    let last = server.try_attention("monday", 3, &token).await.unwrap();
    assert_eq!((last.learners.len(), last.next_page_token.as_str()), (3, ""));
}
