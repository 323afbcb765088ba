//! Capability focus: which surveyed capability the squad works on first, and the notes under each of them.
//!
//! The ranking only suggests: what counts is what the facilitator records.

use super::context::Actor;
use super::facts::CapabilityKey;
use super::ids::{NoteId, ParticipantId};
use super::note::MOST_NOTES;
use super::people::Role;
use super::rejection::Rejection;
use super::text::{ShortNote, Why};
use super::workshop::Workshop;
use crate::domain::sorted::{SortedMap, sort_by};
use serde::{Deserialize, Serialize};

/// The rule of the ranking, for the screen.
pub const RULE: &str = "The lowest score comes first; between equal scores, the one that is further below the mean of your level.";

/// A note under a capability.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardNote {
    /// Under which.
    pub capability: CapabilityKey,
    /// What it says.
    pub text: ShortNote,
    /// Who wrote it.
    pub by: ParticipantId,
}

/// What the squad works on first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    /// The capability.
    pub capability: CapabilityKey,
    /// Why, if somebody said.
    pub why: Why,
}

/// The board.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Focus {
    /// The focus, once recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chosen: Option<Chosen>,
    /// The notes, oldest first.
    #[serde(default, skip_serializing_if = "SortedMap::is_empty")]
    pub notes: SortedMap<NoteId, BoardNote>,
}

/// What people ask of the board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    /// Record the focus.
    Set {
        /// The capability.
        capability: CapabilityKey,
        /// Why, if somebody said.
        why: String,
    },
    /// Take it back.
    Undo,
    /// Write a note.
    AddNote {
        /// Under which.
        capability: CapabilityKey,
        /// What it says.
        text: String,
    },
    /// Write a note anew.
    EditNote {
        /// Which.
        note: NoteId,
        /// What it says now.
        text: String,
    },
    /// Take a note away.
    RemoveNote(NoteId),
}

/// What happened on the board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// The focus was recorded.
    Set {
        /// The capability.
        capability: CapabilityKey,
        /// Why, if somebody said.
        why: Why,
    },
    /// It was taken back.
    Undone,
    /// A note was written.
    NoteAdded {
        /// Which.
        note: NoteId,
        /// Under which.
        capability: CapabilityKey,
        /// What it says.
        text: ShortNote,
        /// Who wrote it.
        by: ParticipantId,
    },
    /// A note was written anew.
    NoteEdited {
        /// Which.
        note: NoteId,
        /// What it says now.
        text: ShortNote,
    },
    /// A note was taken away.
    NoteRemoved(NoteId),
}

impl Command {
    /// What follows from it; `fresh` has never named a note before.
    pub(super) fn decide(&self, fresh: NoteId, workshop: &Workshop, who: Actor) -> Result<Vec<Event>, Rejection> {
        let me = workshop.people.seated(who)?;
        if matches!(self, Self::Set { .. } | Self::Undo) {
            workshop.people.facilitator(who)?;
        }
        if workshop.published() {
            return Err(Rejection::Published);
        }
        let focus = &workshop.focus;
        match self {
            Self::Set { capability, why } => {
                let surveyed = workshop.surveys.surveyed().any(|survey| survey.capability.key == *capability);
                if !surveyed {
                    return Err(Rejection::NotSurveyed);
                }
                let why = Why::parse(why)?;
                let same = focus.chosen.as_ref().is_some_and(|c| c.capability == *capability && c.why == why);
                let capability = capability.clone();
                Ok(if same { vec![] } else { vec![Event::Set { capability, why }] })
            }
            Self::Undo => Ok(if focus.chosen.is_some() { vec![Event::Undone] } else { vec![] }),
            Self::AddNote { capability, text } => {
                workshop.surveys.get(capability).ok_or(Rejection::NoSuchCapability)?;
                if focus.notes.len() >= MOST_NOTES {
                    return Err(Rejection::TooManyNotes);
                }
                Ok(vec![Event::NoteAdded {
                    note: fresh,
                    capability: capability.clone(),
                    text: ShortNote::parse(text)?,
                    by: me,
                }])
            }
            Self::EditNote { note, text } => {
                let written = mine(workshop, me, *note)?.ok_or(Rejection::NoSuchNote)?;
                let text = ShortNote::parse(text)?;
                Ok(if written.text == text {
                    vec![]
                } else {
                    vec![Event::NoteEdited { note: *note, text }]
                })
            }
            Self::RemoveNote(note) => Ok(mine(workshop, me, *note)?.map(|_| Event::NoteRemoved(*note)).into_iter().collect()),
        }
    }
}

