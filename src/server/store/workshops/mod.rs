//! Checkpoints as rows: what the lists show, without replaying a log.
//!
//! The invariant: after `create` a row changes only in the transaction of the events it follows from (`journal`), and one that was
//! imported only with the page it follows from (`imports`). Only a checkpoint that never began goes ([`delete_draft`]).

mod delete;
mod list;

pub use delete::delete_draft;
pub use list::{Earlier, Filter, Sort, before_each, count, list, previous_of_squad};

use super::error::taken;
use super::events::{self, NewEvent, Row};
use super::sql::{Tx, each_db, words};
use super::{Db, StoreError};
use crate::domain::ids::{AccountId, SquadId, TribeId, WorkshopId};
use crate::domain::maturity::Answers;
use crate::domain::metric::{Code, Metric};

words! {
    /// Where a checkpoint stands.
    Status {
        /// It has a date.
        Planned = "planned",
        /// People are in it.
        Live = "live",
        /// Its summary can be read.
        Published = "published",
    }
}

/// A checkpoint that is being planned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewWorkshop {
    /// Its id.
    pub id: WorkshopId,
    /// The code to join with.
    pub code: String,
    /// The squad it is for.
    pub squad_id: SquadId,
    /// Who runs it.
    pub facilitator_id: AccountId,
    /// The name of that person at this time.
    pub facilitator_name: String,
    /// The day, `YYYY-MM-DD`.
    pub held_on: String,
    /// Its title.
    pub title: String,
    /// The industry to compare with.
    pub industry: Option<String>,
    /// When it was planned, in unix milliseconds.
    pub created_at: i64,
}

/// What follows from the log and is kept in the row for the lists. Every column is written, so `None` empties it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkshopColumns {
    /// Where it stands.
    pub status: Status,
    /// The day, `YYYY-MM-DD`.
    pub held_on: String,
    /// Its title.
    pub title: String,
    /// The industry to compare with.
    pub industry: Option<String>,
    /// The level of performance.
    pub level: Option<String>,
    /// The share of others that do less well.
    pub percentile: Option<i64>,
    /// The sum of the five answers.
    pub sum: Option<i64>,
    /// The answer on lead time.
    pub lead_time: Option<i64>,
    /// The answer on deployment frequency.
    pub deployment_frequency: Option<i64>,
    /// The answer on the time to restore service.
    pub time_to_restore: Option<i64>,
    /// The answer on the share of changes that fail.
    pub change_failure_rate: Option<i64>,
    /// The answer on unplanned deployments.
    pub deployment_rework: Option<i64>,
    /// The revision of the summary that is published, 0 before the first.
    pub revision: i64,
    /// When it began, in unix milliseconds.
    pub started_at: Option<i64>,
    /// When its summary was first published, in unix milliseconds.
    pub published_at: Option<i64>,
    /// 1 when it was called off.
    pub cancelled: i64,
    /// 1 when nobody is named in it any more.
    pub names_erased: i64,
}

/// A checkpoint with the names of its squad and tribe.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
#[expect(
    missing_docs,
    reason = "the fields are those of NewWorkshop and WorkshopColumns, and the names speak for themselves"
)]
pub struct WorkshopRow {
    pub id: WorkshopId,
    pub code: String,
    pub squad_id: SquadId,
    pub squad_slug: String,
    pub squad_name: String,
    pub tribe_id: Option<TribeId>,
    pub tribe_name: Option<String>,
    pub facilitator_id: AccountId,
    pub facilitator_name: String,
    pub held_on: String,
    pub status: Status,
    pub title: String,
    pub industry: Option<String>,
    pub level: Option<String>,
    pub percentile: Option<i64>,
    pub sum: Option<i64>,
    pub lead_time: Option<i64>,
    pub deployment_frequency: Option<i64>,
    pub time_to_restore: Option<i64>,
    pub change_failure_rate: Option<i64>,
    pub deployment_rework: Option<i64>,
    pub revision: i64,
    pub created_at: i64,
    pub started_at: Option<i64>,
    pub published_at: Option<i64>,
    pub cancelled: i64,
    pub names_erased: i64,
    /// When it was imported, in unix milliseconds; such a checkpoint has a page, but no log and no room.
    pub imported_at: Option<i64>,
}

