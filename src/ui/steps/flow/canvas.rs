//! The canvas: lanes, connectors, steps and texts, and what people do over them.
//!
//! Each element is told of its own changes alone (`told`): while something is dragged or edited, nothing else is asked or drawn anew.

use super::editor::Editor;
use super::gestures::{Gestures, between};
use super::hit::from_field;
use super::keys;
use super::pointers::{Pointers, Shift, Shifts, shifts};
use super::told::Told;
use super::writing::Writing;
use crate::domain::flow::difference::What;
use crate::domain::flow::layout::{Frame, Route, route};
use crate::domain::flow::scene::{ConnectorShape, LaneShape, connector_shape, lane_shape, step_shape, text_shape};
use crate::domain::flow::{Flow, Lane, Point};
use crate::domain::ids::ElementId;
use crate::domain::sorted::SortedMap;
use crate::ui::components::{For, changing};
use crate::ui::flow::{connector_sign, connector_wire, lane_frame, lane_title, step_box, text_box};
use leptos::ev::ClipboardEvent;
use leptos::prelude::*;

/// What the drawing of all elements shares. Each value is asked for without listening to it: `told` says when one element is another.
#[derive(Clone, Copy)]
struct Drawing {
    editor: Editor,
    /// Where elements are that somebody drags.
    shifts: Memo<Shifts>,
    /// Steps that are not as last time, and how.
    marks: Memo<SortedMap<ElementId, &'static str>>,
    told: Told,
}

impl Drawing {
    fn new(editor: Editor) -> Self {
        let (shifts, marks) = (Memo::new(move |_| shifts(editor)), Memo::new(move |_| marks(editor)));
        let told = Told::new();
        told.follow(move || editor.flow.get());
        told.follow(move || editor.layout.get());
        told.follow(move || editor.figures(Lane::Delivery).get());
        told.follow(move || editor.figures(Lane::Recovery).get());
        told.follow(move || editor.selected.get());
        told.follow(move || shifts.get());
        told.follow(move || marks.get());
        Self {
            editor,
            shifts,
            marks,
            told,
        }
    }

    /// Where an element is drawn.
    fn frame(self, id: ElementId) -> Option<Frame> {
        self.told.listen(id);
        let place = self.editor.frame_untracked(id);
        match self.shifts.with_untracked(|shifts| shifts.get(&id).copied()) {
            Some(Shift::To(frame)) => Some(frame),
            Some(Shift::By(by)) => place.map(|place| place.moved(by)),
            None => place,
        }
    }

    fn selected(self, id: ElementId) -> Memo<bool> {
        Memo::new(move |_| {
            self.told.listen(id);
            self.editor.selected.with_untracked(|selected| selected.contains(&id))
        })
    }

    /// What is drawn of a connector.
    fn connector(self, id: ElementId) -> Memo<Option<ConnectorShape>> {
        Memo::new(move |_| {
            let route = self.route(id)?;
            self.editor.flow.with_untracked(|flow| {
                let connector = flow.connectors.get(&id)?;
                let lane = flow.steps.get(&connector.to).map_or(Lane::Delivery, |step| step.lane);
                let longest = self
                    .editor
                    .figures(lane)
                    .with_untracked(|figures| figures.longest_wait.is_some_and(|(longest, _)| longest == id));
                Some(connector_shape(flow, id, connector, &route, longest))
            })
        })
    }

    /// The way of a connector: a simple one while one of its ends is dragged.
    fn route(self, id: ElementId) -> Option<Route> {
        self.told.listen(id);
        let (from, to) = self
            .editor
            .flow
            .with_untracked(|flow| flow.connectors.get(&id).map(|c| (c.from, c.to)))?;
        let ends = [self.frame(from)?, self.frame(to)?];
        let dragged = self
            .shifts
            .with_untracked(|shifts| shifts.contains_key(&from) || shifts.contains_key(&to));
        if dragged {
            return Some(route(ends[0], ends[1]));
        }
        self.editor.layout.with_untracked(|layout| layout.connectors.get(&id).cloned())
    }
}

