//! The improvements on the page: what would help, where, and how many dots it got; never who wrote it.

use crate::domain::dots::Ranked;
use crate::domain::facts::CapabilityKey;
use crate::domain::ids::ElementId;
use crate::domain::improve::{Improvements, Item, Kind, Note};
use crate::domain::summary::{Part, Section};
use crate::domain::workshop::Workshop;
use serde::{Deserialize, Serialize};

/// An improvement, or several that say the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Improvement {
    /// What it is called.
    pub title: String,
    /// What it is about: a failed deployment where nobody wrote what would help.
    pub kind: Kind,
    /// Where it is: "On Review".
    pub place: String,
    /// The step or connector of the flow that it is on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<ElementId>,
    /// What each of its stickies says, where there are several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stickies: Vec<String>,
    /// What it would save: "30 min would be 10 min".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub savings: Vec<String>,
    /// The capability it serves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serves: Option<CapabilityKey>,
    /// Whether it needs help from outside the squad.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub outside: bool,
    /// Its place among all, counted from 1, once dots were placed; those with as many share it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<usize>,
    /// Its dots in each round; `None` where it was not among the items of a round.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dots: Vec<Option<u32>>,
}

impl Improvement {
    /// All that are printed.
    pub(super) fn all(workshop: &Workshop) -> Vec<Self> {
        let ranking = workshop.dots.ranking();
        let order = Self::order(workshop, &ranking).into_iter();
        let printed = order.filter(|(item, _)| Self::is_printed(workshop, *item));
        printed.filter_map(|(item, ranked)| Self::of(workshop, item, ranked)).collect()
    }

    /// Everything that is shown to all: what has most dots first, then what nobody voted on.
    pub(super) fn order<'a>(workshop: &Workshop, ranking: &'a [Ranked]) -> Vec<(Item, Option<&'a Ranked>)> {
        let board = &workshop.improvements;
        let voted = |item: &Item| ranking.iter().any(|ranked| ranked.item == *item);
        let ranked = ranking.iter().map(|ranked| (ranked.item, Some(ranked)));
        let rest = board.items().into_iter().filter(|item| !voted(item)).map(|item| (item, None));
        let hidden = |id| board.stickies.get(&id).is_some_and(|sticky| sticky.hidden);
        let mut all: Vec<_> = ranked.chain(rest).collect();
        all.retain(|(item, _)| !board.stickies_of(*item).into_iter().any(hidden));
        all
    }

    /// Whether nothing of it is left out. What is gone may have been made of anything that is.
    pub(super) fn is_printed(workshop: &Workshop, item: Item) -> bool {
        let summary = &workshop.summary;
        let stickies = workshop.improvements.stickies_of(item);
        let any_out = || summary.left_out.iter().any(|part| matches!(part, Part::Improvement(_)));
        let out = if stickies.is_empty() {
            any_out()
        } else {
            stickies.into_iter().any(|id| !summary.prints(Part::Improvement(id)))
        };
        summary.prints(Part::Section(Section::Improvements)) && !out
    }

    /// Nothing of one that is gone; nothing about the flow where that is left out.
    fn of(workshop: &Workshop, item: Item, ranked: Option<&Ranked>) -> Option<Self> {
        let board = &workshop.improvements;
        let flow = Some(&workshop.flow).filter(|_| workshop.summary.prints(Part::Section(Section::Flow)));
        let notes: Vec<&Note> = board.notes_of(item).collect();
        let first = notes.first()?;
        let helps = notes.iter().any(|note| note.kind == Kind::Improvement);
        Some(Self {
            title: board.title(item),
            kind: if helps { Kind::Improvement } else { Kind::FailedDeployment },
            place: flow.map_or_else(String::new, |flow| Improvements::place(first, flow)),
            on: first.on.filter(|on| flow.is_some_and(|flow| flow.called(*on).is_some())),
            stickies: notes.iter().filter(|_| notes.len() > 1).map(|note| note.text.to_string()).collect(),
            savings: notes.iter().filter_map(|note| Improvements::saving(note, flow?)).collect(),
            serves: notes.iter().find_map(|note| note.serves.clone()),
            outside: notes.iter().any(|note| note.outside),
            rank: ranked.map(|ranked| ranked.rank),
            dots: ranked.map(|ranked| ranked.dots.clone()).unwrap_or_default(),
        })
    }

    /// Its dots in the first round, in words; nothing where there was none.
    #[must_use]
    pub fn dots_in_words(&self) -> String {
        let dots = |n: u32| if n == 1 { "1 dot".to_owned() } else { format!("{n} dots") };
        let first = self.dots.first().copied().flatten().map(dots).unwrap_or_default();
        let later = self.dots.iter().skip(1).flatten().map(|n| format!(", {} in the run-off", dots(*n)));
        std::iter::once(first).chain(later).collect()
    }

    /// Where it is, what it would save, what it needs: one line.
    #[must_use]
    pub fn about(&self) -> String {
        let outside = self.outside.then(|| "needs help from outside".to_owned());
        let place = Some(self.place.clone()).filter(|place| !place.is_empty());
        let parts = place.into_iter().chain(self.savings.clone()).chain(outside);
        parts.collect::<Vec<_>>().join("; ")
    }
}
