//! The ways of the connectors: along the channels between rows and the gaps between columns, where no box stands.
//!
//! First every connector is planned in ranks (row, channel, gap), then those that would run over each other in a channel or a gap get
//! tracks of their own, and only then points are counted. So none runs through a box that the layout placed.

use super::super::{Flow, Lane};
use super::grid::{Cell, Grid};
use super::tracks::{Claim, Tracks};
use super::{COLUMN_PITCH, COLUMNS, Frame, GAP, Layout, Point, ROW_PITCH, Route, STEP_WIDTH};
use crate::domain::ids::ElementId;
use crate::domain::sorted::{SortedMap, SortedSet};

/// From a row to the channel above it; the arrow head needs it.
const CHANNEL: i32 = 20;
/// Two that run beside each other are this far apart.
const APART: i32 = 8;
/// How much of a channel or a gap the ones that run in it may take.
const SPREAD: [i32; 3] = [38, 26, 160];
/// How far from the middle of a box those begin and end that lead back.
const ASIDE: i32 = 28;

/// Where a way begins or ends on a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Left,
    Right,
    Top(i32),
    Bottom(i32),
}

/// Where it turns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    /// Into the gap to the right of this column.
    Gap(i32),
    /// Into the channel of this rank.
    Channel(i32),
}

struct Plan {
    id: ElementId,
    from: ElementId,
    to: ElementId,
    begin: Side,
    /// Each turn with the claim it makes.
    turns: Vec<(Turn, usize)>,
    end: Side,
}

/// All that are planned.
pub(super) struct Wires {
    plans: Vec<Plan>,
    tracks: Tracks,
    /// The rank of the channel between the lanes.
    between: i32,
}

/// An end of a connector on the grid.
#[derive(Clone, Copy)]
struct End {
    id: ElementId,
    cell: Cell,
    lane: Lane,
    /// Counted through both lanes: rows are odd in their lane, channels even.
    rank: i32,
}

impl Wires {
    pub(super) fn plan(flow: &Flow, grids: &[Grid; 2], backs: &SortedSet<ElementId>) -> Self {
        let [delivery, _] = grids;
        let between = 2 * rows(delivery) + 1;
        let end = |id: ElementId| {
            grids.iter().find_map(|grid| {
                let cell = *grid.cells.get(&id)?;
                let rank = base(grid.lane, between) + 2 * cell.row + 1;
                let lane = grid.lane;
                Some(End { id, cell, lane, rank })
            })
        };
        let (mut plans, mut claims) = (vec![], vec![]);
        let mut straight = SortedMap::new();
        for (id, c) in &flow.connectors {
            let (Some(from), Some(to)) = (end(c.from), end(c.to)) else {
                continue;
            };
            let (begin, turns, end) = match grids.iter().find(|grid| grid.lane == from.lane) {
                Some(grid) if from.lane == to.lane => inside(grid, from, to, backs.contains(id), &mut straight),
                _ => across(grids, from, to, between),
            };
            let turns = claimed(from, to, turns, &mut claims);
            let (from, to) = (c.from, c.to);
            plans.push(Plan {
                id: *id,
                from,
                to,
                begin,
                turns,
                end,
            });
        }
        let tracks = Tracks::share(claims, |channel| channel == 0 || channel == between + 1);
        Self { plans, tracks, between }
    }

    /// How much more room each lane needs above its first row.
    pub(super) fn heads(&self) -> [i32; 2] {
        [0, self.between + 1].map(|head| spread(self.tracks.in_channel(head), 2))
    }

    /// How much more room is needed between the lanes.
    pub(super) fn gap(&self) -> i32 {
        spread(self.tracks.in_channel(self.between), 2)
    }

    /// The ways as points; for an end that was put by hand, the plain one.
    pub(super) fn routes(&self, flow: &Flow, grids: &[Grid; 2], layout: &Layout) -> SortedMap<ElementId, Route> {
        let frame = |id| layout.steps.get(&id).copied();
        let plain = flow
            .connectors
            .iter()
            .filter_map(|(id, c)| Some((*id, elbow(frame(c.from)?, frame(c.to)?))));
        let mut routes: SortedMap<ElementId, Route> = plain.collect();
        for plan in &self.plans {
            if let (Some(from), Some(to)) = (frame(plan.from), frame(plan.to)) {
                routes.insert(plan.id, self.route(plan, from, to, grids, layout));
            }
        }
        routes
    }

