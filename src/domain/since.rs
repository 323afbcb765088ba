//! Since last time: what the squad decided before is settled one by one.
//!
//! Open actions of the last published page stand here from the start; a facilitator can write down what the squad decided
//! elsewhere. Whether an expected effect came is told once the answer is agreed, never before: last time's answers are secret
//! until the first reveal.

use super::action::{Action, Status};
use super::context::Actor;
use super::ids::ActionId;
use super::metric::{Code, Metric};
use super::rejection::Rejection;
use super::text::{ActionTitle, Owner, Why};
use super::workshop::Workshop;
use crate::domain::sorted::SortedMap;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// The most actions one checkpoint looks back at.
pub const MOST_ACTIONS: usize = 50;

/// One action on the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The action as it stands.
    pub action: Action,
    /// Whether the squad has looked at it this time.
    #[serde(default)]
    pub settled: bool,
    /// Whether it was written down in this checkpoint.
    #[serde(default)]
    pub added: bool,
}

/// All actions on the table, in the order they are settled.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Since(pub SortedMap<ActionId, Item>);

/// What a facilitator asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    /// Say how far an action is.
    Settle {
        /// Which.
        action: ActionId,
        /// How far.
        status: Status,
        /// Why, if somebody said.
        why: String,
    },
    /// Put it back on the table.
    Reopen(ActionId),
    /// Write down an action that the squad decided elsewhere.
    Add {
        /// What is to be done.
        title: String,
        /// Who sees to it, or empty.
        owner: String,
        /// By when, `YYYY-MM-DD`, or empty.
        due: String,
        /// The answer that is expected to move.
        expects: Option<Metric>,
    },
    /// Take away an action that was written down here.
    Remove(ActionId),
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// The squad said how far an action is.
    Settled {
        /// Which.
        action: ActionId,
        /// How far.
        status: Status,
        /// Why, if somebody said.
        why: Why,
    },
    /// An action is on the table again.
    Reopened(ActionId),
    /// An action was written down.
    Added {
        /// Its number.
        action: ActionId,
        /// The action.
        what: Box<Action>,
    },
    /// An action that was written down here was taken away.
    Removed(ActionId),
}

/// Whether the expected effect of an action came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// The answer is not agreed yet.
    NotYet(Metric),
    /// Last time's answer is not known, or the question is not asked.
    NoComparison(Metric),
    /// Both answers are known.
    Compared {
        /// The question.
        metric: Metric,
        /// Last time's answer.
        before: Code,
        /// Today's.
        now: Code,
    },
}

impl Effect {
    /// The effect in a sentence.
    #[must_use]
    pub fn sentence(self) -> String {
        match self {
            Self::NotYet(metric) => format!("Expected to move {}: we will see after the vote.", metric.name()),
            Self::NoComparison(metric) => format!(
                "Expected to move {}: there is no answer of last time to compare with.",
                metric.name()
            ),
            Self::Compared { metric, before, now } => {
                let label = |code| super::facts::question(metric).label(code);
                let (name, before_words, now_words) = (metric.name(), label(before), label(now));
                match now.cmp(&before) {
                    Ordering::Greater => format!("{name}: it moved up, from “{before_words}” to “{now_words}”."),
                    Ordering::Less => format!("{name}: it moved down, from “{before_words}” to “{now_words}”."),
                    Ordering::Equal => format!("{name}: it did not move, it is still “{now_words}”."),
                }
            }
        }
    }
}

impl Since {
    /// The table as a checkpoint begins with it.
    pub(super) fn of(carried: &[Action]) -> Self {
        let item = |action: &Action| Item {
            action: action.clone(),
            settled: false,
            added: false,
        };
        Self((1..).map(ActionId).zip(carried.iter().map(item)).collect())
    }

    /// Other actions are the ones of last time. What was written down or settled here stays.
    pub(super) fn recall(&mut self, carried: &[Action]) {
        let last = self.0.keys().next_back().map_or(0, |id| id.0);
        self.0.retain(|_, item| item.added || item.settled);
        let known = |action: &&Action| !self.0.values().any(|item| item.action.title == action.title);
        let new: Vec<Action> = carried.iter().filter(known).cloned().collect();
        let fresh = Self::of(&new)
            .0
            .into_iter()
            .map(|(id, item)| (ActionId(last.saturating_add(id.0)), item));
        self.0.extend(fresh);
    }

