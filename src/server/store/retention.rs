//! How long names and drafts are kept, and which checkpoints are due.

use super::sql::each_db;
use super::{Db, StoreError, audit};
use crate::domain::ids::{AccountId, WorkshopId};

/// What an administrator has set.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Retention {
    /// Display names are erased so many days after a summary was published; `None` for never.
    pub names_days: Option<i64>,
    /// Drafts are deleted so many days after their day and their last change; `None` for never.
    pub drafts_days: Option<i64>,
    /// Who set it.
    pub set_by: AccountId,
    /// When, in unix milliseconds.
    pub set_at: i64,
}

/// What is set; `None` while nobody has set anything.
pub async fn load(db: &Db) -> Result<Option<Retention>, StoreError> {
    const SQL: &str = "SELECT names_days, drafts_days, set_by, set_at FROM retention";
    Ok(each_db!(db.read(), pool => sqlx::query_as(SQL).fetch_optional(pool).await)?)
}

/// Sets it.
pub async fn set(db: &Db, new: &Retention, line: &audit::Line) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO retention (id, names_days, drafts_days, set_by, set_at) VALUES (1, $1, $2, $3, $4)
        ON CONFLICT (id) DO UPDATE SET names_days = $1, drafts_days = $2, set_by = $3, set_at = $4";
    let mut tx = db.begin().await?;
    each_db!(&mut tx, conn => sqlx::query(SQL)
        .bind(new.names_days).bind(new.drafts_days).bind(new.set_by).bind(new.set_at)
        .execute(&mut **conn).await.map(drop))?;
    audit::add(&mut tx, line).await?;
    Ok(tx.commit().await?)
}

/// The checkpoints that name people and whose summary was published before this moment, the oldest first.
pub async fn named(db: &Db, published_before: i64) -> Result<Vec<WorkshopId>, StoreError> {
    const SQL: &str = "SELECT id FROM workshops
        WHERE names_erased = 0 AND status = 'published' AND published_at < $1 ORDER BY published_at, id";
    Ok(each_db!(db.read(), pool => sqlx::query_scalar(SQL).bind(published_before).fetch_all(pool).await)?)
}

/// The checkpoints that never began, were planned for a day before this one, and were not changed since this moment.
pub async fn drafts(db: &Db, held_before: &str, unchanged_since: i64) -> Result<Vec<WorkshopId>, StoreError> {
    const SQL: &str = "SELECT w.id FROM workshops w
        WHERE w.status = 'planned' AND w.started_at IS NULL AND w.held_on < $1
        AND NOT EXISTS (SELECT 1 FROM events e WHERE e.workshop_id = w.id AND e.at >= $2) ORDER BY w.held_on, w.id";
    Ok(each_db!(db.read(), pool => sqlx::query_scalar(SQL).bind(held_before).bind(unchanged_since).fetch_all(pool).await)?)
}
