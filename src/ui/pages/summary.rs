//! One checkpoint's summary at its own address, with what can be done with it.

pub mod exports;

use self::exports::Exports;
use super::sharing::ShareSection;
use crate::api::checkpoints::{Card, Revision, SummaryView, load_summary};
use crate::api::sharing::Sharing;
use crate::domain::facts::{Edition, Industry};
use crate::domain::feedback::Report;
use crate::domain::ids::WorkshopId;
use crate::domain::maturity::Answers;
use crate::domain::page::ByHand;
use crate::domain::time::Timestamp;
use crate::ui::components::{DocumentTitle, DrawnSummary, LocalTime, TimeKind};
use crate::ui::feedback::FeedbackReport;
use crate::ui::frame::Frame;
use crate::ui::lists::HeldTable;
use crate::ui::load;
use crate::ui::maturity::{EditionSwitch, Under};
use crate::ui::query::{Here, address};
use crate::ui::reading::awake::PrintButton;
use crate::ui::summary::file::written_down;
use leptos::prelude::*;
use leptos_meta::Meta;
use leptos_router::hooks::{use_params_map, use_query_map};
use uuid::Uuid;

/// `/checkpoints/{id}?revision=&edition=`.
#[component]
pub fn SummaryPage() -> AnyView {
    let id = use_params_map()
        .with_untracked(|params| params.get("id"))
        .and_then(|id| id.parse().ok());
    let (revision, edition, shared) = use_query_map().with_untracked(|query| {
        let revision = query.get("revision").and_then(|number| number.parse().ok());
        let edition = Edition::asked(&query.get("edition").unwrap_or_default());
        (revision, edition.unwrap_or(Edition::Y2019), query.get("shared").unwrap_or_default())
    });
    // What is no id names no checkpoint, and the server says so.
    let view = load::once(load_summary(id.unwrap_or(WorkshopId::new(Uuid::nil())), revision, shared));
    load::show(view, "/checkpoints", move |view: SummaryView| {
        view! { <Summary view=view edition=edition /> }.into_any()
    })
}

#[component]
fn Summary(view: SummaryView, edition: Edition) -> impl IntoView {
    let SummaryView {
        me,
        id,
        title,
        preview,
        squad,
        revision,
        by_hand,
        has_flow,
        answers,
        industry,
        document,
        revisions,
        feedback,
        sharing,
        code,
        imported_at,
        past,
        before,
    } = view;
    let newest = revisions.first().map(|newest| newest.number);
    let this = revisions.iter().find(|one| Some(one.number) == revision).cloned();
    let shares = sharing.is_some();
    view! {
        <DocumentTitle text=title.clone() />
        <Meta name="description" content=preview.clone() />
        <Meta property="og:title" content=title />
        <Meta property="og:description" content=preview />
        <Meta property="og:type" content="article" />
        <Frame current="/checkpoints" me=me>
            <div class="doc-tools">
                {which(this, by_hand.is_some())}
                <PrintButton />
                <Exports id=id revision=revision has_flow=has_flow />
                {shares.then(|| view! { <a class="btn btn--s" href="#share">"Share"</a> }.into_any())}
            </div>
            {notice(id, revision, newest, &code)}
            {imported_at.map(|at| held_elsewhere(by_hand.as_ref(), at))}
            <div class="doc-wrap">
                <main class="doc" id="main">
                    {answers.map(|answers| other_edition(id, revision, edition, answers, industry))}
                    <DrawnSummary html=document />
                    {(!past.is_empty()).then(|| others(&squad, past))}
                    {revision.map(|_| elsewhere(id, before))}
                    {(!revisions.is_empty()).then(|| publications(id, revision, by_hand.is_some(), revisions))}
                    {feedback.map(|report| view! { <Feedback report=report /> }.into_any())}
                    {sharing.map(|sharing| share(id, sharing))}
                </main>
            </div>
        </Frame>
    }
}

/// The other checkpoints of the squad.
fn others(squad: &str, past: Vec<Card>) -> AnyView {
    view! {
        <section aria-labelledby="s-past">
            <h2 id="s-past">{format!("Past checkpoints of {squad}")}</h2>
            <HeldTable caption="Past checkpoints" cards=past />
        </section>
    }
    .into_any()
}

/// What facilitators do with a published page.
fn share(id: WorkshopId, sharing: Sharing) -> AnyView {
    view! {
        <ShareSection id=id sharing=sharing />
        <p class="small gap-above">
            <a href=format!("/checkpoints/{id}/names")>"Erase display names"</a>
        </p>
    }
    .into_any()
}

