//! Whether a page that comes from elsewhere can be taken. What was stored here was checked when it was typed; a file can hold anything.

use super::{Maturity, Page};
use crate::domain::action::{Action, TrackerLink};
use crate::domain::flow::could_be_drawn;
use crate::domain::people::MOST_PEOPLE;
use crate::domain::sorted::SortedSet;
use crate::domain::text::{DisplayName, TextError, TribeName, rewrites_line};
use chrono::{Datelike, NaiveDate};
use serde_json::Value;

/// The most entries that a list of a page has.
const MOST_ENTRIES: usize = 10_000;
/// The most characters that a text of a page has.
const LONGEST_TEXT: usize = 10_000;
/// So many days ahead a checkpoint is planned.
const PLANNED_AHEAD: u64 = 730;
/// The most revisions of a page.
const MOST_REVISIONS: u32 = 10_000;

/// Why a page cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// A text that nobody could have typed here.
    #[error(transparent)]
    Text(#[from] TextError),
    /// A character that rewrites what stands beside it.
    #[error("A text holds invisible control characters: {0:?}.")]
    Control(String),
    /// A very long text.
    #[error("A text has more than {LONGEST_TEXT} characters: {0:?}.")]
    Long(String),
    /// A very long list.
    #[error("A list has more than {MOST_ENTRIES} entries.")]
    Many,
    /// A day that no checkpoint was held on.
    #[error("{0} is no day on which a checkpoint can have been held: it is before 2000 or in the future.")]
    Day(NaiveDate),
    /// It still grows.
    #[error("This page is not published yet. Publish it first, then export it.")]
    NotPublished,
    /// A number that nothing here counts to.
    #[error("{0}")]
    Number(&'static str),
    /// A flow that does not hold together.
    #[error(
        "The delivery flow is one that nobody could have drawn here: a part is missing, is there twice, or lies outside of the canvas."
    )]
    Flow,
    /// An address that no browser may go to.
    #[error("{0:?} is not an address that begins with http:// or https://.")]
    Link(String),
}

impl Page {
    /// Whether the page can be taken, on this day.
    pub fn check(&self, today: NaiveDate) -> Result<(), Unfit> {
        strings(&serde_json::to_value(self).unwrap_or_default())?;
        if self.published_at.is_none() {
            return Err(Unfit::NotPublished);
        }
        // A day that begins elsewhere has not begun here; and one that was planned may be held before its day.
        let ahead = if self.by_hand.is_some() { 1 } else { PLANNED_AHEAD };
        if self.held_on.year() < 2000 || self.held_on > today + chrono::Days::new(ahead) {
            return Err(Unfit::Day(self.held_on));
        }
        self.squad.check()?;
        self.tribe.as_ref().map_or(Ok(()), TribeName::check)?;
        if self.by_hand.is_none() || !self.facilitator.is_empty() {
            self.facilitator.check()?;
        }
        self.title.check()?;
        self.foreword.check()?;
        self.present.iter().chain(&self.observing).try_for_each(DisplayName::check)?;
        self.focus.as_ref().map_or(Ok(()), |focus| focus.why.check())?;
        self.answers.iter().try_for_each(|answered| answered.why.check())?;
        let looked = self.actions.iter().map(|looked| &looked.action);
        looked
            .chain(self.decided.iter().map(|decided| &decided.action))
            .try_for_each(action)?;
        if self.flow.as_ref().is_some_and(|flow| !could_be_drawn(flow)) {
            return Err(Unfit::Flow);
        }
        if let Some(link) = self.by_hand.as_ref().and_then(|by_hand| by_hand.link.as_ref()) {
            address(link)?;
        }
        self.numbers().map_err(Unfit::Number)
    }

    fn numbers(&self) -> Result<(), &'static str> {
        let most = u32::try_from(MOST_PEOPLE).unwrap_or(u32::MAX);
        let people = |counts: &[u32]| counts.iter().all(|count| *count <= most);
        let tallies = self.answers.iter().flat_map(|answered| &answered.rounds);
        let statements = self.capabilities.iter().flat_map(|surveyed| &surveyed.items);
        let questions: SortedSet<_> = self.answers.iter().map(|answered| answered.metric).collect();
        let numbers: SortedSet<_> = self.decided.iter().map(|decided| decided.number).collect();
        let looked: SortedSet<_> = self
            .actions
            .iter()
            .zip(1..)
            .map(|(looked, place)| looked.number_at(place))
            .collect();
        if !(1..=MOST_REVISIONS).contains(&self.revision) {
            return Err("A revision is a number from 1 to 10,000.");
        }
        if !tallies
            .clone()
            .all(|tally| people(&tally.counts) && people(&tally.hands.counts) && people(&tally.confidence))
        {
            return Err("A vote has more answers than a room has people.");
        }
        if tallies
            .clone()
            .any(|tally| tally.not_sure > most || tally.hands.not_sure > most || tally.open.is_some())
        {
            return Err("A vote has more answers than a room has people, or says who gave them.");
        }
        if !statements
            .clone()
            .all(|one| people(&one.counted.counts.unwrap_or_default()) && one.counted.answered <= most)
        {
            return Err("A survey has more answers than a room has people.");
        }
        let scores = self.capabilities.iter().filter_map(|surveyed| surveyed.score);
        if !scores.clone().all(|score| (0.0..=100.0).contains(&score))
            || !statements.filter_map(|one| one.mean).all(|mean| (0.0..=4.0).contains(&mean))
        {
            return Err("A score is a number from 0 to 100.");
        }
        if questions.len() < self.answers.len() {
            return Err("A question stands there twice.");
        }
        if numbers.len() < self.decided.len() || looked.len() < self.actions.len() {
            return Err("Two actions have the same number.");
        }
        if self.maturity != self.agreed().as_ref().map(Maturity::of) {
            return Err("The level, the percentile or the sum is not the one that follows from the answers.");
        }
        Ok(())
    }
}

/// Every text of the page, whatever its kind: nothing that rewrites the line it stands in, and nothing endless.
fn strings(value: &Value) -> Result<(), Unfit> {
    match value {
        Value::String(text) => {
            let strange = |c: char| (c.is_control() && !matches!(c, '\n' | '\t')) || rewrites_line(c);
            let shown = || text.chars().take(40).collect();
            if text.contains(strange) {
                Err(Unfit::Control(shown()))
            } else if text.chars().count() > LONGEST_TEXT {
                Err(Unfit::Long(shown()))
            } else {
                Ok(())
            }
        }
        Value::Array(list) if list.len() > MOST_ENTRIES => Err(Unfit::Many),
        Value::Array(list) => list.iter().try_for_each(strings),
        Value::Object(fields) if fields.len() > MOST_ENTRIES => Err(Unfit::Many),
        Value::Object(fields) => fields.values().try_for_each(strings),
        _ => Ok(()),
    }
}

fn action(action: &Action) -> Result<(), Unfit> {
    action.title.check()?;
    action.done_when.check()?;
    action.owner.check()?;
    action.why.check()?;
    action.tracker.as_ref().map_or(Ok(()), address)
}

fn address(link: &TrackerLink) -> Result<(), Unfit> {
    TrackerLink::parse(link.as_str())
        .map(drop)
        .map_err(|_| Unfit::Link(link.as_str().to_owned()))
}
