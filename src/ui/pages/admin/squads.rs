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
    let all = squads.clone();
    let refusals = [
        refusal(forms.set_tribe),
        refusal(forms.rename),
        refusal(forms.archive),
        refusal(forms.merge),
    ];
    let last = move || forms.of_squads.get().1;
    // A page that comes back from a form without scripts knows no last one.
    let refused = Signal::derive(move || match last() {
        Some(form) => refusals[form].get(),
        None => refusals.iter().find_map(Get::get),
    });
    let saved = move || (last().is_some() && refused.with(Option::is_none)).then_some("Saved.");
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
                            <For each=move || squads.clone() key=Clone::clone let:squad>
                                <Squad others=others_than(&squad, &all) squad=squad choices=choices.clone() forms=forms />
                            </For>
                        </tbody>
                    </table>
                }
                    .into_any()
            }}
            <p class="small quiet" role="status">{saved}</p>
            <Refusal why=refused />
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
fn Squad(squad: SquadRow, choices: Vec<Choice>, others: Vec<Choice>, forms: Forms) -> AnyView {
    let archived = squad.archived.then(|| view! { <span class="chip">"Archived"</span> }.into_any());
    view! {
        <tr>
            <th scope="row">
                <a href=format!("/squads/{}", squad.slug)>{squad.name.clone()}</a>
                " "
                {archived}
            </th>
            <td>
                {tribe_form(&squad, choices, forms)}
                <details class="more">
                    <summary>"Rename, archive, merge" <span class="vh">{format!(" {}", squad.name)}</span></summary>
                    {rename_form(&squad, forms)}
                    {archive_form(&squad, forms)}
                    {merge_form(&squad, others, forms)}
                </details>
            </td>
        </tr>
    }
    .into_any()
}

fn hidden_id(squad: &SquadRow) -> AnyView {
    view! { <input type="hidden" name="squad" value=squad.id.to_string() /> }.into_any()
}

fn tribe_form(squad: &SquadRow, choices: Vec<Choice>, forms: Forms) -> AnyView {
    let tribe = RwSignal::new(squad.tribe.as_ref().map(|tribe| tribe.id.to_string()).unwrap_or_default());
    let (id, label) = (format!("tribe-{}", squad.id), format!("Tribe of {}", squad.name));
    let hidden = hidden_id(squad);
    view! {
        <ActionForm action=forms.set_tribe attr:class="row-form">
            {hidden}
            <Select label=label name="tribe" id=id choices=choices value=tribe />
            <Submit label="Save" pending=forms.set_tribe.pending() class="btn btn--s" />
        </ActionForm>
    }
    .into_any()
}

fn rename_form(squad: &SquadRow, forms: Forms) -> AnyView {
    let (id, label, name) = (
        format!("name-{}", squad.id),
        format!("New name of {}", squad.name),
        squad.name.clone(),
    );
    let hidden = hidden_id(squad);
    view! {
        <ActionForm action=forms.rename attr:class="row-form">
            {hidden}
            <TextField label=label name="name" id=id initial=name required=true maxlength=80 />
            <Submit label="Rename" pending=forms.rename.pending() class="btn btn--s" />
        </ActionForm>
    }
    .into_any()
}

fn archive_form(squad: &SquadRow, forms: Forms) -> AnyView {
    let (label, wanted) = if squad.archived {
        (format!("Bring {} back", squad.name), None)
    } else {
        let wanted = view! { <input type="hidden" name="archived" value="on" /> }.into_any();
        (format!("Archive {}", squad.name), Some(wanted))
    };
    let hidden = hidden_id(squad);
    view! {
        <ActionForm action=forms.archive attr:class="row-form">
            {hidden}
            {wanted}
            <Submit label=label pending=forms.archive.pending() class="btn btn--s" />
        </ActionForm>
        <p class="small quiet">"An archived squad is offered nowhere; its checkpoints stay readable."</p>
    }
    .into_any()
}

fn merge_form(squad: &SquadRow, others: Vec<Choice>, forms: Forms) -> AnyView {
    let (id, label, act) = (
        format!("into-{}", squad.id),
        format!("Merge {} into", squad.name),
        format!("Merge {}", squad.name),
    );
    let hidden = hidden_id(squad);
    view! {
        <ActionForm action=forms.merge attr:class="row-form">
            {hidden}
            <Select label=label name="into" id=id choices=others value=RwSignal::new(String::new()) />
            <label class="check">
                <input type="checkbox" required=true />
                "This cannot be undone"
            </label>
            <Submit label=act pending=forms.merge.pending() class="btn btn--s" />
        </ActionForm>
        <p class="small quiet">"The other squad takes over all checkpoints and actions, and answers to this name."</p>
    }
    .into_any()
}

/// The squads that may take over from this one.
fn others_than(squad: &SquadRow, all: &[SquadRow]) -> Vec<Choice> {
    let others = all.iter().filter(|other| other.id != squad.id && !other.archived);
    let others = others.map(|other| Choice::new(other.id.to_string(), other.name.clone()));
    std::iter::once(Choice::new("", "Choose a squad")).chain(others).collect()
}

/// All tribes, each with its name to change, and a form for a new one.
#[component]
pub fn Tribes(
    /// By name.
    tribes: Vec<TribeRow>,
    /// The page's forms.
    forms: Forms,
) -> impl IntoView {
    let none = tribes.is_empty();
    let names = tribes
        .into_iter()
        .map(|tribe| {
            let (id, label) = (tribe.id.to_string(), format!("Name of the tribe {}", tribe.name));
            view! {
                <li>
                    <ActionForm action=forms.rename_tribe attr:class="row-form">
                        <input type="hidden" name="tribe" value=id.clone() />
                        <TextField label=label name="name" id=format!("tribe-name-{id}") initial=tribe.name required=true maxlength=80 />
                        <Submit label="Rename" pending=forms.rename_tribe.pending() class="btn btn--s" />
                    </ActionForm>
                </li>
            }
            .into_any()
        })
        .collect_view();
    view! {
        <section id="tribes" aria-labelledby="h-tribes">
            <h2 id="h-tribes">"Tribes"</h2>
            {if none {
                view! { <p class="empty">"There is no tribe yet. A tribe is a group of squads; you can do without."</p> }.into_any()
            } else {
                view! { <ul class="lines">{names}</ul> }.into_any()
            }}
            <Refusal why=refusal(forms.rename_tribe) />
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
