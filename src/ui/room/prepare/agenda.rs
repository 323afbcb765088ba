//! The steps in order, what they take of the time there is, and adding one.

use super::change;
use super::row::Row;
use crate::domain::ids::StepId;
use crate::domain::plan::{Command, addable};
use crate::domain::workshop::Workshop;
use crate::ui::components::{Icon, IconName, changing};
use crate::ui::live::{Live, Part, Topic};
use crate::ui::room::Refusal;
use crate::ui::steps::following::following;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// What the rows share while somebody reorders them.
#[derive(Clone, Copy)]
pub struct Reordering {
    /// The step that was asked to move, where it stood, and the element that keeps the focus.
    pub asked: RwSignal<Option<(StepId, usize, String)>>,
    /// The step under the finger or the mouse.
    pub dragged: RwSignal<Option<StepId>>,
    /// The row it would land at, and whether behind it.
    pub over: RwSignal<Option<(StepId, bool)>>,
}

/// The agenda with everything that can be done to it.
#[component]
pub(super) fn AgendaEditor() -> AnyView {
    let live = Live::from_context();
    let ids = live.select(|w| w.agenda.steps.iter().map(|s| s.id).collect::<Vec<_>>());
    let reordering = Reordering {
        asked: RwSignal::new(None),
        dragged: RwSignal::new(None),
        over: RwSignal::new(None),
    };
    let said = RwSignal::new(String::new());
    let topic = Topic::Plan(Part::Steps);
    // A refused move must not take the focus when somebody else moves the step later.
    Effect::new(move |_| {
        if live.refusal(topic).is_some() {
            reordering.asked.set(None);
        }
    });
    Effect::new(move |_| {
        let ids = ids.get();
        let Some((step, before, focus)) = reordering.asked.get_untracked() else {
            return;
        };
        let place = ids.iter().position(|id| *id == step);
        if place == Some(before) {
            return;
        }
        reordering.asked.set(None);
        said.set(match place {
            Some(place) => live.with_untracked(|w| {
                let title = w.agenda.step(step).map_or("", |s| s.title());
                format!("{title} is now step {} of {}.", place + 1, ids.len())
            }),
            None => "The step is removed.".to_owned(),
        });
        // The browser takes the focus from an element that is put elsewhere.
        request_animation_frame(move || focus_on(&focus));
    });
    view! {
        <section aria-labelledby="plan-title">
            <h2 id="plan-title">"Agenda"</h2>
            <Total/>
            <ol class="plan" aria-labelledby="plan-title">
                <For each=move || ids.get() key=|id| *id let(id)>
                    <Row step=id reordering/>
                </For>
            </ol>
            <p class="vh" role="status">{said}</p>
            <Refusal topic=topic/>
            <Add/>
        </section>
    }
    .into_any()
}

/// Puts the focus on an element, if it is still there.
fn focus_on(id: &str) {
    let element = document()
        .get_element_by_id(id)
        .and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(element) = element {
        // Refused only for an element that has just left the page.
        let _ = element.focus();
    }
}

/// "50 of 120 minutes, 70 to spare", and what each part takes.
fn total(w: &Workshop) -> (String, bool) {
    let (planned, there) = (w.agenda.planned_minutes(), w.plan.minutes);
    let rest = match (there.checked_sub(planned), planned.checked_sub(there)) {
        (Some(0), _) => "exactly what there is".to_owned(),
        (Some(spare), _) => format!("{spare} to spare"),
        (None, Some(over)) => format!("{over} too many"),
        (None, None) => String::new(),
    };
    let parts = w.agenda.break_after().map(|last| {
        let before = w.agenda.place(last) + 1;
        let one: u32 = w.agenda.steps.iter().take(before).map(|s| s.minutes).sum();
        format!(" Part one takes {one}, part two {}.", planned - one)
    });
    (
        format!("{planned} of {there} minutes, {rest}.{}", parts.unwrap_or_default()),
        planned > there,
    )
}

#[component]
fn Total() -> AnyView {
    let live = Live::from_context();
    let total = live.select(total);
    let typed = following(live.select(|w| w.plan.minutes.to_string()));
    let save = move |_| {
        let minutes = typed.get_untracked().trim().parse().unwrap_or_default();
        change(live, Command::Available(minutes));
    };
    view! {
        <div class="plan__total">
            <p class=move || if total.get().1 { "plan__over" } else { "" } role="status">{changing(move || total.get().0)}</p>
            <label>
                "Minutes available"
                <input
                    class="input input--n"
                    type="number"
                    min="10"
                    max="480"
                    value=typed.get_untracked()
                    prop:value=move || typed.get()
                    on:input=move |event| typed.set(event_target_value(&event))
                    on:change=save
                />
            </label>
        </div>
    }
    .into_any()
}

#[component]
fn Add() -> AnyView {
    let live = Live::from_context();
    let kinds = live.select(|w| addable(&w.agenda.steps));
    let chosen = RwSignal::new(String::new());
    let add = move |_| {
        let wanted = chosen.get_untracked();
        let kind = kinds.with_untracked(|kinds| kinds.iter().copied().find(|k| k.title() == wanted).or(kinds.last().copied()));
        if let Some(kind) = kind {
            let title = String::new();
            change(live, Command::Add { kind, title });
        }
    };
    let options = move || {
        let kinds = kinds.get();
        let last = kinds.len().saturating_sub(1);
        let option = |(place, title): (usize, &'static str)| view! { <option value=title selected=place == last>{title}</option> };
        kinds
            .iter()
            .map(|kind| kind.title())
            .enumerate()
            .map(option)
            .collect_view()
            .into_any()
    };
    view! {
        <div class="plan__add">
            <label for="plan-add">"Add a step"</label>
            <select class="select" id="plan-add" on:change=move |event| chosen.set(event_target_value(&event))>
                {options}
            </select>
            <button class="btn" type="button" on:click=add>
                <Icon name=IconName::Plus small=true/>
                "Add step"
            </button>
        </div>
    }
    .into_any()
}
