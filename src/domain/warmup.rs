//! The warm-up in Welcome: one harmless question, so that trouble with a device shows before the first vote.
//!
//! It works as the votes do: who has answered is seen by all, what they answered by nobody until the count is shown, and by
//! nobody after that either. Nothing of it is printed.

use super::context::Actor;
use super::ids::ParticipantId;
use super::rejection::Rejection;
use super::workshop::Workshop;
use crate::domain::sorted::SortedMap;
use serde::{Deserialize, Serialize};

/// The question.
pub const QUESTION: &str = "How was your way here today?";

/// The answers.
pub const OPTIONS: [&str; 4] = ["A few steps", "On foot or by bike", "By bus or train", "By car"];

/// The state.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WarmUp {
    /// Who has answered; and what, where this copy may know.
    pub given: SortedMap<ParticipantId, Option<u8>>,
    /// How often each answer was given, once shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts: Option<[u32; OPTIONS.len()]>,
}

/// What people ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Answer with the option of this place, counted from 0.
    Answer(u8),
    /// Show the count to all.
    Show,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// Somebody answered.
    Answered {
        /// Who.
        by: ParticipantId,
        /// What; absent where the reader may not know.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        option: Option<u8>,
    },
    /// The count was shown to all.
    Shown([u32; OPTIONS.len()]),
}

impl Event {
    /// The one person who may know the secret in it, where it holds one.
    #[must_use]
    pub fn secret_of(self) -> Option<ParticipantId> {
        match self {
            Self::Answered { by, option: Some(_) } => Some(by),
            _ => None,
        }
    }

    /// The same event without its secret.
    #[must_use]
    pub fn without_answer(self) -> Self {
        match self {
            Self::Answered { by, .. } => Self::Answered { by, option: None },
            shown @ Self::Shown(_) => shown,
        }
    }
}

impl Command {
    /// What follows from it.
    pub(super) fn decide(self, workshop: &Workshop, who: Actor) -> Result<Vec<Event>, Rejection> {
        let me = workshop.people.seated(who)?;
        let warm_up = &workshop.warm_up;
        match self {
            Self::Answer(_) if warm_up.counts.is_some() || workshop.published() => Err(Rejection::WarmUpOver),
            Self::Answer(option) if usize::from(option) >= OPTIONS.len() => Err(Rejection::NoSuchOption),
            Self::Answer(option) if warm_up.given.get(&me) == Some(&Some(option)) => Ok(vec![]),
            Self::Answer(option) => Ok(vec![Event::Answered {
                by: me,
                option: Some(option),
            }]),
            Self::Show => {
                workshop.people.facilitator(who)?;
                if warm_up.counts.is_some() {
                    return Ok(vec![]);
                }
                if warm_up.given.is_empty() || workshop.published() {
                    return Err(Rejection::NothingToReveal);
                }
                Ok(vec![Event::Shown(warm_up.count())])
            }
        }
    }
}

impl WarmUp {
    /// Whether nobody has answered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.given.is_empty() && self.counts.is_none()
    }

    fn count(&self) -> [u32; OPTIONS.len()] {
        let mut counts = [0; OPTIONS.len()];
        for option in self.given.values().flatten() {
            if let Some(count) = counts.get_mut(usize::from(*option)) {
                *count += 1;
            }
        }
        counts
    }

    /// The warm-up as this person may see it, or as everybody may.
    pub(super) fn hide_from_all_but(&mut self, viewer: Option<ParticipantId>) {
        let others = self.given.iter_mut().filter(|(by, _)| Some(**by) != viewer);
        others.for_each(|(_, option)| *option = None);
    }

    /// Somebody lost the seat: an answer that is not counted yet goes with it.
    pub(super) fn drop_person(&mut self, person: ParticipantId) {
        if self.counts.is_none() {
            self.given.remove(&person);
        }
    }

    /// What nobody has counted by now, nobody will.
    pub(super) fn forget(&mut self) {
        self.given.values_mut().for_each(|option| *option = None);
    }

    /// Takes in what happened.
    pub(super) fn apply(&mut self, event: Event) {
        match event {
            Event::Answered { by, option } => {
                self.given.insert(by, option);
            }
            Event::Shown(counts) => {
                self.forget();
                self.counts = Some(counts);
            }
        }
    }
}
