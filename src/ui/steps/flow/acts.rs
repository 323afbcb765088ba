//! What a person can do to the flow: add, connect, delete, move, copy, paste. Each is one change that can be taken back.

use super::editor::{Editor, Field, Held};
use super::view::Spot;
use super::walk;
use crate::domain::flow::layout::{Frame, Layout, place};
use crate::domain::flow::outline::Mistake;
use crate::domain::flow::{Connector, Edit, Flow, Kind, Lane, Point, Step, Text, mermaid, outline};
use crate::domain::ids::ElementId;
use crate::domain::sorted::SortedMap;
use crate::domain::text::{FlowStepName, FlowText};
use leptos::prelude::*;
use std::cell::Cell;

/// What a new step is called until somebody names it.
const NEW_STEP: &str = "New step";
/// What a new text says until somebody writes it.
const NEW_TEXT: &str = "Text";

impl Editor {
    /// A new step after this one. What came next then comes after the new one; with `branch`, it goes two ways.
    pub(super) fn add_after(self, step: ElementId, branch: bool) {
        let Some(before) = self.flow.with_untracked(|flow| flow.steps.get(&step).cloned()) else {
            return;
        };
        let (new, connector) = (fresh(), fresh());
        let mut edits = vec![
            Edit::AddStep(new, new_step(before.lane)),
            Edit::AddConnector(connector, connect(step, new)),
        ];
        let next = self.connector_beside(true).filter(|_| !branch);
        let next = next.and_then(|id| self.flow.with_untracked(|flow| Some((id, flow.connectors.get(&id)?.to))));
        edits.extend(next.map(|(id, to)| Edit::Ends(id, new, to)));
        self.edit(edits);
        self.write_new(new);
    }

    /// A new step in the middle of a connector; the wait stays before what came next.
    pub(super) fn insert_on(self, connector: ElementId) {
        let ends = self.flow.with_untracked(|flow| {
            let connector = flow.connectors.get(&connector)?;
            Some((connector.from, connector.to, flow.steps.get(&connector.from)?.lane))
        });
        let Some((from, to, lane)) = ends else { return };
        let new = fresh();
        self.edit(vec![
            Edit::AddStep(new, new_step(lane)),
            Edit::AddConnector(fresh(), connect(from, new)),
            Edit::Ends(connector, new, to),
        ]);
        self.write_new(new);
    }

    /// A new step: after the selected one or on the selected connector, else by itself.
    pub(super) fn add(self) {
        let current = self.current_untracked();
        match current {
            Some(id) if self.flow.with_untracked(|flow| flow.steps.contains_key(&id)) => self.add_after(id, false),
            Some(id) if self.flow.with_untracked(|flow| flow.connectors.contains_key(&id)) => self.insert_on(id),
            _ => {
                let last = self
                    .layout
                    .with_untracked(|layout| last_of(layout, &self.flow.get_untracked(), Lane::Delivery));
                match last {
                    Some(last) => {
                        self.select(Some(last));
                        self.add_after(last, true);
                    }
                    None => self.add_alone(Lane::Delivery, None),
                }
            }
        }
    }

    /// A new step without a connector, where somebody pointed.
    pub(super) fn add_alone(self, lane: Lane, at: Option<Point>) {
        let new = fresh();
        self.edit(vec![Edit::AddStep(new, Step { at, ..new_step(lane) })]);
        self.write_new(new);
    }

    /// A new step without a connector, in the lane of what is selected.
    pub(super) fn add_apart(self) {
        self.add_alone(self.current_lane(), None);
    }

    fn current_lane(self) -> Lane {
        let current = self.current_untracked();
        let lane = current.and_then(|id| self.flow.with_untracked(|flow| Some(flow.steps.get(&id)?.lane)));
        lane.unwrap_or_default()
    }

    /// A new text beside the lane of what is selected.
    pub(super) fn add_text(self) {
        let Ok(text) = FlowText::parse(NEW_TEXT) else { return };
        let new = fresh();
        let text = Text {
            lane: self.current_lane(),
            text,
            at: None,
        };
        self.edit(vec![Edit::AddText(new, text)]);
        self.write_new(new);
    }

