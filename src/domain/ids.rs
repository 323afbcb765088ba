//! Names of things: one newtype for each kind of id, so that a squad's id can never stand where a participant's belongs.
//!
//! What lives in the database across checkpoints is named by a UUID. What lives inside one checkpoint is numbered in the order
//! it came, which keeps the messages to every screen short.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

macro_rules! uuids {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// The id around a UUID that comes from the clock of the server, from the database or from a test.
            #[must_use]
            pub const fn new(id: Uuid) -> Self {
                Self(id)
            }

            /// The bare UUID.
            #[must_use]
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(s: &str) -> Result<Self, Self::Err> {
                s.parse().map(Self)
            }
        }
    )+};
}

macro_rules! numbers {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub u32);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

uuids! {
    /// A checkpoint: one workshop of one squad.
    WorkshopId;
    /// One command as its sender names it; a resend carries the same id.
    CommandId;
    /// A signed-in person.
    AccountId;
    /// A squad.
    SquadId;
    /// A tribe, a group of squads.
    TribeId;
    /// An agenda that an organisation keeps.
    TemplateId;
    /// A capability that the organisation wrote itself.
    CapabilityId;
}

/// A step, connector or text of a delivery flow. A screen draws a new one at random, so that what it draws shows at once; it stays
/// the same from checkpoint to checkpoint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ElementId(pub u64);

impl ElementId {
    /// The largest, so that every reader of JSON keeps it exactly.
    pub const LARGEST: u64 = (1 << 53) - 1;

    /// Whether every reader of JSON keeps it exactly.
    #[must_use]
    pub fn is_usable(self) -> bool {
        self.0 <= Self::LARGEST
    }
}

impl fmt::Display for ElementId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

numbers! {
    /// A person's seat, numbered within its checkpoint.
    ParticipantId;
    /// A step of the agenda, numbered within its checkpoint.
    StepId;
    /// A note of the timeline, numbered within its checkpoint.
    NoteId;
    /// A wish to take a seat again from another device, numbered within its checkpoint.
    RequestId;
    /// An action, numbered within its checkpoint.
    ActionId;
    /// A sticky, numbered within its checkpoint.
    StickyId;
    /// A group of stickies, numbered within its checkpoint.
    GroupId;
}
