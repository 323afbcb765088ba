//! The rules of stickies and groups.

use super::{Authors, Change, Command, Event, Item, MOST_STICKIES, Note, Sticky};
use crate::domain::agenda::StepKind;
use crate::domain::context::Actor;
use crate::domain::flow::Flow;
use crate::domain::ids::{ElementId, GroupId, ParticipantId, StickyId};
use crate::domain::people::Role;
use crate::domain::rejection::Rejection;
use crate::domain::sorted::SortedSet;
use crate::domain::text::{GroupName, StickyText};
use crate::domain::workshop::Workshop;

/// Everything that decides besides the command itself.
struct Desk<'a> {
    w: &'a Workshop,
    me: ParticipantId,
    leads: bool,
}

impl Command {
    /// What follows from it; `fresh` has never named a sticky or a group before.
    pub(in crate::domain) fn decide(&self, fresh: u32, w: &Workshop, who: Actor) -> Result<Vec<Event>, Rejection> {
        let me = w.people.seated(who)?;
        if w.published() {
            return Err(Rejection::Published);
        }
        if w.agenda.steps.iter().all(|step| step.kind != StepKind::Improvements) {
            return Err(Rejection::NoSuchStep);
        }
        if matches!(self, Self::Hush | Self::Show) {
            w.people.facilitator(who)?;
        }
        let role = w.people.get(me).map(|person| person.role);
        if role == Some(Role::Observer) {
            return Err(Rejection::ObserversStick);
        }
        let leads = role == Some(Role::Facilitator);
        let desk = Desk { w, me, leads };
        let board = &w.improvements;
        match self {
            Self::Add { kind, text, on } => {
                if board.stickies.len() >= MOST_STICKIES {
                    return Err(Rejection::TooManyStickies);
                }
                let note = Note {
                    kind: *kind,
                    text: StickyText::parse(text)?,
                    on: on.map(|on| there(&w.flow, on)).transpose()?,
                    ..Note::default()
                };
                Ok(vec![Event::Added {
                    sticky: StickyId(fresh),
                    by: Some(me),
                    anonymous: w.options.authors == Authors::Anonymous,
                    hidden: board.silent,
                    note: Some(note),
                }])
            }
            Self::Change(sticky, change) => desk.change(*sticky, change),
            Self::Remove(sticky) => Ok(match board.stickies.get(sticky) {
                Some(found) if !found.is_of(me) && !leads => return Err(Rejection::NotYourSticky),
                Some(_) => vec![Event::Removed(*sticky)],
                None => vec![],
            }),
            Self::Hush if board.silent => Ok(vec![]),
            Self::Hush => Ok(vec![Event::Hushed]),
            Self::Show if !board.silent && board.hidden() == 0 => Ok(vec![]),
            Self::Show => {
                let hidden = board.stickies.iter().filter(|(_, sticky)| sticky.hidden);
                let notes = hidden.filter_map(|(id, sticky)| Some((*id, sticky.note.clone()?)));
                Ok(vec![Event::Shown(notes.collect())])
            }
            Self::Group { stickies, name } => desk.group(GroupId(fresh), stickies, name),
            Self::Place(places) => desk.place(places),
            Self::NameGroup { group, name } => {
                let old = board.groups.get(group).ok_or(Rejection::NoSuchGroup)?;
                let name = GroupName::parse(name)?;
                Ok(if *old == name {
                    vec![]
                } else {
                    vec![Event::GroupNamed { group: *group, name }]
                })
            }
        }
    }
}

