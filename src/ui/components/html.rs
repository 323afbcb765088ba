//! The one place of the product where text becomes markup without being escaped.

use leptos::prelude::*;

/// Words of the organisation, written in Markdown by an administrator.
///
/// The string must come from `server/markdown.rs`, which turns Markdown into HTML and lets only ammonia's harmless tags
/// through. Nothing that a person in a room typed may ever be passed here.
#[component]
pub fn SafeHtml(
    /// The HTML, as `server/markdown.rs` made it.
    #[prop(into)]
    html: String,
) -> impl IntoView {
    view! { <div class="prose" inner_html=html></div> }
}