    fn route(&self, plan: &Plan, from: Frame, to: Frame, grids: &[Grid; 2], layout: &Layout) -> Route {
        let mut at = port(from, plan.begin);
        let mut points = vec![at];
        let mut stagger = 0;
        for (turn, claim) in &plan.turns {
            let (track, of) = self.tracks.of(*claim);
            match *turn {
                Turn::Gap(column) => at.x = layout.origin(Lane::Delivery).x + gap_x(column, track, of),
                Turn::Channel(rank) => {
                    at.y = self.channel_y(rank, track, of, grids, layout);
                    stagger = track;
                }
            }
            points.push(at);
        }
        let end = port(to, plan.end);
        match plan.end {
            Side::Top(_) | Side::Bottom(_) => at.x = end.x,
            Side::Left | Side::Right => at.y = end.y,
        }
        points.extend([at, end]);
        finished(points, stagger)
    }

    fn channel_y(&self, rank: i32, track: i32, of: i32, grids: &[Grid; 2], layout: &Layout) -> i32 {
        let [upper, _] = layout.lanes;
        if rank == self.between {
            return upper.bottom() + (GAP + self.gap()) * (track + 1) / (of + 1);
        }
        let lane = if rank < self.between { Lane::Delivery } else { Lane::Recovery };
        let row = (rank - base(lane, self.between)) / 2;
        let top = layout.origin(lane).y;
        if row == 0 {
            return top - 10 - spread(of, 2) * track / of.max(1);
        }
        let rows = grids.iter().find(|grid| grid.lane == lane).map_or(&[][..], |grid| &grid.rows);
        let y = |row: i32| usize::try_from(row).ok().and_then(|row| rows.get(row));
        let below = y(row).or_else(|| rows.last()).copied().unwrap_or_default();
        let foot = if y(row).is_none() { ROW_PITCH } else { 0 };
        top + below + foot - CHANNEL - spread(of, 0) * track / of.max(1)
    }
}

/// How much so many beside each other take.
fn spread(count: i32, kind: usize) -> i32 {
    (count * APART).min(SPREAD.get(kind).copied().unwrap_or_default())
}

fn rows(grid: &Grid) -> i32 {
    i32::try_from(grid.rows.len()).unwrap_or_default()
}

fn base(lane: Lane, between: i32) -> i32 {
    if lane == Lane::Delivery { 0 } else { between + 1 }
}

/// Where in the gap to the right of a column the one on this track runs.
fn gap_x(column: i32, track: i32, of: i32) -> i32 {
    let left = column * COLUMN_PITCH + STEP_WIDTH;
    if column == COLUMNS - 1 {
        // Beside the last column there is only the padding of the lane.
        return left + 5 + 8 * (track + 1) / (of + 1);
    }
    let wide = (APART * (of - 1)).min(SPREAD.get(1).copied().unwrap_or_default());
    left + (COLUMN_PITCH - STEP_WIDTH) / 2 - wide / 2 + wide * track / (of - 1).max(1)
}

type Way = (Side, Vec<Turn>, Side);

