//! Since last time: one action at a time, large, until all are settled. Everybody sees it happen.

use super::{Privacy, StepHead, count};
use crate::domain::action::Status;
use crate::domain::agenda::StepKind;
use crate::domain::command::Command;
use crate::domain::ids::{ActionId, CommandId, StepId};
use crate::domain::metric::Metric;
use crate::domain::since;
use crate::domain::text::{ActionTitle, Owner, Why};
use crate::domain::workshop::Workshop;
use crate::ui::components::{Choice, Icon, IconName, Select, TextArea, TextField, changing};
use crate::ui::live::{Live, Topic};
use crate::ui::room::{Beside, Refusal};
use leptos::prelude::*;

/// The step.
#[component]
pub fn Since(
    /// The step.
    step: StepId,
) -> AnyView {
    let live = Live::from_context();
    let leads = live.leads();
    let also = Signal::derive(move || {
        let (settled, of) = live.with(|w| w.since.progress());
        if of == 0 {
            "nothing to settle".to_owned()
        } else {
            format!("{settled} of {of} settled")
        }
    });
    view! {
        <div class="stage__grid">
            <div>
                <StepHead step also/>
                <div class="since">
                    <ActionAtHand/>
                    <Refusal topic=Topic::Since/>
                    <Others/>
                    {changing(move || leads.get().then(|| view! { <WriteDown/> }))}
                </div>
                <Privacy kind=StepKind::Since/>
            </div>
            <aside class="aside" aria-label="Beside this step">
                <section>
                    <h2>"One by one"</h2>
                    <p>
                        "Say plainly how far each is. What is done or dropped ends here; what is in progress or not started goes on to the next checkpoint and keeps its age."
                    </p>
                </section>
                <Beside/>
            </aside>
        </div>
    }
    .into_any()
}

/// An action as this screen shows it.
#[derive(Clone, PartialEq)]
struct Shown {
    id: ActionId,
    title: String,
    about: String,
    status: Status,
    why: String,
    effect: Option<String>,
    settled: bool,
    added: bool,
}

fn shown(w: &Workshop, id: ActionId, item: &since::Item) -> Shown {
    Shown {
        id,
        title: item.action.title.to_string(),
        about: item.action.about(),
        status: item.action.status,
        why: item.action.why.to_string(),
        effect: w.effect(&item.action).map(since::Effect::sentence),
        settled: item.settled,
        added: item.added,
    }
}

/// The first action that is not settled, or that there is none.
#[component]
pub fn ActionAtHand() -> AnyView {
    let live = Live::from_context();
    let at_hand = live.select(|w| w.since.at_hand().map(|(id, item)| shown(w, id, item)));
    let left = live.select(|w| w.since.0.len());
    let card = move || {
        match at_hand.get() {
        Some(action) => card(live, action),
        None if left.get() == 0 => view! {
            <div class="note">
                <h2>"There is nothing to settle"</h2>
                <p>"No action is open from a checkpoint before this one. “Next step” in Welcome goes past this step; a facilitator can write down below what the squad decided elsewhere."</p>
            </div>
        }
        .into_any(),
        None => view! {
            <div class="note note--good">
                <h2>"All settled"</h2>
                <p>"What is still open goes on to the next checkpoint."</p>
            </div>
        }
        .into_any(),
    }
    };
    view! { <div aria-live="polite">{card}</div> }.into_any()
}

fn card(live: Live, action: Shown) -> AnyView {
    let id = action.id;
    let leads = live.leads();
    let effect = action
        .effect
        .map(|effect| view! { <p class="since__effect"><Icon name=IconName::Flag small=true/>" "{effect}</p> });
    let before = format!("So far: {}", action.status.label().to_lowercase());
    let controls = move || {
        if leads.get() {
            view! { <Settle id/> }.into_any()
        } else {
            view! { <p class="quiet">"Say how far it is. The facilitator settles it."</p> }.into_any()
        }
    };
    view! {
        <section class="since__card" aria-labelledby="action-title">
            <p class="eyebrow">{before}</p>
            <h2 id="action-title" class="own-words">{action.title}</h2>
            <p class="since__about">{action.about}</p>
            {effect}
            {controls}
        </section>
    }
    .into_any()
}

/// The four words, and why.
#[component]
fn Settle(
    /// The action.
    id: ActionId,
) -> AnyView {
    let live = Live::from_context();
    let why = RwSignal::new(String::new());
    let settle = move |status| {
        let why = why.get_untracked();
        live.send(Command::Since(since::Command::Settle { action: id, status, why }));
    };
    let button = move |status: Status| {
        view! { <button class="btn" type="button" on:click=move |_| settle(status)>{status.label()}</button> }
    };
    view! {
        <TextArea
            label="Why (optional, printed on the summary)"
            name="action-why"
            value=why
            rows=2
            maxlength=u16::try_from(Why::MAX).unwrap_or(u16::MAX)
        />
        <div class="buttons" role="group" aria-label="How far is it?">{Status::ALL.map(button).collect_view()}</div>
    }
    .into_any()
}

