//! Preparing: the agenda as the squad wants it, the choices about voting, the texts, the day, and whether it takes place.
//!
//! The one invariant: an agenda is never empty, its steps have numbers of their own that are never used again, and the step the
//! squad is on is one of them. Places are relative ("after step 4"), so two people who reorder at once end with the same agenda.

mod edit;
mod template;

pub use edit::addable;
pub(in crate::domain) use edit::vote;
pub use template::{BuiltIn, Outline, Template, laid};

use super::agenda::{Step, StepKind};
use super::context::{Actor, Context};
use super::dots::MOST_DOTS;
use super::facts::Industry;
use super::ids::StepId;
use super::improve::Authors;
use super::rejection::Rejection;
use super::text::{Markdown, StepTitle};
use super::time::Timestamp;
use super::vote::{Options, Secrecy};
use super::workshop::Workshop;
use crate::domain::sorted::SortedMap;
use chrono::{DateTime, Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// The minutes a step may take.
pub const STEP_MINUTES: std::ops::RangeInclusive<u32> = 1..=120;

/// The minutes a checkpoint may have.
pub const SESSION_MINUTES: std::ops::RangeInclusive<u32> = 10..=480;

/// The most steps of an agenda.
pub const MOST_STEPS: usize = 40;

/// What is planned besides the agenda itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The minutes there are.
    pub minutes: u32,
    /// When it begins on its day, if somebody said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts: Option<Timestamp>,
    /// The texts of this checkpoint's own, by their step; a step without one shows the organisation's.
    #[serde(default, skip_serializing_if = "SortedMap::is_empty")]
    pub texts: SortedMap<StepId, Markdown>,
    /// It does not take place.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cancelled: bool,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            minutes: BuiltIn::TwoHours.template().minutes,
            starts: None,
            texts: SortedMap::new(),
            cancelled: false,
        }
    }
}

/// A choice; those about voting stand once the first vote has been opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// Anonymous or open ballots.
    Secrecy(Secrecy),
    /// Whether facilitators vote too.
    FacilitatorVotes(bool),
    /// Whether a round is revealed by itself.
    AutoReveal(bool),
    /// The industry to compare with.
    Industry(Option<Industry>),
    /// Whether the others know who wrote a sticky; stands once there is one.
    Authors(Authors),
    /// How many dots each person has; `None` for as many as are suggested. Never fixed.
    Dots(Option<u32>),
}

/// What a facilitator asks while preparing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    /// Put a step after another one, or first.
    Move {
        /// Which.
        step: StepId,
        /// The step before it.
        after: Option<StepId>,
    },
    /// Take a step off the agenda.
    Remove(StepId),
    /// Put a step on the agenda, where its kind belongs.
    Add {
        /// What happens in it.
        kind: StepKind,
        /// Its name; empty for the kind's own.
        title: String,
    },
    /// Call a step something else; empty for the kind's own name.
    Rename {
        /// Which.
        step: StepId,
        /// As typed.
        title: String,
    },
    /// Give a step its minutes.
    Retime {
        /// Which.
        step: StepId,
        /// How many.
        minutes: u32,
    },
    /// End part one after this step, or hold the checkpoint in one part.
    Break(Option<StepId>),
    /// Take the agenda of a template instead.
    Lay(Template),
    /// Say how many minutes there are.
    Available(u32),
    /// Choose how the squad votes and compares.
    Choose(Choice),
    /// Write a step's text; `None` shows the organisation's again.
    Write {
        /// Which step.
        step: StepId,
        /// Markdown as typed.
        text: Option<String>,
    },
    /// Move the checkpoint to another day.
    Reschedule {
        /// The day, `YYYY-MM-DD`.
        held_on: String,
        /// When it begins.
        starts: Option<Timestamp>,
    },
    /// Call it off.
    Cancel,
    /// Hold it after all.
    Reopen,
}

/// What happened while preparing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// A step stands elsewhere.
    Moved {
        /// Which.
        step: StepId,
        /// The step before it.
        after: Option<StepId>,
    },
    /// A step is gone.
    Removed(StepId),
    /// There is a new step.
    Added {
        /// The step.
        step: Step,
        /// The step before it.
        after: Option<StepId>,
    },
    /// A step is called something else.
    Renamed {
        /// Which.
        step: StepId,
        /// Its name; `None` is the kind's own.
        title: Option<StepTitle>,
    },
    /// A step has other minutes.
    Retimed {
        /// Which.
        step: StepId,
        /// How many.
        minutes: u32,
    },
    /// Part one ends after this step, or there is one part only.
    BreakSet(Option<StepId>),
    /// The whole agenda is another one.
    Laid {
        /// Its steps.
        steps: Vec<Step>,
        /// The minutes there are.
        minutes: u32,
    },
    /// There are so many minutes.
    AvailableSet(u32),
    /// A choice was made.
    Chosen(Choice),
    /// A step has another text.
    Written {
        /// Which.
        step: StepId,
        /// The text; `None` is the organisation's.
        text: Option<Markdown>,
    },
    /// It is held on another day.
    Rescheduled {
        /// The day.
        held_on: NaiveDate,
        /// When it begins.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        starts: Option<Timestamp>,
    },
    /// It does not take place.
    Cancelled,
    /// It takes place after all.
    Reopened,
}

impl Event {
    /// Whether the page shows it: which steps there are, in which order, and their names.
    #[must_use]
    pub fn is_on_the_page(&self) -> bool {
        matches!(
            self,
            Self::Moved { .. } | Self::Removed(_) | Self::Added { .. } | Self::Renamed { .. } | Self::Rescheduled { .. }
        )
    }
}

