//! What to survey, where a facilitator wants to fix it beforehand.

use crate::domain::agenda::StepKind;
use crate::domain::command::Command;
use crate::domain::survey;
use crate::ui::live::{Live, Topic};
use crate::ui::room::Refusal;
use crate::ui::steps::surveys::choose::ChooseDialog;
use leptos::prelude::*;

/// What is surveyed as things stand, and the way to other capabilities; nothing where the agenda has no surveys.
#[component]
pub(super) fn Capabilities() -> AnyView {
    let live = Live::from_context();
    let asked = live.select(|w| w.agenda.steps.iter().any(|s| s.kind == StepKind::Surveys) && !w.published());
    let by_hand = live.select(|w| w.surveys.by_hand);
    let listed = live.select(|w| w.surveys.list.iter().map(|s| s.capability.title.clone()).collect::<Vec<_>>());
    let open = RwSignal::new(false);
    let leave_it = move |_| {
        live.send(Command::Survey(survey::Command::Choose(vec![])));
    };
    let says = move || match (by_hand.get(), listed.with(Vec::is_empty)) {
        (true, _) => "Chosen by you:",
        (false, false) => "Proposed for the level:",
        (false, true) => "Three are proposed once the level is known.",
    };
    let titles = move || {
        listed
            .get()
            .into_iter()
            .map(|title| view! { <li>{title}</li> }.into_any())
            .collect_view()
    };
    let back = move || {
        by_hand.get().then(|| {
            view! {
                <button class="btn btn--text" type="button" on:click=leave_it>"Leave it to the level"</button>
            }
            .into_any()
        })
    };
    let section = move || {
        asked.get().then(|| {
            view! {
                <section aria-labelledby="plan-surveys">
                    <h2 id="plan-surveys">"Capability surveys"</h2>
                    <p class="small quiet" role="status">{says}</p>
                    <ul class="plan__chosen">{titles}</ul>
                    <div class="buttons">
                        <button class="btn" type="button" on:click=move |_| open.set(true)>"Choose capabilities"</button>
                        {back}
                    </div>
                    <Refusal topic=Topic::Surveys/>
                    <ChooseDialog id="plan-choose-surveys" open/>
                </section>
            }
            .into_any()
        })
    };
    section.into_any()
}
