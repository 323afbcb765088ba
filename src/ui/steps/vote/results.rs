//! The table of a revealed vote: the rows of the ballot in the same place, each with a bar behind it.

use super::super::count;
use super::of_vote;
use super::words::caption;
use crate::domain::facts;
use crate::domain::ids::StepId;
use crate::domain::metric::{Code, Metric};
use crate::domain::vote::{Answer, Tally};
use crate::domain::workshop::Workshop;
use crate::ui::components::{Icon, IconName, Show, changing};
use crate::ui::live::Live;
use leptos::prelude::*;

/// The most rounds that fit side by side.
const COLUMNS: usize = 4;

/// One row of the table.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    answer: Answer,
    /// Votes for it in each round that is shown, oldest first.
    votes: Vec<u32>,
    /// Its share of the last round, in percent.
    share: f64,
    /// Its share of the round before.
    before: Option<f64>,
    hands: u32,
    names: Vec<String>,
    median: bool,
    last_time: bool,
}

/// What the table shows; it stands still from the reveal on.
#[derive(Clone, Debug, Default, PartialEq)]
struct Table {
    rounds: Vec<u32>,
    rows: Vec<Row>,
}

impl Table {
    fn of(w: &Workshop, step: StepId) -> Option<Self> {
        let vote = w.votes.get(&step)?;
        let all: Vec<(u32, &Tally)> = (1..)
            .zip(&vote.rounds)
            .filter_map(|(n, round)| Some((n, round.tally.as_ref()?)))
            .collect();
        let shown = &all[all.len().saturating_sub(COLUMNS)..];
        let (last, before) = (shown.last()?.1, shown.iter().rev().nth(1).map(|(_, tally)| *tally));
        let row = |answer: Answer| Row {
            answer,
            votes: shown.iter().map(|(_, tally)| votes(tally, answer)).collect(),
            share: share(last, answer),
            before: before.map(|tally| share(tally, answer)),
            hands: match answer {
                Answer::Code(code) => last.hands.counts[usize::from(code.get()) - 1],
                Answer::NotSure => last.hands.not_sure,
            },
            names: names(w, last, answer),
            median: last.median().map(Answer::Code) == Some(answer),
            last_time: vote.last_time.map(Answer::Code) == Some(answer),
        };
        let mut rows: Vec<Row> = Code::ALL.into_iter().map(Answer::Code).map(row).collect();
        rows.extend(Some(row(Answer::NotSure)).filter(|row| row.votes.iter().any(|n| *n > 0)));
        Some(Self {
            rounds: shown.iter().map(|(n, _)| *n).collect(),
            rows,
        })
    }
}

fn votes(tally: &Tally, answer: Answer) -> u32 {
    match answer {
        Answer::Code(code) => tally.of(code),
        Answer::NotSure => tally.unsure(),
    }
}

/// In percent of everybody who answered.
fn share(tally: &Tally, answer: Answer) -> f64 {
    let everybody = tally.answered() + tally.unsure();
    100.0 * f64::from(votes(tally, answer)) / f64::from(everybody.max(1))
}

/// Who gave this answer, where the squad votes openly.
fn names(w: &Workshop, tally: &Tally, answer: Answer) -> Vec<String> {
    let open = tally.open.iter().flatten().filter(|(_, ballot)| ballot.answer == answer);
    open.map(|(who, ballot)| {
        let name = w.people.name(*who);
        ballot
            .confidence
            .map_or(name.to_owned(), |c| format!("{name} ({})", c.label().to_lowercase()))
    })
    .collect()
}

/// The answers as bars.
#[component]
pub fn Results(
    /// The step.
    step: StepId,
    /// What was asked.
    metric: Metric,
) -> impl IntoView {
    let live = Live::from_context();
    let table = live.select(move |w| Table::of(w, step));
    let agreed = of_vote(live, step, |vote| vote.agreed.as_ref().map(|a| a.answer));
    changing(move || {
        table.get().map(|Table { rounds, rows }| {
            let last = rounds.len().saturating_sub(1);
            let heads = rounds
                .iter()
                .enumerate()
                .map(|(n, round)| {
                    view! {
                        <th scope="col" class="n">
                            {(n + 1 == last).then(|| view! { <span class="line-key" aria-hidden="true"></span> }.into_any())}
                            {format!("Round {round}")}
                        </th>
                    }
                    .into_any()
                })
                .collect_view();
            view! {
                <table class="results">
                    <caption class="vh">{caption(metric, &rounds)}</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Answer"</th>
                            {heads}
                        </tr>
                    </thead>
                    <tbody>{rows.into_iter().map(|row| view! { <ResultRow row metric agreed/> }.into_any()).collect_view()}</tbody>
                </table>
            }
            .into_any()
        })
    })
}

/// The key and the words of an answer.
fn face(metric: Metric, answer: Answer) -> (u8, &'static str) {
    match answer {
        Answer::Code(code) => (code.get(), facts::question(metric).label(code)),
        Answer::NotSure => (0, "Not sure"),
    }
}

#[component]
fn ResultRow(row: Row, metric: Metric, agreed: Memo<Option<Code>>) -> impl IntoView {
    let (key, label) = face(metric, row.answer);
    let answer = row.answer;
    let chosen = Memo::new(move |_| agreed.get().map(Answer::Code) == Some(answer));
    let settled = Memo::new(move |_| agreed.get().is_some());
    let median = row.median;
    let last = row.votes.len().saturating_sub(1);
    let cells = row
        .votes
        .into_iter()
        .enumerate()
        .map(|(n, votes)| {
            let class = if n == last { "n" } else { "n before" };
            let figure = match votes {
                0 => view! { <span class="zero">"0"</span> }.into_any(),
                votes if n == last => view! { <b>{votes}</b> }.into_any(),
                votes => votes.into_any(),
            };
            view! { <td class=class>{figure}</td> }.into_any()
        })
        .collect_view();
    view! {
        <tr class=("result--top", move || median && !settled.get()) class=("result--agreed", move || chosen.get())>
            <th scope="row">
                <Bar share=row.share before=row.before/>
                <span class="result__cell">
                    <kbd class="key" aria-hidden="true">{key}</kbd>
                    <span class="result__name">{label}</span>
                    <span class="result__chips">
                        {(row.hands > 0).then(|| view! { <span class="chip"><Icon name=IconName::Hand/>{count(row.hands, "hand", "hands")}</span> }.into_any())}
                        {row.last_time.then(|| view! { <span class="chip">"Last time"</span> }.into_any())}
                        <Show when=move || median>
                            <span class="chip chip--accent">{changing(move || if settled.get() { "Median" } else { "Median, suggested" })}</span>
                        </Show>
                        <Show when=move || chosen.get()>
                            <span class="chip chip--agreed"><Icon name=IconName::Flag/>"Agreed"</span>
                        </Show>
                    </span>
                    {(!row.names.is_empty()).then(|| view! { <span class="names">{row.names.join(", ")}</span> }.into_any())}
                </span>
            </th>
            {cells}
        </tr>
    }
}

/// The bar behind a row, and the thin line of the round before.
#[component]
fn Bar(share: f64, before: Option<f64>) -> impl IntoView {
    let percent = |share: f64| format!("{share:.1}%");
    view! {
        <svg class="bar" aria-hidden="true">
            {(share > 0.0).then(|| view! { <rect width=percent(share) height="100%"></rect> }.into_any())}
            {before.filter(|before| *before > 0.0).map(|before| view! { <line class="before-line" x2=percent(before) y1="100%" y2="100%"></line> }.into_any())}
        </svg>
    }
}
