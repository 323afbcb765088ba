//! Links by which somebody without an account reads one summary.
//!
//! The invariant: a token is stored nowhere, only its hash; of those who read, only how many and when last.

use super::sql::each_db;
use super::{Db, StoreError, audit};
use crate::domain::ids::WorkshopId;

/// A link.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct PageLink {
    /// The hash of its token.
    pub token_hash: String,
    /// The checkpoint whose summary it shows.
    pub workshop_id: WorkshopId,
    /// The name of who made it.
    pub made_by: String,
    /// When, in unix milliseconds.
    pub made_at: i64,
    /// When it ends by itself.
    pub expires_at: i64,
    /// When somebody ended it.
    pub revoked_at: Option<i64>,
    /// How often it was opened.
    pub reads: i64,
    /// When last.
    pub last_read_at: Option<i64>,
}

/// Keeps a new link.
pub async fn make(db: &Db, link: &PageLink, by: &audit::Line) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO page_links (token_hash, workshop_id, made_by, made_at, expires_at) VALUES ($1, $2, $3, $4, $5)";
    let mut tx = db.begin().await?;
    each_db!(&mut tx, conn => sqlx::query(SQL)
        .bind(&link.token_hash).bind(link.workshop_id).bind(&link.made_by).bind(link.made_at).bind(link.expires_at)
        .execute(&mut **conn).await.map(drop))?;
    audit::add(&mut tx, by).await?;
    Ok(tx.commit().await?)
}

/// Ends a link; of one that has ended already nothing changes.
pub async fn revoke(db: &Db, token_hash: &str, now: i64, by: &audit::Line) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE page_links SET revoked_at = $2 WHERE token_hash = $1 AND revoked_at IS NULL";
    let mut tx = db.begin().await?;
    let revoked = each_db!(&mut tx, conn => sqlx::query(SQL).bind(token_hash).bind(now).execute(&mut **conn).await?.rows_affected());
    audit::add(&mut tx, (revoked > 0).then_some(by)).await?;
    Ok(tx.commit().await?)
}

/// Counts that a link was opened.
pub async fn count_read(db: &Db, token_hash: &str, now: i64) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE page_links SET reads = reads + 1, last_read_at = $2 WHERE token_hash = $1";
    each_db!(db.write(), pool => sqlx::query(SQL).bind(token_hash).bind(now).execute(pool).await.map(drop))?;
    Ok(())
}

/// The link with this hash, also when it opens no more.
pub async fn by_hash(db: &Db, token_hash: &str) -> Result<Option<PageLink>, StoreError> {
    const SQL: &str = "SELECT token_hash, workshop_id, made_by, made_at, expires_at, revoked_at, reads, last_read_at
        FROM page_links WHERE token_hash = $1";
    Ok(each_db!(db.read(), pool => sqlx::query_as(SQL).bind(token_hash).fetch_optional(pool).await)?)
}

/// All links to a checkpoint's summary, the newest first.
pub async fn of_workshop(db: &Db, workshop: WorkshopId) -> Result<Vec<PageLink>, StoreError> {
    const SQL: &str = "SELECT token_hash, workshop_id, made_by, made_at, expires_at, revoked_at, reads, last_read_at
        FROM page_links WHERE workshop_id = $1 ORDER BY made_at DESC, token_hash";
    Ok(each_db!(db.read(), pool => sqlx::query_as(SQL).bind(workshop).fetch_all(pool).await)?)
}
