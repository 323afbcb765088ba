//! What is drawn of a flow, without how: the same shapes become the canvas, the picture in the summary and the files.

use super::figures::figures;
use super::layout::{Frame, Layout, Route, TEXT_SIZE, text_lines};
use super::measure;
use super::order::loop_backs;
use super::{Connector, Flow, Kind, Lane, Point, Span, Step, Text};
use crate::domain::ids::ElementId;
use crate::domain::sorted::{SortedMap, sort_by_key};
use serde::{Deserialize, Serialize};
use std::fmt::Write;

/// The mark of manual work, in a square of 20.
pub const HAND: &str = "M6.5 10.5V5.2a1.2 1.2 0 0 1 2.4 0V9M8.9 8.5V4a1.2 1.2 0 0 1 2.4 0v4.7M11.3 8.8V5a1.2 1.2 0 0 1 2.4 0v6.2c0 3-1.7 5.3-4.6 5.3-2.2 0-3.3-1-4.3-2.9L3.4 10.9a1.2 1.2 0 0 1 2-1.3l1.1 1.5";
/// The mark of automated work.
pub const GEAR: &str = "M12.3 10a2.3 2.3 0 1 1-4.6 0 2.3 2.3 0 0 1 4.6 0M10 3v2M10 15v2M3 10h2M15 10h2M5.05 5.05l1.4 1.4M13.55 13.55l1.4 1.4M5.05 14.95l1.4-1.4M13.55 6.45l1.4-1.4M15 10a5 5 0 1 1-10 0 5 5 0 0 1 10 0";
/// The mark of waiting.
pub const CLOCK: &str = "M16.5 10a6.5 6.5 0 1 1-13 0 6.5 6.5 0 0 1 13 0M10 6.3V10l2.5 1.7";

/// The size of type of a step's name.
pub const NAME_SIZE: i32 = 13;
/// The size of type of everything small.
pub const SMALL_SIZE: i32 = 12;
/// From line to line of a step's name.
pub const NAME_LINE: i32 = 16;
/// From line to line of a connector's label.
pub const SMALL_LINE: i32 = 14;

/// The radius of the corners of connectors.
const RADIUS: i32 = 8;
/// How long an arrow head is.
const TIP: i32 = 9;
/// The air between a box and a connector.
const AIR: i32 = 2;
/// The height of a pill.
const PILL: i32 = 20;
/// The height of a number on an element.
const PIN: i32 = 18;
/// Between two columns.
const BETWEEN: i32 = 58;

/// A step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StepShape {
    /// Which.
    pub id: ElementId,
    /// Its box.
    pub frame: Frame,
    /// Who does the work.
    pub kind: Kind,
    /// Its name, at most two lines.
    pub lines: Vec<String>,
    /// "Automated · 6 min".
    pub meta: String,
    /// Where it happens, or empty.
    pub environment: String,
    /// Whether it is of last time and untouched.
    pub ghost: bool,
    /// Its part of the whole time, from 0 to 1.
    pub share: Option<f64>,
    /// Its name for those who do not see it.
    pub label: String,
}

/// How long it waits on a connector.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pill {
    /// Where it is.
    pub frame: Frame,
    /// "3 h".
    pub text: String,
    /// Whether it is the longest on the way to production.
    pub longest: bool,
}

/// The label of a connector.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// Its lines.
    pub lines: Vec<String>,
    /// The middle of the foot of the first line.
    pub at: Point,
}

/// A connector.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectorShape {
    /// Which.
    pub id: ElementId,
    /// The line, as the `d` of an SVG path.
    pub path: String,
    /// The arrow head, likewise.
    pub tip: String,
    /// Its wait.
    pub pill: Option<Pill>,
    /// Its label.
    pub words: Option<Words>,
    /// The point of the line where wait and label are.
    #[serde(default)]
    pub middle: Point,
    /// Whether it is of last time and untouched.
    pub ghost: bool,
    /// Whether it leads back.
    pub back: bool,
    /// Its name for those who do not see it.
    pub label: String,
}

