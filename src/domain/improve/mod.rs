//! Improvements: stickies about what hurts in the delivery flow and what would help, and the groups they are gathered in.
//!
//! A sticky is on a step or a connector, or free. Two things can be kept from the others: who wrote it (for good, when the squad
//! prefers that) and what it says (until all are shown at once). Whoever wrote one keeps the right to change it for as long as the
//! step is open.

mod decide;
mod items;
pub mod pinned;
mod what_if;

pub use self::items::Item;
pub use self::what_if::{Outlook, WhatIf, shortened, what_if};

use super::facts::CapabilityKey;
use super::flow::{Flow, Span};
use super::ids::{ElementId, GroupId, ParticipantId, StickyId};
use super::text::{GroupName, StickyText};
use crate::domain::sorted::SortedMap;
use serde::{Deserialize, Serialize};

/// The most stickies of one checkpoint.
pub const MOST_STICKIES: usize = 300;

/// What a sticky is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// What would help.
    #[default]
    Improvement,
    /// Where a deployment failed.
    FailedDeployment,
}

impl Kind {
    /// Both, in the order of their buttons.
    pub const ALL: [Self; 2] = [Self::Improvement, Self::FailedDeployment];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Improvement => "Improvement",
            Self::FailedDeployment => "Failed deployment",
        }
    }
}

/// Whether the others know who wrote a sticky; chosen when preparing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Authors {
    /// With the name.
    #[default]
    Shown,
    /// Nobody learns it.
    Anonymous,
}

impl Authors {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
    pub(super) fn are_shown(&self) -> bool {
        *self == Self::Shown
    }
}

/// What would take less time, and how much it would take then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shorter {
    /// A step's work, or the wait on a connector.
    pub what: ElementId,
    /// The time it would take.
    pub to: Span,
}

/// What a sticky says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// What it is about.
    pub kind: Kind,
    /// Its words.
    pub text: StickyText,
    /// The step or connector it is on; `None` for a free one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<ElementId>,
    /// What that was called when it was deleted; empty while it is there.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub was_on: String,
    /// What it would shorten.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shortens: Option<Shorter>,
    /// The capability it serves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serves: Option<CapabilityKey>,
    /// Whether it needs help from outside the squad.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub outside: bool,
}

/// A sticky.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sticky {
    /// Who wrote it, where this copy may know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<ParticipantId>,
    /// Nobody else learns who wrote it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub anonymous: bool,
    /// Nobody else knows yet what it says.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
    /// What it says, where this copy may know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
    /// The group it is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<GroupId>,
}

/// All stickies and groups.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Improvements {
    /// The stickies, oldest first.
    #[serde(default, skip_serializing_if = "SortedMap::is_empty")]
    pub stickies: SortedMap<StickyId, Sticky>,
    /// What the groups are called; also those that are empty, so that taking a group apart can be undone.
    #[serde(default, skip_serializing_if = "SortedMap::is_empty")]
    pub groups: SortedMap<GroupId, GroupName>,
    /// Everybody writes for themselves until all is shown at once.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub silent: bool,
}

/// A field of a sticky, with its new value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// What it is about.
    Kind(Kind),
    /// Its words.
    Text(StickyText),
    /// What it is on.
    On(Option<ElementId>),
    /// What it would shorten.
    Shortens(Option<Shorter>),
    /// The capability it serves.
    Serves(Option<CapabilityKey>),
    /// Whether it needs help from outside the squad.
    Outside(bool),
}

