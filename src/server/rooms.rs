//! The door of a room and the first look inside, for pages.

use super::error::ServerError;
use super::request::Request;
use super::room::Room;
use super::{auth, clock, planning};
use crate::api::ApiError;
use crate::api::room::{Asked, DoorView, Qr, RecapView, RoomView, Standing};
use crate::domain::audience::Audience;
use crate::domain::code::JoinCode;
use crate::domain::command::Command;
use crate::domain::context::{Actor, Seen};
use crate::domain::event::Event;
use crate::domain::ids::ParticipantId;
use crate::domain::parts::{self, Phase};
use crate::domain::people;
use crate::domain::recap::Recap;
use qrcode::{Color, EcLevel, QrCode};

const UNKNOWN: &str = "There is no checkpoint with this code. Check the letters, or ask the facilitator for the link.";

pub(super) async fn room(request: &Request, code: &str) -> Result<Room, ApiError> {
    let session = request.session.id().map(|id| id.to_string());
    if session.as_ref().is_some_and(|session| !request.app.limits.may_join(session)) {
        return Err(ApiError::TooOften);
    }
    let found = auth::room(&request.app, code).await?;
    if found.is_none() {
        // Whoever throws the cookie away cannot fill the database with sessions; the right code is not limited by this.
        if session.is_none() && !request.app.limits.may_guess() {
            return Err(ApiError::TooOften);
        }
        // Whoever guesses gets a session, and with it a limit.
        request.session.insert("guessed", true).await.map_err(ServerError::from)?;
    }
    found.ok_or_else(|| ApiError::NotFound(UNKNOWN.to_owned()))
}

/// What is told at the door.
pub async fn door(request: &Request, code: &str) -> Result<DoorView, ApiError> {
    let room = room(request, code).await?;
    let view = room.view(Audience::Everyone).await.ok_or(ServerError::RoomSilent)?;
    let workshop = view.workshop;
    let seat = auth::seat_in(&request.app, &request.session, &room).await?;
    let remembered = auth::remembered(&request.session).await?.get(&room.id()).copied();
    let asked = remembered
        .and_then(|r| r.request)
        .and_then(|request| workshop.people.requests.get(&request));
    let agenda = &workshop.agenda;
    Ok(DoorView {
        me: request.me(),
        squad: workshop.squad.to_string(),
        held_on: workshop.held_on,
        rehearsal: workshop.rehearsal,
        standing: match agenda.phase() {
            _ if workshop.plan.cancelled => Standing::Cancelled,
            _ if agenda.started_at.is_none() => Standing::Planned,
            Phase::Break => Standing::Between,
            Phase::Step | Phase::Recap => Standing::Live,
        },
        step: (
            agenda.step(agenda.current).map_or("", |s| s.title()).to_owned(),
            agenda.place(agenda.current) + 1,
            agenda.steps.len(),
        ),
        facilitator: workshop
            .people
            .facilitators()
            .next()
            .map_or("", |(_, p)| p.name.as_str())
            .to_owned(),
        here: view.presence.0.values().filter(|seen| **seen == Seen::Here).count(),
        closed: workshop.people.door_closed,
        seated_as: seat.map(|seat| workshop.people.name(seat).to_owned()),
        asked: asked.map(|wish| Asked {
            name: workshop.people.name(wish.participant).to_owned(),
            granted: wish.granted,
        }),
    })
}

/// Takes a seat, or asks for one that is taken; the address to go on to.
pub async fn join(request: &Request, code: &str, name: &str, observer: bool, again: bool) -> Result<String, ApiError> {
    let room = room(request, code).await?;
    let inside = format!("/w/{}", JoinCode::parse(code).unwrap_or_default());
    if auth::seat_in(&request.app, &request.session, &room).await?.is_some() {
        return Ok(inside);
    }
    let account = request.account.as_ref().map(|account| account.id);
    let name = name.to_owned();
    let command = if again {
        people::Command::AskForSeat { name }
    } else {
        people::Command::Join { name, observer }
    };
    let events = room.execute(Actor::Newcomer(account), Command::People(command)).await?;
    let mut next = inside;
    for event in events {
        let seat = match event {
            Event::People(people::Event::Joined { participant, .. }) => auth::Remembered {
                participant,
                request: None,
            },
            Event::People(people::Event::SeatAsked { request, participant }) => {
                next = format!("/join/{}", JoinCode::parse(code).unwrap_or_default());
                auth::Remembered {
                    participant,
                    request: Some(request),
                }
            }
            _ => continue,
        };
        auth::remember(&request.session, room.id(), seat).await?;
    }
    Ok(next)
}

