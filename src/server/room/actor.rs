//! The actor: decide, append, apply, publish, in this order, for one batch of commands after the other.
//!
//! The invariant: nothing is published or acknowledged before the journal says it is on the disk. While a batch is on its way
//! there, the next one collects in the inbox, so a busy room needs fewer commits for each command, not more.

use super::audience::{ConnId, Connections, Frames};
use super::log::RoomLog;
use super::pointers::Pointers;
use super::presence::Attendance;
use super::{Attached, Message, NotAttached, On, Refusal, Reply, View};
use crate::domain::agenda;
use crate::domain::audience::Audience;
use crate::domain::command::Command;
use crate::domain::context::{Actor, Context};
use crate::domain::event::{Event, Recorded};
use crate::domain::facts::Catalogue;
use crate::domain::flow::{self, Pointing};
use crate::domain::ids::{CommandId, ParticipantId};
use crate::domain::people;
use crate::domain::rejection::Rejection;
use crate::domain::survey;
use crate::domain::workshop::{Previous, Workshop};
use crate::protocol::{Missing, ServerMessage, close};
use crate::server::store::journal::Journal;
use crate::server::store::{Db, audit, workshops};
use crate::server::{capabilities, clock, last_time};
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until};

/// How many messages one turn takes.
const TURN: usize = 256;
/// Presence is told at most this often.
const PRESENCE_EVERY: Duration = Duration::from_millis(50);
/// Where people point on the canvas is told at most this often: thirty times a second.
const POINTERS_EVERY: Duration = Duration::from_millis(33);
/// A room without anybody leaves memory after this time.
const IDLE: Duration = Duration::from_mins(10);

/// The actor itself.
pub(super) struct RoomActor {
    pub(super) log: RoomLog,
    /// A commit failed and the log could not be read again yet: the state is ahead of the disk and must not be shown.
    pub(super) stale: bool,
    /// What surveys can be made of; the organisation's own are read again whenever somebody chooses.
    pub(super) catalogue: Catalogue,
    /// The squad's last published checkpoint, read when this one begins.
    pub(super) previous: Option<Previous>,
    pub(super) db: Db,
    pub(super) journal: Journal,
    pub(super) connections: Connections,
    pub(super) attendance: Attendance,
    /// Where people point on the canvas.
    pub(super) pointers: Pointers,
}

/// A command whose events wait for the disk.
struct Done {
    id: CommandId,
    reply: Reply,
    events: Vec<Event>,
}

