//! One checkpoint's summary at its own address, with what can be done with it.

pub mod exports;

use self::exports::Exports;
use super::sharing::ShareSection;
use crate::api::checkpoints::{Revision, SummaryView, load_summary};
use crate::domain::facts::Edition;
use crate::domain::feedback::Report;
use crate::domain::ids::WorkshopId;
use crate::domain::page::Page;
use crate::domain::sorted::sort_by_key;
use crate::domain::time::Timestamp;
use crate::ui::components::{DocumentTitle, Icon, IconName, LocalTime, TimeKind};
use crate::ui::feedback::FeedbackReport;
use crate::ui::frame::Frame;
use crate::ui::load;
use crate::ui::maturity::{EditionSwitch, Under};
use crate::ui::query::{Here, address};
use crate::ui::summary::SummaryDocument;
use crate::ui::summary::file::written_down;
use leptos::prelude::*;
use leptos_meta::Meta;
use leptos_router::hooks::{use_params_map, use_query_map};
use uuid::Uuid;

/// `/checkpoints/{id}?revision=`.
#[component]
pub fn SummaryPage() -> AnyView {
    let (params, query) = (use_params_map(), use_query_map());
    let asked = Memo::new(move |_| {
        let id = params.with(|params| params.get("id")).and_then(|id| id.parse().ok());
        let revision = query.with(|query| query.get("revision")).and_then(|number| number.parse().ok());
        let edition = query.with(|query| Edition::asked(&query.get("edition").unwrap_or_default()));
        // What is no id names no checkpoint, and the server says so.
        (
            id.unwrap_or(WorkshopId::new(Uuid::nil())),
            revision,
            edition.unwrap_or(Edition::Y2019),
        )
    });
    let view = load::again(
        move || asked.get(),
        |(id, revision, _): (WorkshopId, Option<u32>, Edition)| load_summary(id, revision),
    );
    load::show(view, "/checkpoints", move |view: SummaryView| {
        view! { <Summary view=view edition=asked.get_untracked().2 /> }.into_any()
    })
}

