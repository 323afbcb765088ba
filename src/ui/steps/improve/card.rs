//! One sticky: what it says, and its form.

use super::desk::{Desk, Target, chosen, places};
use super::handle::Handle;
use super::write::mark;
use crate::domain::flow::Span;
use crate::domain::ids::StickyId;
use crate::domain::improve::{Change, Improvements, Item, Kind, Note, Shorter};
use crate::domain::people::Role;
use crate::domain::text::StickyText;
use crate::domain::workshop::Workshop;
use crate::ui::components::{Choice, Icon, IconName, changing};
use crate::ui::steps::actions::form::capabilities;
use crate::ui::steps::following::{differs, following};
use leptos::prelude::*;

/// What this screen shows of a sticky.
#[derive(Clone, Debug, PartialEq)]
struct Shown {
    kind: Kind,
    text: String,
    place: String,
    more: Vec<String>,
    outside: bool,
    by: Option<String>,
    hidden: bool,
    grouped: bool,
}

fn shown(w: &Workshop, id: StickyId) -> Option<Shown> {
    let board = &w.improvements;
    let sticky = board.stickies.get(&id)?;
    let note = sticky.note.as_ref()?;
    let serves = note.serves.as_ref().map(|key| format!("Serves {}", w.capability_title(key)));
    Some(Shown {
        kind: note.kind,
        text: note.text.to_string(),
        place: Improvements::place(note, &w.flow),
        more: Improvements::saving(note, &w.flow).into_iter().chain(serves).collect(),
        outside: note.outside,
        by: sticky.by.map(|by| w.people.name(by).to_owned()),
        hidden: sticky.hidden,
        grouped: sticky.group.is_some() && board.stickies_of(board.item_of(id)).len() > 1,
    })
}

/// The sticky.
#[component]
pub(super) fn Card(
    /// Which.
    id: StickyId,
) -> AnyView {
    let desk = Desk::from_context();
    let live = desk.live;
    let shown = live.select(move |w| shown(w, id));
    let may = desk.may_write();
    let open = Memo::new(move |_| desk.open.get() == Some(id));
    let lit = Memo::new(move |_| {
        let at = desk.at.get();
        at.is_some() && live.with(|w| w.improvements.note(id).and_then(|note| note.on)) == at
    });
    let aimed = Memo::new(move |_| desk.drag.get().is_some_and(|(_, target)| target == Some(Target::Sticky(id))));
    let dragged = Memo::new(move |_| desk.drag.get().is_some_and(|(sticky, _)| sticky == id));
    let failed = Memo::new(move |_| shown.with(|shown| shown.as_ref().is_some_and(|s| s.kind == Kind::FailedDeployment)));
    let body = move || shown.get().map(body);
    let text = Memo::new(move |_| shown.with(|shown| shown.as_ref().map_or_else(String::new, |s| s.text.clone())));
    let picked = move || desk.picked.with(|picked| picked.contains(&id));
    let pick = move |event| {
        let on = event_target_checked(&event);
        desk.picked.update(|picked| {
            if on {
                picked.insert(id);
            } else {
                picked.remove(&id);
            }
        });
    };
    let tools = move || {
        may.get().then(|| {
            view! {
                <span class="sticky__tools">
                    <label class="sticky__pick">
                        <input type="checkbox" prop:checked=picked on:change=pick aria-label=move || format!("Pick {}", text.get())/>
                    </label>
                    <button
                        class="btn btn--ghost btn--icon btn--s"
                        type="button"
                        aria-expanded=move || open.get().to_string()
                        aria-label=move || format!("Change {}", text.get())
                        on:click=move |_| desk.open.set((!open.get_untracked()).then_some(id))
                    >
                        <Icon name=IconName::Pencil small=true/>
                    </button>
                    <Handle sticky=id/>
                </span>
            }
            .into_any()
        })
    };
    let form = move || (open.get() && may.get()).then(|| view! { <Form id/> }.into_any());
    view! {
        <li
            class="sticky"
            class=("sticky--failed", move || failed.get())
            class=("sticky--lit", move || lit.get())
            class=("sticky--aimed", move || aimed.get())
            class=("sticky--dragged", move || dragged.get())
            data-sticky=id.to_string()
        >
            <div class="sticky__row">
                {body}
                {tools}
            </div>
            {form}
        </li>
    }
    .into_any()
}

