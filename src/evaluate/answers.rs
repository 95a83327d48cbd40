//! The next answer: was it right, and how sure were we?

use super::{
    Answer, Section, Witness,
    report::{Judge, Scored},
};

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
    Some(Section::new(name, "right", &outcomes, &clusters, measures))
}
