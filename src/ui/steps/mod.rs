//! The steps of the agenda, one file or folder for each, named like its twin in the domain.

pub mod actions;
pub mod dots;
pub mod feedback;
pub mod flow;
pub mod focus;
pub mod following;
pub mod improve;
pub mod maturity;
pub mod scene;
#[cfg(test)]
pub(in crate::ui) mod seat;
pub mod since;
pub mod summary;
pub mod surveys;
pub mod talk;
pub mod vote;
pub mod warmup;
pub mod welcome;

use crate::domain::agenda::StepKind;
use crate::domain::audience::policy_of;
use crate::domain::ids::StepId;
use crate::ui::components::{Icon, IconName, changing};
use crate::ui::live::Live;
use leptos::prelude::*;

pub use actions::ActionsOnWall;
pub use dots::{DotControls, DotsOnWall};
pub use feedback::FeedbackOnWall;
pub use flow::{FlowControls, FlowOnWall};
pub use focus::{FocusControls, FocusOnWall};
pub use improve::{ImproveControls, ImproveOnWall};
pub use maturity::MaturityOnWall;
pub use since::ActionAtHand;
pub use summary::{SummaryControls, SummaryOnWall};
pub use surveys::{SurveyControls, SurveysOnWall};
pub use vote::{VoteControls, results, reveal, who};
pub use warmup::WarmUpOnWall;
pub use welcome::{Welcome, host};

/// Keeps what people have in mind in a step, above the page and the bar; called once where the room is provided.
pub fn provide_drafts() {
    vote::provide_drafts();
    surveys::provide_shown();
    focus::provide_focus_draft();
}

/// What a step shows to everybody; the first step is not among them, see `room/rest.rs`.
pub fn later_step(id: StepId, kind: StepKind) -> AnyView {
    match kind {
        StepKind::Welcome => ().into_any(),
        StepKind::Since => view! { <since::Since step=id/> }.into_any(),
        StepKind::Scene => view! { <scene::Scene step=id/> }.into_any(),
        StepKind::Vote(metric) => view! { <vote::VoteStep step=id metric/> }.into_any(),
        StepKind::Maturity => view! { <maturity::Maturity step=id/> }.into_any(),
        StepKind::Surveys => view! { <surveys::Surveys step=id/> }.into_any(),
        StepKind::Focus => view! { <focus::Focus step=id/> }.into_any(),
        StepKind::Flow => view! { <flow::FlowStep step=id/> }.into_any(),
        StepKind::Improvements => view! { <improve::ImproveStep step=id/> }.into_any(),
        StepKind::Dots => view! { <dots::DotsStep step=id/> }.into_any(),
        StepKind::Actions => view! { <actions::ActionsStep step=id/> }.into_any(),
        StepKind::Summary => view! { <summary::Summary step=id/> }.into_any(),
        StepKind::Feedback => view! { <feedback::FeedbackStep step=id/> }.into_any(),
        StepKind::Talk => view! { <talk::Talk step=id/> }.into_any(),
    }
}

/// The small line over a step's title, and the title itself.
#[component]
fn StepHead(
    /// The step.
    step: StepId,
    /// What else the small line says.
    #[prop(optional, into)]
    also: Option<Signal<String>>,
) -> impl IntoView {
    let live = Live::from_context();
    let place = live.select(move |w| (w.agenda.place(step) + 1, w.agenda.steps.len()));
    let title = live.select(move |w| w.agenda.step(step).map_or_else(String::new, |step| step.title().to_owned()));
    let also = move || also.map_or_else(String::new, |also| format!(", {}", also.get()));
    view! {
        <header class="step-head">
            <p class="eyebrow">{changing(move || format!("Step {} of {}", place.get().0, place.get().1))}{changing(also)}</p>
            <h1>{title}</h1>
        </header>
    }
}

/// Who sees what in a step: the words of the policy that the server enforces.
#[component]
fn Privacy(
    /// The kind of step.
    kind: StepKind,
) -> impl IntoView {
    let words = Live::from_context().select(move |w| policy_of(kind, w.options.secrecy));
    view! {
        <p class="privacy">
            <Icon name=IconName::EyeOff small=true/>
            <span>{words}</span>
        </p>
    }
}

/// "1 hand", "3 hands".
fn count(n: u32, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}
