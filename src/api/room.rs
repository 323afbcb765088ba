//! Coming in: the door of a room, and the first look inside. What happens in the room itself goes over the socket.
#![expect(
    missing_docs,
    reason = "#[server] turns arguments into public fields that cannot be documented; the functions are"
)]

use super::json::Answer;
use super::planning::StepText;
use super::{ApiError, Me};
use crate::domain::context::Presence;
use crate::domain::ids::{ParticipantId, StepId, WorkshopId};
use crate::domain::recap::Recap;
use crate::domain::sorted::SortedMap;
use crate::domain::time::Timestamp;
use crate::domain::workshop::Workshop;
use chrono::NaiveDate;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What is told to somebody at the door.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DoorView {
    /// Who is signed in.
    pub me: Option<Me>,
    /// The squad.
    pub squad: String,
    /// The day.
    pub held_on: NaiveDate,
    /// Whether nothing of it is kept.
    pub rehearsal: bool,
    /// How far it has come.
    pub standing: Standing,
    /// Where the squad is: the step's title, its number, and how many there are.
    pub step: (String, usize, usize),
    /// Who leads.
    pub facilitator: String,
    /// How many people are connected.
    pub here: usize,
    /// Whether newcomers stay outside.
    pub closed: bool,
    /// The name this browser has a seat under already.
    pub seated_as: Option<String>,
    /// What became of the wish to take a seat again.
    pub asked: Option<Asked>,
}

/// How far a checkpoint has come, for somebody who may want to come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// It has not started.
    Planned,
    /// It was called off.
    Cancelled,
    /// It has started.
    Live,
    /// A part is over and the next one is not open.
    Between,
}

/// A wish to take a seat again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The name of the seat.
    pub name: String,
    /// `None` while no facilitator has answered.
    pub granted: Option<bool>,
}

/// The first look inside.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RoomView {
    /// Who is signed in.
    pub me: Option<Me>,
    /// The checkpoint.
    pub id: WorkshopId,
    /// The seat.
    pub you: ParticipantId,
    /// The state as this person may see it.
    pub workshop: Workshop,
    /// Who is connected.
    pub presence: Presence,
    /// The server's time.
    pub now: Timestamp,
    /// The texts of the steps that show one.
    pub texts: SortedMap<StepId, StepText>,
    /// The address to join at.
    pub join_url: String,
    /// The same address as a square of modules.
    pub qr: Qr,
}

/// The recap at an address of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecapView {
    /// The squad.
    pub squad: String,
    /// The day.
    pub held_on: NaiveDate,
    /// The code of the room.
    pub code: String,
    /// Where the squad is, in a sentence.
    pub standing: String,
    /// Whether the reader may go into the room.
    pub seated: bool,
    /// Whether nothing of it is kept.
    pub rehearsal: bool,
    /// What was decided so far.
    pub recap: Recap,
}

/// A QR code as the data of one SVG path, one unit for each module.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Qr {
    /// Modules on each side.
    pub size: usize,
    /// The dark ones.
    pub path: String,
}

/// What whoever leads may want to say and do in the present step, as HTML.
#[server(output = Answer)]
pub async fn load_run_sheet(code: String) -> Result<String, ApiError> {
    use crate::server::{request::request, run_sheet};
    run_sheet::now(&request().await?, &code).await
}

/// What is told at the door.
#[server(output = Answer)]
pub async fn look_at_door(code: String) -> Result<DoorView, ApiError> {
    use crate::server::request::{request, with_status};
    use crate::server::rooms;
    with_status(rooms::door(&request().await?, &code).await)
}

/// Takes a seat, or asks for one that is taken, and goes in.
#[server(output = Answer)]
pub async fn join(
    code: String,
    #[server(default)] name: String,
    #[server(default)] observe: Option<String>,
    #[server(default)] again: Option<String>,
) -> Result<(), ApiError> {
    use crate::server::{request::request, rooms};
    let request = request().await?;
    let next = rooms::join(&request, &code, &name, observe.is_some(), again.is_some()).await?;
    leptos_axum::redirect(&next);
    Ok(())
}
