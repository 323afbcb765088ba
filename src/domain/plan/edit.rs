//! The rules of editing an agenda.

use super::{Command, Event, MOST_STEPS, STEP_MINUTES, has_text, laid, unless, voting_began};
use crate::domain::agenda::{Agenda, Step, StepKind, default_steps};
use crate::domain::ids::StepId;
use crate::domain::metric::Metric;
use crate::domain::rejection::Rejection;
use crate::domain::sorted::SortedMap;
use crate::domain::text::StepTitle;
use crate::domain::vote::Vote;
use crate::domain::workshop::Workshop;

/// What follows from an edit.
pub(super) fn decide(command: &Command, w: &Workshop) -> Result<Vec<Event>, Rejection> {
    let agenda = &w.agenda;
    let known = |id: StepId| agenda.step(id).ok_or(Rejection::NoSuchStep);
    match command {
        Command::Move { step, after } => {
            known(*step)?;
            after.map(known).transpose()?;
            let steps = moved(&agenda.steps, *step, *after);
            in_order(&steps)?;
            Ok(unless(
                steps == agenda.steps,
                Event::Moved {
                    step: *step,
                    after: *after,
                },
            ))
        }
        Command::Remove(step) => {
            known(*step)?;
            if agenda.was_entered(*step) {
                return Err(Rejection::StepInUse);
            }
            stays(w, |other| other.id == *step)?;
            if agenda.steps.len() == 1 {
                return Err(Rejection::LastStep);
            }
            Ok(vec![Event::Removed(*step)])
        }
        Command::Add { kind, title } => add(w, *kind, title),
        Command::Rename { step, title } => {
            let old = known(*step)?;
            let title = named(old.kind, title)?;
            Ok(unless(old.title == title, Event::Renamed { step: *step, title }))
        }
        Command::Retime { step, minutes } => {
            let old = known(*step)?.minutes;
            if !STEP_MINUTES.contains(minutes) {
                return Err(Rejection::StepMinutes);
            }
            Ok(unless(
                old == *minutes,
                Event::Retimed {
                    step: *step,
                    minutes: *minutes,
                },
            ))
        }
        Command::Break(after) => {
            after.map(known).transpose()?;
            if after.is_some() && agenda.steps.last().map(|s| s.id) == *after {
                return Err(Rejection::BreakAtEnd);
            }
            Ok(unless(agenda.break_after() == *after, Event::BreakSet(*after)))
        }
        Command::Lay(template) => {
            if agenda.started_at.is_some() {
                return Err(Rejection::StartedAlready);
            }
            let steps = laid(template, agenda.fresh_id())?;
            stays(w, |old| steps.iter().all(|new| new.kind != old.kind))?;
            let minutes = template.minutes;
            Ok(vec![Event::Laid { steps, minutes }])
        }
        Command::Available(_)
        | Command::Choose(_)
        | Command::Write { .. }
        | Command::Reschedule { .. }
        | Command::Cancel
        | Command::Reopen => Ok(vec![]),
    }
}

/// Refuses to let steps go in which people have written: some can be written in before the squad is there.
fn stays(w: &Workshop, goes: impl Fn(&Step) -> bool) -> Result<(), Rejection> {
    let written = |step: &&Step| match step.kind {
        StepKind::Flow => !w.flow.is_empty(),
        StepKind::Improvements => !w.improvements.stickies.is_empty(),
        StepKind::Actions => !w.actions.is_empty(),
        _ => false,
    };
    match w.agenda.steps.iter().filter(written).find(|step| goes(step)) {
        Some(step) => Err(Rejection::StepWritten(step.title().to_owned())),
        None => Ok(()),
    }
}

fn add(w: &Workshop, kind: StepKind, title: &str) -> Result<Vec<Event>, Rejection> {
    let steps = &w.agenda.steps;
    if steps.len() >= MOST_STEPS {
        return Err(Rejection::TooManySteps);
    }
    if kind != StepKind::Talk && steps.iter().any(|s| s.kind == kind) {
        return Err(Rejection::StepThere);
    }
    if kind == StepKind::Vote(Metric::DeploymentRework) && voting_began(w) {
        return Err(Rejection::VotingBegan);
    }
    let step = Step {
        title: named(kind, title)?,
        ..Step::new(w.agenda.fresh_id(), kind)
    };
    let place = home(steps, kind);
    let after = place.checked_sub(1).and_then(|before| steps.get(before)).map(|s| s.id);
    Ok(vec![Event::Added { step, after }])
}

