//! A checkpoint held in parts: the break between them, and how the next part begins.
//!
//! A break is a pause of the room, not of the squad's memory: the step, the votes and the seats stay. The next part opens with
//! the recap for all, and the squad goes on from there.

use super::agenda::{Agenda, Event};
use super::context::Context;
use super::ids::{ParticipantId, StepId};
use super::people::People;
use super::rejection::Rejection;
use super::time::Timestamp;
use crate::domain::sorted::SortedSet;
use serde::{Deserialize, Serialize};

/// A break, and the recap after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Break {
    /// When the part before it ended.
    pub since: Timestamp,
    /// When the next part was opened, with the recap.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened: Option<Timestamp>,
    /// Whether the squad has gone on.
    #[serde(default)]
    pub over: bool,
    /// The step that the next part begins with.
    pub next: StepId,
    /// Who was in the room at the end of the part.
    pub here: SortedSet<ParticipantId>,
    /// Milliseconds that the session had used by then.
    #[serde(default)]
    pub used: i64,
}

/// Where the room is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// On a step.
    Step,
    /// Between two parts; the room can be left.
    Break,
    /// The next part is open and begins with what was decided so far.
    Recap,
}

/// "one", "two", "three", "4".
#[must_use]
pub fn number(part: usize) -> String {
    match part {
        1 => "one".to_owned(),
        2 => "two".to_owned(),
        3 => "three".to_owned(),
        more => more.to_string(),
    }
}

impl Agenda {
    /// Where the room is.
    #[must_use]
    pub fn phase(&self) -> Phase {
        match self.pause().map(|pause| pause.opened) {
            None => Phase::Step,
            Some(None) => Phase::Break,
            Some(Some(_)) => Phase::Recap,
        }
    }

    /// The break that the squad has not gone on from.
    #[must_use]
    pub fn pause(&self) -> Option<&Break> {
        self.breaks.last().filter(|pause| !pause.over)
    }

    /// The part the squad is in, or was in before this break, counted from 1.
    #[must_use]
    pub fn part(&self) -> usize {
        self.breaks.iter().filter(|pause| pause.opened.is_some()).count() + 1
    }

    /// Whether the checkpoint is held in parts, or has had a break.
    #[must_use]
    pub fn in_parts(&self) -> bool {
        !self.breaks.is_empty() || self.steps.iter().any(|step| step.break_after)
    }

    /// Whether this person was not in the room when the part before this one ended.
    #[must_use]
    pub fn missed_last_part(&self, person: ParticipantId) -> bool {
        let last = self.breaks.iter().rev().find(|pause| pause.opened.is_some());
        last.is_some_and(|pause| !pause.here.contains(&person))
    }

    /// Whether a planned break lies between the squad's step and this one.
    ///
    /// Each planned break is taken once. One that was taken early, by ending the part before its time, is taken too.
    fn crosses_break(&self, to: StepId) -> bool {
        let (from, to) = (self.place(self.current), self.place(to));
        let planned = |up_to: usize| self.steps.iter().take(up_to).filter(|step| step.break_after).count();
        from < to && planned(to) > planned(from) && self.breaks.len() < planned(to)
    }

    /// What follows when a facilitator wants the squad on a step.
    pub(super) fn go_to(&self, step: StepId, people: &People, cx: &Context) -> Result<Vec<Event>, Rejection> {
        self.step(step).ok_or(Rejection::NoSuchStep)?;
        match self.phase() {
            // The next part begins with the recap, for all.
            Phase::Break => return Err(Rejection::OnBreak),
            Phase::Recap => return Ok(vec![Event::Entered(step)]),
            Phase::Step => {}
        }
        if step == self.current {
            return Ok(vec![]);
        }
        let start = self.started_at.is_none().then_some(Event::Started);
        let move_on = if self.started_at.is_some() && self.crosses_break(step) {
            part_ends(step, people, cx)
        } else {
            Event::Entered(step)
        };
        Ok(start.into_iter().chain([move_on]).collect())
    }

    /// What follows when a facilitator ends the part here.
    pub(super) fn end_part(&self, people: &People, cx: &Context) -> Result<Vec<Event>, Rejection> {
        if self.started_at.is_none() {
            return Err(Rejection::NotStarted);
        }
        if self.pause().is_some() {
            return Ok(vec![]);
        }
        let next = self.neighbour(self.current, 1).ok_or(Rejection::NoPartAfter)?.id;
        Ok(vec![part_ends(next, people, cx)])
    }

    /// What follows when a facilitator opens the next part.
    pub(super) fn open_part(&self) -> Result<Vec<Event>, Rejection> {
        match self.phase() {
            Phase::Break => Ok(vec![Event::PartOpened]),
            Phase::Recap => Ok(vec![]),
            Phase::Step => Err(Rejection::NoBreak),
        }
    }

    /// The squad goes on; whether there was a break.
    pub(super) fn go_on(&mut self, at: Timestamp) -> bool {
        let Some(pause) = self.breaks.last_mut().filter(|pause| !pause.over) else {
            return false;
        };
        pause.opened.get_or_insert(at);
        pause.over = true;
        true
    }
}

fn part_ends(next: StepId, people: &People, cx: &Context) -> Event {
    let here = people.all().map(|(id, _)| id).filter(|id| cx.presence.counts(*id, cx.now));
    Event::PartEnded {
        next,
        here: here.collect(),
    }
}