    /// Whether there is nothing to settle.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The action at hand: the first that is not settled.
    #[must_use]
    pub fn at_hand(&self) -> Option<(ActionId, &Item)> {
        self.0.iter().find(|(_, item)| !item.settled).map(|(id, item)| (*id, item))
    }

    /// How many are settled, and of how many.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        (self.0.values().filter(|item| item.settled).count(), self.0.len())
    }

    /// A number that no action here ever had.
    fn fresh(&self, seq: u64) -> ActionId {
        let last = self.0.keys().next_back().map_or(0, |id| id.0);
        ActionId(last.max(u32::try_from(seq).unwrap_or(u32::MAX - 1)).saturating_add(1))
    }

    /// Takes in what happened.
    pub(super) fn apply(&mut self, event: &Event) {
        match event {
            Event::Settled { action, status, why } => {
                if let Some(item) = self.0.get_mut(action) {
                    item.action.status = *status;
                    item.action.why = why.clone();
                    item.settled = true;
                }
            }
            Event::Reopened(action) => {
                if let Some(item) = self.0.get_mut(action) {
                    item.settled = false;
                }
            }
            Event::Added { action, what } => {
                let item = Item {
                    action: Action::clone(what),
                    settled: false,
                    added: true,
                };
                self.0.insert(*action, item);
            }
            Event::Removed(action) => {
                self.0.remove(action);
            }
        }
    }
}

impl Command {
    /// What follows from it.
    pub(super) fn decide(&self, workshop: &Workshop, who: Actor) -> Result<Vec<Event>, Rejection> {
        workshop.people.facilitator(who)?;
        let since = &workshop.since;
        let find = |action: &ActionId| since.0.get(action).ok_or(Rejection::NoSuchAction);
        match self {
            Self::Settle { action, status, why } => {
                let (item, why) = (find(action)?, Why::parse(why)?);
                let same = item.settled && item.action.status == *status && item.action.why == why;
                let (action, status) = (*action, *status);
                Ok(if same {
                    vec![]
                } else {
                    vec![Event::Settled { action, status, why }]
                })
            }
            Self::Reopen(action) => Ok(if find(action)?.settled {
                vec![Event::Reopened(*action)]
            } else {
                vec![]
            }),
            Self::Add { .. } if since.0.len() >= MOST_ACTIONS => Err(Rejection::TooManyActions),
            Self::Add {
                title,
                owner,
                due,
                expects,
            } => Ok(vec![Event::Added {
                action: since.fresh(workshop.seq),
                what: Box::new(Action {
                    title: ActionTitle::parse(title)?,
                    owner: Owner::parse(owner)?,
                    due: parse_due(due)?,
                    expects: *expects,
                    age: 1,
                    ..Action::default()
                }),
            }]),
            Self::Remove(action) => match since.0.get(action) {
                Some(item) if !item.added => Err(Rejection::CarriedAction),
                Some(_) => Ok(vec![Event::Removed(*action)]),
                None => Ok(vec![]),
            },
        }
    }
}

/// A day within a sensible time, or none.
fn parse_due(raw: &str) -> Result<Option<NaiveDate>, Rejection> {
    use chrono::Datelike;
    if raw.trim().is_empty() {
        return Ok(None);
    }
    raw.trim()
        .parse::<NaiveDate>()
        .ok()
        .filter(|day| (2000..2100).contains(&day.year()))
        .map(Some)
        .ok_or(Rejection::NotADate)
}

impl Workshop {
    /// Whether the effect that an action was meant to have has come; `None` when none was expected.
    #[must_use]
    pub fn effect(&self, action: &Action) -> Option<Effect> {
        let metric = action.expects?;
        let Some(vote) = self.vote_on(metric) else {
            return Some(Effect::NoComparison(metric));
        };
        let Some(now) = vote.agreed.as_ref().map(|agreed| agreed.answer) else {
            return Some(Effect::NotYet(metric));
        };
        Some(match vote.last_time {
            Some(before) => Effect::Compared { metric, before, now },
            None => Effect::NoComparison(metric),
        })
    }
}
