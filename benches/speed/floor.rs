//! The floor: what axum and SQLite do for the same traffic when nothing is decided, checked or kept in memory.
//!
//! One task takes all votes that wait, commits them once if it is the durable floor, and sends each room one frame. Frames have the
//! bytes of the product's. Buffers are much smaller than axum's, writes are flushed once for all that waits.

use crate::Outcome;
use axum::Router;
use axum::extract::ws::{Message, Utf8Bytes, WebSocket, WebSocketUpgrade};
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use axum::serve::ListenerExt;
use futures_util::SinkExt;
use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use std::collections::BTreeMap;
use std::path::Path as FilePath;
use tokio::net::TcpListener;
use tokio::sync::mpsc::{self, UnboundedSender};

/// What tungstenite recommends for many connections; the default is 128 KiB.
const BUFFER: usize = 4 * 1024;

enum Word {
    Enter(usize, u32, UnboundedSender<Utf8Bytes>),
    Vote(usize, u32, Utf8Bytes),
}

/// Serves until the process ends. With a file, every vote is on the disk before anybody hears of it.
pub(crate) async fn serve(listener: TcpListener, file: Option<&FilePath>) -> Outcome<()> {
    let table = match file {
        Some(file) => Some(open(file).await?),
        None => None,
    };
    let (words, inbox) = mpsc::channel(4_096);
    tokio::spawn(work(inbox, table));
    let router = Router::new().route("/{room}/{seat}", get(upgrade)).with_state(words);
    let listener = listener.tap_io(|stream| stream.set_nodelay(true).unwrap_or_default());
    Ok(axum::serve(listener, router).await?)
}

async fn open(file: &FilePath) -> Outcome<SqlitePool> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full);
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
    sqlx::query("CREATE TABLE votes (body TEXT NOT NULL)").execute(&pool).await?;
    Ok(pool)
}

async fn upgrade(State(words): State<mpsc::Sender<Word>>, Path((room, seat)): Path<(usize, u32)>, ws: WebSocketUpgrade) -> Response {
    ws.read_buffer_size(BUFFER)
        .write_buffer_size(BUFFER)
        .on_upgrade(move |socket| talk(socket, room, seat, words))
}

async fn talk(mut socket: WebSocket, room: usize, seat: u32, words: mpsc::Sender<Word>) {
    let (queue, mut frames) = mpsc::unbounded_channel();
    let mut hello = Some(queue);
    loop {
        tokio::select! {
            Some(frame) = frames.recv() => {
                let mut next = Some(frame);
                while let Some(frame) = next {
                    if socket.feed(Message::Text(frame)).await.is_err() {
                        return;
                    }
                    next = frames.try_recv().ok();
                }
                if socket.flush().await.is_err() {
                    return;
                }
            }
            Some(Ok(message)) = socket.recv() => {
                let word = match (message, hello.take()) {
                    (Message::Text(_), Some(queue)) => Word::Enter(room, seat, queue),
                    (Message::Text(vote), None) => Word::Vote(room, seat, vote),
                    (_, before) => {
                        hello = before;
                        continue;
                    }
                };
                if words.send(word).await.is_err() {
                    return;
                }
            }
            else => return,
        }
    }
}

async fn work(mut inbox: mpsc::Receiver<Word>, table: Option<SqlitePool>) {
    let mut rooms: Vec<BTreeMap<u32, UnboundedSender<Utf8Bytes>>> = Vec::new();
    let (mut words, mut seq) = (Vec::new(), 1_000_u64);
    while inbox.recv_many(&mut words, 1_024).await > 0 {
        let at = checkpoint::server::clock::now();
        let mut votes: BTreeMap<usize, Vec<(u32, Utf8Bytes, String)>> = BTreeMap::new();
        for word in words.drain(..) {
            match word {
                Word::Enter(room, seat, queue) => {
                    let _ = queue.send(r#"{"welcome":{}}"#.into());
                    rooms.resize_with(rooms.len().max(room + 1), BTreeMap::new);
                    rooms[room].insert(seat, queue);
                }
                Word::Vote(room, seat, text) => {
                    seq += 1;
                    let event = format!(
                        r#"{{"seq":{seq},"at":{at},"event":{{"vote":{{"cast":{{"step":3,"round":1,"voter":{seat}}}}}}}}}"#,
                        at = at.0
                    );
                    votes.entry(room).or_default().push((seat, text, event));
                }
            }
        }
        if let Some(table) = table.as_ref().filter(|_| !votes.is_empty()) {
            let rows: Vec<&str> = votes.values().flatten().map(|(_, text, _)| text.as_str()).collect();
            let rows = serde_json::to_string(&rows).unwrap_or_default();
            let saved = sqlx::query("INSERT INTO votes SELECT value FROM json_each($1)")
                .bind(rows)
                .execute(table)
                .await;
            if let Err(error) = saved {
                eprintln!("the floor cannot save: {error}");
                return;
            }
        }
        for (room, votes) in votes {
            let events: Vec<&str> = votes.iter().map(|(.., event)| event.as_str()).collect();
            let frame: Utf8Bytes = format!(r#"{{"events":[{}]}}"#, events.join(",")).into();
            rooms[room].retain(|_, queue| queue.send(frame.clone()).is_ok());
            for (seat, text, _) in &votes {
                // {"command":{"id":"…36 characters…"
                if let (Some(id), Some(queue)) = (text.get(18..54), rooms[room].get(seat)) {
                    let _ = queue.send(format!(r#"{{"done":"{id}"}}"#).into());
                }
            }
        }
    }
}
