//! What the README shows is what happens: its lines are pasted, and its output is compared.

#![allow(clippy::unwrap_used, reason = "the helpers are tests too")]

mod support;

use std::{
    env, fs,
    os::unix::fs::symlink,
    path::Path,
    process::{Command, Output},
};

use support::{Server, tools};

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

/// The table of settings is the program's own.
#[test]
fn every_setting_is_in_the_table_with_its_default() {
    let help = support::hearten(["serve", "--help"]).output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let (_, rest) = readme.split_once("## Configuration").unwrap();
    let (table, _) = rest.split_once("\n## ").unwrap();
    let rows: Vec<Vec<&str>> =
        table.lines().filter(|line| line.starts_with("| `")).map(|line| line.split('|').map(code).collect()).collect();
    let settings: Vec<(&str, &str, &str)> = help
        .split("\n      --")
        .skip(1)
        .map(|setting| {
            let field = |name: &str| {
                let value = setting.split_once(&format!("[{name}: "));
                value.and_then(|(_, rest)| rest.split_once(']')).map_or("", |(value, _)| value)
            };
            (setting.split_whitespace().next().unwrap(), field("env"), field("default"))
        })
        .collect();
    assert!(settings.len() >= 8, "{help}");
    for (flag, variable, default) in &settings {
        let told = rows.iter().any(|row| row[1] == format!("--{flag}") && row[2] == *variable && row[3] == *default);
        assert!(told, "--{flag} {variable} {default} is not in the README's table");
    }
    assert_eq!(rows.len(), settings.len(), "the table tells of a setting that there is not");
}

/// What a cell says in code; nothing where it is told in words.
fn code(cell: &str) -> &str {
    cell.trim().strip_prefix('`').map_or("", |code| code.trim_end_matches('`'))
}
