//! One checkpoint of the demo's past, played command by command by the rules of the domain.

use super::organisation::{Decks, Phrases, Squad};
use crate::domain::action::Status;
use crate::domain::agenda::{self, StepKind};
use crate::domain::command::Command;
use crate::domain::context::{Actor, Context};
use crate::domain::event::Event;
use crate::domain::feedback::Feedback;
use crate::domain::ids::{CommandId, ParticipantId, StepId};
use crate::domain::metric::{Code, Metric};
use crate::domain::workshop::Workshop;
use crate::domain::{note, people, scene, since, summary};
use crate::server::cli::Failure;
use crate::server::room::Written;
use crate::server::start::FACILITATOR;
use fastrand::Rng;
use std::ops::Range;

/// What a squad takes from checkpoint to checkpoint besides what the product keeps.
pub(super) struct Progress {
    /// Its delivery flow, as an outline.
    pub(super) outline: String,
    /// How many of its stories have been decided.
    pub(super) told: usize,
    /// How many of its other stickies have been on the board.
    pub(super) stuck: usize,
}

/// A checkpoint that is being played.
pub(super) struct Session<'a> {
    pub(super) written: Written,
    pub(super) cx: Context,
    pub(super) rng: Rng,
    pub(super) squad: &'a Squad,
    pub(super) phrases: &'a Phrases,
    pub(super) decks: &'a mut Decks,
    pub(super) progress: &'a mut Progress,
    /// Which of the squad's checkpoints it is, counted from 0.
    pub(super) number: usize,
    /// Who votes.
    pub(super) members: Vec<ParticipantId>,
}

