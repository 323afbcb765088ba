//! What a decision needs besides the state: who acts, what time it is, and who is connected.

use super::facts::Catalogue;
use super::ids::{AccountId, ParticipantId};
use super::time::Timestamp;
use super::workshop::Previous;
use crate::domain::sorted::SortedMap;
use serde::{Deserialize, Serialize};

/// Who acts. The server reads it from the session, never from a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Somebody with a seat.
    Participant(ParticipantId),
    /// Somebody at the door, signed in or not.
    Newcomer(Option<AccountId>),
}

impl Actor {
    /// The seat, where there is one.
    #[must_use]
    pub fn seat(self) -> Option<ParticipantId> {
        match self {
            Self::Participant(seat) => Some(seat),
            Self::Newcomer(_) => None,
        }
    }
}

/// Who is connected right now. It is told to every screen and never stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Presence(pub SortedMap<ParticipantId, Seen>);

/// When somebody was last seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seen {
    /// Connected now.
    Here,
    /// Away since this moment.
    Away(Timestamp),
}

impl Presence {
    /// Whether somebody is connected.
    #[must_use]
    pub fn here(&self, id: ParticipantId) -> bool {
        matches!(self.0.get(&id), Some(Seen::Here))
    }

    /// For how many milliseconds somebody has been away; `None` when connected or never seen.
    #[must_use]
    pub fn gone_for(&self, id: ParticipantId, now: Timestamp) -> Option<i64> {
        match self.0.get(&id) {
            Some(Seen::Away(since)) => Some(now.since(*since)),
            _ => None,
        }
    }

    /// Connected, or gone so briefly that a reload or a tunnel explains it.
    #[must_use]
    pub fn counts(&self, id: ParticipantId, now: Timestamp) -> bool {
        self.here(id) || self.gone_for(id, now).is_some_and(|ms| ms < super::people::CLAIM_AFTER)
    }
}

/// What a decision is told from outside.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// The server's time.
    pub now: Timestamp,
    /// Who is connected.
    pub presence: Presence,
    /// What surveys can be made of.
    pub catalogue: Catalogue,
    /// The squad's last published checkpoint, where that is asked for: when this one begins.
    pub previous: Option<Previous>,
}
