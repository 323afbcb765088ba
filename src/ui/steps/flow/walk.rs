//! Walking through the flow with the arrow keys: along connectors to the sides, otherwise to what lies nearest in that direction.

use crate::domain::flow::Flow;
use crate::domain::flow::layout::{Frame, Layout};
use crate::domain::ids::ElementId;
use crate::domain::sorted::sort_by_key;

/// Where to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Left,
    Right,
    Up,
    Down,
}

/// The element to go to; without a place to start from, the first step.
pub(super) fn walk(flow: &Flow, layout: &Layout, from: Option<ElementId>, to: Direction) -> Option<ElementId> {
    let Some(from) = from else { return first(layout) };
    if let Some(connector) = flow.connectors.get(&from) {
        return Some(match to {
            Direction::Left | Direction::Up => connector.from,
            Direction::Right | Direction::Down => connector.to,
        });
    }
    along(flow, layout, from, to).or_else(|| nearest(layout, from, to))
}

/// The connector that begins or ends at a step: the one to what comes first.
pub(super) fn connector_at(flow: &Flow, layout: &Layout, step: ElementId, outgoing: bool) -> Option<ElementId> {
    let there = |id: &ElementId| {
        let connector = flow.connectors.get(id);
        connector.is_some_and(|c| if outgoing { c.from == step } else { c.to == step })
    };
    let other_end = |id: &ElementId| {
        let connector = flow.connectors.get(id)?;
        layout.frame(if outgoing { connector.to } else { connector.from }).map(reading)
    };
    flow.connectors
        .keys()
        .filter(|id| there(id))
        .min_by_key(|id| other_end(id))
        .copied()
}

/// The first step in reading order.
pub(super) fn first(layout: &Layout) -> Option<ElementId> {
    layout.steps.iter().min_by_key(|(_, frame)| reading(**frame)).map(|(id, _)| *id)
}

/// All steps and texts from left to right and from top to bottom.
pub(super) fn in_reading_order(layout: &Layout) -> Vec<ElementId> {
    let mut all: Vec<(ElementId, Frame)> = layout.steps.iter().chain(&layout.texts).map(|(id, frame)| (*id, *frame)).collect();
    sort_by_key(&mut all, |(_, frame)| reading(*frame));
    all.into_iter().map(|(id, _)| id).collect()
}

fn reading(frame: Frame) -> (i32, i32) {
    (frame.y, frame.x)
}

fn along(flow: &Flow, layout: &Layout, from: ElementId, to: Direction) -> Option<ElementId> {
    let outgoing = match to {
        Direction::Right => true,
        Direction::Left => false,
        Direction::Up | Direction::Down => return None,
    };
    let connector = flow.connectors.get(&connector_at(flow, layout, from, outgoing)?)?;
    Some(if outgoing { connector.to } else { connector.from })
}

/// What lies in this direction, the nearer and the straighter the better.
fn nearest(layout: &Layout, from: ElementId, to: Direction) -> Option<ElementId> {
    let here = middle(layout.frame(from)?);
    let all = layout.steps.iter().chain(&layout.texts);
    let candidates = all.filter_map(|(id, frame)| {
        let there = middle(*frame);
        let (dx, dy) = (there.0 - here.0, there.1 - here.1);
        let (ahead, aside) = match to {
            Direction::Left => (-dx, dy),
            Direction::Right => (dx, dy),
            Direction::Up => (-dy, dx),
            Direction::Down => (dy, dx),
        };
        (*id != from && ahead > 0).then_some((ahead + 2 * aside.abs(), *id))
    });
    candidates.min().map(|(_, id)| id)
}

fn middle(frame: Frame) -> (i32, i32) {
    (frame.x + frame.width / 2, frame.y + frame.height / 2)
}
