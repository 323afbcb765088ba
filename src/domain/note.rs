//! Notes that the facilitator adds to the timeline at any time.

use super::context::Actor;
use super::ids::{NoteId, ParticipantId};
use super::people::People;
use super::rejection::Rejection;
use super::text::NoteText;
use super::time::Timestamp;
use crate::domain::sorted::SortedMap;
use serde::{Deserialize, Serialize};

/// The most notes one checkpoint takes.
pub const MOST_NOTES: usize = 500;

/// A note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// What it says.
    pub text: NoteText,
    /// Who wrote it.
    pub by: ParticipantId,
    /// When.
    pub at: Timestamp,
}

/// All notes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Notes(pub SortedMap<NoteId, Note>);

/// What a facilitator asks of the notes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Write one.
    Add(String),
    /// Take one away.
    Remove(NoteId),
}

/// What happened to the notes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// One was written.
    Added {
        /// The note.
        note: NoteId,
        /// What it says.
        text: NoteText,
        /// Who wrote it.
        by: ParticipantId,
    },
    /// One was taken away.
    Removed(NoteId),
}

impl Notes {
    /// What follows from a command about notes; `fresh` has never named a note before.
    pub(super) fn decide(&self, fresh: NoteId, people: &People, who: Actor, command: &Command) -> Result<Vec<Event>, Rejection> {
        let by = people.facilitator(who)?;
        match command {
            Command::Add(_) if self.0.len() >= MOST_NOTES => Err(Rejection::TooManyNotes),
            Command::Add(text) => Ok(vec![Event::Added {
                note: fresh,
                text: NoteText::parse(text)?,
                by,
            }]),
            Command::Remove(note) if self.0.contains_key(note) => Ok(vec![Event::Removed(*note)]),
            Command::Remove(_) => Ok(vec![]),
        }
    }

    /// Takes in what happened.
    pub(super) fn apply(&mut self, at: Timestamp, event: &Event) {
        match event {
            Event::Added { note, text, by } => {
                self.0.insert(
                    *note,
                    Note {
                        text: text.clone(),
                        by: *by,
                        at,
                    },
                );
            }
            Event::Removed(note) => {
                self.0.remove(note);
            }
        }
    }
}
