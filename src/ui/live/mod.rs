//! The room as this screen knows it: the state, the connection, and what this person has sent.
//!
//! Provided as a context by the room's page, so that leaving the room ends it. Steps read slices with [`Live::select`] and act
//! with [`Live::send`]; nothing else in the pages knows that there is a socket.

mod socket;

use crate::domain::command::Command;
use crate::domain::context::{Context, Presence};
use crate::domain::dots;
use crate::domain::event::{Event, Recorded};
use crate::domain::facts::CapabilityKey;
use crate::domain::flow::{self, Flow, Pointing};
use crate::domain::ids::{CommandId, ParticipantId, StepId};
use crate::domain::improve::Item;
use crate::domain::people::Role;
use crate::domain::plan;
use crate::domain::scene::Line;
use crate::domain::sorted::SortedMap;
use crate::domain::summary;
use crate::domain::survey::{self, Likert};
use crate::domain::time::Timestamp;
use crate::domain::vote::{self, Ballot};
use crate::domain::workshop::Workshop;
use crate::protocol::{Missing, ServerMessage};
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use std::time::Duration;
use uuid::Uuid;

/// So many commands are sent at once after a connection came back: fewer than the server takes (`server/ws.rs`).
const AT_ONCE: usize = 30;
/// After this time it takes as many again.
const NEXT_AFTER: Duration = Duration::from_millis(1_600);

/// Where the connection stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Connection {
    /// The first contact after the page was loaded.
    Opening,
    /// All is well.
    Open,
    /// Lost; it is being tried again.
    Lost,
    /// Over for good, with the reason in a sentence.
    Over(&'static str),
}

impl Connection {
    /// The word in the page's `data-connection`, for style sheets and tests.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::Open => "open",
            Self::Lost => "lost",
            Self::Over(_) => "over",
        }
    }
}

/// What a command is about, so that a refusal is shown beside the control it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Seats, roles, the door.
    People,
    /// Steps and the clock.
    Agenda,
    /// Preparing.
    Plan(Part),
    /// A line of the scope.
    Scope(Line),
    /// The warm-up.
    WarmUp,
    /// Last time's actions.
    Since,
    /// A vote.
    Vote(StepId),
    /// The surveys: which there are, or one of them.
    Surveys,
    /// The focus and the notes of its board.
    Focus,
    /// The delivery flow.
    Flow,
    /// Stickies and their groups.
    Improvements,
    /// The dot vote.
    Dots,
    /// What the squad does about it.
    Actions,
    /// Notes.
    Notes,
    /// Title, foreword, publishing.
    Summary,
}

/// A part of the preparation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The agenda.
    Steps,
    /// How the squad votes and compares.
    Choices,
    /// What the steps say.
    Texts,
    /// The day, and whether it takes place.
    Day,
}

impl Part {
    fn of(command: &plan::Command) -> Self {
        match command {
            plan::Command::Choose(_) => Self::Choices,
            plan::Command::Write { .. } => Self::Texts,
            plan::Command::Reschedule { .. } | plan::Command::Cancel | plan::Command::Reopen => Self::Day,
            _ => Self::Steps,
        }
    }
}

impl Topic {
    /// What this command is about.
    #[must_use]
    pub fn of(command: &Command) -> Self {
        match command {
            Command::People(_) => Self::People,
            Command::Agenda(_) => Self::Agenda,
            Command::Plan(command) => Self::Plan(Part::of(command)),
            Command::Scene(crate::domain::scene::Command::Set { line, .. }) => Self::Scope(*line),
            Command::WarmUp(_) => Self::WarmUp,
            Command::Since(_) => Self::Since,
            Command::Vote(command) => Self::Vote(command.step()),
            Command::Survey(_) => Self::Surveys,
            Command::Focus(_) => Self::Focus,
            Command::Flow(_) => Self::Flow,
            Command::Improve(_) => Self::Improvements,
            Command::Dots(_) => Self::Dots,
            Command::Actions(_) => Self::Actions,
            Command::Note(_) => Self::Notes,
            Command::Summary(_) => Self::Summary,
        }
    }
}

/// A command that the server has not answered yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Sent {
    /// Its id.
    pub id: CommandId,
    /// What was asked.
    pub command: Command,
}

/// The room on this screen. Copying it shares it.
#[derive(Clone, Copy)]
pub struct Live {
    /// The person at this screen.
    pub you: ParticipantId,
    state: RwSignal<Workshop>,
    presence: RwSignal<Presence>,
    pointers: RwSignal<SortedMap<ParticipantId, Pointing>>,
    feedback: RwSignal<Option<u32>>,
    connection: RwSignal<Connection>,
    sent: RwSignal<Vec<Sent>>,
    refused: RwSignal<Option<(Topic, String)>>,
    done: RwSignal<Option<CommandId>>,
    now: RwSignal<Timestamp>,
    offset: StoredValue<i64>,
    /// Of the one thread there is in the browser; empty on the server, which drops a page on any thread.
    socket: StoredValue<Option<SendWrapper<socket::Socket>>>,
}

