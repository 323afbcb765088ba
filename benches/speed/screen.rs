//! One person's screen, as cheap as it can be: the machine that measures is the machine that is measured.
//!
//! It speaks just enough WebSocket by hand: frames of the server are never masked, its own are masked with zeros.

use crate::Outcome;
use checkpoint::domain::command::Command;
use checkpoint::domain::dots;
use checkpoint::domain::ids::{CommandId, StepId};
use checkpoint::domain::improve::Item;
use checkpoint::domain::metric::Code;
use checkpoint::domain::vote::{self, Answer, Ballot};
use checkpoint::protocol::{ClientMessage, PROTOCOL};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use uuid::Uuid;

/// The step and the round that everybody votes in.
pub(crate) const VOTE: (StepId, u32) = (StepId(4), 1);

/// What opens a room's door for one person.
#[derive(Clone, Debug)]
pub(crate) struct Ticket {
    /// What this person's dots can be on; without any the person votes on a question.
    pub(crate) items: Arc<[Item]>,
    pub(crate) room: usize,
    pub(crate) seat: u32,
    pub(crate) path: String,
    pub(crate) cookie: String,
}

/// What a frame says, as far as anybody here wants to know.
pub(crate) enum Heard<'a> {
    /// `events`: the text.
    Events(&'a [u8]),
    /// `done`.
    Done,
    /// `refused`.
    Refused,
    /// `welcome`.
    Welcome,
    /// Presence and the like.
    Other,
}

/// A connected screen.
pub(crate) struct Screen {
    items: Arc<[Item]>,
    pub(crate) room: usize,
    pub(crate) seat: u32,
    stream: TcpStream,
    buffer: Vec<u8>,
    filled: usize,
    turn: usize,
}

impl Screen {
    /// Connects and says hello; returns when the welcome is there.
    pub(crate) async fn enter(addr: SocketAddr, ticket: Ticket) -> Outcome<Self> {
        let mut stream = TcpStream::connect(addr).await?;
        stream.set_nodelay(true)?;
        let request = format!(
            "GET {} HTTP/1.1\r\nHost: {addr}\r\nOrigin: http://{addr}\r\nCookie: {}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
            ticket.path, ticket.cookie
        );
        stream.write_all(request.as_bytes()).await?;
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await?);
        }
        if !head.starts_with(b"HTTP/1.1 101 ") {
            return Err(String::from_utf8_lossy(&head).into());
        }
        let mut screen = Self {
            items: ticket.items,
            room: ticket.room,
            seat: ticket.seat,
            stream,
            buffer: vec![0; 4 * 1024],
            filled: 0,
            turn: 0,
        };
        let hello = ClientMessage::Hello {
            protocol: PROTOCOL,
            last_seq: None,
        };
        screen.say(&hello).await?;
        let mut welcome = false;
        while !welcome {
            screen.listen(|heard| welcome |= matches!(heard, Heard::Welcome)).await?;
        }
        Ok(screen)
    }

    /// Votes or places dots, each time otherwise than before.
    pub(crate) async fn act(&mut self) -> Outcome<()> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        static RUN: std::sync::LazyLock<Uuid> = std::sync::LazyLock::new(checkpoint::server::clock::fresh_id);
        let (_, run) = RUN.as_u64_pair();
        let id = Uuid::from_u64_pair(COUNT.fetch_add(1, Ordering::Relaxed), run);
        self.turn += 1;
        let cast = || vote::Command::Cast {
            step: VOTE.0,
            round: VOTE.1,
            ballot: Ballot {
                answer: Answer::Code(Code::ALL[self.turn % 6]),
                confidence: None,
            },
        };
        let place = || dots::Command::Place {
            round: 1,
            dots: self
                .items
                .iter()
                .cycle()
                .skip(self.turn % self.items.len().max(1))
                .take(5)
                .copied()
                .collect(),
        };
        let command = if self.items.is_empty() {
            Command::Vote(cast())
        } else {
            Command::Dots(place())
        };
        self.say(&ClientMessage::Command {
            id: CommandId::new(id),
            command,
        })
        .await
    }

    async fn say(&mut self, message: &ClientMessage) -> Outcome<()> {
        let text = serde_json::to_string(message)?;
        self.send(0x1, text.as_bytes()).await
    }

    async fn send(&mut self, opcode: u8, payload: &[u8]) -> Outcome<()> {
        let mut frame = vec![0x80 | opcode];
        match u8::try_from(payload.len()) {
            Ok(short) if short < 126 => frame.push(0x80 + short),
            _ => {
                frame.push(0x80 + 126);
                frame.extend(u16::try_from(payload.len())?.to_be_bytes());
            }
        }
        frame.extend([0; 4]);
        frame.extend(payload);
        Ok(self.stream.write_all(&frame).await?)
    }

    /// Waits until something comes, and hands over each frame that is complete. Nothing is lost when it is dropped meanwhile.
    pub(crate) async fn listen(&mut self, mut each: impl FnMut(Heard)) -> Outcome<()> {
        if self.filled == self.buffer.len() {
            self.buffer.resize(2 * self.filled, 0);
        }
        let count = self.stream.read(&mut self.buffer[self.filled..]).await?;
        if count == 0 {
            return Err("the server has closed the connection".into());
        }
        self.filled += count;
        let (mut start, mut pinged) = (0, false);
        while let Some((opcode, payload)) = frame(&self.buffer[start..self.filled]) {
            let text = &self.buffer[start + payload.start..start + payload.end];
            match opcode {
                0x1 => each(meaning(text)),
                0x8 => return Err(format!("closed: {}", String::from_utf8_lossy(text)).into()),
                0x9 => pinged = true,
                _ => {}
            }
            start += payload.end;
        }
        self.buffer.copy_within(start..self.filled, 0);
        self.filled -= start;
        if pinged {
            self.send(0xA, &[]).await?;
        }
        Ok(())
    }
}

/// The first frame: its kind, and where its payload stands.
fn frame(bytes: &[u8]) -> Option<(u8, std::ops::Range<usize>)> {
    let big = |range: std::ops::Range<usize>| {
        let digits = bytes.get(range)?;
        Some(digits.iter().fold(0_usize, |sum, digit| sum << 8 | usize::from(*digit)))
    };
    let (start, length) = match bytes.get(1)? {
        126 => (4, big(2..4)?),
        127 => (10, big(2..10)?),
        short => (2, usize::from(*short)),
    };
    (bytes.len() >= start + length).then(|| (bytes[0] & 0xF, start..start + length))
}

fn meaning(text: &[u8]) -> Heard<'_> {
    match text.get(2) {
        Some(b'e') => Heard::Events(text),
        Some(b'd') => Heard::Done,
        Some(b'r') => Heard::Refused,
        Some(b'w') => Heard::Welcome,
        _ => Heard::Other,
    }
}

/// Who has voted or placed dots, for each such event in a frame.
pub(crate) fn voters(events: &[u8]) -> impl Iterator<Item = u32> {
    const KEYS: [&[u8]; 2] = [b"\"voter\":", b"\"by\":"];
    let ends = (0..events.len()).filter_map(|at| {
        let here = events.get(at..)?;
        KEYS.iter().find(|key| here.starts_with(key)).map(|key| at + key.len())
    });
    ends.map(|at| {
        let digits = events[at..].iter().take_while(|byte| byte.is_ascii_digit());
        digits.fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'))
    })
}
