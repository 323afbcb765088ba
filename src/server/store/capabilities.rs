//! The capabilities that the organisation wrote itself.

use super::error::taken;
use super::sql::each_db;
use super::{Db, StoreError, audit};
use crate::domain::ids::CapabilityId;

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct OwnCapability {
    /// Its id.
    pub id: CapabilityId,
    /// Its name.
    pub title: String,
    /// What it means.
    pub summary: String,
    /// Its statements, one a line.
    pub items: String,
    /// When it was last changed, in unix milliseconds.
    pub updated_at: i64,
    /// Who changed it last.
    pub updated_by: String,
}

/// All of them, by title.
pub async fn all(db: &Db) -> Result<Vec<OwnCapability>, StoreError> {
    const SQL: &str = "SELECT id, title, summary, items, updated_at, updated_by FROM capabilities ORDER BY title_key";
    Ok(each_db!(db.read(), pool => sqlx::query_as(SQL).fetch_all(pool).await)?)
}

/// Keeps a new one, or a changed one in place of what it was. No two have the same title, however it is capitalised.
pub async fn save(db: &Db, own: &OwnCapability, line: Option<&audit::Line>) -> Result<(), StoreError> {
    const SQL: &str =
        "INSERT INTO capabilities (id, title, title_key, summary, items, updated_at, updated_by) VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (id) DO UPDATE SET title = excluded.title, title_key = excluded.title_key, summary = excluded.summary,
        items = excluded.items, updated_at = excluded.updated_at, updated_by = excluded.updated_by";
    let OwnCapability {
        id,
        title,
        summary,
        items,
        updated_at,
        updated_by,
    } = own;
    let mut tx = db.begin().await?;
    each_db!(&mut tx, conn => sqlx::query(SQL)
        .bind(id).bind(title).bind(title.to_lowercase()).bind(summary).bind(items).bind(updated_at).bind(updated_by)
        .execute(&mut **conn).await.map(drop).map_err(taken("title")))?;
    audit::add(&mut tx, line).await?;
    Ok(tx.commit().await?)
}

/// Takes one away; whether it was there.
pub async fn delete(db: &Db, id: CapabilityId, line: &audit::Line) -> Result<bool, StoreError> {
    const SQL: &str = "DELETE FROM capabilities WHERE id = $1";
    let mut tx = db.begin().await?;
    let gone = each_db!(&mut tx, conn => sqlx::query(SQL).bind(id).execute(&mut **conn).await?.rows_affected());
    if gone > 0 {
        audit::add(&mut tx, line).await?;
        tx.commit().await?;
    }
    Ok(gone > 0)
}
