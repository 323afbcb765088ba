//! The summary as text of HTML: for its own page, and as the body of a file that needs no server.

use super::SummaryDocument;
use crate::domain::page::{ByHand, Page};
use crate::ui::components::{LocalTime, TimeKind};
use leptos::prelude::*;

/// Where the picture of a flow is a file: the address without its ending, and the query behind that.
pub type FlowFile = (String, String);

/// The document alone.
#[must_use]
pub fn summary_html(page: Page, flow_file: Option<FlowFile>) -> String {
    html(move || {
        let flow = page.flow_report().map(|report| (report, flow_file));
        view! { <SummaryDocument page flow /> }
    })
}

/// The body of the file.
#[must_use]
pub fn summary_file(page: Page) -> String {
    html(move || view! { <Body page /> })
}

/// What nobody takes over carries nothing for that.
fn html<V: IntoView>(view: impl FnOnce() -> V) -> String {
    Owner::new().with(|| view().into_view().to_html()).replace("<!>", "")
}

/// Where a checkpoint that was kept by hand is written down, if anywhere.
pub fn written_down(by_hand: &ByHand) -> Option<AnyView> {
    let address = by_hand.address()?.to_owned();
    Some(
        view! {
            " It is written down at "
            <a href=address.clone() rel="noreferrer noopener external">
                {address.clone()}
            </a>
            "."
        }
        .into_any(),
    )
}

#[component]
fn Body(page: Page) -> AnyView {
    let flow = page.flow_report().map(|report| (report, None));
    let written_down = page.by_hand.as_ref().and_then(written_down);
    let state = match page.published_at {
        Some(_) if page.by_hand.is_some() => format!("Revision {}, kept by hand.", page.revision).into_any(),
        Some(at) => view! {
            {format!("Revision {}, published ", page.revision)}
            <LocalTime at_ms=at.0 kind=TimeKind::DateTime />
            "."
        }
        .into_any(),
        None => "Not published yet: this is what was agreed so far.".into_any(),
    };
    view! {
        <div class="doc-wrap">
            <main class="doc">
                <SummaryDocument page=page flow=flow />
                <footer class="doc-end">
                    <p>{state} {written_down} " Written by Checkpoint; a Checkpoint can import this file."</p>
                </footer>
            </main>
        </div>
    }
    .into_any()
}
