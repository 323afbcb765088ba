//! The 2019 model: a level and a percentile from the average of four answers.
//!
//! The percentile is not a rank among respondents. It is where the average falls on a bell curve fitted to theirs, so that it ends at
//! 96 % even for four perfect answers.

use super::normal::share_below;
use super::{Answers, Level};
use crate::domain::facts::{self, Edition, Industry};
use crate::domain::metric::{Code, Metric};
use serde::{Deserialize, Serialize};

/// What the 2019 model says about a squad.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Assessment {
    /// The performer level.
    pub level: Level,
    /// "Performing better than N % of respondents."
    pub percentile: u8,
    /// The same before rounding: where the marker stands on the bar of [`bands`].
    pub marker: f64,
    /// The sum of the four codes, 4 to 24.
    pub sum: u8,
    /// Their average, 1 to 6.
    pub average: f64,
}

/// One answer beside the industry's mean of 2019, both from 0 to 100.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// The metric.
    pub metric: Metric,
    /// The squad's answer: 0, 20, 40, 60, 80 or 100.
    pub own: f64,
    /// The mean of the industry.
    pub mean: f64,
}

impl Comparison {
    /// How far the squad is from the mean, in words.
    #[must_use]
    pub fn reading(&self) -> &'static str {
        super::reading(self.own - self.mean, 10.0)
    }
}

/// The sum of the four answers, 4 to 24. The rework rate does not count.
#[must_use]
pub fn sum(answers: &Answers) -> u8 {
    answers.four().into_iter().map(Code::get).sum()
}

/// The performer level.
#[must_use]
pub fn level(answers: &Answers) -> Level {
    level_of_sum(sum(answers))
}

/// The share of the 2019 respondents that the squad does better than, in whole per cent.
#[must_use]
pub fn percentile(answers: &Answers) -> u8 {
    whole(share_below(facts::classic_curve(), average(sum(answers))))
}

/// The same among the respondents of another edition. `None` for 2024 and 2025, which have no percentile.
#[must_use]
pub fn percentile_under(edition: Edition, answers: &Answers) -> Option<u8> {
    facts::curve(edition).map(|curve| whole(share_below(curve, average(sum(answers)))))
}

/// The four bands of the bar from 0 to 100 %: level, from, to.
///
/// They are the bounds of the levels put on the percentile axis, not the share of respondents in each level.
#[must_use]
pub fn bands() -> [(Level, f64, f64); 4] {
    let cut = |level| share_below(facts::classic_curve(), upper_bound(level));
    let [low, medium, high] = [Level::Low, Level::Medium, Level::High].map(cut);
    [
        (Level::Low, 0.0, low),
        (Level::Medium, low, medium),
        (Level::High, medium, high),
        (Level::Elite, high, 100.0),
    ]
}

/// Everything the 2019 model says at once.
#[must_use]
pub fn assess(answers: &Answers) -> Assessment {
    let sum = sum(answers);
    let marker = share_below(facts::classic_curve(), average(sum));
    Assessment {
        level: level_of_sum(sum),
        percentile: whole(marker),
        marker,
        sum,
        average: average(sum),
    }
}

/// The four answers beside the 2019 means of an industry (`None`: all of them).
#[must_use]
pub fn compare(answers: &Answers, industry: Option<Industry>) -> Vec<Comparison> {
    let beside = |metric| {
        let own = 20.0 * f64::from(answers.get(metric)?.get() - 1);
        Some(Comparison {
            metric,
            own,
            mean: facts::baseline(metric, industry)?,
        })
    };
    Metric::FOUR.into_iter().filter_map(beside).collect()
}

/// The level that goes with a sum of four answers: the first whose bound the average does not pass.
pub(super) fn level_of_sum(sum: u8) -> Level {
    Level::ALL
        .into_iter()
        .find(|level| average(sum) <= upper_bound(*level))
        .unwrap_or(Level::Elite)
}

fn average(sum: u8) -> f64 {
    f64::from(sum) / 4.0
}

fn upper_bound(level: Level) -> f64 {
    let bounds = facts::upper_bounds();
    match level {
        Level::Low => bounds.low,
        Level::Medium => bounds.medium,
        Level::High => bounds.high,
        Level::Elite => bounds.elite,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a percentile lies between 0 and 100"
)]
fn whole(percentile: f64) -> u8 {
    percentile.round() as u8
}

#[cfg(test)]
mod tests {
    use super::super::tests::{answers, everything, with_rework};
    use super::*;

