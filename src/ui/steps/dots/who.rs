//! Who has placed how many dots, never on what.

use super::super::count;
use super::ranking::Ranking;
use crate::domain::ids::ParticipantId;
use crate::domain::workshop::Workshop;
use crate::ui::components::{For, Person};
use crate::ui::live::Live;
use crate::ui::room::tint;
use leptos::prelude::*;

/// How many have placed all dots, and of how many.
fn turnout(w: &Workshop) -> (usize, usize) {
    let Some((_, round)) = w.dots.open() else { return (0, 0) };
    let done = w.voters().filter(|id| round.is_done(*id)).count();
    (done, w.voters().count())
}

/// The count and the people.
#[component]
pub(super) fn Who() -> AnyView {
    let live = Live::from_context();
    let turnout = live.select(turnout);
    let people = live.select(|w| w.voters().map(|id| (id, w.people.name(id).to_owned())).collect::<Vec<_>>());
    let heading = move || match turnout.get() {
        (_, 0) => "Nobody here has dots yet".to_owned(),
        (done, of) => format!("{done} of {of} have placed all dots"),
    };
    view! {
        <section>
            <div aria-live="polite">
                <h2>{heading}</h2>
            </div>
            <ul class="people">
                <For each=move || people.get() key=Clone::clone let((id, name))>
                    <One id name/>
                </For>
            </ul>
        </section>
    }
    .into_any()
}

#[component]
fn One(id: ParticipantId, name: String) -> AnyView {
    let live = Live::from_context();
    let done = live.select(move |w| w.dots.open().is_some_and(|(_, round)| round.is_done(id)));
    let left = live.select(move |w| w.dots.open().map_or(0, |(_, round)| round.left(id)));
    let here = Memo::new(move |_| live.presence().here(id));
    let state = Memo::new(move |_| match (done.get(), here.get()) {
        (true, _) => "done".to_owned(),
        (false, true) => format!("{} left", left.get()),
        (false, false) => format!("away, {} left", left.get()),
    });
    view! {
        <Person
            name
            tint=tint(id)
            state=state
            ticked=done
            waiting=Signal::derive(move || !done.get() && here.get())
            gone=Signal::derive(move || !done.get() && !here.get())
            you=id == live.you
        />
    }
    .into_any()
}

/// The dot vote on the screen of the meeting room.
#[component]
pub fn DotsOnWall() -> AnyView {
    let live = Live::from_context();
    let open = live.select(|w| w.dots.open().map(|(_, round)| (round.items.len(), round.terms.dots)));
    let body = move || match open.get() {
        Some((items, dots)) => {
            let (items, dots) = (u32::try_from(items).unwrap_or(u32::MAX), count(dots, "dot", "dots"));
            let words = format!("{dots} for each person, {}", count(items, "improvement", "improvements"));
            view! {
                <p class="wall__question">{words}</p>
                <aside class="aside" aria-label="Who has placed dots">
                    <Who/>
                </aside>
            }
            .into_any()
        }
        None => view! { <Ranking/> }.into_any(),
    };
    view! { {body} }.into_any()
}
