//! The delivery flow: the shared canvas, its outline and its figures.

pub mod wall;

pub use wall::FlowOnWall;

use super::{Privacy, StepHead};
use crate::domain::agenda::StepKind;
use crate::domain::ids::StepId;
use crate::ui::live::Topic;
use crate::ui::room::Refusal;
use leptos::prelude::*;

/// The step.
#[component]
pub fn FlowStep(
    /// The step.
    step: StepId,
) -> impl IntoView {
    view! {
        <StepHead step/>
        <Refusal topic=Topic::Flow/>
        <Privacy kind=StepKind::Flow/>
    }
}
