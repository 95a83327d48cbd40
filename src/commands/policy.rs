//! `hearten policy`: print, check, test and compare policies.

mod diff;
mod test;

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use hearten::{
    event::Tenant,
    feedback::{Policy, schema},
    store::Policies,
};

use super::{Problem, policy_at, print, store::Database, text_of};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Print the policy that is built in, to begin one's own with.
    Show(Show),
    /// Check a policy file.
    Check(Check),
    /// Hold a policy against cases: events in, expected decisions out.
    Test(test::Arguments),
    /// Put a policy in force on all servers of a database, within a second.
    Publish(Publish),
    /// Take a published policy out of force again.
    Withdraw(Withdraw),
    /// List the policies that are published in a database.
    List {
        #[command(flatten)]
        database: Database,
    },
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

#[derive(Debug, Args)]
pub(crate) struct Publish {
    /// The policy file, or `built-in`.
    policy: PathBuf,
    /// For this tenant only.
    #[arg(long, default_value = "", hide_default_value = true)]
    tenant: String,
    #[command(flatten)]
    database: Database,
}

#[derive(Debug, Args)]
pub(crate) struct Withdraw {
    /// That of this tenant.
    #[arg(long, default_value = "", hide_default_value = true)]
    tenant: String,
    #[command(flatten)]
    database: Database,
}

/// What names the policy that comes with this release. A file of this name is `./built-in`.
const BUILT_IN: &str = "built-in";

/// The policy that a command line names.
fn named(path: &Path) -> Result<Policy, Problem> {
    policy_at((path.as_os_str() != BUILT_IN).then_some(path))
}

/// A tenant that can be one, or nobody in particular.
fn known(tenant: &str) -> Result<&str, Problem> {
    if !tenant.is_empty() {
        Tenant::parse(tenant).map_err(|invalid| Problem::new(invalid.problem).about("--tenant"))?;
    }
    Ok(tenant)
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
        Command::Publish(Publish { policy, tenant, database }) => {
            let checked = named(&policy)?;
            let text =
                if policy.as_os_str() == BUILT_IN { Policy::BUILTIN.to_owned() } else { text_of(&policy, "policy")? };
            database.open().await?.publish(known(&tenant)?, Some(&text)).await?;
            print(&format!("{} is in force\n", checked.version))
        }
        Command::Withdraw(Withdraw { tenant, database }) => {
            database.open().await?.publish(known(&tenant)?, None).await?;
            print("servers follow their own files again, or what is built in\n")
        }
        Command::List { database } => print(&listed(&database.open().await?.published().await?)),
        Command::Test(arguments) => test::run(arguments).await,
        Command::Diff(arguments) => diff::run(arguments),
    }
}

/// A line for each, in the words of `hearten keys list`.
fn listed(published: &Policies) -> String {
    if published.is_empty() {
        return "none is published: servers follow their own files, or what is built in\n".to_owned();
    }
    let line = |(tenant, text): (&String, &String)| {
        let whose = if tenant.is_empty() { "everybody".to_owned() } else { format!("tenant={tenant}") };
        match Policy::parse(text) {
            Ok(policy) => format!("{whose} {}\n", policy.version),
            Err(error) => format!("{whose} cannot be read by this release: {error}\n"),
        }
    };
    published.iter().map(line).collect()
}
