//! The agenda at the side: what is done, where the squad is, and the budget of the whole session.
//!
//! A click only looks at a step on one's own screen; the facilitator moves the squad with the bar.

use super::Room;
use crate::domain::agenda::{self, Step, StepKind};
use crate::domain::budget::Budget;
use crate::domain::command::Command;
use crate::domain::ids::StepId;
use crate::domain::parts::{Phase, number};
use crate::domain::time::Timestamp;
use crate::domain::workshop::Workshop;
use crate::ui::components::{For, Icon, IconName, changing};
use crate::ui::live::Live;
use leptos::prelude::*;

/// How a step stands on the agenda.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Done,
    Now,
    Ahead,
}

/// The list of steps and the budget.
#[component]
pub(super) fn AgendaList() -> impl IntoView {
    let live = Live::from_context();
    let steps = live.select(|w| (1usize..).zip(w.agenda.steps.clone()).collect::<Vec<_>>());
    let (room, leads) = (Room::from_context(), live.leads());
    let planned = live.select(|w| w.agenda.started_at.is_none());
    let open = move |_| {
        room.looking_at.set(None);
        room.preparing.set(true);
        close_popover();
    };
    let edit = move || {
        let word = if planned.get() { "Prepare" } else { "Edit agenda" };
        leads.get().then(|| {
            view! {
                <button class="btn btn--s agenda__edit" type="button" on:click=open>
                    <Icon name=IconName::Pencil small=true/>
                    {word}
                </button>
            }
            .into_any()
        })
    };
    let budget = Memo::new(move |_| live.with(|w| shown_budget(w, live.now())));
    view! {
        <nav class="agenda" id="agenda" popover="auto" aria-label="Agenda">
            <h2>"Agenda"</h2>
            <ol>
                <For each=move || steps.get() key=|(number, step)| (*number, step.id, step.minutes, step.title().to_owned(), step.break_after) let((number, step))>
                    <AgendaItem number step/>
                </For>
            </ol>
            {edit}
            <div class=move || if budget.get().over { "budget budget--over" } else { "budget" }>
                <b>{changing(move || budget.get().used)}</b>
                {changing(move || budget.get().state)}
                <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
                    <rect width=move || budget.get().share height="4"></rect>
                </svg>
            </div>
            <AlsoHere/>
        </nav>
    }
}

#[derive(Clone, PartialEq)]
struct ShownBudget {
    used: String,
    state: String,
    share: String,
    over: bool,
}

fn shown_budget(w: &Workshop, now: Timestamp) -> ShownBudget {
    let Budget { used, planned, over, .. } = Budget::of(w, now);
    let planned = i64::from(planned);
    ShownBudget {
        used: format!("{used} of {planned} min"),
        state: if over > 0 {
            format!(" · {over} min over")
        } else {
            " · on time".to_owned()
        },
        share: (used * 100 / planned.max(1)).min(100).to_string(),
        over: over > 0,
    }
}

/// What is the same in every step: the recap, the screen of the meeting room, the end of a part.
#[component]
fn AlsoHere() -> AnyView {
    let live = Live::from_context();
    let leads = live.leads();
    let code = live.with_untracked(|w| w.code.to_string());
    let (recap, wall) = (format!("/w/{code}/recap"), format!("/w/{code}/present"));
    let part = live.select(|w| {
        let more = w.agenda.neighbour(w.agenda.current, 1).is_some();
        (w.agenda.started_at.is_some() && w.agenda.phase() == Phase::Step && more).then(|| number(w.agenda.part()))
    });
    let end = move |_| {
        close_popover();
        live.send(Command::Agenda(agenda::Command::EndPart));
    };
    let control = move || {
        let part = part.get().filter(|_| leads.get())?;
        Some(view! { <button class="btn btn--s" type="button" on:click=end>{format!("End part {part} here")}</button> }.into_any())
    };
    let presenter = move || {
        leads.get().then(|| {
            view! {
                <a href=wall.clone() target="_blank" rel="external">"Presenter view"</a>
                <button class="btn btn--s" type="button" popovertarget="sheet" on:click=|_| close_popover()>"Run-sheet"</button>
            }
            .into_any()
        })
    };
    view! {
        <div class="agenda__also">
            {control}
            <a href=recap target="_blank" rel="external">"Recap"</a>
            {presenter}
        </div>
    }
    .into_any()
}

#[component]
fn AgendaItem(
    /// Its place, counted from 1.
    number: usize,
    /// The step.
    step: Step,
) -> impl IntoView {
    let live = Live::from_context();
    let room = Room::from_context();
    let (id, title, minutes) = (step.id, step.title().to_owned(), step.minutes);
    let shown = room.shown();
    let standing = live.select(move |w| standing(w, id));
    let passed = live.select(move |w| w.passes_over(id));
    let ends_part = step.break_after;
    // The page builds itself from the first minute on, and everybody may look at it.
    let grows = step.kind == StepKind::Summary;
    let reachable = Memo::new(move |_| {
        let begun = |w: &Workshop| w.agenda.place(id) <= w.agenda.furthest || (grows && w.agenda.started_at.is_some());
        live.leads().get() || live.with(begun)
    });
    let mark = move || match standing.get() {
        Standing::Done => view! { <Icon name=IconName::Check/> }.into_any(),
        Standing::Now | Standing::Ahead => view! { <span class="i">{number}</span> }.into_any(),
    };
    let words = move || match standing.get() {
        Standing::Done => " (done)",
        Standing::Now => " (the squad is here)",
        Standing::Ahead if passed.get() => " (nothing to settle)",
        Standing::Ahead if grows => " (growing, you can look at it)",
        Standing::Ahead => "",
    };
    view! {
        <li>
            <a
                href="#main"
                aria-current=move || (shown.get() == id).then_some("step")
                aria-disabled=move || (!reachable.get()).then_some("true")
                on:click=move |event| {
                    event.prevent_default();
                    if reachable.get_untracked() {
                        room.look_at(id);
                        close_popover();
                    }
                }
            >
                {changing(mark)}
                <span>{title}<span class="vh">{changing(words)}</span></span>
                <span class="m">{minutes}<span class="vh">" minutes"</span></span>
            </a>
            {ends_part.then(|| view! { <p class="part">"Break"</p> })}
        </li>
    }
}

fn standing(w: &Workshop, id: StepId) -> Standing {
    let (place, current) = (w.agenda.place(id), w.agenda.place(w.agenda.current));
    if place == current {
        Standing::Now
    } else if place < current || (place <= w.agenda.furthest && w.agenda.timers.contains_key(&id)) {
        Standing::Done
    } else {
        Standing::Ahead
    }
}

/// On a phone the agenda lies over the page.
fn close_popover() {
    use wasm_bindgen::JsCast;
    let agenda = document()
        .get_element_by_id("agenda")
        .and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(agenda) = agenda {
        // Refused where it is no popover at the moment, on a wide screen.
        let _ = agenda.hide_popover();
    }
}
