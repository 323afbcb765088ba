//! What every form of the pages shares: the sentence of a refusal, the button that sends, and when it went well.
//!
//! All forms are `<ActionForm>`s, so they work without script: then the refusal comes back in the address and stands in the same place.

use super::components::{Icon, IconName, changing};
use crate::api::ApiError;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

/// Why the last attempt was refused, in a sentence.
pub fn refusal<F>(action: ServerAction<F>) -> Signal<Option<String>>
where
    F: ServerFn<Output = (), Error = ApiError> + Clone + Send + Sync + 'static,
{
    let value = action.value();
    Signal::derive(move || value.with(|last| last.as_ref().and_then(|outcome| outcome.as_ref().err().map(ToString::to_string))))
}

/// Changes each time the action went well and at no other time: what was typed stays when it did not.
pub fn successes<F>(action: ServerAction<F>) -> Memo<usize>
where
    F: ServerFn<Output = (), Error = ApiError> + Clone + Send + Sync + 'static,
{
    let (version, value) = (action.version(), action.value());
    Memo::new(move |before: Option<&usize>| {
        let version = version.get();
        if value.with(|last| matches!(last, Some(Ok(())))) {
            version
        } else {
            before.copied().unwrap_or_default()
        }
    })
}

/// The sentence of a refusal, beside the button that asked for it.
#[component]
pub fn Refusal(
    /// Why, or nothing.
    #[prop(into)]
    why: Signal<Option<String>>,
) -> impl IntoView {
    view! {
        <div role="alert">
            {changing(move || {
                why.get()
                    .map(|why| {
                        view! {
                            <p class="refusal">
                                <Icon name=IconName::Warn small=true />
                                <span>{why}</span>
                            </p>
                        }
                    })
            })}
        </div>
    }
}

/// The button that sends a form; it waits for the answer before it sends again.
#[component]
pub fn Submit(
    /// What it does, a verb.
    #[prop(into)]
    label: String,
    /// An answer is on its way.
    #[prop(into)]
    pending: Signal<bool>,
    /// Another class than that of the main act.
    #[prop(default = "btn btn--primary")]
    class: &'static str,
) -> impl IntoView {
    view! {
        <button class=class type="submit" disabled=move || pending.get()>
            {label}
        </button>
    }
}

/// Says that it went well, until the next attempt.
#[component]
pub fn Done<F>(
    /// The action.
    action: ServerAction<F>,
    /// What happened, such as "Saved".
    text: &'static str,
) -> impl IntoView
where
    F: ServerFn<Output = (), Error = ApiError> + Clone + Send + Sync + 'static,
{
    let value = action.value();
    let pending = action.pending();
    view! {
        <span class="copy__said" role="status">
            {changing(move || (!pending.get() && value.with(|last| matches!(last, Some(Ok(()))))).then_some(text))}
        </span>
    }
}
