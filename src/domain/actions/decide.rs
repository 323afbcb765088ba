//! The rules of proposing, accepting and arranging actions.

use super::{Actions, Command, Draft, Entry, Event, MOST_ACTIONS};
use crate::domain::action::{Action, Serves, TrackerLink};
use crate::domain::agenda::StepKind;
use crate::domain::context::Actor;
use crate::domain::facts::CapabilityKey;
use crate::domain::ids::{ActionId, ParticipantId};
use crate::domain::improve::Item;
use crate::domain::people::Role;
use crate::domain::rejection::Rejection;
use crate::domain::text::{ActionTitle, DoneWhen, Owner};
use crate::domain::workshop::Workshop;
use chrono::{Months, NaiveDate};

/// How far ahead of its checkpoint an action may be due.
const FURTHEST: Months = Months::new(24);

/// Everything that decides besides the command itself.
struct Desk<'a> {
    w: &'a Workshop,
    me: ParticipantId,
    leads: bool,
}

impl Command {
    /// What follows from it; `fresh` has never named an action decided here before.
    pub(in crate::domain) fn decide(&self, fresh: ActionId, w: &Workshop, who: Actor) -> Result<Vec<Event>, Rejection> {
        let me = w.people.seated(who)?;
        let role = w.people.get(me).map(|person| person.role);
        let leads = role == Some(Role::Facilitator);
        if !leads && matches!(self, Self::Accept(_) | Self::Move { .. } | Self::Split { .. } | Self::Merge { .. }) {
            return Err(Rejection::FacilitatorOnly);
        }
        if w.published() {
            return Err(Rejection::Published);
        }
        if w.agenda.steps.iter().all(|step| step.kind != StepKind::Actions) {
            return Err(Rejection::NoSuchStep);
        }
        if role == Some(Role::Observer) {
            return Err(Rejection::ObserversStick);
        }
        let desk = Desk { w, me, leads };
        match self {
            Self::Propose(draft) => desk.propose(fresh, draft),
            Self::Accept(action) => Ok(unless(desk.find(*action)?.accepted, Event::Accepted(*action))),
            Self::Edit { action, seen, draft } => desk.edit(*action, seen.as_deref(), draft),
            Self::Move { action, after } => desk.put(*action, *after),
            Self::Split { action, title } => desk.split(fresh, *action, title),
            Self::Merge { action, into } => desk.merge(*action, *into),
            Self::Remove(action) => match w.actions.get(*action) {
                Some(entry) => {
                    desk.may_change(entry)?;
                    Ok(vec![Event::Removed(*action)])
                }
                None => Ok(vec![]),
            },
        }
    }
}

/// The event, unless nothing would change.
fn unless(same: bool, event: Event) -> Vec<Event> {
    if same { vec![] } else { vec![event] }
}

