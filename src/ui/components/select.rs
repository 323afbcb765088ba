//! A choice in a form: one of a list.

use super::ErrorText;
use super::wiring::Ids;
use leptos::prelude::*;

/// One entry of a [`Select`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// What is shown.
    pub text: String,
}

impl Choice {
    /// An entry.
    pub fn new(value: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            text: text.into(),
        }
    }
}

/// An entry that is the chosen one while `chosen` says so: first as it is written, then whatever the reader has done since.
pub fn option(value: String, text: String, chosen: Signal<bool>) -> AnyView {
    view! {
        <option value=value selected=chosen.get_untracked() prop:selected=move || chosen.get()>
            {text}
        </option>
    }
    .into_any()
}

/// One of a list.
#[component]
pub fn Select(
    /// What is asked for.
    #[prop(into)]
    label: String,
    /// The name in the form.
    #[prop(into)]
    name: String,
    /// The id in the page; `field-{name}` unless two forms share a name.
    #[prop(optional, into)]
    id: Option<String>,
    /// The entries, in order.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// The value of the chosen entry.
    value: RwSignal<String>,
    /// A sentence of help.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Why the choice was refused.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let ids = Ids::new(id, &name, hint.is_some());
    let described = ids.clone();
    let options = move || {
        choices
            .get()
            .into_iter()
            .map(|choice| {
                let own = choice.value.clone();
                option(choice.value, choice.text, Signal::derive(move || value.with(|value| *value == own)))
            })
            .collect_view()
    };
    view! {
        <div class="field">
            <label for=ids.field.clone()>{label}</label>
            {hint.map(|hint| view! { <span class="hint" id=ids.hint.clone()>{hint}</span> }.into_any())}
            <select
                class="select"
                id=ids.field
                name=name
                on:change=move |event| value.set(event_target_value(&event))
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=move || described.described_by(error.with(Option::is_some))
            >
                {options}
            </select>
            <ErrorText id=ids.error error=error />
        </div>
    }
}