/// The first look inside, for somebody with a seat.
pub async fn view(request: &Request, code: &str) -> Result<RoomView, ApiError> {
    look_in(request, code, true).await
}

/// The same for the screen of the meeting room: it is opened by somebody with a seat and shows what everybody may see.
pub async fn wall(request: &Request, code: &str) -> Result<RoomView, ApiError> {
    look_in(request, code, false).await
}

/// What was decided so far, for people with a seat and for people who are signed in.
pub async fn recap(request: &Request, code: &str) -> Result<RecapView, ApiError> {
    let room = room(request, code).await?;
    let seat = auth::seat_in(&request.app, &request.session, &room).await?;
    if seat.is_none() && request.account.is_none() {
        return Err(ApiError::NoSeat);
    }
    let workshop = room.view(Audience::Everyone).await.ok_or(ServerError::RoomSilent)?.workshop;
    let agenda = &workshop.agenda;
    let title = |id| agenda.step(id).map_or("", |step| step.title());
    let standing = match agenda.pause().filter(|_| agenda.phase() == Phase::Break) {
        Some(pause) => format!(
            "Part {} is over. Part {} begins with {}.",
            parts::number(agenda.part()),
            parts::number(agenda.part() + 1),
            title(pause.next)
        ),
        None if agenda.started_at.is_none() => "The checkpoint has not started yet.".to_owned(),
        None if workshop.published() => "The summary is published.".to_owned(),
        None => format!("The squad is at {}.", title(agenda.current)),
    };
    Ok(RecapView {
        squad: workshop.squad.to_string(),
        held_on: workshop.held_on,
        code: workshop.code.to_string(),
        standing,
        seated: seat.is_some(),
        rehearsal: workshop.rehearsal,
        recap: Recap::of(&workshop),
    })
}

async fn look_in(request: &Request, code: &str, own: bool) -> Result<RoomView, ApiError> {
    let room = room(request, code).await?;
    let seat = auth::seat_in(&request.app, &request.session, &room)
        .await?
        .ok_or(ApiError::NoSeat)?;
    let (you, audience) = if own {
        (seat, Audience::Seat(seat))
    } else {
        (ParticipantId::default(), Audience::Everyone)
    };
    let view = room.view(audience).await.ok_or(ServerError::RoomSilent)?;
    let join_url = format!("{}/join/{}", request.app.config.base_url, view.workshop.code);
    Ok(RoomView {
        me: request.me(),
        id: room.id(),
        you,
        texts: planning::texts(&request.app.db, &view.workshop).await?,
        workshop: view.workshop,
        presence: view.presence,
        now: clock::now(),
        qr: qr(&join_url),
        join_url,
    })
}

/// One horizontal stroke for each run of dark modules.
fn qr(text: &str) -> Qr {
    use std::fmt::Write;
    let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::M) else {
        return Qr {
            size: 0,
            path: String::new(),
        };
    };
    let size = code.width();
    let mut path = String::new();
    for (y, row) in code.to_colors().chunks(size).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|a, b| a == b) {
            if run.first() == Some(&Color::Dark) {
                // Writing to a String cannot fail.
                let _ = write!(path, "M{x} {y}h{}v1h-{}z", run.len(), run.len());
            }
            x += run.len();
        }
    }
    Qr { size, path }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_becomes_a_square() {
        let qr = qr("https://checkpoint.example/join/K7QM-2XFD-9TRC");
        assert!(qr.size >= 25);
        assert!(qr.path.starts_with("M0 0h7v1h-7z"), "{}", qr.path);
    }
}