/// The note, if it is there, for its writer or a facilitator.
fn mine(workshop: &Workshop, me: ParticipantId, note: NoteId) -> Result<Option<&BoardNote>, Rejection> {
    let leads = workshop.people.get(me).is_some_and(|p| p.role == Role::Facilitator);
    match workshop.focus.notes.get(&note) {
        Some(found) if found.by != me && !leads => Err(Rejection::NotYourNote),
        found => Ok(found),
    }
}

impl Focus {
    /// The notes under a capability, oldest first.
    pub fn under(&self, capability: &CapabilityKey) -> impl Iterator<Item = (NoteId, &BoardNote)> {
        let of_it = |(_, note): &(&NoteId, &BoardNote)| note.capability == *capability;
        self.notes.iter().filter(of_it).map(|(id, note)| (*id, note))
    }

    /// Takes in what happened.
    pub(super) fn apply(&mut self, event: &Event) {
        match event {
            Event::Set { capability, why } => {
                self.chosen = Some(Chosen {
                    capability: capability.clone(),
                    why: why.clone(),
                });
            }
            Event::Undone => self.chosen = None,
            Event::NoteAdded {
                note,
                capability,
                text,
                by,
            } => {
                let written = BoardNote {
                    capability: capability.clone(),
                    text: text.clone(),
                    by: *by,
                };
                self.notes.insert(*note, written);
            }
            Event::NoteEdited { note, text } => {
                if let Some(note) = self.notes.get_mut(note) {
                    note.text = text.clone();
                }
            }
            Event::NoteRemoved(note) => {
                self.notes.remove(note);
            }
        }
    }
}

/// One capability in the order of the rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    /// Which.
    pub capability: CapabilityKey,
    /// Its score from 0 to 100; `None` where too few answered.
    pub score: Option<f64>,
}

/// The surveyed capabilities by [`RULE`]; those without a score last. The first one with a score is the suggested focus.
#[must_use]
pub fn ranking(workshop: &Workshop) -> Vec<Ranked> {
    let level = workshop.level();
    // In thousandths, so that a rounding of the machine's does not break a tie.
    let thousandths = |figure: f64| (figure * 1000.0).round();
    let mut all: Vec<(Ranked, f64)> = workshop
        .surveys
        .surveyed()
        .map(|survey| {
            let score = survey.score().map(thousandths);
            // Without a mean of the level, the mean of all stands in; without any, there is no gap.
            let mean = survey.capability.mean_of(level).or(survey.capability.mean);
            let gap = score.zip(mean).map_or(0.0, |(score, mean)| score - 1000.0 * f64::from(mean));
            let ranked = Ranked {
                capability: survey.capability.key.clone(),
                score: survey.score(),
            };
            (ranked, gap)
        })
        .collect();
    sort_by(&mut all, |(a, gap_a), (b, gap_b)| match (a.score, b.score) {
        (Some(one), Some(two)) => thousandths(one).total_cmp(&thousandths(two)).then(gap_a.total_cmp(gap_b)),
        (one, two) => two.is_some().cmp(&one.is_some()),
    });
    all.into_iter().map(|(ranked, _)| ranked).collect()
}

/// What the rule suggests, once a capability has a score.
#[must_use]
pub fn suggested(workshop: &Workshop) -> Option<CapabilityKey> {
    ranking(workshop).into_iter().find(|r| r.score.is_some()).map(|r| r.capability)
}
