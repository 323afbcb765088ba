//! The capabilities that the organisation wrote itself.

use super::sql::each_db;
use super::{Db, StoreError};
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
pub async fn save(db: &Db, own: &OwnCapability) -> Result<(), StoreError> {
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
    let saved = each_db!(db.write(), pool => sqlx::query(SQL)
        .bind(id).bind(title).bind(title.to_lowercase()).bind(summary).bind(items).bind(updated_at).bind(updated_by)
        .execute(pool).await.map(drop));
    match saved {
        Err(error)
            if error
                .as_database_error()
                .is_some_and(sqlx::error::DatabaseError::is_unique_violation) =>
        {
            Err(StoreError::Taken("title"))
        }
        other => Ok(other?),
    }
}

/// Takes one away; whether it was there.
pub async fn delete(db: &Db, id: CapabilityId) -> Result<bool, StoreError> {
    let gone =
        each_db!(db.write(), pool => sqlx::query("DELETE FROM capabilities WHERE id = $1").bind(id).execute(pool).await?.rows_affected());
    Ok(gone > 0)
}
