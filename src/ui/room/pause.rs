//! Between two parts: the break, which can last for days, and the recap that the next part begins with.

use super::recap::RecapList;
use super::{Beside, Refusal};
use crate::domain::agenda::{Agenda, Step};
use crate::domain::parts::{Phase, number};
use crate::domain::recap::Recap;
use crate::ui::components::{Icon, IconName, changing};
use crate::ui::live::{Live, Topic};
use leptos::prelude::*;

/// "part two".
pub(super) fn next_part(agenda: &Agenda) -> String {
    let next = agenda.part() + usize::from(agenda.phase() == Phase::Break);
    format!("part {}", number(next))
}

/// The title of the step that the next part begins with.
pub(super) fn begins_with(agenda: &Agenda) -> String {
    let next = agenda.pause().and_then(|pause| agenda.step(pause.next));
    next.map_or_else(String::new, |step: &Step| step.title().to_owned())
}

/// What stands in the place of a step.
#[component]
pub(super) fn Pause(
    /// Break or recap.
    phase: Phase,
) -> AnyView {
    let live = Live::from_context();
    let leads = live.leads();
    let recap = live.select(Recap::of);
    let (ended, next, first) = live.with_untracked(|w| {
        let ended = if phase == Phase::Break {
            w.agenda.part()
        } else {
            w.agenda.part() - 1
        };
        (number(ended), next_part(&w.agenda), begins_with(&w.agenda))
    });
    let (eyebrow, title) = match phase {
        Phase::Break => ("Break", format!("Part {ended} is over")),
        Phase::Recap | Phase::Step => ("Recap", format!("Where we are, before {next}")),
    };
    let words = move || match (phase, leads.get()) {
        (Phase::Break, true) => format!(
            "The room can be left, also for days: the same link leads back, and everybody keeps their seat. Open {next} when the squad is \
             together again; it begins with {first}."
        ),
        (Phase::Break, false) => format!(
            "You can leave now. The same link leads back, and you keep your seat. The facilitator opens {next}; it begins with {first}."
        ),
        (_, true) => format!("Read it together. Then go on to {first}."),
        (_, false) => format!("Read it together. The facilitator goes on to {first}."),
    };
    let address = live.with_untracked(|w| format!("/w/{}/recap", w.code));
    view! {
        <div class="stage__grid">
            <div>
                <header class="step-head">
                    <p class="eyebrow">{eyebrow}</p>
                    <h1>{title}</h1>
                </header>
                <section class="note pause">
                    <p>{words}</p>
                    <Refusal topic=Topic::Agenda/>
                </section>
                <section class="pause__recap" aria-labelledby="recap-title">
                    <h2 id="recap-title">"Decided so far"</h2>
                    {changing(move || view! { <RecapList recap=recap.get() small=true/> })}
                </section>
                <p class="small quiet pause__link">
                    <Icon name=IconName::Link small=true/>
                    " "
                    <a href=address rel="external" target="_blank">"The recap as a page of its own"</a>
                </p>
            </div>
            <aside class="aside" aria-label="Beside this step">
                <Beside/>
            </aside>
        </div>
    }
    .into_any()
}