fn body(shown: Shown) -> AnyView {
    let about = |words: String| view! { <small>{words}</small> }.into_any();
    let end = match (shown.by, shown.hidden) {
        (by, true) => Some(by.map_or_else(
            || "Hidden from the others".to_owned(),
            |_| "Hidden from the others until all are shown".to_owned(),
        )),
        (Some(by), false) => Some(by),
        (None, false) => None,
    };
    view! {
        {mark(shown.kind)}
        <div class="sticky__says">
            <p class="own-words">{shown.text}</p>
            {about(shown.place)}
            {shown.more.into_iter().map(about).collect_view()}
            {shown.outside.then(|| view! { <span class="chip">"Needs help from outside"</span> })}
            {end.map(about)}
        </div>
    }
    .into_any()
}

/// Everything that can be said of a sticky; each field is saved when it is left.
#[component]
fn Form(id: StickyId) -> AnyView {
    let desk = Desk::from_context();
    let live = desk.live;
    let note = move |w: &Workshop| w.improvements.note(id).cloned().unwrap_or_default();
    let mine = live.select(move |w| {
        let leads = w.people.get(live.you).is_some_and(|p| p.role == Role::Facilitator);
        leads || w.improvements.stickies.get(&id).is_some_and(|s| s.is_of(live.you))
    });
    let kind = live.select(move |w| note(w).kind);
    let on = live.select(move |w| note(w).on.map_or_else(String::new, |on| on.to_string()));
    let serves = live.select(move |w| note(w).serves.map_or_else(String::new, |key| key.to_string()));
    let outside = live.select(move |w| note(w).outside);
    let where_to = live.select(places);
    let capabilities = live.select(capabilities);
    let others = live.select(move |w| others(w, id));
    let grouped = live.select(move |w| shown(w, id).is_some_and(|s| s.grouped));
    let voting = live.select(|w| w.dots.open().is_some());
    let own = move || {
        mine.get().then(|| {
            let turn = move |_| {
                let other = match kind.get_untracked() {
                    Kind::Improvement => Kind::FailedDeployment,
                    Kind::FailedDeployment => Kind::Improvement,
                };
                desk.change(id, Change::Kind(other));
            };
            view! {
                <Words id/>
                <div class="buttons">
                    <button class="btn btn--s" type="button" on:click=turn>
                        {changing(move || if kind.get() == Kind::Improvement { "Make it a failed deployment" } else { "Make it an improvement" })}
                    </button>
                    <button class="btn btn--s" type="button" on:click=move |_| desk.remove(id)>"Take it away"</button>
                </div>
            }
            .into_any()
        })
    };
    let with = move || {
        (!voting.get()).then(|| {
            let free = grouped.get().then(|| {
                view! {
                    <button class="btn btn--s" type="button" on:click=move |_| desk.free(vec![id])>"Out of its group"</button>
                }
            });
            view! {
                {choice(id, "with", "Says the same as", others, Memo::new(|_| String::new()), move |value| {
                    if let Ok(other) = value.parse() {
                        desk.put_with(id, StickyId(other));
                    }
                })}
                {free}
            }
            .into_any()
        })
    };
    view! {
        <div class="sticky__form" role="group" aria-label="More about this sticky">
            {own}
            {choice(id, "on", "Where", where_to, on, move |value| desk.change(id, Change::On(chosen(&value))))}
            <Saves id/>
            {choice(id, "serves", "Capability it serves", capabilities, serves, move |value| {
                let key = (!value.is_empty()).then(|| crate::domain::facts::CapabilityKey::new(value));
                desk.change(id, Change::Serves(key));
            })}
            <label class="check">
                <input
                    type="checkbox"
                    checked=outside.get_untracked()
                    prop:checked=move || outside.get()
                    on:change=move |event| desk.change(id, Change::Outside(event_target_checked(&event)))
                />
                <span>"Needs help from outside the squad"</span>
            </label>
            {with}
        </div>
    }
    .into_any()
}

/// A choice that is saved at once.
fn choice(
    id: StickyId,
    name: &str,
    label: &'static str,
    choices: Memo<Vec<Choice>>,
    stored: Memo<String>,
    save: impl Fn(String) + Clone + Send + 'static,
) -> AnyView {
    let field = format!("sticky-{id}-{name}");
    let option = move |choice: Choice| {
        let (own, now) = (choice.value.clone(), stored.get_untracked() == choice.value);
        view! {
            <option value=choice.value selected=now prop:selected=move || stored.get() == own>
                {choice.text}
            </option>
        }
        .into_any()
    };
    view! {
        <div class="field">
            <label for=field.clone()>{label}</label>
            <select class="select" id=field on:change=move |event| save(event_target_value(&event))>
                {changing(move || choices.get().into_iter().map(option).collect_view())}
            </select>
        </div>
    }
    .into_any()
}

