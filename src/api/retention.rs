//! How long names and drafts are kept, for administrators.
#![expect(
    missing_docs,
    reason = "#[server] turns arguments into public fields that cannot be documented; the functions are"
)]

use super::json::Answer;
use super::{ApiError, Me};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// After so many days; `None` for never.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Periods {
    /// Display names are erased so many days after a summary was published.
    pub names: Option<u32>,
    /// Drafts are deleted so many days after their day and their last change.
    pub drafts: Option<u32>,
}

/// What the next run would do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// In so many checkpoints it erases the names.
    pub names: usize,
    /// So many drafts it deletes.
    pub drafts: usize,
}

/// The page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RetentionView {
    /// Who is signed in.
    pub me: Option<Me>,
    /// What is set.
    pub set: Periods,
    /// What somebody asks about before it is set, and what would follow; or why it cannot be set.
    pub asked: Option<Result<(Periods, Due), String>>,
}

/// The page; days as they were typed, empty for never. `asked` is whether anybody typed something.
#[server(output = Answer)]
pub async fn load_retention(names: String, drafts: String, asked: bool) -> Result<RetentionView, ApiError> {
    use crate::server::request::{request, with_status};
    use crate::server::retention;
    with_status(retention::look(&request().await?, asked.then_some((&names, &drafts))).await)
}

/// Sets after how many days names are erased and drafts are deleted; empty for never.
#[server(output = Answer)]
pub async fn set_retention(#[server(default)] names: String, #[server(default)] drafts: String) -> Result<(), ApiError> {
    use crate::server::{request::request, retention};
    retention::set(&request().await?, &names, &drafts).await?;
    leptos_axum::redirect("/admin/retention");
    Ok(())
}