    fn write_new(self, new: ElementId) {
        self.select(Some(new));
        self.writing.set(Some((new, Field::Name)));
    }

    /// A connector between two steps.
    pub(super) fn connect(self, from: ElementId, to: ElementId) {
        self.connecting.set(None);
        let connector = fresh();
        let can = |flow: &Flow| flow.steps.contains_key(&to) && flow.between(from, to).is_none();
        if from != to && self.flow.with_untracked(can) {
            self.edit(vec![Edit::AddConnector(connector, connect(from, to))]);
            self.select(Some(connector));
        }
    }

    /// Begins to connect from the selected step; done with [`Self::connect`].
    pub(super) fn begin_to_connect(self) {
        let current = self.current_untracked();
        match current.filter(|id| self.flow.with_untracked(|flow| flow.steps.contains_key(id))) {
            Some(from) => {
                self.connecting.set(Some(from));
                self.notice
                    .set("Choose the step that comes next, then press Enter, or click it. Esc stops.".to_owned());
            }
            None => self.notice.set("Select the step to connect from first.".to_owned()),
        }
    }

    /// Away with what is selected; the step before becomes what keys act on.
    pub(super) fn delete(self) {
        let selected = self.selected.get_untracked();
        let before = match selected.as_slice() {
            [one] => self
                .flow
                .with_untracked(|flow| flow.connectors.values().find(|c| c.to == *one).map(|c| c.from)),
            _ => None,
        };
        self.edit(selected.into_iter().map(Edit::Remove).collect());
        self.select(before);
    }

    /// Says who does the selected steps.
    pub(super) fn set_kind(self, kind: Kind) {
        let steps = self.selected_steps();
        self.edit(steps.into_iter().map(|id| Edit::Kind(id, kind)).collect());
    }

    /// Moves the selected steps to a lane.
    pub(super) fn set_lane(self, lane: Lane) {
        let steps = self.selected_steps();
        self.edit(steps.into_iter().map(|id| Edit::Lane(id, lane)).collect());
    }

    fn selected_steps(self) -> Vec<ElementId> {
        let selected = self.selected.get_untracked();
        self.flow
            .with_untracked(|flow| selected.into_iter().filter(|id| flow.steps.contains_key(id)).collect())
    }

    /// Gives what is selected back to the layout, or everything.
    pub(super) fn tidy(self) {
        let selected = self.selected.get_untracked();
        let chosen = |id: &ElementId| selected.is_empty() || selected.contains(id);
        let edits = self.flow.with_untracked(|flow| {
            let steps = flow.steps.iter().filter(|(_, step)| step.at.is_some()).map(|(id, _)| *id);
            let texts = flow.texts.iter().filter(|(_, text)| text.at.is_some()).map(|(id, _)| *id);
            steps.chain(texts).filter(chosen).map(|id| Edit::At(id, None)).collect::<Vec<_>>()
        });
        if edits.is_empty() {
            return self.notice.set("Everything stands where the layout puts it already.".to_owned());
        }
        self.edit(edits);
    }

    /// Moves what is selected by hand.
    pub(super) fn nudge(self, x: i32, y: i32) {
        let selected = self.selected.get_untracked();
        let from: SortedMap<ElementId, Frame> = selected
            .into_iter()
            .filter_map(|id| Some((id, self.frame_untracked(id)?)))
            .collect();
        let by = Spot {
            x: f64::from(x),
            y: f64::from(y),
        };
        self.drop_at(&Held { from, by });
    }

