//! Who is connected to a room. A person may have several screens; the last one to go makes the person away.

use crate::domain::context::{Presence, Seen};
use crate::domain::ids::ParticipantId;
use crate::domain::time::Timestamp;
use crate::domain::workshop::Workshop;
use std::collections::HashMap;

/// The connections of each seat, and what is told of them.
#[derive(Debug, Default)]
pub(super) struct Attendance {
    screens: HashMap<ParticipantId, usize>,
    presence: Presence,
    changed: bool,
}

impl Attendance {
    /// Nobody is connected yet; everybody counts as away since now.
    pub(super) fn after_restart(state: &Workshop, now: Timestamp) -> Self {
        let away = |(id, _): (ParticipantId, _)| (id, Seen::Away(now));
        Self {
            presence: Presence(state.people.all().map(away).collect()),
            ..Self::default()
        }
    }

    pub(super) fn presence(&self) -> &Presence {
        &self.presence
    }

    /// Whether something has changed since it was last told.
    pub(super) fn changed(&self) -> bool {
        self.changed
    }

    pub(super) fn told(&mut self) {
        self.changed = false;
    }

    /// Somebody took a seat; the first screen follows in a moment.
    pub(super) fn expect(&mut self, seat: ParticipantId, now: Timestamp) {
        self.presence.0.entry(seat).or_insert(Seen::Away(now));
        self.changed = true;
    }

    pub(super) fn came(&mut self, seat: ParticipantId) {
        *self.screens.entry(seat).or_default() += 1;
        self.changed |= self.presence.0.insert(seat, Seen::Here) != Some(Seen::Here);
    }

    pub(super) fn left(&mut self, seat: ParticipantId, now: Timestamp) {
        let Some(screens) = self.screens.get_mut(&seat) else { return };
        *screens -= 1;
        if *screens == 0 {
            self.screens.remove(&seat);
            self.presence.0.insert(seat, Seen::Away(now));
            self.changed = true;
        }
    }

    /// Somebody lost the seat.
    pub(super) fn forget(&mut self, seat: ParticipantId) {
        self.screens.remove(&seat);
        self.changed |= self.presence.0.remove(&seat).is_some();
    }
}
