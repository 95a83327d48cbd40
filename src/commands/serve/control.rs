//! Where commands on this machine ask a running server for what needs the store: a socket in the data directory, open to whoever
//! runs the server and to root. One line asks; lines tell how it goes, and the last how it went.

use std::{
    fs,
    io::{self, ErrorKind},
    os::unix::fs::{MetadataExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use hearten::store::Embedded;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{UnixListener, UnixStream},
    sync::watch,
    task::spawn_blocking,
    time::{Instant, sleep},
};

use crate::commands::control::{Answer, BACKUP, socket};

/// Until the next look for somebody, where one cannot be let in.
const AGAIN: Duration = Duration::from_millis(200);

/// Listens until the process ends. A server without it serves all the same.
pub(super) fn listen(directory: &Path, store: &Arc<Embedded>) {
    match bind(&socket(directory)) {
        Ok((listener, owner)) => {
            let store = Arc::clone(store);
            tokio::spawn(async move {
                loop {
                    match listener.accept().await {
                        Ok((stream, _)) => {
                            let theirs = stream.peer_cred().is_ok_and(|peer| peer.uid() == owner || peer.uid() == 0);
                            if theirs {
                                tokio::spawn(answer(stream, Arc::clone(&store)));
                            }
                        }
                        // Too many open files, mostly: that passes.
                        Err(_) => sleep(AGAIN).await,
                    }
                }
            });
        }
        Err(error) => tracing::warn!(%error, "no backup can be made while this server runs"),
    }
}

/// The socket and whose it is. What is left of an earlier server goes: the directory is claimed, so that one has ended.
fn bind(path: &Path) -> io::Result<(UnixListener, u32)> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let listener = UnixListener::bind(path)?;
    fs::set_permissions(path, fs::Permissions::from_mode(0o600))?;
    Ok((listener, fs::metadata(path)?.uid()))
}

async fn answer(stream: UnixStream, store: Arc<Embedded>) -> io::Result<()> {
    let (asked, mut out) = stream.into_split();
    let mut asked = BufReader::new(asked).lines();
    let Some(line) = asked.next_line().await? else { return Ok(()) };
    let Some(place) = line.strip_prefix(BACKUP).map(PathBuf::from) else {
        let unknown = Answer::Failed("the server is of another release and does not know what it was asked".to_owned());
        return out.write_all(unknown.line().as_bytes()).await;
    };
    let (began, all) = (Instant::now(), store.rows());
    let (tell, mut told) = watch::channel(0);
    let copying = spawn_blocking(move || store.copy(&place, |rows| tell.send(rows).is_ok()));
    loop {
        let line = tokio::select! {
            more = told.changed() => match more {
                Ok(()) => Answer::Rows { done: *told.borrow_and_update(), all }.line(),
                Err(_) => break,
            },
            // Nothing more is asked: whoever did has gone.
            _ = asked.next_line() => break,
        };
        if out.write_all(line.as_bytes()).await.is_err() {
            break;
        }
    }
    // Nobody listens any more: that ends what is still under way.
    drop(told);
    let answer = match copying.await.map_err(io::Error::other)? {
        Ok(rows) => {
            tracing::info!(backup.rows = rows, backup.secs = began.elapsed().as_secs_f64(), "a backup was made");
            Answer::Done(rows)
        }
        Err(error) => {
            tracing::warn!(%error, "a backup was not made");
            Answer::Failed(error.to_string())
        }
    };
    out.write_all(answer.line().as_bytes()).await
}
