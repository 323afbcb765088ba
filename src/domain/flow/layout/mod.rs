//! Where everything of a flow stands: the same on every screen, on the server and in files.
//!
//! A lane is read like a text: from left to right, and after [`COLUMNS`] columns on from the left below. A step stands one column after
//! the last of those that lead to it; what shares a column stands one below the other. A step that was put somewhere by hand stays
//! there, keeps its place in the order free, and the others make room for it. Two boxes overlap only where people put both.

mod grid;
mod layers;
mod tracks;
mod wires;

use super::measure;
use super::order::order;
use super::{FARTHEST, Flow, Lane, Point};
use crate::domain::ids::ElementId;
use crate::domain::sorted::{SortedMap, SortedSet};
use serde::{Deserialize, Serialize};

/// How wide a step is.
pub const STEP_WIDTH: i32 = 140;
/// How high a step is.
pub const STEP_HEIGHT: i32 = 66;
/// After so many columns it goes on below.
pub const COLUMNS: i32 = 5;
/// From one column to the next.
pub const COLUMN_PITCH: i32 = 198;
/// From one row to the next, with room for what is stuck below a step.
pub const ROW_PITCH: i32 = 132;
/// What is more when it goes on from the left: the way of the connector back.
pub const BAND_GAP: i32 = 34;
/// The size of type of free text.
pub const TEXT_SIZE: i32 = 14;
/// The height of a line of free text.
pub const TEXT_LINE: i32 = 20;

/// Around the lanes.
const MARGIN: i32 = 16;
/// Above, between and below the lanes.
const GAP: i32 = 14;
/// Between the edge of a lane and what stands in it.
const PADDING: i32 = 16;
/// Above the first row: the title of the lane.
const HEAD: i32 = 48;
/// Below the last row: what is stuck below a step, and the connectors that lead back.
const FOOT: i32 = 74;
/// The least width of a lane.
const LANE_WIDTH: i32 = 964;
/// The widest that free text grows before it is broken.
const TEXT_WIDTH: i32 = COLUMN_PITCH + STEP_WIDTH;

/// A rectangle on the canvas.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    /// Its left edge.
    pub x: i32,
    /// Its upper edge.
    pub y: i32,
    /// How wide it is.
    pub width: i32,
    /// How high it is.
    pub height: i32,
}

impl Frame {
    /// The box of a step whose upper left corner is here.
    #[must_use]
    pub fn step(at: Point) -> Self {
        Self {
            x: at.x,
            y: at.y,
            width: STEP_WIDTH,
            height: STEP_HEIGHT,
        }
    }

    /// Its right edge.
    #[must_use]
    pub fn right(self) -> i32 {
        self.x + self.width
    }

    /// Its lower edge.
    #[must_use]
    pub fn bottom(self) -> i32 {
        self.y + self.height
    }

    /// The middle of it.
    #[must_use]
    pub fn centre(self) -> Point {
        Point {
            x: self.x + self.width / 2,
            y: self.y + self.height / 2,
        }
    }

    /// Whether two have an area in common; edges that touch are none.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }

    /// Whether a point lies in it or on its edge.
    #[must_use]
    pub fn contains(self, at: Point) -> bool {
        (self.x..=self.right()).contains(&at.x) && (self.y..=self.bottom()).contains(&at.y)
    }

    /// The same, so much larger on each side.
    #[must_use]
    pub fn grown(self, by: i32) -> Self {
        Self {
            x: self.x - by,
            y: self.y - by,
            width: self.width + 2 * by,
            height: self.height + 2 * by,
        }
    }

    /// The same elsewhere.
    #[must_use]
    pub fn moved(self, by: Point) -> Self {
        Self {
            x: self.x.saturating_add(by.x),
            y: self.y.saturating_add(by.y),
            ..self
        }
    }
}

/// The way of a connector: from the edge of one box to the edge of another, in straight pieces.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    /// Its corners, from the step before to the step after.
    pub points: Vec<Point>,
    /// The point on it where its wait and its label belong.
    pub label: Point,
}

/// Where everything stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    /// The boxes of the steps.
    pub steps: SortedMap<ElementId, Frame>,
    /// The boxes of the free texts.
    pub texts: SortedMap<ElementId, Frame>,
    /// The ways of the connectors.
    pub connectors: SortedMap<ElementId, Route>,
    /// The lanes, in the order of [`Lane::ALL`].
    pub lanes: [Frame; 2],
    /// The point of each lane that the places of the model are counted from.
    pub origins: [Point; 2],
    /// Everything.
    pub size: Frame,
}

impl Layout {
    /// The frame of a step or a text.
    #[must_use]
    pub fn frame(&self, id: ElementId) -> Option<Frame> {
        self.steps.get(&id).or_else(|| self.texts.get(&id)).copied()
    }

    /// The frame of a lane.
    #[must_use]
    pub fn lane(&self, lane: Lane) -> Frame {
        let [delivery, recovery] = self.lanes;
        if lane == Lane::Delivery { delivery } else { recovery }
    }

    /// The point of a lane that the places of the model are counted from.
    #[must_use]
    pub fn origin(&self, lane: Lane) -> Point {
        let [delivery, recovery] = self.origins;
        if lane == Lane::Delivery { delivery } else { recovery }
    }

    /// The lane that a point of the canvas belongs to: half way between the two it changes.
    #[must_use]
    pub fn lane_at(&self, at: Point) -> Lane {
        let [delivery, recovery] = self.lanes;
        if at.y * 2 < delivery.bottom() + recovery.y {
            Lane::Delivery
        } else {
            Lane::Recovery
        }
    }

