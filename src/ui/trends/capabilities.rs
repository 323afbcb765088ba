//! Scores of capabilities over time: a chart for each that was surveyed at least twice, all of them in a table.

use super::words::{AsCsv, Better};
use crate::domain::text::day;
use crate::domain::trends::{Capability, Score, Trend};
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
    let all = trend.capabilities;
    let body = if all.is_empty() {
        view! { <p class="empty">"No capability is on a published summary of this squad yet."</p> }.into_any()
    } else {
        let charts = all
            .iter()
            .filter(|one| one.scores.iter().filter(|score| score.score.is_some()).count() > 1)
            .map(chart)
            .collect_view();
        let rows = all.iter().flat_map(rows).collect_view();
        view! {
            <p class="quiet lead-in">"Scores from 0 to 100. There is none where too few people answered, or where a focus was chosen without a survey."</p>
            <div class="multiples multiples--small">{charts}</div>
            <table class="table table--stack">
                <caption class="vh">"Scores of capabilities, newest first"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Capability"</th>
                        <th scope="col">"Held"</th>
                        <th scope="col">"Score"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <AsCsv href=super::csv(&slug, "capabilities") what="the scores" />
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
        figure: score.score.map(|score| format!("{score:.0}")).unwrap_or_default(),
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

/// The rows of a capability, newest first.
fn rows(capability: &Capability) -> Vec<AnyView> {
    let Capability { title, scores, .. } = capability;
    let befores = std::iter::once(None).chain(scores.iter().map(|score| score.score));
    let mut rows: Vec<_> = scores.iter().zip(befores).collect();
    rows.reverse();
    let view = |(score, before): (&Score, Option<f64>)| {
        let figure = score.score.map_or_else(
            || view! { <span class="quiet">"none"</span> }.into_any(),
            |score| view! { {format!("{score:.0}")} }.into_any(),
        );
        let change = score
            .score
            .zip(before)
            .map(|(now, before)| view! { " " <Better by=points(now - before) unit="point" /> }.into_any());
        let focus = score.focus.then(|| view! { " " <span class="chip">"Focus"</span> }.into_any());
        view! {
            <tr>
                <th scope="row">{title.clone()}</th>
                <td class="nowrap" data-l="Held">
                    <a href=format!("/checkpoints/{}", score.id)>{day(score.held_on)}</a>
                </td>
                <td data-l="Score">{figure} {change} {focus}</td>
            </tr>
        }
        .into_any()
    };
    rows.into_iter().map(view).collect()
}

/// Whole points.
#[expect(clippy::cast_possible_truncation, reason = "scores are from 0 to 100")]
fn points(difference: f64) -> i32 {
    difference.round() as i32
}
