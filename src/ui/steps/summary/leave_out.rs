//! What the page shows: sections and single things that the squad leaves out, and whether it names who was there.

use crate::domain::command::Command;
use crate::domain::page::choices::{Choice, Group, choices};
use crate::domain::summary::{self, Part};
use crate::ui::components::{For, changing};
use crate::ui::live::{Live, Topic};
use crate::ui::room::Refusal;
use leptos::prelude::*;

/// One line of the list.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Row {
    /// What it stands for; nothing for a heading whose section always stays.
    part: Option<Part>,
    /// Its words.
    says: String,
    /// The section it is in; nothing for the section itself.
    inside: Option<Part>,
    /// Stands under a heading.
    inner: bool,
}

fn rows(group: Group) -> Vec<Row> {
    let Group { title, whole, items, .. } = group;
    let head = Row {
        part: whole,
        says: title.to_owned(),
        inside: None,
        inner: false,
    };
    let item = |choice: Choice| Row {
        part: Some(choice.part),
        says: choice.says,
        inside: whole,
        inner: true,
    };
    std::iter::once(head).chain(items.into_iter().map(item)).collect()
}

/// The list, for facilitators.
#[component]
pub fn LeaveOut() -> AnyView {
    let live = Live::from_context();
    let list = live.select(|w| choices(w).into_iter().flat_map(rows).collect::<Vec<_>>());
    let named = live.select(|w| !w.summary.only_numbers);
    let out = live.select(|w| choices(w).iter().map(|group| group.left_out(&w.summary)).sum::<usize>());
    let count = move || match out.get() {
        0 => String::new(),
        1 => " (1 part left out)".to_owned(),
        n => format!(" ({n} parts left out)"),
    };
    view! {
        <details class="leave-out">
            <summary>"What the page shows" {changing(count)}</summary>
            <p class="small quiet">
                "What you leave out is in no later revision, no export and no share link, and you can put it back at any time. Revisions that are published already stay as they are, \
                 and so do the lists of actions. A flow or scope that is left out is not there to begin with next time."
            </p>
            <Tick
                says="Names of the people who were there".to_owned()
                ticked=named
                locked=Signal::stored(false)
                send=move |named: bool| summary::Command::OnlyNumbers(!named)
            />
            <p class="small quiet">"Without them the page says only how many. The facilitator and the owners of actions are named all the same."</p>
            <ul class="leave-out__list">
                <For each=move || list.get() key=Clone::clone let(row)>
                    {line(live, row)}
                </For>
            </ul>
            <Refusal topic=Topic::Summary/>
        </details>
    }
    .into_any()
}

fn line(live: Live, row: Row) -> AnyView {
    let Row { part, says, inside, inner } = row;
    let Some(part) = part else {
        return view! { <li><b>{says}</b></li> }.into_any();
    };
    let ticked = live.select(move |w| w.summary.prints(part));
    let locked = live.select(move |w| inside.is_some_and(|section| !w.summary.prints(section)));
    let send = move |printed| {
        if printed {
            summary::Command::PutBack(part)
        } else {
            summary::Command::LeaveOut(part)
        }
    };
    view! {
        <li class=if inner { "leave-out__item" } else { "leave-out__head" }>
            <Tick says ticked locked=Signal::from(locked) send/>
        </li>
    }
    .into_any()
}

/// A box that stands as its owner clicked it until the server answers, then as the server has it: what is refused goes back.
#[component]
fn Tick(
    /// The words beside it.
    says: String,
    /// Whether it is printed.
    ticked: Memo<bool>,
    /// Whether its section is left out, so that it has nothing to say.
    locked: Signal<bool>,
    /// What a click asks for.
    send: impl Fn(bool) -> summary::Command + Copy + Send + Sync + 'static,
) -> AnyView {
    let live = Live::from_context();
    let change = move |event: web_sys::Event| {
        live.send(Command::Summary(send(event_target_checked(&event))));
    };
    let on_its_way = move || live.summary_on_its_way(|command| [true, false].into_iter().find(|&wanted| *command == send(wanted)));
    let shown = Memo::new(move |_| on_its_way().unwrap_or_else(|| ticked.get()));
    view! {
        <label class="check">
            <input
                type="checkbox"
                checked=ticked.get_untracked()
                prop:checked=move || shown.get()
                prop:disabled=move || locked.get()
                on:change=change
            />
            <span class="own-words">{says}</span>
        </label>
    }
    .into_any()
}
