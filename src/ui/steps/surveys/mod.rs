//! Capability surveys: one page for each capability, private until it is closed, then its counts.
//!
//! Like a ballot, nothing here ever holds another person's answer: the state on this screen does not have it.

pub mod choose;
pub mod controls;
pub mod counted;
pub mod form;
mod shown;
#[cfg(test)]
pub(in crate::ui) mod tests;
pub mod wall;

pub use controls::SurveyControls;
pub(in crate::ui) use controls::unfinished;
pub(crate) use counted::in_words;
pub use shown::provide_shown;
pub use wall::SurveysOnWall;

use self::shown::{Phase, Shown, phase_of};
use super::{Privacy, StepHead};
use crate::domain::agenda::StepKind;
use crate::domain::facts::{Capability, CapabilityKey};
use crate::domain::ids::StepId;
use crate::domain::survey::Survey;
use crate::ui::components::{Icon, IconName, changing};
use crate::ui::live::{Live, Topic};
use crate::ui::room::{Beside, Refusal};
use leptos::prelude::*;

/// The heading of the survey on this screen.
const TITLE: &str = "survey-title";

/// The step.
#[component]
pub fn Surveys(
    /// The step.
    step: StepId,
) -> impl IntoView {
    let live = Live::from_context();
    let shown = Shown::from_context();
    let at = Memo::new(move |_| {
        let key = shown.key(live)?;
        live.with(|w| {
            let place = w.surveys.list.iter().position(|survey| survey.capability.key == key)?;
            Some((place + 1, w.surveys.list.len()))
        })
    });
    let also = Signal::derive(move || at.get().map_or(String::new(), |(n, of)| format!("survey {n} of {of}")));
    let some = Memo::new(move |_| shown.key(live).is_some());
    let body = move || {
        if some.get() {
            view! { <OneSurvey/> }.into_any()
        } else {
            view! { <NothingChosen/> }.into_any()
        }
    };
    view! {
        <div class="survey-step">
            <StepHead step also/>
            <Tabs/>
            {body}
            <Refusal topic=Topic::Surveys/>
            <Privacy kind=StepKind::Surveys/>
            <aside class="survey-beside" aria-label="Beside this step">
                <Beside/>
            </aside>
        </div>
    }
}

/// A slice of one survey.
fn of_survey<T: Default + PartialEq + Clone + Send + Sync + 'static>(
    live: Live,
    key: &CapabilityKey,
    slice: impl Fn(&Survey) -> T + Send + Sync + 'static,
) -> Memo<T> {
    let key = key.clone();
    live.select(move |w| w.surveys.get(&key).map(&slice).unwrap_or_default())
}

/// The survey on this screen as it stands.
///
/// Its heading and the line under it stand while what is below them is built anew: the heading takes the focus of a form that
/// goes, and a screen reader hears the line change.
#[component]
fn OneSurvey() -> AnyView {
    let live = Live::from_context();
    let shown = Shown::from_context();
    let you = live.you;
    let capability = Memo::new(move |_| {
        let key = shown.key(live)?;
        live.with(|w| w.surveys.get(&key).map(|survey| survey.capability.clone()))
    });
    let title = move || capability.get().map(|capability| capability.title);
    let about = move || capability.get().map(|capability| about(&capability));
    let outcome = Memo::new(move |_| {
        let key = shown.key(live)?;
        live.with(|w| counted::outcome(w, &key, you))
    });
    // Built anew for another capability, another round, and when a round is closed; never for an answer.
    let main = Memo::new(move |_| {
        let capability = capability.get()?;
        Some((live.with(|w| phase_of(w, &capability.key)), capability))
    });
    let body = move || {
        let (phase, capability) = main.get()?;
        Some(match phase {
            Phase::Waiting => view! { <NotOpen capability/> }.into_any(),
            Phase::Open(round) => view! { <form::SurveyForm capability round/> }.into_any(),
            Phase::Closed(_) => view! { <counted::CountedSurvey capability/> }.into_any(),
        })
    };
    view! {
        <section class="survey-one" aria-labelledby=TITLE>
            <header class="survey-one__head">
                <h2 id=TITLE tabindex="-1">{title}</h2>
                {about}
            </header>
            <p role="status">{changing(move || outcome.get())}</p>
            <div class="survey-one__body">{body}</div>
        </section>
    }
    .into_any()
}

/// What it means, and where to read more.
fn about(capability: &Capability) -> AnyView {
    let then = capability.title_2019.clone().map(|then| format!(" Called “{then}” in 2019."));
    let more = capability.url.clone().map(|url| {
        view! {
            " "
            <a href=url target="_blank" rel="noreferrer noopener">"Read more at dora.dev"</a>
        }
    });
    view! { <p class="quiet">{capability.summary.clone()} {then} {more}</p> }.into_any()
}

/// The surveys of this checkpoint, each with where it stands.
#[component]
fn Tabs() -> impl IntoView {
    let live = Live::from_context();
    let shown = Shown::from_context();
    let all = live.select(|w| {
        let one = |survey: &Survey| {
            let key = survey.capability.key.clone();
            (phase_of(w, &key), survey.capability.title.clone(), key)
        };
        w.surveys.list.iter().map(one).collect::<Vec<_>>()
    });
    let tab = move |(phase, title, key): (Phase, String, CapabilityKey)| {
        let (own, chosen) = (key.clone(), key);
        let current = Memo::new(move |_| shown.key(live).as_ref() == Some(&own));
        view! {
            <li>
                <button
                    class="survey-tab"
                    type="button"
                    aria-current=move || current.get().then_some("true")
                    on:click=move |_| shown.pick(live, chosen.clone())
                >
                    <span>{title}</span>
                    {chip(phase)}
                </button>
            </li>
        }
        .into_any()
    };
    move || {
        let all = all.get();
        (all.len() > 1).then(|| {
            view! {
                <nav class="survey-tabs" aria-label="Surveys">
                    <ul>{all.into_iter().map(tab).collect_view()}</ul>
                </nav>
            }
            .into_any()
        })
    }
}

/// Where a survey stands, in a word.
fn chip(phase: Phase) -> AnyView {
    let (class, word) = match phase {
        Phase::Waiting => ("chip", "not open yet"),
        Phase::Open(_) => ("chip chip--accent", "open"),
        Phase::Closed(_) => ("chip chip--good", "closed"),
    };
    view! { <span class=class>{word}</span> }.into_any()
}

/// Nobody has chosen, and no level proposes anything.
#[component]
fn NothingChosen() -> impl IntoView {
    let live = Live::from_context();
    let leads = live.leads();
    let words = move || {
        if leads.get() {
            "Three are proposed as soon as all four answers are agreed and the level is known. You can also choose some yourself."
        } else {
            "Three are proposed as soon as the level is known, or the facilitator chooses some."
        }
    };
    view! {
        <section class="empty">
            <h2>"No capability is chosen yet"</h2>
            <p>{words}</p>
        </section>
    }
}

/// What will be asked, before it is open.
#[component]
fn NotOpen(capability: Capability) -> impl IntoView {
    let leads = Live::from_context().leads();
    let count = capability.items.len();
    let statements = super::count(u32::try_from(count).unwrap_or(u32::MAX), "statement", "statements");
    let words = move || {
        let who = if leads.get() {
            "Open it when the squad is ready."
        } else {
            "The facilitator opens it."
        };
        format!("This survey has {statements}, each answered with one of five words. {who}")
    };
    view! {
        <p class="note">
            <span><Icon name=IconName::Clock small=true/> " " {words}</span>
        </p>
    }
}
