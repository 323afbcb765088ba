//! The texts of Welcome, Setting the scene and the squad's own steps, in Markdown, with a look at what becomes of them.

use super::change;
use crate::api::planning::preview_text;
use crate::domain::agenda::StepKind;
use crate::domain::ids::StepId;
use crate::domain::plan::{Command, has_text};
use crate::domain::text::Markdown;
use crate::ui::components::{SafeHtml, TextArea};
use crate::ui::live::{Live, Part, Topic};
use crate::ui::room::{Refusal, Room};
use crate::ui::steps::following::{differs, following};
use leptos::prelude::*;

/// One part to unfold for each step with a text.
#[component]
pub(super) fn Texts() -> AnyView {
    let live = Live::from_context();
    let steps = live.select(|w| {
        let shown = w.agenda.steps.iter().filter(|step| has_text(step.kind));
        shown.map(|step| (step.id, step.kind)).collect::<Vec<_>>()
    });
    view! {
        <section aria-labelledby="plan-texts">
            <h2 id="plan-texts">"Texts"</h2>
            <p class="small quiet">"Markdown. What you change here is for this checkpoint, and the squad’s next one begins with it."</p>
            <For each=move || steps.get() key=|step| *step let((step, kind))>
                <Text step kind/>
            </For>
            <Refusal topic=Topic::Plan(Part::Texts)/>
        </section>
    }
    .into_any()
}

#[component]
fn Text(step: StepId, kind: StepKind) -> AnyView {
    let live = Live::from_context();
    let room = Room::from_context();
    let title = live.select(move |w| w.agenda.step(step).map_or_else(String::new, |s| s.title().to_owned()));
    let own = live.select(move |w| w.plan.texts.contains_key(&step));
    let stored = Memo::new(move |_| {
        room.texts
            .with(|texts| texts.get(&step).map(|t| t.source.trim().to_owned()).unwrap_or_default())
    });
    let typed = following(stored);
    let preview = RwSignal::new(None::<Result<String, String>>);
    let look = move |_| {
        let (code, text) = (live.with_untracked(|w| w.code.to_string()), typed.get_untracked());
        leptos::task::spawn_local(async move {
            let html = preview_text(code, text).await.map_err(|error| error.to_string());
            // The page may have gone while the server answered.
            let _ = preview.try_set(Some(html));
        });
    };
    let topic = Topic::Plan(Part::Texts);
    let saved = move || match (live.waiting(topic), differs(typed, stored), own.get()) {
        (true, ..) => "Saving…",
        (_, false, true) => "Saved",
        _ => "",
    };
    let save = move |text| change(live, Command::Write { step, text });
    let back = move || {
        let word = if kind == StepKind::Talk {
            "Show no text"
        } else {
            "Use the organisation’s text"
        };
        own.get()
            .then(|| view! { <button class="btn btn--text" type="button" on:click=move |_| save(None)>{word}</button> }.into_any())
    };
    let chip = move || {
        own.get()
            .then(|| view! { " " <span class="chip">"Changed for this checkpoint"</span> }.into_any())
    };
    let shown = move || {
        preview.get().map(|preview| match preview {
            Ok(html) => view! { <div class="plan__preview" role="group" aria-label="Preview"><SafeHtml html/></div> }.into_any(),
            Err(why) => view! { <p class="refusal" role="alert">{why}</p> }.into_any(),
        })
    };
    view! {
        <details class="plan__more">
            <summary>{title}{chip}</summary>
            <div class="plan__text">
                <TextArea
                    label=format!("Text of {}", title.get_untracked())
                    name=format!("plan-text-{step}")
                    value=typed
                    rows=10
                    maxlength=u16::try_from(Markdown::MAX).unwrap_or(u16::MAX)
                />
                <div class="buttons">
                    <button class="btn" type="button" on:click=move |_| save(Some(typed.get_untracked()))>"Save text"</button>
                    <button class="btn btn--ghost" type="button" on:click=look>"Preview"</button>
                    {back}
                    <span role="status">{saved}</span>
                </div>
                {shown}
            </div>
        </details>
    }
    .into_any()
}
