//! Everything that can happen in a checkpoint, as it is stored and as it travels.
//!
//! The log is append-only: a variant that was ever stored is never renamed or taken away.

use super::{
    actions, agenda, dots, flow, focus, ids::ParticipantId, improve, note, people, plan, scene, since, summary, survey, time::Timestamp,
    vote, warmup, workshop::Created, workshop::Previous,
};
use serde::{Deserialize, Serialize};

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// The checkpoint came into being.
    Created(Box<Created>),
    /// The squad has published another checkpoint since this one was planned: that one is last time.
    Recalled(Box<Previous>),
    /// Seats, roles, the door.
    People(people::Event),
    /// Steps and the clock.
    Agenda(agenda::Event),
    /// Preparing: the agenda's steps, options, texts, the day.
    Plan(plan::Event),
    /// Service, deployment, failure.
    Scene(scene::Event),
    /// The warm-up in Welcome.
    WarmUp(warmup::Event),
    /// Last time's actions.
    Since(since::Event),
    /// A live vote.
    Vote(vote::Event),
    /// Capability surveys.
    Survey(survey::Event),
    /// The capability to work on first, and the notes of its board.
    Focus(focus::Event),
    /// The delivery flow.
    Flow(flow::Event),
    /// Stickies and their groups.
    Improve(improve::Event),
    /// The dot vote.
    Dots(dots::Event),
    /// What the squad does about it.
    Actions(actions::Event),
    /// Notes of the timeline.
    Note(note::Event),
    /// Title, foreword, publishing.
    Summary(summary::Event),
}

impl Event {
    /// Its kind, as the log's column says it.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Created(_) => "created",
            Self::Recalled(_) => "recalled",
            Self::People(_) => "people",
            Self::Agenda(_) => "agenda",
            Self::Plan(_) => "plan",
            Self::Scene(_) => "scene",
            Self::WarmUp(_) => "warm_up",
            Self::Since(_) => "since",
            Self::Vote(_) => "vote",
            Self::Survey(_) => "survey",
            Self::Focus(_) => "focus",
            Self::Flow(_) => "flow",
            Self::Improve(_) => "improve",
            Self::Dots(_) => "dots",
            Self::Actions(_) => "actions",
            Self::Note(_) => "note",
            Self::Summary(_) => "summary",
        }
    }

    /// The one person who may know the secret in it, where it holds one.
    #[must_use]
    pub fn secret_of(&self) -> Option<ParticipantId> {
        match self {
            Self::Vote(event) => event.secret_of(),
            Self::WarmUp(event) => event.secret_of(),
            Self::Survey(event) => event.secret_of(),
            Self::Improve(event) => event.secret_of(),
            Self::Dots(event) => event.secret_of(),
            _ => None,
        }
    }
}

/// An event with its place in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// Its number, counted from 1 without gaps.
    pub seq: u64,
    /// When it was decided, by the server's clock.
    pub at: Timestamp,
    /// What happened.
    pub event: Event,
}
