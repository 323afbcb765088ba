//! What would move the level: the smallest changes of answer that reach the next one, in plain words.

use crate::domain::facts;
use crate::domain::maturity::{Answers, Move, NextLevel, Way, next_level};
use leptos::prelude::*;

/// How many ways are shown; from far below there are dozens.
const SHOWN: usize = 4;

/// The smallest changes of answer that reach the next level.
#[component]
pub fn WhatWouldMoveIt(
    /// The agreed answers.
    answers: Answers,
) -> impl IntoView {
    let Some(NextLevel { level, steps, ways }) = next_level(&answers) else {
        return view! { <p>"You are at the highest level. Keep what brought you here, and see the single answers for what is left."</p> }
            .into_any();
    };
    let needed = match steps {
        1 => "one answer that is one option better".to_owned(),
        n => format!("answers that are {n} options better in all"),
    };
    let rest = ways.len().saturating_sub(SHOWN);
    let shown = ways
        .into_iter()
        .take(SHOWN)
        .map(|way| view! { <li>{in_words(&way)}</li> }.into_any())
        .collect_view();
    view! {
        <p class="lead-in">{format!("{} takes {needed}. The shortest ways:", level.name())}</p>
        <ul class="ways">{shown}</ul>
        {(rest > 0)
            .then(|| {
                let others = if rest == 1 { "one other way".to_owned() } else { format!("{rest} other ways") };
                view! { <p class="small quiet gap-above">{format!("There {} {others} to spread the same improvement.", if rest == 1 { "is" } else { "are" })}</p> }.into_any()
            })}
    }
    .into_any()
}

/// "Lead time for changes from less than one day to less than one hour, and …"
fn in_words(way: &Way) -> String {
    let parts: Vec<_> = way.moves.iter().map(|change| one(*change)).collect();
    parts.join("; and ")
}

fn one(change: Move) -> String {
    let question = facts::question(change.metric);
    format!(
        "{}: from {} to {}",
        change.metric.name(),
        question.said(change.from),
        question.said(change.to)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::maturity::Answers;
    use crate::domain::metric::Code;

    #[test]
    fn the_shortest_way_reads_as_a_sentence() {
        let answers = Answers::from_fn(|_| Code::new(5)).expect("all are there");
        let next = next_level(&answers).expect("there is a higher one");
        assert_eq!(
            in_words(&next.ways[0]),
            "Lead time for changes: from less than one day to less than one hour"
        );
    }
}
