//! What a squad's answers say about its delivery.
//!
//! Two views that must not be mixed: the 2019 model, with a level and a percentile ([`assess`]), and today's scores from 0 to 10, which
//! have neither ([`today()`]). The numbers of both come from [`super::facts`].

mod next;
mod normal;
mod rescore;
mod score;
mod today;

pub use next::{Move, NextLevel, Way, next_level};
pub use rescore::{Rescored, Score};
pub use score::{Assessment, Comparison, assess, bands, compare, level, percentile, percentile_under, sum};
pub use today::{Today, TodayScore, dora_check_link, today, today_under};

use super::facts::Industry;
use super::metric::{Code, Metric};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// The performer levels of the 2019 model, lowest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// An average up to 3.5.
    Low,
    /// Up to 4.4.
    Medium,
    /// Up to 5.2.
    High,
    /// Above that.
    Elite,
}

impl Level {
    /// All four, lowest first.
    pub const ALL: [Self; 4] = [Self::Low, Self::Medium, Self::High, Self::Elite];

    /// The name people read.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Low => "Low",
            Self::Medium => "Medium",
            Self::High => "High",
            Self::Elite => "Elite",
        }
    }

    /// The name machines use.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Elite => "elite",
        }
    }
}

/// A name that is not the key of any level.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no level called {0:?}")]
pub struct UnknownLevel(pub String);

/// Whose mean it is: "all industries", or the industry's name as it stands inside of a sentence.
#[must_use]
pub fn others(industry: Option<Industry>) -> String {
    industry.map_or_else(|| "all industries".to_owned(), |industry| industry.name().to_owned())
}

/// How far the squad is from the mean, in words; within `near` it is about the same.
fn reading(difference: f64, near: f64) -> &'static str {
    if difference.abs() <= near {
        "about the mean"
    } else if difference > 0.0 {
        "better than the mean"
    } else {
        "below the mean"
    }
}

impl FromStr for Level {
    type Err = UnknownLevel;

    fn from_str(key: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|level| level.key() == key)
            .ok_or_else(|| UnknownLevel(key.to_owned()))
    }
}

/// The answers a squad agreed on: all four, and the fifth if it voted on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Answers {
    /// [`Metric::LeadTime`].
    pub lead_time: Code,
    /// [`Metric::DeploymentFrequency`].
    pub deployment_frequency: Code,
    /// [`Metric::TimeToRestore`].
    pub time_to_restore: Code,
    /// [`Metric::ChangeFailureRate`].
    pub change_failure_rate: Code,
    /// [`Metric::DeploymentRework`]; it counts in today's view only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deployment_rework: Option<Code>,
}

impl Answers {
    /// The answers from a table that may have gaps: `None` until all four are there.
    pub fn from_fn(answer: impl Fn(Metric) -> Option<Code>) -> Option<Self> {
        Some(Self {
            lead_time: answer(Metric::LeadTime)?,
            deployment_frequency: answer(Metric::DeploymentFrequency)?,
            time_to_restore: answer(Metric::TimeToRestore)?,
            change_failure_rate: answer(Metric::ChangeFailureRate)?,
            deployment_rework: answer(Metric::DeploymentRework),
        })
    }

    /// The answer for a metric: always there for the four.
    #[must_use]
    pub const fn get(&self, metric: Metric) -> Option<Code> {
        match metric {
            Metric::LeadTime => Some(self.lead_time),
            Metric::DeploymentFrequency => Some(self.deployment_frequency),
            Metric::TimeToRestore => Some(self.time_to_restore),
            Metric::ChangeFailureRate => Some(self.change_failure_rate),
            Metric::DeploymentRework => self.deployment_rework,
        }
    }

    /// The four answers the 2019 model counts, in the order of [`Metric::FOUR`].
    #[must_use]
    pub const fn four(&self) -> [Code; 4] {
        [
            self.lead_time,
            self.deployment_frequency,
            self.time_to_restore,
            self.change_failure_rate,
        ]
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// The answers with these codes, no rework.
    pub(crate) fn answers(codes: [u8; 4]) -> Answers {
        Answers::from_fn(|metric| codes.get(metric as usize).and_then(|code| Code::new(*code))).expect("four codes")
    }

    /// The same with a rework rate.
    pub(crate) fn with_rework(codes: [u8; 4], rework: u8) -> Answers {
        Answers {
            deployment_rework: Code::new(rework),
            ..answers(codes)
        }
    }

    /// All 1296 combinations of four answers.
    pub(crate) fn everything() -> impl Iterator<Item = Answers> {
        (0..1296_u16).map(|n| {
            let digit = |place: u16| Code::ALL[usize::from(n / place % 6)];
            Answers {
                lead_time: digit(216),
                deployment_frequency: digit(36),
                time_to_restore: digit(6),
                change_failure_rate: digit(1),
                deployment_rework: None,
            }
        })
    }

    #[test]
    fn answers_need_all_four_and_not_the_fifth() {
        for missing in Metric::ALL {
            let found = Answers::from_fn(|metric| (metric != missing).then_some(Code::ALL[2]));
            assert_eq!(found.is_some(), missing == Metric::DeploymentRework);
        }
        let full = with_rework([1, 2, 3, 4], 5);
        assert_eq!(Metric::ALL.map(|metric| full.get(metric).map(Code::get)), [1, 2, 3, 4, 5].map(Some));
        assert_eq!(answers([1, 2, 3, 4]).get(Metric::DeploymentRework), None);
    }

    #[test]
    fn answers_travel_as_json() {
        let json = r#"{"lead_time":1,"deployment_frequency":2,"time_to_restore":3,"change_failure_rate":4}"#;
        assert_eq!(serde_json::to_string(&answers([1, 2, 3, 4])).expect("plain data"), json);
        assert_eq!(serde_json::from_str::<Answers>(json).expect("it is whole"), answers([1, 2, 3, 4]));
        let wrong = json.replace(":4", ":7");
        assert!(serde_json::from_str::<Answers>(&wrong).is_err());
    }

    #[test]
    fn levels_have_keys() {
        for level in Level::ALL {
            assert_eq!(level.key().parse(), Ok(level));
            assert_eq!(serde_json::to_string(&level).expect("a string"), format!("\"{}\"", level.key()));
        }
        assert!(Level::ALL.is_sorted());
        assert_eq!(
            "best".parse::<Level>().expect_err("no such level").to_string(),
            "there is no level called \"best\""
        );
    }
}