/// What people said of the checkpoint itself; it is on no page that others read.
#[component]
fn Feedback(report: Report) -> impl IntoView {
    view! {
        <section class="share" aria-labelledby="h-feedback">
            <h2 id="h-feedback">"Feedback"</h2>
            <p class="quiet lead-in">"What people said of the checkpoint itself, without names. Facilitators read it, and nobody else."</p>
            <FeedbackReport report=Some(report) />
        </section>
    }
}

/// Which revision this is.
fn which(this: Option<Revision>, by_hand: bool) -> AnyView {
    match this {
        Some(revision) if by_hand => view! { <p>{format!("Revision {}, kept by hand", revision.number)}</p> }.into_any(),
        Some(revision) => view! {
            <p>{format!("Revision {}, published ", revision.number)} <LocalTime at_ms=revision.at.0 kind=TimeKind::DateTime /> {format!(" by {}", revision.by)}</p>
        }
        .into_any(),
        None => view! { <p>"Not published yet"</p> }.into_any(),
    }
}

/// That the page still grows, or that there is a newer one.
fn notice(id: WorkshopId, revision: Option<u32>, newest: Option<u32>, code: &str) -> Option<AnyView> {
    let Some(revision) = revision else {
        let unfinished = view! {
            <p class="doc-old">
                "This summary is not published yet: it shows what is agreed so far. " <a href=format!("/w/{code}")>"Go to the room"</a> " to finish it."
            </p>
        };
        return Some(unfinished.into_any());
    };
    newest.filter(|newest| *newest > revision).map(|newest| {
        view! {
            <p class="doc-old">
                {format!("This is revision {revision}. ")} <a href=format!("/checkpoints/{id}")>{format!("Read revision {newest}, the newest")}</a> "."
            </p>
        }
        .into_any()
    })
}

/// The answers under another edition, above the page: what was published is not changed by it.
fn other_edition(id: WorkshopId, revision: Option<u32>, edition: Edition, answers: Answers, industry: Option<Industry>) -> AnyView {
    let revision = revision.map_or(String::new(), |revision| revision.to_string());
    let here = Here::new(format!("/checkpoints/{id}"), [("revision", revision.as_str())]);
    let under = (edition != Edition::Y2019).then(|| view! { <Under edition=edition answers=answers industry=industry /> }.into_any());
    view! {
        <section class="under" aria-label="Score under another edition">
            <EditionSwitch here=here current=edition />
            {under}
        </section>
    }
    .into_any()
}

/// Where this checkpoint stands beside others.
fn elsewhere(id: WorkshopId, before: Option<WorkshopId>) -> AnyView {
    let id = id.to_string();
    let with_before = before.map(|before| {
        let href = address("/compare", &[("a", &before.to_string()), ("b", &id)]);
        view! {
            <a class="btn btn--s" href=href>
                "Compare with the one before"
            </a>
        }
        .into_any()
    });
    view! {
        <p class="buttons gap-above">
            {with_before}
            <a class="btn btn--s btn--ghost" href=address("/checkpoints", &[("with", &id)])>
                "Compare with…"
            </a>
        </p>
    }
    .into_any()
}

/// That the checkpoint was held elsewhere, when it came here, and where it is written down.
fn held_elsewhere(by_hand: Option<&ByHand>, at: Timestamp) -> AnyView {
    view! {
        <p class="doc-old">
            "This checkpoint was held elsewhere and imported on " <LocalTime at_ms=at.0 kind=TimeKind::DateTime /> ": it has a summary, no room."
            {by_hand.and_then(written_down)}
        </p>
    }
    .into_any()
}

/// All publications, each still readable.
fn publications(id: WorkshopId, shown: Option<u32>, by_hand: bool, revisions: Vec<Revision>) -> AnyView {
    let line = |Revision { number, at, by }| {
        let current = (Some(number) == shown).then_some("page");
        // When a page kept by hand was written, and by whom, nobody knows.
        let published = (!by_hand).then(|| {
            view! {
                ", published "
                <LocalTime at_ms=at.0 kind=TimeKind::DateTime />
                {format!(" by {by}")}
            }
            .into_any()
        });
        view! {
            <li>
                <a href=format!("/checkpoints/{id}?revision={number}") aria-current=current>
                    {format!("Revision {number}")}
                </a>
                {published}
                {current.map(|_| " (this one)")}
            </li>
        }
        .into_any()
    };
    view! {
        <footer class="doc-end">
            <h2 class="vh">"Revisions"</h2>
            <ul class="revisions">{revisions.into_iter().map(line).collect_view()}</ul>
        </footer>
    }
    .into_any()
}
