//! A squad over time: what it agreed, its capabilities, its flow, and when it meets again. Charts show, tables beside them say the same.

pub mod capabilities;
pub mod flow;
pub mod rhythm;
pub mod words;

use crate::domain::facts::Edition;
use crate::domain::maturity::{Level, bands};
use crate::domain::metric::{Code, Metric};
use crate::domain::text::day;
use crate::domain::trends::{Held, Trend};
use crate::ui::charts::{Point, Scale, TimeChart};
use crate::ui::lists::LevelCell;
use crate::ui::maturity::EditionSwitch;
use crate::ui::query::{Here, address};
pub use capabilities::Capabilities;
pub use flow::FlowOverTime;
use leptos::prelude::*;
pub use rhythm::{Next, RhythmForm};
pub use words::{AsCsv, Better, short_answer};

/// Level and answers over time.
#[component]
pub fn Answers(
    /// The squad's part of an address.
    slug: String,
    /// Its checkpoints.
    trend: Trend,
    /// The page.
    here: Here,
    /// The edition that scores the answers.
    edition: Edition,
) -> impl IntoView {
    let held = trend.held;
    let switch = (!held.is_empty()).then(|| {
        view! {
            <EditionSwitch here=here current=edition />
            <p class="small quiet lead-in gap-above">{edition.on_many()}</p>
        }
        .into_any()
    });
    let body = match held.as_slice() {
        [] => {
            view! { <p class="empty">"This squad has not published a summary yet. What it agrees stands here from its first one on."</p> }
                .into_any()
        }
        [_] => view! {
            <p class="quiet lead-in">"From the second checkpoint on, charts show here what has changed."</p>
            <AnswersTable held=held.clone() edition=edition />
        }
        .into_any(),
        [.., before, last] => {
            let (title, caption) = match edition {
                Edition::Y2019 => ("Level", "Better than so many percent of the respondents of 2019, with the levels"),
                Edition::Y2021 | Edition::Y2022 => ("Percentile", "Better than so many percent of the respondents"),
                Edition::Y2024 | Edition::Y2025 => ("Score of 10", "Mean of the scores of all answers, from 0 to 10"),
            };
            let compare = address("/compare", &[("a", &before.id.to_string()), ("b", &last.id.to_string())]);
            view! {
                <figure class="chart">
                    <figcaption>{caption}</figcaption>
                    <TimeChart title=title points=scores(&held, edition) scale=scale(edition) />
                </figure>
                <div class="multiples">{asked(&held).into_iter().map(|metric| answers(&held, metric)).collect_view()}</div>
                <AnswersTable held=held.clone() edition=edition />
                <p class="small gap-above">
                    <a href=compare>"Compare the last two checkpoints"</a>
                </p>
            }
            .into_any()
        }
    };
    let file = (!held.is_empty()).then(|| view! { <AsCsv href=csv(&slug, "answers", edition.label()) what="the answers" /> }.into_any());
    view! {
        <section aria-labelledby="h-answers">
            <h2 id="h-answers">"Level and answers over time"</h2>
            {switch}
            {body}
            {file}
        </section>
    }
}

/// What stands over the scores of an edition.
#[must_use]
pub const fn score_head(edition: Edition) -> &'static str {
    match edition {
        Edition::Y2019 => "Level, better than",
        Edition::Y2021 | Edition::Y2022 => "Better than",
        Edition::Y2024 | Edition::Y2025 => "Score of 10",
    }
}

/// What an edition says of a checkpoint.
#[component]
pub fn ScoreCell(
    /// The checkpoint.
    held: Held,
    /// The edition.
    edition: Edition,
) -> impl IntoView {
    match (edition, held.under(edition)) {
        (Edition::Y2019, _) if held.level.is_some() => view! { <LevelCell level=held.level percentile=held.percentile /> }.into_any(),
        (Edition::Y2019, _) | (_, None) => view! { <span class="quiet">"none"</span> }.into_any(),
        (_, Some(score)) => view! { <span class="nowrap">{score.words()}</span> }.into_any(),
    }
}

/// The address of a table of a squad as a file.
fn csv(slug: &str, table: &str, edition: &str) -> String {
    address(&format!("/squads/{slug}.csv"), &[("table", table), ("edition", edition)])
}

/// The questions that were answered: the four, and the fifth where it was ever asked.
fn asked(held: &[Held]) -> Vec<Metric> {
    let answered = |metric: &Metric| Metric::FOUR.contains(metric) || held.iter().any(|held| held.answer(*metric).is_some());
    Metric::ALL.into_iter().filter(answered).collect()
}