impl Desk<'_> {
    fn actions(&self) -> &Actions {
        &self.w.actions
    }

    fn find(&self, action: ActionId) -> Result<&Entry, Rejection> {
        self.actions().get(action).ok_or(Rejection::NoSuchAction)
    }

    /// A proposal is its proposer's until the squad makes it its own.
    fn may_change(&self, entry: &Entry) -> Result<(), Rejection> {
        let own = entry.by == self.me && !entry.accepted;
        if self.leads || own { Ok(()) } else { Err(Rejection::NotYourAction) }
    }

    fn has_room(&self) -> Result<(), Rejection> {
        if self.actions().0.len() < MOST_ACTIONS {
            Ok(())
        } else {
            Err(Rejection::TooManyActions)
        }
    }

    fn propose(&self, fresh: ActionId, draft: &Draft) -> Result<Vec<Event>, Rejection> {
        self.has_room()?;
        Ok(vec![Event::Added {
            action: fresh,
            by: self.me,
            accepted: self.leads,
            behind: None,
            item: draft.item,
            what: Box::new(self.written(draft, None)?),
        }])
    }

    fn edit(&self, action: ActionId, seen: Option<&Draft>, draft: &Draft) -> Result<Vec<Event>, Rejection> {
        let entry = self.find(action)?;
        self.may_change(entry)?;
        let now = Draft::of(entry);
        let (draft, clash) = draft.onto(seen.unwrap_or(&now), &now);
        if clash {
            return Err(Rejection::ActionOvertaken);
        }
        let what = Box::new(self.written(&draft, Some(entry))?);
        let item = draft.item;
        let same = *what == entry.action && item == entry.item;
        Ok(unless(same, Event::Edited { action, item, what }))
    }

    fn put(&self, action: ActionId, after: Option<ActionId>) -> Result<Vec<Event>, Rejection> {
        self.find(action)?;
        after.map(|after| self.find(after)).transpose()?;
        let same = self.actions().moved(action, after) == self.actions().0;
        Ok(unless(same, Event::Moved { action, after }))
    }

    /// What the two parts have in common goes along: where the action comes from and what it is for. Who does the new part, by when,
    /// when it is done, where it is followed and whether it needs help is for the squad to say.
    fn split(&self, fresh: ActionId, action: ActionId, title: &str) -> Result<Vec<Event>, Rejection> {
        let whole = self.find(action)?;
        self.has_room()?;
        let part = Action {
            title: ActionTitle::parse(title)?,
            improvement: whole.action.improvement.clone(),
            serves: whole.action.serves.clone(),
            expects: whole.action.expects,
            expects_answer: whole.action.expects_answer,
            ..Action::default()
        };
        Ok(vec![Event::Added {
            action: fresh,
            by: whole.by,
            accepted: whole.accepted,
            behind: Some(action),
            item: whole.item,
            what: Box::new(part),
        }])
    }

    /// What the squad has accepted stays accepted, also when it goes into a proposal.
    fn merge(&self, action: ActionId, into: ActionId) -> Result<Vec<Event>, Rejection> {
        if action == into {
            return Err(Rejection::MergedWithItself);
        }
        let (gone, stays) = (self.find(action)?, self.find(into)?);
        let accepts = (gone.accepted && !stays.accepted).then_some(Event::Accepted(into));
        let from_gone = stays.action.improvement.is_empty();
        let merged = Event::Merged {
            action,
            into,
            item: if from_gone { gone.item } else { stays.item },
            what: Box::new(merged(&stays.action, &gone.action)),
        };
        Ok(accepts.into_iter().chain([merged]).collect())
    }

    /// The action that a draft describes. What it already held is not asked about again: an improvement that somebody took away
    /// meanwhile keeps its words, a capability its name, and a date stands even when the checkpoint was moved behind it.
    fn written(&self, draft: &Draft, entry: Option<&Entry>) -> Result<Action, Rejection> {
        let old = entry.map(|entry| &entry.action);
        Ok(Action {
            title: ActionTitle::parse(&draft.title)?,
            done_when: DoneWhen::parse(&draft.done_when)?,
            owner: Owner::parse(&draft.owner)?,
            due: self.due(&draft.due, old.and_then(|old| old.due))?,
            expects: draft.expects,
            expects_answer: draft.expects_answer.filter(|_| draft.expects.is_some()),
            improvement: match (draft.item, entry) {
                (None, _) => String::new(),
                (Some(item), Some(entry)) if entry.item == Some(item) => entry.action.improvement.clone(),
                (Some(item), _) => self.title_of(item)?,
            },
            serves: match &draft.serves {
                Some(key) => Some(self.serves(key, old)?),
                None => None,
            },
            tracker: if draft.tracker.trim().is_empty() {
                None
            } else {
                Some(TrackerLink::parse(&draft.tracker)?)
            },
            outside: draft.outside,
            ..old.cloned().unwrap_or_default()
        })
    }

    fn due(&self, raw: &str, old: Option<NaiveDate>) -> Result<Option<NaiveDate>, Rejection> {
        let raw = raw.trim();
        if raw.is_empty() {
            return Ok(None);
        }
        let day: NaiveDate = raw.parse().map_err(|_| Rejection::NotADate)?;
        let held_on = self.w.held_on;
        if old == Some(day) {
            Ok(old)
        } else if day < held_on {
            Err(Rejection::DueBefore)
        } else if held_on.checked_add_months(FURTHEST).is_some_and(|last| day > last) {
            Err(Rejection::DueTooFar)
        } else {
            Ok(Some(day))
        }
    }

    /// What an improvement is called. The server knows what hidden ones say; nobody learns it this way.
    fn title_of(&self, item: Item) -> Result<String, Rejection> {
        let board = &self.w.improvements;
        let stickies = board.stickies_of(item);
        if stickies.is_empty() {
            return Err(Rejection::NoSuchImprovement);
        }
        let hidden = |sticky| board.stickies.get(sticky).is_some_and(|sticky| sticky.hidden);
        if stickies.iter().any(hidden) {
            return Err(Rejection::StillHidden);
        }
        Ok(board.title(item))
    }

    fn serves(&self, key: &CapabilityKey, old: Option<&Action>) -> Result<Serves, Rejection> {
        if let Some(survey) = self.w.surveys.get(key) {
            return Ok(Serves {
                key: key.clone(),
                title: survey.capability.title.clone(),
            });
        }
        let known = old.and_then(|old| old.serves.clone()).filter(|serves| serves.key == *key);
        known.ok_or(Rejection::NoSuchCapability)
    }
}

