//! Checkpoint runs a squad's quarterly DevOps Checkpoint live.
//!
//! `domain` says what may happen, `protocol` what travels, `server` keeps and tells, `api` answers pages, `ui` shows.
//! docs/ARCHITECTURE.md is the map. The features are chosen here and nowhere else.
#![recursion_limit = "512"]

pub mod api;
pub mod domain;
pub mod protocol;
pub mod reader;
#[cfg(feature = "ssr")]
pub mod server;
pub mod ui;

/// Takes over the page that the server rendered, and loads no more than this page needs: the room, the pages that are only read, and
/// all other pages are three documents, each with its own part of the browser half (docs/decisions/0003).
#[cfg(feature = "hydrate")]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    wasm_bindgen_futures::spawn_local(async {
        if ui::room::document::in_browser() {
            let rest = if ui::room::document::needs_rest() {
                // Without it the page stays as the server wrote it, as when any other part does not come.
                let Ok(rest) = ui::room::rest::rest().await else { return };
                Some(rest)
            } else {
                None
            };
            take_over_room(rest).await;
        } else if ui::reading::in_browser() {
            wake_reading().await;
        } else {
            take_over_pages().await;
        }
    });
}

#[cfg(feature = "hydrate")]
#[leptos::lazy]
fn take_over_room(rest: Option<ui::room::rest::Rest>) {
    leptos::mount::hydrate_body(move || leptos::view! { <ui::room::document::RoomDocument rest /> });
}

#[cfg(feature = "hydrate")]
#[leptos::lazy]
fn take_over_pages() {
    leptos::mount::hydrate_body(ui::app::App);
}

#[cfg(feature = "hydrate")]
#[leptos::lazy]
fn wake_reading() {
    ui::reading::awake::wake_up();
}
