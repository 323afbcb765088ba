//! Links by which members without an account reach their squad's actions.
//!
//! The invariant: a token is stored nowhere, only its hash; a squad has at most one link that opens.

use super::sql::each_db;
use super::{Db, StoreError, audit};
use crate::domain::ids::SquadId;

/// A link.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Link {
    /// The hash of its token.
    pub token_hash: String,
    /// The squad whose actions it shows.
    pub squad_id: SquadId,
    /// The name of who made it.
    pub made_by: String,
    /// When, in unix milliseconds.
    pub made_at: i64,
    /// When it ends by itself.
    pub expires_at: i64,
    /// When somebody ended it.
    pub revoked_at: Option<i64>,
}

/// Makes a link; the squad's links of before are revoked.
pub async fn make(db: &Db, link: &Link, by: &audit::Line) -> Result<(), StoreError> {
    const REVOKE: &str = "UPDATE squad_links SET revoked_at = $2 WHERE squad_id = $1 AND revoked_at IS NULL";
    const MAKE: &str = "INSERT INTO squad_links (token_hash, squad_id, made_by, made_at, expires_at) VALUES ($1, $2, $3, $4, $5)";
    let mut tx = db.begin().await?;
    each_db!(&mut tx, conn => sqlx::query(REVOKE).bind(link.squad_id).bind(link.made_at).execute(&mut **conn).await.map(drop))?;
    each_db!(&mut tx, conn => sqlx::query(MAKE)
        .bind(&link.token_hash).bind(link.squad_id).bind(&link.made_by).bind(link.made_at).bind(link.expires_at)
        .execute(&mut **conn).await.map(drop))?;
    audit::add(&mut tx, by).await?;
    Ok(tx.commit().await?)
}

/// Revokes the squad's link; of one that is revoked already nothing changes.
pub async fn revoke(db: &Db, squad: SquadId, now: i64, by: &audit::Line) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE squad_links SET revoked_at = $2 WHERE squad_id = $1 AND revoked_at IS NULL";
    let mut tx = db.begin().await?;
    let revoked = each_db!(&mut tx, conn => sqlx::query(SQL).bind(squad).bind(now).execute(&mut **conn).await?.rows_affected());
    audit::add(&mut tx, (revoked > 0).then_some(by)).await?;
    Ok(tx.commit().await?)
}

/// The link with this hash, also when it opens no more.
pub async fn by_hash(db: &Db, token_hash: &str) -> Result<Option<Link>, StoreError> {
    const SQL: &str = "SELECT token_hash, squad_id, made_by, made_at, expires_at, revoked_at FROM squad_links WHERE token_hash = $1";
    Ok(each_db!(db.read(), pool => sqlx::query_as(SQL).bind(token_hash).fetch_optional(pool).await)?)
}

/// The squad's link that opens.
pub async fn of_squad(db: &Db, squad: SquadId, now: i64) -> Result<Option<Link>, StoreError> {
    const SQL: &str = "SELECT token_hash, squad_id, made_by, made_at, expires_at, revoked_at FROM squad_links
        WHERE squad_id = $1 AND revoked_at IS NULL AND expires_at > $2 ORDER BY made_at DESC LIMIT 1";
    Ok(each_db!(db.read(), pool => sqlx::query_as(SQL).bind(squad).bind(now).fetch_optional(pool).await)?)
}
