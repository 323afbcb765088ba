//! How the squads of the demo answer: votes that differ and come together, surveys, and the capability to work on first.

use super::session::Session;
use crate::domain::command::Command;
use crate::domain::facts::Item;
use crate::domain::ids::{ParticipantId, StepId};
use crate::domain::metric::{Code, Metric};
use crate::domain::survey::Likert;
use crate::domain::vote::{Answer, Ballot, Confidence, Reading, Tally};
use crate::domain::{focus, survey, vote};
use crate::server::cli::Failure;

impl Session<'_> {
    /// One question: everybody votes, far apart they mostly vote again, then they agree.
    pub(super) fn vote(&mut self, step: StepId, metric: Metric) -> Result<(), Failure> {
        let Some(answer) = self.agreed(metric) else {
            return Ok(());
        };
        let before = self.state().previous.as_ref().and_then(|previous| previous.answer(metric));
        self.round(step, 1, answer, 58)?;
        self.talk(50..150);
        let apart = self.state().votes.get(&step).and_then(|vote| vote.last_tally()).map(Tally::reading);
        if apart == Some(Reading::FarApart) && self.rng.u8(..100) < 65 {
            self.lead(Command::Vote(vote::Command::VoteAgain { step }))?;
            self.round(step, 2, answer, 82)?;
            self.talk(20..60);
        }
        let phrases = self.phrases;
        let why = match phrases.whys.get(&metric).map(|whys| whys.pool(before, answer)) {
            Some((pool, reasons)) if self.rng.u8(..100) < 85 => self.decks.draw(&format!("{} {pool}", metric.key()), reasons),
            _ => String::new(),
        };
        self.lead(Command::Vote(vote::Command::Agree { step, answer, why }))?;
        Ok(())
    }

    /// Everybody votes, so many of a hundred for this answer, then the count is shown.
    fn round(&mut self, step: StepId, round: u32, answer: Code, agree: u8) -> Result<(), Failure> {
        let mut members = self.members.clone();
        self.rng.shuffle(&mut members);
        for who in members {
            let ballot = self.ballot(answer, agree);
            self.member(who, Command::Vote(vote::Command::Cast { step, round, ballot }))?;
        }
        self.lead(Command::Vote(vote::Command::Reveal { step, round }))?;
        Ok(())
    }

    fn ballot(&mut self, answer: Code, agree: u8) -> Ballot {
        let off = match self.rng.u8(..100) {
            chance if chance < agree => 0,
            chance => [-1, 1, -1, 1, -1, -2, 1, 1]
                .get(usize::from(chance - agree) % 8)
                .copied()
                .unwrap_or_default(),
        };
        let code = answer.get().saturating_add_signed(off).clamp(1, 6);
        let unsure = self.rng.u8(..100) < 4;
        // The longer a squad does this, the more of them look at figures.
        let measured = 15 + 6 * u8::try_from(self.number).unwrap_or(8).min(8);
        let confidence = match self.rng.u8(..100) {
            chance if chance < measured => Confidence::Measured,
            chance if chance < measured + 28 => Confidence::Remember,
            _ => Confidence::Guess,
        };
        Ballot {
            answer: Code::new(code).filter(|_| !unsure).map_or(Answer::NotSure, Answer::Code),
            confidence: (self.rng.u8(..100) < 90 && !unsure).then_some(confidence),
        }
    }

    /// Everybody answers every statement of every survey.
    pub(super) fn surveys(&mut self) -> Result<(), Failure> {
        let chosen = self.squad.surveys.clone();
        if !chosen.is_empty() {
            self.lead(Command::Survey(survey::Command::Choose(chosen)))?;
        }
        let surveyed: Vec<_> = self.state().surveys.list.iter().map(|survey| survey.capability.clone()).collect();
        for capability in surveyed {
            let key = || capability.key.clone();
            self.lead(Command::Survey(survey::Command::Open { capability: key() }))?;
            // A capability is harder or easier than others for good; what the squad thinks of itself grows slowly.
            let harder = i32::from(key().as_str().bytes().fold(0_u8, u8::wrapping_add) % 9) - 4;
            let grown = i32::try_from(self.number).unwrap_or_default() - 2 + self.rng.i32(-1..=1);
            let mean = self.squad.mood + harder + grown;
            for who in self.members.clone() {
                let own = self.rng.i32(-5..=5);
                for (number, item) in (0..).zip(&capability.items) {
                    let answer = self.mark(mean + own, item);
                    let given = survey::Command::Answer {
                        capability: key(),
                        round: 1,
                        item: number,
                        answer,
                    };
                    self.member(who, Command::Survey(given))?;
                }
            }
            self.lead(Command::Survey(survey::Command::Close {
                capability: key(),
                round: 1,
            }))?;
        }
        Ok(())
    }

    /// An answer about this good, in tenths.
    fn mark(&mut self, about: i32, item: &Item) -> Likert {
        let good = (about + self.rng.i32(-8..=8)).clamp(10, 50);
        let number = u8::try_from((good + 5) / 10).unwrap_or(3);
        let number = if item.reversed { 6 - number } else { number };
        Likert::new(number).unwrap_or(Likert::ALL[2])
    }

    /// Notes under the capabilities, and the one that the rule suggests comes first.
    pub(super) fn focus(&mut self) -> Result<(), Failure> {
        let phrases = self.phrases;
        for ranked in focus::ranking(self.state()) {
            let Some(said) = phrases.focus.get(&ranked.capability) else {
                continue;
            };
            for _ in 0..self.rng.usize(0..=2) {
                let text = self.decks.draw(&format!("note {}", ranked.capability), &said.notes);
                let who: ParticipantId = self.somebody();
                let capability = ranked.capability.clone();
                self.member(who, Command::Focus(focus::Command::AddNote { capability, text }))?;
            }
        }
        let chosen = self.squad.focus.get(&self.number).cloned();
        if let Some(capability) = chosen.or_else(|| focus::suggested(self.state())) {
            let why = match phrases.focus.get(&capability) {
                Some(said) => self.decks.draw(&format!("why {capability}"), &said.why),
                None => String::new(),
            };
            self.lead(Command::Focus(focus::Command::Set { capability, why }))?;
        }
        Ok(())
    }
}
