//! Figures over squads, of which none tells a squad's name: how answers, scores and open actions are spread.

use super::Held;
use crate::domain::metric::Metric;
use crate::domain::sorted::SortedMap;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Scores of a capability are shown over squads from so many squads on: with fewer, one could be told from the other.
pub const LEAST_SQUADS: usize = 3;

/// How many squads gave each answer to a question, worst first.
#[must_use]
pub fn of_answers<'a>(squads: impl IntoIterator<Item = &'a Held>, metric: Metric) -> [u32; 6] {
    let mut counts = [0; 6];
    for code in squads.into_iter().filter_map(|held| held.answer(metric)) {
        counts[usize::from(code.get()) - 1] += 1;
    }
    counts
}

/// The scores of a capability over squads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scores {
    /// The capability.
    pub title: String,
    /// How many squads have a score.
    pub squads: usize,
    /// How many of them are from 0 up to 20, from 20 up to 40, and so on to 100.
    pub bands: [u32; 5],
}

/// The spread of each capability that enough squads have a score of, by title. The scores are from 0 to 100, one for each squad.
#[must_use]
pub fn of_scores<'a>(scores: impl IntoIterator<Item = (&'a str, &'a str, f64)>) -> Vec<Scores> {
    let mut found: SortedMap<&str, Scores> = SortedMap::new();
    for (key, title, score) in scores {
        let one = found.entry(key).or_insert_with(|| Scores {
            title: title.to_owned(),
            squads: 0,
            bands: [0; 5],
        });
        one.squads += 1;
        let band = [20.0, 40.0, 60.0, 80.0].iter().filter(|bound| score >= **bound).count();
        one.bands[band] += 1;
    }
    let mut shown: Vec<_> = found.into_values().filter(|one| one.squads >= LEAST_SQUADS).collect();
    shown.sort_by(|one, other| one.title.cmp(&other.title));
    shown
}

/// For how long an action is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Age {
    /// Up to 91 days.
    Quarter,
    /// Up to 182 days.
    Half,
    /// Up to 365 days.
    Year,
    /// Longer, or since before anybody wrote down the day.
    Longer,
}

impl Age {
    /// All, youngest first.
    pub const ALL: [Self; 4] = [Self::Quarter, Self::Half, Self::Year, Self::Longer];

    /// Of an action that was decided on this day.
    #[must_use]
    pub fn of(opened_on: Option<NaiveDate>, today: NaiveDate) -> Self {
        match opened_on.map(|opened| (today - opened).num_days()) {
            Some(..=91) => Self::Quarter,
            Some(..=182) => Self::Half,
            Some(..=365) => Self::Year,
            _ => Self::Longer,
        }
    }

    /// The same in words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Quarter => "Open for up to a quarter",
            Self::Half => "Open for a quarter to half a year",
            Self::Year => "Open for half a year to a year",
            Self::Longer => "Open for more than a year",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{date, held};
    use super::*;

    #[test]
    fn answers_are_counted_where_there_is_one() {
        let squads = [held("2023-01-10", [5, 6, 0, 0, 0]), held("2023-01-11", [5, 1, 0, 0, 0])];
        assert_eq!(of_answers(&squads, Metric::LeadTime), [0, 0, 0, 0, 2, 0]);
        assert_eq!(of_answers(&squads, Metric::DeploymentFrequency), [1, 0, 0, 0, 0, 1]);
        assert_eq!(of_answers(&squads, Metric::TimeToRestore), [0; 6]);
    }

    #[test]
    fn scores_of_two_squads_are_not_shown() {
        let one = |key, title, score| (key, title, score);
        let mut scores = vec![
            one("westrum", "Culture", 0.0),
            one("westrum", "Culture", 20.0),
            one("westrum", "Culture", 79.9),
            one("westrum", "Culture", 100.0),
            one("ci", "Continuous integration", 50.0),
            one("ci", "Continuous integration", 50.0),
        ];
        let culture = Scores {
            title: "Culture".to_owned(),
            squads: 4,
            bands: [1, 1, 0, 1, 1],
        };
        assert_eq!(of_scores(scores.clone()), std::slice::from_ref(&culture));
        scores.push(one("ci", "Continuous integration", 60.0));
        let found = of_scores(scores);
        assert_eq!(
            found.iter().map(|one| one.bands).collect::<Vec<_>>(),
            [[0, 0, 2, 1, 0], culture.bands]
        );
    }

    #[test]
    fn an_action_grows_old_on_the_day_after() {
        let today = date("2023-01-10");
        for (opened, age) in [
            ("2023-01-10", Age::Quarter),
            ("2022-10-11", Age::Quarter),
            ("2022-10-10", Age::Half),
            ("2022-07-12", Age::Half),
            ("2022-07-11", Age::Year),
            ("2022-01-10", Age::Year),
            ("2022-01-09", Age::Longer),
        ] {
            assert_eq!(Age::of(Some(date(opened)), today), age, "{opened}");
        }
        assert_eq!(Age::of(None, today), Age::Longer);
    }
}
