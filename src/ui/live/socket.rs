//! The browser's end of the socket: connecting, noticing silence, coming back.
//!
//! A lost connection comes back by itself, sooner when the browser says that it is online or in view again. Attempts are
//! spread at random, so that a restarted server is not met by everybody in the same moment.

use super::{Connection, Live, Sent};
use crate::domain::flow::Pointing;
use crate::domain::time::Timestamp;
use crate::protocol::{ClientMessage, PROTOCOL, ServerMessage, close};
use crate::reader::read;
use leptos::prelude::*;
use send_wrapper::SendWrapper;
use std::time::Duration;
use wasm_bindgen::prelude::*;
use web_sys::{CloseEvent, MessageEvent, WebSocket};

/// Silence after which the other end is asked whether it is there, in milliseconds.
const ASK_AFTER: f64 = 1_000.0;
/// Silence after which the connection counts as lost.
const LOST_AFTER: f64 = 2_500.0;
/// Silence after which another connection is opened.
const REOPEN_AFTER: f64 = 6_000.0;
/// The longest wait between two attempts.
const LONGEST_WAIT: f64 = 8_000.0;

/// One connection and what keeps it going.
pub(super) struct Socket {
    url: String,
    connection: Option<OneConnection>,
    heard: f64,
    attempts: i32,
    /// More waits than may be sent at once; what is done meanwhile waits behind it.
    backlog: bool,
    next_attempt: Option<f64>,
    tick: IntervalHandle,
    wake: Vec<WindowListenerHandle>,
}

struct OneConnection {
    socket: WebSocket,
    _on_open: Closure<dyn FnMut()>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_close: Closure<dyn FnMut(CloseEvent)>,
}

impl Drop for OneConnection {
    fn drop(&mut self) {
        self.socket.set_onopen(None);
        self.socket.set_onmessage(None);
        self.socket.set_onclose(None);
        // It may be closed already.
        let _ = self.socket.close();
    }
}

/// Connects for the first time, and keeps the clock going.
pub(super) fn start(live: Live, address: &str, server_now: Timestamp) {
    set_clock(live, server_now);
    let location = window().location();
    let scheme = if location.protocol().is_ok_and(|p| p == "https:") {
        "wss"
    } else {
        "ws"
    };
    let url = format!("{scheme}://{}/ws/{address}", location.host().unwrap_or_default());
    let Ok(tick) = set_interval_with_handle(move || tick(live), Duration::from_millis(500)) else {
        return;
    };
    let wake = ["online", "offline", "focus", "pageshow"].map(|name| window_event_listener_untyped(name, move |_| tick_now(live)));
    live.socket.set_value(Some(SendWrapper::new(Socket {
        url,
        connection: None,
        heard: js_sys::Date::now(),
        attempts: 0,
        backlog: false,
        next_attempt: None,
        tick,
        wake: wake.into(),
    })));
    open(live);
}

/// The page is left.
pub(super) fn stop(live: Live) {
    let socket = live.socket.try_update_value(Option::take).flatten();
    if let Some(socket) = socket.map(SendWrapper::take) {
        socket.tick.clear();
        socket.wake.into_iter().for_each(WindowListenerHandle::remove);
    }
}

/// Notes how far this machine's clock is from the server's.
pub(super) fn set_clock(live: Live, server_now: Timestamp) {
    live.offset.set_value(server_now.0 - millis(js_sys::Date::now()));
    live.now.set(server_now);
}

/// Sends a command if there is a connection; otherwise it is sent on return.
pub(super) fn send(live: Live, sent: &Sent) {
    if live.connection.get_untracked() == Connection::Open {
        say(
            live,
            &ClientMessage::Command {
                id: sent.id,
                command: sent.command.clone(),
            },
        );
    }
}

/// Whether more waits than may be sent at once.
pub(super) fn has_backlog(live: Live) -> bool {
    live.socket.with_value(|socket| socket.as_ref().is_some_and(|s| s.backlog))
}

/// Says so.
pub(super) fn set_backlog(live: Live, backlog: bool) {
    with_socket(live, |socket| socket.backlog = backlog);
}

/// Tells the others where somebody points; without a connection nobody needs to know.
pub(super) fn point(live: Live, pointing: Option<Pointing>) {
    if live.connection.get_untracked() == Connection::Open {
        say(live, &ClientMessage::Point(pointing));
    }
}

fn say(live: Live, message: &ClientMessage) {
    let Ok(text) = serde_json::to_string(message) else { return };
    live.socket.with_value(|socket| {
        if let Some(connection) = socket.as_ref().and_then(|s| s.connection.as_ref()) {
            // What cannot be sent now stays unanswered and is sent again on return.
            let _ = connection.socket.send_with_str(&text);
        }
    });
}

