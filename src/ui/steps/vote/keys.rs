//! Voting by number keys, wherever the focus is, except in a text or a dialog.

use crate::domain::metric::Code;
use crate::domain::vote::Answer;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, KeyboardEvent};

/// Calls back with the answer of a pressed key, as long as the view around lives.
pub(super) fn listen(choose: impl Fn(Answer) + Clone + 'static) {
    // Effects run in the browser only.
    Effect::new(move || {
        let choose = choose.clone();
        let handle = window_event_listener(leptos::ev::keydown, move |event| {
            let free = !(event.ctrl_key() || event.alt_key() || event.meta_key() || event.repeat() || event.default_prevented());
            if free
                && !busy(&event)
                && let Some(answer) = answer_of(&event.key())
            {
                choose(answer);
            }
        });
        on_cleanup(move || handle.remove());
    });
}

/// The answer a key stands for.
pub(super) fn answer_of(key: &str) -> Option<Answer> {
    match key {
        "0" | "n" | "N" => Some(Answer::NotSure),
        digit => digit.parse().ok().and_then(Code::new).map(Answer::Code),
    }
}

/// Whether the key belongs to a text that is being typed, to a list, or to a dialog.
pub(in crate::ui::steps) fn busy(event: &KeyboardEvent) -> bool {
    let own = "input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable], dialog";
    let in_own = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .is_some_and(|element| element.closest(own).is_ok_and(|found| found.is_some()));
    in_own || document().query_selector("dialog[open]").is_ok_and(|open| open.is_some())
}

/// Where a vote reveals itself, the arrows only walk: choosing on the way could end the round.
pub(super) fn walk(event: &KeyboardEvent) {
    let by = match event.key().as_str() {
        "ArrowDown" | "ArrowRight" => 1,
        "ArrowUp" | "ArrowLeft" => -1,
        _ => return,
    };
    let Some(radio) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else {
        return;
    };
    let Ok(Some(group)) = radio.closest("fieldset") else { return };
    let Ok(radios) = group.query_selector_all("input[type=radio]") else {
        return;
    };
    let all: Vec<HtmlElement> = (0..radios.length()).filter_map(|n| radios.get(n)?.dyn_into().ok()).collect();
    let Some(at) = all.iter().position(|other| other.is_same_node(Some(&radio))) else {
        return;
    };
    event.prevent_default();
    let next = if by > 0 {
        (at + 1) % all.len()
    } else {
        (at + all.len() - 1) % all.len()
    };
    // Focusing an element that is in the page cannot fail in a way that matters.
    let _ = all[next].focus();
}
