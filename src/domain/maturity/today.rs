//! Today's view: a score from 0 to 10 per metric, and the means DORA shows with it. It has no levels and no percentile, on purpose:
//! DORA gave them up, and there is no sound way to make them from these numbers.

use super::Answers;
use crate::domain::facts::{Edition, Industry, benchmark};
use crate::domain::metric::{Code, Metric};
use serde::{Deserialize, Serialize};

/// The scores of a squad beside those of its industry, all from 0 to 10, high is good.
///
/// Throughput and stability are DORA's halves of today: the time to restore counts as throughput.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Today {
    /// The edition the benchmarks come from.
    pub edition: Edition,
    /// One score for each metric counted.
    pub scores: Vec<TodayScore>,
    /// The mean of lead time, deployment frequency and time to restore.
    pub throughput: f64,
    /// The mean of change failure rate and, if it was voted on, rework rate.
    pub stability: f64,
    /// The mean of all scores, not of the two halves.
    pub overall: f64,
    /// The same mean of the industry, over the same metrics.
    pub benchmark_overall: f64,
    /// How many metrics count: five, or four without the rework rate.
    pub metrics_counted: u8,
}

/// One metric's score beside the industry's.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct TodayScore {
    /// The metric.
    pub metric: Metric,
    /// The squad's score.
    pub own: f64,
    /// The mean of the industry.
    pub mean: f64,
    /// The standard deviation around that mean.
    pub sd: f64,
}

impl TodayScore {
    /// How far the squad is from the mean, in words. Half a standard deviation is what respondents differ by all the time.
    #[must_use]
    pub fn reading(&self) -> &'static str {
        super::reading(self.own - self.mean, self.sd / 2.0)
    }
}

/// The middle of each band of percentages, worst first: what a band stands for where a single number is needed.
const BAND_MIDDLES: [f64; 6] = [88.0, 68.0, 53.0, 38.0, 23.0, 7.5];

/// Today's view, against the benchmarks of 2025.
///
/// Without a rework rate it is the mean of four, as in 2024, against the 2025 benchmarks of those four.
#[must_use]
pub fn today(answers: &Answers, industry: Option<Industry>) -> Today {
    view(Edition::Y2025, *answers, industry)
}

/// The same view against the benchmarks of another edition. `None` where it has none; 2024 does not count the rework rate.
#[must_use]
pub fn today_under(edition: Edition, answers: &Answers, industry: Option<Industry>) -> Option<Today> {
    matches!(edition, Edition::Y2024 | Edition::Y2025).then(|| view(edition, *answers, industry))
}

fn view(edition: Edition, answers: Answers, industry: Option<Industry>) -> Today {
    let score_of = |metric| {
        let own = score(metric, answers.get(metric)?);
        let there = benchmark(edition, metric, industry)?;
        Some(TodayScore {
            metric,
            own,
            mean: there.mean,
            sd: there.sd,
        })
    };
    let scores: Vec<_> = Metric::ALL.into_iter().filter_map(score_of).collect();
    let half = |shares| {
        mean(
            scores
                .iter()
                .filter(|score| is_share(score.metric) == shares)
                .map(|score| score.own),
        )
    };
    Today {
        edition,
        throughput: half(false),
        stability: half(true),
        overall: mean(scores.iter().map(|score| score.own)),
        benchmark_overall: mean(scores.iter().map(|score| score.mean)),
        metrics_counted: scores.iter().map(|_| 1).sum(),
        scores,
    }
}

/// The address that opens DORA's own check with these answers filled in, at its results.
///
/// Its sliders take whole percentages only, so the best band is 8 there and 7.5 here. Without a rework rate it opens the 2024 check,
/// which does not ask for one.
#[must_use]
pub fn dora_check_link(answers: &Answers, industry: Option<Industry>) -> String {
    let slider = |code| band_middle(code).round();
    let (rework, version) = match answers.deployment_rework {
        Some(code) => (format!("&rework={}", slider(code)), Edition::Y2025),
        None => (String::new(), Edition::Y2024),
    };
    format!(
        "https://dora.dev/quickcheck/?leadtime={}&deployfreq={}&failurerecovery={}&changefailure={}{rework}&v={}&industry={}",
        answers.lead_time.get(),
        answers.deployment_frequency.get(),
        answers.time_to_restore.get(),
        slider(answers.change_failure_rate),
        version.label(),
        industry.map_or("all", Industry::today_key),
    )
}

