//! A live vote: the ballot until the reveal, the count after it.
//!
//! Nothing here ever holds another person's answer before the reveal: the state on this screen does not have it.

pub mod ballot;
pub mod beside;
pub mod controls;
mod draft;
pub mod hands;
mod keys;
pub mod results;
pub mod reveal;
#[cfg(test)]
mod tests;
pub mod who;
mod words;

pub use controls::VoteControls;
pub use draft::provide_drafts;
pub(super) use keys::busy;

use super::{Privacy, StepHead};
use crate::domain::agenda::StepKind;
use crate::domain::ids::StepId;
use crate::domain::metric::Metric;
use crate::domain::vote::Vote;
use crate::domain::workshop::Workshop;
use crate::ui::components::{Show, changing};
use crate::ui::live::{Live, Topic};
use crate::ui::room::{Beside, Refusal};
use leptos::prelude::*;

/// Where a vote stands.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Phase {
    /// The round at hand, counted from 1.
    round: u32,
    /// Whether its count is shown.
    revealed: bool,
}

impl Phase {
    fn of(w: &Workshop, step: StepId) -> Self {
        let (round, revealed) = w
            .votes
            .get(&step)
            .map(Vote::round)
            .map_or((1, false), |(n, round)| (n, round.tally.is_some()));
        Self { round, revealed }
    }
}

/// A slice of one vote.
fn of_vote<T: Default + PartialEq + Clone + Send + Sync + 'static>(
    live: Live,
    step: StepId,
    slice: impl Fn(&Vote) -> T + Send + Sync + 'static,
) -> Memo<T> {
    live.select(move |w| w.votes.get(&step).map(&slice).unwrap_or_default())
}

/// The step of a vote.
#[component]
pub fn VoteStep(
    /// The step.
    step: StepId,
    /// What is asked.
    metric: Metric,
) -> impl IntoView {
    let live = Live::from_context();
    let phase = live.select(move |w| Phase::of(w, step));
    let also = Signal::derive(move || format!("{}, round {}", metric.board().name(), phase.get().round));
    let main = move || match phase.get() {
        Phase { revealed: true, .. } => view! { <reveal::Reveal step metric/> }.into_any(),
        Phase { round, .. } => view! { <ballot::BallotForm step metric round/> }.into_any(),
    };
    let margin = move || match phase.get() {
        Phase { revealed: true, .. } => view! { <beside::LastTime step metric/> <beside::HowWeKnow step metric/> }.into_any(),
        Phase { round, .. } => view! { <who::Who step/> <beside::EarlierRound step metric round/> <beside::Tip metric/> }.into_any(),
    };
    view! {
        <div class="stage__grid">
            <div>
                <StepHead step also/>
                <div class="reveal">
                    // Stands here before the reveal too, so that a screen reader hears the reading, and later the agreement, come.
                    <div aria-live="polite">
                        <Show when=move || phase.get().revealed>
                            <reveal::Headline step metric/>
                        </Show>
                    </div>
                    <div class="reveal__body">{changing(main)}</div>
                </div>
                <Refusal topic=Topic::Vote(step)/>
                <Privacy kind=StepKind::Vote(metric)/>
            </div>
            <aside class="aside" aria-label="Beside this step">
                {changing(margin)}
                <beside::ScopeLines/>
                <Beside/>
            </aside>
        </div>
    }
}
