//! The middle of the facilitator's bar during a vote: hands and reveal, then vote again and agree.

use super::draft::AgreeDraft;
use super::hands::HandsDialog;
use super::{Phase, of_vote};
use crate::domain::command::Command;
use crate::domain::facts;
use crate::domain::ids::StepId;
use crate::domain::metric::{Code, Metric};
use crate::domain::vote;
use crate::domain::workshop::Workshop;
use crate::ui::components::{Icon, IconName, changing};
use crate::ui::live::Live;
use leptos::prelude::*;

/// What a facilitator can do now.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Act {
    /// The summary is published: nothing.
    Nothing,
    /// Enter hands, reveal the round.
    Reveal(u32),
    /// Agree, or vote again.
    Agree(u32),
    /// Take the agreement back.
    Undo,
}

impl Act {
    fn of(w: &Workshop, step: StepId) -> Self {
        let agreed = w.votes.get(&step).is_some_and(|vote| vote.agreed.is_some());
        match Phase::of(w, step) {
            _ if w.published() => Self::Nothing,
            _ if agreed => Self::Undo,
            Phase { round, revealed: true } => Self::Agree(round),
            Phase { round, .. } => Self::Reveal(round),
        }
    }
}

/// The controls of a vote for the facilitator's bar.
#[component]
pub fn VoteControls(
    /// The step of the vote.
    step: StepId,
) -> impl IntoView {
    let live = Live::from_context();
    let act = live.select(move |w| Act::of(w, step));
    let metric = live.with_untracked(|w| w.votes.get(&step).map(|vote| vote.metric));
    changing(move || {
        metric.map(|metric| match act.get() {
            Act::Nothing => ().into_any(),
            Act::Reveal(round) => view! { <BeforeReveal step metric round/> }.into_any(),
            Act::Agree(round) => view! { <AfterReveal step metric round/> }.into_any(),
            Act::Undo => view! { <UndoAgreement step/> }.into_any(),
        })
    })
}

/// Sends a command of the vote.
fn ask(live: Live, command: vote::Command) {
    live.send(Command::Vote(command));
}

#[component]
fn BeforeReveal(step: StepId, metric: Metric, round: u32) -> impl IntoView {
    let live = Live::from_context();
    let nobody = of_vote(live, step, |vote| vote.round().1.answered() == 0);
    let open = RwSignal::new(false);
    view! {
        <button class="btn" type="button" on:click=move |_| open.set(true)>
            <Icon name=IconName::Hand/>
            <span class="btn__t">"Raised hands"</span>
        </button>
        <button
            class="btn btn--primary"
            type="button"
            disabled=move || nobody.get()
            on:click=move |_| ask(live, vote::Command::Reveal { step, round })
        >
            "Reveal votes"
        </button>
        <HandsDialog step metric round open/>
    }
}

#[component]
fn AfterReveal(step: StepId, metric: Metric, round: u32) -> impl IntoView {
    let live = Live::from_context();
    let draft = AgreeDraft::of(step);
    let median = of_vote(live, step, |vote| vote.last_tally().and_then(vote::Tally::median));
    let chosen = Memo::new(move |_| {
        draft
            .choice
            .get()
            .filter(|(of, _)| *of == round)
            .map(|(_, code)| code)
            .or_else(|| median.get())
    });
    let choose = move |event| {
        let code = event_target_value(&event).parse().ok().and_then(Code::new);
        draft.choice.set(code.map(|code| (round, code)));
    };
    let agree = move |_| {
        if let Some(answer) = chosen.get_untracked() {
            ask(
                live,
                vote::Command::Agree {
                    step,
                    answer,
                    why: draft.why.get_untracked(),
                },
            );
        }
    };
    let option = move |code: Code| {
        view! {
            <option
                value=code.get().to_string()
                selected=chosen.get_untracked() == Some(code)
                prop:selected=move || chosen.get() == Some(code)
            >
                {facts::question(metric).label(code)}
            </option>
        }
        .into_any()
    };
    let id = format!("agreed-{step}");
    view! {
        <button class="btn again" type="button" on:click=move |_| ask(live, vote::Command::VoteAgain { step })>"Vote again"</button>
        <label class="fbar__label" for=id.clone()>"The squad’s answer"</label>
        <select class="select" id=id on:change=choose>
            {median.get_untracked().is_none().then(|| view! { <option value="" selected=true>"Choose an answer"</option> }.into_any())}
            {Code::ALL.map(option).collect_view()}
        </select>
        <button class="btn btn--primary" type="button" disabled=move || chosen.get().is_none() on:click=agree>"Agree"</button>
    }
}

/// Takes the agreement back; what was written stays in the draft.
#[component]
pub fn UndoAgreement(
    /// The step.
    step: StepId,
) -> impl IntoView {
    let live = Live::from_context();
    let draft = AgreeDraft::of(step);
    let undo = move |_| {
        // Another facilitator may have agreed: then their words come back, not none.
        let why = live.with_untracked(|w| Some(w.votes.get(&step)?.agreed.as_ref()?.why.to_string()));
        if let Some(why) = why.filter(|_| draft.why.with_untracked(String::is_empty)) {
            draft.why.set(why);
        }
        ask(live, vote::Command::UndoAgreement { step });
    };
    view! {
        <button class="btn btn--ghost" type="button" on:click=undo>
            <Icon name=IconName::Undo/>
            "Undo agreement"
        </button>
    }
}