/// What people ask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    /// Stick a new one.
    Add {
        /// What it is about.
        kind: Kind,
        /// As typed.
        text: String,
        /// The step or connector it is on.
        on: Option<ElementId>,
    },
    /// Change one field.
    Change(StickyId, Change),
    /// Take it away.
    Remove(StickyId),
    /// Let everybody write for themselves.
    Hush,
    /// Show to all what was written meanwhile.
    Show,
    /// Gather these in a new group.
    Group {
        /// Which; those of another group leave it.
        stickies: Vec<StickyId>,
        /// As typed; may be empty.
        name: String,
    },
    /// Put these into groups that were there before, or into none.
    Place(Vec<(StickyId, Option<GroupId>)>),
    /// Call a group something else.
    NameGroup {
        /// Which.
        group: GroupId,
        /// As typed; may be empty.
        name: String,
    },
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// There is a new sticky.
    Added {
        /// Which.
        sticky: StickyId,
        /// Who wrote it; absent where the reader may not know.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<ParticipantId>,
        /// Nobody else learns who wrote it.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        anonymous: bool,
        /// Nobody else knows yet what it says.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        hidden: bool,
        /// What it says; absent where the reader may not know.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<Note>,
    },
    /// One field has changed.
    Changed {
        /// Which sticky.
        sticky: StickyId,
        /// Who wrote it; said while it is hidden, to that person only.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        of: Option<ParticipantId>,
        /// The new value; absent where the reader may not know.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        change: Option<Change>,
    },
    /// It was taken away.
    Removed(StickyId),
    /// Everybody writes for themselves.
    Hushed,
    /// What was hidden is shown.
    Shown(SortedMap<StickyId, Note>),
    /// Stickies were gathered in a new group.
    Grouped {
        /// The group.
        group: GroupId,
        /// What it is called.
        name: GroupName,
        /// What is in it.
        stickies: Vec<StickyId>,
    },
    /// Stickies are in other groups, or in none.
    Placed(Vec<(StickyId, Option<GroupId>)>),
    /// A group is called something else.
    GroupNamed {
        /// Which.
        group: GroupId,
        /// What it is called.
        name: GroupName,
    },
    /// The step is over: nobody knows any more who wrote the anonymous ones.
    AuthorsForgotten,
}

impl Event {
    /// The one person who may know the secret in it, where it holds one.
    #[must_use]
    pub fn secret_of(&self) -> Option<ParticipantId> {
        match self {
            Self::Added { by, anonymous, hidden, .. } if *anonymous || *hidden => *by,
            Self::Changed { of, .. } => *of,
            _ => None,
        }
    }

    /// The same event for the others, and as it is kept once its secret is over: what was hidden is in [`Event::Shown`] by then.
    #[must_use]
    pub fn for_others(&self) -> Self {
        let mut event = self.clone();
        match &mut event {
            Self::Added {
                by,
                anonymous,
                hidden,
                note,
                ..
            } => {
                *by = by.filter(|_| !*anonymous);
                *note = note.take().filter(|_| !*hidden);
            }
            Self::Changed { of, change, .. } => {
                *change = change.take().filter(|_| of.is_none());
                *of = None;
            }
            _ => {}
        }
        event
    }
}

impl Sticky {
    /// Whether this person wrote it, as far as this copy knows.
    #[must_use]
    pub fn is_of(&self, person: ParticipantId) -> bool {
        self.by == Some(person)
    }

    /// The sticky as this person may see it, or as everybody may.
    fn seen_by(&self, viewer: Option<ParticipantId>) -> Self {
        let mut seen = self.clone();
        if self.by.is_none() || self.by != viewer {
            if self.anonymous {
                seen.by = None;
            }
            if self.hidden {
                seen.note = None;
            }
        }
        seen
    }
}

impl Note {
    fn take_in(&mut self, change: &Change) {
        match change {
            Change::Kind(kind) => self.kind = *kind,
            Change::Text(text) => self.text = text.clone(),
            Change::On(on) => {
                self.on = *on;
                self.was_on.clear();
            }
            Change::Shortens(shortens) => self.shortens = *shortens,
            Change::Serves(serves) => self.serves.clone_from(serves),
            Change::Outside(outside) => self.outside = *outside,
        }
    }
}

impl Improvements {
    /// Whether nobody has written anything and nobody is asked to be silent.
    #[must_use]
    pub fn is_untouched(&self) -> bool {
        *self == Self::default()
    }

    /// How many are hidden.
    #[must_use]
    pub fn hidden(&self) -> usize {
        self.stickies.values().filter(|sticky| sticky.hidden).count()
    }

    /// Whether the server still knows who wrote an anonymous one.
    pub(super) fn knows_an_author(&self) -> bool {
        self.stickies.values().any(|sticky| sticky.anonymous && sticky.by.is_some())
    }

