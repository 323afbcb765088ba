//! The summary as the body of a file that stands alone: what is on the page, and nothing that needs a server.

use super::SummaryDocument;
use crate::domain::page::{ByHand, Page};
use crate::ui::components::{LocalTime, TimeKind};
use leptos::prelude::*;

/// The body of the file, as HTML.
#[must_use]
pub fn summary_file(page: Page) -> String {
    // Nobody takes this page over, so it carries nothing for that.
    Owner::new().with(|| view! { <Body page=page /> }.to_html()).replace("<!>", "")
}

/// Where a checkpoint that was kept by hand is written down, if anywhere.
pub fn written_down(page: &Page) -> Option<AnyView> {
    let address = page.by_hand.as_ref().and_then(ByHand::address)?.to_owned();
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
    let written_down = written_down(&page);
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
