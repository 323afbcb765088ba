//! The dot vote: every person puts a few dots on the improvements that are worth most.
//!
//! Where somebody's dots are is known to that person and to the server alone, before the reveal and after it; what all see is how
//! many are placed, and after the reveal how many are on each improvement.

mod decide;

use super::ids::ParticipantId;
use super::improve::Item;
use crate::domain::sorted::{SortedMap, sort_by, sort_by_key};
use serde::{Deserialize, Serialize};

/// The most dots of one person.
pub const MOST_DOTS: u32 = 10;

/// The most rounds.
pub const MOST_ROUNDS: usize = 20;

/// How many dots there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// For each person.
    pub dots: u32,
    /// At most so many of them on one item.
    pub on_one: u32,
}

impl Terms {
    /// What is suggested for so many items: a third of them, between 3 and 5, and at most two on one.
    #[must_use]
    pub fn suggested(items: usize) -> Self {
        let third = u32::try_from(items.div_ceil(3)).unwrap_or(u32::MAX);
        Self {
            dots: third.clamp(3, 5),
            on_one: 2,
        }
    }

    fn are_sound(self) -> bool {
        (1..=MOST_DOTS).contains(&self.dots) && (1..=self.dots).contains(&self.on_one)
    }

    /// What these terms leave of somebody's dots: the first placed stay.
    fn keep(self, dots: &[Item]) -> Vec<Item> {
        let mut kept: Vec<Item> = vec![];
        for item in dots {
            if kept.len() < self.dots as usize && count(&kept, *item) < self.on_one {
                kept.push(*item);
            }
        }
        kept
    }
}

/// How many of these dots are on an item.
#[must_use]
pub fn count(dots: &[Item], on: Item) -> u32 {
    u32::try_from(dots.iter().filter(|item| **item == on).count()).unwrap_or(u32::MAX)
}

/// What one person has placed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed {
    /// How many, as all may know. What came back since does not change it: that would tell where the dot was.
    pub used: u32,
    /// On what, in the order they were placed; where this copy may know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dots: Option<Vec<Item>>,
    /// How many came back by themselves since the person last placed some.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub back: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
fn is_zero(n: &u32) -> bool {
    *n == 0
}

/// An item and what it got.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// The item.
    pub item: Item,
    /// Its dots.
    pub dots: u32,
}

/// One round.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// How many dots there are.
    pub terms: Terms,
    /// What can be given dots.
    pub items: Vec<Item>,
    /// It only parts what the rounds before it left even.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub run_off: bool,
    /// Who has placed how many, and on what, where this copy may know.
    #[serde(default, skip_serializing_if = "SortedMap::is_empty")]
    pub placed: SortedMap<ParticipantId, Placed>,
    /// What each item got, most first; once revealed. Empty when the round was taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts: Option<Vec<Counted>>,
}

/// All rounds; only the last can be open.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Dots(pub Vec<Round>);

/// What people ask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    /// Open a round.
    Open {
        /// How many dots there are.
        terms: Terms,
        /// Among these only, for a run-off; all when empty.
        among: Vec<Item>,
    },
    /// Change how many dots there are.
    Adjust(Terms),
    /// Place one's dots: these, and no others.
    Place {
        /// The round, counted from 1.
        round: u32,
        /// An item for each dot.
        dots: Vec<Item>,
    },
    /// Show to all what each item got.
    Reveal {
        /// The round, counted from 1.
        round: u32,
    },
    /// Take the open round back; nobody learns anything.
    Discard {
        /// The round, counted from 1.
        round: u32,
    },
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// A round was opened.
    Opened {
        /// How many dots there are.
        terms: Terms,
        /// What can be given dots.
        items: Vec<Item>,
        /// It only parts what the rounds before it left even.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        run_off: bool,
    },
    /// There are more dots, or fewer.
    Adjusted(Terms),
    /// Somebody placed dots.
    Placed {
        /// The round, counted from 1.
        round: u32,
        /// Who.
        by: ParticipantId,
        /// How many.
        used: u32,
        /// On what; absent where the reader may not know.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        dots: Option<Vec<Item>>,
    },
    /// What each item got was shown to all.
    Revealed {
        /// The round, counted from 1.
        round: u32,
        /// The items, most dots first.
        counts: Vec<Counted>,
    },
    /// The open round was taken back.
    Discarded {
        /// The round, counted from 1.
        round: u32,
    },
}

impl Event {
    /// The one person who may know the secret in it, where it holds one.
    #[must_use]
    pub fn secret_of(&self) -> Option<ParticipantId> {
        match self {
            Self::Placed { by, dots: Some(_), .. } => Some(*by),
            _ => None,
        }
    }

