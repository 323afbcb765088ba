//! One socket: who it speaks for, what it may send, and what it is sent.
//!
//! The seat comes from the session at the handshake, never from a message. The origin was checked before (`security.rs`).

use super::app::AppState;
use super::auth;
use super::room::{Attached, NotAttached, On, Outgoing, Room};
use crate::domain::ids::{CommandId, ParticipantId};
use crate::protocol::{ClientMessage, MAX_CLIENT_MESSAGE, PROTOCOL, ServerMessage, close};
use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade};
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use futures_util::SinkExt;
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use std::num::NonZeroU32;
use std::time::Duration;
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, interval, timeout};
use tower_sessions::Session;

/// Commands a screen may send for each second, on average.
const PER_SECOND: u32 = 20;
/// Commands it may send at once.
const BURST: u32 = 40;
/// So many refused for being too fast end the connection.
const TOO_FAST: u32 = 200;
/// So often a screen may say for each second where its person points on the canvas, on average; what comes sooner is left out.
const POINTS_PER_SECOND: u32 = 40;
/// So often it may say it at once.
const POINTS_BURST: u32 = 80;
/// The first message must come within this time.
const HELLO: Duration = Duration::from_secs(30);
/// A ping is sent this often.
const PING: Duration = Duration::from_secs(20);
/// A screen that was silent for this long is gone.
const SILENT: Duration = Duration::from_mins(1);
/// A write that takes this long means the screen does not read.
const WRITE: Duration = Duration::from_secs(10);
/// After our word of closing the other end has this long to answer; what it still sends is thrown away.
const GOODBYE: Duration = Duration::from_secs(1);
/// Most frames are small. The default of 128 KiB costs ten times the memory, and is filled with zeros before every read.
const BUFFER: usize = 4 * 1024;
/// A message somewhat too large is read to its end before it is refused: a connection that ends with something unread is reset,
/// and the reason could be lost on the way.
const MAX_READ: usize = 2 * MAX_CLIENT_MESSAGE;

/// What a socket's address says besides the code.
#[derive(Debug, serde::Deserialize)]
pub struct Wanted {
    /// For the screen of the meeting room.
    wall: Option<String>,
}

/// `GET /ws/{code}`; with `?wall` for the screen of the meeting room.
pub async fn upgrade(
    State(app): State<AppState>,
    Path(code): Path<String>,
    Query(wanted): Query<Wanted>,
    session: Session,
    ws: WebSocketUpgrade,
) -> Response {
    let on = if wanted.wall.is_some() { On::Wall } else { On::Own };
    let seat = match auth::seat(&app, &session, &code).await {
        Ok(Some(seat)) => seat,
        Ok(None) => {
            return (
                StatusCode::FORBIDDEN,
                "You have no seat in this checkpoint. Join with the link first.",
            )
                .into_response();
        }
        Err(error) => return error.into_response(),
    };
    let stopping = app.hub.stopping();
    ws.max_message_size(MAX_READ)
        .max_frame_size(MAX_READ)
        .read_buffer_size(BUFFER)
        .write_buffer_size(BUFFER)
        .on_upgrade(move |socket| async move {
            let mut socket = Socket { socket, stopping };
            if let Err(Closed(Some((code, reason)))) = socket.serve(seat.room, seat.participant, on).await {
                socket.close(code, reason).await;
            }
        })
}

