//! The answers: what the squad agreed on, how the votes lay, and what has changed since last time.

use crate::domain::facts;
use crate::domain::metric::{Code, Metric};
use crate::domain::page::Answered;
use crate::ui::components::{Distribution, Icon, IconName};
use leptos::prelude::*;

/// All questions that were asked, in the order of the agenda.
#[component]
pub fn FourAnswers(
    /// The questions and what came of them.
    answers: Vec<Answered>,
) -> impl IntoView {
    let cards = answers
        .into_iter()
        .map(|answered| view! { <OneAnswer answered=answered /> }.into_any())
        .collect_view();
    view! {
        <div class="answers">{cards}</div>
        <p class="key-line">"Answers run from 1, the worst, to 6, the best. The filled column is what the squad agreed on."</p>
    }
}

#[component]
fn OneAnswer(answered: Answered) -> impl IntoView {
    let words = answered.how_it_was_voted();
    let votes = answered.votes_in_words();
    let Answered {
        metric,
        answer,
        label,
        why,
        last_time,
        rounds,
    } = answered;
    let chart = rounds.last().map(|tally| {
        let counts = tally.totals().to_vec();
        view! { <Distribution counts=counts agreed=answer.map(Code::get) label=votes.clone() /> }.into_any()
    });
    view! {
        <div class="answer">
            <h3>{metric.name()}</h3>
            <p class="answer__v">{label.unwrap_or_else(|| "No answer agreed".to_owned())}</p>
            <p>{answer.zip(last_time).map(|(now, before)| view! { <Change metric=metric now=now before=before /> }.into_any())}</p>
            <div>{chart}</div>
            <div class="answer__note">
                {(!why.is_empty()).then(|| view! { <p class="own-words answer__why">{why.to_string()}</p> }.into_any())} <p>{words}</p>
            </div>
        </div>
    }
}

/// An arrow and words: never the arrow alone.
#[component]
fn Change(metric: Metric, now: Code, before: Code) -> impl IntoView {
    let from = format!("from {}", facts::question(metric).said(before));
    let (class, icon, words) = match now.cmp(&before) {
        std::cmp::Ordering::Greater => ("delta delta--up", IconName::Up, from),
        std::cmp::Ordering::Less => ("delta delta--down", IconName::Down, from),
        std::cmp::Ordering::Equal => ("delta delta--same", IconName::Same, "as last time".to_owned()),
    };
    let heard = match now.cmp(&before) {
        std::cmp::Ordering::Greater => "Better, ",
        std::cmp::Ordering::Less => "Worse, ",
        std::cmp::Ordering::Equal => "",
    };
    view! {
        <span class=class>
            <Icon name=icon />
            <span class="vh">{heard}</span>
            {words}
        </span>
    }
}
