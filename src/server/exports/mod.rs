//! The summary in other forms: the address of the page with an ending.

pub mod html;
pub mod json;

use super::app::AppState;
use super::auth;
use super::error::ServerError;
use super::pages;
use super::pictures;
use super::store::{summaries, workshops};
use crate::domain::audience::Audience;
use crate::domain::flow::svg::svg;
use crate::domain::ids::WorkshopId;
use crate::domain::page::{Page, Table};
use crate::domain::text::day;
use axum::Json;
use axum::body::Body;
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use serde::Deserialize;
use tower_sessions::Session;

/// A form of the page.
#[derive(Clone, Copy)]
pub(super) enum Form {
    Json,
    Markdown,
    Confluence,
    Html,
    Csv,
    Svg,
    Png,
}

impl Form {
    fn of(ending: &str) -> Option<Self> {
        Some(match ending {
            "json" => Self::Json,
            "md" => Self::Markdown,
            "confluence.xml" => Self::Confluence,
            "html" => Self::Html,
            "csv" => Self::Csv,
            "svg" => Self::Svg,
            "png" => Self::Png,
            _ => return None,
        })
    }
}

/// What an address may ask for behind its question mark.
#[derive(Deserialize)]
struct Asked {
    revision: Option<u32>,
    table: Option<String>,
}

/// Answers `/checkpoints/{id}.{ending}` for every form of export, of the newest revision or of `?revision=`; a router's patterns cannot split a
/// name at its ending.
pub async fn by_extension(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let wanted = request
        .uri()
        .path()
        .strip_prefix("/checkpoints/")
        .and_then(|name| name.split_once('.'))
        .and_then(|(id, ending)| Some((id.parse::<WorkshopId>().ok()?, Form::of(ending)?)));
    let (Some((id, form)), Some(session)) = (wanted, request.extensions().get::<Session>()) else {
        return next.run(request).await;
    };
    match export(&app, session, id, form, request.uri()).await {
        Ok(response) => response,
        Err(error) => error.into_response(),
    }
}

async fn export(app: &AppState, session: &Session, id: WorkshopId, form: Form, address: &Uri) -> Result<Response, ServerError> {
    if auth::account(app, session).await?.is_none() {
        return Ok((StatusCode::UNAUTHORIZED, "Sign in to read summaries.").into_response());
    }
    let Ok(Query(asked)) = Query::<Asked>::try_from_uri(address) else {
        return Ok((StatusCode::BAD_REQUEST, "A revision is a number, counted from 1.").into_response());
    };
    let Some(page) = page(app, id, asked.revision).await? else {
        return Ok((StatusCode::NOT_FOUND, "There is no such checkpoint.").into_response());
    };
    in_form(page, form, asked.table.as_deref()).await
}

/// A page as a file of this form; of the tables the one with this key, or the answers.
pub(super) async fn in_form(page: Page, form: Form, table: Option<&str>) -> Result<Response, ServerError> {
    let name = format!("checkpoint-{}-{}", slug(page.squad.as_str()), page.held_on);
    Ok(match form {
        Form::Json => file("application/json", &format!("{name}.json"), json::json(&page)?),
        Form::Markdown => file("text/markdown; charset=utf-8", &format!("{name}.md"), page.markdown()),
        Form::Confluence => file(
            "application/xml; charset=utf-8",
            &format!("{name}.confluence.xml"),
            page.confluence(),
        ),
        Form::Html => harmless(file("text/html; charset=utf-8", &format!("{name}.html"), html::html(page)?)),
        Form::Csv => {
            let key = table.unwrap_or(Table::Answers.key());
            let Some(table) = Table::ALL.into_iter().find(|table| table.key() == key) else {
                return Ok((StatusCode::NOT_FOUND, "There are three tables: answers, surveys and actions.").into_response());
            };
            file("text/csv; charset=utf-8", &format!("{name}-{key}.csv"), page.csv(table))
        }
        Form::Svg => picture(page, Picture::Svg).await?,
        Form::Png => picture(page, Picture::Png).await?,
    })
}

/// `GET /api/v1/page.schema.json`: what the JSON of a page may hold.
pub async fn schema() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/schema+json")], json::SCHEMA)
}

/// A file to keep; on its way nobody else keeps it.
pub(super) fn file(kind: &'static str, name: &str, body: impl Into<Body>) -> Response {
    let name = format!("attachment; filename=\"{name}\"");
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, body.into()).into_response()
}

/// A browser that opens the file on our origin runs nothing of it.
fn harmless(mut response: Response) -> Response {
    let policy = HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; sandbox");
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}

/// A form of the flow's picture.
#[derive(Clone, Copy)]
enum Picture {
    Svg,
    Png,
}

/// The flow of a page as a file.
async fn picture(page: Page, form: Picture) -> Result<Response, ServerError> {
    let Some(scene) = page.picture() else {
        return Ok((StatusCode::NOT_FOUND, "This checkpoint has no delivery flow.").into_response());
    };
    let name = format!("flow-{}-{}", slug(page.squad.as_str()), page.held_on);
    let svg = svg(&scene, &format!("Delivery flow of {}, {}", page.squad, day(page.held_on)));
    Ok(harmless(match form {
        Picture::Svg => file("image/svg+xml", &format!("{name}.svg"), svg),
        Picture::Png => file("image/png", &format!("{name}.png"), pictures::png_of(svg).await?),
    }))
}

