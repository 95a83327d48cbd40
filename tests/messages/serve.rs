//! Catalogues of one's own, served: refused before anything listens, heard where they are good, and read again on SIGHUP.

use std::{fs, net::TcpListener, path::Path};

use hearten::rpc::pb::{
    Feedback, decision::Outcome, stream_sessions_request::Message as Sent, stream_sessions_response::Message as Answer,
};
use serde_json::{Value, json};
use tempfile::tempdir;

use super::{
    Files,
    support::{Client, Server, client::message, hearten},
};

/// The six wordings of what is said after three wrong answers.
fn say(files: &mut Files, locale: &str, words: &str) {
    for wording in 1..=6 {
        files.say(locale, &format!("error-run-{wording}"), &format!("{words} {wording}"));
    }
}

/// A language that is not shipped: English, and a word before.
fn swedish(files: &mut Files) {
    let line = |line: &str| match line.split_once(" = ") {
        Some((id, words)) if !line.starts_with('#') => format!("{id} = Så: {words}\n"),
        _ => format!("{line}\n"),
    };
    let text: String = Files::shipped().text("en.ftl").lines().map(line).collect();
    files.put("sv.ftl", text);
    files.put("sv.tone.toml", "person-praise = [\"smart*\", \"duktig*\"]\nloss = [\"sista chansen\"]\n");
}

/// An attempt at an item of its own.
fn wrong(learner: &str, number: usize) -> Value {
    json!({
        "eventId": format!("e{number}"), "learnerId": learner, "itemId": format!("q{number}"),
        "skillIds": ["fractions"], "attempt": {"correct": false, "responseTime": "31s"},
    })
}

/// What a learner hears after three wrong answers in a session opened in this language.
async fn heard(client: &Client, learner: &str, locale: &str) -> Feedback {
    let mut stream = client.stream().await;
    stream.send(Sent::Open(message(json!({"learnerId": learner, "sessionId": "monday", "locale": locale})))).await;
    let mut heard = None;
    for number in 0..3 {
        let mut answer = stream.exchange(Sent::Event(message(wrong(learner, number)))).await;
        while !matches!(answer, Answer::Reply(_)) {
            answer = stream.next().await.unwrap().expect("the stream goes on");
        }
        let Answer::Reply(reply) = answer else { panic!("{answer:?}") };
        if let Some(Outcome::Feedback(feedback)) = reply.decision.unwrap().outcome {
            heard = Some(feedback);
        }
    }
    heard.unwrap_or_else(|| panic!("{learner} heard nothing"))
}

#[test]
fn bad_catalogues_are_refused_with_all_their_faults_before_anything_listens() {
    let home = tempdir().unwrap();
    let [store, directory] = ["store", "messages"].map(|name| home.path().join(name));
    fs::create_dir(&directory).unwrap();
    let mut files = Files::only(&["de.ftl", "ar.ftl"]);
    let place = files.say("de", "comeback-1", "Du bist so schlau!!");
    let other = files.say("ar", "comeback-2", "أنت عبقري!");
    files.write(&directory);
    // Were the port tried first, that would be the complaint.
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().to_string();
    let path = directory.to_str().unwrap();
    let by_flag = ["serve", "--listen", &port, "--data-dir", store.to_str().unwrap(), "--messages", path];
    for (arguments, variable) in [(&by_flag[..], None), (&by_flag[..5], Some(path))] {
        let mut command = hearten(arguments.iter().copied());
        let output = command.envs(variable.map(|path| ("HEARTEN_MESSAGES", path))).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{said}");
        let [first, arabic, one, two] = said.lines().collect::<Vec<_>>()[..] else { panic!("{said}") };
        assert_eq!(first, "hearten: 3 faults in catalogues");
        assert!(arabic.starts_with(&format!("{path}/ar.ftl:{other}: comeback-2: person-praise: ")), "{said}");
        let mut german = [one, two].map(|line| line.strip_prefix(&format!("{path}/de.ftl:{place}: comeback-1: ")));
        german.sort_unstable();
        assert!(german[0].unwrap().starts_with("exclamation: ") && german[1].unwrap().starts_with("person-praise: "));
        let replayed = hearten(["replay", "/dev/null", "--messages", path]).output().unwrap();
        assert_eq!(String::from_utf8(replayed.stderr).unwrap(), said);
    }
    assert!(!store.exists(), "a refused start leaves nothing behind");
}

