//! The answers: what the squad agreed on, how the votes lay, and what has changed since last time.

use crate::domain::facts;
use crate::domain::metric::{Code, Metric};
use crate::domain::page::Answered;
use crate::domain::vote::{Confidence, Tally};
use crate::ui::components::{Distribution, Icon, IconName};
use crate::ui::maturity::small;
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
        view! { <Distribution counts=counts agreed=answer.map(Code::get) label=votes_in_words(metric, tally) /> }.into_any()
    });
    // Without a vote nobody agrees here: it was elsewhere.
    let words = if rounds.is_empty() && answer.is_some() {
        "How the votes lay was not kept.".to_owned()
    } else {
        how_it_was_voted(&rounds)
    };
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
    let from = format!("from {}", small(facts::question(metric).label(before)));
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

/// "Votes: 2 for answer 4, 4 for answer 5, 1 not sure"
fn votes_in_words(metric: Metric, tally: &Tally) -> String {
    let mut parts: Vec<_> = Code::ALL
        .into_iter()
        .filter(|code| tally.of(*code) > 0)
        .map(|code| format!("{} for {}", tally.of(code), small(facts::question(metric).label(code))))
        .collect();
    if tally.unsure() > 0 {
        parts.push(format!("{} not sure", tally.unsure()));
    }
    if parts.is_empty() {
        "No votes".to_owned()
    } else {
        format!("Votes: {}", parts.join(", "))
    }
}

/// The rounds, how people knew, and who was not sure, in a sentence or two.
fn how_it_was_voted(rounds: &[Tally]) -> String {
    let Some(last) = rounds.last() else {
        return "No vote was revealed.".to_owned();
    };
    let mut sentences = Vec::new();
    if rounds.len() == 1 {
        sentences.push(format!("{}.", last.reading().title()));
    } else {
        let each = rounds
            .iter()
            .zip(1..)
            .map(|(tally, n): (_, u32)| format!("round {n} {}", tally.reading().title().to_lowercase()));
        sentences.push(format!("{} rounds: {}.", rounds.len(), each.collect::<Vec<_>>().join(", ")));
    }
    let known: Vec<_> = Confidence::ALL
        .into_iter()
        .map(|how| (last.confident(how), how))
        .filter(|(count, _)| *count > 0)
        .map(|(count, how)| knew(count, how))
        .collect();
    if !known.is_empty() {
        sentences.push(format!("How you know: {}.", known.join(", ")));
    }
    match last.unsure() {
        0 => {}
        1 => sentences.push("1 was not sure.".to_owned()),
        n => sentences.push(format!("{n} were not sure.")),
    }
    sentences.join(" ")
}

fn knew(count: u32, how: Confidence) -> String {
    match (count, how) {
        (n, Confidence::Measured) => format!("{n} measured"),
        (1, Confidence::Remember) => "1 remembers".to_owned(),
        (n, Confidence::Remember) => format!("{n} remember"),
        (1, Confidence::Guess) => "1 guesses".to_owned(),
        (n, Confidence::Guess) => format!("{n} guess"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_votes_are_told_in_words() {
        let tally = Tally {
            counts: [0, 0, 0, 2, 4, 0],
            not_sure: 1,
            confidence: [3, 1, 2],
            ..Tally::default()
        };
        assert_eq!(
            votes_in_words(Metric::LeadTime, &tally),
            "Votes: 2 for one day to one week, 4 for less than one day, 1 not sure"
        );
        assert_eq!(
            how_it_was_voted(&[
                Tally {
                    counts: [1, 0, 0, 0, 0, 1],
                    ..Tally::default()
                },
                tally
            ]),
            "2 rounds: round 1 far apart, round 2 neighbouring answers. How you know: 3 measured, 1 remembers, 2 guess. 1 was not sure."
        );
        assert_eq!(how_it_was_voted(&[]), "No vote was revealed.");
    }
}