impl Live {
    /// The room as the server rendered it; the browser then connects by itself. `on` is what stands behind the code in the
    /// socket's address.
    #[must_use]
    pub fn new(you: ParticipantId, workshop: Workshop, presence: Presence, now: Timestamp, on: &'static str) -> Self {
        let address = format!("{}{on}", workshop.code);
        let live = Self {
            you,
            state: RwSignal::new(workshop),
            presence: RwSignal::new(presence),
            pointers: RwSignal::new(SortedMap::new()),
            feedback: RwSignal::new(None),
            connection: RwSignal::new(Connection::Opening),
            sent: RwSignal::new(vec![]),
            refused: RwSignal::new(None),
            done: RwSignal::new(None),
            now: RwSignal::new(now),
            offset: StoredValue::new(0),
            socket: StoredValue::new(None),
        };
        // Effects run in the browser only, after hydration.
        Effect::new(move || {
            socket::start(live, &address, now);
            on_cleanup(move || socket::stop(live));
        });
        live
    }

    /// The room of the page around.
    #[must_use]
    pub fn from_context() -> Self {
        expect_context()
    }

    /// A slice of the state; whoever shows it is told only when the slice changes.
    pub fn select<T: PartialEq + Clone + Send + Sync + 'static>(self, slice: impl Fn(&Workshop) -> T + Send + Sync + 'static) -> Memo<T> {
        Memo::new(move |_| self.with(&slice))
    }

    /// The whole state, for reading inside of something reactive.
    pub fn with<T>(self, read: impl FnOnce(&Workshop) -> T) -> T {
        read(&self.state.read())
    }

    /// The same without becoming reactive, for event handlers.
    pub fn with_untracked<T>(self, read: impl FnOnce(&Workshop) -> T) -> T {
        read(&self.state.read_untracked())
    }

    /// The server's time, told once a second.
    #[must_use]
    pub fn now(self) -> Timestamp {
        self.now.get()
    }

    /// Who is connected.
    #[must_use]
    pub fn presence(self) -> Presence {
        self.presence.get()
    }

    /// Where the others point on the canvas.
    #[must_use]
    pub fn pointers(self) -> RwSignal<SortedMap<ParticipantId, Pointing>> {
        self.pointers
    }

    /// How many have given feedback, as far as this screen knows.
    #[must_use]
    pub fn feedback(self) -> RwSignal<Option<u32>> {
        self.feedback
    }

    /// Tells the others where this person points on the canvas.
    pub fn point(self, pointing: Option<Pointing>) {
        socket::point(self, pointing);
    }

    /// The delivery flow with this person's own changes that the server has not answered yet.
    #[must_use]
    pub fn flow(self) -> Flow {
        let mut flow = self.state.with(|state| state.flow.clone());
        self.sent.with(|sent| {
            for sent in sent {
                if let Command::Flow(flow::Command::Edit(edits)) = &sent.command {
                    flow.take_all(edits);
                }
            }
        });
        flow
    }

    /// Where the connection stands.
    #[must_use]
    pub fn connection(self) -> Connection {
        self.connection.get()
    }

    /// Whether the person at this screen leads.
    #[must_use]
    pub fn leads(self) -> Memo<bool> {
        self.select(move |w| w.people.get(self.you).is_some_and(|p| p.role == Role::Facilitator))
    }

    /// What a decision on this screen knows, to grey out a button.
    #[must_use]
    pub fn context(self) -> Context {
        Context {
            now: self.now(),
            presence: self.presence(),
            ..Context::default()
        }
    }

    /// Asks the server for something. Offline it waits and is sent on return.
    pub fn send(self, command: Command) -> CommandId {
        // Called by event handlers in the browser; the id only has to be new to this room.
        #[expect(clippy::disallowed_methods, reason = "the browser names its own commands")]
        let id = CommandId::new(Uuid::new_v4());
        let topic = Topic::of(&command);
        self.refused.update(|refused| {
            refused.take_if(|(about, _)| *about == topic);
        });
        let sent = Sent { id, command };
        self.sent.update(|all| all.push(sent.clone()));
        if !socket::has_backlog(self) {
            socket::send(self, &sent);
        }
        id
    }

    /// Whether a command still waits for the server's word.
    #[must_use]
    pub fn waiting(self, topic: Topic) -> bool {
        self.sent.with(|sent| sent.iter().any(|s| Topic::of(&s.command) == topic))
    }

    /// How many commands wait for the server's word.
    #[must_use]
    pub fn unsaved(self) -> usize {
        self.sent.with(Vec::len)
    }

    /// The ballot of mine that is on its way to the server; `Some(None)` while a withdrawal is.
    #[must_use]
    pub fn ballot_on_its_way(self, of: StepId) -> Option<Option<Ballot>> {
        self.sent.with(|sent| {
            sent.iter().rev().find_map(|s| match &s.command {
                Command::Vote(vote::Command::Cast { step, ballot, .. }) if *step == of => Some(Some(*ballot)),
                Command::Vote(vote::Command::Withdraw { step, .. }) if *step == of => Some(None),
                _ => None,
            })
        })
    }

    /// What I last asked of the summary and is on its way to the server, as far as `asked` reads it.
    #[must_use]
    pub fn summary_on_its_way<T>(self, asked: impl Fn(&summary::Command) -> Option<T>) -> Option<T> {
        self.sent.with(|sent| {
            sent.iter().rev().find_map(|s| match &s.command {
                Command::Summary(command) => asked(command),
                _ => None,
            })
        })
    }

    /// My dots that are on their way to the server.
    #[must_use]
    pub fn dots_on_their_way(self, of: u32) -> Option<Vec<Item>> {
        self.sent.with(|sent| {
            sent.iter().rev().find_map(|s| match &s.command {
                Command::Dots(dots::Command::Place { round, dots }) if *round == of => Some(dots.clone()),
                _ => None,
            })
        })
    }

    /// My answers to a survey that are on their way to the server, by the place of their statement.
    #[must_use]
    pub fn answers_on_their_way(self, of: &CapabilityKey, of_round: u32) -> SortedMap<u32, Likert> {
        let answer = |sent: &Sent| match &sent.command {
            Command::Survey(survey::Command::Answer {
                capability,
                round,
                item,
                answer,
            }) if capability == of && *round == of_round => Some((*item, *answer)),
            _ => None,
        };
        self.sent.with(|sent| sent.iter().filter_map(answer).collect())
    }

    /// The last refusal about something, until the next try.
    #[must_use]
    pub fn refusal(self, topic: Topic) -> Option<String> {
        self.refused.with(|refused| {
            refused
                .as_ref()
                .filter(|(about, _)| *about == topic)
                .map(|(_, reason)| reason.clone())
        })
    }

    /// The command that was acknowledged last; forms clear what was typed when theirs is.
    #[must_use]
    pub fn last_done(self) -> Option<CommandId> {
        self.done.get()
    }

    /// Takes in what the server says.
    fn hear(self, message: ServerMessage) {
        match message {
            ServerMessage::Welcome {
                presence, missing, now, ..
            } => {
                socket::set_clock(self, now);
                self.presence.set(presence);
                self.pointers.set(SortedMap::new());
                match missing {
                    Missing::Events(events) => self.take_in(&events),
                    Missing::Snapshot(state) => self.state.set(*state),
                }
                self.connection.set(Connection::Open);
                self.send_again();
            }
            ServerMessage::Events(events) => self.take_in(&events),
            ServerMessage::Snapshot(state) => {
                self.state.set(*state);
                // Words of acknowledgement may have been left out too.
                self.send_again();
            }
            ServerMessage::Done(id) => {
                self.forget(id);
                self.done.set(Some(id));
            }
            ServerMessage::Refused { id, reason } => {
                if let Some(sent) = self.forget(id) {
                    self.refused.set(Some((Topic::of(&sent.command), reason)));
                }
            }
            ServerMessage::Presence(presence) => self.presence.set(presence),
            ServerMessage::Pointing(changed) => self.pointers.update(|pointers| {
                for (who, pointing) in changed.into_iter().filter(|(who, _)| *who != self.you) {
                    match pointing {
                        Some(pointing) => pointers.insert(who, pointing),
                        None => pointers.remove(&who),
                    };
                }
            }),
            ServerMessage::Feedback(count) => self.feedback.set(Some(count)),
            ServerMessage::Pong => {}
        }
    }

    fn take_in(self, events: &[Recorded]) {
        if events.is_empty() {
            return;
        }
        self.state.update(|state| {
            for event in events.iter().filter(|event| event.seq > state.seq).collect::<Vec<_>>() {
                state.apply(event);
            }
        });
        self.let_go_of_dropped(events);
    }

    /// What somebody has put down is not dragged any more, also before their pointer says so.
    fn let_go_of_dropped(self, events: &[Recorded]) {
        let dropped = |event: &Recorded| match &event.event {
            Event::Flow(flow::Event::Edited(edits)) => edits
                .iter()
                .filter(|e| matches!(e, flow::Edit::At(..)))
                .map(flow::Edit::id)
                .collect(),
            _ => vec![],
        };
        let dropped: Vec<_> = events.iter().flat_map(dropped).collect();
        if !dropped.is_empty() {
            self.pointers.update(|pointers| {
                for pointing in pointers.values_mut() {
                    pointing.drags.retain(|id| !dropped.contains(id));
                }
            });
        }
    }

    /// Sends what waits for an answer, in its order and no faster than the server takes it; what is done meanwhile waits behind.
    fn send_again(self) {
        let waiting = self.sent.get_untracked();
        for sent in waiting.iter().take(AT_ONCE) {
            socket::send(self, sent);
        }
        let more = waiting.len() > AT_ONCE;
        socket::set_backlog(self, more);
        if more {
            set_timeout(
                move || {
                    // The page may have gone, or the connection; a new one begins again.
                    if self.connection.try_get_untracked() == Some(Connection::Open) {
                        self.send_again();
                    }
                },
                NEXT_AFTER,
            );
        }
    }

    fn forget(self, id: CommandId) -> Option<Sent> {
        let mut found = None;
        self.sent.update(|sent| {
            if let Some(place) = sent.iter().position(|s| s.id == id) {
                found = Some(sent.remove(place));
            }
        });
        found
    }
}
