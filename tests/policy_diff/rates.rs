//! The rates, worked out once more from a log that is simple enough to do it by hand.

use serde_json::{Value, json};

use super::{Desk, attempt};

/// Untimed, so that each new item is 72 s at work, and wrong, so that there is a message every fifth item.
#[test]
fn rates_are_as_defined() {
    let desk = Desk::new();
    let wrong = |learner: &str, count: usize| (1..=count).map(move |number| attempt(learner, number, false)).collect();
    // Four, 30 and 61 minutes at work: too little, the least, and more than the hour that counts.
    let log: [Vec<Value>; 3] = [wrong("ana", 3), wrong("ben", 25), wrong("cleo", 51)];
    desk.log("log.jsonl", &log.concat());
    let found = desk.json(&["built-in", "built-in", "log.jsonl"]);
    let a = &found["policies"]["a"];
    let heard = |learner: usize| {
        let name = ["ana", "ben", "cleo"][learner];
        desk.log("one.jsonl", &log[learner]);
        let messages = &desk.json(&["built-in", "built-in", "one.jsonl"])["policies"]["a"]["messages"];
        messages.as_u64().unwrap_or_else(|| panic!("{name}"))
    };
    let [ana, ben, cleo] = [0, 1, 2].map(heard);
    assert!(ana == 1 && ben > 1 && cleo >= ben, "{ana} {ben} {cleo}");
    assert_eq!(a["messages"], json!(ana + ben + cleo));
    assert_eq!(a["one_message_in_attempts"], json!(79.0 / (ana + ben + cleo) as f64));
    // No session, hour or day gives more than its cap, so all of it is in one hour.
    assert_eq!([&a["busiest_hour_p50"], &a["busiest_hour_most"]], [&json!(ben.min(cleo)), &json!(ben.max(cleo))]);
    assert_eq!(found["learners_half_an_hour"], 2, "ana is left out");
    let mut rates = [ben as f64 / 0.5, cleo as f64 / 1.02];
    rates.sort_by(f64::total_cmp);
    for (name, expected) in ["per_hour_p50", "per_hour_p90"].into_iter().zip(rates) {
        let value = a[name].as_f64().unwrap();
        assert!((value - expected).abs() < 1e-9, "{name}: {value}, by hand {expected}");
    }
}

/// A cap of so many an hour at work is kept in every hour at work, as it is measured here.
#[test]
fn no_hour_is_busier_than_the_policy_allows() {
    let desk = Desk::new();
    for cap in [1, 2, 6] {
        desk.file("cap.toml", &super::changed("per_hour = 4 ", &format!("per_hour = {cap} ")));
        let found = desk.json(&["built-in", "cap.toml", "class.jsonl"]);
        let most = found["policies"]["b"]["busiest_hour_most"].as_u64().unwrap();
        assert_eq!(most, cap, "somebody gets there");
    }
}

#[test]
fn an_empty_log_has_no_rates() {
    let desk = Desk::new();
    desk.file("empty.jsonl", "");
    let found = desk.json(&["built-in", "four.toml", "empty.jsonl"]);
    let a = &found["policies"]["a"];
    assert_eq!([&found["changed"], &found["learners"], &a["messages"], &a["busiest_hour_p50"]], [&json!(0); 4]);
    assert_eq!([&a["one_message_in_attempts"], &a["per_hour_p50"]], [&Value::Null; 2]);
    let text = desk.text(&["built-in", "four.toml", "empty.jsonl", "--html", "empty.html"]);
    assert!(text.ends_with("\nchanged: 0\n"), "{text}");
}
