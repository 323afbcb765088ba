//! Feedback about a checkpoint, for whoever has its link: during it and for a week after its summary was published.

use crate::api::feedback::{FeedbackView, GiveFeedback, load_feedback};
use crate::domain::text::day;
use crate::ui::components::{LocalTime, Page, TimeKind};
use crate::ui::feedback::{FeedbackForm, FeedbackReport, PRIVACY, so_far};
use crate::ui::frame::Frame;
use crate::ui::load;
use leptos::prelude::*;
use leptos_meta::Meta;
use leptos_router::hooks::use_params_map;

/// `/feedback/{code}`.
#[component]
pub fn FeedbackPage() -> AnyView {
    let give = ServerAction::<GiveFeedback>::new();
    let params = use_params_map();
    let code = params.with_untracked(|params| params.get("code")).unwrap_or_default();
    let view = load::once(load_feedback(code));
    load::show(view, "/feedback/", move |view: FeedbackView| {
        let title = format!("Feedback on the checkpoint of {}", view.squad);
        let lead = format!("Held on {}. {}", day(view.held_on), so_far(view.count));
        let report = view.report.clone().map(|report| {
            view! {
                <section aria-labelledby="h-report">
                    <h2 id="h-report">"What people said"</h2>
                    <FeedbackReport report=Some(report) />
                </section>
            }
            .into_any()
        });
        view! {
            <Meta name="robots" content="noindex, nofollow" />
            <Frame current="/feedback/">
                <Page title=title lead=lead narrow=true>
                    {asked(view, give)}
                    {report}
                </Page>
            </Frame>
        }
        .into_any()
    })
}

/// The form, or why there is none.
fn asked(view: FeedbackView, give: ServerAction<GiveFeedback>) -> AnyView {
    if let Some(sentence) = view.closed {
        return view! { <p class="empty">{sentence}</p> }.into_any();
    }
    let saved = view.mine.is_some().then(|| {
        let until = view.until.map(|until| {
            view! {
                " until "
                <LocalTime at_ms=until.0 kind=TimeKind::DateTime />
            }
            .into_any()
        });
        view! { <p class="note note--good" role="status">"Your answer is saved. You can change it here" {until} "."</p> }.into_any()
    });
    view! {
        {saved}
        <FeedbackForm code=view.code give=give mine=view.mine />
        <p class="small quiet">{PRIVACY}</p>
    }
    .into_any()
}
