//! What `hearten config check` tells, and what it keeps to itself.

use super::{
    Folder,
    support::{Server, hearten},
};

const SECRET: &str = "s3cret-of-ours";

#[test]
fn no_password_is_told_wherever_it_comes_from() {
    let folder = Folder::new();
    let collector = format!("http://tracer:{SECRET}@127.0.0.1:4317/v1");
    let shown = "otlp = http://127.0.0.1:4317/v1";
    folder.put("hearten.toml", &format!("otlp = \"{collector}\"\n"));
    let told = [
        folder.checked(&["--config", "hearten.toml"], &[]),
        folder.checked(&["--otlp", &collector], &[]),
        folder.checked(&[], &[("HEARTEN_OTLP", &collector)]),
    ];
    for (said, source) in told.iter().zip(["file", "flag", "HEARTEN_OTLP"]) {
        assert!(said.contains(&format!("{shown} ({source})\n")) && !said.contains(SECRET), "{said}");
    }

    // A database takes one with a `/` or a `?` in it, and a place for traces that is none is not told.
    for (password, shown) in [
        (format!("pa/ss/{SECRET}"), "db.example.org/hearten"),
        (format!("{SECRET}?x"), "…"),
        (format!("s@{SECRET}?x"), "…"),
    ] {
        let database = format!("postgres://ana:{password}@db.example.org/hearten?options={SECRET}");
        let said = folder.checked(&["--store", &database], &[]);
        assert!(said.contains(&format!("store = postgres://{shown} (flag)\n")) && !said.contains(SECRET), "{said}");
    }
    let (well, said) = folder.run(&["config", "check", "--otlp", &format!("grpc://tracer:{SECRET}@h")], &[]);
    assert!(!well && said.contains("http:// or https://") && !said.contains(SECRET), "{said}");

    // Nor where it cannot be used: refused as it is written, or asked in vain.
    let tokens = ["--jwt-issuer", "https://issuer.test", "--jwt-audience", "hearten"];
    for (url, words) in [
        (format!("http://reader:{SECRET}@issuer.test/keys"), "https:// is needed"),
        (format!("ftp://reader:{SECRET}@issuer.test/keys"), "https:// URL"),
        (format!("http://reader:{SECRET}@127.0.0.1:1/keys"), "could not be fetched"),
    ] {
        folder.put("hearten.toml", &format!("jwt_keys = \"{url}\"\n"));
        type Way<'a> = (&'a [&'a str], &'a [(&'a str, &'a str)]);
        let ways: [Way<'_>; 3] =
            [(&["--jwt-keys", &url], &[]), (&[], &[("HEARTEN_JWT_KEYS", &url)]), (&["--config", "hearten.toml"], &[])];
        for (arguments, settings) in ways {
            for command in [&["config", "check"][..], &["serve", "--store", "memory"]] {
                let (well, said) = folder.run(&[command, &tokens, arguments].concat(), settings);
                assert!(!well && said.contains(words), "{said}");
                assert!(!said.contains(SECRET), "{command:?} {arguments:?}: {said}");
            }
        }
    }
}

#[test]
fn a_misspelt_variable_is_warned_of_and_what_belongs_to_others_is_not() {
    let folder = Folder::new();
    let others =
        [("HEARTEN_SERVICE_HOST", "10.0.0.1"), ("HEARTEN_PORT_50051_TCP", "tcp://10.0.0.1"), ("HEARTENED", "1")];
    let settings = [&others[..], &[("HEARTEN_LISTN", "127.0.0.1:1"), ("HEARTEN_TLS_CERTIFICATE", "x")]].concat();
    let said = folder.checked(&[], &settings);
    let warned: Vec<_> = said.lines().filter(|line| line.starts_with("warning: ")).collect();
    let told = |name: &str| format!("{name} is set, and no setting is called so: it does nothing");
    let expected = ["HEARTEN_LISTN", "HEARTEN_TLS_CERTIFICATE"].map(|name| format!("warning: {}", told(name)));
    assert_eq!(warned, expected, "{said}");

    let mut command = hearten(["serve", "--listen", "127.0.0.1:0", "--store", "memory"]);
    command.envs(settings);
    let server = Server::spawn(command, folder.0.path());
    let logged =
        |name: &str| format!("WARN a variable is set that is no setting, and does nothing variable.name=\"{name}\"");
    let log = server.output_with(&logged("HEARTEN_TLS_CERTIFICATE"));
    assert!(log.contains(&logged("HEARTEN_LISTN")), "{log}");
    assert!(!log.contains("HEARTEN_SERVICE") && !log.contains("HEARTEN_PORT"), "{log}");
}

/// Everything is looked at, and nothing is begun.
#[test]
fn a_guard_that_does_nothing_is_warned_of() {
    let folder = Folder::new();
    let policy = hearten::feedback::Policy::BUILTIN;
    let guarded = policy.replace("[reasons.error-run]", "[reasons.error-run]\ntrial = 0.2\nguard = true");
    folder.put("policy.toml", &guarded);
    let check = |more: &[&str]| folder.checked(&[&["--policy", "policy.toml"], more].concat(), &[]);
    assert!(!check(&[]).contains("warning"));
    for useless in [["--statistics", "frozen"], ["--store", "memory"]] {
        assert!(check(&useless).contains("warning: a policy has a guard"), "{useless:?}");
    }
}

#[test]
fn a_check_listens_nowhere_and_makes_nothing() {
    let folder = Folder::new();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let said = folder.checked(&["--listen", &address, "--data-dir", "data"], &[]);
    assert_eq!(said, format!("listen = {address} (flag)\ndata_dir = data (flag)\nok\n"));
    assert!(!folder.path("data").exists());
    folder.put("policy.toml", "nonsense");
    let (well, said) = folder.run(&["config", "check", "--policy", "policy.toml"], &[]);
    assert!(!well && said.contains("policy.toml"), "{said}");
}

/// Every setting has a row, and its variable is called as it is.
#[test]
fn the_table_has_every_setting() {
    let folder = Folder::new();
    let (well, table) = folder.run(&["config", "table"], &[]);
    assert!(well, "{table}");
    let rows = table.lines().skip(2).map(|row| {
        let cells: Vec<&str> = row.trim_start_matches("| ").split(" | ").collect();
        let [flag, variable] = [0, 1].map(|place| cells[place].trim_matches('`'));
        assert_eq!(variable, format!("HEARTEN_{}", flag[2..].replace('-', "_").to_uppercase()), "{row}");
        flag.to_owned()
    });
    let mut listed: Vec<String> = rows.collect();
    let (_, help) = folder.run(&["serve", "--help"], &[]);
    let flags = help.lines().filter_map(|line| line.trim_start().strip_prefix("--"));
    let name =
        |rest: &str| rest.split(|c: char| !c.is_ascii_lowercase() && c != '-').next().map(|name| format!("--{name}"));
    let mut flags: Vec<String> = flags.filter_map(name).collect();
    for names in [&mut listed, &mut flags] {
        names.sort();
    }
    assert_eq!(listed, flags);
}
