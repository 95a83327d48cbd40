//! How the real server comes to its settings, and with which it does not start.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "the helpers are tests too"
)]

mod authority;
mod support;

#[path = "settings/exposed.rs"]
mod exposed;
#[path = "settings/file.rs"]
mod file;
#[path = "settings/told.rs"]
mod told;

use std::{fs, path::PathBuf, process::Stdio, time::Duration};

use authority::{Authority, Signing, set};
use support::{hearten, now};
use tempfile::TempDir;

/// A folder with everything a guarded server reads.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        let authority = Authority::new("everybody's");
        let own = authority.issue(&["localhost"]);
        folder.put("cert.pem", &own.certificate);
        folder.put("key.pem", &own.key);
        folder.put("ca.pem", &authority.pem());
        folder.put("keys.toml", "");
        folder.put("jwks.json", &set(&[&Signing::new("1", jsonwebtoken::Algorithm::ES256)]));
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn put(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    /// What a command says, and whether it went well; started here, so that files can be named as they are.
    fn run(&self, arguments: &[&str], settings: &[(&str, &str)]) -> (bool, String) {
        let mut command = hearten(arguments.iter().copied());
        command.current_dir(&self.0).envs(settings.iter().copied());
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // One that serves after all must not go on for ever.
        let deadline = now() + Duration::from_secs(30);
        while child.try_wait().unwrap().is_none() && now() < deadline {
            std::thread::sleep(Duration::from_millis(5));
        }
        let _ = child.kill();
        let output = child.wait_with_output().unwrap();
        let said = [output.stdout, output.stderr].map(|said| String::from_utf8(said).unwrap()).concat();
        assert!(!said.contains("panicked"), "{said}");
        (output.status.success(), said)
    }

    /// Of a server that must not start.
    fn refused(&self, arguments: &[&str], settings: &[(&str, &str)]) -> String {
        let (well, said) = self.run(&[&["serve", "--store", "memory"], arguments].concat(), settings);
        assert!(!well && !said.contains("listening on"), "{arguments:?} {settings:?}: {said}");
        said
    }

    /// Of `hearten config check`, that must go well.
    fn checked(&self, arguments: &[&str], settings: &[(&str, &str)]) -> String {
        let (well, said) = self.run(&[&["config", "check"], arguments].concat(), settings);
        assert!(well, "{arguments:?} {settings:?}: {said}");
        said
    }
}
