//! What is left out of the page is gone from it and from nothing else, and comes back exactly.

use crate::cases;
use crate::history::{history, text};
use checkpoint::domain::command::Command;
use checkpoint::domain::context::Actor;
use checkpoint::domain::ids::{ActionId, NoteId, StepId, StickyId, WorkshopId};
use checkpoint::domain::page::Page;
use checkpoint::domain::page::choices::choices;
use checkpoint::domain::people::Role;
use checkpoint::domain::summary::{Command as C, Part as P, Section as S};
use proptest::prelude::*;

/// Title, foreword, and what is left out.
pub(crate) fn page_command() -> BoxedStrategy<C> {
    let words = (text(), text()).prop_map(|(title, foreword)| C::Edit { title, foreword });
    prop_oneof![1 => words, 2 => leaving_out()].boxed()
}

/// Parts that are often there: events, notes and stickies are numbered together.
fn leaving_out() -> BoxedStrategy<C> {
    let sections = vec![
        S::Scope,
        S::Dissent,
        S::Capabilities,
        S::Flow,
        S::Improvements,
        S::Actions,
        S::Since,
        S::Timeline,
    ];
    let part = || {
        prop_oneof![
            8 => prop::sample::select(vec![S::Flow, S::Timeline]).prop_map(P::Section),
            2 => prop::sample::select(sections.clone()).prop_map(P::Section),
            1 => (0u32..20).prop_map(|n| P::Reason(StepId(n))),
            1 => Just(P::FocusReason),
            1 => (0u32..60).prop_map(|n| P::CapabilityNote(NoteId(n))),
            2 => (0u32..60).prop_map(|n| P::Improvement(StickyId(n))),
            1 => (0u32..60).prop_map(|n| P::Action(ActionId(n))),
            1 => (0u32..4).prop_map(|n| P::Earlier(ActionId(n))),
            2 => (0u64..60).prop_map(P::Moment),
        ]
    };
    prop_oneof![
        4 => part().prop_map(C::LeaveOut),
        2 => part().prop_map(C::PutBack),
        1 => any::<bool>().prop_map(C::OnlyNumbers),
    ]
    .boxed()
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn every_part_goes_and_comes_back_as_it_was(history in history()) {
        let mut story = history.play(|_, _, _| {});
        // Whoever leads, if anybody does; a cancelled checkpoint takes no commands.
        let lead = story.state.people.all().find(|(_, person)| person.role == Role::Facilitator).map(|(id, _)| id);
        prop_assume!(lead.is_some() && !story.state.plan.cancelled);
        let lead = Actor::Participant(lead.unwrap());
        let page = |story: &crate::story::Story| Page::of(WorkshopId::new(uuid::Uuid::nil()), &story.state);
        for part in story.state.summary.left_out.clone() {
            story.tries(lead, &Command::Summary(C::PutBack(part))).unwrap();
        }
        prop_assert!(page(&story).left_out.is_empty());
        let parts = choices(&story.state).into_iter().flat_map(|group| group.whole.into_iter().chain(group.items.into_iter().map(|item| item.part)));
        for part in parts.collect::<Vec<_>>() {
            let before = page(&story);
            prop_assert!(!story.tries(lead, &Command::Summary(C::LeaveOut(part))).unwrap().is_empty(), "{:?} is on the list", part);
            let without = page(&story);
            prop_assert_eq!(without.left_out.len(), 1, "{:?}", part);
            story.tries(lead, &Command::Summary(C::PutBack(part))).unwrap();
            let after = page(&story);
            // That something has changed since the last revision is all that is left of it.
            prop_assert_eq!(Page { revision: 0, published_at: None, ..after }, Page { revision: 0, published_at: None, ..before }, "{:?}", part);
        }
    }
}