#[component]
fn Summary(view: SummaryView, edition: Edition) -> impl IntoView {
    let SummaryView {
        me,
        page,
        flow,
        mut revisions,
        code,
        imported_at,
        past,
        before,
        feedback,
    } = view;
    sort_by_key(&mut revisions, |revision| std::cmp::Reverse(revision.number));
    let (title, preview) = (page.full_title(), page.preview());
    let shares = me.as_ref().is_some_and(|me| me.may_facilitate) && !revisions.is_empty();
    let id = page.id;
    let newest = revisions.first().map(|revision| revision.number);
    // A revision's picture is its own, also when there are newer ones.
    let query = page.published_at.map_or(String::new(), |_| format!("?revision={}", page.revision));
    let flow = flow.map(|report| (report, Some((format!("/checkpoints/{}", page.id), query))));
    view! {
        <DocumentTitle text=title.clone() />
        <Meta name="description" content=preview.clone() />
        <Meta property="og:title" content=title />
        <Meta property="og:description" content=preview />
        <Meta property="og:type" content="article" />
        <Frame current="/checkpoints" me=me>
            <Tools page=page.clone() revisions=revisions.clone() shares=shares />
            <Notice page=page.clone() newest=newest code=code />
            {imported_at.map(|at| view! { <HeldElsewhere page=page.clone() at=at /> }.into_any())}
            <div class="doc-wrap">
                <main class="doc" id="main">
                    <OtherEdition page=page.clone() edition=edition />
                    <SummaryDocument page=page.clone() past=past flow=flow />
                    <Elsewhere page=page.clone() before=before />
                    <Revisions page=page revisions=revisions />
                    {feedback.map(|report| view! { <Feedback report=report /> }.into_any())}
                    {shares.then(|| view! { <ShareSection id=id /> })}
                    {shares
                        .then(|| {
                            view! {
                                <p class="small gap-above">
                                    <a href=format!("/checkpoints/{id}/names") rel="external">"Erase display names"</a>
                                </p>
                            }
                        })}
                </main>
            </div>
        </Frame>
    }
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

/// Which revision this is, and the page in other forms.
#[component]
fn Tools(page: Page, revisions: Vec<Revision>, shares: bool) -> impl IntoView {
    let this = revisions
        .into_iter()
        .find(|revision| page.published_at.is_some() && revision.number == page.revision);
    let by_hand = page.by_hand.is_some();
    let said = match this {
        Some(revision) if by_hand => view! { <p>{format!("Revision {}, kept by hand", revision.number)}</p> }.into_any(),
        Some(revision) => view! {
            <p>{format!("Revision {}, published ", revision.number)} <LocalTime at_ms=revision.at.0 kind=TimeKind::DateTime /> {format!(" by {}", revision.by)}</p>
        }
        .into_any(),
        None => view! { <p>"Not published yet"</p> }.into_any(),
    };
    view! {
        <div class="doc-tools">
            {said}
            <button class="btn btn--s btn--ghost awake" type="button" on:click=|_| drop(window().print())>
                <Icon name=IconName::Print small=true />
                "Print"
            </button>
            <Exports page=page />
            {shares.then(|| view! { <a class="btn btn--s" href="#share" rel="external">"Share"</a> })}
        </div>
    }
}

/// That the page still grows, or that there is a newer one.
#[component]
fn Notice(page: Page, newest: Option<u32>, code: String) -> impl IntoView {
    if page.published_at.is_none() {
        return view! {
            <p class="doc-old">
                "This summary is not published yet: it shows what is agreed so far. " <a href=format!("/w/{code}")>"Go to the room"</a> " to finish it."
            </p>
        }
        .into_any();
    }
    newest
        .filter(|newest| *newest > page.revision)
        .map(|newest| {
            view! {
                <p class="doc-old">
                    {format!("This is revision {}. ", page.revision)}
                    <a href=format!("/checkpoints/{}", page.id)>{format!("Read revision {newest}, the newest")}</a> "."
                </p>
            }
        })
        .into_any()
}

/// The answers under another edition, above the page: what was published is not changed by it.
#[component]
fn OtherEdition(page: Page, edition: Edition) -> impl IntoView {
    page.agreed().map(|answers| {
        let industry = page.industry;
        let revision = page.published_at.map_or(String::new(), |_| page.revision.to_string());
        let here = Here::new(format!("/checkpoints/{}", page.id), [("revision", revision.as_str())]);
        let under = (edition != Edition::Y2019).then(|| view! { <Under edition=edition answers=answers industry=industry /> }.into_any());
        view! {
            <section class="under" aria-label="Score under another edition">
                <EditionSwitch here=here current=edition />
                {under}
            </section>
        }
        .into_any()
    })
}

/// Where this checkpoint stands beside others.
#[component]
fn Elsewhere(page: Page, before: Option<WorkshopId>) -> impl IntoView {
    let id = page.id.to_string();
    let with_before = before.map(|before| {
        let href = address("/compare", &[("a", &before.to_string()), ("b", &id)]);
        view! {
            <a class="btn btn--s" href=href rel="external">
                "Compare with the one before"
            </a>
        }
        .into_any()
    });
    let other = address("/checkpoints", &[("with", &id)]);
    page.published_at.map(|_| {
        view! {
            <p class="buttons gap-above">
                {with_before}
                <a class="btn btn--s btn--ghost" href=other rel="external">
                    "Compare with…"
                </a>
            </p>
        }
        .into_any()
    })
}

/// That the checkpoint was held elsewhere, when it came here, and where it is written down.
#[component]
fn HeldElsewhere(page: Page, at: Timestamp) -> impl IntoView {
    view! {
        <p class="doc-old">
            "This checkpoint was held elsewhere and imported on " <LocalTime at_ms=at.0 kind=TimeKind::DateTime /> ": it has a summary, no room."
            {written_down(&page)}
        </p>
    }
}

/// All publications, each still readable.
#[component]
fn Revisions(page: Page, revisions: Vec<Revision>) -> impl IntoView {
    let shown = page.revision;
    let id = page.id;
    let by_hand = page.by_hand.is_some();
    (!revisions.is_empty()).then(|| {
        let lines = revisions
            .into_iter()
            .map(|Revision { number, at, by }| {
                let current = (number == shown).then_some("page");
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
            })
            .collect_view();
        view! {
            <footer class="doc-end">
                <h2 class="vh">"Revisions"</h2>
                <ul class="revisions">{lines}</ul>
            </footer>
        }
    })
}
