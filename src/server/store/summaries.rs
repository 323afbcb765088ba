//! Published summaries. Each publication is a revision of its own and is never changed afterwards.

use super::sql::{Tx, each_db};
use super::{Db, StoreError};
use crate::domain::ids::WorkshopId;

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

/// Keeps a summary.
pub(super) async fn insert(tx: &mut Tx, workshop: WorkshopId, new: &NewSummary) -> Result<(), sqlx::Error> {
    const SQL: &str = "INSERT INTO summaries (workshop_id, revision, published_at, published_by, body) VALUES ($1, $2, $3, $4, $5)";
    each_db!(tx, conn => sqlx::query(SQL)
        .bind(workshop).bind(new.revision).bind(new.published_at).bind(&new.published_by).bind(&new.body)
        .execute(&mut **conn).await.map(drop))
}
