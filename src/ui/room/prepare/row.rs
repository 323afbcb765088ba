//! One step of the agenda under preparation: moved by its handle or by buttons, named, timed, removed.

use super::agenda::Reordering;
use super::change;
use crate::domain::ids::StepId;
use crate::domain::plan::Command;
use crate::domain::text::StepTitle;
use crate::domain::workshop::Workshop;
use crate::ui::components::{Icon, IconName, changing};
use crate::ui::live::Live;
use crate::ui::steps::following::{differs, following};
use leptos::ev::PointerEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// The step.
#[component]
pub(super) fn Row(
    /// Which.
    step: StepId,
    /// What the rows share.
    reordering: Reordering,
) -> AnyView {
    let live = Live::from_context();
    let place = live.select(move |w| (w.agenda.place(step), w.agenda.steps.len()));
    let breaks = live.select(move |w| w.agenda.step(step).is_some_and(|s| s.break_after));
    let class = move || {
        let dragged = if reordering.dragged.get() == Some(step) {
            " plan__row--dragged"
        } else {
            ""
        };
        let target = match reordering.over.get() {
            Some((at, true)) if at == step => " plan__row--after",
            Some((at, false)) if at == step => " plan__row--before",
            _ => "",
        };
        format!("plan__row{dragged}{target}")
    };
    let part_two = move || {
        breaks
            .get()
            .then(|| view! { <p class="plan__break">"Break. Part two begins here."</p> }.into_any())
    };
    view! {
        <li class=class data-step=step.to_string()>
            <div class="plan__line">
                <Handle step reordering/>
                <span class="plan__n">{changing(move || place.get().0 + 1)}</span>
                <Name step/>
                <Minutes step/>
                <Buttons step reordering/>
            </div>
            {part_two}
        </li>
    }
    .into_any()
}

/// Where the pointer would put the step: the row it is over, and whether behind it.
#[expect(clippy::cast_precision_loss, reason = "a place on a screen is a small number")]
fn row_under(event: &PointerEvent) -> Option<(StepId, bool)> {
    let under = document().element_from_point(event.client_x() as f32, event.client_y() as f32)?;
    let row = under.closest("[data-step]").ok().flatten()?;
    let id = row.get_attribute("data-step")?.parse().ok()?;
    let bounds = row.get_bounding_client_rect();
    Some((StepId(id), f64::from(event.client_y()) > bounds.y() + bounds.height() / 2.0))
}

/// The handle for mouse, pen and finger; the keyboard has its buttons.
#[component]
fn Handle(step: StepId, reordering: Reordering) -> AnyView {
    let live = Live::from_context();
    let Reordering { dragged, over, .. } = reordering;
    let begin = move |event: PointerEvent| {
        event.prevent_default();
        let handle = event.target().and_then(|t| t.dyn_into::<web_sys::Element>().ok());
        if let Some(handle) = handle {
            // Refused when the pointer is up again already.
            let _ = handle.set_pointer_capture(event.pointer_id());
        }
        dragged.set(Some(step));
    };
    let go = move |event: PointerEvent| {
        if dragged.get_untracked() == Some(step) {
            over.set(row_under(&event).filter(|(at, _)| *at != step));
        }
    };
    let end = move |_: PointerEvent| {
        dragged.set(None);
        let Some((at, behind)) = over.get_untracked() else { return };
        over.set(None);
        let (before, now) = live.with_untracked(|w| {
            let in_front = |of| w.agenda.neighbour(of, -1).map(|s| s.id);
            (in_front(at), in_front(step))
        });
        let after = if behind { Some(at) } else { before };
        // Dropped where it stood: nothing to ask for.
        if after != Some(step) && after != now {
            ask(live, reordering, step, Command::Move { step, after }, format!("plan-up-{step}"));
        }
    };
    let stop = move |_: PointerEvent| {
        dragged.set(None);
        over.set(None);
    };
    view! {
        <span class="plan__handle" aria-hidden="true" on:pointerdown=begin on:pointermove=go on:pointerup=end on:pointercancel=stop>
            <Icon name=IconName::Grip/>
        </span>
    }
    .into_any()
}

/// Asks for a move; the element with this id has the focus when it is done.
fn ask(live: Live, reordering: Reordering, step: StepId, wish: Command, focus: String) {
    let place = live.with_untracked(|w| w.agenda.place(step));
    reordering.asked.set(Some((step, place, focus)));
    change(live, wish);
}

/// The move by one place up or down; `None` where the step cannot go.
fn shifted(w: &Workshop, step: StepId, down: bool) -> Option<Command> {
    let place = w.agenda.place(step);
    let after = if down {
        Some(w.agenda.steps.get(place + 1)?.id)
    } else {
        let before = place.checked_sub(1)?;
        before.checked_sub(1).and_then(|p| w.agenda.steps.get(p)).map(|s| s.id)
    };
    Some(Command::Move { step, after })
}

