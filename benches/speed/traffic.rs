//! What the screens do: a workshop's pace, or as much as is answered.

use crate::Outcome;
use crate::screen::{Heard, Screen, Ticket, voters};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until, timeout_at};

/// How long screens go on listening after the last vote.
const DRAIN: Duration = Duration::from_millis(700);

/// Connects everybody at once.
pub(crate) async fn enter(addr: SocketAddr, tickets: &[Ticket]) -> Outcome<Vec<Screen>> {
    each(tickets.iter().cloned(), |ticket| Screen::enter(addr, ticket)).await
}

/// Does something with each, all at the same time.
async fn each<I, T: Send + 'static, F>(items: impl Iterator<Item = I>, does: impl Fn(I) -> F) -> Outcome<Vec<T>>
where
    F: Future<Output = Outcome<T>> + Send + 'static,
{
    let mut running = JoinSet::new();
    for item in items {
        running.spawn(does(item));
    }
    let mut done = Vec::new();
    while let Some(result) = running.join_next().await {
        done.push(result??);
    }
    Ok(done)
}

/// The votes of a workshop: in each room somebody votes every `pace`, in turn.
#[derive(Clone, Copy)]
pub(crate) struct Workshop {
    pub(crate) rooms: usize,
    pub(crate) people: u32,
    pub(crate) pace: Duration,
    pub(crate) length: Duration,
}

/// A vote that has reached another screen.
pub(crate) struct Delivery {
    room: usize,
    /// When it was sent, in nanoseconds since the start: with the room, its name.
    sent: u64,
    /// How long it took, in nanoseconds.
    pub(crate) took: u64,
}

/// What came of a workshop.
#[derive(Default)]
pub(crate) struct FanOut {
    pub(crate) votes: usize,
    pub(crate) deliveries: Vec<Delivery>,
    /// Bytes of all frames with votes.
    pub(crate) bytes: usize,
    pub(crate) refused: usize,
}

impl FanOut {
    pub(crate) fn add(&mut self, other: Self) {
        self.votes += other.votes;
        self.deliveries.extend(other.deliveries);
        self.bytes += other.bytes;
        self.refused += other.refused;
    }

    /// For each vote the time until the last of the others had it.
    pub(crate) fn last(&self) -> Vec<u64> {
        let mut slowest = std::collections::HashMap::new();
        for delivery in &self.deliveries {
            let took: &mut u64 = slowest.entry((delivery.room, delivery.sent)).or_default();
            *took = delivery.took.max(*took);
        }
        slowest.into_values().collect()
    }
}

/// When each person of a room has last voted, in nanoseconds since the start.
type Board = Vec<Vec<AtomicU64>>;

/// Holds a workshop.
pub(crate) async fn workshop(screens: Vec<Screen>, plan: Workshop) -> Outcome<(Vec<Screen>, FanOut)> {
    let row = || (0..plan.people + 2).map(|_| AtomicU64::new(0)).collect();
    let board: Arc<Board> = Arc::new((0..plan.rooms).map(|_| row()).collect());
    let start = Instant::now();
    let parts = each(screens.into_iter(), |screen| take_part(screen, plan, board.clone(), start)).await?;
    let mut all = FanOut::default();
    let mut screens = Vec::with_capacity(parts.len());
    for (screen, part) in parts {
        screens.push(screen);
        all.add(part);
    }
    Ok((screens, all))
}

