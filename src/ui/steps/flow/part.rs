//! The door into the canvas, a part of the bundle of its own (`room/parts.rs`): nobody needs it before the squad draws.
#![expect(clippy::unnecessary_wraps, reason = "the error is that of fetching, which `wasm_split` adds")]

use super::FlowStep;
use crate::domain::ids::StepId;
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};

/// The door. Only [`CanvasPart::here`] names what is behind it: whoever calls that has the part.
#[derive(Clone, Copy)]
pub struct CanvasPart {
    /// The step.
    pub step: fn(StepId) -> AnyView,
}

impl CanvasPart {
    /// For the server, which has everything.
    #[must_use]
    pub fn here() -> Self {
        Self {
            step: |step| view! { <FlowStep step/> }.into_any(),
        }
    }
}

/// Fetches the part.
#[wasm_split(room_canvas, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn canvas() -> Result<CanvasPart, SplitLoaderError> {
    Ok(CanvasPart::here())
}
