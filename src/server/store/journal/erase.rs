//! How names are erased: everything that is stored of a checkpoint is rewritten in one transaction, with the event that says so.
//!
//! The old bytes leave the files as those of a scrubbed answer do ([`super::scrub`]): a text is blotted out where it stands before
//! another one takes its place.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::scrub;
use crate::domain::action::Action;
use crate::domain::event::Event;
use crate::domain::ids::WorkshopId;
use crate::domain::names::Names;
use crate::domain::page::{FORMAT, Page};
use crate::server::store::sql::{Tx, each_db};
use crate::server::store::{StoreError, audit};

/// Names that are erased.
#[derive(Clone, Debug)]
pub struct Erased {
    /// What people are called from now on.
    pub names: Names,
    /// Who erased them; `None` where there was no name left.
    pub line: Option<audit::Line>,
}

/// Erases names from all that is stored of a checkpoint.
pub(super) async fn erase(tx: &mut Tx, workshop: WorkshopId, Erased { names, line }: &Erased) -> Result<(), StoreError> {
    const MARK: &str = "UPDATE workshops SET names_erased = 1 WHERE id = $1";
    events(tx, workshop, names).await?;
    pages(tx, workshop, names).await?;
    actions(tx, workshop, names).await?;
    changes(tx, workshop, names).await?;
    each_db!(&mut *tx, conn => sqlx::query(MARK).bind(workshop).execute(&mut **conn).await.map(drop))?;
    audit::add(tx, line.as_ref()).await
}

async fn events(tx: &mut Tx, workshop: WorkshopId, names: &Names) -> Result<(), StoreError> {
    const SQL: &str = "SELECT seq, body FROM events WHERE workshop_id = $1 ORDER BY seq";
    let stored: Vec<(i64, String)> = each_db!(&mut *tx, conn => sqlx::query_as(SQL).bind(workshop).fetch_all(&mut **conn).await)?;
    for (seq, body) in stored {
        if let Some(new) = renamed(&body, |event: &mut Event| event.forget_names(names))? {
            scrub::replace(tx, workshop, u64::try_from(seq).unwrap_or_default(), &new).await?;
        }
    }
    Ok(())
}

async fn pages(tx: &mut Tx, workshop: WorkshopId, names: &Names) -> Result<(), StoreError> {
    const SQL: &str = "SELECT revision, published_by, body FROM summaries WHERE workshop_id = $1";
    const SET: &str = "UPDATE summaries SET published_by = $3, body = $4 WHERE workshop_id = $1 AND revision = $2";
    let stored: Vec<(i64, String, String)> = each_db!(&mut *tx, conn => sqlx::query_as(SQL).bind(workshop).fetch_all(&mut **conn).await)?;
    for (revision, by, body) in stored {
        let mut format = FORMAT;
        let new = renamed(&body, |page: &mut Page| {
            format = page.format;
            page.forget_names(names);
        })?;
        if format > FORMAT {
            return Err(StoreError::Unreadable("a page of a newer version".to_owned()));
        }
        let new = new.unwrap_or_else(|| body.clone());
        let new_by = names.new_name(&by).map_or_else(|| by.clone(), ToString::to_string);
        for (by, body) in [(blank(&by), blank(&body)), (new_by, new)] {
            each_db!(&mut *tx, conn => sqlx::query(SET)
                .bind(workshop).bind(revision).bind(by).bind(body).execute(&mut **conn).await.map(drop))?;
        }
    }
    Ok(())
}

async fn actions(tx: &mut Tx, workshop: WorkshopId, names: &Names) -> Result<(), StoreError> {
    const SQL: &str = "SELECT number, owner_key, body FROM actions WHERE workshop_id = $1";
    const SET: &str = "UPDATE actions SET owner_key = $3, body = $4 WHERE workshop_id = $1 AND number = $2";
    let stored: Vec<(i64, String, String)> = each_db!(&mut *tx, conn => sqlx::query_as(SQL).bind(workshop).fetch_all(&mut **conn).await)?;
    for (number, owner, body) in stored {
        let mut new_owner = owner.clone();
        let new = renamed(&body, |action: &mut Action| {
            names.rename_owner(action);
            new_owner = action.owner.folded();
        })?;
        for (owner, body) in new
            .into_iter()
            .flat_map(|new| [(blank(&owner), blank(&body)), (new_owner.clone(), new)])
        {
            each_db!(&mut *tx, conn => sqlx::query(SET)
                .bind(workshop).bind(number).bind(owner).bind(body).execute(&mut **conn).await.map(drop))?;
        }
    }
    Ok(())
}

/// Who changed an action without an account: in this checkpoint, or by the squad's link an action of it.
async fn changes(tx: &mut Tx, workshop: WorkshopId, names: &Names) -> Result<(), StoreError> {
    const SQL: &str = "SELECT DISTINCT who FROM action_changes WHERE (workshop_id = $1 OR checkpoint = $1) AND place <> 'account'";
    const SET: &str = "UPDATE action_changes SET who = $3
        WHERE who = $2 AND (workshop_id = $1 OR checkpoint = $1) AND place <> 'account'";
    let stored: Vec<String> = each_db!(&mut *tx, conn => sqlx::query_scalar(SQL).bind(workshop).fetch_all(&mut **conn).await)?;
    for old in stored {
        let Some(new) = names.new_name(&old).filter(|new| new.as_str() != old) else {
            continue;
        };
        for (from, to) in [(&old, &blank(&old)), (&blank(&old), &new.to_string())] {
            each_db!(&mut *tx, conn => sqlx::query(SET).bind(workshop).bind(from).bind(to).execute(&mut **conn).await.map(drop))?;
        }
    }
    Ok(())
}

/// The stored value with the names taken out of it; `None` where it holds none.
fn renamed<T: Clone + PartialEq + Serialize + DeserializeOwned>(
    stored: &str,
    rename: impl FnOnce(&mut T),
) -> Result<Option<String>, StoreError> {
    let unreadable = |error: serde_json::Error| StoreError::Unreadable(error.to_string());
    let old: T = serde_json::from_str(stored).map_err(unreadable)?;
    let mut new = old.clone();
    rename(&mut new);
    (new != old).then(|| serde_json::to_string(&new).map_err(unreadable)).transpose()
}

/// Blanks of the same length, which take the old bytes' place.
fn blank(text: &str) -> String {
    " ".repeat(text.len())
}
