//! Checkpoint runs a squad's quarterly DevOps Checkpoint live.
//!
//! `domain` says what may happen, `protocol` what travels, `server` keeps and tells, `api` answers pages, `ui` shows.
//! docs/ARCHITECTURE.md is the map. The features are chosen here and nowhere else.
#![recursion_limit = "512"]

pub mod api;
pub mod domain;
pub mod ui;
