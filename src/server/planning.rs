//! Preparing, as far as it needs more than the room: templates of the organisation, texts as HTML, the calendar file.

use super::app::AppState;
use super::auth;
use super::calendar;
use super::clock;
use super::content::Text;
use super::error::ServerError;
use super::markdown;
use super::request::Request;
use super::store::templates::{self, TemplateRow};
use super::store::{Db, StoreError};
use crate::api::ApiError;
use crate::api::planning::{StepText, TemplateChoice};
use crate::domain::agenda::StepKind;
use crate::domain::audience::Audience;
use crate::domain::ids::{ParticipantId, StepId, TemplateId};
use crate::domain::people::Role;
use crate::domain::plan::{BuiltIn, Template, has_text, laid};
use crate::domain::rejection::Rejection;
use crate::domain::sorted::SortedMap;
use crate::domain::text::{Markdown, TemplateName};
use crate::domain::workshop::Workshop;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use tower_sessions::Session;

const GONE: &str = "This template is gone. Choose another one.";

/// The organisation's templates. One that no version of ours wrote is left out.
pub async fn own_templates(db: &Db) -> Result<Vec<TemplateChoice>, StoreError> {
    let choice = |row: TemplateRow| {
        Some(TemplateChoice {
            template: serde_json::from_str(&row.body).ok()?,
            id: row.id,
            name: row.name,
        })
    };
    Ok(templates::all(db).await?.into_iter().filter_map(choice).collect())
}

/// The template that a form names: one of the product's by its word, or one of the organisation's by its id.
pub async fn template(db: &Db, chosen: &str) -> Result<Template, ApiError> {
    if chosen.is_empty() {
        return Ok(Template::default());
    }
    if let Some(built_in) = BuiltIn::ALL.into_iter().find(|b| b.key() == chosen) {
        return Ok(built_in.template());
    }
    let gone = || ApiError::Refused(GONE.to_owned());
    let id: TemplateId = chosen.parse().map_err(|_| gone())?;
    let row = templates::by_id(db, id).await?.ok_or_else(gone)?;
    serde_json::from_str(&row.body).map_err(|_| gone())
}

/// Keeps a room's agenda as a template of the organisation.
pub async fn save_template(request: &Request, code: &str, name: &str) -> Result<(), ApiError> {
    let by = request.facilitator()?.name.clone();
    let workshop = led(request, code).await?;
    if workshop.rehearsal {
        return Err(ApiError::Refused(
            "This is a rehearsal: nothing is kept, and so no template either.".to_owned(),
        ));
    }
    let name = TemplateName::parse(name)?;
    let template = Template::of(&workshop.agenda.steps, workshop.plan.minutes);
    laid(&template, StepId(1))?;
    let row = TemplateRow {
        id: TemplateId::new(clock::fresh_id()),
        name: name.to_string(),
        body: serde_json::to_string(&template).map_err(ServerError::from)?,
        created_at: clock::now().0,
        created_by: by,
    };
    Ok(templates::save(&request.app.db, &row).await?)
}

/// Takes a template away.
pub async fn delete_template(request: &Request, id: TemplateId) -> Result<(), ApiError> {
    request.facilitator()?;
    Ok(templates::delete(&request.app.db, id).await?)
}

/// The state of a room for somebody who leads in it.
pub(super) async fn led(request: &Request, code: &str) -> Result<Workshop, ApiError> {
    let (workshop, you) = seen(request, code).await?;
    if workshop.people.get(you).is_some_and(|p| p.role == Role::Facilitator) {
        Ok(workshop)
    } else {
        Err(Rejection::FacilitatorOnly.into())
    }
}

/// The state of a room for somebody with a seat in it, and the seat.
async fn seen(request: &Request, code: &str) -> Result<(Workshop, ParticipantId), ApiError> {
    let seat = auth::seat(&request.app, &request.session, code).await?.ok_or(ApiError::NoSeat)?;
    let view = seat
        .room
        .view(Audience::Seat(seat.participant))
        .await
        .ok_or(ServerError::RoomSilent)?;
    Ok((view.workshop, seat.participant))
}

/// The texts of a room's steps, for somebody with a seat.
pub async fn texts_of(request: &Request, code: &str) -> Result<SortedMap<StepId, StepText>, ApiError> {
    let (workshop, _) = seen(request, code).await?;
    Ok(texts(&request.app.db, &workshop).await?)
}

/// The texts of all steps that show one: this checkpoint's own, or the organisation's.
pub async fn texts(db: &Db, workshop: &Workshop) -> Result<SortedMap<StepId, StepText>, StoreError> {
    let mut texts = SortedMap::new();
    for step in workshop.agenda.steps.iter().filter(|step| has_text(step.kind)) {
        let own = workshop.plan.texts.get(&step.id);
        let source = match (own, step.kind) {
            (Some(own), _) => own.to_string(),
            (None, StepKind::Welcome) => Text::Welcome.body(db).await?,
            (None, StepKind::Scene) => Text::Scene.body(db).await?,
            (None, _) => String::new(),
        };
        let text = StepText {
            html: markdown::to_html(&source),
            source,
        };
        texts.insert(step.id, text);
    }
    Ok(texts)
}

/// What a text would look like.
pub async fn preview(request: &Request, code: &str, text: &str) -> Result<String, ApiError> {
    led(request, code).await?;
    Ok(markdown::to_html(Markdown::parse(text)?.as_str()))
}

/// `GET /w/{code}/invite.ics`: the checkpoint for people's calendars.
pub async fn invite(State(app): State<AppState>, Path(code): Path<String>, session: Session) -> Result<Response, ServerError> {
    let Some(seat) = auth::seat(&app, &session, &code).await? else {
        return Ok((StatusCode::FORBIDDEN, "You have no seat in this checkpoint.").into_response());
    };
    let seen = seat
        .room
        .view(Audience::Seat(seat.participant))
        .await
        .ok_or(ServerError::RoomSilent)?;
    let workshop = seen.workshop;
    let join = format!("{}/join/{}", app.config.base_url, workshop.code);
    let file = calendar::invitation(&workshop, seat.room.id(), &join, clock::now());
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"checkpoint-{}.ics\"", workshop.held_on),
        ),
    ];
    Ok((headers, file).into_response())
}