/// What is settled, and what comes after the action at hand.
#[component]
fn Others() -> AnyView {
    let live = Live::from_context();
    let leads = live.leads();
    let others = live.select(|w| {
        let at_hand = w.since.at_hand().map(|(id, _)| id);
        let rest = w.since.0.iter().filter(|(id, _)| Some(**id) != at_hand);
        rest.map(|(id, item)| shown(w, *id, item)).collect::<Vec<_>>()
    });
    let ask = move |command| {
        live.send(Command::Since(command));
    };
    let row = move |action: Shown, leads: bool| {
        let id = action.id;
        let (class, word) = match (action.settled, action.status) {
            (false, _) => ("chip", "To settle"),
            (true, Status::Done) => ("chip chip--good", Status::Done.label()),
            (true, status) => ("chip", status.label()),
        };
        let reopen = (leads && action.settled).then(|| {
            let name = format!("Settle again: {}", action.title);
            view! { <button class="btn btn--s btn--ghost" type="button" aria-label=name on:click=move |_| ask(since::Command::Reopen(id))>"Settle again"</button> }
        });
        let remove = (leads && action.added).then(|| {
            let name = format!("Remove: {}", action.title);
            view! { <button class="btn btn--s btn--ghost" type="button" aria-label=name on:click=move |_| ask(since::Command::Remove(id))>"Remove"</button> }
        });
        let why = (!action.why.is_empty()).then(|| view! { <small class="own-words">{action.why}</small> });
        view! {
            <li>
                <span>
                    <span class="own-words">{action.title}</span>
                    <small>{action.about}</small>
                    {action.settled.then(|| action.effect.map(|effect| view! { <small>{effect}</small> }))}
                    {why}
                </span>
                <span class="settle__end">
                    <span class=class>{word}</span>
                    {reopen}
                    {remove}
                </span>
            </li>
        }
        .into_any()
    };
    (move || {
        let rows = others.get();
        (!rows.is_empty()).then(|| {
            let heading = count(u32::try_from(rows.len()).unwrap_or(u32::MAX), "other action", "other actions");
            let rows = rows.into_iter().map(|action| row(action, leads.get())).collect_view();
            view! {
                <section aria-labelledby="others-title">
                    <h2 id="others-title">{heading}</h2>
                    <ul class="settle">{rows}</ul>
                </section>
            }
            .into_any()
        })
    })
    .into_any()
}

/// An action that the squad decided on a whiteboard or in a wiki, so that it can be settled here.
#[component]
fn WriteDown() -> AnyView {
    let live = Live::from_context();
    let open = RwSignal::new(false);
    let (title, owner, due, expects) = (
        RwSignal::new(String::new()),
        RwSignal::new(String::new()),
        RwSignal::new(String::new()),
        RwSignal::new(String::new()),
    );
    let on_its_way = RwSignal::new(None::<CommandId>);
    let add = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let command = since::Command::Add {
            title: title.get_untracked(),
            owner: owner.get_untracked(),
            due: due.get_untracked(),
            expects: Metric::ALL.into_iter().find(|metric| metric.key() == expects.get_untracked()),
        };
        on_its_way.set(Some(live.send(Command::Since(command))));
    };
    // What was typed stays until the server has it.
    Effect::new(move || {
        if live.last_done().is_some() && live.last_done() == on_its_way.get_untracked() {
            on_its_way.set(None);
            for field in [title, owner, due, expects] {
                field.set(String::new());
            }
            open.set(false);
        }
    });
    let choices = Signal::derive(|| {
        let each = Metric::ALL.map(|metric| Choice::new(metric.key(), metric.name()));
        [Choice::new("", "No answer in particular")]
            .into_iter()
            .chain(each)
            .collect::<Vec<_>>()
    });
    let form = move || {
        view! {
            <form class="form note" on:submit=add>
                <h2>"An action from before Checkpoint"</h2>
                <TextField label="What was to be done" name="action" value=title required=true maxlength=u16::try_from(ActionTitle::MAX).unwrap_or(u16::MAX)/>
                <TextField label="Owner (optional)" name="action-owner" value=owner maxlength=u16::try_from(Owner::MAX).unwrap_or(u16::MAX)/>
                <TextField label="Due (optional)" name="action-due" value=due kind="date"/>
                <Select label="Which answer was it to move?" name="action-expects" choices value=expects/>
                <div class="form__end">
                    <button class="btn btn--primary" type="submit">"Write it down"</button>
                    <button class="btn" type="button" on:click=move |_| open.set(false)>"Not now"</button>
                </div>
            </form>
        }
        .into_any()
    };
    let button = move || {
        view! {
            <p>
                <button class="btn" type="button" on:click=move |_| open.set(true)>
                    <Icon name=IconName::Plus/>
                    "Write down an action from before"
                </button>
            </p>
        }
        .into_any()
    };
    (move || if open.get() { form() } else { button() }).into_any()
}