    /// The same event without its secret: how many, not on what.
    #[must_use]
    pub fn without_places(&self) -> Self {
        let mut event = self.clone();
        if let Self::Placed { dots, .. } = &mut event {
            *dots = None;
        }
        event
    }
}

impl Round {
    /// How many dots a person can place: no more than there is room for.
    #[must_use]
    pub fn most(&self) -> u32 {
        let room = u32::try_from(self.items.len())
            .unwrap_or(u32::MAX)
            .saturating_mul(self.terms.on_one);
        self.terms.dots.min(room)
    }

    /// Whether somebody has placed all dots, as all may know.
    #[must_use]
    pub fn is_done(&self, person: ParticipantId) -> bool {
        self.placed.get(&person).is_some_and(|placed| placed.used >= self.most())
    }

    /// How many a person has left, as all may know.
    #[must_use]
    pub fn left(&self, person: ParticipantId) -> u32 {
        self.most().saturating_sub(self.placed.get(&person).map_or(0, |placed| placed.used))
    }

    /// One's own dots, where this copy may know.
    #[must_use]
    pub fn dots_of(&self, person: ParticipantId) -> &[Item] {
        self.placed
            .get(&person)
            .and_then(|placed| placed.dots.as_deref())
            .unwrap_or_default()
    }

    /// What each item got, most first; those with as many in the order of the list.
    fn count(&self) -> Vec<Counted> {
        let mut counts: Vec<Counted> = self.items.iter().map(|item| Counted { item: *item, dots: 0 }).collect();
        for dot in self.placed.values().filter_map(|placed| placed.dots.as_ref()).flatten() {
            if let Some(counted) = counts.iter_mut().find(|counted| counted.item == *dot) {
                counted.dots += 1;
            }
        }
        sort_by_key(&mut counts, |counted| std::cmp::Reverse(counted.dots));
        counts
    }

    /// Takes back what may not be there any more, from every person's dots.
    fn trim(&mut self, keep: impl Fn(&[Item]) -> Vec<Item>) {
        for placed in self.placed.values_mut() {
            if let Some(dots) = &mut placed.dots {
                let kept = keep(dots);
                placed.back += u32::try_from(dots.len() - kept.len()).unwrap_or_default();
                *dots = kept;
            }
        }
    }

    fn forget(&mut self) {
        for placed in self.placed.values_mut() {
            (placed.dots, placed.back) = (None, 0);
        }
    }
}

/// An item's place after all rounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ranked {
    /// The item.
    pub item: Item,
    /// Counted from 1; those that no round could part share one.
    pub rank: usize,
    /// What it got in each revealed round; `None` where it was not among the items.
    pub dots: Vec<Option<u32>>,
}

impl Dots {
    /// Whether no round was ever opened.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The open round and its number, counted from 1.
    #[must_use]
    pub fn open(&self) -> Option<(u32, &Round)> {
        let number = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        self.0.last().filter(|round| round.counts.is_none()).map(|round| (number, round))
    }

    fn open_mut(&mut self) -> Option<&mut Round> {
        self.0.last_mut().filter(|round| round.counts.is_none())
    }

    /// The item that got most dots in a revealed round, counted from 1; `None` where several did.
    #[must_use]
    pub fn first_of(&self, round: u32) -> Option<Item> {
        let counts = self.0.get((round as usize).checked_sub(1)?)?.counts.as_deref()?;
        match counts {
            [first, second, ..] if first.dots == second.dots => None,
            [first, ..] => Some(first.item),
            [] => None,
        }
    }

    /// What was revealed, first round first.
    pub fn revealed(&self) -> impl Iterator<Item = &[Counted]> {
        self.decided().map(|(_, counts)| counts)
    }

    /// The rounds that were revealed, with what each item got.
    fn decided(&self) -> impl Iterator<Item = (&Round, &[Counted])> {
        let counts = self.0.iter().filter_map(|round| Some((round, round.counts.as_deref()?)));
        counts.filter(|(_, counts)| !counts.is_empty())
    }

