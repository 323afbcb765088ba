//! The rest of the room: every step but the first, what stands between parts, preparing, the facilitator's bar, the dialogs and
//! toasts, and the pages that hang on the room. A part of the bundle of its own, because
//! somebody who joins at the first step sees none of it.
//!
//! Where a page shows something of it, it is there before the page wakes up; elsewhere it comes right after. Until then the screen
//! stays at the step that it shows. So the first render is the same on both sides: the server gives the rest to the pages that
//! need it and to no other.
#![expect(clippy::unnecessary_wraps, reason = "the error is that of fetching, which `wasm_split` adds")]

use super::OnStage;
use super::bar::FacilitatorBar;
use super::dialogs::Dialogs;
use super::document::Inside;
use super::follow::{FollowPill, Toasts};
use super::pause::Pause;
use super::prepare::{Cancelled, Prepare};
use super::recap::RecapPage;
use super::sheet::RunSheet;
use super::wall::Wall;
use crate::domain::agenda::StepKind;
use crate::domain::parts::Phase;
use crate::domain::people::Role;
use crate::ui::steps::later_step;
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use std::time::Duration;

/// When it did not come, it is fetched again after this time.
const AGAIN: Duration = Duration::from_secs(2);

/// The doors into the part. Only [`Rest::here`] names what is behind them: whoever calls that has the part.
#[derive(Clone, Copy)]
pub struct Rest {
    /// What stands on the stage, the first step excepted.
    pub stage: fn(OnStage) -> AnyView,
    /// The facilitator's bar and run-sheet.
    pub bar: fn() -> AnyView,
    /// Where the squad is, and what was decided before.
    pub follow: fn() -> AnyView,
    /// All dialogs and toasts.
    pub dialogs: fn() -> AnyView,
    /// The pages that hang on the room.
    pub aside: fn(Inside) -> AnyView,
}

impl Rest {
    /// For the server, which has everything.
    #[must_use]
    pub fn here() -> Self {
        Self {
            stage: |what| match what {
                OnStage::Cancelled => view! { <Cancelled /> }.into_any(),
                OnStage::Prepare => view! { <Prepare /> }.into_any(),
                OnStage::Pause(phase) => view! { <Pause phase /> }.into_any(),
                OnStage::Step(id, kind) => later_step(id, kind),
            },
            bar: || view! { <FacilitatorBar /> <RunSheet /> }.into_any(),
            follow: || view! { <FollowPill /> }.into_any(),
            dialogs: || view! { <Toasts /> <Dialogs /> }.into_any(),
            aside: |page| match page {
                Inside::Wall(view) => view! { <Wall view=*view /> }.into_any(),
                Inside::Recap(view) => view! { <RecapPage view /> }.into_any(),
                Inside::Room(_) => ().into_any(),
            },
        }
    }

    /// Whether the page shows something of it from the first moment.
    #[must_use]
    pub fn needed(page: &Inside) -> bool {
        let Inside::Room(view) = page else { return true };
        let w = &view.workshop;
        let first = w.agenda.step(w.agenda.current).is_some_and(|step| step.kind == StepKind::Welcome);
        !first
            || w.plan.cancelled
            || w.agenda.phase() != Phase::Step
            || w.people.get(view.you).is_some_and(|you| you.role == Role::Facilitator)
    }
}

/// Fetches the part.
#[wasm_split(room_rest, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn rest() -> Result<Rest, SplitLoaderError> {
    Ok(Rest::here())
}

/// Fetches the part until it is there.
pub(super) fn fetch(into: RwSignal<Option<Rest>>) {
    leptos::task::spawn_local(async move {
        match rest().await {
            // The page may have gone.
            Ok(rest) => drop(into.try_set(Some(rest))),
            Err(_) => set_timeout(move || fetch(into), AGAIN),
        }
    });
}
