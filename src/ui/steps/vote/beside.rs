//! What helps beside a vote: last time, how the squad knows, the round before, a tip, and what the words mean.

use super::of_vote;
use super::words::{how_we_know, mostly_guesses, since_last_time};
use crate::domain::facts;
use crate::domain::ids::StepId;
use crate::domain::metric::Metric;
use crate::domain::scene::Line;
use crate::domain::text::day;
use crate::domain::vote::Vote;
use crate::ui::components::{Distribution, For, Icon, IconName, Show, changing};
use crate::ui::live::Live;
use leptos::prelude::*;

/// The answer of last time, and how far this one is from it.
#[component]
pub fn LastTime(
    /// The step.
    step: StepId,
    /// What was asked.
    metric: Metric,
) -> impl IntoView {
    let live = Live::from_context();
    let then = live.select(move |w| {
        let before = w.votes.get(&step)?.last_time?;
        Some((before, w.previous.as_ref().map(|p| day(p.held_on))))
    });
    let now = of_vote(live, step, |vote| {
        vote.agreed.as_ref().map(|a| a.answer).or_else(|| vote.last_tally()?.median())
    });
    let delta = move |before| {
        now.get().map(|now| {
            let (class, words) = since_last_time(before, now);
            let icon = match class {
                "delta delta--up" => IconName::Up,
                "delta delta--down" => IconName::Down,
                _ => IconName::Same,
            };
            view! { <p><span class=class><Icon name=icon/>{words}</span></p> }.into_any()
        })
    };
    changing(move || {
        then.get().map(|(before, on)| {
            view! {
                <section>
                    <h2>{on.map_or("Last time".to_owned(), |on| format!("Last time, {on}"))}</h2>
                    <p>{facts::question(metric).label(before)}</p>
                    {changing(move || delta(before))}
                </section>
            }
            .into_any()
        })
    })
}

/// How sure the squad is.
#[component]
pub fn HowWeKnow(
    /// The step.
    step: StepId,
    /// What was asked.
    metric: Metric,
) -> impl IntoView {
    let said = of_vote(Live::from_context(), step, move |vote| {
        let (number, tally) = (vote.round().0, vote.last_tally()?);
        let answer = vote.agreed.as_ref().map(|a| a.answer).or_else(|| tally.median());
        let guesses = answer.and_then(|answer| mostly_guesses(metric, answer, tally));
        Some((number, guesses, how_we_know(tally)?))
    });
    changing(move || {
        said.get().map(|(number, guesses, list)| {
            view! {
                <section>
                    <h2>{format!("How we know, round {number}")}</h2>
                    {guesses.map(|guesses| view! { <p><strong>{guesses}</strong></p> }.into_any())}
                    <p>{list}</p>
                </section>
            }
            .into_any()
        })
    })
}

/// The count of the round before, while the next one is open.
#[component]
pub fn EarlierRound(
    /// The step.
    step: StepId,
    /// What is asked.
    metric: Metric,
    /// The round at hand, counted from 1.
    round: u32,
) -> impl IntoView {
    let counts = of_vote(Live::from_context(), step, move |vote: &Vote| {
        let before = (round as usize).checked_sub(2)?;
        Some(vote.rounds.get(before)?.tally.as_ref()?.totals())
    });
    let words = move |counts: [u32; 6]| {
        let question = facts::question(metric);
        let given = question.options.iter().zip(counts).filter(|(_, n)| *n > 0);
        given.map(|(label, n)| format!("{label}: {n}")).collect::<Vec<_>>().join("; ")
    };
    changing(move || {
        counts.get().map(|counts| {
            view! {
                <section>
                    <h2>{format!("Round {}", round - 1)}</h2>
                    <Distribution counts=counts.to_vec() agreed=None label=words(counts)/>
                </section>
            }
            .into_any()
        })
    })
}

/// A hint on how to answer.
#[component]
pub fn Tip(
    /// What is asked.
    metric: Metric,
) -> impl IntoView {
    view! {
        <section>
            <h2>"Tip"</h2>
            <p>{facts::question(metric).tip.as_str()} " " {facts::guess_tip()}</p>
        </section>
    }
}

/// The lines of the scope that were written.
#[component]
pub fn ScopeLines() -> impl IntoView {
    let lines = Live::from_context().select(|w| {
        let written = Line::ALL.into_iter().map(|line| (line.label(), w.scope.get(line).to_string()));
        written.filter(|(_, text)| !text.is_empty()).collect::<Vec<_>>()
    });
    view! {
        <Show when=move || !lines.with(Vec::is_empty)>
            <section>
                <h2>"What we agreed to talk about"</h2>
                <dl>
                    <For each=move || lines.get() key=Clone::clone let((label, text))>
                        <div>
                            <dt>{label}</dt>
                            <dd>{text}</dd>
                        </div>
                    </For>
                </dl>
            </section>
        </Show>
    }
}
