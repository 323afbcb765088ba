//! The facilitator's bar: previous, clock, the step's own controls, next. Always in this order and place.

use super::{Refusal, Room};
use crate::domain::agenda::{self, StepKind};
use crate::domain::budget::Budget;
use crate::domain::command::Command;
use crate::domain::ids::StepId;
use crate::domain::parts::Phase;
use crate::ui::components::{Icon, IconName, Show, changing};
use crate::ui::live::{Live, Topic};
use crate::ui::steps::dots::controls::unrevealed;
use crate::ui::steps::improve::controls::still_hidden;
use crate::ui::steps::surveys::unfinished;
use crate::ui::steps::{DotControls, FlowControls, FocusControls, ImproveControls, SummaryControls, SurveyControls, VoteControls};
use leptos::prelude::*;

/// The bar at the bottom.
#[component]
pub(super) fn FacilitatorBar() -> impl IntoView {
    let live = Live::from_context();
    let room = Room::from_context();
    let current = live.select(|w| w.agenda.current);
    let kind = live.select(|w| w.agenda.step(w.agenda.current).map(|s| (s.id, s.kind)));
    let phase = live.select(|w| w.agenda.phase());
    let previous = live.select(|w| match w.agenda.pause() {
        Some(pause) => pause.opened.map(|_| w.agenda.current),
        None => w.beside(-1).map(|s| s.id),
    });
    let next = live.select(|w| match w.agenda.pause() {
        Some(pause) => Some(pause.next),
        None => w.beside(1).map(|s| s.id),
    });
    let part = live.select(|w| super::pause::next_part(&w.agenda));
    let on_a_step = move || phase.get() == Phase::Step;
    let over = Memo::new(move |_| live.with(|w| Budget::of(w, live.now()).sentence(&w.agenda)));
    let nothing_else = live.select(|w| !has_own_act(w));
    let started = live.select(|w| w.agenda.started_at.is_some());
    let go = move |to: Option<StepId>| {
        if let Some(step) = to {
            room.looking_at.set(None);
            room.preparing.set(false);
            live.send(Command::Agenda(agenda::Command::GoTo(step)));
        }
    };
    let controls = move || match kind.get() {
        _ if !on_a_step() => ().into_any(),
        Some((step, StepKind::Vote(_))) => view! { <VoteControls step/> }.into_any(),
        Some((_, StepKind::Surveys)) => view! { <SurveyControls/> }.into_any(),
        Some((_, StepKind::Flow)) => view! { <FlowControls/> }.into_any(),
        Some((_, StepKind::Improvements)) => view! { <ImproveControls/> }.into_any(),
        Some((_, StepKind::Dots)) => view! { <DotControls/> }.into_any(),
        Some((_, StepKind::Focus)) => view! { <FocusControls/> }.into_any(),
        Some((_, StepKind::Summary)) => view! { <SummaryControls/> }.into_any(),
        _ => ().into_any(),
    };
    view! {
        <section class="fbar" aria-label="Facilitator">
            {changing(move || over.get().map(|words| view! { <p class="fbar__budget"><Icon name=IconName::Clock small=true/><span>{words}</span></p> }))}
            <button class="btn btn--ghost" type="button" prop:disabled=move || previous.get().is_none() on:click=move |_| go(previous.get())>
                <Icon name=IconName::Prev/>
                <span class="btn__t">"Previous step"</span>
            </button>
            <div class="fbar__mid">
                {changing(move || on_a_step().then(|| view! { <TimerControls/> <span class="fbar__sep" aria-hidden="true"></span> }.into_any()))}
                {changing(move || (phase.get() == Phase::Break).then(|| view! { <OpenPart part/> }))}
                <Show when=move || !started.get()>
                    <button class="btn btn--primary" type="button" on:click=move |_| { live.send(Command::Agenda(agenda::Command::Start)); }>
                        "Start the checkpoint"
                    </button>
                </Show>
                {changing(controls)}
                <Refusal topic=Topic::Agenda/>
            </div>
            <button
                class=move || if nothing_else.get() { "btn btn--primary" } else { "btn" }
                type="button"
                prop:disabled=move || next.get().is_none() || phase.get() == Phase::Break
                on:click=move |_| go(next.get())
            >
                <span class="btn__t">"Next step"</span>
                <Icon name=IconName::Next/>
            </button>
            // Told to screen readers when the squad has moved on.
            <span class="vh" aria-live="polite">{changing(move || live.with(|w| w.agenda.step(current.get()).map_or_else(String::new, |step| step.title().to_owned())))}</span>
        </section>
    }
}

/// Whether the step has an act of its own left, so that *Next step* is not the one filled button.
fn has_own_act(w: &crate::domain::workshop::Workshop) -> bool {
    let step = w.agenda.current;
    match w.agenda.step(step).map(|s| s.kind) {
        _ if w.agenda.started_at.is_none() => true,
        _ if w.agenda.phase() != Phase::Step => w.agenda.phase() == Phase::Break,
        Some(StepKind::Vote(_)) => w.votes.get(&step).is_some_and(|vote| vote.agreed.is_none()) && !w.published(),
        Some(StepKind::Since) => w.since.at_hand().is_some(),
        Some(StepKind::Surveys) => unfinished(w) && !w.published(),
        Some(StepKind::Improvements) => still_hidden(w) && !w.published(),
        Some(StepKind::Dots) => unrevealed(w),
        Some(StepKind::Focus) => w.focus.chosen.is_none() && w.surveys.surveyed().next().is_some() && !w.published(),
        Some(StepKind::Summary) => true,
        _ => false,
    }
}

/// Opens the next part for everybody.
#[component]
fn OpenPart(
    /// "part two".
    part: Memo<String>,
) -> impl IntoView {
    let live = Live::from_context();
    let open = move |_| {
        live.send(Command::Agenda(agenda::Command::OpenPart));
    };
    view! { <button class="btn btn--primary" type="button" on:click=open>{changing(move || format!("Open {}", part.get()))}</button> }
}

#[component]
fn TimerControls() -> impl IntoView {
    let live = Live::from_context();
    let runs = live.select(|w| w.agenda.timer(w.agenda.current).running_since.is_some());
    let ask = move |command| {
        live.send(Command::Agenda(command));
    };
    view! {
        <div class="fbar__clock" role="group" aria-label="Timer">
            <button
                class="btn btn--ghost btn--icon"
                type="button"
                aria-label=move || if runs.get() { "Pause timer" } else { "Start timer" }
                on:click=move |_| ask(if runs.get_untracked() { agenda::Command::PauseTimer } else { agenda::Command::StartTimer })
            >
                {changing(move || { let name = if runs.get() { IconName::Pause } else { IconName::Play }; view! { <Icon name/> }.into_any() })}
            </button>
            <button class="btn btn--ghost" type="button" on:click=move |_| ask(agenda::Command::AddMinute)>
                "+1 min"
            </button>
            <button class="btn btn--ghost btn--icon" type="button" aria-label="Restart timer" on:click=move |_| ask(agenda::Command::RestartTimer)>
                <Icon name=IconName::Restart/>
            </button>
        </div>
    }
}
