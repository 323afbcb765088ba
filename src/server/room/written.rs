//! A checkpoint that is written down without a room: the same decisions, the same rows, the same scrubbing, but no clock and nobody
//! to tell.

use super::log::RoomLog;
use crate::domain::command::Command;
use crate::domain::context::{Actor, Context};
use crate::domain::event::Event;
use crate::domain::ids::{CommandId, WorkshopId};
use crate::domain::rejection::Rejection;
use crate::domain::workshop::Workshop;
use crate::server::store::journal::Journal;
use crate::server::store::{Db, StoreError};

/// A checkpoint in nobody's room.
pub(in crate::server) struct Written(RoomLog);

impl Written {
    /// Takes up a checkpoint that was created.
    pub(in crate::server) async fn open(id: WorkshopId, db: &Db) -> Result<Self, StoreError> {
        RoomLog::load(id, db).await.map(Self)
    }

    /// The state, with what is not on the disk yet.
    pub(in crate::server) fn state(&self) -> &Workshop {
        &self.0.state
    }

    /// Decides at the time that the context says, and takes the events in ahead of the disk.
    pub(in crate::server) fn act(
        &mut self,
        who: Actor,
        cause: CommandId,
        command: &Command,
        cx: &Context,
    ) -> Result<Vec<Event>, Rejection> {
        let events = self.0.state.decide(who, command, cx)?;
        self.0.record(who.seat(), cause, cx.now, &events);
        Ok(events)
    }

    /// Brings everything to the disk.
    pub(in crate::server) async fn keep(&mut self, journal: &Journal) -> Result<(), StoreError> {
        if let Some(append) = self.0.take_append() {
            journal.append(append).await?;
            self.0.committed();
        }
        Ok(())
    }
}
