//! What stickies and groups come to: items, each with what it is made of and what it is called. Every sticky is in exactly one.

use super::{Improvements, Kind, Note, Sticky};
use crate::domain::ids::{GroupId, StickyId};
use serde::{Deserialize, Serialize};

/// What can be given dots and made into an action: a sticky, or a group of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// A sticky that is in no group.
    Sticky(StickyId),
    /// A group with at least one sticky in it.
    Group(GroupId),
}

impl Improvements {
    /// What is in a group, oldest first.
    pub fn members(&self, group: GroupId) -> impl Iterator<Item = StickyId> {
        let inside = move |(_, sticky): &(&StickyId, &Sticky)| sticky.group == Some(group);
        self.stickies.iter().filter(inside).map(|(id, _)| *id)
    }

    /// What an item is made of, oldest first; nothing when it is gone.
    #[must_use]
    pub fn stickies_of(&self, item: Item) -> Vec<StickyId> {
        match item {
            Item::Sticky(id) => self.stickies.contains_key(&id).then_some(id).into_iter().collect(),
            Item::Group(group) => self.members(group).collect(),
        }
    }

    /// What an item says of each of its stickies.
    pub fn notes_of(&self, item: Item) -> impl Iterator<Item = &Note> {
        self.stickies_of(item).into_iter().filter_map(|id| self.note(id))
    }

    /// The item a sticky belongs to.
    #[must_use]
    pub fn item_of(&self, sticky: StickyId) -> Item {
        let group = self.stickies.get(&sticky).and_then(|sticky| sticky.group);
        group.map_or(Item::Sticky(sticky), Item::Group)
    }

    /// Everything, each group where its first sticky is.
    #[must_use]
    pub fn items(&self) -> Vec<Item> {
        let mut items = vec![];
        for id in self.stickies.keys() {
            let item = self.item_of(*id);
            if !items.contains(&item) {
                items.push(item);
            }
        }
        items
    }

    /// What can be given dots: whatever would help. A failed deployment alone is no idea of what to do.
    #[must_use]
    pub fn votable(&self) -> Vec<Item> {
        let mut items = self.items();
        items.retain(|item| self.notes_of(*item).any(|note| note.kind == Kind::Improvement));
        items
    }

    /// What an item is called: its group's name, or the words of its first improvement.
    #[must_use]
    pub fn title(&self, item: Item) -> String {
        let named = match item {
            Item::Group(group) => self.groups.get(&group).filter(|name| !name.is_empty()),
            Item::Sticky(_) => None,
        };
        named.map_or_else(
            || {
                let first = self.notes_of(item).min_by_key(|note| note.kind == Kind::FailedDeployment);
                first.map_or_else(String::new, |note| note.text.to_string())
            },
            ToString::to_string,
        )
    }
}
