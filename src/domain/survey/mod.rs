//! Capability surveys: private answers to statements, counted when the facilitator closes a survey.
//!
//! The one invariant: what a person answers is known to that person and to the server alone, and after closing to nobody;
//! [`Event::without_answer`] is what the store keeps. What is published is in [`Results`], and counts no statement that fewer than
//! [`ENOUGH`] people answered.

mod decide;
mod results;

pub use results::{Counted, ENOUGH, Results, order, points, score};

use super::facts::{Capability, CapabilityKey};
use super::ids::ParticipantId;
use super::maturity::Level;
use crate::domain::sorted::SortedMap;
use serde::{Deserialize, Serialize};

/// The most capabilities of one checkpoint.
pub const MOST_SURVEYS: usize = 6;

/// One of the five answers to a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Likert(u8);

impl Likert {
    /// All five, from "strongly disagree" to "strongly agree".
    pub const ALL: [Self; 5] = [Self(1), Self(2), Self(3), Self(4), Self(5)];

    /// The answer with this number, if it is one from 1 to 5.
    #[must_use]
    pub const fn new(number: u8) -> Option<Self> {
        if 1 <= number && number <= 5 { Some(Self(number)) } else { None }
    }

    /// The number, 1 to 5.
    #[must_use]
    pub const fn get(self) -> u8 {
        self.0
    }

    /// The words.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self.0 {
            1 => "Strongly disagree",
            2 => "Disagree",
            3 => "Neither agree nor disagree",
            4 => "Agree",
            _ => "Strongly agree",
        }
    }
}

/// A number that is none of the five answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an answer is a number from 1 to 5, not {0}")]
pub struct NotAnAnswer(pub u8);

impl TryFrom<u8> for Likert {
    type Error = NotAnAnswer;

    fn try_from(number: u8) -> Result<Self, Self::Error> {
        Self::new(number).ok_or(NotAnAnswer(number))
    }
}

impl From<Likert> for u8 {
    fn from(answer: Likert) -> Self {
        answer.0
    }
}

/// What one person has filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Whether all statements are answered.
    pub finished: bool,
    /// How many are, where this copy may know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub progress: Option<u32>,
    /// The answers by the place of their statement, where this copy may know.
    #[serde(default, skip_serializing_if = "SortedMap::is_empty")]
    pub marks: SortedMap<u32, Likert>,
}

/// One round of a survey.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// Who has answered at least one statement.
    pub sheets: SortedMap<ParticipantId, Sheet>,
    /// The count, once closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub results: Option<Results>,
}

/// The survey of one capability. Before it is opened it has no round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Survey {
    /// What is asked about, taken along when it was chosen.
    pub capability: Capability,
    /// The rounds so far.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rounds: Vec<Round>,
}

/// All surveys of a checkpoint, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Surveys {
    /// The surveys.
    pub list: Vec<Survey>,
    /// Whether a facilitator chose them; then no level proposes others.
    #[serde(default)]
    pub by_hand: bool,
    /// The level they were proposed for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposed_for: Option<Level>,
}

/// What people ask of the surveys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    /// Survey these, in this order.
    Choose(Vec<CapabilityKey>),
    /// Let people answer.
    Open {
        /// What is asked about.
        capability: CapabilityKey,
    },
    /// Answer a statement, or change the answer.
    Answer {
        /// What is asked about.
        capability: CapabilityKey,
        /// The round it is meant for, counted from 1.
        round: u32,
        /// The place of the statement, counted from 0.
        item: u32,
        /// The answer.
        answer: Likert,
    },
    /// Take no more answers and show the count to all.
    Close {
        /// What is asked about.
        capability: CapabilityKey,
        /// The round, counted from 1.
        round: u32,
    },
    /// Open the next round of a closed survey.
    OpenAgain {
        /// What is asked about.
        capability: CapabilityKey,
    },
}

/// An answer and what it answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// The place of the statement, counted from 0.
    pub item: u32,
    /// The answer.
    pub answer: Likert,
}

/// What happened to the surveys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// The level became known, another one, or unknown again: these are the ones to look at.
    Proposed {
        /// The level.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        level: Option<Level>,
        /// What it recommends.
        capabilities: Vec<Capability>,
    },
    /// A facilitator chose.
    Chosen(Vec<Capability>),
    /// A round takes answers.
    Opened {
        /// What is asked about.
        capability: CapabilityKey,
        /// The round, counted from 1.
        round: u32,
    },
    /// Somebody answered.
    Answered {
        /// What is asked about.
        capability: CapabilityKey,
        /// The round, counted from 1.
        round: u32,
        /// Who.
        person: ParticipantId,
        /// Whether the person has answered all statements now.
        finished: bool,
        /// How many statements the person has answered; told to the person alone.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        progress: Option<u32>,
        /// What; absent where the reader may not know.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        given: Option<Given>,
    },
    /// A round was closed and its count shown to all.
    Closed {
        /// What is asked about.
        capability: CapabilityKey,
        /// The round, counted from 1.
        round: u32,
        /// The count.
        results: Results,
    },
}

impl Event {
    /// The one person who may know the secret in it, where it holds one.
    #[must_use]
    pub fn secret_of(&self) -> Option<ParticipantId> {
        match self {
            Self::Answered {
                person, progress, given, ..
            } if progress.is_some() || given.is_some() => Some(*person),
            _ => None,
        }
    }

    /// The same event for everybody else: that somebody answered something.
    #[must_use]
    pub fn for_others(&self) -> Self {
        let mut event = self.without_answer();
        if let Self::Answered { progress, .. } = &mut event {
            *progress = None;
        }
        event
    }

