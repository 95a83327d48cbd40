//! `hearten`: parse arguments, run one command.

use std::{io::Write, process::ExitCode};

mod commands;

fn main() -> ExitCode {
    match commands::Arguments::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            // Where nobody listens any more, the exit code has to do.
            let _ = writeln!(std::io::stderr(), "hearten: {problem}");
            ExitCode::FAILURE
        }
    }
}
