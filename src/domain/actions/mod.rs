//! Actions: what the squad does about it until the next checkpoint.
//!
//! Everybody proposes, a facilitator accepts. All actions stand in one list whose order is the squad's; each stands in it exactly once,
//! whatever people do at the same time. An action carries in words what it comes from, so that it can be read without this checkpoint.

mod decide;
mod text;

pub use self::text::{Form, ListForm};
pub(super) use self::text::{cells, task};

use super::action::{Action, TrackerLink};
use super::facts::CapabilityKey;
use super::ids::{ActionId, ParticipantId};
use super::improve::Item;
use super::metric::{Code, Metric};
use crate::domain::sorted::{SortedMap, sort_by_key};
use serde::{Deserialize, Serialize};

pub use super::since::MOST_ACTIONS;

/// So many actions of one person are worth a word.
const MANY: usize = 3;

/// One action of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its number.
    pub id: ActionId,
    /// Who proposed it.
    pub by: ParticipantId,
    /// Whether the squad does it; until then it is a proposal.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub accepted: bool,
    /// The improvement it was made from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<Item>,
    /// The action.
    pub action: Action,
}

/// All of them, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Actions(pub Vec<Entry>);

/// An action as somebody typed it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Draft {
    /// What is to be done.
    pub title: String,
    /// What it looks like when it is done, or empty.
    pub done_when: String,
    /// Who sees to it, or empty.
    pub owner: String,
    /// By when, `YYYY-MM-DD`, or empty.
    pub due: String,
    /// The answer that is expected to move.
    pub expects: Option<Metric>,
    /// The answer it is expected to move to; without a question it says nothing.
    pub expects_answer: Option<Code>,
    /// The improvement it comes from.
    pub item: Option<Item>,
    /// The capability it serves, one of those of this checkpoint.
    pub serves: Option<CapabilityKey>,
    /// Where the squad's tracker follows it, or empty.
    pub tracker: String,
    /// Whether it needs help from outside the squad.
    pub outside: bool,
}

/// What people ask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    /// Propose an action; a facilitator's own is accepted at once.
    Propose(Draft),
    /// Take a proposal among the squad's actions.
    Accept(ActionId),
    /// Write an action anew.
    Edit {
        /// Which.
        action: ActionId,
        /// As it was when its form was opened: what was not touched since stays as others have made it meanwhile.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        seen: Option<Box<Draft>>,
        /// All of it, as it is to be.
        draft: Draft,
    },
    /// Put an action behind another one, or first.
    Move {
        /// Which.
        action: ActionId,
        /// The action before it.
        after: Option<ActionId>,
    },
    /// Make two of one: what they come from and what they are for is the same, everything else is to be said anew.
    Split {
        /// Which.
        action: ActionId,
        /// What the new one is called.
        title: String,
    },
    /// Make one of two: what the one that stays lacks is taken from the other.
    Merge {
        /// The one that goes.
        action: ActionId,
        /// The one that stays.
        into: ActionId,
    },
    /// Take an action away.
    Remove(ActionId),
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// There is a new action.
    Added {
        /// Its number.
        action: ActionId,
        /// Who proposed it.
        by: ParticipantId,
        /// Whether the squad does it.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        accepted: bool,
        /// The action it was split from, which it stands right behind; `None` puts it last.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        behind: Option<ActionId>,
        /// The improvement it was made from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item: Option<Item>,
        /// The action.
        what: Box<Action>,
    },
    /// The squad does what was proposed; it stands last now.
    Accepted(ActionId),
    /// An action was written anew.
    Edited {
        /// Which.
        action: ActionId,
        /// The improvement it was made from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item: Option<Item>,
        /// The action as it is now.
        what: Box<Action>,
    },
    /// An action stands elsewhere.
    Moved {
        /// Which.
        action: ActionId,
        /// The action before it.
        after: Option<ActionId>,
    },
    /// Two became one.
    Merged {
        /// The one that is gone.
        action: ActionId,
        /// The one that stays.
        into: ActionId,
        /// The improvement it was made from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        item: Option<Item>,
        /// What stays, as it is now.
        what: Box<Action>,
    },
    /// An action was taken away.
    Removed(ActionId),
}

impl Draft {
    /// An action as its form shows it; to send it back unchanged changes nothing.
    #[must_use]
    pub fn of(entry: &Entry) -> Self {
        let action = &entry.action;
        Self {
            title: action.title.to_string(),
            done_when: action.done_when.to_string(),
            owner: action.owner.to_string(),
            due: action.due.map_or_else(String::new, |day| day.to_string()),
            expects: action.expects,
            expects_answer: action.expects_answer,
            item: entry.item,
            serves: action.serves.as_ref().map(|serves| serves.key.clone()),
            tracker: action.tracker.as_ref().map_or_else(String::new, TrackerLink::to_string),
            outside: action.outside,
        }
    }

