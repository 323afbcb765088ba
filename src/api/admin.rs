//! Administration: tribes, squads, accounts, and the organisation's own texts.
#![expect(
    missing_docs,
    reason = "#[server] turns arguments into public fields that cannot be documented; the functions are"
)]

use super::json::Answer;
use super::{ApiError, Me};
use crate::domain::ids::{AccountId, CapabilityId, SquadId, TribeId};
use crate::domain::time::Timestamp;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What an account may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountRole {
    /// Everything.
    Administrator,
    /// Lead checkpoints and read summaries.
    Facilitator,
    /// Read summaries.
    Viewer,
}

impl AccountRole {
    /// All roles.
    pub const ALL: [Self; 3] = [Self::Administrator, Self::Facilitator, Self::Viewer];

    /// The role in a word.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Administrator => "Administrator",
            Self::Facilitator => "Facilitator",
            Self::Viewer => "Viewer",
        }
    }

    /// The role as forms send it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Facilitator => "facilitator",
            Self::Viewer => "viewer",
        }
    }
}

/// A tribe.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TribeRow {
    /// Which.
    pub id: TribeId,
    /// Its name.
    pub name: String,
}

/// A squad.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SquadRow {
    /// Which.
    pub id: SquadId,
    /// Its name.
    pub name: String,
    /// Its part of an address.
    pub slug: String,
    /// Its tribe.
    pub tribe: Option<TribeRow>,
    /// Whether it is offered nowhere any more.
    pub archived: bool,
}

/// An account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountRow {
    /// Which.
    pub id: AccountId,
    /// The person's name.
    pub name: String,
    /// The address.
    pub email: String,
    /// What the person may do.
    pub role: AccountRole,
    /// Whether the account can sign in.
    pub active: bool,
}

/// A text of the organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// Its key: `welcome` or `scene`.
    pub key: String,
    /// Where it is shown.
    pub title: String,
    /// The Markdown.
    pub body: String,
}

/// A capability of the organisation's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CapabilityRow {
    /// Which.
    pub id: CapabilityId,
    /// Its name.
    pub title: String,
    /// What it means.
    pub summary: String,
    /// Its statements, one a line.
    pub items: String,
}

/// The administration page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdminView {
    /// Who is signed in.
    pub me: Option<Me>,
    /// All tribes, by name.
    pub tribes: Vec<TribeRow>,
    /// All squads, by name.
    pub squads: Vec<SquadRow>,
    /// All accounts, by name.
    pub accounts: Vec<AccountRow>,
    /// The organisation's own capabilities, by title.
    pub capabilities: Vec<CapabilityRow>,
    /// The organisation's texts.
    pub content: Vec<Content>,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditLine {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub who: String,
    /// What, in a sentence.
    pub what: String,
}

/// A page of what was changed by whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditView {
    /// Who is signed in.
    pub me: Option<Me>,
    /// The changes, newest first.
    pub lines: Vec<AuditLine>,
    /// How many there are in all.
    pub total: u32,
    /// How many a page shows.
    pub per_page: u32,
}

/// What was changed by whom; pages are counted from 1.
#[server(output = Answer)]
pub async fn list_changes(page: u32) -> Result<AuditView, ApiError> {
    use crate::server::administration;
    use crate::server::request::{request, with_status};
    with_status(administration::changes(&request().await?, page).await)
}

/// The administration page.
#[server(output = Answer)]
pub async fn load_admin() -> Result<AdminView, ApiError> {
    use crate::server::administration;
    use crate::server::request::{request, with_status};
    with_status(administration::view(&request().await?).await)
}

/// Creates a tribe.
#[server(output = Answer)]
pub async fn create_tribe(name: String) -> Result<(), ApiError> {
    use crate::server::{administration, request::request};
    administration::create_tribe(&request().await?, &name).await
}

/// Creates a squad; `tribe` is a tribe's id, or empty.
#[server(output = Answer)]
pub async fn create_squad(name: String, #[server(default)] tribe: String) -> Result<(), ApiError> {
    use crate::server::{administration, request::request};
    administration::create_squad(&request().await?, &name, &tribe).await
}

/// Moves a squad to a tribe; `tribe` is a tribe's id, or empty for none.
#[server(output = Answer)]
pub async fn set_tribe(squad: SquadId, #[server(default)] tribe: String) -> Result<(), ApiError> {
    use crate::server::{administration, request::request};
    administration::set_tribe(&request().await?, squad, &tribe).await
}

/// Gives a squad another name.
#[server(output = Answer)]
pub async fn rename_squad(squad: SquadId, name: String) -> Result<(), ApiError> {
    use crate::server::{administration, request::request};
    administration::rename_squad(&request().await?, squad, &name).await
}

/// Archives a squad; without a value it is brought back.
#[server(output = Answer)]
pub async fn archive_squad(squad: SquadId, #[server(default)] archived: Option<String>) -> Result<(), ApiError> {
    use crate::server::{administration, request::request};
    administration::archive_squad(&request().await?, squad, archived.is_some()).await
}

/// Gives everything of a squad to another one, whose id is `into`. It cannot be undone.
#[server(output = Answer)]
pub async fn merge_squads(squad: SquadId, #[server(default)] into: String) -> Result<(), ApiError> {
    use crate::server::{administration, request::request};
    administration::merge_squads(&request().await?, squad, &into).await
}

/// Gives a tribe another name.
#[server(output = Answer)]
pub async fn rename_tribe(tribe: TribeId, name: String) -> Result<(), ApiError> {
    use crate::server::{administration, request::request};
    administration::rename_tribe(&request().await?, tribe, &name).await
}

/// Creates an account.
#[server(output = Answer)]
pub async fn create_account(name: String, email: String, role: AccountRole, password: String) -> Result<(), ApiError> {
    use crate::server::{administration, request::request};
    administration::create_account(&request().await?, &name, &email, role, &password).await
}

/// Changes an account; a box that is not ticked is not sent.
#[server(output = Answer)]
pub async fn change_account(account: AccountId, role: AccountRole, #[server(default)] active: Option<String>) -> Result<(), ApiError> {
    use crate::server::{administration, request::request};
    administration::change_account(&request().await?, account, role, active.is_some()).await
}

/// Saves a text of the organisation; an empty one brings the product's own back.
#[server(output = Answer)]
pub async fn save_content(key: String, #[server(default)] body: String) -> Result<(), ApiError> {
    use crate::server::{administration, request::request};
    administration::save_content(&request().await?, &key, &body).await
}

/// Saves a capability of the organisation's own; without an id it is a new one.
#[server(output = Answer)]
pub async fn save_capability(
    #[server(default)] id: String,
    title: String,
    #[server(default)] summary: String,
    #[server(default)] items: String,
) -> Result<(), ApiError> {
    use crate::server::{capabilities, request::request};
    capabilities::save(&request().await?, &id, &title, &summary, &items).await
}

/// Takes a capability of the organisation's own away.
#[server(output = Answer)]
pub async fn delete_capability(id: CapabilityId) -> Result<(), ApiError> {
    use crate::server::{capabilities, request::request};
    capabilities::delete(&request().await?, id).await
}
