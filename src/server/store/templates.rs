//! The organisation's own agendas. A name stands for one of them: saving under it again replaces what was there.

use super::sql::each_db;
use super::{Db, StoreError};
use crate::domain::ids::TemplateId;

/// A stored agenda.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct TemplateRow {
    /// Its id.
    pub id: TemplateId,
    /// Its name.
    pub name: String,
    /// Minutes and steps, as JSON.
    pub body: String,
    /// When it was last saved, in unix milliseconds.
    pub created_at: i64,
    /// Who saved it.
    pub created_by: String,
}

/// Every template, by name.
pub async fn all(db: &Db) -> Result<Vec<TemplateRow>, StoreError> {
    const SQL: &str = "SELECT id, name, body, created_at, created_by FROM templates ORDER BY name_key";
    Ok(each_db!(db.read(), pool => sqlx::query_as(SQL).fetch_all(pool).await)?)
}

/// The template with this id.
pub async fn by_id(db: &Db, id: TemplateId) -> Result<Option<TemplateRow>, StoreError> {
    const SQL: &str = "SELECT id, name, body, created_at, created_by FROM templates WHERE id = $1";
    Ok(each_db!(db.read(), pool => sqlx::query_as(SQL).bind(id).fetch_optional(pool).await)?)
}

/// Keeps a template under its name, in place of what was there.
pub async fn save(db: &Db, row: &TemplateRow) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO templates (id, name, name_key, body, created_at, created_by) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (name_key) DO UPDATE SET name = excluded.name, body = excluded.body, created_at = excluded.created_at,
            created_by = excluded.created_by";
    each_db!(db.write(), pool => sqlx::query(SQL)
        .bind(row.id)
        .bind(&row.name)
        .bind(row.name.to_lowercase())
        .bind(&row.body)
        .bind(row.created_at)
        .bind(&row.created_by)
        .execute(pool)
        .await
        .map(drop))?;
    Ok(())
}

/// Takes a template away; checkpoints that began with it keep their steps.
pub async fn delete(db: &Db, id: TemplateId) -> Result<(), StoreError> {
    each_db!(db.write(), pool => sqlx::query("DELETE FROM templates WHERE id = $1").bind(id).execute(pool).await.map(drop))?;
    Ok(())
}
