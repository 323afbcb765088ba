//! Soft follow: everyone sees the squad's step, may look elsewhere, and is never moved while typing.

use super::{Refusal, Room};
use crate::domain::agenda::{self, Step};
use crate::domain::command::Command;
use crate::domain::facts;
use crate::ui::components::{Icon, IconName};
use crate::ui::live::{Live, Topic};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// When the squad moves on while this person types, the screen stays where it is.
pub(super) fn hold_while_typing(room: Room, live: Live) {
    let current = live.select(|w| w.agenda.current);
    Effect::new(move |before: Option<crate::domain::ids::StepId>| {
        let now = current.get();
        if let Some(before) = before.filter(|before| *before != now) {
            if room.looking_at.get_untracked().is_none() && typing() {
                room.looking_at.set(Some(before));
            } else if room.looking_at.get_untracked() == Some(now) {
                room.looking_at.set(None);
            }
        }
        now
    });
}

/// Whether the person is in the middle of a text.
fn typing() -> bool {
    let Some(element) = document().active_element() else { return false };
    let text = match element.dyn_ref::<web_sys::HtmlTextAreaElement>() {
        Some(area) => area.value(),
        None => element
            .dyn_ref::<web_sys::HtmlInputElement>()
            .filter(|i| i.type_() == "text")
            .map(web_sys::HtmlInputElement::value)
            .unwrap_or_default(),
    };
    !text.is_empty()
}

/// Says where the squad is while this person looks elsewhere, and what was decided to somebody who came late.
#[component]
pub(super) fn FollowPill() -> impl IntoView {
    let live = Live::from_context();
    let room = Room::from_context();
    let elsewhere = Memo::new(move |_| room.looking_at.get().is_some());
    let there = live.select(|w| {
        format!(
            "The squad is at step {}, {}",
            w.agenda.place(w.agenda.current) + 1,
            w.agenda.step(w.agenda.current).map_or("", Step::title)
        )
    });
    let bring = move |_| {
        if let Some(step) = room.looking_at.get_untracked() {
            room.looking_at.set(None);
            live.send(Command::Agenda(agenda::Command::GoTo(step)));
        }
    };
    view! {
        <Show when=move || elsewhere.get()>
            <div class="follow" role="status">
                <span>{there}</span>
                <button class="btn btn--s" type="button" on:click=move |_| room.looking_at.set(None)>"Go there"</button>
                <Show when=move || live.leads().get()>
                    <button class="btn btn--s" type="button" on:click=bring>"Bring everyone here"</button>
                </Show>
            </div>
        </Show>
        <CatchUp/>
    }
}

/// For somebody who joined after the first step was over: what was decided so far.
#[component]
fn CatchUp() -> impl IntoView {
    let live = Live::from_context();
    let open = RwSignal::new(true);
    let you = live.you;
    let late = live.select(move |w| {
        let joined = w.people.get(you).map(|p| p.joined_at);
        w.agenda.place(w.agenda.current) > 0
            && joined
                .zip(w.agenda.started_at)
                .is_some_and(|(joined, started)| joined.since(started) > 60_000)
    });
    let decided = live.select(|w| {
        let agreed = w.votes.values().filter_map(|vote| {
            let answer = vote.agreed.as_ref()?.answer;
            Some(format!("{}: {}", vote.metric.name(), facts::question(vote.metric).label(answer)))
        });
        agreed.collect::<Vec<_>>()
    });
    let now = live.select(|w| {
        w.agenda
            .step(w.agenda.current)
            .map_or_else(String::new, |step| step.title().to_owned())
    });
    view! {
        <Show when=move || open.get() && late.get()>
            <section class="catchup" aria-labelledby="catchup-title">
                <h2 id="catchup-title">"Welcome, you come at a good time"</h2>
                <p>"The squad is at " <strong>{now}</strong> ". " {move || if decided.get().is_empty() { "Nothing is agreed yet." } else { "Agreed so far:" }}</p>
                <ul>
                    <For each=move || decided.get() key=Clone::clone let(line)>
                        <li>{line}</li>
                    </For>
                </ul>
                <button class="btn btn--s" type="button" on:click=move |_| open.set(false)>"Understood"</button>
            </section>
        </Show>
    }
}

/// What can be taken back, for a short while; and claiming the lead when nobody leads.
#[component]
pub(super) fn Toasts() -> impl IntoView {
    let live = Live::from_context();
    let leads = live.leads();
    let left = Memo::new(move |_| {
        let until = live.with(|w| w.agenda.undo_until())?;
        let left = until.0 - live.now().0;
        (left > 0 && leads.get()).then_some((left + 999) / 1000)
    });
    let moved = live.select(|w| {
        w.agenda
            .step(w.agenda.current)
            .map_or_else(String::new, |step| step.title().to_owned())
    });
    let claimable = Memo::new(move |_| {
        let cx = live.context();
        !leads.get() && live.with(|w| w.people.claimable(&cx))
    });
    view! {
        <div class="toasts" role="status">
            <Show when=move || left.get().is_some()>
                <p class="toast">
                    <span>"Everyone is at " {moved}</span>
                    <button class="btn btn--s" type="button" on:click=move |_| { live.send(Command::Agenda(agenda::Command::UndoAdvance)); }>
                        <Icon name=IconName::Undo small=true/>
                        "Undo"
                    </button>
                    <span class="toast__left">{move || left.get().map(|s| format!("{s} s"))}</span>
                </p>
            </Show>
            <Show when=move || claimable.get()>
                <p class="toast">
                    <span>"The facilitator has been gone for a minute."</span>
                    <button class="btn btn--s" type="button" on:click=move |_| { live.send(Command::People(crate::domain::people::Command::ClaimFacilitation)); }>
                        "Take over"
                    </button>
                </p>
            </Show>
            <Show when=move || !leads.get()>
                <Refusal topic=Topic::People/>
            </Show>
        </div>
    }
}
