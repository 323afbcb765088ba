//! The server half: what needs a clock, a disk or a network.
pub mod store;
