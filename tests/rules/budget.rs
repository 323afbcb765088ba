//! The budget of the whole session: what it proposes, and what it never does.

use crate::story::{Story, created};
use crate::{FREQUENCY, LEAD_TIME, SCENE};
use checkpoint::domain::agenda::{Command as C, Step, StepKind};
use checkpoint::domain::budget::{Budget, Idea};
use checkpoint::domain::ids::StepId;
use checkpoint::domain::rejection::Rejection;
use checkpoint::domain::vote::Options;
use checkpoint::domain::workshop::Created;
use proptest::prelude::*;

const MINUTE: i64 = 60_000;
const FOCUS: StepId = StepId(10);
const SUMMARY: StepId = StepId(15);

fn budget(story: &Story) -> Budget {
    Budget::of(&story.state, story.cx.now)
}

fn sentence(story: &Story) -> Option<String> {
    budget(story).sentence(&story.state.agenda)
}

/// The default agenda without the delivery flow, what follows from it, and feedback: eleven steps.
fn prepared() -> Created {
    let mut created = created(Options::default(), false, None);
    let left_out = [
        StepKind::Flow,
        StepKind::Improvements,
        StepKind::Dots,
        StepKind::Actions,
        StepKind::Feedback,
    ];
    created.steps.retain(|step| !left_out.contains(&step.kind));
    created
}

/// A checkpoint of so many minutes; its steps are given 70, without the one that is passed over.
fn session(minutes: u32) -> Story {
    let mut created = prepared();
    created.minutes = Some(minutes);
    Story::new(created)
}

/// The same in two parts; the first ends after this step.
fn in_two_parts(minutes: u32, last: StepId) -> Story {
    let mut created = prepared();
    created.minutes = Some(minutes);
    for step in &mut created.steps {
        step.break_after = step.id == last;
    }
    Story::new(created)
}

#[test]
fn on_time_it_says_nothing() {
    let mut story = session(70);
    assert_eq!(budget(&story).planned, 70, "without the step that is passed over");
    story.goes_to(SCENE).unwrap();
    story.wait(7 * MINUTE);
    assert_eq!((sentence(&story), budget(&story).ideas), (None, vec![]));
}

#[test]
fn time_to_spare_is_used_up_first() {
    let mut story = session(90);
    story.goes_to(SCENE).unwrap();
    story.wait(30 * MINUTE);
    assert_eq!(budget(&story).over, 0, "the welcome took no time, twenty minutes were to spare");
    story.wait(MINUTE);
    assert_eq!(budget(&story).over, 1);
}

#[test]
fn more_than_fits_is_over_before_the_first_step() {
    let story = session(60);
    assert_eq!(
        sentence(&story).as_deref(),
        Some("10 minutes over: shorten Setting the scene to 4 and Capability surveys to 8.")
    );
}

#[test]
fn what_was_saved_or_skipped_makes_up_for_what_took_longer() {
    let mut story = session(70);
    let over = |story: &Story| budget(story).over;
    story.goes_to(SCENE).unwrap();
    story.wait(9 * MINUTE);
    assert_eq!(over(&story), 0, "two over, but the welcome took none of its three");
    story.wait(3 * MINUTE);
    assert_eq!(over(&story), 2);
    story.goes_to(LEAD_TIME).unwrap();
    story.wait(6 * MINUTE);
    assert_eq!(over(&story), 2, "the eight minutes of this step are not over yet");
    story.goes_to(FREQUENCY).unwrap();
    assert_eq!(over(&story), 0, "two were saved");
    story.wait(30 * MINUTE);
    assert_eq!(over(&story), 23);
    story.goes_to(FOCUS).unwrap();
    assert_eq!(over(&story), 0, "forty-three minutes of steps were skipped");
}

#[test]
fn over_time_it_proposes_what_would_give_it_back() {
    let mut story = session(70);
    story.goes_to(SCENE).unwrap();
    story.wait(12 * MINUTE);
    assert_eq!(
        sentence(&story).as_deref(),
        Some("2 minutes over: shorten Capability surveys to 13.")
    );
    story.wait(25 * MINUTE);
    assert_eq!(
        sentence(&story).as_deref(),
        Some("27 minutes over: shorten Maturity to 3 and Capability surveys to 8."),
        "as far as it can be had"
    );
}

