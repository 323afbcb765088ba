//! One person's dots: what is left, and plus and minus on each improvement.

use super::{Shown, places, shown};
use crate::domain::command::Command;
use crate::domain::dots::{self, Terms, count as on_it, order_for};
use crate::domain::improve::{Item, Kind};
use crate::ui::components::{For, Icon, IconName, changing};
use crate::ui::live::Live;
use crate::ui::steps::count;
use crate::ui::steps::improve::write::mark;
use leptos::prelude::*;

/// The list.
#[component]
pub(super) fn Ballot(
    /// The open round, counted from 1.
    round: u32,
) -> AnyView {
    let live = Live::from_context();
    let may = live.select(move |w| places(w, live));
    let terms = live.select(|w| w.dots.open().map(|(_, round)| (round.terms, round.most())).unwrap_or_default());
    let items = live.select(move |w| {
        let open = w.dots.open();
        open.map(|(number, round)| order_for(&round.items, live.you, number))
            .unwrap_or_default()
    });
    let mine = Memo::new(move |_| {
        live.dots_on_their_way(round)
            .unwrap_or_else(|| live.with(|w| w.dots.open().map(|(_, round)| round.dots_of(live.you).to_vec()).unwrap_or_default()))
    });
    let back = live.select(move |w| {
        let placed = w.dots.open().and_then(|(_, round)| round.placed.get(&live.you));
        placed.map_or(0, |placed| placed.back)
    });
    let left = move || {
        let (_, most) = terms.get();
        most.saturating_sub(u32::try_from(mine.with(Vec::len)).unwrap_or(u32::MAX))
    };
    let place = move |dots: Vec<Item>| {
        live.send(Command::Dots(dots::Command::Place { round, dots }));
    };
    let head = move || {
        let (Terms { dots, on_one }, most) = terms.get();
        let several = match on_one {
            1 => "One on each improvement at most.".to_owned(),
            all if all >= dots => "Several may go on one.".to_owned(),
            some => format!("Up to {some} may go on one."),
        };
        let returned = (back.get() > 0).then(|| {
            let words = format!("{} came back to you.", count(back.get(), "dot", "dots"));
            view! { " " <strong>{words}</strong> }
        });
        let row = (0..most).map(|n| view! { <span class=if n < left() { "dot dot--on" } else { "dot" }></span> }.into_any());
        view! {
            <div class="dots-left">
                <p aria-live="polite">
                    <strong>{format!("You have {} of {} left.", left(), count(most, "dot", "dots"))}</strong>
                    " "
                    <span class="quiet">{several}</span>
                    {returned}
                </p>
                <span class="dot-row" aria-hidden="true">{row.collect_view()}</span>
            </div>
        }
        .into_any()
    };
    let row = move |item: Item| {
        let what = live.select(move |w| shown(w, item));
        let here = Memo::new(move |_| mine.with(|mine| on_it(mine, item)));
        let plus = move |_| {
            let mut dots = mine.get_untracked();
            dots.push(item);
            place(dots);
        };
        let minus = move |_| {
            let mut dots = mine.get_untracked();
            if let Some(last) = dots.iter().rposition(|dot| *dot == item) {
                dots.remove(last);
                place(dots);
            }
        };
        let full = move || left() == 0 || here.get() >= terms.get().0.on_one;
        view! {
            <li class="idea">
                {changing(move || mark(if what.with(|w| w.failed) { Kind::FailedDeployment } else { Kind::Improvement }))}
                <div>
                    <h2 class="own-words">{changing(move || what.get().title)}</h2>
                    <p>{changing(move || what.get().about)}</p>
                </div>
                <span class="dot-row idea__mine">
                    <span class="vh">{changing(move || format!("Your dots: {}", here.get()))}</span>
                    {changing(move || (0..here.get()).map(|_| view! { <span class="dot dot--on" aria-hidden="true"></span> }).collect_view())}
                </span>
                <span class="stepper">
                    <button
                        class="btn btn--icon"
                        type="button"
                        aria-label=move || format!("Take a dot from {}", what.get().title)
                        aria-disabled=move || (!may.get() || here.get() == 0).then_some("true")
                        on:click=move |event| if may.get_untracked() { minus(event) }
                    >
                        <Icon name=IconName::Minus/>
                    </button>
                    <button
                        class="btn btn--icon"
                        type="button"
                        aria-label=move || format!("Put a dot on {}", what.get().title)
                        aria-disabled=move || (!may.get() || full()).then_some("true")
                        on:click=move |event| if may.get_untracked() && !full() { plus(event) }
                    >
                        <Icon name=IconName::Plus/>
                    </button>
                </span>
            </li>
        }
        .into_any()
    };
    let top = move || if may.get() { head() } else { watching() };
    view! {
        {top}
        <ul class="ideas">
            <For each=move || items.get() key=Clone::clone let(item)>
                {row(item)}
            </For>
        </ul>
    }
    .into_any()
}

fn watching() -> AnyView {
    view! {
        <p class="note">"You place no dots in this checkpoint: observers never do, and facilitators only where the squad has chosen so."</p>
    }
    .into_any()
}

/// The line of an item outside of the list.
pub(super) fn line(what: Shown) -> AnyView {
    view! {
        {mark(if what.failed { Kind::FailedDeployment } else { Kind::Improvement })}
        <div>
            <h2 class="own-words">{what.title}</h2>
            <p>{what.about}</p>
        </div>
    }
    .into_any()
}
