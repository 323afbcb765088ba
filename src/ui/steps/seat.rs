//! For tests: the room around a step, as somebody's screen has it after these events.

use crate::api::room::{Qr, RoomView};
use crate::domain::audience::Audience;
use crate::domain::context::{Presence, Seen};
use crate::domain::event::{Event, Recorded};
use crate::domain::ids::{ParticipantId, WorkshopId};
use crate::domain::sorted::SortedMap;
use crate::domain::time::Timestamp;
use crate::domain::workshop::Workshop;
use crate::ui::room::Room;
use uuid::Uuid;

/// Provides what a step asks for; everybody is here.
pub(super) fn take(events: &[Event], everybody: &[ParticipantId], you: ParticipantId) {
    Room::enter(view(events, everybody, Audience::Seat(you)), "");
}

/// What the server renders a page of the room from; the screen of the meeting room is everyone's.
pub(in crate::ui) fn view(events: &[Event], everybody: &[ParticipantId], audience: Audience) -> RoomView {
    let recorded = |(seq, event): (u64, &Event)| Recorded {
        seq,
        at: Timestamp(1_000),
        event: event.seen_by(audience),
    };
    let log: Vec<Recorded> = (1..).zip(events).map(recorded).collect();
    RoomView {
        me: None,
        id: WorkshopId::new(Uuid::nil()),
        you: match audience {
            Audience::Seat(you) => you,
            Audience::Everyone => ParticipantId::default(),
        },
        workshop: Workshop::replay(&log),
        presence: Presence(everybody.iter().map(|id| (*id, Seen::Here)).collect()),
        now: Timestamp(2_000),
        texts: SortedMap::new(),
        join_url: String::new(),
        qr: Qr {
            size: 1,
            path: String::new(),
        },
    }
}
