//! Deleting a checkpoint that never began: asked for by who leads it, by an administrator, or by the retention.

use super::administration;
use super::app::AppState;
use super::names::{called, led};
use super::request::Request;
use super::store::audit;
use super::store::workshops::Status;
use crate::api::ApiError;
use crate::api::drafts::DraftView;
use crate::domain::ids::WorkshopId;

/// What would be deleted.
pub async fn look(request: &Request, id: WorkshopId) -> Result<DraftView, ApiError> {
    let row = led(request, id).await?;
    Ok(DraftView {
        me: request.me(),
        id,
        held_on: row.held_on.parse().unwrap_or_default(),
        begun: row.status != Status::Planned,
        squad: row.squad_name,
        code: row.code,
    })
}

/// Deletes it, where somebody is sure.
pub async fn delete(request: &Request, id: WorkshopId, sure: bool) -> Result<(), ApiError> {
    let row = led(request, id).await?;
    if !sure {
        return Err(ApiError::Refused(
            "Tick the box first: a deleted draft does not come back.".to_owned(),
        ));
    }
    let line = administration::line(request.signed_in()?, format!("Deleted the draft of {}", called(&row)));
    delete_now(&request.app, id, line).await
}

/// Deletes a draft through its room, so that nothing is decided in it meanwhile. Who may ask is decided before.
pub(super) async fn delete_now(app: &AppState, id: WorkshopId, line: audit::Line) -> Result<(), ApiError> {
    Ok(app.hub.room(id).await?.delete_draft(line).await?)
}
