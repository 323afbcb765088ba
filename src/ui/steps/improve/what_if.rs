//! What if: improvements switched on and off, and what the flow would add up to then. On this screen only; nothing is stored.

use super::desk::Desk;
use crate::domain::improve::{Item, what_if};
use leptos::prelude::*;

/// The switches and what follows.
#[component]
pub(super) fn WhatIf() -> AnyView {
    let desk = Desk::from_context();
    let live = desk.live;
    let items = live.select(|w| {
        let board = &w.improvements;
        let shortens = |item: &Item| board.notes_of(*item).any(|note| note.shortens.is_some());
        let titled = |item: Item| (item, board.title(item));
        board.items().into_iter().filter(shortens).map(titled).collect::<Vec<_>>()
    });
    let sentences = Memo::new(move |_| {
        let done = desk.done.get();
        live.with(|w| what_if(w, &done).sentences())
    });
    let switch = move |(item, title): (Item, String)| {
        let on = move || desk.done.with(|done| done.contains(&item));
        let set = move |event| {
            let on = event_target_checked(&event);
            desk.done.update(|done| {
                done.retain(|other| *other != item);
                if on {
                    done.push(item);
                }
            });
        };
        view! {
            <label class="check">
                <input type="checkbox" role="switch" prop:checked=on on:change=set/>
                <span class="own-words">{title}</span>
            </label>
        }
        .into_any()
    };
    let outcome = move || {
        let sentences = sentences.get();
        if sentences.is_empty() {
            view! { <p class="small quiet">"Nothing would change."</p> }.into_any()
        } else {
            sentences
                .into_iter()
                .map(|sentence| view! { <p>{sentence}</p> })
                .collect_view()
                .into_any()
        }
    };
    let body = move || {
        let items = items.get();
        if items.is_empty() {
            return view! {
                <p class="small quiet">"Say of an improvement which step or wait it would shorten, and see here what the whole way would take."</p>
            }
            .into_any();
        }
        view! {
            <div class="what-if">{items.into_iter().map(switch).collect_view()}</div>
            <div aria-live="polite" class="what-if__then">{outcome}</div>
        }
        .into_any()
    };
    view! {
        <section aria-label="What if">
            <h2>"What if"</h2>
            {body}
        </section>
    }
    .into_any()
}
