//! The agenda: which steps there are, which one the squad is on, and the clock of each.

use super::context::{Actor, Context};
use super::ids::{ParticipantId, StepId};
use super::metric::Metric;
use super::parts::{Break, Phase};
use super::people::People;
use super::rejection::Rejection;
use super::text::StepTitle;
use super::time::Timestamp;
use crate::domain::sorted::{SortedMap, SortedSet};
use serde::{Deserialize, Serialize};

/// An advance can be taken back for this long, in milliseconds.
pub const UNDO_WITHIN: i64 = 10_000;

/// What happens in a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// Aim, outcomes, principles; people arrive.
    Welcome,
    /// Last time's actions are settled.
    Since,
    /// Which service, what counts as a deployment and as a failure.
    Scene,
    /// A live vote on one of the DORA questions.
    Vote(Metric),
    /// The result of the quick check.
    Maturity,
    /// What people say about the squad's capabilities.
    Surveys,
    /// Which capability to work on first.
    Focus,
    /// The squad sketches its way to production.
    Flow,
    /// What hurts in it, and what would help.
    Improvements,
    /// Which of that is worth most.
    Dots,
    /// The winners become actions with an owner and a date.
    Actions,
    /// The generated page is read together and published.
    Summary,
    /// What people say of the checkpoint itself.
    Feedback,
    /// A step of the squad's own: a title, its time, and perhaps a text.
    Talk,
}

impl StepKind {
    /// The step's name on the agenda.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Welcome => "Welcome",
            Self::Since => "Since last time",
            Self::Scene => "Setting the scene",
            Self::Vote(metric) => metric.name(),
            Self::Maturity => "Maturity",
            Self::Surveys => "Capability surveys",
            Self::Focus => "Capability focus",
            Self::Flow => "Delivery flow",
            Self::Improvements => "Improvements",
            Self::Dots => "Dot vote",
            Self::Actions => "Actions",
            Self::Summary => "Summary",
            Self::Feedback => "Feedback",
            Self::Talk => "Own step",
        }
    }

    /// The minutes it is given unless the facilitator says otherwise.
    #[must_use]
    pub fn minutes(self) -> u32 {
        match self {
            Self::Welcome | Self::Feedback => 3,
            Self::Vote(Metric::LeadTime | Metric::TimeToRestore) => 8,
            Self::Scene | Self::Vote(_) => 7,
            Self::Surveys | Self::Actions => 15,
            Self::Flow | Self::Improvements | Self::Talk => 10,
            Self::Since | Self::Maturity | Self::Focus | Self::Dots | Self::Summary => 5,
        }
    }
}

/// One step of an agenda.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Its number within the checkpoint.
    pub id: StepId,
    /// What happens in it.
    pub kind: StepKind,
    /// The minutes it is given.
    pub minutes: u32,
    /// What this squad calls it; `None` is the kind's own name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<StepTitle>,
    /// Part one ends after it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub break_after: bool,
}

impl Step {
    /// A step as its kind is by itself.
    #[must_use]
    pub fn new(id: StepId, kind: StepKind) -> Self {
        Self {
            id,
            kind,
            minutes: kind.minutes(),
            title: None,
            break_after: false,
        }
    }

    /// The step's name on the screen.
    #[must_use]
    pub fn title(&self) -> &str {
        self.title.as_ref().map_or_else(|| self.kind.title(), StepTitle::as_str)
    }
}

/// The default agenda; the fifth question is optional.
#[must_use]
pub fn default_steps(with_rework: bool) -> Vec<Step> {
    let mut kinds = vec![StepKind::Welcome, StepKind::Since, StepKind::Scene];
    kinds.extend(Metric::FOUR.map(StepKind::Vote));
    if with_rework {
        kinds.push(StepKind::Vote(Metric::DeploymentRework));
    }
    kinds.extend([
        StepKind::Maturity,
        StepKind::Surveys,
        StepKind::Focus,
        StepKind::Flow,
        StepKind::Improvements,
        StepKind::Dots,
        StepKind::Actions,
        StepKind::Summary,
        StepKind::Feedback,
    ]);
    (1..).zip(kinds).map(|(n, kind)| Step::new(StepId(n), kind)).collect()
}

