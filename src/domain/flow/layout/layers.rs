//! Which steps share a column, in the order of the lane.

use super::super::Flow;
use super::super::order::Order;
use crate::domain::ids::ElementId;
use crate::domain::sorted::{SortedMap, SortedSet, sort, sort_by_key};

/// The steps that share a column, from top to bottom, each with the first of those that lead to it.
pub(super) type Layer = Vec<(ElementId, Option<ElementId>)>;

/// The columns of a lane, however many they are. Parts that nothing connects stand one after the other, the one with the lowest id
/// first; in a column, what follows the upper step stands above, and among equals the lower id.
pub(super) fn layers(flow: &Flow, order: &Order) -> Vec<Layer> {
    let forward = || order.forwards.values().flatten().filter_map(|id| flow.connectors.get(id));
    let (mut before, mut after): (Neighbours, Neighbours) = (SortedMap::new(), SortedMap::new());
    for c in forward() {
        before.entry(c.to).or_default().push(c.from);
        after.entry(c.from).or_default().push(c.to);
    }
    let none = vec![];
    let of = |neighbours: &'_ Neighbours, id: &ElementId| neighbours.get(id).unwrap_or(&none).clone();
    let mut layer: SortedMap<ElementId, usize> = SortedMap::new();
    for id in &order.steps {
        let last = of(&before, id).iter().filter_map(|from| layer.get(from)).max().copied();
        layer.insert(*id, last.map_or(0, |last| last + 1));
    }
    // What nothing leads to stands right before the first step it leads to.
    for id in order.steps.iter().filter(|id| !before.contains_key(id)) {
        let next = of(&after, id).iter().filter_map(|to| layer.get(to)).min().copied();
        if let Some(next) = next {
            layer.insert(*id, next.saturating_sub(1));
        }
    }
    let mut begin = 0;
    let mut columns: SortedMap<usize, Vec<ElementId>> = SortedMap::new();
    for part in parts(layer.keys(), &before, &after) {
        let at = |id: &ElementId| begin + layer.get(id).copied().unwrap_or_default();
        let mut end = begin;
        for id in part {
            end = end.max(at(&id) + 1);
            columns.entry(at(&id)).or_default().push(id);
        }
        begin = end;
    }
    let mut place: SortedMap<ElementId, usize> = SortedMap::new();
    let mut layers = vec![];
    for mut column in columns.into_values() {
        let first = |id: &ElementId| of(&before, id).into_iter().min_by_key(|from| place.get(from).copied());
        sort(&mut column);
        let mut column: Layer = column.into_iter().map(|id| (id, first(&id))).collect();
        sort_by_key(&mut column, |(_, first)| {
            first.and_then(|first| place.get(&first).copied()).unwrap_or(usize::MAX)
        });
        for (id, _) in &column {
            place.insert(*id, place.len());
        }
        layers.push(column);
    }
    layers
}

type Neighbours = SortedMap<ElementId, Vec<ElementId>>;

/// The steps that are connected with each other, part by part.
fn parts<'a>(steps: impl Iterator<Item = &'a ElementId>, before: &Neighbours, after: &Neighbours) -> Vec<Vec<ElementId>> {
    let mut seen = SortedSet::new();
    let mut parts = vec![];
    for first in steps {
        let mut part = vec![];
        let mut open = vec![*first];
        while let Some(id) = open.pop() {
            if seen.insert(id) {
                part.push(id);
                open.extend([before, after].into_iter().filter_map(|n| n.get(&id)).flatten());
            }
        }
        if !part.is_empty() {
            parts.push(part);
        }
    }
    parts
}
