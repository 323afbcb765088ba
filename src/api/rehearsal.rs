//! Rehearsing: a checkpoint with simulated members that leaves no trace.
#![expect(
    missing_docs,
    reason = "#[server] turns arguments into public fields that cannot be documented; the functions are"
)]

use super::ApiError;
use super::json::Answer;
use leptos::prelude::*;

/// Begins a rehearsal and goes to its room.
#[server(output = Answer)]
pub async fn rehearse() -> Result<(), ApiError> {
    use crate::server::simulated::Pace;
    use crate::server::{rehearsals, request::request};
    let code = rehearsals::begin(&request().await?, Pace::default()).await?;
    leptos_axum::redirect(&format!("/w/{code}"));
    Ok(())
}

/// Ends a rehearsal: everything of it is gone.
#[server(output = Answer)]
pub async fn end_rehearsal(code: String) -> Result<(), ApiError> {
    use crate::server::{rehearsals, request::request};
    rehearsals::end(&request().await?, &code).await?;
    leptos_axum::redirect("/start");
    Ok(())
}
