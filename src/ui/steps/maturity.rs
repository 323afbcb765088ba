//! Maturity: what the four agreed answers say, or which of them are still open.

use super::{Privacy, StepHead};
use crate::domain::agenda::{Step, StepKind};
use crate::domain::ids::StepId;
use crate::domain::metric::Metric;
use crate::domain::workshop::Workshop;
use crate::ui::components::{For, Icon, IconName, Show, changing};
use crate::ui::live::Live;
use crate::ui::maturity::{MaturityBar, MaturityResult};
use crate::ui::room::{Beside, Room};
use leptos::prelude::*;

/// The step.
#[component]
pub fn Maturity(
    /// The step.
    step: StepId,
) -> impl IntoView {
    let live = Live::from_context();
    let answers = live.select(|w| w.answers().map(|answers| (answers, w.industry)));
    let main = move || match answers.get() {
        Some((answers, industry)) => view! { <div class="maturity"><MaturityResult answers industry/></div> }.into_any(),
        None => view! { <StillOpen/> }.into_any(),
    };
    view! {
        <div class="stage__grid">
            <div>
                <StepHead step/>
                <div class="maturity">{changing(main)}</div>
                <Privacy kind=StepKind::Maturity/>
            </div>
            <aside class="aside" aria-label="Beside this step">
                <section>
                    <h2>"How to read it"</h2>
                    <p>"The level compares you with the people who answered the same four questions in 2019. It is a starting point for the conversation, not a mark."</p>
                </section>
                <FifthVote/>
                <Beside/>
            </aside>
        </div>
    }
}

/// The level on the screen of the meeting room, or what it still needs.
#[component]
pub fn MaturityOnWall() -> AnyView {
    let live = Live::from_context();
    let answers = live.select(Workshop::answers);
    let open = live.select(open_questions);
    changing(move || {
        match answers.get() {
        Some(answers) => {
            let maturity = crate::domain::page::Maturity::of(&answers);
            view! {
                <section class=format!("verdict level--{}", maturity.level.key())>
                    <h2 class="doc__title">"DevOps maturity is… "<em>{maturity.level.name()}</em></h2>
                    <p class="doc__lead">{maturity.sentence()}</p>
                    <MaturityBar answers=answers/>
                </section>
            }
        }
        .into_any(),
        None => view! {
            <section class="note">
                <h2>"The result needs all four answers"</h2>
                <p>"Not agreed yet:"</p>
                <ul class="open-questions">{changing(move || open.get().into_iter().map(|(_, title)| view! { <li>{title}</li> }).collect_view())}</ul>
            </section>
        }
        .into_any(),
    }
    })
}

/// The steps of the four questions that have no agreed answer.
pub(super) fn open_questions(w: &Workshop) -> Vec<(StepId, String)> {
    let open = |step: &&Step| match step.kind {
        StepKind::Vote(metric) => metric != Metric::DeploymentRework && w.agreed(metric).is_none(),
        _ => false,
    };
    w.agenda
        .steps
        .iter()
        .filter(open)
        .map(|step| (step.id, step.title().to_owned()))
        .collect()
}

/// What is still to be agreed, and the way there.
#[component]
fn StillOpen() -> impl IntoView {
    let live = Live::from_context();
    let open = live.select(open_questions);
    view! {
        <section class="empty">
            <h2>"The result needs all four answers"</h2>
            <p>"As soon as you have agreed on these, it appears here by itself:"</p>
            <OpenQuestions open/>
        </section>
    }
}

/// Links that look at steps on this screen alone.
#[component]
pub fn OpenQuestions(
    /// The steps and their titles.
    open: Memo<Vec<(StepId, String)>>,
) -> impl IntoView {
    let room = Room::from_context();
    view! {
        <ul class="open-questions">
            <For each=move || open.get() key=|(id, _)| *id let((id, title))>
                <li>
                    <button class="btn btn--text" type="button" on:click=move |_| room.look_at(id)>
                        {title}
                        <Icon name=IconName::Next small=true/>
                    </button>
                </li>
            </For>
        </ul>
    }
}

/// The optional question counts in today's view alone.
#[component]
fn FifthVote() -> impl IntoView {
    let fifth = Live::from_context().select(|w| w.vote_on(Metric::DeploymentRework).is_some());
    view! {
        <Show when=move || fifth.get()>
            <section>
                <h2>"The fifth question"</h2>
                <p>"The deployment rework rate is not part of the 2019 check. It counts in today’s view only."</p>
            </section>
        </Show>
    }
}