    /// What a sticky says, where this copy may know.
    #[must_use]
    pub fn note(&self, sticky: StickyId) -> Option<&Note> {
        self.stickies.get(&sticky).and_then(|sticky| sticky.note.as_ref())
    }

    /// Where a sticky is, in words.
    #[must_use]
    pub fn place(note: &Note, flow: &Flow) -> String {
        match note.on.map(|on| flow.called(on)) {
            Some(Some(name)) => format!("On {name}"),
            Some(None) if note.was_on.is_empty() => "What it was on has been deleted".to_owned(),
            Some(None) => format!("Was on {}, which has been deleted", note.was_on),
            None => "Free, not on a step".to_owned(),
        }
    }

    /// What a sticky would save, in words; `None` where it says nothing about time.
    #[must_use]
    pub fn saving(note: &Note, flow: &Flow) -> Option<String> {
        let shorter = note.shortens?;
        let name = flow.called(shorter.what)?;
        let step = flow.steps.get(&shorter.what).and_then(|step| step.work);
        let now = step.or_else(|| flow.connectors.get(&shorter.what)?.wait);
        let now = now.map_or_else(|| "no time yet".to_owned(), Span::words);
        let then = format!("{now} would be {}", shorter.to.words());
        // What it is on is said already.
        Some(if note.on == Some(shorter.what) {
            then
        } else {
            format!("{name}: {then}")
        })
    }

    /// The state as this person may see it, or as everybody may.
    pub(super) fn hide_from_all_but(&mut self, viewer: Option<ParticipantId>) {
        for sticky in self.stickies.values_mut() {
            *sticky = sticky.seen_by(viewer);
        }
    }

    /// Something of the flow is about to be deleted: what is on it remembers what it was called.
    pub(super) fn remember(&mut self, flow: &Flow) {
        for note in self.stickies.values_mut().filter_map(|sticky| sticky.note.as_mut()) {
            if let Some(name) = note.on.and_then(|on| flow.called(on)) {
                note.was_on = name;
            }
        }
    }

    /// The flow has changed: what is on something that is there, or there again, needs no name for it.
    pub(super) fn find_again(&mut self, flow: &Flow) {
        for note in self.stickies.values_mut().filter_map(|sticky| sticky.note.as_mut()) {
            if note.on.is_some_and(|on| flow.called(on).is_some()) {
                note.was_on.clear();
            }
        }
    }

    /// Takes in what happened.
    pub(super) fn apply(&mut self, event: &Event) {
        match event {
            Event::Added {
                sticky,
                by,
                anonymous,
                hidden,
                note,
            } => {
                let new = Sticky {
                    by: *by,
                    anonymous: *anonymous,
                    hidden: *hidden,
                    note: note.clone(),
                    group: None,
                };
                self.stickies.insert(*sticky, new);
            }
            Event::Changed { sticky, change, .. } => {
                let note = self.stickies.get_mut(sticky).and_then(|sticky| sticky.note.as_mut());
                if let (Some(note), Some(change)) = (note, change) {
                    note.take_in(change);
                }
            }
            Event::Removed(sticky) => drop(self.stickies.remove(sticky)),
            Event::Hushed => self.silent = true,
            Event::Shown(notes) => {
                self.silent = false;
                for (id, note) in notes {
                    if let Some(sticky) = self.stickies.get_mut(id) {
                        sticky.hidden = false;
                        sticky.note = Some(note.clone());
                    }
                }
            }
            Event::Grouped { group, name, stickies } => {
                self.groups.insert(*group, name.clone());
                self.regroup(stickies.iter().map(|sticky| (*sticky, Some(*group))));
            }
            Event::Placed(places) => self.regroup(places.iter().copied()),
            Event::GroupNamed { group, name } => drop(self.groups.insert(*group, name.clone())),
            Event::AuthorsForgotten => {
                for sticky in self.stickies.values_mut().filter(|sticky| sticky.anonymous) {
                    sticky.by = None;
                }
            }
        }
    }

    fn regroup(&mut self, places: impl Iterator<Item = (StickyId, Option<GroupId>)>) {
        for (id, group) in places {
            if let Some(sticky) = self.stickies.get_mut(&id) {
                sticky.group = group;
            }
        }
    }
}

#[cfg(test)]
mod tests;
