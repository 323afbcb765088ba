//! One summary for whoever has a link to it: the page, and nothing around it.

use crate::api::ApiError;
use crate::api::json::Json;
use crate::api::sharing::{SharedPage, read_shared_page};
use crate::domain::text::day;
use crate::ui::components::{DocumentTitle, DrawnSummary};
use crate::ui::theme::ThemeSwitch;
use leptos::prelude::*;
use leptos_meta::Meta;
use leptos_router::hooks::use_params_map;

/// `/s/{token}`.
#[component]
pub fn SharedSummaryPage() -> AnyView {
    let token = use_params_map().with_untracked(|params| params.get("token")).unwrap_or_default();
    let address = format!("/s/{token}");
    // Not through `load`: a refusal shows neither the site nor who is signed in.
    let shared = OnceResource::<Result<SharedPage, ApiError>, Json>::new_with_options(read_shared_page(token), true);
    view! {
        <Meta name="robots" content="noindex, nofollow" />
        <Meta name="referrer" content="no-referrer" />
        <Suspense>
            {move || {
                let address = address.clone();
                Suspend::new(async move {
                    match shared.await {
                        Ok(shared) => document(shared, &address),
                        Err(refused) => sorry(&refused),
                    }
                })
            }}
        </Suspense>
    }
    .into_any()
}

fn document(shared: SharedPage, path: &str) -> AnyView {
    let SharedPage {
        title,
        preview,
        revision,
        document,
        address,
        until,
    } = shared;
    let card = format!("{address}/card.png");
    let file = |ending: &str| format!("{path}/page.{ending}");
    let shown = format!("Revision {revision}. This link opens until {}.", day(until));
    view! {
        <DocumentTitle text=title.clone() />
        <Meta name="description" content=preview.clone() />
        <Meta property="og:title" content=title.clone() />
        <Meta property="og:description" content=preview.clone() />
        <Meta property="og:type" content="article" />
        <Meta property="og:site_name" content="Checkpoint" />
        <Meta property="og:url" content=address />
        <Meta property="og:image" content=card />
        <Meta property="og:image:width" content="1200" />
        <Meta property="og:image:height" content="630" />
        <Meta property="og:image:alt" content=format!("{title}. {preview}") />
        <Meta name="twitter:card" content="summary_large_image" />
        <div class="doc-wrap">
            <main class="doc" id="main">
                <DrawnSummary html=document />
                <footer class="doc-end">
                    <p>{shown}</p>
                    <p class="doc-end__files">
                        "To keep: " <a href=file("html") rel="external" download>"HTML file"</a> " or "
                        <a href=file("md") rel="external" download>"Markdown"</a>
                    </p>
                </footer>
            </main>
            <footer class="foot">
                <ThemeSwitch />
            </footer>
        </div>
    }
    .into_any()
}

fn sorry(refused: &ApiError) -> AnyView {
    view! {
        <DocumentTitle text="This link does not open" />
        <div class="doc-wrap">
            <main class="doc" id="main">
                <h1 class="doc__title">"This link does not open"</h1>
                <p class="doc__lead">{refused.to_string()}</p>
            </main>
        </div>
    }
    .into_any()
}
