//! Actions between checkpoints: over all squads, of one squad, and for members without an account.
#![expect(
    missing_docs,
    reason = "#[server] turns arguments into public fields that cannot be documented; the functions are"
)]

use super::checkpoints::{Card, SquadChoice};
use super::feedback::Worthwhile;
use super::json::Answer;
use super::{ApiError, Me};
use crate::domain::action::{Action, Status};
use crate::domain::ids::{ActionId, WorkshopId};
use crate::domain::outside::Shared;
use crate::domain::time::Timestamp;
use crate::domain::trends::Trend;
use chrono::NaiveDate;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Where a change was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Here, by somebody who was signed in.
    Account,
    /// Here, by somebody with the squad's link.
    Link,
    /// In the checkpoint of this day.
    Checkpoint(NaiveDate),
}

/// A change of an action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// When.
    pub at: Timestamp,
    /// Who said so.
    pub who: String,
    /// Where.
    pub place: Place,
    /// How far it was.
    pub from: Status,
    /// How far it is.
    pub to: Status,
    /// What was said of it.
    pub note: String,
}

/// An action in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The checkpoint that decided it.
    pub workshop: WorkshopId,
    /// Its number there.
    pub number: ActionId,
    /// Its squad.
    pub squad: String,
    /// The squad's part of an address.
    pub slug: String,
    /// The action as it stands.
    pub action: Action,
    /// How often it was changed; whoever changes it says what they saw.
    pub version: u32,
    /// Since how many days it should be finished.
    pub overdue: Option<i64>,
    /// Its changes, the last first.
    pub changes: Vec<Change>,
}

/// What the list is narrowed to; it stands in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// `mine`, or empty for everybody's.
    pub who: String,
    /// A squad's slug, or empty.
    pub squad: String,
    /// `overdue`, or empty.
    pub due: String,
    /// `closed` for those that are done or dropped, or empty for those that are open.
    pub state: String,
    /// `age`, or empty for the date they are due.
    pub sort: String,
    /// What is needed from outside, gathered over squads, instead of the list.
    pub outside: bool,
    /// The page, counted from 1.
    pub page: u32,
}

/// Actions over all squads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionsView {
    /// Who is signed in.
    pub me: Option<Me>,
    /// This page of the list.
    pub lines: Vec<Line>,
    /// How many there are in all.
    pub total: u32,
    /// How many a page shows.
    pub per_page: u32,
    /// The squads to narrow to.
    pub squads: Vec<SquadChoice>,
    /// What squads need from outside, where that was asked for.
    pub outside: Vec<Shared>,
    /// How many summaries are missing in that, in a sentence; empty for none.
    pub left_out: String,
}

/// The link that a squad's members have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedLink {
    /// Who made it.
    pub by: String,
    /// When it ends by itself.
    pub until: NaiveDate,
    /// The address; told to who made it, and never again.
    pub address: Option<String>,
}

/// A squad's page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SquadView {
    /// Who is signed in.
    pub me: Option<Me>,
    /// Its name.
    pub name: String,
    /// Its part of an address.
    pub slug: String,
    /// Its tribe.
    pub tribe: Option<String>,
    /// Its actions: those that are open, or those that are not.
    pub lines: Vec<Line>,
    /// Its published checkpoints, newest first.
    pub past: Vec<Card>,
    /// The same over time.
    pub trend: Trend,
    /// The link for members, where there is one; told to facilitators.
    pub link: Option<SharedLink>,
    /// Whether its name may stand beside what it needs from outside.
    pub named: bool,
    /// What its people say of its checkpoints; `None` where too few have.
    pub worth: Option<Worthwhile>,
}

/// A squad's actions for members without an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkView {
    /// The squad.
    pub squad: String,
    /// Its actions: those that are open, or those that are not.
    pub lines: Vec<Line>,
    /// The name this browser gave before.
    pub name: String,
    /// The last day of the link.
    pub until: NaiveDate,
}

/// A change that was refused. It holds what was typed, so that a page without script can show it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unchanged {
    /// The checkpoint that decided the action.
    pub workshop: WorkshopId,
    /// The action's number there.
    pub number: ActionId,
    /// Why, in a sentence.
    pub said: String,
    /// The version that this sentence tells of.
    pub seen: u32,
    /// The status that was chosen.
    pub status: Status,
    /// The note that was typed.
    pub note: String,
}

/// What somebody says of an action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// The checkpoint that decided it.
    pub workshop: WorkshopId,
    /// Its number there.
    pub number: ActionId,
    /// The version that this person saw.
    pub seen: u32,
    /// How far it is.
    pub status: Status,
    /// What there is to say.
    #[serde(default)]
    pub note: String,
    /// The token of the squad's link, or empty for somebody who is signed in.
    #[serde(default)]
    pub token: String,
    /// The name of somebody with a link.
    #[serde(default)]
    pub name: String,
}

/// Actions over all squads.
#[server(output = Answer)]
pub async fn list_actions(filter: Filter) -> Result<ActionsView, ApiError> {
    use crate::server::actions;
    use crate::server::request::{request, with_status};
    with_status(actions::listing(&request().await?, &filter).await)
}

/// A squad's page; `link` is the token of a link that was just made.
#[server(output = Answer)]
pub async fn load_squad(slug: String, closed: bool, link: String) -> Result<SquadView, ApiError> {
    use crate::server::request::{request, with_status};
    use crate::server::shared_links;
    with_status(shared_links::squad(&request().await?, &slug, closed, &link).await)
}

/// A squad's actions for whoever has its link.
#[server(output = Answer)]
pub async fn load_shared(token: String, closed: bool) -> Result<LinkView, ApiError> {
    use crate::server::request::{not_indexed, request, with_status};
    use crate::server::shared_links;
    not_indexed();
    with_status(shared_links::view(&request().await?, &token, closed).await)
}

/// Says how far an action is.
#[server(output = Answer)]
pub async fn change_action(said: Said) -> Result<(), ApiError> {
    use crate::server::{actions, request::request};
    actions::change(&request().await?, said).await
}

/// Makes the link for a squad's members and shows it; the one before opens no more.
#[server(output = Answer)]
pub async fn make_link(slug: String) -> Result<(), ApiError> {
    use crate::server::{request::request, shared_links};
    let address = shared_links::make(&request().await?, &slug).await?;
    leptos_axum::redirect(&address);
    Ok(())
}

/// Takes the link of a squad's members back.
#[server(output = Answer)]
pub async fn revoke_link(slug: String) -> Result<(), ApiError> {
    use crate::server::{request::request, shared_links};
    shared_links::revoke(&request().await?, &slug).await
}

/// Says whether a squad's name may stand beside what it needs from outside; a box that is not ticked is not sent.
#[server(output = Answer)]
pub async fn name_outside(slug: String, #[server(default)] named: Option<String>) -> Result<(), ApiError> {
    use crate::server::{request::request, shared_links};
    shared_links::name_outside(&request().await?, &slug, named.is_some()).await
}
