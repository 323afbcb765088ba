//! Choosing what to survey: the list of this checkpoint in its order, and all that can be added.

use crate::api::capabilities::{Offered, load_surveyable};
use crate::domain::command::Command;
use crate::domain::facts::CapabilityKey;
use crate::domain::ids::CommandId;
use crate::domain::survey::{self, MOST_SURVEYS, Survey};
use crate::ui::components::{Choice, Dialog, Icon, IconName, Select, changing};
use crate::ui::live::{Live, Topic};
use crate::ui::room::Refusal;
use leptos::prelude::*;

/// One that is chosen: its key, its name, and whether it may still go.
type Chosen = (CapabilityKey, String, bool);

/// Asks for the list only when it is opened; what was changed is sent at the end.
#[component]
pub fn ChooseDialog(
    /// Names the dialog in the page.
    id: &'static str,
    /// Open or not.
    open: RwSignal<bool>,
) -> impl IntoView {
    let live = Live::from_context();
    let code = live.with_untracked(|w| w.code.to_string());
    let load = Action::new(move |(): &()| {
        let code = code.clone();
        async move { load_surveyable(code).await }
    });
    let chosen = RwSignal::new(Vec::<Chosen>::new());
    Effect::new(move || {
        if open.get() {
            let one = |survey: &Survey| (survey.capability.key.clone(), survey.capability.title.clone(), !survey.begun());
            chosen.set(live.with_untracked(|w| w.surveys.list.iter().map(one).collect()));
            load.dispatch(());
        }
    });
    let on_its_way = RwSignal::new(None::<CommandId>);
    Effect::new(move || {
        if live.last_done().is_some() && live.last_done() == on_its_way.get_untracked() {
            on_its_way.set(None);
            open.set(false);
        }
    });
    let save = move |_| {
        let keys = chosen.with_untracked(|all| all.iter().map(|(key, ..)| key.clone()).collect());
        on_its_way.set(Some(live.send(Command::Survey(survey::Command::Choose(keys)))));
    };
    let body = move || {
        open.get().then(|| {
            view! {
                <p class="quiet">"The level proposes three; you can take others. Each survey is opened and closed by you, one after the other."</p>
                {changing(move || list(chosen))}
                {changing(move || match load.value().get() {
                    None => view! { <p class="quiet" role="status">"Fetching the list…"</p> }.into_any(),
                    Some(Err(error)) => view! { <p class="refusal" role="alert">{error.to_string()}</p> }.into_any(),
                    Some(Ok(offered)) => view! { <Add offered chosen/> }.into_any(),
                })}
                <Refusal topic=Topic::Surveys/>
                <div class="dialog__end">
                    <button class="btn" type="button" on:click=move |_| open.set(false)>"Cancel"</button>
                    <button class="btn btn--primary" type="button" on:click=save>"Save the list"</button>
                </div>
            }
            .into_any()
        })
    };
    view! { <Dialog id title="Which capabilities to survey" open>{body}</Dialog> }
}

/// What is chosen, each with the way to take it off or move it up.
fn list(chosen: RwSignal<Vec<Chosen>>) -> AnyView {
    let all = chosen.get();
    if all.is_empty() {
        return view! { <p class="empty">"Nothing is chosen yet."</p> }.into_any();
    }
    let row = |(place, (_, title, may_go)): (usize, Chosen)| {
        let up = (place > 0).then(|| {
            view! {
                <button
                    class="btn btn--ghost btn--icon btn--s"
                    type="button"
                    aria-label=format!("Move {title} up")
                    on:click=move |_| chosen.update(|all| all.swap(place, place - 1))
                >
                    <Icon name=IconName::Up small=true/>
                </button>
            }
        });
        let off = if may_go {
            view! {
                <button
                    class="btn btn--ghost btn--icon btn--s"
                    type="button"
                    aria-label=format!("Take {title} off")
                    on:click=move |_| chosen.update(|all| drop(all.remove(place)))
                >
                    <Icon name=IconName::Cross small=true/>
                </button>
            }
            .into_any()
        } else {
            view! { <span class="chip">"has answers"</span> }.into_any()
        };
        view! { <li><span>{title.clone()}</span>{up}{off}</li> }.into_any()
    };
    view! { <ol class="chosen">{all.into_iter().enumerate().map(row).collect_view()}</ol> }.into_any()
}

/// Everything that is not chosen yet.
#[component]
fn Add(offered: Vec<Offered>, chosen: RwSignal<Vec<Chosen>>) -> impl IntoView {
    let offered = StoredValue::new(offered);
    let value = RwSignal::new(String::new());
    let choices = Signal::derive(move || {
        let taken = |one: &&Offered| !chosen.with(|all| all.iter().any(|(key, ..)| *key == one.key));
        let choice = |one: &Offered| {
            let then = one.title_2019.as_ref().map(|then| format!(", {then} in 2019")).unwrap_or_default();
            let own = if one.key.is_own() { ", your organisation’s own" } else { "" };
            Choice::new(one.key.as_str(), format!("{}{then}{own} ({})", one.title, one.statements))
        };
        let mut all = vec![Choice::new("", "Choose one")];
        offered.with_value(|offered| all.extend(offered.iter().filter(taken).map(choice)));
        all
    });
    let add = move |_| {
        let key = value.get_untracked();
        let found = offered.with_value(|all| all.iter().find(|one| one.key.as_str() == key).cloned());
        if let Some(found) = found {
            chosen.update(|all| all.push((found.key, found.title, true)));
            value.set(String::new());
        }
    };
    let full = Memo::new(move |_| chosen.with(|all| all.len() >= MOST_SURVEYS));
    view! {
        <div class="form__row">
            <Select label="Another capability (statements)" name="capability" id="add-capability" choices value/>
            <button class="btn" type="button" disabled=move || full.get() || value.with(String::is_empty) on:click=add>
                <Icon name=IconName::Plus/>
                "Add"
            </button>
        </div>
        {changing(move || full.get().then(|| view! { <p class="hint">{format!("At most {MOST_SURVEYS} in one checkpoint.")}</p> }))}
    }
}