impl RoomActor {
    /// Until the room closes. What is rare is boxed, itself included: a future holds space for the largest thing it may wait for, and
    /// for all that it is given.
    pub(super) async fn run(mut self: Box<Self>, mut inbox: mpsc::Receiver<Message>) {
        let mut turn = Vec::new();
        let mut tell_presence: Option<Instant> = None;
        let mut tell_pointers: Option<Instant> = None;
        loop {
            let idle = tokio::time::sleep(IDLE);
            tokio::select! {
                count = inbox.recv_many(&mut turn, TURN) => if count == 0 { return },
                () = sleep_until(tell_presence.unwrap_or_else(far)), if tell_presence.is_some() => {
                    tell_presence = None;
                    self.attendance.told();
                    self.connections.broadcast(&ServerMessage::Presence(self.attendance.presence().clone()));
                }
                () = sleep_until(tell_pointers.unwrap_or_else(far)), if tell_pointers.is_some() => {
                    tell_pointers = None;
                    let pointing = self.pointers.tell();
                    let somebody_left = pointing.values().any(Option::is_none);
                    let message = ServerMessage::Pointing(pointing);
                    // There is no next one to say that somebody has left.
                    if somebody_left {
                        self.connections.broadcast(&message);
                    } else {
                        self.connections.broadcast_lightly(&message);
                    }
                }
                () = idle => if self.connections.is_empty() {
                    inbox.close();
                },
            }
            if self.stale && !turn.is_empty() {
                Box::pin(self.reload()).await;
            }
            let mut done = Vec::new();
            for message in turn.drain(..) {
                match message {
                    Message::Execute { who, id, command, reply } => {
                        if matches!(*command, Command::Survey(survey::Command::Choose(_))) && self.leads(who) {
                            Box::pin(self.read_catalogue()).await;
                        }
                        if self.may_begin(&command) && self.leads(who) {
                            Box::pin(self.recall()).await;
                        }
                        self.execute(who, id, &command, reply, &mut done);
                    }
                    Message::Point { seat, pointing } => {
                        self.point(seat, pointing);
                    }
                    Message::EraseNames { line, reply } => {
                        // What is stored is rewritten, so nothing else may be on its way there.
                        self.commit(&mut done).await;
                        self.erase_names(line, Reply::Caller(reply), &mut done);
                        self.commit(&mut done).await;
                    }
                    Message::DeleteDraft { line, reply } => {
                        self.commit(&mut done).await;
                        let deleted = Box::pin(self.delete_draft(&line)).await;
                        if deleted.is_ok() {
                            self.connections.close_all(close::DELETED, "the checkpoint was deleted");
                            inbox.close();
                        }
                        drop(reply.send(deleted));
                    }
                    other => {
                        // What follows must see, and be told, only what is on the disk.
                        self.commit(&mut done).await;
                        if self.attend_to(other) {
                            inbox.close();
                        }
                    }
                }
            }
            self.commit(&mut done).await;
            if self.attendance.changed() && tell_presence.is_none() {
                tell_presence = Some(Instant::now() + PRESENCE_EVERY);
            }
            if self.pointers.changed() && tell_pointers.is_none() {
                tell_pointers = Some(Instant::now() + POINTERS_EVERY);
            }
        }
    }

    /// Where somebody points; what they drag is shown only when they may put it down.
    fn point(&mut self, seat: ParticipantId, pointing: Option<Pointing>) {
        if self.log.state.people.get(seat).is_none() {
            return;
        }
        let draws = flow::may_draw(&self.log.state, seat).is_ok();
        let shown = |pointing: Pointing| {
            let (at, nothing_else) = (pointing.at, Pointing::default());
            if draws { pointing } else { Pointing { at, ..nothing_else } }
        };
        self.pointers.point(seat, pointing.map(shown));
    }

    fn leads(&self, who: Actor) -> bool {
        let role = |seat| self.log.state.people.get(seat).map(|person| person.role);
        matches!(who, Actor::Participant(seat) if role(seat) == Some(people::Role::Facilitator))
    }

    fn may_begin(&self, command: &Command) -> bool {
        let begins = matches!(command, Command::Agenda(agenda::Command::Start | agenda::Command::GoTo(_)));
        begins && self.log.state.agenda.started_at.is_none()
    }

    /// What the squad published since this checkpoint was planned; without it, what was known then stands.
    async fn recall(&mut self) {
        match last_time::recalled(&self.db, self.log.id, self.log.state.held_on).await {
            Ok(previous) => self.previous = previous,
            Err(error) => tracing::warn!(workshop.id = %self.log.id, error = %error, "the last checkpoint could not be read again"),
        }
    }

    /// What the organisation wrote since the room was opened; the old catalogue serves while the database does not answer.
    async fn read_catalogue(&mut self) {
        match capabilities::catalogue(&self.db).await {
            Ok(catalogue) => self.catalogue = catalogue,
            Err(error) => tracing::warn!(workshop.id = %self.log.id, error = %error, "the capabilities could not be read again"),
        }
    }

