//! The next answer: was it right, and how sure were we?

use super::{
    Answer, Section, Witness,
    judge::{Judge, Scored},
};

/// An answer this many deviations slower than usual is slow.
const SLOW: f32 = 2.0;

/// Over opportunities: a retry's result says little about a learner.
pub(super) fn section(judge: &Judge, name: &'static str, witness: &Witness) -> Option<Section> {
    let answers: Vec<&Answer> = witness.answers.iter().filter(|answer| answer.first).collect();
    let outcomes: Vec<bool> = answers.iter().map(|answer| answer.correct).collect();
    let clusters: Vec<u32> = answers.iter().map(|answer| answer.learner).collect();
    let ours: Vec<f32> = answers.iter().map(|answer| answer.expected).collect();
    let rival = |value: fn(&Answer) -> f32| answers.iter().map(|answer| value(answer)).collect::<Vec<_>>();
    let probabilities = [
        ("base rate", rival(|answer| answer.rivals.base_rate)),
        ("exponentially weighted errors", rival(|answer| answer.rivals.ew_errors)),
        ("learner's mean", rival(|answer| answer.rivals.mean)),
        ("Bayesian knowledge tracing", rival(|answer| answer.rivals.knowledge_tracing)),
    ];
    let mut rivals = probabilities.to_vec();
    rivals.insert(1, ("error run", rival(|answer| answer.rivals.error_run)));
    let scored = Scored { outcomes: &outcomes, clusters: &clusters, ours: &ours, rivals: &rivals };
    let mut measures = vec![judge.auc("AUC", &scored)?];
    measures.extend(judge.errors(&Scored { rivals: &probabilities, ..scored }));
    let mut section = Section::new(name, "right", &outcomes, &clusters, measures);
    section.notes.extend(timing("rapid", witness, |answer| answer.rapid));
    let slow = |answer: &Answer| answer.slowness.is_some_and(|deviations| deviations > SLOW);
    section.notes.extend(timing("two deviations slower than usual", witness, slow));
    Some(section)
}

/// How many answers came at such a time, and how many of those were right.
fn timing(what: &str, witness: &Witness, is: impl Fn(&Answer) -> bool) -> Option<String> {
    let such = || witness.answers.iter().filter(|answer| is(answer));
    let (count, right) = (such().count(), such().filter(|answer| answer.correct).count());
    let share = 100.0 * right as f64 / count as f64;
    (count > 0).then(|| format!("{count} answers of all were {what}: {share:.0} % of them right"))
}
