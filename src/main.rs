//! `hearten`: parse arguments, run one command.

use std::process::ExitCode;

use clap::Parser;

mod commands;

fn main() -> ExitCode {
    match commands::Arguments::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("hearten: {problem}");
            ExitCode::FAILURE
        }
    }
}
