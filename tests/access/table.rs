//! Every method × every column × every kind of credential: only what is right passes.

use std::sync::Arc;

use arc_swap::ArcSwap;
use hearten::access::{
    Access, Role,
    keys::{Grant, Keys},
    signers::Signers,
    tls,
    tokens::Tokens,
};
use hearten::rpc::methods::{Asks, METHODS};
use jsonwebtoken::Algorithm;
use serde_json::json;
use tonic::{Code, Status};

use crate::{
    authority::{AUDIENCE, Authority, Cut, ISSUER, Signing, claims, grant, set},
    calls::World,
    in_process::{Place, Server, Setup, blamed},
    raw,
    shown::{Shown, over_tls},
};

const TENANT: &str = "school";
const LONG_AGO: &str = "2020-01-01T00:00:00Z";

#[derive(Clone, Copy, Debug, PartialEq)]
enum Column {
    NoCredential,
    Wrong,
    Expired,
    WrongTenant,
    WrongRole,
    Right,
    /// Who may do everything.
    Admin,
}

impl Column {
    const ALL: [Self; 7] =
        [Self::NoCredential, Self::Wrong, Self::Expired, Self::WrongTenant, Self::WrongRole, Self::Right, Self::Admin];

    /// How a method that asks for so much answers: code, reason, and what the message must tell.
    fn refusal(self, asks: Asks) -> Option<(Code, &'static str, &'static str)> {
        let told = match (self, asks) {
            (_, Asks::Nothing) | (Self::Right | Self::Admin, _) | (Self::WrongRole, Asks::Any) => return None,
            (Self::NoCredential, _) => {
                (Code::Unauthenticated, "CREDENTIAL_MISSING", "send the header `authorization: Bearer")
            }
            (Self::Wrong, _) => (Code::Unauthenticated, "CREDENTIAL_UNKNOWN", "wrong, or revoked"),
            (Self::Expired, _) => (Code::Unauthenticated, "CREDENTIAL_EXPIRED", "has expired"),
            (Self::WrongTenant, _) => (Code::PermissionDenied, "OTHER_TENANT", "the header `hearten-tenant`"),
            (Self::WrongRole, Asks::Role(role)) => {
                let words = match role {
                    Role::Ingest => "takes the role `ingest`",
                    Role::Read => "takes the role `read`",
                    Role::Admin => "takes the role `admin`",
                };
                (Code::PermissionDenied, "ROLE_MISSING", words)
            }
        };
        Some(told)
    }
}

/// One kind of credential, in every state.
struct Kind {
    name: &'static str,
    none: Shown,
    wrong: Shown,
    expired: Shown,
    ingest: Shown,
    read: Shown,
    admin: Shown,
}

impl Kind {
    fn shown(&self, column: Column, asks: Asks) -> Shown {
        let (right, other) = match asks {
            Asks::Role(Role::Ingest) => (&self.ingest, &self.read),
            Asks::Role(Role::Admin) => (&self.admin, &self.read),
            _ => (&self.read, &self.ingest),
        };
        match column {
            Column::NoCredential => self.none.clone(),
            Column::Wrong => self.wrong.clone(),
            Column::Expired => self.expired.clone(),
            Column::WrongTenant => right.clone().meant_for("other"),
            Column::WrongRole => other.clone(),
            // Whoever says whose data they mean is not worse off for it.
            Column::Right => right.clone().meant_for(TENANT),
            Column::Admin => self.admin.clone(),
        }
    }

    /// One row after the other.
    async fn hold(&self) {
        let world = World::make(&self.admin).await;
        for method in METHODS {
            for column in Column::ALL {
                let id = format!("{} {column:?} {}", self.name, method.name);
                let answer =
                    raw::call(&self.shown(column, method.asks), method.name, world.request(method.name, &id)).await;
                match (answer, column.refusal(method.asks)) {
                    (Ok(answer), None) => {
                        assert!(world.did(method.name, &id, answer), "{id}: not what it is there for")
                    }
                    (Err(refused), Some(told)) => is_told(&refused, told, &id),
                    (Ok(_), Some(_)) => panic!("{id}: let in"),
                    (Err(refused), None) => panic!("{id}: {refused:?}"),
                }
            }
        }
    }
}

fn is_told(refused: &Status, (code, reason, words): (Code, &str, &str), what: &str) {
    assert_eq!(refused.code(), code, "{what}: {refused:?}");
    assert_eq!(blamed(refused), (String::new(), reason.to_owned()), "{what}");
    assert!(refused.message().contains(words), "{what}: {}", refused.message());
}

async fn guarded(access: Access, tls: Option<Arc<ArcSwap<rustls::ServerConfig>>>) -> Server {
    let mut setup = Setup { store: Place::Memory, ..Setup::default() };
    (setup.options.access, setup.options.tls) = (Arc::new(access), tls);
    setup.start().await
}

fn expired(tenant: &str, roles: &[&str]) -> Grant {
    Grant { expires: Some(LONG_AGO.to_owned()), ..grant(tenant, roles) }
}

