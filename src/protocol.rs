//! What travels on `/ws/{code}`, and nothing else. docs/PROTOCOL.md says it in prose; tests/wire pins it.

use crate::domain::command::Command;
use crate::domain::context::Presence;
use crate::domain::event::Recorded;
use crate::domain::flow::Pointing;
use crate::domain::ids::{CommandId, ParticipantId};
use crate::domain::sorted::SortedMap;
use crate::domain::time::Timestamp;
use crate::domain::workshop::Workshop;
use serde::{Deserialize, Serialize};

/// The version both ends must share; another one makes the page reload once.
pub const PROTOCOL: u32 = 5;

/// The largest message either end takes, in bytes of text.
pub const MAX_CLIENT_MESSAGE: usize = 64 * 1024;

/// Why the server closed a socket. The numbers are WebSocket close codes; 4000 and above are the application's own.
pub mod close {
    /// The server restarts; come back.
    pub const RESTARTING: u16 = 1012;
    /// The message is not of this protocol.
    pub const MALFORMED: u16 = 4400;
    /// The person was removed from the room.
    pub const REMOVED: u16 = 4403;
    /// The checkpoint was deleted before it began.
    pub const DELETED: u16 = 4410;
    /// The screen did not keep up.
    pub const TOO_SLOW: u16 = 4408;
    /// Another protocol version; reload.
    pub const OTHER_PROTOCOL: u16 = 4426;
    /// Messages kept coming faster than the limit.
    pub const TOO_FAST: u16 = 4429;
}

/// From a screen to the server. What it does not know, the server does not take.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ClientMessage {
    /// The first message on a socket. It has these two fields in every version, so that another version can be told to reload.
    Hello {
        /// The sender's [`PROTOCOL`].
        protocol: u32,
        /// The last event the screen has; `None` asks for everything.
        last_seq: Option<u64>,
    },
    /// A person asks for something.
    Command {
        /// Names the command; a resend carries the same id and is done once.
        id: CommandId,
        /// What.
        command: Command,
    },
    /// Where this person points on the canvas; `None` when the pointer has left. Told to the others, never stored nor answered.
    Point(Option<Pointing>),
    /// Is anybody there? Browsers cannot see the WebSocket's own pings.
    Ping,
}

/// From the server to a screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServerMessage {
    /// The answer to `Hello`: what the screen lacks.
    Welcome {
        /// The seat that this socket speaks for.
        you: ParticipantId,
        /// The server's time.
        now: Timestamp,
        /// Who is connected.
        presence: Presence,
        /// What the screen lacks.
        missing: Missing,
    },
    /// What happened, as this viewer may see it.
    Events(Vec<Recorded>),
    /// The whole state again, for a screen that did not keep up.
    Snapshot(Box<Workshop>),
    /// The command is stored and will survive a crash.
    Done(CommandId),
    /// The command changed nothing; the reason is a sentence for the person.
    Refused {
        /// The command.
        id: CommandId,
        /// Why.
        reason: String,
    },
    /// Who is connected now.
    Presence(Presence),
    /// Who points where on the canvas, as far as it has changed; `None` for a pointer that has left.
    Pointing(SortedMap<ParticipantId, Option<Pointing>>),
    /// How many people have given feedback; who and what is in no message.
    Feedback(u32),
    /// Somebody is there.
    Pong,
}

/// What a returning screen lacks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// These events.
    Events(Vec<Recorded>),
    /// Too many: the whole state.
    Snapshot(Box<Workshop>),
}
