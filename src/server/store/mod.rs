//! Everything that is kept: one schema and one SQL for SQLite and PostgreSQL.
//!
//! The invariant: a statement that only one of the two databases understands is in this file (and in `journal/scrub.rs` and `copies.rs`), nowhere else.
//! SQLite has exactly one connection that writes, so its "database is locked" can only come from another process.

pub mod actions;
pub mod audit;
pub mod capabilities;
pub mod content;
pub mod copies;
mod error;
pub mod events;
pub mod feedback;
pub mod imports;
pub mod journal;
pub mod links;
pub mod page_links;
pub mod past;
pub mod people;
pub mod retention;
pub mod sessions;
mod sql;
pub mod squads;
pub mod summaries;
pub mod templates;
pub mod trends;
pub mod workshops;

pub use error::StoreError;
pub use sql::UnknownWord;

use sql::{Pick, Tx, each_db};
use sqlx::migrate::Migrator;
use sqlx::postgres::PgPoolOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{PgPool, SqlitePool};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

/// The schema, built into the binary.
static MIGRATIONS: Migrator = sqlx::migrate!();

/// How long SQLite waits for another process that holds the file.
const BUSY: Duration = Duration::from_secs(5);
/// How long a query waits for PostgreSQL to accept a connection before somebody is told that it was not saved.
const PATIENCE: Duration = Duration::from_millis(1_500);

/// The database. Cloning it shares its connections.
#[derive(Clone, Debug)]
pub enum Db {
    /// A file on this machine.
    Sqlite(SqliteFile),
    /// A server, perhaps shared with other instances of Checkpoint.
    Postgres(PgPool),
}

/// The connections to a SQLite file: one that writes, a few that read.
#[derive(Clone, Debug)]
pub struct SqliteFile {
    write: SqlitePool,
    read: SqlitePool,
}

impl Db {
    /// Opens the database at `sqlite:<file>` or `postgres://…`, makes the file and its folder if need be, and brings the schema up to date.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let db = match url.split_once(':').map(|(scheme, _)| scheme) {
            Some("sqlite") => Self::Sqlite(SqliteFile::open(url).await?),
            Some("postgres" | "postgresql") => Self::Postgres(
                PgPoolOptions::new()
                    .max_connections(16)
                    .acquire_timeout(PATIENCE)
                    .connect(url)
                    .await?,
            ),
            scheme => return Err(StoreError::Address(scheme.unwrap_or(url).to_owned())),
        };
        each_db!(db.write(), pool => MIGRATIONS.run(pool).await)?;
        Ok(db)
    }

    /// A database in memory, gone with the last handle to it.
    pub async fn in_memory() -> Result<Self, StoreError> {
        let db = Self::Sqlite(SqliteFile::in_memory().await?);
        each_db!(db.write(), pool => MIGRATIONS.run(pool).await)?;
        Ok(db)
    }

    /// Whether the database answers, for `/readyz`. It reads a page, so that a lost disk is noticed too.
    pub async fn ping(&self) -> Result<(), StoreError> {
        each_db!(self.read(), pool => sqlx::query("SELECT key FROM content LIMIT 1").fetch_optional(pool).await.map(drop))?;
        Ok(())
    }

    /// Closes every connection once its work is done.
    pub async fn close(&self) {
        if let Self::Sqlite(file) = self {
            file.read.close().await;
        }
        each_db!(self.write(), pool => pool.close().await);
    }

    /// Where queries go that change nothing.
    fn read(&self) -> Pick<&SqlitePool, &PgPool> {
        match self {
            Self::Sqlite(file) => Pick::Sqlite(&file.read),
            Self::Postgres(pool) => Pick::Postgres(pool),
        }
    }

    /// Where a single statement goes that changes something.
    fn write(&self) -> Pick<&SqlitePool, &PgPool> {
        match self {
            Self::Sqlite(file) => Pick::Sqlite(&file.write),
            Self::Postgres(pool) => Pick::Postgres(pool),
        }
    }

    /// Starts a transaction that may write. SQLite takes its write lock at once: a transaction that starts as a reader and
    /// then writes fails without waiting when another process wrote in between.
    async fn begin(&self) -> Result<Tx, StoreError> {
        Ok(match self {
            Self::Sqlite(file) => Pick::Sqlite(file.write.begin_with("BEGIN IMMEDIATE").await?),
            Self::Postgres(pool) => Pick::Postgres(pool.begin().await?),
        })
    }
}

impl SqliteFile {
    /// Each connection would have a memory of its own, so there is one, which reads and writes.
    async fn in_memory() -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new().in_memory(true).foreign_keys(true);
        let pool = SqlitePoolOptions::new()
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false)
            .connect_with(options)
            .await?;
        let (write, read) = (pool.clone(), pool);
        Ok(Self { write, read })
    }

    async fn open(url: &str) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::from_str(url)?;
        let file = options.get_filename().to_owned();
        if file.as_os_str().is_empty() || url.contains(":memory:") || url.contains("mode=memory") {
            return Err(StoreError::Address(url.to_owned()));
        }
        if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            tokio::fs::create_dir_all(folder)
                .await
                .map_err(|error| StoreError::Folder(Arc::new(error)))?;
        }
        let options = options.busy_timeout(BUSY).foreign_keys(true).optimize_on_close(false, None);
        let writer = options
            .clone()
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // Every commit is on the disk before anybody is told of it.
            .synchronous(SqliteSynchronous::Full)
            // Replaced and deleted bytes are overwritten: half of what makes a scrubbed answer disappear (see `journal/scrub.rs`).
            .pragma("secure_delete", "ON");
        let reader = options.pragma("query_only", "ON");
        let pool = || {
            SqlitePoolOptions::new()
                .idle_timeout(None)
                .max_lifetime(None)
                .test_before_acquire(false)
        };
        // The writer first: it makes the file and its schema.
        let write = pool().max_connections(1).connect_with(writer).await?;
        let read = pool().max_connections(4).connect_lazy_with(reader);
        Ok(Self { write, read })
    }
}