/// One action of two: what the first lacks is the second's. Where both say when they are done, both have to be, as long as that fits.
fn merged(stays: &Action, gone: &Action) -> Action {
    let from = |lacks: bool| if lacks { gone } else { stays };
    let effect = from(stays.expects.is_none() || (stays.expects == gone.expects && stays.expects_answer.is_none()));
    Action {
        done_when: both(&stays.done_when, &gone.done_when),
        owner: from(stays.owner.is_empty()).owner.clone(),
        due: stays.due.or(gone.due),
        expects: effect.expects,
        expects_answer: effect.expects_answer,
        improvement: from(stays.improvement.is_empty()).improvement.clone(),
        serves: stays.serves.clone().or_else(|| gone.serves.clone()),
        tracker: stays.tracker.clone().or_else(|| gone.tracker.clone()),
        outside: stays.outside || gone.outside,
        ..stays.clone()
    }
}

/// Both lines as one; the first alone when they say the same or do not fit.
fn both(first: &DoneWhen, second: &DoneWhen) -> DoneWhen {
    if first.is_empty() || second.is_empty() || first == second {
        return if first.is_empty() { second.clone() } else { first.clone() };
    }
    let one = format!("{}; {second}", first.as_str().trim_end_matches('.'));
    DoneWhen::parse(&one).unwrap_or_else(|_| first.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::metric::{Code, Metric};

    #[test]
    fn a_merged_action_takes_what_it_lacks() {
        let full = Action {
            title: ActionTitle::parse("Full").unwrap(),
            done_when: DoneWhen::parse("One queue.").unwrap(),
            owner: Owner::parse("Ana").unwrap(),
            due: NaiveDate::from_ymd_opt(2024, 1, 2),
            expects: Some(Metric::LeadTime),
            expects_answer: Some(Code::ALL[4]),
            improvement: "Smaller batches".to_owned(),
            serves: Some(Serves {
                key: CapabilityKey::new("ci"),
                title: "CI".to_owned(),
            }),
            outside: true,
            tracker: Some(TrackerLink::parse("https://x.example/1").unwrap()),
            ..Action::default()
        };
        let bare = Action {
            title: ActionTitle::parse("Bare").unwrap(),
            ..Action::default()
        };
        let title = |action: &Action, title: &Action| Action {
            title: title.title.clone(),
            ..action.clone()
        };
        assert_eq!(merged(&bare, &full), title(&full, &bare));
        assert_eq!(merged(&full, &bare), full);
        let other = Action {
            done_when: DoneWhen::parse("No tickets").unwrap(),
            owner: Owner::parse("Ben").unwrap(),
            expects: Some(Metric::ChangeFailureRate),
            expects_answer: Some(Code::ALL[5]),
            ..bare.clone()
        };
        let both = merged(&full, &other);
        assert_eq!(both.done_when.as_str(), "One queue; No tickets");
        let expected = Action {
            done_when: both.done_when.clone(),
            ..full.clone()
        };
        assert_eq!(both, expected);
    }

    #[test]
    fn an_answer_is_taken_with_its_own_question_alone() {
        let expects = |expects, expects_answer| Action {
            expects,
            expects_answer,
            ..Action::default()
        };
        let (lead, rate) = (Some(Metric::LeadTime), Some(Metric::ChangeFailureRate));
        let answer = Some(Code::ALL[4]);
        let effect = |a: &Action, b: &Action| {
            let merged = merged(a, b);
            (merged.expects, merged.expects_answer)
        };
        assert_eq!(effect(&expects(lead, None), &expects(lead, answer)), (lead, answer));
        assert_eq!(effect(&expects(lead, None), &expects(rate, answer)), (lead, None));
        assert_eq!(effect(&expects(None, None), &expects(rate, answer)), (rate, answer));
        assert_eq!(effect(&expects(lead, answer), &expects(lead, None)), (lead, answer));
    }

    #[test]
    fn lines_that_do_not_fit_together_stay_apart() {
        let line = |text: &str| DoneWhen::parse(text).unwrap();
        let long = line(&"x".repeat(200));
        assert_eq!(both(&long, &line(&"y".repeat(200))), long);
        assert_eq!(both(&long, &long.clone()), long);
        assert_eq!(both(&line(""), &long), long);
        assert_eq!(both(&long, &line("")), long);
    }
}
