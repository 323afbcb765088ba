//! The organisation's own capabilities, beside DORA's.

use super::Forms;
use crate::api::admin::CapabilityRow;
use crate::ui::components::{TextArea, TextField};
use crate::ui::forms::{Done, Refusal, Submit, refusal};
use leptos::form::ActionForm;
use leptos::prelude::*;

/// One form for each, and one for a new one.
#[component]
pub fn Capabilities(
    /// By title.
    capabilities: Vec<CapabilityRow>,
    /// The page's forms.
    forms: Forms,
) -> impl IntoView {
    let all = capabilities.into_iter().map(|row| one(row, &forms)).collect_view();
    view! {
        <section id="capabilities" aria-labelledby="h-capabilities">
            <h2 id="h-capabilities">"Capabilities of your own"</h2>
            <p class="quiet gap-below">
                "Squads can be surveyed about these too. A checkpoint takes along what it asks, so a change here changes no checkpoint that has chosen it. "
                <a href="/capabilities">"All capabilities"</a>
            </p>
            <p class="empty asleep">"These can be changed once this page has loaded its script."</p>
            <div class="stack awake-only">{all}</div>
            <Refusal why=refusal(forms.drop_capability) />
            <h3 class="gap-above awake-only">"New capability"</h3>
            <div class="awake-only">
                <ActionForm action=forms.capability attr:class="form form--wide">
                    {fields("new", forms.typed.capability, forms.typed.capability_summary, forms.typed.capability_items)}
                    <div class="form__end">
                        <Submit label="Create the capability" pending=forms.capability.pending() class="btn" />
                        <Done action=forms.capability text="Saved" />
                    </div>
                </ActionForm>
            </div>
            <Refusal why=refusal(forms.capability) />
        </section>
    }
}

fn fields(id: &str, title: RwSignal<String>, summary: RwSignal<String>, items: RwSignal<String>) -> AnyView {
    view! {
        <TextField label="Title" name="title" id=format!("capability-title-{id}") value=title required=true maxlength=80 />
        <TextField label="What it means, in a sentence" name="summary" id=format!("capability-summary-{id}") value=summary maxlength=300 />
        <TextArea
            label="Statements, one a line"
            name="items"
            id=format!("capability-items-{id}")
            value=items
            hint="People answer each with five words from strongly disagree to strongly agree. Begin a line with a hyphen when it is bad to agree."
            rows=5
            maxlength=6_200
            required=true
        />
    }
    .into_any()
}

/// One that exists: folded until somebody wants to change it.
fn one(row: CapabilityRow, forms: &Forms) -> AnyView {
    let (save_form, drop_form) = (forms.capability, forms.drop_capability);
    let id = row.id.to_string();
    let (again, title) = (id.clone(), row.title.clone());
    let typed = fields(
        &id,
        RwSignal::new(row.title.clone()),
        RwSignal::new(row.summary),
        RwSignal::new(row.items),
    );
    let save = format!("Save {}", row.title);
    view! {
        <details>
            <summary>{title.clone()}</summary>
            <ActionForm action=save_form attr:class="form form--wide">
                <input type="hidden" name="id" value=id.clone() />
                {typed}
                <div class="form__end">
                    <Submit label=save pending=save_form.pending() class="btn" />
                </div>
            </ActionForm>
            <ActionForm action=drop_form>
                <input type="hidden" name="id" value=again.clone() />
                <Submit label=format!("Delete {}", row.title.clone()) pending=drop_form.pending() class="btn btn--ghost" />
            </ActionForm>
        </details>
    }
    .into_any()
}
