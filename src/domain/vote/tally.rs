//! The count of a revealed round, and how to read it.

use super::{Answer, Ballot, Confidence, Hands};
use crate::domain::ids::ParticipantId;
use crate::domain::metric::Code;
use serde::{Deserialize, Serialize};

/// The count of one round: how many for each answer, without names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Ballots for each of the six codes, worst to best.
    pub counts: [u32; 6],
    /// Ballots that said "not sure".
    pub not_sure: u32,
    /// Raised hands of people without a device, as the facilitator entered them.
    #[serde(default)]
    pub hands: Hands,
    /// How many knew from measurement, from memory, by guess.
    #[serde(default)]
    pub confidence: [u32; 3],
    /// Who answered what; only where the squad chose open ballots.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open: Option<Vec<(ParticipantId, Ballot)>>,
}

/// How far the answers of a round lie apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reading {
    /// Nobody gave one of the six answers.
    Nothing,
    /// All the same.
    Agree,
    /// All the same or next to each other.
    Neighbours,
    /// Anything wider.
    FarApart,
}

impl Reading {
    /// The reading in words.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Nothing => "No answer to read",
            Self::Agree => "Everyone agrees",
            Self::Neighbours => "Neighbouring answers",
            Self::FarApart => "Far apart",
        }
    }

    /// What helps the conversation now.
    #[must_use]
    pub fn advice(self) -> &'static str {
        match self {
            Self::Nothing => "Everybody is unsure. Say what you would need to know, then vote again with your best guess.",
            Self::Agree => "One answer from all of you. Say why in a sentence, then agree.",
            Self::Neighbours => "The answers touch each other. Hear one voice for each, then agree.",
            Self::FarApart => "Hear both ends first, then vote again or agree.",
        }
    }
}

impl Tally {
    /// Counts ballots and raised hands; names stay only where `open`.
    #[must_use]
    pub fn count<'a>(ballots: impl IntoIterator<Item = (ParticipantId, &'a Ballot)>, hands: Option<&Hands>, open: bool) -> Self {
        let mut tally = Self {
            hands: hands.cloned().unwrap_or_default(),
            ..Self::default()
        };
        let mut names = Vec::new();
        for (voter, ballot) in ballots {
            match ballot.answer {
                Answer::Code(code) => tally.counts[index(code)] += 1,
                Answer::NotSure => tally.not_sure += 1,
            }
            if let Some(confidence) = ballot.confidence {
                tally.confidence[confidence as usize] += 1;
            }
            names.push((voter, *ballot));
        }
        tally.open = open.then_some(names);
        tally
    }

    /// How many gave this answer, ballots and hands together.
    #[must_use]
    pub fn of(&self, code: Code) -> u32 {
        self.counts[index(code)] + self.hands.counts[index(code)]
    }

    /// How many were not sure, ballots and hands together.
    #[must_use]
    pub fn unsure(&self) -> u32 {
        self.not_sure + self.hands.not_sure
    }

    /// All counts worst to best, ballots and hands together.
    #[must_use]
    pub fn totals(&self) -> [u32; 6] {
        Code::ALL.map(|code| self.of(code))
    }

    /// How many gave one of the six answers.
    #[must_use]
    pub fn answered(&self) -> u32 {
        self.totals().iter().sum()
    }

    /// How many of a confidence.
    #[must_use]
    pub fn confident(&self, confidence: Confidence) -> u32 {
        self.confidence[confidence as usize]
    }

    /// How far the answers lie apart.
    #[must_use]
    pub fn reading(&self) -> Reading {
        let given = |code: &Code| self.of(*code) > 0;
        let (Some(low), Some(high)) = (Code::ALL.into_iter().find(given), Code::ALL.into_iter().rev().find(given)) else {
            return Reading::Nothing;
        };
        match high.get() - low.get() {
            0 => Reading::Agree,
            1 => Reading::Neighbours,
            _ => Reading::FarApart,
        }
    }

    /// The middle answer; between two, the worse of them. `None` when nobody gave one of the six.
    #[must_use]
    pub fn median(&self) -> Option<Code> {
        // With an even count the lower middle is the worse one.
        let middle = self.answered().checked_sub(1)? / 2;
        let mut before = 0;
        Code::ALL.into_iter().find(|code| {
            before += self.of(*code);
            before > middle
        })
    }
}

fn index(code: Code) -> usize {
    usize::from(code.get()) - 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tally(counts: [u32; 6]) -> Tally {
        Tally {
            counts,
            ..Tally::default()
        }
    }

    #[test]
    fn the_reading_follows_the_distance() {
        assert_eq!(tally([0; 6]).reading(), Reading::Nothing);
        assert_eq!(tally([0, 0, 0, 0, 8, 0]).reading(), Reading::Agree);
        assert_eq!(tally([0, 0, 0, 2, 4, 0]).reading(), Reading::Neighbours);
        assert_eq!(tally([0, 0, 0, 1, 0, 1]).reading(), Reading::FarApart);
        assert_eq!(tally([1, 0, 0, 5, 0, 0]).reading(), Reading::FarApart);
    }

    #[test]
    fn raised_hands_count_like_ballots() {
        let mut mixed = tally([0, 0, 0, 0, 1, 0]);
        mixed.hands.counts = [0, 0, 3, 0, 0, 0];
        assert_eq!(mixed.answered(), 4);
        assert_eq!(mixed.reading(), Reading::FarApart);
        assert_eq!(mixed.median(), Code::new(3));
    }

    #[test]
    fn not_sure_is_counted_and_left_out_of_the_middle() {
        let mut unsure = tally([0, 0, 0, 0, 0, 1]);
        unsure.not_sure = 7;
        assert_eq!(unsure.median(), Code::new(6));
        assert_eq!(unsure.reading(), Reading::Agree);
        assert_eq!(tally([0; 6]).median(), None);
    }

    proptest! {
        #[test]
        fn the_median_is_the_lower_middle_of_the_sorted_answers(answers in prop::collection::vec(1u8..=6, 1..40)) {
            let mut counts = [0; 6];
            for answer in &answers {
                counts[usize::from(*answer) - 1] += 1;
            }
            let mut sorted = answers.clone();
            sorted.sort_unstable();
            prop_assert_eq!(tally(counts).median(), Code::new(sorted[(sorted.len() - 1) / 2]));
        }
    }
}
