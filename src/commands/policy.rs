//! `hearten policy`: print, check, test and compare policies.

mod diff;
mod test;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use hearten::feedback::{Policy, schema};

use super::{Problem, policy_at, print};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Print the policy that is built in, to begin one's own with.
    Show(Show),
    /// Check a policy file.
    Check(Check),
    /// Hold a policy against cases: events in, expected decisions out.
    Test(test::Arguments),
    /// Run a log under two policies and tell which decisions change.
    Diff(diff::Arguments),
}

#[derive(Debug, Args)]
pub(crate) struct Show {
    /// Print the JSON schema of policy files instead.
    #[arg(long)]
    schema: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// The policy file, or `built-in`.
    policy: PathBuf,
}

/// What names the policy that comes with this release. A file of this name is `./built-in`.
const BUILT_IN: &str = "built-in";

/// The policy that a command line names.
fn named(path: &Path) -> Result<Policy, Problem> {
    policy_at((path.as_os_str() != BUILT_IN).then_some(path))
}

pub(crate) async fn run(command: Command) -> Result<(), Problem> {
    match command {
        Command::Show(Show { schema: true }) => print(&format!("{}\n", serde_json::to_string_pretty(&schema())?)),
        Command::Show(Show { schema: false }) => print(Policy::BUILTIN),
        Command::Check(Check { policy }) => {
            let checked = named(&policy)?;
            print(&format!(
                "{}: {} is good: {} reasons may speak\n",
                policy.display(),
                checked.version,
                checked.rules.len()
            ))
        }
        Command::Test(arguments) => test::run(arguments).await,
        Command::Diff(arguments) => diff::run(arguments),
    }
}