/// A connector inside of a lane.
fn inside(grid: &Grid, from: End, to: End, back: bool, straight: &mut Straight) -> Way {
    let (s, t) = (from.cell, to.cell);
    if back || t.band < s.band || (t.band == s.band && t.column <= s.column) {
        let mut turns = vec![Turn::Channel(from.rank + 1)];
        if s.row != t.row {
            let beside = if s.column < t.column { t.column - 1 } else { t.column };
            turns.extend([Turn::Gap(beside), Turn::Channel(to.rank + 1)]);
        }
        return (Side::Bottom(ASIDE), turns, Side::Bottom(-ASIDE));
    }
    if s.band < t.band && !(t.column == s.column + 1 && t.band == s.band + 1) {
        let down = grid.free_below(s.column, s.row + 1..t.row);
        let above = Turn::Channel(to.rank - 1);
        return if down {
            (Side::Bottom(0), vec![above], Side::Top(0))
        } else {
            (Side::Right, vec![Turn::Gap(s.column), above], Side::Top(0))
        };
    }
    let between = s.column + 1..t.column;
    let mut may_pass = |row: i32| {
        let cells = || between.clone().map(|column| (grid.lane, row, column));
        let free = grid.free_beside(row, between.clone());
        let shared = |(f, t): &(ElementId, ElementId)| *f == from.id || *t == to.id;
        let alone = cells().all(|cell| straight.get(&cell).is_none_or(shared));
        if free && alone {
            straight.extend(cells().map(|cell| (cell, (from.id, to.id))));
        }
        free && alone
    };
    let turns = if may_pass(t.row) {
        if s.row == t.row { vec![] } else { vec![Turn::Gap(s.column)] }
    } else if s.row != t.row && may_pass(s.row) {
        vec![Turn::Gap(t.column - 1)]
    } else {
        let channel = if t.row < s.row { to.rank + 1 } else { to.rank - 1 };
        vec![Turn::Gap(s.column), Turn::Channel(channel), Turn::Gap(t.column - 1)]
    };
    (Side::Right, turns, Side::Left)
}

/// What runs straight through free cells.
type Straight = SortedMap<(Lane, i32, i32), (ElementId, ElementId)>;

/// A connector from lane to lane.
fn across(grids: &[Grid; 2], from: End, to: End, between: i32) -> Way {
    let [delivery, recovery] = grids;
    let down = from.lane == Lane::Delivery;
    let towards = |end: End| {
        if end.lane == Lane::Delivery {
            delivery.free_below(end.cell.column, end.cell.row + 1..rows(delivery))
        } else {
            recovery.free_below(end.cell.column, 0..end.cell.row)
        }
    };
    // Beside the middle, so that the two directions stand apart from each other and from what goes on in the lane.
    let aside = if down { ASIDE / 2 } else { -ASIDE / 2 };
    let side = |end: End| {
        if end.lane == Lane::Delivery {
            Side::Bottom(aside)
        } else {
            Side::Top(aside)
        }
    };
    // The channel on the side of the other lane.
    let channel = |end: End| Turn::Channel(if end.lane == Lane::Delivery { end.rank + 1 } else { end.rank - 1 });
    let mut turns = vec![];
    if !towards(from) {
        turns.extend([channel(from), Turn::Gap(from.cell.column)]);
    }
    turns.push(Turn::Channel(between));
    if !towards(to) {
        let beside = if from.cell.column < to.cell.column {
            to.cell.column - 1
        } else {
            to.cell.column
        };
        turns.extend([Turn::Gap(beside), channel(to)]);
    }
    (side(from), turns, side(to))
}

/// The turns, each with a claim on the piece of the channel or the gap that it uses.
fn claimed(from: End, to: End, turns: Vec<Turn>, claims: &mut Vec<Claim>) -> Vec<(Turn, usize)> {
    let column = |end: End| 2 * end.cell.column + 1;
    let last = turns.len().saturating_sub(1);
    let places = turns.iter().enumerate().map(|(n, turn)| {
        let (before, after) = (n.checked_sub(1).and_then(|n| turns.get(n)), turns.get(n + 1));
        let across = |turn: Option<&Turn>, end: i32| match turn {
            Some(Turn::Gap(column)) => 2 * column + 2,
            Some(Turn::Channel(rank)) => *rank,
            None => end,
        };
        let (place, ends) = match turn {
            Turn::Gap(column) => ((true, *column), (from.rank, to.rank)),
            Turn::Channel(rank) => ((false, *rank), (column(from), column(to))),
        };
        let (a, b) = (across(before, ends.0), across(after, ends.1));
        // What leaves one step, or comes to one, may go together.
        let group = match turn {
            Turn::Gap(_) if n == 0 => Some(from.id),
            Turn::Gap(_) if n == last => Some(to.id),
            _ => None,
        };
        let (low, high) = (a.min(b), a.max(b));
        claims.push(Claim { place, low, high, group });
        (*turn, claims.len() - 1)
    });
    places.collect()
}

