//! Any answers under any edition of the check: what it says of them, and in words what was done and what it cannot be compared with.
//!
//! What an edition does not have is not made up: 2024 and 2025 have no level and no percentile, those before no score from 0 to 10.

use super::{Answers, Level, Today, level, percentile_under, today_under};
use crate::domain::facts::{Edition, Industry};
use crate::domain::metric::Metric;

/// What an edition says of a squad's answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Rescored {
    /// The edition.
    pub edition: Edition,
    /// What it says.
    pub score: Score,
    /// In words: whose respondents, what is not comparable, what the edition does not ask for.
    pub sentence: String,
}

/// The two kinds of score; they must not be mixed.
#[derive(Clone, Debug, PartialEq)]
pub enum Score {
    /// Where the answers stand among the respondents of before 2023.
    Percentile {
        /// The level; only 2019 has them.
        level: Option<Level>,
        /// Better than so many percent.
        percentile: u8,
    },
    /// The scores from 0 to 10 of today.
    Today(Today),
}

impl Rescored {
    /// The answers under this edition, compared with the respondents of an industry (`None`: all) where the edition knows them.
    #[must_use]
    pub fn of(edition: Edition, answers: &Answers, industry: Option<Industry>) -> Self {
        let score = match (percentile_under(edition, answers), today_under(edition, answers, industry)) {
            (_, Some(today)) => Score::Today(today),
            (percentile, None) => Score::Percentile {
                level: (edition == Edition::Y2019).then(|| level(answers)),
                percentile: percentile.unwrap_or_default(),
            },
        };
        let asked = edition == Edition::Y2025;
        let rework = match answers.get(Metric::DeploymentRework) {
            Some(_) if !asked => " It does not ask for the deployment rework rate, which is left out.",
            None if asked => " The squad did not vote on the deployment rework rate, so the mean of the others leaves it out too.",
            _ => "",
        };
        let who = industry.map_or("all industries", Industry::name);
        let year = edition.label();
        let sentence = match &score {
            Score::Percentile { level, .. } => {
                let what = if level.is_some() {
                    "level and percentile"
                } else {
                    "a percentile without a level"
                };
                format!("Scored under {year}: {what} among the State of DevOps respondents of {year}, all industries together.{rework}")
            }
            Score::Today(today) => format!(
                "Scored under {year}: the mean of {} scores from 0 to 10, 10 best, beside the respondents of {year}, {who}.{rework} {}",
                if today.metrics_counted == 5 { "five" } else { "four" },
                edition.not_comparable(),
            ),
        };
        Self { edition, score, sentence }
    }
}

impl Score {
    /// "Elite, better than 89 %", "Better than 93 %" or "8.8 of 10".
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Percentile {
                level: Some(level),
                percentile,
            } => format!("{}, better than {percentile} %", level.name()),
            Self::Percentile { level: None, percentile } => format!("Better than {percentile} %"),
            Self::Today(today) => format!("{:.1} of 10", today.overall),
        }
    }
}

impl Edition {
    /// The editions that people choose from to score answers under, oldest first. Those between are the classic with other respondents.
    pub const OFFERED: [Self; 3] = [Self::Y2019, Self::Y2024, Self::Y2025];

    /// The one of these that an address asks for; the classic where it asks for none.
    #[must_use]
    pub fn asked(label: &str) -> Option<Self> {
        let known = Self::OFFERED.into_iter().find(|edition| edition.label() == label);
        known.or(label.is_empty().then_some(Self::Y2019))
    }

    /// The same as [`Rescored::sentence`] for many checkpoints at once.
    #[must_use]
    pub fn on_many(self) -> String {
        let year = self.label();
        match self {
            Self::Y2019 => format!(
                "Scored under {year}: level and percentile among the State of DevOps respondents of {year}, all industries together. It does not ask for the deployment rework rate, which is left out."
            ),
            Self::Y2021 | Self::Y2022 => {
                format!("Scored under {year}: a percentile without a level, among the State of DevOps respondents of {year}.")
            }
            Self::Y2024 => format!(
                "Scored under {year}: the mean of four scores from 0 to 10, 10 best. It does not ask for the deployment rework rate, which is left out. {}",
                self.not_comparable()
            ),
            Self::Y2025 => format!(
                "Scored under {year}: the mean of five scores from 0 to 10, 10 best; of four where a squad did not vote on its deployment rework rate, which makes it another mean. {}",
                self.not_comparable()
            ),
        }
    }

    /// What makes the scores of today another thing than the level of 2019. Of the questions' history: `facts/dora.md` of the design,
    /// after the State of DevOps reports of 2023 and 2024.
    fn not_comparable(self) -> &'static str {
        match self {
            Self::Y2019 | Self::Y2021 | Self::Y2022 => "",
            Self::Y2024 | Self::Y2025 => {
                "There are no levels and no percentile, so it does not compare with 2019: DORA now asks how long failed deployments take to recover from, where the squad was asked for any incident, and for failure rates as numbers, of which the squad’s answer is the middle of its band."
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{answers, everything, with_rework};
    use super::*;

    #[test]
    fn no_edition_gets_numbers_of_another() {
        for answers in everything() {
            for edition in Edition::ALL {
                let found = Rescored::of(edition, &answers, None);
                match found.score {
                    Score::Percentile { level, percentile } => {
                        assert_eq!(percentile_under(edition, &answers), Some(percentile));
                        assert_eq!(level.is_some(), edition == Edition::Y2019);
                    }
                    Score::Today(today) => assert_eq!(Some(today), today_under(edition, &answers, None)),
                }
            }
        }
    }

    #[test]
    fn the_sentence_says_what_was_done_and_what_is_left_out() {
        let said = |edition, answers: &Answers| Rescored::of(edition, answers, Some(Industry::Retail));
        let (four, five) = (answers([5, 6, 5, 6]), with_rework([5, 6, 5, 6], 4));
        assert_eq!(
            said(Edition::Y2019, &four).sentence,
            "Scored under 2019: level and percentile among the State of DevOps respondents of 2019, all industries together."
        );
        let left_out = "It does not ask for the deployment rework rate, which is left out.";
        for (edition, four_says, five_says) in [
            (Edition::Y2019, "", left_out),
            (Edition::Y2024, "the mean of four scores", left_out),
            (
                Edition::Y2025,
                "The squad did not vote on the deployment rework rate",
                "the mean of five scores",
            ),
        ] {
            let (of_four, of_five) = (said(edition, &four).sentence, said(edition, &five).sentence);
            assert!(of_four.contains(four_says) && !of_four.contains(left_out), "{of_four}");
            assert!(of_five.contains(five_says), "{of_five}");
            assert!(edition.on_many().contains(edition.label()));
        }
        let then = said(Edition::Y2024, &four);
        assert!(then.sentence.contains("respondents of 2024, Retail") && then.sentence.contains("no levels and no percentile"));
        assert_eq!(then.score.words(), "8.8 of 10");
        assert_eq!(said(Edition::Y2019, &four).score.words(), "Elite, better than 89 %");
        assert_eq!(said(Edition::Y2022, &four).score.words(), "Better than 94 %");
    }

    #[test]
    fn an_address_asks_for_an_edition_or_for_none() {
        assert_eq!(Edition::asked(""), Some(Edition::Y2019));
        assert_eq!(Edition::asked("2025"), Some(Edition::Y2025));
        for unknown in ["2022", "2031", "2025 ", "<b>"] {
            assert_eq!(Edition::asked(unknown), None);
        }
    }
}
