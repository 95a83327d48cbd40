//! A platform's page, as a browser shows it.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;

use super::{TOLD, printed};
use crate::support::tools;

/// In pixels: what rounding may do to the edge of a letter.
const SLACK: f64 = 1.5;

/// The learners who read Arabic.
const RIGHT_TO_LEFT: [&str; 2] = ["amal", "nour"];

/// The page's file, and a picture of it, for whoever wants to see for themselves.
struct Page(PathBuf);

impl Page {
    fn with(messages: &Value) -> Self {
        let page = Path::new(env!("CARGO_TARGET_TMPDIR")).join("languages.html");
        let messages = messages.to_string().replace('<', "\\u003c");
        fs::write(&page, include_str!("page.html").replacen(">MESSAGES<", &format!(">{messages}<"), 1)).unwrap();
        Self(page)
    }

    fn browse(&self, chromium: &Path, what: &str) -> String {
        let profile = tempfile::tempdir().unwrap();
        let mut browser = Command::new(chromium);
        browser.args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars"]);
        browser.args(["--disable-background-networking", "--disable-component-update", "--disable-sync"]);
        browser.arg(format!("--user-data-dir={}", profile.path().display()));
        printed(browser.args([what, "--window-size=640,900", &format!("file://{}", self.0.display())]))
    }

    fn picture(&self, chromium: &Path) -> PathBuf {
        let picture = self.0.with_extension("png");
        let _ = fs::remove_file(&picture);
        self.browse(chromium, &format!("--screenshot={}", picture.display()));
        picture
    }

    fn measured(&self, chromium: &Path) -> BTreeMap<String, Value> {
        let page = self.browse(chromium, "--dump-dom");
        let (_, rest) = page.split_once("id=\"measured\">").unwrap();
        serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
    }
}

/// Signs in the order they are read: which line, how far from the left edge and from the right.
fn places(measured: &Value) -> Vec<(f64, f64, f64)> {
    let number = |place: &Value, name: &str| place[name].as_f64().unwrap();
    let places = measured.as_array().unwrap().iter();
    places.map(|place| (number(place, "line"), number(place, "fromLeft"), number(place, "fromRight"))).collect()
}

/// Every line begins at its edge, and each sign on it, full stop and all, stands further from there than the one before.
fn runs(places: &[(f64, f64, f64)], from_edge: fn(&(f64, f64, f64)) -> f64) -> bool {
    let begins = |at: usize| at == 0 || places[at - 1].0 != places[at].0;
    (0..places.len()).all(|at| {
        let distance = from_edge(&places[at]);
        if begins(at) { distance.abs() < SLACK } else { distance > from_edge(&places[at - 1]) }
    })
}

#[test]
fn a_browser_shows_every_language_as_it_is_written() {
    let Some(told) = &*TOLD else { return };
    let Some(chromium) = tools::chromium() else { return };
    let messages = told.iter().map(|(learner, told)| (learner.clone(), told["decision"]["feedback"].clone()));
    let page = Page::with(&Value::Object(messages.collect()));
    let picture = page.picture(&chromium);
    assert!(fs::metadata(&picture).unwrap().len() > 10_000, "an empty picture");
    eprintln!("what the browser shows: {}", picture.display());
    let measured = page.measured(&chromium);
    assert!(measured.keys().eq(told.keys()), "{measured:?}");
    for (learner, seen) in &measured {
        let (right_to_left, still) = (RIGHT_TO_LEFT.contains(&learner.as_str()), learner == "nour");
        let from_edge =
            if right_to_left { |place: &(f64, f64, f64)| place.2 } else { |place: &(f64, f64, f64)| place.1 };
        assert!(runs(&places(&seen["places"]), from_edge), "{learner}: {seen}");
        // `direction` is what makes it so.
        assert!(!runs(&places(&seen["turned"]), from_edge), "{learner}: {seen}");
        assert_eq!((seen["live"].as_str(), seen["animation"] == "none"), (Some("polite"), still), "{learner}");
    }
    // Only now the letters: what comes before holds for boxes too.
    let mut lacking = BTreeMap::new();
    for (learner, seen) in &measured {
        let signs =
            |name: &str| -> String { seen[name].as_array().unwrap().iter().filter_map(Value::as_str).collect() };
        assert_eq!(signs("control"), "\u{10FFFF}", "only what no font has is seen as missing");
        if !signs("missing").is_empty() {
            lacking.insert(told[learner]["decision"]["feedback"]["locale"].as_str().unwrap(), signs("missing"));
        }
    }
    let fonts = if lacking.is_empty() {
        Ok(())
    } else {
        Err(format!("the browser has no glyphs for {lacking:?}: .ci/run installs some"))
    };
    if tools::tool("fonts", fonts).is_none() {
        return;
    }
    for learner in RIGHT_TO_LEFT {
        // Letters by themselves end in a flourish that joined ones do without.
        let [word, letters] = ["word", "letters"].map(|name| measured[learner]["joined"][name].as_f64().unwrap());
        assert!(word < letters * 0.95, "the letters of a word are not joined: {word} and {letters} pixels");
    }
}
