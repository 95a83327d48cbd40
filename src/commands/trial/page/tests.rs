use hearten::{
    learner::AgeBand,
    reason::Reason,
    trial::{Case, DETECTABLE, Followed, Report},
};

use super::page;

fn cases(tenants: [&str; 2]) -> Vec<Case> {
    let random = &mut fastrand::Rng::with_seed(1);
    let case = |at: u64| {
        let treated = random.f64() < 0.7;
        let opportunities = random.u8(1..6);
        Case {
            tenant: if (at / 4).is_multiple_of(2) { tenants[0] } else { tenants[1] }.into(),
            cluster: at / 4,
            reason: if at.is_multiple_of(2) { Reason::ErrorRun } else { Reason::Comeback },
            wording: treated.then(|| random.u8(0..2)),
            treated,
            propensity: 0.7,
            wording_propensity: if treated { 0.5 } else { 1.0 },
            expected: random.f64(),
            before: random.f64(),
            ability: random.f64(),
            age_band: AgeBand::From10,
            opportunity: random.u32(0..99),
            at_secs: None,
            followed: Followed {
                stayed: opportunities == 5,
                opportunities,
                successes: random.u8(0..=opportunities),
                rapid: 0,
                remembered: None,
            },
        }
    };
    (0..400).map(case).collect()
}

#[test]
fn nothing_comes_from_elsewhere_and_names_cannot_be_markup() {
    let page = page(&Report::new(&cases(["<script>alert(1)</script>", "a & \"b\""]), DETECTABLE));
    assert!(!page.contains("<script") && !page.contains("http") && !page.contains("url("));
    assert!(page.contains("&lt;script&gt;") && page.contains("a &amp; &quot;b&quot;"));
    assert!(!page.contains("NaN") && !page.contains("inf"));
}

#[test]
fn every_plot_has_a_title_of_its_own_and_every_table_has_heads() {
    let page = page(&Report::new(&cases(["a", "b"]), DETECTABLE));
    let plots = page.matches("role=\"img\"").count();
    assert!(plots >= 6, "{plots}");
    let mut titles: Vec<&str> = page.split("<title id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    titles.sort_unstable();
    titles.dedup();
    assert_eq!(titles.len(), plots);
    assert_eq!(page.matches("<table>").count(), page.matches("<caption>").count());
    assert_eq!(page.matches("<th").count() - page.matches("<thead").count(), page.matches("<th scope=").count());
}

#[test]
fn a_page_of_nothing_says_so() {
    assert!(page(&Report::new(&[], DETECTABLE)).contains("Nothing to tell"));
}
