//! The page, as a browser shows it: every plot is there, in the colours the page itself names.

use std::{collections::BTreeMap, fs, ops::Range, path::Path, process::Command};

use serde_json::Value;

use super::{Desk, changed};
use crate::support::tools;

/// Tall enough for all of the page.
const WINDOW: &str = "--window-size=1000,4200";

/// How many pixels of each colour there are, row by row from the top.
struct Picture(BTreeMap<String, Vec<usize>>);

impl Picture {
    fn of(&self, colour: &str, rows: Range<usize>) -> usize {
        self.0[colour][rows].iter().sum()
    }

    fn first(&self, colour: &str) -> usize {
        self.0[colour].iter().position(|count| *count > 0).unwrap_or_else(|| panic!("nothing is {colour}"))
    }

    fn height(&self) -> usize {
        self.0.values().next().unwrap().len()
    }

    /// Where the plots of A and B begin: each has a key, a square of either colour side by side.
    fn keys(&self) -> Vec<usize> {
        let square = |row: usize| ["a", "b"].iter().all(|side| (12..=14).contains(&self.0[*side][row]));
        let squares: Vec<usize> = (0..self.height()).filter(|row| square(*row)).collect();
        let first = |place: &usize| *place == 0 || squares[place - 1] + 1 < squares[*place];
        (0..squares.len()).filter(first).map(|place| squares[place]).collect()
    }
}

/// The page's own name of a colour.
fn colour(page: &str, name: &str) -> String {
    let (_, rest) = page.split_once(&format!("--{name}: #")).unwrap_or_else(|| panic!("no {name}"));
    rest[..6].to_owned()
}

fn photograph(chromium: &Path, desk: &Desk, page: &str, picture: &Path) -> Vec<u8> {
    let output = Command::new(chromium)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"])
        .args(["--disable-component-update", "--disable-sync", "--force-color-profile=srgb", "--hide-scrollbars"])
        .args(["--run-all-compositor-stages-before-draw", "--virtual-time-budget=10000"])
        .arg(format!("--user-data-dir={}", desk.path("browser").display()))
        .arg(format!("--screenshot={}", picture.display()))
        .args([WINDOW.to_owned(), format!("file://{}", desk.path(page).display())])
        .output()
        .unwrap();
    let taken = fs::read(picture);
    taken.unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)))
}

fn shown(desk: &Desk, page: &str) -> Option<Picture> {
    let (chromium, python) = (tools::chromium()?, tools::python()?);
    let text = fs::read_to_string(desk.path(page)).unwrap();
    let colours = ["a", "b", "right", "wrong"].map(|name| (name, colour(&text, name)));
    let picture = desk.path("page.png");
    // On a busy machine a part of a picture may not be drawn yet: it is one when two are the same.
    let mut taken = photograph(&chromium, desk, page, &picture);
    let steady = (0..5).any(|_| {
        let before = std::mem::replace(&mut taken, photograph(&chromium, desk, page, &picture));
        taken == before
    });
    assert!(steady, "no two pictures are the same");
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/policy_diff/colours.py");
    let output =
        Command::new(python).arg(script).arg(picture).args(colours.iter().map(|(_, colour)| colour)).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let rows: Value = serde_json::from_slice(&output.stdout).unwrap();
    let counts = colours.map(|(name, colour)| {
        let counts = rows[&colour].as_array().unwrap().iter().map(|count| count.as_u64().unwrap() as usize);
        (name.to_owned(), counts.collect())
    });
    Some(Picture(counts.into()))
}

#[test]
fn a_browser_shows_every_plot() {
    let desk = Desk::new();
    desk.file("calm.toml", &changed("per_hour = 4 ", "per_hour = 1 "));
    desk.text(&["built-in", "calm.toml", "class.jsonl", "--html", "page.html"]);
    let Some(picture) = shown(&desk, "page.html") else { return };
    // Answers are only on time lines, and in the key above them.
    let lines = picture.first("right").min(picture.first("wrong"));
    let keys = picture.keys();
    assert_eq!(keys.len(), 3, "reasons, busiest hour, messages per hour: {keys:?}");
    for side in ["a", "b"] {
        let ends = keys.iter().skip(1).chain([&lines]);
        for (plot, (key, end)) in keys.iter().zip(ends).enumerate() {
            let bars = picture.of(side, key + 20..*end);
            assert!(bars > 3_000, "{side}: {bars} pixels in plot {plot}");
        }
        let marks = picture.of(side, lines..picture.height());
        assert!((200..20_000).contains(&marks), "{side}: {marks} pixels on the time lines");
    }
    for answer in ["right", "wrong"] {
        let marks = picture.of(answer, 0..picture.height());
        assert!(marks > 1_000, "{answer}: {marks} pixels");
    }
}

#[test]
fn a_page_without_changes_says_so_and_still_shows_rates() {
    let desk = Desk::new();
    desk.text(&["built-in", "commented.toml", "class.jsonl", "--html", "same.html"]);
    let page = fs::read_to_string(desk.path("same.html")).unwrap();
    assert!(page.contains("<h1>No decision changes</h1>") && page.contains("Nobody: every decision is the same"));
    assert!(page.contains("one message in so many attempts"));
    let Some(picture) = shown(&desk, "same.html") else { return };
    let [a, b] = ["a", "b"].map(|side| picture.of(side, 0..picture.height()));
    assert!(a > 20_000 && a.abs_diff(b) < a / 50, "as much of one as of the other: {a} {b}");
    assert_eq!(picture.of("right", 0..picture.height()), 0);
}

/// Ids, paths and names come from outside.
#[test]
fn a_page_holds_nothing_but_itself_and_no_markup_of_others() {
    let desk = Desk::new();
    let text = fs::read_to_string(desk.path("class.jsonl")).unwrap();
    desk.file("<i>'.jsonl", &text.replace("\"l3\"", r#""<i>&\"'</svg><script>""#));
    desk.text(&["built-in", "four.toml", "<i>'.jsonl", "--html", "page.html"]);
    let page = fs::read_to_string(desk.path("page.html")).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
    for foreign in ["<i>", "<script", "http:", "https:", "url(", "@import", "src="] {
        assert!(!page.contains(foreign), "{foreign}");
    }
    assert!(page.contains("&lt;i&gt;&#39;.jsonl"));
    assert_eq!(page.matches("<svg").count(), page.matches("</svg>").count());
    let plots = page.matches("role=\"img\"").count();
    let titles = page.matches("<desc").count();
    assert!(plots > 3 && plots == titles, "{plots} plots, {titles} described");
}
