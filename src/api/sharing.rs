//! Showing one summary to somebody without an account.
#![expect(
    missing_docs,
    reason = "#[server] turns arguments into public fields that cannot be documented; the functions are"
)]

use super::ApiError;
use super::json::Answer;
use crate::domain::ids::WorkshopId;
use crate::domain::time::Timestamp;
use chrono::NaiveDate;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// How long a link may open, in days, and what that is called.
pub const EXPIRIES: [(u32, &str); 4] = [(7, "7 days"), (30, "30 days"), (90, "90 days"), (365, "1 year")];

/// Where a link stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It opens.
    Open,
    /// It has ended by itself.
    Ended,
    /// Somebody took it back.
    TakenBack,
}

/// A link in the list of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageLink {
    /// Its name for the button that takes it back; it opens nothing.
    pub name: String,
    /// Who made it.
    pub by: String,
    /// When.
    pub made: Timestamp,
    /// Its last day.
    pub until: NaiveDate,
    /// Where it stands.
    pub standing: Standing,
    /// How often it was opened.
    pub reads: u32,
    /// When last.
    pub last_read: Option<Timestamp>,
}

/// What facilitators see of the links to a summary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sharing {
    /// The address of the link that was just made, shown only now.
    pub made: Option<String>,
    /// All of them, the newest first.
    pub links: Vec<PageLink>,
}

/// A summary as whoever has a link reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedPage {
    /// What the page is called.
    pub title: String,
    /// What it says, in a sentence or two.
    pub preview: String,
    /// Which revision it is: the newest.
    pub revision: u32,
    /// The document as HTML.
    pub document: String,
    /// The link's own address, absolute.
    pub address: String,
    /// Its last day.
    pub until: NaiveDate,
}

/// Makes a link that opens for so many days, and shows it.
#[server(output = Answer)]
pub async fn share_page(id: WorkshopId, days: u32) -> Result<(), ApiError> {
    use crate::server::{request::request, sharing};
    let address = sharing::make(&request().await?, id, days).await?;
    leptos_axum::redirect(&address);
    Ok(())
}

/// Takes a link back, and shows the list of them.
#[server(output = Answer)]
pub async fn take_back_page_link(name: String) -> Result<(), ApiError> {
    use crate::server::{request::request, sharing};
    let address = sharing::take_back(&request().await?, &name).await?;
    leptos_axum::redirect(&address);
    Ok(())
}

/// A summary for whoever has a link to it.
#[server(output = Answer)]
pub async fn read_shared_page(token: String) -> Result<SharedPage, ApiError> {
    use crate::server::request::{request, with_status};
    use crate::server::sharing;
    with_status(sharing::read(&request().await?.app, &token).await)
}
