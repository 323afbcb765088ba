//! The files, read once. The only place where a mistake in them can stop the program; a test reads every one.

use super::capability::CapabilityFile;
use super::{Benchmark, EditionInfo, Industry, Question};
use crate::domain::metric::Metric;
use crate::domain::sorted::SortedMap;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::sync::LazyLock;

pub(super) static Y2019: LazyLock<Classic> = LazyLock::new(|| read(include_str!("editions/2019.json")));
pub(super) static Y2021: LazyLock<PercentileOnly> = LazyLock::new(|| read(include_str!("editions/2021.json")));
pub(super) static Y2022: LazyLock<PercentileOnly> = LazyLock::new(|| read(include_str!("editions/2022.json")));
pub(super) static Y2024: LazyLock<Scores> = LazyLock::new(|| read(include_str!("editions/2024.json")));
pub(super) static Y2025: LazyLock<Scores> = LazyLock::new(|| read(include_str!("editions/2025.json")));
pub(super) static QUESTIONS: LazyLock<QuestionFile> = LazyLock::new(|| read(include_str!("questions.json")));
pub(super) static INDUSTRIES: LazyLock<Industries> = LazyLock::new(|| read(include_str!("industries.json")));
pub(super) static CAPABILITIES: LazyLock<CapabilityFile> = LazyLock::new(|| read(include_str!("capabilities.json")));

fn read<T: DeserializeOwned>(file: &str) -> T {
    crate::reader::read(file).expect("the built-in facts are read by a test before they are shipped")
}

/// The bell curve of the respondents' averages, each from 1 to 6.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::domain) struct Curve {
    pub(in crate::domain) mean: f64,
    pub(in crate::domain) stddev: f64,
}

/// The highest average that still belongs to each level.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::domain) struct UpperBounds {
    pub(in crate::domain) low: f64,
    pub(in crate::domain) medium: f64,
    pub(in crate::domain) high: f64,
    pub(in crate::domain) elite: f64,
}

/// The file of 2019.
#[derive(Debug, Deserialize)]
pub(super) struct Classic {
    pub(super) about: EditionInfo,
    pub(super) percentile: Curve,
    pub(super) upper_bounds: UpperBounds,
    #[cfg(test)]
    pub(super) band_cuts: [f64; 3],
    pub(super) baselines: PerIndustry<PerMetric<f64>>,
}

/// The file of the questions: apart from the editions, because the browser shows answers in many places and scores in few.
#[derive(Debug, Deserialize)]
pub(super) struct QuestionFile {
    #[cfg(test)]
    pub(super) about: EditionInfo,
    pub(super) guess_tip: String,
    pub(super) questions: [Question; 5],
}

/// The files of 2021 and 2022.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PercentileOnly {
    pub(super) about: EditionInfo,
    pub(super) percentile: Curve,
}

/// The files of 2024 and 2025.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Scores {
    pub(super) about: EditionInfo,
    pub(super) low_is_good: Vec<Metric>,
    pub(super) benchmarks: PerIndustry<PerMetric<Benchmark>>,
}

/// The file of the industries.
#[derive(Debug, Deserialize)]
pub(super) struct Industries {
    #[cfg(test)]
    pub(super) about: EditionInfo,
    pub(super) industries: [IndustryEntry; 13],
}

/// One industry, as it is called then, today, and on the screen.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct IndustryEntry {
    pub(super) key: String,
    pub(super) today_key: String,
    pub(super) name: String,
}

/// A value for each metric; the fifth came later.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PerMetric<T> {
    lead_time: T,
    deployment_frequency: T,
    time_to_restore: T,
    change_failure_rate: T,
    deployment_rework: Option<T>,
}

impl<T: Copy> PerMetric<T> {
    pub(super) fn get(&self, metric: Metric) -> Option<T> {
        match metric {
            Metric::LeadTime => Some(self.lead_time),
            Metric::DeploymentFrequency => Some(self.deployment_frequency),
            Metric::TimeToRestore => Some(self.time_to_restore),
            Metric::ChangeFailureRate => Some(self.change_failure_rate),
            Metric::DeploymentRework => self.deployment_rework,
        }
    }
}

/// A value for all industries together and one for each of the thirteen, whichever keys the file uses.
#[derive(Debug, Deserialize)]
#[serde(try_from = "SortedMap<String, T>")]
pub(super) struct PerIndustry<T> {
    all: T,
    each: Vec<T>,
}

impl<T> PerIndustry<T> {
    pub(super) fn get(&self, industry: Option<Industry>) -> &T {
        industry.map_or(&self.all, |industry| &self.each[industry as usize])
    }
}

impl<T> TryFrom<SortedMap<String, T>> for PerIndustry<T> {
    type Error = String;

    fn try_from(mut map: SortedMap<String, T>) -> Result<Self, String> {
        let all = map.remove("all").ok_or("there is no value for all industries")?;
        let each = Industry::ALL
            .into_iter()
            .map(|industry| {
                let value = map.remove(industry.key()).or_else(|| map.remove(industry.today_key()));
                value.ok_or_else(|| format!("there is no value for {}", industry.key()))
            })
            .collect::<Result<Vec<_>, _>>()?;
        match map.into_keys().next() {
            Some(stranger) => Err(format!("there is no industry called {stranger}")),
            None => Ok(Self { all, each }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_can_be_read() {
        assert_eq!(Y2019.about.edition.label(), "2019");
        assert_eq!(Y2021.about.edition.label(), "2021");
        assert_eq!(Y2022.about.edition.label(), "2022");
        assert_eq!(Y2024.about.edition.label(), "2024");
        assert_eq!(Y2025.about.edition.label(), "2025");
        assert!(QUESTIONS.about.license.starts_with("CC BY 4.0"));
        assert!(INDUSTRIES.about.license.starts_with("CC BY 4.0"));
    }

    #[test]
    fn a_table_with_an_industry_too_few_or_too_many_is_refused() {
        let whole = || -> SortedMap<String, u8> {
            Industry::ALL
                .into_iter()
                .map(|industry| (industry.key().to_owned(), 1))
                .chain([("all".to_owned(), 0)])
                .collect()
        };
        assert!(PerIndustry::try_from(whole()).is_ok());
        let mut few = whole();
        few.remove("retail");
        assert_eq!(
            PerIndustry::try_from(few).expect_err("one is missing"),
            "there is no value for retail"
        );
        let mut many = whole();
        many.insert("gaming".to_owned(), 1);
        assert_eq!(
            PerIndustry::try_from(many).expect_err("one is strange"),
            "there is no industry called gaming"
        );
    }
}
