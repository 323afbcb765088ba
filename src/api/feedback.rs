//! What people say of a checkpoint itself.
#![expect(
    missing_docs,
    reason = "#[server] turns arguments into public fields that cannot be documented; the functions are"
)]

use super::ApiError;
use super::json::Answer;
use crate::domain::feedback::{Feedback, Report};
use crate::domain::time::Timestamp;
use chrono::NaiveDate;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The page on which feedback is given, and the step in the room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedbackView {
    /// The code of the room.
    pub code: String,
    /// The squad.
    pub squad: String,
    /// The day of the checkpoint.
    pub held_on: NaiveDate,
    /// Why nothing is taken now, in a sentence.
    pub closed: Option<String>,
    /// Until when it is taken; `None` while the summary is not published.
    pub until: Option<Timestamp>,
    /// What this browser has said.
    pub mine: Option<Feedback>,
    /// How many have said something.
    pub count: u32,
    /// What they say, for facilitators, once there are enough of them.
    pub report: Option<Report>,
}

/// What a squad's people say of their checkpoints on the whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Worthwhile {
    /// The mean of all numbers, 1 to 5.
    pub mean: f64,
    /// How many answers it is made of.
    pub people: u32,
    /// Of how many checkpoints.
    pub checkpoints: u32,
}

impl Worthwhile {
    /// "Worth the time: 4.2 of 5 on average, from 18 answers on 3 checkpoints."
    #[must_use]
    pub fn sentence(&self) -> String {
        let checkpoints = if self.checkpoints == 1 {
            "1 checkpoint".to_owned()
        } else {
            format!("{} checkpoints", self.checkpoints)
        };
        format!(
            "Worth the time: {:.1} of 5 on average, from {} answers on {checkpoints}.",
            self.mean, self.people
        )
    }
}

/// What the page for feedback shows.
#[server(output = Answer)]
pub async fn load_feedback(code: String) -> Result<FeedbackView, ApiError> {
    use crate::server::feedback;
    use crate::server::request::{not_indexed, request, with_status};
    not_indexed();
    with_status(feedback::look(&request().await?, &code).await)
}

/// Says whether the checkpoint was worth the time, what to keep and what to change; what this browser said before is replaced.
#[server(output = Answer)]
pub async fn give_feedback(
    code: String,
    #[server(default)] worth: String,
    #[server(default)] keep: String,
    #[server(default)] change: String,
) -> Result<(), ApiError> {
    use crate::domain::feedback::Feedback;
    use crate::server::{feedback, request::request};
    let given = Feedback::parse(&worth, &keep, &change).map_err(|refused| ApiError::Refused(refused.to_string()))?;
    feedback::give(&request().await?, &code, &given).await
}
