//! Where learners are kept, as a setting says it.

use std::{
    fmt, fs,
    path::{Path, PathBuf},
    str::FromStr,
    sync::Arc,
};

use clap::Args;
use hearten::store::{Embedded, Memory, Moving, Postgres, Store};

use super::Problem;

/// Which store.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// Files in the data directory.
    Embedded,
    /// Nowhere.
    Memory,
    /// A database that servers share, at this address; it may hold a password.
    Postgres(String),
}

impl FromStr for Place {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "embedded" => Ok(Self::Embedded),
            "memory" => Ok(Self::Memory),
            // What is wrong with an address is told without it, as it may hold a password; what is wrong here is quoted.
            url if url.contains("://") => Ok(Self::Postgres(url.to_owned())),
            _ => Err("a store is `embedded`, `memory` or an address that begins with postgres://".to_owned()),
        }
    }
}

/// As it may be told: without whatever stands in the address.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Embedded => "embedded",
            Self::Memory => "memory",
            Self::Postgres(_) => "postgres",
        })
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// Which store a command is about.
#[derive(Debug, Args)]
pub(crate) struct Which {
    /// `embedded` keeps learners under the data directory; `memory` keeps nothing: tests, benchmarks, a first look; postgres://… is a
    /// database that any number of servers share.
    #[arg(long, env = "HEARTEN_STORE", hide_env_values = true, default_value = "embedded", value_name = "STORE|URL")]
    pub store: Place,
    /// The certificates to trust for the database, in PEM, in place of the system's.
    #[arg(long, env = "HEARTEN_STORE_CA", hide_env_values = true, value_name = "FILE")]
    pub store_ca: Option<PathBuf>,
    /// Where the embedded store keeps its files; one process at a time.
    #[arg(long, env = "HEARTEN_DATA_DIR", hide_env_values = true, default_value = "hearten-data", value_name = "DIR")]
    pub data_dir: PathBuf,
}

/// Which database a command is about.
#[derive(Debug, Args)]
pub(crate) struct Database {
    /// The database, postgres://…
    #[arg(long = "store", env = "HEARTEN_STORE", hide_env_values = true, value_name = "URL")]
    place: Place,
    /// The certificates to trust for it, in PEM, in place of the system's.
    #[arg(long, env = "HEARTEN_STORE_CA", hide_env_values = true, value_name = "FILE")]
    store_ca: Option<PathBuf>,
}

impl Database {
    /// Opens it.
    pub(crate) async fn open(&self) -> Result<Postgres, Problem> {
        Ok(Postgres::open(self.address()?, self.roots()?.as_deref()).await?)
    }

    /// Its address; refuses whatever is none.
    pub(crate) fn address(&self) -> Result<&str, Problem> {
        match &self.place {
            Place::Postgres(url) if url.starts_with("postgres://") || url.starts_with("postgresql://") => Ok(url),
            Place::Postgres(_) => Err(Problem::new("--store is an address that does not begin with postgres://")),
            other => Err(Problem::new(format!("--store is {other}: this is for a database, postgres://…"))),
        }
    }

    /// The certificates to trust, where not the system's.
    pub(crate) fn roots(&self) -> Result<Option<Vec<u8>>, Problem> {
        self.store_ca.as_deref().map(read).transpose()
    }
}

/// A store that was opened, as what it is.
pub(crate) enum Opened {
    Embedded(Arc<Embedded>),
    Memory(Arc<Memory>),
    Postgres(Arc<Postgres>),
}

impl Opened {
    /// As an engine takes it.
    pub(crate) fn store(&self) -> Arc<dyn Store> {
        match self {
            Self::Embedded(store) => Arc::clone(store) as Arc<dyn Store>,
            Self::Memory(store) => Arc::clone(store) as Arc<dyn Store>,
            Self::Postgres(store) => Arc::clone(store) as Arc<dyn Store>,
        }
    }

    /// As something to be read from end to end, where it keeps anything.
    pub(crate) fn moving(&self) -> Option<Arc<dyn Moving>> {
        match self {
            Self::Embedded(store) => Some(Arc::clone(store) as Arc<dyn Moving>),
            Self::Memory(_) => None,
            Self::Postgres(store) => Some(Arc::clone(store) as Arc<dyn Moving>),
        }
    }
}

impl Which {
    /// Opens it.
    pub(crate) async fn open(&self) -> Result<Opened, Problem> {
        Ok(match &self.store {
            Place::Embedded => Opened::Embedded(Arc::new(Embedded::open(&self.data_dir)?)),
            Place::Memory => Opened::Memory(Arc::new(Memory::new())),
            Place::Postgres(_) => Opened::Postgres(Arc::new(self.database().open().await?)),
        })
    }

    /// Opens one that is there, to read it from end to end.
    pub(crate) async fn open_kept(&self) -> Result<Arc<dyn Moving>, Problem> {
        Ok(match self.store {
            Place::Embedded => Arc::new(Embedded::open_existing(&self.data_dir).map_err(in_use)?),
            Place::Postgres(_) => Arc::new(self.database().open().await?),
            Place::Memory => return Err(Problem::new("--store memory keeps nothing that could be read")),
        })
    }

    /// The same as a database, which it may not be.
    pub(crate) fn database(&self) -> Database {
        Database { place: self.store.clone(), store_ca: self.store_ca.clone() }
    }

    /// Whether it could be opened, as far as can be told without trying.
    pub(crate) fn usable(&self) -> Result<(), Problem> {
        let database = self.database();
        if matches!(self.store, Place::Postgres(_)) {
            database.address()?;
        }
        database.roots().map(drop)
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Problem> {
    fs::read(path).map_err(|error| Problem::from(error).about(&path.display().to_string()))
}

/// A copy can be made while it is in use.
fn in_use(error: hearten::store::Error) -> Problem {
    let in_use = matches!(error, hearten::store::Error::InUse(_));
    let problem = Problem::from(error);
    if in_use {
        return problem.and("`hearten backup` makes a copy of it meanwhile, which can be read with --data-dir");
    }
    problem
}
