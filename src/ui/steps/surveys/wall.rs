//! The surveys on the screen of the meeting room: what is asked and how many have finished; from the closing on the counts.

use super::counted::CountedSurvey;
use super::shown::{Phase, at_hand, phase_of};
use super::{NothingChosen, chip, form};
use crate::domain::facts::{Capability, Item};
use crate::domain::survey::Survey;
use crate::ui::components::changing;
use crate::ui::live::Live;
use leptos::prelude::*;

/// The survey at hand.
#[component]
pub fn SurveysOnWall() -> AnyView {
    let live = Live::from_context();
    // Built anew for another survey, another round, and when one is closed; never for an answer.
    let main = live.select(|w| {
        let key = at_hand(w)?;
        let capability = w.surveys.get(&key)?.capability.clone();
        Some((phase_of(w, &key), capability))
    });
    changing(move || match main.get() {
        None => view! { <NothingChosen/> }.into_any(),
        Some((Phase::Closed(_), capability)) => view! {
            <div class="wall__counted">
                {named(&capability)}
                <CountedSurvey capability/>
            </div>
        }
        .into_any(),
        Some((phase, capability)) => asked(live, phase, capability),
    })
}

fn named(capability: &Capability) -> AnyView {
    view! {
        <header>
            <h2>{capability.title.clone()}</h2>
            <p class="quiet">{capability.summary.clone()}</p>
        </header>
    }
    .into_any()
}

/// The statements, and how many people have answered them all.
fn asked(live: Live, phase: Phase, capability: Capability) -> AnyView {
    let finished = form::finished(live, capability.key.clone());
    let words = move || match phase {
        Phase::Open(_) => finished.get().unwrap_or_default(),
        Phase::Waiting | Phase::Closed(_) => "Not open yet".to_owned(),
    };
    let head = named(&capability);
    let item = |item: Item| view! { <li>{item.text}</li> };
    view! {
        <div class="wall__vote">
            <div class="wall__asked">
                {head}
                <p>{capability.prompt}</p>
                <ol class="wall__statements">{capability.items.into_iter().map(item).collect_view()}</ol>
            </div>
            <aside class="aside" aria-label="How far it is">
                <div aria-live="polite">
                    <h2 class="big">{words}</h2>
                </div>
                {all(live)}
            </aside>
        </div>
    }
    .into_any()
}

/// All surveys, where there is more than one.
fn all(live: Live) -> AnyView {
    let all = live.select(|w| {
        let one = |survey: &Survey| (phase_of(w, &survey.capability.key), survey.capability.title.clone());
        w.surveys.list.iter().map(one).collect::<Vec<_>>()
    });
    changing(move || {
        let all = all.get();
        let one = |(phase, title): (Phase, String)| view! { <li><span>{title}</span> {chip(phase)}</li> };
        (all.len() > 1).then(|| view! { <ul class="wall__all">{all.into_iter().map(one).collect_view()}</ul> }.into_any())
    })
}