/// The point of a side.
fn port(frame: Frame, side: Side) -> Point {
    let centre = frame.centre();
    match side {
        Side::Left => Point { x: frame.x, ..centre },
        Side::Right => Point {
            x: frame.right(),
            ..centre
        },
        Side::Top(aside) => Point {
            x: centre.x + aside,
            y: frame.y,
        },
        Side::Bottom(aside) => Point {
            x: centre.x + aside,
            y: frame.bottom(),
        },
    }
}

/// The route of these points: without those that are no corners, and with the place of its label.
fn finished(points: Vec<Point>, stagger: i32) -> Route {
    let mut kept: Vec<Point> = vec![];
    for point in points {
        if let [.., before, last] = kept.as_slice()
            && ((before.x == last.x && last.x == point.x) || (before.y == last.y && last.y == point.y))
        {
            kept.pop();
        }
        if kept.last() != Some(&point) {
            kept.push(point);
        }
    }
    let label = label(&kept, stagger);
    Route { points: kept, label }
}

/// On a long horizontal piece; else on a long upright one, between two rows, where those that share it have parted; else in front of
/// the step it leads to.
fn label(points: &[Point], stagger: i32) -> Point {
    let pieces = || points.iter().zip(points.iter().skip(1));
    let along = |at: i32, to: i32| match stagger % 3 {
        0 => i32::midpoint(at, to),
        1 => at + (to - at) / 3,
        _ => at + 2 * (to - at) / 3,
    };
    let flat = pieces().filter(|(a, b)| a.y == b.y).max_by_key(|(a, b)| a.x.abs_diff(b.x));
    let upright = pieces().filter(|(a, b)| a.x == b.x).max_by_key(|(a, b)| a.y.abs_diff(b.y));
    match (flat, upright, points) {
        (Some((a, b)), _, _) if a.x.abs_diff(b.x) >= 116 || points.len() == 2 => Point {
            x: along(a.x, b.x),
            y: a.y,
        },
        (Some(_), Some((a, b)), [first, second, ..]) if first.y == second.y && a.y.abs_diff(b.y) >= ROW_PITCH.unsigned_abs() => Point {
            x: a.x,
            y: a.y.max(b.y) - ROW_PITCH / 2,
        },
        (Some(_), _, [.., before, last]) if before.y == last.y => Point {
            x: last.x - (COLUMN_PITCH - STEP_WIDTH) / 2,
            y: last.y,
        },
        (_, Some((a, b)), _) => Point {
            x: a.x,
            y: i32::midpoint(a.y, b.y),
        },
        _ => points.first().copied().unwrap_or_default(),
    }
}

/// The way between two boxes that stand anywhere.
pub(super) fn elbow(from: Frame, to: Frame) -> Route {
    let (a, b) = (from.centre(), to.centre());
    let room = 24;
    let (begin, end, turn) = if to.x >= from.right() + room {
        (Side::Right, Side::Left, Some(i32::midpoint(from.right(), to.x)))
    } else if to.y >= from.bottom() + room {
        (Side::Bottom(0), Side::Top(0), None)
    } else if from.y >= to.bottom() + room {
        // Beside the one that leads down between the same two.
        (Side::Top(ASIDE), Side::Bottom(ASIDE), None)
    } else {
        (Side::Bottom(ASIDE), Side::Bottom(-ASIDE), None)
    };
    let (begin, last) = (port(from, begin), port(to, end));
    let middle = match (turn, end) {
        (Some(x), _) => [Point { x, y: a.y }, Point { x, y: b.y }],
        (None, Side::Bottom(aside)) if aside < 0 => {
            let y = from.bottom().max(to.bottom()) + room;
            [Point { y, ..begin }, Point { y, ..last }]
        }
        (None, _) => {
            let y = i32::midpoint(begin.y, last.y);
            [Point { y, ..begin }, Point { y, ..last }]
        }
    };
    let [first, second] = middle;
    finished(vec![begin, first, second, last], 0)
}
