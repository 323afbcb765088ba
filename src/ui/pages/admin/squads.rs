//! Squads and the tribes they belong to.

use super::Forms;
use crate::api::admin::{SquadRow, TribeRow};
use crate::ui::components::{Choice, For, Select, TextField};
use crate::ui::forms::{Refusal, Submit, refusal};
use leptos::form::ActionForm;
use leptos::prelude::*;

/// All squads, each with its tribe to choose, and a form for a new one.
#[component]
pub fn Squads(
    /// By name.
    squads: Vec<SquadRow>,
    /// By name.
    tribes: Vec<TribeRow>,
    /// The page's forms.
    forms: Forms,
) -> impl IntoView {
    let mut choices = vec![Choice::new("", "No tribe")];
    choices.extend(tribes.into_iter().map(|tribe| Choice::new(tribe.id.to_string(), tribe.name)));
    let none = squads.is_empty();
    let for_new = choices.clone();
    view! {
        <section id="squads" aria-labelledby="h-squads">
            <h2 id="h-squads">"Squads"</h2>
            {if none {
                view! { <p class="empty">"There is no squad yet. Create one here, or start a checkpoint: it creates the squad by itself."</p> }.into_any()
            } else {
                view! {
                    <table class="table table--middle table--stack">
                        <caption class="vh">"Squads and their tribes"</caption>
                        <thead>
                            <tr>
                                <th scope="col">"Squad"</th>
                                <th scope="col">"Tribe"</th>
                            </tr>
                        </thead>
                        <tbody>
                            <For each=move || squads.clone() key=|squad| (squad.id, squad.tribe.as_ref().map(|tribe| tribe.id)) let:squad>
                                <Squad squad=squad choices=choices.clone() forms=forms />
                            </For>
                        </tbody>
                    </table>
                }
                    .into_any()
            }}
            <Refusal why=refusal(forms.set_tribe) />
            <h3 class="gap-above">"New squad"</h3>
            <ActionForm action=forms.squad attr:class="form">
                <div class="form__row">
                    <TextField label="Name of the squad" name="name" id="field-squad" value=forms.typed.squad required=true maxlength=80 />
                    <Select label="Tribe" name="tribe" id="field-squad-tribe" choices=for_new value=RwSignal::new(String::new()) />
                    <Submit label="Create the squad" pending=forms.squad.pending() class="btn" />
                </div>
                <Refusal why=refusal(forms.squad) />
            </ActionForm>
        </section>
    }
}

#[component]
fn Squad(squad: SquadRow, choices: Vec<Choice>, forms: Forms) -> impl IntoView {
    let tribe = RwSignal::new(squad.tribe.map(|tribe| tribe.id.to_string()).unwrap_or_default());
    let id = squad.id.to_string();
    view! {
        <tr>
            <th scope="row">{squad.name.clone()}</th>
            <td>
                <ActionForm action=forms.set_tribe attr:class="row-form">
                    <input type="hidden" name="squad" value=id.clone() />
                    <Select label=format!("Tribe of {}", squad.name) name="tribe" id=format!("tribe-{id}") choices=choices value=tribe />
                    <Submit label="Save" pending=forms.set_tribe.pending() class="btn btn--s" />
                </ActionForm>
            </td>
        </tr>
    }
}

/// All tribes, and a form for a new one.
#[component]
pub fn Tribes(
    /// By name.
    tribes: Vec<TribeRow>,
    /// The page's forms.
    forms: Forms,
) -> impl IntoView {
    let none = tribes.is_empty();
    let names = tribes.into_iter().map(|tribe| view! { <li>{tribe.name}</li> }).collect_view();
    view! {
        <section id="tribes" aria-labelledby="h-tribes">
            <h2 id="h-tribes">"Tribes"</h2>
            {if none {
                view! { <p class="empty">"There is no tribe yet. A tribe is a group of squads; you can do without."</p> }.into_any()
            } else {
                view! { <ul class="lines">{names}</ul> }.into_any()
            }}
            <h3 class="gap-above">"New tribe"</h3>
            <ActionForm action=forms.tribe attr:class="form">
                <div class="form__row">
                    <TextField label="Name of the tribe" name="name" id="field-tribe" value=forms.typed.tribe required=true maxlength=80 />
                    <Submit label="Create the tribe" pending=forms.tribe.pending() class="btn" />
                </div>
                <Refusal why=refusal(forms.tribe) />
            </ActionForm>
        </section>
    }
}
