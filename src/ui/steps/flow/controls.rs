//! The controls of the flow for the facilitator's bar: who draws.

use crate::domain::command::Command;
use crate::domain::flow::{self, Mode};
use crate::domain::ids::ParticipantId;
use crate::domain::people::Role;
use crate::domain::workshop::Workshop;
use crate::ui::components::changing;
use crate::ui::live::Live;
use leptos::prelude::*;

/// Everybody, or one for all.
#[component]
pub fn FlowControls() -> AnyView {
    let live = Live::from_context();
    let mode = live.select(|w| w.flow.mode);
    let people = live.select(|w| {
        let draws = w.people.all().filter(|(_, p)| p.role != Role::Observer);
        draws.map(|(id, p)| (id, p.name.to_string())).collect::<Vec<_>>()
    });
    let fixed = live.select(Workshop::published);
    let set = move |event| {
        let mode = match event_target_value(&event).parse() {
            Ok(who) => Mode::Scribe(ParticipantId(who)),
            Err(_) => Mode::Together,
        };
        live.send(Command::Flow(flow::Command::Draw(mode)));
    };
    let one = move |(who, name): (ParticipantId, String)| {
        let now = move || mode.get() == Mode::Scribe(who);
        view! {
            <option value=who.to_string() selected=mode.get_untracked() == Mode::Scribe(who) prop:selected=now>
                {format!("{name} draws for all")}
            </option>
        }
    };
    (move || {
        (!fixed.get()).then(|| {
            view! {
                <label class="fbar__label" for="flow-mode">"Who draws"</label>
                <select class="select" id="flow-mode" on:change=set>
                    <option value="" selected=mode.get_untracked() == Mode::Together prop:selected=move || mode.get() == Mode::Together>
                        "Everybody together"
                    </option>
                    {changing(move || people.get().into_iter().map(one).collect_view())}
                </select>
            }
        })
    })
    .into_any()
}
