//! The delivery flow over time: its figures, and in words what changed from one checkpoint to the next that drew one.

use crate::domain::flow::difference::difference;
use crate::domain::flow::figures::{automated, figures};
use crate::domain::flow::report::{Fact, facts};
use crate::domain::flow::{Flow, Lane};
use crate::domain::ids::WorkshopId;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The flow of one checkpoint in figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Drawn {
    /// The checkpoint.
    pub id: WorkshopId,
    /// The day.
    pub held_on: NaiveDate,
    /// The figures as people read them, the time to production first.
    pub facts: Vec<Fact>,
    /// From commit to production in seconds, the middle where it is a range; `None` while no time is written.
    pub to_production: Option<f64>,
    /// Work as a percentage of the whole time.
    pub efficiency: Option<u8>,
    /// How many steps are automated, and how many there are.
    pub automated: (usize, usize),
    /// What changed since the one before, a sentence each; `None` for the first.
    pub changes: Option<Vec<String>>,
}

/// The figures of these flows, oldest first.
#[must_use]
pub fn over_time(flows: &[(WorkshopId, NaiveDate, Flow)]) -> Vec<Drawn> {
    let before = std::iter::once(None).chain(flows.iter().map(|(_, _, flow)| Some(flow)));
    let drawn = |(before, (id, held_on, flow)): (Option<&Flow>, &(WorkshopId, NaiveDate, Flow))| {
        let delivery = figures(flow, Lane::Delivery);
        Drawn {
            id: *id,
            held_on: *held_on,
            facts: facts(flow),
            to_production: (delivery.total.most > 0).then(|| delivery.total.middle()),
            efficiency: delivery.efficiency,
            automated: automated(flow),
            changes: before.map(|before| difference(before, flow).sentences().collect()),
        }
    };
    before.zip(flows).map(drawn).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::date;
    use super::*;
    use crate::domain::flow::outline;

    #[test]
    fn each_flow_is_told_from_the_one_before() {
        let at = |day: &str, text: &str| {
            let flow = outline::read(text).expect("an outline");
            (WorkshopId::new(uuid::Uuid::nil()), date(day), flow)
        };
        let manual = "delivery\ncommit 1h m\n> [3d] deploy 1h m\n";
        let found = over_time(&[
            at("2022-07-10", "delivery\ncommit\n"),
            at("2022-10-10", manual),
            at("2023-01-10", &manual.replace("1h m\n", "1h a\n").replace("3d", "22h")),
        ]);
        let figures: Vec<_> = found
            .iter()
            .map(|drawn| (drawn.to_production, drawn.efficiency, drawn.automated))
            .collect();
        let (hour, day) = (3600.0, 86_400.0);
        assert_eq!(
            figures,
            [
                (None, None, (0, 1)),
                (Some(3.0 * day + 2.0 * hour), Some(3), (0, 2)),
                (Some(day), Some(8), (2, 2)),
            ]
        );
        assert_eq!(found[0].changes, None);
        let changes = found[2].changes.as_ref().expect("there is one before");
        assert_eq!(
            changes[..],
            [
                "commit is automated now.",
                "deploy is automated now.",
                "deploy waits 22 h instead of 3 d."
            ]
        );
    }
}
