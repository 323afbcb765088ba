//! Raised hands: the answers of people in the room without a device, entered by a facilitator and marked as such.

use crate::domain::command::Command;
use crate::domain::facts;
use crate::domain::ids::{CommandId, StepId};
use crate::domain::metric::{Code, Metric};
use crate::domain::vote::{self, Hands, MOST_HANDS};
use crate::ui::components::{Dialog, Show, changing};
use crate::ui::live::{Live, Topic};
use crate::ui::room::Refusal;
use leptos::prelude::*;

/// Six numbers and one for "not sure"; what was typed stays until the server has it.
#[component]
pub fn HandsDialog(
    /// The step.
    step: StepId,
    /// What is asked.
    metric: Metric,
    /// The round, counted from 1.
    round: u32,
    /// Open or not.
    open: RwSignal<bool>,
) -> impl IntoView {
    let live = Live::from_context();
    let before = live.with_untracked(|w| {
        let hands = w.votes.get(&step)?.round().1.hands.clone()?;
        hands.1
    });
    let before = before.unwrap_or_default();
    let field = |n: u32| RwSignal::new(if n == 0 { String::new() } else { n.to_string() });
    let counts = before.counts.map(field);
    let unsure = field(before.not_sure);
    let wrong = RwSignal::new(false);
    let on_its_way = RwSignal::new(None::<CommandId>);
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let hands = read(&counts, unsure);
        wrong.set(hands.is_none());
        if let Some(hands) = hands {
            on_its_way.set(Some(live.send(Command::Vote(vote::Command::RaiseHands { step, round, hands }))));
        }
    };
    Effect::new(move || {
        if live.last_done().is_some() && live.last_done() == on_its_way.get_untracked() {
            on_its_way.set(None);
            open.set(false);
        }
    });
    view! {
        <Dialog id="hands" title="Raised hands" open>
            // In the page only while it is open: its labels are those of the ballot.
            <Show when=move || open.get()>
                <form class="hands-form" on:submit=save>
                    <p class="quiet">"Count the hands of people in the room who have no device. They are marked as hands in the result."</p>
                    <ul class="hands">
                        {Code::ALL.into_iter().zip(counts).map(|(code, value)| view! { <HandsRow label=facts::question(metric).label(code) value/> }.into_any()).collect_view()}
                        <HandsRow label="Not sure" value=unsure/>
                    </ul>
                    <p class="field__error" role="alert">
                        {changing(move || wrong.get().then(|| format!("Please type whole numbers, at most {MOST_HANDS} for each answer.")))}
                    </p>
                    <Refusal topic=Topic::Vote(step)/>
                    <div class="dialog__end">
                        <button class="btn btn--primary" type="submit">"Save hands"</button>
                    </div>
                </form>
            </Show>
        </Dialog>
    }
}

#[component]
fn HandsRow(label: &'static str, value: RwSignal<String>) -> impl IntoView {
    view! {
        <li>
            <label class="hands__row">
                <span>{label}</span>
                <input
                    class="input input--n"
                    type="text"
                    inputmode="numeric"
                    autocomplete="off"
                    maxlength="3"
                    placeholder="0"
                    prop:value=move || value.get()
                    on:input=move |event| value.set(event_target_value(&event))
                />
            </label>
        </li>
    }
}

/// The numbers, unless one of them is none.
fn read(counts: &[RwSignal<String>; 6], unsure: RwSignal<String>) -> Option<Hands> {
    let number = |field: &RwSignal<String>| {
        field.with_untracked(|text| match text.trim() {
            "" => Some(0),
            text => text.parse().ok().filter(|n| *n <= MOST_HANDS),
        })
    };
    let counts: Vec<u32> = counts.iter().map(number).collect::<Option<_>>()?;
    Some(Hands {
        counts: counts.try_into().ok()?,
        not_sure: number(&unsure)?,
    })
}
