//! What script adds to a page that is only read: the colours that the reader chose, times in the reader's zone, and buttons that do
//! nothing without it. The server writes these too, hidden; here they learn what to do. They are plain elements, because views would
//! bring every such page thirteen kilobytes more.

use crate::ui::app::wake;
use crate::ui::components::{Icon, IconName, tell_local_times, write_to_clipboard};
use crate::ui::theme::ThemeSwitch;
use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlElement, NodeList, Response};

/// A button that prints the page.
#[component]
pub fn PrintButton() -> impl IntoView {
    view! {
        <button class="btn btn--s btn--ghost awake-only" type="button" data-prints="">
            <Icon name=IconName::Print small=true />
            "Print"
        </button>
    }
}

/// A button that copies a text: this one, or the one at an address. `CopyButton` is its twin on pages that the browser takes over.
#[component]
pub fn CopyText(
    /// What the button says.
    label: &'static str,
    /// The text.
    #[prop(optional)]
    text: String,
    /// Where it is instead. It is fetched when the `<details>` around the button opens, because copying must follow the click at once.
    #[prop(optional)]
    from: String,
) -> impl IntoView {
    let later = !from.is_empty();
    view! {
        <span class="copy awake-only" data-text=text data-from=from hidden=later>
            <button class="btn btn--s" type="button" data-copies="">
                <Icon name=IconName::Copy small=true />
                {label}
            </button>
            <span class="copy__said" role="status"></span>
        </span>
    }
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
    for button in all("[data-prints]") {
        button.set_onclick(Some(&handler(|| drop(window().print()))));
    }
    for button in all("[data-copies]") {
        let Some(copy) = button.parent_element().and_then(|copy| copy.dyn_into::<HtmlElement>().ok()) else {
            continue;
        };
        if let Ok(Some(list)) = copy.closest("details")
            && let Ok(list) = list.dyn_into::<HtmlElement>()
        {
            let copy = copy.clone();
            list.set_ontoggle(Some(&handler(move || spawn_local(fetch_text(copy.clone())))));
        }
        button.set_onclick(Some(&handler(move || spawn_local(copy_text(copy.clone())))));
    }
}

/// Something to do for as long as the page lives.
fn handler(act: impl FnMut() + 'static) -> js_sys::Function {
    Closure::<dyn FnMut()>::new(act).into_js_value().unchecked_into()
}

async fn copy_text(copy: HtmlElement) {
    let text = attribute(&copy, "data-text");
    let Ok(Some(said)) = copy.query_selector("[role=status]") else {
        return;
    };
    said.set_text_content(Some(""));
    let words = match write_to_clipboard(&text).await {
        Ok(()) => "Copied".to_owned(),
        Err(_) => format!("The browser does not allow copying here. Select the text and copy it: {text}"),
    };
    said.set_text_content(Some(&words));
}

/// Without the text there is no button; the file stands beside it.
async fn fetch_text(copy: HtmlElement) {
    if attribute(&copy, "data-text").is_empty()
        && let Ok(Some(text)) = fetched(&attribute(&copy, "data-from")).await
        && copy.set_attribute("data-text", &text).is_ok()
    {
        copy.set_hidden(false);
    }
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
    let count = found.as_ref().map_or(0, NodeList::length);
    (0..count).filter_map(move |n| found.as_ref()?.get(n)?.dyn_into().ok())
}

fn attribute(place: &HtmlElement, name: &str) -> String {
    place.get_attribute(name).unwrap_or_default()
}
