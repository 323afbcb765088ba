//! The rows and columns of one lane.

use super::super::{Flow, Lane};
use super::layers::Layer;
use super::{BAND_GAP, COLUMN_PITCH, COLUMNS, Frame, Point, ROW_PITCH, STEP_HEIGHT, STEP_WIDTH, clamped};
use crate::domain::ids::ElementId;
use crate::domain::sorted::SortedMap;
use std::collections::{BTreeMap, BTreeSet};

/// The air that stays between a step and one that was put beside it by hand.
const AIR: i32 = 12;

/// A cell of the grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cell {
    /// Counted from the left.
    pub(super) column: i32,
    /// Counted from the top of the lane, through all bands.
    pub(super) row: i32,
    /// How often it has gone on from the left before.
    pub(super) band: i32,
}

/// The steps of a lane on their grid; places are counted from the lane's origin.
pub(super) struct Grid {
    pub(super) lane: Lane,
    /// The boxes of all steps.
    pub(super) frames: SortedMap<ElementId, Frame>,
    /// The cells of the steps that the layout placed.
    pub(super) cells: SortedMap<ElementId, Cell>,
    /// The upper edges of the rows.
    pub(super) rows: Vec<i32>,
    /// Where something stands, as row and column, also where it was put by hand.
    pub(super) taken: BTreeSet<(i32, i32)>,
}

impl Grid {
    pub(super) fn new(flow: &Flow, lane: Lane, layers: &[Layer]) -> Self {
        let mut grid = Self {
            lane,
            frames: SortedMap::new(),
            cells: SortedMap::new(),
            rows: vec![],
            taken: BTreeSet::new(),
        };
        let pins = Pins::new(flow, lane);
        let pinned = pins.frames.values().flatten();
        grid.frames.extend(pinned.copied());
        let (mut y, width) = (0, usize::try_from(COLUMNS).unwrap_or(1));
        for (band, columns) in (0..).zip(layers.chunks(width)) {
            let first = i32::try_from(grid.rows.len()).unwrap_or_default();
            // The row that a step would have if nothing stood in the way: what comes after it keeps to that.
            let mut wished: SortedMap<ElementId, i32> = SortedMap::new();
            let mut high = 1;
            for (column, layer) in (0..).zip(columns) {
                let (mut next_wish, mut next) = (0, 0);
                for (id, before) in layer {
                    let beside = before.and_then(|before| wished.get(&before)).copied().unwrap_or_default();
                    let wish = next_wish.max(beside);
                    next_wish = wish + 1;
                    wished.insert(*id, wish);
                    if flow.steps.get(id).is_some_and(|step| step.at.is_some()) {
                        continue;
                    }
                    let mut row = next.max(wish);
                    let frame = |row| {
                        Frame::step(Point {
                            x: column * COLUMN_PITCH,
                            y: y + row * ROW_PITCH,
                        })
                    };
                    while pins.stand_at(frame(row)) {
                        row += 1;
                    }
                    next = row + 1;
                    high = high.max(next);
                    grid.frames.insert(*id, frame(row));
                    let row = first + row;
                    grid.cells.insert(*id, Cell { column, row, band });
                    grid.taken.insert((row, column));
                }
                high = high.max(next_wish);
            }
            grid.rows.extend((0..high).map(|row| y + row * ROW_PITCH));
            y += high * ROW_PITCH + BAND_GAP;
        }
        if grid.rows.is_empty() {
            grid.rows.push(0);
        }
        grid.take_pins(&pins);
        grid
    }

    /// Marks the cells on which something was put by hand.
    fn take_pins(&mut self, pins: &Pins) {
        for (_, frame) in pins.frames.values().flatten() {
            let first = self.rows.partition_point(|y| y + STEP_HEIGHT <= frame.y);
            for (row, y) in (0..).zip(&self.rows).skip(first).take_while(|(_, y)| **y < frame.bottom()) {
                for column in 0..COLUMNS {
                    let cell = Frame::step(Point {
                        x: column * COLUMN_PITCH,
                        y: *y,
                    });
                    if cell.overlaps(*frame) {
                        self.taken.insert((row, column));
                    }
                }
            }
        }
    }

    /// Whether nothing stands in these columns of a row.
    pub(super) fn free_beside(&self, row: i32, mut columns: std::ops::Range<i32>) -> bool {
        columns.all(|column| !self.taken.contains(&(row, column)))
    }

    /// Whether nothing stands in these rows of a column.
    pub(super) fn free_below(&self, column: i32, rows: std::ops::Range<i32>) -> bool {
        // Rows are many and steps in a column few: ask what stands there, not whether each is free.
        let mut taken = self.taken.range((rows.start, 0)..(rows.end, 0));
        taken.all(|(_, c)| *c != column)
    }
}

/// What was put somewhere by hand, found by where it is.
struct Pins {
    frames: BTreeMap<(i32, i32), Vec<(ElementId, Frame)>>,
}

impl Pins {
    fn new(flow: &Flow, lane: Lane) -> Self {
        let mut frames: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (id, step) in flow.of_lane(lane) {
            if let Some(at) = step.at.map(clamped) {
                frames
                    .entry((at.x / STEP_WIDTH, at.y / STEP_HEIGHT))
                    .or_default()
                    .push((id, Frame::step(at)));
            }
        }
        Self { frames }
    }

    /// Whether one of them is in the way of this box.
    fn stand_at(&self, frame: Frame) -> bool {
        let wide = frame.grown(AIR);
        let (column, row) = (frame.x / STEP_WIDTH, frame.y / STEP_HEIGHT);
        (column - 2..=column + 2).any(|column| {
            let near = self.frames.range((column, row - 2)..=(column, row + 2));
            near.flat_map(|(_, frames)| frames).any(|(_, pin)| pin.overlaps(wide))
        })
    }
}
