//! What a room says of actions to the lists: its own as they stand, and what it settled of others.

use crate::domain::action::{Action, Origin};
use crate::domain::agenda;
use crate::domain::event::{Event, Recorded};
use crate::domain::ids::{ActionId, ParticipantId, WorkshopId};
use crate::domain::since::{self, Item};
use crate::domain::workshop::Workshop;
use crate::server::store::actions::{Aged, Key, NewRow, Rows, Settled};

/// Numbers from here on are of actions that were written down in "Since last time", whose own numbers are counted apart from
/// those of the actions decided later.
const WRITTEN_DOWN: u32 = 1 << 31;

/// What the rows say already; `None` until this room has written them once.
#[derive(Default)]
pub(super) struct Projection(Option<(Vec<NewRow>, Vec<Aged>)>);

impl Projection {
    /// What is to be written for these events, which the state has taken in; `None` when nothing is.
    pub(super) fn take<'a>(
        &mut self,
        id: WorkshopId,
        state: &Workshop,
        happened: impl Iterator<Item = (&'a Recorded, Option<ParticipantId>)> + Clone,
    ) -> Option<Rows> {
        if self.0.is_some() && !happened.clone().any(|(recorded, _)| concerns(&recorded.event)) {
            return None;
        }
        let (stand, aged) = (rows(id, state), aged(state));
        let (before, aged_before) = self.0.take().unwrap_or_default();
        let gone = before.iter().map(|row| row.number);
        let written = Rows {
            gone: gone.filter(|number| stand.iter().all(|row| row.number != *number)).collect(),
            stand: stand.iter().filter(|row| !before.contains(row)).cloned().collect(),
            aged: aged.iter().filter(|aged| !aged_before.contains(aged)).copied().collect(),
            settled: happened.filter_map(|(recorded, by)| settled(id, state, recorded, by)).collect(),
        };
        self.0 = Some((stand, aged));
        (written != Rows::default()).then_some(written)
    }
}

/// Whether rows may follow from it.
fn concerns(event: &Event) -> bool {
    matches!(
        event,
        Event::Actions(_) | Event::Since(_) | Event::Recalled(_) | Event::Plan(_) | Event::Agenda(agenda::Event::Started)
    )
}

/// What this checkpoint decided, and what it wrote down or took over from a page that says of no action where it is from.
fn rows(id: WorkshopId, state: &Workshop) -> Vec<NewRow> {
    let decided = state.actions.accepted().map(|entry| {
        let action = Action {
            opened_on: Some(state.held_on),
            ..entry.action.clone()
        };
        (entry.id, action)
    });
    let begun = state.agenda.started_at.is_some();
    let own = |item: &&Item| item.action.origin.is_none() && (begun || item.added || item.settled);
    let taken = state.since.0.iter().filter(|(_, item)| own(item));
    let taken = taken.map(|(number, item)| (written_down(*number), item.action.clone()));
    rows_of(id, decided.chain(taken))
}

/// The rows of these actions, in the squad's order.
pub(in crate::server) fn rows_of(id: WorkshopId, all: impl Iterator<Item = (ActionId, Action)>) -> Vec<NewRow> {
    (0..)
        .zip(all)
        .map(|(position, (number, action))| row(id, position, number, action))
        .collect()
}

fn row(id: WorkshopId, position: i64, number: ActionId, mut action: Action) -> NewRow {
    action.origin = Some(Origin {
        workshop: id,
        action: number,
    });
    NewRow {
        number,
        position,
        body: serde_json::to_string(&action).unwrap_or_default(),
        title: action.title.to_string(),
        owner_key: action.owner.folded(),
        due: action.due.map(|day| day.to_string()),
        outside: action.outside,
        opened_on: action.opened_on.map(|day| day.to_string()),
        age: action.age,
        status: action.status.into(),
        note: action.why.to_string(),
    }
}

/// The actions of other checkpoints on the table, once this one has begun.
fn aged(state: &Workshop) -> Vec<Aged> {
    if state.agenda.started_at.is_none() {
        return vec![];
    }
    let one = |item: &Item| {
        let Origin { workshop, action: number } = item.action.origin?;
        let key = Key { workshop, number };
        Some(Aged { key, age: item.action.age })
    };
    state.since.0.values().filter_map(one).collect()
}

fn settled(id: WorkshopId, state: &Workshop, recorded: &Recorded, by: Option<ParticipantId>) -> Option<Settled> {
    let Event::Since(since::Event::Settled { action, status, why }) = &recorded.event else {
        return None;
    };
    let item = state.since.0.get(action)?;
    let own = Origin {
        workshop: id,
        action: written_down(*action),
    };
    let origin = item.action.origin.unwrap_or(own);
    Some(Settled {
        key: Key {
            workshop: origin.workshop,
            number: origin.action,
        },
        at: recorded.at.0,
        who: by.map_or("", |seat| state.people.name(seat)).to_owned(),
        status: (*status).into(),
        note: why.to_string(),
    })
}

/// The number of an action that was written down, apart from those that were decided.
pub(in crate::server) fn written_down(number: ActionId) -> ActionId {
    ActionId(number.0 | WRITTEN_DOWN)
}