    /// Puts down what was dragged. Where it lands says which lane it belongs to.
    pub(super) fn drop_at(self, held: &Held) {
        let Held { from, by } = held;
        let moved = by.point();
        let edits = self.flow.with_untracked(|flow| {
            self.layout.with_untracked(|layout| {
                let edit = |(id, frame): (&ElementId, &Frame)| {
                    let there = frame.moved(moved);
                    let lane_now = flow.steps.get(id).map(|s| s.lane).or_else(|| flow.texts.get(id).map(|t| t.lane))?;
                    let lane = layout.lane_at(there.centre());
                    let at = Edit::At(*id, Some(place(layout, lane, Point { x: there.x, y: there.y })));
                    Some((lane != lane_now).then_some(Edit::Lane(*id, lane)).into_iter().chain([at]))
                };
                from.iter().filter_map(edit).flatten().collect::<Vec<_>>()
            })
        });
        self.edit(edits);
    }

    /// What is selected, as text; everything when nothing is.
    pub(super) fn copied(self) -> String {
        let selected = self.selected.get_untracked();
        self.flow.with_untracked(|flow| {
            let mut part = flow.drawn();
            if !selected.is_empty() {
                part.steps.retain(|id, _| selected.contains(id));
                part.texts.retain(|id, _| selected.contains(id));
                part.connectors
                    .retain(|_, c| part.steps.contains_key(&c.from) && part.steps.contains_key(&c.to));
            }
            outline::write(&part)
        })
    }

    /// Draws what an outline or a Mermaid flowchart says, beside what is there.
    pub(super) fn paste(self, text: &str) {
        match read(text) {
            Ok(outline) => {
                let edits = outline::edits(&Flow::default(), &outline, fresh);
                let steps: Vec<ElementId> = edits.iter().filter(|e| matches!(e, Edit::AddStep(..))).map(Edit::id).collect();
                if edits.is_empty() {
                    return self.notice.set("There is no step in what you pasted.".to_owned());
                }
                self.edit(edits);
                self.selected.set(steps);
            }
            Err(errors) => {
                let first = errors.first().map(ToString::to_string).unwrap_or_default();
                self.notice.set(format!("This cannot be pasted as a flow. {first}"));
            }
        }
    }
}

/// The flow that an outline says, or a Mermaid flowchart.
pub(super) fn read(text: &str) -> Result<Flow, Vec<Mistake>> {
    let said = |line: &&str| !line.is_empty() && !line.starts_with("%%") && !line.starts_with("```");
    let mut first = text.lines().map(str::trim).find(said).unwrap_or_default().split_whitespace();
    // `graph` may also be how a step is called.
    let chart = match first.next() {
        Some("---" | "flowchart") => true,
        Some("graph") => first.next().is_none_or(|way| ["TB", "TD", "BT", "LR", "RL"].contains(&way)),
        _ => false,
    };
    if chart {
        mermaid::read(text).map_err(|mistake| vec![mistake])
    } else {
        outline::read(text)
    }
}

fn new_step(lane: Lane) -> Step {
    Step {
        lane,
        name: FlowStepName::parse(NEW_STEP).unwrap_or_default(),
        ..Step::default()
    }
}

fn connect(from: ElementId, to: ElementId) -> Connector {
    Connector {
        from,
        to,
        ..Connector::default()
    }
}

/// The last step of a lane in reading order.
fn last_of(layout: &Layout, flow: &Flow, lane: Lane) -> Option<ElementId> {
    let order = walk::in_reading_order(layout);
    order
        .into_iter()
        .rev()
        .find(|id| flow.steps.get(id).is_some_and(|step| step.lane == lane))
}

/// An id that nothing has had before: the time in its upper bits, so that what was drawn later sorts later, then a number drawn at
/// random, so that two people draw two things.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "hundredths of a second since 2020 fit 37 bits until 2063"
)]
pub(super) fn fresh() -> ElementId {
    const SINCE_2020: f64 = 157_788_000_000.0;
    const RANDOM: u64 = 1 << 16;
    thread_local!(static LAST: Cell<u64> = const { Cell::new(0) });
    let hundredths = (js_sys::Date::now() / 10.0 - SINCE_2020).max(0.0) as u64;
    let drawn = hundredths * RANDOM + (js_sys::Math::random() * 65_536.0) as u64;
    LAST.with(|last| {
        let next = drawn.max(last.get() + 1);
        last.set(next);
        ElementId(next)
    })
}
