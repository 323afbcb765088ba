//! What a closed survey shows: how many for each answer, without names, and nothing where too few answered.

use super::Sheet;
use crate::domain::facts::Item;
use crate::domain::sorted::sort_by;
use serde::{Deserialize, Serialize};

/// A statement is counted when at least so many people answered it: two can then not work out what the third said from silence.
pub const ENOUGH: u32 = 3;

/// The count of one statement.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// How many answered.
    pub answered: u32,
    /// How many gave each of the five answers, from "strongly disagree" on; only where enough answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts: Option<[u32; 5]>,
}

/// The count of one round.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Results {
    /// How many answered at least one statement.
    pub people: u32,
    /// How many answered all of them.
    pub finished: u32,
    /// The statements, in the order they were asked.
    pub items: Vec<Counted>,
}

impl Results {
    /// Counts so many statements.
    #[must_use]
    pub fn count<'a>(items: usize, sheets: impl IntoIterator<Item = &'a Sheet>) -> Self {
        let mut all = vec![[0_u32; 5]; items];
        let mut results = Self::default();
        for sheet in sheets {
            results.people += 1;
            results.finished += u32::from(sheet.finished);
            for (item, answer) in &sheet.marks {
                if let Some(counts) = all.get_mut(*item as usize) {
                    counts[usize::from(answer.get()) - 1] += 1;
                }
            }
        }
        let counted = |counts: [u32; 5]| {
            let answered = counts.iter().sum();
            Counted {
                answered,
                counts: (answered >= ENOUGH).then_some(counts),
            }
        };
        results.items = all.into_iter().map(counted).collect();
        results
    }
}

impl Counted {
    /// The mean from 0 to 4, where enough answered; 4 is always good.
    #[must_use]
    pub fn mean(&self, item: &Item) -> Option<f64> {
        let counts = self.counts?;
        let total: u32 = counts.iter().zip(0..).map(|(count, value)| count * value).sum();
        let mean = f64::from(total) / f64::from(self.answered);
        Some(if item.reversed { 4.0 - mean } else { mean })
    }

    /// How far the answers lie apart: their standard deviation, where enough answered.
    #[must_use]
    pub fn spread(&self) -> Option<f64> {
        let counts = self.counts?;
        let n = f64::from(self.answered);
        let sum = |power: i32| -> f64 {
            counts
                .iter()
                .zip(0..)
                .map(|(count, value)| f64::from(*count) * f64::from(value).powi(power))
                .sum()
        };
        let mean = sum(1) / n;
        Some((sum(2) / n - mean * mean).max(0.0).sqrt())
    }
}

/// The mean of all statements from 0 to 100; `None` until each of them has enough answers.
#[must_use]
pub fn score(items: &[Item], results: &Results) -> Option<f64> {
    let means = items.iter().zip(&results.items).map(|(item, counted)| counted.mean(item));
    let means: Vec<f64> = means.collect::<Option<_>>()?;
    let count = u32::try_from(means.len()).ok().filter(|count| *count > 0)?;
    Some(25.0 * means.iter().sum::<f64>() / f64::from(count))
}

/// A score, or a part of one, as people read it: in whole points, halves up. Wherever it stands, and whatever differs by it.
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "a score is from 0 to 100, and a cast cannot overflow")]
pub fn points(score: f64) -> i32 {
    score.round() as i32
}

/// The places of the statements as they are worth talking about: widest apart first, then lowest; those with too few answers last.
#[must_use]
pub fn order(items: &[Item], results: &Results) -> Vec<usize> {
    let mut places: Vec<usize> = (0..items.len().min(results.items.len())).collect();
    // In thousandths, so that a rounding of the machine's does not decide.
    let thousandths = |figure: Option<f64>| figure.map_or(-1.0, |figure| (figure * 1000.0).round());
    sort_by(&mut places, |a, b| {
        let key = |place: usize| {
            (
                thousandths(results.items[place].spread()),
                thousandths(results.items[place].mean(&items[place])),
            )
        };
        let (one, two) = (key(*a), key(*b));
        two.0.total_cmp(&one.0).then(one.1.total_cmp(&two.1))
    });
    places
}
