//! Sessions of those who know nothing but rehearsals are kept in memory; all others are in the database.

use super::Rehearsals;
use crate::domain::ids::WorkshopId;
use crate::server::auth::SEATS;
use crate::server::store::sessions::Sessions;
use async_trait::async_trait;
use serde_json::Value;
use tower_sessions::SessionStore;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::Result;

/// The database's sessions, and before them those of rehearsals.
#[derive(Clone, Debug)]
pub struct WithRehearsals {
    /// In the database.
    pub stored: Sessions,
    /// In memory.
    pub rehearsals: Rehearsals,
}

/// The checkpoints in which a session holds a seat, if it holds nothing else.
fn only_seats(record: &Record) -> Option<impl Iterator<Item = WorkshopId>> {
    let Value::Object(seats) = record.data.get(SEATS).filter(|_| record.data.len() == 1)? else {
        return None;
    };
    Some(seats.keys().filter_map(|id| id.parse().ok()))
}

/// Whether a session holds a seat in this checkpoint.
pub(super) fn names(record: &Record, id: WorkshopId) -> bool {
    only_seats(record).is_some_and(|mut seats| seats.any(|seat| seat == id))
}

impl WithRehearsals {
    /// Keeps the session in memory where it belongs there. `false` when it does not.
    fn keep(&self, record: &Record) -> bool {
        let mut kept = self.rehearsals.lock();
        let rehearsed = |id: WorkshopId| kept.open.values().any(|rehearsal| rehearsal.room.id() == id);
        let belongs = only_seats(record).is_some_and(|mut seats| seats.all(rehearsed));
        if belongs {
            kept.sessions.insert(record.id, record.clone());
        }
        belongs
    }

    fn forget(&self, id: &Id) -> bool {
        self.rehearsals.lock().sessions.remove(id).is_some()
    }
}

#[async_trait]
impl SessionStore for WithRehearsals {
    async fn create(&self, record: &mut Record) -> Result<()> {
        if self.keep(record) {
            return Ok(());
        }
        self.stored.create(record).await
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let known = self.rehearsals.lock().sessions.contains_key(&record.id);
        if !known {
            return self.stored.save(record).await;
        }
        if self.keep(record) {
            return Ok(());
        }
        // It has come to hold something that lasts.
        self.forget(&record.id);
        self.stored.create(&mut record.clone()).await
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let kept = self.rehearsals.lock().sessions.get(id).cloned();
        match kept {
            Some(record) => Ok(Some(record)),
            None => self.stored.load(id).await,
        }
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        if self.forget(id) {
            return Ok(());
        }
        self.stored.delete(id).await
    }
}