/// The other items, each by one of its stickies.
fn others(w: &Workshop, id: StickyId) -> Vec<Choice> {
    let board = &w.improvements;
    let own = board.item_of(id);
    let other = |item: &Item| *item != own && board.notes_of(*item).next().is_some();
    let one = |item: Item| Some(Choice::new(board.stickies_of(item).first()?.to_string(), board.title(item)));
    [Choice::new("", "Choose a sticky or a group")]
        .into_iter()
        .chain(board.items().into_iter().filter(other).filter_map(one))
        .collect()
}

/// What it says.
#[component]
fn Words(id: StickyId) -> AnyView {
    let desk = Desk::from_context();
    let stored = desk
        .live
        .select(move |w| w.improvements.note(id).map_or_else(String::new, |note| note.text.to_string()));
    let typed = following(stored);
    let refused = RwSignal::new(None::<String>);
    let save = move |_| {
        if !differs(typed, stored) {
            return;
        }
        match StickyText::parse(&typed.get_untracked()) {
            Ok(text) => {
                refused.set(None);
                desk.change(id, Change::Text(text));
            }
            Err(error) => refused.set(Some(error.to_string())),
        }
    };
    view! {
        <div class="field">
            <label for=format!("sticky-{id}-text")>"What it says"</label>
            <input
                class="input"
                id=format!("sticky-{id}-text")
                autocomplete="off"
                maxlength=StickyText::MAX.to_string()
                value=typed.get_untracked()
                prop:value=move || typed.get()
                on:input=move |event| typed.set(event_target_value(&event))
                on:change=save
            />
            {changing(move || refused.get().map(|why| view! { <p class="refusal" role="alert">{why}</p> }))}
        </div>
    }
    .into_any()
}

/// Which step or wait it would shorten, and to what.
#[component]
fn Saves(id: StickyId) -> AnyView {
    let desk = Desk::from_context();
    let live = desk.live;
    let note = move |w: &Workshop| w.improvements.note(id).cloned().unwrap_or_default();
    let stored = live.select(move |w| note(w).shortens.map_or_else(String::new, |s| s.what.to_string()));
    let time = live.select(move |w| note(w).shortens.map_or_else(String::new, |s| s.to.to_string()));
    let any = live.select(|w| !w.flow.is_empty());
    let choices = live.select(move |w| {
        let mut all = places(w);
        if let Some(first) = all.first_mut() {
            "Nothing that is measured".clone_into(&mut first.text);
        }
        all
    });
    // What is chosen before a time is written.
    let what = following(stored);
    let typed = following(time);
    let refused = RwSignal::new(None::<String>);
    let save = move || {
        let Some(what) = chosen(&what.get_untracked()) else {
            refused.set(None);
            if !stored.with_untracked(String::is_empty) {
                desk.change(id, Change::Shortens(None));
            }
            return;
        };
        let text = typed.get_untracked();
        if text.trim().is_empty() {
            return;
        }
        match text.parse::<Span>() {
            Ok(to) => {
                refused.set(None);
                desk.change(id, Change::Shortens(Some(Shorter { what, to })));
            }
            Err(error) => refused.set(Some(error.to_string())),
        }
    };
    let choose = move |value: String| {
        what.set(value);
        save();
    };
    let chosen_now = Memo::new(move |_| what.get());
    let of = move || {
        any.get().then(|| {
            let on = note_place(live.with_untracked(note));
            view! {
                <div class="details__row">
                    {choice(id, "shortens", "What would take less time?", choices, chosen_now, choose)}
                    <div class="field">
                        <label for=format!("sticky-{id}-to")>"How long then?"</label>
                        <input
                            class="input"
                            id=format!("sticky-{id}-to")
                            placeholder="15m, 2h, 3d"
                            autocomplete="off"
                            value=typed.get_untracked()
                            prop:value=move || typed.get()
                            on:input=move |event| typed.set(event_target_value(&event))
                            on:change=move |_| {
                                // What it is on is what it would shorten, unless somebody says otherwise.
                                if what.with_untracked(String::is_empty) {
                                    what.set(on.clone());
                                }
                                save();
                            }
                        />
                    </div>
                </div>
                {changing(move || refused.get().map(|why| view! { <p class="refusal" role="alert">{why}</p> }))}
            }
            .into_any()
        })
    };
    view! { {of} }.into_any()
}

fn note_place(note: Note) -> String {
    note.on.map_or_else(String::new, |on| on.to_string())
}
