//! One checkpoint while somebody is in it: [`Room`] is the way to it, its actor does the work.

mod actions;
mod actor;
mod audience;
mod log;
mod pointers;
mod presence;
mod written;

use self::actor::RoomActor;
use self::audience::Connections;
use self::log::RoomLog;
use self::pointers::Pointers;
use self::presence::Attendance;
use super::store::journal::Journal;
use super::store::{Db, StoreError, audit};
use super::{capabilities, clock};
use crate::domain::audience::Audience;
use crate::domain::command::Command;
use crate::domain::context::{Actor, Presence};
use crate::domain::event::Event;
use crate::domain::flow::Pointing;
use crate::domain::ids::{AccountId, CommandId, ParticipantId, RequestId, WorkshopId};
use crate::domain::rejection::Rejection;
use crate::domain::workshop::Workshop;
use tokio::sync::{mpsc, oneshot};

pub(in crate::server) use self::actions::{rows_of, written_down};
pub use self::audience::{ConnId, Outgoing};
pub(in crate::server) use self::log::body;
pub(in crate::server) use self::written::Written;

/// How many messages wait for a room before their senders wait.
const INBOX: usize = 1024;

/// Why a command was not done, for the one who gave it.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Refusal {
    /// The rules say no.
    #[error(transparent)]
    Rejected(#[from] Rejection),
    /// The database said no; nothing has changed.
    #[error("This could not be saved just now. Nothing is lost; try again in a moment.")]
    NotSaved,
}

/// A new connection's first answer.
#[derive(Debug)]
pub struct Attached {
    /// Names the connection to the room.
    pub conn: ConnId,
    /// What the room sends to it.
    pub frames: mpsc::Receiver<Outgoing>,
}

/// Why a screen was not connected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAttached {
    /// The person has no seat (any more).
    NoSeat,
    /// The database does not answer, or the room is leaving; try again.
    Unavailable,
}

/// What the pages need of a room.
#[derive(Clone, Debug)]
pub struct View {
    /// The state as the audience may see it.
    pub workshop: Workshop,
    /// Who is connected.
    pub presence: Presence,
}

/// What a connection is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    /// A person's own screen.
    Own,
    /// The screen of the meeting room: it is nobody, and is told what everybody may see.
    Wall,
}

impl On {
    /// Who looks at a connection of this seat.
    fn audience(self, seat: ParticipantId) -> Audience {
        match self {
            Self::Own => Audience::Seat(seat),
            Self::Wall => Audience::Everyone,
        }
    }
}

enum Message {
    Execute {
        who: Actor,
        id: CommandId,
        command: Box<Command>,
        reply: Reply,
    },
    EraseNames {
        line: audit::Line,
        reply: oneshot::Sender<Result<Vec<Event>, Refusal>>,
    },
    DeleteDraft {
        line: audit::Line,
        reply: oneshot::Sender<Result<(), Refusal>>,
    },
    Attach {
        seat: ParticipantId,
        on: On,
        last_seq: Option<u64>,
        reply: oneshot::Sender<Result<Attached, NotAttached>>,
    },
    Detach(ConnId),
    Point {
        seat: ParticipantId,
        pointing: Option<Pointing>,
    },
    Resync(ConnId),
    View {
        audience: Audience,
        reply: oneshot::Sender<View>,
    },
    Seat {
        account: AccountId,
        reply: oneshot::Sender<Option<ParticipantId>>,
    },
    Grants {
        seat: ParticipantId,
        asked: Option<RequestId>,
        reply: oneshot::Sender<bool>,
    },
    Feedback(u32),
    Stop,
}

/// Where the answer to a command goes.
enum Reply {
    Socket(ConnId),
    Caller(oneshot::Sender<Result<Vec<Event>, Refusal>>),
}

/// The way to a room. Cloning it shares the room.
#[derive(Clone, Debug)]
pub struct Room {
    id: WorkshopId,
    db: Db,
    inbox: mpsc::Sender<Message>,
}

impl Room {
    /// Loads the checkpoint's log and starts its actor. [`StoreError::NoRoom`] for one that was imported.
    pub async fn open(id: WorkshopId, db: Db, journal: Journal) -> Result<Self, StoreError> {
        let log = RoomLog::load(id, &db).await?;
        let (inbox, messages) = mpsc::channel(INBOX);
        let attendance = Attendance::after_restart(&log.state, clock::now());
        let catalogue = capabilities::catalogue(&db).await?;
        let actor = RoomActor {
            log,
            stale: false,
            catalogue,
            previous: None,
            db: db.clone(),
            journal,
            connections: Connections::default(),
            attendance,
            pointers: Pointers::default(),
        };
        tokio::spawn(Box::new(actor).run(messages));
        Ok(Self { id, db, inbox })
    }