/// Free text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextShape {
    /// Which.
    pub id: ElementId,
    /// Its box.
    pub frame: Frame,
    /// Its lines.
    pub lines: Vec<String>,
    /// Whether it is of last time and untouched.
    pub ghost: bool,
    /// Its name for those who do not see it.
    pub label: String,
}

/// A lane.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaneShape {
    /// Its box.
    pub frame: Frame,
    /// "Delivery".
    pub name: String,
    /// "commit to production".
    pub way: String,
    /// Where the way begins, behind the name.
    pub way_x: i32,
}

/// Everything, from back to front.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Scene {
    /// How large it is.
    pub size: Frame,
    /// The lanes.
    pub lanes: Vec<LaneShape>,
    /// The connectors.
    pub connectors: Vec<ConnectorShape>,
    /// The steps.
    pub steps: Vec<StepShape>,
    /// The free texts.
    pub texts: Vec<TextShape>,
    /// Numbers that lead to a list beside the picture.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pins: Vec<PinShape>,
}

/// The numbers of what a list says of one element: "1, 3".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinShape {
    /// Its box.
    pub frame: Frame,
    /// The numbers.
    pub text: String,
}

impl Scene {
    /// The same picture with numbers on its elements: on the upper edge of a step, below the line of a connector.
    #[must_use]
    pub fn pinned(mut self, numbers: impl Iterator<Item = (ElementId, usize)>) -> Self {
        let mut texts: SortedMap<ElementId, String> = SortedMap::new();
        for (on, number) in numbers {
            let text = texts.entry(on).or_default();
            if !text.is_empty() {
                text.push_str(", ");
            }
            text.push_str(&number.to_string());
        }
        let pin = |(on, text): (ElementId, String)| {
            let width = (measure::width(&text, SMALL_SIZE) + 10).max(PIN);
            let (x, y) = self.place_of_pin(on, width)?;
            let frame = Frame { x, y, width, height: PIN };
            Some(PinShape { frame, text })
        };
        self.pins = texts.into_iter().filter_map(pin).collect();
        self
    }

    fn place_of_pin(&self, on: ElementId, width: i32) -> Option<(i32, i32)> {
        if let Some(step) = self.steps.iter().find(|step| step.id == on) {
            return Some((step.frame.right() - 10 - width, step.frame.y - PIN / 2));
        }
        let connector = self.connectors.iter().find(|connector| connector.id == on)?;
        let below_words = connector.words.as_ref().map(|words| {
            let lines = i32::try_from(words.lines.len()).unwrap_or(1);
            words.at.y + (lines - 1) * SMALL_LINE
        });
        Some((connector.middle.x - width / 2, below_words.unwrap_or(connector.middle.y) + 6))
    }
}

/// What is drawn of a flow; steps in reading order.
#[must_use]
pub fn scene(flow: &Flow, layout: &Layout) -> Scene {
    let backs = loop_backs(flow);
    let figures = Lane::ALL.map(|lane| figures(flow, lane));
    let longest = figures.iter().find_map(|figures| figures.longest_wait).map(|(id, _)| id);
    let part = |id| figures.iter().find_map(|figures| figures.shares.get(id)).copied();
    let connectors = flow.connectors.iter().filter_map(|(id, c)| {
        let mut shape = connector_shape(flow, *id, c, layout.connectors.get(id)?, longest == Some(*id));
        shape.back = backs.contains(id);
        Some(shape)
    });
    let steps = flow.steps.iter().filter_map(|(id, step)| {
        let frame = *layout.steps.get(id)?;
        Some(step_shape(*id, step, frame, flow.ghosts.contains(id), part(id)))
    });
    let texts = flow.texts.iter().filter_map(|(id, text)| {
        let frame = *layout.texts.get(id)?;
        Some(text_shape(*id, text, frame, flow.ghosts.contains(id)))
    });
    let mut steps: Vec<StepShape> = steps.collect();
    sort_by_key(&mut steps, |step| (step.frame.y, step.frame.x, step.id));
    Scene {
        size: layout.size,
        lanes: Lane::ALL.map(|lane| lane_shape(lane, layout.lane(lane))).into(),
        connectors: connectors.collect(),
        steps,
        texts: texts.collect(),
        pins: vec![],
    }
}

