//! Actions as rows: what the lists show, and what is changed between checkpoints.
//!
//! The invariant: what an action is follows from the log of its checkpoint and is written with its events (`journal`); how far it
//! is belongs to the row, and no change of it goes without a line in `action_changes`.

mod list;
mod project;

pub use list::{Filter, Sort, any_of_squad, by_key, changes, count, list, of_squad_before};
pub use project::{Aged, NewRow, Rows, Settled};

pub(super) use project::project;

use super::sql::{each_db, words};
use super::{Db, StoreError};
use crate::domain::action::Status;
use crate::domain::ids::{ActionId, SquadId, WorkshopId};

words! {
    /// How far an action is.
    Standing {
        /// Nobody has begun.
        NotStarted = "not_started",
        /// Somebody works on it.
        InProgress = "in_progress",
        /// It is finished.
        Done = "done",
        /// The squad does not want it any more.
        Dropped = "dropped",
    }
}

impl From<Status> for Standing {
    fn from(status: Status) -> Self {
        match status {
            Status::NotStarted => Self::NotStarted,
            Status::InProgress => Self::InProgress,
            Status::Done => Self::Done,
            Status::Dropped => Self::Dropped,
        }
    }
}

impl From<Standing> for Status {
    fn from(standing: Standing) -> Self {
        match standing {
            Standing::NotStarted => Self::NotStarted,
            Standing::InProgress => Self::InProgress,
            Standing::Done => Self::Done,
            Standing::Dropped => Self::Dropped,
        }
    }
}

words! {
    /// Where a change was made.
    Place {
        /// On a page, by somebody who is signed in.
        Account = "account",
        /// On the squad's own page, by somebody who has its link.
        Link = "link",
        /// In a checkpoint.
        Checkpoint = "checkpoint",
    }
}

/// Which action: the checkpoint that decided it, and its number there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The checkpoint.
    pub workshop: WorkshopId,
    /// The number.
    pub number: ActionId,
}

/// An action with its squad.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ActionRow {
    /// The checkpoint that decided it.
    pub workshop_id: WorkshopId,
    /// Its number there.
    #[sqlx(try_from = "i64")]
    pub number: Number,
    /// Its squad.
    pub squad_id: SquadId,
    /// The squad's name in addresses.
    pub squad_slug: String,
    /// The squad's name.
    pub squad_name: String,
    /// 1 when that name may stand beside what the squad needs from outside.
    pub named_outside: i64,
    /// The action as it was decided, as JSON.
    pub body: String,
    /// In how many checkpoints it has stood to be settled.
    #[sqlx(try_from = "i64")]
    pub age: u32,
    /// How far it is.
    pub status: Standing,
    /// What was said of that.
    pub note: String,
    /// How often that was changed.
    #[sqlx(try_from = "i64")]
    pub version: u32,
}

/// A number of an action as it comes out of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number(pub ActionId);

impl TryFrom<i64> for Number {
    type Error = std::num::TryFromIntError;

    fn try_from(number: i64) -> Result<Self, Self::Error> {
        u32::try_from(number).map(|number| Self(ActionId(number)))
    }
}

impl ActionRow {
    /// Which it is.
    #[must_use]
    pub fn key(&self) -> Key {
        Key {
            workshop: self.workshop_id,
            number: self.number.0,
        }
    }
}

/// A change as it was made.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ChangeRow {
    /// The checkpoint that decided the action.
    pub workshop_id: WorkshopId,
    /// The action's number there.
    #[sqlx(try_from = "i64")]
    pub number: Number,
    /// When, in unix milliseconds.
    pub at: i64,
    /// The name of who did it.
    pub who: String,
    /// Where.
    pub place: Place,
    /// The day of the checkpoint, where the place is one.
    pub held_on: Option<String>,
    /// How far it was.
    pub old_status: Standing,
    /// How far it is.
    pub new_status: Standing,
    /// What was said of it.
    pub note: String,
}

/// A change that somebody wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewChange {
    /// Of which action.
    pub key: Key,
    /// The squad it must be of, where whoever asks may change those of one squad only.
    pub only_of: Option<SquadId>,
    /// The version that this person saw.
    pub seen: u32,
    /// How far it is.
    pub status: Standing,
    /// What is said of it.
    pub note: String,
    /// Who says so.
    pub who: String,
    /// Where: with an account or by the link.
    pub place: Place,
    /// When, in unix milliseconds.
    pub at: i64,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It stands, or stood like this already.
    Stands,
    /// Somebody else changed it meanwhile; nothing was done.
    Overtaken,
}

/// Changes how far an action is, unless somebody did so whom this person has not seen. [`StoreError::Missing`] without such an action.
pub async fn change(db: &Db, new: &NewChange) -> Result<Outcome, StoreError> {
    const FIND: &str = "SELECT version, status, note, squad_id FROM actions WHERE workshop_id = $1 AND number = $2";
    const CHANGE: &str = "UPDATE actions SET status = $3, note = $4, version = version + 1, changed_at = $5
        WHERE workshop_id = $1 AND number = $2 AND version = $6";
    let number = i64::from(new.key.number.0);
    let mut tx = db.begin().await?;
    let found: Option<(i64, Standing, String, SquadId)> = each_db!(&mut tx, conn => sqlx::query_as(FIND)
        .bind(new.key.workshop).bind(number).fetch_optional(&mut **conn).await)?;
    let (version, status, note, _) = found
        .filter(|(.., squad)| new.only_of.is_none_or(|only| only == *squad))
        .ok_or(StoreError::Missing)?;
    if (status, note.as_str()) == (new.status, new.note.as_str()) {
        return Ok(Outcome::Stands);
    }
    if version != i64::from(new.seen) {
        return Ok(Outcome::Overtaken);
    }
    let changed = each_db!(&mut tx, conn => sqlx::query(CHANGE)
        .bind(new.key.workshop).bind(number).bind(new.status).bind(&new.note).bind(new.at).bind(version)
        .execute(&mut **conn).await?.rows_affected());
    if changed == 0 {
        return Ok(Outcome::Overtaken);
    }
    let line = project::Line {
        key: new.key,
        version: version + 1,
        at: new.at,
        who: &new.who,
        place: new.place,
        checkpoint: None,
        from: status,
        to: new.status,
        note: &new.note,
    };
    project::keep(&mut tx, &line).await?;
    tx.commit().await?;
    Ok(Outcome::Stands)
}
