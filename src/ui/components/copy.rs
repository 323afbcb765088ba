//! A button that copies a text, says that it did, and shows the text where the browser forbids copying.

use super::{Icon, IconName, Show};
use crate::ui::components::changing;
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// What came of the last press.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Nothing,
    Copied,
    Refused,
}

/// Copies a text to the clipboard.
#[component]
pub fn CopyButton(
    /// What the button says, such as "Copy link".
    #[prop(into)]
    label: String,
    /// What is copied.
    #[prop(into)]
    text: Signal<String>,
    /// The quieter button, for rows of a table.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    let outcome = RwSignal::new(Outcome::Nothing);
    let copy = move |_| {
        outcome.set(Outcome::Nothing);
        let text = text.get();
        leptos::task::spawn_local(async move {
            let done = write_to_clipboard(&text).await.is_ok();
            // The page may have gone while the browser asked for leave.
            let _ = outcome.try_set(if done { Outcome::Copied } else { Outcome::Refused });
        });
    };
    view! {
        <span class="copy">
            <button class=if small { "btn btn--s" } else { "btn" } type="button" on:click=copy>
                <Icon name=IconName::Copy small=small />
                {label}
            </button>
            <span class="copy__said" role="status">
                {changing(move || match outcome.get() {
                    Outcome::Nothing => "",
                    Outcome::Copied => "Copied",
                    Outcome::Refused => "The browser does not allow copying here. Select the text and copy it:",
                })}
            </span>
            <Show when=move || outcome.get() == Outcome::Refused>
                <code class="copy__text">{changing(move || text.get())}</code>
            </Show>
        </span>
    }
}

/// Writes to the clipboard, which exists only on pages that came over a safe way.
pub async fn write_to_clipboard(text: &str) -> Result<(), JsValue> {
    let navigator = window().navigator();
    if !js_sys::Reflect::get(&navigator, &JsValue::from_str("clipboard"))?.is_object() {
        return Err(JsValue::UNDEFINED);
    }
    JsFuture::from(navigator.clipboard().write_text(text)).await.map(|_| ())
}
