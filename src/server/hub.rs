//! The rooms that are open in this process. A room is opened when somebody needs it and leaves when nobody does.

use super::room::Room;
use super::store::journal::Journal;
use super::store::{Db, StoreError};
use crate::domain::ids::WorkshopId;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::OnceCell;

type Slot = Arc<OnceCell<Room>>;

/// All rooms of this process. Cloning it shares them.
#[derive(Clone, Debug)]
pub struct Hub {
    db: Db,
    journal: Journal,
    rooms: Arc<Mutex<HashMap<WorkshopId, Slot>>>,
}

impl Hub {
    /// No room is open yet.
    #[must_use]
    pub fn new(db: Db, journal: Journal) -> Self {
        Self {
            db,
            journal,
            rooms: Arc::default(),
        }
    }

    /// The room of a checkpoint that exists. Two who ask at once get the same room.
    pub async fn room(&self, id: WorkshopId) -> Result<Room, StoreError> {
        let slot = self.slot(id);
        let room = slot
            .get_or_try_init(|| Room::open(id, self.db.clone(), self.journal.clone()))
            .await?;
        Ok(room.clone())
    }

    /// Closes every room with "restarting".
    pub async fn stop(&self) {
        let rooms: Vec<Slot> = self.lock().drain().map(|(_, slot)| slot).collect();
        for slot in rooms {
            if let Some(room) = slot.get() {
                room.stop().await;
            }
        }
    }

    fn slot(&self, id: WorkshopId) -> Slot {
        let mut rooms = self.lock();
        let slot = rooms.entry(id).or_default();
        if slot.get().is_some_and(Room::closed) {
            *slot = Slot::default();
        }
        slot.clone()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<WorkshopId, Slot>> {
        // The map is never left half changed, so a panic elsewhere does not spoil it.
        self.rooms.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
