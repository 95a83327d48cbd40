//! Knowledge tracing beside values computed elsewhere.

use hearten::evaluate::Rivals;

fn traced(told: &str) -> f32 {
    let mut rivals = Rivals::default();
    told.chars().for_each(|what| rivals.learn(0, 1, what == '+'));
    rivals.before(0, 1).knowledge_tracing
}

/// With p(L0) 0.4, p(T) 0.1, guess 0.3, slip 0.1, by hand: 0.4·0.9 + 0.6·0.3 at first; after a right answer
/// 0.36 / 0.54 = 2/3, then 2/3 + 1/3·0.1 = 0.7 is known.
#[test]
fn knowledge_is_traced_as_by_hand() {
    for (told, expected) in [("", 0.54), ("+", 0.7 * 0.9 + 0.3 * 0.3), ("-", 0.406_956_52)] {
        assert!((traced(told) - expected).abs() < 1e-6, "{told}: {}", traced(told));
    }
}

/// However much was right, errors tell.
#[test]
fn nothing_is_known_for_good() {
    let long = "+".repeat(60);
    assert!(traced(&long) > 0.899);
    assert!(traced(&format!("{long}-----------------------------------------------------------")) < 0.5);
}
