//! The log of each checkpoint: how its events are written and read.
//!
//! The invariant: within a checkpoint `seq` counts 1, 2, 3, … without a gap; rows go with a draft that is deleted, never alone.

use std::sync::LazyLock;

use super::sql::{Tx, big, each_db};
use super::{Db, StoreError};
use crate::domain::ids::WorkshopId;

/// An event on its way into the log. It gets its `seq` from its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEvent {
    /// When it happened, in unix milliseconds.
    pub at: i64,
    /// Who did it, if anybody.
    pub actor: Option<String>,
    /// The command it came from, so that a resend is recognised after a restart too.
    pub cause: Option<String>,
    /// What kind of event it is.
    pub kind: &'static str,
    /// The event as JSON.
    pub body: String,
}

/// An event of the log.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct StoredEvent {
    /// Its place in the log, from 1.
    #[sqlx(try_from = "i64")]
    pub seq: u64,
    /// When it happened, in unix milliseconds.
    pub at: i64,
    /// Who did it, if anybody.
    pub actor: Option<String>,
    /// The command it came from.
    pub cause: Option<String>,
    /// What kind of event it is.
    pub kind: String,
    /// The event as JSON.
    pub body: String,
}

/// What came after `after_seq` in the log of a checkpoint, in order; 0 gives all of it.
pub async fn load(db: &Db, workshop: WorkshopId, after_seq: u64) -> Result<Vec<StoredEvent>, StoreError> {
    const SQL: &str = "SELECT seq, at, actor, cause, kind, body FROM events WHERE workshop_id = $1 AND seq > $2 ORDER BY seq";
    let mut events: Vec<StoredEvent> =
        each_db!(db.read(), pool => sqlx::query_as(SQL).bind(workshop).bind(big(after_seq)).fetch_all(pool).await)?;
    for event in &mut events {
        event.body.truncate(event.body.trim_end_matches(' ').len());
    }
    Ok(events)
}

/// One row to insert.
pub(super) struct Row<'a> {
    /// The checkpoint as it stands in the table.
    pub(super) workshop: &'a str,
    /// Its place in the log.
    pub(super) seq: u64,
    /// The event.
    pub(super) event: &'a NewEvent,
}

/// How many rows one statement inserts, largest first. Few sizes, so that each statement is prepared once. None is very large:
/// sqlx asks SQLite for the name of every value, and SQLite walks past all names before it, so the work grows with the square.
const SIZES: [usize; 4] = [32, 8, 2, 1];

static INSERTS: LazyLock<[String; SIZES.len()]> = LazyLock::new(|| SIZES.map(insert_of));

/// The statement that inserts `rows` rows.
fn insert_of(rows: usize) -> String {
    let values: Vec<String> = (0..rows)
        .map(|row| {
            let places: Vec<String> = (1..=7).map(|column| format!("${}", row * 7 + column)).collect();
            format!("({})", places.join(","))
        })
        .collect();
    format!(
        "INSERT INTO events (workshop_id, seq, at, actor, cause, kind, body) VALUES {}",
        values.join(",")
    )
}

/// Inserts the rows in as few statements as their number allows.
pub(super) async fn insert(tx: &mut Tx, mut rows: &[Row<'_>]) -> Result<(), sqlx::Error> {
    for (size, sql) in SIZES.iter().zip(LazyLock::force(&INSERTS)) {
        while rows.len() >= *size {
            let (now, later) = rows.split_at(*size);
            rows = later;
            each_db!(tx, conn => {
                let mut query = sqlx::query(sql.as_str());
                for Row { workshop, seq, event } in now {
                    query = query
                        .bind((*workshop).to_owned())
                        .bind(big(*seq))
                        .bind(event.at)
                        .bind(event.actor.clone())
                        .bind(event.cause.clone())
                        .bind(event.kind)
                        .bind(padded(&event.body, stored_length(event.body.len())));
                }
                query.execute(&mut **conn).await?;
            });
        }
    }
    Ok(())
}

/// The length a body has in the table: one of few, so that it can be replaced in place and tells nothing about what stood there.
///
/// SQLite moves rows between pages when their lengths change and leaves stale copies of what it moved in the free space of a
/// page. A body that is replaced by one of the same length moves nothing. See `journal/scrub.rs`.
pub(super) fn stored_length(length: usize) -> usize {
    const SHORTEST: usize = 256;
    const PAGE: usize = 4096;
    if length <= PAGE {
        length.next_power_of_two().max(SHORTEST)
    } else {
        length.next_multiple_of(PAGE)
    }
}

/// The body, followed by blanks up to `length` bytes. JSON does not mind, and [`load`] takes them off again.
pub(super) fn padded(body: &str, length: usize) -> String {
    let mut padded = String::with_capacity(length.max(body.len()));
    padded.push_str(body);
    padded.extend(std::iter::repeat_n(' ', length.saturating_sub(body.len())));
    padded
}
