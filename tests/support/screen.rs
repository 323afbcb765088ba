//! A screen in a room: it records every frame and holds the state by applying events, as a browser does.

use super::browser::Browser;
use checkpoint::domain::command::Command;
use checkpoint::domain::context::Presence;
use checkpoint::domain::event::Recorded;
use checkpoint::domain::flow::Pointing;
use checkpoint::domain::ids::{CommandId, ParticipantId};
use checkpoint::domain::workshop::Workshop;
use checkpoint::protocol::{ClientMessage, Missing, PROTOCOL, ServerMessage};
use futures_util::{SinkExt, StreamExt};
use std::collections::HashMap;
use std::time::Duration;
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{WebSocketStream, client_async};
use uuid::Uuid;

/// Nothing that a test waits for takes longer.
const PATIENCE: Duration = Duration::from_secs(15);

/// A screen.
pub(crate) struct Screen {
    socket: WebSocketStream<TcpStream>,
    pub(crate) you: ParticipantId,
    pub(crate) state: Workshop,
    pub(crate) presence: Presence,
    pub(crate) pointers: HashMap<ParticipantId, Pointing>,
    /// How many are said to have given feedback.
    pub(crate) feedback: u32,
    /// Every text that came, as it came.
    pub(crate) frames: Vec<String>,
    /// What the first answer brought: so many events, or a snapshot.
    pub(crate) welcome: Option<Result<usize, ()>>,
    /// Snapshots that came later.
    pub(crate) resyncs: usize,
    pub(crate) pongs: usize,
    pub(crate) answers: HashMap<CommandId, Result<(), String>>,
    /// The code and the reason with which the other end closed; 0 when it just ended.
    pub(crate) closed: Option<(u16, String)>,
}

pub(crate) fn fresh_id() -> CommandId {
    CommandId::new(Uuid::new_v4())
}

impl Screen {
    /// Opens a socket; or the status of the refusal.
    pub(crate) async fn open(browser: &Browser, code: &str) -> Result<Self, u16> {
        Self::open_from(browser, code, Some(&browser.origin), None).await
    }

    /// The same with another origin, or with a small window that fills when nobody reads.
    pub(crate) async fn open_from(browser: &Browser, code: &str, origin: Option<&str>, window: Option<u32>) -> Result<Self, u16> {
        let mut request = format!("ws://{}/ws/{code}", browser.addr).into_client_request().unwrap();
        for (name, value) in [("origin", origin.map(str::to_owned)), ("cookie", browser.cookies())] {
            if let Some(value) = value {
                request.headers_mut().insert(name, HeaderValue::from_str(&value).unwrap());
            }
        }
        let socket = TcpSocket::new_v4().unwrap();
        if let Some(bytes) = window {
            socket.set_recv_buffer_size(bytes).unwrap();
        }
        let stream = socket.connect(browser.addr).await.map_err(|_| 0_u16)?;
        stream.set_nodelay(true).ok();
        let socket = match client_async(request, stream).await {
            Ok((socket, _)) => socket,
            Err(Error::Http(response)) => return Err(response.status().as_u16()),
            Err(_) => return Err(0),
        };
        Ok(Self {
            socket,
            you: ParticipantId::default(),
            state: Workshop::default(),
            presence: Presence::default(),
            pointers: HashMap::new(),
            feedback: 0,
            frames: vec![],
            welcome: None,
            resyncs: 0,
            pongs: 0,
            answers: HashMap::new(),
            closed: None,
        })
    }

    /// Opens a socket and says hello.
    pub(crate) async fn enter(browser: &Browser, code: &str) -> Self {
        let mut screen = Self::open(browser, code).await.unwrap();
        screen.hello(None).await;
        screen
    }

    /// Comes back with the state it had; `false` when the server is not there.
    pub(crate) async fn back(browser: &Browser, code: &str, state: Workshop) -> Option<Self> {
        let mut screen = Self::open(browser, code).await.ok()?;
        let last_seq = Some(state.seq);
        screen.state = state;
        screen
            .say(&ClientMessage::Hello {
                protocol: PROTOCOL,
                last_seq,
            })
            .await;
        while screen.welcome.is_none() {
            if !screen.read().await {
                return None;
            }
        }
        Some(screen)
    }

