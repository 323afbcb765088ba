//! temp
use crate::domain::ids::StepId;
use leptos::prelude::*;
/// t
#[component]
pub fn Surveys(/** s */ step: StepId) -> impl IntoView { let _ = step; }
/// t
#[component]
pub fn SurveyControls() -> impl IntoView {}
