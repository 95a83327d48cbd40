//! `hearten`: parse arguments, run one command.

use std::process::ExitCode;

mod commands;

fn main() -> ExitCode {
    match commands::Arguments::read().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("hearten: {problem}");
            ExitCode::FAILURE
        }
    }
}
