//! What a squad takes along from its last published checkpoint.

use super::error::ServerError;
use super::store::Db;
use super::store::{summaries, workshops};
use crate::domain::ids::{SquadId, WorkshopId};
use crate::domain::page::Page;
use crate::domain::workshop::Previous;
use chrono::NaiveDate;

/// The page of the squad's last published checkpoint up to a day, other than the one that asks.
pub async fn page(db: &Db, squad: SquadId, until: NaiveDate, not: WorkshopId) -> Result<Option<Page>, ServerError> {
    let Some(row) = workshops::previous_of_squad(db, squad, &until.to_string(), not).await? else {
        return Ok(None);
    };
    let stored = summaries::summary(db, row.id, None).await?;
    Ok(stored.map(|stored| serde_json::from_str(&stored.body)).transpose()?)
}

/// The same for a checkpoint that was planned before, as it is now.
pub async fn recalled(db: &Db, id: WorkshopId, held_on: NaiveDate) -> Result<Option<Previous>, ServerError> {
    let Some(row) = workshops::by_id(db, id).await? else {
        return Ok(None);
    };
    Ok(page(db, row.squad_id, held_on, id).await?.as_ref().map(previous))
}

/// What of the page is taken along.
#[must_use]
pub fn previous(page: &Page) -> Previous {
    let answers = page.answers.iter().filter_map(|a| a.answer.map(|code| (a.metric, code))).collect();
    Previous {
        id: page.id,
        held_on: page.held_on,
        answers,
        actions: page.open_actions(),
        flow: page.flow.clone(),
    }
}