    /// The checkpoint.
    #[must_use]
    pub fn id(&self) -> WorkshopId {
        self.id
    }

    /// Where it is kept: a rehearsal has a database of its own.
    #[must_use]
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// Whether the actor has left.
    #[must_use]
    pub fn closed(&self) -> bool {
        self.inbox.is_closed()
    }

    /// Does a command for somebody who waits for its events, a page for example.
    pub async fn execute(&self, who: Actor, command: Command) -> Result<Vec<Event>, Refusal> {
        let (reply, answer) = oneshot::channel();
        let id = CommandId::new(clock::fresh_id());
        self.send(Message::Execute {
            who,
            id,
            command: Box::new(command),
            reply: Reply::Caller(reply),
        })
        .await;
        answer.await.unwrap_or(Err(Refusal::NotSaved))
    }

    /// Erases the names of everybody who ever had a seat, from all that is stored too; the line says who asked for it. Who may ask is
    /// decided before.
    pub async fn erase_names(&self, line: audit::Line) -> Result<(), Refusal> {
        let erased = self.ask(|reply| Message::EraseNames { line, reply }).await;
        erased.unwrap_or(Err(Refusal::NotSaved)).map(drop)
    }

    /// Deletes the checkpoint, if it never began, and closes its room; the line says who asked for it. Who may ask is decided before.
    pub async fn delete_draft(&self, line: audit::Line) -> Result<(), Refusal> {
        let deleted = self.ask(|reply| Message::DeleteDraft { line, reply }).await;
        deleted.unwrap_or(Err(Refusal::NotSaved))
    }

    /// Does a command for a socket; the answer comes as a frame.
    pub async fn execute_for(&self, conn: ConnId, seat: ParticipantId, id: CommandId, command: Command) {
        let reply = Reply::Socket(conn);
        self.send(Message::Execute {
            who: Actor::Participant(seat),
            id,
            command: Box::new(command),
            reply,
        })
        .await;
    }

    /// Connects a screen: what it lacks and all that follows, with nothing in between lost.
    pub async fn attach(&self, seat: ParticipantId, on: On, last_seq: Option<u64>) -> Result<Attached, NotAttached> {
        self.ask(|reply| Message::Attach { seat, on, last_seq, reply })
            .await
            .unwrap_or(Err(NotAttached::Unavailable))
    }

    /// The screen is gone.
    pub async fn detach(&self, conn: ConnId) {
        self.send(Message::Detach(conn)).await;
    }

    /// Tells the others where a person points; a room that has much to do leaves it out.
    pub fn point(&self, seat: ParticipantId, pointing: Option<Pointing>) {
        // The next one is on its way already.
        let _ = self.inbox.try_send(Message::Point { seat, pointing });
    }

    /// The screen has caught up with its queue after it overflowed: send it the whole state.
    pub async fn resync(&self, conn: ConnId) {
        self.send(Message::Resync(conn)).await;
    }

    /// Tells every screen how many have given feedback.
    pub async fn tell_feedback(&self, count: u32) {
        self.send(Message::Feedback(count)).await;
    }

    /// The state for a page; `None` while the database does not answer.
    pub async fn view(&self, audience: Audience) -> Option<View> {
        self.ask(|reply| Message::View { audience, reply }).await
    }

    /// The seat that belongs to an account.
    pub async fn seat_of(&self, account: AccountId) -> Option<ParticipantId> {
        self.ask(|reply| Message::Seat { account, reply }).await.flatten()
    }

    /// Whether a browser that remembers a seat may have it; `None` while the database does not answer.
    pub async fn grants(&self, seat: ParticipantId, asked: Option<RequestId>) -> Option<bool> {
        self.ask(|reply| Message::Grants { seat, asked, reply }).await
    }

    /// Closes every socket with "restarting" and ends the actor.
    pub async fn stop(&self) {
        self.send(Message::Stop).await;
        self.inbox.closed().await;
    }

    async fn ask<T>(&self, message: impl FnOnce(oneshot::Sender<T>) -> Message) -> Option<T> {
        let (reply, answer) = oneshot::channel();
        self.send(message(reply)).await;
        answer.await.ok()
    }

    async fn send(&self, message: Message) {
        // A room that has left drops the reply channel, which its caller notices.
        let _ = self.inbox.send(message).await;
    }
}
