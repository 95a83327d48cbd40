//! The configuration file: what it may say, and who is asked before it.

use super::Folder;

/// A setting of each type: as the file writes it, and what file, environment and flag say.
const SETTINGS: [(&str, bool, [&str; 3]); 11] = [
    ("listen", true, ["127.0.0.1:1001", "127.0.0.1:1002", "127.0.0.1:1003"]),
    ("data_dir", true, ["of-the-file", "of-the-environment", "of-the-flag"]),
    ("statistics", true, ["frozen", "learn", "frozen"]),
    ("drain", true, ["1s", "2s", "3s"]),
    ("insecure", false, ["true", "false", "true"]),
    ("max_calls", false, ["1001", "1002", "1003"]),
    ("tenant_rate", false, ["11", "12", "13"]),
    ("trace_ratio", false, ["0.25", "0.5", "0.75"]),
    ("log", true, ["error", "info", "debug"]),
    ("admin", true, ["127.0.0.1:2001", "127.0.0.1:2002", "127.0.0.1:2003"]),
    ("log_format", true, ["json", "human", "json"]),
];

#[test]
fn a_flag_goes_before_the_environment_and_that_before_the_file() {
    let folder = Folder::new();
    for (name, quoted, [file, environment, flag]) in SETTINGS {
        let quote = if quoted { "\"" } else { "" };
        folder.put("hearten.toml", &format!("# Ours.\n{name} = {quote}{file}{quote}\n"));
        let variable = format!("HEARTEN_{}", name.to_uppercase());
        let flagged = format!("--{}={flag}", name.replace('_', "-"));
        let (config, variables) = (["--config", "hearten.toml"], [(variable.as_str(), environment)]);
        let told = [
            (folder.checked(&config, &[]), format!("{name} = {file} (file)\n")),
            (folder.checked(&[], &[("HEARTEN_CONFIG", "hearten.toml")]), format!("{name} = {file} (file)\n")),
            (folder.checked(&config, &variables), format!("{name} = {environment} ({variable})\n")),
            (folder.checked(&[&config[..], &[&flagged]].concat(), &variables), format!("{name} = {flag} (flag)\n")),
            (folder.checked(&[&config[..], &[&flagged]].concat(), &[]), format!("{name} = {flag} (flag)\n")),
            (folder.checked(&[], &variables), format!("{name} = {environment} ({variable})\n")),
        ];
        for (said, line) in told {
            assert!(said.contains(&line), "{line}: {said}");
            assert!(said.ends_with("ok\n"), "{said}");
        }
    }
    // What nobody says is not told.
    assert_eq!(folder.checked(&[], &[]), "ok\n");
}

/// Not only as it is told: the server goes by it.
#[test]
fn the_server_listens_where_the_file_says() {
    let folder = Folder::new();
    folder.put("hearten.toml", "listen = \"127.0.0.1:0\"\nstore = \"memory\"\n");
    let mut command = super::hearten(["--config", "hearten.toml"]);
    command.current_dir(&folder.0);
    let server = super::support::Server::spawn(command, folder.0.path());
    assert!(server.output().contains("nothing is kept (--store memory)"), "{}", server.output());
    assert!(!folder.path("hearten-data").exists());
}

#[test]
fn what_the_file_gets_wrong_is_told_with_its_line() {
    let folder = Folder::new();
    let wrong = [
        ("lissten = \"127.0.0.1:0\"", "`lissten`: there is no such setting"),
        ("tls-cert = \"cert.pem\"", "`tls-cert`: there is no such setting"),
        ("config = \"other.toml\"", "`config`: there is no such setting"),
        ("help = true", "`help`: there is no such setting"),
        ("listen = \"nonsense\"", "`listen = nonsense`: invalid socket address"),
        ("listen = 50051", "`listen = 50051`"),
        ("store = \"postgres\"", "a store is `embedded`, `memory` or an address"),
        ("drain = \"0s\"", "a time is a whole number above 0"),
        ("drain = 10", "a time is a whole number above 0"),
        ("max_calls = 0", "a count is a whole number above 0"),
        ("max_calls = -1", "a count is a whole number above 0"),
        ("tenant_rate = -1", "`tenant_rate = -1`"),
        ("trace_ratio = 1.5", "a share is a number from 0 to 1"),
        ("insecure = \"perhaps\"", "`insecure = perhaps`"),
        ("listen = [\"127.0.0.1:0\"]", "`listen`: a text, a number, true or false is needed"),
        ("[listen]", "`listen`: a text, a number, true or false is needed"),
        ("log = ", ""),
        ("drain = \"1s\"\ndrain = \"2s\"", ""),
    ];
    for (line, words) in wrong {
        folder.put("hearten.toml", &format!("# Ours.\nstatistics = \"frozen\"\n{line}\n"));
        let number = 2 + line.lines().count();
        let place = format!("hearten.toml: line {number}: ");
        let (well, checked) = folder.run(&["config", "check", "--config", "hearten.toml"], &[]);
        assert!(!well, "{line}: {checked}");
        let served = folder.refused(&["--config", "hearten.toml"], &[]);
        for said in [checked, served] {
            assert!(said.contains(&place) && said.contains(words), "{line}: {said}");
        }
    }
    let (well, said) = folder.run(&["config", "check", "--config", "nowhere.toml"], &[]);
    assert!(!well && said.contains("nowhere.toml"), "{said}");
}

/// A wrong value is wrong, also where another goes before it; so it is where it stands by itself.
#[test]
fn what_is_outdone_is_judged_all_the_same() {
    let folder = Folder::new();
    folder.put("hearten.toml", "drain = \"soon\"\n");
    let (well, said) = folder.run(&["config", "check", "--config", "hearten.toml", "--drain", "1s"], &[]);
    assert!(!well && said.contains("line 1"), "{said}");
}

/// An address may hold a password, and a mistyped one as well.
#[test]
fn an_address_is_never_quoted() {
    let folder = Folder::new();
    for (url, told) in [
        ("postgre://ana:s3cret@127.0.0.1:1/none", "does not begin with postgres://"),
        ("postgres//ana:s3cret@127.0.0.1:1/none", "a store is `embedded`"),
        ("host=127.0.0.1 password=s3cret", "a store is `embedded`"),
        ("postgres://ana:s3cret@127.0.0.1:nowhere/none", "address of the database"),
        ("postgres://ana:s3cret@127.0.0.1:1/none", "postgres://127.0.0.1:1/none could not be opened"),
        ("postgres://127.0.0.1:1/none?user=ana&password=s3cret", "could not be opened"),
    ] {
        let (well, said) = folder.run(&["serve", "--listen", "127.0.0.1:0", "--store", url], &[]);
        let (_, checked) = folder.run(&["config", "check", "--store", url], &[]);
        assert!(!checked.contains("s3cret"), "{checked}");
        assert!(!well && said.contains(told) && !said.contains("s3cret"), "{said}");
    }
}
