//! Policy files.

use std::collections::BTreeSet;

use hearten::{
    feedback::{Policy, Unusable},
    learner::Volume,
    reason::{Kind, Reason},
};

use super::engine::{Shape, Target, refused, taken};

pub const TOML: &[&str] = &[
    "[",
    "]",
    "[[",
    "]]",
    "{",
    "}",
    "=",
    ",",
    ".",
    "#",
    "\"",
    "\"\"\"",
    "'''",
    "true",
    "false",
    "nan",
    "inf",
    "-inf",
    "0x10",
    "1e3",
    "1_000",
    "1979-05-27T07:32:00Z",
    "07:32:00",
    "a.b.c",
    "\\u0000",
    "\\uD800",
    "[restraint]\n",
    "[attention]\n",
    "[reasons.stuck]\n",
    "layout",
    "name",
    "shadow",
    "cooldown",
    "pause_secs",
    "per_hour",
    "per_day",
    "per_session",
    "dismissals",
    "dismissed_per_day",
    "stuck_floor_secs",
    "valid_secs",
    "stale_secs",
    "quiet_hours = { from = \"21:00\", until = \"07:00\" }\n",
    "frustration_high_for",
    "wheel_spinning",
    "enabled = false\n",
    "priority",
    "threshold = 0.5\n",
    "alerts_per_hour = 2\n",
    "evidence",
    "running = 2\n",
    "suggestion = \"offer-hint\"\n",
    "placement = \"toast\"\n",
    "volumes",
    "\"quiet\"",
    "\"normal\"",
    "\"celebrations-only\"",
    "\"off\"",
    "24:00",
    "00:00",
];

/// The policy built in without its comments, and parts of it: whole files are long, and most mistakes would be in the first.
fn seeds() -> Vec<Vec<u8>> {
    let bare = Policy::BUILTIN.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let bare: String = bare.map(|line| format!("{}\n", line.split(" #").next().unwrap_or(line).trim_end())).collect();
    vec![bare.clone().into_bytes(), bare.into_bytes(), Policy::BUILTIN.as_bytes().to_vec()]
}

/// What is asked of every policy, whoever wrote it.
fn keeps_its_promises(policy: &Policy) -> bool {
    let reasons: BTreeSet<Reason> = policy.rules.iter().map(|rule| rule.reason()).collect();
    let restraint = &policy.restraint;
    reasons.len() == policy.rules.len()
        && restraint.per_day <= 10
        && restraint.per_hour <= 10
        && policy.rules.iter().all(|rule| {
            let celebrates = rule.reason().kind() == Kind::Celebration;
            let gates = rule.trigger.gates.iter().all(|gate| rule.conditions.iter().any(|condition| condition == gate));
            gates && !rule.volumes.is_empty() && (celebrates || !rule.volumes.contains(&Volume::CelebrationsOnly))
        })
}

#[test]
fn policy() {
    let seeds = seeds();
    let most = 2 * seeds.iter().map(Vec::len).max().unwrap_or_default();
    Target { seeds, most, words: TOML, ..Target::new("policy", Shape::Text, 1_500) }.run(|input| {
        let Ok(text) = std::str::from_utf8(input) else { return refused("no text") };
        match Policy::parse(text) {
            Ok(policy) => {
                assert!(keeps_its_promises(&policy), "{policy:?}");
                // A remark changes nothing but the version.
                let again = Policy::parse(&format!("{text}\n# x\n")).unwrap();
                assert_ne!(again.version, policy.version);
                assert_eq!(Policy { version: policy.version.clone(), ..again }, policy);
                let levels: Vec<_> = policy.rules.iter().map(|rule| rule.level.is_some()).collect();
                taken((policy.shadow, levels, policy.restraint.quiet_hours.is_some()))
            }
            Err(unusable) => {
                let Unusable { line, stands, problem } = &unusable;
                assert!((1..=text.lines().count() + 1).contains(line), "{unusable}");
                assert!(
                    stands.chars().count() <= 80 && !stands.contains('\n') && !problem.contains('\n'),
                    "{unusable}"
                );
                assert!((1..4 * text.len() + 2000).contains(&problem.len()), "{unusable}");
                refused(problem)
            }
        }
    });
}
