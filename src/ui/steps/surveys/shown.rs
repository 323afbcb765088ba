//! Which survey is on this screen: the one at hand, unless the person has picked another one since.

use crate::domain::facts::CapabilityKey;
use crate::domain::survey::Survey;
use crate::domain::workshop::Workshop;
use crate::ui::live::Live;
use leptos::prelude::*;

/// Where a survey stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// Nobody has opened it.
    Waiting,
    /// This round takes answers.
    Open(u32),
    /// This many rounds are closed.
    Closed(usize),
}

/// Where the survey of a capability stands.
pub(super) fn phase_of(w: &Workshop, key: &CapabilityKey) -> Phase {
    w.surveys.get(key).map_or(Phase::Waiting, phase)
}

fn phase(survey: &Survey) -> Phase {
    match survey.open_round() {
        Some((round, _)) => Phase::Open(round),
        None if survey.rounds.is_empty() => Phase::Waiting,
        None => Phase::Closed(survey.rounds.len()),
    }
}

/// The survey at hand: the last one that was opened and is open, else the last closed one, else the first.
///
/// It does not depend on what a person has answered: who has just given the last answer may want to read through them.
pub(super) fn at_hand(w: &Workshop) -> Option<CapabilityKey> {
    let list = &w.surveys.list;
    let newest = |wanted: fn(Phase) -> bool| list.iter().rev().find(|survey| wanted(phase(survey)));
    let open = newest(|phase| matches!(phase, Phase::Open(_)));
    let closed = || newest(|phase| matches!(phase, Phase::Closed(_)));
    let found = open.or_else(closed).or_else(|| list.first());
    found.map(|survey| survey.capability.key.clone())
}

/// What this person has picked, above the page and the bar.
#[derive(Clone, Copy)]
pub(super) struct Shown {
    /// The pick, and the survey that was at hand then: when the squad goes on, so does this screen.
    picked: RwSignal<Option<(CapabilityKey, CapabilityKey)>>,
    at_hand: Memo<Option<CapabilityKey>>,
}

/// Keeps what this person picks; called once where [`Live`] is provided.
pub fn provide_shown() {
    let live = Live::from_context();
    let at_hand = live.select(at_hand);
    provide_context(Shown {
        picked: RwSignal::new(None),
        at_hand,
    });
}

impl Shown {
    pub(super) fn from_context() -> Self {
        expect_context()
    }

    /// The survey on this screen.
    pub(super) fn key(self, live: Live) -> Option<CapabilityKey> {
        let at_hand = self.at_hand.get();
        let there = |key: &CapabilityKey| live.with(|w| w.surveys.get(key).is_some());
        let picked = self.picked.get().filter(|(_, then)| at_hand.as_ref() == Some(then));
        picked.map(|(key, _)| key).filter(there).or(at_hand)
    }

    /// Shows another one on this screen alone.
    pub(super) fn pick(self, live: Live, key: CapabilityKey) {
        if let Some(at_hand) = self.at_hand.get_untracked() {
            let there = live.with_untracked(|w| w.surveys.get(&key).is_some());
            self.picked.set(there.then_some((key, at_hand)));
        }
    }
}
