//! Checkpoint runs a squad's quarterly DevOps Checkpoint live.
//!
//! `domain` says what may happen, `protocol` what travels, `server` keeps and tells, `api` answers pages, `ui` shows.
//! docs/ARCHITECTURE.md is the map. The features are chosen here and nowhere else.
#![recursion_limit = "512"]

pub mod api;
pub mod domain;
pub mod protocol;
#[cfg(feature = "ssr")]
pub mod server;
pub mod ui;

/// Takes over the page that the server rendered, and loads no more than this page needs: the room and all other pages are two
/// documents, each with its own part of the browser half (docs/decisions/0003).
#[cfg(feature = "hydrate")]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    wasm_bindgen_futures::spawn_local(async {
        if ui::room::document::in_browser() {
            take_over_room().await;
        } else {
            take_over_pages().await;
        }
    });
}

#[cfg(feature = "hydrate")]
#[leptos::lazy]
fn take_over_room() {
    leptos::mount::hydrate_body(|| leptos::view! { <ui::room::document::RoomDocument /> });
}

#[cfg(feature = "hydrate")]
#[leptos::lazy]
fn take_over_pages() {
    leptos::mount::hydrate_body(ui::app::App);
}
