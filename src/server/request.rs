//! What a server function knows about the request it answers.

use super::app::AppState;
use super::auth;
use super::error::ServerError;
use super::room::Refusal;
use super::store::StoreError;
use super::store::people::{Account, Role};
use crate::api::{ApiError, Me};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use tower_sessions::Session;

/// The request at hand.
pub struct Request {
    /// The server's shared state.
    pub app: AppState,
    /// The browser's session.
    pub session: Session,
    /// Who is signed in.
    pub account: Option<Account>,
}

/// Reads the request from the page's or the server function's context.
pub async fn request() -> Result<Request, ApiError> {
    let missing = || ApiError::Internal("no request".to_owned());
    let app = use_context::<AppState>().ok_or_else(missing)?;
    let parts = use_context::<Parts>().ok_or_else(missing)?;
    Request::read(app, &parts).await
}

impl Request {
    /// Reads the request from its head.
    pub async fn read(app: AppState, parts: &Parts) -> Result<Self, ApiError> {
        let missing = || ApiError::Internal("no session".to_owned());
        let session = parts.extensions.get::<Session>().cloned().ok_or_else(missing)?;
        let account = auth::account(&app, &session).await?;
        Ok(Self { app, session, account })
    }

    /// Who is signed in, as pages show it.
    #[must_use]
    pub fn me(&self) -> Option<Me> {
        self.account.as_ref().map(|account| Me {
            name: account.name.clone(),
            email: account.email.clone(),
            may_facilitate: account.role != Role::Viewer,
            may_administer: account.role == Role::Administrator,
        })
    }

    /// The account, or "sign in first".
    pub fn signed_in(&self) -> Result<&Account, ApiError> {
        self.account.as_ref().ok_or(ApiError::NotSignedIn)
    }

    /// The account, if it may lead checkpoints.
    pub fn facilitator(&self) -> Result<&Account, ApiError> {
        let account = self.signed_in()?;
        if account.role == Role::Viewer {
            Err(ApiError::NotAllowed)
        } else {
            Ok(account)
        }
    }

    /// The account, if it may administer.
    pub fn administrator(&self) -> Result<&Account, ApiError> {
        let account = self.signed_in()?;
        if account.role == Role::Administrator {
            Ok(account)
        } else {
            Err(ApiError::NotAllowed)
        }
    }
}

/// The answer to a page's question, with the status that tells the same to whoever reads no words.
///
/// Only for questions, never for what a form sends: a form without script needs its redirect.
pub fn with_status<T>(answer: Result<T, ApiError>) -> Result<T, ApiError> {
    if let (Some(status), Some(response)) = (answer.as_ref().err().and_then(status), use_context::<ResponseOptions>()) {
        response.set_status(status);
    }
    answer
}

/// Asks search engines to leave this page alone, whatever it answers.
pub fn not_indexed() {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.insert_header(
            HeaderName::from_static("x-robots-tag"),
            HeaderValue::from_static("noindex, nofollow"),
        );
    }
}

/// The status that says the same; none where the answer is a redirect.
pub fn status(error: &ApiError) -> Option<StatusCode> {
    Some(match error {
        ApiError::NotSignedIn | ApiError::NoSeat => return None,
        ApiError::NotFound(_) => StatusCode::NOT_FOUND,
        ApiError::Gone(_) => StatusCode::GONE,
        ApiError::NotAllowed => StatusCode::FORBIDDEN,
        ApiError::TooOften => StatusCode::TOO_MANY_REQUESTS,
        ApiError::Refused(_) | ApiError::Rejected(_) | ApiError::AskForSeat { .. } | ApiError::Unchanged(_) => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        ApiError::Internal(_) | ApiError::Unreachable => StatusCode::INTERNAL_SERVER_ERROR,
    })
}

impl From<ServerError> for ApiError {
    fn from(error: ServerError) -> Self {
        let told = error.for_people();
        if let Some(not_found @ Self::NotFound(_)) = told {
            return not_found;
        }
        let parts = use_context::<Parts>();
        let id = parts
            .as_ref()
            .and_then(|p| p.headers.get("x-request-id"))
            .and_then(|id| id.to_str().ok())
            .unwrap_or("unknown")
            .to_owned();
        tracing::error!(request.id = %id, error = %error, "a request failed");
        told.unwrap_or(Self::Internal(id))
    }
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Rejected(rejection) => rejection.into(),
            Refusal::NotSaved => Self::Refused(refusal.to_string()),
        }
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        ServerError::from(error).into()
    }
}
