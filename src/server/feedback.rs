//! Feedback about a checkpoint: taken from whoever has its code, told to facilitators without a trace of who gave it.

use super::error::ServerError;
use super::request::Request;
use super::store::{Db, feedback};
use super::{clock, rooms};
use crate::api::ApiError;
use crate::api::feedback::{FeedbackView, Worthwhile};
use crate::domain::audience::Audience;
use crate::domain::feedback::{Feedback, OPEN_FOR, Report, SMALLEST, is_open, open_until};
use crate::domain::ids::{SquadId, WorkshopId};
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use tower_sessions::cookie::{Cookie, SameSite};

/// So many answers of one checkpoint are kept; more are no squad's.
const MOST: usize = 500;

const OVER: &str = "Feedback was open for a week after the summary was published. It is closed now.";
const NOT_YET: &str = "This checkpoint is not being held yet. Come back when it is.";

/// What the page, or the step in the room, shows.
pub async fn look(request: &Request, code: &str) -> Result<FeedbackView, ApiError> {
    let room = rooms::room(request, code).await?;
    let workshop = room.view(Audience::Everyone).await.ok_or(ServerError::RoomSilent)?.workshop;
    let db = room.db();
    let given = feedback::of_workshop(db, room.id()).await?;
    let mine = match cookie(request) {
        Some(cookie) => feedback::of_giver(db, room.id(), &hash(&cookie, room.id())).await?,
        None => None,
    };
    Ok(FeedbackView {
        code: workshop.code.to_string(),
        squad: workshop.squad.to_string(),
        held_on: workshop.held_on,
        closed: closed(is_open(&workshop, clock::now()), workshop.agenda.started_at.is_some()),
        until: open_until(&workshop),
        mine,
        count: u32::try_from(given.len()).unwrap_or(u32::MAX),
        report: request.facilitator().ok().and_then(|_| Report::of(&given)),
    })
}

fn closed(open: bool, started: bool) -> Option<String> {
    match (open, started) {
        (true, _) => None,
        (false, true) => Some(OVER.to_owned()),
        (false, false) => Some(NOT_YET.to_owned()),
    }
}

/// Keeps what somebody says, and tells the room how many have.
pub async fn give(request: &Request, code: &str, given: &Feedback) -> Result<(), ApiError> {
    let room = rooms::room(request, code).await?;
    let workshop = room.view(Audience::Everyone).await.ok_or(ServerError::RoomSilent)?.workshop;
    if let Some(sentence) = closed(is_open(&workshop, clock::now()), workshop.agenda.started_at.is_some()) {
        return Err(ApiError::Refused(sentence));
    }
    let db = room.db();
    let full = feedback::of_workshop(db, room.id()).await?.len() >= MOST;
    // Cookies can be thrown away, so the limit is the checkpoint's.
    if full || !request.app.limits.may_change(&workshop.code.to_string()) {
        return Err(ApiError::TooOften);
    }
    let cookie = cookie(request).unwrap_or_else(|| new_cookie(request));
    feedback::give(db, clock::random_id(), room.id(), &hash(&cookie, room.id()), given).await?;
    let count = feedback::of_workshop(db, room.id()).await?.len();
    room.tell_feedback(u32::try_from(count).unwrap_or(u32::MAX)).await;
    Ok(())
}

/// What was said of a checkpoint, for its facilitators.
pub async fn report(db: &Db, workshop: WorkshopId) -> Result<Option<Report>, ServerError> {
    Ok(Report::of(&feedback::of_workshop(db, workshop).await?))
}

/// What a squad's people say of their checkpoints on the whole; those that too few spoke of do not count.
pub async fn of_squad(db: &Db, squad: SquadId) -> Result<Option<Worthwhile>, ServerError> {
    let told = feedback::of_squad(db, squad).await?;
    let told: Vec<(u32, u32)> = told
        .into_iter()
        .filter_map(|(people, sum)| Some((u32::try_from(people).ok()?, u32::try_from(sum).ok()?)))
        .filter(|(people, _)| usize::try_from(*people).is_ok_and(|people| people >= SMALLEST))
        .collect();
    let (people, sum) = told.iter().fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1));
    Ok((people > 0).then(|| Worthwhile {
        mean: f64::from(sum) / f64::from(people),
        people,
        checkpoints: u32::try_from(told.len()).unwrap_or(u32::MAX),
    }))
}

/// Nobody can change anything in the feedback of checkpoints that are over, so nothing needs to know the browsers any more.
pub async fn forget_givers(db: &Db) -> Result<(), ServerError> {
    Ok(feedback::forget_givers(db, clock::now().0 - OPEN_FOR).await?)
}

fn name(request: &Request) -> &'static str {
    if request.app.config.https() {
        "__Host-checkpoint-feedback"
    } else {
        "checkpoint-feedback"
    }
}

/// The random cookie of this browser. It belongs to no session, so that nothing ties an answer to a seat.
fn cookie(request: &Request) -> Option<String> {
    let parts = use_context::<Parts>()?;
    let sent = parts.headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let found = sent.flat_map(|line| Cookie::split_parse(line.to_owned())).flatten();
    let name = name(request);
    found
        .into_iter()
        .find(|cookie| cookie.name() == name)
        .map(|cookie| cookie.value().to_owned())
}

fn new_cookie(request: &Request) -> String {
    let token = clock::fresh_token();
    let cookie = Cookie::build((name(request), token.clone()))
        .path("/")
        .http_only(true)
        .secure(request.app.config.https())
        .same_site(SameSite::Lax)
        .max_age(time::Duration::days(60))
        .build();
    if let (Some(response), Ok(value)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(&cookie.to_string())) {
        response.append_header(header::SET_COOKIE, value);
    }
    token
}

/// The browser as a row names it: another name in each checkpoint.
fn hash(cookie: &str, workshop: WorkshopId) -> String {
    super::shared_links::hash(&format!("{cookie} {workshop}"))
}
