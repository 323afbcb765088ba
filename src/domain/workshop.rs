//! The state of one checkpoint, on the server and on every screen.
//!
//! `decide` says what follows from a command and changes nothing; `apply` takes in what happened and cannot fail.
//! Folding the stored events gives the live state.

use super::action::Action;
use super::actions::Actions;
use super::agenda::{Agenda, Step, StepKind};
use super::code::JoinCode;
use super::command::Command;
use super::context::{Actor, Context};
use super::dots::{self, Dots};
use super::event::{Event, Recorded};
use super::facts::{CapabilityKey, Industry};
use super::flow::Flow;
use super::focus::Focus;
use super::ids::{ActionId, NoteId, ParticipantId, StepId, WorkshopId};
use super::improve::{self, Improvements};
use super::maturity::{self, Answers, Level};
use super::metric::{Code, Metric};
use super::note::Notes;
use super::people::{self, People, Role};
use super::plan::{self, Plan};
use super::rejection::Rejection;
use super::scene::{self, Line, Scope};
use super::since::Since;
use super::summary::Summary;
use super::survey::Surveys;
use super::text::{Markdown, PersonName, SquadName, TribeName};
use super::time::Timestamp;
use super::timeline::{Moment, Timeline};
use super::vote::{self, Options, Vote};
use super::warmup::WarmUp;
use crate::domain::sorted::{SortedMap, SortedSet};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What is fixed when a checkpoint is created.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Created {
    /// The squad.
    pub squad: SquadName,
    /// Its tribe.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tribe: Option<TribeName>,
    /// The code that opens the door.
    pub code: JoinCode,
    /// The day it is held.
    pub held_on: NaiveDate,
    /// Who created it.
    pub facilitator: PersonName,
    /// The industry to compare with; `None` compares with all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub industry: Option<Industry>,
    /// The choices about voting.
    pub options: Options,
    /// The steps.
    pub steps: Vec<Step>,
    /// The scope of last time, or nothing yet.
    pub scope: Scope,
    /// The squad's checkpoint before this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<Previous>,
    /// The minutes there are; `None` in logs from before this was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
    /// The texts of last time, where the squad had its own.
    #[serde(default, skip_serializing_if = "SortedMap::is_empty")]
    pub texts: SortedMap<StepId, Markdown>,
    /// Nothing of it is kept.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub rehearsal: bool,
}

/// What is taken along from the squad's last checkpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Previous {
    /// Which one.
    pub id: WorkshopId,
    /// When it was held.
    pub held_on: NaiveDate,
    /// Its agreed answers; kept from everybody until the first reveal of each.
    #[serde(default, skip_serializing_if = "SortedMap::is_empty")]
    pub answers: SortedMap<Metric, Code>,
    /// Its actions that were not finished, as this checkpoint finds them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<Action>,
    /// Its delivery flow, where it drew one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flow: Option<Flow>,
}

impl Previous {
    /// The agreed answer to a question.
    #[must_use]
    pub fn answer(&self, metric: Metric) -> Option<Code> {
        self.answers.get(&metric).copied()
    }
}

/// The state.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Workshop {
    /// The number of the last event it has taken in.
    pub seq: u64,
    /// The squad.
    pub squad: SquadName,
    /// Its tribe.
    pub tribe: Option<TribeName>,
    /// The code that opens the door.
    pub code: JoinCode,
    /// The day it is held.
    pub held_on: NaiveDate,
    /// Who created it.
    pub facilitator: PersonName,
    /// The industry to compare with.
    pub industry: Option<Industry>,
    /// The choices about voting.
    pub options: Options,
    /// The squad's checkpoint before this one.
    pub previous: Option<Previous>,
    /// Who is in the room.
    pub people: People,
    /// The steps and their clocks.
    pub agenda: Agenda,
    /// What is planned besides the steps.
    #[serde(default)]
    pub plan: Plan,
    /// What the squad talks about.
    pub scope: Scope,
    /// The lines of it that still stand as the last checkpoint left them.
    #[serde(default, skip_serializing_if = "SortedSet::is_empty")]
    pub taken_over: SortedSet<Line>,
    /// The warm-up in Welcome.
    #[serde(default, skip_serializing_if = "WarmUp::is_empty")]
    pub warm_up: WarmUp,
    /// Last time's actions.
    #[serde(default, skip_serializing_if = "Since::is_empty")]
    pub since: Since,
    /// The votes by their step.
    pub votes: SortedMap<StepId, Vote>,
    /// What people say about the squad's capabilities.
    #[serde(default)]
    pub surveys: Surveys,
    /// Which of them the squad works on first.
    #[serde(default)]
    pub focus: Focus,
    /// How the squad delivers.
    #[serde(default, skip_serializing_if = "Flow::is_untouched")]
    pub flow: Flow,
    /// What would help, and what hurts.
    #[serde(default, skip_serializing_if = "Improvements::is_untouched")]
    pub improvements: Improvements,
    /// Which of that is worth most.
    #[serde(default, skip_serializing_if = "Dots::is_empty")]
    pub dots: Dots,
    /// What the squad does about it.
    #[serde(default, skip_serializing_if = "Actions::is_empty")]
    pub actions: Actions,
    /// The facilitator's notes.
    pub notes: Notes,
    /// What was decided when.
    pub timeline: Timeline,
    /// Title, foreword, revisions.
    pub summary: Summary,
    /// Nothing of it is kept.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub rehearsal: bool,
}

