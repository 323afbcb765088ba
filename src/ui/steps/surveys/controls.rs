//! The middle of the facilitator's bar during the surveys: choose, open, close, and once more.

use super::choose::ChooseDialog;
use super::form::finished_of;
use super::shown::{Phase, Shown, phase_of};
use crate::domain::command::Command;
use crate::domain::facts::CapabilityKey;
use crate::domain::survey;
use crate::domain::workshop::Workshop;
use crate::ui::components::{Icon, IconName};
use crate::ui::live::Live;
use leptos::prelude::*;

/// What a facilitator can do now.
#[derive(Clone, PartialEq, Eq)]
enum Act {
    /// The summary is published, or there is nothing left.
    Nothing,
    /// Choose some first.
    Choose,
    /// Open the survey on the screen.
    Open(CapabilityKey),
    /// Close it; how many have finished.
    Close(CapabilityKey, u32, String, bool),
    /// Another round of it, or open the next one.
    Again(CapabilityKey, Option<(CapabilityKey, String)>),
}

impl Act {
    fn of(w: &Workshop, shown: Option<CapabilityKey>) -> Self {
        let Some(key) = shown.filter(|_| !w.published()) else {
            return if w.published() { Self::Nothing } else { Self::Choose };
        };
        match phase_of(w, &key) {
            Phase::Waiting => Self::Open(key),
            Phase::Open(number) => {
                let round = w.surveys.get(&key).and_then(|survey| survey.open_round());
                let (finished, of) = round.map(|(_, round)| w.survey_turnout(round)).unwrap_or_default();
                let nobody = round.is_none_or(|(_, round)| round.sheets.is_empty());
                Self::Close(key, number, finished_of(finished, of), nobody)
            }
            Phase::Closed(_) => {
                let next = w.surveys.list.iter().find(|survey| survey.rounds.is_empty());
                Self::Again(
                    key,
                    next.map(|survey| (survey.capability.key.clone(), survey.capability.title.clone())),
                )
            }
        }
    }
}

/// Whether a survey is still to be opened or closed, so that *Next step* is not the one filled button.
pub(in crate::ui) fn unfinished(w: &Workshop) -> bool {
    w.surveys.list.is_empty()
        || w.surveys
            .list
            .iter()
            .any(|survey| survey.results().is_none() || survey.open_round().is_some())
}

/// The controls of the surveys for the facilitator's bar.
#[component]
pub fn SurveyControls() -> impl IntoView {
    let live = Live::from_context();
    let shown = Shown::from_context();
    let act = Memo::new(move |_| {
        let key = shown.key(live);
        live.with(|w| Act::of(w, key))
    });
    let choosing = RwSignal::new(false);
    let ask = move |command: survey::Command| {
        live.send(Command::Survey(command));
    };
    let choose = move |primary: bool| {
        view! {
            <button class=if primary { "btn btn--primary" } else { "btn" } type="button" on:click=move |_| choosing.set(true)>
                "Choose capabilities"
            </button>
        }
        .into_any()
    };
    let main = move || {
        match act.get() {
        Act::Nothing => ().into_any(),
        Act::Choose => choose(true),
        Act::Open(capability) => view! {
            {choose(false)}
            <button class="btn btn--primary" type="button" on:click=move |_| ask(survey::Command::Open { capability: capability.clone() })>
                "Open this survey"
            </button>
        }
        .into_any(),
        Act::Close(capability, round, finished, nobody) => view! {
            {nobody.then(|| choose(false))}
            <span class="fbar__label">{finished}</span>
            <button
                class="btn btn--primary"
                type="button"
                disabled=nobody
                on:click=move |_| ask(survey::Command::Close { capability: capability.clone(), round })
            >
                "Close survey"
            </button>
        }
        .into_any(),
        Act::Again(capability, next) => view! {
            {choose(false)}
            <button class="btn btn--ghost" type="button" on:click=move |_| ask(survey::Command::OpenAgain { capability: capability.clone() })>
                <Icon name=IconName::Restart/>
                "New round"
            </button>
            {next.map(|(capability, title)| view! {
                <button
                    class="btn btn--primary"
                    type="button"
                    aria-label=format!("Open the next survey: {title}")
                    on:click=move |_| ask(survey::Command::Open { capability: capability.clone() })
                >
                    "Open the next survey"
                </button>
            })}
        }
        .into_any(),
    }
    };
    view! {
        {main}
        <ChooseDialog id="choose-surveys" open=choosing/>
    }
}
