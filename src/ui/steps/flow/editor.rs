//! What a person has in hand on the canvas, and what they can do with it. Mouse, keyboard, toolbar and outline all come here.

use super::view::{Spot, View, Window};
use super::walk::{self, Direction};
use crate::domain::flow::difference::{Difference, difference};
use crate::domain::flow::figures::{Figures, figures};
use crate::domain::flow::layout::{Frame, Layout, layout};
use crate::domain::flow::undo::{Change, changes, revert};
use crate::domain::flow::{Command, Edit, Flow, Lane, MOST_EDITS, Pointing, may_draw};
use crate::domain::ids::ElementId;
use crate::domain::sorted::SortedMap;
use crate::protocol::MAX_CLIENT_MESSAGE;
use crate::ui::live::{Live, Topic};
use leptos::html;
use leptos::prelude::*;

/// So many of one's own changes can be taken back.
const REMEMBERED: usize = 200;

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
    pub(super) from: SortedMap<ElementId, Frame>,
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
    delivery: Memo<Figures>,
    recovery: Memo<Figures>,
    /// What has changed since the squad drew last time, where it did.
    pub(super) since: Memo<Option<Difference>>,
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
    nudged: StoredValue<f64>,
}

impl Editor {
    /// The editor of the room around.
    pub(super) fn new() -> Self {
        let live = Live::from_context();
        let flow = Memo::new(move |_| live.flow());
        let placed = Memo::new(move |_| flow.with(Flow::placed));
        let editor = Self {
            live,
            flow,
            layout: Memo::new(move |_| placed.with(layout)),
            delivery: Memo::new(move |_| flow.with(|flow| figures(flow, Lane::Delivery))),
            recovery: Memo::new(move |_| flow.with(|flow| figures(flow, Lane::Recovery))),
            since: Memo::new(move |_| {
                let last = live.with(|w| w.previous.as_ref().and_then(|previous| previous.flow.clone()))?;
                flow.with(|flow| (!flow.is_empty()).then(|| difference(&last, flow)))
            }),
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
            nudged: StoredValue::new(0.0),
        };
        editor.forget_what_is_gone();
        editor
    }

    /// What somebody else deletes can neither stay selected nor be written on.
    fn forget_what_is_gone(self) {
        Effect::new(move || {
            self.flow.with(|flow| {
                if self
                    .selected
                    .with_untracked(|selected| selected.iter().any(|id| !flow.contains(*id)))
                {
                    self.selected.update(|selected| selected.retain(|id| flow.contains(*id)));
                }
                if self.connecting.get_untracked().is_some_and(|id| !flow.steps.contains_key(&id)) {
                    self.connecting.set(None);
                }
                if self.writing.get_untracked().is_some_and(|(id, _)| !flow.contains(id)) {
                    self.writing.set(None);
                    self.focus();
                }
            });
        });
    }

    /// The editor of the page around.
    pub(super) fn from_context() -> Self {
        expect_context()
    }

    /// What keys act on.
    pub(super) fn current(self) -> Option<ElementId> {
        self.selected.with(|selected| selected.last().copied())
    }

    /// The same without becoming reactive, for event handlers.
    pub(super) fn current_untracked(self) -> Option<ElementId> {
        self.selected.with_untracked(|selected| selected.last().copied())
    }

    /// What a lane adds up to.
    pub(super) fn figures(self, lane: Lane) -> Memo<Figures> {
        match lane {
            Lane::Delivery => self.delivery,
            Lane::Recovery => self.recovery,
        }
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
        let current = self.current_untracked();
        let frame = current.and_then(|id| self.frame_untracked(id));
        if let Some(frame) = frame {
            let window = self.window.get_untracked();
            let whole = self.layout.with_untracked(|layout| layout.size);
            self.view.update(|view| *view = view.showing(window, whole, frame));
        }
    }

    /// Where an element stands.
    pub(super) fn frame_untracked(self, id: ElementId) -> Option<Frame> {
        self.layout.with_untracked(|layout| layout.frame(id))
    }

    /// Goes to the neighbour in a direction; with `extend`, what was selected stays so.
    pub(super) fn walk(self, to: Direction, extend: bool) {
        let from = self.current_untracked();
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
        let step = self.current_untracked()?;
        self.flow.with_untracked(|flow| {
            if flow.connectors.contains_key(&step) {
                return Some(step);
            }
            self.layout
                .with_untracked(|layout| walk::connector_at(flow, layout, step, outgoing))
        })
    }

    /// Whether it is time for another step of a key that is held: no more of them than the server takes.
    pub(super) fn may_nudge(self, now: f64) -> bool {
        const EVERY: f64 = 80.0;
        let may = now - self.nudged.get_value() >= EVERY;
        if may {
            self.nudged.set_value(now);
        }
        may
    }

    /// Does this, and remembers how to take it back.
    pub(super) fn edit(self, edits: Vec<Edit>) {
        if edits.is_empty() || !self.may_edit.get_untracked() {
            return;
        }
        let change = self.flow.with_untracked(|flow| changes(flow, &edits));
        if !change.is_empty() {
            self.history.update_value(|history| {
                history.past.push(change);
                if history.past.len() > REMEMBERED {
                    history.past.remove(0);
                }
                history.future.clear();
            });
        }
        self.send(edits);
    }

    fn send(self, edits: Vec<Edit>) {
        self.notice.set(String::new());
        for piece in pieces(edits) {
            self.live.send(crate::domain::command::Command::Flow(Command::Edit(piece)));
        }
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
        if !self.may_edit.get_untracked() {
            return;
        }
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

/// The edits in as many commands as the limits of one ask for.
fn pieces(edits: Vec<Edit>) -> Vec<Vec<Edit>> {
    // A part of what a message may hold: the rest is for the command around them.
    const MOST_BYTES: usize = MAX_CLIENT_MESSAGE / 2;
    let mut pieces = vec![];
    let (mut piece, mut bytes) = (vec![], 0);
    for edit in edits {
        let size = serde_json::to_string(&edit).map_or(0, |text| text.len() + 1);
        if piece.len() >= MOST_EDITS || bytes + size > MOST_BYTES {
            pieces.push(std::mem::take(&mut piece));
            bytes = 0;
        }
        piece.push(edit);
        bytes += size;
    }
    pieces.push(piece);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::flow::Step;
    use crate::domain::ids::CommandId;
    use crate::domain::text::FlowStepName;
    use crate::protocol::ClientMessage;

    #[test]
    fn much_at_once_goes_in_pieces_that_fit() {
        let name = FlowStepName::parse(&"🚀".repeat(FlowStepName::MAX)).unwrap();
        let step = Step { name, ..Step::default() };
        let edits: Vec<Edit> = (0..1_000).map(|id| Edit::AddStep(ElementId(id), step.clone())).collect();
        let pieces = pieces(edits.clone());
        assert_eq!(pieces.concat(), edits, "nothing is lost and the order stays");
        for piece in pieces {
            assert!(piece.len() <= MOST_EDITS);
            let message = ClientMessage::Command {
                id: CommandId::new(uuid::Uuid::nil()),
                command: crate::domain::command::Command::Flow(Command::Edit(piece)),
            };
            assert!(serde_json::to_string(&message).unwrap().len() <= MAX_CLIENT_MESSAGE);
        }
        assert_eq!(super::pieces(vec![Edit::Remove(ElementId(1)); MOST_EDITS + 1]).len(), 2);
    }
}