impl Workshop {
    /// The state that these events lead to.
    pub fn replay<'a>(events: impl IntoIterator<Item = &'a Recorded>) -> Self {
        let mut workshop = Self::default();
        events.into_iter().for_each(|event| workshop.apply(event));
        workshop
    }

    /// What follows from a command; nothing has happened yet.
    pub fn decide(&self, who: Actor, command: &Command, cx: &Context) -> Result<Vec<Event>, Rejection> {
        fn wrap<E>(events: Vec<E>, kind: impl Fn(E) -> Event) -> Vec<Event> {
            events.into_iter().map(kind).collect()
        }
        if self.plan.cancelled && *command != Command::Plan(plan::Command::Reopen) {
            return Err(Rejection::Cancelled);
        }
        Ok(match command {
            Command::People(c) => wrap(self.people.decide(who, c, cx)?, Event::People),
            Command::Agenda(c) => {
                let events = self.agenda.decide(&self.people, who, *c, cx)?;
                let begins = events.contains(&super::agenda::Event::Started);
                let other = cx.previous.as_ref().filter(|last| begins && self.previous.as_ref() != Some(last));
                let recalled = other.map(|last| Event::Recalled(Box::new(last.clone())));
                let forgotten = self
                    .leaves_improvements(&events)
                    .then_some(Event::Improve(improve::Event::AuthorsForgotten));
                recalled.into_iter().chain(wrap(events, Event::Agenda)).chain(forgotten).collect()
            }
            Command::Plan(c) => wrap(c.decide(self, who, cx)?, Event::Plan),
            Command::Scene(c) => wrap(self.scope.decide(&self.people, who, c)?, Event::Scene),
            Command::WarmUp(c) => wrap(c.decide(self, who)?, Event::WarmUp),
            Command::Since(c) => wrap(c.decide(self, who)?, Event::Since),
            Command::Vote(c) => {
                let votes = c.decide(self, who, cx)?;
                let proposed = self.proposed_after(&votes, cx).map(Event::Survey);
                wrap(votes, Event::Vote).into_iter().chain(proposed).collect()
            }
            Command::Survey(c) => wrap(c.decide(self, who, cx)?, Event::Survey),
            Command::Focus(c) => wrap(c.decide(self.fresh_note(), self, who)?, Event::Focus),
            Command::Flow(c) => wrap(c.decide(self, who)?, Event::Flow),
            Command::Improve(c) => wrap(c.decide(self.fresh(), self, who)?, Event::Improve),
            Command::Dots(c) => {
                let dots = c.decide(self, who)?;
                let opens = dots.iter().any(|event| matches!(event, dots::Event::Opened { .. }));
                let forgotten = (opens && self.improvements.knows_an_author()).then_some(Event::Improve(improve::Event::AuthorsForgotten));
                forgotten.into_iter().chain(wrap(dots, Event::Dots)).collect()
            }
            Command::Actions(c) => wrap(c.decide(ActionId(self.fresh()), self, who)?, Event::Actions),
            Command::Note(c) => wrap(self.notes.decide(self.fresh_note(), &self.people, who, c)?, Event::Note),
            Command::Summary(c) => wrap(c.decide(self, who)?, Event::Summary),
        })
    }

    /// Takes in what happened. Total: an event that makes no sense any more changes nothing.
    pub fn apply(&mut self, recorded: &Recorded) {
        let at = recorded.at;
        self.seq = recorded.seq;
        self.timeline.apply(recorded);
        match &recorded.event {
            Event::Created(created) => self.create(at, created),
            Event::Recalled(previous) => {
                self.since.recall(&previous.actions);
                self.previous = Some(Previous::clone(previous));
            }
            Event::People(event) => {
                if *event == people::Event::NamesErased {
                    self.forget_names();
                }
                self.people.apply(at, event);
                if let people::Event::Removed(participant) = event {
                    self.votes.values_mut().for_each(|vote| vote.drop_voter(*participant));
                    self.warm_up.drop_person(*participant);
                    self.surveys.drop_person(*participant);
                    self.dots.drop_person(*participant);
                }
                self.summary.changed |= event.is_printed();
            }
            Event::Agenda(event) => self.agenda.apply(at, event),
            Event::Plan(event) => {
                event.apply(self);
                self.summary.changed |= event.is_on_the_page();
            }
            Event::Scene(event) => {
                let scene::Event::Set { line, .. } = event;
                self.taken_over.remove(line);
                self.scope.apply(event);
                self.summary.changed = true;
            }
            Event::WarmUp(event) => self.warm_up.apply(*event),
            Event::Since(event) => {
                self.since.apply(event);
                self.summary.changed = true;
            }
            Event::Vote(event) => {
                if let Some(vote) = self.votes.get_mut(&event.step()) {
                    vote.apply(event);
                    self.summary.changed = true;
                }
            }
            Event::Survey(event) => {
                self.surveys.apply(event);
                self.summary.changed = true;
            }
            Event::Focus(event) => {
                self.focus.apply(event);
                self.summary.changed = true;
            }
            Event::Flow(event) => {
                if event.deletes() {
                    self.improvements.remember(&self.flow);
                }
                self.flow.apply(event);
                self.improvements.find_again(&self.flow);
                self.summary.changed |= event.is_on_the_page();
            }
            Event::Improve(event) => {
                self.improvements.apply(event);
                if matches!(event, improve::Event::Removed(_)) {
                    let board = &self.improvements;
                    self.dots.keep_only(|item| !board.stickies_of(item).is_empty());
                }
                self.summary.changed = true;
            }
            Event::Dots(event) => {
                self.dots.apply(event);
                self.summary.changed = true;
            }
            Event::Actions(event) => {
                self.actions.apply(event);
                self.summary.changed = true;
            }
            Event::Note(event) => {
                self.notes.apply(at, event);
                self.summary.changed = true;
            }
            Event::Summary(event) => {
                self.summary.apply(at, event);
                if self.published() {
                    self.votes.values_mut().for_each(Vote::forget_answers);
                    self.warm_up.forget();
                    self.surveys.forget_answers();
                    self.improvements.apply(&improve::Event::AuthorsForgotten);
                    self.dots.forget();
                }
            }
        }
    }

    fn create(&mut self, at: Timestamp, created: &Created) {
        self.votes = created.steps.iter().filter_map(plan::vote).collect();
        self.agenda = Agenda {
            current: created.steps.first().map(|s| s.id).unwrap_or_default(),
            steps: created.steps.clone(),
            entered_at: at,
            last_id: created.steps.iter().map(|s| s.id).max().unwrap_or_default(),
            ..Agenda::default()
        };
        self.plan = Plan {
            texts: created.texts.clone(),
            ..Plan::default()
        };
        if let Some(minutes) = created.minutes {
            self.plan.minutes = minutes;
        }
        self.squad = created.squad.clone();
        self.tribe.clone_from(&created.tribe);
        self.code = created.code.clone();
        self.held_on = created.held_on;
        self.facilitator = created.facilitator.clone();
        self.industry = created.industry;
        self.options = created.options;
        self.rehearsal = created.rehearsal;
        self.scope = created.scope.clone();
        self.previous.clone_from(&created.previous);
        self.since = Since::of(created.previous.as_ref().map_or(&[], |previous| &previous.actions));
        if created.previous.is_some() {
            let filled = |line: &Line| !created.scope.get(*line).is_empty();
            self.taken_over = Line::ALL.into_iter().filter(filled).collect();
        }
    }

    /// Whether the page was published at least once.
    #[must_use]
    pub fn published(&self) -> bool {
        self.summary.revision > 0
    }

    /// When the page was published for the first time.
    #[must_use]
    pub fn first_published_at(&self) -> Option<Timestamp> {
        let first = self.timeline.0.iter().find(|entry| matches!(entry.moment, Moment::Published(_)));
        first.map(|entry| entry.at)
    }

    /// Whether the squad goes past a step because there is nothing to do in it.
    #[must_use]
    pub fn passes_over(&self, step: StepId) -> bool {
        self.since.is_empty() && self.agenda.step(step).is_some_and(|step| step.kind == StepKind::Since)
    }

    /// The next step that has something to do, or the one before, seen from where the squad is.
    #[must_use]
    pub fn beside(&self, by: isize) -> Option<&Step> {
        let mut step = self.agenda.neighbour(self.agenda.current, by)?;
        while self.passes_over(step.id) {
            step = self.agenda.neighbour(step.id, by)?;
        }
        Some(step)
    }

    /// Whether this person's ballot counts.
    #[must_use]
    pub fn is_voter(&self, id: ParticipantId) -> bool {
        self.people.get(id).is_some_and(|p| match p.role {
            Role::Member => true,
            Role::Facilitator => self.options.facilitator_votes,
            Role::Observer => false,
        })
    }

    /// Everybody whose ballot counts.
    pub fn voters(&self) -> impl Iterator<Item = ParticipantId> {
        self.people.all().map(|(id, _)| id).filter(|id| self.is_voter(*id))
    }

    /// How many have answered the round at hand, and of how many; raised hands are in both.
    #[must_use]
    pub fn turnout(&self, vote: &Vote) -> (usize, usize) {
        let (_, round) = vote.round();
        let hands = round.hands_total as usize;
        let voted_and_gone = round.ballots.keys().filter(|id| !self.is_voter(**id)).count();
        (round.answered(), self.voters().count() + voted_and_gone + hands)
    }

    /// The vote on a question, where the agenda has one.
    #[must_use]
    pub fn vote_on(&self, metric: Metric) -> Option<&Vote> {
        self.votes.values().find(|vote| vote.metric == metric)
    }

    /// The squad's answer to a question, once agreed.
    #[must_use]
    pub fn agreed(&self, metric: Metric) -> Option<Code> {
        self.vote_on(metric).and_then(|vote| vote.agreed.as_ref()).map(|a| a.answer)
    }

    /// The agreed answers, once all four are there.
    #[must_use]
    pub fn answers(&self) -> Option<Answers> {
        Answers::from_fn(|metric| self.agreed(metric))
    }

    /// The squad's level, once all four answers are agreed.
    #[must_use]
    pub fn level(&self) -> Option<Level> {
        self.answers().as_ref().map(maturity::level)
    }

    /// How many have finished the survey at hand, and of how many.
    #[must_use]
    pub fn survey_turnout(&self, round: &super::survey::Round) -> (usize, usize) {
        let answered_and_gone = round.sheets.keys().filter(|id| !self.is_voter(**id)).count();
        (round.finished(), self.voters().count() + answered_and_gone)
    }

    /// The name of a capability that this checkpoint asks about.
    #[must_use]
    pub fn capability_title(&self, key: &CapabilityKey) -> &str {
        self.surveys
            .get(key)
            .map_or("A capability", |survey| survey.capability.title.as_str())
    }

    /// The surveys to propose when these events of a vote change the level.
    fn proposed_after(&self, events: &[vote::Event], cx: &Context) -> Option<super::survey::Event> {
        let (step, answer) = events.iter().rev().find_map(|event| match event {
            vote::Event::Agreed { step, answer, .. } => Some((*step, Some(*answer))),
            vote::Event::AgreementUndone { step } => Some((*step, None)),
            _ => None,
        })?;
        let metric = self.votes.get(&step)?.metric;
        let answers = Answers::from_fn(|other| if other == metric { answer } else { self.agreed(other) });
        self.surveys.proposal(answers.as_ref().map(maturity::level), cx)
    }

    /// Whether these events end the step in which improvements are written, with authors that are still known.
    fn leaves_improvements(&self, events: &[super::agenda::Event]) -> bool {
        let of_it = |step: StepId| self.agenda.step(step).is_some_and(|step| step.kind == StepKind::Improvements);
        let left = |event: &super::agenda::Event| matches!(event, super::agenda::Event::Entered(step) if !of_it(*step));
        let board = &self.improvements;
        of_it(self.agenda.current) && events.iter().any(left) && board.hidden() == 0 && board.knows_an_author()
    }

    fn fresh_note(&self) -> NoteId {
        NoteId(self.fresh())
    }

    /// A number that nothing in this checkpoint has had.
    fn fresh(&self) -> u32 {
        u32::try_from(self.seq + 1).unwrap_or(u32::MAX)
    }
}