impl Session<'_> {
    /// From the first person to the published page.
    pub(super) fn play(&mut self) -> Result<(), Failure> {
        self.arrive()?;
        self.lead(Command::Agenda(agenda::Command::Start))?;
        let steps: Vec<(StepId, StepKind, u32)> = self.state().agenda.steps.iter().map(|s| (s.id, s.kind, s.minutes)).collect();
        for (step, kind, minutes) in steps {
            if self.state().passes_over(step) {
                continue;
            }
            if self.state().agenda.current != step {
                self.lead(Command::Agenda(agenda::Command::GoTo(step)))?;
            }
            let entered = self.cx.now;
            match kind {
                StepKind::Since => self.look_back()?,
                StepKind::Scene => self.set_the_scene()?,
                StepKind::Vote(metric) => self.vote(step, metric)?,
                StepKind::Surveys => self.surveys()?,
                StepKind::Focus => self.focus()?,
                StepKind::Flow => self.draw()?,
                StepKind::Improvements => self.stick()?,
                StepKind::Dots => self.dots()?,
                StepKind::Actions => self.actions()?,
                StepKind::Summary => self.publish()?,
                StepKind::Welcome | StepKind::Maturity | StepKind::Feedback | StepKind::Talk => {}
            }
            if self.state().published() {
                break;
            }
            if self.rng.u8(..100) < 12 {
                let text = self.decks.draw("notes", &self.phrases.notes);
                self.lead(Command::Note(note::Command::Add(text)))?;
            }
            // They talk for about as long as the step is given.
            let end = entered.plus(i64::from(minutes) * self.rng.i64(40_000..70_000));
            self.cx.now = self.cx.now.max(end);
        }
        Ok(())
    }

    pub(super) fn state(&self) -> &Workshop {
        self.written.state()
    }

    /// The facilitator does something.
    pub(super) fn lead(&mut self, command: Command) -> Result<Vec<Event>, Failure> {
        self.does(Actor::Participant(FACILITATOR), command)
    }

    /// A member does something.
    pub(super) fn member(&mut self, who: ParticipantId, command: Command) -> Result<Vec<Event>, Failure> {
        self.does(Actor::Participant(who), command)
    }

    /// Some seconds pass, and somebody does something.
    fn does(&mut self, who: Actor, command: Command) -> Result<Vec<Event>, Failure> {
        self.cx.now = self.cx.now.plus(self.rng.i64(1_000..9_000));
        let cause = CommandId::new(uuid::Uuid::from_u128(self.rng.u128(..)));
        let done = self.written.act(who, cause, &command, &self.cx);
        Ok(done.map_err(|refusal| format!("{}, checkpoint {}: {command:?}: {refusal}", self.squad.name, self.number))?)
    }

    /// They talk for so many seconds.
    pub(super) fn talk(&mut self, seconds: Range<i64>) {
        self.cx.now = self.cx.now.plus(self.rng.i64(seconds) * 1_000);
    }

    /// One of the members.
    pub(super) fn somebody(&mut self) -> ParticipantId {
        self.rng.choice(&self.members).copied().unwrap_or(FACILITATOR)
    }

    /// Most members come, and sometimes somebody watches.
    fn arrive(&mut self) -> Result<(), Failure> {
        let mut names: Vec<(String, bool)> = self.squad.members.iter().map(|name| (name.clone(), false)).collect();
        if self.rng.u8(..100) < 45 {
            let away = self.rng.usize(..names.len());
            names.remove(away);
        }
        self.rng.shuffle(&mut names);
        if self.rng.u8(..100) < 25 {
            names.push((self.squad.observer.clone(), true));
        }
        for (name, observer) in names {
            let joined = self.does(Actor::Newcomer(None), Command::People(people::Command::Join { name, observer }))?;
            for event in joined {
                if let (Event::People(people::Event::Joined { participant, .. }), false) = (event, observer) {
                    self.members.push(participant);
                }
            }
        }
        Ok(())
    }

    /// Each action of before is settled: what was done changes the flow.
    fn look_back(&mut self) -> Result<(), Failure> {
        let squad = self.squad;
        for (action, item) in self.state().since.0.clone() {
            self.talk(20..70);
            let story = squad.story(item.action.title.as_str());
            let helped = story.and_then(|story| story.moves).is_some_and(|metric| self.rose(metric));
            let chance = self.rng.u8(..100);
            let status = match (item.action.age, chance) {
                (_, ..=84) if helped => Status::Done,
                (0 | 1, ..=54) | (2.., ..=64) => Status::Done,
                (0 | 1, 55..=82) | (2, 65..=80) => Status::InProgress,
                (0 | 1, 83..=94) => Status::NotStarted,
                _ => Status::Dropped,
            };
            if let Some((from, to)) = story.and_then(|story| story.flow.as_ref()).filter(|_| status == Status::Done) {
                self.progress.outline = self.progress.outline.replacen(from, to, 1);
            }
            let why = match self.phrases.since.get(status.label()) {
                Some(pool) if self.rng.u8(..100) < 70 => self.decks.draw(status.label(), pool),
                _ => String::new(),
            };
            self.lead(Command::Since(since::Command::Settle { action, status, why }))?;
        }
        Ok(())
    }

    /// Whether this answer is better than last time.
    fn rose(&self, metric: Metric) -> bool {
        let before = self.state().previous.as_ref().and_then(|previous| previous.answer(metric));
        self.agreed(metric).zip(before).is_some_and(|(now, before)| now > before)
    }

    /// What the squad agrees on this time.
    pub(super) fn agreed(&self, metric: Metric) -> Option<Code> {
        let agreed = self.squad.agreed(self.number);
        agreed.into_iter().find(|(of, _)| *of == metric).map(|(_, code)| code)
    }

    fn set_the_scene(&mut self) -> Result<(), Failure> {
        let squad = self.squad;
        for (line, text) in scene::Line::ALL
            .into_iter()
            .zip([&squad.service, &squad.deployment, &squad.failure])
        {
            let text = text.clone();
            self.lead(Command::Scene(scene::Command::Set { line, text }))?;
        }
        Ok(())
    }

    /// What those say of the checkpoint itself who answer at all: most do, and they like it better each time.
    pub(super) fn feedback(&mut self) -> Result<Vec<Feedback>, Failure> {
        let said = &self.phrases.feedback;
        let mut all = vec![];
        for _ in self.members.clone() {
            if self.rng.u8(..100) >= 70 {
                continue;
            }
            let worth = match self.rng.usize(..100) + 3 * self.number {
                ..4 => 1,
                4..11 => 2,
                11..30 => 3,
                30..72 => 4,
                _ => 5,
            };
            let mut sentence = |of: &str, chance: u8, from: &[String]| match self.rng.u8(..100) {
                roll if roll < chance => self.decks.draw(of, from),
                _ => String::new(),
            };
            let keep = sentence("keep", 40, &said.keep);
            let change = sentence("change", if worth < 4 { 70 } else { 25 }, &said.change);
            all.push(Feedback::parse(&worth.to_string(), &keep, &change)?);
        }
        Ok(all)
    }

    fn publish(&mut self) -> Result<(), Failure> {
        let given = self.squad.forewords.get(&self.number).cloned();
        let foreword = match given {
            Some(foreword) => foreword,
            None if self.rng.bool() => self.decks.draw("forewords", &self.phrases.forewords),
            None => String::new(),
        };
        let title = self.squad.titles.get(&self.number).cloned().unwrap_or_default();
        self.lead(Command::Summary(summary::Command::Edit { title, foreword }))?;
        self.cx.now = self.cx.now.plus(self.rng.i64(90_000..240_000));
        self.lead(Command::Summary(summary::Command::Publish))?;
        Ok(())
    }
}