    /// This draft, begun on `seen`, for an action that is `now` something else: what was not touched is as it is now. And whether the
    /// same was changed on both sides, where this draft's word stands.
    #[must_use]
    pub fn onto(&self, seen: &Self, now: &Self) -> (Self, bool) {
        fn pick<T: PartialEq + Clone>(clash: &mut bool, [mine, seen, now]: [&T; 3]) -> T {
            let touched = mine != seen;
            *clash |= touched && now != seen && now != mine;
            if touched { mine.clone() } else { now.clone() }
        }
        let mut clash = false;
        let all = [self, seen, now];
        let mut text = |field: fn(&Self) -> &String| pick(&mut clash, all.map(field));
        let (title, done_when, owner) = (text(|d| &d.title), text(|d| &d.done_when), text(|d| &d.owner));
        let (due, tracker) = (text(|d| &d.due), text(|d| &d.tracker));
        // An answer belongs to its question.
        let effects = all.map(|draft| (draft.expects, draft.expects_answer));
        let (expects, expects_answer) = pick(&mut clash, effects.each_ref());
        let draft = Self {
            title,
            done_when,
            owner,
            due,
            expects,
            expects_answer,
            item: pick(&mut clash, all.map(|draft| &draft.item)),
            serves: pick(&mut clash, all.map(|draft| &draft.serves)),
            tracker,
            outside: pick(&mut clash, all.map(|draft| &draft.outside)),
        };
        (draft, clash)
    }
}

impl Actions {
    /// Whether nobody has proposed anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The action with this number.
    #[must_use]
    pub fn get(&self, id: ActionId) -> Option<&Entry> {
        self.0.iter().find(|entry| entry.id == id)
    }

    /// What the squad does, in order.
    pub fn accepted(&self) -> impl Iterator<Item = &Entry> {
        self.0.iter().filter(|entry| entry.accepted)
    }

    /// What is only proposed, in order.
    pub fn proposed(&self) -> impl Iterator<Item = &Entry> {
        self.0.iter().filter(|entry| !entry.accepted)
    }

    /// What the accepted actions lack, a sentence each: an owner, a date.
    #[must_use]
    pub fn missing(&self) -> Vec<String> {
        let without = |what: &str, lacks: fn(&Action) -> bool| {
            let mut found = self.accepted().map(|entry| &entry.action).filter(|action| lacks(action));
            let first = found.next()?;
            Some(match found.count() {
                0 => format!("“{}” has no {what} yet.", first.title),
                more => format!("{} actions have no {what} yet.", more + 1),
            })
        };
        let owner = without("owner", |action| action.owner.is_empty());
        let date = without("date", |action| action.due.is_none());
        owner.into_iter().chain(date).collect()
    }

    /// What the accepted actions lack, and who has many of them, a sentence each: what the squad talks about before it goes on.
    #[must_use]
    pub fn gaps(&self) -> Vec<String> {
        let mut owners: SortedMap<String, (usize, &str)> = SortedMap::new();
        for owner in self.accepted().map(|entry| &entry.action.owner).filter(|owner| !owner.is_empty()) {
            owners.entry(owner.folded()).or_insert((0, owner.as_str())).0 += 1;
        }
        let mut busy: Vec<(usize, &str)> = owners.into_values().filter(|(count, _)| *count >= MANY).collect();
        sort_by_key(&mut busy, |(count, _)| std::cmp::Reverse(*count));
        let all = self.accepted().count();
        let busy = busy
            .into_iter()
            .map(|(count, owner)| format!("{owner} has {count} of {all} actions."));
        self.missing().into_iter().chain(busy).collect()
    }

    /// Takes in what happened.
    pub(super) fn apply(&mut self, event: &Event) {
        match event {
            Event::Added {
                action,
                by,
                accepted,
                behind,
                item,
                what,
            } if self.get(*action).is_none() => {
                let new = Entry {
                    id: *action,
                    by: *by,
                    accepted: *accepted,
                    item: *item,
                    action: Action::clone(what),
                };
                let place = behind.and_then(|behind| self.place(behind)).map_or(self.0.len(), |place| place + 1);
                self.0.insert(place, new);
            }
            Event::Added { .. } => {}
            Event::Accepted(action) => {
                if let Some(place) = self.place(*action) {
                    let mut entry = self.0.remove(place);
                    entry.accepted = true;
                    self.0.push(entry);
                }
            }
            Event::Edited { action, item, what } => self.rewrite(*action, *item, what),
            Event::Moved { action, after } => self.0 = self.moved(*action, *after),
            Event::Merged { action, into, item, what } => {
                self.rewrite(*into, *item, what);
                self.0.retain(|entry| entry.id != *action);
            }
            Event::Removed(action) => self.0.retain(|entry| entry.id != *action),
        }
    }

