//! What the flow adds up to: lead time, waits, automation, recovery, and whether that fits what the squad agreed.

use super::editor::Editor;
use crate::domain::facts::question;
use crate::domain::flow::difference::Difference;
use crate::domain::flow::figures::{Figures, Fit, automated, fit, remark};
use crate::domain::flow::{Flow, Lane};
use crate::domain::ids::StepId;
use crate::domain::metric::{Code, Metric};
use crate::domain::text::day;
use crate::domain::workshop::Workshop;
use crate::ui::components::{Icon, IconName, changing};
use crate::ui::room::Room;
use leptos::prelude::*;

/// How the flow fits the answer of a vote.
#[derive(Clone, Debug, PartialEq)]
struct Fitting {
    fit: Fit,
    sentence: String,
    /// The vote.
    step: StepId,
}

fn fitting(w: &Workshop, figures: &Figures, metric: Metric) -> Option<Fitting> {
    if figures.total.most == 0 {
        return None;
    }
    let answer: Code = w.agreed(metric)?;
    let fits = || format!("Fits what you agreed: {}.", question(metric).label(answer).to_lowercase());
    let step = w.votes.iter().find(|(_, vote)| vote.metric == metric).map(|(id, _)| *id)?;
    Some(Fitting {
        fit: fit(figures.total, metric, answer),
        sentence: remark(figures, metric, answer).unwrap_or_else(fits),
        step,
    })
}

/// The figures of both lanes.
#[component]
pub(super) fn FiguresPanel() -> AnyView {
    let editor = Editor::from_context();
    let (delivery, recovery) = (editor.figures(Lane::Delivery), editor.figures(Lane::Recovery));
    let fits =
        move |lane: Memo<Figures>, metric| Memo::new(move |_| editor.live.with(|w| lane.with(|figures| fitting(w, figures, metric))));
    let (lead, restore) = (fits(delivery, Metric::LeadTime), fits(recovery, Metric::TimeToRestore));
    let automated = Memo::new(move |_| editor.flow.with(automated));
    let wait = Memo::new(move |_| {
        let (connector, span) = delivery.with(|figures| figures.longest_wait)?;
        editor.flow.with(|flow| Some((before(flow, connector)?, span.words())))
    });
    let total = move || match delivery.with(|figures| (figures.total, figures.timeless)) {
        (total, _) if total.most > 0 => total.words(),
        _ => "–".to_owned(),
    };
    let recovered = move || match recovery.with(|figures| figures.total) {
        total if total.most > 0 => total.words(),
        _ => "–".to_owned(),
    };
    view! {
        <section aria-label="Figures">
            <h2>"Commit to production"</h2>
            <p class="bigfig">{total}</p>
            {changing(move || lead.get().map(shown))}
            {changing(move || delivery.with(work_and_wait))}
            <dl class="figs">
                <dt>"Flow efficiency"</dt>
                <dd>{changing(move || delivery.with(|figures| figures.efficiency.map_or_else(|| "–".to_owned(), |percent| format!("{percent} %"))))}</dd>
                {changing(move || wait.get().map(|(before, wait)| view! { <dt>{format!("Longest wait, before {before}")}</dt> <dd>{wait}</dd> }))}
                <dt>"Automated steps"</dt>
                <dd>{changing(move || { let (done, all) = automated.get(); format!("{done} of {all}") })}</dd>
                <dt>"Alert to fixed"</dt>
                <dd>{recovered}</dd>
            </dl>
            {changing(move || restore.get().map(shown))}
            {changing(move || delivery.with(remarks))}
        </section>
        <Since/>
    }
    .into_any()
}

/// The step that a connector leads to.
fn before(flow: &Flow, connector: crate::domain::ids::ElementId) -> Option<String> {
    let to = flow.connectors.get(&connector)?.to;
    flow.steps.get(&to).map(|step| step.name.to_string())
}

fn shown(fitting: Fitting) -> AnyView {
    let Fitting { fit, sentence, step } = fitting;
    match fit {
        Fit::Fits => view! {
            <p class="fits">
                <Icon name=IconName::Check/>
                {sentence}
            </p>
        }
        .into_any(),
        Fit::Longer | Fit::Shorter => {
            let room = Room::from_context();
            view! {
                <div class="note note--warn">
                    <p>{sentence}</p>
                    <button class="btn btn--s" type="button" on:click=move |_| room.look_at(step)>"Look at the vote"</button>
                </div>
            }
            .into_any()
        }
    }
}

/// Work against wait as a bar and in words.
fn work_and_wait(figures: &Figures) -> Option<AnyView> {
    let (work, wait) = (figures.work, figures.wait);
    if figures.total.most == 0 {
        return None;
    }
    let share = 100.0 * work.middle() / (work.middle() + wait.middle()).max(1.0);
    Some(
        view! {
            <svg class="workwait" aria-hidden="true">
                <rect class="wait" width="100%" height="100%"></rect>
                <rect class="work" width=format!("{share:.1}%") height="100%"></rect>
            </svg>
            <p class="workwait-key">
                <span>{format!("{} work", work.words())}</span>
                <span>{format!("{} waiting", wait.words())}</span>
            </p>
        }
        .into_any(),
    )
}

/// What to know about the sum.
fn remarks(figures: &Figures) -> AnyView {
    let timeless = (figures.timeless > 0 && figures.total.most > 0).then(|| match figures.timeless {
        1 => "One step on the way has no time yet.".to_owned(),
        many => format!("{many} steps on the way have no time yet."),
    });
    let branches = figures.branches.then_some("Where the way branches, the longest branch counts.");
    let loops = figures.loops.then_some("Ways back are left out: one pass counts.");
    view! {
        <div class="small quiet">
            {timeless.map(|words| view! { <p>{words}</p> })}
            {branches.map(|words| view! { <p>{words}</p> })}
            {loops.map(|words| view! { <p>{words}</p> })}
        </div>
    }
    .into_any()
}

/// What has changed since the last checkpoint.
#[component]
fn Since() -> AnyView {
    let editor = Editor::from_context();
    let since = Memo::new(move |_| {
        let day = editor.live.with(|w| w.previous.as_ref().map(|previous| day(previous.held_on)))?;
        let told = |since: &Difference| (since.summary(), since.sentences().collect::<Vec<_>>());
        let (summary, sentences) = editor.since.with(|since| since.as_ref().map(told))?;
        Some((day, summary, sentences))
    });
    (move || {
        let (day, summary, sentences) = since.get()?;
        let list = (sentences.len() > 1).then(|| {
            view! {
                <details>
                    <summary>"Change by change"</summary>
                    <ul>{sentences.into_iter().map(|sentence| view! { <li>{sentence}</li> }).collect_view()}</ul>
                </details>
            }
        });
        Some(view! {
            <section class="since-flow" aria-label="Since last time">
                <h2>{format!("Since {day}")}</h2>
                <p class="small quiet">{summary}</p>
                {list}
            </section>
        })
    })
    .into_any()
}
