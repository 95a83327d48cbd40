//! Sessions of TLS that are taken up again skip most of the handshake, and must not skip what a client certificate is held to.

use std::{thread, time::Duration};

use super::{
    Files,
    client::{connected, showing},
};

#[test]
fn a_certificate_that_has_expired_since_is_not_taken_up_again() {
    const GOOD_FOR: Duration = Duration::from_secs(6);
    let files = Files::new();
    files.keys(&["new", "--role", "admin", "--certificate", "tablet.test"]);
    let server = files.serve_mutually();
    let client = files.clients.issue_for(&["tablet.test"], GOOD_FOR);
    let configs = showing(&files, Some(&client));
    for config in &configs {
        connected(&server, config).unwrap();
    }
    thread::sleep(GOOD_FOR + Duration::from_secs(1));
    for config in &configs {
        let refused = connected(&server, config).expect_err("let in");
        assert!(refused.contains("CertificateExpired"), "{refused}");
    }
}
