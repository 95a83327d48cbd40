//! The calls around events, asked wrongly: each refused by name, and nobody comes to be known by it.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hearten::rpc::pb::{self, Outcome, preferences::Volume, report_outcomes_response::result::Result as Told};
use tonic::Code;

use super::{table, untouched, with_bystander};
use crate::in_process::{Server, blamed, in_time, mask, report, volume, wish, wrong};

/// As the server makes them; anybody can.
fn craft(tenant: &[u8], sequence: u64, learner: &[u8]) -> String {
    let parts = [&[tenant.len() as u8], tenant, &sequence.to_be_bytes(), learner];
    URL_SAFE_NO_PAD.encode(parts.concat())
}

/// Reports that must not be taken, each with the code and the field from the report on.
fn reports(said: &str, silent: &str) -> Vec<(pb::OutcomeReport, Code, &'static str)> {
    let shown = |id: &str| report(id, Outcome::Shown);
    let mut bad = vec![
        (shown(""), Code::InvalidArgument, "decision_id"),
        (shown(silent), Code::FailedPrecondition, "decision_id"),
    ];
    let unknown = [
        "nonsense".to_owned(),
        "@@@".to_owned(),
        "x".repeat(100_000),
        craft(b"default", 1, b"bad"),
        craft(b"default", 3, b"bad"),
        craft(b"default", 99, b"bystander"),
        craft(b"default", 0, b"bystander"),
        craft(b"default", u64::MAX, b"bystander"),
        craft(b"default", 3, b"line\nbreak"),
        craft(b"default", 3, b"\xFF"),
        craft(b"default", 3, b""),
        craft(b"default", 3, &[b'a'; 129]),
        craft(b"default", 3, &vec![b'a'; 70_000]),
        craft(b"elsewhere", 3, b"bystander"),
        craft(b"", 3, b"bystander"),
    ];
    bad.extend(unknown.map(|id| (shown(&id), Code::NotFound, "decision_id")));
    for outcome in [0, 6, 99, -1, i32::MIN, 257] {
        bad.push((pb::OutcomeReport { outcome, ..shown(said) }, Code::InvalidArgument, "outcome"));
    }
    for (_, reason) in table::bad_ids() {
        bad.push((pb::OutcomeReport { reason, ..shown(said) }, Code::InvalidArgument, "reason"));
    }
    bad
}

#[tokio::test]
async fn reports_are_rejected_by_name_and_place_and_the_rest_is_taken() {
    let (server, before) = with_bystander().await;
    let said = before.recent_decisions[0].decision_id.clone();
    let bad = reports(&said, &before.recent_decisions[1].decision_id);
    let good = pb::OutcomeReport { reason: "x".repeat(128), ..report(&said, Outcome::Shown) };
    let mixed = bad.iter().flat_map(|(report, ..)| [good.clone(), report.clone()]);
    let answers = server.try_report(mixed.collect()).await.unwrap();
    assert_eq!(answers.len(), 2 * bad.len());
    for (place, (report, code, field)) in bad.iter().enumerate() {
        let [Told::Taken(taken), Told::Rejected(rejected)] = &answers[2 * place..2 * place + 2] else {
            panic!("{report:?}: {:?}", &answers[2 * place..2 * place + 2])
        };
        assert_eq!((&taken.decision_id, taken.duplicate), (&said, place > 0));
        let position = 2 * place as u64 + 1;
        let field = format!("outcomes[{position}].{field}");
        assert_eq!((Code::from(rejected.code), rejected.position, &rejected.field), (*code, position, &field));
        assert!(rejected.message.starts_with(&field), "{}", rejected.message);
        assert!(rejected.event_id.is_empty() && rejected.learner_id.is_empty(), "a report names neither");
    }
    assert_eq!(server.try_explain(&said).await.unwrap().outcome(), Outcome::Shown);
    untouched(server, before).await;
}

/// Whoever asks about people nobody knows must not fill memory with them.
#[tokio::test]
async fn reports_about_nobody_leave_nobody_in_memory() {
    let server = Server::start().await;
    let about = |number: u64| report(&craft(b"default", number, format!("nobody {number}").as_bytes()), Outcome::Shown);
    for answer in server.try_report((0..1000).map(about).collect()).await.unwrap() {
        assert!(matches!(answer, Told::Rejected(_)), "{answer:?}");
    }
    server.forgotten().await;
}

#[tokio::test]
async fn a_stream_rejects_reports_by_name_and_goes_on() {
    let (server, before) = with_bystander().await;
    let [said, silent] = [0, 1].map(|place| before.recent_decisions[place].decision_id.clone());
    let mut stream = server.stream().await;
    for (position, (report, code, field)) in (0..).zip(reports(&said, &silent)) {
        stream.report(report).await;
        let rejected = stream.rejected().await;
        assert_eq!((Code::from(rejected.code), rejected.position), (code, position), "{rejected:?}");
        assert_eq!(rejected.field, format!("outcome.{field}"));
    }
    stream.report(report(&said, Outcome::Shown)).await;
    assert!(!stream.taken().await.duplicate);
    untouched(server, before).await;
}

