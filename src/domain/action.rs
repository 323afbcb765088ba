//! Actions: what a squad decided to do, and how far it is with it.
//!
//! An action lives longer than a checkpoint. Those that are not finished are taken along to the next one, and keep their age.

use super::metric::Metric;
use super::text::{ActionTitle, Owner, Why};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// How far an action is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Nobody has begun.
    #[default]
    NotStarted,
    /// Somebody works on it.
    InProgress,
    /// It is finished.
    Done,
    /// The squad does not want it any more.
    Dropped,
}

impl Status {
    /// All of them, in the order of their buttons.
    pub const ALL: [Self; 4] = [Self::Done, Self::InProgress, Self::NotStarted, Self::Dropped];

    /// The words on the button.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::NotStarted => "Not started",
            Self::InProgress => "In progress",
            Self::Done => "Done",
            Self::Dropped => "Dropped",
        }
    }

    /// Whether the action goes on to the next checkpoint.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::NotStarted | Self::InProgress)
    }
}

/// An action.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// What is to be done.
    pub title: ActionTitle,
    /// Who sees to it: a name, or nothing while nobody does.
    #[serde(default, skip_serializing_if = "Owner::is_empty")]
    pub owner: Owner,
    /// By when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<NaiveDate>,
    /// The answer that is expected to move.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expects: Option<Metric>,
    /// How far it is.
    pub status: Status,
    /// Why it is there, if somebody said.
    #[serde(default, skip_serializing_if = "Why::is_empty")]
    pub why: Why,
    /// The checkpoint that opened it, by its day; `None` for one from before the squad used Checkpoint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened_on: Option<NaiveDate>,
    /// In how many checkpoints it has stood to be settled.
    #[serde(default)]
    pub age: u32,
}

impl Action {
    /// The action as the next checkpoint finds it: one checkpoint older, and without the reason of this time.
    #[must_use]
    pub fn taken_along(&self) -> Self {
        Self {
            age: self.age.saturating_add(1),
            why: Why::default(),
            ..self.clone()
        }
    }

    /// Who sees to it, by when, and since when it stands: "Ana, by 3 Mar 2023, from 10 Jan 2023".
    #[must_use]
    pub fn about(&self) -> String {
        let owner = if self.owner.is_empty() { "no owner" } else { self.owner.as_str() };
        let due = self
            .due
            .map_or_else(|| "no date".to_owned(), |day| format!("by {}", super::text::day(day)));
        format!("{owner}, {due}, {}", self.age_in_words())
    }

    /// "from 10 Jan 2023, 2nd checkpoint", "from before Checkpoint".
    #[must_use]
    pub fn age_in_words(&self) -> String {
        let from = self.opened_on.map_or_else(
            || "from before Checkpoint".to_owned(),
            |day| format!("from {}", super::text::day(day)),
        );
        match self.age {
            0 | 1 => from,
            age => format!("{from}, {} checkpoint", ordinal(age)),
        }
    }
}

/// "2nd", "3rd", "11th".
fn ordinal(n: u32) -> String {
    let ending = match (n % 100, n % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_is_counted_in_words() {
        let opened_on = NaiveDate::from_ymd_opt(2023, 1, 10);
        let say = |age, opened_on| {
            Action {
                opened_on,
                age,
                ..Action::default()
            }
            .age_in_words()
        };
        assert_eq!(say(1, opened_on), "from 10 Jan 2023");
        assert_eq!(say(2, opened_on), "from 10 Jan 2023, 2nd checkpoint");
        assert_eq!(say(1, None), "from before Checkpoint");
        assert_eq!(say(3, None), "from before Checkpoint, 3rd checkpoint");
        assert_eq!(
            [11, 12, 13, 21, 22, 101, 111].map(ordinal),
            ["11th", "12th", "13th", "21st", "22nd", "101st", "111th"]
        );
    }

    #[test]
    fn what_is_taken_along_is_older_and_keeps_the_rest() {
        let action = Action {
            title: ActionTitle::parse("Split the pipeline").unwrap(),
            status: Status::InProgress,
            why: Why::parse("No time").unwrap(),
            age: 1,
            ..Action::default()
        };
        let next = action.taken_along();
        assert_eq!((next.age, next.why.is_empty(), next.status), (2, true, Status::InProgress));
        assert_eq!(next.title, action.title);
    }
}