fn open(live: Live) {
    let Some(url) = live.socket.with_value(|socket| socket.as_ref().map(|s| s.url.clone())) else {
        return;
    };
    let Ok(socket) = WebSocket::new(&url) else { return lost(live) };
    let on_open = Closure::new(move || {
        let last_seq = Some(live.state.with_untracked(|state| state.seq));
        say(
            live,
            &ClientMessage::Hello {
                protocol: PROTOCOL,
                last_seq,
            },
        );
    });
    let on_message = Closure::new(move |event: MessageEvent| {
        with_socket(live, |socket| {
            socket.heard = js_sys::Date::now();
            socket.attempts = 0;
        });
        let message = event.data().as_string().and_then(|text| read::<ServerMessage>(&text).ok());
        match message {
            Some(message) => {
                // The same connection is heard again: what waited meanwhile goes out. A new one says so with its welcome.
                if live.connection.get_untracked() == Connection::Lost && !matches!(message, ServerMessage::Welcome { .. }) {
                    live.connection.set(Connection::Open);
                    live.send_again();
                }
                live.hear(message);
            }
            None => reload_once(live),
        }
    });
    let on_close = Closure::new(move |event: CloseEvent| closed(live, event.code()));
    socket.set_onopen(Some(on_open.as_ref().unchecked_ref()));
    socket.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    socket.set_onclose(Some(on_close.as_ref().unchecked_ref()));
    let connection = OneConnection {
        socket,
        _on_open: on_open,
        _on_message: on_message,
        _on_close: on_close,
    };
    with_socket(live, |s| {
        s.connection = Some(connection);
        s.heard = js_sys::Date::now();
        s.next_attempt = None;
    });
}

fn closed(live: Live, code: u16) {
    match code {
        close::REMOVED => over(
            live,
            "The facilitator has removed you from this checkpoint. You can join again with the link.",
        ),
        close::DELETED => over(live, "This checkpoint was deleted."),
        close::OTHER_PROTOCOL => reload_once(live),
        close::TOO_FAST => over(
            live,
            "This page sent more than the room can take, so it was disconnected. Reload it to go on.",
        ),
        _ => lost(live),
    }
}

fn over(live: Live, reason: &'static str) {
    live.connection.set(Connection::Over(reason));
    // The handlers of the old connection may be running right now, so it is dropped after them.
    set_timeout(move || stop(live), Duration::ZERO);
}

/// Plans the next attempt: at once after the first loss, then ever later, never at the same moment as everybody else.
fn lost(live: Live) {
    live.connection.set(Connection::Lost);
    with_socket(live, |socket| {
        let longest = (250.0 * 2f64.powi(socket.attempts)).min(LONGEST_WAIT);
        socket.attempts = (socket.attempts + 1).min(10);
        socket.next_attempt = Some(js_sys::Date::now() + longest * js_sys::Math::random());
    });
}

/// Twice a second: tell the time, notice silence, try again.
fn tick(live: Live) {
    let now = js_sys::Date::now();
    live.now.set(Timestamp(millis(now) + live.offset.get_value()));
    let Some((silence, due)) = live
        .socket
        .with_value(|s| s.as_ref().map(|s| (now - s.heard, s.next_attempt.map(|at| now >= at))))
    else {
        return;
    };
    match due {
        Some(true) => open(live),
        Some(false) => {}
        None if silence > REOPEN_AFTER => lost(live),
        None => {
            if silence > LOST_AFTER && live.connection.get_untracked() == Connection::Open {
                live.connection.set(Connection::Lost);
            }
            if silence > ASK_AFTER {
                say(live, &ClientMessage::Ping);
            }
        }
    }
}

/// The browser woke up, or its network came or went: look at once.
fn tick_now(live: Live) {
    if !window().navigator().on_line() {
        live.connection.update(|connection| {
            if *connection == Connection::Open {
                *connection = Connection::Lost;
            }
        });
        return;
    }
    with_socket(live, |socket| {
        socket.attempts = 0;
        if let Some(at) = &mut socket.next_attempt {
            *at = 0.0;
        }
    });
    tick(live);
}

/// The page is of another version than the server. Reloading helps, unless it has just been tried.
fn reload_once(live: Live) {
    const TRIED: &str = "checkpoint.reloaded";
    let now = millis(js_sys::Date::now());
    let storage = window().session_storage().ok().flatten();
    let tried = storage
        .as_ref()
        .and_then(|s| s.get_item(TRIED).ok().flatten())
        .and_then(|at| at.parse::<i64>().ok());
    if tried.is_some_and(|at| now - at < 60_000) {
        return over(
            live,
            "This page is of another version than the server. Close it and open the link again.",
        );
    }
    if let Some(storage) = storage {
        // Without storage the page would reload for ever; that is no worse than a page that cannot talk.
        let _ = storage.set_item(TRIED, &now.to_string());
    }
    let _ = window().location().reload();
}

fn with_socket(live: Live, change: impl FnOnce(&mut Socket)) {
    live.socket.try_update_value(|socket| {
        if let Some(socket) = socket {
            change(socket);
        }
    });
}

#[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 are far below 2^53")]
fn millis(time: f64) -> i64 {
    time as i64
}
