//! The questions as the room reads them, with their six answers.

use super::data::QUESTIONS;
use crate::domain::metric::{Code, Metric};
use serde::Deserialize;
use std::ops::RangeInclusive;

/// The question of one metric.
///
/// The four of 2019 are DORA's own. The fifth asks for the rework rate in our words: DORA asks for it on a slider from 0 to 100 %, and
/// the room votes on the six bands of the change failure rate instead, so that every vote has the same six cards. A band stands for
/// its middle when it is scored, see [`crate::domain::maturity::today()`].
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// What it asks for.
    pub metric: Metric,
    /// The text up to its stressed words, with the space before them.
    pub before: String,
    /// The words to stress.
    pub strong: String,
    /// The rest of the text, with the space after them.
    pub after: String,
    /// A hint on how to answer it.
    pub tip: String,
    /// The six answers, worst first.
    pub options: [String; 6],
}

impl Question {
    /// The whole text, nothing stressed.
    #[must_use]
    pub fn text(&self) -> String {
        [self.before.as_str(), &self.strong, &self.after].concat()
    }

    /// The words of an answer.
    #[must_use]
    pub fn label(&self, code: Code) -> &str {
        &self.options[usize::from(code.get()) - 1]
    }

    /// The same inside of a sentence.
    #[must_use]
    pub fn said(&self, code: Code) -> String {
        let mut letters = self.label(code).chars();
        letters
            .next()
            .map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
    }
}

/// The question of a metric.
#[must_use]
pub fn question(metric: Metric) -> &'static Question {
    &QUESTIONS.questions[metric as usize]
}

/// The seconds that an answer stands for, from and to, where the question asks how long something takes.
///
/// The options of 2019 (`facts/questions.json`) name hours, days, weeks and months. A month has 28 to 31 days and half a year 181
/// to 184: a time in between belongs to both answers, as one on any other border does. An option goes down to where the next better
/// one begins.
#[must_use]
pub fn time_of(metric: Metric, code: Code) -> Option<RangeInclusive<u32>> {
    const HOUR: u32 = 3_600;
    const DAY: u32 = 24 * HOUR;
    if !matches!(metric, Metric::LeadTime | Metric::TimeToRestore) {
        return None;
    }
    Some(match code.get() {
        6 => 0..=HOUR,
        5 => HOUR..=DAY,
        4 => DAY..=7 * DAY,
        3 => 7 * DAY..=31 * DAY,
        2 => 28 * DAY..=184 * DAY,
        _ => 181 * DAY..=u32::MAX,
    })
}

/// The hint that goes with every question: a guess is welcome.
#[must_use]
pub fn guess_tip() -> &'static str {
    &QUESTIONS.guess_tip
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_metric_has_its_question() {
        for metric in Metric::ALL {
            let question = question(metric);
            assert_eq!(question.metric, metric);
            assert!(question.text().starts_with("For the primary application or service you work on, "));
            assert!(question.text().ends_with('?') && !question.text().contains("  "));
            assert!(question.before.ends_with(' ') && question.after.starts_with(' '));
            for text in question.options.iter().chain([&question.tip, &question.text()]) {
                assert!(!text.is_empty() && !text.contains('\u{2014}'), "{text}");
            }
        }
        assert!(!guess_tip().is_empty());
    }

    #[test]
    fn answers_run_from_worst_to_best() {
        for (metric, worst, best) in [
            (Metric::LeadTime, "More than six months", "Less than one hour"),
            (
                Metric::DeploymentFrequency,
                "Fewer than once per six months",
                "On demand (multiple deploys per day)",
            ),
            (Metric::TimeToRestore, "More than six months", "Less than one hour"),
            (Metric::ChangeFailureRate, "76–100 %", "0–15 %"),
            (Metric::DeploymentRework, "76–100 %", "0–15 %"),
        ] {
            assert_eq!(question(metric).label(Code::ALL[0]), worst);
            assert_eq!(question(metric).label(Code::ALL[5]), best);
        }
        assert_eq!(
            question(Metric::DeploymentRework).options,
            question(Metric::ChangeFailureRate).options
        );
    }

    #[test]
    fn every_time_belongs_to_an_answer() {
        for metric in [Metric::LeadTime, Metric::TimeToRestore] {
            let times = Code::ALL.map(|code| time_of(metric, code).unwrap());
            assert_eq!((*times[5].start(), *times[0].end()), (0, u32::MAX));
            for pair in times.windows(2) {
                assert!(pair[1].end() >= pair[0].start() && pair[1].start() < pair[0].start());
            }
        }
        assert_eq!(time_of(Metric::DeploymentFrequency, Code::ALL[5]), None);
    }

    #[test]
    fn the_words_that_name_the_metric_are_stressed() {
        let strong = Metric::FOUR.map(|metric| question(metric).strong.as_str());
        assert_eq!(
            strong,
            [
                "lead time for changes",
                "deploy code to production",
                "restore service",
                "percentage of changes"
            ]
        );
    }
}
