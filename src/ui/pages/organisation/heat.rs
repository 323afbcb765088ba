//! The heat map: a table whose cells say the answer, shaded by how good it is.

use super::{edition, here};
use crate::api::trends::{Filter, Row};
use crate::domain::facts::Edition;
use crate::domain::metric::{Code, Metric};
use crate::domain::text::day;
use crate::domain::trends::Held;
use crate::domain::trends::rhythm::Standing;
use crate::ui::trends::{Better, ScoreCell, score_head, short_answer};
use leptos::prelude::*;

/// Squads by answers.
#[component]
pub fn HeatMap(
    /// The squads.
    rows: Vec<Row>,
    /// What the page is narrowed to.
    filter: Filter,
) -> impl IntoView {
    let asked = |metric: &Metric| {
        Metric::FOUR.contains(metric) || rows.iter().any(|row| row.last.is_some_and(|last| last.answer(*metric).is_some()))
    };
    let metrics: Vec<_> = Metric::ALL.into_iter().filter(asked).collect();
    let heads = metrics
        .iter()
        .map(|metric| view! { <SortBy key=metric.key() name=metric.name() filter=filter.clone() /> }.into_any())
        .collect_view();
    let lines = rows.into_iter().map(|row| line(row, &metrics, edition(&filter))).collect_view();
    view! {
        <div class="scroller" tabindex="0" role="region" aria-label="Squads and their answers">
            <table class="heat">
                <caption class="vh">"Last agreed answers by squad, from 1, the worst, to 6, the best, with the change since the squad's checkpoint before"</caption>
                <thead>
                    <tr>
                        <SortBy key="" name="Squad" filter=filter.clone() />
                        {heads}
                        <SortBy key="level" name=score_head(edition(&filter)) filter=filter.clone() />
                        <SortBy key="held" name="Held" filter=filter />
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
        <Key />
    }
}

/// The head of a column: a click on it orders by it, lowest first.
#[component]
fn SortBy(key: &'static str, name: &'static str, filter: Filter) -> impl IntoView {
    let sorted = filter.sort == key;
    view! {
        <th scope="col" aria-sort=sorted.then_some("ascending")>
            <a href=here(&filter).with(&[("sort", key)])>{name}</a>
        </th>
    }
}

fn line(row: Row, metrics: &[Metric], edition: Edition) -> AnyView {
    let held = held(&row);
    let answers = match row.last {
        Some(last) => metrics
            .iter()
            .map(|metric| cell(last, row.better, *metric))
            .collect_view()
            .into_any(),
        None => view! {
            <td class="quiet" colspan=(metrics.len() + 1).to_string()>
                {if row.last_held.is_some() { "No checkpoint in this time" } else { "No checkpoint held yet" }}
            </td>
        }
        .into_any(),
    };
    let level = row.last.map(|last| {
        view! {
            <td>
                <ScoreCell held=last edition=edition />
            </td>
        }
        .into_any()
    });
    let archived = row.archived.then(|| view! { " " <span class="chip">"Archived"</span> }.into_any());
    view! {
        <tr>
            <th scope="row">
                <a href=format!("/squads/{}", row.slug)>{row.name}</a>
                {archived}
                <small>{row.tribe}</small>
            </th>
            {answers}
            {level}
            <td>{held}</td>
        </tr>
    }
    .into_any()
}

fn cell(last: Held, better: [Option<i8>; 5], metric: Metric) -> AnyView {
    let Some(code) = last.answer(metric) else {
        return view! { <td class="cell quiet">"none"</td> }.into_any();
    };
    let change = better[metric as usize].filter(|by| *by != 0);
    let change = change.map(|by| view! { <Better by=by.into() unit="answer" /> }.into_any());
    view! {
        <td class=format!("cell {}", shade(code))>
            <span class="cell__in">
                <span>
                    <span class="vh">{format!("{}: ", code.get())}</span>
                    {short_answer(metric, code)}
                </span>
                {change}
            </span>
        </td>
    }
    .into_any()
}

/// The class of an answer's colour.
fn shade(code: Code) -> &'static str {
    ["h1", "h2", "h3", "h4", "h5", "h6"][usize::from(code.get()) - 1]
}

/// The day, and whether the next one is late or planned.
fn held(row: &Row) -> AnyView {
    let next = match row.standing {
        Standing::Overdue(..) => view! { <span class="late">"overdue"</span> }.into_any(),
        Standing::Planned(on) => view! { <span class="quiet">{format!("next {}", day(on))}</span> }.into_any(),
        Standing::Due(_) | Standing::Never => ().into_any(),
    };
    view! {
        {row.last_held.map(day)}
        " "
        {next}
    }
    .into_any()
}

#[component]
fn Key() -> impl IntoView {
    let steps = Code::ALL
        .into_iter()
        .map(|code| view! { <i class=shade(code)>{code.get()}</i> }.into_any())
        .collect_view();
    view! {
        <p class="heat-key">
            <span class="ramp">"worst answer " <span>{steps}</span> " best answer"</span>
            <span>
                <Better by=1 unit="answer" />
                " one answer better than the checkpoint before"
            </span>
            <span>
                <Better by=-1 unit="answer" />
                " one answer worse"
            </span>
            <span>"no arrow: as before, or the first"</span>
        </p>
    }
}
