//! What a person has in hand on the canvas, and what they can do with it. Mouse, keyboard, toolbar and outline all come here.

use super::view::{Spot, View, Window};
use super::walk::{self, Direction};
use crate::domain::flow::layout::{Frame, Layout, layout, place};
use crate::domain::flow::undo::{Change, changes, revert};
use crate::domain::flow::{
    Command, Connector, Edit, Flow, Kind, Lane, MOST_EDITS, Point, Pointing, Step, Text, may_draw, mermaid, outline,
};
use crate::domain::ids::ElementId;
use crate::domain::text::{FlowStepName, FlowText};
use crate::ui::live::{Live, Topic};
use leptos::html;
use leptos::prelude::*;
use std::cell::Cell;
use std::collections::BTreeMap;

/// So many of one's own changes can be taken back.
const REMEMBERED: usize = 200;
/// What a new step is called until somebody names it.
const NEW_STEP: &str = "New step";
/// What a new text says until somebody writes it.
const NEW_TEXT: &str = "Text";

/// What is written on an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    /// The name of a step, or a text.
    Name,
    /// The time of a step.
    Work,
    /// Where a step happens.
    Environment,
    /// The wait on a connector.
    Wait,
    /// The label of a connector.
    Label,
}

/// What is being dragged, where it lay, and how far it has come.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Held {
    /// What lay where when the drag began; remote moves of it wait until it is dropped.
    pub(super) from: BTreeMap<ElementId, Frame>,
    /// How far.
    pub(super) by: Spot,
}

/// What was done and what was undone, newest last.
#[derive(Default)]
struct History {
    past: Vec<Vec<Change>>,
    future: Vec<Vec<Change>>,
}

/// The canvas of this screen. Copying it shares it.
#[derive(Clone, Copy)]
pub(super) struct Editor {
    /// The room.
    pub(super) live: Live,
    /// The flow with this person's own changes that the server has not answered yet.
    pub(super) flow: Memo<Flow>,
    /// Where everything stands.
    pub(super) layout: Memo<Layout>,
    /// Whether this person may change anything.
    pub(super) may_edit: Memo<bool>,
    /// What is selected; the last one is what keys act on.
    pub(super) selected: RwSignal<Vec<ElementId>>,
    /// What is being written, in place.
    pub(super) writing: RwSignal<Option<(ElementId, Field)>>,
    /// From which step a connector is being drawn with the keyboard or the toolbar.
    pub(super) connecting: RwSignal<Option<ElementId>>,
    /// What is being dragged.
    pub(super) held: RwSignal<Option<Held>>,
    /// The part of the canvas that is shown.
    pub(super) view: RwSignal<View>,
    /// Where the canvas is on the screen.
    pub(super) window: RwSignal<Window>,
    /// What to tell the person about what they have just done.
    pub(super) notice: RwSignal<String>,
    /// The element that takes the keys.
    pub(super) canvas: NodeRef<html::Div>,
    history: StoredValue<History>,
}

impl Editor {
    /// The editor of the room around.
    pub(super) fn new() -> Self {
        let live = Live::from_context();
        let flow = Memo::new(move |_| live.flow());
        Self {
            live,
            flow,
            layout: Memo::new(move |_| flow.with(layout)),
            may_edit: live.select(move |w| may_draw(w, live.you).is_ok()),
            selected: RwSignal::new(vec![]),
            writing: RwSignal::new(None),
            connecting: RwSignal::new(None),
            held: RwSignal::new(None),
            view: RwSignal::new(View::default()),
            window: RwSignal::new(Window::default()),
            notice: RwSignal::new(String::new()),
            canvas: NodeRef::new(),
            history: StoredValue::new(History::default()),
        }
    }

    /// The editor of the page around.
    pub(super) fn from_context() -> Self {
        expect_context()
    }

    /// What keys act on.
    pub(super) fn current(self) -> Option<ElementId> {
        self.selected.with(|selected| selected.last().copied())
    }

    /// Selects one element alone, or nothing.
    pub(super) fn select(self, id: Option<ElementId>) {
        self.selected.set(id.into_iter().collect());
        self.reveal();
    }

    /// Adds an element to the selection, or takes it out.
    pub(super) fn toggle(self, id: ElementId) {
        self.selected
            .update(|selected| match selected.iter().position(|other| *other == id) {
                Some(place) => drop(selected.remove(place)),
                None => selected.push(id),
            });
    }

    /// Selects all steps and texts.
    pub(super) fn select_all(self) {
        self.selected.set(self.layout.with_untracked(walk::in_reading_order));
    }

    /// Moves the view so that what keys act on can be seen.
    fn reveal(self) {
        let current = self.selected.with_untracked(|selected| selected.last().copied());
        let frame = current.and_then(|id| self.frame_untracked(id));
        if let Some(frame) = frame {
            let window = self.window.get_untracked();
            self.view.update(|view| *view = view.showing(window, frame));
        }
    }

    fn frame_untracked(self, id: ElementId) -> Option<Frame> {
        self.layout
            .with_untracked(|layout| layout.steps.get(&id).or_else(|| layout.texts.get(&id)).copied())
    }