    /// Decides, and takes the events in ahead of the disk; nobody is told yet.
    fn execute(&mut self, who: Actor, id: CommandId, command: &Command, reply: Reply, done: &mut Vec<Done>) {
        if self.stale {
            self.answer(id, reply, Err(Refusal::NotSaved));
            return;
        }
        if self.log.knows(id) {
            done.push(Done { id, reply, events: vec![] });
            return;
        }
        let cx = Context {
            now: self.log.now(clock::now()),
            presence: self.attendance.presence().clone(),
            catalogue: self.catalogue.clone(),
            previous: self.previous.clone(),
        };
        match self.log.state.decide(who, command, &cx) {
            Ok(events) => {
                self.log.record(who.seat(), id, cx.now, &events);
                done.push(Done { id, reply, events });
            }
            Err(rejection) => self.answer(id, reply, Err(rejection.into())),
        }
    }

    /// Erases all names, for somebody outside the room: nobody in it is said to have done so.
    fn erase_names(&mut self, line: audit::Line, reply: Reply, done: &mut Vec<Done>) {
        let id = CommandId::new(clock::fresh_id());
        if self.stale {
            return self.answer(id, reply, Err(Refusal::NotSaved));
        }
        match self.log.state.erase_names() {
            Ok(events) => {
                self.log.erase_names(line, id, self.log.now(clock::now()), &events);
                done.push(Done { id, reply, events });
            }
            Err(rejection) => self.answer(id, reply, Err(rejection.into())),
        }
    }

    /// Deletes the checkpoint if it never began.
    async fn delete_draft(&self, line: &audit::Line) -> Result<(), Refusal> {
        if self.stale {
            return Err(Refusal::NotSaved);
        }
        if self.log.state.agenda.started_at.is_some() {
            return Err(Rejection::HasBegun.into());
        }
        workshops::delete_draft(&self.db, self.log.id, line).await.map_err(|error| {
            tracing::error!(workshop.id = %self.log.id, error = %error, "a draft could not be deleted");
            Refusal::NotSaved
        })
    }

    /// Makes all decided commands durable, then tells everybody.
    async fn commit(&mut self, done: &mut Vec<Done>) {
        if done.is_empty() {
            return;
        }
        let saved = match self.log.take_append() {
            Some(append) => self.journal.append(append).await,
            None => Ok(()),
        };
        match saved {
            Ok(()) => {
                let events = self.log.committed();
                self.publish(&events);
                for Done { id, reply, events } in done.drain(..) {
                    self.answer(id, reply, Ok(events));
                }
            }
            Err(error) => {
                tracing::error!(workshop.id = %self.log.id, error = %error, "a batch of commands could not be saved");
                for Done { id, reply, .. } in done.drain(..) {
                    self.answer(id, reply, Err(Refusal::NotSaved));
                }
                Box::pin(self.reload()).await;
            }
        }
    }

    /// Back to what the disk says; every screen is told the whole state.
    async fn reload(&mut self) {
        self.stale = true;
        match RoomLog::load(self.log.id, &self.db).await {
            Ok(log) => {
                self.log = log;
                self.stale = false;
                let state = &self.log.state;
                self.connections.each(|audience| snapshot(state, audience));
            }
            Err(error) => tracing::error!(workshop.id = %self.log.id, error = %error, "the room waits for the database"),
        }
    }

    fn publish(&mut self, events: &[Recorded]) {
        if events.is_empty() {
            return;
        }
        self.connections.send_events(&Frames::of(events));
        for recorded in events {
            match &recorded.event {
                Event::People(people::Event::Removed(seat)) => {
                    self.connections.close_seat(*seat, close::REMOVED, "removed from the room");
                    self.attendance.forget(*seat);
                    self.pointers.point(*seat, None);
                }
                Event::People(people::Event::Joined { participant, .. }) => self.attendance.expect(*participant, recorded.at),
                _ => {}
            }
        }
    }

    fn answer(&mut self, id: CommandId, reply: Reply, result: Result<Vec<Event>, Refusal>) {
        match reply {
            Reply::Caller(caller) => drop(caller.send(result)),
            Reply::Socket(conn) => {
                let message = match result {
                    Ok(_) => ServerMessage::Done(id),
                    Err(refusal) => ServerMessage::Refused {
                        id,
                        reason: refusal.to_string(),
                    },
                };
                self.connections.send(conn, &message);
            }
        }
    }

