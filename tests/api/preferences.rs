//! `UpdatePreferences`: what a learner asks for is kept as asked, and holds from the next event on, wherever it comes in.

use hearten::rpc::pb::{
    self, Preferences, Reason, UpdatePreferencesRequest,
    batch_submit_events_request::Decide,
    batch_submit_events_response::result::Result as Answer,
    feedback::Kind,
    preferences::{AgeBand, Volume},
    silence::Cause,
};
use tonic::Code;

use crate::in_process::{
    Server, Setup, answer, feedback, in_time, mask, right, silence, spoken, struggle, volume, wish, wrong,
};

/// All that can be asked for.
fn all() -> Preferences {
    Preferences {
        locale: "pt-BR".to_owned(),
        volume: Volume::Quiet.into(),
        age_band: AgeBand::AgeBand10To13.into(),
        reduced_motion: true,
        extended_time: true,
        time_zone: "America/Sao_Paulo".to_owned(),
    }
}

/// Nothing, in canonical form.
fn none() -> Preferences {
    volume(Volume::Normal)
}

async fn known(server: &Server, learner: &str) -> Preferences {
    server.learner(learner).await.preferences.unwrap()
}

#[tokio::test]
async fn a_learner_nobody_knows_is_known_by_what_they_ask_for() {
    let server = Server::start().await;
    assert_eq!(server.try_learner("ana").await.unwrap_err().code(), Code::NotFound);
    let response = in_time(server.learners().update_preferences(wish("ana", all()))).await.unwrap().into_inner();
    assert_eq!(response, pb::UpdatePreferencesResponse { learner_id: "ana".to_owned(), preferences: Some(all()) });
    let learner = server.learner("ana").await;
    assert_eq!((learner.sequence, learner.preferences, learner.recent_decisions), (0, Some(all()), Vec::new()));
    assert_eq!(learner.assessment.unwrap().attempts, 0);
    server.submit(wrong("ana", "1")).await;
    let learner = server.learner("ana").await;
    assert_eq!((learner.sequence, learner.preferences), (1, Some(all())), "a wish is no event");

    // Whoever asks for nothing is known, too.
    assert_eq!(server.prefer("ben", Preferences::default()).await, none());
    assert_eq!(known(&server, "ben").await, none());
    server.submit(wrong("cai", "1")).await;
    assert_eq!(known(&server, "cai").await, none(), "nothing was ever asked for");
}

