//! Checkpoints that were held elsewhere, on their way in.
//!
//! The invariant: an import is one transaction, all of it or nothing. What it adds is a page without a log, so the row follows from the
//! page and from nothing else.

use super::actions::{self, Key, NewRow, Rows, Settled, Standing};
use super::sql::{Tx, each_db};
use super::summaries::{self, NewSummary};
use super::workshops::{self, NewWorkshop, WorkshopColumns};
use super::{Db, StoreError, audit, past, squads};
use crate::domain::ids::{ActionId, SquadId, TribeId, WorkshopId};

/// An import that is not finished; dropping it takes everything back.
pub struct Import(Tx);

/// A checkpoint that is here.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Known {
    /// The squad it belongs to.
    pub squad_id: SquadId,
    /// When it was imported; `None` when it is held here.
    pub imported_at: Option<i64>,
    /// Its newest revision.
    pub revision: i64,
}

/// How far an action is said to be.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
struct Stands {
    status: Standing,
    note: String,
    changed_at: Option<i64>,
}

impl Import {
    /// Nothing is imported yet.
    pub async fn begin(db: &Db) -> Result<Self, StoreError> {
        Ok(Self(db.begin().await?))
    }

    /// Makes it durable, with a line that tells of it where there is something to tell.
    pub async fn commit(mut self, line: Option<&audit::Line>) -> Result<(), StoreError> {
        audit::add(&mut self.0, line).await?;
        Ok(self.0.commit().await?)
    }

    /// The checkpoint with this id.
    pub async fn known(&mut self, id: WorkshopId) -> Result<Option<Known>, StoreError> {
        const SQL: &str = "SELECT squad_id, imported_at, revision FROM workshops WHERE id = $1";
        Ok(each_db!(&mut self.0, conn => sqlx::query_as(SQL).bind(id).fetch_optional(&mut **conn).await)?)
    }

    /// A revision of its page.
    pub async fn body(&mut self, id: WorkshopId, revision: i64) -> Result<Option<String>, StoreError> {
        const SQL: &str = "SELECT body FROM summaries WHERE workshop_id = $1 AND revision = $2";
        Ok(each_db!(&mut self.0, conn => sqlx::query_scalar(SQL).bind(id).bind(revision).fetch_optional(&mut **conn).await)?)
    }

    /// The squad of this name; one that is new belongs to this tribe, made if need be.
    pub async fn squad(&mut self, fresh: (SquadId, TribeId), name: &str, tribe: Option<&str>, now: i64) -> Result<SquadId, StoreError> {
        if let Some(squad) = squads::find(&mut self.0, name).await? {
            return Ok(squad.id);
        }
        let tribe = match tribe {
            Some(tribe) => Some(squads::tribe_in(&mut self.0, fresh.1, tribe, now).await?.id),
            None => None,
        };
        squads::make(&mut self.0, fresh.0, name, tribe, now).await?;
        Ok(fresh.0)
    }

    /// Whether the squad has held a checkpoint on this day.
    pub async fn held_on(&mut self, squad: SquadId, day: &str) -> Result<bool, StoreError> {
        const SQL: &str = "SELECT COUNT(*) FROM workshops WHERE squad_id = $1 AND held_on = $2 AND status <> 'planned'";
        let held: i64 = each_db!(&mut self.0, conn => sqlx::query_scalar(SQL).bind(squad).bind(day).fetch_one(&mut **conn).await)?;
        Ok(held > 0)
    }

    /// Adds a checkpoint that was held elsewhere; its first page follows.
    pub async fn add(&mut self, new: &NewWorkshop, now: i64) -> Result<(), StoreError> {
        // Without a page nobody is named in it.
        const SQL: &str = "UPDATE workshops SET imported_at = $2, names_erased = 1 WHERE id = $1";
        workshops::insert(&mut self.0, new).await?;
        each_db!(&mut self.0, conn => sqlx::query(SQL).bind(new.id).bind(now).execute(&mut **conn).await.map(drop))?;
        Ok(())
    }

    /// Keeps a revision of its page, and what the lists show when it is the newest; `named` is whether it names people.
    pub async fn publish(
        &mut self,
        id: WorkshopId,
        summary: &NewSummary,
        columns: Option<&WorkshopColumns>,
        named: bool,
    ) -> Result<(), StoreError> {
        const ERASED: &str = "SELECT names_erased FROM workshops WHERE id = $1";
        const SET: &str = "UPDATE workshops SET names_erased = $2 WHERE id = $1";
        let before: i64 = each_db!(&mut self.0, conn => sqlx::query_scalar(ERASED).bind(id).fetch_one(&mut **conn).await)?;
        summaries::insert(&mut self.0, id, summary).await?;
        past::index(&mut self.0, id, summary.revision, &summary.gist).await?;
        if let Some(columns) = columns {
            workshops::project(&mut self.0, id, columns).await?;
        }
        let erased = if named { 0 } else { before };
        each_db!(&mut self.0, conn => sqlx::query(SET).bind(id).bind(erased).execute(&mut **conn).await.map(drop))?;
        Ok(())
    }

    /// The newest pages of the squad's imported checkpoints, in the order they were held.
    pub async fn pages_of(&mut self, squad: SquadId) -> Result<Vec<(WorkshopId, String)>, StoreError> {
        const SQL: &str = "SELECT w.id, p.body FROM workshops w JOIN summaries p ON p.workshop_id = w.id AND p.revision = w.revision
            WHERE w.squad_id = $1 AND w.imported_at IS NOT NULL ORDER BY w.held_on, w.created_at, w.id";
        Ok(each_db!(&mut self.0, conn => sqlx::query_as(SQL).bind(squad).fetch_all(&mut **conn).await)?)
    }

    /// Whether there is a row of this action.
    pub async fn has_action(&mut self, key: Key) -> Result<bool, StoreError> {
        Ok(self.stands(key).await?.is_some())
    }

    /// Writes what a page says of actions; rows of its checkpoint that it does not name any more go. The newest word stands: what was said
    /// of an action later than the page is kept.
    pub async fn actions(&mut self, id: WorkshopId, stand: Vec<NewRow>, settled: Vec<Settled>) -> Result<(), StoreError> {
        const HERE: &str = "SELECT number FROM actions WHERE workshop_id = $1";
        let here: Vec<i64> = each_db!(&mut self.0, conn => sqlx::query_scalar(HERE).bind(id).fetch_all(&mut **conn).await)?;
        let here = here.into_iter().filter_map(|number| u32::try_from(number).ok()).map(ActionId);
        let gone = here.filter(|number| stand.iter().all(|row| row.number != *number)).collect();
        let mut rows = Rows {
            stand,
            gone,
            ..Rows::default()
        };
        for settled in settled {
            let newer = self.stands(settled.key).await?.is_some_and(|now| {
                now.changed_at.is_none_or(|at| at < settled.at)
                    && (now.status, now.note.as_str()) != (settled.status, settled.note.as_str())
            });
            if newer {
                rows.settled.push(settled);
            }
        }
        actions::project(&mut self.0, id, &rows).await
    }

    async fn stands(&mut self, key: Key) -> Result<Option<Stands>, StoreError> {
        const SQL: &str = "SELECT status, note, changed_at FROM actions WHERE workshop_id = $1 AND number = $2";
        let number = i64::from(key.number.0);
        Ok(each_db!(&mut self.0, conn => sqlx::query_as(SQL).bind(key.workshop).bind(number).fetch_optional(&mut **conn).await)?)
    }
}