#[tokio::test]
async fn keys_open_what_is_theirs_and_nothing_else() {
    let mut cut = Cut::default();
    let [ingest, read, admin] = ["ingest", "read", "admin"].map(|role| cut.key(grant(TENANT, &[role])));
    let expired = cut.key(expired(TENANT, &["admin"]));
    let wrong = format!("{}{}", &admin[..admin.len() - 1], if admin.ends_with('A') { 'E' } else { 'A' });
    let server = guarded(Access::guarded(cut.keys(), None), None).await;
    let channel = server.channel();
    let bearer = |text: &str| Shown::bearer(&channel, text);
    let kind = Kind {
        name: "key",
        none: Shown::nothing(channel.clone()),
        wrong: bearer(&wrong),
        expired: bearer(&expired),
        ingest: bearer(&ingest),
        read: bearer(&read),
        admin: bearer(&admin),
    };
    kind.hold().await;
    drop(kind);
    server.stop().await;
}

async fn tokens_open(name: &'static str, algorithm: Algorithm) {
    let (signing, impostor) = (Signing::new("1", algorithm), Signing::new("1", algorithm));
    let signers = Signers::parse(set(&[&signing]).as_bytes()).unwrap();
    let access = Access::guarded(Keys::default(), Some(Tokens::new(ISSUER, AUDIENCE, signers)));
    let server = guarded(access, None).await;
    let channel = server.channel();
    let bearer = |text: String| Shown::bearer(&channel, &text);
    let signed = |role: &str| bearer(signing.sign(&claims(TENANT, &[role])));
    let mut over = claims(TENANT, &["admin"]);
    over["exp"] = json!(hearten::clock::now().as_secs() - 60);
    let kind = Kind {
        name,
        none: Shown::nothing(channel.clone()),
        wrong: bearer(impostor.sign(&claims(TENANT, &["admin"]))),
        expired: bearer(signing.sign(&over)),
        ingest: signed("ingest"),
        read: signed("read"),
        admin: signed("admin"),
    };
    kind.hold().await;
    drop(kind);
    server.stop().await;
}

#[tokio::test]
async fn tokens_signed_with_rs256_open_what_is_theirs_and_nothing_else() {
    tokens_open("RS256", Algorithm::RS256).await;
}

#[tokio::test]
async fn tokens_signed_with_es256_open_what_is_theirs_and_nothing_else() {
    tokens_open("ES256", Algorithm::ES256).await;
}

#[tokio::test]
async fn tokens_signed_with_eddsa_open_what_is_theirs_and_nothing_else() {
    tokens_open("EdDSA", Algorithm::EdDSA).await;
}

#[tokio::test]
async fn certificates_open_what_is_theirs_and_nothing_else() {
    let mut cut = Cut::default();
    for role in ["ingest", "read", "admin"] {
        cut.certificate(&format!("{role}.test"), grant(TENANT, &[role]));
    }
    cut.certificate("over.test", expired(TENANT, &["admin"]));
    cut.certificate("spiffe://school.test/reader", grant(TENANT, &["read"]));
    let key = cut.key(grant(TENANT, &["ingest"]));
    let authority = Authority::new("an authority");
    let own = authority.issue(&["localhost"]);
    let ca = authority.pem();
    let tls = tls::config(own.certificate.as_bytes(), own.key.as_bytes(), Some(ca.as_bytes())).unwrap();
    let server = guarded(Access::guarded(cut.keys(), None), Some(Arc::new(ArcSwap::new(tls)))).await;
    let named = |names: &[&str]| Shown::nothing(over_tls(server.address, &ca, &authority.issue(names)));
    let kind = Kind {
        name: "certificate",
        // One that names nobody.
        none: named(&[]),
        wrong: named(&["nobody.test", "spiffe://admin.test"]),
        expired: named(&["over.test"]),
        ingest: named(&["somebody.else.test", "ingest.test"]),
        read: named(&["spiffe://school.test/reader"]),
        admin: named(&["admin.test"]),
    };
    kind.hold().await;

    // A proxy's own certificate says nothing of whom it speaks for.
    let world = World::make(&kind.admin).await;
    let (ingest, read) = (METHODS[0].name, "hearten.v1.LearnerService/GetLearner");
    let proxied = Shown::bearer(&kind.admin.channel, &key);
    assert!(raw::call(&proxied, ingest, world.request(ingest, "proxied")).await.is_ok());
    let refused = raw::call(&proxied, read, world.request(read, "proxied")).await.unwrap_err();
    is_told(&refused, (Code::PermissionDenied, "ROLE_MISSING", "`read`"), "proxied");
    let wrong = Shown::bearer(&kind.admin.channel, "hearten_nobody_nothing");
    let refused = raw::call(&wrong, read, world.request(read, "proxied")).await.unwrap_err();
    is_told(&refused, (Code::Unauthenticated, "CREDENTIAL_UNKNOWN", "wrong, or revoked"), "proxied");
    drop((kind, proxied, wrong));
    server.stop().await;
}
