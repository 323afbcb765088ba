//! The one place of the product where text becomes markup without being escaped.

use leptos::prelude::*;

/// Words of the organisation or of a checkpoint's facilitator, written in Markdown.
///
/// The string must come from `server/markdown.rs`, which turns Markdown into HTML and lets only ammonia's harmless tags
/// through. What somebody typed may never be passed here as it is.
#[component]
pub fn SafeHtml(
    /// The HTML, as `server/markdown.rs` made it.
    #[prop(into)]
    html: String,
) -> impl IntoView {
    view! { <div class="prose" inner_html=html></div> }
}

/// A summary that was drawn before.
///
/// The string must come from `summary_html`, whose views have escaped every word.
#[component]
pub fn DrawnSummary(
    /// The HTML.
    html: String,
) -> impl IntoView {
    view! { <div class="doc__page" inner_html=html></div> }
}
