//! `hearten keys`: the keys that callers need, made, listed and revoked. A running server takes up every change by itself.

use std::{
    fs::{self, File, OpenOptions, Permissions},
    io::{self, ErrorKind, Write as _},
    os::unix::fs::{MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _, fchown},
    path::{Path, PathBuf},
};

use clap::{Args, Subcommand};
use hearten::access::{
    Role,
    keys::{Certificate, Grant, Key, Keys, Ring},
};

use super::{Problem, print, settings};

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a key, add it to the file, and print it: once, it is kept nowhere.
    New(New),
    /// List what is in the file.
    List {
        #[command(flatten)]
        file: At,
    },
    /// Take a key or a certificate's name out of the file.
    Revoke {
        /// The key's id, or the certificate's name.
        id: String,
        #[command(flatten)]
        file: At,
    },
}

#[derive(Debug, Args)]
pub(crate) struct At {
    /// The file of keys; `new` makes it where there is none.
    #[arg(long, env = "HEARTEN_KEYS", hide_env_values = true, value_name = "FILE")]
    keys: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct New {
    #[command(flatten)]
    file: At,
    /// Whose data.
    #[arg(long, default_value = "default", value_name = "NAME")]
    tenant: String,
    /// For what: ingest, read or admin; more than once for several.
    #[arg(long, required = true, value_name = "ROLE")]
    role: Vec<Role>,
    /// A class whose learners may be seen, of a key that only reads; more than once for several. All where none is named.
    #[arg(long, value_name = "CLASS")]
    class: Vec<String>,
    /// How long it is good for, such as 90d. For ever where it is not said.
    #[arg(long, value_name = "TIME")]
    expires_in: Option<String>,
    /// Whose it is, in words, for whoever reads the file.
    #[arg(long, value_name = "TEXT")]
    name: Option<String>,
    /// No key, but a DNS name or URI that a client certificate must have.
    #[arg(long, value_name = "NAME", conflicts_with = "name")]
    certificate: Option<String>,
}

pub(crate) fn run(command: Command) -> Result<(), Problem> {
    match command {
        Command::New(new) => make(new),
        Command::List { file } => {
            must_be_there(&file.keys)?;
            print(&listed(&read(&file.keys)?))
        }
        Command::Revoke { id, file } => revoke(&file.keys, &id),
    }
}

fn make(new: New) -> Result<(), Problem> {
    if new.name.as_ref().is_some_and(|name| name.chars().any(char::is_control)) {
        return Err(Problem::new("--name: has a control character, such as the end of a line".to_owned()));
    }
    let expires = new.expires_in.as_deref().map(until).transpose()?;
    let roles = new.role.iter().map(ToString::to_string).collect();
    let grant = Grant { tenant: new.tenant, roles, classes: new.class, expires };
    let told = change(&new.file.keys, |ring| match new.certificate {
        Some(name) => {
            // DNS knows no capitals; a URI does.
            let name = if name.contains("://") { name } else { name.to_ascii_lowercase() };
            let told = format!("clients with a certificate for {name} are let in");
            ring.certificates.push(Certificate { name, grant });
            Ok(told)
        }
        None => {
            let (key, text) = Key::new(new.name, grant)?;
            ring.keys.push(key);
            Ok(text)
        }
    })?;
    print(&format!("{told}\n"))
}

fn until(text: &str) -> Result<String, Problem> {
    let wrong = || {
        Problem::new(format!(
            "--expires-in {text:?}: a time is a whole number above 0 with ms, s, m, h or d, such as 90d"
        ))
    };
    let millis = settings::millis(text).filter(|millis| *millis > 0).and_then(|millis| i64::try_from(millis).ok());
    let millis = millis.ok_or_else(wrong)?;
    let at = hearten::clock::now() + millis;
    // In whole seconds, as people read it.
    let at = jiff::Timestamp::from_second(at.as_secs());
    Ok(at.map_err(|_| Problem::new(format!("--expires-in {text:?}: ends after the year 9999")))?.to_string())
}

fn revoke(path: &Path, id: &str) -> Result<(), Problem> {
    must_be_there(path)?;
    change(path, |ring| {
        let before = ring.keys.len() + ring.certificates.len();
        ring.keys.retain(|key| key.id != id);
        ring.certificates.retain(|certificate| certificate.name != id);
        if ring.keys.len() + ring.certificates.len() == before {
            return Err(Problem::new(format!("{}: there is no key or certificate {id:?}", path.display())));
        }
        Ok(())
    })
}

/// What somebody wrote into the file by hand.
fn on_one_line(name: &str) -> String {
    name.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

/// Only a new key makes the file where there is none: for the rest, its name was mistaken.
fn must_be_there(path: &Path) -> Result<(), Problem> {
    fs::metadata(path).map(|_| ()).map_err(|error| Problem::from(error).about(&path.display().to_string()))
}

fn listed(ring: &Ring) -> String {
    let about = |grant: &Grant| {
        let classes =
            if grant.classes.is_empty() { String::new() } else { format!(" classes={}", grant.classes.join(",")) };
        let expires = grant.expires.as_ref().map_or(String::new(), |expires| format!(" expires={expires}"));
        format!("tenant={} roles={}{classes}{expires}", grant.tenant, grant.roles.join(","))
    };
    let keys = ring.keys.iter().map(|key| {
        let name = key.name.as_ref().map_or(String::new(), |name| format!(" ({})", on_one_line(name)));
        format!("key {} {}{name}\n", key.id, about(&key.grant))
    });
    let certificates =
        ring.certificates.iter().map(|each| format!("certificate {} {}\n", each.name, about(&each.grant)));
    keys.chain(certificates).collect()
}

/// What stands in the file; nothing where there is none yet.
fn read(path: &Path) -> Result<Ring, Problem> {
    let about = |problem: Problem| problem.about(&path.display().to_string());
    let text = match fs::read_to_string(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Ring::default()),
        read => read.map_err(|error| about(error.into()))?,
    };
    Keys::parse(&text).map_err(|error| about(error.into()))?;
    Ring::parse(&text).map_err(|error| about(error.into()))
}

/// Changes the file, one change at a time, whole or not at all.
fn change<T>(path: &Path, change: impl FnOnce(&mut Ring) -> Result<T, Problem>) -> Result<T, Problem> {
    let about = |problem: Problem| problem.about(&path.display().to_string());
    // Through a link the file itself is replaced, not the link: a server may read it by another name.
    let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let path = real.as_path();
    let turn = claim(path).map_err(|error| about(error.into()))?;
    let mut ring = read(path)?;
    let told = change(&mut ring)?;
    let text = ring.text()?;
    // Where it stands in a file that is not written yet helps nobody.
    Keys::parse(&text).map_err(|error| Problem::new(error.problem))?;
    replace(path, &turn, &text).map_err(|error| about(error.into()))?;
    Ok(told)
}

/// The file, locked until dropped. Whoever waited may hold one that was replaced meanwhile, and waits for the new one.
fn claim(path: &Path) -> io::Result<File> {
    loop {
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(path)?;
        file.lock()?;
        let (held, named) = (file.metadata()?, fs::metadata(path)?);
        if held.ino() == named.ino() && held.dev() == named.dev() {
            return Ok(file);
        }
    }
}

/// Puts a new file in the place of the old one, on disk when this returns: no crash brings a revoked key back. Whoever could
/// read the old one can read the new one, the server above all, which often is another user.
fn replace(path: &Path, old: &File, text: &str) -> io::Result<()> {
    let old = old.metadata()?;
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    let mut new = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&part)?;
    let written = fchown(&new, Some(old.uid()), Some(old.gid()))
        .and_then(|()| new.set_permissions(Permissions::from_mode(old.mode() & 0o777)))
        .and_then(|()| new.write_all(text.as_bytes()))
        .and_then(|()| new.sync_all())
        .and_then(|()| fs::rename(&part, path));
    if written.is_err() {
        // What remains of it is of no use to anybody.
        let _ = fs::remove_file(&part);
        return written;
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}
