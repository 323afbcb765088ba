//! What script adds to a page that is only read: the colours that the reader chose, times in the reader's zone, and buttons that do
//! nothing without it. A page marks the place of such a button, and here the button comes to stand in it.

use crate::ui::app::wake;
use crate::ui::components::{CopyButton, Icon, IconName, tell_local_times};
use crate::ui::theme::ThemeSwitch;
use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AddEventListenerOptions, HtmlElement, Response};

/// The place of a button that prints the page.
#[component]
pub fn PrintPlace() -> impl IntoView {
    view! { <span class="awake-only" data-prints=""></span> }
}

/// The place of a button that copies a text: this one, or the one at an address.
#[component]
pub fn CopyPlace(
    /// What the button says.
    label: &'static str,
    /// The text.
    #[prop(optional)]
    text: String,
    /// Where it is instead. It is fetched when the `<details>` around the place opens, because copying must follow the click at once.
    #[prop(optional)]
    from: String,
) -> impl IntoView {
    view! { <span class="awake-only" data-copies=label data-text=text data-from=from></span> }
}

/// Wakes the page up.
pub fn wake_up() {
    if let Some(asleep) = all(".foot .theme").next()
        && let Some(foot) = asleep.parent_element().and_then(|foot| foot.dyn_into().ok())
    {
        asleep.remove();
        let switch = mount_to(foot, || {
            wake();
            view! { <ThemeSwitch /> }
        });
        switch.forget();
    }
    tell_local_times();
    for place in all("[data-prints]") {
        mount_to(place, || view! { <PrintButton /> }).forget();
    }
    for place in all("[data-copies]") {
        let (text, from) = (attribute(&place, "data-text"), attribute(&place, "data-from"));
        if from.is_empty() {
            copies(place, text);
        } else {
            copies_later(place, from);
        }
    }
}

#[component]
fn PrintButton() -> impl IntoView {
    view! {
        <button class="btn btn--s btn--ghost" type="button" on:click=|_| drop(window().print())>
            <Icon name=IconName::Print small=true />
            "Print"
        </button>
    }
}

fn copies(place: HtmlElement, text: String) {
    let label = attribute(&place, "data-copies");
    mount_to(
        place,
        move || view! { <CopyButton label=label text=Signal::stored(text) small=true /> },
    )
    .forget();
}

fn copies_later(place: HtmlElement, from: String) {
    let Ok(Some(list)) = place.closest("details") else { return };
    let opened = Closure::once_into_js(move || {
        leptos::task::spawn_local(async move {
            // Without the text there is no button; the file stands beside it.
            if let Ok(Some(text)) = fetched(&from).await {
                copies(place, text);
            }
        });
    });
    let once = AddEventListenerOptions::new();
    once.set_once(true);
    // Listening to an event of a plain name cannot fail.
    let _ = list.add_event_listener_with_callback_and_add_event_listener_options("toggle", opened.unchecked_ref(), &once);
}

/// The text at an address of this server, if it answers with one.
async fn fetched(address: &str) -> Result<Option<String>, JsValue> {
    let response: Response = JsFuture::from(window().fetch_with_str(address)).await?.dyn_into()?;
    if !response.ok() {
        return Ok(None);
    }
    Ok(JsFuture::from(response.text()?).await?.as_string())
}

/// The elements that fit.
fn all(selector: &str) -> impl Iterator<Item = HtmlElement> {
    let found = document().query_selector_all(selector).ok();
    let count = found.as_ref().map_or(0, |found| found.length());
    (0..count).filter_map(move |n| found.as_ref()?.get(n)?.dyn_into().ok())
}

fn attribute(place: &HtmlElement, name: &str) -> String {
    place.get_attribute(name).unwrap_or_default()
}
