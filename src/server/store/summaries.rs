//! Published summaries. Each publication is a revision of its own and is never changed afterwards.

use super::sql::{Tx, each_db};
use super::{Db, StoreError};
use crate::domain::ids::{SquadId, WorkshopId};
use crate::domain::page::Gist;

/// A summary on its way to being published, together with the event that says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSummary {
    /// Its number, from 1.
    pub revision: i64,
    /// When it was published, in unix milliseconds.
    pub published_at: i64,
    /// Who published it.
    pub published_by: String,
    /// The summary as JSON.
    pub body: String,
    /// What lists and the search know of it.
    pub gist: Gist,
}

/// A published summary.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Summary {
    /// Its number, from 1.
    pub revision: i64,
    /// When it was published, in unix milliseconds.
    pub published_at: i64,
    /// Who published it.
    pub published_by: String,
    /// The summary as JSON.
    pub body: String,
}

/// A publication without its text, for the list of them.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Revision {
    /// Its number, from 1.
    pub revision: i64,
    /// When it was published, in unix milliseconds.
    pub published_at: i64,
    /// Who published it.
    pub published_by: String,
}

/// The summary of a checkpoint: this revision of it, or the latest.
pub async fn summary(db: &Db, workshop: WorkshopId, revision: Option<i64>) -> Result<Option<Summary>, StoreError> {
    const SQL: &str = "SELECT revision, published_at, published_by, body FROM summaries
        WHERE workshop_id = $1 AND revision >= $2 AND revision <= $3 ORDER BY revision DESC LIMIT 1";
    let (from, to) = (revision.unwrap_or(0), revision.unwrap_or(i64::MAX));
    Ok(each_db!(db.read(), pool => sqlx::query_as(SQL).bind(workshop).bind(from).bind(to).fetch_optional(pool).await)?)
}

/// The publications of a checkpoint, the latest first.
pub async fn revisions(db: &Db, workshop: WorkshopId) -> Result<Vec<Revision>, StoreError> {
    const SQL: &str = "SELECT revision, published_at, published_by FROM summaries WHERE workshop_id = $1 ORDER BY revision DESC";
    Ok(each_db!(db.read(), pool => sqlx::query_as(SQL).bind(workshop).fetch_all(pool).await)?)
}

/// Every published page of a checkpoint as JSON, the first first.
pub async fn bodies(db: &Db, workshop: WorkshopId) -> Result<Vec<String>, StoreError> {
    const SQL: &str = "SELECT body FROM summaries WHERE workshop_id = $1 ORDER BY revision";
    Ok(each_db!(db.read(), pool => sqlx::query_scalar(SQL).bind(workshop).fetch_all(pool).await)?)
}

/// Every publication of these checkpoints: of the squad that answers to this name or part of an address, held between these days.
pub async fn all(db: &Db, squad: Option<&str>, from: Option<&str>, to: Option<&str>) -> Result<Vec<(WorkshopId, i64)>, StoreError> {
    const SQL: &str = "SELECT w.id, p.revision FROM workshops w
        JOIN summaries p ON p.workshop_id = w.id
        WHERE ($1 = '' OR w.squad_id IN (SELECT COALESCE(o.merged_into, o.id) FROM squads o WHERE o.slug = $1 OR o.name_key = $2)) AND w.held_on >= $3 AND w.held_on <= $4
        ORDER BY w.held_on, w.id, p.revision";
    let squad = squad.unwrap_or_default();
    Ok(each_db!(db.read(), pool => sqlx::query_as(SQL)
        .bind(squad).bind(squad.to_lowercase()).bind(from.unwrap_or("0000")).bind(to.unwrap_or("9999"))
        .fetch_all(pool).await)?)
}

/// What a squad published last.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct LastOfSquad {
    /// The checkpoint.
    pub workshop_id: WorkshopId,
    /// The squad.
    pub squad_id: SquadId,
    /// Its name.
    pub squad_name: String,
    /// 1 when that name may stand beside what the squad needs from outside.
    pub named_outside: i64,
    /// The summary as JSON.
    pub body: String,
}

/// The newest summary of each squad's last checkpoint, where it holds this text.
pub async fn last_of_each_squad(db: &Db, holding: &str) -> Result<Vec<LastOfSquad>, StoreError> {
    const SQL: &str = "SELECT w.id AS workshop_id, s.id AS squad_id, s.name AS squad_name, s.named_outside, p.body
        FROM squads s
        JOIN workshops w ON w.id = (SELECT l.id FROM workshops l WHERE l.squad_id = s.id AND l.status = 'published'
            ORDER BY l.held_on DESC, l.created_at DESC, l.id DESC LIMIT 1)
        JOIN summaries p ON p.workshop_id = w.id AND p.revision = w.revision
        WHERE p.body LIKE $1";
    let like = format!("%{holding}%");
    Ok(each_db!(db.read(), pool => sqlx::query_as(SQL).bind(like).fetch_all(pool).await)?)
}

/// Keeps a summary.
pub(super) async fn insert(tx: &mut Tx, workshop: WorkshopId, new: &NewSummary) -> Result<(), sqlx::Error> {
    const SQL: &str = "INSERT INTO summaries (workshop_id, revision, published_at, published_by, body) VALUES ($1, $2, $3, $4, $5)";
    each_db!(tx, conn => sqlx::query(SQL)
        .bind(workshop).bind(new.revision).bind(new.published_at).bind(&new.published_by).bind(&new.body)
        .execute(&mut **conn).await.map(drop))
}
