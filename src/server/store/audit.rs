//! Who changed what in the administration. Lines are added, never changed.
//!
//! The invariant: a line is written in the transaction of the change it tells of, so there is neither without the other.

use super::sql::{Tx, each_db};
use super::{Db, StoreError};
use crate::domain::ids::AccountId;

/// A change.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Line {
    /// Its id, which sorts by time.
    pub id: String,
    /// When, in unix milliseconds.
    pub at: i64,
    /// Which account made it.
    pub account_id: AccountId,
    /// The name of that account at this time.
    pub who: String,
    /// What was changed, in a sentence.
    pub what: String,
}

/// Adds a line, where there is one.
pub(super) async fn add<'a>(tx: &mut Tx, line: impl Into<Option<&'a Line>>) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO audit (id, at, account_id, who, what) VALUES ($1, $2, $3, $4, $5)";
    let Some(line) = line.into() else { return Ok(()) };
    each_db!(tx, conn => sqlx::query(SQL)
        .bind(&line.id).bind(line.at).bind(line.account_id).bind(&line.who).bind(&line.what)
        .execute(&mut **conn).await.map(drop))?;
    Ok(())
}

/// The newest lines first, without the first `offset`.
pub async fn newest(db: &Db, limit: u32, offset: u32) -> Result<Vec<Line>, StoreError> {
    const SQL: &str = "SELECT id, at, account_id, who, what FROM audit ORDER BY at DESC, id DESC LIMIT $1 OFFSET $2";
    let (limit, offset) = (i64::from(limit), i64::from(offset));
    Ok(each_db!(db.read(), pool => sqlx::query_as(SQL).bind(limit).bind(offset).fetch_all(pool).await)?)
}

/// How many lines there are.
pub async fn count(db: &Db) -> Result<i64, StoreError> {
    Ok(each_db!(db.read(), pool => sqlx::query_scalar("SELECT COUNT(*) FROM audit").fetch_one(pool).await)?)
}
