//! Scores of capabilities over time: a chart for each that was surveyed at least twice, all of them in a table.

use super::words::{AsCsv, Better};
use crate::domain::survey::points;
use crate::domain::text::day;
use crate::domain::trends::{Capability, Held, Score, Trend};
use crate::ui::charts::{Point, Scale, TimeChart};
use leptos::prelude::*;

/// The capabilities of a squad.
#[component]
pub fn Capabilities(
    /// The squad's part of an address.
    slug: String,
    /// Its checkpoints.
    trend: Trend,
) -> impl IntoView {
    let all = &trend.capabilities;
    let body = if all.is_empty() {
        view! { <p class="empty">"No capability is on a published summary of this squad yet."</p> }.into_any()
    } else {
        let charts = all
            .iter()
            .filter(|one| one.scores.iter().filter(|score| score.score.is_some()).count() > 1)
            .map(chart)
            .collect_view();
        let surveyed = |held: &&Held| all.iter().any(|one| one.scores.iter().any(|score| score.id == held.id));
        let columns: Vec<Held> = trend.held.iter().rev().filter(surveyed).copied().collect();
        let heads = columns.iter().map(head).collect_view();
        let rows = all.iter().map(|capability| row(capability, &columns)).collect_view();
        view! {
            <p class="quiet lead-in">"Scores from 0 to 100. There is none where too few people answered, or where a focus was chosen without a survey."</p>
            <div class="multiples multiples--small">{charts}</div>
            <div class="scroller" tabindex="0" role="region" aria-label="Scores of capabilities">
                <table class="table">
                    <caption class="vh">"Scores of capabilities, the newest checkpoint first, with the change since the survey before"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Capability"</th>
                            {heads}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <AsCsv href=super::csv(&slug, "capabilities", "") what="the scores" />
        }
        .into_any()
    };
    view! {
        <section aria-labelledby="h-capabilities">
            <h2 id="h-capabilities">"Capabilities over time"</h2>
            {body}
        </section>
    }
}

fn chart(capability: &Capability) -> AnyView {
    let point = |score: &Score| Point {
        day: score.held_on,
        value: score.score,
        figure: score.score.map(|score| points(score).to_string()).unwrap_or_default(),
    };
    let points = capability.scores.iter().map(point).collect();
    view! {
        <figure class="chart">
            <figcaption>{capability.title.clone()}</figcaption>
            <TimeChart title=capability.title.clone() points=points scale=Scale::of_hundred("") />
        </figure>
    }
    .into_any()
}

fn head(held: &Held) -> AnyView {
    view! {
        <th scope="col" class="nowrap">
            <a href=format!("/checkpoints/{}", held.id)>{day(held.held_on)}</a>
        </th>
    }
    .into_any()
}

/// A capability in each of these checkpoints.
fn row(capability: &Capability, columns: &[Held]) -> AnyView {
    let cells = columns.iter().map(|held| cell(capability, held)).collect_view();
    view! {
        <tr>
            <th scope="row">{capability.title.clone()}</th>
            {cells}
        </tr>
    }
    .into_any()
}

fn cell(capability: &Capability, held: &Held) -> AnyView {
    let scores = &capability.scores;
    let Some(at) = scores.iter().position(|score| score.id == held.id) else {
        return view! { <td></td> }.into_any();
    };
    let (score, focus) = (scores[at].score, scores[at].focus);
    let before = scores[..at].iter().rev().find_map(|score| score.score);
    let figure = score.map_or_else(
        || view! { <span class="quiet">"none"</span> }.into_any(),
        |score| view! { {points(score)} }.into_any(),
    );
    let change = score
        .zip(before)
        .map(|(now, before)| view! { " " <Better by=points(now) - points(before) unit="point" /> }.into_any());
    let focus = focus.then(|| view! { " " <span class="chip">"Focus"</span> }.into_any());
    view! { <td class="nowrap">{figure} {change} {focus}</td> }.into_any()
}
