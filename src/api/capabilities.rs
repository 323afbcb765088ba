//! The catalogue of capabilities: to read, and to choose from in a room.
#![expect(
    missing_docs,
    reason = "#[server] turns arguments into public fields that cannot be documented; the functions are"
)]

use super::json::Answer;
use super::{ApiError, Me};
use crate::domain::facts::capability::Entry;
use crate::domain::facts::{Capability, CapabilityKey, EditionInfo};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The page to read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CapabilitiesView {
    /// Who is signed in.
    pub me: Option<Me>,
    /// Where the built-in ones come from.
    pub about: EditionInfo,
    /// The built-in ones.
    pub entries: Vec<Entry>,
    /// The organisation's own, for those who sign in.
    pub own: Vec<Capability>,
}

/// A capability that can be surveyed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offered {
    /// Its name for machines.
    pub key: CapabilityKey,
    /// Its name for people.
    pub title: String,
    /// Its name in 2019, where that was another one.
    pub title_2019: Option<String>,
    /// How many statements its survey has.
    pub statements: usize,
}

/// The page to read.
#[server(output = Answer)]
pub async fn load_capabilities() -> Result<CapabilitiesView, ApiError> {
    use crate::server::capabilities;
    use crate::server::request::{request, with_status};
    with_status(capabilities::view(&request().await?).await)
}

/// What can be surveyed, for somebody with a seat in this room.
#[server(output = Answer)]
pub async fn load_surveyable(code: String) -> Result<Vec<Offered>, ApiError> {
    use crate::server::{capabilities, request::request};
    capabilities::offered(&request().await?, &code).await
}
