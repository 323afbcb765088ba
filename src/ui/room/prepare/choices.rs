//! How the squad votes and whom it compares with; fixed once the first vote has been opened.

use super::change;
use crate::domain::agenda::StepKind;
use crate::domain::dots::MOST_DOTS;
use crate::domain::facts::Industry;
use crate::domain::improve::Authors;
use crate::domain::metric::Metric;
use crate::domain::plan::{Choice, Command, voting_began};
use crate::domain::vote::Secrecy;
use crate::ui::components::option;
use crate::ui::live::{Live, Part, Topic};
use crate::ui::room::Refusal;
use leptos::prelude::*;

/// A box, whether it is ticked, what it says, and what a click asks for.
type Box = (&'static str, &'static str, Memo<bool>, fn(Live, bool));

/// All choices.
#[component]
pub(super) fn Choices() -> AnyView {
    let live = Live::from_context();
    let fixed = live.select(voting_began);
    let boxes: [Box; 4] = [
        (
            "Show names beside answers after the reveal",
            "Otherwise votes are anonymous. The squad is told before it votes.",
            live.select(|w| w.options.secrecy == Secrecy::Open),
            |live, yes| choose(live, Choice::Secrecy(if yes { Secrecy::Open } else { Secrecy::Anonymous })),
        ),
        (
            "The facilitator votes too",
            "For a facilitator who is a member of the squad.",
            live.select(|w| w.options.facilitator_votes),
            |live, yes| choose(live, Choice::FacilitatorVotes(yes)),
        ),
        (
            "Reveal by itself",
            "The answers show as soon as everybody who is here has voted.",
            live.select(|w| w.options.auto_reveal),
            |live, yes| choose(live, Choice::AutoReveal(yes)),
        ),
        (
            "Ask the fifth question",
            "The deployment rework rate of today’s check. It does not change the level.",
            live.select(|w| w.vote_on(Metric::DeploymentRework).is_some()),
            ask_fifth,
        ),
    ];
    let boxes = boxes.map(|(label, hint, ticked, set)| {
        view! {
            <label class="check">
                <input
                    type="checkbox"
                    checked=ticked.get_untracked()
                    prop:checked=move || ticked.get()
                    prop:disabled=move || fixed.get()
                    on:change=move |event| set(live, event_target_checked(&event))
                />
                <span>{label}<br/><span class="small quiet">{hint}</span></span>
            </label>
        }
        .into_any()
    });
    let note = move || {
        fixed
            .get()
            .then(|| view! { <p class="small quiet">"The first vote has been opened, so these stand."</p> }.into_any())
    };
    view! {
        <fieldset class="form__set">
            <legend>"Votes"</legend>
            {note}
            {boxes.into_iter().collect_view()}
            <Compare fixed/>
            <Refusal topic=Topic::Plan(Part::Choices)/>
        </fieldset>
        <Improvements/>
    }
    .into_any()
}

fn choose(live: Live, choice: Choice) {
    change(live, Command::Choose(choice));
}

/// Who wrote a sticky, and how many dots there are.
#[component]
fn Improvements() -> AnyView {
    let live = Live::from_context();
    let written = live.select(|w| !w.improvements.stickies.is_empty());
    let anonymous = live.select(|w| w.options.authors == Authors::Anonymous);
    let dots = live.select(|w| w.options.dots);
    let keep = move |event| {
        let authors = if event_target_checked(&event) {
            Authors::Anonymous
        } else {
            Authors::Shown
        };
        choose(live, Choice::Authors(authors));
    };
    let entry = move |n: Option<u32>| {
        let words = match n {
            None => "As many as suit the improvements".to_owned(),
            Some(1) => "1 dot".to_owned(),
            Some(n) => format!("{n} dots"),
        };
        let value = n.map_or_else(String::new, |n| n.to_string());
        option(value, words, Signal::derive(move || dots.get() == n))
    };
    let set = move |event| choose(live, Choice::Dots(event_target_value(&event).parse().ok()));
    view! {
        <fieldset class="form__set">
            <legend>"Improvements and dots"</legend>
            <label class="check">
                <input
                    type="checkbox"
                    checked=anonymous.get_untracked()
                    prop:checked=move || anonymous.get()
                    prop:disabled=move || written.get()
                    on:change=keep
                />
                <span>
                    "Keep to each writer who wrote a sticky"
                    <br/>
                    <span class="small quiet">"Otherwise stickies carry the name. Nobody can look it up later."</span>
                </span>
            </label>
            <div class="field">
                <label for="plan-dots">"Dots for each person"</label>
                <select class="select" id="plan-dots" on:change=set>
                    {entry(None)}
                    {(1..=MOST_DOTS).map(|n| entry(Some(n))).collect_view()}
                </select>
            </div>
        </fieldset>
    }
    .into_any()
}

/// The fifth question is a step like the others: ticking the box adds it, clearing the box takes it away.
fn ask_fifth(live: Live, yes: bool) {
    let kind = StepKind::Vote(Metric::DeploymentRework);
    let there = live.with_untracked(|w| w.agenda.steps.iter().find(|s| s.kind == kind).map(|s| s.id));
    match there {
        None if yes => change(
            live,
            Command::Add {
                kind,
                title: String::new(),
            },
        ),
        Some(step) if !yes => change(live, Command::Remove(step)),
        _ => {}
    }
}

/// The industry whose respondents stand beside the answers.
#[component]
fn Compare(fixed: Memo<bool>) -> AnyView {
    let live = Live::from_context();
    let chosen = live.select(|w| w.industry.map_or("", Industry::key));
    let entry =
        move |key: &'static str, name: &'static str| option(key.to_owned(), name.to_owned(), Signal::derive(move || chosen.get() == key));
    let industries = Industry::ALL
        .into_iter()
        .map(|industry| entry(industry.key(), industry.name()))
        .collect_view();
    let set = move |event| choose(live, Choice::Industry(event_target_value(&event).parse().ok()));
    view! {
        <div class="field">
            <label for="plan-industry">"Compare with"</label>
            <select class="select" id="plan-industry" prop:disabled=move || fixed.get() on:change=set>
                {entry("", "All industries")}
                {industries}
            </select>
        </div>
    }
    .into_any()
}
