//! A live vote: secret rounds, the reveal, and the answer the squad agrees on.
//!
//! The one invariant: until a round is revealed, what a person answered is known to that person and to the server alone.
//! After the reveal of an anonymous round it is known to nobody: [`Event::without_answer`] is what the store keeps.

mod decide;
mod tally;

pub use tally::{Reading, Tally};

use super::ids::{ParticipantId, StepId};
use super::improve::Authors;
use super::metric::{Code, Metric};
use super::text::Why;
use crate::domain::sorted::SortedMap;
use serde::{Deserialize, Serialize};

/// The most hands a facilitator can enter for one answer.
pub const MOST_HANDS: u32 = 200;

/// The most rounds of one vote.
pub const MOST_ROUNDS: usize = 20;

/// How ballots are kept after the reveal; chosen when preparing, shown to all before they vote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Secrecy {
    /// Counts without names.
    #[default]
    Anonymous,
    /// Names beside the answers after the reveal.
    Open,
}

/// The choices about voting that are made when preparing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// Anonymous or open ballots.
    pub secrecy: Secrecy,
    /// Whether facilitators vote too.
    pub facilitator_votes: bool,
    /// Whether a round is revealed by itself when all have voted.
    pub auto_reveal: bool,
    /// Whether the others know who wrote a sticky.
    #[serde(default, skip_serializing_if = "Authors::are_shown")]
    pub authors: Authors,
    /// How many dots each person has; `None` for as many as are suggested.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dots: Option<u32>,
}

/// One person's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// One of the six.
    Code(Code),
    /// Cannot say.
    NotSure,
}

/// How a person knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// From figures.
    Measured,
    /// From memory.
    Remember,
    /// By guess.
    Guess,
}

impl Confidence {
    /// All of them, surest first.
    pub const ALL: [Self; 3] = [Self::Measured, Self::Remember, Self::Guess];

    /// The word on the button.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Measured => "Measured",
            Self::Remember => "I remember",
            Self::Guess => "A guess",
        }
    }
}

/// What one person put in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ballot {
    /// The answer.
    pub answer: Answer,
    /// How the person knows, where said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
}

/// Raised hands of people without a device.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hands {
    /// Hands for each of the six codes, worst to best.
    pub counts: [u32; 6],
    /// Hands for "not sure".
    pub not_sure: u32,
}

impl Hands {
    /// How many hands in all.
    #[must_use]
    pub fn total(&self) -> u32 {
        self.counts.iter().sum::<u32>() + self.not_sure
    }
}

/// One round of a vote.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// Who has answered; and what, where this copy may know.
    pub ballots: SortedMap<ParticipantId, Option<Ballot>>,
    /// How many hands were entered.
    pub hands_total: u32,
    /// The hands, where this copy may know, and who entered them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hands: Option<(ParticipantId, Option<Hands>)>,
    /// The count, once revealed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tally: Option<Tally>,
}

/// The answer the squad agreed on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreed {
    /// The answer.
    pub answer: Code,
    /// Why, if somebody said.
    pub why: Why,
}

/// The state of one vote. There is always at least one round, the last one is the round at hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vote {
    /// What is asked.
    pub metric: Metric,
    /// The rounds so far.
    pub rounds: Vec<Round>,
    /// The agreed answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed: Option<Agreed>,
    /// The answer of the last checkpoint; told with the first reveal, not before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_time: Option<Code>,
}

/// What people ask of a vote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    /// Put in one's ballot, or change it.
    Cast {
        /// The step of the vote.
        step: StepId,
        /// The round it is meant for, counted from 1.
        round: u32,
        /// The ballot.
        ballot: Ballot,
    },
    /// Take one's ballot back.
    Withdraw {
        /// The step of the vote.
        step: StepId,
        /// The round, counted from 1.
        round: u32,
    },
    /// Enter the hands of people in the room without a device.
    RaiseHands {
        /// The step of the vote.
        step: StepId,
        /// The round, counted from 1.
        round: u32,
        /// The hands.
        hands: Hands,
    },
    /// Show the round's count to all.
    Reveal {
        /// The step of the vote.
        step: StepId,
        /// The round, counted from 1.
        round: u32,
    },
    /// Open the next round.
    VoteAgain {
        /// The step of the vote.
        step: StepId,
    },
    /// Record the squad's answer.
    Agree {
        /// The step of the vote.
        step: StepId,
        /// The answer.
        answer: Code,
        /// Why, if somebody said.
        why: String,
    },
    /// Take the agreement back.
    UndoAgreement {
        /// The step of the vote.
        step: StepId,
    },
}

/// What happened in a vote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// Somebody answered.
    Cast {
        /// The step of the vote.
        step: StepId,
        /// The round, counted from 1.
        round: u32,
        /// Who.
        voter: ParticipantId,
        /// What; absent where the reader may not know.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ballot: Option<Ballot>,
    },
    /// Somebody took the answer back.
    Withdrawn {
        /// The step of the vote.
        step: StepId,
        /// The round, counted from 1.
        round: u32,
        /// Who.
        voter: ParticipantId,
    },
    /// Hands were entered, instead of those entered before.
    HandsRaised {
        /// The step of the vote.
        step: StepId,
        /// The round, counted from 1.
        round: u32,
        /// The facilitator who entered them.
        by: ParticipantId,
        /// How many.
        total: u32,
        /// For what; absent where the reader may not know.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        hands: Option<Hands>,
    },
    /// The round's count was shown to all.
    Revealed {
        /// The step of the vote.
        step: StepId,
        /// The round, counted from 1.
        round: u32,
        /// The count.
        tally: Tally,
        /// The answer of the last checkpoint, where there was one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        last_time: Option<Code>,
    },
    /// The next round was opened.
    RoundOpened {
        /// The step of the vote.
        step: StepId,
        /// The new round, counted from 1.
        round: u32,
    },
    /// The squad's answer was recorded.
    Agreed {
        /// The step of the vote.
        step: StepId,
        /// The answer.
        answer: Code,
        /// Why, if somebody said.
        why: Why,
    },
    /// The agreement was taken back.
    AgreementUndone {
        /// The step of the vote.
        step: StepId,
    },
}

