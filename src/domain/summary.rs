//! Publishing: the facilitator's title and foreword, what the squad leaves out, and the revisions of the page.

use super::context::Actor;
use super::ids::{ActionId, NoteId, StepId, StickyId};
use super::page::choices;
use super::rejection::Rejection;
use super::text::{Foreword, Title};
use super::time::Timestamp;
use super::workshop::Workshop;
use crate::domain::sorted::SortedSet;
use serde::{Deserialize, Serialize};

/// A section of the page that the squad may leave out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// What the squad talked about.
    Scope,
    /// Where the answers were far apart.
    Dissent,
    /// The capabilities, recommended and surveyed, and the focus.
    Capabilities,
    /// The delivery flow.
    Flow,
    /// The improvements.
    Improvements,
    /// What the squad decided to do.
    Actions,
    /// What it decided before.
    Since,
    /// How it went.
    Timeline,
}

impl Section {
    /// Its heading.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Scope => "Scope",
            Self::Dissent => "Where you differed",
            Self::Capabilities => "Capabilities",
            Self::Flow => "Delivery flow",
            Self::Improvements => "Improvements",
            Self::Actions => "Actions",
            Self::Since => "Since last time",
            Self::Timeline => "How it went",
        }
    }
}

/// A part of the page that the squad may leave out: a section, or one thing of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// A whole section.
    Section(Section),
    /// What was noted with the answer agreed in this step.
    Reason(StepId),
    /// Why the squad works on its focus first.
    FocusReason,
    /// A note under a capability.
    CapabilityNote(NoteId),
    /// A sticky, and with it whatever it is grouped with.
    Improvement(StickyId),
    /// An action that the squad decided on.
    Action(ActionId),
    /// An action of an earlier checkpoint.
    Earlier(ActionId),
    /// A line of the timeline, by the event it comes from.
    Moment(u64),
}

/// What the facilitator says of the page, and how often it was published.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// A title of the squad's own; empty means the page names squad and date.
    pub title: Title,
    /// A few words before everything else.
    pub foreword: Foreword,
    /// How many revisions were published.
    pub revision: u32,
    /// When the last one was.
    pub published_at: Option<Timestamp>,
    /// Whether something printed on the page has changed since.
    pub changed: bool,
    /// What is not printed.
    #[serde(default, skip_serializing_if = "SortedSet::is_empty")]
    pub left_out: SortedSet<Part>,
    /// Whether the page says how many were there instead of who.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub only_numbers: bool,
}

/// What a facilitator asks of the summary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    /// Write title and foreword.
    Edit {
        /// As typed.
        title: String,
        /// As typed.
        foreword: String,
    },
    /// Keep a part off the page.
    LeaveOut(Part),
    /// Print a part again.
    PutBack(Part),
    /// Say how many were there instead of who, or name them again.
    OnlyNumbers(bool),
    /// Fix the page as the next revision.
    Publish,
}

/// What happened to the summary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// Title and foreword were written.
    Edited {
        /// The title.
        title: Title,
        /// The foreword.
        foreword: Foreword,
    },
    /// A part is kept off the page.
    LeftOut(Part),
    /// A part is printed again.
    PutBack(Part),
    /// The page says how many were there instead of who, or names them again.
    NumbersOnly(bool),
    /// The page was fixed as this revision.
    Published {
        /// Counted from 1.
        revision: u32,
    },
}

impl Command {
    /// What follows from it.
    pub(super) fn decide(&self, workshop: &Workshop, who: Actor) -> Result<Vec<Event>, Rejection> {
        workshop.people.facilitator(who)?;
        let summary = &workshop.summary;
        match self {
            Self::Edit { title, foreword } => {
                let (title, foreword) = (Title::parse(title)?, Foreword::parse(foreword)?);
                let same = summary.title == title && summary.foreword == foreword;
                Ok(if same { vec![] } else { vec![Event::Edited { title, foreword }] })
            }
            Self::LeaveOut(part) if !choices::is_there(workshop, *part) => Err(Rejection::NotOnThePage),
            Self::LeaveOut(part) => {
                let all = whole(*part, workshop).into_iter();
                Ok(all.filter(|part| summary.prints(*part)).map(Event::LeftOut).collect())
            }
            Self::PutBack(part) => {
                let all = whole(*part, workshop).into_iter();
                Ok(all.filter(|part| !summary.prints(*part)).map(Event::PutBack).collect())
            }
            Self::OnlyNumbers(wanted) if summary.only_numbers == *wanted => Ok(vec![]),
            Self::OnlyNumbers(wanted) => Ok(vec![Event::NumbersOnly(*wanted)]),
            Self::Publish if workshop.agenda.started_at.is_none() => Err(Rejection::NotStarted),
            Self::Publish if workshop.published() && !summary.changed => Err(Rejection::NothingToPublish),
            Self::Publish if workshop.improvements.hidden() > 0 => Err(Rejection::StillHidden),
            Self::Publish => Ok(vec![Event::Published {
                revision: summary.revision + 1,
            }]),
        }
    }
}

/// A sticky goes with all it is grouped with; everything else stands for itself.
fn whole(part: Part, workshop: &Workshop) -> Vec<Part> {
    match part {
        Part::Improvement(sticky) => {
            let board = &workshop.improvements;
            board
                .stickies_of(board.item_of(sticky))
                .into_iter()
                .map(Part::Improvement)
                .collect()
        }
        part => vec![part],
    }
}

impl Summary {
    /// Whether a part is printed, as far as it is there.
    #[must_use]
    pub fn prints(&self, part: Part) -> bool {
        !self.left_out.contains(&part)
    }

    /// Takes in what happened.
    pub(super) fn apply(&mut self, at: Timestamp, event: &Event) {
        match event {
            Event::Edited { title, foreword } => {
                self.title = title.clone();
                self.foreword = foreword.clone();
                self.changed = true;
            }
            Event::LeftOut(part) => self.changed |= self.left_out.insert(*part),
            Event::PutBack(part) => self.changed |= self.left_out.remove(part),
            Event::NumbersOnly(wanted) => {
                self.changed |= self.only_numbers != *wanted;
                self.only_numbers = *wanted;
            }
            Event::Published { revision } => {
                self.revision = *revision;
                self.published_at = Some(at);
                self.changed = false;
            }
        }
    }
}
