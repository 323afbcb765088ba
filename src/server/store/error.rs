//! What can go wrong between the server and its database. These texts are for the log: nobody in a workshop ever reads them.

use sqlx::error::ErrorKind;
use sqlx::migrate::MigrateError;
use std::sync::Arc;

/// Why the store could not do what it was asked.
///
/// It is cheap to clone, because one failed commit is the answer to everybody who waited for it.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// The database did not answer, or refused.
    #[error("the database failed: {0}")]
    Database(Arc<sqlx::Error>),
    /// Somebody else appended first: load what is missing and decide again.
    #[error("the log has moved on since it was read")]
    Conflict,
    /// A value that must be unique is in use; the text says which one.
    #[error("this {0} is taken")]
    Taken(&'static str),
    /// The row to change, or one it refers to, does not exist.
    #[error("the row is not there")]
    Missing,
    /// The database has migrations that this version does not know.
    #[error("this database was made by a newer version of Checkpoint: start that version, or restore a backup from before the upgrade")]
    Newer,
    /// The schema could not be brought up to date.
    #[error("the schema could not be brought up to date: {0}")]
    Migrate(Arc<MigrateError>),
    /// The address is neither a SQLite file nor a PostgreSQL server.
    #[error("not a database address: {0}; write sqlite:<file> or postgres://<user>@<host>/<database>")]
    Address(String),
    /// The folder of the SQLite file could not be made.
    #[error("the folder of the database could not be made: {0}")]
    Folder(Arc<std::io::Error>),
    /// A stored event is none that this version knows.
    #[error("a stored event cannot be read: {0}")]
    Unreadable(String),
    /// The checkpoint has no log: it was imported, and only its page is here.
    #[error("an imported checkpoint has no room")]
    NoRoom,
    /// The journal was shut down before this append reached it.
    #[error("the journal is closed")]
    Closed,
}

impl StoreError {
    /// Whether this failure is the fault of one append, so that its neighbours in the batch deserve another try without it.
    ///
    /// A full disk or a lost connection is not: trying each append again would only make everybody wait longer for the same answer.
    pub(super) fn concerns_one(&self) -> bool {
        match self {
            Self::Missing | Self::Conflict | Self::Taken(_) => true,
            Self::Database(error) => error.as_database_error().is_some_and(|refusal| {
                let code = refusal.code().unwrap_or_default();
                // PostgreSQL: 22 is unfit data, 40 a deadlock with another instance. SQLite: 18 is a text beyond its limit.
                refusal.kind() != ErrorKind::Other
                    || (code.len() == 5 && (code.starts_with("22") || code.starts_with("40")))
                    || code == "18"
            }),
            _ => false,
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error.as_database_error().map(sqlx::error::DatabaseError::kind) {
            Some(ErrorKind::ForeignKeyViolation) => Self::Missing,
            _ => Self::Database(Arc::new(error)),
        }
    }
}

impl From<MigrateError> for StoreError {
    fn from(error: MigrateError) -> Self {
        match error {
            MigrateError::VersionMissing(version) if super::MIGRATIONS.iter().all(|known| known.version < version) => Self::Newer,
            other => Self::Migrate(Arc::new(other)),
        }
    }
}

/// Turns the breach of a unique constraint into [`StoreError::Taken`] and leaves every other error as it is.
pub(super) fn taken(what: &'static str) -> impl Fn(sqlx::Error) -> StoreError {
    move |error| match error.as_database_error() {
        Some(refusal) if refusal.is_unique_violation() => StoreError::Taken(what),
        _ => error.into(),
    }
}