    /// Where a place of the model is on the canvas.
    #[must_use]
    pub fn on_canvas(&self, lane: Lane, at: Point) -> Point {
        let (origin, at) = (self.origin(lane), clamped(at));
        Point {
            x: origin.x + at.x,
            y: origin.y + at.y,
        }
    }
}

/// The place of the model for the upper left corner of a box at this point of the canvas.
#[must_use]
pub fn place(layout: &Layout, lane: Lane, at: Point) -> Point {
    let origin = layout.origin(lane);
    clamped(Point {
        x: at.x.saturating_sub(origin.x),
        y: at.y.saturating_sub(origin.y),
    })
}

/// A place as the layout uses it: nothing stands above or to the left of its lane.
fn clamped(at: Point) -> Point {
    Point {
        x: at.x.clamp(0, FARTHEST),
        y: at.y.clamp(0, FARTHEST),
    }
}

/// Where everything of a flow stands.
#[must_use]
pub fn layout(flow: &Flow) -> Layout {
    let orders = Lane::ALL.map(|lane| order(flow, lane));
    let backs: SortedSet<ElementId> = orders.iter().flat_map(|order| order.backs.iter().copied()).collect();
    let [delivery, recovery] = &orders;
    let grids = [
        grid::Grid::new(flow, Lane::Delivery, &layers::layers(flow, delivery)),
        grid::Grid::new(flow, Lane::Recovery, &layers::layers(flow, recovery)),
    ];
    let texts = Lane::ALL.map(|lane| texts(flow, lane, grids.iter().find(|grid| grid.lane == lane)));
    let wires = wires::Wires::plan(flow, &grids, &backs);

    let content = |frames: &[&SortedMap<ElementId, Frame>]| {
        let all = || frames.iter().flat_map(|frames| frames.values());
        (
            all().map(|f| f.right()).max().unwrap_or(0),
            all().map(|f| f.bottom()).max().unwrap_or(0),
        )
    };
    let mut layout = Layout::default();
    let (mut y, mut width) = (GAP, LANE_WIDTH);
    let [delivery, recovery] = &mut layout.lanes;
    let [first, second] = &mut layout.origins;
    for (((grid, texts), head), (frame, origin)) in grids
        .iter()
        .zip(&texts)
        .zip(wires.heads())
        .zip([(delivery, first), (recovery, second)])
    {
        let head = HEAD + head;
        let (_, steps_end) = content(&[&grid.frames]);
        let (right, texts_end) = content(&[&grid.frames, texts]);
        let high = (steps_end.max(STEP_HEIGHT) + FOOT).max(texts_end + PADDING);
        *frame = Frame {
            x: MARGIN,
            y,
            width: LANE_WIDTH,
            height: head + high,
        };
        *origin = Point {
            x: MARGIN + PADDING,
            y: y + head,
        };
        width = width.max(right + 2 * PADDING);
        y = frame.bottom() + GAP + wires.gap();
    }
    y -= wires.gap();
    for frame in &mut layout.lanes {
        frame.width = width;
    }
    layout.size = Frame {
        x: 0,
        y: 0,
        width: width + 2 * MARGIN,
        height: y,
    };
    for ((grid, texts), origin) in grids.iter().zip(&texts).zip(layout.origins) {
        layout
            .steps
            .extend(grid.frames.iter().map(|(id, frame)| (*id, frame.moved(origin))));
        layout.texts.extend(texts.iter().map(|(id, frame)| (*id, frame.moved(origin))));
    }
    layout.connectors = wires.routes(flow, &grids, &layout);
    layout
}

/// The boxes of the free texts of a lane, counted from its origin: where they were put, or in rows below the steps.
fn texts(flow: &Flow, lane: Lane, grid: Option<&grid::Grid>) -> SortedMap<ElementId, Frame> {
    let steps_end = grid.into_iter().flat_map(|grid| grid.frames.values()).map(|f| f.bottom()).max();
    let top = steps_end.map_or(0, |end| end + FOOT);
    let (mut free, mut high) = (Point { x: 0, y: top }, 0);
    let mut frames = SortedMap::new();
    for (id, text) in flow.texts.iter().filter(|(_, text)| text.lane == lane) {
        let mut frame = text_frame(text.text.as_str());
        if let Some(at) = text.at {
            frame = frame.moved(clamped(at));
        } else {
            if free.x > 0 && free.x + frame.width > LANE_WIDTH - 2 * PADDING {
                free = Point { x: 0, y: free.y + high };
                high = 0;
            }
            high = high.max(frame.height + 8);
            frame = frame.moved(free);
            free.x += frame.width + PADDING;
        }
        frames.insert(*id, frame);
    }
    frames
}

/// The lines of free text.
#[must_use]
pub fn text_lines(text: &str) -> Vec<String> {
    measure::wrap(text, TEXT_SIZE, TEXT_WIDTH - PADDING, 12)
}

/// How large free text is, with a little air around it.
fn text_frame(text: &str) -> Frame {
    let lines = text_lines(text);
    let width = lines.iter().map(|line| measure::width(line, TEXT_SIZE)).max().unwrap_or_default();
    let count = i32::try_from(lines.len().max(1)).unwrap_or(1);
    Frame {
        x: 0,
        y: 0,
        width: width.max(TEXT_SIZE) + PADDING,
        height: count * TEXT_LINE + 8,
    }
}

/// The way between two boxes that stand anywhere, without regard to others: for what was put by hand and for what is being moved.
#[must_use]
pub fn route(from: Frame, to: Frame) -> Route {
    wires::elbow(from, to)
}
