//! Import: what is told of a file before and after.
use super::json::Answer;
use super::{ApiError, Me};
use crate::domain::ids::WorkshopId;
use chrono::NaiveDate;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// A page that is imported, or would be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The checkpoint.
    pub id: WorkshopId,
    /// Its squad.
    pub squad: String,
    /// The day it was held.
    pub held_on: NaiveDate,
    /// Which revision of its page.
    pub revision: u32,
}

/// Something that cannot be imported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Where: the file, and the line or the checkpoint in it.
    pub place: String,
    /// Why, in a sentence.
    pub why: String,
}

/// What became of an import, or would become of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// New pages.
    pub fresh: Vec<Entry>,
    /// How many pages are here already.
    pub here: usize,
    /// What cannot be imported; then nothing is.
    pub refused: Vec<Problem>,
    /// What is not known and left out.
    pub ignored: Vec<String>,
    /// Whether it is imported, not only looked at.
    pub done: bool,
}

impl Report {
    /// What is imported, or would be, in a sentence or two.
    #[must_use]
    pub fn sentence(&self) -> String {
        let pages = |n: usize| if n == 1 { "1 page".to_owned() } else { format!("{n} pages") };
        let here = match self.here {
            0 => String::new(),
            1 => " 1 page is here already.".to_owned(),
            n => format!(" {n} pages are here already."),
        };
        let told = match (self.refused.len(), self.fresh.len(), self.done) {
            (0, 0, _) => "There is nothing new to import.".to_owned(),
            (0, n, true) => format!("{} imported.", pages(n)),
            (0, n, false) => format!("{} can be imported.", pages(n)),
            (1, _, _) => "1 thing cannot be imported, so nothing is.".to_owned(),
            (n, _, _) => format!("{n} things cannot be imported, so nothing is."),
        };
        format!("{told}{here}")
    }
}

/// The page for importing and exporting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportView {
    /// Who is signed in.
    pub me: Option<Me>,
    /// What became of the files that this person chose last.
    pub report: Option<Report>,
}

/// The page for importing and exporting.
#[server(output = Answer)]
pub async fn load_import() -> Result<ImportView, ApiError> {
    use crate::server::request::{request, with_status};
    use crate::server::uploads;
    with_status(uploads::view(&request().await?))
}