impl Desk<'_> {
    fn find(&self, sticky: StickyId) -> Result<&Sticky, Rejection> {
        let found = self.w.improvements.stickies.get(&sticky).ok_or(Rejection::NoSuchSticky)?;
        // To everybody else there is nothing to see of a hidden one.
        if found.hidden && !found.is_of(self.me) {
            return Err(Rejection::NotYourSticky);
        }
        Ok(found)
    }

    fn change(&self, id: StickyId, change: &Change) -> Result<Vec<Event>, Rejection> {
        let sticky = self.find(id)?;
        let own = sticky.is_of(self.me);
        // Where it is and what it is worth is the squad's; what it says and whether it stays is its writer's.
        if matches!(change, Change::Text(_) | Change::Kind(_)) && !own && !self.leads {
            return Err(Rejection::NotYourSticky);
        }
        let change = self.checked(change)?;
        let before = sticky.note.clone().unwrap_or_default();
        let mut after = before.clone();
        after.take_in(&change);
        Ok(if before == after {
            vec![]
        } else {
            vec![Event::Changed {
                sticky: id,
                of: sticky.hidden.then_some(self.me),
                change: Some(change),
            }]
        })
    }

    fn checked(&self, change: &Change) -> Result<Change, Rejection> {
        Ok(match change {
            Change::Text(text) => Change::Text(StickyText::parse(text.as_str())?),
            Change::On(Some(on)) => Change::On(Some(there(&self.w.flow, *on)?)),
            Change::Shortens(Some(shorter)) => {
                there(&self.w.flow, shorter.what)?;
                if !shorter.to.is_sound() {
                    return Err(Rejection::TooLongATime);
                }
                change.clone()
            }
            Change::Serves(Some(capability)) => {
                self.w.surveys.get(capability).ok_or(Rejection::NoSuchCapability)?;
                change.clone()
            }
            other => other.clone(),
        })
    }

    fn group(&self, group: GroupId, stickies: &[StickyId], name: &str) -> Result<Vec<Event>, Rejection> {
        self.may_group()?;
        let name = GroupName::parse(name)?;
        let stickies: SortedSet<StickyId> = stickies.iter().copied().collect();
        for sticky in &stickies {
            if self.find(*sticky)?.hidden {
                return Err(Rejection::StillHidden);
            }
        }
        if stickies.len() < 2 {
            return Err(Rejection::GroupOfOne);
        }
        let first = stickies.first().map(|sticky| self.w.improvements.item_of(*sticky));
        let same = first.is_some_and(|item| {
            let all: SortedSet<StickyId> = self.w.improvements.stickies_of(item).into_iter().collect();
            all == stickies && matches!(item, Item::Group(group) if self.w.improvements.groups.get(&group) == Some(&name))
        });
        Ok(if same {
            vec![]
        } else {
            vec![Event::Grouped {
                group,
                name,
                stickies: stickies.into_iter().collect(),
            }]
        })
    }

    fn place(&self, places: &[(StickyId, Option<GroupId>)]) -> Result<Vec<Event>, Rejection> {
        self.may_group()?;
        if places.len() > MOST_STICKIES {
            return Err(Rejection::TooManyEdits);
        }
        let board = &self.w.improvements;
        let mut changed = vec![];
        for (sticky, group) in places {
            if group.is_some_and(|group| !board.groups.contains_key(&group)) {
                return Err(Rejection::NoSuchGroup);
            }
            // What somebody has taken away meanwhile stays away.
            if board.stickies.get(sticky).is_some_and(|found| found.group != *group) {
                if self.find(*sticky)?.hidden {
                    return Err(Rejection::StillHidden);
                }
                changed.push((*sticky, *group));
            }
        }
        Ok(if changed.is_empty() { vec![] } else { vec![Event::Placed(changed)] })
    }

    fn may_group(&self) -> Result<(), Rejection> {
        if self.w.dots.open().is_some() {
            return Err(Rejection::DotsOpen);
        }
        Ok(())
    }
}

/// The step or connector, if it is there.
fn there(flow: &Flow, id: ElementId) -> Result<ElementId, Rejection> {
    let there = flow.steps.contains_key(&id) || flow.connectors.contains_key(&id);
    if there { Ok(id) } else { Err(Rejection::ElementGone) }
}
