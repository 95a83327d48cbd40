//! Folders as operators write them, good and bad.

use std::fs;

use hearten::{learner::Preferences, reason::Reason};
use tempfile::TempDir;

use super::*;

/// A directory with these files, each by its path.
fn laid(files: &[(&str, &str)]) -> TempDir {
    let home = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = home.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    home
}

fn files(home: &TempDir) -> Files {
    let there = |name: &str| Some(home.path().join(name)).filter(|path| path.exists());
    let [policy, messages, tenants] = ["policy.toml", "messages", "tenants"].map(there);
    Files { model: Model::builtin().unwrap(), policy, messages, tenants, published: Policies::new() }
}

/// What is wrong, line by line, without the directory.
fn refused(home: &TempDir) -> Vec<String> {
    let told = files(home).read().unwrap_err().to_string();
    told.lines().map(|line| line.replace(&format!("{}/", home.path().display()), "")).collect()
}

/// The policy that is built in, under another name.
fn policy(name: &str) -> String {
    hearten::feedback::Policy::BUILTIN.replace("\"default-4\"", &format!("{name:?}"))
}

/// A catalogue that is built in, with two wordings in each other's place.
fn catalogue(locale: &str) -> String {
    let sources = Catalogues::sources();
    let text = &sources.iter().find(|source| source.name == format!("{locale}.ftl")).unwrap().text;
    let [one, other] = ["\nerror-run-1 = ", "\nerror-run-2 = "];
    text.replace(one, "\n-x").replace(other, one).replace("\n-x", other)
}

fn version(book: &RuleBook, tenant: &str) -> String {
    book.of(tenant).policy.version.to_string()
}

fn says(book: &RuleBook, tenant: &str, locale: &str) -> String {
    let catalogue = book.of(tenant).catalogues.negotiate([locale].into_iter());
    catalogue.say(Reason::ErrorRun, 1, 0, &Preferences::default()).text
}

#[test]
fn what_a_tenant_does_not_have_is_as_for_everybody() {
    let home = laid(&[
        ("policy.toml", &policy("usual")),
        ("messages/de.ftl", &catalogue("de")),
        ("tenants/north/policy.toml", &policy("north")),
        ("tenants/south/messages/en.ftl", &catalogue("en")),
        ("tenants/both/policy.toml", &policy("both")),
        ("tenants/both/messages/fr.ftl", &catalogue("fr")),
        ("tenants/none/.keep", ""),
        ("tenants/.git/HEAD", ""),
    ]);
    let book = files(&home).read().unwrap();
    let mut own: Vec<&str> = book.own().map(|(tenant, _)| &**tenant).collect();
    own.sort_unstable();
    assert_eq!(own, ["both", "north", "south"]);
    let named = |tenant, name| version(&book, tenant).starts_with(name);
    assert!(named("north", "north") && named("both", "both"));
    for tenant in ["south", "none", "default", "anybody"] {
        assert_eq!(version(&book, tenant), version(&book, "elsewhere"));
        assert!(named(tenant, "usual"));
    }
    let builtin = RuleBook::new(Rules::new(Model::builtin().unwrap(), policy_at(None).unwrap()));
    for tenant in ["north", "south", "both", "none", "default"] {
        let swapped = ["de", "en", "fr"].map(|locale| says(&book, tenant, locale) != says(&builtin, tenant, locale));
        assert_eq!(swapped, [true, tenant == "south", tenant == "both"], "{tenant}");
    }
}

#[test]
fn nothing_named_is_what_is_built_in() {
    let book = files(&laid(&[])).read().unwrap();
    assert_eq!(book.own().count(), 0);
    assert_eq!(book.usual().policy.version, policy_at(None).unwrap().version);
}

#[test]
fn everything_wrong_is_told_by_file_and_line() {
    let broken = policy("broken").replacen("per_day = 10", "per_dya = 10", 1);
    let praising = catalogue("en").replacen("A steady run", "You are so smart", 1);
    let home = laid(&[
        ("tenants/Capital/policy.toml", &policy("capital")),
        ("tenants/both/messages/en.ftl", &praising),
        ("tenants/both/polcy.toml", ""),
        ("tenants/both/policy.toml", &broken),
        ("tenants/good/policy.toml", &policy("good")),
        ("tenants/notes.txt", "mine"),
        ("tenants/south/messages/de.ftl", "error-run-1 =\n"),
        ("tenants/west/messages/readme.txt", ""),
    ]);
    let told = refused(&home);
    let begins = |place: &str, with: &str| {
        assert!(told.iter().any(|line| line.starts_with(place) && line.contains(with)), "{place}: {told:#?}");
    };
    begins("tenants/Capital: ", "1 to 64 small letters");
    begins("tenants/both/messages/en.ftl:", "person-praise");
    begins("tenants/both/polcy.toml: ", "policy.toml and messages");
    begins("tenants/both/policy.toml: line 12: ", "per_dya");
    begins("tenants/notes.txt: ", "is no folder");
    begins("tenants/south/messages/de.ftl:", "error-run-1");
    begins("tenants/west/messages: ", "holds no catalogue");
    assert!(!told.iter().any(|line| line.contains("good")), "{told:#?}");
}

#[test]
fn what_everybody_must_not_hear_no_tenant_hears() {
    let list = ("messages/en.tone.toml", "guilt = [\"steady\"]\n");
    let english = catalogue("en").replace("steady", "calm");
    let own = catalogue("en");
    let good = laid(&[list, ("messages/en.ftl", &english), ("tenants/north/messages/en.ftl", &english)]);
    assert!(files(&good).read().is_ok());
    let bad = laid(&[list, ("messages/en.ftl", &english), ("tenants/north/messages/en.ftl", &own)]);
    let told = refused(&bad);
    assert!(
        told.iter().any(|line| line.starts_with("tenants/north/messages/en.ftl:") && line.contains("steady")),
        "{told:#?}"
    );
}

#[test]
fn a_directory_that_is_not_there_is_told() {
    let home = laid(&[]);
    let files = Files { tenants: Some(home.path().join("tenants")), ..files(&home) };
    assert!(files.read().unwrap_err().to_string().contains("tenants: No such file"));
}

/// As after a release that takes less, or more.
#[test]
fn a_published_policy_that_cannot_be_used_is_nobody_elses_matter() {
    let mut files = files(&laid(&[]));
    let published = |policies: &[(&str, &str)]| -> Policies {
        policies.iter().map(|(whose, text)| ((*whose).to_owned(), (*text).to_owned())).collect()
    };
    let versions = |files: &Files| ["north", "south", "west"].map(|tenant| version(&files.read().unwrap(), tenant));
    let named = |name: &str| version_of(&policy(name));
    // At a start there is nothing before it.
    assert!(!files.take_up(published(&[
        ("", &policy("usual")),
        ("north", "to come"),
        ("south", &policy("south")),
        ("no/tenant", &policy("x"))
    ])));
    assert_eq!(versions(&files), [named("usual"), named("south"), named("usual")]);
    assert!(files.take_up(published(&[("north", &policy("north")), ("south", &policy("south"))])));
    // And later what was there.
    assert!(!files.take_up(published(&[("north", "to come"), ("south", &policy("corrected"))])));
    assert_eq!(versions(&files)[..2], [named("north"), named("corrected")]);
    // What is withdrawn is gone.
    assert!(files.take_up(Policies::new()));
    assert_eq!(versions(&files)[0], versions(&files)[2]);
}

fn version_of(text: &str) -> String {
    Policy::parse(text).unwrap().version.to_string()
}