fn wishes() -> Vec<(pb::UpdatePreferencesRequest, String)> {
    let named = |learner_id: String| pb::UpdatePreferencesRequest { learner_id, ..wish("", volume(Volume::Off)) };
    let mut bad = vec![(named(String::new()), "learner_id".to_owned())];
    bad.extend(table::bad_ids().into_iter().map(|(_, id)| (named(id), "learner_id".to_owned())));
    bad.push((
        pb::UpdatePreferencesRequest { preferences: None, ..wish("bad", volume(Volume::Off)) },
        "preferences".to_owned(),
    ));
    let mut prefer = |preferences, field: &str| bad.push((wish("bad", preferences), format!("preferences.{field}")));
    for locale in ["e", "pt_", "-", "und", "*", "12", "pt-BR-", "en\n", "日本語", &"x".repeat(1000)] {
        prefer(pb::Preferences { locale: locale.to_owned(), ..Default::default() }, "locale");
    }
    for zone in ["Berlin", "Europe", "+02:00", "CET-1", "Europe/Berlin ", "../etc/passwd", "\0", &"x".repeat(1000)] {
        prefer(pb::Preferences { time_zone: zone.to_owned(), ..Default::default() }, "time_zone");
    }
    for number in [5, -1, i32::MAX] {
        prefer(pb::Preferences { volume: number, ..Default::default() }, "volume");
        prefer(pb::Preferences { age_band: number, ..Default::default() }, "age_band");
    }
    let paths: [(&[&str], usize); 8] = [
        (&["mood"], 0),
        (&["volume", "TimeZone"], 1),
        (&["volume", "*"], 1),
        (&["*", "volume"], 0),
        (&["preferences.volume"], 0),
        (&["volume", "locale", ""], 2),
        (&["Volume"], 0),
        (&["volume", "volume\n"], 1),
    ];
    for (paths, wrong) in paths {
        let update_mask = mask(paths);
        let request = pb::UpdatePreferencesRequest { update_mask, ..wish("bad", volume(Volume::Off)) };
        bad.push((request, format!("update_mask.paths[{wrong}]")));
    }
    bad
}

#[tokio::test]
async fn preferences_are_refused_by_name_and_nothing_is_changed() {
    let (server, before) = with_bystander().await;
    let wished = |learner: &str| pb::UpdatePreferencesRequest { learner_id: learner.to_owned(), ..Default::default() };
    for (request, field) in wishes().into_iter().chain([(wished("bad"), "preferences".to_owned())]) {
        let Err(status) = server.try_prefer(request.clone()).await else { panic!("taken: {request:?}") };
        assert_eq!(status.code(), Code::InvalidArgument, "{request:?}");
        assert_eq!(blamed(&status), (field.clone(), "INVALID_FIELD".to_owned()), "{request:?}");
        assert!(status.message().starts_with(&field) && status.message().len() < 300, "{}", status.message());
        // The same of somebody who is known, and whom it must not touch.
        if request.learner_id == "bad" {
            let request = pb::UpdatePreferencesRequest { learner_id: "bystander".to_owned(), ..request };
            assert_eq!(server.try_prefer(request).await.unwrap_err().code(), Code::InvalidArgument);
        }
    }
    untouched(server, before).await;
}

#[tokio::test]
async fn lists_are_refused_by_name() {
    let (server, before) = with_bystander().await;
    let list = async |class: &str, size, token: &str, field: &str| {
        let Err(status) = server.try_attention(class, size, token).await else { panic!("listed: {class:?} {token:?}") };
        assert_eq!(status.code(), Code::InvalidArgument, "{status:?}");
        assert_eq!(blamed(&status), (field.to_owned(), "INVALID_FIELD".to_owned()));
        assert!(status.message().starts_with(field), "{}", status.message());
    };
    for class in table::bad_ids().into_iter().map(|(_, id)| id).chain([String::new()]) {
        list(&class, 0, "", "class_id").await;
        let request = pb::WatchAttentionRequest { class_id: class };
        let status = in_time(server.learners().watch_attention(request)).await.unwrap_err();
        assert_eq!(blamed(&status), ("class_id".to_owned(), "INVALID_FIELD".to_owned()));
    }
    for size in [-1, i32::MIN] {
        list("monday", size, "", "page_size").await;
    }
    for token in ["x", "nonsense", "@@@", "AAAAAAAAAAAA", &"A".repeat(100_000)] {
        list("monday", 0, token, "page_token").await;
    }
    untouched(server, before).await;
}

/// A token names the learner a page ended with: what can be none must not reach the store.
#[tokio::test]
async fn a_page_token_that_names_no_possible_learner_is_refused() {
    let server = Server::start().await;
    for learner in ["ana", "ben"] {
        let events = (0..20).map(|id| pb::Event { class_id: "monday".to_owned(), ..wrong(learner, &id.to_string()) });
        server.submit_all(events).await;
    }
    let token = server.try_attention("monday", 1, "").await.unwrap().next_page_token;
    let class = URL_SAFE_NO_PAD.decode(&token).unwrap()[..8].to_vec();
    for learner in [&b""[..], b"\xFF", b"a\nb", &[b'a'; 129], &vec![b'a'; 70_000]] {
        let token = URL_SAFE_NO_PAD.encode([&class, learner].concat());
        let status = server.try_attention("monday", 1, &token).await.unwrap_err();
        assert_eq!((status.code(), blamed(&status).0.as_str()), (Code::InvalidArgument, "page_token"));
    }
}
