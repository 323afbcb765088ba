//! The questions that pages may ask of the server. Bodies run on the server only; each begins by asking who wants to know.

pub mod account;
pub mod actions;
pub mod admin;
pub mod capabilities;
pub mod checkpoints;
pub mod drafts;
pub mod feedback;
pub mod import;
pub mod json;
pub mod names;
pub mod past;
pub mod planning;
pub mod rehearsal;
pub mod retention;
pub mod room;
pub mod sharing;
pub mod trends;

use self::actions::Unchanged;
use self::json::Json;
use crate::domain::rejection::Rejection;
use crate::domain::text::TextError;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// The person's name.
    pub name: String,
    /// The address the person signs in with.
    pub email: String,
    /// May lead checkpoints.
    pub may_facilitate: bool,
    /// May administer.
    pub may_administer: bool,
}

/// Why a question was not answered, in words for the screen.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApiError {
    /// Nobody is signed in.
    #[error("Sign in first.")]
    NotSignedIn,
    /// The account's role does not allow it.
    #[error("Your account does not allow this. Ask an administrator.")]
    NotAllowed,
    /// The person has no seat in this room.
    #[error("Join this checkpoint first.")]
    NoSeat,
    /// There is no such thing; the sentence says what.
    #[error("{0}")]
    NotFound(String),
    /// It was there and is not any more; the sentence says why.
    #[error("{0}")]
    Gone(String),
    /// The input cannot be taken; the sentence says why.
    #[error("{0}")]
    Refused(String),
    /// The rules of the checkpoint say no; the sentence says why.
    #[error("{0}")]
    Rejected(String),
    /// The door does not open to this person, who may ask for a seat that is taken.
    #[error("{said}")]
    AskForSeat {
        /// Why, in a sentence.
        said: String,
        /// The name that is taken; empty where the door is closed to all.
        name: String,
    },
    /// An action was not changed; what was typed comes back.
    #[error("{}", .0.said)]
    Unchanged(Box<Unchanged>),
    /// Too often.
    #[error("That was too often. Wait a minute, then try again.")]
    TooOften,
    /// Our fault; the text is the number of the request.
    #[error("Something went wrong on our side and nothing was changed. Try again; if it stays, quote {0}.")]
    Internal(String),
    /// The server was not reached, or did not understand.
    #[error("The server cannot be reached just now. Nothing you typed is lost; try again in a moment.")]
    Unreachable,
}

impl From<Rejection> for ApiError {
    fn from(rejection: Rejection) -> Self {
        let said = rejection.to_string();
        match rejection {
            Rejection::NameTaken(name) => Self::AskForSeat { said, name },
            Rejection::DoorClosed => Self::AskForSeat { said, name: String::new() },
            _ => Self::Rejected(said),
        }
    }
}

impl From<TextError> for ApiError {
    fn from(error: TextError) -> Self {
        Self::Refused(error.to_string())
    }
}

impl FromServerFnError for ApiError {
    type Encoder = Json;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => Self::Refused("Something in this form is missing.".to_owned()),
            _ => Self::Unreachable,
        }
    }
}
