//! A squad over time as tables for a spreadsheet, oldest first. Answers are numbers from 1, the worst, to 6, the best; a cell is empty
//! where there is nothing.

use super::{Held, Score, Scored, Trend};
use crate::domain::csv::{Cell, table};
use crate::domain::facts::Edition;
use crate::domain::maturity::Level;
use crate::domain::metric::{Code, Metric};

impl Trend {
    /// Level, percentile and answers of each checkpoint, and what an edition makes of the answers.
    #[must_use]
    pub fn answers_csv(&self, edition: Edition) -> String {
        let [lead, frequency, restore, failure, rework] = Metric::ALL.map(Metric::key);
        let row = |held: &Held| {
            let [lead, frequency, restore, failure, rework] = codes(held);
            let [level, percentile] = standing(held);
            let [edition, score] = scored(Some(held), edition);
            let day = held.held_on.into();
            [day, level, percentile, lead, frequency, restore, failure, rework, edition, score]
        };
        let columns = [
            "held_on",
            "level",
            "percentile",
            lead,
            frequency,
            restore,
            failure,
            rework,
            "edition",
            "score",
        ];
        table(columns, self.held.iter().map(row))
    }

    /// The score of each capability, 0 to 100, and whether it was the focus.
    #[must_use]
    pub fn capabilities_csv(&self) -> String {
        let rows = self.capabilities.iter().flat_map(|capability| {
            let row = |score: &Score| {
                [
                    (&capability.key).into(),
                    (&capability.title).into(),
                    score.held_on.into(),
                    score.score.into(),
                    u8::from(score.focus).into(),
                ]
            };
            capability.scores.iter().map(row)
        });
        table(["key", "capability", "held_on", "score", "focus"], rows)
    }

    /// The figures of each flow, and what changed since the one before.
    #[must_use]
    pub fn flow_csv(&self) -> String {
        let count = |steps: usize| Cell::from(u32::try_from(steps).unwrap_or(u32::MAX));
        let rows = self.flows.iter().map(|drawn| {
            [
                drawn.held_on.into(),
                drawn.to_production.map(|seconds| seconds / 3_600.0).into(),
                drawn.efficiency.into(),
                count(drawn.automated.0),
                count(drawn.automated.1),
                drawn.changes.as_ref().map(|changes| changes.join(" ")).into(),
            ]
        });
        table(
            [
                "held_on",
                "hours_to_production",
                "flow_efficiency_percent",
                "automated_steps",
                "steps",
                "changes",
            ],
            rows,
        )
    }
}

/// The five answers.
#[must_use]
pub fn codes(held: &Held) -> [Cell; 5] {
    held.agreed.map(|code| code.map(Code::get).into())
}

/// Level and percentile.
#[must_use]
pub fn standing(held: &Held) -> [Cell; 2] {
    [held.level.map(Level::key).into(), held.percentile.into()]
}

/// An edition, and what it makes of the answers: better than so many percent, or a score from 0 to 10.
#[must_use]
pub fn scored(held: Option<&Held>, edition: Edition) -> [Cell; 2] {
    let score = match held.and_then(|held| held.under(edition)) {
        _ if edition == Edition::Y2019 => held.and_then(|held| held.percentile).into(),
        Some(Scored::Percentile { percentile, .. }) => percentile.into(),
        Some(Scored::Today(today)) => today.overall.into(),
        None => None::<u8>.into(),
    };
    [edition.label().into(), score]
}

#[cfg(test)]
mod tests {
    use super::super::flows::Drawn;
    use super::super::rhythm::{Rhythm, Standing};
    use super::super::tests::{date, held};
    use super::super::{Capability, Score};
    use super::*;

    fn trend() -> Trend {
        let last = Held {
            level: Some(Level::Elite),
            percentile: Some(89),
            ..held("2023-01-10", [5, 6, 5, 6, 0])
        };
        let score = |held: &Held, score, focus| Score {
            held_on: held.held_on,
            id: held.id,
            score,
            focus,
        };
        let drawn = |held: &Held, to_production, changes| Drawn {
            id: held.id,
            held_on: held.held_on,
            facts: vec![],
            to_production,
            efficiency: Some(33),
            automated: (2, 3),
            changes,
        };
        let first = held("2022-10-10", [4, 0, 5, 6, 3]);
        Trend {
            capabilities: vec![Capability {
                key: "westrum".to_owned(),
                title: "=Culture, generative".to_owned(),
                scores: vec![score(&first, None, false), score(&last, Some(61.25), true)],
            }],
            flows: vec![
                drawn(&first, None, None),
                drawn(
                    &last,
                    Some(5400.0),
                    Some(vec!["Deploy is automated now.".to_owned(), "Review is gone.".to_owned()]),
                ),
            ],
            left_out: String::new(),
            held: vec![first, last],
            rhythm: Rhythm::Quarterly,
            standing: Standing::Due(date("2023-04-10")),
        }
    }

    #[test]
    fn the_tables_are_these() {
        let trend = trend();
        assert_eq!(
            trend.answers_csv(Edition::Y2019),
            "held_on,level,percentile,lead_time,deployment_frequency,time_to_restore,change_failure_rate,deployment_rework,edition,score\r\n\
             2022-10-10,,,4,,5,6,3,2019,\r\n\
             2023-01-10,elite,89,5,6,5,6,,2019,89\r\n"
        );
        let last = |edition| {
            trend
                .answers_csv(edition)
                .trim_end()
                .rsplit(',')
                .take(2)
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        assert_eq!(last(Edition::Y2025), ["8.8", "2025"], "what the chart shows under another edition");
        assert_eq!(last(Edition::Y2022), ["94", "2022"]);
        assert_eq!(
            trend.capabilities_csv(),
            "key,capability,held_on,score,focus\r\n\
             westrum,\"'=Culture, generative\",2022-10-10,,0\r\n\
             westrum,\"'=Culture, generative\",2023-01-10,61.2,1\r\n"
        );
        assert_eq!(
            trend.flow_csv(),
            "held_on,hours_to_production,flow_efficiency_percent,automated_steps,steps,changes\r\n\
             2022-10-10,,33,2,3,\r\n\
             2023-01-10,1.5,33,2,3,Deploy is automated now. Review is gone.\r\n"
        );
    }
}