#[test]
fn a_replay_says_the_words_of_the_platform() {
    let home = tempdir().unwrap();
    let mut files = Files::only(&["en.ftl"]);
    say(&mut files, "en", "Have a look at page");
    files.write(home.path());
    let log = home.path().join("log.jsonl");
    let lines: String = (0..3).map(|number| format!("{}\n", wrong("ana", number))).collect();
    fs::write(&log, lines).unwrap();
    let said = |arguments: &[&str]| {
        let output = hearten(["replay", log.to_str().unwrap()]).args(arguments).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let own = said(&["--messages", home.path().to_str().unwrap()]);
    let line = own.lines().next().unwrap();
    let [_, _, "error-run", id, text] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{own}") };
    assert_eq!(text, format!("Have a look at page {}", id.strip_prefix("error-run-").unwrap()));
    // Nothing but the words is another.
    let built_in = said(&[]);
    assert_eq!(
        own.replace(text, ""),
        built_in.replace(built_in.lines().next().unwrap().split('\t').nth(4).unwrap(), "")
    );
}

/// The same, its file put in place as a whole.
fn put(files: &Files, name: &str, directory: &Path) {
    let beside = directory.join(".new");
    fs::write(&beside, files.text(name)).unwrap();
    fs::rename(beside, directory.join(name)).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn replaced_and_new_locales_are_served_and_read_again_and_broken_ones_change_nothing() {
    let directory = tempdir().unwrap();
    let path = directory.path().to_str().unwrap();
    let mut files = Files::only(&["de.ftl"]);
    say(&mut files, "de", "Schau auf Seite");
    swedish(&mut files);
    files.write(directory.path());
    let server = Server::start(&["--messages", path]);
    let client = Client::to(&server).await;

    let german = heard(&client, "ana", "de-AT").await;
    assert!(german.locale == "de" && german.text.starts_with("Schau auf Seite "), "{german:?}");
    let swedish = heard(&client, "ben", "sv-SE").await;
    assert!(swedish.locale == "sv" && swedish.text.starts_with("Så: "), "{swedish:?}");
    assert_eq!((swedish.direction, &swedish.plain_text), (1, &swedish.text));
    let arabic = heard(&client, "cai", "ar").await;
    assert_eq!((&*arabic.locale, arabic.direction), ("ar", 2), "what is shipped is there beside");
    assert_eq!(heard(&client, "dot", "fi").await.locale, "en");

    say(&mut files, "de", "Blättere zu Seite");
    put(&files, "de.ftl", directory.path());
    // Not before it is asked for.
    assert!(heard(&client, "eve", "de").await.text.starts_with("Schau auf Seite "));
    server.signal("HUP");
    server.output_with("policy and messages were read again");
    assert!(heard(&client, "fay", "de").await.text.starts_with("Blättere zu Seite "));

    let line = files.say("de", "stuck-1", "Du bist so schlau!");
    files.say("de", "stuck-2", "Beeil dich!");
    say(&mut files, "de", "Springe zu Seite");
    put(&files, "de.ftl", directory.path());
    server.signal("HUP");
    let log = server.output_with("what was read again is refused");
    let told: Vec<&str> = log.lines().filter(|line| line.contains("person-praise")).collect();
    let [told] = told[..] else { panic!("one line: {log}") };
    assert!(told.contains("ERROR") && told.contains("2 faults in catalogues; "), "{told}");
    assert!(told.contains(&format!("{path}/de.ftl:{line}: stuck-1: person-praise: ")), "{told}");
    assert!(told.contains("stuck-2: loss: "), "{told}");
    assert!(heard(&client, "gil", "de").await.text.starts_with("Blättere zu Seite "), "the old words stay");

    // A language that is taken away is answered as one that never was.
    files.say("de", "stuck-1", "Schreib auf, was du weißt und was gesucht ist.");
    files.say("de", "stuck-2", "Zeichne eine Skizze.");
    put(&files, "de.ftl", directory.path());
    ["sv.ftl", "sv.tone.toml"].iter().for_each(|name| fs::remove_file(directory.path().join(name)).unwrap());
    server.signal("HUP");
    let again = |log: &str| log.matches("policy and messages were read again").count() == 2;
    while !again(&server.output()) {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    assert!(heard(&client, "hal", "de").await.text.starts_with("Springe zu Seite "));
    assert_eq!(heard(&client, "ida", "sv").await.locale, "en");
}