    /// Goes to the neighbour in a direction; with `extend`, what was selected stays so.
    pub(super) fn walk(self, to: Direction, extend: bool) {
        let from = self.selected.with_untracked(|selected| selected.last().copied());
        let next = self
            .flow
            .with_untracked(|flow| self.layout.with_untracked(|layout| walk::walk(flow, layout, from, to)));
        match next {
            Some(next) if extend => {
                self.selected.update(|selected| {
                    selected.retain(|other| *other != next);
                    selected.push(next);
                });
                self.reveal();
            }
            Some(next) => self.select(Some(next)),
            None => {}
        }
    }

    /// The connector that leads to the selected step, or away from it.
    pub(super) fn connector_beside(self, outgoing: bool) -> Option<ElementId> {
        let step = self.selected.with_untracked(|selected| selected.last().copied())?;
        self.flow.with_untracked(|flow| {
            if flow.connectors.contains_key(&step) {
                return Some(step);
            }
            self.layout
                .with_untracked(|layout| walk::connector_at(flow, layout, step, outgoing))
        })
    }

    /// Does this, and remembers how to take it back.
    pub(super) fn edit(self, edits: Vec<Edit>) {
        if edits.is_empty() || !self.sendable(&edits) {
            return;
        }
        let change = self.flow.with_untracked(|flow| changes(flow, &edits));
        self.history.update_value(|history| {
            history.past.push(change);
            if history.past.len() > REMEMBERED {
                history.past.remove(0);
            }
            history.future.clear();
        });
        self.send(edits);
    }

    fn sendable(self, edits: &[Edit]) -> bool {
        let small = edits.len() <= MOST_EDITS;
        if !small {
            self.notice
                .set("That is too much at once. Do it in smaller pieces, please.".to_owned());
        }
        small
    }

    fn send(self, edits: Vec<Edit>) {
        self.notice.set(String::new());
        self.live.send(crate::domain::command::Command::Flow(Command::Edit(edits)));
    }

    /// Takes the last change of one's own back, as far as nobody has changed the same since.
    pub(super) fn undo(self) {
        self.step_back(
            |history| &mut history.past,
            |history| &mut history.future,
            "There is nothing of yours to undo.",
        );
    }

    /// Does again what was taken back.
    pub(super) fn redo(self) {
        self.step_back(
            |history| &mut history.future,
            |history| &mut history.past,
            "There is nothing to do again.",
        );
    }

    fn step_back(self, from: fn(&mut History) -> &mut Vec<Vec<Change>>, to: fn(&mut History) -> &mut Vec<Vec<Change>>, nothing: &str) {
        let Some(change) = self.history.try_update_value(|history| from(history).pop()).flatten() else {
            return self.notice.set(nothing.to_owned());
        };
        let edits = self.flow.with_untracked(|flow| revert(flow, &change));
        if edits.is_empty() {
            let changed = "Somebody has changed this since, so it stays as it is.";
            return self.notice.set(changed.to_owned());
        }
        let back = self.flow.with_untracked(|flow| changes(flow, &edits));
        self.history.update_value(|history| to(history).push(back));
        let touched: Vec<ElementId> = edits.iter().map(Edit::id).collect();
        self.send(edits);
        let there = |id: &ElementId| self.frame_untracked(*id).is_some();
        self.selected.set(touched.into_iter().filter(there).collect());
    }

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
        let current = self.selected.with_untracked(|selected| selected.last().copied());
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
        let current = self.selected.with_untracked(|selected| selected.last().copied());
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
        if from != to && self.flow.with_untracked(|flow| flow.between(from, to).is_none()) {
            self.edit(vec![Edit::AddConnector(connector, connect(from, to))]);
            self.select(Some(connector));
        }
    }

    /// Begins to connect from the selected step; done with [`Self::connect`].
    pub(super) fn begin_to_connect(self) {
        let current = self.selected.with_untracked(|selected| selected.last().copied());
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
        let from: BTreeMap<ElementId, Frame> = selected
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
        let chart = ["flowchart", "graph"].iter().any(|word| text.trim_start().starts_with(word));
        let read = if chart {
            mermaid::read(text).map_err(|mistake| vec![mistake])
        } else {
            outline::read(text)
        };
        match read {
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

    /// Tells the others where this person points.
    pub(super) fn point(self, at: Option<Spot>) {
        let held = self.held.get_untracked();
        let writes = self.writing.get_untracked().map(|(id, _)| id);
        let nothing = at.is_none() && writes.is_none();
        let pointing = Pointing {
            at: at.map(Spot::point),
            by: held.as_ref().map(|held| held.by.point()).unwrap_or_default(),
            drags: held.map(|held| held.from.into_keys().collect()).unwrap_or_default(),
            writes,
        };
        self.live.point((!nothing).then(|| pointing.bounded()));
    }

    /// Takes the keys back from a field.
    pub(super) fn focus(self) {
        if let Some(canvas) = self.canvas.get_untracked() {
            // The page may be going.
            let _ = canvas.focus();
        }
    }

    /// Why the last change was refused, until the next try.
    pub(super) fn refusal(self) -> Option<String> {
        self.live.refusal(Topic::Flow)
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
