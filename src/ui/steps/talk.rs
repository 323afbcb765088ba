//! A step of the squad's own: its title, its time, and what the facilitator wrote for it.

use super::{Privacy, StepHead};
use crate::domain::agenda::StepKind;
use crate::domain::ids::StepId;
use crate::ui::room::Beside;
use leptos::prelude::*;

/// The step.
#[component]
pub fn Talk(
    /// The step.
    step: StepId,
) -> AnyView {
    view! {
        <div class="stage__grid">
            <div>
                <StepHead step/>
                <Privacy kind=StepKind::Talk/>
            </div>
            <aside class="aside" aria-label="Beside this step">
                <Beside/>
            </aside>
        </div>
    }
    .into_any()
}
