//! What this person has in hand in the Improvements step, and everything that can be done there.

use crate::domain::command::Command;
use crate::domain::flow::order::order;
use crate::domain::flow::{Flow, Lane};
use crate::domain::ids::{CommandId, ElementId, GroupId, StickyId};
use crate::domain::improve::{self, Change, Item, Kind};
use crate::domain::people::Role;
use crate::domain::sorted::SortedSet;
use crate::domain::workshop::Workshop;
use crate::ui::components::Choice;
use crate::ui::live::Live;
use leptos::html::Input;
use leptos::prelude::*;

/// So many acts of grouping can be undone.
const MOST_UNDO: usize = 50;

/// Where stickies were before they were grouped otherwise.
type Places = Vec<(StickyId, Option<GroupId>)>;

/// Where a dragged sticky would go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// Together with this one.
    Sticky(StickyId),
    /// Onto a step or a connector.
    Element(ElementId),
}

/// A bundle of handles; copying it shares them.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The room.
    pub live: Live,
    /// What the next sticky is about.
    pub kind: RwSignal<Kind>,
    /// Its words.
    pub text: RwSignal<String>,
    /// The field they are written in.
    pub field: NodeRef<Input>,
    /// The step or connector in hand: the next sticky goes there.
    pub at: RwSignal<Option<ElementId>>,
    /// What is picked to be grouped.
    pub picked: RwSignal<SortedSet<StickyId>>,
    /// The sticky whose form is open.
    pub open: RwSignal<Option<StickyId>>,
    /// The sticky that is dragged, and where it would go.
    pub drag: RwSignal<Option<(StickyId, Option<Target>)>>,
    /// The improvements that are taken to be done.
    pub done: RwSignal<Vec<Item>>,
    adding: RwSignal<Option<CommandId>>,
    before: RwSignal<Vec<Places>>,
}

impl Desk {
    /// Nothing in hand.
    pub(super) fn new() -> Self {
        let live = Live::from_context();
        let desk = Self {
            live,
            kind: RwSignal::new(Kind::Improvement),
            text: RwSignal::new(String::new()),
            field: NodeRef::new(),
            at: RwSignal::new(None),
            picked: RwSignal::new(SortedSet::new()),
            open: RwSignal::new(None),
            drag: RwSignal::new(None),
            done: RwSignal::new(vec![]),
            adding: RwSignal::new(None),
            before: RwSignal::new(vec![]),
        };
        // What was typed stays until the server has it.
        Effect::new(move || {
            if live.last_done().is_some() && live.last_done() == desk.adding.get_untracked() {
                desk.adding.set(None);
                desk.text.set(String::new());
            }
        });
        desk
    }

    /// The desk of the step around.
    #[must_use]
    pub fn from_context() -> Self {
        expect_context()
    }

    fn ask(self, command: improve::Command) -> CommandId {
        self.live.send(Command::Improve(command))
    }

    /// Whether this person may write now.
    pub fn may_write(self) -> Memo<bool> {
        let you = self.live.you;
        self.live
            .select(move |w| !w.published() && w.people.get(you).is_some_and(|p| p.role != Role::Observer))
    }

    /// Gets ready to write one of this kind, on what is in hand.
    pub fn begin(self, kind: Kind) {
        self.kind.set(kind);
        if let Some(field) = self.field.get_untracked() {
            // A field that is not on the page takes no focus.
            let _ = field.focus();
        }
    }

    /// Sticks what was typed.
    pub fn add(self) {
        let text = self.text.get_untracked();
        if text.trim().is_empty() {
            return self.begin(self.kind.get_untracked());
        }
        let (kind, on) = (self.kind.get_untracked(), self.at.get_untracked());
        self.adding.set(Some(self.ask(improve::Command::Add { kind, text, on })));
    }

    /// Changes one field.
    pub fn change(self, sticky: StickyId, change: Change) {
        self.ask(improve::Command::Change(sticky, change));
    }

    /// Takes a sticky away.
    pub fn remove(self, sticky: StickyId) {
        self.open.set(None);
        self.ask(improve::Command::Remove(sticky));
    }