/// The score of an answer: the six options in equal steps, or 10 less a tenth of the percentage.
fn score(metric: Metric, code: Code) -> f64 {
    if is_share(metric) {
        10.0 - band_middle(code) / 10.0
    } else {
        10.0 * f64::from(code.get() - 1) / 5.0
    }
}

/// Whether the answer is a percentage. These two are also the metrics of today's stability.
const fn is_share(metric: Metric) -> bool {
    matches!(metric, Metric::ChangeFailureRate | Metric::DeploymentRework)
}

fn band_middle(code: Code) -> f64 {
    BAND_MIDDLES[usize::from(code.get()) - 1]
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    if count > 0.0 { sum / count } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{answers, everything, with_rework};
    use super::*;

    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
    }

    #[test]
    fn five_metrics_are_scored_as_dora_does() {
        let found = today(&with_rework([5, 6, 5, 6], 4), None);
        assert_eq!((found.edition, found.metrics_counted), (Edition::Y2025, 5));
        assert_eq!(found.scores.iter().map(|score| score.metric).collect::<Vec<_>>(), Metric::ALL);
        for (score, own) in found.scores.iter().zip([8.0, 10.0, 8.0, 9.25, 6.2]) {
            near(score.own, own);
        }
        near(found.throughput, 26.0 / 3.0);
        near(found.stability, 7.725);
        near(found.overall, 8.29);
        near(found.benchmark_overall, 6.72);
        near(found.scores[3].mean, 8.1);
        near(found.scores[3].sd, 2.1);
    }

    #[test]
    fn without_rework_it_is_four_metrics() {
        let found = today(&answers([5, 6, 5, 6]), None);
        assert_eq!((found.edition, found.metrics_counted, found.scores.len()), (Edition::Y2025, 4, 4));
        near(found.overall, 8.8125);
        near(found.stability, 9.25);
        near(found.benchmark_overall, 6.45);
    }

    #[test]
    fn the_benchmarks_are_those_that_dora_shows() {
        use Industry as I;
        let full = with_rework([3, 3, 3, 3], 3);
        for (industry, y2024, y2025) in [
            (None, 6.55, 6.72),
            (Some(I::Education), 6.225, 6.20),
            (Some(I::Energy), 5.85, 6.64),
            (Some(I::Finance), 6.60, 6.92),
            (Some(I::Government), 5.85, 6.32),
            (Some(I::Healthcare), 6.25, 6.26),
            (Some(I::Industrials), 6.15, 6.14),
            (Some(I::Insurance), 6.10, 6.64),
            (Some(I::Media), 6.95, 7.00),
            (Some(I::Nonprofit), 6.65, 6.72),
            (Some(I::Retail), 7.15, 7.06),
            (Some(I::Technology), 6.75, 6.76),
            (Some(I::Telecoms), 6.25, 6.42),
            (Some(I::Other), 6.80, 6.94),
        ] {
            near(today(&full, industry).benchmark_overall, y2025);
            let then = today_under(Edition::Y2024, &full, industry).expect("2024 has benchmarks");
            assert_eq!(then.metrics_counted, 4);
            near(then.benchmark_overall, y2024);
        }
        for edition in [Edition::Y2019, Edition::Y2021, Edition::Y2022] {
            assert_eq!(today_under(edition, &full, None), None);
        }
    }

    #[test]
    fn a_better_answer_is_never_a_worse_score() {
        for metric in Metric::ALL {
            let scores = Code::ALL.map(|code| score(metric, code));
            assert!(
                scores.is_sorted() && scores.iter().all(|score| (0.0..=10.0).contains(score)),
                "{metric:?}"
            );
        }
        assert!(everything().all(|answers| (0.0..=10.0).contains(&today(&answers, None).overall)));
    }

    #[test]
    fn the_link_carries_the_answers() {
        assert_eq!(
            dora_check_link(&with_rework([5, 6, 4, 6], 5), Some(Industry::Retail)),
            "https://dora.dev/quickcheck/?leadtime=5&deployfreq=6&failurerecovery=4&changefailure=8&rework=23&v=2025&industry=consumer"
        );
        assert_eq!(
            dora_check_link(&answers([1, 2, 3, 1]), None),
            "https://dora.dev/quickcheck/?leadtime=1&deployfreq=2&failurerecovery=3&changefailure=88&v=2024&industry=all"
        );
        let sliders = Code::ALL.map(|code| band_middle(code).round().to_string());
        assert_eq!(sliders, ["88", "68", "53", "38", "23", "8"]);
    }
}
