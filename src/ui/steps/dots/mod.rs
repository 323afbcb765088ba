//! The dot vote: each person's list with plus and minus, who has placed how many, and after the reveal the ranking.

pub mod ballot;
pub mod controls;
pub mod ranking;
pub mod who;

pub use self::controls::DotControls;
pub use self::who::DotsOnWall;

use self::ballot::Ballot;
use self::ranking::Ranking;
use self::who::Who;
use super::{Privacy, StepHead};
use crate::domain::agenda::StepKind;
use crate::domain::ids::StepId;
use crate::domain::improve::{Improvements, Item, Kind};
use crate::domain::people::Role;
use crate::domain::workshop::Workshop;
use crate::ui::live::{Live, Topic};
use crate::ui::room::{Beside, Refusal};
use leptos::prelude::*;

/// The step.
#[component]
pub fn DotsStep(
    /// The step.
    step: StepId,
) -> AnyView {
    let live = Live::from_context();
    let open = live.select(|w| w.dots.open().map(|(round, _)| round));
    let also = Signal::derive(move || match open.get() {
        Some(1) => "blind until the reveal".to_owned(),
        Some(round) => format!("round {round}, blind until the reveal"),
        None if live.with(|w| w.dots.revealed().next().is_some()) => "revealed".to_owned(),
        None => "not open yet".to_owned(),
    });
    let main = move || match open.get() {
        Some(round) => view! { <Ballot round/> }.into_any(),
        None => view! { <Ranking/> }.into_any(),
    };
    let beside = move || {
        open.get().map(|_| {
            view! {
                <Who/>
                <section>
                    <h2>"Order"</h2>
                    <p>"The list is in a different order for each person and stands still until the reveal."</p>
                </section>
            }
            .into_any()
        })
    };
    view! {
        <div class="stage__grid">
            <div>
                <StepHead step also/>
                <p class="question">"Which improvements are worth most?"</p>
                {main}
                <Refusal topic=Topic::Dots/>
                <Privacy kind=StepKind::Dots/>
            </div>
            <aside class="aside" aria-label="Beside this step">
                {beside}
                <Beside/>
            </aside>
        </div>
    }
    .into_any()
}

/// An item as the lists show it.
#[derive(Clone, Debug, PartialEq)]
struct Shown {
    item: Item,
    title: String,
    about: String,
    failed: bool,
}

fn shown(w: &Workshop, item: Item) -> Shown {
    let board = &w.improvements;
    let stickies = board.stickies_of(item).len();
    let notes = || board.notes_of(item);
    let first = notes().next();
    let place = first.map_or_else(|| "Taken away meanwhile".to_owned(), |note| Improvements::place(note, &w.flow));
    let saving = notes().find_map(|note| Improvements::saving(note, &w.flow));
    let grouped = (stickies > 1).then(|| format!("{stickies} stickies grouped"));
    let about = [Some(place), saving, grouped].into_iter().flatten().collect::<Vec<_>>().join(", ");
    Shown {
        item,
        title: board.title(item),
        about,
        failed: notes().all(|note| note.kind == Kind::FailedDeployment) && first.is_some(),
    }
}

/// Whether this person has dots to place.
fn places(w: &Workshop, live: Live) -> bool {
    w.is_voter(live.you) && w.people.get(live.you).is_some_and(|p| p.role != Role::Observer) && !w.published()
}
