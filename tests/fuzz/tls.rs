//! Certificates and keys in PEM, and the names in certificates.

use hearten::access::tls;
use rcgen::{CertificateParams, KeyPair, PKCS_ED25519, SanType};
use rustls::pki_types::CertificateDer;

use super::engine::{Shape, Target, refused, taken};

fn made(key: &KeyPair) -> rcgen::Certificate {
    let mut params = CertificateParams::new(["ingest.example".to_owned(), "*.b.example".to_owned()]).unwrap();
    params.subject_alt_names.push(SanType::URI("spiffe://example/ingest".try_into().unwrap()));
    params.self_signed(key).unwrap()
}

/// One file with everything in it serves as certificate, key and client CA.
#[test]
fn pem() {
    const WORDS: &[&str] = &[
        "-----BEGIN CERTIFICATE-----\n",
        "-----END CERTIFICATE-----\n",
        "-----BEGIN PRIVATE KEY-----\n",
        "-----END PRIVATE KEY-----\n",
        "-----BEGIN EC PRIVATE KEY-----\n",
        "-----BEGIN RSA PRIVATE KEY-----\n",
        "-----BEGIN X509 CRL-----\n",
        "-----",
        "\r\n",
        "=",
        "==",
        "MII",
    ];
    let keys = [KeyPair::generate().unwrap(), KeyPair::generate_for(&PKCS_ED25519).unwrap()];
    let [one, other] = keys.each_ref().map(|key| format!("{}{}", made(key).pem(), key.serialize_pem()));
    let seeds = vec![one.into_bytes(), other.into_bytes()];
    Target { seeds, words: WORDS, ..Target::new("pem", Shape::Text, 2_000) }.run(|input| {
        match (tls::config(input, input, None), tls::config(input, input, Some(input))) {
            (Ok(_), Ok(config)) => taken(config.alpn_protocols.len()),
            (Ok(_), Err(unusable)) => refused(&format!("CA {unusable}")),
            (Err(unusable), _) => {
                let told = unusable.to_string();
                // Nothing of a key may be in it.
                assert!((1..300).contains(&told.len()), "{told}");
                refused(&told)
            }
        }
    });
}

#[test]
fn certificate() {
    let key = KeyPair::generate().unwrap();
    let seeds = vec![made(&key).der().to_vec()];
    Target { seeds, ..Target::new("certificate", Shape::Bytes, 5_000) }.run(|input| {
        let names = tls::names(&CertificateDer::from(input));
        assert!(names.iter().map(|name| name.len()).sum::<usize>() <= input.len());
        if names.is_empty() { refused("no names") } else { taken(names.len()) }
    });
}

/// Line breaks get lost where keys go through forms and variables: then all of it is in the line that is wrong.
#[test]
fn a_key_whose_lines_ran_together_is_not_told() {
    let key = KeyPair::generate().unwrap();
    let chain = made(&key).pem();
    let run_together = key.serialize_pem().replace('\n', " ");
    let told = tls::config(chain.as_bytes(), run_together.as_bytes(), None).unwrap_err().to_string();
    assert_eq!(told, "the private key: has a line `-----BEGIN …-----` without its line `-----END …-----`");
}