/// The kinds of steps that can be added, in their usual order; a step of one's own can always be.
#[must_use]
pub fn addable(steps: &[Step]) -> Vec<StepKind> {
    let usual = default_steps(true).into_iter().map(|s| s.kind);
    let missing = usual.filter(|kind| steps.iter().all(|s| s.kind != *kind));
    missing.chain([StepKind::Talk]).collect()
}

/// The name as typed; the kind's own name and none at all are the same.
pub(super) fn named(kind: StepKind, title: &str) -> Result<Option<StepTitle>, Rejection> {
    if title.trim().is_empty() {
        return Ok(None);
    }
    Ok(Some(StepTitle::parse(title)?).filter(|title| title.as_str() != kind.title()))
}

/// The place where a new step of this kind keeps the agenda in order: as in the default agenda, a step of one's own before the summary.
fn home(steps: &[Step], kind: StepKind) -> usize {
    let usual = default_steps(true);
    let alike = |kind| if kind == StepKind::Talk { StepKind::Summary } else { kind };
    let rank = |kind| usual.iter().position(|s| s.kind == alike(kind)).unwrap_or_default();
    let behind = |other: &Step| match other.kind {
        StepKind::Talk => false,
        other => rank(other) >= rank(kind) && other != kind,
    };
    let usually = steps.iter().position(behind).unwrap_or(steps.len());
    // A squad that moved its steps may have put the usual follower in front of what has to come first.
    let needed = steps
        .iter()
        .rposition(|other| needs_before(kind, other.kind))
        .map_or(0, |place| place + 1);
    usually.max(needed)
}

/// Whether a step of this kind makes sense only when the other one is behind the squad.
fn needs_before(kind: StepKind, other: StepKind) -> bool {
    matches!(
        (kind, other),
        (StepKind::Maturity | StepKind::Summary, StepKind::Vote(_))
            | (StepKind::Feedback, StepKind::Summary)
            | (StepKind::Focus, StepKind::Surveys)
            | (StepKind::Dots, StepKind::Improvements)
            | (
                StepKind::Summary,
                StepKind::Surveys | StepKind::Focus | StepKind::Flow | StepKind::Improvements | StepKind::Dots | StepKind::Actions
            )
    )
}

/// The result comes after the votes, the focus after the surveys, the dots after the improvements, the summary after all of them.
pub(super) fn in_order(steps: &[Step]) -> Result<(), Rejection> {
    let early = |(place, step): (usize, &Step)| steps.iter().skip(place).any(|later| needs_before(step.kind, later.kind));
    if steps.iter().enumerate().any(early) {
        Err(Rejection::VotesFirst)
    } else {
        Ok(())
    }
}

/// The steps with one of them elsewhere.
fn moved(steps: &[Step], id: StepId, after: Option<StepId>) -> Vec<Step> {
    if after == Some(id) {
        return steps.to_vec();
    }
    let (mine, mut rest): (Vec<Step>, Vec<Step>) = steps.iter().cloned().partition(|s| s.id == id);
    let place = behind(&rest, after);
    rest.splice(place..place, mine);
    rest
}

/// The place behind a step; without one, or when it is gone, the first place.
fn behind(steps: &[Step], after: Option<StepId>) -> usize {
    after
        .and_then(|after| steps.iter().position(|s| s.id == after))
        .map_or(0, |place| place + 1)
}

