//! Everything a person can ask for. Each part of the model owns its commands; this enum only delegates.

use super::{actions, agenda, dots, flow, focus, improve, note, people, plan, scene, since, summary, survey, vote, warmup};
use serde::{Deserialize, Serialize};

/// A command, before anybody has decided about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Seats, roles, the door.
    People(people::Command),
    /// Steps and the clock.
    Agenda(agenda::Command),
    /// Preparing: the agenda's steps, options, texts, the day.
    Plan(plan::Command),
    /// Service, deployment, failure.
    Scene(scene::Command),
    /// The warm-up in Welcome.
    WarmUp(warmup::Command),
    /// Last time's actions.
    Since(since::Command),
    /// A live vote.
    Vote(vote::Command),
    /// Capability surveys.
    Survey(survey::Command),
    /// The capability to work on first, and the notes of its board.
    Focus(focus::Command),
    /// The delivery flow.
    Flow(flow::Command),
    /// Stickies and their groups.
    Improve(improve::Command),
    /// The dot vote.
    Dots(dots::Command),
    /// What the squad does about it.
    Actions(actions::Command),
    /// Notes of the timeline.
    Note(note::Command),
    /// Title, foreword, publishing.
    Summary(summary::Command),
}
