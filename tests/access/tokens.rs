//! Tokens that say too little, or the wrong thing, or are signed by the wrong hand.

use std::sync::Arc;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hearten::{
    access::{Access, keys::Keys, signers::Signers, tokens::Tokens},
    rpc::methods::METHODS,
};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};
use tonic::Code;

use crate::{
    authority::{AUDIENCE, ISSUER, Signing, claims, set, unsigned},
    calls::World,
    in_process::{Place, Server, Setup, blamed},
    raw,
    shown::Shown,
};

const INGEST: &str = METHODS[0].name;
const GET: &str = "hearten.v1.LearnerService/GetLearner";

/// A server that goes by these keys, and by no others however often it is asked to look them up.
async fn trusting(keys: &[&Signing]) -> Server {
    let signers = Signers::parse(set(keys).as_bytes()).unwrap();
    let access = Arc::new(Access::guarded(Keys::default(), Some(Tokens::new(ISSUER, AUDIENCE, signers))));
    let asked = Arc::clone(&access);
    tokio::spawn(async move {
        let tokens = asked.tokens().unwrap();
        loop {
            tokens.wanted().await;
            tokens.done();
        }
    });
    let mut setup = Setup { store: Place::Memory, ..Setup::default() };
    setup.options.access = access;
    setup.start().await
}

async fn refused(server: &Server, what: &str, token: &str) -> (Code, String, String) {
    let shown = Shown::bearer(&server.channel(), token);
    let refused = raw::call(&shown, INGEST, World::event("ana", what)).await.expect_err(what);
    let (field, reason) = blamed(&refused);
    assert_eq!(field, "", "{what}");
    (refused.code(), reason, refused.message().to_owned())
}

/// Good claims, but for one.
fn but(name: &str, value: Value) -> Value {
    let mut claims = claims("school", &["ingest"]);
    claims[name] = value;
    claims
}

fn without(name: &str) -> Value {
    let mut claims = claims("school", &["ingest"]);
    claims.as_object_mut().unwrap().remove(name);
    claims
}

#[tokio::test]
async fn claims_that_are_missing_or_wrong_are_named() {
    let signing = Signing::new("1", Algorithm::EdDSA);
    let server = trusting(&[&signing]).await;
    let now = hearten::clock::now().as_secs();
    let table = [
        ("another issuer", but("iss", json!("https://elsewhere.test")), "(`iss`)"),
        ("no issuer", without("iss"), "no `iss`"),
        ("another audience", but("aud", json!("grades")), "(`aud`)"),
        ("other audiences", but("aud", json!(["grades", "hearten2"])), "(`aud`)"),
        ("no audience", without("aud"), "no `aud`"),
        ("no end", without("exp"), "no `exp`"),
        ("an end that is no number", but("exp", json!("tomorrow")), "`exp`"),
        ("not begun", but("nbf", json!(now + 300)), "(`nbf`)"),
        ("no tenant", without("tenant"), "no `tenant`"),
        ("an empty tenant", but("tenant", json!("")), "`tenant` is \"\": 1 to 64"),
        ("no name of a tenant", but("tenant", json!("../Other")), "small letters"),
        ("a number of a tenant", but("tenant", json!(7)), "kinds"),
        ("no roles", without("roles"), "`roles`"),
        ("others' roles", but("roles", json!(["openid", "Admin", "teacher"])), "none of ingest, read, admin"),
        ("others' roles in words", but("roles", json!("openid ingest,read")), "none of ingest, read, admin"),
        ("no names of roles", but("roles", json!([1])), "kinds"),
        ("classes of one who writes", but("classes", json!(["7b"])), "go with the role read alone"),
    ];
    for (what, claims, words) in table {
        let (code, reason, message) = refused(&server, what, &signing.sign(&claims)).await;
        assert_eq!((code, reason.as_str()), (Code::Unauthenticated, "TOKEN_REFUSED"), "{what}: {message}");
        assert!(message.starts_with("the token is refused: it") && message.contains(words), "{what}: {message}");
    }
    let over = refused(&server, "over", &signing.sign(&but("exp", json!(now - 31)))).await;
    assert_eq!((over.0, over.1.as_str()), (Code::Unauthenticated, "CREDENTIAL_EXPIRED"));
    // What clocks differ by is let pass.
    for (what, claims) in [
        ("just over", but("exp", json!(now - 20))),
        ("just to come", but("nbf", json!(now + 20))),
        ("one of many audiences", but("aud", json!(["grades", AUDIENCE]))),
        ("roles in words", but("roles", json!("openid ingest read"))),
        ("roles beside others", but("roles", json!(["openid", "ingest"]))),
    ] {
        let shown = Shown::bearer(&server.channel(), &signing.sign(&claims));
        raw::call(&shown, INGEST, World::event("ana", what)).await.expect(what);
    }
    server.stop().await;
}

