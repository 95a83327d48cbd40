//! Files of keys, and the key sets of issuers.

use hearten::access::{
    keys::{Certificate, Grant, Key, Keys, Ring},
    signers::Signers,
};

use super::{
    callers,
    engine::{Shape, Target, refused, taken},
};

fn ring() -> Ring {
    let grant = |tenant: &str, roles: &[&str], classes: &[&str]| {
        let own = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        let expires = Some("2027-01-31T00:00:00Z".to_owned());
        Grant { tenant: tenant.to_owned(), roles: own(roles), classes: own(classes), expires }
    };
    let key = |id: &str, grant| {
        let (salt, hash) = ("c2FsdHNhbHQ".to_owned(), "A".repeat(43));
        Key { id: id.to_owned(), name: Some("ana's".to_owned()), salt, hash, grant }
    };
    let certificate = Certificate { name: "ingest.example".to_owned(), grant: grant("north", &["ingest"], &[]) };
    let keys =
        vec![key("a", grant("north", &["read"], &["7b"])), key("b", grant("default", &["ingest", "admin"], &[]))];
    Ring { keys, certificates: vec![certificate] }
}

#[test]
fn keys() {
    const WORDS: &[&str] = &[
        "[[key]]\n",
        "[[certificate]]\n",
        "[key.grant]\n",
        "id",
        "name",
        "salt",
        "hash",
        "grant",
        "tenant",
        "roles",
        "classes",
        "expires",
        "\"ingest\"",
        "\"read\"",
        "\"admin\"",
        "\"2027-01-31T00:00:00Z\"",
        "\"-009999-01-01T00:00:00Z\"",
        "\"2027-01-31T00:00:00+25:00\"",
        "[",
        "]",
        "=",
        "\"",
        "'''",
        "{",
        "}",
        ",",
        "#",
        "_",
        "AAAA",
        "AA==",
    ];
    let seeds = vec![ring().text().unwrap().into_bytes()];
    Target { seeds, words: WORDS, ..Target::new("keys", Shape::Text, 4_000) }.run(|input| {
        let Ok(text) = std::str::from_utf8(input) else { return refused("no text") };
        let ring = Ring::parse(text);
        if let Ok(ring) = &ring {
            // What is read is written, and read again as the same.
            let again = ring.text().unwrap();
            assert_eq!(&Ring::parse(&again).unwrap(), ring, "{again}");
            assert_eq!(Keys::parse(&again).is_ok(), Keys::parse(text).is_ok(), "{again}");
        }
        match Keys::parse(text) {
            Ok(keys) => {
                let ring = ring.unwrap();
                assert_eq!(keys.len(), ring.keys.len() + ring.certificates.len());
                taken((ring.keys.len(), ring.certificates.len()))
            }
            Err(unusable) => {
                assert!((1..=text.lines().count() + 1).contains(&unusable.line), "{unusable}");
                assert!(!unusable.problem.is_empty() && !unusable.problem.contains('\n'), "{unusable}");
                refused(&unusable.problem)
            }
        }
    });
}

#[test]
fn signers() {
    const WORDS: &[&str] = &[
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "null",
        "true",
        "1e999",
        "\"keys\"",
        "\"kty\"",
        "\"kid\"",
        "\"use\"",
        "\"alg\"",
        "\"crv\"",
        "\"x\"",
        "\"y\"",
        "\"n\"",
        "\"e\"",
        "\"RSA\"",
        "\"EC\"",
        "\"OKP\"",
        "\"oct\"",
        "\"k\"",
        "\"P-256\"",
        "\"P-384\"",
        "\"Ed25519\"",
        "\"sig\"",
        "\"enc\"",
        "\"RS256\"",
        "\"ES256\"",
        "\"EdDSA\"",
        "\"none\"",
        "\"HS256\"",
        "\"AQAB\"",
        "\"x5c\"",
        "\"key_ops\"",
        "\\u0000",
        "\\ud800",
        "AA",
        "=",
    ];
    let seeds = vec![callers::SIGNERS.as_bytes().to_vec(), callers::signers().into_bytes()];
    Target { seeds, words: WORDS, ..Target::new("signers", Shape::Text, 5_000) }.run(|input| {
        match Signers::parse(input) {
            Ok(signers) => {
                let told = format!("{signers:?}");
                // What is shown of keys is their ids and algorithms.
                taken(told.matches("algorithm").count())
            }
            Err(unusable) => {
                let told = unusable.to_string();
                assert!((1..input.len() + 400).contains(&told.len()), "{told}");
                refused(&told)
            }
        }
    });
}
