//! However a room proposes, splits, merges and moves actions at once, the list holds each of them exactly once.

use crate::cases;
use crate::story::{ANA, BEN, FAY, OLA, Story, created};
use checkpoint::domain::actions::{Command as C, Draft, Entry, MOST_ACTIONS};
use checkpoint::domain::command::Command;
use checkpoint::domain::context::Actor;
use checkpoint::domain::ids::{ActionId, ParticipantId};
use checkpoint::domain::metric::{Code, Metric};
use checkpoint::domain::vote::Options;
use checkpoint::domain::workshop::Workshop;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn draft() -> impl Strategy<Value = Draft> {
    let title = prop::sample::select(vec!["Split", "Test first", "=1+1", "- [x](y)", "", "🚀"]);
    let owner = prop::sample::select(vec!["", "Ana", "ana ", "Ben"]);
    let due = prop::sample::select(vec!["", "2024-02-29", "2023-11-14", "1999-01-01", "9999-12-31", "never"]);
    let tracker = prop::sample::select(vec!["", "https://tracker.example/1", "javascript:alert(1)"]);
    let done = prop::sample::select(vec!["", "One queue", "No tickets."]);
    let expects = prop::option::of(prop::sample::select(Metric::ALL.to_vec()));
    let answer = prop::option::of(prop::sample::select(Code::ALL.to_vec()));
    (title, owner, due, tracker, done, (expects, answer, any::<bool>())).prop_map(
        |(title, owner, due, tracker, done_when, (expects, expects_answer, outside))| Draft {
            title: title.to_owned(),
            done_when: done_when.to_owned(),
            owner: owner.to_owned(),
            due: due.to_owned(),
            expects,
            expects_answer,
            tracker: tracker.to_owned(),
            outside,
            ..Draft::default()
        },
    )
}

/// Small numbers are places in the list as it is (see `aim`); a large one names nothing.
pub(crate) fn action_command() -> BoxedStrategy<C> {
    let action = || prop_oneof![20 => 0u32..6, 1 => Just(u32::MAX)].prop_map(ActionId);
    prop_oneof![
        6 => draft().prop_map(C::Propose),
        4 => action().prop_map(C::Accept),
        3 => (action(), prop::option::of(draft()), draft()).prop_map(|(action, seen, draft)| C::Edit { action, seen: seen.map(Box::new), draft }),
        5 => (action(), prop::option::of(action())).prop_map(|(action, after)| C::Move { action, after }),
        3 => (action(), draft()).prop_map(|(action, draft)| C::Split { action, title: draft.title }),
        3 => (action(), action()).prop_map(|(action, into)| C::Merge { action, into }),
        2 => action().prop_map(C::Remove),
    ]
    .boxed()
}

/// Somebody proposes this.
pub(crate) fn proposal(title: &str) -> Command {
    Command::Actions(C::Propose(Draft {
        title: title.to_owned(),
        ..Draft::default()
    }))
}

/// The command with the numbers of actions that are there.
pub(crate) fn aim(command: &mut C, story: &Story) {
    let list = &story.state.actions.0;
    let aim = |id: &mut ActionId| {
        if let Some(entry) = list.get(id.0 as usize % list.len().max(1)).filter(|_| id.0 < 6) {
            *id = entry.id;
        }
    };
    match command {
        C::Propose(_) => {}
        C::Accept(action) | C::Remove(action) | C::Edit { action, .. } | C::Split { action, .. } => aim(action),
        C::Move { action, after } => {
            aim(action);
            after.iter_mut().for_each(aim);
        }
        C::Merge { action, into } => {
            aim(action);
            aim(into);
        }
    }
}

fn somebody() -> impl Strategy<Value = ParticipantId> {
    prop_oneof![5 => Just(FAY), 2 => Just(ANA), 2 => Just(BEN), 1 => Just(OLA)]
}

/// The numbers in order, those of accepted actions alone, and how many titles and owners there are.
fn ids(story: &Story) -> (Vec<ActionId>, BTreeSet<ActionId>) {
    let actions = &story.state.actions;
    let id = |entry: &Entry| entry.id;
    (actions.0.iter().map(id).collect(), actions.accepted().map(id).collect())
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn no_action_is_lost_or_there_twice(acts in prop::collection::vec((somebody(), action_command()), 1..120)) {
        let mut story = Story::new(created(Options::default(), false, None));
        let mut ever = BTreeSet::new();
        for (who, mut command) in acts {
            aim(&mut command, &story);
            let (before, accepted_before) = ids(&story);
            let old = story.state.actions.clone();
            let outcome = story.tries(Actor::Participant(who), &Command::Actions(command.clone()));
            let (after, accepted) = ids(&story);
            let changed = outcome.is_ok_and(|events| !events.is_empty());
            let set = |list: &[ActionId]| list.iter().copied().collect::<BTreeSet<_>>();
            prop_assert_eq!(set(&after).len(), after.len(), "an action is there twice");
            prop_assert!(after.len() <= MOST_ACTIONS);
            let new: Vec<ActionId> = set(&after).difference(&set(&before)).copied().collect();
            let gone: Vec<ActionId> = set(&before).difference(&set(&after)).copied().collect();
            for fresh in &new {
                prop_assert!(ever.insert(*fresh), "{:?} is used again", fresh);
            }
            let one = usize::from(changed);
            match command {
                C::Propose(_) | C::Split { .. } => prop_assert_eq!((new.len(), gone.len()), (one, 0)),
                C::Remove(action) => prop_assert_eq!((new, gone), (vec![], vec![action; one])),
                C::Merge { action, into } => {
                    prop_assert_eq!((new, gone), (vec![], vec![action; one]));
                    if changed {
                        let was = accepted_before.contains(&action) || accepted_before.contains(&into);
                        prop_assert_eq!(accepted.contains(&into), was, "what the squad accepted is lost");
                        let (stays, went) = (old.get(into).unwrap(), old.get(action).unwrap());
                        let now = &story.state.actions.get(into).unwrap().action;
                        prop_assert_eq!(now.owner.is_empty(), stays.action.owner.is_empty() && went.action.owner.is_empty());
                        prop_assert_eq!(now.due.is_none(), stays.action.due.is_none() && went.action.due.is_none());
                        prop_assert!(now.done_when.as_str().contains(went.action.done_when.as_str().trim_end_matches('.')));
                    }
                }
                C::Accept(_) | C::Edit { .. } | C::Move { .. } => prop_assert_eq!((new, gone), (vec![], vec![])),
            }
            if let C::Move { action, after: behind } = command && changed {
                let place = |id: ActionId| after.iter().position(|other| *other == id).unwrap();
                prop_assert_eq!(behind.map_or(0, |behind| place(behind) + 1), place(action));
                let others = |list: &[ActionId]| list.iter().copied().filter(|id| *id != action).collect::<Vec<_>>();
                prop_assert_eq!(others(&before), others(&after), "others have moved");
            }
            for entry in &story.state.actions.0 {
                prop_assert!(entry.action.expects.is_some() || entry.action.expects_answer.is_none());
                prop_assert!(entry.action.tracker.as_ref().is_none_or(|link| link.as_str().starts_with("https://")));
            }
        }
        prop_assert_eq!(&Workshop::replay(&story.log), &story.state);
    }
}
