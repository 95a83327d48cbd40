//! What a caller shows: headers, on a connection that may have a certificate.

use std::net::SocketAddr;

use tonic::{
    codegen::http::{HeaderMap, HeaderName, HeaderValue},
    transport::{Certificate, Channel, ClientTlsConfig, Endpoint, Identity},
};

use crate::authority::Issued;

#[derive(Clone)]
pub struct Shown {
    pub channel: Channel,
    pub headers: HeaderMap,
}

impl Shown {
    pub fn nothing(channel: Channel) -> Self {
        Self { channel, headers: HeaderMap::new() }
    }

    /// A key or a token.
    pub fn bearer(channel: &Channel, text: &str) -> Self {
        Self::nothing(channel.clone()).and("authorization", format!("Bearer {text}").as_bytes())
    }

    /// One more header.
    pub fn and(mut self, name: &'static str, value: &[u8]) -> Self {
        self.headers.append(HeaderName::from_static(name), HeaderValue::from_bytes(value).unwrap());
        self
    }

    /// The same credential, for somebody who thinks it is another tenant's.
    pub fn meant_for(self, tenant: &str) -> Self {
        self.and("hearten-tenant", tenant.as_bytes())
    }
}

/// A connection over TLS to a server that a test has started, with this certificate.
pub fn over_tls(address: SocketAddr, authority: &str, client: &Issued) -> Channel {
    let identity = Identity::from_pem(&client.certificate, &client.key);
    let tls = ClientTlsConfig::new()
        .ca_certificate(Certificate::from_pem(authority))
        .domain_name("localhost")
        .identity(identity);
    Endpoint::from_shared(format!("https://{address}")).unwrap().tls_config(tls).unwrap().connect_lazy()
}
