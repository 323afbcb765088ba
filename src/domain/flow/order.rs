//! Which step comes before which: the order of a lane, once the connectors that lead back are left out.
//!
//! Whatever people draw, the rest has no cycle: figures, texts and the layout go along it and come to an end. All walks are loops, not
//! recursion, so that a thousand steps in a row do not exhaust the stack of a browser.

use super::{Connector, Flow, Lane};
use crate::domain::ids::ElementId;
use crate::domain::sorted::{SortedMap, SortedSet};

/// The steps of a lane in an order that its forward connectors follow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Order {
    /// Every step of the lane; one comes after all that lead to it.
    pub steps: Vec<ElementId>,
    /// The connectors that leave a step forwards inside the lane, in the order of their ids; no entry where there are none.
    pub forwards: SortedMap<ElementId, Vec<ElementId>>,
    /// The connectors inside the lane that lead back.
    pub backs: SortedSet<ElementId>,
    /// The steps from which a way goes forward to an end: to a step that nothing in the lane leaves. The others only lead back.
    pub arriving: SortedSet<ElementId>,
}

/// The connectors that lead back, in the whole flow.
///
/// Inside a lane these are the ones that close a cycle. One from recovery to delivery always leads back: what was put right goes the
/// way of every change from its beginning.
#[must_use]
pub fn loop_backs(flow: &Flow) -> SortedSet<ElementId> {
    let lane = |step: &ElementId| flow.steps.get(step).map(|step| step.lane);
    let up = |c: &Connector| lane(&c.from) == Some(Lane::Recovery) && lane(&c.to) == Some(Lane::Delivery);
    let across = flow.connectors.iter().filter(|(_, c)| up(c)).map(|(id, _)| *id);
    across
        .chain(Lane::ALL.into_iter().flat_map(|lane| order(flow, lane).backs))
        .collect()
}

/// The order of a lane: a walk in depth from the steps that nothing in the lane leads to, then from those it did not reach, each in
/// the order of ids. A connector to a step that the walk is still inside of leads back.
#[must_use]
pub fn order(flow: &Flow, lane: Lane) -> Order {
    let mut leaving: SortedMap<ElementId, Vec<(ElementId, ElementId)>> = flow.of_lane(lane).map(|(id, _)| (id, vec![])).collect();
    let mut led_to = SortedSet::new();
    for (id, c) in &flow.connectors {
        if leaving.contains_key(&c.to)
            && let Some(connectors) = leaving.get_mut(&c.from)
        {
            connectors.push((*id, c.to));
            led_to.insert(c.to);
        }
    }
    let (led, first): (Vec<ElementId>, Vec<ElementId>) = leaving.keys().partition(|step| led_to.contains(step));
    let mut found = Order::default();
    // What the walk has entered, and whether it is still inside.
    let mut inside: SortedMap<ElementId, bool> = SortedMap::new();
    for start in first.into_iter().chain(led) {
        if inside.contains_key(&start) {
            continue;
        }
        inside.insert(start, true);
        let mut way = vec![(start, leaving.get(&start).into_iter().flatten())];
        while let Some((step, connectors)) = way.last_mut() {
            let step = *step;
            let Some((connector, to)) = connectors.next() else {
                found.steps.push(step);
                inside.insert(step, false);
                way.pop();
                continue;
            };
            let before = inside.get(to).copied();
            if before == Some(true) {
                found.backs.insert(*connector);
                continue;
            }
            found.forwards.entry(step).or_default().push(*connector);
            if before.is_none() {
                inside.insert(*to, true);
                way.push((*to, leaving.get(to).into_iter().flatten()));
            }
        }
    }
    // Those that follow a step stand before it here.
    for step in &found.steps {
        let connectors = leaving.get(step).map_or(&[][..], Vec::as_slice);
        let mut on = connectors.iter().filter(|(id, _)| !found.backs.contains(id));
        if connectors.is_empty() || on.any(|(_, to)| found.arriving.contains(to)) {
            found.arriving.insert(*step);
        }
    }
    found.steps.reverse();
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::flow::Step;

    /// A flow of steps 0 to 9, delivery below 5, and a connector 10, 11, ... for each pair.
    fn drawn(pairs: &[(u64, u64)]) -> Flow {
        let lane = |id| if id < 5 { Lane::Delivery } else { Lane::Recovery };
        let step = |id| Step {
            lane: lane(id),
            ..Step::default()
        };
        let connector = |(from, to): &(u64, u64)| Connector {
            from: ElementId(*from),
            to: ElementId(*to),
            ..Connector::default()
        };
        Flow {
            steps: (0..10).map(|id| (ElementId(id), step(id))).collect(),
            connectors: (10..).map(ElementId).zip(pairs.iter().map(connector)).collect(),
            ..Flow::default()
        }
    }

    #[test]
    fn what_closes_a_cycle_leads_back() {
        let backs = |pairs: &[(u64, u64)]| loop_backs(&drawn(pairs)).into_iter().map(|id| id.0).collect::<Vec<_>>();
        assert_eq!(backs(&[]), [0u64; 0]);
        assert_eq!(backs(&[(0, 1), (1, 2), (0, 2)]), [0u64; 0], "two ways to one step");
        assert_eq!(backs(&[(0, 1), (1, 2), (2, 1)]), [12]);
        assert_eq!(backs(&[(3, 2), (2, 1), (1, 2)]), [12], "the walk begins where nothing leads to");
        assert_eq!(backs(&[(2, 1), (1, 2)]), [10], "or at the lowest id");
        assert_eq!(backs(&[(1, 1)]), [10]);
        assert_eq!(backs(&[(0, 6), (6, 0)]), [11], "from recovery to delivery");
        assert_eq!(backs(&[(6, 7), (7, 3)]), [11], "even where it closes nothing");
    }

    #[test]
    fn a_step_comes_after_all_that_lead_to_it() {
        let order = order(&drawn(&[(4, 0), (0, 3), (4, 3), (3, 0), (3, 1), (3, 6)]), Lane::Delivery);
        let place = |step| order.steps.iter().position(|id| *id == ElementId(step)).unwrap();
        assert_eq!(order.steps.len(), 5);
        assert!(place(4) < place(0) && place(0) < place(3) && place(3) < place(1));
        assert_eq!(order.backs, SortedSet::from([ElementId(13)]));
        assert_eq!(
            order.forwards[&ElementId(3)],
            [ElementId(14)],
            "the one to recovery is not of the lane"
        );
    }

    #[test]
    fn a_detour_arrives_nowhere() {
        let arriving = |pairs: &[(u64, u64)]| {
            order(&drawn(pairs), Lane::Delivery)
                .arriving
                .into_iter()
                .map(|id| id.0)
                .collect::<Vec<_>>()
        };
        assert_eq!(arriving(&[(0, 1), (1, 2), (1, 3), (3, 0)]), [0, 1, 2, 4]);
        assert_eq!(arriving(&[(0, 1), (1, 2), (2, 3), (3, 4), (4, 0)]), [0u64; 0]);
    }

    #[test]
    fn many_steps_in_a_row_are_walked() {
        let step = |id| (ElementId(id), Step::default());
        let next = |id| Connector {
            from: ElementId(id),
            to: ElementId(id + 1),
            ..Connector::default()
        };
        let flow = Flow {
            steps: (0..10_000).map(step).collect(),
            connectors: (0..9_999).map(|id| (ElementId(20_000 + id), next(id))).collect(),
            ..Flow::default()
        };
        assert!(loop_backs(&flow).is_empty());
        assert!(order(&flow, Lane::Delivery).steps.is_sorted());
    }
}
