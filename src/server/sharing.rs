//! Links by which somebody without an account reads one summary: made and taken back by facilitators, read by whoever has one.
//!
//! A link shows the newest published revision and nothing around it.

use super::administration::line;
use super::app::AppState;
use super::error::ServerError;
use super::exports::{self, Form};
use super::names::called;
use super::request::{self, Request};
use super::shared_links::{date, hash};
use super::store::page_links::{self, PageLink};
use super::store::summaries::{self, Summary};
use super::store::workshops;
use super::{cards, clock, pages, pictures};
use crate::api::ApiError;
use crate::api::sharing::{EXPIRIES, PageLink as Row, SharedPage, Sharing, Standing};
use crate::domain::ids::WorkshopId;
use crate::domain::text::day;
use crate::domain::time::Timestamp;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

const DAY: i64 = 24 * 60 * 60 * 1000;

/// The links to a checkpoint's summary. Only a token that opens this one is shown, whatever stands in the address.
pub async fn list(request: &Request, id: WorkshopId, made: &str) -> Result<Sharing, ApiError> {
    request.facilitator()?;
    let now = clock::now().0;
    let links = page_links::of_workshop(&request.app.db, id).await?;
    let shown = links
        .iter()
        .any(|link| link.token_hash == hash(made) && standing(link, now) == Standing::Open);
    let row = |link: PageLink| Row {
        standing: standing(&link, now),
        until: date(link.expires_at),
        made: Timestamp(link.made_at),
        reads: u32::try_from(link.reads).unwrap_or(u32::MAX),
        last_read: link.last_read_at.map(Timestamp),
        by: link.made_by,
        name: link.token_hash,
    };
    Ok(Sharing {
        made: shown.then(|| address(&request.app, made)),
        links: links.into_iter().map(row).collect(),
    })
}

/// Makes a link; the address of the page that shows it.
pub async fn make(request: &Request, id: WorkshopId, days: u32) -> Result<String, ApiError> {
    let me = request.facilitator()?;
    let db = &request.app.db;
    if !EXPIRIES.iter().any(|(allowed, _)| *allowed == days) {
        return Err(ApiError::Refused("Choose how long the link opens from the list.".to_owned()));
    }
    let unknown = || ApiError::NotFound("There is no such checkpoint.".to_owned());
    let row = workshops::by_id(db, id).await?.ok_or_else(unknown)?;
    if summaries::revisions(db, id).await?.is_empty() {
        return Err(ApiError::Refused("Publish the summary first, then share it.".to_owned()));
    }
    let (token, now) = (clock::fresh_secret(), clock::now().0);
    let link = PageLink {
        token_hash: hash(&token),
        workshop_id: id,
        made_by: me.name.clone(),
        made_at: now,
        expires_at: now + i64::from(days) * DAY,
        revoked_at: None,
        reads: 0,
        last_read_at: None,
    };
    let by = line(me, format!("Made a share link to the summary of {}, for {days} days", called(&row)));
    page_links::make(db, &link, &by).await?;
    tracing::info!(workshop.id = %id, account.id = %me.id, days, "a link to a summary was made");
    Ok(format!("/checkpoints/{id}?shared={token}#share"))
}

/// Takes a link back; the address of the page that lists it.
pub async fn take_back(request: &Request, name: &str) -> Result<String, ApiError> {
    let me = request.facilitator()?;
    let db = &request.app.db;
    let unknown = || ApiError::NotFound("There is no such link any more.".to_owned());
    let link = page_links::by_hash(db, name).await?.ok_or_else(unknown)?;
    let row = workshops::by_id(db, link.workshop_id).await?.ok_or_else(unknown)?;
    let by = line(me, format!("Took back a share link to the summary of {}", called(&row)));
    page_links::revoke(db, name, clock::now().0, &by).await?;
    tracing::info!(account.id = %me.id, "a link to a summary was taken back");
    Ok(format!("/checkpoints/{}#share", row.id))
}

/// What whoever has the link reads.
pub async fn read(app: &AppState, token: &str) -> Result<SharedPage, ApiError> {
    let (link, stored) = open(app, token).await?;
    page_links::count_read(&app.db, &link.token_hash, clock::now().0).await?;
    let document = app.documents.of(stored.body, (format!("/s/{token}/flow"), String::new()))?;
    Ok(SharedPage {
        title: document.page.full_title(),
        preview: document.page.preview(),
        revision: document.page.revision,
        document: document.html.clone(),
        address: address(app, token),
        until: date(link.expires_at),
    })
}

/// `GET /s/{token}/card.png`: what a preview of the link shows.
pub async fn card(State(app): State<AppState>, Path(token): Path<String>) -> Result<Response, ServerError> {
    match open(&app, &token).await {
        Ok((_, stored)) => {
            let png = pictures::png_of(cards::card(&pages::read(&stored.body)?)).await?;
            Ok(([(header::CONTENT_TYPE, "image/png")], png).into_response())
        }
        Err(refused) => Ok(said(&refused)),
    }
}

/// `GET /s/{token}/{file}`: the page as a file to keep, and its flow as a picture.
pub async fn file(State(app): State<AppState>, Path((token, file)): Path<(String, String)>) -> Result<Response, ServerError> {
    let form = match file.as_str() {
        "page.md" => Form::Markdown,
        "page.html" => Form::Html,
        "flow.svg" => Form::Svg,
        "flow.png" => Form::Png,
        _ => return Ok((StatusCode::NOT_FOUND, "A shared page has no such file.").into_response()),
    };
    match open(&app, &token).await {
        Ok((_, stored)) => exports::in_form(pages::read(&stored.body)?, form, None).await,
        Err(refused) => Ok(said(&refused)),
    }
}

/// The link of this token and its page, if it opens; whoever guesses is limited.
async fn open(app: &AppState, token: &str) -> Result<(PageLink, Summary), ApiError> {
    let unknown = || ApiError::NotFound("There is no such link. Check that all of it was copied.".to_owned());
    let Some(link) = page_links::by_hash(&app.db, &hash(token)).await? else {
        return Err(if app.limits.may_guess() { unknown() } else { ApiError::TooOften });
    };
    match standing(&link, clock::now().0) {
        Standing::Open => {}
        Standing::TakenBack => return Err(ApiError::Gone("This link was taken back. Ask who gave it to you.".to_owned())),
        Standing::Ended => {
            let ended = day(date(link.expires_at));
            return Err(ApiError::Gone(format!(
                "This link ended on {ended}. Ask who gave it to you for a new one."
            )));
        }
    }
    let stored = summaries::summary(&app.db, link.workshop_id, None).await?.ok_or_else(unknown)?;
    Ok((link, stored))
}

fn standing(link: &PageLink, now: i64) -> Standing {
    if link.revoked_at.is_some() {
        Standing::TakenBack
    } else if link.expires_at <= now {
        Standing::Ended
    } else {
        Standing::Open
    }
}

fn address(app: &AppState, token: &str) -> String {
    format!("{}/s/{token}", app.config.base_url)
}

fn said(refused: &ApiError) -> Response {
    let status = request::status(refused).unwrap_or(StatusCode::NOT_FOUND);
    (status, refused.to_string()).into_response()
}
