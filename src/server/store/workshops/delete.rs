//! A checkpoint that never began can be deleted, with all that stands beside it.

use crate::domain::ids::WorkshopId;
use crate::server::store::sql::each_db;
use crate::server::store::{Db, StoreError, audit};

/// Deletes a checkpoint that never began; [`StoreError::Missing`] of every other one.
pub async fn delete_draft(db: &Db, id: WorkshopId, line: &audit::Line) -> Result<(), StoreError> {
    // The first statement takes the row for this transaction.
    const DRAFT: &str = "UPDATE workshops SET cancelled = 1 WHERE id = $1 AND status = 'planned' AND started_at IS NULL";
    const EVERYTHING: [&str; 9] = [
        // What was said of another checkpoint's action stays said.
        "UPDATE action_changes SET checkpoint = NULL WHERE checkpoint = $1",
        "DELETE FROM actions WHERE workshop_id = $1",
        "DELETE FROM feedback WHERE workshop_id = $1",
        "DELETE FROM page_links WHERE workshop_id = $1",
        "DELETE FROM page_words WHERE workshop_id = $1",
        "DELETE FROM page_capabilities WHERE workshop_id = $1",
        "DELETE FROM summaries WHERE workshop_id = $1",
        "DELETE FROM events WHERE workshop_id = $1",
        "DELETE FROM workshops WHERE id = $1",
    ];
    let mut tx = db.begin().await?;
    let found = each_db!(&mut tx, conn => sqlx::query(DRAFT).bind(id).execute(&mut **conn).await?.rows_affected());
    if found == 0 {
        return Err(StoreError::Missing);
    }
    for sql in EVERYTHING {
        each_db!(&mut tx, conn => sqlx::query(sql).bind(id).execute(&mut **conn).await.map(drop))?;
    }
    audit::add(&mut tx, line).await?;
    Ok(tx.commit().await?)
}