#[tokio::test]
async fn only_a_published_key_signs_and_only_as_it_is_meant_to() {
    let keys = [("r", Algorithm::RS256), ("e", Algorithm::ES256), ("d", Algorithm::EdDSA)];
    let keys = keys.map(|(id, algorithm)| Signing::new(id, algorithm));
    let [rsa, ec, ed] = &keys;
    let server = trusting(&[rsa, ec, ed]).await;
    let good = claims("school", &["ingest"]);
    for key in &keys {
        let shown = Shown::bearer(&server.channel(), &key.sign(&good));
        raw::call(&shown, INGEST, World::event("ana", &key.id)).await.unwrap();
    }

    // The algorithm is not the token's to choose.
    let hashed = |secret: &[u8]| {
        let header = Header { kid: Some("r".to_owned()), ..Header::new(Algorithm::HS256) };
        encode(&header, &good, &EncodingKey::from_secret(secret)).unwrap()
    };
    let public = rsa.jwk();
    let modulus = public["n"].as_str().unwrap();
    let crossed = [
        ("the public key as a secret", hashed(modulus.as_bytes())),
        ("the public key's bytes as a secret", hashed(&URL_SAFE_NO_PAD.decode(modulus).unwrap())),
        ("the key set as a secret", hashed(public.to_string().as_bytes())),
        ("an RSA signature naming the EC key", rsa.sign_as(Some("e"), &good)),
        ("an EC signature naming the RSA key", ec.sign_as(Some("r"), &good)),
        ("an Ed signature naming the EC key", ed.sign_as(Some("e"), &good)),
    ];
    for (what, token) in crossed {
        let (code, reason, message) = refused(&server, what, &token).await;
        assert_eq!((code, reason.as_str()), (Code::Unauthenticated, "TOKEN_REFUSED"), "{what}: {message}");
        assert!(message.contains("`alg`"), "{what}: {message}");
    }

    let [head, body, signature] = rsa.sign(&good).split('.').map(str::to_owned).collect::<Vec<_>>().try_into().unwrap();
    let other = URL_SAFE_NO_PAD.encode(claims("other", &["admin"]).to_string());
    let forged = [
        ("no algorithm", unsigned(&json!({"alg": "none", "typ": "JWT", "kid": "r"}), &good)),
        ("no algorithm, in capitals", unsigned(&json!({"alg": "NONE", "kid": "r"}), &good)),
        ("no algorithm at all", unsigned(&json!({"kid": "r"}), &good)),
        ("RS256 without a signature", unsigned(&json!({"alg": "RS256", "kid": "r"}), &good)),
        ("other claims", format!("{head}.{other}.{signature}")),
        ("a cut signature", format!("{head}.{body}.{}", &signature[..signature.len() - 4])),
        ("no signature", format!("{head}.{body}.")),
        ("two parts", format!("{head}.{body}")),
        ("four parts", format!("{head}.{body}.{signature}.{signature}")),
        ("dots", "...".to_owned()),
        ("an impostor", Signing::new("r", Algorithm::RS256).sign(&good)),
    ];
    for (what, token) in forged {
        let (code, reason, message) = refused(&server, what, &token).await;
        assert_eq!((code, reason.as_str()), (Code::Unauthenticated, "CREDENTIAL_UNKNOWN"), "{what}: {message}");
    }

    let unpublished = Signing::new("new", Algorithm::ES256);
    for (what, token) in [("unknown", unpublished.sign(&good)), ("no key named of three", rsa.sign_as(None, &good))] {
        let (code, reason, message) = refused(&server, what, &token).await;
        assert_eq!((code, reason.as_str()), (Code::Unauthenticated, "TOKEN_REFUSED"), "{what}: {message}");
        assert!(message.contains("does not publish"), "{what}: {message}");
    }
    server.stop().await;

    // Of one key alone the name may be left out.
    let server = trusting(&[ec]).await;
    let shown = Shown::bearer(&server.channel(), &ec.sign_as(None, &good));
    raw::call(&shown, INGEST, World::event("ana", "1")).await.unwrap();
    server.stop().await;
}

/// What a token says holds with every call, also when it is remembered as good.
#[tokio::test]
async fn a_token_that_was_good_is_held_to_its_roles_and_its_end() {
    let signing = Signing::new("1", Algorithm::EdDSA);
    let server = trusting(&[&signing]).await;
    let now = hearten::clock::now().as_secs();
    let shown = Shown::bearer(&server.channel(), &signing.sign(&but("exp", json!(now - 27))));
    raw::call(&shown, INGEST, World::event("ana", "1")).await.unwrap();
    let refused = raw::call(&shown, GET, World::event("ana", "2")).await.unwrap_err();
    assert_eq!((refused.code(), blamed(&refused).1.as_str()), (Code::PermissionDenied, "ROLE_MISSING"));
    let mut last = None;
    crate::in_process::eventually(async || {
        last = raw::call(&shown, INGEST, World::event("ana", "1")).await.err();
        last.is_some()
    })
    .await;
    let last = last.unwrap();
    assert_eq!((last.code(), blamed(&last).1.as_str()), (Code::Unauthenticated, "CREDENTIAL_EXPIRED"));
    server.stop().await;
}
