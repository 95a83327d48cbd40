//! The commands as processes, some of them killed.

use std::{
    path::Path,
    process::{Command, Output, Stdio},
    thread,
    time::Duration,
};

use crate::support::{hearten, now};

pub fn command<'a>(words: impl IntoIterator<Item = &'a str>, directory: &Path, store: &[&str]) -> Command {
    let mut command = hearten(words);
    command.arg(directory).args(store);
    command
}

/// Runs it to its end; what it said.
pub fn done(mut command: Command) -> Result<String, String> {
    let Output { status, stderr, .. } = command.output().unwrap();
    let said = String::from_utf8_lossy(&stderr).into_owned();
    if status.success() { Ok(said) } else { Err(said) }
}

/// Kills it as soon as `when` says so; whether that was before its end.
pub fn killed(mut command: Command, mut when: impl FnMut(Duration) -> bool) -> bool {
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let began = now();
    loop {
        if child.try_wait().unwrap().is_some() {
            return false;
        }
        if when(began.elapsed()) {
            child.kill().unwrap();
            child.wait().unwrap();
            return true;
        }
        thread::sleep(Duration::from_millis(1));
    }
}