/// A lane as it is drawn.
#[must_use]
pub fn lane_shape(lane: Lane, frame: Frame) -> LaneShape {
    LaneShape {
        frame,
        name: lane.name().to_owned(),
        way: lane.way().to_owned(),
        way_x: frame.x + 18 + measure::width(lane.name(), TEXT_SIZE) + 8,
    }
}

/// A step as it is drawn.
#[must_use]
pub fn step_shape(id: ElementId, step: &Step, frame: Frame, ghost: bool, share: Option<f64>) -> StepShape {
    let name = step.name.as_str();
    let work = step.work.map(Span::words);
    let with = |before: &str, text: Option<&str>| text.filter(|text| !text.is_empty()).map(|text| format!("{before}{text}"));
    let meta = format!("{}{}", step.kind.name(), with(" · ", work.as_deref()).unwrap_or_default());
    let label = format!(
        "{}, {} work{}{}",
        named(name),
        step.kind.name().to_lowercase(),
        with(", ", work.as_deref()).unwrap_or_default(),
        with(", in ", Some(step.environment.as_str())).unwrap_or_default(),
    );
    StepShape {
        id,
        frame,
        kind: step.kind,
        lines: measure::wrap(name, NAME_SIZE, frame.width - 38, 2),
        meta: measure::cut(&meta, SMALL_SIZE, frame.width - 18),
        environment: measure::cut(step.environment.as_str(), SMALL_SIZE - 1, frame.width - 28),
        ghost,
        share,
        label,
    }
}

/// The bar that shows a step's part of the whole time, in its box.
#[must_use]
pub fn share_frame(shape: &StepShape) -> Option<Frame> {
    let part = shape.share.filter(|part| *part > 0.0)?.min(1.0);
    #[expect(clippy::cast_possible_truncation, reason = "not wider than the box")]
    let width = (part * f64::from(shape.frame.width - 22)).round().max(2.0) as i32;
    Some(Frame {
        x: 11,
        y: shape.frame.height - 5,
        width,
        height: 3,
    })
}

/// The tag with a step's environment, on the lower edge of its box.
#[must_use]
pub fn environment_frame(shape: &StepShape) -> Option<Frame> {
    let width = measure::width(&shape.environment, SMALL_SIZE - 1) + 12;
    let frame = Frame {
        x: shape.frame.width - 8 - width,
        y: shape.frame.height - 6,
        width,
        height: 16,
    };
    (!shape.environment.is_empty()).then_some(frame)
}

fn named(name: &str) -> &str {
    if name.is_empty() { "A step without a name" } else { name }
}

/// Free text as it is drawn.
#[must_use]
pub fn text_shape(id: ElementId, text: &Text, frame: Frame, ghost: bool) -> TextShape {
    TextShape {
        id,
        frame,
        lines: text_lines(text.text.as_str()),
        ghost,
        label: format!("Text: {}", text.text.as_str()),
    }
}

/// A connector as it is drawn on a way.
#[must_use]
pub fn connector_shape(flow: &Flow, id: ElementId, connector: &Connector, route: &Route, longest: bool) -> ConnectorShape {
    let name = |id| flow.steps.get(&id).map_or("", |step| step.name.as_str());
    // Writing to a String cannot fail.
    let mut label = format!("From {} to {}", named(name(connector.from)), named(name(connector.to)));
    if let Some(wait) = connector.wait {
        let _ = write!(label, ", waits {}", wait.words());
    }
    if !connector.label.is_empty() {
        let _ = write!(label, ", {}", connector.label.as_str());
    }
    let (path, tip) = drawn(&route.points);
    let room = room(route);
    let pill = connector.wait.map(|wait| pill(wait, route.label, room, longest));
    ConnectorShape {
        id,
        path,
        tip,
        words: words(connector.label.as_str(), route.label, room, pill.as_ref()),
        pill,
        middle: route.label,
        ghost: flow.ghosts.contains(&id),
        back: false,
        label,
    }
}

/// How long the horizontal piece is that the label belongs to; nothing on an upright one.
fn room(route: &Route) -> Option<i32> {
    let at = route.label;
    let pieces = route.points.iter().zip(route.points.iter().skip(1));
    let mut flat = pieces.filter(|(a, b)| a.y == b.y && a.y == at.y && (a.x.min(b.x)..=a.x.max(b.x)).contains(&at.x));
    flat.next().map(|(a, b)| (a.x - b.x).abs())
}

