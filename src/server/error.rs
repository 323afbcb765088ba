//! Errors for the log. The browser gets a sentence and a number to quote, never an internal text.

use super::store::StoreError;
use crate::api::ApiError;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
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
    /// A stored page that is damaged.
    #[error("a stored page cannot be read: {0}")]
    UnreadablePage(serde_json::Error),
    /// A page of a newer version.
    #[error("a stored page has format {0}, which this version of Checkpoint does not know")]
    NewerPage(u32),
    /// The room's actor did not answer.
    #[error("the room does not answer")]
    RoomSilent,
    /// A picture could not be drawn.
    #[error("the picture cannot be drawn: {0}")]
    Picture(String),
}

/// What stands where the room of an imported checkpoint would be.
const NO_ROOM: &str = "This checkpoint was held elsewhere and imported: it has a summary, no room.";
/// What stands where a summary would be.
const NO_PAGE: &str = "This summary cannot be read: it is damaged, or a newer version of Checkpoint wrote it. \
                       Ask whoever looks after this server.";

impl ServerError {
    /// What people are told, where that is more than that something went wrong.
    pub(super) fn for_people(&self) -> Option<ApiError> {
        match self {
            Self::Store(StoreError::NoRoom) => Some(ApiError::NotFound(NO_ROOM.to_owned())),
            Self::UnreadablePage(_) | Self::NewerPage(_) => Some(ApiError::Refused(NO_PAGE.to_owned())),
            _ => None,
        }
    }
}

impl IntoResponse for ServerError {
    fn into_response(self) -> Response {
        if !matches!(self, Self::Store(StoreError::NoRoom)) {
            tracing::error!(error = %self, "a request failed");
        }
        if let Some(told) = self.for_people() {
            return (status(&told), told.to_string()).into_response();
        }
        (
            StatusCode::SERVICE_UNAVAILABLE,
            "This does not work just now. Nothing is lost; try again in a moment.",
        )
            .into_response()
    }
}

/// The header by which leptos marks the error of a server function.
const MARK: &str = "serverfnerror";
/// Every sentence is far shorter.
const LONGEST_SENTENCE: usize = 64 * 1024;

/// Gives each refusal of a server function its own status. Leptos answers all of them with 500, which the log would count as
/// our failures and for which the session layer would throw away what the request had changed.
pub async fn refusals(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    if response.status() != StatusCode::INTERNAL_SERVER_ERROR || !response.headers().contains_key(MARK) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let body = to_bytes(body, LONGEST_SENTENCE).await.unwrap_or_default();
    if let Ok(error) = serde_json::from_slice::<ApiError>(&body) {
        parts.status = status(&error);
    }
    Response::from_parts(parts, Body::from(body))
}

fn status(error: &ApiError) -> StatusCode {
    match error {
        ApiError::NotSignedIn => StatusCode::UNAUTHORIZED,
        ApiError::NotAllowed | ApiError::NoSeat => StatusCode::FORBIDDEN,
        ApiError::NotFound(_) => StatusCode::NOT_FOUND,
        ApiError::Gone(_) => StatusCode::GONE,
        ApiError::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
        ApiError::Rejected(_) | ApiError::AskForSeat { .. } | ApiError::Unchanged(_) => StatusCode::CONFLICT,
        ApiError::TooOften => StatusCode::TOO_MANY_REQUESTS,
        ApiError::Unreachable => StatusCode::BAD_REQUEST,
        ApiError::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
