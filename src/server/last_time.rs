//! What a squad takes along from its last published checkpoint, and of its actions what was made of them since.

use super::error::ServerError;
use super::pages::LeftOut;
use super::store::Db;
use super::store::actions::{self, ActionRow};
use super::store::{summaries, workshops};
use crate::domain::action::{Action, Origin};
use crate::domain::ids::{SquadId, WorkshopId};
use crate::domain::page::Page;
use crate::domain::since::MOST_ACTIONS;
use crate::domain::text::Why;
use crate::domain::workshop::Previous;
use chrono::NaiveDate;

/// The page of the squad's last published checkpoint up to a day, other than the one that asks; none where it cannot be read, because
/// a squad meets all the same.
pub async fn page(db: &Db, squad: SquadId, until: NaiveDate, not: WorkshopId) -> Result<Option<Page>, ServerError> {
    let Some(row) = workshops::previous_of_squad(db, squad, &until.to_string(), not).await? else {
        return Ok(None);
    };
    let stored = summaries::summary(db, row.id, None).await?;
    Ok(stored.and_then(|stored| LeftOut::default().read(row.id, &stored.body)))
}

/// The same for a checkpoint that was planned before, as it is now.
pub async fn recalled(db: &Db, id: WorkshopId, held_on: NaiveDate) -> Result<Option<Previous>, ServerError> {
    let Some(row) = workshops::by_id(db, id).await? else {
        return Ok(None);
    };
    match page(db, row.squad_id, held_on, id).await? {
        Some(page) => previous(db, row.squad_id, &page, held_on, id).await.map(Some),
        None => Ok(None),
    }
}

/// What of the page is taken along, and the squad's open actions as they stand now.
pub async fn previous(db: &Db, squad: SquadId, page: &Page, until: NaiveDate, not: WorkshopId) -> Result<Previous, ServerError> {
    let answers = page.answers.iter().filter_map(|a| a.answer.map(|code| (a.metric, code))).collect();
    Ok(Previous {
        id: page.id,
        held_on: page.held_on,
        answers,
        actions: open(db, squad, page, until, not).await?,
        flow: page.flow.clone(),
    })
}

/// The rows say what is open; a squad whose checkpoints are all from before there were rows has its last page.
async fn open(db: &Db, squad: SquadId, page: &Page, until: NaiveDate, not: WorkshopId) -> Result<Vec<Action>, ServerError> {
    if !actions::any_of_squad(db, squad, not).await? {
        // There is no row that their origin could name: they get one in the checkpoint that takes them along.
        let nameless = |action| Action { origin: None, ..action };
        return Ok(page.open_actions().into_iter().map(nameless).collect());
    }
    let most = u32::try_from(MOST_ACTIONS).unwrap_or(u32::MAX);
    let rows = actions::of_squad_before(db, squad, &until.to_string(), not, most).await?;
    rows.iter().map(|row| Ok(action(row)?.taken_along())).collect()
}

/// The action of a row, as far as it is now.
pub fn action(row: &ActionRow) -> Result<Action, ServerError> {
    let decided: Action = serde_json::from_str(&row.body)?;
    Ok(Action {
        status: row.status.into(),
        why: Why::parse(&row.note).unwrap_or_default(),
        age: row.age,
        origin: Some(Origin {
            workshop: row.workshop_id,
            action: row.number.0,
        }),
        ..decided
    })
}
