//! Checkpoint.
pub mod domain;
