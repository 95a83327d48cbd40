//! A real log under a policy with one line changed.

use super::{Desk, changed, named};
use crate::support::tools;

#[test]
fn a_real_log_tells_the_same_in_text_and_figures() {
    let Some(log) = tools::events("datashop", "datashop/ds96_transactions.tsv") else { return };
    let desk = Desk::new();
    desk.file("calm.toml", &changed("per_hour = 4 ", "per_hour = 3 "));
    for policy in ["four.toml", "calm.toml"] {
        let arguments = ["built-in", policy, named(&log), "--html", "page.html"];
        let (text, found) = (desk.text(&arguments), desk.json(&arguments));
        let number = found["changed"].as_u64().unwrap();
        assert!(number > 0, "{policy}");
        assert_eq!(super::last_line(&text), format!("changed: {number}"));
        assert_eq!(found["decisions"].as_array().unwrap().len() as u64, number);
        let page = std::fs::read_to_string(desk.path("page.html")).unwrap();
        assert!(page.contains(&format!("<h1>{number} decisions change</h1>")));
        let most = ["a", "b"].map(|side| found["policies"][side]["busiest_hour_most"].as_u64().unwrap());
        assert!(most[0] <= 6 && most[1] <= if policy == "calm.toml" { 3 } else { 6 }, "{most:?}");
    }
}