    /// Everything but commands and pointers. `true` when the room must end.
    fn attend_to(&mut self, message: Message) -> bool {
        match message {
            Message::Execute { .. } | Message::EraseNames { .. } | Message::DeleteDraft { .. } | Message::Point { .. } => {}
            Message::Attach { seat, on, last_seq, reply } => {
                if let Err(Ok(unheard)) = reply.send(self.attach(seat, on, last_seq)) {
                    self.detach(unheard.conn);
                }
            }
            Message::Detach(conn) => self.detach(conn),
            // The state is ahead of the disk: the page comes back when it is not.
            Message::Resync(conn) if self.stale => {
                if let Some(seat) = self.connections.give_up(conn, close::RESTARTING, "the room is not ready") {
                    self.attendance.left(seat, clock::now());
                    self.pointers.point(seat, None);
                }
            }
            Message::Resync(conn) => {
                let (state, presence) = (&self.log.state, self.attendance.presence());
                let both = |audience| [snapshot(state, audience), ServerMessage::Presence(presence.clone())];
                self.connections.resync(conn, both);
            }
            // Whoever waits for these is told by the dropped reply that the room is not ready.
            Message::View { .. } | Message::Seat { .. } | Message::Grants { .. } if self.stale => {}
            Message::View { audience, reply } => {
                let view = View {
                    workshop: self.log.state.seen_by(audience),
                    presence: self.attendance.presence().clone(),
                };
                drop(reply.send(view));
            }
            Message::Seat { account, reply } => drop(reply.send(self.log.state.people.seat_of(account))),
            Message::Grants { seat, asked, reply } => drop(reply.send(self.log.state.people.grants(seat, asked))),
            Message::Feedback(count) => self.connections.broadcast(&ServerMessage::Feedback(count)),
            Message::Stop => {
                self.connections.close_all(close::RESTARTING, "the server restarts");
                return true;
            }
        }
        false
    }

    fn detach(&mut self, conn: ConnId) {
        if let Some(seat) = self.connections.remove(conn) {
            self.attendance.left(seat, clock::now());
            self.pointers.point(seat, None);
        }
    }

    /// The snapshot and the subscription in one step.
    fn attach(&mut self, seat: ParticipantId, on: On, last_seq: Option<u64>) -> Result<Attached, NotAttached> {
        if self.stale {
            return Err(NotAttached::Unavailable);
        }
        self.log.state.people.get(seat).ok_or(NotAttached::NoSeat)?;
        if on == On::Own {
            self.attendance.came(seat);
        }
        if self.connections.make_room(seat, close::TOO_FAST, "too many windows are open") == Some(On::Own) {
            self.attendance.left(seat, clock::now());
        }
        let audience = on.audience(seat);
        let missing = match last_seq.and_then(|seq| self.log.since(seq)) {
            Some(events) => Missing::Events(events.iter().map(|e| e.seen_by(audience)).collect()),
            None => Missing::Snapshot(Box::new(self.log.state.seen_by(audience))),
        };
        let presence = self.attendance.presence().clone();
        let welcome = ServerMessage::Welcome {
            you: if on == On::Own { seat } else { ParticipantId::default() },
            now: clock::now(),
            presence,
            missing,
        };
        let (conn, frames) = self.connections.add(seat, on);
        self.connections.send(conn, &welcome);
        Ok(Attached { conn, frames })
    }
}

fn snapshot(state: &Workshop, audience: Audience) -> ServerMessage {
    ServerMessage::Snapshot(Box::new(state.seen_by(audience)))
}

/// A moment that never comes, for a timer that is not set.
fn far() -> Instant {
    Instant::now() + Duration::from_hours(24)
}
