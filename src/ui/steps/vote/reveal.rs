//! The count for all at once: a plain reading, the answers as bars, and what the squad makes of them.

use super::controls::UndoAgreement;
use super::draft::AgreeDraft;
use super::of_vote;
use super::results::Results;
use crate::domain::facts;
use crate::domain::ids::StepId;
use crate::domain::metric::Metric;
use crate::domain::text::Why;
use crate::domain::vote::Reading;
use crate::domain::workshop::Workshop;
use crate::ui::components::{Icon, IconName, SpreadGlyph, TextArea};
use crate::ui::live::Live;
use leptos::prelude::*;

/// How to read the count, above it.
#[component]
pub fn ReadingOf(
    /// The step.
    step: StepId,
) -> impl IntoView {
    let said = of_vote(Live::from_context(), step, |vote| {
        vote.last_tally().map(|tally| (tally.reading(), tally.totals()))
    });
    move || {
        said.get().map(|(reading, counts)| {
            view! {
                <section class=match reading {
                    Reading::FarApart => "reading reading--far",
                    Reading::Nothing => "reading reading--few",
                    Reading::Agree | Reading::Neighbours => "reading",
                }>
                    <SpreadGlyph counts=counts.to_vec()/>
                    <h2>{reading.title()}</h2>
                    <p>{reading.advice()}</p>
                </section>
            }
        })
    }
}

/// The count of the last round beside those before it, and the answer agreed on.
#[component]
pub fn Reveal(
    /// The step.
    step: StepId,
    /// What was asked.
    metric: Metric,
) -> impl IntoView {
    let live = Live::from_context();
    let agreed = of_vote(live, step, |vote| vote.agreed.clone());
    let explains = Memo::new(move |_| live.leads().get() && agreed.with(Option::is_none) && !live.with(Workshop::published));
    let undoes = Memo::new(move |_| {
        // On the squad's own step the bar has this button.
        live.leads().get() && live.with(|w| !w.published() && w.agenda.current != step)
    });
    view! {
        <Results step metric/>
        {move || agreed.get().map(|agreed| view! {
            <section class="agreed">
                <Icon name=IconName::Flag/>
                <div>
                    <h2>"You agreed: " {facts::question(metric).label(agreed.answer)}</h2>
                    {(!agreed.why.is_empty()).then(|| view! { <p class="own-words">{agreed.why.to_string()}</p> })}
                </div>
                <Show when=move || undoes.get()>
                    <UndoAgreement step/>
                </Show>
            </section>
        })}
        <Show when=move || explains.get()>
            <WhyField step/>
        </Show>
    }
}

#[component]
fn WhyField(step: StepId) -> impl IntoView {
    let draft = AgreeDraft::of(step);
    view! {
        <TextArea
            label="Why this answer (optional, printed on the summary)"
            name="why"
            id=format!("why-{step}")
            value=draft.why
            rows=2
            maxlength=u16::try_from(Why::MAX).unwrap_or(u16::MAX)
        />
    }
}
