//! Erasing display names from a checkpoint that has ended: asked for by who led it, by an administrator, or by the retention.
//!
//! A checkpoint with a log is rewritten through its room, so that what is in memory and what is stored stay one; the pages of one
//! that was imported are rewritten as they are.

use super::administration;
use super::app::AppState;
use super::error::ServerError;
use super::pages;
use super::request::Request;
use super::store::journal::{Append, Erased};
use super::store::people::Role;
use super::store::workshops::{self, WorkshopRow};
use super::store::{Db, StoreError, audit, summaries};
use crate::api::ApiError;
use crate::api::names::NamesView;
use crate::domain::audience::Audience;
use crate::domain::ids::WorkshopId;
use crate::domain::names::Names;
use crate::domain::page::Page;
use crate::domain::people;
use crate::domain::text::{DisplayName, day};

/// The names that are left.
pub async fn look(request: &Request, id: WorkshopId) -> Result<NamesView, ApiError> {
    let row = led(request, id).await?;
    let (ended, mut names) = match request.app.hub.room(id).await {
        Ok(room) => {
            let view = room.view(Audience::Everyone).await.ok_or(ServerError::RoomSilent)?;
            let seats = view.workshop.people.seats.iter();
            let names = seats.map(|(id, seat)| (seat.name.to_string(), DisplayName::of_seat(id.0).to_string()));
            (view.workshop.published(), names.collect())
        }
        Err(StoreError::NoRoom) => (true, on_pages(&revisions(&request.app.db, id).await?)),
        Err(error) => return Err(error.into()),
    };
    names.retain(|(old, new)| old != new);
    Ok(NamesView {
        me: request.me(),
        id,
        squad: row.squad_name,
        held_on: row.held_on.parse().unwrap_or_default(),
        ended,
        names,
    })
}

/// Each name on these pages once, with the one that would stand in its place.
fn on_pages(pages: &[Page]) -> Vec<(String, String)> {
    let new = Names::on(pages);
    let mut names: Vec<&DisplayName> = pages.iter().flat_map(|page| page.present.iter().chain(&page.observing)).collect();
    names.sort_unstable();
    names.dedup();
    let pair = |name: &DisplayName| Some((name.to_string(), new.new_name(name.as_str())?.to_string()));
    names.into_iter().filter_map(pair).collect()
}

/// Erases the names, where somebody is sure.
pub async fn erase(request: &Request, id: WorkshopId, sure: bool) -> Result<(), ApiError> {
    let row = led(request, id).await?;
    if !sure {
        return Err(ApiError::Refused("Tick the box first: erased names do not come back.".to_owned()));
    }
    let line = administration::line(request.signed_in()?, format!("Erased the display names of {}", called(&row)));
    erase_all(&request.app, id, line).await
}

/// A checkpoint in a line of the audit.
pub(super) fn called(row: &WorkshopRow) -> String {
    format!("{}, {}", row.squad_name, day(row.held_on.parse().unwrap_or_default()))
}

/// The checkpoint, for an administrator and for those who lead it.
pub(super) async fn led(request: &Request, id: WorkshopId) -> Result<WorkshopRow, ApiError> {
    let me = request.signed_in()?;
    let unknown = || ApiError::NotFound("There is no such checkpoint.".to_owned());
    let row = workshops::by_id(&request.app.db, id).await?.ok_or_else(unknown)?;
    if me.role == Role::Administrator || row.facilitator_id == me.id {
        return Ok(row);
    }
    let room = request.app.hub.room(id).await.map_err(|_| ApiError::NotAllowed)?;
    let seat = room.seat_of(me.id).await.ok_or(ApiError::NotAllowed)?;
    let view = room.view(Audience::Everyone).await.ok_or(ServerError::RoomSilent)?;
    let leads = view
        .workshop
        .people
        .get(seat)
        .is_some_and(|person| person.role == people::Role::Facilitator);
    if leads { Ok(row) } else { Err(ApiError::NotAllowed) }
}

/// Erases all names of a checkpoint; the line is kept where there was one. Who may ask is decided before.
pub(super) async fn erase_all(app: &AppState, id: WorkshopId, line: audit::Line) -> Result<(), ApiError> {
    let was_open = app.hub.is_open(id);
    match app.hub.room(id).await {
        Ok(room) => {
            let erased = room.erase_names(line).await;
            // The retention may go through very many rooms that nobody is in.
            if !was_open {
                room.stop().await;
            }
            Ok(erased?)
        }
        Err(StoreError::NoRoom) => {
            let names = Names::on(&revisions(&app.db, id).await?);
            let line = (!names.are_erased()).then_some(line);
            let append = Append {
                workshop: id,
                expected_seq: 0,
                events: vec![],
                scrub: vec![],
                columns: None,
                summaries: vec![],
                actions: None,
                erased: Some(Erased { names, line }),
            };
            Ok(app.journal.append(append).await?)
        }
        Err(error) => Err(error.into()),
    }
}

/// Every revision of a page.
async fn revisions(db: &Db, id: WorkshopId) -> Result<Vec<Page>, ServerError> {
    let bodies = summaries::bodies(db, id).await?;
    bodies.iter().map(|body| pages::read(body)).collect()
}