impl Event {
    /// The vote it belongs to.
    #[must_use]
    pub fn step(&self) -> StepId {
        match self {
            Self::Cast { step, .. }
            | Self::Withdrawn { step, .. }
            | Self::HandsRaised { step, .. }
            | Self::Revealed { step, .. }
            | Self::RoundOpened { step, .. }
            | Self::Agreed { step, .. }
            | Self::AgreementUndone { step } => *step,
        }
    }

    /// The one person who may know the secret in it, where it holds one.
    #[must_use]
    pub fn secret_of(&self) -> Option<ParticipantId> {
        match self {
            Self::Cast {
                voter, ballot: Some(_), ..
            } => Some(*voter),
            Self::HandsRaised { by, hands: Some(_), .. } => Some(*by),
            _ => None,
        }
    }

    /// The same event without its secret: that somebody answered, not what.
    #[must_use]
    pub fn without_answer(&self) -> Self {
        let mut event = self.clone();
        match &mut event {
            Self::Cast { ballot, .. } => *ballot = None,
            Self::HandsRaised { hands, .. } => *hands = None,
            _ => {}
        }
        event
    }

    /// Whether this is a ballot or hands of that round, which the reveal scrubs from the log.
    #[must_use]
    pub fn belongs_to(&self, of_step: StepId, of_round: u32) -> bool {
        match self {
            Self::Cast { step, round, .. } | Self::HandsRaised { step, round, .. } => (*step, *round) == (of_step, of_round),
            _ => false,
        }
    }
}

impl Round {
    /// How many have answered, raised hands included.
    #[must_use]
    pub fn answered(&self) -> usize {
        self.ballots.len() + self.hands_total as usize
    }

    fn forget(&mut self) {
        self.ballots.values_mut().for_each(|ballot| *ballot = None);
        if let Some((_, hands)) = &mut self.hands {
            *hands = None;
        }
    }

    /// The round as this person may see it, or as everybody may.
    pub(super) fn seen_by(&self, viewer: Option<ParticipantId>) -> Self {
        let mut seen = self.clone();
        seen.ballots
            .iter_mut()
            .filter(|(voter, _)| Some(**voter) != viewer)
            .for_each(|(_, ballot)| *ballot = None);
        if let Some((by, hands)) = &mut seen.hands
            && Some(*by) != viewer
        {
            *hands = None;
        }
        seen
    }
}

impl Vote {
    /// A vote before its first ballot.
    #[must_use]
    pub fn new(metric: Metric) -> Self {
        Self {
            metric,
            rounds: vec![Round::default()],
            agreed: None,
            last_time: None,
        }
    }

    /// The round at hand and its number, counted from 1.
    #[must_use]
    pub fn round(&self) -> (u32, &Round) {
        static EMPTY: Round = Round {
            ballots: SortedMap::new(),
            hands_total: 0,
            hands: None,
            tally: None,
        };
        (
            u32::try_from(self.rounds.len()).unwrap_or(u32::MAX).max(1),
            self.rounds.last().unwrap_or(&EMPTY),
        )
    }

    /// The count of the last revealed round.
    #[must_use]
    pub fn last_tally(&self) -> Option<&Tally> {
        self.rounds.iter().rev().find_map(|round| round.tally.as_ref())
    }

    fn round_mut(&mut self, number: u32) -> Option<&mut Round> {
        self.rounds.get_mut((number as usize).checked_sub(1)?)
    }

    /// Somebody lost the seat: what they put into a secret round goes with it.
    pub(super) fn drop_voter(&mut self, voter: ParticipantId) {
        if let Some(round) = self.rounds.last_mut().filter(|round| round.tally.is_none()) {
            round.ballots.remove(&voter);
        }
    }

    /// The page is published: what nobody has revealed by now, nobody will.
    pub(super) fn forget_answers(&mut self) {
        self.rounds.iter_mut().for_each(Round::forget);
    }

    /// Takes in what happened.
    pub(super) fn apply(&mut self, event: &Event) {
        match event {
            Event::Cast { round, voter, ballot, .. } => {
                if let Some(round) = self.round_mut(*round) {
                    round.ballots.insert(*voter, *ballot);
                }
            }
            Event::Withdrawn { round, voter, .. } => {
                if let Some(round) = self.round_mut(*round) {
                    round.ballots.remove(voter);
                }
            }
            Event::HandsRaised {
                round, by, total, hands, ..
            } => {
                if let Some(round) = self.round_mut(*round) {
                    round.hands_total = *total;
                    round.hands = Some((*by, hands.clone()));
                }
            }
            Event::Revealed {
                round, tally, last_time, ..
            } => {
                self.last_time = *last_time;
                if let Some(round) = self.round_mut(*round) {
                    round.forget();
                    round.tally = Some(tally.clone());
                }
            }
            Event::RoundOpened { round, .. } => {
                if self.rounds.len() < *round as usize {
                    self.rounds.push(Round::default());
                }
            }
            Event::Agreed { answer, why, .. } => {
                self.agreed = Some(Agreed {
                    answer: *answer,
                    why: why.clone(),
                });
            }
            Event::AgreementUndone { .. } => self.agreed = None,
        }
    }
}
