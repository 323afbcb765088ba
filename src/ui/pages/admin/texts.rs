//! The organisation's own texts, in Markdown.

use super::Forms;
use crate::api::admin::Content;
use crate::ui::components::TextArea;
use crate::ui::forms::{Done, Refusal, Submit, refusal};
use leptos::form::ActionForm;
use leptos::prelude::*;

/// One form for each text.
#[component]
pub fn Texts(
    /// The texts in force.
    content: Vec<Content>,
    /// The page's forms.
    forms: Forms,
) -> impl IntoView {
    let texts = content
        .into_iter()
        .map(|text| view! { <Text text=text forms=forms /> })
        .collect_view();
    view! {
        <section id="texts" aria-labelledby="h-texts">
            <h2 id="h-texts">"Texts of the organisation"</h2>
            <p class="quiet gap-below">
                "They are shown in the room, written in Markdown. Empty a text and save it to get the product's own back."
            </p>
            <p class="empty asleep">"These texts can be changed once this page has loaded its script."</p>
            <div class="stack awake-only">{texts}</div>
            <Refusal why=refusal(forms.text) />
            <Done action=forms.text text="Saved" />
        </section>
    }
}

#[component]
fn Text(text: Content, forms: Forms) -> impl IntoView {
    view! {
        <ActionForm action=forms.text attr:class="form form--wide">
            <input type="hidden" name="key" value=text.key.clone() />
            <TextArea
                label=text.title.clone()
                name="body"
                id=format!("field-text-{}", text.key)
                value=RwSignal::new(text.body)
                maxlength=20_000
                rows=12
            />
            <div class="form__end">
                <Submit label=format!("Save {}", text.title) pending=forms.text.pending() class="btn" />
            </div>
        </ActionForm>
    }
}
