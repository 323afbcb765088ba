//! The warm-up in Welcome: the sound, and one harmless question with the controls of a vote.

use super::count;
use crate::domain::command::Command;
use crate::domain::warmup::{self, OPTIONS, QUESTION};
use crate::domain::workshop::Workshop;
use crate::ui::components::changing;
use crate::ui::live::{Live, Topic};
use crate::ui::room::{Refusal, chime};
use leptos::prelude::*;

/// Sound and question.
#[component]
pub fn WarmUp() -> AnyView {
    let live = Live::from_context();
    let counts = live.select(|w| w.warm_up.counts);
    let over = live.select(Workshop::published);
    let body = move || match counts.get() {
        Some(counts) => shown(counts),
        None => view! { <Question/> }.into_any(),
    };
    (move || {
        (!over.get()).then(|| {
            view! {
                <section class="note warmup" aria-labelledby="warmup-title">
                    <h2 id="warmup-title">"Try it before the first vote"</h2>
                    <SoundCheck/>
                    {body}
                </section>
            }
            .into_any()
        })
    })
    .into_any()
}

/// The warm-up on the screen of the meeting room: how many have answered, then the count.
#[component]
pub fn WarmUpOnWall() -> AnyView {
    let live = Live::from_context();
    let counts = live.select(|w| w.warm_up.counts);
    let answered = live.select(|w| (w.warm_up.given.len(), w.people.all().count()));
    let over = live.select(Workshop::published);
    let asked = move || {
        let (given, of) = answered.get();
        let people = count(u32::try_from(of).unwrap_or(u32::MAX), "person", "people");
        view! { <p role="status">{format!("{given} of {people} answered on their own device.")}</p> }
    };
    let body = move || match counts.get() {
        Some(counts) => shown(counts),
        None => view! {
            <p>{QUESTION}</p>
            {asked}
        }
        .into_any(),
    };
    changing(move || {
        (!over.get()).then(|| {
            view! {
                <section class="note warmup" aria-labelledby="warmup-title">
                    <h2 id="warmup-title">"Try it before the first vote"</h2>
                    {body}
                </section>
            }
            .into_any()
        })
    })
}

/// Plays the sound of a timer that ends.
#[component]
fn SoundCheck() -> AnyView {
    let heard = RwSignal::new(None::<bool>);
    let words = move || match heard.get() {
        None => "",
        Some(true) => "That was the sound at the end of a step’s time. Nothing heard? Look at the volume of this device.",
        Some(false) => "This browser plays no sound here. The clock changes its colour instead.",
    };
    view! {
        <div class="warmup__sound">
            <button class="btn btn--s" type="button" on:click=move |_| heard.set(Some(chime()))>"Check the sound"</button>
            <span role="status">{words}</span>
        </div>
    }
    .into_any()
}

/// The question, who has answered, and for facilitators the way to the count.
#[component]
fn Question() -> AnyView {
    let live = Live::from_context();
    let you = live.you;
    let mine = live.select(move |w| w.warm_up.given.get(&you).copied().flatten());
    let standing = live.select(standing);
    let nobody = live.select(|w| w.warm_up.given.is_empty());
    let leads = live.leads();
    let answer = move |n: usize| {
        let option = u8::try_from(n).unwrap_or(u8::MAX);
        live.send(Command::WarmUp(warmup::Command::Answer(option)));
    };
    let option = move |(n, words): (usize, &'static str)| {
        let chosen = move || mine.get().map(usize::from) == Some(n);
        view! {
            <label class="option option--warmup">
                <input type="radio" name="warmup" prop:checked=chosen on:change=move |_| answer(n)/>
                <span class="radio"></span>
                <span>{words}</span>
            </label>
        }
    };
    let show = move |_| {
        live.send(Command::WarmUp(warmup::Command::Show));
    };
    let control = move || {
        leads.get().then(|| {
            view! { <p><button class="btn btn--s" type="button" disabled=move || nobody.get() on:click=show>"Show the answers"</button></p> }
        })
    };
    view! {
        <fieldset class="warmup__question" role="radiogroup" aria-labelledby="warmup-question">
            <legend id="warmup-question">{QUESTION}</legend>
            <div class="options">{OPTIONS.into_iter().enumerate().map(option).collect_view()}</div>
        </fieldset>
        <p class="small" role="status">{standing}</p>
        <Refusal topic=Topic::WarmUp/>
        {control}
    }
    .into_any()
}

/// "2 answers: Ana, Ben. Not yet: Cem."
fn standing(w: &Workshop) -> String {
    let names = |answered: bool| {
        let people = w.people.all().filter(|(id, _)| w.warm_up.given.contains_key(id) == answered);
        people.map(|(_, p)| p.name.to_string()).collect::<Vec<_>>()
    };
    let (yes, no) = (names(true), names(false));
    let answers = count(u32::try_from(yes.len()).unwrap_or(u32::MAX), "answer", "answers");
    let yes = if yes.is_empty() {
        "No answers yet".to_owned()
    } else {
        format!("{answers}: {}", yes.join(", "))
    };
    if no.is_empty() {
        format!("{yes}.")
    } else {
        format!("{yes}. Not yet: {}.", no.join(", "))
    }
}

/// The count, without names.
fn shown(counts: [u32; OPTIONS.len()]) -> AnyView {
    let row = |(words, n): (&'static str, u32)| {
        view! {
            <li>
                <b>{n}</b>
                " "
                {words}
            </li>
        }
    };
    view! {
        <p>{QUESTION}</p>
        <ul class="warmup__counts">{OPTIONS.into_iter().zip(counts).map(row).collect_view()}</ul>
        <p class="small">"It works on every device that answered. A vote works in the same way."</p>
    }
    .into_any()
}
