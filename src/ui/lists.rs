//! Checkpoints in a table: the same cells on the home page, in the list, and under a summary.

use super::components::{HeldOn, LevelBadge};
use crate::api::checkpoints::Card;
use crate::domain::maturity::Level;
use leptos::prelude::*;

/// A level as its badge.
#[component]
pub fn Badge(
    /// Which.
    level: Level,
) -> impl IntoView {
    view! { <LevelBadge key=level.key() name=level.name() rank=level as u8 + 1 /> }
}

/// Level and percentile, or that the four answers are not all there.
#[component]
pub fn LevelCell(
    /// The level.
    #[prop(optional_no_strip)]
    level: Option<Level>,
    /// Better than so many percent.
    #[prop(optional_no_strip)]
    percentile: Option<u8>,
) -> impl IntoView {
    match level {
        Some(level) => view! {
            <Badge level=level />
            " "
            {percentile.map(|percentile| view! { <span class="quiet small nowrap">{format!("{percentile} %")}</span> }.into_any())}
        }
        .into_any(),
        None => view! { <span class="quiet">"No level: not all four answers are agreed"</span> }.into_any(),
    }
}

/// How much is missing in what stands below it; nothing for an empty sentence.
pub fn left_out(sentence: String) -> Option<AnyView> {
    (!sentence.is_empty()).then(|| view! { <p class="small quiet lead-in">{sentence}</p> }.into_any())
}

/// The squad with its tribe under it, leading to the summary.
#[component]
pub fn SquadCell(
    /// The checkpoint.
    card: Card,
    /// Where the name leads.
    href: String,
) -> impl IntoView {
    view! {
        <a href=href>{card.squad}</a>
        {card
            .tribe
            .map(|tribe| {
                view! {
                    <br />
                    <span class="small quiet">{tribe}</span>
                }.into_any()
            })}
    }
}

/// A table of held checkpoints, newest first as they come.
#[component]
pub fn HeldTable(
    /// What the table holds, for those who hear it.
    #[prop(into)]
    caption: String,
    /// The checkpoints.
    cards: Vec<Card>,
    /// Shows who led each.
    #[prop(optional)]
    facilitator: bool,
) -> impl IntoView {
    let rows = cards
        .into_iter()
        .map(|card| {
            let href = format!("/checkpoints/{}", card.id);
            let (held_on, level, percentile) = (card.held_on, card.level, card.percentile);
            let led_by = card.facilitator.clone();
            view! {
                <tr>
                    <th scope="row">
                        <SquadCell card=card href=href />
                    </th>
                    <td class="nowrap" data-l="Held">
                        <HeldOn date=held_on />
                    </td>
                    {facilitator.then(|| view! { <td data-l="Facilitator">{led_by}</td> }.into_any())}
                    <td data-l="Level">
                        <LevelCell level=level percentile=percentile />
                    </td>
                </tr>
            }
            .into_any()
        })
        .collect_view();
    view! {
        <table class="table table--stack">
            <caption class="vh">{caption}</caption>
            <thead>
                <tr>
                    <th scope="col">"Squad"</th>
                    <th scope="col">"Held"</th>
                    {facilitator.then(|| view! { <th scope="col">"Facilitator"</th> }.into_any())}
                    <th scope="col">"Level, better than"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}
