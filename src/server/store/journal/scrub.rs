//! How an answer is forgotten: its body is replaced in the row, and the old bytes leave the files.
//!
//! On SQLite four things work together:
//!
//! - The new body is written with the length of the old one, so the row is overwritten where it stands and no page is rebuilt. Rebuilding
//!   copies rows and leaves old bytes in the free space of a page, `secure_delete` or not: in trials with 800 rows of free lengths
//!   (SQLite 3.40) up to four scrubbed bodies could still be read in the file. So a replacement has to fit the shortest stored length.
//! - The lengths are few (`events::stored_length`), so they say little about what stood there.
//! - `secure_delete` zeroes what is freed.
//! - [`wipe`] empties the write-ahead log, which holds the old pages.
//!
//! On PostgreSQL the row is replaced as well; the old version goes with the next vacuum, and its write-ahead log ages out. Whoever
//! can read the disk of that server is out of reach of this program.

use sqlx::SqlitePool;
use std::time::Duration;

use crate::domain::ids::WorkshopId;
use crate::server::store::events::{padded, stored_length};
use crate::server::store::sql::{Tx, big, each_db};
use crate::server::store::{BUSY, Db, SqliteFile, StoreError};

/// How often, and with how much time in between, the log is tried to be emptied while somebody reads from it.
const TRIES: u32 = 5;
const PAUSE: Duration = Duration::from_millis(10);

/// Replaces the body of a stored event.
pub(super) async fn replace(tx: &mut Tx, workshop: WorkshopId, seq: u64, body: &str) -> Result<(), StoreError> {
    const LENGTH: &str = "SELECT CAST(octet_length(body) AS BIGINT) FROM events WHERE workshop_id = $1 AND seq = $2";
    const REPLACE: &str = "UPDATE events SET body = $3 WHERE workshop_id = $1 AND seq = $2";
    let length: Option<i64> =
        each_db!(&mut *tx, conn => sqlx::query_scalar(LENGTH).bind(workshop).bind(big(seq)).fetch_optional(&mut **conn).await)?;
    let length = usize::try_from(length.ok_or(StoreError::Missing)?).unwrap_or_default();
    let new = padded(body, length.max(stored_length(body.len())));
    // Should the new body be longer, the old one is blotted out where it stands before the row may move.
    let blot = (new.len() > length).then(|| " ".repeat(length));
    for text in blot.into_iter().chain([new]) {
        each_db!(&mut *tx, conn => sqlx::query(REPLACE).bind(workshop).bind(big(seq)).bind(text).execute(&mut **conn).await.map(drop)?);
    }
    Ok(())
}

/// Empties the write-ahead log of SQLite. `false` if readers were in the way all the time: then try again later.
pub(super) async fn wipe(db: &Db) -> bool {
    let Db::Sqlite(SqliteFile { write, .. }) = db else {
        return true;
    };
    for attempt in 1..=TRIES {
        match empty_log(write).await {
            Ok(true) => return true,
            Ok(false) => tracing::debug!(attempt, "somebody reads: the write-ahead log is not empty yet"),
            Err(error) => {
                tracing::warn!(%error, attempt, "the write-ahead log could not be emptied");
            }
        }
        tokio::time::sleep(PAUSE * attempt).await;
    }
    false
}

/// One try, which does not wait for readers: every room waits while this holds the writer.
async fn empty_log(pool: &SqlitePool) -> Result<bool, sqlx::Error> {
    let mut conn = pool.acquire().await?;
    sqlx::query("PRAGMA busy_timeout = 20").execute(&mut *conn).await?;
    let tried: Result<(i64, i64, i64), _> = sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&mut *conn).await;
    let patience = format!("PRAGMA busy_timeout = {}", BUSY.as_millis());
    sqlx::query(sqlx::AssertSqlSafe(patience)).execute(&mut *conn).await?;
    let (busy, _, _) = tried?;
    Ok(busy == 0)
}
