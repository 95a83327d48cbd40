//! What the README shows is what happens: its lines are pasted, and its output is compared.

#![allow(clippy::unwrap_used, reason = "the helpers are tests too")]

mod support;

use std::{
    env, fs,
    os::unix::fs::symlink,
    path::Path,
    process::{Command, Output},
};

use hearten::{
    feedback::{Policy, Rule},
    reason::Reason,
};
use support::{Client, Server, hearten, postgres, tools};

/// The block marked `<!-- test: NAME -->`.
fn block(name: &str) -> String {
    after_marker(name).0
}

/// The output shown below it.
fn shown(name: &str) -> String {
    let (_, rest) = after_marker(name);
    fenced(rest.split_once("```text\n").unwrap().1).0
}

fn after_marker(name: &str) -> (String, String) {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let (_, rest) = readme.split_once(&format!("<!-- test: {name} -->\n")).unwrap();
    let (_language, rest) = rest.strip_prefix("```").unwrap().split_once('\n').unwrap();
    fenced(rest)
}

fn fenced(text: &str) -> (String, String) {
    let (inside, rest) = text.split_once("```\n").unwrap();
    (inside.to_owned(), rest.to_owned())
}

/// Runs lines as pasted, but against this server.
fn paste(lines: &str, server: &Server, folder: &Path, tools: &[&Path]) -> Output {
    let path = env::var_os("PATH").unwrap();
    let path = tools.iter().map(|tool| tool.to_path_buf()).chain(env::split_paths(&path));
    let lines = lines.replace("127.0.0.1:50051", &server.addr().to_string());
    let mut bash = Command::new("bash");
    bash.args(["-c", &lines]).current_dir(folder).env("PATH", env::join_paths(path).unwrap());
    bash.output().unwrap()
}

#[test]
fn the_session_prints_what_the_readme_shows() {
    let Some(grpcurl) = tools::grpcurl() else { return };
    let folder = tempfile::tempdir().unwrap();
    symlink(&grpcurl, folder.path().join("grpcurl")).unwrap();
    let server = Server::start(&[]);
    for name in ["session", "look", "mistake"] {
        let output = paste(&block(name), &server, folder.path(), &[folder.path()]);
        assert_eq!(String::from_utf8_lossy(&output.stdout), shown(name), "{name}");
    }
    // As it says: pasted again, the same answers.
    let again = paste(&block("session"), &server, folder.path(), &[folder.path()]);
    assert_eq!(String::from_utf8_lossy(&again.stdout), shown("session"));
    for name in ["by hand", "rights"] {
        let output = paste(&block(name), &server, folder.path(), &[folder.path()]);
        assert_eq!(String::from_utf8_lossy(&output.stdout), shown(name), "{name}");
    }
}

#[test]
fn the_python_client_prints_what_the_readme_shows() {
    let folder = tempfile::tempdir().unwrap();
    symlink(Path::new(env!("CARGO_MANIFEST_DIR")).join("proto"), folder.path().join("proto")).unwrap();
    let server = Server::start(&[]);
    let stubs = paste(&block("stubs"), &server, folder.path(), &[]);
    let made = if stubs.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&stubs.stderr).into_owned()) };
    if tools::tool("grpcio-tools", made).is_none() {
        return;
    }
    let script = block("client/ask.py").replace("127.0.0.1:50051", &server.addr().to_string());
    fs::write(folder.path().join("client/ask.py"), script).unwrap();
    let output = paste("venv/bin/python client/ask.py", &server, folder.path(), &[]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stdout), shown("client/ask.py"));
}

#[test]
fn a_store_is_copied_and_moved_as_the_readme_shows() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start_in(&folder.path().join("hearten-data"), &[]);
    let program = Path::new(env!("CARGO_BIN_EXE_hearten")).parent().unwrap();
    let moved = paste(&format!("set -e; {}", block("moving")), &server, folder.path(), &[program]);
    let said = String::from_utf8_lossy(&moved.stderr);
    assert!(moved.status.success() && said.contains("monday is a copy of hearten-data"), "{said}");
    Server::start_in(&folder.path().join("elsewhere"), &[]);
}

#[test]
fn a_reason_is_put_on_trial_as_the_readme_shows() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(&[]);
    let program = Path::new(env!("CARGO_BIN_EXE_hearten")).parent().unwrap();
    let lines = block("trial").replace("cargo run --release --", "hearten");
    let pasted = paste(&format!("set -e; {lines}"), &server, folder.path(), &[program]);
    assert!(pasted.status.success(), "{}", String::from_utf8_lossy(&pasted.stderr));
    let policy = Policy::parse(&fs::read_to_string(folder.path().join("trial.toml")).unwrap()).unwrap();
    let on_trial = |rule: &&Rule| rule.trial.is_some_and(|trial| trial.share == 13_107) && rule.guard;
    let on_trial: Vec<_> = policy.rules.iter().filter(on_trial).map(Rule::reason).collect();
    assert_eq!(on_trial, [Reason::ErrorRun]);
}

#[test]
fn a_mistake_in_a_policy_is_told_with_the_line_that_the_readme_shows() {
    let folder = tempfile::tempdir().unwrap();
    let mistaken = Policy::BUILTIN.replacen("threshold = 0.65", "threshold = 1.65", 1);
    fs::write(folder.path().join("policy.toml"), mistaken).unwrap();
    let checked = hearten(["policy", "check", "policy.toml"]).current_dir(folder.path()).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&checked.stderr), block("policy-mistake"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_lines_about_several_machines_make_servers_of_one_database() {
    let Some(cluster) = tokio::task::block_in_place(postgres::shared) else { return };
    let url = cluster.database("hearten").await;
    let lines = block("replicas").replace("postgres://hearten@127.0.0.1:5432/hearten", &url);
    let (migrate, serve) = lines.trim().split_once('\n').unwrap();
    let made = hearten(migrate.split_whitespace().skip(1)).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let arguments: Vec<&str> = serve.split_whitespace().skip(2).collect();
    let servers = tokio::task::block_in_place(|| [Server::start(&arguments), Server::start(&arguments)]);
    for server in &servers {
        assert_eq!(Client::to(server).await.health().await, "SERVING");
    }
}

/// The table of settings is the program's own: `UPDATE=1 cargo test --test readme` writes it anew.
#[test]
fn the_table_of_settings_is_what_the_program_prints() {
    let printed = support::hearten(["config", "table"]).output().unwrap();
    let printed = String::from_utf8(printed.stdout).unwrap();
    assert!(printed.contains("| `--drain` | `HEARTEN_DRAIN` | `10s` |"), "{printed}");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let (before, rest) = readme.split_once("<!-- settings: hearten config table -->\n").unwrap();
    let (table, after) = rest.split_once("<!-- end of settings -->").unwrap();
    if env::var_os("UPDATE").is_some_and(|update| update == "1") {
        let marks = ("<!-- settings: hearten config table -->", "<!-- end of settings -->");
        fs::write(&path, format!("{before}{}\n{printed}{}{after}", marks.0, marks.1)).unwrap();
        return;
    }
    assert_eq!(table, printed);
}
