//! A keys file in the making.

use hearten::access::keys::{Certificate, Grant, Key, Keys, Ring};

/// Good for ever, for these roles.
pub fn grant(tenant: &str, roles: &[&str]) -> Grant {
    let roles = roles.iter().map(|role| (*role).to_owned()).collect();
    Grant { tenant: tenant.to_owned(), roles, classes: Vec::new(), expires: None }
}

/// Keys as they are cut.
#[derive(Default)]
pub struct Cut(pub Ring);

impl Cut {
    /// What its holder is given.
    pub fn key(&mut self, grant: Grant) -> String {
        let (key, text) = Key::new(None, grant).unwrap();
        self.0.keys.push(key);
        text
    }

    /// Lets in whoever has a certificate for this name.
    pub fn certificate(&mut self, name: &str, grant: Grant) {
        self.0.certificates.push(Certificate { name: name.to_owned(), grant });
    }

    /// As the server reads them.
    pub fn keys(&self) -> Keys {
        Keys::parse(&self.0.text().unwrap()).unwrap()
    }
}
