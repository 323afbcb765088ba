//! What the dots say: the improvements in their order, ties as ties, and every round.

use super::ballot::line;
use super::{Shown, shown};
use crate::domain::dots::Ranked;
use crate::domain::workshop::Workshop;
use crate::ui::live::Live;
use crate::ui::steps::count;
use leptos::prelude::*;

/// One row of the ranking.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    what: Shown,
    rank: usize,
    tied: bool,
    dots: Vec<Option<u32>>,
}

fn rows(w: &Workshop) -> Vec<Row> {
    let ranked = w.dots.ranking();
    let tied = |one: &Ranked| ranked.iter().filter(|other| other.rank == one.rank).count() > 1;
    let row = |one: &Ranked| Row {
        what: shown(w, one.item),
        rank: one.rank,
        tied: tied(one),
        dots: one.dots.clone(),
    };
    ranked.iter().map(row).collect()
}

/// The ranking, or that there is none yet.
#[component]
pub(super) fn Ranking() -> AnyView {
    let live = Live::from_context();
    let rows = live.select(rows);
    let waiting = live.select(|w| w.improvements.votable().len());
    let body = move || {
        let rows = rows.get();
        if rows.is_empty() {
            return nothing(waiting.get());
        }
        view! { <ol class="ideas" role="list">{rows.into_iter().map(row).collect_view()}</ol> }.into_any()
    };
    view! { <div aria-live="polite">{body}</div> }.into_any()
}

fn nothing(improvements: usize) -> AnyView {
    let words = if improvements == 0 {
        "Nobody has written an improvement yet. Go back one step and write the first.".to_owned()
    } else {
        let improvements = count(
            u32::try_from(improvements).unwrap_or(u32::MAX),
            "improvement is",
            "improvements are",
        );
        format!(
            "{improvements} on the list. The facilitator opens the vote; then everybody places a few dots, and nobody sees whose are where."
        )
    };
    view! { <p class="note">{words}</p> }.into_any()
}

fn row(row: Row) -> AnyView {
    let rank = if row.tied {
        format!("Place {}, tied", row.rank)
    } else {
        format!("Place {}", row.rank)
    };
    let first = row.dots.first().copied().flatten().unwrap_or_default();
    let later = row.dots.iter().skip(1).flatten();
    let later = later.map(|dots| view! { <small>{format!("run-off: {}", count(*dots, "dot", "dots"))}</small> }.into_any());
    let marks = (0..first.min(12)).map(|_| view! { <span class="dot dot--on"></span> });
    view! {
        <li class="idea" class=("idea--none", first == 0)>
            <b class="idea__rank">
                <span aria-hidden="true">{row.rank}</span>
                <span class="vh">{rank}</span>
            </b>
            {line(row.what)}
            <span class="idea__got">
                <span class="dot-row" aria-hidden="true">{marks.collect_view()}</span>
                <b>{count(first, "dot", "dots")}</b>
                {(row.tied && first > 0).then(|| view! { <span class="chip">"tied"</span> })}
                {later.collect_view()}
            </span>
        </li>
    }
    .into_any()
}