fn scores(held: &[Held], edition: Edition) -> Vec<Point> {
    let point = |held: &Held| {
        let value = held.figure(edition);
        Point {
            day: held.held_on,
            value,
            figure: match edition {
                Edition::Y2024 | Edition::Y2025 => value.map(|score| format!("{score:.1}")),
                _ => value.map(|percent| format!("{percent:.0} %")),
            }
            .unwrap_or_default(),
        }
    };
    held.iter().map(point).collect()
}

fn scale(edition: Edition) -> Scale {
    match edition {
        Edition::Y2019 => levels(),
        Edition::Y2021 | Edition::Y2022 => Scale {
            height: 190.0,
            small: false,
            ..Scale::of_hundred(" %")
        },
        Edition::Y2024 | Edition::Y2025 => Scale {
            range: (0.0, 10.0),
            rules: vec![0.0, 5.0, 10.0],
            names: [0.0, 5.0, 10.0].map(|at| (at, at.to_string(), "")).to_vec(),
            height: 190.0,
            small: false,
        },
    }
}

/// The percentile's scale, with the bands of the levels.
fn levels() -> Scale {
    let class = |level: Level| match level {
        Level::Low => "level--low",
        Level::Medium => "level--medium",
        Level::High => "level--high",
        Level::Elite => "level--elite",
    };
    Scale {
        range: (0.0, 100.0),
        rules: bands().iter().map(|(_, from, _)| *from).chain([100.0]).collect(),
        names: bands()
            .map(|(level, from, to)| (f64::midpoint(from, to), level.name().to_owned(), class(level)))
            .to_vec(),
        height: 190.0,
        small: false,
    }
}

/// One question over time.
fn answers(held: &[Held], metric: Metric) -> AnyView {
    let point = |held: &Held| {
        let answer = held.answer(metric).map(Code::get);
        Point {
            day: held.held_on,
            value: answer.map(f64::from),
            figure: answer.map(|answer| answer.to_string()).unwrap_or_default(),
        }
    };
    let words = Code::ALL.map(|code| (f64::from(code.get()), short_answer(metric, code).to_owned(), ""));
    let scale = Scale {
        range: (1.0, 6.0),
        rules: words.iter().map(|(at, ..)| *at).collect(),
        names: words.to_vec(),
        height: 130.0,
        small: false,
    };
    view! {
        <figure class="chart">
            <figcaption>{metric.name()}</figcaption>
            <TimeChart title=metric.name() points=held.iter().map(point).collect() scale=scale />
        </figure>
    }
    .into_any()
}

/// The figures of the charts, newest first.
#[component]
fn AnswersTable(held: Vec<Held>, edition: Edition) -> impl IntoView {
    let metrics = asked(&held);
    let heads = metrics
        .iter()
        .map(|metric| view! { <th scope="col">{metric.name()}</th> }.into_any())
        .collect_view();
    let before = std::iter::once(None).chain(held.iter().copied().map(Some));
    let mut rows: Vec<_> = held
        .iter()
        .copied()
        .zip(before)
        .map(|(held, before)| row(held, before, &metrics, edition))
        .collect();
    rows.reverse();
    view! {
        <div class="scroller" tabindex="0" role="region" aria-label="Level and answers of each checkpoint">
            <table class="table table--stack">
                <caption class="vh">"Level and answers of each checkpoint, newest first, 1 is the worst and 6 the best answer"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Held"</th>
                        <th scope="col">{score_head(edition)}</th>
                        {heads}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

fn row(held: Held, before: Option<Held>, metrics: &[Metric], edition: Edition) -> AnyView {
    let cells = metrics.iter().map(|metric| cell(held, before, *metric)).collect_view();
    view! {
        <tr>
            <th scope="row" class="nowrap">
                <a href=format!("/checkpoints/{}", held.id)>{day(held.held_on)}</a>
            </th>
            <td data-l=score_head(edition)>
                <ScoreCell held=held edition=edition />
            </td>
            {cells}
        </tr>
    }
    .into_any()
}

fn cell(held: Held, before: Option<Held>, metric: Metric) -> AnyView {
    let answer = held.answer(metric).map_or_else(
        || view! { <span class="quiet">"none"</span> }.into_any(),
        |code| view! { {format!("{}: {}", code.get(), short_answer(metric, code))} }.into_any(),
    );
    let better = before.and_then(|before| held.better_than(&before, metric));
    let change = better.map(|by| view! { " " <Better by=by.into() unit="answer" /> }.into_any());
    view! {
        <td data-l=metric.name()>
            {answer} {change}
        </td>
    }
    .into_any()
}
