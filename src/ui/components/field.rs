//! Fields for text: the label above, the hint between, the refusal under the field it is about.
//!
//! The value always goes through `prop:value`, never through children: the body of a `textarea` is not escaped by
//! leptos 0.8.23. An `input` also carries its first value as an attribute, which is escaped, so that the form works
//! before the page is awake and without script. What somebody typed before the page woke up is kept.

use super::wiring::{Ids, keep_typed};
use crate::ui::components::changing;
use leptos::html;
use leptos::prelude::*;

/// The sentence under a field that was refused; always in the page, so that a screen reader hears it when it comes.
#[component]
pub fn ErrorText(
    /// The id that the field's `aria-describedby` names.
    #[prop(into)]
    id: String,
    /// What is wrong and what to do, or nothing.
    #[prop(into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    view! {
        <p class="field__error" id=id role="alert">
            {changing(move || error.get())}
        </p>
    }
}

/// One line of text.
#[component]
pub fn TextField(
    /// What is asked for.
    #[prop(into)]
    label: String,
    /// The name in the form.
    #[prop(into)]
    name: String,
    /// The id in the page; `field-{name}` unless two forms share a name.
    #[prop(optional, into)]
    id: Option<String>,
    /// Where the text is kept; a form without script does not need it.
    #[prop(optional)]
    value: Option<RwSignal<String>>,
    /// The first value when no signal is given.
    #[prop(optional, into)]
    initial: String,
    /// A sentence of help.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Why the value was refused.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// The longest text, in characters.
    #[prop(optional)]
    maxlength: Option<u16>,
    /// Must not be empty.
    #[prop(optional)]
    required: bool,
    /// What the browser may fill in, such as `given-name`.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// The kind of input, such as `password` or `date`.
    #[prop(default = "text")]
    kind: &'static str,
    /// Further classes, such as `input--l`.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    let value = value.unwrap_or_else(|| RwSignal::new(initial));
    let first = value.get_untracked();
    let ids = Ids::new(id, &name, hint.is_some());
    let node = NodeRef::<html::Input>::new();
    let shown = keep_typed(value, move || node.get_untracked().map(|input| input.value()));
    let described = ids.clone();
    view! {
        <div class="field">
            <label for=ids.field.clone()>{label}</label>
            {hint.map(|hint| view! { <span class="hint" id=ids.hint.clone()>{hint}</span> }.into_any())}
            <input
                node_ref=node
                class=format!("input {class}")
                id=ids.field
                name=name
                type=kind
                value=first
                prop:value=shown
                on:input=move |event| value.set(event_target_value(&event))
                maxlength=maxlength.map(|most| most.to_string())
                required=required
                autocomplete=autocomplete
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=move || described.described_by(error.with(Option::is_some))
            />
            <ErrorText id=ids.error error=error />
        </div>
    }
}