/// `GET /w/{code}/flow.svg`: the flow as it stands, for people with a seat.
pub async fn flow_svg(State(app): State<AppState>, Path(code): Path<String>, session: Session) -> Result<Response, ServerError> {
    flow_now(&app, &code, &session, Picture::Svg).await
}

/// `GET /w/{code}/flow.png`, likewise.
pub async fn flow_png(State(app): State<AppState>, Path(code): Path<String>, session: Session) -> Result<Response, ServerError> {
    flow_now(&app, &code, &session, Picture::Png).await
}

async fn flow_now(app: &AppState, code: &str, session: &Session, form: Picture) -> Result<Response, ServerError> {
    let Some(seat) = auth::seat(app, session, code).await? else {
        return Ok((StatusCode::FORBIDDEN, "You have no seat in this checkpoint.").into_response());
    };
    let view = seat.room.view(Audience::Everyone).await.ok_or(ServerError::RoomSilent)?;
    let mut workshop = view.workshop;
    // The room sees what it draws, whatever it leaves out of the page.
    workshop.summary.left_out.clear();
    picture(Page::of(seat.room.id(), &workshop), form).await
}

/// `GET /w/{code}/mine.json`: everything that a room stores about the person who asks.
pub async fn mine(State(app): State<AppState>, Path(code): Path<String>, session: Session) -> Result<Response, ServerError> {
    let Some(seat) = auth::seat(&app, &session, &code).await? else {
        return Ok((StatusCode::FORBIDDEN, "You have no seat in this checkpoint.").into_response());
    };
    let you = seat.participant;
    let seen = seat.room.view(Audience::Seat(you)).await.ok_or(ServerError::RoomSilent)?.workshop;
    let ballots = seen.votes.iter().flat_map(|(step, vote)| {
        let rounds = (1u32..)
            .zip(&vote.rounds)
            .filter_map(|(number, round)| Some((number, round.ballots.get(&you)?)));
        rounds.map(move |(number, ballot)| {
            serde_json::json!({
                "step": step, "question": vote.metric, "round": number,
                // After the reveal of an anonymous round nobody can say any more what it was.
                "ballot": ballot, "kept": if ballot.is_some() { "until the reveal" } else { "only that you answered" },
            })
        })
    });
    let notes = seen.notes.0.values().filter(|note| note.by == you);
    let surveys = seen.surveys.list.iter().flat_map(|survey| {
        let rounds = (1u32..)
            .zip(&survey.rounds)
            .filter_map(|(number, round)| Some((number, round.sheets.get(&you)?)));
        rounds.map(move |(number, sheet)| {
            serde_json::json!({
                "capability": survey.capability.key, "round": number, "answers": sheet.marks, "answered": sheet.progress,
                "kept": if sheet.marks.is_empty() { "only how many statements you answered" } else { "until the survey is closed" },
            })
        })
    });
    let board = seen.focus.notes.values().filter(|note| note.by == you);
    // The place of the answer, counted from 0; nothing once the count is shown.
    let warm_up = seen
        .warm_up
        .given
        .get(&you)
        .map(|option| serde_json::json!({ "answered": true, "option": option }));
    let breaks = seen
        .agenda
        .breaks
        .iter()
        .filter(|pause| pause.here.contains(&you))
        .map(|pause| pause.since);
    let body = serde_json::json!({
        "checkpoint": seat.room.id(), "seat": you, "person": seen.people.get(you), "ballots": ballots.collect::<Vec<_>>(),
        "notes": notes.collect::<Vec<_>>(), "surveys": surveys.collect::<Vec<_>>(), "board": board.collect::<Vec<_>>(),
        "warm_up": warm_up, "here_when_parts_ended": breaks.collect::<Vec<_>>(),
    });
    Ok(Json(body).into_response())
}

/// The summary of a checkpoint: a published revision, or the page as it stands while there is none.
pub async fn page(app: &AppState, id: WorkshopId, revision: Option<u32>) -> Result<Option<Page>, ServerError> {
    if workshops::by_id(&app.db, id).await?.is_none() {
        return Ok(None);
    }
    if let Some(stored) = summaries::summary(&app.db, id, revision.map(i64::from)).await? {
        return pages::read(&stored.body).map(Some);
    }
    if revision.is_some() {
        return Ok(None);
    }
    page_so_far(app, id).await.map(Some)
}

/// The page of a checkpoint as it stands.
pub async fn page_so_far(app: &AppState, id: WorkshopId) -> Result<Page, ServerError> {
    let room = app.hub.room(id).await?;
    let view = room.view(Audience::Everyone).await.ok_or(ServerError::RoomSilent)?;
    Ok(Page::of(id, &view.workshop))
}

fn slug(name: &str) -> String {
    let kept: String = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' })
        .collect();
    kept.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}
