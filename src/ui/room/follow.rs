//! Soft follow: everyone sees the squad's step, may look elsewhere, and is never moved while typing.

use super::recap::RecapList;
use super::{Refusal, Room};
use crate::domain::agenda::{self, Step};
use crate::domain::command::Command;
use crate::domain::ids::StepId;
use crate::domain::parts::{Phase, number};
use crate::domain::recap::Recap;
use crate::ui::components::{Icon, IconName, Show, changing};
use crate::ui::live::{Live, Topic};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// When the squad moves on while this person types, the screen stays where it is.
pub(super) fn hold_while_typing(room: Room, live: Live) {
    let place = live.select(|w| (w.agenda.current, w.agenda.phase()));
    Effect::new(move |before: Option<(StepId, Phase)>| {
        let now = place.get();
        if let Some((before, _)) = before.filter(|before| *before != now) {
            if room.looking_at.get_untracked().is_none() && typing() {
                room.looking_at.set(Some(before));
            } else if room.looking_at.get_untracked() == Some(now.0) {
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
    let there = live.select(|w| match w.agenda.phase() {
        Phase::Break => "The squad is on a break".to_owned(),
        Phase::Recap => "The squad reads what was decided so far".to_owned(),
        Phase::Step => format!(
            "The squad is at step {}, {}",
            w.agenda.place(w.agenda.current) + 1,
            w.agenda.step(w.agenda.current).map_or("", Step::title)
        ),
    });
    let may_bring = live.select(|w| w.agenda.phase() != Phase::Break);
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
                <Show when=move || live.leads().get() && may_bring.get()>
                    <button class="btn btn--s" type="button" on:click=bring>"Bring everyone here"</button>
                </Show>
            </div>
        </Show>
        <CatchUp/>
    }
}

/// Why somebody is told what was decided so far.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Missed {
    /// The end of the part before this one.
    Part(usize),
    /// The first steps.
    Beginning,
}

/// For somebody who came late, or was not there when the part before ended: what was decided so far.
#[component]
fn CatchUp() -> AnyView {
    let live = Live::from_context();
    // Closing the card closes it for this reason; another break is another one.
    let closed = RwSignal::new(None::<Missed>);
    let you = live.you;
    let missed = live.select(move |w| {
        let joined = w.people.get(you).map(|p| p.joined_at).zip(w.agenda.started_at);
        let late = w.agenda.place(w.agenda.current) > 0 && joined.is_some_and(|(joined, started)| joined.since(started) > 60_000);
        match w.agenda.phase() {
            // Both tell the same to everybody.
            Phase::Break | Phase::Recap => None,
            Phase::Step if w.agenda.missed_last_part(you) => Some(Missed::Part(w.agenda.part() - 1)),
            Phase::Step => late.then_some(Missed::Beginning),
        }
    });
    let recap = live.select(Recap::of);
    let now = live.select(|w| {
        w.agenda
            .step(w.agenda.current)
            .map_or_else(String::new, |step| step.title().to_owned())
    });
    (move || {
        let why = missed.get().filter(|why| closed.get() != Some(*why))?;
        let title = match why {
            Missed::Part(part) => format!("You were not here at the end of part {}", number(part)),
            Missed::Beginning => "Welcome, you come at a good time".to_owned(),
        };
        Some(
            view! {
                <section class="catchup" aria-labelledby="catchup-title">
                    <h2 id="catchup-title">{title}</h2>
                    <p>"The squad is at " <strong>{now}</strong> ". This was decided so far:"</p>
                    {changing(move || view! { <RecapList recap=recap.get() small=true/> })}
                    <button class="btn btn--s" type="button" on:click=move |_| closed.set(Some(why))>"Understood"</button>
                </section>
            }
            .into_any(),
        )
    })
    .into_any()
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
    let moved = live.select(|w| match w.agenda.pause() {
        Some(_) => "Everyone is on a break".to_owned(),
        None => format!("Everyone is at {}", w.agenda.step(w.agenda.current).map_or("", Step::title)),
    });
    let claimable = Memo::new(move |_| {
        let cx = live.context();
        !leads.get() && live.with(|w| w.people.claimable(&cx))
    });
    view! {
        <div class="toasts" role="status">
            <Show when=move || left.get().is_some()>
                <p class="toast">
                    <span>{moved}</span>
                    <button class="btn btn--s" type="button" on:click=move |_| { live.send(Command::Agenda(agenda::Command::UndoAdvance)); }>
                        <Icon name=IconName::Undo small=true/>
                        "Undo"
                    </button>
                    <span class="toast__left">{changing(move || left.get().map_or_else(String::new, |s| format!("{s} s")))}</span>
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
