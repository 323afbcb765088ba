//! The canvas by keyboard. Everything that a mouse can do has a key here; the line under the canvas and the dialog of keys tell them.
//!
//! Keys that add or change act on what is selected. Without a selection Tab leaves the canvas as it leaves everything else, so
//! Esc and then Tab is the way out.

use super::editor::{Editor, Field};
use super::view::View;
use super::walk::Direction;
use crate::domain::flow::{Kind, Lane};
use crate::domain::ids::ElementId;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// How far Alt and an arrow move something, in units of the canvas.
const NUDGE: i32 = 22;
/// How much a key magnifies.
const ZOOM: f64 = 1.25;

/// Does what a key stands for.
pub(super) fn press(editor: Editor, event: &KeyboardEvent) {
    if editor.writing.get_untracked().is_none() && act(editor, event, &event.key()) {
        event.prevent_default();
        event.stop_propagation();
    }
}

/// Whether the key stands for something here.
fn act(editor: Editor, event: &KeyboardEvent, key: &str) -> bool {
    let command = event.ctrl_key() || event.meta_key();
    match key {
        "z" | "Z" if command && event.shift_key() => editor.redo(),
        "z" | "Z" if command => editor.undo(),
        "y" | "Y" if command => editor.redo(),
        "a" | "A" if command => editor.select_all(),
        "ArrowLeft" => arrow(editor, event, Direction::Left, (-NUDGE, 0)),
        "ArrowRight" => arrow(editor, event, Direction::Right, (NUDGE, 0)),
        "ArrowUp" => arrow(editor, event, Direction::Up, (0, -NUDGE)),
        "ArrowDown" => arrow(editor, event, Direction::Down, (0, NUDGE)),
        // Copy, cut and paste come as events of their own.
        _ if command || event.alt_key() => return false,
        "Escape" => return escape(editor),
        "0" => editor.view.set(View::Fit),
        "+" | "=" => zoom(editor, ZOOM),
        "-" => zoom(editor, 1.0 / ZOOM),
        "." => beside(editor, true),
        "," => beside(editor, false),
        _ => return editor.may_edit.get_untracked() && change(editor, event, key),
    }
    true
}

/// The keys that change the flow.
fn change(editor: Editor, event: &KeyboardEvent, key: &str) -> bool {
    let current = editor.current_untracked();
    match (key, current) {
        ("Tab", Some(_)) if event.shift_key() => editor.walk(Direction::Left, false),
        ("Tab", Some(_)) | ("s" | "S", _) => editor.add(),
        ("Enter", Some(to)) if editor.connecting.with_untracked(Option::is_some) => {
            if let Some(from) = editor.connecting.get_untracked() {
                editor.connect(from, to);
            }
        }
        ("Enter" | "F2", Some(id)) => write_on(editor, id),
        ("Delete" | "Backspace", Some(_)) => editor.delete(),
        ("m" | "M", Some(_)) => editor.set_kind(Kind::Manual),
        ("a" | "A", Some(_)) => editor.set_kind(Kind::Automated),
        ("t" | "T", Some(id)) => write_on_step(editor, id, Field::Work),
        ("e" | "E", Some(id)) => write_on_step(editor, id, Field::Environment),
        ("w" | "W", Some(_)) => write_beside(editor, Field::Wait),
        ("g" | "G", Some(_)) => write_beside(editor, Field::Label),
        ("b" | "B", Some(id)) => editor.add_after(id, true),
        ("c" | "C" | "l" | "L", Some(_)) => editor.begin_to_connect(),
        ("n" | "N", _) => editor.add_apart(),
        ("d" | "D", Some(_)) => editor.set_lane(Lane::Delivery),
        ("r" | "R", Some(_)) => editor.set_lane(Lane::Recovery),
        ("x" | "X", _) => editor.add_text(),
        ("u" | "U", _) => editor.tidy(),
        _ => return false,
    }
    true
}

fn arrow(editor: Editor, event: &KeyboardEvent, to: Direction, (x, y): (i32, i32)) {
    if !event.alt_key() {
        editor.walk(to, event.shift_key());
    } else if editor.may_edit.get_untracked() && editor.may_nudge(js_sys::Date::now()) {
        editor.nudge(x, y);
    }
}

/// Lets go of one thing after the other. With nothing in hand the key belongs to the page.
fn escape(editor: Editor) -> bool {
    if editor.connecting.get_untracked().is_some() {
        editor.connecting.set(None);
        editor.notice.set(String::new());
        return true;
    }
    let selected = editor.selected.with_untracked(|selected| !selected.is_empty());
    if selected {
        editor.select(None);
    }
    selected
}

fn zoom(editor: Editor, factor: f64) {
    let (window, whole) = (editor.window.get_untracked(), editor.layout.with_untracked(|layout| layout.size));
    let middle = window.middle();
    editor.view.update(|view| *view = view.zoomed(window, whole, middle, factor));
}

/// Selects the connector that leads to the selected step, or away from it.
fn beside(editor: Editor, outgoing: bool) {
    if let Some(connector) = editor.connector_beside(outgoing) {
        editor.select(Some(connector));
    }
}

/// Writes on the connector that leads to the selected step, or on the selected one.
fn write_beside(editor: Editor, field: Field) {
    match editor.connector_beside(false) {
        Some(connector) => {
            editor.select(Some(connector));
            editor.writing.set(Some((connector, field)));
        }
        None => editor
            .notice
            .set("No connector leads here, so there is nothing to wait for.".to_owned()),
    }
}

/// Writes on a step; the time of a connector is its wait.
fn write_on_step(editor: Editor, id: ElementId, field: Field) {
    let (step, connector) = editor
        .flow
        .with_untracked(|flow| (flow.steps.contains_key(&id), flow.connectors.contains_key(&id)));
    if step {
        editor.writing.set(Some((id, field)));
    } else if connector && field == Field::Work {
        editor.writing.set(Some((id, Field::Wait)));
    }
}

/// Writes what is written most: the name of a step, the wait on a connector.
fn write_on(editor: Editor, id: ElementId) {
    let connector = editor.flow.with_untracked(|flow| flow.connectors.contains_key(&id));
    let field = if connector { Field::Wait } else { Field::Name };
    editor.writing.set(Some((id, field)));
}