    /// The same event as it is kept once the round is closed.
    #[must_use]
    pub fn without_answer(&self) -> Self {
        let mut event = self.clone();
        if let Self::Answered { given, .. } = &mut event {
            *given = None;
        }
        event
    }

    /// Whether this is an answer of that round, which closing scrubs from the log.
    #[must_use]
    pub fn belongs_to(&self, of: &CapabilityKey, of_round: u32) -> bool {
        matches!(self, Self::Answered { capability, round, .. } if capability == of && *round == of_round)
    }
}

impl Round {
    /// How many have answered every statement.
    #[must_use]
    pub fn finished(&self) -> usize {
        self.sheets.values().filter(|sheet| sheet.finished).count()
    }

    fn forget(&mut self) {
        self.sheets.values_mut().for_each(|sheet| sheet.marks.clear());
    }

    /// The round as this person may see it, or as everybody may.
    pub(super) fn redact(&mut self, viewer: Option<ParticipantId>) {
        let others = self.sheets.iter_mut().filter(|(person, _)| Some(**person) != viewer);
        for (_, sheet) in others {
            sheet.progress = None;
            sheet.marks.clear();
        }
    }
}

impl Survey {
    fn new(capability: Capability) -> Self {
        Self {
            capability,
            rounds: vec![],
        }
    }

    /// The round that takes answers and its number, counted from 1.
    #[must_use]
    pub fn open_round(&self) -> Option<(u32, &Round)> {
        let round = self.rounds.last().filter(|round| round.results.is_none())?;
        Some((u32::try_from(self.rounds.len()).unwrap_or(u32::MAX), round))
    }

    /// The count of the last round that was closed.
    #[must_use]
    pub fn results(&self) -> Option<&Results> {
        self.rounds.iter().rev().find_map(|round| round.results.as_ref())
    }

    /// The capability's score from 0 to 100, once every statement has enough answers.
    #[must_use]
    pub fn score(&self) -> Option<f64> {
        score(&self.capability.items, self.results()?)
    }

    /// Whether somebody has answered, so that it cannot be swapped for another one.
    #[must_use]
    pub fn begun(&self) -> bool {
        self.rounds.len() > 1 || self.rounds.iter().any(|round| round.results.is_some() || !round.sheets.is_empty())
    }

    fn round_mut(&mut self, number: u32) -> Option<&mut Round> {
        self.rounds.get_mut((number as usize).checked_sub(1)?)
    }
}

impl Surveys {
    /// The survey of a capability.
    #[must_use]
    pub fn get(&self, key: &CapabilityKey) -> Option<&Survey> {
        self.list.iter().find(|survey| survey.capability.key == *key)
    }

    /// The surveys that were closed at least once.
    pub fn surveyed(&self) -> impl Iterator<Item = &Survey> {
        self.list.iter().filter(|survey| survey.results().is_some())
    }

    /// Somebody lost the seat: what they put into an open survey goes with it.
    pub(super) fn drop_person(&mut self, person: ParticipantId) {
        let last = self.list.iter_mut().filter_map(|survey| survey.rounds.last_mut());
        for round in last.filter(|round| round.results.is_none()) {
            round.sheets.remove(&person);
        }
    }

    /// The page is published: what nobody has counted by now, nobody will.
    pub(super) fn forget_answers(&mut self) {
        self.list.iter_mut().flat_map(|survey| &mut survey.rounds).for_each(Round::forget);
    }

    /// The surveys as this person may see them, or as everybody may.
    pub(super) fn redact(&mut self, viewer: Option<ParticipantId>) {
        let rounds = self.list.iter_mut().flat_map(|survey| &mut survey.rounds);
        rounds.for_each(|round| round.redact(viewer));
    }

    /// These instead of what was listed, but for those that have to stay.
    fn replace(&mut self, capabilities: &[Capability], stays: impl Fn(&Survey) -> bool) {
        let mut before = std::mem::take(&mut self.list);
        for capability in capabilities {
            let known = before.iter().position(|survey| survey.capability.key == capability.key);
            self.list
                .push(known.map_or_else(|| Survey::new(capability.clone()), |place| before.remove(place)));
        }
        let stay: Vec<Survey> = before.into_iter().filter(stays).collect();
        self.list.splice(..0, stay);
    }

    /// Takes in what happened.
    pub(super) fn apply(&mut self, event: &Event) {
        let survey = |list: &mut Vec<Survey>, key: &CapabilityKey| list.iter().position(|one| one.capability.key == *key);
        match event {
            Event::Proposed { level, capabilities } => {
                self.proposed_for = *level;
                self.by_hand = false;
                // Nobody took these off: what people are reading stays.
                self.replace(capabilities, |survey| !survey.rounds.is_empty());
            }
            Event::Chosen(capabilities) => {
                self.by_hand = true;
                self.replace(capabilities, Survey::begun);
            }
            Event::Opened { capability, round } => {
                if let Some(place) = survey(&mut self.list, capability)
                    && self.list[place].rounds.len() < *round as usize
                {
                    self.list[place].rounds.push(Round::default());
                }
            }
            Event::Answered {
                capability,
                round,
                person,
                finished,
                progress,
                given,
            } => {
                if let Some(place) = survey(&mut self.list, capability)
                    && let Some(round) = self.list[place].round_mut(*round)
                {
                    let sheet = round.sheets.entry(*person).or_default();
                    sheet.finished = *finished;
                    sheet.progress = *progress;
                    sheet.marks.extend(given.map(|given| (given.item, given.answer)));
                }
            }
            Event::Closed {
                capability,
                round,
                results,
            } => {
                if let Some(place) = survey(&mut self.list, capability)
                    && let Some(round) = self.list[place].round_mut(*round)
                {
                    round.forget();
                    round.results = Some(results.clone());
                }
            }
        }
    }
}
