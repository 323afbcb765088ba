//! Actions: what the squad does about it. Everybody proposes, a facilitator accepts and puts them in order.

pub mod card;
pub mod form;
pub mod wall;

pub use self::wall::ActionsOnWall;

use self::card::Card;
use self::form::{Editing, Form};
use super::{Privacy, StepHead};
use crate::domain::actions::ListForm;
use crate::domain::agenda::StepKind;
use crate::domain::ids::{ActionId, StepId};
use crate::domain::improve::Item;
use crate::domain::people::Role;
use crate::domain::workshop::Workshop;
use crate::ui::components::{CopyButton, For, Icon, IconName, changing};
use crate::ui::live::{Live, Topic};
use crate::ui::room::{Beside, Refusal};
use leptos::prelude::*;

/// So many of the first improvements wait to be made into actions.
const TOP: usize = 5;

/// The step.
#[component]
pub fn ActionsStep(
    /// The step.
    step: StepId,
) -> AnyView {
    let live = Live::from_context();
    let editing = Editing::new();
    provide_context(editing);
    let may = live.select(move |w| !w.published() && w.people.get(live.you).is_some_and(|p| p.role != Role::Observer));
    let also = Signal::derive(
        move || match live.with(|w| (w.actions.accepted().count(), w.actions.proposed().count())) {
            (0, 0) => "nothing decided yet".to_owned(),
            (accepted, 0) => super::count(u32::try_from(accepted).unwrap_or(u32::MAX), "action", "actions"),
            (accepted, proposed) => format!(
                "{}, {proposed} proposed",
                super::count(u32::try_from(accepted).unwrap_or(u32::MAX), "action", "actions")
            ),
        },
    );
    let form = move || match editing.what.get() {
        Some(_) if may.get() => view! { <Form/> }.into_any(),
        None if may.get() => view! {
            <p>
                <button class="btn" type="button" on:click=move |_| editing.begin(None)>
                    <Icon name=IconName::Plus/>
                    "Add action"
                </button>
            </p>
        }
        .into_any(),
        _ => ().into_any(),
    };
    view! {
        <div class="stage__grid">
            <div>
                <StepHead step also/>
                <p class="question">"Who does what about it, and by when?"</p>
                <div class="actions-step">
                    {list("What we do", Memo::new(move |_| live.with(|w| ids(w, true))))}
                    {list("Proposed", Memo::new(move |_| live.with(|w| ids(w, false))))}
                    <Refusal topic=Topic::Actions/>
                    {form}
                    {changing(move || may.get().then(|| view! { <FromTheTop/> }))}
                </div>
                <Privacy kind=StepKind::Actions/>
            </div>
            <aside class="aside" aria-label="Beside this step">
                <Gaps/>
                <Copies/>
                <Beside/>
            </aside>
        </div>
    }
    .into_any()
}

fn ids(w: &Workshop, accepted: bool) -> Vec<ActionId> {
    let of_it = w.actions.0.iter().filter(|entry| entry.accepted == accepted);
    of_it.map(|entry| entry.id).collect()
}

fn list(title: &'static str, ids: Memo<Vec<ActionId>>) -> AnyView {
    let any = move || !ids.with(Vec::is_empty);
    (move || {
        any().then(|| {
            view! {
                <section aria-label=title>
                    <h2>{title}</h2>
                    <ol class="actions" role="list">
                        <For each=move || ids.get() key=Clone::clone let(id)>
                            <Card id/>
                        </For>
                    </ol>
                </section>
            }
            .into_any()
        })
    })
    .into_any()
}

/// The improvements that got most dots and that no action comes from yet.
#[component]
fn FromTheTop() -> AnyView {
    let live = Live::from_context();
    let editing = expect_context::<Editing>();
    let waiting = live.select(waiting);
    let row = move |(item, title, dots): (Item, String, Option<u32>)| {
        let dots = dots.map(|dots| super::count(dots, "dot", "dots"));
        view! {
            <li class="settle__row">
                <span><span class="own-words">{title.clone()}</span> {dots.map(|dots| view! { <small>{dots}</small> })}</span>
                <button
                    class="btn btn--s"
                    type="button"
                    aria-label=format!("Make an action of {title}")
                    on:click=move |_| editing.begin(Some(item))
                >
                    "Make an action of it"
                </button>
            </li>
        }
        .into_any()
    };
    (move || {
        let rows = waiting.get();
        (!rows.is_empty()).then(|| {
            view! {
                <section aria-labelledby="top-title">
                    <h2 id="top-title">"From the top of the list"</h2>
                    <ol class="settle" role="list">{rows.into_iter().map(row).collect_view()}</ol>
                </section>
            }
            .into_any()
        })
    })
    .into_any()
}

fn waiting(w: &Workshop) -> Vec<(Item, String, Option<u32>)> {
    let board = &w.improvements;
    let ranking = w.dots.ranking();
    let all: Vec<(Item, Option<u32>)> = if ranking.is_empty() {
        board.votable().into_iter().map(|item| (item, None)).collect()
    } else {
        let dots = |ranked: &crate::domain::dots::Ranked| ranked.dots.first().copied().flatten();
        ranking.iter().map(|ranked| (ranked.item, dots(ranked))).collect()
    };
    let taken = |item: &Item| w.actions.0.iter().any(|entry| entry.item == Some(*item));
    let there = |item: &Item| board.notes_of(*item).next().is_some();
    let open = all.into_iter().filter(|(item, _)| !taken(item) && there(item));
    open.take(TOP).map(|(item, dots)| (item, board.title(item), dots)).collect()
}

/// What the actions lack, said plainly.
#[component]
fn Gaps() -> AnyView {
    let live = Live::from_context();
    let gaps = live.select(|w| w.actions.gaps());
    let any = live.select(|w| w.actions.accepted().next().is_some());
    let words = move || match (gaps.get(), any.get()) {
        (_, false) => view! {
            <p>"A few actions that somebody owns and that have a date are worth more than many."</p>
        }
        .into_any(),
        (gaps, true) if gaps.is_empty() => view! {
            <p class="fits"><Icon name=IconName::Check small=true/>" Each has an owner and a date."</p>
        }
        .into_any(),
        (gaps, true) => gaps
            .into_iter()
            .map(|gap| view! { <p class="own-words">{gap}</p> })
            .collect_view()
            .into_any(),
    };
    view! {
        <section>
            <h2>"Before you go on"</h2>
            <div aria-live="polite">{words}</div>
        </section>
    }
    .into_any()
}

/// The actions in other forms.
#[component]
fn Copies() -> AnyView {
    let live = Live::from_context();
    let any = live.select(|w| w.actions.accepted().next().is_some());
    let button = move |form: ListForm| {
        let text = Signal::derive(move || live.with(|w| form.write(w.actions.accepted().map(|entry| &entry.action))));
        view! { <CopyButton label=form.label() text small=true/> }.into_any()
    };
    (move || {
        any.get().then(|| {
            view! {
                <section>
                    <h2>"Take them along"</h2>
                    <div class="actions__copies">{ListForm::ALL.map(button).collect_view()}</div>
                </section>
            }
            .into_any()
        })
    })
    .into_any()
}
