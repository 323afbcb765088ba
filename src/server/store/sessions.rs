//! Where sign-ins live, for `tower-sessions`. (The published store crates do not fit sqlx 0.9.)
//!
//! The invariant: the id in a person's cookie is stored nowhere. A row is found by its SHA-256, so a stolen copy of the
//! database opens no session.

use async_trait::async_trait;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::fmt::Write;
use time::OffsetDateTime;
use tower_sessions::SessionStore;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};

use super::sql::each_db;
use super::{Db, StoreError};

/// How often a save is tried when other requests of the same browser save in between.
const TRIES: usize = 50;

/// The sessions of a database.
#[derive(Clone, Debug)]
pub struct Sessions {
    db: Db,
}

impl Sessions {
    /// The sessions of this database.
    #[must_use]
    pub const fn new(db: Db) -> Self {
        Self { db }
    }

    /// Removes what has expired, and says how much that was. Call it now and then; an expired row is never loaded anyway.
    pub async fn delete_expired(&self) -> std::result::Result<u64, StoreError> {
        const SQL: &str = "DELETE FROM sessions WHERE expires_at <= $1";
        Ok(each_db!(self.db.write(), pool => sqlx::query(SQL).bind(now()).execute(pool).await?.rows_affected()))
    }
}

#[async_trait]
impl SessionStore for Sessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        const SQL: &str = "INSERT INTO sessions (id_hash, data, expires_at) VALUES ($1, $2, $3) ON CONFLICT (id_hash) DO NOTHING";
        let data = encode(record)?;
        loop {
            let made = each_db!(self.db.write(), pool => sqlx::query(SQL)
                .bind(hash(&record.id)).bind(&data).bind(millis(record.expiry_date)).execute(pool).await.map(|done| done.rows_affected()))
            .map_err(backend)?;
            if made == 1 {
                return Ok(());
            }
            // Somebody has this id: take another.
            record.id = Id::default();
        }
    }

    /// Changes a session that exists. One that was signed out meanwhile stays signed out.
    ///
    /// Two requests of one browser at once each read the session, change it and save all of it. So what is saved is merged into
    /// what stands there, object by object, and nobody's seat is lost; nothing is taken out of a session but by ending it.
    async fn save(&self, record: &Record) -> Result<()> {
        const STORED: &str = "SELECT data FROM sessions WHERE id_hash = $1";
        const SAVE: &str = "UPDATE sessions SET data = $2, expires_at = $3 WHERE id_hash = $1 AND data = $4";
        let (id, mine) = (hash(&record.id), serde_json::json!(record.data));
        for _ in 0..TRIES {
            let stored: Option<String> =
                each_db!(self.db.write(), pool => sqlx::query_scalar(STORED).bind(&id).fetch_optional(pool).await).map_err(backend)?;
            let Some(stored) = stored else { return Ok(()) };
            let mut merged: Value = serde_json::from_str(&stored).map_err(|error| Error::Decode(error.to_string()))?;
            merge(&mut merged, &mine);
            let saved = each_db!(self.db.write(), pool => sqlx::query(SAVE)
                .bind(&id).bind(merged.to_string()).bind(millis(record.expiry_date)).bind(&stored).execute(pool).await.map(|done| done.rows_affected()))
            .map_err(backend)?;
            if saved == 1 {
                return Ok(());
            }
        }
        Err(Error::Backend("the session is being changed all the time".to_owned()))
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        const SQL: &str = "SELECT data, expires_at FROM sessions WHERE id_hash = $1 AND expires_at > $2";
        let row: Option<(String, i64)> = each_db!(self.db.read(), pool => sqlx::query_as(SQL)
            .bind(hash(id)).bind(now()).fetch_optional(pool).await)
        .map_err(backend)?;
        let Some((data, expires_at)) = row else {
            return Ok(None);
        };
        let data = serde_json::from_str(&data).map_err(|error| Error::Decode(error.to_string()))?;
        let expiry_date = OffsetDateTime::from_unix_timestamp_nanos(i128::from(expires_at) * 1_000_000)
            .map_err(|error| Error::Decode(error.to_string()))?;
        Ok(Some(Record {
            id: *id,
            data,
            expiry_date,
        }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        const SQL: &str = "DELETE FROM sessions WHERE id_hash = $1";
        each_db!(self.db.write(), pool => sqlx::query(SQL).bind(hash(id)).execute(pool).await.map(drop)).map_err(backend)
    }
}

/// Puts `from` into `into`: objects field by field, anything else in its place.
fn merge(into: &mut Value, from: &Value) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (key, value) in from {
                merge(into.entry(key.clone()).or_insert(Value::Null), value);
            }
        }
        (into, from) => *into = from.clone(),
    }
}

/// What the row of this session is found by.
fn hash(id: &Id) -> String {
    Sha256::digest(id.0.to_le_bytes())
        .iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            write!(hex, "{byte:02x}").ok();
            hex
        })
}

fn encode(record: &Record) -> Result<String> {
    serde_json::to_string(&record.data).map_err(|error| Error::Encode(error.to_string()))
}

fn backend(error: sqlx::Error) -> Error {
    Error::Backend(error.to_string())
}

fn millis(time: OffsetDateTime) -> i64 {
    i64::try_from(time.unix_timestamp_nanos() / 1_000_000).unwrap_or(i64::MAX)
}

/// The one place where the store reads a clock.
fn now() -> i64 {
    millis(OffsetDateTime::now_utc())
}