/// Takes in an edit.
pub(super) fn apply(event: &Event, w: &mut Workshop) {
    let agenda = &mut w.agenda;
    match event {
        Event::Moved { step, after } => agenda.steps = moved(&agenda.steps, *step, *after),
        Event::Removed(step) if agenda.steps.len() > 1 && !agenda.was_entered(*step) => {
            let place = agenda.place(*step);
            let ended_part_one = agenda.step(*step).is_some_and(|s| s.break_after);
            agenda.steps.retain(|s| s.id != *step);
            agenda.timers.remove(step);
            w.votes.remove(step);
            w.plan.texts.remove(step);
            if ended_part_one && let Some(before) = place.checked_sub(1).and_then(|p| agenda.steps.get_mut(p)) {
                before.break_after = true;
            }
        }
        Event::Added { step, after } => {
            let place = behind(&agenda.steps, *after);
            agenda.steps.insert(place, step.clone());
            agenda.last_id = agenda.last_id.max(step.id);
            w.votes.extend(vote(step));
        }
        Event::Renamed { step, title } => change(agenda, *step, |s| s.title.clone_from(title)),
        Event::Retimed { step, minutes } => change(agenda, *step, |s| s.minutes = *minutes),
        Event::BreakSet(after) => agenda.steps.iter_mut().for_each(|s| s.break_after = Some(s.id) == *after),
        Event::Laid { steps, minutes } if !steps.is_empty() && agenda.started_at.is_none() => {
            let kinds: SortedMap<StepId, StepKind> = agenda.steps.iter().map(|s| (s.id, s.kind)).collect();
            let kept = std::mem::take(&mut w.plan.texts).into_iter().filter_map(|(old, text)| {
                let kind = kinds.get(&old).filter(|kind| **kind != StepKind::Talk && has_text(**kind))?;
                Some((steps.iter().find(|s| s.kind == *kind)?.id, text))
            });
            w.plan.texts = kept.collect();
            w.plan.minutes = *minutes;
            w.votes = steps.iter().filter_map(vote).collect();
            agenda.last_id = steps.iter().map(|s| s.id).fold(agenda.last_id, StepId::max);
            agenda.timers.clear();
            agenda.steps.clone_from(steps);
        }
        _ => return,
    }
    settle(&mut w.agenda);
}

/// The vote of a step, where it has one.
pub(in crate::domain) fn vote(step: &Step) -> Option<(StepId, Vote)> {
    match step.kind {
        StepKind::Vote(metric) => Some((step.id, Vote::new(metric))),
        _ => None,
    }
}

fn change(agenda: &mut Agenda, id: StepId, change: impl FnOnce(&mut Step)) {
    if let Some(step) = agenda.steps.iter_mut().find(|s| s.id == id) {
        change(step);
    }
}

/// What follows from the order of the steps: the first one is at hand until the start, a break lies between two steps, and the
/// furthest place is that of a step the squad has been at.
fn settle(agenda: &mut Agenda) {
    if let Some(last) = agenda.steps.last_mut() {
        last.break_after = false;
    }
    if agenda.started_at.is_none() {
        agenda.current = agenda.steps.first().map(|s| s.id).unwrap_or_default();
    }
    // What was put, moved or taken away during a break decides what the next part begins with.
    let behind = agenda.neighbour(agenda.current, 1).map_or(agenda.current, |step| step.id);
    if let Some(pause) = agenda.breaks.last_mut().filter(|pause| !pause.over) {
        pause.next = behind;
    }
    agenda.furthest = (0..agenda.steps.len())
        .rev()
        .find(|place| agenda.steps.get(*place).is_some_and(|s| agenda.was_entered(s.id)))
        .unwrap_or_default();
}

impl Agenda {
    /// Whether the squad is at this step or has been there.
    #[must_use]
    pub fn was_entered(&self, id: StepId) -> bool {
        self.started_at.is_some() && (self.current == id || self.timers.contains_key(&id))
    }

    /// The step after which part one ends.
    #[must_use]
    pub fn break_after(&self) -> Option<StepId> {
        self.steps.iter().find(|s| s.break_after).map(|s| s.id)
    }

    /// A number that no step of this checkpoint ever had.
    fn fresh_id(&self) -> StepId {
        let highest = self.steps.iter().map(|s| s.id).fold(self.last_id, StepId::max);
        StepId(highest.0.saturating_add(1))
    }
}
