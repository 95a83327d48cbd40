//! `hearten evaluate`: how good the estimates are on a log.

mod predictions;

use std::{collections::HashSet, fs, path::PathBuf};

use clap::Args;
use hearten::{
    evaluate::{Course, Report, Split, Witness},
    statistics::Snapshot,
};

use self::predictions::Predictions;
use super::{Problem, StatisticsMode, keep, log, model_at, print};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// One protobuf-JSON event a line (.jsonl), each learner's in order.
    log: PathBuf,
    /// A log of other learners that is run through before, so that item statistics are known.
    #[arg(long, value_name = "LOG")]
    warm: Option<PathBuf>,
    /// Judge only the fifth of the log's learners that `hearten fit` holds out; the others warm the item statistics.
    #[arg(long)]
    held_out: bool,
    /// Which split of learners, with --held-out.
    #[arg(long, default_value_t = Split::default().seed, requires = "held_out", value_name = "NUMBER")]
    seed: u64,
    /// A model file instead of the one built in.
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
    /// Write one line per attempt here, tab-separated, with a header.
    #[arg(long, value_name = "FILE")]
    predictions: Option<PathBuf>,
    /// Print the figures as JSON.
    #[arg(long)]
    json: bool,
    /// Whether item statistics go on being learnt in the log itself, as a server would.
    #[arg(long, value_enum, default_value = "learn", value_name = "MODE")]
    statistics: StatisticsMode,
}

pub(crate) fn run(arguments: Arguments) -> Result<(), Problem> {
    if let Some(out) = &arguments.predictions {
        keep([&arguments.log].into_iter().chain(&arguments.warm).chain(&arguments.model), out)?;
    }
    if arguments.held_out && fs::metadata(&arguments.log).is_ok_and(|about| !about.is_file() && !about.is_dir()) {
        return Err(Problem::new("with --held-out the log is read twice: it must be a file"));
    }
    let model = model_at(arguments.model.as_deref())?;
    let split = Split { seed: arguments.seed };
    let judged = |learner: &str| !arguments.held_out || split.holds_out(learner);

    let mut warm = Course::new(model.clone(), Snapshot::default(), true);
    let (mut known_learners, mut shared) = (HashSet::new(), HashSet::new());
    if let Some(path) = &arguments.warm {
        log::each(path, |_, event| {
            known_learners.insert(event.learner.shared());
            warm.take(event);
            Ok(())
        })?;
    }
    if arguments.held_out {
        log::each(&arguments.log, |_, event| {
            if !judged(event.learner.as_str()) {
                warm.take(event);
            }
            Ok(())
        })?;
    }
    let statistics = warm.into_statistics();
    let known = statistics.version();

    let mut predictions = arguments.predictions.as_deref().map(Predictions::create).transpose()?;
    let learns = matches!(arguments.statistics, StatisticsMode::Learn);
    let mut course = Course::new(model.clone(), statistics, learns);
    let mut witness = Witness::default();
    let mut cold = (known > 0).then(|| (Course::new(model.clone(), Snapshot::default(), learns), Witness::default()));
    log::each(&arguments.log, |sent, event| {
        if !judged(event.learner.as_str()) {
            return Ok(());
        }
        if known_learners.contains(event.learner.as_str()) {
            shared.insert(event.learner.shared());
        }
        if let Some((course, witness)) = &mut cold
            && let Some(taken) = course.take(event)
        {
            witness.see(&model, event, &taken);
        }
        let Some(taken) = course.take(event) else { return Ok(()) };
        let after = witness.see(&model, event, &taken);
        match (&mut predictions, taken.turn.seen.answer) {
            (Some(file), Some(answer)) => {
                file.line(sent, answer.correct, taken.turn.expected.probability, after.scores)
            }
            _ => Ok(()),
        }
    })?;
    if let Some(file) = predictions {
        file.close()?;
    }
    if !shared.is_empty() {
        let count = shared.len();
        eprintln!(
            "hearten: {count} learner ids are in both logs: if they are the same people, their own answers flatter the figures"
        );
    }
    let cold = cold.map(|(_, witness)| witness);
    let report = Report::new(model.version, known, &witness, cold.as_ref());
    if arguments.json {
        print(&format!("{}\n", serde_json::to_string_pretty(&report)?))
    } else {
        print(&report.to_string())
    }
}