    pub(crate) async fn hello(&mut self, last_seq: Option<u64>) {
        self.say(&ClientMessage::Hello {
            protocol: PROTOCOL,
            last_seq,
        })
        .await;
        self.until("welcome", |screen| screen.welcome.is_some()).await;
    }

    pub(crate) async fn say(&mut self, message: &ClientMessage) {
        self.raw(Message::text(serde_json::to_string(message).unwrap())).await;
    }

    pub(crate) async fn raw(&mut self, message: Message) {
        // The other end may have closed; reading says so.
        let _ = self.socket.send(message).await;
    }

    /// Sends a command and does not wait.
    pub(crate) async fn send(&mut self, command: Command) -> CommandId {
        let id = fresh_id();
        self.say(&ClientMessage::Command { id, command }).await;
        id
    }

    /// Does a command; or the sentence of the refusal.
    pub(crate) async fn act(&mut self, command: Command) -> Result<(), String> {
        let id = self.send(command).await;
        self.answer(id).await
    }

    pub(crate) async fn answer(&mut self, id: CommandId) -> Result<(), String> {
        self.until("an answer", |screen| screen.answers.contains_key(&id)).await;
        self.answers[&id].clone()
    }

    /// Reads until something is so.
    pub(crate) async fn until(&mut self, what: &str, so: impl Fn(&Self) -> bool) {
        while !so(self) {
            assert!(self.read().await, "closed while waiting for {what}: {:?}", self.closed);
        }
    }

    /// Reads until the state has taken in this event.
    pub(crate) async fn until_seq(&mut self, seq: u64) {
        self.until("an event", |screen| screen.state.seq >= seq).await;
    }

    /// Reads until the other end closes; why.
    pub(crate) async fn until_closed(&mut self) -> (u16, String) {
        while self.read().await {}
        self.closed.clone().unwrap()
    }

    /// Reads everything up to now: whatever was sent before the answer to this ping.
    pub(crate) async fn catch_up(&mut self) {
        let before = self.pongs;
        self.say(&ClientMessage::Ping).await;
        self.until("a pong", |screen| screen.pongs > before).await;
    }

    /// Takes one message in; `false` once the socket is closed.
    pub(crate) async fn read(&mut self) -> bool {
        if self.closed.is_some() {
            return false;
        }
        let next = timeout(PATIENCE, self.socket.next()).await.expect("nothing came for a long time");
        match next {
            Some(Ok(Message::Text(text))) => {
                let message = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
                self.frames.push(text.to_string());
                self.take_in(message);
            }
            Some(Ok(Message::Close(frame))) => {
                let why = frame.map_or((0, String::new()), |f| (u16::from(f.code), f.reason.to_string()));
                self.closed = Some(why);
                let _ = self.socket.close(None).await;
            }
            Some(Ok(_)) => {}
            Some(Err(_)) | None => self.closed = Some((0, String::new())),
        }
        self.closed.is_none()
    }

    fn take_in(&mut self, message: ServerMessage) {
        match message {
            ServerMessage::Welcome {
                you, presence, missing, ..
            } => {
                (self.you, self.presence) = (you, presence);
                self.welcome = Some(match missing {
                    Missing::Events(events) => {
                        self.apply(&events);
                        Ok(events.len())
                    }
                    Missing::Snapshot(state) => {
                        self.state = *state;
                        Err(())
                    }
                });
            }
            ServerMessage::Events(events) => self.apply(&events),
            ServerMessage::Snapshot(state) => {
                self.state = *state;
                self.resyncs += 1;
            }
            ServerMessage::Done(id) => drop(self.answers.insert(id, Ok(()))),
            ServerMessage::Refused { id, reason } => drop(self.answers.insert(id, Err(reason))),
            ServerMessage::Presence(presence) => self.presence = presence,
            ServerMessage::Pointing(changed) => {
                for (who, pointing) in changed {
                    match pointing {
                        Some(pointing) => self.pointers.insert(who, pointing),
                        None => self.pointers.remove(&who),
                    };
                }
            }
            ServerMessage::Feedback(count) => self.feedback = count,
            ServerMessage::Pong => self.pongs += 1,
        }
    }

    /// Every event comes once and in order.
    fn apply(&mut self, events: &[Recorded]) {
        for event in events {
            assert_eq!(event.seq, self.state.seq + 1, "an event is missing or came twice");
            self.state.apply(event);
        }
    }
}
