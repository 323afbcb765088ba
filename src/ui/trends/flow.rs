//! The delivery flow over time: its figures, and what changed from one drawing to the next in words.

use super::words::AsCsv;
use crate::domain::text::day;
use crate::domain::trends::Trend;
use crate::domain::trends::flows::Drawn;
use crate::ui::charts::{Point, Scale, TimeChart};
use crate::ui::lists;
use leptos::prelude::*;

const MINUTE: f64 = 60.0;
const HOUR: f64 = 60.0 * MINUTE;
const DAY: f64 = 24.0 * HOUR;

/// The flow of a squad.
#[component]
pub fn FlowOverTime(
    /// The squad's part of an address.
    slug: String,
    /// Its checkpoints.
    trend: Trend,
) -> impl IntoView {
    let (flows, left_out) = (trend.flows, lists::left_out(trend.left_out));
    let body = if flows.is_empty() {
        view! { <p class="empty">"No delivery flow is on a published summary of this squad."</p> }.into_any()
    } else {
        let charts = (flows.len() > 1).then(|| view! { <div class="multiples multiples--small">{charts(&flows)}</div> }.into_any());
        view! {
            {charts}
            <Figures flows=flows.clone() />
            <Changes flows=flows />
            <AsCsv href=super::csv(&slug, "flow", "") what="the figures" />
        }
        .into_any()
    };
    view! {
        <section aria-labelledby="h-flow">
            <h2 id="h-flow">"Delivery flow over time"</h2>
            {left_out}
            {body}
        </section>
    }
}

/// The words of a figure, where the checkpoint has it.
fn figure(drawn: &Drawn, name: &str) -> String {
    drawn
        .facts
        .iter()
        .find(|fact| fact.name == name)
        .map_or_else(String::new, |fact| fact.value.clone())
}

fn charts(flows: &[Drawn]) -> Vec<AnyView> {
    /// The words of a value.
    type Words = fn(f64) -> String;
    let times: Vec<Option<f64>> = flows.iter().map(|drawn| drawn.to_production).collect();
    let most = times.iter().flatten().copied().fold(0.0, f64::max);
    let time = Scale {
        range: (0.0, most),
        rules: vec![0.0, most],
        names: vec![(0.0, "0".to_owned(), ""), (most, in_one_unit(most), "")],
        ..Scale::of_hundred("")
    };
    let efficiency = flows.iter().map(|drawn| drawn.efficiency.map(f64::from)).collect();
    let automated = flows.iter().map(|drawn| share(drawn.automated)).collect();
    let percent = |value: f64| format!("{value:.0} %");
    let charts: [(&str, Words, Vec<Option<f64>>, Scale); 3] = [
        ("Commit to production", in_one_unit, times, time),
        ("Flow efficiency", percent, efficiency, Scale::of_hundred(" %")),
        ("Automated steps", percent, automated, Scale::of_hundred(" %")),
    ];
    charts
        .into_iter()
        .filter(|(_, _, values, _)| values.iter().flatten().count() > 1)
        .map(|(name, words, values, scale)| {
            let point = |(drawn, value): (&Drawn, Option<f64>)| Point {
                day: drawn.held_on,
                value,
                figure: value.map(words).unwrap_or_default(),
            };
            let points = flows.iter().zip(values).map(point).collect();
            view! {
                <figure class="chart">
                    <figcaption>{name}</figcaption>
                    <TimeChart title=name points=points scale=scale />
                </figure>
            }
            .into_any()
        })
        .collect()
}

/// A time as short as fits beside a point: "35 min", "1.5 h", "3.2 d".
fn in_one_unit(seconds: f64) -> String {
    match seconds {
        ..MINUTE => format!("{seconds:.0} s"),
        ..HOUR => format!("{:.0} min", seconds / MINUTE),
        ..DAY => format!("{:.1} h", seconds / HOUR),
        _ => format!("{:.1} d", seconds / DAY),
    }
}

#[expect(clippy::cast_precision_loss, reason = "a flow has few steps")]
fn share((part, all): (usize, usize)) -> Option<f64> {
    (all > 0).then(|| 100.0 * part as f64 / all as f64)
}

/// All figures, newest first.
#[component]
fn Figures(flows: Vec<Drawn>) -> impl IntoView {
    let mut names: Vec<String> = vec![];
    for fact in flows.iter().flat_map(|drawn| &drawn.facts) {
        if !names.contains(&fact.name) {
            names.push(fact.name.clone());
        }
    }
    let heads = names
        .iter()
        .map(|name| view! { <th scope="col">{name.clone()}</th> }.into_any())
        .collect_view();
    let rows = flows
        .iter()
        .rev()
        .map(|drawn| {
            let cells = names
                .iter()
                .map(|name| view! { <td data-l=name.clone()>{figure(drawn, name)}</td> }.into_any())
                .collect_view();
            view! {
                <tr>
                    <th scope="row" class="nowrap">
                        <a href=format!("/checkpoints/{}", drawn.id)>{day(drawn.held_on)}</a>
                    </th>
                    {cells}
                </tr>
            }
            .into_any()
        })
        .collect_view();
    view! {
        <table class="table table--stack">
            <caption class="vh">"Figures of the delivery flow, newest first"</caption>
            <thead>
                <tr>
                    <th scope="col">"Held"</th>
                    {heads}
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

/// What changed each time, newest first; what is longer ago is folded away.
#[component]
fn Changes(flows: Vec<Drawn>) -> impl IntoView {
    // Those that drew none stand between them, so each names the one it is told from.
    let mut times = flows
        .windows(2)
        .rev()
        .filter_map(|pair| Some((&pair[0], &pair[1], pair[1].changes.as_ref()?)));
    let last = times.next();
    let earlier: Vec<AnyView> = times.map(changed).collect();
    last.map(|last| {
        let earlier = (!earlier.is_empty()).then(|| {
            view! {
                <details class="fold">
                    <summary>"Changes before that"</summary>
                    {earlier}
                </details>
            }
            .into_any()
        });
        view! {
            <h3 class="gap-above">"What changed"</h3>
            {changed(last)}
            {earlier}
        }
        .into_any()
    })
}

fn changed((before, drawn, changes): (&Drawn, &Drawn, &Vec<String>)) -> AnyView {
    let sentences = if changes.is_empty() {
        view! { <li>"Nothing changed."</li> }.into_any()
    } else {
        changes
            .iter()
            .map(|change| view! { <li>{change.clone()}</li> }.into_any())
            .collect_view()
            .into_any()
    };
    view! {
        <p class="quiet">{format!("{}, since the flow of {}", day(drawn.held_on), day(before.held_on))}</p>
        <ul class="doc-flow__changes">{sentences}</ul>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_time_is_not_nothing() {
        let said = [20.0, 600.0, 5400.0, 86_400.0, 280_000.0].map(in_one_unit);
        assert_eq!(said, ["20 s", "10 min", "1.5 h", "1.0 d", "3.2 d"]);
    }
}
