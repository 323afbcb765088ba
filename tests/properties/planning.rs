//! However people edit an agenda, it stays one: never empty, numbers of its own, in order, with the squad on one of its steps.

use crate::cases;
use crate::history::{happens, planning_history};
use checkpoint::domain::agenda::StepKind;
use checkpoint::domain::ids::StepId;
use checkpoint::domain::plan::{MOST_STEPS, STEP_MINUTES, Template, laid};
use checkpoint::domain::workshop::Workshop;
use proptest::prelude::*;
use std::collections::BTreeSet;

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn an_edited_agenda_is_an_agenda(history in planning_history()) {
        let mut story = history.begin();
        let mut ever: BTreeSet<StepId> = story.state.agenda.steps.iter().map(|s| s.id).collect();
        for act in &history.acts {
            let before: BTreeSet<StepId> = story.state.agenda.steps.iter().map(|s| s.id).collect();
            let entered: Vec<StepId> = before.iter().copied().filter(|id| story.state.agenda.was_entered(*id)).collect();
            happens(&mut story, act);
            let agenda = &story.state.agenda;
            let now: BTreeSet<StepId> = agenda.steps.iter().map(|s| s.id).collect();
            prop_assert!(!now.is_empty() && now.len() <= MOST_STEPS);
            prop_assert_eq!(now.len(), agenda.steps.len(), "two steps share a number");
            prop_assert!(now.contains(&agenda.current), "the squad is nowhere");
            prop_assert!(agenda.came_from.is_none_or(|id| now.contains(&id)));
            prop_assert!(agenda.steps.iter().all(|s| STEP_MINUTES.contains(&s.minutes)));
            prop_assert!(agenda.furthest < agenda.steps.len());
            prop_assert!(agenda.pause().is_none_or(|pause| now.contains(&pause.next)), "the next part begins with nothing");
            prop_assert!(entered.iter().all(|id| now.contains(id)), "a step that was entered is gone");
            for fresh in now.difference(&before) {
                prop_assert!(ever.insert(*fresh), "{fresh:?} is used again");
            }
            let votes: BTreeSet<StepId> = agenda.steps.iter().filter(|s| matches!(s.kind, StepKind::Vote(_))).map(|s| s.id).collect();
            prop_assert_eq!(votes, story.state.votes.keys().copied().collect::<BTreeSet<_>>());
            // Whatever stands there could be kept as a template: one break at most, votes first, every kind once.
            prop_assert!(laid(&Template::of(&agenda.steps, story.state.plan.minutes), StepId(1)).is_ok());
        }
        prop_assert_eq!(&Workshop::replay(&story.log), &story.state);
    }
}
