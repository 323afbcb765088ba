//! The connected screens, and what is sent to them.
//!
//! An event is redacted and encoded once for everybody and once for the one person it concerns; sockets share the bytes.
//! A screen whose queue overflows is told nothing more until it has caught up, then it gets the whole state.

use super::On;
use crate::domain::audience::Audience;
use crate::domain::event::Recorded;
use crate::domain::ids::ParticipantId;
use crate::protocol::ServerMessage;
use axum::extract::ws::Utf8Bytes;
use std::collections::{HashMap, HashSet};
use tokio::sync::mpsc;

/// How many frames wait for one screen.
const QUEUE: usize = 256;
/// What is kept free besides, so that the word about an overflow and the one about closing always fit.
const RESERVE: usize = 2;
/// How many screens one seat may have.
const MOST_SCREENS: usize = 20;

/// Names a connection within its room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnId(u64);

/// What a socket's task does next.
#[derive(Clone, Debug)]
pub enum Outgoing {
    /// Send this text.
    Frame(Utf8Bytes),
    /// The queue overflowed: ask for the whole state.
    Overflowed,
    /// Close with this code and reason.
    Close(u16, &'static str),
}

struct Connection {
    seat: ParticipantId,
    on: On,
    queue: mpsc::Sender<Outgoing>,
    /// Frames were left out; nothing is sent until the screen asks for the whole state.
    behind: bool,
}

/// All screens of a room.
#[derive(Default)]
pub(super) struct Connections {
    all: HashMap<ConnId, Connection>,
    last: u64,
}

/// A batch of events, encoded once for everybody and once for each person it concerns.
pub(super) struct Frames {
    shared: Utf8Bytes,
    own: HashMap<ParticipantId, Utf8Bytes>,
}

impl Frames {
    pub(super) fn of(events: &[Recorded]) -> Self {
        let encode = |event: &Recorded, audience| serde_json::to_string(&event.seen_by(audience)).unwrap_or_default();
        let shared: Vec<String> = events.iter().map(|event| encode(event, Audience::Everyone)).collect();
        let owners: HashSet<ParticipantId> = events.iter().filter_map(|e| e.event.secret_of()).collect();
        let own_frame = |owner: ParticipantId| {
            let texts = events.iter().zip(&shared).map(|(event, text)| {
                let concerned = event.event.secret_of() == Some(owner);
                if concerned {
                    encode(event, Audience::Seat(owner))
                } else {
                    text.clone()
                }
            });
            (owner, frame(&texts.collect::<Vec<_>>()))
        };
        Self {
            own: owners.into_iter().map(own_frame).collect(),
            shared: frame(&shared),
        }
    }
}

/// [`ServerMessage::Events`] around texts that are encoded already.
fn frame(events: &[String]) -> Utf8Bytes {
    format!("{{\"events\":[{}]}}", events.join(",")).into()
}

fn encode(message: &ServerMessage) -> Utf8Bytes {
    serde_json::to_string(message).unwrap_or_default().into()
}

impl Connections {
    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    pub(super) fn add(&mut self, seat: ParticipantId, on: On) -> (ConnId, mpsc::Receiver<Outgoing>) {
        let (queue, frames) = mpsc::channel(QUEUE + RESERVE);
        self.last += 1;
        let conn = ConnId(self.last);
        self.all.insert(
            conn,
            Connection {
                seat,
                on,
                queue,
                behind: false,
            },
        );
        (conn, frames)
    }

    /// The person whose screen it was, if it was a person's own.
    pub(super) fn remove(&mut self, conn: ConnId) -> Option<ParticipantId> {
        self.all.remove(&conn).and_then(|c| c.owner())
    }

    pub(super) fn send(&mut self, conn: ConnId, message: &ServerMessage) {
        if let Some(connection) = self.all.get_mut(&conn) {
            connection.push(encode(message));
        }
    }

    pub(super) fn broadcast(&mut self, message: &ServerMessage) {
        let frame = encode(message);
        self.all.values_mut().for_each(|connection| connection.push(frame.clone()));
    }

    /// Tells everybody who has read most of what was told before; the others will hear the next one.
    pub(super) fn broadcast_lightly(&mut self, message: &ServerMessage) {
        let frame = encode(message);
        let keeps_up = |connection: &&mut Connection| connection.queue.capacity() > QUEUE / 2;
        self.all
            .values_mut()
            .filter(keeps_up)
            .for_each(|connection| connection.push(frame.clone()));
    }

    pub(super) fn send_events(&mut self, frames: &Frames) {
        for connection in self.all.values_mut() {
            let own = connection.owner().and_then(|seat| frames.own.get(&seat));
            connection.push(own.unwrap_or(&frames.shared).clone());
        }
    }

    /// Sends each screen its own message; one that is behind asks for it by itself.
    pub(super) fn each(&mut self, message: impl Fn(Audience) -> ServerMessage) {
        for connection in self.all.values_mut() {
            connection.push(encode(&message(connection.on.audience(connection.seat))));
        }
    }

    /// The screen has caught up with its queue.
    pub(super) fn resync(&mut self, conn: ConnId, messages: impl Fn(Audience) -> [ServerMessage; 2]) {
        if let Some(connection) = self.all.get_mut(&conn) {
            connection.behind = false;
            for message in messages(connection.on.audience(connection.seat)) {
                connection.push(encode(&message));
            }
        }
    }

    /// The room cannot say what the screen lacks.
    pub(super) fn give_up(&mut self, conn: ConnId, code: u16, reason: &'static str) -> Option<ParticipantId> {
        let connection = self.all.remove(&conn)?;
        connection.close(code, reason);
        connection.owner()
    }

    /// Closes the oldest screen of a seat that has as many as it may have; what it was for.
    pub(super) fn make_room(&mut self, seat: ParticipantId, code: u16, reason: &'static str) -> Option<On> {
        let of_seat: Vec<ConnId> = self.all.iter().filter(|(_, c)| c.seat == seat).map(|(id, _)| *id).collect();
        let oldest = of_seat.iter().min().filter(|_| of_seat.len() >= MOST_SCREENS);
        let closed = oldest.and_then(|conn| self.all.remove(conn));
        closed
            .inspect(|connection| connection.close(code, reason))
            .map(|connection| connection.on)
    }

    pub(super) fn close_seat(&mut self, seat: ParticipantId, code: u16, reason: &'static str) {
        self.all.retain(|_, connection| {
            let stays = connection.seat != seat;
            if !stays {
                connection.close(code, reason);
            }
            stays
        });
    }

    pub(super) fn close_all(&mut self, code: u16, reason: &'static str) {
        self.all.drain().for_each(|(_, connection)| connection.close(code, reason));
    }
}

impl Connection {
    /// The person whose own screen it is.
    fn owner(&self) -> Option<ParticipantId> {
        (self.on == On::Own).then_some(self.seat)
    }

    fn push(&mut self, frame: Utf8Bytes) {
        if self.behind {
            return;
        }
        if self.queue.capacity() > RESERVE {
            // A socket that is gone detaches by itself.
            let _ = self.queue.try_send(Outgoing::Frame(frame));
        } else {
            self.behind = true;
            let _ = self.queue.try_send(Outgoing::Overflowed);
        }
    }

    fn close(&self, code: u16, reason: &'static str) {
        // A socket that is gone needs no word.
        let _ = self.queue.try_send(Outgoing::Close(code, reason));
    }
}
