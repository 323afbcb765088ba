//! The controls of the dot vote for the facilitator's bar: how many dots, open, reveal, run-off.

use crate::domain::command::Command;
use crate::domain::dots::{self, Terms};
use crate::domain::improve::Item;
use crate::domain::workshop::Workshop;
use crate::ui::components::changing;
use crate::ui::live::Live;
use leptos::prelude::*;

/// What the bar shows.
#[derive(Clone, PartialEq)]
enum Stage {
    /// Nothing to do.
    Nothing,
    /// A round can be opened.
    Ready { again: bool, ties: Vec<Item> },
    /// A round is open.
    Open(u32),
}

fn stage(w: &Workshop) -> Stage {
    match w.dots.open() {
        _ if w.published() => Stage::Nothing,
        Some((round, _)) => Stage::Open(round),
        None if w.improvements.votable().is_empty() => Stage::Nothing,
        None => Stage::Ready {
            again: w.dots.revealed().next().is_some(),
            ties: w.dots.ties().into_iter().next().unwrap_or_default(),
        },
    }
}

/// The terms that are proposed: what was chosen when preparing, or what suits so many improvements.
fn proposed(w: &Workshop) -> Terms {
    let suggested = Terms::suggested(w.improvements.votable().len());
    let dots = w.options.dots.unwrap_or(suggested.dots);
    Terms {
        dots,
        on_one: suggested.on_one.min(dots),
    }
}

/// The controls.
#[component]
pub fn DotControls() -> AnyView {
    let live = Live::from_context();
    let stage = live.select(stage);
    let proposed = live.select(proposed);
    let open_terms = live.select(|w| w.dots.open().map(|(_, round)| round.terms));
    let chosen = RwSignal::new(None::<Terms>);
    let terms = Memo::new(move |_| open_terms.get().or_else(|| chosen.get()).unwrap_or_else(|| proposed.get()));
    let ask = move |command| {
        live.send(Command::Dots(command));
    };
    let set = move |new: Terms| {
        let new = Terms {
            on_one: new.on_one.min(new.dots),
            ..new
        };
        if open_terms.get_untracked().is_some() {
            ask(dots::Command::Adjust(new));
        } else {
            chosen.set(Some(new));
        }
    };
    let number = move |event: &leptos::ev::Event| event_target_value(event).parse::<u32>().ok();
    let dots_choice = move || {
        let option = move |n: u32| {
            let words = move || {
                let suggested = if n == proposed.get().dots { ", suggested" } else { "" };
                format!("{n} {}{suggested}", if n == 1 { "dot" } else { "dots" })
            };
            view! {
                <option value=n.to_string() selected=terms.get_untracked().dots == n prop:selected=move || terms.get().dots == n>
                    {words}
                </option>
            }
            .into_any()
        };
        let change = move |event: leptos::ev::Event| {
            if let Some(dots) = number(&event) {
                set(Terms {
                    dots,
                    ..terms.get_untracked()
                });
            }
        };
        view! {
            <label class="fbar__label" for="dots-each">"Each person has"</label>
            <select class="select dots-n" id="dots-each" on:change=change>
                {(1..=dots::MOST_DOTS).map(option).collect_view()}
            </select>
        }
        .into_any()
    };
    let stack_choice = move || {
        let option = move |n: u32| {
            view! {
                <option value=n.to_string() selected=terms.get_untracked().on_one == n prop:selected=move || terms.get().on_one == n>
                    {format!("{n} on one")}
                </option>
            }
            .into_any()
        };
        let change = move |event: leptos::ev::Event| {
            if let Some(on_one) = number(&event) {
                set(Terms {
                    on_one,
                    ..terms.get_untracked()
                });
            }
        };
        view! {
            <select class="select dots-stack" id="dots-stack" aria-label="At most so many on one improvement" on:change=change>
                {changing(move || (1..=terms.get().dots).map(option).collect_view())}
            </select>
        }
        .into_any()
    };
    let open = move |among: Vec<Item>| {
        ask(dots::Command::Open {
            terms: terms.get_untracked(),
            among,
        });
        chosen.set(None);
    };
    let discard = move |round| ask(dots::Command::Discard { round });
    (move || match stage.get() {
        Stage::Nothing => ().into_any(),
        Stage::Ready { again, ties } => {
            let run_off = (!ties.is_empty()).then(|| {
                let (count, ties) = (ties.len(), ties.clone());
                view! {
                    <button class="btn" type="button" on:click=move |_| open(ties.clone())>{format!("Run-off among the {count} tied")}</button>
                }
            });
            view! {
                {dots_choice()}
                {stack_choice()}
                {run_off}
                <button class=if again { "btn" } else { "btn btn--primary" } type="button" on:click=move |_| open(vec![])>
                    {if again { "Vote again on all" } else { "Open the dot vote" }}
                </button>
            }
            .into_any()
        }
        Stage::Open(round) => view! {
            {dots_choice()}
            {stack_choice()}
            <button class="btn btn--primary" type="button" on:click=move |_| ask(dots::Command::Reveal { round })>"Reveal dots"</button>
            <button class="btn btn--ghost" type="button" on:click=move |_| discard(round)>"Take the vote back"</button>
        }
        .into_any(),
    })
    .into_any()
}

/// Whether opening or revealing is what the facilitator does next.
pub fn unrevealed(w: &Workshop) -> bool {
    match stage(w) {
        Stage::Nothing => false,
        Stage::Open(_) => true,
        Stage::Ready { again, .. } => !again,
    }
}