async fn take_part(mut screen: Screen, plan: Workshop, board: Arc<Board>, start: Instant) -> Outcome<(Screen, FanOut)> {
    let (room, me) = (screen.room, screen.seat);
    let mut part = FanOut::default();
    let end = start + plan.length + DRAIN;
    // The same for every server: rooms and people are not in step with each other.
    let mut turn = me - 2;
    let due = |turn: u32| {
        let jitter = (room as u64 * 7_919 + u64::from(turn) * 104_729) % 1_000;
        plan.pace * turn + plan.pace * u32::try_from(jitter).unwrap_or_default() / 1_000
    };
    let now = || u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX);
    loop {
        let votes = due(turn) < plan.length;
        let next = if votes { start + due(turn) } else { end };
        let heard = |heard: Heard| match heard {
            Heard::Events(text) => {
                part.bytes += text.len();
                for voter in voters(text).filter(|voter| *voter != me) {
                    let sent = board[room][voter as usize].load(Ordering::Acquire);
                    let took = now().saturating_sub(sent);
                    part.deliveries.push(Delivery { room, sent, took });
                }
            }
            Heard::Refused => part.refused += 1,
            _ => {}
        };
        match timeout_at(next, screen.listen(heard)).await {
            Ok(heard) => heard?,
            Err(_) if votes => {
                board[room][me as usize].store(now(), Ordering::Release);
                screen.act().await?;
                part.votes += 1;
                turn += plan.people;
            }
            Err(_) => return Ok((screen, part)),
        }
    }
}

/// Votes one after the other: each person waits for the answer, and at least `gap` from vote to vote.
#[derive(Clone, Copy)]
pub(crate) struct Acts {
    pub(crate) gap: Duration,
    /// Whether a late answer must not slow the schedule down, and counts from the time its vote was due.
    pub(crate) paced: bool,
    /// Not measured, at the beginning.
    pub(crate) warm_up: Duration,
    pub(crate) length: Duration,
}

/// What came of it, within the measured time.
#[derive(Default)]
pub(crate) struct Answers {
    /// Nanoseconds from each vote to its answer.
    pub(crate) took: Vec<u64>,
    pub(crate) deliveries: usize,
    pub(crate) refused: usize,
}

/// Everybody votes.
pub(crate) async fn acts(screens: Vec<Screen>, plan: Acts) -> Outcome<(Vec<Screen>, Answers)> {
    let start = Instant::now();
    let count = u32::try_from(screens.len())?;
    let parts = each((0..).zip(screens), |(number, screen)| {
        act(screen, plan, start, start + plan.gap * number / count)
    })
    .await?;
    let mut all = Answers::default();
    let mut screens = Vec::with_capacity(parts.len());
    for (screen, part) in parts {
        screens.push(screen);
        all.took.extend(part.took);
        all.deliveries += part.deliveries;
        all.refused += part.refused;
    }
    Ok((screens, all))
}

async fn act(mut screen: Screen, plan: Acts, start: Instant, mut due: Instant) -> Outcome<(Screen, Answers)> {
    let mut part = Answers::default();
    let (begin, end) = (start + plan.warm_up, start + plan.warm_up + plan.length);
    let mut waiting: Option<Instant> = None;
    loop {
        let votes = waiting.is_none() && due < end;
        let next = if votes { due } else { end + DRAIN };
        let (mut answered, mut deliveries) = (false, 0);
        let heard = |heard: Heard| match heard {
            Heard::Events(text) => deliveries += voters(text).count(),
            Heard::Done => answered = true,
            Heard::Refused => part.refused += 1,
            _ => {}
        };
        let heard = if votes && due <= Instant::now() {
            None
        } else {
            timeout_at(next, screen.listen(heard)).await.ok()
        };
        match heard {
            Some(heard) => {
                heard?;
                let now = Instant::now();
                let measured = begin <= now && now < end;
                part.deliveries += if measured { deliveries } else { 0 };
                if let Some(sent) = waiting.take_if(|_| answered) {
                    if measured {
                        part.took.push(u64::try_from((now - sent).as_nanos())?);
                    }
                    due = if plan.paced { due + plan.gap } else { now.max(due + plan.gap) };
                }
            }
            None if votes => {
                let now = Instant::now();
                if !plan.paced {
                    due = now;
                }
                waiting = Some(due);
                screen.act().await?;
            }
            None => {
                sleep_until(end + DRAIN).await;
                return Ok((screen, part));
            }
        }
    }
}