/// The connection is over; the code and the reason if this end says so first.
struct Closed(Option<(u16, &'static str)>);

const GONE: Closed = Closed(None);

struct Socket {
    socket: WebSocket,
    stopping: watch::Receiver<bool>,
}

impl Socket {
    async fn serve(&mut self, room: Room, seat: ParticipantId, on: On) -> Result<(), Closed> {
        let mut stopping = self.stopping.clone();
        let hello = tokio::select! {
            hello = timeout(HELLO, self.receive()) => hello.map_err(|_| Closed(Some((close::MALFORMED, "no hello"))))??,
            _ = stopping.wait_for(|stops| *stops) => return Err(Closed(Some((close::RESTARTING, "the server restarts")))),
        };
        drop(stopping);
        let ClientMessage::Hello { protocol, last_seq } = hello else {
            return Err(Closed(Some((close::MALFORMED, "the first message must be hello"))));
        };
        if protocol != PROTOCOL {
            return Err(Closed(Some((close::OTHER_PROTOCOL, "another version of the page is needed"))));
        }
        let attached = room.attach(seat, on, last_seq).await.map_err(|why| match why {
            NotAttached::NoSeat => Closed(Some((close::REMOVED, "no seat in this room"))),
            NotAttached::Unavailable => Closed(Some((close::RESTARTING, "the room is not ready"))),
        })?;
        let conn = attached.conn;
        let speaker = (on == On::Own).then_some(seat);
        let ended = self.talk(&room, speaker, attached).await;
        room.detach(conn).await;
        ended
    }

    /// Until the connection ends. A screen without a speaker only shows.
    async fn talk(&mut self, room: &Room, speaker: Option<ParticipantId>, attached: Attached) -> Result<(), Closed> {
        let Attached { conn, mut frames } = attached;
        let limit = limiter(PER_SECOND, BURST);
        let pointer = limiter(POINTS_PER_SECOND, POINTS_BURST);
        let mut too_fast = 0;
        let mut ping = interval(PING);
        let mut heard = Instant::now();
        loop {
            tokio::select! {
                outgoing = frames.recv() => self.send_waiting(outgoing, &mut frames, room, conn).await?,
                incoming = self.receive_any() => {
                    heard = Instant::now();
                    let Some(message) = incoming? else { continue };
                    let allowance = if matches!(message, ClientMessage::Point(_)) { &pointer } else { &limit };
                    let in_time = allowance.check().is_ok();
                    too_fast += u32::from(!in_time);
                    if too_fast > TOO_FAST {
                        return Err(Closed(Some((close::TOO_FAST, "too many messages"))));
                    }
                    match message {
                        ClientMessage::Command { id, command } => match speaker {
                            Some(seat) if in_time => room.execute_for(conn, seat, id, command).await,
                            Some(_) => self.refuse(id, "That was too fast. Wait a second, then try again.").await?,
                            None => self.refuse(id, "This screen only shows. Use the room on your own device.").await?,
                        },
                        ClientMessage::Point(pointing) => if let Some(seat) = speaker.filter(|_| in_time) {
                            room.point(seat, pointing);
                        },
                        ClientMessage::Ping => self.send_text(encode(&ServerMessage::Pong)).await?,
                        ClientMessage::Hello { .. } => return Err(Closed(Some((close::MALFORMED, "hello comes once")))),
                    }
                }
                _ = ping.tick() => {
                    if heard.elapsed() > SILENT {
                        return Err(GONE);
                    }
                    self.send(Message::Ping(Vec::new().into())).await?;
                }
            }
        }
    }

    async fn refuse(&mut self, id: CommandId, reason: &str) -> Result<(), Closed> {
        let reason = reason.to_owned();
        self.send_text(encode(&ServerMessage::Refused { id, reason })).await
    }

    /// Sends everything that waits, then flushes once.
    async fn send_waiting(
        &mut self,
        first: Option<Outgoing>,
        frames: &mut mpsc::Receiver<Outgoing>,
        room: &Room,
        conn: super::room::ConnId,
    ) -> Result<(), Closed> {
        // The room has dropped this connection.
        let mut next = Some(first.ok_or(Closed(Some((close::RESTARTING, "the room has closed"))))?);
        while let Some(outgoing) = next {
            match outgoing {
                Outgoing::Frame(text) => self.in_time(async |socket| socket.feed(Message::Text(text)).await).await?,
                Outgoing::Overflowed => room.resync(conn).await,
                Outgoing::Close(code, reason) => return Err(Closed(Some((code, reason)))),
            }
            next = frames.try_recv().ok();
        }
        self.in_time(async |socket| socket.flush().await).await
    }

    /// The next message that means something to the room.
    async fn receive(&mut self) -> Result<ClientMessage, Closed> {
        loop {
            if let Some(message) = self.receive_any().await? {
                return Ok(message);
            }
        }
    }

    /// The next message of any kind; `None` for pings and pongs.
    async fn receive_any(&mut self) -> Result<Option<ClientMessage>, Closed> {
        let too_large = Closed(Some((axum::extract::ws::close_code::SIZE, "this message is too large")));
        let malformed = Closed(Some((close::MALFORMED, "this message is not of the protocol")));
        match self.socket.recv().await {
            Some(Ok(Message::Text(text))) if text.len() > MAX_CLIENT_MESSAGE => Err(too_large),
            Some(Ok(Message::Text(text))) => serde_json::from_str(&text).map(Some).map_err(|_| malformed),
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(None),
            Some(Err(error)) if unreadable(&error) => Err(too_large),
            // Not text, a broken frame, or a broken connection, which will not hear why.
            Some(Ok(Message::Binary(_)) | Err(_)) => Err(malformed),
            Some(Ok(Message::Close(_))) | None => Err(GONE),
        }
    }

    async fn send_text(&mut self, text: String) -> Result<(), Closed> {
        self.send(Message::Text(text.into())).await
    }

    async fn send(&mut self, message: Message) -> Result<(), Closed> {
        self.in_time(async |socket| socket.send(message).await).await
    }

    async fn in_time(&mut self, write: impl AsyncFnOnce(&mut WebSocket) -> Result<(), axum::Error>) -> Result<(), Closed> {
        match timeout(WRITE, write(&mut self.socket)).await {
            Ok(written) => written.map_err(|_| GONE),
            Err(_) => Err(Closed(Some((close::TOO_SLOW, "this screen does not keep up")))),
        }
    }

    async fn close(&mut self, code: u16, reason: &'static str) {
        let frame = CloseFrame {
            code,
            reason: reason.into(),
        };
        // The other end may be gone already. Ending with something unread would reset the connection, and the reason could be lost.
        let leave = async {
            if self.socket.send(Message::Close(Some(frame))).await.is_ok() {
                while let Some(Ok(_)) = self.socket.recv().await {}
            }
        };
        let _ = timeout(GOODBYE, leave).await;
    }
}

fn encode(message: &ServerMessage) -> String {
    serde_json::to_string(message).unwrap_or_default()
}

fn unreadable(error: &axum::Error) -> bool {
    // axum hides tungstenite's error type; its message for capacity errors is stable and pinned by tests/server/refusals.rs.
    error.to_string().contains("too long")
}

fn limiter(per_second: u32, burst: u32) -> DefaultDirectRateLimiter {
    let quota = NonZeroU32::new(per_second)
        .map(Quota::per_second)
        .zip(NonZeroU32::new(burst))
        .map(|(quota, burst)| quota.allow_burst(burst));
    RateLimiter::direct(quota.unwrap_or(Quota::per_second(NonZeroU32::MIN)))
}
