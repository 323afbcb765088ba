//! Erasing display names: what stands in their place.
//!
//! A person is called "Person 3" from then on, after the number of the seat, so that who said what stays apart. Whoever owns an action
//! under such a name is renamed too; what people typed otherwise stays as they typed it. [`Event::forget_names`] rewrites what is
//! stored, and [`people::Event::NamesErased`] does the same to the state: a rewritten log replays to the state its room has
//! (`tests/properties/forgetting.rs`).

use super::action::Action;
use super::event::Event;
use super::ids::ParticipantId;
use super::page::Page;
use super::people::{self, People, Role};
use super::rejection::Rejection;
use super::text::{DisplayName, Owner, folded};
use super::timeline::FACILITATES;
use super::workshop::Workshop;
use super::{actions, since};
use crate::domain::sorted::{SortedMap, SortedSet};

/// What people are called once their names are erased.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// The new name, by the old one as rooms compare names.
    new: SortedMap<String, DisplayName>,
    /// Who leads: their accounts stay known, so that they can still correct the page.
    leading: SortedSet<ParticipantId>,
}

impl Names {
    /// The names of everybody who ever had a seat.
    #[must_use]
    pub fn of(people: &People) -> Self {
        let seats = people.seats.iter();
        Self {
            new: seats.map(|(id, seat)| (seat.name.folded(), DisplayName::of_seat(id.0))).collect(),
            leading: people.facilitators().map(|(id, _)| id).collect(),
        }
    }

    /// The names on the pages of a checkpoint without a log, numbered as they come; those that were erased elsewhere keep their number.
    #[must_use]
    pub fn on<'a>(pages: impl IntoIterator<Item = &'a Page>) -> Self {
        let people = pages.into_iter().flat_map(|page| page.present.iter().chain(&page.observing));
        let (numbered, others): (Vec<_>, Vec<_>) = people.partition(|name| name.is_of_seat());
        let mut new: SortedMap<_, _> = numbered.into_iter().map(|name| (name.folded(), name.clone())).collect();
        let mut number = 0;
        for name in others.into_iter().map(DisplayName::folded) {
            if !new.contains_key(&name) {
                number += 1;
                while new.values().any(|used| *used == DisplayName::of_seat(number)) {
                    number += 1;
                }
                new.insert(name, DisplayName::of_seat(number));
            }
        }
        let leading = SortedSet::new();
        Self { new, leading }
    }

    /// Whether everybody is called by a number already.
    #[must_use]
    pub fn are_erased(&self) -> bool {
        self.new.iter().all(|(old, new)| *old == new.folded())
    }

    /// What the person with this name is called from now on; `None` when nobody has it.
    #[must_use]
    pub fn new_name(&self, name: &str) -> Option<&DisplayName> {
        self.new.get(&folded(name))
    }

    fn rename(&self, name: &mut DisplayName) {
        if let Some(new) = self.new_name(name.as_str()) {
            name.clone_from(new);
        }
    }

    /// Takes the name of its owner from an action.
    pub fn rename_owner(&self, action: &mut Action) {
        if let Some(new) = self.new_name(action.owner.as_str()) {
            action.owner = Owner::from(new);
        }
    }
}

impl Workshop {
    /// What follows when the names are to be erased: nothing where that is done.
    pub fn erase_names(&self) -> Result<Vec<Event>, Rejection> {
        if !self.published() {
            return Err(Rejection::NotEnded);
        }
        let erased = (!self.people.names_erased).then_some(Event::People(people::Event::NamesErased));
        Ok(erased.into_iter().collect())
    }

    /// Takes in that the names are erased.
    pub(super) fn forget_names(&mut self) {
        let names = Names::of(&self.people);
        for (id, seat) in self.people.seats.iter_mut() {
            seat.name = DisplayName::of_seat(id.0);
            seat.account = seat.account.filter(|_| seat.role == Role::Facilitator && !seat.removed);
        }
        let decided = self.actions.0.iter_mut().map(|entry| &mut entry.action);
        let looked_at = self.since.0.values_mut().map(|item| &mut item.action);
        let taken_along = self.previous.iter_mut().flat_map(|previous| &mut previous.actions);
        decided
            .chain(looked_at)
            .chain(taken_along)
            .for_each(|action| names.rename_owner(action));
    }
}

impl Event {
    /// Takes the names of people out of a stored event.
    pub fn forget_names(&mut self, names: &Names) {
        match self {
            Self::Created(created) => {
                let actions = created.previous.iter_mut().flat_map(|previous| &mut previous.actions);
                actions.for_each(|action| names.rename_owner(action));
            }
            Self::Recalled(previous) => previous.actions.iter_mut().for_each(|action| names.rename_owner(action)),
            Self::People(people::Event::Joined {
                participant,
                name,
                account,
                ..
            }) => {
                *name = DisplayName::of_seat(participant.0);
                *account = account.filter(|_| names.leading.contains(participant));
            }
            Self::Since(since::Event::Added { what, .. })
            | Self::Actions(
                actions::Event::Added { what, .. } | actions::Event::Edited { what, .. } | actions::Event::Merged { what, .. },
            ) => names.rename_owner(what),
            _ => {}
        }
    }
}

impl Page {
    /// Takes the names of people out of a published page. Who prepared the checkpoint stays: that is an account, not a seat.
    pub fn forget_names(&mut self, names: &Names) {
        let people = self.present.iter_mut().chain(&mut self.observing);
        people.for_each(|name| names.rename(name));
        let decided = self.decided.iter_mut().map(|decided| &mut decided.action);
        let looked_at = self.actions.iter_mut().map(|looked| &mut looked.action);
        decided.chain(looked_at).for_each(|action| names.rename_owner(action));
        for line in self.timeline.iter_mut().filter(|line| !line.note) {
            let new = line.text.strip_suffix(FACILITATES).and_then(|name| names.new_name(name));
            if let Some(new) = new {
                line.text = format!("{new}{FACILITATES}");
            }
        }
    }
}
