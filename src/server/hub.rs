//! The rooms that are open in this process. A room is opened when somebody needs it and leaves when nobody does.

use super::rehearsals::Rehearsals;
use super::room::Room;
use super::store::journal::Journal;
use super::store::{Db, StoreError};
use crate::domain::ids::WorkshopId;
use futures_util::future::join_all;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{OnceCell, watch};
use tokio::time::timeout;

type Slot = Arc<OnceCell<Room>>;

/// How long sockets have to take their leave when the server stops.
const GOODBYE: Duration = Duration::from_secs(2);

/// All rooms of this process. Cloning it shares them.
#[derive(Clone, Debug)]
pub struct Hub {
    db: Db,
    journal: Journal,
    rooms: Arc<Mutex<HashMap<WorkshopId, Slot>>>,
    rehearsals: Rehearsals,
    /// Whether the server stops. Every open socket holds a receiver.
    stopping: Arc<watch::Sender<bool>>,
}

impl Hub {
    /// No room is open yet.
    #[must_use]
    pub fn new(db: Db, journal: Journal) -> Self {
        Self {
            db,
            journal,
            rooms: Arc::default(),
            rehearsals: Rehearsals::default(),
            stopping: Arc::new(watch::Sender::new(false)),
        }
    }

    /// The room of a checkpoint that exists. Two who ask at once get the same room; a server that stops opens none, and one that was imported
    /// has none.
    pub async fn room(&self, id: WorkshopId) -> Result<Room, StoreError> {
        if *self.stopping.borrow() {
            return Err(StoreError::Closed);
        }
        let slot = self.slot(id);
        let room = slot
            // Boxed, so that only the first who comes pays for the space that loading takes.
            .get_or_try_init(|| Box::pin(Room::open(id, self.db.clone(), self.journal.clone())))
            .await?;
        if *self.stopping.borrow() {
            // It was being opened while `stop` looked for open ones.
            room.stop().await;
            return Err(StoreError::Closed);
        }
        Ok(room.clone())
    }

    /// Whether a room is in memory.
    #[must_use]
    pub fn is_open(&self, id: WorkshopId) -> bool {
        self.lock().get(&id).and_then(|slot| slot.get()).is_some_and(|room| !room.closed())
    }

    /// The rooms that leave no trace.
    #[must_use]
    pub fn rehearsals(&self) -> &Rehearsals {
        &self.rehearsals
    }

    /// For a socket to hold as long as it is open: it says when the server stops, and the server waits for its end.
    #[must_use]
    pub fn stopping(&self) -> watch::Receiver<bool> {
        self.stopping.subscribe()
    }

    /// Closes every room with "restarting", and waits until the sockets have said so. May be called again.
    pub async fn stop(&self) {
        self.stopping.send_replace(true);
        let rooms: Vec<Slot> = self.lock().values().cloned().collect();
        join_all(rooms.iter().filter_map(|slot| slot.get()).map(Room::stop)).await;
        self.rehearsals.stop().await;
        if timeout(GOODBYE, self.stopping.closed()).await.is_err() {
            tracing::warn!("some sockets did not take their leave in time");
        }
    }

    fn slot(&self, id: WorkshopId) -> Slot {
        let mut rooms = self.lock();
        if rooms.get(&id).is_none_or(|slot| slot.get().is_some_and(Room::closed)) {
            // Those that have left make way whenever another one is opened, so the map stays as small as what is in use.
            rooms.retain(|_, slot| !slot.get().is_some_and(Room::closed));
            rooms.insert(id, Slot::default());
        }
        rooms.entry(id).or_default().clone()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<WorkshopId, Slot>> {
        // The map is never left half changed, so a panic elsewhere does not spoil it.
        self.rooms.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
