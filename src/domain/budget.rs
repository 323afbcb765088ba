//! The budget of the whole session: how much time is used, and what could give some of it back.
//!
//! Over is what will be missing at the end of this part if the steps ahead take the time they are given. Time to spare and time
//! saved by shorter or skipped steps make up for steps that took longer.
//!
//! It only proposes. A step behind the squad is never proposed, and the summary neither: without it there is no page.

use super::agenda::{Agenda, Step, StepKind};
use super::ids::StepId;
use super::parts::Phase;
use super::time::Timestamp;
use super::workshop::Workshop;
use crate::domain::sorted::sort_by_key;

const MINUTE: i64 = 60_000;
/// A step is never proposed to be shorter than this, in minutes.
const LEAST: u32 = 3;
/// So many steps are named at most.
const MOST_NAMED: usize = 2;

/// A way to get time back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Idea {
    /// Give these steps so many minutes.
    Shorten(Vec<(StepId, u32)>),
    /// Hold these steps in the next part.
    Move(Vec<StepId>),
}

/// How the session stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Whole minutes used in all steps together.
    pub used: i64,
    /// The minutes of all steps together, those that are passed over left out.
    pub planned: u32,
    /// Whole minutes by which this part will take longer than it has.
    pub over: i64,
    /// What could give time back; empty while nothing has to.
    pub ideas: Vec<Idea>,
}

impl Budget {
    /// How the session stands at `now`.
    #[must_use]
    pub fn of(workshop: &Workshop, now: Timestamp) -> Self {
        let agenda = &workshop.agenda;
        let over = over(workshop, now) / MINUTE;
        let counts = |step: &&Step| !workshop.passes_over(step.id);
        Self {
            used: agenda.used(now) / MINUTE,
            planned: agenda.steps.iter().filter(counts).map(|step| step.minutes).sum(),
            over,
            ideas: if over > 0 && agenda.phase() == Phase::Step {
                ideas(workshop, over)
            } else {
                vec![]
            },
        }
    }

    /// "7 minutes over: shorten Maturity to 3, or move Capability surveys to part two."; `None` while on time.
    #[must_use]
    pub fn sentence(&self, agenda: &Agenda) -> Option<String> {
        let minutes = match self.over {
            ..=0 => return None,
            1 => "1 minute over".to_owned(),
            n => format!("{n} minutes over"),
        };
        let title = |id: &StepId| agenda.step(*id).map_or("a step", |step| step.title()).to_owned();
        let idea = |idea: &Idea| match idea {
            Idea::Shorten(steps) => {
                let each: Vec<String> = steps.iter().map(|(id, to)| format!("{} to {to}", title(id))).collect();
                format!("shorten {}", each.join(" and "))
            }
            Idea::Move(steps) => {
                let each: Vec<String> = steps.iter().map(title).collect();
                format!("move {} to part {}", each.join(" and "), super::parts::number(agenda.part() + 1))
            }
        };
        let ideas: Vec<String> = self.ideas.iter().map(idea).collect();
        Some(if ideas.is_empty() {
            format!("{minutes}.")
        } else {
            format!("{minutes}: {}.", ideas.join(", or "))
        })
    }
}

/// By how many milliseconds this part will take longer than it has; 0 when it will not.
fn over(workshop: &Workshop, now: Timestamp) -> i64 {
    let agenda = &workshop.agenda;
    let used_before = agenda
        .breaks
        .iter()
        .rev()
        .find(|pause| pause.opened.is_some())
        .map_or(0, |pause| pause.used);
    let left = |step: &Step| (i64::from(step.minutes) * MINUTE - agenda.timer(step.id).total(now)).max(0);
    let counts = |step: &&Step| !workshop.passes_over(step.id);
    let ahead = || this_part(agenda).0.iter().filter(counts).map(left).sum::<i64>();
    let to_come = match agenda.phase() {
        Phase::Break => 0,
        Phase::Recap => ahead(),
        Phase::Step => agenda.step(agenda.current).map_or(0, left) + ahead(),
    };
    let available = i64::from(minutes_of_a_part(workshop)) * MINUTE;
    (agenda.used(now) - used_before + to_come - available).max(0)
}

/// The minutes of one part: all parts are as long.
#[must_use]
pub fn minutes_of_a_part(workshop: &Workshop) -> u32 {
    let agenda = &workshop.agenda;
    let planned = agenda.steps.iter().filter(|step| step.break_after).count();
    let parts = planned.max(agenda.breaks.len()) + 1;
    workshop.plan.minutes / u32::try_from(parts).unwrap_or(1)
}

/// The steps ahead in this part, and whether another part follows.
fn this_part(agenda: &Agenda) -> (&[Step], bool) {
    let here = agenda.place(agenda.current);
    let later = agenda.steps.get(here + 1..).unwrap_or_default();
    let current_ends = agenda.steps.get(here).is_some_and(|step| step.break_after);
    let planned = agenda.steps.iter().take(here).filter(|step| step.break_after).count();
    let break_to_come = agenda.breaks.len() <= planned;
    // After the last step there is no part.
    let next_break = later
        .iter()
        .position(|step| step.break_after)
        .filter(|place| place + 1 < later.len());
    let end = match next_break {
        _ if current_ends && break_to_come && !later.is_empty() => Some(0),
        Some(place) if break_to_come => Some(place + 1),
        _ => None,
    };
    (&later[..end.unwrap_or(later.len())], end.is_some())
}

fn ideas(workshop: &Workshop, over: i64) -> Vec<Idea> {
    let (steps, more_parts) = this_part(&workshop.agenda);
    let may = |step: &&Step| step.kind != StepKind::Summary && !workshop.passes_over(step.id);
    let steps: Vec<&Step> = steps.iter().filter(may).collect();
    let shorten = Some(shorten(&steps, over)).filter(|steps| !steps.is_empty()).map(Idea::Shorten);
    let moved = more_parts.then(|| suffix(&steps, over)).flatten().map(Idea::Move);
    shorten.into_iter().chain(moved).collect()
}

/// The one or two steps that give the most back, in the order of the agenda; none gives more than is needed, nor more than half.
fn shorten(steps: &[&Step], over: i64) -> Vec<(StepId, u32)> {
    let give = |step: &Step| step.minutes.saturating_sub(LEAST).min(step.minutes / 2);
    let mut most: Vec<(usize, &Step)> = steps.iter().copied().enumerate().filter(|(_, step)| give(step) > 0).collect();
    // A vote needs its talk: what is no vote comes first, then the longest.
    sort_by_key(&mut most, |(place, step)| {
        (matches!(step.kind, StepKind::Vote(_)), std::cmp::Reverse(give(step)), *place)
    });
    let mut missing = u32::try_from(over).unwrap_or(u32::MAX);
    let mut chosen = Vec::new();
    for (place, step) in most.into_iter().take(MOST_NAMED) {
        let given = give(step).min(missing);
        if given > 0 {
            chosen.push((place, (step.id, step.minutes - given)));
            missing -= given;
        }
    }
    sort_by_key(&mut chosen, |(place, _)| *place);
    chosen.into_iter().map(|(_, step)| step).collect()
}

/// The fewest last steps of this part that together take as long as the session is over: the break then simply comes before them.
fn suffix(steps: &[&Step], over: i64) -> Option<Vec<StepId>> {
    let enough = |n: &usize| steps.iter().rev().take(*n).map(|step| i64::from(step.minutes)).sum::<i64>() >= over;
    let n = (1..=MOST_NAMED.min(steps.len())).find(enough)?;
    Some(steps[steps.len() - n..].iter().map(|step| step.id).collect())
}
