//! The count for all at once: a plain reading, the answers as bars, and what the squad agreed on.

use super::controls::UndoAgreement;
use super::draft::AgreeDraft;
use super::of_vote;
use super::results::Results;
use crate::domain::facts;
use crate::domain::ids::StepId;
use crate::domain::metric::Metric;
use crate::domain::text::Why;
use crate::domain::vote::{Agreed, Reading};
use crate::domain::workshop::Workshop;
use crate::ui::components::{Icon, IconName, Show, SpreadGlyph, TextArea, changing};
use crate::ui::live::Live;
use leptos::prelude::*;

/// What the squad agreed on, or until then how to read the count.
#[component]
pub fn Headline(
    /// The step.
    step: StepId,
    /// What was asked.
    metric: Metric,
) -> impl IntoView {
    let live = Live::from_context();
    let agreed = of_vote(live, step, |vote| vote.agreed.clone());
    let said = of_vote(live, step, |vote| vote.last_tally().map(|tally| (tally.reading(), tally.totals())));
    changing(move || match (agreed.get(), said.get()) {
        (Some(agreed), _) => view! { <AgreedOn step metric agreed/> }.into_any(),
        (None, Some((reading, counts))) => view! { <ReadingOf reading counts/> }.into_any(),
        (None, None) => ().into_any(),
    })
}

/// How far the answers lie apart, and what helps now.
#[component]
fn ReadingOf(reading: Reading, counts: [u32; 6]) -> impl IntoView {
    let class = match reading {
        Reading::FarApart => "reading reading--far",
        Reading::Nothing => "reading reading--few",
        Reading::Agree | Reading::Neighbours => "reading",
    };
    view! {
        <section class=class>
            <SpreadGlyph counts=counts.to_vec()/>
            <h2>{reading.title()}</h2>
            <p>{reading.advice()}</p>
        </section>
    }
}

/// The answer the squad agreed on, and why.
#[component]
fn AgreedOn(step: StepId, metric: Metric, agreed: Agreed) -> impl IntoView {
    let live = Live::from_context();
    let undoes = Memo::new(move |_| {
        // On the squad's own step the bar has this button.
        live.leads().get() && live.with(|w| !w.published() && w.agenda.current != step)
    });
    view! {
        <section class="agreed">
            <Icon name=IconName::Flag/>
            <div>
                <h2>{format!("You agreed: {}", facts::question(metric).label(agreed.answer))}</h2>
                {(!agreed.why.is_empty()).then(|| view! { <p class="own-words">{agreed.why.to_string()}</p> }.into_any())}
            </div>
            <Show when=move || undoes.get()>
                <UndoAgreement step/>
            </Show>
        </section>
    }
}

/// The count of the last round beside those before it; facilitators say why below.
#[component]
pub fn Reveal(
    /// The step.
    step: StepId,
    /// What was asked.
    metric: Metric,
) -> impl IntoView {
    let live = Live::from_context();
    let open = of_vote(live, step, |vote| vote.agreed.is_none());
    let explains = Memo::new(move |_| live.leads().get() && open.get() && !live.with(Workshop::published));
    view! {
        <Results step metric/>
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
