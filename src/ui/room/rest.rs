//! The rest of the room: every step but the first, the facilitator's bar and the dialogs. A part of the bundle of its own, because
//! somebody who joins at the first step sees none of it.
//!
//! Where a page shows something of it, it is there before the page wakes up; elsewhere it comes right after. Until then the screen
//! stays at the step that it shows. So the first render is the same on both sides: the server gives the rest to the pages that
//! need it and to no other.
#![expect(clippy::unnecessary_wraps, reason = "the error is that of fetching, which `wasm_split` adds")]

use super::bar::FacilitatorBar;
use super::dialogs::Dialogs;
use crate::api::room::RoomView;
use crate::domain::agenda::{Step, StepKind};
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
    /// What a step other than the first shows.
    pub step: fn(Step) -> AnyView,
    /// The facilitator's bar.
    pub bar: fn() -> AnyView,
    /// All dialogs.
    pub dialogs: fn() -> AnyView,
}

impl Rest {
    /// For the server, which has everything.
    #[must_use]
    pub fn here() -> Self {
        Self {
            step: later_step,
            bar: || view! { <FacilitatorBar /> }.into_any(),
            dialogs: || view! { <Dialogs /> }.into_any(),
        }
    }

    /// Whether the page shows something of it from the first moment.
    #[must_use]
    pub fn needed(view: &RoomView) -> bool {
        let w = &view.workshop;
        let first = w.agenda.step(w.agenda.current).is_some_and(|step| step.kind == StepKind::Welcome);
        !first || w.people.get(view.you).is_some_and(|you| you.role == Role::Facilitator)
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
