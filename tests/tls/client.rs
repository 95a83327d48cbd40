//! A client that tells everything about its handshake.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    sync::Arc,
};

use rustls::{
    ClientConfig, ClientConnection, RootCertStore,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
    version::{TLS12, TLS13},
};

use super::Files;
use crate::{
    authority::Issued,
    support::{PATIENCE, Server},
};

/// Speaks either version, trusts who vouches for servers, and shows this certificate.
pub fn showing(files: &Files, client: Option<&Issued>) -> [Arc<ClientConfig>; 2] {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(files.servers.pem().as_bytes()).unwrap()).unwrap();
    [&TLS13, &TLS12].map(|version| {
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let builder = ClientConfig::builder_with_provider(provider).with_protocol_versions(&[version]).unwrap();
        let builder = builder.with_root_certificates(roots.clone());
        let mut config = match client {
            None => builder.with_no_client_auth(),
            Some(Issued { certificate, key }) => {
                let chain = vec![CertificateDer::from_pem_slice(certificate.as_bytes()).unwrap()];
                let key = PrivateKeyDer::from_pem_slice(key.as_bytes()).unwrap();
                builder.with_client_auth_cert(chain, key).unwrap()
            }
        };
        config.alpn_protocols = vec![b"h2".to_vec()];
        Arc::new(config)
    })
}

/// Connects, and hears what the server has to say first: its settings, or why it will have nothing to do with this client.
/// What was agreed to be spoken.
pub fn connected(server: &Server, config: &Arc<ClientConfig>) -> Result<Option<Vec<u8>>, String> {
    const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0";
    let mut client = ClientConnection::new(Arc::clone(config), "localhost".try_into().unwrap()).unwrap();
    let mut socket = TcpStream::connect(server.addr()).unwrap();
    socket.set_read_timeout(Some(PATIENCE)).unwrap();
    let mut stream = rustls::Stream::new(&mut client, &mut socket);
    let heard = stream.write_all(PREFACE).and_then(|()| stream.read_exact(&mut [0; 9]));
    heard.map_err(|error| error.to_string())?;
    Ok(client.alpn_protocol().map(<[u8]>::to_vec))
}
