//! Certificates, of servers and of clients.

use std::time::Duration;

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, KeyUsagePurpose, SanType,
    date_time_ymd,
};

/// Signs certificates.
pub struct Authority(CertifiedIssuer<'static, KeyPair>);

/// A certificate and its private key, in PEM.
#[derive(Clone)]
pub struct Issued {
    pub certificate: String,
    pub key: String,
}

impl Authority {
    pub fn new(name: &str) -> Self {
        let mut about = CertificateParams::default();
        about.distinguished_name.push(DnType::CommonName, name);
        about.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        about.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        Self(CertifiedIssuer::self_signed(about, KeyPair::generate().unwrap()).unwrap())
    }

    /// What whoever trusts it is given.
    pub fn pem(&self) -> String {
        self.0.pem()
    }

    /// A certificate for these names: of hosts, addresses, or URIs.
    pub fn issue(&self, names: &[&str]) -> Issued {
        self.sign(named(names))
    }

    /// The same, but its time is over.
    pub fn issue_expired(&self, names: &[&str]) -> Issued {
        let mut about = named(names);
        (about.not_before, about.not_after) = (date_time_ymd(2020, 1, 1), date_time_ymd(2021, 1, 1));
        self.sign(about)
    }

    /// The same, from now on for so long.
    pub fn issue_for(&self, names: &[&str], length: Duration) -> Issued {
        let mut about = named(names);
        let now = Duration::from_millis(hearten::clock::now().as_millis().try_into().unwrap());
        about.not_after = date_time_ymd(1970, 1, 1) + now + length;
        self.sign(about)
    }

    fn sign(&self, about: CertificateParams) -> Issued {
        let key = KeyPair::generate().unwrap();
        let certificate = about.signed_by(&key, &self.0).unwrap().pem();
        Issued { certificate, key: key.serialize_pem() }
    }
}

fn named(names: &[&str]) -> CertificateParams {
    let name = |name: &&str| match name.parse() {
        Ok(address) => SanType::IpAddress(address),
        Err(_) if name.contains("://") => SanType::URI((*name).try_into().unwrap()),
        Err(_) => SanType::DnsName((*name).try_into().unwrap()),
    };
    let mut about = CertificateParams::default();
    about.subject_alt_names = names.iter().map(name).collect();
    about
}
