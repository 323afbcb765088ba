//! Setting the scene: which service the squad talks about, what a deployment is, what a failure is.
//!
//! The numbers of two checkpoints compare only when these three lines are the same, so they are printed on the summary.

use super::context::Actor;
use super::people::People;
use super::rejection::Rejection;
use super::text::ScopeText;
use serde::{Deserialize, Serialize};

/// A line of the scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    /// The primary service the answers are about.
    Service,
    /// What counts as a deployment.
    Deployment,
    /// What counts as a failure.
    Failure,
}

impl Line {
    /// All lines in the order they are printed.
    pub const ALL: [Self; 3] = [Self::Service, Self::Deployment, Self::Failure];

    /// The words before the line.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Service => "Service",
            Self::Deployment => "A deployment is",
            Self::Failure => "A failure is",
        }
    }
}

/// What the squad agreed to talk about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scope {
    /// The primary service.
    pub service: ScopeText,
    /// What counts as a deployment.
    pub deployment: ScopeText,
    /// What counts as a failure.
    pub failure: ScopeText,
}

/// What a facilitator asks of the scope.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    /// Write a line.
    Set {
        /// Which.
        line: Line,
        /// As typed.
        text: String,
    },
}

/// What happened to the scope.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// A line was written.
    Set {
        /// Which.
        line: Line,
        /// Its words.
        text: ScopeText,
    },
}

impl Scope {
    /// The words of a line.
    #[must_use]
    pub fn get(&self, line: Line) -> &ScopeText {
        match line {
            Line::Service => &self.service,
            Line::Deployment => &self.deployment,
            Line::Failure => &self.failure,
        }
    }

    fn get_mut(&mut self, line: Line) -> &mut ScopeText {
        match line {
            Line::Service => &mut self.service,
            Line::Deployment => &mut self.deployment,
            Line::Failure => &mut self.failure,
        }
    }

    /// What follows from a command about the scope.
    pub(super) fn decide(&self, people: &People, who: Actor, command: &Command) -> Result<Vec<Event>, Rejection> {
        people.facilitator(who)?;
        let Command::Set { line, text } = command;
        let text = ScopeText::parse(text)?;
        Ok(if *self.get(*line) == text {
            vec![]
        } else {
            vec![Event::Set { line: *line, text }]
        })
    }

    /// Takes in what happened.
    pub(super) fn apply(&mut self, event: &Event) {
        let Event::Set { line, text } = event;
        *self.get_mut(*line) = text.clone();
    }
}
