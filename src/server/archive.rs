//! Export: published pages of many checkpoints, with all their revisions, as one file that can be imported elsewhere.
//!
//! The file is written piece by piece, so its size does not matter.

use super::error::ServerError;
use super::pages::LeftOut;
use super::store::{Db, StoreError, summaries};
use crate::domain::ids::WorkshopId;
use crate::domain::page::{FORMAT, Page};
use chrono::NaiveDate;
use std::collections::VecDeque;

/// Which checkpoints to export; what is not said does not matter.
#[derive(Clone, Debug, Default)]
pub struct Which {
    /// These.
    pub ids: Vec<WorkshopId>,
    /// Those of the squad with this name, or this part of an address.
    pub squad: Option<String>,
    /// Those held on this day or later.
    pub from: Option<NaiveDate>,
    /// Those held on this day or earlier.
    pub to: Option<NaiveDate>,
}

/// An export at work.
pub struct Archive {
    db: Db,
    left: VecDeque<(WorkshopId, i64)>,
    written: usize,
    begun: bool,
    ended: bool,
    left_out: LeftOut,
}

impl Archive {
    /// What is published of these checkpoints, in the order they were held.
    pub async fn of(db: &Db, which: &Which) -> Result<Self, StoreError> {
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
        let all = summaries::all(db, which.squad.as_deref(), day(which.from).as_deref(), day(which.to).as_deref()).await?;
        let wanted = |id: &WorkshopId| which.ids.is_empty() || which.ids.contains(id);
        Ok(Self {
            db: db.clone(),
            left: all.into_iter().filter(|(id, _)| wanted(id)).collect(),
            written: 0,
            begun: false,
            ended: false,
            left_out: LeftOut::default(),
        })
    }

    /// How many pages the file holds so far.
    #[must_use]
    pub fn written(&self) -> usize {
        self.written
    }

    /// Whether nothing is to come.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.left.is_empty()
    }

    /// Whether something of this checkpoint is to come.
    #[must_use]
    pub fn holds(&self, id: WorkshopId) -> bool {
        self.left.iter().any(|(held, _)| *held == id)
    }

    /// The checkpoints of which a page could not be read so far.
    #[must_use]
    pub fn left_out(&self) -> &LeftOut {
        &self.left_out
    }

    /// The next piece of the file: its beginning, a page on a line of its own, its end. A page that cannot be read is left out.
    pub async fn next(&mut self) -> Result<Option<String>, ServerError> {
        if !self.begun {
            self.begun = true;
            return Ok(Some(format!("{{\"format\":{FORMAT},\"checkpoints\":[\n")));
        }
        while let Some((id, revision)) = self.left.pop_front() {
            // A page that was there a moment ago is there: none is ever taken away.
            let Some(stored) = summaries::summary(&self.db, id, Some(revision)).await? else {
                continue;
            };
            if let Some(page) = self.left_out.read::<Page>(id, &stored.body) {
                let comma = if self.written == 0 { "" } else { ",\n" };
                self.written += 1;
                return Ok(Some(format!("{comma}{}", serde_json::to_string(&page)?)));
            }
        }
        let end = (!self.ended).then(|| "\n]}\n".to_owned());
        self.ended = true;
        Ok(end)
    }
}
