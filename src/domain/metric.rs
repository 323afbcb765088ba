//! The five measures of software delivery and the code of an answer. Everything else in the model is written in these two words.

use serde::{Deserialize, Serialize};

/// One of the measures of software delivery that a squad votes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    /// From code committed to code running in production.
    LeadTime,
    /// How often code reaches production or its users.
    DeploymentFrequency,
    /// From a service incident to service restored.
    TimeToRestore,
    /// The share of changes that degrade the service and have to be put right.
    ChangeFailureRate,
    /// The share of deployments nobody had planned, made to fix a bug that users met. Optional: the 2019 check does not ask for it.
    DeploymentRework,
}

impl Metric {
    /// The four of the 2019 check, in the order they are asked.
    pub const FOUR: [Self; 4] = [
        Self::LeadTime,
        Self::DeploymentFrequency,
        Self::TimeToRestore,
        Self::ChangeFailureRate,
    ];

    /// The four and the optional fifth.
    pub const ALL: [Self; 5] = [
        Self::LeadTime,
        Self::DeploymentFrequency,
        Self::TimeToRestore,
        Self::ChangeFailureRate,
        Self::DeploymentRework,
    ];

    /// The name machines use: in addresses, files and on the wire.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::LeadTime => "lead_time",
            Self::DeploymentFrequency => "deployment_frequency",
            Self::TimeToRestore => "time_to_restore",
            Self::ChangeFailureRate => "change_failure_rate",
            Self::DeploymentRework => "deployment_rework",
        }
    }

    /// The name people read.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::LeadTime => "Lead time for changes",
            Self::DeploymentFrequency => "Deployment frequency",
            Self::TimeToRestore => "Time to restore service",
            Self::ChangeFailureRate => "Change failure rate",
            Self::DeploymentRework => "Deployment rework rate",
        }
    }

    /// The board the question stands on.
    #[must_use]
    pub const fn board(self) -> Board {
        match self {
            Self::LeadTime | Self::DeploymentFrequency => Board::Speed,
            Self::TimeToRestore | Self::ChangeFailureRate | Self::DeploymentRework => Board::Stability,
        }
    }
}

/// The two boards of the whiteboard this product grew from.
///
/// They are not the two halves of today's score: DORA now counts the time to restore as throughput, while the board keeps it under
/// stability. See [`crate::domain::maturity::Today`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Board {
    /// How fast changes reach users.
    Speed,
    /// How well the service bears them.
    Stability,
}

impl Board {
    /// The name people read.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Speed => "Speed",
            Self::Stability => "Stability",
        }
    }
}

/// The code of an answer: 1 is the worst of the six options, 6 the best, whatever the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Code(u8);

impl Code {
    /// All six, worst first.
    pub const ALL: [Self; 6] = [Self(1), Self(2), Self(3), Self(4), Self(5), Self(6)];

    /// The code with this number, if it is one from 1 to 6.
    #[must_use]
    pub const fn new(number: u8) -> Option<Self> {
        if 1 <= number && number <= 6 { Some(Self(number)) } else { None }
    }

    /// The number, 1 to 6.
    #[must_use]
    pub const fn get(self) -> u8 {
        self.0
    }
}

/// A number that is not the code of any answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an answer is a number from 1 to 6, not {0}")]
pub struct NotACode(pub u8);

impl TryFrom<u8> for Code {
    type Error = NotACode;

    fn try_from(number: u8) -> Result<Self, Self::Error> {
        Self::new(number).ok_or(NotACode(number))
    }
}

impl From<Code> for u8 {
    fn from(code: Code) -> Self {
        code.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_what_serde_writes() {
        for metric in Metric::ALL {
            let json = serde_json::to_string(&metric).expect("a metric is a string");
            assert_eq!(json, format!("\"{}\"", metric.key()));
        }
        assert_eq!(Metric::FOUR[..], Metric::ALL[..4]);
    }

    #[test]
    fn two_metrics_are_speed_and_three_stability() {
        let speed: Vec<_> = Metric::ALL.into_iter().filter(|m| m.board() == Board::Speed).collect();
        assert_eq!(speed, [Metric::LeadTime, Metric::DeploymentFrequency]);
    }

    #[test]
    fn a_code_is_one_to_six_and_nothing_else() {
        for number in 0..=u8::MAX {
            assert_eq!(Code::new(number).is_some(), (1..=6).contains(&number));
        }
        assert_eq!(Code::ALL.map(Code::get), [1, 2, 3, 4, 5, 6]);
        assert!(Code::ALL.is_sorted());
    }

    #[test]
    fn a_wrong_code_is_refused_in_plain_words() {
        assert_eq!(serde_json::from_str::<Code>("6").expect("6 is a code"), Code::ALL[5]);
        assert_eq!(serde_json::to_string(&Code::ALL[5]).expect("a code is a number"), "6");
        let error = serde_json::from_str::<Code>("7").expect_err("7 is no code");
        assert!(error.to_string().starts_with("an answer is a number from 1 to 6, not 7"), "{error}");
        for wrong in ["0", "-1", "300", "2.5", "\"3\"", "null"] {
            assert!(serde_json::from_str::<Code>(wrong).is_err(), "{wrong}");
        }
    }
}
