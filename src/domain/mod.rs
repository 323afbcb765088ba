//! The model.
pub mod ids;
