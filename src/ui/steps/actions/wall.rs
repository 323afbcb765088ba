//! The actions on the screen of the meeting room.

use crate::domain::actions::Entry;
use crate::domain::workshop::Workshop;
use crate::ui::live::Live;
use leptos::prelude::*;

/// What the squad does, who, and by when; then what is missing.
#[component]
pub fn ActionsOnWall() -> AnyView {
    let live = Live::from_context();
    let rows = live.select(rows);
    let gaps = live.select(|w| w.actions.gaps());
    let row = |(title, who): (String, String)| {
        view! {
            <li>
                <b class="own-words">{title}</b>
                <br/>
                <span class="quiet">{who}</span>
            </li>
        }
        .into_any()
    };
    let body = move || {
        let rows = rows.get();
        if rows.is_empty() {
            return view! { <p class="wall__question">"Nothing is decided yet."</p> }.into_any();
        }
        view! {
            <ol class="wall__list">{rows.into_iter().map(row).collect_view()}</ol>
            {gaps.get().into_iter().map(|gap| view! { <p class="own-words">{gap}</p> }).collect_view()}
        }
        .into_any()
    };
    view! { {body} }.into_any()
}

fn rows(w: &Workshop) -> Vec<(String, String)> {
    let row = |entry: &Entry| (entry.action.title.to_string(), entry.action.who_and_when());
    w.actions.accepted().map(row).collect()
}
