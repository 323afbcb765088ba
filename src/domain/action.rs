//! Actions: what a squad decided to do, and how far it is with it.
//!
//! An action lives longer than a checkpoint. Those that are not finished are taken along to the next one, and keep their age.

use super::facts::{self, CapabilityKey};
use super::ids::{ActionId, WorkshopId};
use super::metric::{Code, Metric};
use super::rejection::Rejection;
use super::text::{ActionTitle, DoneWhen, Owner, TextError, Why, rewrites_line, takes_no_room};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::fmt;

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

    /// The name machines use: in forms, files and on the wire.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::NotStarted => "not_started",
            Self::InProgress => "in_progress",
            Self::Done => "done",
            Self::Dropped => "dropped",
        }
    }

    /// Whether the action goes on to the next checkpoint.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::NotStarted | Self::InProgress)
    }
}

/// The capability an action serves, by its name, so that the action can be read without the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Serves {
    /// Its name for machines.
    pub key: CapabilityKey,
    /// Its name for people.
    pub title: String,
}

/// Where an action was decided, and which one it was there. It stays the same for as long as the action lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The checkpoint that opened it.
    pub workshop: WorkshopId,
    /// Its number among the actions decided there.
    pub action: ActionId,
}

/// Where an action is followed in the squad's tracker: an address that a browser may go to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TrackerLink(String);

impl TrackerLink {
    /// The most characters it may have.
    pub const MAX: usize = 500;

