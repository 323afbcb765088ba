//! The room's dialogs: who is here, a note for the timeline, the keys.

use super::top::tint;
use super::{Refusal, Room};
use crate::domain::command::Command;
use crate::domain::context::Presence;
use crate::domain::ids::{CommandId, ParticipantId, RequestId};
use crate::domain::people::{self, Role};
use crate::domain::text::NoteText;
use crate::domain::time::Timestamp;
use crate::domain::{note, workshop::Workshop};
use crate::ui::components::{Avatar, CopyButton, Dialog, For, Show, TextArea, changing};
use crate::ui::live::{Live, Topic};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// All dialogs of the room.
#[component]
pub(super) fn Dialogs() -> impl IntoView {
    view! {
        <PeopleDialog/>
        <NoteDialog/>
        <KeysDialog/>
    }
}

/// `?` shows the keys, unless somebody types.
pub(super) fn listen_for_keys(room: Room) {
    Effect::new(move || {
        let handle = window_event_listener(leptos::ev::keydown, move |event| {
            let in_text = event.target().and_then(|t| t.dyn_into::<web_sys::Element>().ok()).is_some_and(|e| {
                e.closest("input:not([type=radio]):not([type=checkbox]), textarea, select, dialog")
                    .is_ok_and(|found| found.is_some())
            });
            if event.key() == "?" && !in_text {
                room.dialog.keys.set(true);
            }
        });
        on_cleanup(move || handle.remove());
    });
}

#[component]
fn PeopleDialog() -> impl IntoView {
    let live = Live::from_context();
    let room = Room::from_context();
    let leads = live.leads();
    let people = live.select(|w| w.people.all().map(|(id, _)| id).collect::<Vec<_>>());
    let requests = live.select(|w| {
        w.people
            .open_requests()
            .map(|(id, r)| (id, w.people.name(r.participant).to_owned()))
            .collect::<Vec<_>>()
    });
    let door = live.select(|w| w.people.door_closed);
    let you = live.you;
    let several = live.select(|w| w.people.facilitators().count() > 1);
    let ask = move |command| {
        live.send(Command::People(command));
    };
    let link = Signal::derive(move || room.fixed.with_value(|fixed| fixed.join_url.clone()));
    let mine = live.select(|w| format!("/w/{}/mine.json", w.code));
    view! {
        <Dialog id="people" title="Who is here" open=room.dialog.people wide=true>
            <Show when=move || leads.get()>
                <For each=move || requests.get() key=|(id, _)| *id let((id, name))>
                    <SeatRequest id name/>
                </For>
            </Show>
            <ul class="roster">
                <For each=move || people.get() key=|id| *id let(id)>
                    <PersonRow id/>
                </For>
            </ul>
            <Refusal topic=Topic::People/>
            <div class="dialog__end">
                <CopyButton label="Copy link" text=link/>
                <Show when=move || leads.get()>
                    <button class="btn" type="button" on:click=move |_| ask(if door.get_untracked() { people::Command::OpenDoor } else { people::Command::CloseDoor })>
                        {changing(move || if door.get() { "Open the door" } else { "Close the door" })}
                    </button>
                </Show>
                <Show when=move || leads.get() && several.get()>
                    <button class="btn" type="button" on:click=move |_| ask(people::Command::StepBack)>"Give my lead up"</button>
                </Show>
            </div>
            <p class="small quiet">
                {changing(move || if door.get() { "The door is closed: nobody else can join. " } else { "Anybody with the link can join. " })}
                <a href=mine download="mine.json" rel="external">"Download what is stored about you"</a>
                {changing(move || live.with(|w| w.people.get(you).map_or_else(String::new, |p| format!(" ({}).", p.name))))}
            </p>
        </Dialog>
    }
}

#[component]
fn SeatRequest(
    /// The wish.
    id: RequestId,
    /// The name of the seat.
    name: String,
) -> impl IntoView {
    let live = Live::from_context();
    let answer = move |command| {
        live.send(Command::People(command));
    };
    view! {
        <div class="note note--warn">
            <p><strong>{name.clone()}</strong> " asks for their seat from another device. Ask in the room whether it is them."</p>
            <div class="buttons">
                <button class="btn btn--s" type="button" on:click=move |_| answer(people::Command::GrantSeat(id))>{format!("Let {name} in")}</button>
                <button class="btn btn--s btn--ghost" type="button" on:click=move |_| answer(people::Command::DeclineSeat(id))>"Decline"</button>
            </div>
        </div>
    }
}

/// "facilitator, here", "away 3 min".
fn state_of(w: &Workshop, presence: &Presence, id: ParticipantId, now: Timestamp) -> String {
    let away = match presence.gone_for(id, now) {
        None => "here".to_owned(),
        Some(ms) if ms < 60_000 => "just left".to_owned(),
        Some(ms) => format!("away {} min", ms / 60_000),
    };
    match w.people.get(id).map(|p| p.role) {
        Some(Role::Member) | None => away,
        Some(role) => format!("{}, {away}", role.name()),
    }
}