#[tokio::test]
async fn languages_and_time_zones_are_kept_in_canonical_form() {
    let server = Server::start().await;
    let locales = [
        ("PT-br", "pt-BR"),
        ("EN", "en"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("DE_at", "de-AT"),
        ("ZHO-HANT-419", "zho-Hant-419"),
    ];
    for (asked, canonical) in locales {
        let asked = Preferences { locale: asked.to_owned(), ..Default::default() };
        assert_eq!(server.prefer("ana", asked).await.locale, canonical);
        assert_eq!(known(&server, "ana").await.locale, canonical);
    }
    let zones = [
        ("europe/berlin", "Europe/Berlin"),
        ("AMERICA/ARGENTINA/BUENOS_AIRES", "America/Argentina/Buenos_Aires"),
        ("utc", "UTC"),
        ("Asia/Kolkata", "Asia/Kolkata"),
        ("Asia/Calcutta", "Asia/Calcutta"),
    ];
    for (asked, canonical) in zones {
        let asked = Preferences { time_zone: asked.to_owned(), ..Default::default() };
        assert_eq!(server.prefer("ana", asked).await.time_zone, canonical);
        assert_eq!(known(&server, "ana").await.time_zone, canonical);
    }
    for band in [AgeBand::AgeBand6To9, AgeBand::AgeBand10To13, AgeBand::AgeBand14To17, AgeBand::Adult] {
        let asked = Preferences { age_band: band.into(), ..Default::default() };
        assert_eq!(server.prefer("ana", asked).await.age_band(), band);
    }
    for wanted in [Volume::Off, Volume::CelebrationsOnly, Volume::Quiet, Volume::Normal] {
        assert_eq!(server.prefer("ana", volume(wanted)).await.volume(), wanted);
    }
}

#[tokio::test]
async fn without_a_mask_only_what_is_set_is_changed() {
    let server = Server::start().await;
    server.prefer("ana", all()).await;
    let known = server.prefer("ana", volume(Volume::Off)).await;
    assert_eq!(known, Preferences { volume: Volume::Off.into(), ..all() });
    // An empty mask is none.
    let request = UpdatePreferencesRequest { update_mask: mask(&[]), ..wish("ana", volume(Volume::Quiet)) };
    assert_eq!(server.try_prefer(request).await.unwrap(), all());
    assert_eq!(server.prefer("ana", Preferences::default()).await, all());
}

#[tokio::test]
async fn a_mask_takes_what_it_names_and_clears_what_is_left_empty() {
    let masked =
        |paths: &[&str], preferences| UpdatePreferencesRequest { update_mask: mask(paths), ..wish("ana", preferences) };
    type Clear = fn(&mut Preferences);
    let cleared: [(&str, Clear); 6] = [
        ("locale", |known| known.locale.clear()),
        ("volume", |known| known.volume = Volume::Normal.into()),
        ("age_band", |known| known.age_band = 0),
        ("reduced_motion", |known| known.reduced_motion = false),
        ("extended_time", |known| known.extended_time = false),
        ("time_zone", |known| known.time_zone.clear()),
    ];
    let server = Server::start().await;
    for (path, clear) in cleared {
        server.prefer("ana", all()).await;
        let mut expected = all();
        clear(&mut expected);
        assert_eq!(server.try_prefer(masked(&[path], Preferences::default())).await.unwrap(), expected, "{path}");
        // Nothing given at all clears as well as something empty.
        server.prefer("ana", all()).await;
        let request = UpdatePreferencesRequest { preferences: None, ..masked(&[path], all()) };
        assert_eq!(server.try_prefer(request).await.unwrap(), expected, "{path}");
        // What is not named is not taken.
        assert_eq!(server.try_prefer(masked(&["*"], Preferences::default())).await.unwrap(), none());
        let mut only = server.try_prefer(masked(&[path], all())).await.unwrap();
        assert_ne!(only, none(), "{path}");
        clear(&mut only);
        assert_eq!(only, none(), "{path}");
    }
    server.prefer("ana", all()).await;
    let two = masked(&["volume", "time_zone", "volume"], volume(Volume::Off));
    let expected = Preferences { volume: Volume::Off.into(), time_zone: String::new(), ..all() };
    assert_eq!(server.try_prefer(two).await.unwrap(), expected);
    assert_eq!(known(&server, "ana").await, expected);
}

/// The last of three wrong answers, however it is sent.
async fn ways(server: &Server, learner: &str) -> Vec<pb::Reply> {
    let [.., third] = struggle(learner);
    let dry = pb::SubmitEventRequest { event: Some(third.clone()), dry_run: true, ..Default::default() };
    let mut replies = vec![server.try_submit(dry).await.unwrap(), server.submit(third.clone()).await];
    replies.push(server.submit(third.clone()).await);
    let mut stream = server.stream().await;
    replies.push(stream.submit(third.clone()).await);
    let Answer::Reply(reply) = server.batch(vec![third], Decide::Each).await.remove(0) else { panic!("rejected") };
    replies.push(reply);
    assert_eq!(replies.iter().filter(|reply| reply.duplicate).count(), 3);
    replies
}

#[tokio::test]
async fn off_is_off_whichever_way_an_event_comes_in() {
    let server = Server::start().await;
    let [first, second, _] = struggle("ana");
    server.submit_all([first, second]).await;
    server.prefer("ana", volume(Volume::Off)).await;
    for reply in ways(&server, "ana").await {
        assert_eq!(silence(&reply), Some((Cause::SwitchedOff, Reason::ErrorRun)), "{reply:?}");
    }
    let mut stream = server.stream().await;
    stream.open(pb::Open { learner_id: "ana".to_owned(), ..Default::default() }).await;
    assert_eq!(silence(&stream.submit(wrong("", "s")).await).unwrap().0, Cause::SwitchedOff);
    let events = (0..3).map(|id| wrong("ana", &format!("b{id}"))).collect();
    for decide in [Decide::Each, Decide::Last] {
        for answer in server.batch(Vec::clone(&events), decide).await {
            let Answer::Reply(reply) = answer else { panic!("rejected") };
            assert!(silence(&reply).is_none_or(|(cause, _)| cause == Cause::SwitchedOff), "{reply:?}");
        }
    }
    let reply = server.submit_all([right("ana", "r"), answer("ana", "nothing to say", true)]).await;
    assert_eq!(silence(&reply).unwrap().0, Cause::SwitchedOff, "even where nothing would have been said");
}

#[tokio::test]
async fn what_was_said_before_the_switch_is_not_said_again_after_it() {
    let server = Server::start().await;
    let said = server.submit_all(struggle("ana")).await;
    assert_eq!(spoken(&said), Some(Reason::ErrorRun));
    server.prefer("ana", volume(Volume::Off)).await;
    let [.., third] = struggle("ana");
    let again = server.submit(third.clone()).await;
    assert!(again.duplicate);
    assert_eq!(silence(&again), Some((Cause::SwitchedOff, Reason::ErrorRun)));
    server.prefer("ana", volume(Volume::Normal)).await;
    assert_eq!(server.submit(third).await.decision, said.decision);
}

#[tokio::test]
async fn a_wish_holds_from_the_next_event_on_a_stream_that_is_open() {
    let server = Server::start().await;
    let mut stream = server.stream().await;
    stream.submit(wrong("ana", "1")).await;
    server.prefer("ana", volume(Volume::CelebrationsOnly)).await;
    for id in ["2", "3", "4"] {
        assert_eq!(spoken(&stream.submit(wrong("ana", id)).await), None);
    }
    assert_eq!(silence(&stream.submit(wrong("ana", "5")).await).unwrap().0, Cause::LowerVolume);
    assert_eq!(spoken(&stream.submit(right("ana", "6")).await), Some(Reason::Comeback), "a celebration");
    server.prefer("ana", volume(Volume::Normal)).await;
    let mut said = Vec::new();
    for id in ["7", "8", "9"] {
        said.extend(feedback(&stream.submit(wrong("ana", id)).await).map(pb::Feedback::kind));
    }
    assert_eq!(said, [Kind::Encouragement]);
}

#[tokio::test]
async fn each_volume_lets_through_what_the_policy_says() {
    let server = Server::start().await;
    let volumes = [
        (Volume::Normal, [true, true]),
        (Volume::Quiet, [false, true]),
        (Volume::CelebrationsOnly, [false, true]),
        (Volume::Off, [false, false]),
    ];
    for (wanted, expected) in volumes {
        let learner = format!("{wanted:?}");
        server.prefer(&learner, volume(wanted)).await;
        let encouraged = feedback(&server.submit_all(struggle(&learner)).await).is_some();
        let celebrated = feedback(&server.submit(right(&learner, "4")).await).is_some();
        assert_eq!([encouraged, celebrated], expected, "{wanted:?}");
    }
}

#[tokio::test]
async fn wishes_outlast_a_restart() {
    let home = tempfile::tempdir().unwrap();
    let server = Setup::default().in_directory(home.path()).start().await;
    server.prefer("ana", all()).await;
    server.submit(wrong("ben", "1")).await;
    server.prefer("ben", volume(Volume::Off)).await;
    let before = [server.learner("ana").await, server.learner("ben").await];
    server.stop().await;
    let server = Setup::default().in_directory(home.path()).start().await;
    assert_eq!([server.learner("ana").await, server.learner("ben").await], before);
    assert_eq!(silence(&server.submit(wrong("ben", "2")).await).unwrap().0, Cause::SwitchedOff);
}
