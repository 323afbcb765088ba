//! What a simulated member does next, as far as its screen tells it what there is to do.

use super::{MEMBERS, UNSURE};
use crate::domain::actions::{self, Draft};
use crate::domain::agenda::StepKind;
use crate::domain::command::Command;
use crate::domain::dots;
use crate::domain::flow::template::Template;
use crate::domain::flow::{self, Edit, Span};
use crate::domain::ids::{ElementId, ParticipantId, StepId};
use crate::domain::improve::{self, Item, Kind};
use crate::domain::metric::{Code, Metric};
use crate::domain::parts::Phase;
use crate::domain::survey::Likert;
use crate::domain::text::FlowText;
use crate::domain::vote::{Answer, Ballot, Confidence, Tally};
use crate::domain::workshop::Workshop;
use crate::domain::{focus, survey, vote, warmup};
use chrono::Days;
use fastrand::Rng;
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What they write. All of it is invented.
#[derive(Debug, Default, Deserialize)]
struct Words {
    /// A note under a capability.
    notes: Vec<String>,
    /// Free text on the delivery flow.
    flow: Vec<String>,
    /// Where deployments failed.
    failures: Vec<String>,
    /// What would help.
    stickies: Vec<String>,
    /// What to do: title, and when it is done.
    actions: Vec<(String, String)>,
    /// What they say of the checkpoint: whether it was worth the time, what to keep, what to change. One of them says nothing.
    feedback: Vec<[String; 3]>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| serde_json::from_str(include_str!("words.json")).unwrap_or_default());

/// How many refusals in one step somebody takes before leaving it to the others.
const PATIENCE: u32 = 3;

/// Somebody.
#[derive(Clone, Debug)]
pub(super) struct Person {
    pub(super) number: usize,
    pub(super) name: String,
}

/// What somebody remembers that does not stand on the screen.
#[derive(Debug, Default)]
pub(super) struct Memory {
    pub(super) was_lost: bool,
    /// Whether the squad has been asked for feedback.
    pub(super) was_asked: bool,
    /// What was done by its kind, and what is on its way.
    done: HashMap<Kinds, usize>,
    doing: Option<Kinds>,
    /// The step in which something was refused, and how often.
    refused: (StepId, u32),
}

/// What is done a certain number of times.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Kinds {
    Note,
    Drawing,
    Sticky,
    Action,
}

impl Kinds {
    fn of(command: &Command) -> Option<Self> {
        match command {
            Command::Focus(_) => Some(Self::Note),
            Command::Flow(flow::Command::Edit(_)) => Some(Self::Drawing),
            Command::Improve(_) => Some(Self::Sticky),
            Command::Actions(_) => Some(Self::Action),
            _ => None,
        }
    }
}

impl Memory {
    /// A command is on its way.
    pub(super) fn tries(&mut self, command: &Command) {
        self.doing = Kinds::of(command);
    }

    /// It was answered.
    pub(super) fn answered(&mut self, state: &Workshop, done: bool) {
        let doing = self.doing.take();
        if done && let Some(kind) = doing {
            *self.done.entry(kind).or_default() += 1;
        }
        let step = state.agenda.current;
        let before = if self.refused.0 == step { self.refused.1 } else { 0 };
        self.refused = (step, before + u32::from(!done));
    }

    fn did(&self, kind: Kinds) -> usize {
        self.done.get(&kind).copied().unwrap_or_default()
    }
}

/// Whether it is one click of several.
pub(super) fn is_small(command: &Command) -> bool {
    matches!(command, Command::Survey(_) | Command::Dots(_))
}

impl Person {
    pub(super) fn new(number: usize, name: &str) -> Self {
        Self {
            number,
            name: name.to_owned(),
        }
    }

