//! What DORA published, as data: the questions, the numbers of each edition of its check, and the industries it compares with.
//!
//! They live in the files of `editions/`, in `questions.json` and in `industries.json`, each with its source, date and licence, and
//! are built into the program. The rule to keep: no number of DORA's stands in code, and no code here decides what a number means;
//! that is the work of [`super::maturity`].

pub mod capability;
mod data;
mod industry;
pub mod own;
mod question;

pub use capability::{Capability, CapabilityKey, Catalogue, Item};
pub use industry::{Industry, UnknownIndustry};
pub use question::{Question, guess_tip, question, time_of};

pub(super) use data::{Curve, UpperBounds};

use super::metric::Metric;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// An edition of the check: the survey whose answers a squad is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Edition {
    /// The classic: levels, percentile, and a mean per industry.
    #[serde(rename = "2019")]
    Y2019,
    /// Percentile only.
    #[serde(rename = "2021")]
    Y2021,
    /// Percentile only.
    #[serde(rename = "2022")]
    Y2022,
    /// Scores from 0 to 10 of four metrics.
    #[serde(rename = "2024")]
    Y2024,
    /// Scores from 0 to 10 of five metrics: what DORA's own check shows today.
    #[serde(rename = "2025")]
    Y2025,
}

impl Edition {
    /// All editions, oldest first.
    pub const ALL: [Self; 5] = [Self::Y2019, Self::Y2021, Self::Y2022, Self::Y2024, Self::Y2025];

    /// The year of the survey, for machines and for people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Y2019 => "2019",
            Self::Y2021 => "2021",
            Self::Y2022 => "2022",
            Self::Y2024 => "2024",
            Self::Y2025 => "2025",
        }
    }
}

/// Where the facts of an edition come from, for the About page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EditionInfo {
    /// The edition.
    pub edition: Edition,
    /// What to call it.
    pub title: String,
    /// When DORA's own check ran on it.
    pub used: String,
    /// Repository, commit and files the facts were taken from.
    pub source: String,
    /// The day of the state of the source that was read.
    pub date: NaiveDate,
    /// The terms the facts come under.
    pub license: String,
}

/// Every edition and its source, oldest first.
#[must_use]
pub fn editions() -> &'static [EditionInfo] {
    static EDITIONS: LazyLock<[EditionInfo; 5]> = LazyLock::new(|| {
        [
            &data::Y2019.about,
            &data::Y2021.about,
            &data::Y2022.about,
            &data::Y2024.about,
            &data::Y2025.about,
        ]
        .map(Clone::clone)
    });
    EDITIONS.as_slice()
}

/// What an industry scores on one metric: from 0 to 10, and **high is good** for every metric.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Benchmark {
    /// The mean of the respondents.
    pub mean: f64,
    /// Their standard deviation.
    pub sd: f64,
}

/// The benchmark of an industry (`None`: all of them) on a metric.
///
/// There is none before 2024, and none for the rework rate in 2024.
///
/// The trap: the files keep change failures and rework as DORA stores them, where low is good. Every reader must come through here,
/// where they are turned round (10 less the mean) so that they can stand beside the other three. The standard deviation stays.
#[must_use]
pub fn benchmark(edition: Edition, metric: Metric, industry: Option<Industry>) -> Option<Benchmark> {
    let file = match edition {
        Edition::Y2024 => &*data::Y2024,
        Edition::Y2025 => &*data::Y2025,
        Edition::Y2019 | Edition::Y2021 | Edition::Y2022 => return None,
    };
    let stored = file.benchmarks.get(industry).get(metric)?;
    let mean = if file.low_is_good.contains(&metric) {
        10.0 - stored.mean
    } else {
        stored.mean
    };
    Some(Benchmark { mean, sd: stored.sd })
}

/// The 2019 mean of an industry (`None`: all of them) on a metric, on the axis from 0 to 100 where code 1 is 0 and code 6 is 100.
/// There is none for the rework rate, which the check did not ask for then.
#[must_use]
pub fn baseline(metric: Metric, industry: Option<Industry>) -> Option<f64> {
    data::Y2019.baselines.get(industry).get(metric)
}

/// The bell curve that an edition takes its percentile from, where it has one.
pub(super) fn curve(edition: Edition) -> Option<Curve> {
    match edition {
        Edition::Y2019 => Some(data::Y2019.percentile),
        Edition::Y2021 => Some(data::Y2021.percentile),
        Edition::Y2022 => Some(data::Y2022.percentile),
        Edition::Y2024 | Edition::Y2025 => None,
    }
}

/// The bell curve of the 2019 edition.
pub(super) fn classic_curve() -> Curve {
    data::Y2019.percentile
}

/// The averages at which the levels of 2019 end.
pub(super) fn upper_bounds() -> UpperBounds {
    data::Y2019.upper_bounds
}

/// The cuts of the 2019 bar as they were published, to check ours against.
#[cfg(test)]
pub(super) fn published_band_cuts() -> [f64; 3] {
    data::Y2019.band_cuts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn everybody() -> impl Iterator<Item = Option<Industry>> {
        std::iter::once(None).chain(Industry::ALL.into_iter().map(Some))
    }

    #[test]
    fn every_edition_says_where_it_comes_from() {
        assert_eq!(editions().iter().map(|info| info.edition).collect::<Vec<_>>(), Edition::ALL);
        for info in editions() {
            for text in [&info.title, &info.used, &info.source, &info.license] {
                assert!(!text.is_empty(), "{}", info.edition.label());
            }
            let json = serde_json::to_string(&info.edition).expect("an edition is a string");
            assert_eq!(json, format!("\"{}\"", info.edition.label()));
        }
    }

    #[test]
    fn every_industry_has_its_2019_means() {
        for industry in everybody() {
            for metric in Metric::FOUR {
                let mean = baseline(metric, industry).expect("all four are there");
                assert!((0.0..=100.0).contains(&mean), "{metric:?} {industry:?}");
            }
            assert_eq!(baseline(Metric::DeploymentRework, industry), None);
        }
        assert_eq!(baseline(Metric::LeadTime, None), Some(50.0));
        assert_eq!(baseline(Metric::TimeToRestore, Some(Industry::Nonprofit)), Some(93.0));
    }

    #[test]
    fn every_industry_has_its_benchmarks() {
        for industry in everybody() {
            for metric in Metric::ALL {
                let counted = metric != Metric::DeploymentRework;
                assert_eq!(benchmark(Edition::Y2024, metric, industry).is_some(), counted, "{industry:?}");
                let today = benchmark(Edition::Y2025, metric, industry).expect("all five are there");
                assert!((0.0..=10.0).contains(&today.mean) && today.sd > 0.0, "{metric:?} {industry:?}");
                assert_eq!(benchmark(Edition::Y2019, metric, industry), None);
            }
        }
    }

    #[test]
    fn failures_and_rework_are_turned_round_and_recovery_is_not() {
        let mean = |edition, metric| benchmark(edition, metric, None).expect("it is there").mean;
        for (edition, metric, expected) in [
            (Edition::Y2025, Metric::ChangeFailureRate, 8.1),
            (Edition::Y2025, Metric::DeploymentRework, 7.8),
            (Edition::Y2025, Metric::TimeToRestore, 7.4),
            (Edition::Y2025, Metric::LeadTime, 5.5),
            (Edition::Y2024, Metric::ChangeFailureRate, 8.3),
        ] {
            assert!((mean(edition, metric) - expected).abs() < 1e-9, "{edition:?} {metric:?}");
        }
    }
}