    fn place(&self, id: ActionId) -> Option<usize> {
        self.0.iter().position(|entry| entry.id == id)
    }

    fn rewrite(&mut self, id: ActionId, item: Option<Item>, what: &Action) {
        if let Some(entry) = self.0.iter_mut().find(|entry| entry.id == id) {
            entry.item = item;
            entry.action = what.clone();
        }
    }

    /// The list with one of them elsewhere: behind another one, or first when there is none or it is gone.
    fn moved(&self, id: ActionId, after: Option<ActionId>) -> Vec<Entry> {
        if after == Some(id) {
            return self.0.clone();
        }
        let (mine, mut rest): (Vec<Entry>, Vec<Entry>) = self.0.iter().cloned().partition(|entry| entry.id == id);
        let behind = after.and_then(|after| rest.iter().position(|entry| entry.id == after));
        let place = behind.map_or(0, |place| place + 1);
        rest.splice(place..place, mine);
        rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::{ActionTitle, Owner};

    fn entry(n: u32, owner: &str, due: bool, accepted: bool) -> Entry {
        Entry {
            id: ActionId(n),
            by: ParticipantId(1),
            accepted,
            item: None,
            action: Action {
                title: ActionTitle::parse(&format!("Action {n}")).unwrap(),
                owner: Owner::parse(owner).unwrap(),
                due: due.then(|| chrono::NaiveDate::from_ymd_opt(2024, 2, 29).unwrap()),
                ..Action::default()
            },
        }
    }

    #[test]
    fn what_is_missing_is_said_of_accepted_actions_alone() {
        let list = |entries: &[(&str, bool, bool)]| {
            let entries = (1..)
                .zip(entries)
                .map(|(n, (owner, due, accepted))| entry(n, owner, *due, *accepted));
            Actions(entries.collect())
        };
        assert_eq!(Actions::default().gaps(), [""; 0]);
        let none = list(&[("Ana", true, true), ("", false, false)]);
        assert_eq!(none.gaps(), [""; 0]);
        let one = list(&[("Ana", false, true), ("", true, true)]);
        assert_eq!(one.gaps(), ["“Action 2” has no owner yet.", "“Action 1” has no date yet."]);
        let two = list(&[("", false, true), ("", true, true)]);
        assert_eq!(two.gaps(), ["2 actions have no owner yet.", "“Action 1” has no date yet."]);
    }

    #[test]
    fn who_has_many_actions_is_said_however_the_name_is_typed() {
        let owners = [
            "Ben",
            "Ana  Maria",
            "ana maria",
            "Ben",
            "ANA MARIA",
            "Ben",
            "ana maria",
            "Cem",
            "Cem",
        ];
        let entries = (1..).zip(owners).map(|(n, owner)| entry(n, owner, true, true));
        let mut actions = Actions(entries.collect());
        let busy = ["Ana  Maria has 4 of 9 actions.", "Ben has 3 of 9 actions."];
        assert_eq!(actions.gaps(), busy);
        assert_eq!(actions.missing(), [""; 0]);
        actions.0.iter_mut().for_each(|entry| entry.accepted = false);
        assert_eq!(actions.gaps(), [""; 0]);
    }

    #[test]
    fn events_that_make_no_sense_any_more_change_nothing() {
        let mut actions = Actions(vec![entry(1, "Ana", true, true), entry(2, "", false, false)]);
        let before = actions.clone();
        let what = || Box::new(Action::default());
        let gone = ActionId(9);
        for event in [
            Event::Added {
                action: ActionId(1),
                by: ParticipantId(2),
                accepted: false,
                behind: None,
                item: None,
                what: what(),
            },
            Event::Accepted(gone),
            Event::Edited {
                action: gone,
                item: None,
                what: what(),
            },
            Event::Moved { action: gone, after: None },
            Event::Moved {
                action: ActionId(1),
                after: Some(gone),
            },
            Event::Merged {
                action: gone,
                into: gone,
                item: None,
                what: what(),
            },
            Event::Removed(gone),
        ] {
            actions.apply(&event);
            assert_eq!(actions, before, "{event:?}");
        }
    }
}
