//! What checkpoints say over time and over squads: read from the answers that were agreed, never from what people voted.

pub mod flows;
pub mod rhythm;
pub mod spread;
pub mod tables;

use super::facts::Edition;
use super::ids::WorkshopId;
use super::maturity::{Answers, Level, Rescored, Score as Scored};
use super::metric::{Code, Metric};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A checkpoint as a point in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// Which.
    pub id: WorkshopId,
    /// The day.
    pub held_on: NaiveDate,
    /// The agreed answers, in the order of [`Metric::ALL`]; `None` where there is none.
    pub agreed: [Option<Code>; 5],
    /// The level; a checkpoint from elsewhere may have one without its answers.
    pub level: Option<Level>,
    /// Better than so many percent, 0 to 100.
    pub percentile: Option<u8>,
}

impl Held {
    /// The agreed answer to a question.
    #[must_use]
    pub fn answer(&self, metric: Metric) -> Option<Code> {
        self.agreed[metric as usize]
    }

    /// The answers, once all four are agreed.
    #[must_use]
    pub fn answers(&self) -> Option<Answers> {
        Answers::from_fn(|metric| self.answer(metric))
    }

    /// What another edition than the classic says of the answers.
    #[must_use]
    pub fn under(&self, edition: Edition) -> Option<Scored> {
        Some(Rescored::of(edition, &self.answers()?, None).score)
    }

    /// The number that an edition gives the answers: better than so many percent, or a score from 0 to 10.
    #[must_use]
    pub fn figure(&self, edition: Edition) -> Option<f64> {
        if edition == Edition::Y2019 {
            return self.percentile.map(f64::from);
        }
        Some(match self.under(edition)? {
            Scored::Percentile { percentile, .. } => percentile.into(),
            Scored::Today(today) => today.overall,
        })
    }

    /// By how many answers this one is better than another; negative where it is worse, `None` where one of the two has no answer.
    #[must_use]
    pub fn better_than(&self, other: &Self, metric: Metric) -> Option<i8> {
        let number = |held: &Self| held.answer(metric).map(|code| code.get().cast_signed());
        Some(number(self)? - number(other)?)
    }
}

/// A squad's checkpoints over time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trend {
    /// Those that are published, oldest first.
    pub held: Vec<Held>,
    /// The capabilities that were surveyed, by title.
    pub capabilities: Vec<Capability>,
    /// The flows that were drawn, oldest first.
    pub flows: Vec<flows::Drawn>,
    /// How many more pages there are whose flows cannot be read, in a sentence; empty for none.
    pub left_out: String,
    /// How often the squad means to hold one.
    pub rhythm: rhythm::Rhythm,
    /// Where it stands with the next one.
    pub standing: rhythm::Standing,
}

/// A capability over time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Capability {
    /// Its name for machines.
    pub key: String,
    /// Its name for people, as the last checkpoint had it.
    pub title: String,
    /// What each checkpoint found, oldest first.
    pub scores: Vec<Score>,
}

/// What a checkpoint found of a capability.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// The day.
    pub held_on: NaiveDate,
    /// The checkpoint.
    pub id: WorkshopId,
    /// From 0 to 100; `None` where too few answered.
    pub score: Option<f64>,
    /// The squad chose it to work on first.
    pub focus: bool,
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn date(day: &str) -> NaiveDate {
        day.parse().expect("a day")
    }

    /// A checkpoint with these answers; 0 for none.
    pub(crate) fn held(day: &str, codes: [u8; 5]) -> Held {
        Held {
            id: WorkshopId::new(uuid::Uuid::nil()),
            held_on: date(day),
            agreed: codes.map(Code::new),
            level: None,
            percentile: None,
        }
    }

    #[test]
    fn an_answer_is_compared_only_with_an_answer() {
        let (old, new) = (held("2022-10-10", [4, 6, 5, 0, 0]), held("2023-01-10", [5, 4, 5, 6, 0]));
        let found = Metric::ALL.map(|metric| new.better_than(&old, metric));
        assert_eq!(found, [Some(1), Some(-2), Some(0), None, None]);
        assert_eq!(old.answers(), None);
        assert_eq!((old.figure(Edition::Y2025), new.figure(Edition::Y2019)), (None, None));
        let today = new.figure(Edition::Y2025).expect("all four are there");
        assert!((today - (8.0 + 6.0 + 8.0 + 9.25) / 4.0).abs() < 1e-9, "{today}");
        assert_eq!(new.answers().map(|answers| answers.four().map(Code::get)), Some([5, 4, 5, 6]));
    }
}
