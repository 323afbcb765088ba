//! The title in the tab, escaped: `leptos_meta` 0.8.7 writes the text of its `Title` into the page as it is.

use leptos::prelude::*;
use leptos_meta::Title;

/// The title of the document. Pages use this one and never `leptos_meta::Title`, which lets markup in a squad's name
/// through on the server; in the browser the text is set as a property and must stay as it is.
#[component]
pub fn DocumentTitle(
    /// What the page is about; the product's name is added.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    if leptos::leptos_dom::helpers::is_server() {
        // The server puts the head together after the page, on whatever thread: nothing of the page can be asked there any more.
        let text = text.with_untracked(|text| in_tab(text, true));
        return view! { <Title text=text /> }.into_any();
    }
    // The head reads the title once more when the page that set it is gone already, so the text must not go with the page.
    let text: ArcSignal<String> = text.into();
    view! { <Title text=move || text.with(|text| in_tab(text, false)) /> }.into_any()
}

/// The whole title; as text between two tags on the server, as it is for the browser.
pub(super) fn in_tab(text: &str, on_server: bool) -> String {
    let full = if text.is_empty() {
        "Checkpoint".to_owned()
    } else {
        format!("{text} · Checkpoint")
    };
    if on_server {
        full.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
    } else {
        full
    }
}
