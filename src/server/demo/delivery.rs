//! How the squads of the demo deliver, what would help them, and what they do about it.

use super::organisation::Story;
use super::session::Session;
use crate::domain::actions::{self, Draft};
use crate::domain::command::Command;
use crate::domain::dots::{self, Terms};
use crate::domain::event::Event;
use crate::domain::flow::{self, Edit, Flow, outline};
use crate::domain::ids::{ElementId, StickyId};
use crate::domain::improve::{self, Change, Item, Kind};
use crate::domain::metric::Code;
use crate::server::cli::Failure;
use chrono::Days;

/// How many stories a squad decides, checkpoint after checkpoint.
const DECIDED: [usize; 9] = [2, 2, 1, 2, 1, 1, 1, 2, 2];
/// How many more of its stories stand on the board: the first time everything comes up at once.
fn undecided(number: usize) -> usize {
    if number == 0 { 3 } else { 1 }
}
/// How many other stickies there are.
const LOOSE: usize = 4;

impl Session<'_> {
    /// The stories that are decided this time.
    fn chosen(&self) -> impl Iterator<Item = &Story> + use<'_> {
        let many = DECIDED.get(self.number).copied().unwrap_or(1);
        self.squad.stories.iter().skip(self.progress.told).take(many)
    }

    /// The flow of last time is taken over, kept, and brought up to what the squad does today.
    pub(super) fn draw(&mut self) -> Result<(), Failure> {
        let last = self.state().previous.as_ref().and_then(|previous| previous.flow.as_ref());
        if last.is_some() {
            let who = self.somebody();
            self.member(who, Command::Flow(flow::Command::TakeOver))?;
            let still = self.state().flow.ghosts.iter().map(|id| Edit::Keep(*id)).collect();
            self.member(who, Command::Flow(flow::Command::Edit(still)))?;
        }
        let wanted: Flow = outline::read(&self.progress.outline).map_err(|mistakes| format!("{}: {mistakes:?}", self.squad.name))?;
        let now = self.state().flow.clone();
        let rng = &mut self.rng;
        let edits = outline::edits(&now, &wanted, || ElementId(rng.u64(1..=ElementId::LARGEST)));
        for some in edits.chunks(4) {
            let who = self.somebody();
            self.member(who, Command::Flow(flow::Command::Edit(some.to_vec())))?;
        }
        Ok(())
    }

    /// The stickies of this time: what is decided later, what comes back for a while, and what nothing follows from.
    pub(super) fn stick(&mut self) -> Result<(), Failure> {
        let squad = self.squad;
        let silent = self.rng.u8(..100) < 30;
        if silent {
            self.lead(Command::Improve(improve::Command::Hush))?;
        }
        let now_and_next = self.chosen().count() + undecided(self.number);
        let (mut groups, mut outside) = (vec![], vec![]);
        for story in squad.stories.iter().skip(self.progress.told).take(now_and_next) {
            let first = self.add(Kind::Improvement, &story.says, &story.on)?;
            outside.extend(first.filter(|_| story.outside));
            if !story.also.is_empty() {
                groups.extend(first.zip(self.add(Kind::Improvement, &story.also, &story.on)?));
            }
        }
        for place in self.progress.stuck..self.progress.stuck + LOOSE {
            if let Some(loose) = squad.stickies.get(place % squad.stickies.len().max(1)) {
                let kind = if loose.failed { Kind::FailedDeployment } else { Kind::Improvement };
                self.add(kind, &loose.says, &loose.on)?;
            }
        }
        self.progress.stuck += LOOSE;
        if silent {
            self.lead(Command::Improve(improve::Command::Show))?;
        }
        for sticky in outside {
            let who = self.somebody();
            self.member(who, Command::Improve(improve::Command::Change(sticky, Change::Outside(true))))?;
        }
        for (one, other) in groups {
            let name = self.state().improvements.title(Item::Sticky(one));
            let stickies = vec![one, other];
            self.lead(Command::Improve(improve::Command::Group { stickies, name }))?;
        }
        Ok(())
    }

    /// Somebody sticks something on a step.
    fn add(&mut self, kind: Kind, text: &str, on: &str) -> Result<Option<StickyId>, Failure> {
        let steps = &self.state().flow.steps;
        let on = steps.iter().find(|(_, step)| step.name.as_str() == on).map(|(id, _)| *id);
        let text = text.to_owned();
        let who = self.somebody();
        let added = self.member(who, Command::Improve(improve::Command::Add { kind, text, on }))?;
        Ok(added.into_iter().find_map(|event| match event {
            Event::Improve(improve::Event::Added { sticky, .. }) => Some(sticky),
            _ => None,
        }))
    }

    /// Where on the board the improvement of a story stands.
    fn item(&self, says: &str) -> Option<Item> {
        let board = &self.state().improvements;
        let says_so = |sticky: &improve::Sticky| sticky.note.as_ref().is_some_and(|note| note.text.as_str() == says);
        let (id, _) = board.stickies.iter().find(|(_, sticky)| says_so(sticky))?;
        Some(board.item_of(*id))
    }

    /// Everybody has a view of their own, and most see what the squad then decides.
    pub(super) fn dots(&mut self) -> Result<(), Failure> {
        let items = self.state().improvements.votable();
        let terms = Terms::suggested(items.len());
        self.lead(Command::Dots(dots::Command::Open { terms, among: vec![] }))?;
        let wanted: Vec<Item> = self.chosen().filter_map(|story| self.item(&story.says)).collect();
        for who in self.members.clone() {
            let mut placed: Vec<Item> = vec![];
            while placed.len() < terms.dots as usize {
                let pool = if self.rng.u8(..100) < 45 { &wanted } else { &items };
                let item = self.rng.choice(pool).copied().or_else(|| items.first().copied());
                match item.filter(|item| dots::count(&placed, *item) < terms.on_one) {
                    Some(item) => placed.push(item),
                    None if items.len() * (terms.on_one as usize) <= placed.len() => break,
                    None => {}
                }
            }
            self.member(who, Command::Dots(dots::Command::Place { round: 1, dots: placed }))?;
        }
        self.lead(Command::Dots(dots::Command::Reveal { round: 1 }))?;
        Ok(())
    }

    /// The winners become actions; some are proposed by a member.
    pub(super) fn actions(&mut self) -> Result<(), Failure> {
        let squad = self.squad;
        let many = self.chosen().count();
        for story in squad.stories.iter().skip(self.progress.told).take(many) {
            self.talk(120..300);
            let draft = self.draft(story);
            if self.rng.bool() {
                self.lead(Command::Actions(actions::Command::Propose(draft)))?;
                continue;
            }
            let who = self.somebody();
            for event in self.member(who, Command::Actions(actions::Command::Propose(draft)))? {
                if let Event::Actions(actions::Event::Added { action, .. }) = event {
                    self.lead(Command::Actions(actions::Command::Accept(action)))?;
                }
            }
        }
        self.progress.told += many;
        Ok(())
    }

    fn draft(&mut self, story: &Story) -> Draft {
        let who = self.somebody();
        let due = self.state().held_on + Days::new(self.rng.u64(42..112));
        // Nothing moves up from the best answer.
        let better = |metric| Code::new(self.agreed(metric)?.get() + 1).map(|code| (metric, code));
        let expected = story.moves.and_then(better);
        let focus = self.state().focus.chosen.as_ref().map(|chosen| chosen.capability.clone());
        Draft {
            title: story.does.clone(),
            done_when: story.done_when.clone(),
            owner: if self.rng.u8(..100) < 93 {
                self.state().people.name(who).to_owned()
            } else {
                String::new()
            },
            due: if self.rng.u8(..100) < 93 { due.to_string() } else { String::new() },
            expects: expected.map(|(metric, _)| metric),
            expects_answer: expected.map(|(_, code)| code),
            item: self.item(&story.says),
            serves: focus.filter(|_| self.rng.u8(..100) < 40),
            tracker: String::new(),
            outside: story.outside,
        }
    }
}
