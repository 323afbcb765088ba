//! The summary in other forms: the address of the page with an ending.

use super::app::AppState;
use super::auth;
use super::error::ServerError;
use super::store::{summaries, workshops};
use crate::domain::audience::Audience;
use crate::domain::ids::WorkshopId;
use crate::domain::page::Page;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tower_sessions::Session;

/// A form of the page.
#[derive(Clone, Copy)]
enum Form {
    Json,
    Markdown,
}

/// Answers `/checkpoints/{id}.json` and `.md`; a router's patterns cannot split a name at its ending.
pub async fn by_extension(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let wanted = request
        .uri()
        .path()
        .strip_prefix("/checkpoints/")
        .and_then(|name| name.rsplit_once('.'))
        .and_then(|(id, ending)| {
            let form = match ending {
                "json" => Form::Json,
                "md" => Form::Markdown,
                _ => return None,
            };
            Some((id.parse::<WorkshopId>().ok()?, form))
        });
    let (Some((id, form)), Some(session)) = (wanted, request.extensions().get::<Session>()) else {
        return next.run(request).await;
    };
    match export(&app, session, id, form).await {
        Ok(response) => response,
        Err(error) => error.into_response(),
    }
}

async fn export(app: &AppState, session: &Session, id: WorkshopId, form: Form) -> Result<Response, ServerError> {
    if auth::account(app, session).await?.is_none() {
        return Ok((StatusCode::UNAUTHORIZED, "Sign in to read summaries.").into_response());
    }
    let Some(page) = page(app, id, None).await? else {
        return Ok((StatusCode::NOT_FOUND, "There is no such checkpoint.").into_response());
    };
    let (kind, ending, body) = match form {
        Form::Json => ("application/json", "json", serde_json::to_string_pretty(&page)?),
        Form::Markdown => ("text/markdown; charset=utf-8", "md", page.markdown()),
    };
    let name = format!(
        "attachment; filename=\"checkpoint-{}-{}.{ending}\"",
        slug(page.squad.as_str()),
        page.held_on
    );
    Ok(([(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)], body).into_response())
}

/// The summary of a checkpoint: a published revision, or the page as it stands while there is none.
pub async fn page(app: &AppState, id: WorkshopId, revision: Option<u32>) -> Result<Option<Page>, ServerError> {
    let Some(row) = workshops::by_id(&app.db, id).await? else {
        return Ok(None);
    };
    if let Some(stored) = summaries::summary(&app.db, id, revision.map(i64::from)).await? {
        return Ok(Some(serde_json::from_str(&stored.body)?));
    }
    if revision.is_some() {
        return Ok(None);
    }
    let room = app.hub.room(row.id).await?;
    let view = room.view(Audience::Everyone).await.ok_or(ServerError::RoomSilent)?;
    Ok(Some(Page::of(id, &view.workshop)))
}

fn slug(name: &str) -> String {
    let kept: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' })
        .collect();
    kept.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}