/// The clock of one step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timer {
    /// Minutes added to the step's own.
    pub extra_minutes: u32,
    /// Milliseconds that ran before the last pause.
    pub spent: i64,
    /// Since when it runs; `None` while it stands.
    pub running_since: Option<Timestamp>,
    /// Milliseconds that ran before the last restart: the step has its whole time again, the session does not.
    #[serde(default)]
    pub before_restart: i64,
}

impl Timer {
    /// Milliseconds used up at `now`.
    #[must_use]
    pub fn used(&self, now: Timestamp) -> i64 {
        self.spent + self.running_since.map_or(0, |since| now.since(since))
    }

    /// Milliseconds used up at `now`, those before a restart included.
    #[must_use]
    pub fn total(&self, now: Timestamp) -> i64 {
        self.before_restart + self.used(now)
    }

    fn stop(&mut self, at: Timestamp) {
        self.spent = self.used(at);
        self.running_since = None;
    }
}

/// Where the squad is, and how much time it has used.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agenda {
    /// The steps in order; never empty once the checkpoint exists.
    pub steps: Vec<Step>,
    /// The step the squad is on.
    pub current: StepId,
    /// When the squad came to it.
    pub entered_at: Timestamp,
    /// Where it came from, as long as that can be taken back.
    pub came_from: Option<StepId>,
    /// The furthest step so far, by its place.
    pub furthest: usize,
    /// When the checkpoint was opened; `None` while it is only planned.
    pub started_at: Option<Timestamp>,
    /// The clocks of the steps that were entered.
    pub timers: SortedMap<StepId, Timer>,
    /// The highest number a step ever had: a number is never used again.
    #[serde(default)]
    pub last_id: StepId,
    /// The breaks between parts, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub breaks: Vec<Break>,
}

/// What a facilitator asks of the agenda and the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Open a planned checkpoint.
    Start,
    /// Go to a step, forwards or backwards.
    GoTo(StepId),
    /// Take the last move back.
    UndoAdvance,
    /// Let the clock run.
    StartTimer,
    /// Hold the clock.
    PauseTimer,
    /// Give the step one more minute.
    AddMinute,
    /// Give the step its whole time again.
    RestartTimer,
    /// End this part here; the room can be left.
    EndPart,
    /// Open the next part, which begins with the recap.
    OpenPart,
}

/// What happened to the agenda and the clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// The checkpoint was opened.
    Started,
    /// The squad went to a step.
    Entered(StepId),
    /// The last move was taken back; the squad is on this step again.
    AdvanceUndone(StepId),
    /// The clock runs.
    TimerStarted,
    /// The clock stands.
    TimerPaused,
    /// The step got one more minute.
    MinuteAdded,
    /// The step got its whole time again.
    TimerRestarted,
    /// A part is over.
    PartEnded {
        /// The step that the next part begins with.
        next: StepId,
        /// Who was in the room.
        here: SortedSet<ParticipantId>,
    },
    /// The break was taken back; the squad is on its step again.
    BreakUndone,
    /// The next part is open and begins with the recap.
    PartOpened,
}

impl Agenda {
    /// The step with this number.
    #[must_use]
    pub fn step(&self, id: StepId) -> Option<&Step> {
        self.steps.iter().find(|s| s.id == id)
    }

    /// The place of a step, counted from 0.
    #[must_use]
    pub fn place(&self, id: StepId) -> usize {
        self.steps.iter().position(|s| s.id == id).unwrap_or_default()
    }

    /// The step `by` places after the one with this number, or before it.
    #[must_use]
    pub fn neighbour(&self, id: StepId, by: isize) -> Option<&Step> {
        self.place(id).checked_add_signed(by).and_then(|place| self.steps.get(place))
    }

    /// The step's clock.
    #[must_use]
    pub fn timer(&self, id: StepId) -> Timer {
        self.timers.get(&id).copied().unwrap_or_default()
    }

    /// Milliseconds left in a step at `now`; negative when over.
    #[must_use]
    pub fn left(&self, id: StepId, now: Timestamp) -> i64 {
        let timer = self.timer(id);
        let minutes = self.step(id).map_or(0, |s| s.minutes) + timer.extra_minutes;
        i64::from(minutes) * 60_000 - timer.used(now)
    }

    /// Milliseconds used in all steps together at `now`.
    #[must_use]
    pub fn used(&self, now: Timestamp) -> i64 {
        self.timers.values().map(|t| t.total(now)).sum()
    }

