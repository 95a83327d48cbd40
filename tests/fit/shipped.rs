//! The coefficients that come with the release are what `hearten fit` makes of the development logs, and nothing else.

use std::{fs, path::PathBuf};

use hearten::estimate::Model;

use super::hearten;
use crate::support::tools;

/// In the order they were given.
const LOGS: [(&str, &str); 9] = [
    ("lpp", "assistments09/train.tsv"),
    ("lpp", "statics/train.tsv"),
    ("datashop", "statcloze/transactions.tsv"),
    ("lpp", "algebra05/part.tsv"),
    ("assist-raw", "assistments09/raw_sample.csv"),
    ("steps", "algebra05/cognitive_tutor_steps.tsv"),
    ("double-labelled", "confidence/double_2017_part.csv"),
    ("datashop", "datashop/ds96_transactions.tsv"),
    ("datashop", "datashop/ds76_transactions.tsv"),
];

#[test]
fn the_model_that_comes_with_the_release_is_fitted_byte_for_byte() {
    let logs: Option<Vec<PathBuf>> = LOGS.into_iter().map(|(format, file)| tools::events(format, file)).collect();
    let Some(logs) = logs else { return };
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("model.toml");
    let mut command = hearten(["fit", "--name", "shipped-1", "--out", out.to_str().unwrap()]);
    let output = command.args(logs).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let fitted = fs::read_to_string(out).unwrap();
    let difference = fitted.lines().zip(Model::BUILTIN.lines()).find(|(fitted, shipped)| fitted != shipped);
    assert!(fitted == Model::BUILTIN, "the first difference, fitted and shipped: {difference:?}");
}