#[component]
fn PersonRow(
    /// The person.
    id: ParticipantId,
) -> impl IntoView {
    let live = Live::from_context();
    let you = live.you;
    let name = live.with_untracked(|w| w.people.name(id).to_owned());
    let state = Memo::new(move |_| {
        let presence = live.presence();
        let now = live.now();
        live.with(|w| state_of(w, &presence, id, now))
    });
    let role = live.select(move |w| w.people.get(id).map(|p| p.role));
    let sure = RwSignal::new(false);
    let manage = Memo::new(move |_| live.leads().get() && id != you);
    let ask = move |command| {
        live.send(Command::People(command));
    };
    let called = StoredValue::new(name.clone());
    view! {
        <li>
            <Avatar name=name.clone() tint=tint(id)/>
            <span>
                <bdi>{name}</bdi>
                {(id == you).then_some(" (you)")}
                <small>{state}</small>
            </span>
            <Show when=move || manage.get()>
                <span class="person__act">
                    <Show when=move || role.get() != Some(Role::Facilitator)>
                        <button class="btn btn--s btn--ghost" type="button" aria-label=called.with_value(|name| format!("Let {name} facilitate too")) on:click=move |_| ask(people::Command::ShareFacilitation(id))>
                            "Facilitates too"
                        </button>
                    </Show>
                    <button
                        class=move || if sure.get() { "btn btn--s btn--danger" } else { "btn btn--s btn--ghost" }
                        type="button"
                        aria-label=called.with_value(|name| format!("Remove {name}"))
                        on:click=move |_| if sure.get_untracked() { ask(people::Command::Remove(id)) } else { sure.set(true) }
                        on:blur=move |_| sure.set(false)
                    >
                        {changing(move || if sure.get() { "Remove for good?" } else { "Remove" })}
                    </button>
                </span>
            </Show>
        </li>
    }
}

#[component]
fn NoteDialog() -> impl IntoView {
    let live = Live::from_context();
    let room = Room::from_context();
    let text = RwSignal::new(String::new());
    let on_its_way = RwSignal::new(None::<CommandId>);
    let add = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        on_its_way.set(Some(live.send(Command::Note(note::Command::Add(text.get_untracked())))));
    };
    // What was typed stays until the server has it.
    Effect::new(move || {
        if live.last_done().is_some() && live.last_done() == on_its_way.get_untracked() {
            text.set(String::new());
            on_its_way.set(None);
            room.dialog.note.set(false);
        }
    });
    view! {
        <Dialog id="note" title="A note for the timeline" open=room.dialog.note>
            <form on:submit=add>
                <TextArea
                    label="Note"
                    name="note"
                    value=text
                    hint="Printed on the summary with the time. Everybody in the room sees it."
                    maxlength=u16::try_from(NoteText::MAX).unwrap_or(u16::MAX)
                />
                <Refusal topic=Topic::Notes/>
                <div class="dialog__end">
                    <button class="btn btn--primary" type="submit">"Add note"</button>
                </div>
            </form>
        </Dialog>
    }
}

#[component]
fn KeysDialog() -> AnyView {
    let room = Room::from_context();
    let leads = Live::from_context().leads();
    let key = |key: &'static str, what: &'static str| view! { <div><dt><kbd class="key">{key}</kbd></dt><dd>{what}</dd></div> };
    let in_the_bar = move || {
        leads.get().then(|| {
            view! {
                <h3>"For you as a facilitator"</h3>
                <p>"The bar at the bottom comes after the step: press Shift and Tab at the top of the page to reach it from behind."</p>
            }
        })
    };
    view! {
        <Dialog id="keys" title="Keys" open=room.dialog.keys>
            <h3>"In every step"</h3>
            <dl class="keys">
                {key("Tab", "Go through everything on the page, Shift and Tab backwards")}
                {key("Enter", "Press the button, follow the link")}
                {key("Space", "Press the button, choose the answer")}
                {key("Esc", "Close what is open")}
                {key("?", "Show these keys, unless you type")}
            </dl>
            <h3>"Welcome"</h3>
            <dl class="keys">{key("↑ ↓", "Choose an answer of the warm-up")}</dl>
            <h3>"Since last time, Setting the scene"</h3>
            <dl class="keys">{key("Enter", "Save the line that you type in")}</dl>
            <h3>"Votes"</h3>
            <dl class="keys">
                {key("1 – 6", "Vote for the answer with this number")}
                {key("1 – 5", "In a survey: answer the statement and go to the next one")}
                {key("↑ ↓", "In a survey: go to another statement")}
                {key("0", "Vote: not sure (N does the same)")}
                {key("↑ ↓", "Walk along the answers")}
            </dl>
            <h3>"Delivery flow, on the canvas"</h3>
            <dl class="keys">
                {key("Tab", "With a step selected: add the next step and name it; on a connector: insert one")}
                {key("← → ↑ ↓", "Walk along the flow; with Shift select more, with Alt move by hand")}
                {key("Enter", "Rename a step, write on a connector")}
                {key("M A", "Manual, automated")}
                {key("T E", "Time of the work, environment")}
                {key("W G", "Wait and label of the connector that leads here")}
                {key("B", "Branch: another step after this one")}
                {key("C", "Connect, or lead back: go to the other step, then Enter (L does the same)")}
                {key(", .", "Select the connector before, after")}
                {key("S N X", "Add a step at the end, one by itself, a text")}
                {key("D R", "Delivery lane, recovery lane")}
                {key("Delete", "Delete what is selected")}
                {key("Ctrl Z", "Undo my last change, with Shift redo it")}
                {key("Ctrl C V", "Copy and paste as text; Ctrl A selects all")}
                {key("U", "Tidy up: let the layout place it")}
                {key("0 + −", "Fit to window, zoom in, zoom out")}
                {key("Esc", "Let go, then Tab leaves the canvas")}
            </dl>
            {in_the_bar}
        </Dialog>
    }
    .into_any()
}
