//! `hearten backup`: a copy of the embedded store as it is at one moment, also while a server has it.

use std::{
    io::{self, BufRead as _, BufReader, ErrorKind, Write as _},
    os::unix::net::UnixStream,
    path::{Path, PathBuf, absolute},
};

use clap::Args;
use hearten::store::Embedded;

use super::{
    Problem,
    control::{Answer, BACKUP, socket},
    progress::Progress,
};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Where the copy shall be: a data directory, made anew. Nothing may be there.
    #[arg(value_name = "DEST")]
    place: PathBuf,
    /// The data directory to copy. A server that has it makes the copy, and writes it as its own user.
    #[arg(long, env = "HEARTEN_DATA_DIR", hide_env_values = true, default_value = "hearten-data", value_name = "DIR")]
    data_dir: PathBuf,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), Problem> {
    let Arguments { place, data_dir } = arguments;
    let rows = match UnixStream::connect(socket(data_dir)) {
        Ok(server) => ask(server, &absolute(place)?)?,
        // Nobody is there, or was and has gone.
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::ConnectionRefused) => {
            let store = Embedded::open_existing(data_dir)?;
            let mut progress = Progress::new("rows", store.rows());
            store.copy(place, |rows| {
                progress.at(rows);
                true
            })?
        }
        Err(error) => return Err(Problem::from(error).about("the server cannot be asked")),
    };
    eprintln!("hearten: {} is a copy of {}: {rows} rows", place.display(), data_dir.display());
    Ok(())
}

/// Has the server make it.
fn ask(mut server: UnixStream, place: &Path) -> Result<u64, Problem> {
    let named = place.to_str().filter(|name| !name.contains('\n'));
    let named = named.ok_or_else(|| Problem::new("the place has a name that cannot be told to the server"))?;
    server.write_all(format!("{BACKUP}{named}\n").as_bytes())?;
    let mut progress: Option<Progress> = None;
    for line in BufReader::new(server).lines() {
        match Answer::parse(&line?) {
            Some(Answer::Rows { done, all }) => progress.get_or_insert_with(|| Progress::new("rows", all)).at(done),
            Some(Answer::Done(rows)) => return Ok(rows),
            Some(Answer::Failed(why)) => return Err(Problem::new(why)),
            None => return Err(io::Error::from(ErrorKind::InvalidData).into()),
        }
    }
    Err(Problem::new("the server stopped before the copy was whole"))
}