#[component]
fn Name(step: StepId) -> AnyView {
    let live = Live::from_context();
    let stored = live.select(move |w| w.agenda.step(step).map_or_else(String::new, |s| s.title().to_owned()));
    let number = live.select(move |w| w.agenda.place(step) + 1);
    let typed = following(stored);
    let save = move |_| {
        if differs(typed, stored) {
            let title = typed.get_untracked();
            change(live, Command::Rename { step, title });
        }
    };
    view! {
        <input
            class="input plan__name"
            aria-label=move || format!("Name of step {}", number.get())
            maxlength=StepTitle::MAX.to_string()
            autocomplete="off"
            value=typed.get_untracked()
            prop:value=move || typed.get()
            on:input=move |event| typed.set(event_target_value(&event))
            on:change=save
        />
    }
    .into_any()
}

#[component]
fn Minutes(step: StepId) -> AnyView {
    let live = Live::from_context();
    let title = live.select(move |w| w.agenda.step(step).map_or_else(String::new, |s| s.title().to_owned()));
    let stored = live.select(move |w| w.agenda.step(step).map_or_else(String::new, |s| s.minutes.to_string()));
    let typed = following(stored);
    let save = move |_| {
        if differs(typed, stored) {
            // What is no number is refused like no minutes at all.
            let minutes = typed.get_untracked().trim().parse().unwrap_or_default();
            change(live, Command::Retime { step, minutes });
        }
    };
    view! {
        <label class="plan__minutes">
            <input
                class="input input--n"
                type="number"
                min="1"
                max="120"
                aria-label=move || format!("Minutes of {}", title.get())
                value=typed.get_untracked()
                prop:value=move || typed.get()
                on:input=move |event| typed.set(event_target_value(&event))
                on:change=save
            />
            <span aria-hidden="true">"min"</span>
        </label>
    }
    .into_any()
}

#[component]
fn Buttons(step: StepId, reordering: Reordering) -> AnyView {
    let live = Live::from_context();
    let title = live.select(move |w| w.agenda.step(step).map_or_else(String::new, |s| s.title().to_owned()));
    let at_end = move |down: bool| live.select(move |w| shifted(w, step, down).is_none());
    let breaks = live.select(move |w| w.agenda.step(step).is_some_and(|s| s.break_after));
    let kept = live.select(move |w| w.agenda.was_entered(step) || w.agenda.steps.len() == 1);
    let shift = move |down: bool, focus: String| {
        if let Some(wish) = live.with_untracked(|w| shifted(w, step, down)) {
            ask(live, reordering, step, wish, focus);
        }
    };
    let arrow = move |down: bool| {
        let (word, icon, id) = if down {
            ("down", IconName::Down, format!("plan-down-{step}"))
        } else {
            ("up", IconName::Above, format!("plan-up-{step}"))
        };
        let (end, focus) = (at_end(down), id.clone());
        view! {
            <button
                class="btn btn--ghost btn--icon btn--s"
                type="button"
                id=id
                aria-label=move || format!("Move {} {word}", title.get())
                aria-disabled=move || end.get().then_some("true")
                on:click=move |_| shift(down, focus.clone())
            >
                <Icon name=icon small=true/>
            </button>
        }
        .into_any()
    };
    let remove = move |_| {
        let (place, beside) = live.with_untracked(|w| {
            let beside = w.agenda.neighbour(step, 1).or_else(|| w.agenda.neighbour(step, -1)).map(|s| s.id);
            (w.agenda.place(step), beside)
        });
        let focus = beside.map_or_else(String::new, |beside| format!("plan-up-{beside}"));
        reordering.asked.set(Some((step, place, focus)));
        change(live, Command::Remove(step));
    };
    let toggle_break = move |_| {
        let after = (!breaks.get_untracked()).then_some(step);
        change(live, Command::Break(after));
    };
    // After the last step there is nothing to part from.
    let last = at_end(true);
    let break_button = move || {
        (!last.get()).then(|| {
            view! {
                <button
                    class="btn btn--ghost btn--s"
                    type="button"
                    aria-pressed=move || breaks.get().to_string()
                    aria-label=move || format!("Break after {}", title.get())
                    on:click=toggle_break
                >
                    "Break after"
                </button>
            }
            .into_any()
        })
    };
    view! {
        <span class="plan__buttons">
            {arrow(false)}
            {arrow(true)}
            {break_button}
            <button
                class="btn btn--ghost btn--icon btn--s"
                type="button"
                aria-label=move || format!("Remove {}", title.get())
                prop:disabled=move || kept.get()
                on:click=remove
            >
                <Icon name=IconName::Cross small=true/>
            </button>
        </span>
    }
    .into_any()
}
