//! Agendas to begin with: those of the product, and those of the organisation.

use super::change;
use crate::api::ApiError;
use crate::api::planning::{TemplateChoice, delete_template, load_templates, save_template};
use crate::domain::plan::{BuiltIn, Command, Template};
use crate::ui::components::{Choice, Select, TextField};
use crate::ui::live::Live;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Taking an agenda, keeping this one, and letting one go.
#[component]
pub(super) fn Templates() -> AnyView {
    let live = Live::from_context();
    let planned = live.select(|w| w.agenda.started_at.is_none());
    // `None` for somebody without an account: they have the product's templates and keep none.
    let own = RwSignal::new(None::<Vec<TemplateChoice>>);
    let said = RwSignal::new(None::<String>);
    let load = move || {
        spawn_local(async move {
            if let Ok(templates) = load_templates().await {
                // The page may have gone while the server answered.
                let _ = own.try_set(Some(templates));
            }
        });
    };
    Effect::new(move |_| load());
    let answered = move |outcome: Result<(), ApiError>, done: &'static str| {
        let _ = said.try_set(Some(outcome.map_or_else(|error| error.to_string(), |()| done.to_owned())));
        load();
    };
    let take = move || planned.get().then(|| view! { <Take own/> }.into_any());
    let keep = move || {
        own.with(Option::is_some)
            .then(|| view! { <Keep on_save=move |outcome| answered(outcome, "The agenda is kept as a template.")/> }.into_any())
    };
    let rows = move || {
        let row = |template: TemplateChoice| {
            let TemplateChoice { id, name, .. } = template;
            let delete = move |_| spawn_local(async move { answered(delete_template(id).await, "The template is deleted.") });
            view! {
                <li>
                    <span>{name.clone()}</span>
                    <button class="btn btn--s btn--ghost" type="button" aria-label=format!("Delete {name}") on:click=delete>"Delete"</button>
                </li>
            }
        };
        own.get().map(|own| own.into_iter().map(row).collect_view().into_any())
    };
    view! {
        <details class="plan__more">
            <summary>"Templates"</summary>
            <div class="plan__templates">
                {take}
                {keep}
                <ul class="plan__own">{rows}</ul>
                <p role="status">{said}</p>
            </div>
        </details>
    }
    .into_any()
}

/// The agenda of a template instead of this one.
#[component]
fn Take(own: RwSignal<Option<Vec<TemplateChoice>>>) -> AnyView {
    let live = Live::from_context();
    let chosen = RwSignal::new(BuiltIn::TwoHours.key().to_owned());
    let choices = Signal::derive(move || {
        let built_in = BuiltIn::ALL.into_iter().map(|b| Choice::new(b.key(), b.name()));
        let own = own
            .get()
            .unwrap_or_default()
            .into_iter()
            .map(|t| Choice::new(t.id.to_string(), t.name));
        built_in.chain(own).collect::<Vec<_>>()
    });
    let template = move || -> Option<Template> {
        let chosen = chosen.get_untracked();
        let built_in = BuiltIn::ALL.into_iter().find(|b| b.key() == chosen).map(BuiltIn::template);
        built_in.or_else(|| {
            own.get_untracked()?
                .into_iter()
                .find(|t| t.id.to_string() == chosen)
                .map(|t| t.template)
        })
    };
    let lay = move |_| {
        if let Some(template) = template() {
            change(live, Command::Lay(template));
        }
    };
    view! {
        <Select
            label="Begin with another agenda"
            name="plan-template"
            choices=choices
            value=chosen
            hint="It takes the place of all steps above. Texts of Welcome and Setting the scene stay."
        />
        <button class="btn" type="button" on:click=lay>"Use this agenda"</button>
    }
    .into_any()
}

/// Keeps the agenda under a name.
#[component]
fn Keep(on_save: impl Fn(Result<(), ApiError>) + Copy + Send + Sync + 'static) -> AnyView {
    let live = Live::from_context();
    let name = RwSignal::new(String::new());
    let keep = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (code, typed) = (live.with_untracked(|w| w.code.to_string()), name.get_untracked());
        spawn_local(async move { on_save(save_template(code, typed).await) });
    };
    view! {
        <form class="plan__keep" on:submit=keep>
            <TextField
                label="Keep this agenda as a template"
                name="plan-template-name"
                value=name
                maxlength=80
                hint="Everybody who leads checkpoints here can use it. The same name again replaces it."
            />
            <button class="btn" type="submit">"Save as template"</button>
        </form>
    }
    .into_any()
}
