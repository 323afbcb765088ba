//! What trends are made of: columns of published checkpoints, never their logs. A squad that was merged into another counts with it.

use super::actions::Standing;
use super::sql::each_db;
use super::{Db, StoreError};
use crate::domain::ids::{SquadId, WorkshopId};

/// A published checkpoint.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
#[expect(missing_docs, reason = "the fields are those of WorkshopColumns")]
pub struct HeldRow {
    pub id: WorkshopId,
    pub squad_id: SquadId,
    pub held_on: String,
    pub created_at: i64,
    pub level: Option<String>,
    pub percentile: Option<i64>,
    pub lead_time: Option<i64>,
    pub deployment_frequency: Option<i64>,
    pub time_to_restore: Option<i64>,
    pub change_failure_rate: Option<i64>,
    pub deployment_rework: Option<i64>,
}

/// The columns of [`HeldRow`].
macro_rules! held {
    ($rest:literal) => {
        concat!(
            "w.id, w.squad_id, w.held_on, w.created_at, w.level, w.percentile, w.lead_time, w.deployment_frequency,
             w.time_to_restore, w.change_failure_rate, w.deployment_rework ",
            $rest
        )
    };
}

/// The published checkpoints of a squad and of those merged into it; what follows is the order.
macro_rules! of_squad {
    ($rest:literal) => {
        concat!(
            " w.squad_id IN (SELECT id FROM squads WHERE id = $1 OR merged_into = $1) AND w.status = 'published' ",
            $rest
        )
    };
}

/// The published checkpoints of a squad, oldest first.
pub async fn of_squad(db: &Db, squad: SquadId) -> Result<Vec<HeldRow>, StoreError> {
    const SQL: &str = concat!(
        "SELECT ",
        held!("FROM workshops w WHERE"),
        of_squad!("ORDER BY w.held_on, w.created_at, w.id")
    );
    Ok(each_db!(db.read(), pool => sqlx::query_as(SQL).bind(squad).fetch_all(pool).await)?)
}

/// The newest page of a published checkpoint.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct PageRow {
    /// The checkpoint.
    pub id: WorkshopId,
    /// The day, `YYYY-MM-DD`.
    pub held_on: String,
    /// The summary as JSON.
    pub body: String,
}

/// The newest pages of a squad's checkpoints that hold this text, oldest first.
pub async fn pages_of_squad(db: &Db, squad: SquadId, holding: &str) -> Result<Vec<PageRow>, StoreError> {
    const SQL: &str = concat!(
        "SELECT w.id, w.held_on, p.body FROM workshops w JOIN summaries p ON p.workshop_id = w.id AND p.revision = w.revision
         WHERE p.body LIKE $2 AND",
        of_squad!("ORDER BY w.held_on, w.created_at, w.id")
    );
    let like = format!("%{holding}%");
    Ok(each_db!(db.read(), pool => sqlx::query_as(SQL).bind(squad).bind(like).fetch_all(pool).await)?)
}

/// A squad as the organisation's page needs it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SquadRow {
    /// Its id.
    pub id: SquadId,
    /// Its name in addresses.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// The name of its tribe.
    pub tribe_name: Option<String>,
    /// When it was archived.
    pub archived_at: Option<i64>,
    /// The squad it counts with, where it was merged into one.
    pub merged_into: Option<SquadId>,
    /// The months from one checkpoint to the next.
    pub every_months: i64,
    /// The day of its next planned checkpoint.
    pub planned_on: Option<String>,
}

/// Every squad, by name, with what it has planned from today on.
pub async fn squads(db: &Db, today: &str) -> Result<Vec<SquadRow>, StoreError> {
    const SQL: &str = "SELECT s.id, s.slug, s.name, t.name AS tribe_name, s.archived_at, s.merged_into, s.every_months,
        (SELECT MIN(p.held_on) FROM workshops p
         WHERE p.squad_id = s.id AND p.status <> 'published' AND p.cancelled = 0 AND p.held_on >= $1) AS planned_on
        FROM squads s LEFT JOIN tribes t ON t.id = s.tribe_id ORDER BY s.name_key";
    Ok(each_db!(db.read(), pool => sqlx::query_as(SQL).bind(today).fetch_all(pool).await)?)
}

/// The last two published checkpoints of every squad, newest first. Each is one look into the index of the squad.
pub async fn last_two_of_each_squad(db: &Db) -> Result<Vec<HeldRow>, StoreError> {
    const SQL: &str = concat!(
        "SELECT ",
        held!(
            "FROM (SELECT (SELECT l.id FROM workshops l WHERE l.squad_id = s.id AND l.status = 'published'
                           ORDER BY l.held_on DESC, l.created_at DESC, l.id DESC LIMIT 1) AS id FROM squads s
                   UNION ALL
                   SELECT (SELECT l.id FROM workshops l WHERE l.squad_id = s.id AND l.status = 'published'
                           ORDER BY l.held_on DESC, l.created_at DESC, l.id DESC LIMIT 1 OFFSET 1) AS id FROM squads s) last
             JOIN workshops w ON w.id = last.id ORDER BY w.held_on DESC, w.created_at DESC, w.id DESC"
        )
    );
    Ok(each_db!(db.read(), pool => sqlx::query_as(SQL).fetch_all(pool).await)?)
}

/// So many actions of a squad are alike.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Alike<T> {
    /// The squad.
    pub squad_id: SquadId,
    /// What they have in common.
    pub what: T,
    /// How many.
    pub count: i64,
}

/// How many actions each squad has open, by the day they were decided, `YYYY-MM-DD`, where that is known.
pub async fn open_actions(db: &Db) -> Result<Vec<Alike<Option<String>>>, StoreError> {
    const SQL: &str = "SELECT squad_id, opened_on AS what, COUNT(*) AS count FROM actions
        WHERE status IN ('not_started', 'in_progress') GROUP BY squad_id, opened_on";
    Ok(each_db!(db.read(), pool => sqlx::query_as(SQL).fetch_all(pool).await)?)
}

/// How many actions of each squad were done and how many dropped since a moment, in unix milliseconds.
pub async fn closed_actions(db: &Db, since: i64) -> Result<Vec<Alike<Standing>>, StoreError> {
    const SQL: &str = "SELECT squad_id, status AS what, COUNT(*) AS count FROM actions
        WHERE status IN ('done', 'dropped') AND changed_at >= $1 GROUP BY squad_id, status";
    Ok(each_db!(db.read(), pool => sqlx::query_as(SQL).bind(since).fetch_all(pool).await)?)
}

/// Says how many months lie between two checkpoints of a squad.
pub async fn set_every_months(db: &Db, squad: SquadId, months: i64) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE squads SET every_months = $2 WHERE id = $1";
    each_db!(db.write(), pool => sqlx::query(SQL).bind(squad).bind(months).execute(pool).await.map(drop))?;
    Ok(())
}
