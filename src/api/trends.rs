//! Checkpoints over time and over squads.
#![expect(
    missing_docs,
    reason = "#[server] turns arguments into public fields that cannot be documented; the functions are"
)]

use super::json::Answer;
use super::{ApiError, Me};
use crate::domain::outside::Shared;
use crate::domain::trends::Held;
use crate::domain::trends::rhythm::{Rhythm, Standing};
use crate::domain::trends::spread::{Age, Scores};
use chrono::NaiveDate;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What the organisation's page is narrowed to; it stands in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// A tribe's name, or empty.
    pub tribe: String,
    /// `quarter`, `half` or `year` up to today, or empty for any time.
    pub period: String,
    /// The key of a question, `level` or `held`, lowest and earliest first; or empty for the alphabet.
    pub sort: String,
    /// Shows archived squads too.
    pub archived: bool,
    /// The edition that scores the answers, or empty for the classic.
    pub edition: String,
}

/// A squad and what it agreed last.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Its name.
    pub name: String,
    /// Its part of an address.
    pub slug: String,
    /// Its tribe.
    pub tribe: Option<String>,
    /// It is archived.
    pub archived: bool,
    /// The day of its last checkpoint, in the period or before.
    pub last_held: Option<NaiveDate>,
    /// Its last checkpoint, where that is in the period.
    pub last: Option<Held>,
    /// By how many answers that is better than the one before, in the order of the questions.
    pub better: [Option<i8>; 5],
    /// Where it stands with the next one.
    pub standing: Standing,
}

/// A capability that squads work on first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    /// Its name.
    pub title: String,
    /// How many squads chose it in their last checkpoint.
    pub squads: usize,
}

/// How far the actions of squads are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deeds {
    /// How many are open, by age.
    pub open: Vec<(Age, i64)>,
    /// How many were done in the last two quarters.
    pub done: i64,
    /// How many were dropped in the last two quarters.
    pub dropped: i64,
}

/// All squads at once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OrganisationView {
    /// Who is signed in.
    pub me: Option<Me>,
    /// The tribes to narrow to.
    pub tribes: Vec<String>,
    /// The squads, in the order that was asked for.
    pub rows: Vec<Row>,
    /// How many squads are archived.
    pub archived: usize,
    /// What squads work on first, most chosen first.
    pub focus: Vec<Chosen>,
    /// The scores of capabilities.
    pub capabilities: Vec<Scores>,
    /// Their actions.
    pub deeds: Deeds,
    /// What they need from outside, without their names.
    pub outside: Vec<Shared>,
    /// How many summaries are missing in that, in a sentence; empty for none.
    pub left_out: String,
}

/// All squads at once.
#[server(output = Answer)]
pub async fn load_organisation(filter: Filter) -> Result<OrganisationView, ApiError> {
    use crate::server::organisation;
    use crate::server::request::{request, with_status};
    with_status(organisation::view(&request().await?, &filter).await)
}

/// Says how often a squad means to hold a checkpoint.
#[server(output = Answer)]
pub async fn set_rhythm(slug: String, rhythm: Rhythm) -> Result<(), ApiError> {
    use crate::server::{request::request, trends};
    trends::set_rhythm(&request().await?, &slug, rhythm).await
}
