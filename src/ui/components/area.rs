//! The field for several lines of text. Its body stays empty for ever: see `field.rs`.

use super::ErrorText;
use super::wiring::{Ids, keep_typed};
use leptos::html;
use leptos::prelude::*;

/// Several lines of text.
#[component]
pub fn TextArea(
    /// What is asked for.
    #[prop(into)]
    label: String,
    /// The name in the form.
    #[prop(into)]
    name: String,
    /// The id in the page; `field-{name}` unless two forms share a name.
    #[prop(optional, into)]
    id: Option<String>,
    /// Where the text is kept.
    value: RwSignal<String>,
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
    /// Lines on the screen.
    #[prop(default = 3)]
    rows: u8,
) -> impl IntoView {
    let ids = Ids::new(id, &name, hint.is_some());
    let node = NodeRef::<html::Textarea>::new();
    // The server sends no text, so an empty area means that nothing was typed, never that somebody emptied it.
    let shown = keep_typed(value, move || {
        node.get_untracked().map(|area| area.value()).filter(|typed| !typed.is_empty())
    });
    let described = ids.clone();
    view! {
        <div class="field">
            <label for=ids.field.clone()>{label}</label>
            {hint.map(|hint| view! { <span class="hint" id=ids.hint.clone()>{hint}</span> }.into_any())}
            <textarea
                node_ref=node
                class="textarea"
                id=ids.field
                name=name
                rows=rows.to_string()
                prop:value=shown
                on:input=move |event| value.set(event_target_value(&event))
                maxlength=maxlength.map(|most| most.to_string())
                required=required
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=move || described.described_by(error.with(Option::is_some))
            ></textarea>
            <ErrorText id=ids.error error=error />
        </div>
    }
}
