//! Improvements: stickies on the delivery flow, in groups, and what would follow from them.
//!
//! `desk::Desk` holds what this person has in hand; `board` is the flow with its stickies, `list` is the same as a list, where each
//! sticky can be read, changed and grouped without a mouse. Nothing here decides: an act is a command like any other.

pub mod board;
pub mod card;
pub mod controls;
pub mod desk;
pub mod handle;
pub mod list;
pub mod wall;
pub mod what_if;
pub mod write;

pub use self::controls::ImproveControls;
pub use self::wall::ImproveOnWall;

use self::board::Board;
use self::desk::Desk;
use self::list::{Groups, List};
use self::what_if::WhatIf;
use self::write::{Tools, Write};
use super::Privacy;
use crate::domain::agenda::StepKind;
use crate::domain::ids::StepId;
use crate::ui::live::Topic;
use crate::ui::room::{Beside, Refusal};
use leptos::prelude::*;

/// The step.
#[component]
pub fn ImproveStep(
    /// The step.
    step: StepId,
) -> AnyView {
    let desk = Desk::new();
    provide_context(desk);
    let title = desk
        .live
        .select(move |w| w.agenda.step(step).map_or_else(String::new, |step| step.title().to_owned()));
    view! {
        <div class="improve-step">
            <div class="tools">
                <h1>{title}</h1>
                <Tools/>
            </div>
            <div class="improve-step__main">
                <Board/>
                <Groups/>
                <Refusal topic=Topic::Improvements/>
                <List/>
            </div>
            <aside class="panel" aria-label="Write, and what would follow">
                <Write/>
                <WhatIf/>
                <Privacy kind=StepKind::Improvements/>
                <Beside/>
            </aside>
        </div>
    }
    .into_any()
}