    /// The minutes of all steps together, as planned.
    #[must_use]
    pub fn planned_minutes(&self) -> u32 {
        self.steps.iter().map(|s| s.minutes).sum()
    }

    /// Until when the last move can be taken back.
    #[must_use]
    pub fn undo_until(&self) -> Option<Timestamp> {
        match self.pause() {
            Some(pause) => pause.opened.is_none().then(|| pause.since.plus(UNDO_WITHIN)),
            None => self.came_from.map(|_| self.entered_at.plus(UNDO_WITHIN)),
        }
    }

    /// What follows from a command about the agenda.
    pub(super) fn decide(&self, people: &People, who: Actor, command: Command, cx: &Context) -> Result<Vec<Event>, Rejection> {
        people.facilitator(who)?;
        let running = self.timer(self.current).running_since.is_some();
        Ok(match command {
            Command::Start if self.started_at.is_some() => vec![],
            Command::Start => vec![Event::Started],
            Command::GoTo(step) => self.go_to(step, people, cx)?,
            Command::EndPart => self.end_part(people, cx)?,
            Command::OpenPart => self.open_part()?,
            Command::UndoAdvance if self.pause().is_some() => match self.undo_until() {
                Some(until) if cx.now <= until => vec![Event::BreakUndone],
                _ => return Err(Rejection::TooLateToUndo),
            },
            Command::StartTimer | Command::PauseTimer | Command::AddMinute | Command::RestartTimer if self.pause().is_some() => {
                return Err(Rejection::OnBreak);
            }
            Command::UndoAdvance => match (self.came_from, self.undo_until()) {
                (Some(step), Some(until)) if cx.now <= until => vec![Event::AdvanceUndone(step)],
                _ => return Err(Rejection::TooLateToUndo),
            },
            Command::StartTimer if running => vec![],
            Command::StartTimer if self.started_at.is_none() => vec![Event::Started, Event::TimerStarted],
            Command::StartTimer => vec![Event::TimerStarted],
            Command::PauseTimer if !running => vec![],
            Command::PauseTimer => vec![Event::TimerPaused],
            Command::AddMinute if self.timer(self.current).extra_minutes >= 120 => return Err(Rejection::TimerFull),
            Command::AddMinute => vec![Event::MinuteAdded],
            Command::RestartTimer => vec![Event::TimerRestarted],
        })
    }

    /// Takes in what happened.
    pub(super) fn apply(&mut self, at: Timestamp, event: &Event) {
        match event {
            Event::Started => self.started_at = Some(at),
            Event::Entered(step) => {
                let from = self.current;
                let after_break = self.go_on(at);
                self.enter(at, *step);
                self.came_from = (!after_break).then_some(from);
            }
            Event::AdvanceUndone(step) => {
                self.enter(at, *step);
                self.came_from = None;
            }
            Event::TimerStarted => {
                let timer = self.timers.entry(self.current).or_default();
                timer.running_since.get_or_insert(at);
            }
            Event::TimerPaused => self.timers.entry(self.current).or_default().stop(at),
            Event::MinuteAdded => self.timers.entry(self.current).or_default().extra_minutes += 1,
            Event::TimerRestarted => {
                let timer = self.timers.entry(self.current).or_default();
                *timer = Timer {
                    running_since: timer.running_since.map(|_| at),
                    before_restart: timer.total(at),
                    ..Timer::default()
                };
            }
            Event::PartEnded { next, here } => {
                self.timers.entry(self.current).or_default().stop(at);
                self.came_from = None;
                let used = self.used(at);
                self.breaks.push(Break {
                    since: at,
                    opened: None,
                    over: false,
                    next: *next,
                    here: here.clone(),
                    used,
                });
            }
            Event::BreakUndone => {
                if self.phase() == Phase::Break {
                    self.breaks.pop();
                    self.timers.entry(self.current).or_default().running_since = Some(at);
                }
            }
            Event::PartOpened => {
                if let Some(pause) = self.breaks.last_mut() {
                    pause.opened.get_or_insert(at);
                }
            }
        }
    }

    fn enter(&mut self, at: Timestamp, step: StepId) {
        self.timers.entry(self.current).or_default().stop(at);
        self.timers.entry(step).or_default().running_since = Some(at);
        self.current = step;
        self.entered_at = at;
        self.furthest = self.furthest.max(self.place(step));
    }
}
