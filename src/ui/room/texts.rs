//! The texts of the steps as they are now. The room knows their Markdown; the server makes safe HTML of it.

use super::Room;
use crate::api::planning::load_texts;
use crate::domain::ids::StepId;
use crate::domain::plan::has_text;
use crate::ui::components::SafeHtml;
use crate::ui::live::Live;
use leptos::prelude::*;

/// Asks for the texts again whenever somebody has changed one of them.
pub(super) fn keep_fresh(room: Room, live: Live) {
    let sources = live.select(|w| {
        let shown = w.agenda.steps.iter().filter(|step| has_text(step.kind));
        shown.map(|step| (step.id, w.plan.texts.get(&step.id).cloned())).collect::<Vec<_>>()
    });
    Effect::new(move |before: Option<Vec<_>>| {
        let now = sources.get();
        if before.is_some_and(|before| before != now) {
            let code = live.with_untracked(|w| w.code.to_string());
            leptos::task::spawn_local(async move {
                if let Ok(texts) = load_texts(code).await {
                    // The page may have gone while the server answered.
                    let _ = room.texts.try_set(texts);
                }
            });
        }
        now
    });
}

/// The text of a step, where it has one.
#[component]
pub fn StepText(
    /// The step.
    step: StepId,
) -> AnyView {
    let room = Room::from_context();
    let html = Memo::new(move |_| {
        room.texts
            .with(|texts| texts.get(&step).map(|text| text.html.clone()).unwrap_or_default())
    });
    (move || {
        Some(html.get())
            .filter(|html| !html.is_empty())
            .map(|html| view! { <SafeHtml html/> })
    })
    .into_any()
}
