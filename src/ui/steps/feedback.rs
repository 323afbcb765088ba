//! Feedback: a short anonymous survey about the checkpoint itself. Nothing of it is in the room's state: the answers belong to nobody.

use super::{Privacy, StepHead};
use crate::api::feedback::{FeedbackView, GiveFeedback, load_feedback};
use crate::domain::agenda::StepKind;
use crate::domain::ids::StepId;
use crate::ui::components::{CopyButton, changing};
use crate::ui::feedback::{FeedbackForm, FeedbackReport, so_far};
use crate::ui::forms::successes;
use crate::ui::live::Live;
use crate::ui::room::{Beside, Room, StepText};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The step.
#[component]
pub fn FeedbackStep(
    /// The step.
    step: StepId,
) -> AnyView {
    let live = Live::from_context();
    let give = ServerAction::<GiveFeedback>::new();
    let view = asked(live, successes(give));
    let code = live.with_untracked(|w| w.code.to_string());
    let said = move || {
        let mine = view.with(|view| view.as_ref().is_some_and(|view| view.mine.is_some()));
        mine.then(|| view! { <p class="note note--good" role="status">"Your answer is saved. You can still change it."</p> }.into_any())
    };
    // The form is made anew when the answer of before is known, and not while somebody types.
    let mine = Memo::new(move |_| view.with(|view| view.as_ref().and_then(|view| view.mine.clone())));
    let form = move || view! { <FeedbackForm code=code.clone() give mine=mine.get()/> }.into_any();
    view! {
        <div class="stage__grid">
            <div>
                <StepHead step/>
                <StepText step/>
                {changing(said)}
                {changing(form)}
                <Privacy kind=StepKind::Feedback/>
            </div>
            <aside class="aside" aria-label="Beside this step">
                <section>
                    <h2>"Answers"</h2>
                    <p role="status">{count(live)}</p>
                    {changing(move || report(live, view))}
                </section>
                <Link/>
                <Beside/>
            </aside>
        </div>
    }
    .into_any()
}

/// Asks the server when the step is shown, and again when one's own answer is taken; for facilitators, whenever there is another answer.
fn asked(live: Live, given: Memo<usize>) -> RwSignal<Option<FeedbackView>> {
    let view = RwSignal::new(None);
    let leads = live.leads();
    Effect::new(move |_| {
        // Read, and not only tracked: a memo that nobody reads never looks at its sources.
        let _ = given.get();
        if leads.get() {
            live.feedback().track();
        }
        let code = live.with_untracked(|w| w.code.to_string());
        spawn_local(async move {
            // The step may have gone while the server answered.
            if let Ok(answer) = load_feedback(code).await
                && !view.is_disposed()
            {
                if live.feedback().get_untracked() != Some(answer.count) {
                    live.feedback().set(Some(answer.count));
                }
                view.set(Some(answer));
            }
        });
    });
    view
}

fn count(live: Live) -> impl Fn() -> String {
    move || live.feedback().get().map_or_else(String::new, so_far)
}

fn report(live: Live, view: RwSignal<Option<FeedbackView>>) -> Option<AnyView> {
    let report = view.with(|view| view.as_ref().map(|view| view.report.clone()))?;
    live.leads().get().then(|| view! { <FeedbackReport report/> }.into_any())
}

/// The address for whoever has to go, or answers later.
#[component]
fn Link() -> AnyView {
    let address = Room::from_context()
        .fixed
        .with_value(|fixed| fixed.join_url.replacen("/join/", "/feedback/", 1));
    view! {
        <section>
            <h2>"Later, or from a phone"</h2>
            <p class="small">"This link works until a week after the summary is published."</p>
            <p><code>{address.clone()}</code></p>
            <CopyButton text=Signal::stored(address) label="Copy link"/>
        </section>
    }
    .into_any()
}

/// The step on the screen of the meeting room.
#[component]
pub fn FeedbackOnWall() -> AnyView {
    let live = Live::from_context();
    view! {
        <div class="wall__talk">
            <p>"Was this checkpoint worth the time? Answer on your own device; nobody can tell who said what."</p>
            <p role="status">{count(live)}</p>
        </div>
    }
    .into_any()
}
