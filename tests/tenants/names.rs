//! What a tenant may be called.

use hearten::event::Tenant;

#[test]
fn names_are_plain() {
    let longest = "a".repeat(64);
    for name in [Tenant::DEFAULT, "a", "7", "north-west.school_2", "a..", "0-", &longest] {
        assert_eq!(Tenant::parse(name).unwrap().as_str(), name);
    }
    let longer = "a".repeat(65);
    let others =
        ["", ".", "..", ".a", "-a", "_a", "A", "aB", "a b", "a/b", "a\\b", "a\0", "a\n", "ä", "aä", "٣", &longer];
    for name in others {
        assert!(Tenant::parse(name).is_err(), "{name:?}");
    }
}
