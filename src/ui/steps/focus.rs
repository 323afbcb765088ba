//! temp
use crate::domain::ids::StepId;
use leptos::prelude::*;
/// t
#[component]
pub fn Focus(/** s */ step: StepId) -> impl IntoView { let _ = step; }
/// t
#[component]
pub fn FocusControls() -> impl IntoView {}
