//! Past checkpoints: the list with its filters and its search, and two side by side.
#![expect(
    missing_docs,
    reason = "#[server] turns arguments into public fields that cannot be documented; the functions are"
)]

use super::checkpoints::{Card, SquadChoice};
use super::json::Answer;
use super::{ApiError, Me};
use crate::domain::compare::Comparison;
use crate::domain::facts::Industry;
use crate::domain::maturity::Answers;
use chrono::NaiveDate;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What the list is narrowed to, and its order; it stands in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// Words of the pages, as typed.
    pub q: String,
    /// A squad's slug, or empty.
    pub squad: String,
    /// A tribe's name, or empty.
    pub tribe: String,
    /// A level's key, or empty.
    pub level: String,
    /// A capability's key, or empty.
    pub capability: String,
    /// From this day on, `YYYY-MM-DD`, or empty.
    pub from: String,
    /// Up to this day, `YYYY-MM-DD`, or empty.
    pub to: String,
    /// `squad` or `level`; empty for the day.
    pub sort: String,
    /// `asc` or `desc`; empty for what is usual: squads by name, the newest day and the best level first.
    pub order: String,
    /// The edition of the check that scores are shown under; empty for 2019.
    pub edition: String,
    /// The checkpoint that another one is chosen to be compared with, or empty.
    pub with: String,
    /// The page, counted from 1.
    pub page: u32,
}

/// The list of past checkpoints.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Listing {
    /// Who is signed in.
    pub me: Option<Me>,
    /// This page of the list.
    pub rows: Vec<Listed>,
    /// How many there are in all.
    pub total: u32,
    /// How many a page shows.
    pub per_page: u32,
    /// What of the filter could not be understood, a sentence each; then nothing is listed.
    pub remarks: Vec<String>,
    /// The squads to narrow to.
    pub squads: Vec<SquadChoice>,
    /// The tribes to narrow to.
    pub tribes: Vec<String>,
    /// The capabilities to narrow to: key and name.
    pub capabilities: Vec<(String, String)>,
    /// The checkpoint that another one is chosen to be compared with.
    pub with: Option<Card>,
}

/// A past checkpoint in the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Listed {
    /// The checkpoint.
    pub card: Card,
    /// The agreed answers, once all four are there.
    pub answers: Option<Answers>,
    /// The industry it is compared with; `None` for all.
    pub industry: Option<Industry>,
    /// The capabilities on its page, the focus first.
    pub capabilities: Vec<ListedCapability>,
    /// The squad's checkpoint before it.
    pub before: Option<Earlier>,
}

/// A capability on a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedCapability {
    /// Its name.
    pub title: String,
    /// Its score from 0 to 100, where it has one.
    pub score: Option<u8>,
    /// Whether the squad works on it first.
    pub focus: bool,
}

/// What a checkpoint is measured against: the one before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Earlier {
    /// The day it was held.
    pub held_on: NaiveDate,
    /// The agreed answers.
    pub answers: Option<Answers>,
}

/// Two checkpoints side by side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparing {
    /// Who is signed in.
    pub me: Option<Me>,
    /// The two; `None` where they cannot be compared.
    pub comparison: Option<Comparison>,
    /// Why not, in a sentence.
    pub remark: String,
}

/// The published checkpoints that fit.
#[server(output = Answer)]
pub async fn list_checkpoints(filter: Filter) -> Result<Listing, ApiError> {
    use crate::server::past::list;
    use crate::server::request::{request, with_status};
    with_status(list::listing(&request().await?, &filter).await)
}

/// Two published checkpoints, by their ids as they stand in the address.
#[server(output = Answer)]
pub async fn compare_checkpoints(ids: Vec<String>, edition: String) -> Result<Comparing, ApiError> {
    use crate::server::past::compare;
    use crate::server::request::{request, with_status};
    with_status(compare::comparing(&request().await?, &ids, &edition).await)
}
