//! The run-sheet: what to say and to do in the present step, on the screens of those who lead and on no other.

use crate::api::room::load_run_sheet;
use crate::ui::components::{SafeHtml, changing};
use crate::ui::live::Live;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

/// Beside this width in pixels there is room for it.
const WIDE: i32 = 960;

/// Opened with the button under the agenda. In a rehearsal it is open from the start, where there is room for it.
#[component]
pub(super) fn RunSheet() -> AnyView {
    let live = Live::from_context();
    let html = RwSignal::new(String::new());
    let moves = live.select(|w| (w.agenda.current, w.agenda.phase(), w.timeline.0.len()));
    Effect::new(move |_| {
        // Read, and not only tracked: a memo that nobody reads never looks at its sources.
        let _ = moves.get();
        let code = live.with_untracked(|w| w.code.to_string());
        spawn_local(async move {
            if let Ok(now) = load_run_sheet(code).await {
                // The room may have gone while the server answered.
                let _ = html.try_set(now);
            }
        });
    });
    if live.with_untracked(|w| w.rehearsal) {
        Effect::new(|_| open());
    }
    view! {
        <aside class="sheet" id="sheet" popover="manual" aria-labelledby="h-sheet">
            <header>
                <h2 id="h-sheet">"Run-sheet"</h2>
                <button class="btn btn--s" type="button" popovertarget="sheet" popovertargetaction="hide">"Close"</button>
            </header>
            <p class="small quiet">"Only those who lead see this."</p>
            {changing(move || view! { <SafeHtml html=html.get()/> }.into_any())}
        </aside>
    }
    .into_any()
}

fn open() {
    let wide = document().document_element().is_some_and(|root| root.client_width() > WIDE);
    let sheet = document()
        .get_element_by_id("sheet")
        .and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(sheet) = sheet.filter(|_| wide) {
        // Refused where a browser has no popovers; the button does nothing there either.
        let _ = sheet.show_popover();
    }
}
