//! Starting a checkpoint, or planning one: the squad, the day, and how the squad votes.

use crate::api::checkpoints::{StartCheckpoint, StartForm, load_start_form};
use crate::api::rehearsal::Rehearse;
use crate::domain::facts::Industry;
use crate::domain::metric::Metric;
use crate::domain::plan::BuiltIn;
use crate::ui::components::{Checkbox, Choice, Page, Select, TextField};
use crate::ui::forms::{Refusal, Submit, refusal};
use crate::ui::frame::Frame;
use crate::ui::load;
use leptos::form::ActionForm;
use leptos::prelude::*;

/// `/start`.
#[component]
pub fn StartPage() -> AnyView {
    let form = load::once(load_start_form());
    let action = ServerAction::<StartCheckpoint>::new();
    load::show(form, "/start", move |form: StartForm| {
        view! {
            <Frame current="/start" me=form.me.clone()>
                <Page title="Start a checkpoint" lead="Everything here has a good default but the squad." narrow=true>
                    <Form form=form action=action />
                    <Rehearsing />
                </Page>
            </Frame>
        }
        .into_any()
    })
}

/// The way to try it out first.
#[component]
fn Rehearsing() -> impl IntoView {
    let action = ServerAction::<Rehearse>::new();
    view! {
        <ActionForm action=action attr:class="form">
            <h2>"Your first time?"</h2>
            <p>
                "Rehearse with seven simulated members. They vote, write and draw when you move on. Nothing of it is kept: no page, no action, no trace in any list."
            </p>
            <Refusal why=refusal(action) />
            <div class="form__end">
                <Submit label="Rehearse" pending=action.pending() class="btn" />
            </div>
        </ActionForm>
    }
}

#[component]
fn Form(form: StartForm, action: ServerAction<StartCheckpoint>) -> impl IntoView {
    let squads = form
        .squads
        .into_iter()
        .map(|squad| (squad.name, squad.tribe.unwrap_or_default()))
        .collect();
    let tribes = form.tribes.into_iter().map(|tribe| (tribe, String::new())).collect();
    let mut industries = vec![Choice::new("", "All industries")];
    industries.extend(
        Industry::ALL
            .into_iter()
            .map(|industry| Choice::new(industry.key(), industry.name())),
    );
    let built_in = BuiltIn::ALL.into_iter().map(|b| Choice::new(b.key(), b.name()));
    let own = form.templates.into_iter().map(|t| Choice::new(t.id.to_string(), t.name));
    let templates: Vec<Choice> = built_in.chain(own).collect();
    view! {
        <ActionForm action=action attr:class="form">
            <Suggested
                label="Squad"
                name="squad"
                hint="Choose one you know, or type the name of a new one."
                list=squads
                required=true
            />
            <Suggested label="Tribe" name="tribe" hint="Only for a squad that has none yet; leave it empty otherwise." list=tribes />
            <TextField
                label="Date"
                name="form[held_on]"
                id="field-held-on"
                kind="date"
                initial=form.today.to_string()
                required=true
                hint="Today starts at once. A later date only plans it: you get the room and its link, and prepare it there."
            />
            <Select
                label="Agenda"
                name="form[template]"
                id="field-template"
                choices=templates
                value=RwSignal::new(BuiltIn::TwoHours.key().to_owned())
                hint="You can change every step, before the start and later."
            />
            <Select
                label="Compare with"
                name="form[industry]"
                id="field-industry"
                choices=industries
                value=RwSignal::new(String::new())
                hint="The respondents your answers stand beside on the summary."
            />
            <Votes />
            <Refusal why=refusal(action) />
            <div class="form__end">
                <Submit label="Start a checkpoint" pending=action.pending() />
            </div>
        </ActionForm>
    }
}

/// How the squad votes: every choice with what it means for the squad.
#[component]
fn Votes() -> impl IntoView {
    let rework = format!("Also vote on the {}", Metric::DeploymentRework.name().to_lowercase());
    view! {
        <fieldset class="form__set">
            <legend>"Votes"</legend>
            <Checkbox
                label="Show names beside answers after the reveal"
                name="form[open_ballots]"
                checked=RwSignal::new(false)
                hint="Otherwise votes are anonymous: nobody ever sees who answered what. The squad is told before it votes."
            />
            <Checkbox
                label="The facilitator votes too"
                name="form[facilitator_votes]"
                checked=RwSignal::new(false)
                hint="For a facilitator who is a member of the squad."
            />
            <Checkbox
                label="Reveal by itself"
                name="form[auto_reveal]"
                checked=RwSignal::new(false)
                hint="The answers show as soon as everybody who is here has voted."
            />
            <Checkbox
                label=rework
                name="form[rework]"
                checked=RwSignal::new(false)
                hint="A fifth question of today's check. It does not change the level."
            />
        </fieldset>
    }
}

/// A field that suggests what there is and takes what is new. The browser keeps its text, so nothing typed is ever lost.
#[component]
fn Suggested(
    label: &'static str,
    name: &'static str,
    hint: &'static str,
    /// What is suggested, each with a word about it.
    list: Vec<(String, String)>,
    #[prop(optional)] required: bool,
) -> impl IntoView {
    let (field, hint_id, list_id) = (format!("field-{name}"), format!("field-{name}-hint"), format!("field-{name}-list"));
    let options = list
        .into_iter()
        .map(|(value, about)| view! { <option value=value>{about}</option> })
        .collect_view();
    view! {
        <div class="field">
            <label for=field.clone()>{label}</label>
            <span class="hint" id=hint_id.clone()>
                {hint}
            </span>
            <input
                class="input"
                id=field
                name=format!("form[{name}]")
                list=list_id.clone()
                maxlength="80"
                autocomplete="off"
                required=required
                aria-describedby=hint_id
            />
            <datalist id=list_id>{options}</datalist>
        </div>
    }
}
