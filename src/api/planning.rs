//! Preparing, as far as it is not a command of the room: templates of the organisation, and texts as HTML.
#![expect(
    missing_docs,
    reason = "#[server] turns arguments into public fields that cannot be documented; the functions are"
)]

use super::ApiError;
use super::json::Answer;
use crate::domain::ids::{StepId, TemplateId};
use crate::domain::plan::Template;
use crate::domain::sorted::SortedMap;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// A template of the organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateChoice {
    /// Which.
    pub id: TemplateId,
    /// Its name.
    pub name: String,
    /// Its steps.
    pub template: Template,
}

/// The text that a step shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepText {
    /// The Markdown.
    pub source: String,
    /// The same as safe HTML.
    pub html: String,
}

/// The organisation's templates, for accounts that may lead.
#[server(output = Answer)]
pub async fn load_templates() -> Result<Vec<TemplateChoice>, ApiError> {
    use crate::server::{planning, request::request};
    let request = request().await?;
    request.facilitator()?;
    Ok(planning::own_templates(&request.app.db).await?)
}

/// Keeps the agenda of a room as a template; one of the same name is replaced.
#[server(output = Answer)]
pub async fn save_template(code: String, #[server(default)] name: String) -> Result<(), ApiError> {
    use crate::server::{planning, request::request};
    planning::save_template(&request().await?, &code, &name).await
}

/// Takes a template away.
#[server(output = Answer)]
pub async fn delete_template(id: TemplateId) -> Result<(), ApiError> {
    use crate::server::{planning, request::request};
    planning::delete_template(&request().await?, id).await
}

/// The texts of a room's steps as they are now.
#[server(output = Answer)]
pub async fn load_texts(code: String) -> Result<SortedMap<StepId, StepText>, ApiError> {
    use crate::server::{planning, request::request};
    planning::texts_of(&request().await?, &code).await
}

/// What a text would look like, for somebody who leads in the room.
#[server(output = Answer)]
pub async fn preview_text(code: String, #[server(default)] text: String) -> Result<String, ApiError> {
    use crate::server::{planning, request::request};
    planning::preview(&request().await?, &code, &text).await
}
