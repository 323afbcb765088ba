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

/// Takes over the page that the server rendered.
#[cfg(feature = "hydrate")]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_body(ui::app::App);
}
