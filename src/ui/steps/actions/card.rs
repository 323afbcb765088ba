//! One action of the list.

use super::form::{Editing, What};
use crate::domain::actions::{self, Draft, Form};
use crate::domain::command::Command;
use crate::domain::ids::ActionId;
use crate::domain::workshop::Workshop;
use crate::ui::components::{CopyButton, Icon, IconName};
use crate::ui::live::Live;
use leptos::prelude::*;

/// What this screen shows of an action.
#[derive(Clone, Debug, PartialEq)]
struct Shown {
    title: String,
    who: String,
    lacks: bool,
    lines: Vec<String>,
    tracker: Option<String>,
    by: String,
    accepted: bool,
    mine: bool,
}

fn shown(w: &Workshop, live: Live, id: ActionId) -> Option<Shown> {
    let entry = w.actions.get(id)?;
    let action = &entry.action;
    let say = |label: &str, words: &str| (!words.is_empty()).then(|| format!("{label}: {words}"));
    let lines = [
        say("Done when", action.done_when.as_str()),
        action.expectation().and_then(|words| say("We expect", &words)),
        say("From", &action.improvement).filter(|_| action.improvement != action.title.as_str()),
        action.serves.as_ref().and_then(|serves| say("Serves", &serves.title)),
        action.outside.then(|| "Needs help from outside the squad".to_owned()),
    ];
    Some(Shown {
        title: action.title.to_string(),
        who: action.who_and_when(),
        lacks: action.owner.is_empty() || action.due.is_none(),
        lines: lines.into_iter().flatten().collect(),
        tracker: action.tracker.as_ref().map(ToString::to_string),
        by: w.people.name(entry.by).to_owned(),
        accepted: entry.accepted,
        mine: entry.by == live.you,
    })
}

/// The action.
#[component]
pub(super) fn Card(
    /// Which.
    id: ActionId,
) -> AnyView {
    let live = Live::from_context();
    let shown = live.select(move |w| shown(w, live, id));
    let body = move || shown.get().map(body);
    view! {
        <li class="action">
            {body}
            <Tools id shown/>
        </li>
    }
    .into_any()
}

fn body(shown: Shown) -> AnyView {
    let line = |words: String| view! { <li class="own-words">{words}</li> }.into_any();
    let tracker = shown.tracker.map(|link| {
        view! {
            <a href=link.clone() rel="noopener noreferrer" target="_blank">
                {link.clone()}
            </a>
        }
    });
    let by = (!shown.accepted).then(|| view! { <span class="chip">{format!("Proposed by {}", shown.by)}</span> });
    view! {
        <div class="action__says">
            <h3 class="own-words">{shown.title}</h3>
            <p class=if shown.lacks && shown.accepted { "action__who action__who--lacks" } else { "action__who" }>{shown.who}</p>
            <ul class="action__more">{shown.lines.into_iter().map(line).collect_view()}</ul>
            {tracker}
            {by}
        </div>
    }
    .into_any()
}

