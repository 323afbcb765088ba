//! All stickies as a list: groups, each with its name, and what stands alone.

use super::card::Card;
use super::desk::Desk;
use crate::domain::ids::{GroupId, StickyId};
use crate::domain::improve::Item;
use crate::domain::text::GroupName;
use crate::ui::components::{For, Icon, IconName};
use crate::ui::steps::count;
use crate::ui::steps::following::{differs, following};
use leptos::prelude::*;

/// How many there are, and what to do with them.
#[component]
pub(super) fn Groups() -> AnyView {
    let desk = Desk::from_context();
    let counts = desk.live.select(|w| {
        let board = &w.improvements;
        let others = board.stickies.values().filter(|sticky| sticky.note.is_none()).count();
        (board.stickies.len(), others, board.silent)
    });
    let words = move || {
        let (all, others, silent) = counts.get();
        let count = |n: usize, one, many| count(u32::try_from(n).unwrap_or(u32::MAX), one, many);
        match (all, silent) {
            (0, true) => "Everybody writes silently; all is shown at once.".to_owned(),
            (0, false) => "No sticky yet. Choose a step or a connector, then write what would help or what failed.".to_owned(),
            (all, true) => format!(
                "{}, {} of them hidden from you. All are shown at once.",
                count(all, "sticky", "stickies"),
                others
            ),
            (all, false) => format!(
                "{}. Put those that say the same in one group: drag one onto another by its handle, or pick several.",
                count(all, "sticky", "stickies")
            ),
        }
    };
    view! { <p class="improve-step__count" role="status">{words}</p> }.into_any()
}

/// The list.
#[component]
pub(super) fn List() -> AnyView {
    let desk = Desk::from_context();
    let items = desk.live.select(|w| {
        // What this person may not read yet is only counted.
        let mut items = w.improvements.items();
        items.retain(|item| w.improvements.notes_of(*item).next().is_some());
        items
    });
    view! {
        <ul class="stickies">
            <For each=move || items.get() key=Clone::clone let(item)>
                <One item/>
            </For>
        </ul>
    }
    .into_any()
}

#[component]
fn One(item: Item) -> AnyView {
    let desk = Desk::from_context();
    let inside = desk.live.select(move |w| w.improvements.stickies_of(item));
    let several = move || inside.with(|inside| inside.len() > 1);
    let cards = move || {
        view! {
            <ul class="stickies__inside">
                <For each=move || inside.get() key=Clone::clone let(id)>
                    <Card id/>
                </For>
            </ul>
        }
        .into_any()
    };
    let head = move || match item {
        Item::Group(group) if several() => Some(view! { <Head group inside/> }.into_any()),
        _ => None,
    };
    view! {
        <li class="stickies__item" class=("stickies__group", several)>
            {head}
            {cards()}
        </li>
    }
    .into_any()
}

/// A group's name, and the way to take it apart.
#[component]
fn Head(group: GroupId, inside: Memo<Vec<StickyId>>) -> AnyView {
    let desk = Desk::from_context();
    let may = desk.may_write();
    let voting = desk.live.select(|w| w.dots.open().is_some());
    let stored = desk
        .live
        .select(move |w| w.improvements.groups.get(&group).map_or_else(String::new, ToString::to_string));
    let typed = following(stored);
    let save = move |_| {
        if differs(typed, stored) {
            desk.name(group, typed.get_untracked());
        }
    };
    view! {
        <div class="stickies__head">
            <input
                class="input"
                aria-label="Name of the group"
                placeholder="Name this group"
                autocomplete="off"
                maxlength=GroupName::MAX.to_string()
                value=typed.get_untracked()
                prop:value=move || typed.get()
                prop:disabled=move || !may.get()
                on:input=move |event| typed.set(event_target_value(&event))
                on:change=save
            />
            <button
                class="btn btn--s btn--icon btn--ghost"
                type="button"
                aria-label="Take the group apart"
                title="Take the group apart"
                disabled=move || !may.get() || voting.get()
                on:click=move |_| desk.free(inside.get_untracked())
            >
                <Icon name=IconName::Branch/>
            </button>
        </div>
    }
    .into_any()
}