    /// Parses what somebody typed: http and https only, because a click on anything else could run it; nothing that does not belong
    /// into an address; and no name or password, which all would read.
    pub fn parse(raw: &str) -> Result<Self, Rejection> {
        let link = raw.trim();
        if link.chars().count() > Self::MAX {
            return Err(TextError::TooLong("The tracker link".to_owned(), Self::MAX).into());
        }
        let after = |scheme: &str| {
            let begins = link.get(..scheme.len())?.eq_ignore_ascii_case(scheme);
            link.get(scheme.len()..).filter(|_| begins)
        };
        let rest = after("https://").or_else(|| after("http://")).ok_or(Rejection::NotALink)?;
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let strange = |c: char| c.is_whitespace() || c.is_control() || rewrites_line(c) || takes_no_room(c) || r#"<>"\^`{|}"#.contains(c);
        if link.contains(strange) || host.contains('@') || !host.starts_with(|c: char| c.is_alphanumeric() || c == '[') {
            return Err(Rejection::NotALink);
        }
        Ok(Self(link.to_owned()))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TrackerLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An action.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// What is to be done.
    pub title: ActionTitle,
    /// What it looks like when it is done.
    #[serde(default, skip_serializing_if = "DoneWhen::is_empty")]
    pub done_when: DoneWhen,
    /// Who sees to it: a name, or nothing while nobody does.
    #[serde(default, skip_serializing_if = "Owner::is_empty")]
    pub owner: Owner,
    /// By when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<NaiveDate>,
    /// The answer that is expected to move.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expects: Option<Metric>,
    /// The answer it is expected to move to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expects_answer: Option<Code>,
    /// What the improvement it comes from was called; empty when it comes from none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub improvement: String,
    /// The capability it serves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serves: Option<Serves>,
    /// Whether it needs help from outside the squad.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub outside: bool,
    /// Where the squad's tracker follows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tracker: Option<TrackerLink>,
    /// How far it is.
    pub status: Status,
    /// Why it is there, if somebody said.
    #[serde(default, skip_serializing_if = "Why::is_empty")]
    pub why: Why,
    /// The checkpoint that opened it, by its day; `None` for one from before the squad used Checkpoint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened_on: Option<NaiveDate>,
    /// The checkpoint that opened it; `None` like the day, and for one that was opened before this was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
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

    /// What it is expected to do: "Lead time for changes moves to “Less than one day”".
    #[must_use]
    pub fn expectation(&self) -> Option<String> {
        let metric = self.expects?;
        Some(match self.expects_answer {
            Some(answer) => format!("{} moves to “{}”", metric.name(), facts::question(metric).label(answer)),
            None => format!("{} moves up", metric.name()),
        })
    }

    /// Who sees to it, by when, and since when it stands: "Ana, by 3 Mar 2023, from 10 Jan 2023".
    #[must_use]
    pub fn about(&self) -> String {
        format!("{}, {}", self.who_and_when(), self.age_in_words())
    }

    /// Who sees to it and by when: "Ana, by 3 Mar 2023", "no owner, no date".
    #[must_use]
    pub fn who_and_when(&self) -> String {
        let owner = if self.owner.is_empty() { "no owner" } else { self.owner.as_str() };
        let due = self
            .due
            .map_or_else(|| "no date".to_owned(), |day| format!("by {}", super::text::day(day)));
        format!("{owner}, {due}")
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

    #[test]
    fn what_is_kept_of_an_action_goes_along() {
        let action = Action {
            title: ActionTitle::parse("Split the pipeline").unwrap(),
            done_when: DoneWhen::parse("One queue").unwrap(),
            expects: Some(Metric::LeadTime),
            expects_answer: Code::new(5),
            improvement: "Smaller batches".to_owned(),
            serves: Some(Serves {
                key: CapabilityKey::new("working-in-small-batches"),
                title: "Working in small batches".to_owned(),
            }),
            outside: true,
            tracker: Some(TrackerLink::parse("https://tracker.example/A-1").unwrap()),
            origin: Some(Origin {
                workshop: WorkshopId::new(uuid::Uuid::from_u128(1)),
                action: ActionId(9),
            }),
            ..Action::default()
        };
        let next = action.taken_along();
        assert_eq!(Action { age: 0, ..next }, action);
        let json = serde_json::to_string(&action).unwrap();
        assert_eq!(serde_json::from_str::<Action>(&json).unwrap(), action);
    }

    #[test]
    fn an_expectation_is_told_with_its_answer() {
        let expects = |expects, n| {
            Action {
                expects,
                expects_answer: n,
                ..Action::default()
            }
            .expectation()
        };
        let label = facts::question(Metric::LeadTime).label(Code::ALL[4]);
        assert_eq!(
            expects(Some(Metric::LeadTime), Some(Code::ALL[4])),
            Some(format!("Lead time for changes moves to “{label}”"))
        );
        assert_eq!(
            expects(Some(Metric::LeadTime), None),
            Some("Lead time for changes moves up".to_owned())
        );
        assert_eq!(expects(None, Some(Code::ALL[4])), None);
    }

    #[test]
    fn a_tracker_link_is_a_web_address_and_nothing_else() {
        for good in [
            "https://tracker.example/browse/DEV-12?focus=1#top",
            " http://jira:8080/x@y ",
            "HTTPS://Tracker.Example",
            "https://[::1]:3000/a",
            "https://tracker.example/größe",
        ] {
            assert_eq!(TrackerLink::parse(good).unwrap().as_str(), good.trim(), "{good}");
        }
        for bad in [
            "",
            "javascript:alert(1)",
            "JaVaScRiPt://https://x.example/%0Aalert(1)",
            "java\tscript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "ftp://tracker.example",
            "//tracker.example",
            "tracker.example/1",
            "https:tracker.example",
            "https://",
            "https:///path",
            "https://?q",
            "https://ana:secret@tracker.example",
            "https://ana@tracker.example/1",
            "https://tracker.example\\@evil.example",
            "https://tracker.example/a b",
            "https://tracker.example/\u{202E}a",
            "https://tracker.example/a\u{200B}",
            "https://tracker.example/a\nb",
            "https://tracker.example/<script>",
            "https://tracker.example/\"x",
            "ä",
        ] {
            assert_eq!(TrackerLink::parse(bad), Err(Rejection::NotALink), "{bad}");
        }
        let long = |n| TrackerLink::parse(&format!("https://x.example/{}", "a".repeat(n)));
        assert!(long(500 - 18).is_ok());
        assert!(matches!(long(500), Err(Rejection::Text(TextError::TooLong(_, 500)))));
    }
}