/// Everything that can be done with it.
#[component]
fn Tools(id: ActionId, shown: Memo<Option<Shown>>) -> AnyView {
    let live = Live::from_context();
    let editing = expect_context::<Editing>();
    let leads = live.leads();
    let fixed = live.select(Workshop::published);
    let merging = RwSignal::new(false);
    let ask = move |command| {
        live.send(Command::Actions(command));
    };
    let open = move |what: fn(ActionId) -> What| {
        if let Some(draft) = live.with_untracked(|w| w.actions.get(id).map(Draft::of)) {
            editing.open(what(id), draft);
        }
    };
    let title = move || shown.with(|shown| shown.as_ref().map_or_else(String::new, |s| s.title.clone()));
    let place = live.select(move |w| {
        let all: Vec<ActionId> = w.actions.accepted().map(|entry| entry.id).collect();
        all.iter().position(|other| *other == id).map(|place| (place, all))
    });
    // Behind which one it stands after a move by one place.
    let moved = move |down: bool| {
        let (place, all) = place.get()?;
        if down {
            all.get(place + 1).map(|after| Some(*after))
        } else {
            let before = place.checked_sub(1)?;
            Some(before.checked_sub(1).and_then(|place| all.get(place).copied()))
        }
    };
    let arrow = move |down: bool| {
        let (word, icon) = if down { ("down", IconName::Down) } else { ("up", IconName::Above) };
        view! {
            <button
                class="btn btn--ghost btn--icon btn--s"
                type="button"
                aria-label=move || format!("Move {} {word}", title())
                aria-disabled=move || moved(down).is_none().then_some("true")
                on:click=move |_| {
                    if let Some(after) = untrack(|| moved(down)) {
                        ask(actions::Command::Move { action: id, after });
                    }
                }
            >
                <Icon name=icon small=true/>
            </button>
        }
        .into_any()
    };
    let button = move |label: &'static str, act: Box<dyn Fn() + Send + Sync>| {
        view! {
            <button class="btn btn--s btn--ghost" type="button" aria-label=move || format!("{label}: {}", title()) on:click=move |_| act()>
                {label}
            </button>
        }
        .into_any()
    };
    let copies = move || {
        let copy = |form: Form| {
            let text = Signal::derive(move || live.with(|w| w.actions.get(id).map_or_else(String::new, |entry| form.write(&entry.action))));
            view! { <CopyButton label=form.label() text small=true/> }.into_any()
        };
        view! {
            <details class="action__copies">
                <summary>"For your tracker"</summary>
                <div class="buttons">{Form::ALL.map(copy).collect_view()}</div>
            </details>
        }
        .into_any()
    };
    let leading = move |accepted: bool| {
        let accept = (!accepted).then(|| {
            view! {
                <button
                    class="btn btn--s btn--primary"
                    type="button"
                    aria-label=move || format!("Accept: {}", title())
                    on:click=move |_| ask(actions::Command::Accept(id))
                >
                    "Accept"
                </button>
            }
            .into_any()
        });
        view! {
            {accept}
            {accepted.then(|| arrow(false))}
            {accepted.then(|| arrow(true))}
            {button("Split", Box::new(move || open(What::Part)))}
            {button("Merge", Box::new(move || merging.update(|on| *on = !*on)))}
        }
        .into_any()
    };
    let tools = move || {
        let (accepted, mine) = shown.with(|shown| shown.as_ref().map(|s| (s.accepted, s.mine)))?;
        let may = !fixed.get() && (leads.get() || (mine && !accepted));
        Some(
            view! {
                <div class="action__tools">
                    {(leads.get() && !fixed.get()).then(|| leading(accepted))}
                    {may.then(|| button("Change", Box::new(move || open(What::Old))))}
                    {may.then(|| button("Take away", Box::new(move || ask(actions::Command::Remove(id)))))}
                </div>
                {(merging.get() && leads.get()).then(|| merge(live, id, merging))}
                {accepted.then(copies)}
            }
            .into_any(),
        )
    };
    view! { {tools} }.into_any()
}

/// The action that this one goes into.
fn merge(live: Live, id: ActionId, merging: RwSignal<bool>) -> AnyView {
    let others = live.with_untracked(|w| {
        let others = w.actions.0.iter().filter(|entry| entry.id != id);
        others.map(|entry| (entry.id, entry.action.title.to_string())).collect::<Vec<_>>()
    });
    let option = |(id, title): (ActionId, String)| view! { <option value=id.to_string()>{title}</option> }.into_any();
    let choose = move |event| {
        if let Ok(into) = event_target_value(&event).parse() {
            merging.set(false);
            live.send(Command::Actions(actions::Command::Merge {
                action: id,
                into: ActionId(into),
            }));
        }
    };
    view! {
        <div class="field">
            <label for=format!("merge-{id}")>"Make it a part of"</label>
            <select class="select" id=format!("merge-{id}") on:change=choose>
                <option value="">"Choose an action"</option>
                {others.into_iter().map(option).collect_view()}
            </select>
        </div>
    }
    .into_any()
}
