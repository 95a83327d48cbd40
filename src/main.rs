//! `hearten`: parse arguments, run one command.

use std::{io::Write, process::ExitCode};

mod commands;

/// Gives memory back when a wave of streams is over, which the system's own does not.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

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
