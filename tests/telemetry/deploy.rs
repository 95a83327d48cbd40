//! The dashboard and the alerts ask for numbers that there are.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use hearten::rpc::methods::{Cost, METHODS};
use serde_json::Value;

use super::{
    metrics::{everything, page},
    page::Page,
};

/// Labels that the scraper adds.
const OF_THE_SCRAPER: [&str; 2] = ["job", "instance"];

fn dashboard() -> Value {
    serde_json::from_str(&fs::read_to_string("deploy/grafana/hearten.json").unwrap()).unwrap()
}

fn alerts() -> String {
    fs::read_to_string("deploy/prometheus/alerts.yaml").unwrap()
}

/// What a rule of `alerts` asks, and what comes after it.
fn expression(rule: &str) -> (&str, &str) {
    rule.split_once("expr: ").unwrap().1.split_once("\n        for: ").unwrap()
}

/// The metrics of an expression, each with what it asks of labels.
fn selectors(expression: &str) -> Vec<(&str, &str)> {
    let is_word = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let starts = expression.match_indices("hearten_").chain(expression.match_indices("process_"));
    let starts = starts.map(|(start, _)| start).filter(|start| !expression[..*start].ends_with(is_word));
    let selector = |start| {
        let rest: &str = &expression[start..];
        let (name, rest) = rest.split_at(rest.find(|letter| !is_word(letter)).unwrap_or(rest.len()));
        (name, rest.strip_prefix('{').and_then(|rest| rest.split_once('}')).map_or("", |(labels, _)| labels))
    };
    starts.map(selector).collect()
}

/// Fails where an expression names a metric or a label that nobody tells. Returns the metrics.
fn check(expression: &str, page: &Page) -> BTreeSet<String> {
    let mut metrics = BTreeSet::new();
    for (name, labels) in selectors(expression) {
        assert!(page.names().contains(name), "{name} is not measured: {expression}");
        for label in labels.split(',').filter(|label| !label.is_empty()) {
            let key = &label[..label.find(['=', '!']).unwrap()];
            let known = OF_THE_SCRAPER.contains(&key) || page.labels(name).contains(key);
            assert!(known, "{name} has no label {key}: {expression}");
        }
        metrics.insert(name.to_owned());
    }
    metrics
}

#[test]
fn every_panel_has_its_numbers() {
    let (dashboard, page) = (dashboard(), page(&everything()));
    let panels = dashboard["panels"].as_array().unwrap();
    let ids: BTreeSet<_> = panels.iter().map(|panel| panel["id"].as_u64().unwrap()).collect();
    assert_eq!(ids.len(), panels.len());
    let mut shown = BTreeSet::new();
    for panel in panels.iter().filter(|panel| panel["type"] != "row") {
        let title = panel["title"].as_str().unwrap();
        assert!(panel["description"].as_str().is_some_and(|text| text.ends_with('.')), "{title}");
        let targets = panel["targets"].as_array().unwrap();
        assert!(!targets.is_empty(), "{title}");
        for target in targets {
            assert_eq!(target["datasource"]["uid"], "${datasource}", "{title}");
            let metrics = check(target["expr"].as_str().unwrap(), &page);
            assert!(!metrics.is_empty(), "{title}");
            shown.extend(metrics);
        }
    }
    let variables = dashboard["templating"]["list"].as_array().unwrap();
    let names: Vec<_> = variables.iter().map(|variable| variable["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["datasource", "job", "instance", "tenant"]);
    for variable in &variables[1..] {
        check(variable["query"]["query"].as_str().unwrap(), &page);
    }
    // What is measured and not shown would not be looked at when it matters.
    let family = |name: &String| {
        ["_bucket", "_sum", "_count"].iter().find_map(|end| name.strip_suffix(end)).map_or(name.clone(), str::to_owned)
    };
    let shown: BTreeSet<_> = shown.iter().map(family).collect();
    let hidden: Vec<_> = page.names().iter().map(family).filter(|name| !shown.contains(name)).collect();
    let elsewhere = ["hearten_store_healthy", "process_virtual_memory_bytes"];
    assert!(hidden.iter().all(|name| elsewhere.contains(&name.as_str())), "{hidden:?}");
}

#[test]
fn panels_do_not_overlap() {
    let dashboard = dashboard();
    let mut taken = BTreeMap::new();
    for panel in dashboard["panels"].as_array().unwrap() {
        let place = |key| panel["gridPos"][key].as_u64().unwrap();
        assert!(place("x") + place("w") <= 24);
        for cell in (0..place("w")).flat_map(|x| (0..place("h")).map(move |y| (x, y))) {
            let other = taken.insert((place("x") + cell.0, place("y") + cell.1), panel["title"].clone());
            assert_eq!(other, None, "{}", panel["title"]);
        }
    }
}

#[test]
fn every_alert_has_its_numbers_and_says_what_to_do() {
    let (alerts, page) = (alerts(), page(&everything()));
    let rules: Vec<_> = alerts.split("- alert: ").skip(1).collect();
    assert!(rules.len() >= 10);
    let mut names = BTreeSet::new();
    for rule in rules {
        let name = rule.lines().next().unwrap();
        assert!(names.insert(name) && name.starts_with("Hearten"), "{name}");
        let (expression, rest) = expression(rule);
        assert!(!check(expression, &page).is_empty(), "{name}");
        let severity = rest.split_once("severity: ").unwrap().1.lines().next().unwrap();
        assert!(["critical", "warning"].contains(&severity), "{name}");
        let (_, description) = rest.split_once("description: >-\n").unwrap();
        assert!(rest.contains("summary: \"") && description.split_whitespace().count() > 15, "{name}");
    }
}

/// They last as long as they last, and end with Unavailable as planned: in shares of failures and in durations they tell nothing.
#[test]
fn streams_are_left_out_where_calls_are_judged() {
    let names = |stream: bool| -> BTreeSet<&str> {
        let methods = METHODS.iter().filter(|method| (method.cost == Cost::Stream) == stream);
        methods.map(|method| method.name.rsplit_once('/').unwrap().1).collect()
    };
    let streams = names(true);
    assert!(streams.is_disjoint(&names(false)), "by its name alone a method is not known any more");
    let (alerts, dashboard) = (alerts(), dashboard());
    let rules = alerts.split("- alert: ").skip(1).map(|rule| expression(rule).0);
    let targets = dashboard["panels"].as_array().unwrap().iter().filter_map(|panel| panel["targets"].as_array());
    let asked = targets.flatten().map(|target| target["expr"].as_str().unwrap());
    let judges = |expression: &&str| expression.contains("hearten_rpc_duration") || expression.contains("code=~");
    let judging: Vec<_> = rules.chain(asked).filter(judges).collect();
    assert!(judging.len() >= 6, "{judging:?}");
    for expression in judging {
        for (_, labels) in selectors(expression) {
            let left_out = labels.split(',').find_map(|label| label.strip_prefix("method!~\"")?.strip_suffix('"'));
            let left_out: BTreeSet<_> = left_out.unwrap_or_default().split('|').collect();
            assert_eq!(left_out, streams, "{expression}");
        }
    }
}