impl WorkshopRow {
    /// The agreed answers, once all four are there.
    #[must_use]
    pub fn answers(&self) -> Option<Answers> {
        let column = |metric| match metric {
            Metric::LeadTime => self.lead_time,
            Metric::DeploymentFrequency => self.deployment_frequency,
            Metric::TimeToRestore => self.time_to_restore,
            Metric::ChangeFailureRate => self.change_failure_rate,
            Metric::DeploymentRework => self.deployment_rework,
        };
        Answers::from_fn(|metric| column(metric).and_then(|code| Code::new(u8::try_from(code).ok()?)))
    }
}

/// The columns of [`WorkshopRow`]; what follows are conditions and order.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT w.*, s.slug AS squad_slug, s.name AS squad_name, s.tribe_id, t.name AS tribe_name
             FROM workshops w JOIN squads s ON s.id = w.squad_id LEFT JOIN tribes t ON t.id = s.tribe_id ",
            $rest
        )
    };
}
use select;

/// Adds a planned checkpoint with the first events of its log, in one transaction. A code that is in use is [`StoreError::Taken`].
pub async fn create(db: &Db, new: &NewWorkshop, first: &[NewEvent]) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    insert(&mut tx, new).await?;
    let workshop = new.id.to_string();
    let rows: Vec<Row<'_>> = (1..)
        .zip(first)
        .map(|(seq, event)| Row {
            workshop: &workshop,
            seq,
            event,
        })
        .collect();
    events::insert(&mut tx, &rows).await?;
    Ok(tx.commit().await?)
}

/// Adds the row.
pub(super) async fn insert(tx: &mut Tx, new: &NewWorkshop) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO workshops
        (id, code, squad_id, facilitator_id, facilitator_name, held_on, status, title, industry, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    each_db!(tx, conn => sqlx::query(SQL)
        .bind(new.id)
        .bind(&new.code)
        .bind(new.squad_id)
        .bind(new.facilitator_id)
        .bind(&new.facilitator_name)
        .bind(&new.held_on)
        .bind(Status::Planned)
        .bind(&new.title)
        .bind(&new.industry)
        .bind(new.created_at)
        .execute(&mut **conn)
        .await
        .map(drop)
        .map_err(taken("code")))
}

/// The checkpoint with this code.
pub async fn by_code(db: &Db, code: &str) -> Result<Option<WorkshopRow>, StoreError> {
    Ok(each_db!(db.read(), pool => sqlx::query_as(select!("WHERE w.code = $1")).bind(code).fetch_optional(pool).await)?)
}

/// The checkpoint with this id.
pub async fn by_id(db: &Db, id: WorkshopId) -> Result<Option<WorkshopRow>, StoreError> {
    Ok(each_db!(db.read(), pool => sqlx::query_as(select!("WHERE w.id = $1")).bind(id).fetch_optional(pool).await)?)
}

/// Writes what follows from the log into the row.
pub(super) async fn project(tx: &mut Tx, workshop: WorkshopId, columns: &WorkshopColumns) -> Result<(), sqlx::Error> {
    const SQL: &str = "UPDATE workshops SET status = $2, held_on = $3, title = $4, industry = $5, level = $6, percentile = $7, sum = $8,
        lead_time = $9, deployment_frequency = $10, time_to_restore = $11, change_failure_rate = $12, deployment_rework = $13,
        revision = $14, started_at = $15, published_at = $16, cancelled = $17, names_erased = $18 WHERE id = $1";
    each_db!(tx, conn => sqlx::query(SQL)
        .bind(workshop)
        .bind(columns.status)
        .bind(&columns.held_on)
        .bind(&columns.title)
        .bind(&columns.industry)
        .bind(&columns.level)
        .bind(columns.percentile)
        .bind(columns.sum)
        .bind(columns.lead_time)
        .bind(columns.deployment_frequency)
        .bind(columns.time_to_restore)
        .bind(columns.change_failure_rate)
        .bind(columns.deployment_rework)
        .bind(columns.revision)
        .bind(columns.started_at)
        .bind(columns.published_at)
        .bind(columns.cancelled)
        .bind(columns.names_erased)
        .execute(&mut **conn)
        .await
        .map(drop))
}
