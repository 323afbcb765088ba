//! Two people who change one action at the same time.

use crate::Outcome;
use crate::story::{FAY, Story};
use crate::survey::begun;
use checkpoint::domain::actions::{Command as C, Draft};
use checkpoint::domain::command::Command;
use checkpoint::domain::ids::ActionId;
use checkpoint::domain::metric::{Code, Metric};
use checkpoint::domain::rejection::Rejection;

impl Story {
    /// Fay saves a form that was opened when the action was `seen`.
    fn edits_what_was(&mut self, action: ActionId, seen: &Draft, draft: Draft) -> Outcome {
        let seen = Some(Box::new(seen.clone()));
        self.does(FAY, Command::Actions(C::Edit { action, seen, draft }))
    }
}

#[test]
fn of_two_who_change_an_action_at_once_nobody_loses_anything() {
    let mut story = begun();
    let begun_on = Draft {
        title: "Split the build".to_owned(),
        ..Draft::default()
    };
    let id = story.drafts(FAY, begun_on).unwrap();
    let seen = Draft::of(story.state.actions.get(id).unwrap());
    let mine = |change: fn(&mut Draft)| {
        let mut draft = seen.clone();
        change(&mut draft);
        draft
    };
    let owner = mine(|draft| draft.owner = "Ana".to_owned());
    story.edits_what_was(id, &seen, owner.clone()).unwrap();
    // Another field of the same form: both stand.
    let due = mine(|draft| draft.due = "2023-12-01".to_owned());
    story.edits_what_was(id, &seen, due.clone()).unwrap();
    let both = Draft {
        due: due.due.clone(),
        ..owner.clone()
    };
    assert_eq!(Draft::of(story.state.actions.get(id).unwrap()), both);
    // The same field: the second is told, and nothing changes.
    let other = mine(|draft| draft.owner = "Ben".to_owned());
    assert_eq!(story.edits_what_was(id, &seen, other.clone()), Err(Rejection::ActionOvertaken));
    assert_eq!(Draft::of(story.state.actions.get(id).unwrap()), both);
    assert_eq!(
        story.edits_what_was(id, &seen, owner),
        Ok(vec![]),
        "who says the same is not refused"
    );
    // Saved again, what was typed stands, and what was not touched stays.
    let (again, clash) = other.onto(&seen, &both);
    assert!(clash);
    story.edits_what_was(id, &both, again).unwrap();
    let expected = Draft {
        owner: "Ben".to_owned(),
        ..both
    };
    assert_eq!(Draft::of(story.state.actions.get(id).unwrap()), expected);
    // An answer is changed together with its question.
    let seen = expected;
    let lead_time = Draft {
        expects: Some(Metric::LeadTime),
        ..seen.clone()
    };
    let rate = Draft {
        expects: Some(Metric::ChangeFailureRate),
        expects_answer: Some(Code::ALL[4]),
        ..seen.clone()
    };
    story.edits_what_was(id, &seen, lead_time).unwrap();
    assert_eq!(story.edits_what_was(id, &seen, rate), Err(Rejection::ActionOvertaken));
}