    /// Gathers what is picked, whole groups included.
    pub fn group_picked(self) {
        let picked = self.picked.get_untracked();
        let items: SortedSet<Item> = self
            .live
            .with_untracked(|w| picked.iter().map(|id| w.improvements.item_of(*id)).collect());
        self.gather(&items.into_iter().collect::<Vec<_>>());
        self.picked.set(SortedSet::new());
    }

    /// Puts a sticky together with another one, or with the group that one is in.
    pub fn put_with(self, sticky: StickyId, other: StickyId) {
        let (group, now, other) = self.live.with_untracked(|w| {
            let group_of = |id| w.improvements.stickies.get(&id).and_then(|s| s.group);
            (group_of(other), group_of(sticky), other)
        });
        match group {
            Some(group) if now == Some(group) => {}
            Some(group) => self.place(vec![(sticky, Some(group))]),
            None => self.gather(&[Item::Sticky(other), Item::Sticky(sticky)]),
        }
    }

    fn gather(self, items: &[Item]) {
        let (stickies, name) = self.live.with_untracked(|w| {
            let board = &w.improvements;
            let stickies: Vec<StickyId> = items.iter().flat_map(|item| board.stickies_of(*item)).collect();
            // Of several groups the first name stays.
            let named = items.iter().find_map(|item| match item {
                Item::Group(group) => board.groups.get(group).filter(|name| !name.is_empty()),
                Item::Sticky(_) => None,
            });
            (stickies, named.map(ToString::to_string).unwrap_or_default())
        });
        self.remember(&stickies);
        self.ask(improve::Command::Group { stickies, name });
    }

    /// Takes stickies out of their group.
    pub fn free(self, stickies: Vec<StickyId>) {
        self.place(stickies.into_iter().map(|id| (id, None)).collect());
    }

    fn place(self, places: Places) {
        self.remember(&places.iter().map(|(id, _)| *id).collect::<Vec<_>>());
        self.ask(improve::Command::Place(places));
    }

    fn remember(self, stickies: &[StickyId]) {
        let places = self.live.with_untracked(|w| {
            let group = |id: &StickyId| w.improvements.stickies.get(id).and_then(|s| s.group);
            stickies.iter().map(|id| (*id, group(id))).collect::<Places>()
        });
        self.before.update(|before| {
            before.push(places);
            let surplus = before.len().saturating_sub(MOST_UNDO);
            before.drain(..surplus);
        });
    }

    /// Whether there is an act of grouping to take back.
    pub fn can_undo(self) -> bool {
        self.before.with(|before| !before.is_empty())
    }

    /// Takes the last act of grouping back.
    pub fn undo(self) {
        if let Some(places) = self.before.try_update(Vec::pop).flatten() {
            self.ask(improve::Command::Place(places));
        }
    }

    /// Calls a group something else.
    pub fn name(self, group: GroupId, name: String) {
        self.ask(improve::Command::NameGroup { group, name });
    }

    /// Lets go of a dragged sticky.
    pub fn drop(self) {
        let Some((sticky, target)) = self.drag.get_untracked() else {
            return;
        };
        self.drag.set(None);
        match target {
            Some(Target::Sticky(other)) if other != sticky => self.put_with(sticky, other),
            Some(Target::Element(on)) => self.change(sticky, Change::On(Some(on))),
            _ => {}
        }
    }
}

/// The steps and connectors in the order people go along them.
pub fn walk(flow: &Flow) -> Vec<ElementId> {
    let mut all = vec![];
    for lane in Lane::ALL {
        let order = order(flow, lane);
        for step in order.steps {
            all.push(step);
            all.extend(order.forwards.get(&step).into_iter().flatten());
        }
    }
    // What leads back or to the other lane.
    let rest: Vec<ElementId> = flow.connectors.keys().copied().filter(|id| !all.contains(id)).collect();
    all.extend(rest);
    all
}

/// The places a sticky can be on, for a choice; the empty value is nowhere.
pub fn places(w: &Workshop) -> Vec<Choice> {
    let place = |id: ElementId| Some(Choice::new(id.to_string(), w.flow.called(id)?));
    [Choice::new("", "Free, not on a step")]
        .into_iter()
        .chain(walk(&w.flow).into_iter().filter_map(place))
        .collect()
}

/// The place that a choice says.
pub fn chosen(value: &str) -> Option<ElementId> {
    value.parse().ok().map(ElementId)
}
