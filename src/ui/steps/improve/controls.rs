//! The controls of the improvements for the facilitator's bar: writing silently, and showing all at once.

use crate::domain::command::Command;
use crate::domain::improve;
use crate::domain::workshop::Workshop;
use crate::ui::components::{Icon, IconName};
use crate::ui::live::Live;
use leptos::prelude::*;

/// Silence, or everything shown.
#[component]
pub fn ImproveControls() -> AnyView {
    let live = Live::from_context();
    let state = live.select(|w| (still_hidden(w), w.improvements.hidden(), w.published()));
    let ask = move |command| {
        live.send(Command::Improve(command));
    };
    (move || match state.get() {
        (_, _, true) => ().into_any(),
        (true, hidden, _) => view! {
            <button class="btn btn--primary" type="button" on:click=move |_| ask(improve::Command::Show)>
                <Icon name=IconName::Eye/>
                {if hidden > 0 { format!("Show all stickies, {hidden} hidden") } else { "Show all stickies".to_owned() }}
            </button>
        }
        .into_any(),
        (false, ..) => view! {
            <button class="btn" type="button" on:click=move |_| ask(improve::Command::Hush)>
                <Icon name=IconName::EyeOff/>
                "Collect silently"
            </button>
        }
        .into_any(),
    })
    .into_any()
}

/// Whether showing what is hidden is what the facilitator does next.
pub fn still_hidden(w: &Workshop) -> bool {
    w.improvements.silent || w.improvements.hidden() > 0
}
