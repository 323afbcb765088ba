//! What a checkpoint writes of actions: its own, as they stand, and what it settled of others.

use super::{Key, Place, Standing};
use crate::domain::ids::{ActionId, WorkshopId};
use crate::server::store::StoreError;
use crate::server::store::sql::{Tx, each_db};

/// An action of a checkpoint. Status and note are those it begins with; a row that is there keeps its own.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are the columns of migration 0004")]
pub struct NewRow {
    pub number: ActionId,
    pub position: i64,
    pub body: String,
    pub title: String,
    pub owner_key: String,
    pub due: Option<String>,
    pub outside: bool,
    pub opened_on: Option<String>,
    pub age: u32,
    pub status: Standing,
    pub note: String,
}

/// An action stood to be settled in one more checkpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Aged {
    /// Which.
    pub key: Key,
    /// In how many by now.
    pub age: u32,
}

/// A checkpoint said how far an action is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// Which.
    pub key: Key,
    /// When, in unix milliseconds.
    pub at: i64,
    /// The name of who said so.
    pub who: String,
    /// How far.
    pub status: Standing,
    /// Why.
    pub note: String,
}

/// What is written with a batch of events.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// New and changed ones.
    pub stand: Vec<NewRow>,
    /// Those that were taken away.
    pub gone: Vec<ActionId>,
    /// Those of other checkpoints that stand to be settled in this one.
    pub aged: Vec<Aged>,
    /// What was settled, in order.
    pub settled: Vec<Settled>,
}

/// A line of `action_changes`.
pub(super) struct Line<'a> {
    pub(super) key: Key,
    pub(super) version: i64,
    pub(super) at: i64,
    pub(super) who: &'a str,
    pub(super) place: Place,
    pub(super) checkpoint: Option<WorkshopId>,
    pub(super) from: Standing,
    pub(super) to: Standing,
    pub(super) note: &'a str,
}

/// Writes what a checkpoint says of actions.
pub(in crate::server::store) async fn project(tx: &mut Tx, workshop: WorkshopId, rows: &Rows) -> Result<(), StoreError> {
    const GONE: &str = "DELETE FROM actions WHERE workshop_id = $1 AND number = $2";
    const AGED: &str = "UPDATE actions SET age = $3 WHERE workshop_id = $1 AND number = $2 AND age < $3";
    for row in &rows.stand {
        stand(tx, workshop, row).await?;
    }
    for number in &rows.gone {
        each_db!(&mut *tx, conn => sqlx::query(GONE).bind(workshop).bind(i64::from(number.0)).execute(&mut **conn).await.map(drop))?;
    }
    for Aged { key, age } in &rows.aged {
        each_db!(&mut *tx, conn => sqlx::query(AGED)
            .bind(key.workshop).bind(i64::from(key.number.0)).bind(i64::from(*age)).execute(&mut **conn).await.map(drop))?;
    }
    for settled in &rows.settled {
        settle(tx, workshop, settled).await?;
    }
    Ok(())
}

async fn stand(tx: &mut Tx, workshop: WorkshopId, row: &NewRow) -> Result<(), sqlx::Error> {
    const SQL: &str = "INSERT INTO actions
        (workshop_id, number, squad_id, position, body, title, owner_key, due, outside, opened_on, age, status, note, version, changed_at)
        SELECT w.id, $2, w.squad_id, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0, NULL FROM workshops w WHERE w.id = $1
        ON CONFLICT (workshop_id, number) DO UPDATE SET position = $3, body = $4, title = $5, owner_key = $6, due = $7, outside = $8,
        opened_on = $9";
    each_db!(tx, conn => sqlx::query(SQL)
        .bind(workshop)
        .bind(i64::from(row.number.0))
        .bind(row.position)
        .bind(&row.body)
        .bind(&row.title)
        .bind(&row.owner_key)
        .bind(&row.due)
        .bind(i64::from(row.outside))
        .bind(&row.opened_on)
        .bind(i64::from(row.age))
        .bind(row.status)
        .bind(&row.note)
        .execute(&mut **conn)
        .await
        .map(drop))
}

/// Says of an action what a checkpoint found. One that is there no more has no row, and nothing is kept of it.
async fn settle(tx: &mut Tx, workshop: WorkshopId, settled: &Settled) -> Result<(), StoreError> {
    // The first statement takes the row for this transaction, so that the second reads what nobody else changes.
    const SET: &str = "UPDATE actions SET version = version + 1, changed_at = $3 WHERE workshop_id = $1 AND number = $2";
    const FIND: &str = "SELECT version, status FROM actions WHERE workshop_id = $1 AND number = $2";
    const STATUS: &str = "UPDATE actions SET status = $3, note = $4 WHERE workshop_id = $1 AND number = $2";
    let (of, number) = (settled.key.workshop, i64::from(settled.key.number.0));
    each_db!(&mut *tx, conn => sqlx::query(SET).bind(of).bind(number).bind(settled.at).execute(&mut **conn).await.map(drop))?;
    let found: Option<(i64, Standing)> =
        each_db!(&mut *tx, conn => sqlx::query_as(FIND).bind(of).bind(number).fetch_optional(&mut **conn).await)?;
    let Some((version, from)) = found else {
        return Ok(());
    };
    each_db!(&mut *tx, conn => sqlx::query(STATUS)
        .bind(of).bind(number).bind(settled.status).bind(&settled.note).execute(&mut **conn).await.map(drop))?;
    let line = Line {
        key: settled.key,
        version,
        at: settled.at,
        who: &settled.who,
        place: Place::Checkpoint,
        checkpoint: Some(workshop),
        from,
        to: settled.status,
        note: &settled.note,
    };
    keep(tx, &line).await
}

/// Keeps a change.
pub(super) async fn keep(tx: &mut Tx, line: &Line<'_>) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO action_changes (workshop_id, number, version, at, who, place, checkpoint, old_status, new_status, note)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    each_db!(tx, conn => sqlx::query(SQL)
        .bind(line.key.workshop)
        .bind(i64::from(line.key.number.0))
        .bind(line.version)
        .bind(line.at)
        .bind(line.who)
        .bind(line.place)
        .bind(line.checkpoint)
        .bind(line.from)
        .bind(line.to)
        .bind(line.note)
        .execute(&mut **conn)
        .await
        .map(drop))?;
    Ok(())
}
