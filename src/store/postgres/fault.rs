//! Why the database could not do something, in words that hold nothing of what is kept in it.

use std::{error::Error as _, sync::Arc};

use deadpool_postgres::{HookError, PoolError};
use tokio_postgres::error::SqlState;

use crate::store::Error;

#[derive(Debug, thiserror::Error)]
pub(super) enum Fault {
    #[error("{}", describe(.0))]
    Database(#[from] tokio_postgres::Error),
    #[error("{}", describe_pool(.0))]
    Pool(#[from] PoolError),
    #[error("it is not known whether it was written: {}", describe(.0))]
    Undecided(#[source] tokio_postgres::Error),
    #[error("it did not answer in time")]
    Late,
    #[error("it takes no writes")]
    ReadOnly,
    #[error("{0} cannot be read")]
    Unreadable(&'static str),
    #[error("it does not hold the tables of this release: run `hearten migrate` with the same --store")]
    Unprepared,
    #[error("what is being imported into it is not whole: run the same `hearten import` again")]
    HalfImported,
    #[error("another export is being imported into it")]
    OtherImport,
    #[error("it holds a store already, and an import writes over nothing")]
    Taken,
    #[error("a server is running on it: stop that first")]
    Served,
    #[error("its tables are those of a newer release: use that")]
    Newer,
}

impl Fault {
    /// Nothing of it was done, and doing it again may work: writers stood in each other's way.
    pub(super) fn worth_another_try(&self) -> bool {
        let (Self::Database(error) | Self::Undecided(error)) = self else { return false };
        [SqlState::T_R_SERIALIZATION_FAILURE, SqlState::T_R_DEADLOCK_DETECTED]
            .iter()
            .any(|state| error.code() == Some(state))
    }

    /// The database is not there, or not fit to be asked; anything else is a matter of what was asked.
    pub(super) fn is_away(&self) -> bool {
        match self {
            Self::Database(error) | Self::Undecided(error) | Self::Pool(PoolError::Backend(error)) => away(error),
            Self::Pool(_) | Self::Late | Self::ReadOnly => true,
            _ => false,
        }
    }

    /// The connection ended, whether or not the database is there.
    pub(super) fn is_cut(&self) -> bool {
        match self {
            Self::Database(error) | Self::Undecided(error) => cut(error),
            Self::Pool(PoolError::PostCreateHook(HookError::Backend(error))) => cut(error),
            // It was only being made. That there was nobody to make it with is another matter.
            Self::Pool(PoolError::Backend(error)) => error.code().is_some() && cut(error),
            _ => false,
        }
    }

    /// It was being committed when that happened.
    pub(super) fn is_undecided(&self) -> bool {
        matches!(self, Self::Undecided(_))
    }

    pub(super) fn reason(&self) -> Arc<str> {
        self.to_string().into()
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        match fault {
            fault if fault.is_away() || fault.is_cut() => Self::Unreachable(fault.reason()),
            fault => Self::Read(fault.reason()),
        }
    }
}

fn away(error: &tokio_postgres::Error) -> bool {
    // What is not told by a server is told of the connection. Of what is: connections, resources, shutdown, a standby.
    error.code().is_none_or(|state| ["08", "53", "57P", "25006"].iter().any(|class| state.code().starts_with(class)))
}

fn cut(error: &tokio_postgres::Error) -> bool {
    match error.code() {
        // Connection exceptions; those that somebody ended, or a time that is set in the database.
        Some(state) => {
            ["08", "57P01", "57P02", "57P05", "25P03", "25P04"].iter().any(|class| state.code().starts_with(class))
        }
        None => error.is_closed() || error.source().is_some_and(|source| source.is::<std::io::Error>()),
    }
}

/// The details of an error from the server quote rows, and so learners; its message and code do not.
fn describe(error: &tokio_postgres::Error) -> String {
    match error.as_db_error() {
        Some(told) => format!("{} ({})", told.message(), told.code().code()),
        None => match error.source() {
            Some(source) => source.to_string(),
            None => error.to_string(),
        },
    }
}

fn describe_pool(error: &PoolError) -> String {
    match error {
        PoolError::Backend(error) | PoolError::PostCreateHook(HookError::Backend(error)) => describe(error),
        PoolError::Timeout(_) => Fault::Late.to_string(),
        other => other.to_string(),
    }
}