#[test]
fn with_a_part_to_come_it_proposes_to_move_what_stands_last() {
    // 25 minutes for each part.
    let mut story = in_two_parts(50, FREQUENCY);
    story.goes_to(SCENE).unwrap();
    story.wait(17 * MINUTE);
    assert_eq!(
        sentence(&story).as_deref(),
        Some("7 minutes over: shorten Lead time for changes to 4 and Deployment frequency to 4, or move Deployment frequency to part two.")
    );
    story.goes_to(LEAD_TIME).unwrap();
    story.agenda(C::EndPart).unwrap();
    assert_eq!(
        (budget(&story).over, budget(&story).ideas),
        (0, vec![]),
        "a break is no time to hurry"
    );
    story.agenda(C::OpenPart).unwrap();
    story.goes_to(FREQUENCY).unwrap();
    assert_eq!(
        budget(&story).over,
        7 + 8 + 7 + 5 + 15 + 5 + 5 - 25,
        "what part one took is not held against part two"
    );
    assert!(
        budget(&story).ideas.iter().all(|idea| matches!(idea, Idea::Shorten(_))),
        "no part follows this one"
    );
}

#[test]
fn what_part_one_took_is_not_held_against_part_two() {
    let mut story = in_two_parts(120, FREQUENCY);
    story.goes_to(FREQUENCY).unwrap();
    story.wait(80 * MINUTE);
    assert_eq!(budget(&story).over, 20);
    story.goes_to(FOCUS).unwrap();
    assert_eq!(budget(&story).over, 20, "it is on a break");
    story.agenda(C::OpenPart).unwrap();
    assert_eq!(budget(&story).over, 0);
    story.goes_to(FOCUS).unwrap();
    story.wait(56 * MINUTE);
    assert_eq!(budget(&story).over, 1, "five minutes of summary do not fit any more");
}

#[test]
fn at_the_end_there_is_nothing_to_propose() {
    let mut story = session(70);
    story.goes_to(FOCUS).unwrap();
    story.wait(75 * MINUTE);
    assert_eq!(sentence(&story).as_deref(), Some("10 minutes over."));
}

fn named(budget: &Budget) -> Vec<StepId> {
    let each = budget.ideas.iter().flat_map(|idea| match idea {
        Idea::Shorten(steps) => steps.iter().map(|(id, _)| *id).collect::<Vec<_>>(),
        Idea::Move(steps) => steps.clone(),
    });
    each.collect()
}

proptest! {
    #[test]
    fn what_is_past_and_the_summary_are_never_proposed(
        minutes in prop::collection::vec(1u32..40, 11),
        breaks in prop::collection::vec(any::<bool>(), 11),
        walk in prop::collection::vec((1u32..=12, 0i64..30), 1..8),
    ) {
        let mut created = prepared();
        for ((step, minutes), ends) in created.steps.iter_mut().zip(minutes).zip(breaks) {
            (step.minutes, step.break_after) = (minutes, ends);
        }
        let mut story = Story::new(created);
        for (step, wait) in walk {
            if story.goes_to(StepId(step)) == Err(Rejection::OnBreak) {
                story.agenda(C::OpenPart).unwrap();
            }
            story.wait(wait * MINUTE);
            let budget = budget(&story);
            prop_assert!(budget.over > 0 || budget.ideas.is_empty());
            let agenda = &story.state.agenda;
            for id in named(&budget) {
                prop_assert!(agenda.place(id) > agenda.place(agenda.current), "{id} lies behind");
                prop_assert!(id != SUMMARY && !story.state.passes_over(id));
            }
            for idea in &budget.ideas {
                if let Idea::Shorten(steps) = idea {
                    let given: u32 = steps.iter().map(|(id, to)| agenda.step(*id).map_or(0, |s| s.minutes) - to).sum();
                    prop_assert!(i64::from(given) <= budget.over, "more than is needed");
                    prop_assert!(steps.iter().all(|(_, to)| *to >= 3));
                } else {
                    let is_summary = |step: &Step| step.kind == StepKind::Summary;
                    prop_assert!(agenda.steps.iter().any(|step| step.break_after && !is_summary(step)) , "no part follows");
                }
            }
        }
    }
}