/// The canvas and everything on it.
#[component]
pub(super) fn Canvas() -> AnyView {
    let editor = Editor::from_context();
    let gestures = Gestures::new(editor);
    let drawing = Drawing::new(editor);
    let view_box = move || {
        let whole = editor.layout.with(|layout| layout.size);
        editor.view.get().view_box(editor.window.get(), whole)
    };
    Effect::new(move || {
        gestures.measure();
        let resized = window_event_listener(leptos::ev::resize, move |_| gestures.measure());
        on_cleanup(move || {
            resized.remove();
            editor.live.point(None);
        });
    });
    // Whoever writes is shown to the others.
    Effect::new(move |before: Option<bool>| {
        let writes = editor.writing.with(Option::is_some);
        if writes || before == Some(true) {
            editor.point(None);
        }
        writes
    });
    let current = move || editor.current().map(|id| format!("el-{id}"));
    view! {
        <div
            class="canvas"
            class:canvas--connecting=move || editor.connecting.get().is_some()
            tabindex="0"
            role="application"
            aria-label="Delivery flow"
            aria-describedby="canvas-hint"
            aria-activedescendant=current
            node_ref=editor.canvas
            on:keydown=move |event| keys::press(editor, &event)
            on:pointerdown=move |event| if !from_field(&event) { gestures.down(&event) }
            on:pointermove=move |event| gestures.moves(&event)
            on:pointerup=move |event| gestures.up(&event)
            on:pointercancel=move |event| { gestures.let_go(); gestures.leave(&event) }
            on:pointerleave=move |event| gestures.leave(&event)
            // The mouse that browsers play after a finger would take the keys from a field that the finger has opened.
            on:touchend=move |event| {
                if editor.writing.with_untracked(Option::is_some) && !from_field(&event) {
                    event.prevent_default();
                }
            }
            on:dblclick=move |event| if !from_field(&event) { gestures.twice(&event) }
            on:wheel=move |event| gestures.wheel(&event)
            on:copy=move |event| copy(editor, &event, false)
            on:cut=move |event| copy(editor, &event, true)
            on:paste=move |event| paste(editor, &event)
        >
            <svg class="flow" viewBox=view_box preserveAspectRatio="xMidYMin meet">
                {lanes(editor, lane_frame)}
                {each(drawing, connectors, connector)}
                {lanes(editor, lane_title)}
                {each(drawing, |flow| flow.steps.keys().copied().collect(), step)}
                {each(drawing, |flow| flow.texts.keys().copied().collect(), text)}
                {each(drawing, connectors, sign)}
                {in_hand(drawing, gestures)}
                <Pointers/>
                <Writing/>
            </svg>
        </div>
    }
    .into_any()
}

/// Both lanes, as their ground or as their titles.
fn lanes(editor: Editor, draw: fn(LaneShape) -> AnyView) -> AnyView {
    let lane = move |lane: Lane| {
        let frame = Memo::new(move |_| editor.layout.with(|layout| layout.lane(lane)));
        move || draw(lane_shape(lane, frame.get()))
    };
    view! { <g aria-hidden="true">{lane(Lane::Delivery)} {lane(Lane::Recovery)}</g> }.into_any()
}

/// Something for each element of one kind, drawn anew only when it comes.
fn each(drawing: Drawing, ids: fn(&Flow) -> Vec<ElementId>, draw: fn(Drawing, ElementId) -> AnyView) -> AnyView {
    let ids = Memo::new(move |_| drawing.editor.flow.with(ids));
    view! { <For each=move || ids.get() key=|id| *id let(id)>{draw(drawing, id)}</For> }.into_any()
}

fn connectors(flow: &Flow) -> Vec<ElementId> {
    flow.connectors.keys().copied().collect()
}

/// What stands on a connector, above the steps: a long wait may reach over the edge of one.
fn sign(drawing: Drawing, id: ElementId) -> AnyView {
    let shape = drawing.connector(id);
    let selected = drawing.selected(id);
    view! {
        <g class="el" class:el--selected=move || selected.get() data-el=id.to_string() aria-hidden="true">
            {changing(move || shape.get().map(connector_sign))}
        </g>
    }
    .into_any()
}

/// The steps that last time did not have, or had otherwise.
fn marks(editor: Editor) -> SortedMap<ElementId, &'static str> {
    let word = |what: &What| if matches!(what, What::Added) { "new" } else { "changed" };
    editor.since.with(|since| {
        let changes = since.iter().flat_map(|since| &since.changes);
        changes.map(|change| (change.id, word(&change.what))).collect()
    })
}

fn translate(frame: Option<Frame>) -> String {
    let frame = frame.unwrap_or_default();
    format!("translate({} {})", frame.x, frame.y)
}

/// One step, drawn at its own corner so that moving it changes one attribute.
fn step(drawing: Drawing, id: ElementId) -> AnyView {
    let editor = drawing.editor;
    let frame = Memo::new(move |_| drawing.frame(id));
    let selected = drawing.selected(id);
    let shape = Memo::new(move |_| {
        drawing.told.listen(id);
        editor.flow.with_untracked(|flow| {
            let step = flow.steps.get(&id)?;
            let share = editor.figures(step.lane).with_untracked(|figures| figures.shares.get(&id).copied());
            let corner = Frame::step(Point::default());
            Some(step_shape(id, step, corner, flow.ghosts.contains(&id), share))
        })
    });
    let label = move || shape.with(|shape| shape.as_ref().map(|shape| shape.label.clone()));
    let from = move || editor.connecting.get() == Some(id);
    let marked = Memo::new(move |_| {
        drawing.told.listen(id);
        drawing.marks.with_untracked(|marks| marks.get(&id).copied())
    });
    let mark = move || marked.get().map(mark);
    let handle = move || (editor.may_edit.get() && selected.get()).then(|| handle(id));
    view! {
        <g
            class="el"
            class:el--selected=move || selected.get()
            class:el--from=from
            id=format!("el-{id}")
            data-el=id.to_string()
            role="img"
            aria-label=label
            transform=move || translate(frame.get())
        >
            {changing(move || shape.get().map(step_box))}
            {mark}
            {handle}
        </g>
    }
    .into_any()
}

