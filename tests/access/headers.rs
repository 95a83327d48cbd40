//! Headers that are none, or too much.

use std::sync::Arc;

use hearten::{access::Access, rpc::methods::METHODS};
use tonic::Code;

use crate::{
    authority::{Cut, grant},
    calls::World,
    in_process::{Place, Server, Setup, blamed},
    raw,
    shown::Shown,
};

const METHOD: &str = METHODS[0].name;

async fn guarded() -> (Server, String) {
    let mut cut = Cut::default();
    let key = cut.key(grant("school", &["admin"]));
    let mut setup = Setup { store: Place::Memory, ..Setup::default() };
    setup.options.access = Arc::new(Access::guarded(cut.keys(), None));
    (setup.start().await, key)
}

/// Each in a call of its own; the right header is among none of them alone.
#[tokio::test]
async fn malformed_headers_are_told_so_and_nothing_more() {
    let (server, key) = guarded().await;
    let right = format!("Bearer {key}");
    let bare = Shown::nothing(server.channel());
    let shown = |value: &[u8]| bare.clone().and("authorization", value);
    let malformed = [
        ("two", shown(right.as_bytes()).and("authorization", right.as_bytes())),
        ("a wrong one first", shown(b"Bearer x").and("authorization", right.as_bytes())),
        ("a wrong one last", shown(right.as_bytes()).and("authorization", b"")),
        ("two in one", shown(format!("{right}, {right}").as_bytes())),
        ("Basic", shown(b"Basic YW5hOnNlY3JldA==")),
        ("empty", shown(b"")),
        ("blank", shown(b"   ")),
        ("no credential", shown(b"Bearer")),
        ("a blank credential", shown(b"Bearer    ")),
        ("no scheme", shown(key.as_bytes())),
        ("no space", shown(format!("Bearer:{key}").as_bytes())),
        ("a tab", shown(format!("Bearer\t{key}").as_bytes())),
        ("not ASCII", shown(format!("Bearer {key}ü").as_bytes())),
        ("not UTF-8", shown(b"Bearer \xFF\xFE")),
        ("a byte more", shown(&[right.as_bytes(), b"\xA0"].concat())),
    ];
    for (what, shown) in malformed {
        let refused = raw::call(&shown, METHOD, World::event("ana", what)).await.expect_err(what);
        assert_eq!(refused.code(), Code::Unauthenticated, "{what}: {refused:?}");
        assert_eq!(blamed(&refused).1, "CREDENTIAL_MALFORMED", "{what}");
        assert!(refused.message().contains("`Bearer` with one key or token"), "{what}: {}", refused.message());
        assert!(!refused.message().contains("hearten_"), "{what}: {}", refused.message());
    }
    // The scheme's letters may be small (RFC 7235).
    for (id, right) in [("small", format!("bearer {key}")), ("wide", format!("Bearer   {key}  "))] {
        raw::call(&shown(right.as_bytes()), METHOD, World::event("ana", id)).await.unwrap();
    }
    drop(bare);
    server.stop().await;
}

/// Keys as they are not: nobody learns which part was right.
#[tokio::test]
async fn what_is_almost_a_key_is_unknown() {
    let (server, key) = guarded().await;
    let [_, id, secret] = key.splitn(3, '_').collect::<Vec<_>>()[..] else { panic!("{key}") };
    let other = "A".repeat(secret.len());
    let almost = [
        "hearten_".to_owned(),
        "hearten__".to_owned(),
        format!("hearten_{id}"),
        format!("hearten_{id}_"),
        format!("hearten_{id}_{}", &secret[1..]),
        format!("hearten_{id}_{secret}="),
        format!("hearten_{id}_{secret}_"),
        format!("hearten_{id}_{other}"),
        format!("hearten_nobody_{secret}"),
        format!("hearten__{secret}"),
        format!("HEARTEN_{id}_{secret}"),
        secret.to_owned(),
        "x".repeat(8 * 1024),
    ];
    let mut told = Vec::new();
    for text in almost {
        let refused = raw::call(&Shown::bearer(&server.channel(), &text), METHOD, World::event("ana", "x")).await;
        let refused = refused.expect_err(&text);
        told.push((refused.code(), refused.message().to_owned(), refused.details().to_vec()));
    }
    told.dedup();
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].0, Code::Unauthenticated);
    server.stop().await;
}

/// Larger than all headers may be: not read, and the connection serves on.
#[tokio::test]
async fn a_header_of_16_kib_is_refused_and_the_connection_goes_on() {
    let (server, key) = guarded().await;
    let channel = server.channel();
    let large = Shown::bearer(&channel, &"x".repeat(16 * 1024));
    let refused = raw::call(&large, METHOD, World::event("ana", "1")).await.unwrap_err();
    // It does not come so far as to be answered in gRPC's own terms.
    assert!(refused.code() == Code::Unknown && refused.message().contains("HTTP status code 431"), "{refused:?}");
    // Beside the right one it is as much too much.
    let beside = Shown::bearer(&channel, &key).and("hearten-tenant", &[b'x'; 16 * 1024]);
    raw::call(&beside, METHOD, World::event("ana", "1")).await.unwrap_err();
    raw::call(&Shown::bearer(&channel, &key), METHOD, World::event("ana", "1")).await.unwrap();
    server.stop().await;
}
