//! A choice in a form: yes or no.

use leptos::prelude::*;

/// Yes or no, with the words beside the box.
#[component]
pub fn Checkbox(
    /// What is said yes to.
    #[prop(into)]
    label: String,
    /// The name in the form.
    #[prop(into)]
    name: String,
    /// Yes or no.
    checked: RwSignal<bool>,
    /// A quieter sentence under the label.
    #[prop(optional, into)]
    hint: Option<String>,
) -> impl IntoView {
    view! {
        <label class="check">
            <input
                type="checkbox"
                name=name
                value="true"
                checked=checked.get_untracked()
                prop:checked=move || checked.get()
                on:change=move |event| checked.set(event_target_checked(&event))
            />
            <span>
                {label}
                {hint
                    .map(|hint| {
                        view! {
                            <br />
                            <span class="small quiet">{hint}</span>
                        }.into_any()
                    })}
            </span>
        </label>
    }
}