    /// What this person would do now; `None` when there is nothing to do.
    pub(super) fn next(&self, w: &Workshop, me: ParticipantId, memory: &Memory, rng: &mut Rng) -> Option<Command> {
        let step = w.agenda.step(w.agenda.current)?;
        let open = w.agenda.started_at.is_some() && w.agenda.phase() == Phase::Step && w.people.get(me).is_some();
        if !open || (memory.refused.0 == step.id && memory.refused.1 >= PATIENCE) {
            return None;
        }
        match step.kind {
            StepKind::Welcome => warm_up(w, me, rng),
            StepKind::Vote(metric) => self.vote(w, me, step.id, metric, rng),
            StepKind::Surveys => self.answer(w, me, rng),
            StepKind::Focus => self.note(w, memory),
            StepKind::Flow => self.draw(w, me, memory, rng),
            StepKind::Improvements => self.stick(w, memory, rng),
            StepKind::Dots => place(w, me, rng),
            StepKind::Actions => self.propose(w, memory),
            StepKind::Since | StepKind::Scene | StepKind::Maturity | StepKind::Summary | StepKind::Feedback | StepKind::Talk => None,
        }
    }

    /// What this person says of the checkpoint itself.
    pub(super) fn feedback(&self) -> Option<&'static [String; 3]> {
        WORDS.feedback.get(self.number)
    }

    /// Some see things better than others; after a reveal most come to the middle.
    fn vote(&self, w: &Workshop, me: ParticipantId, step: StepId, metric: Metric, rng: &mut Rng) -> Option<Command> {
        let vote = w.votes.get(&step)?;
        let (round, at_hand) = vote.round();
        if at_hand.tally.is_some() || at_hand.ballots.contains_key(&me) || !w.is_voter(me) {
            return None;
        }
        let middle = match vote.last_tally().and_then(Tally::median) {
            Some(median) if rng.u8(..100) < 85 => i16::from(median.get()),
            Some(median) => i16::from(median.get()) + rng.i16(-1..=1),
            None => {
                let usual = if matches!(metric, Metric::LeadTime | Metric::TimeToRestore) {
                    4
                } else {
                    5
                };
                let mood = [0, -1, 0, 1, 0, 0, -2].get(self.number).copied().unwrap_or_default();
                usual + mood + i16::from(rng.u8(..100) < 25)
            }
        };
        let code = u8::try_from(middle.clamp(1, 6)).ok().and_then(Code::new)?;
        let unsure = self.number == UNSURE && metric == Metric::ChangeFailureRate && round == 1;
        let confidence = Confidence::ALL
            .get((self.number + usize::try_from(step.0).unwrap_or_default()) % 3)
            .copied();
        let ballot = Ballot {
            answer: if unsure { Answer::NotSure } else { Answer::Code(code) },
            confidence: confidence.filter(|_| !unsure),
        };
        Some(Command::Vote(vote::Command::Cast { step, round, ballot }))
    }

    /// The first statement of an open survey without an answer.
    fn answer(&self, w: &Workshop, me: ParticipantId, rng: &mut Rng) -> Option<Command> {
        w.surveys.list.iter().find_map(|survey| {
            let (round, open) = survey.open_round()?;
            let marks = open.sheets.get(&me).map(|sheet| &sheet.marks);
            let (item, asked) = (0..)
                .zip(&survey.capability.items)
                .find(|(item, _)| marks.is_none_or(|marks| !marks.contains_key(item)))?;
            let good = (4 - i8::from(self.number == 6) + rng.i8(-1..=1)).clamp(1, 5);
            let number = u8::try_from(if asked.reversed { 6 - good } else { good }).ok()?;
            Some(Command::Survey(survey::Command::Answer {
                capability: survey.capability.key.clone(),
                round,
                item,
                answer: Likert::new(number)?,
            }))
        })
    }

    /// Every second one writes a note under one of the capabilities.
    fn note(&self, w: &Workshop, memory: &Memory) -> Option<Command> {
        let keys: Vec<_> = w.surveys.surveyed().map(|survey| &survey.capability.key).collect();
        let capability = (*keys.get(self.number % keys.len().max(1))?).clone();
        let text = self.own(&WORDS.notes, memory.did(Kinds::Note))?.clone();
        let wanted = self.number.is_multiple_of(2) && memory.did(Kinds::Note) == 0;
        wanted.then_some(Command::Focus(focus::Command::AddNote { capability, text }))
    }

    /// The first begins; then everybody changes a time and some write beside it.
    fn draw(&self, w: &Workshop, me: ParticipantId, memory: &Memory, rng: &mut Rng) -> Option<Command> {
        flow::may_draw(w, me).ok()?;
        let last = w.previous.as_ref().and_then(|previous| previous.flow.as_ref());
        let edits = match memory.did(Kinds::Drawing) {
            _ if w.flow.is_empty() && self.number > 0 => return None,
            _ if w.flow.is_empty() && last.is_some() => return Some(Command::Flow(flow::Command::TakeOver)),
            _ if w.flow.is_empty() => Template::TrunkBased.edits(),
            // What was taken over is still so, a few elements each.
            0 | 1 if !w.flow.ghosts.is_empty() => {
                let each = w.flow.ghosts.len().div_ceil(MEMBERS);
                let mine = w.flow.ghosts.iter().skip(rng.usize(..w.flow.ghosts.len())).take(each);
                mine.map(|id| Edit::Keep(*id)).collect()
            }
            0..=2 => {
                let steps: Vec<&ElementId> = w.flow.steps.keys().collect();
                let id = **rng.choice(&steps)?;
                let minutes = rng.choice([5, 10, 15, 20, 30, 45])?;
                vec![Edit::Work(id, Some(Span::exactly(minutes * 60)))]
            }
            3 if self.number.is_multiple_of(3) => {
                let says = FlowText::parse(self.own(&WORDS.flow, 0)?).ok()?;
                let text = flow::Text {
                    text: says,
                    ..flow::Text::default()
                };
                vec![Edit::AddText(ElementId(rng.u64(1..=ElementId::LARGEST)), text)]
            }
            _ => return None,
        };
        Some(Command::Flow(flow::Command::Edit(edits)))
    }

    /// Two stickies each, and one of them knows of a failed deployment.
    fn stick(&self, w: &Workshop, memory: &Memory, rng: &mut Rng) -> Option<Command> {
        let count = memory.did(Kinds::Sticky);
        if count >= 2 || w.dots.open().is_some() {
            return None;
        }
        let failed = self.number == 3 && count == 1;
        let text = self.own(if failed { &WORDS.failures } else { &WORDS.stickies }, count)?.clone();
        let steps: Vec<&ElementId> = w.flow.steps.keys().collect();
        let kind = if failed { Kind::FailedDeployment } else { Kind::Improvement };
        let on = rng.choice(&steps).map(|id| **id);
        Some(Command::Improve(improve::Command::Add { kind, text, on }))
    }

    /// Three of them propose something about what got most dots.
    fn propose(&self, w: &Workshop, memory: &Memory) -> Option<Command> {
        if memory.did(Kinds::Action) > 0 || self.number.is_multiple_of(2) {
            return None;
        }
        let (title, done_when) = WORDS.actions.get(self.number % WORDS.actions.len().max(1))?.clone();
        let item = w.dots.ranking().get(self.number / 2).map(|ranked| ranked.item);
        let due = w.held_on + Days::new(28 + 7 * self.number as u64);
        Some(Command::Actions(actions::Command::Propose(Draft {
            title,
            done_when,
            owner: self.name.clone(),
            due: due.to_string(),
            item,
            ..Draft::default()
        })))
    }

    /// A text that nobody else of them uses.
    fn own<'a>(&self, texts: &'a [String], count: usize) -> Option<&'a String> {
        texts.get((self.number + MEMBERS * count) % texts.len().max(1))
    }
}

fn warm_up(w: &Workshop, me: ParticipantId, rng: &mut Rng) -> Option<Command> {
    let open = w.warm_up.counts.is_none() && !w.warm_up.given.contains_key(&me);
    let option = rng.u8(..4);
    open.then_some(Command::WarmUp(warmup::Command::Answer(option)))
}

/// One dot more.
fn place(w: &Workshop, me: ParticipantId, rng: &mut Rng) -> Option<Command> {
    let (number, round) = w.dots.open()?;
    let mut dots = round.dots_of(me).to_vec();
    if !w.is_voter(me) || dots.len() >= round.most() as usize {
        return None;
    }
    let free: Vec<Item> = round
        .items
        .iter()
        .copied()
        .filter(|item| dots::count(&dots, *item) < round.terms.on_one)
        .collect();
    // What stands first is liked a little more, so that there is something to see.
    let place = rng.usize(..free.len()).min(rng.usize(..free.len()));
    dots.push(*free.get(place)?);
    Some(Command::Dots(dots::Command::Place { round: number, dots }))
}
