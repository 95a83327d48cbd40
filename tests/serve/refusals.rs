//! What cannot be done is refused before anything is touched, in words that name it.

use std::{
    net::TcpListener,
    path::Path,
    process::{Output, Stdio},
    time::Duration,
};

use super::{
    support::{Server, hearten, models, now},
    used_directory,
};

/// Runs a server that must not come up.
pub(super) fn refused(arguments: &[&str], settings: &[(&str, &str)], directory: &Path) -> (Output, String) {
    let mut command = hearten(["serve", "--data-dir"]);
    command.arg(directory).args(arguments).envs(settings.iter().copied());
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let deadline = now() + Duration::from_secs(20);
    while child.try_wait().unwrap().is_none() && now() < deadline {
        std::thread::sleep(Duration::from_millis(5));
    }
    let _ = child.kill();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    assert!(matches!(output.status.code(), Some(1 | 2)), "{arguments:?} {settings:?}: {} {said}", output.status);
    assert!(!said.contains("listening on") && !said.contains("panicked"), "{arguments:?} {settings:?}: {said}");
    (output, said)
}

#[test]
fn a_wrong_setting_is_refused_by_name_before_anything_is_touched() {
    let home = tempfile::tempdir().unwrap();
    let directory = home.path().join("store");
    // Were the port tried first, that would be the complaint.
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().to_string();
    let wrong = [
        ("--drain", "HEARTEN_DRAIN", vec!["0s", "10", "-1s", "1.5s", "s", "99999999999999999999h", ""]),
        ("--statistics-interval", "HEARTEN_STATISTICS_INTERVAL", vec!["0ms", "soon"]),
        ("--idle-after", "HEARTEN_IDLE_AFTER", vec!["0m", "10 m"]),
        ("--statistics", "HEARTEN_STATISTICS", vec!["maybe", ""]),
        ("--store", "HEARTEN_STORE", vec!["postgres"]),
        ("--log", "HEARTEN_LOG", vec!["==", "hearten=loud"]),
    ];
    for (flag, variable, values) in wrong {
        for value in values {
            let given = format!("{flag}={value}");
            let by_flag = refused(&["--listen", &port, &given], &[], &directory).1;
            let by_variable = refused(&["--listen", &port], &[(variable, value)], &directory).1;
            for said in [by_flag, by_variable] {
                assert!(said.contains(flag) && said.contains(value), "{given}: {said}");
            }
        }
    }
    for value in ["nonsense", "127.0.0.1", "127.0.0.1:70000", "localhost:50051:1"] {
        for (arguments, settings) in [(vec!["--listen", value], vec![]), (vec![], vec![("HEARTEN_LISTEN", value)])] {
            let (_, said) = refused(&arguments, &settings, &directory);
            assert!(said.contains("--listen") && said.contains(value), "{said}");
        }
    }
    let (_, said) = refused(&["--listne", "127.0.0.1:0"], &[], &directory);
    assert!(said.contains("--listne") && said.contains("--listen"), "{said}");
    assert!(!directory.exists(), "a refused start leaves nothing behind");
}

#[test]
fn a_taken_port_is_named() {
    let home = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().to_string();
    let (output, said) = refused(&["--listen", &port], &[], &home.path().join("store"));
    assert_eq!(output.status.code(), Some(1));
    assert!(said.starts_with(&format!("hearten: cannot listen on {port}: ")) && said.contains("in use"), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
}

#[test]
fn the_second_server_on_one_directory_is_refused_and_the_first_goes_on() {
    let home = tempfile::tempdir().unwrap();
    let mut first = Server::start_in(home.path(), &[]);
    let (output, said) = refused(&["--listen", "127.0.0.1:0"], &[], home.path());
    assert_eq!(output.status.code(), Some(1));
    assert!(
        said.contains(&home.path().display().to_string()) && said.contains("another process has it open"),
        "{said}"
    );
    assert_eq!(first.wait(Duration::ZERO), None, "the first serves on");
    first.kill9();
    drop(Server::start_in(home.path(), &[]));
}

#[test]
fn a_directory_that_is_not_a_store_is_left_alone() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("notes.txt");
    std::fs::write(&file, "mine").unwrap();
    for (path, why) in [(home.path(), "notes.txt"), (&file, "not a directory")] {
        let (_, said) = refused(&["--listen", "127.0.0.1:0"], &[], path);
        assert!(said.contains(&path.display().to_string()) && said.contains(why), "{said}");
    }
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 1);
    assert_eq!(std::fs::read_to_string(file).unwrap(), "mine");
}

/// A container sets them for everything that runs in it.
#[test]
fn the_servers_settings_do_not_stand_in_the_way_of_a_replay() {
    let home = tempfile::tempdir().unwrap();
    let log = home.path().join("log.jsonl");
    std::fs::write(&log, "").unwrap();
    let settings = [("HEARTEN_LISTEN", "0.0.0.0:50051"), ("HEARTEN_STATISTICS", "learn"), ("HEARTEN_DRAIN", "3s")];
    let output = hearten(["replay", log.to_str().unwrap()]).envs(settings).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_damaged_store_is_refused_rather_than_served() {
    let home = tempfile::tempdir().unwrap();
    let directory = used_directory(home.path());
    std::fs::remove_dir_all(directory.join("data")).unwrap();
    std::fs::write(directory.join("data"), "not a store").unwrap();
    let (output, said) = refused(&["--listen", "127.0.0.1:0"], &[], &directory);
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains(&directory.display().to_string()), "{said}");
}

/// By every command that takes one, in the same words, and before the port is tried or the directory made.
#[test]
fn a_broken_model_is_refused_with_the_line_at_fault() {
    let home = tempfile::tempdir().unwrap();
    let [directory, file, log] = ["store", "model.toml", "log.jsonl"].map(|name| home.path().join(name));
    let [file, log] = [&file, &log].map(|path| path.to_str().unwrap());
    std::fs::write(log, "").unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().to_string();
    let mut told = String::new();
    for (what, line, text) in models::broken() {
        std::fs::write(file, &text).unwrap();
        let (output, said) = refused(&["--listen", &port, "--model", file], &[], &directory);
        assert_eq!(output.status.code(), Some(1), "{what}");
        assert_eq!(refused(&["--listen", &port], &[("HEARTEN_MODEL", file)], &directory).1, said);
        let message = said.strip_prefix(&format!("hearten: {file}: ")).unwrap_or_else(|| panic!("{what}: {said}"));
        assert!(line.is_none_or(|line| message.contains(&format!("line {line}"))), "{what}: {message}");
        let out = home.path().join("out.toml");
        for arguments in [vec!["evaluate", log], vec!["replay", log], vec!["fit", log, "--out", out.to_str().unwrap()]]
        {
            let output = hearten(arguments.iter().copied().chain(["--model", file])).output().unwrap();
            assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap()), (Some(1), said.clone()));
            assert!(output.stdout.is_empty() && !out.exists(), "{what}: {arguments:?}");
        }
        told += &format!("{what}: {message}");
    }
    let missing = home.path().join("missing.toml");
    let (_, said) = refused(&["--listen", &port, "--model", missing.to_str().unwrap()], &[], &directory);
    assert!(said.starts_with(&format!("hearten: {}: No such file", missing.display())), "{said}");
    assert!(!directory.exists(), "a refused start leaves nothing behind");
    insta::assert_snapshot!("broken models", told);
}