/// A wait in as few characters as it needs: "3 h", "20 m", "1-3 d".
fn short(wait: Span) -> String {
    let words = |seconds| Span::exactly(seconds).words().replace("min", "m");
    let (least, most) = (words(wait.least), words(wait.most));
    if wait.is_exact() {
        return most;
    }
    match (least.split_once(' '), most.split_once(' ')) {
        (Some((number, unit)), Some((_, other))) if unit == other => format!("{number}–{most}"),
        _ => format!("{least}–{most}"),
    }
}

fn pill(wait: Span, at: Point, room: Option<i32>, longest: bool) -> Pill {
    let text = short(wait);
    let width = measure::width(&text, SMALL_SIZE) + 28;
    let y = match room {
        // Between two boxes there is no room on the line: above it, and a wide one above the boxes as well.
        Some(room) if room < 2 * BETWEEN && width <= BETWEEN + 6 => at.y - 31,
        Some(room) if room < 2 * BETWEEN => at.y - 47,
        _ => at.y - PILL / 2,
    };
    let frame = Frame {
        x: at.x - width / 2,
        y,
        width,
        height: PILL,
    };
    Pill { frame, text, longest }
}

fn words(label: &str, at: Point, room: Option<i32>, pill: Option<&Pill>) -> Option<Words> {
    if label.is_empty() {
        return None;
    }
    if room.is_some_and(|room| room < 2 * BETWEEN) {
        let lines = measure::wrap(label, SMALL_SIZE, BETWEEN + 2, 3);
        let at = Point { y: at.y + 16, ..at };
        return Some(Words { lines, at });
    }
    let lines = measure::wrap(label, SMALL_SIZE, 3 * BETWEEN, 1);
    let width = lines.iter().map(|line| measure::width(line, SMALL_SIZE)).max().unwrap_or_default();
    let beside = pill.map_or(at.x, |pill| pill.frame.right() + 6 + width / 2);
    let at = Point { x: beside, y: at.y + 4 };
    Some(Words { lines, at })
}

/// A line with round corners that ends in front of the box, and its arrow head.
fn drawn(points: &[Point]) -> (String, String) {
    let (mut path, mut tip) = (String::new(), String::new());
    let ([first, second, ..], [.., before, last]) = (points, points) else {
        return (path, tip);
    };
    let begin = towards(*first, *second, AIR);
    let point = towards(*last, *before, AIR);
    let end = towards(*last, *before, TIP);
    // Writing to a String cannot fail.
    let _ = write!(path, "M{} {}", begin.x, begin.y);
    let (from, inner) = (std::iter::once(&begin).chain(points.iter().skip(1)), points.iter().skip(1));
    for ((a, corner), b) in from.zip(inner).zip(points.iter().skip(2)) {
        let radius = RADIUS.min(length(*a, *corner) / 2).min(length(*corner, *b) / 2);
        let (enter, leave) = (towards(*corner, *a, radius), towards(*corner, *b, radius));
        let _ = write!(path, "L{} {}Q{} {} {} {}", enter.x, enter.y, corner.x, corner.y, leave.x, leave.y);
    }
    let _ = write!(path, "L{} {}", end.x, end.y);
    let (dx, dy) = ((point.x - before.x).signum(), (point.y - before.y).signum());
    let base = towards(point, *before, TIP);
    let _ = write!(
        tip,
        "M{} {}L{} {}L{} {}Z",
        point.x,
        point.y,
        base.x - 5 * dy,
        base.y - 5 * dx,
        base.x + 5 * dy,
        base.y + 5 * dx
    );
    (path, tip)
}

fn length(a: Point, b: Point) -> i32 {
    (a.x - b.x).abs() + (a.y - b.y).abs()
}

/// The point so far from one on the way to another, along one axis.
fn towards(from: Point, to: Point, far: i32) -> Point {
    Point {
        x: from.x + (to.x - from.x).signum() * far,
        y: from.y + (to.y - from.y).signum() * far,
    }
}
