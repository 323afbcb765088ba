//! What people say of the checkpoint itself: whether it was worth the time, what to keep and what to change.
//!
//! It belongs to no seat and stands in no log. Who said what is known to nobody, so nothing here names a person, and the
//! sentences are told apart from the numbers and in the order of the alphabet.

use super::text::{FeedbackText, TextError};
use super::time::Timestamp;
use super::workshop::Workshop;
use serde::{Deserialize, Serialize};

/// Answers are told from this many on.
pub const SMALLEST: usize = 3;
/// How long after publishing the link works, in milliseconds: a week.
pub const OPEN_FOR: i64 = 7 * 24 * 60 * 60 * 1000;
/// What the five numbers mean, from 1 to 5.
pub const WORTH: [&str; 5] = ["Not at all", "Hardly", "Partly", "Mostly", "Fully"];

/// What one person says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feedback {
    /// Whether it was worth the time, 1 to 5, 5 best.
    pub worth: u8,
    /// What to keep, or empty.
    pub keep: FeedbackText,
    /// What to change, or empty.
    pub change: FeedbackText,
}

/// Why feedback was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// No number from 1 to 5.
    #[error("Say first whether it was worth the time.")]
    NoNumber,
    /// One of the two texts.
    #[error(transparent)]
    Text(#[from] TextError),
}

/// What several people say together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// How many gave each number, from 1 to 5.
    pub counts: [u32; 5],
    /// What to keep, in alphabetical order.
    pub keep: Vec<String>,
    /// What to change, in alphabetical order.
    pub change: Vec<String>,
}

impl Feedback {
    /// Parses what somebody typed.
    pub fn parse(worth: &str, keep: &str, change: &str) -> Result<Self, Refused> {
        let worth = worth.trim().parse().ok().filter(|worth| (1..=5).contains(worth));
        Ok(Self {
            worth: worth.ok_or(Refused::NoNumber)?,
            keep: FeedbackText::parse(keep)?,
            change: FeedbackText::parse(change)?,
        })
    }
}

impl Report {
    /// What these people say; nothing while they are so few that each could be told from the rest.
    #[must_use]
    pub fn of(given: &[Feedback]) -> Option<Self> {
        let texts = |of: fn(&Feedback) -> &FeedbackText| {
            let mut texts: Vec<String> = given
                .iter()
                .map(|one| of(one).to_string())
                .filter(|text| !text.is_empty())
                .collect();
            texts.sort_by_key(|text| text.to_lowercase());
            texts
        };
        (given.len() >= SMALLEST).then(|| Self {
            counts: std::array::from_fn(|place| {
                let number = given.iter().filter(|one| usize::from(one.worth) == place + 1).count();
                u32::try_from(number).unwrap_or(u32::MAX)
            }),
            keep: texts(|one| &one.keep),
            change: texts(|one| &one.change),
        })
    }

    /// How many people answered.
    #[must_use]
    pub fn people(&self) -> u32 {
        self.counts.iter().sum()
    }

    /// The mean of the numbers, 1 to 5.
    #[must_use]
    pub fn mean(&self) -> f64 {
        let sum: u32 = (1..).zip(self.counts).map(|(number, count): (u32, u32)| number * count).sum();
        f64::from(sum) / f64::from(self.people().max(1))
    }
}

/// Until when feedback is taken: for a week after the first publishing, whatever is corrected later; `None` as long as nothing is
/// published.
#[must_use]
pub fn open_until(workshop: &Workshop) -> Option<Timestamp> {
    workshop.first_published_at().map(|at| at.plus(OPEN_FOR))
}

/// Whether feedback is taken now.
#[must_use]
pub fn is_open(workshop: &Workshop, now: Timestamp) -> bool {
    let over = open_until(workshop).is_some_and(|until| until < now);
    workshop.agenda.started_at.is_some() && !workshop.plan.cancelled && !over
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(worth: u8, keep: &str) -> Feedback {
        Feedback::parse(&worth.to_string(), keep, "").unwrap()
    }

    #[test]
    fn fewer_than_three_are_not_told() {
        assert_eq!(Report::of(&[given(5, "The vote"), given(1, "")]), None);
    }

    #[test]
    fn three_are_counted_and_their_sentences_lose_their_order() {
        let report = Report::of(&[given(5, "the vote"), given(2, "Snacks"), given(5, "")]).unwrap();
        assert_eq!(report.counts, [0, 1, 0, 0, 2]);
        assert_eq!(report.keep, ["Snacks", "the vote"]);
        assert!(report.change.is_empty());
        assert_eq!((report.people(), report.mean()), (3, 4.0));
    }

    #[test]
    fn what_is_no_number_from_one_to_five_is_refused() {
        for worth in ["", "0", "6", "-1", "4.5", "five", "99999999999"] {
            assert_eq!(Feedback::parse(worth, "", ""), Err(Refused::NoNumber), "{worth}");
        }
        assert!(Feedback::parse(" 4 ", "", "").is_ok());
        assert!(matches!(Feedback::parse("4", &"x".repeat(301), ""), Err(Refused::Text(_))));
    }
}
