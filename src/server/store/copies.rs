//! What backup and restore ask of a database that no server of this process has opened: whole copies of it, and what it is.
//!
//! Nothing here brings a schema up to date: a backup is what there is, and whether it can be read is asked before it takes any place.

use super::{MIGRATIONS, StoreError};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection};
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// What a database is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Something that Checkpoint did not make.
    Foreign,
    /// Of a version of Checkpoint that is newer than this one.
    Newer,
    /// Of Checkpoint; whether there are accounts or checkpoints in it.
    Ours {
        /// There are.
        filled: bool,
    },
}

impl What {
    /// Of a database with these migrations; none where there is no list of them.
    #[must_use]
    pub fn of(migrations: &[i64], filled: bool) -> Self {
        let known = |version: &i64| MIGRATIONS.iter().any(|ours| ours.version == *version);
        if migrations.is_empty() {
            Self::Foreign
        } else if migrations.iter().all(known) {
            Self::Ours { filled }
        } else {
            Self::Newer
        }
    }
}

/// The tables that this version makes.
pub fn tables() -> impl Iterator<Item = &'static str> {
    let lines = MIGRATIONS.iter().flat_map(|migration| migration.sql.as_str().lines());
    let made = lines.filter_map(|line| line.strip_prefix("CREATE TABLE ")?.split(' ').next());
    made.chain(["_sqlx_migrations"])
}

/// The file of a SQLite database.
pub fn file_of(url: &str) -> Result<PathBuf, StoreError> {
    Ok(SqliteConnectOptions::from_str(url)?.get_filename().to_owned())
}

/// Writes all that is committed into an empty file. Others may go on reading and writing meanwhile.
pub async fn copy(from: &Path, to: &Path) -> Result<(), StoreError> {
    let mut db = SqliteConnectOptions::new()
        .filename(from)
        .busy_timeout(super::BUSY)
        .connect()
        .await?;
    sqlx::query("VACUUM INTO ?1")
        .bind(to.to_string_lossy().into_owned())
        .execute(&mut db)
        .await?;
    Ok(db.close().await?)
}

/// What a SQLite file is, read from its first byte to its last; an error where it is damaged. Nobody may be writing it.
pub async fn look_at_file(file: &Path) -> Result<What, StoreError> {
    let mut db = SqliteConnectOptions::new()
        .filename(file)
        .read_only(true)
        .immutable(true)
        .connect()
        .await?;
    let said: String = sqlx::query_scalar("PRAGMA integrity_check(1)").fetch_one(&mut db).await?;
    if said != "ok" {
        return Err(StoreError::Unreadable(said));
    }
    let what = look(&mut db).await?;
    db.close().await?;
    Ok(what)
}

/// What a SQLite file is that a server may be using.
pub async fn look_into_file(file: &Path) -> Result<What, StoreError> {
    let mut db = SqliteConnectOptions::new().filename(file).connect().await?;
    let what = look(&mut db).await?;
    db.close().await?;
    Ok(what)
}

async fn look(db: &mut SqliteConnection) -> Result<What, StoreError> {
    const TABLES: &str =
        "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name IN ('_sqlx_migrations', 'workshops', 'accounts')";
    let tables: i64 = sqlx::query_scalar(TABLES).fetch_one(&mut *db).await?;
    if tables < 3 {
        return Ok(What::Foreign);
    }
    let migrations: Vec<i64> = sqlx::query_scalar(VERSIONS).fetch_all(&mut *db).await?;
    let filled: i64 = sqlx::query_scalar(FILLED).fetch_one(db).await?;
    Ok(What::of(&migrations, filled > 0))
}

const VERSIONS: &str = "SELECT version FROM _sqlx_migrations ORDER BY version";
const FILLED: &str = "SELECT (SELECT COUNT(*) FROM accounts) + (SELECT COUNT(*) FROM workshops)";

/// Has a SQLite file for itself: its log is written back, so that the file is the whole database, and whether that worked. It does not
/// while anybody else has the file open.
pub async fn close_up(file: &Path) -> Result<bool, StoreError> {
    let mut db = SqliteConnectOptions::new()
        .filename(file)
        .busy_timeout(std::time::Duration::ZERO)
        .connect()
        .await?;
    let mode: Result<String, sqlx::Error> = sqlx::query_scalar("PRAGMA journal_mode = DELETE").fetch_one(&mut db).await;
    db.close().await?;
    match mode {
        Ok(mode) => Ok(mode == "delete"),
        // SQLITE_BUSY and SQLITE_LOCKED.
        Err(error)
            if error
                .as_database_error()
                .is_some_and(|refusal| matches!(refusal.code().as_deref(), Some("5" | "6" | "261" | "517"))) =>
        {
            Ok(false)
        }
        Err(error) => Err(error.into()),
    }
}

/// What a PostgreSQL database is, and how many others are connected to it.
pub async fn look_at_server(url: &str) -> Result<(What, i64), StoreError> {
    const TABLES: &str = "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = ANY(current_schemas(false))";
    const OURS: &str = "SELECT COUNT(*) FROM information_schema.tables
        WHERE table_schema = ANY(current_schemas(false)) AND table_name IN ('_sqlx_migrations', 'workshops', 'accounts')";
    const OTHERS: &str = "SELECT COUNT(*) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'";
    let mut db = PgConnectOptions::from_str(url)?.connect().await?;
    let others: i64 = sqlx::query_scalar(OTHERS).fetch_one(&mut db).await?;
    let (tables, ours) = (count(&mut db, TABLES).await?, count(&mut db, OURS).await?);
    let what = if ours == 3 {
        let migrations: Vec<i64> = sqlx::query_scalar(VERSIONS).fetch_all(&mut db).await?;
        What::of(&migrations, count(&mut db, FILLED).await? > 0)
    } else if tables == 0 {
        What::Ours { filled: false }
    } else {
        What::Foreign
    };
    db.close().await?;
    Ok((what, others))
}

async fn count(db: &mut PgConnection, sql: &'static str) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar(sql).fetch_one(db).await?)
}
