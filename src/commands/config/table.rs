//! The table of settings that the README shows.

use clap::Arg;

use super::serving;

pub(super) fn markdown() -> String {
    let words = serving();
    let rows = words.get_arguments().filter(|argument| argument.get_env().is_some()).map(row);
    let head = "| flag | variable | default | |\n|---|---|---|---|\n".to_owned();
    std::iter::once(head).chain(rows).collect()
}

fn row(argument: &Arg) -> String {
    let flag = argument.get_long().unwrap_or_default();
    let variable = argument.get_env().unwrap_or_default().to_string_lossy();
    let default = argument.get_default_values().iter().map(|value| format!("`{}`", value.to_string_lossy()));
    let default = default.collect::<Vec<_>>().join(" ");
    let about = argument.get_help().map(ToString::to_string).unwrap_or_default();
    format!("| `--{flag}` | `{variable}` | {default} | {} |\n", about.trim_end_matches('.').replace('|', "\\|"))
}
