//! The figures, worked out once more from the predictions as anybody could.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Desk, Platform, cells, events, ran};

const CLASS: Platform = Platform { learners: 60, answers: 45, seed: 3, asks: true };

/// Every pair of one that came true and one that did not: how often the first was scored higher; a tie is half.
pub fn auc(rows: &[(f64, bool)]) -> f64 {
    let scores = |came: bool| rows.iter().filter(move |row| row.1 == came).map(|row| row.0);
    let (mut won, mut pairs) = (0.0, 0.0);
    for high in scores(true) {
        for low in scores(false) {
            pairs += 1.0;
            won += if high > low {
                1.0
            } else if high == low {
                0.5
            } else {
                0.0
            };
        }
    }
    won / pairs
}

fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let count = values.len() as f64;
    values.sum::<f64>() / count
}

/// In fifteen bins of equal width.
fn calibration_error(rows: &[(f64, bool)]) -> f64 {
    let mut bins: BTreeMap<usize, Vec<(f64, f64)>> = BTreeMap::new();
    for (chance, came) in rows {
        bins.entry((chance * 15.0).min(14.0) as usize).or_default().push((*chance, f64::from(u8::from(*came))));
    }
    let off = |bin: &Vec<(f64, f64)>| (mean(bin.iter().map(|row| row.0)) - mean(bin.iter().map(|row| row.1))).abs();
    bins.values().map(|bin| bin.len() as f64 * off(bin)).sum::<f64>() / rows.len() as f64
}

pub fn section<'a>(report: &'a Value, name: &str) -> &'a Value {
    let sections = report["sections"].as_array().unwrap();
    sections.iter().find(|section| section["name"] == name).unwrap_or_else(|| panic!("no {name}: {report}"))
}

/// Ours, and each rival's, by name.
pub fn measure<'a>(section: &'a Value, name: &str) -> &'a Value {
    let measures = section["measures"].as_array().unwrap();
    measures.iter().find(|measure| measure["name"] == name).unwrap_or_else(|| panic!("no {name}: {section}"))
}

#[test]
fn what_is_reported_is_what_the_predictions_show() {
    let desk = Desk::new();
    let lines = CLASS.lines();
    let log = desk.log("log.jsonl", &events(&lines));
    let (rows, report) = desk.evaluated(&log, &[]);
    assert_eq!(report["answers"], rows.len());
    assert_eq!(report["learners"], CLASS.learners);
    let answers = lines.iter().filter(|line| line.event.get("attempt").is_some());
    // Retries do not count.
    let firsts: Vec<(f64, bool)> = rows
        .iter()
        .zip(answers)
        .filter(|(_, line)| line.chance.is_some())
        .map(|(row, _)| (cells(row)[4].parse().unwrap(), cells(row)[3] == "1"))
        .collect();
    let next = section(&report, "next answer");
    assert_eq!(next["rows"], firsts.len());
    assert!(firsts.len() < rows.len());
    let right = mean(firsts.iter().map(|row| f64::from(u8::from(row.1))));
    assert!((next["share"].as_f64().unwrap() - right).abs() < 1e-9);
    let log_loss = |row: &(f64, bool)| -(if row.1 { row.0 } else { 1.0 - row.0 }).ln();
    let brier = |row: &(f64, bool)| (row.0 - f64::from(u8::from(row.1))).powi(2);
    for (name, ours) in [
        ("AUC", auc(&firsts)),
        ("log loss", mean(firsts.iter().map(log_loss))),
        ("Brier", mean(firsts.iter().map(brier))),
        ("calibration error", calibration_error(&firsts)),
    ] {
        let told = measure(next, name)["ours"]["value"].as_f64().unwrap();
        assert!((told - ours).abs() < 1e-4, "{name}: {told}, but {ours}");
    }
    // The text tells the same.
    let text = String::from_utf8(ran(&log, &[]).stdout).unwrap();
    let told = format!("\n  {:<42} {:>6.3} [", "AUC", measure(next, "AUC")["ours"]["value"].as_f64().unwrap());
    assert!(text.contains(&told), "{told}{text}");
}

fn figure(of: &Value) -> [f64; 3] {
    ["value", "low", "high"].map(|key| of[key].as_f64().unwrap_or_else(|| panic!("{key}: {of}")))
}

#[test]
fn every_rival_has_a_value_an_interval_and_the_gain_over_it() {
    let desk = Desk::new();
    let (_, report) = desk.evaluated(&desk.log("log.jsonl", &events(&CLASS.lines())), &[]);
    let sections = report["sections"].as_array().unwrap();
    let names: Vec<&str> = sections.iter().map(|section| section["name"].as_str().unwrap()).collect();
    let spinning = "wheel-spinning at the fifth opportunity";
    let all = ["next answer", spinning, "struggle onset", "self-reported confidence", "self-reported frustration"];
    assert_eq!(names, all);
    for measure in sections.iter().flat_map(|section| section["measures"].as_array().unwrap()) {
        let lower_is_better = ["log loss", "Brier", "calibration error"].map(Value::from).contains(&measure["name"]);
        let [ours, low, high] = figure(&measure["ours"]);
        assert!(low < high && low <= ours + 0.05 && ours <= high + 0.05, "{measure}");
        for rival in measure["rivals"].as_array().unwrap() {
            let [theirs, low, high] = figure(&rival["figure"]);
            assert!(low <= high, "{rival}");
            let [gain, low, high] = figure(&rival["gain"]);
            assert!(low <= high, "{rival}");
            let better = if lower_is_better { theirs - ours } else { ours - theirs };
            assert!((gain - better).abs() < 1e-9, "{measure}");
        }
    }
    // What was made up is easy to tell for whoever knows items and learners, and the simplest rival knows neither.
    let base_rate = &measure(section(&report, "next answer"), "AUC")["rivals"][0];
    assert!(base_rate["name"] == "base rate" && figure(&base_rate["gain"])[1] > 0.1, "{base_rate}");
}
