//! Starting a checkpoint, finding it again, reading its summary.
#![expect(
    missing_docs,
    reason = "#[server] turns arguments into public fields that cannot be documented; the functions are"
)]

use super::json::Answer;
use super::planning::TemplateChoice;
use super::sharing::Sharing;
use super::{ApiError, Me};
use crate::domain::facts::Industry;
use crate::domain::feedback;
use crate::domain::ids::WorkshopId;
use crate::domain::maturity::{Answers, Level};
use crate::domain::page::ByHand;
use crate::domain::time::Timestamp;
use chrono::NaiveDate;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Where a checkpoint stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It has a date.
    Planned,
    /// It is being held.
    Live,
    /// Its summary is published.
    Published,
}

/// A checkpoint in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// Which.
    pub id: WorkshopId,
    /// The code of its room.
    pub code: String,
    /// The squad.
    pub squad: String,
    /// The squad's part of an address.
    pub slug: String,
    /// Its tribe.
    pub tribe: Option<String>,
    /// The day.
    pub held_on: NaiveDate,
    /// Who leads.
    pub facilitator: String,
    /// Where it stands.
    pub status: Status,
    /// The level, once all four answers are agreed.
    pub level: Option<Level>,
    /// Better than so many percent.
    pub percentile: Option<u8>,
}

/// A checkpoint that is being held.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Live {
    /// The checkpoint.
    pub card: Card,
    /// Where the squad is: "Step 4 of 8, Lead time for changes".
    pub step: String,
    /// How many people are connected.
    pub here: usize,
    /// Minutes used and planned.
    pub minutes: (i64, u32),
    /// A part is over and the next one is not open.
    pub between: bool,
}

/// The home page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Home {
    /// Who is signed in.
    pub me: Option<Me>,
    /// Whether the first administrator is still to be created.
    pub setup_open: bool,
    /// Being held.
    pub live: Vec<Live>,
    /// With a date ahead.
    pub planned: Vec<Card>,
    /// Called off; a facilitator can open them again.
    pub cancelled: Vec<Card>,
    /// Published, newest first.
    pub recent: Vec<Card>,
    /// How many open actions have the reader as their owner.
    pub my_actions: u32,
}

/// A squad to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SquadChoice {
    /// Its name.
    pub name: String,
    /// Its part of an address.
    pub slug: String,
    /// Its tribe.
    pub tribe: Option<String>,
}

/// What the form for starting a checkpoint needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartForm {
    /// Who is signed in.
    pub me: Option<Me>,
    /// The squads there are.
    pub squads: Vec<SquadChoice>,
    /// The tribes there are.
    pub tribes: Vec<String>,
    /// The organisation's agendas.
    pub templates: Vec<TemplateChoice>,
    /// Today, by the server's clock.
    pub today: NaiveDate,
}

/// A filled-in form. Boxes that are not ticked are not sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Start {
    /// The squad's name; a new one is created.
    pub squad: String,
    /// Its tribe's name, or empty; a new one is created.
    pub tribe: String,
    /// The day, `YYYY-MM-DD`.
    pub held_on: String,
    /// The industry's key, or empty for all.
    pub industry: String,
    /// Names beside answers after the reveal.
    pub open_ballots: Option<String>,
    /// Facilitators vote too.
    pub facilitator_votes: Option<String>,
    /// Rounds reveal themselves.
    pub auto_reveal: Option<String>,
    /// Ask the fifth question.
    pub rework: Option<String>,
    /// The agenda: a word of the product's own, an id of the organisation's, or empty for the usual one.
    pub template: String,
}

/// One publication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// Counted from 1.
    pub number: u32,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
}

/// The summary of a checkpoint: the document, and what stands around it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SummaryView {
    /// Who is signed in.
    pub me: Option<Me>,
    /// The checkpoint.
    pub id: WorkshopId,
    /// What the page is called.
    pub title: String,
    /// What it says, in a sentence or two.
    pub preview: String,
    /// The squad, as it was called then.
    pub squad: String,
    /// The revision that is shown; `None` while nothing is published.
    pub revision: Option<u32>,
    /// Where a checkpoint that was kept by hand comes from.
    pub by_hand: Option<ByHand>,
    /// Whether there is a delivery flow.
    pub has_flow: bool,
    /// The agreed answers, once all four are there.
    pub answers: Option<Answers>,
    /// The industry it is compared with; `None` for all.
    pub industry: Option<Industry>,
    /// The document as HTML.
    pub document: String,
    /// All publications, newest first.
    pub revisions: Vec<Revision>,
    /// What people said of the checkpoint itself, for facilitators, once there are enough of them.
    pub feedback: Option<feedback::Report>,
    /// The share links to a published summary, for facilitators.
    pub sharing: Option<Sharing>,
    /// The code of the room.
    pub code: String,
    /// When it was imported, if it was held elsewhere; then there is no room.
    pub imported_at: Option<Timestamp>,
    /// The squad's other checkpoints, newest first.
    pub past: Vec<Card>,
    /// The squad's published checkpoint before this one.
    pub before: Option<WorkshopId>,
}

/// The home page.
#[server(output = Answer)]
pub async fn load_home() -> Result<Home, ApiError> {
    use crate::server::{request::request, views};
    views::home(&request().await?).await
}

/// What the form for starting a checkpoint needs.
#[server(output = Answer)]
pub async fn load_start_form() -> Result<StartForm, ApiError> {
    use crate::server::request::{request, with_status};
    use crate::server::store::squads;
    use crate::server::{clock, planning, views};
    let request = request().await?;
    with_status(request.facilitator())?;
    let db = &request.app.db;
    Ok(StartForm {
        me: request.me(),
        squads: views::squads(db).await?,
        tribes: squads::tribes(db).await?.into_iter().map(|tribe| tribe.name).collect(),
        templates: planning::own_templates(db).await?,
        today: clock::today(),
    })
}

/// Starts a checkpoint and goes to its room. A date ahead only plans it.
#[server(output = Answer)]
pub async fn start_checkpoint(form: Start) -> Result<(), ApiError> {
    use crate::server::{request::request, start::start};
    let request = request().await?;
    let code = start(&request.app, request.facilitator()?, &form).await?;
    leptos_axum::redirect(&format!("/w/{code}"));
    Ok(())
}

/// The summary of a checkpoint: a revision, or the newest, or the page as it stands while there is none; `shared` is the token of a
/// share link that was just made.
#[server(output = Answer)]
pub async fn load_summary(id: WorkshopId, revision: Option<u32>, #[server(default)] shared: String) -> Result<SummaryView, ApiError> {
    use crate::server::request::{request, with_status};
    use crate::server::views;
    with_status(views::summary(&request().await?, id, revision, &shared).await)
}
