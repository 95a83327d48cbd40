//! The header in which callers show who they are: nobody gets in with what was not given out.

use std::sync::LazyLock;

use aws_lc_rs::{
    digest::{SHA256, digest},
    signature::{Ed25519KeyPair, KeyPair},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use fastrand::Rng;
use hearten::{
    access::{
        Access, Credential,
        keys::{Grant, Key, Keys, Ring},
        signers::Signers,
        tokens::Tokens,
    },
    event::Timestamp,
};
use http::{HeaderMap, HeaderValue, header::AUTHORIZATION};
use serde_json::{Value, json};

use super::engine::{Shape, Target, odd_number, odd_text, refused, taken};

/// Keys of every kind, made elsewhere: those of RFC 7517, RFC 7515 and RFC 8037.
pub const SIGNERS: &str = r#"{"keys":[{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
"y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0","kid":"e","use":"sig","alg":"ES256"},
{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","kid":"o"},
{"kty":"oct","k":"AAAA","kid":"s"},
{"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw",
"e":"AQAB","alg":"RS256","kid":"r"}]}"#;

/// The issuer's key: the same in every run, so that the corpus stays worth something.
static ISSUER: LazyLock<Ed25519KeyPair> = LazyLock::new(|| Ed25519KeyPair::from_seed_unchecked(&[7; 32]).unwrap());

/// The issuer's key set.
pub fn signers() -> String {
    let x = URL_SAFE_NO_PAD.encode(ISSUER.public_key().as_ref());
    json!({"keys": [{"kty": "OKP", "crv": "Ed25519", "kid": "o", "use": "sig", "x": x}]}).to_string()
}

/// A token that the issuer signed.
fn token(header: &Value, claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(header), part(claims));
    let signature = URL_SAFE_NO_PAD.encode(ISSUER.sign(signed.as_bytes()).as_ref());
    format!("{signed}.{signature}")
}

const SECRET: &str = "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2U";
static KEY: LazyLock<String> = LazyLock::new(|| format!("hearten_abc_{SECRET}"));

fn access() -> Access {
    let roles = vec!["ingest".to_owned(), "read".to_owned()];
    let grant = Grant { tenant: "north".to_owned(), roles, classes: Vec::new(), expires: None };
    let salt = b"saltsalt";
    let hash = URL_SAFE_NO_PAD.encode(digest(&SHA256, &[&salt[..], SECRET.as_bytes()].concat()));
    let key = Key { id: "abc".to_owned(), name: None, salt: URL_SAFE_NO_PAD.encode(salt), hash, grant };
    let ring = Ring { keys: vec![key], certificates: Vec::new() };
    let keys = Keys::parse(&ring.text().unwrap()).unwrap();
    Access::guarded(keys, Some(Tokens::new("us", "hearten", Signers::parse(signers().as_bytes()).unwrap())))
}

/// Signed by the issuer, whatever it says: claims are hostile where issuers are careless.
fn made(rng: &mut Rng) -> Vec<u8> {
    let algorithms = ["EdDSA", "EdDSA", "EdDSA", "none", "HS256", "RS256", "ES256"];
    let mut header = json!({"alg": algorithms[rng.usize(0..7)], "kid": "o", "typ": "JWT"});
    let mut claims =
        json!({"iss": "us", "aud": "hearten", "exp": 4_102_444_800u64, "tenant": "north", "roles": "read"});
    let odd = |rng: &mut Rng| match rng.u8(0..6) {
        0 => Value::Null,
        1 => json!(odd_number(rng)),
        2 => json!(odd_number(rng) as i64),
        3 => json!([odd_text(rng), "ingest"]),
        4 => json!({"roles": 1.5}),
        _ => json!(odd_text(rng)),
    };
    for _ in 0..rng.u8(0..3) {
        let names = ["iss", "aud", "exp", "nbf", "tenant", "roles", "classes"];
        claims[names[rng.usize(0..names.len())]] = odd(rng);
    }
    if rng.u8(0..8) == 0 {
        let names = ["kid", "alg", "typ", "jwk", "crit", "x5c"];
        header[names[rng.usize(0..names.len())]] = odd(rng);
    }
    format!("Bearer {}", token(&header, &claims)).into_bytes()
}

#[test]
fn header() {
    const WORDS: &[&str] = &[
        "Bearer ",
        "bearer ",
        "Basic ",
        "hearten_",
        "hearten_abc_",
        "_",
        ".",
        "..",
        "eyJ",
        "=",
        "==",
        " ",
        "\t",
        "AA",
    ];
    let access = access();
    let seeds =
        [format!("Bearer {}", *KEY), "Bearer a.b.c".to_owned(), "Basic YTpi".to_owned()].map(String::into_bytes);
    let target =
        Target { seeds: seeds.to_vec(), make: Some(made), words: WORDS, ..Target::new("header", Shape::Text, 3_000) };
    target.run(|input| {
        let Ok(value) = HeaderValue::from_bytes(input) else { return refused("no header") };
        let headers = HeaderMap::from_iter([(AUTHORIZATION, value)]);
        let answer = access.identify(&Credential::new(&headers, &[]), Timestamp::from_millis(1_800_000_000_000));
        match answer {
            Ok(caller) => {
                let text = str::from_utf8(input).unwrap().split_once(' ').unwrap().1.trim();
                assert!(*KEY == text || was_signed(text), "{caller:?} got in with {text}");
                assert!(!caller.roles.is_empty() && !caller.tenant.is_empty());
                assert!(access.still_admits(&caller, Timestamp::from_millis(1_800_000_000_000)));
                taken((*KEY == text, caller.classes.as_ref().map(|classes| classes.len()), &caller.tenant))
            }
            Err(denied) => refused(&format!("{denied} {}", denied.reason())),
        }
    });
}

/// Signing is the same every time with these keys: whatever is signed otherwise was not signed by the issuer.
fn was_signed(token: &str) -> bool {
    let Some((signed, signature)) = token.rsplit_once('.') else { return false };
    URL_SAFE_NO_PAD.encode(ISSUER.sign(signed.as_bytes()).as_ref()) == signature
}