/// A word over the corner of a step.
fn mark(word: &'static str) -> AnyView {
    let width = if word.len() > 3 { 56 } else { 34 };
    view! {
        <g class="mark" transform="translate(8 -14)">
            <rect width=width height="18" rx="9"></rect>
            <text x=width / 2 y="13">{word}</text>
        </g>
    }
    .into_any()
}

/// The edge of a step, from which a connector can be drawn.
fn handle(id: ElementId) -> AnyView {
    let corner = Frame::step(Point::default());
    view! {
        <g class="handle" data-handle=id.to_string()>
            <circle class="handle__hit" cx=corner.width cy=corner.height / 2 r="16"></circle>
            <circle cx=corner.width cy=corner.height / 2 r="6"></circle>
        </g>
    }
    .into_any()
}

fn connector(drawing: Drawing, id: ElementId) -> AnyView {
    let editor = drawing.editor;
    let selected = drawing.selected(id);
    let shape = drawing.connector(id);
    let label = move || shape.with(|shape| shape.as_ref().map(|shape| shape.label.clone()));
    let path = move || shape.with(|shape| shape.as_ref().map(|shape| shape.path.clone()));
    let drawn = move || shape.get().map(connector_wire);
    let insert = move || (selected.get() && editor.may_edit.get()).then(|| drawing.route(id).map(|route| insert(editor, id, &route)));
    view! {
        <g class="el" class:el--selected=move || selected.get() id=format!("el-{id}") data-el=id.to_string() role="img" aria-label=label>
            <path class="wire__hit" d=path></path>
            {drawn}
            {insert}
        </g>
    }
    .into_any()
}

/// The button that puts a step in the middle of a connector.
fn insert(editor: Editor, id: ElementId, route: &Route) -> AnyView {
    let at = route.label;
    view! {
        <g
            class="insert"
            transform=format!("translate({} {})", at.x, at.y + 26)
            on:pointerdown=move |event| event.stop_propagation()
            on:click=move |_| editor.insert_on(id)
        >
            <title>"Insert a step here"</title>
            <circle r="10"></circle>
            <path d="M-4.5 0h9M0 -4.5v9"></path>
        </g>
    }
    .into_any()
}

fn text(drawing: Drawing, id: ElementId) -> AnyView {
    let editor = drawing.editor;
    let frame = Memo::new(move |_| drawing.frame(id));
    let selected = drawing.selected(id);
    let shape = Memo::new(move |_| {
        drawing.told.listen(id);
        let size = frame.get()?;
        editor.flow.with_untracked(|flow| {
            let text = flow.texts.get(&id)?;
            let corner = Frame { x: 0, y: 0, ..size };
            Some(text_shape(id, text, corner, flow.ghosts.contains(&id)))
        })
    });
    let label = move || {
        drawing.told.listen(id);
        editor
            .flow
            .with_untracked(|flow| flow.texts.get(&id).map(|text| text.text.to_string()))
    };
    view! {
        <g
            class="el"
            class:el--selected=move || selected.get()
            id=format!("el-{id}")
            data-el=id.to_string()
            role="img"
            aria-label=label
            transform=move || translate(frame.get())
        >
            {changing(move || shape.get().map(text_box))}
        </g>
    }
    .into_any()
}

/// What the pointer is drawing: the frame that selects, the connector that is not there yet.
fn in_hand(drawing: Drawing, gestures: Gestures) -> AnyView {
    let marquee = move || {
        gestures.marquee.get().map(|(from, to)| {
            let frame = between(from, to);
            view! { <rect class="marquee" x=frame.x y=frame.y width=frame.width height=frame.height></rect> }
        })
    };
    let wire = move || {
        let (from, to) = gestures.wire.get()?;
        let from = drawing.frame(from)?;
        let (x, y) = (from.right(), from.y + from.height / 2);
        Some(view! { <path class="wire wire--new" d=format!("M{x} {y}L{:.0} {:.0}", to.x, to.y)></path> })
    };
    view! { <g class="in-hand" aria-hidden="true">{marquee} {wire}</g> }.into_any()
}

/// Puts what is selected on the clipboard as text.
fn copy(editor: Editor, event: &ClipboardEvent, cut: bool) {
    if from_field(event) {
        return;
    }
    let (Some(clipboard), text) = (event.clipboard_data(), editor.copied()) else {
        return;
    };
    if !text.is_empty() && clipboard.set_data("text/plain", &text).is_ok() {
        event.prevent_default();
        if cut && editor.may_edit.get_untracked() {
            editor.delete();
        }
    }
}

fn paste(editor: Editor, event: &ClipboardEvent) {
    if from_field(event) || !editor.may_edit.get_untracked() {
        return;
    }
    let text = event.clipboard_data().and_then(|clipboard| clipboard.get_data("text/plain").ok());
    if let Some(text) = text {
        event.prevent_default();
        editor.paste(&text);
    }
}
