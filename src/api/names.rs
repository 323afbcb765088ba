//! Erasing display names from a checkpoint that has ended.
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

/// The page on which names are erased.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamesView {
    /// Who is signed in.
    pub me: Option<Me>,
    /// The checkpoint.
    pub id: WorkshopId,
    /// Its squad.
    pub squad: String,
    /// The day it was held.
    pub held_on: NaiveDate,
    /// Whether it has ended.
    pub ended: bool,
    /// Every name that is left, and what would stand in its place.
    pub names: Vec<(String, String)>,
}

/// The names that are left in a checkpoint, for whoever led it and for administrators.
#[server(output = Answer)]
pub async fn load_names(id: WorkshopId) -> Result<NamesView, ApiError> {
    use crate::server::names;
    use crate::server::request::{request, with_status};
    with_status(names::look(&request().await?, id).await)
}

/// Erases them, where somebody is sure. It cannot be undone.
#[server(output = Answer)]
pub async fn erase_names(id: WorkshopId, #[server(default)] sure: Option<String>) -> Result<(), ApiError> {
    use crate::server::{names, request::request};
    names::erase(&request().await?, id, sure.is_some()).await
}
