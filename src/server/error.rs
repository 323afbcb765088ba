//! Errors for the log. The browser gets a sentence and a number to quote, never an internal text.

use super::store::StoreError;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

/// Something that went wrong on our side.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The session store.
    #[error(transparent)]
    Session(#[from] tower_sessions::session::Error),
    /// A password could not be hashed or checked.
    #[error("the password could not be hashed: {0}")]
    Password(String),
    /// A stored text that no longer reads as what it was.
    #[error("a stored value cannot be read: {0}")]
    Unreadable(#[from] serde_json::Error),
    /// The room's actor did not answer.
    #[error("the room does not answer")]
    RoomSilent,
}

impl IntoResponse for ServerError {
    fn into_response(self) -> Response {
        tracing::error!(error = %self, "a request failed");
        (
            StatusCode::SERVICE_UNAVAILABLE,
            "This does not work just now. Nothing is lost; try again in a moment.",
        )
            .into_response()
    }
}
