//! The stickies on the picture of a flow: below the step they are on, or on the connector.

use super::{Improvements, Kind};
use crate::domain::flow::layout::{Frame, Layout};
use crate::domain::flow::measure;
use crate::domain::ids::{ElementId, StickyId};
use crate::domain::sorted::SortedMap;

/// From a step to what is stuck below it.
const BELOW: i32 = 6;
/// The size of type on a sticky.
pub const PIN_SIZE: i32 = 12;
/// From line to line.
pub const PIN_LINE: i32 = 14;
/// Beside the mark, where the words begin.
pub const PIN_INDENT: i32 = 24;
/// The side of a sticky on a connector: there is room for its mark only.
const MARK: i32 = 22;

/// What is stuck on one element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pinned {
    /// On what.
    pub on: ElementId,
    /// The first of them.
    pub first: StickyId,
    /// Its box.
    pub frame: Frame,
    /// What the first is about.
    pub kind: Kind,
    /// Its words, at most two lines; none on a connector.
    pub lines: Vec<String>,
    /// How many more there are.
    pub more: usize,
}

/// What is stuck where. What is on something deleted is nowhere.
#[must_use]
pub fn pinned(board: &Improvements, layout: &Layout) -> Vec<Pinned> {
    let mut by_place: SortedMap<ElementId, Vec<StickyId>> = SortedMap::new();
    for (id, sticky) in &board.stickies {
        if let Some(on) = sticky.note.as_ref().and_then(|note| note.on) {
            by_place.entry(on).or_default().push(*id);
        }
    }
    let one = |(on, stickies): (ElementId, Vec<StickyId>)| {
        let (first, more) = (*stickies.first()?, stickies.len() - 1);
        let note = board.note(first)?;
        let step = layout.steps.get(&on);
        let (frame, lines) = if let Some(step) = step {
            let room = step.width - PIN_INDENT - if more > 0 { 30 } else { 6 };
            let lines = measure::wrap(note.text.as_str(), PIN_SIZE, room, 2);
            let count = i32::try_from(lines.len()).unwrap_or(1);
            let frame = Frame {
                y: step.bottom() + BELOW,
                height: count * PIN_LINE + 10,
                ..*step
            };
            (frame, lines)
        } else {
            let at = layout.connectors.get(&on)?.label;
            let frame = Frame {
                x: at.x - MARK / 2,
                y: at.y + BELOW,
                width: MARK,
                height: MARK,
            };
            (frame, vec![])
        };
        let kind = note.kind;
        Some(Pinned {
            on,
            first,
            frame,
            kind,
            lines,
            more,
        })
    };
    by_place.into_iter().filter_map(one).collect()
}
