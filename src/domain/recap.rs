//! The recap: what was decided so far, for the squad after a break and for whoever was not there.
//!
//! A function of the state and nothing else. It reads what everybody may see, so it holds no secret whoever asks. A step that
//! decides something adds a section here.

use super::actions;
use super::dots;
use super::facts;
use super::focus;
use super::page::Maturity;
use super::scene;
use super::survey::points;
use super::timeline::Moment;
use super::workshop::Workshop;
use serde::{Deserialize, Serialize};

/// What was decided so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recap {
    /// The sections that have something to say.
    pub sections: Vec<Section>,
}

/// One part of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// What it is about.
    pub title: String,
    /// Its lines.
    pub lines: Vec<Line>,
}

/// One thing that was decided or said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What it is about; may be empty.
    pub about: String,
    /// What was decided.
    pub said: String,
    /// Why, or empty.
    pub why: String,
}

impl Line {
    fn new(about: impl Into<String>, said: impl Into<String>, why: impl Into<String>) -> Self {
        Self {
            about: about.into(),
            said: said.into(),
            why: why.into(),
        }
    }
}

impl Recap {
    /// What was decided so far.
    #[must_use]
    pub fn of(workshop: &Workshop) -> Self {
        let all = [
            ("Agreed", agreed(workshop)),
            ("Maturity", level(workshop)),
            ("Capabilities", capabilities(workshop)),
            ("Improvements", improvements(workshop)),
            ("Actions", decided(workshop)),
            ("Still open", open(workshop)),
            ("Since last time", settled(workshop)),
            ("What we talk about", scope(workshop)),
            ("Notes", notes(workshop)),
        ];
        let some = all.into_iter().filter(|(_, lines)| !lines.is_empty());
        let section = |(title, lines): (&str, _)| Section {
            title: title.to_owned(),
            lines,
        };
        Self {
            sections: some.map(section).collect(),
        }
    }

    /// Whether nothing was decided yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sections.is_empty()
    }
}

/// The agreed answers in the order of the agenda.
fn agreed(w: &Workshop) -> Vec<Line> {
    let votes = w.agenda.steps.iter().filter_map(|step| w.votes.get(&step.id));
    votes
        .filter_map(|vote| {
            let agreed = vote.agreed.as_ref()?;
            let label = facts::question(vote.metric).label(agreed.answer);
            Some(Line::new(vote.metric.name(), label, agreed.why.as_str()))
        })
        .collect()
}

/// The level, once all four answers are there.
fn level(w: &Workshop) -> Vec<Line> {
    let maturity = w.answers().as_ref().map(Maturity::of);
    maturity.map(|m| Line::new("", m.level.name(), m.sentence())).into_iter().collect()
}

/// The focus, then what the surveys said, lowest first.
fn capabilities(w: &Workshop) -> Vec<Line> {
    let chosen = w.focus.chosen.as_ref();
    let focus = chosen.map(|c| Line::new("Focus", w.capability_title(&c.capability), c.why.as_str()));
    let surveyed = focus::ranking(w).into_iter().map(|ranked| {
        let said = ranked.score.map_or_else(
            || "too few answers to show a figure".to_owned(),
            |score| format!("{} of 100", points(score)),
        );
        Line::new(w.capability_title(&ranked.capability), said, "")
    });
    focus.into_iter().chain(surveyed).collect()
}

/// What got dots, most first; before a vote, what was written.
fn improvements(w: &Workshop) -> Vec<Line> {
    let ranking = w.dots.ranking();
    if ranking.is_empty() {
        let written = w.improvements.votable().into_iter();
        return written.map(|item| Line::new("", w.improvements.title(item), "")).collect();
    }
    let line = |ranked: &dots::Ranked| {
        let got = ranked.dots.first().copied().flatten().filter(|got| *got > 0)?;
        let dots = if got == 1 { "1 dot".to_owned() } else { format!("{got} dots") };
        Some(Line::new(dots, w.improvements.title(ranked.item), "")).filter(|line| !line.said.is_empty())
    };
    ranking.iter().filter_map(line).collect()
}

/// What the squad does about it.
fn decided(w: &Workshop) -> Vec<Line> {
    let line = |entry: &actions::Entry| Line::new(entry.action.title.as_str(), entry.action.who_and_when(), "");
    w.actions.accepted().map(line).collect()
}

/// Votes the squad has left without an agreed answer; the one it is at is still going on.
fn open(w: &Workshop) -> Vec<Line> {
    let reached = w.agenda.steps.iter().take(w.agenda.furthest + 1);
    let reached = reached.filter(|step| step.id != w.agenda.current || w.agenda.pause().is_some());
    let votes = reached.filter_map(|step| w.votes.get(&step.id));
    votes
        .filter(|vote| vote.agreed.is_none())
        .map(|vote| {
            let said = if vote.last_tally().is_some() {
                "voted, no answer agreed"
            } else {
                "not voted to the end"
            };
            Line::new(vote.metric.name(), said, "")
        })
        .collect()
}

/// The actions that were settled.
fn settled(w: &Workshop) -> Vec<Line> {
    let items = w.since.0.values().filter(|item| item.settled);
    items
        .map(|item| Line::new(item.action.title.as_str(), item.action.status.label(), item.action.why.as_str()))
        .collect()
}

/// The lines of the scope.
fn scope(w: &Workshop) -> Vec<Line> {
    let lines = scene::Line::ALL.into_iter().filter(|line| !w.scope.get(*line).is_empty());
    lines.map(|line| Line::new(line.label(), w.scope.get(line).as_str(), "")).collect()
}

/// The notes, oldest first.
fn notes(w: &Workshop) -> Vec<Line> {
    let notes = w.timeline.0.iter().filter_map(|entry| match &entry.moment {
        Moment::Note { text, .. } => Some(Line::new("", text.as_str(), "")),
        _ => None,
    });
    notes.collect()
}
