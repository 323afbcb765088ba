//! The canvas by keyboard. Everything that a mouse can do has a key here; `hint.rs` and the dialog of keys tell them.
//!
//! Keys that add or change act on what is selected. Without a selection Tab leaves the canvas as it leaves everything else, so
//! Esc and then Tab is the way out.

use super::editor::{Editor, Field};
use super::walk::Direction;
use crate::domain::flow::Kind;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

/// How far Alt and an arrow move something, in units of the canvas.
const NUDGE: i32 = 22;
/// How much a key magnifies.
const ZOOM: f64 = 1.25;

/// Does what a key stands for.
pub(super) fn press(editor: Editor, event: &KeyboardEvent) {
    let command = event.ctrl_key() || event.meta_key();
    let key = event.key();
    let done = match key.as_str() {
        _ if editor.writing.get_untracked().is_some() => false,
        "z" | "Z" if command => done(if event.shift_key() { editor.redo() } else { editor.undo() }),
        "y" | "Y" if command => done(editor.redo()),
        "a" | "A" if command => done(editor.select_all()),
        // Copy, cut and paste come as events of their own.
        _ if command => false,
        "ArrowLeft" => arrow(editor, event, Direction::Left, (-NUDGE, 0)),
        "ArrowRight" => arrow(editor, event, Direction::Right, (NUDGE, 0)),
        "ArrowUp" => arrow(editor, event, Direction::Up, (0, -NUDGE)),
        "ArrowDown" => arrow(editor, event, Direction::Down, (0, NUDGE)),
        _ if event.alt_key() => false,
        "Escape" => escape(editor),
        "0" => done(editor.view.set(super::view::View::Fit)),
        "+" | "=" => done(zoom(editor, ZOOM)),
        "-" => done(zoom(editor, 1.0 / ZOOM)),
        "." => done(beside(editor, true)),
        "," => done(beside(editor, false)),
        _ => editor.may_edit.get_untracked() && change(editor, event, &key),
    };
    if done {
        event.prevent_default();
        event.stop_propagation();
    }
}

/// The keys that change the flow.
fn change(editor: Editor, event: &KeyboardEvent, key: &str) -> bool {
    let current = editor.selected.with_untracked(|selected| selected.last().copied());
    if let (Some(from), Some(to), "Enter") = (editor.connecting.get_untracked(), current, key) {
        return done(editor.connect(from, to));
    }
    match (key, current) {
        ("Tab", None) => false,
        ("Tab", Some(_)) if event.shift_key() => done(editor.walk(Direction::Left, false)),
        ("Tab", Some(_)) | ("s" | "S", _) => done(editor.add()),
        ("Enter" | "F2", Some(id)) => done(write_on(editor, id)),
        ("Delete" | "Backspace", Some(_)) => done(editor.delete()),
        ("m" | "M", Some(_)) => done(editor.set_kind(Kind::Manual)),
        ("a" | "A", Some(_)) => done(editor.set_kind(Kind::Automated)),
        ("t" | "T", Some(id)) => done(editor.writing.set(Some((id, Field::Work)))),
        ("e" | "E", Some(id)) => done(editor.writing.set(Some((id, Field::Environment)))),
        ("w" | "W", Some(_)) => done(write_beside(editor, Field::Wait)),
        ("g" | "G", Some(_)) => done(write_beside(editor, Field::Label)),
        ("b" | "B", Some(id)) => done(editor.add_after(id, true)),
        ("c" | "C" | "l" | "L", Some(_)) => done(editor.begin_to_connect()),
        ("x" | "X", _) => done(editor.add_text()),
        ("u" | "U", _) => done(editor.tidy()),
        _ => false,
    }
}

fn done((): ()) -> bool {
    true
}

fn arrow(editor: Editor, event: &KeyboardEvent, to: Direction, (x, y): (i32, i32)) -> bool {
    if !event.alt_key() {
        editor.walk(to, event.shift_key());
    } else if editor.may_edit.get_untracked() {
        editor.nudge(x, y);
    }
    true
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

fn write_on(editor: Editor, id: crate::domain::ids::ElementId) {
    let connector = editor.flow.with_untracked(|flow| flow.connectors.contains_key(&id));
    let field = if connector { Field::Wait } else { Field::Name };
    editor.writing.set(Some((id, field)));
}
