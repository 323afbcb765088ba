//! Texts that administrators edit. A key without a row means: the text that ships with the program.

use super::sql::each_db;
use super::{Db, StoreError, audit};

/// A text that somebody has edited.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Content {
    /// The text.
    pub body: String,
    /// When it was last changed, in unix milliseconds.
    pub updated_at: i64,
    /// Who changed it last.
    pub updated_by: String,
}

/// The edited text under this key, if there is one.
pub async fn get(db: &Db, key: &str) -> Result<Option<Content>, StoreError> {
    const SQL: &str = "SELECT body, updated_at, updated_by FROM content WHERE key = $1";
    Ok(each_db!(db.read(), pool => sqlx::query_as(SQL).bind(key).fetch_optional(pool).await)?)
}

/// Every edited text with its key, in the order of the keys.
pub async fn all(db: &Db) -> Result<Vec<(String, String)>, StoreError> {
    const SQL: &str = "SELECT key, body FROM content ORDER BY key";
    Ok(each_db!(db.read(), pool => sqlx::query_as(SQL).fetch_all(pool).await)?)
}

/// Keeps this text under this key, in place of what was there.
pub async fn set(db: &Db, key: &str, content: &Content, line: &audit::Line) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO content (key, body, updated_at, updated_by) VALUES ($1, $2, $3, $4)
        ON CONFLICT (key) DO UPDATE SET body = excluded.body, updated_at = excluded.updated_at, updated_by = excluded.updated_by";
    let Content {
        body,
        updated_at,
        updated_by,
    } = content;
    let mut tx = db.begin().await?;
    each_db!(&mut tx, conn => sqlx::query(SQL)
        .bind(key).bind(body).bind(updated_at).bind(updated_by).execute(&mut **conn).await.map(drop))?;
    audit::add(&mut tx, line).await?;
    Ok(tx.commit().await?)
}

/// Goes back to the text that ships with the program.
pub async fn reset(db: &Db, key: &str, line: &audit::Line) -> Result<(), StoreError> {
    const SQL: &str = "DELETE FROM content WHERE key = $1";
    let mut tx = db.begin().await?;
    each_db!(&mut tx, conn => sqlx::query(SQL).bind(key).execute(&mut **conn).await.map(drop))?;
    audit::add(&mut tx, line).await?;
    Ok(tx.commit().await?)
}