    /// The percentiles of 2019, 2021 and 2022 for the sums from 4 to 24.
    const PERCENTILES: [[u8; 21]; 3] = [
        [0, 0, 0, 1, 1, 2, 4, 7, 11, 16, 23, 31, 40, 50, 60, 69, 77, 84, 89, 93, 96],
        [0, 1, 1, 2, 3, 5, 8, 13, 18, 25, 33, 42, 52, 61, 70, 78, 84, 89, 93, 96, 97],
        [0, 1, 1, 3, 4, 7, 11, 16, 22, 30, 38, 47, 57, 66, 74, 81, 87, 91, 94, 97, 98],
    ];

    #[test]
    fn every_combination_follows_the_table() {
        for answers in everything() {
            let sum = sum(&answers);
            let expected = match sum {
                4..=14 => Level::Low,
                15..=17 => Level::Medium,
                18..=20 => Level::High,
                _ => Level::Elite,
            };
            assert_eq!(level(&answers), expected, "{answers:?}");
            let row = PERCENTILES.map(|year| year[usize::from(sum) - 4]);
            assert_eq!(percentile(&answers), row[0], "{answers:?}");
            let under = [Edition::Y2019, Edition::Y2021, Edition::Y2022].map(|edition| percentile_under(edition, &answers));
            assert_eq!(under, row.map(Some), "{answers:?}");
        }
    }

    #[test]
    fn the_test_vectors_of_the_original_hold() {
        for (codes, level, percentile) in [
            ([6, 6, 6, 6], Level::Elite, 96),
            ([5, 6, 5, 6], Level::Elite, 89),
            ([5, 5, 5, 6], Level::Elite, 84),
            ([5, 5, 5, 5], Level::High, 77),
            ([4, 5, 4, 5], Level::High, 60),
            ([4, 4, 4, 5], Level::Medium, 50),
            ([4, 4, 4, 4], Level::Medium, 40),
            ([3, 3, 4, 4], Level::Low, 23),
            ([1, 1, 3, 4], Level::Low, 2),
            ([1, 1, 1, 1], Level::Low, 0),
        ] {
            let found = assess(&answers(codes));
            assert_eq!((found.level, found.percentile), (level, percentile), "{codes:?}");
        }
    }

    #[test]
    fn the_squad_of_the_seed_is_elite_and_better_than_89_percent() {
        let found = assess(&answers([5, 6, 5, 6]));
        assert_eq!((found.level, found.percentile, found.sum), (Level::Elite, 89, 22));
        assert!((found.average - 5.5).abs() < 1e-12 && (found.marker - 89.39).abs() < 0.005);
    }

    #[test]
    fn the_levels_share_the_combinations_as_counted() {
        let count = |wanted| everything().filter(|answers| level(answers) == wanted).count();
        assert_eq!(Level::ALL.map(count), [721, 369, 171, 35]);
    }

    #[test]
    fn the_bands_are_cut_as_published() {
        let bands = bands();
        for (band, published) in bands.iter().zip(facts::published_band_cuts()) {
            assert!((band.2 - published).abs() < 0.005, "{band:?}");
        }
        assert!(bands[0].1.abs() < 1e-12 && (bands[3].2 - 100.0).abs() < 1e-12);
        for pair in bands.windows(2) {
            assert!((pair[0].2 - pair[1].1).abs() < 1e-12);
        }
        for answers in everything() {
            let found = assess(&answers);
            let inside = bands.iter().find(|(_, _, to)| found.marker <= *to).map(|band| band.0);
            assert_eq!(inside, Some(found.level), "the marker stands in the band of its level");
        }
    }

    #[test]
    fn newer_editions_have_no_percentile_and_rework_changes_nothing() {
        for edition in [Edition::Y2024, Edition::Y2025] {
            assert_eq!(percentile_under(edition, &answers([6, 6, 6, 6])), None);
        }
        assert_eq!(assess(&with_rework([4, 5, 4, 5], 1)), assess(&answers([4, 5, 4, 5])));
    }

    #[test]
    fn answers_stand_beside_the_means_of_their_industry() {
        let all = compare(&answers([1, 2, 5, 6]), None);
        assert_eq!(all.iter().map(|c| c.metric).collect::<Vec<_>>(), Metric::FOUR);
        for (found, (own, mean)) in all.iter().zip([(0.0, 50.0), (20.0, 49.0), (80.0, 78.0), (100.0, 88.0)]) {
            assert!((found.own - own).abs() < 1e-12 && (found.mean - mean).abs() < 1e-12, "{found:?}");
        }
        for industry in Industry::ALL {
            assert_eq!(compare(&answers([3, 3, 3, 3]), Some(industry)).len(), 4);
        }
    }
}
