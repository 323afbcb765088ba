//! What a browser does for its person, without showing anything: the door over HTTP, the socket, and the state by applying events.

use super::Place;
use crate::api::feedback::GiveFeedback;
use crate::api::room::Join;
use crate::domain::command::Command;
use crate::domain::event::Recorded;
use crate::domain::ids::{CommandId, ParticipantId};
use crate::domain::workshop::Workshop;
use crate::protocol::{ClientMessage, Missing, PROTOCOL, ServerMessage, close};
use crate::server::cli::Failure;
use crate::server::clock;
use axum::http::header::{ACCEPT, COOKIE, ORIGIN, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue};
use futures_util::{SinkExt, StreamExt};
use leptos::server_fn::ServerFn;
use reqwest::Response;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{WebSocketStream, client_async};

/// Takes a seat at the door; the cookie that remembers it.
pub(super) async fn join(place: &Place, name: &str) -> Result<String, Failure> {
    let answer = post(place, Join::PATH, &[("name", name)]).await?;
    let cookie = answer.headers().get(SET_COOKIE).and_then(|cookie| cookie.to_str().ok());
    let cookie = cookie.and_then(|cookie| cookie.split(';').next()).map(str::to_owned);
    match cookie {
        Some(cookie) if answer.status().is_success() => Ok(cookie),
        _ => Err(format!("refused: {}", answer.text().await?).into()),
    }
}

/// Says what this member thinks of the checkpoint, as anybody does who has its code.
pub(super) async fn give_feedback(place: &Place, [worth, keep, change]: &[String; 3]) -> Result<(), Failure> {
    let form = [("worth", worth.as_str()), ("keep", keep), ("change", change)];
    post(place, GiveFeedback::PATH, &form).await?.error_for_status()?;
    Ok(())
}

/// Sends a form about this checkpoint, from a browser that has not been here before.
async fn post(place: &Place, path: &str, form: &[(&str, &str)]) -> Result<Response, Failure> {
    let form: Vec<_> = [("code", place.code.as_str())].into_iter().chain(form.iter().copied()).collect();
    let answer = reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .build()?
        .post(format!("http://{}{path}", place.addr))
        .header(ORIGIN, &place.base_url)
        .header(ACCEPT, "application/json")
        .form(&form)
        .send()
        .await?;
    Ok(answer)
}

/// Why there is no screen.
pub(super) enum NotOpen {
    /// There is no such room, or no seat in it.
    Refused,
    /// Nobody answers.
    Unreachable,
}

/// What came.
pub(super) enum Heard {
    /// Something has happened.
    News,
    /// The answer to this person's command.
    Answer {
        /// Whether it was done.
        done: bool,
    },
    /// The connection is gone.
    Nothing,
    /// The person has no seat any more.
    Unwanted,
}

/// A member's screen.
pub(super) struct Screen {
    socket: WebSocketStream<TcpStream>,
    pub(super) you: ParticipantId,
    pub(super) state: Workshop,
    /// The command that has no answer yet.
    waits_for: Option<CommandId>,
}

impl Screen {
    /// Opens the socket, and says what is known already.
    pub(super) async fn open(place: &Place, cookie: &str, known: Option<Workshop>) -> Result<Self, NotOpen> {
        let unreachable = |_| NotOpen::Unreachable;
        let address = format!("ws://{}/ws/{}", place.addr, place.code);
        let mut request = address.into_client_request().map_err(|_| NotOpen::Refused)?;
        say_who(request.headers_mut(), &place.base_url, cookie).map_err(|_| NotOpen::Refused)?;
        let stream = TcpStream::connect(place.addr).await.map_err(|_| NotOpen::Unreachable)?;
        let socket = match client_async(request, stream).await {
            Ok((socket, _)) => socket,
            Err(Error::Http(_)) => return Err(NotOpen::Refused),
            Err(error) => return Err(unreachable(error)),
        };
        let mut screen = Self {
            socket,
            you: ParticipantId::default(),
            state: known.unwrap_or_default(),
            waits_for: None,
        };
        let last_seq = Some(screen.state.seq).filter(|seq| *seq > 0);
        let protocol = PROTOCOL;
        screen
            .say(&ClientMessage::Hello { protocol, last_seq })
            .await
            .map_err(unreachable)?;
        Ok(screen)
    }

    /// Whether a command is on its way.
    pub(super) fn waits(&self) -> bool {
        self.waits_for.is_some() || self.you == ParticipantId::default()
    }

    /// Sends a command; its answer is heard later.
    pub(super) async fn send(&mut self, command: Command) {
        let id = CommandId::new(clock::fresh_id());
        self.waits_for = Some(id);
        // A lost connection is noticed when reading.
        let _ = self.say(&ClientMessage::Command { id, command }).await;
    }

    async fn say(&mut self, message: &ClientMessage) -> Result<(), Error> {
        let text = serde_json::to_string(message).unwrap_or_default();
        self.socket.send(Message::text(text)).await
    }

    /// Takes one message in. Nothing is lost when this is dropped while it waits.
    pub(super) async fn read(&mut self) -> Heard {
        match self.socket.next().await {
            Some(Ok(Message::Text(text))) => match serde_json::from_str(&text) {
                Ok(message) => self.take_in(message),
                Err(_) => Heard::Nothing,
            },
            Some(Ok(Message::Close(Some(frame)))) if u16::from(frame.code) == close::REMOVED => Heard::Unwanted,
            Some(Ok(Message::Close(_)) | Err(_)) | None => Heard::Nothing,
            Some(Ok(_)) => Heard::News,
        }
    }

    fn take_in(&mut self, message: ServerMessage) -> Heard {
        match message {
            ServerMessage::Welcome { you, missing, .. } => {
                self.you = you;
                match missing {
                    Missing::Events(events) => self.apply(&events),
                    Missing::Snapshot(state) => self.state = *state,
                }
            }
            ServerMessage::Events(events) => self.apply(&events),
            ServerMessage::Snapshot(state) => self.state = *state,
            ServerMessage::Done(id) if self.waits_for == Some(id) => return self.answered(true),
            ServerMessage::Refused { id, .. } if self.waits_for == Some(id) => return self.answered(false),
            _ => {}
        }
        Heard::News
    }

    fn answered(&mut self, done: bool) -> Heard {
        self.waits_for = None;
        Heard::Answer { done }
    }

    fn apply(&mut self, events: &[Recorded]) {
        for event in events {
            self.state.apply(event);
        }
    }
}

fn say_who(headers: &mut HeaderMap, base_url: &str, cookie: &str) -> Result<(), Failure> {
    headers.insert(ORIGIN, HeaderValue::from_str(base_url)?);
    headers.insert(COOKIE, HeaderValue::from_str(cookie)?);
    Ok(())
}
