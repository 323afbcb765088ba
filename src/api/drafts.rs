//! Deleting a checkpoint that never began.
#![expect(
    missing_docs,
    reason = "#[server] turns arguments into public fields that cannot be documented; the functions are"
)]

use super::json::Answer;
use super::{ApiError, Me};
use crate::domain::ids::WorkshopId;
use chrono::NaiveDate;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The page on which a draft is deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftView {
    /// Who is signed in.
    pub me: Option<Me>,
    /// The checkpoint.
    pub id: WorkshopId,
    /// Its squad.
    pub squad: String,
    /// The day it is planned for.
    pub held_on: NaiveDate,
    /// The code of its room.
    pub code: String,
    /// Whether it has begun, so that it stays.
    pub begun: bool,
}

/// A draft, for whoever leads it and for administrators.
#[server(output = Answer)]
pub async fn load_draft(id: WorkshopId) -> Result<DraftView, ApiError> {
    use crate::server::drafts;
    use crate::server::request::{request, with_status};
    with_status(drafts::look(&request().await?, id).await)
}

/// Deletes it, where somebody is sure. It cannot be undone.
#[server(output = Answer)]
pub async fn delete_draft(id: WorkshopId, #[server(default)] sure: Option<String>) -> Result<(), ApiError> {
    use crate::server::{drafts, request::request};
    drafts::delete(&request().await?, id, sure.is_some()).await?;
    leptos_axum::redirect("/");
    Ok(())
}
