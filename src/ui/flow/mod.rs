//! The drawing of a delivery flow, shown in several places.

pub mod picture;

pub use picture::{Picture, connector_sign, connector_wire, lane_frame, lane_title, step_box, text_box};