/// Whether a step of this kind shows a text.
#[must_use]
pub fn has_text(kind: StepKind) -> bool {
    matches!(kind, StepKind::Welcome | StepKind::Scene | StepKind::Talk)
}

impl Command {
    /// What follows from it.
    pub(in crate::domain) fn decide(&self, w: &Workshop, who: Actor, cx: &Context) -> Result<Vec<Event>, Rejection> {
        w.people.facilitator(who)?;
        match self {
            Self::Choose(choice) => choose(w, *choice),
            Self::Available(minutes) if !SESSION_MINUTES.contains(minutes) => Err(Rejection::SessionMinutes),
            Self::Available(minutes) => Ok(unless(*minutes == w.plan.minutes, Event::AvailableSet(*minutes))),
            Self::Write { step, text } => write(w, *step, text.as_deref()),
            Self::Reschedule { held_on, starts } => reschedule(w, held_on, *starts, cx),
            Self::Cancel if w.agenda.started_at.is_some() => Err(Rejection::StartedAlready),
            Self::Cancel => Ok(vec![Event::Cancelled]),
            Self::Reopen => Ok(unless(!w.plan.cancelled, Event::Reopened)),
            edit => edit::decide(edit, w),
        }
    }
}

/// The event, unless nothing would change.
fn unless(same: bool, event: Event) -> Vec<Event> {
    if same { vec![] } else { vec![event] }
}

/// Whether the squad has been at a vote, so that the choices about voting stand.
#[must_use]
pub fn voting_began(w: &Workshop) -> bool {
    w.votes.keys().any(|step| w.agenda.was_entered(*step))
}

fn choose(w: &Workshop, choice: Choice) -> Result<Vec<Event>, Rejection> {
    let (mut options, mut industry) = (w.options, w.industry);
    take(choice, &mut options, &mut industry);
    let same = (options, industry) == (w.options, w.industry);
    match choice {
        _ if same => {}
        Choice::Authors(_) if !w.improvements.stickies.is_empty() => return Err(Rejection::StickiesBegan),
        Choice::Dots(Some(dots)) if !(1..=MOST_DOTS).contains(&dots) => return Err(Rejection::DotTerms),
        Choice::Authors(_) | Choice::Dots(_) => {}
        _ if voting_began(w) => return Err(Rejection::VotingBegan),
        _ => {}
    }
    Ok(unless(same, Event::Chosen(choice)))
}

fn take(choice: Choice, options: &mut Options, industry: &mut Option<Industry>) {
    match choice {
        Choice::Secrecy(secrecy) => options.secrecy = secrecy,
        Choice::FacilitatorVotes(yes) => options.facilitator_votes = yes,
        Choice::AutoReveal(yes) => options.auto_reveal = yes,
        Choice::Industry(chosen) => *industry = chosen,
        Choice::Authors(authors) => options.authors = authors,
        Choice::Dots(dots) => options.dots = dots,
    }
}

fn write(w: &Workshop, step: StepId, text: Option<&str>) -> Result<Vec<Event>, Rejection> {
    let kind = w.agenda.step(step).ok_or(Rejection::NoSuchStep)?.kind;
    if !has_text(kind) {
        return Err(Rejection::NoTextHere);
    }
    let text = text.map(Markdown::parse).transpose()?;
    Ok(unless(w.plan.texts.get(&step) == text.as_ref(), Event::Written { step, text }))
}

fn reschedule(w: &Workshop, held_on: &str, starts: Option<Timestamp>, cx: &Context) -> Result<Vec<Event>, Rejection> {
    if w.agenda.started_at.is_some() {
        return Err(Rejection::StartedAlready);
    }
    let held_on: NaiveDate = held_on.trim().parse().map_err(|_| Rejection::NoDate)?;
    let today = day_of(cx.now);
    // Where the squad sits it may still be yesterday.
    if held_on < today - Days::new(1) || held_on > today + Days::new(730) {
        return Err(Rejection::DayTooFar);
    }
    // A day begins and ends at another moment in every time zone.
    let near = |at: Timestamp| (held_on - Days::new(1)..=held_on + Days::new(1)).contains(&day_of(at));
    if starts.is_some_and(|at| !near(at)) {
        return Err(Rejection::TimeOfAnotherDay);
    }
    let same = w.held_on == held_on && w.plan.starts == starts;
    Ok(unless(same, Event::Rescheduled { held_on, starts }))
}

fn day_of(at: Timestamp) -> NaiveDate {
    DateTime::from_timestamp_millis(at.0).map_or(NaiveDate::MIN, |at| at.date_naive())
}

impl Event {
    /// Takes in what happened.
    pub(in crate::domain) fn apply(&self, w: &mut Workshop) {
        match self {
            Self::AvailableSet(minutes) => w.plan.minutes = *minutes,
            Self::Chosen(choice) => take(*choice, &mut w.options, &mut w.industry),
            Self::Written { step, text: Some(text) } => drop(w.plan.texts.insert(*step, text.clone())),
            Self::Written { step, text: None } => drop(w.plan.texts.remove(step)),
            Self::Rescheduled { held_on, starts } => (w.held_on, w.plan.starts) = (*held_on, *starts),
            Self::Cancelled => w.plan.cancelled = true,
            Self::Reopened => w.plan.cancelled = false,
            edited => edit::apply(edited, w),
        }
    }
}
