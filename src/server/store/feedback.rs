//! What people say of a checkpoint itself.
//!
//! The invariant: no row says who gave it or when. The hash of the browser's cookie goes as soon as nothing can be changed any more.

use super::sql::each_db;
use super::{Db, StoreError};
use crate::domain::feedback::Feedback;
use crate::domain::ids::{SquadId, WorkshopId};
use crate::domain::text::FeedbackText;
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct Row {
    worth: i64,
    keep: String,
    improve: String,
}

impl Row {
    fn feedback(self) -> Feedback {
        Feedback {
            worth: u8::try_from(self.worth).unwrap_or_default(),
            keep: FeedbackText::parse(&self.keep).unwrap_or_default(),
            change: FeedbackText::parse(&self.improve).unwrap_or_default(),
        }
    }
}

/// Keeps what somebody says; what the same browser said before is replaced.
pub async fn give(db: &Db, id: Uuid, workshop: WorkshopId, giver: &str, said: &Feedback) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO feedback (id, workshop_id, giver, worth, keep, improve) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (workshop_id, giver) DO UPDATE SET worth = excluded.worth, keep = excluded.keep, improve = excluded.improve";
    each_db!(db.write(), pool => sqlx::query(SQL)
        .bind(id.to_string()).bind(workshop).bind(giver)
        .bind(i64::from(said.worth)).bind(said.keep.as_str()).bind(said.change.as_str())
        .execute(pool).await.map(drop))?;
    Ok(())
}

/// All that was said of a checkpoint.
pub async fn of_workshop(db: &Db, workshop: WorkshopId) -> Result<Vec<Feedback>, StoreError> {
    const SQL: &str = "SELECT worth, keep, improve FROM feedback WHERE workshop_id = $1 ORDER BY id";
    let rows: Vec<Row> = each_db!(db.read(), pool => sqlx::query_as(SQL).bind(workshop).fetch_all(pool).await)?;
    Ok(rows.into_iter().map(Row::feedback).collect())
}

/// What this browser said.
pub async fn of_giver(db: &Db, workshop: WorkshopId, giver: &str) -> Result<Option<Feedback>, StoreError> {
    const SQL: &str = "SELECT worth, keep, improve FROM feedback WHERE workshop_id = $1 AND giver = $2";
    let row: Option<Row> = each_db!(db.read(), pool => sqlx::query_as(SQL).bind(workshop).bind(giver).fetch_optional(pool).await)?;
    Ok(row.map(Row::feedback))
}

/// How many answered of each of a squad's checkpoints, and the sum of their numbers.
pub async fn of_squad(db: &Db, squad: SquadId) -> Result<Vec<(i64, i64)>, StoreError> {
    const SQL: &str = "SELECT COUNT(*), CAST(SUM(f.worth) AS BIGINT) FROM feedback f JOIN workshops w ON w.id = f.workshop_id
        WHERE w.squad_id = $1 GROUP BY f.workshop_id";
    Ok(each_db!(db.read(), pool => sqlx::query_as(SQL).bind(squad).fetch_all(pool).await)?)
}

/// Forgets the cookies of checkpoints that were first published before this moment, and who came when: a table keeps the order of its
/// rows, so these are written anew in the order of their random ids.
pub async fn forget_givers(db: &Db, published_before: i64) -> Result<(), StoreError> {
    const TAKE: &str = "DELETE FROM feedback WHERE giver IS NOT NULL
        AND workshop_id IN (SELECT id FROM workshops WHERE published_at < $1) RETURNING id, workshop_id, worth, keep, improve";
    const PUT: &str = "INSERT INTO feedback (id, workshop_id, worth, keep, improve) VALUES ($1, $2, $3, $4, $5)";
    let mut tx = db.begin().await?;
    let mut rows: Vec<(String, WorkshopId, i64, String, String)> =
        each_db!(&mut tx, conn => sqlx::query_as(TAKE).bind(published_before).fetch_all(&mut **conn).await)?;
    rows.sort_unstable();
    for (id, workshop, worth, keep, improve) in rows {
        each_db!(&mut tx, conn => sqlx::query(PUT)
            .bind(&id).bind(workshop).bind(worth).bind(&keep).bind(&improve).execute(&mut **conn).await.map(drop))?;
    }
    Ok(tx.commit().await?)
}