    /// The items of the last revealed round for all, most dots first; where two have as many, a run-off decides.
    #[must_use]
    pub fn ranking(&self) -> Vec<Ranked> {
        let all: Vec<(&Round, &[Counted])> = self.decided().collect();
        // A later round among all items starts afresh; a run-off only parts those that are in it.
        let first = all.iter().rposition(|(round, _)| !round.run_off).unwrap_or_default();
        let rounds: Vec<&[Counted]> = all.iter().skip(first).map(|(_, counts)| *counts).collect();
        let got = |item: Item, counts: &[Counted]| counts.iter().find(|c| c.item == item).map(|c| c.dots);
        let mut ranked: Vec<Ranked> = rounds
            .first()
            .into_iter()
            .flat_map(|counts| counts.iter())
            .map(|counted| Ranked {
                item: counted.item,
                rank: 0,
                dots: rounds.iter().map(|counts| got(counted.item, counts)).collect(),
            })
            .collect();
        sort_by(&mut ranked, |a, b| b.dots.cmp(&a.dots));
        let mut before: Option<(usize, Vec<Option<u32>>)> = None;
        for (place, item) in (1..).zip(&mut ranked) {
            item.rank = match &before {
                Some((rank, dots)) if *dots == item.dots => *rank,
                _ => place,
            };
            before = Some((item.rank, item.dots.clone()));
        }
        ranked
    }

    /// The items that share a place with another one, best place first; those without a dot are not worth parting.
    #[must_use]
    pub fn ties(&self) -> Vec<Vec<Item>> {
        let mut ties: SortedMap<usize, Vec<Item>> = SortedMap::new();
        for ranked in self.ranking() {
            if ranked.dots.first().copied().flatten().unwrap_or_default() > 0 {
                ties.entry(ranked.rank).or_default().push(ranked.item);
            }
        }
        ties.into_values().filter(|items| items.len() > 1).collect()
    }

    /// The state as this person may see it, or as everybody may.
    pub(super) fn hide_from_all_but(&mut self, viewer: Option<ParticipantId>) {
        for (person, placed) in self.0.iter_mut().flat_map(|round| round.placed.iter_mut()) {
            if Some(*person) != viewer {
                (placed.dots, placed.back) = (None, 0);
            }
        }
    }

    /// Somebody lost the seat: the dots of the open round go along.
    pub(super) fn drop_person(&mut self, person: ParticipantId) {
        if let Some(round) = self.open_mut() {
            round.placed.remove(&person);
        }
    }

    /// Items have gone: the dots on them come back.
    pub(super) fn keep_only(&mut self, there: impl Fn(Item) -> bool) {
        if let Some(round) = self.open_mut() {
            round.items.retain(|item| there(*item));
            round.trim(|dots| dots.iter().copied().filter(|item| there(*item)).collect());
        }
    }

    /// The page is published: what nobody has revealed by now, nobody will.
    pub(super) fn forget(&mut self) {
        self.0.iter_mut().for_each(Round::forget);
    }

    /// Takes in what happened.
    pub(super) fn apply(&mut self, event: &Event) {
        match event {
            Event::Opened { terms, items, run_off } => self.0.push(Round {
                terms: *terms,
                items: items.clone(),
                run_off: *run_off,
                ..Round::default()
            }),
            Event::Adjusted(terms) => {
                if let Some(round) = self.open_mut() {
                    round.terms = *terms;
                    for placed in round.placed.values_mut() {
                        placed.used = placed.used.min(terms.dots);
                    }
                    round.trim(|dots| terms.keep(dots));
                }
            }
            Event::Placed { by, used, dots, .. } => {
                if let Some(round) = self.open_mut() {
                    let placed = Placed {
                        used: *used,
                        dots: dots.clone(),
                        back: 0,
                    };
                    round.placed.insert(*by, placed);
                }
            }
            Event::Revealed { counts, .. } => {
                if let Some(round) = self.open_mut() {
                    round.forget();
                    round.counts = Some(counts.clone());
                }
            }
            Event::Discarded { .. } => {
                if let Some(round) = self.open_mut() {
                    round.forget();
                    round.counts = Some(vec![]);
                }
            }
        }
    }
}

/// The items in an order of this person's own, so that no place on the list is better for all; the same each time one looks.
#[must_use]
pub fn order_for(items: &[Item], person: ParticipantId, round: u32) -> Vec<Item> {
    let mut items = items.to_vec();
    sort_by_key(&mut items, |item| {
        let (kind, id) = match item {
            Item::Sticky(id) => (0, id.0),
            Item::Group(id) => (1, id.0),
        };
        [u64::from(person.0), u64::from(round), kind, u64::from(id)]
            .into_iter()
            .fold(0, |mixed: u64, next| scattered(mixed ^ next))
    });
    items
}

/// A number that says nothing about the one it comes from (the finalizer of `SplitMix64`).
fn scattered(n: u64) -> u64 {
    let n = n.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let n = (n ^ (n >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let n = (n ^ (n >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    n ^ (n >> 31)
}

#[cfg(test)]
mod tests;
