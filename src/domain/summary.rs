//! Publishing: the facilitator's title and foreword, and the revisions of the page.

use super::context::Actor;
use super::rejection::Rejection;
use super::text::{Foreword, Title};
use super::time::Timestamp;
use super::workshop::Workshop;
use serde::{Deserialize, Serialize};

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
            Self::Publish if workshop.agenda.started_at.is_none() => Err(Rejection::NotStarted),
            Self::Publish if workshop.published() && !summary.changed => Err(Rejection::NothingToPublish),
            Self::Publish if workshop.improvements.hidden() > 0 => Err(Rejection::StillHidden),
            Self::Publish => Ok(vec![Event::Published {
                revision: summary.revision + 1,
            }]),
        }
    }
}

impl Summary {
    /// Takes in what happened.
    pub(super) fn apply(&mut self, at: Timestamp, event: &Event) {
        match event {
            Event::Edited { title, foreword } => {
                self.title = title.clone();
                self.foreword = foreword.clone();
                self.changed = true;
            }
            Event::Published { revision } => {
                self.revision = *revision;
                self.published_at = Some(at);
                self.changed = false;
            }
        }
    }
}
