//! The journal: one task that gathers the appends of all rooms into one transaction per disk sync.
//!
//! The invariant: an append is answered `Ok` only after the commit that holds it. While one commit is on its way to the disk the next
//! batch collects, so durable appends per second grow with the load instead of hitting one sync each.

mod batch;
mod erase;
mod scrub;

pub use erase::Erased;

use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

use super::actions::Rows;
use super::events::NewEvent;
use super::summaries::NewSummary;
use super::workshops::WorkshopColumns;
use super::{Db, StoreError};
use crate::domain::ids::WorkshopId;

/// How many appends may wait before [`Journal::append`] itself waits.
const WAITING: usize = 4_096;
/// How many appends share one transaction at most.
const BATCH: usize = 1_024;
/// How long an unfinished wipe waits for the next batch before it is tried without one.
const WIPE_AGAIN: Duration = Duration::from_millis(500);

/// What a room wants to have on the disk: all of it, or nothing.
#[derive(Clone, Debug)]
pub struct Append {
    /// Whose log it is.
    pub workshop: WorkshopId,
    /// The last `seq` the room knows; if the log is further, the append is refused with [`StoreError::Conflict`].
    pub expected_seq: u64,
    /// The events, in order.
    pub events: Vec<NewEvent>,
    /// Stored events, by `seq`, whose body is replaced so that the old one is gone from the disk.
    pub scrub: Vec<(u64, String)>,
    /// What the lists show from now on.
    pub columns: Option<WorkshopColumns>,
    /// The summaries that are published, in order.
    pub summaries: Vec<NewSummary>,
    /// What it says of actions.
    pub actions: Option<Rows>,
    /// Names that are erased from everything that is stored of the checkpoint, these events included.
    pub erased: Option<Erased>,
}

impl Append {
    /// Whether bytes that were stored must be on the disk no more.
    fn forgets(&self) -> bool {
        !self.scrub.is_empty() || self.erased.is_some()
    }
}

/// An append and who waits for it.
struct Waiting {
    append: Arc<Append>,
    done: oneshot::Sender<Result<(), StoreError>>,
}

enum Message {
    Append(Waiting),
    Shutdown(oneshot::Sender<()>),
}

/// The way into the journal. Clones share one task.
#[derive(Clone, Debug)]
pub struct Journal {
    queue: mpsc::Sender<Message>,
}

impl Journal {
    /// Starts the task. It ends with [`Journal::shutdown`], or when the last handle is dropped and all is written.
    #[must_use]
    pub fn start(db: Db) -> Self {
        let (queue, messages) = mpsc::channel(WAITING);
        tokio::spawn(run(db, messages));
        Self { queue }
    }

    /// Appends, and returns once it is durable. Dropping this future does not take the append back.
    pub async fn append(&self, append: Append) -> Result<(), StoreError> {
        let (done, answer) = oneshot::channel();
        let waiting = Waiting {
            append: Arc::new(append),
            done,
        };
        self.queue.send(Message::Append(waiting)).await.map_err(|_| StoreError::Closed)?;
        answer.await.map_err(|_| StoreError::Closed)?
    }

    /// Takes no further appends, writes those that wait, and returns when they are durable.
    pub async fn shutdown(&self) {
        let (done, answer) = oneshot::channel();
        if self.queue.send(Message::Shutdown(done)).await.is_ok() {
            answer.await.ok();
        }
    }
}

/// The task: wait, take everything there is, write it, answer.
async fn run(db: Db, mut messages: mpsc::Receiver<Message>) {
    let mut received = Vec::with_capacity(BATCH);
    let mut stopped: Vec<oneshot::Sender<()>> = Vec::new();
    // Answers were scrubbed, but the log of SQLite could not be emptied yet. True at first: the process before this one may have
    // ended in between.
    let mut unwiped = true;
    loop {
        let next = messages.recv_many(&mut received, BATCH);
        let count = if unwiped {
            timeout(WIPE_AGAIN, next).await.ok()
        } else {
            Some(next.await)
        };
        let ended = count == Some(0);
        let mut waiting = Vec::with_capacity(received.len());
        for message in received.drain(..) {
            match message {
                Message::Append(append) => waiting.push(append),
                Message::Shutdown(done) => {
                    messages.close();
                    stopped.push(done);
                }
            }
        }
        write(&db, waiting, &mut unwiped).await;
        if ended {
            break;
        }
    }
    for done in stopped {
        done.send(()).ok();
    }
}

/// Writes what waits and answers it. Whoever scrubbed is answered after the wipe, the others before it.
async fn write(db: &Db, waiting: Vec<Waiting>, unwiped: &mut bool) {
    let appends: Vec<Arc<Append>> = waiting.iter().map(|waiting| Arc::clone(&waiting.append)).collect();
    let results = batch::write(db, &appends).await;
    let mut scrubbers = Vec::new();
    for (waiting, result) in waiting.into_iter().zip(results) {
        if result.is_ok() && waiting.append.forgets() {
            scrubbers.push(waiting);
        } else {
            // An error means that nobody waits any more.
            waiting.done.send(result).ok();
        }
    }
    if *unwiped || !scrubbers.is_empty() {
        *unwiped = !scrub::wipe(db).await;
    }
    for waiting in scrubbers {
        waiting.done.send(Ok(())).ok();
    }
}
