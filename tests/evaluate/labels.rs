//! What counts as spinning and as struggling, told by hand.

use hearten::evaluate::{After, Opportunity, Spell, rapid_answers, spells, spun, struggles};

/// `+` is met, `-` is missed, `!` is missed and the answer given away; everything at skill 1.
fn opportunities(learner: u32, told: &str) -> Vec<Opportunity> {
    let mut error_run = 0;
    let one = |what: char| {
        let met = what == '+';
        error_run = if met { 0 } else { error_run + 1 };
        Opportunity {
            learner,
            skill: 1,
            met,
            given_away: what == '!',
            timed: true,
            rapid: false,
            error_run,
            after: After::default(),
            ew_errors: 0.0,
            slow_ew_errors: 0.0,
            mean_errors: 0.0,
        }
    };
    told.chars().map(one).collect()
}

fn only(told: &str) -> Spell {
    let [spell] = spells(&opportunities(0, told))[..] else { panic!("one spell: {told}") };
    spell
}

#[test]
fn a_wheel_spins_if_three_in_a_row_do_not_come_by_the_tenth() {
    for (told, met, until, mastered, verdict) in [
        ("+-+-+-----", 3, 10, false, Some(true)),
        ("----+++", 1, 7, true, Some(false)),          // mastered at the seventh
        ("-------+++", 0, 10, true, Some(false)),      // at the tenth, just in time
        ("--------+++", 0, 10, false, Some(true)),     // at the eleventh, too late
        ("++-++-++-++", 4, 10, false, Some(true)),     // never three in a row
        ("-----+-+", 0, 8, false, None),               // the log ends at the eighth
        ("++-++", 4, 5, false, None),                  // or at the fifth
        ("----+++---------", 1, 7, true, Some(false)), // once mastered, always
    ] {
        let spell = only(told);
        assert_eq!(spell.place, 4, "{told}: asked at the fifth");
        assert_eq!((spell.met, spell.until, spell.mastered), (met, until, mastered), "{told}");
        assert_eq!(spell.spun(), verdict, "{told}");
    }
    for too_early in ["----", "+++", "--+++", "-+++------", ""] {
        assert!(spells(&opportunities(0, too_early)).is_empty(), "{too_early}");
    }
}

#[test]
fn learners_and_skills_are_told_apart() {
    let mut mixed: Vec<Opportunity> = opportunities(0, "----------")
        .into_iter()
        .zip(opportunities(1, "++++++++++"))
        .flat_map(|(one, other)| [one, other, Opportunity { skill: 2, ..one }, Opportunity { skill: 0, ..one }])
        .collect();
    mixed.truncate(4 * 9);
    let found = spells(&mixed);
    assert_eq!(found.iter().map(|spell| spell.place).collect::<Vec<_>>(), [16, 18], "no skill, no spell");
    assert!(found.iter().all(|spell| spell.until == 9 && spell.spun().is_none()));
    mixed.extend(opportunities(0, "-"));
    assert_eq!(spells(&mixed).iter().map(Spell::spun).collect::<Vec<_>>(), [Some(true), None]);
}

/// From the second to the ninth, as long as there is something to tell.
#[test]
fn what_the_head_is_fitted_to_is_asked_earlier_and_later_too() {
    let asked = |told: &str| spun(&opportunities(0, told));
    assert_eq!(asked("----------"), (1..9).map(|place| (place, true)).collect::<Vec<_>>());
    assert_eq!(asked("----+++---"), (1..6).map(|place| (place, false)).collect::<Vec<_>>());
    assert_eq!(asked("-+++------"), [(1, false), (2, false)]);
    assert_eq!(asked("+++"), [(1, false)]);
    assert_eq!(asked("---------"), []);
}

fn struggling(told: &str) -> Vec<(usize, bool)> {
    struggles(&opportunities(0, told))
}

#[test]
fn struggle_is_a_third_error_in_a_row_or_the_answer_given_away_within_ten() {
    for (told, first) in [
        ("+++++++++++", false),
        ("+--+--+--+--", false), // never three
        ("+---+++++++", true),
        ("+++++++++--", false), // the third would be the eleventh
        ("++++++++---", true),  // the third is the tenth
        ("--++++++++-", false),
        ("---++++++++", true), // one behind, two ahead
        ("--+++++++++", false),
        ("+!+++++++++", true),  // one error, but the answer was shown
        ("!++++++++++", false), // shown at the current one: that is not ahead
        ("++++++++++!", true),
        ("+++++++++++!", false),
    ] {
        assert_eq!(struggling(told)[0], (0, first), "{told}");
    }
    // A run under way counts: two errors behind, the third next.
    assert_eq!(struggling("---++++++++++"), [(0, true), (1, true), (2, false)]);
    assert_eq!(struggling("+--+++++++++++")[1], (1, false));
}

#[test]
fn it_is_asked_only_where_ten_more_are_ahead_of_the_same_learner() {
    assert_eq!(struggling("----------"), []);
    assert_eq!(struggling("-----------").len(), 1);
    assert_eq!(struggling("+++++++++++++").len(), 3);
    let mixed: Vec<Opportunity> = opportunities(0, "++++++++++++")
        .into_iter()
        .zip(opportunities(1, "------------"))
        .flat_map(|(one, other)| [one, other])
        .collect();
    assert_eq!(struggles(&mixed), [(0, false), (1, true), (2, false), (3, true)]);
}

#[test]
fn a_rapid_answer_ahead_is_what_disengagement_is_fitted_to() {
    let mut told = opportunities(0, "++++++++++++");
    assert_eq!(rapid_answers(&told), [(0, false), (1, false)]);
    told[1].rapid = true;
    assert_eq!(rapid_answers(&told), [(0, true), (1, false)]);
    told[11].rapid = true;
    assert_eq!(rapid_answers(&told), [(0, true), (1, true)]);
    // Where a time is not known, nobody knows whether it was rapid.
    told[1].timed = false;
    assert_eq!(rapid_answers(&told), [(1, true)]);
}
