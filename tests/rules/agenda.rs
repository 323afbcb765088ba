//! Moving along the agenda, the clock, and what the timeline keeps of it.

use crate::story::{ANA, BEGIN, FAY, Story, created};
use crate::{FREQUENCY, LEAD_TIME, SCENE, SINCE, WELCOME, at_the_vote};
use checkpoint::domain::agenda::Command as C;
use checkpoint::domain::command::Command;
use checkpoint::domain::ids::StepId;
use checkpoint::domain::rejection::Rejection;
use checkpoint::domain::timeline::Moment;
use checkpoint::domain::{note, vote};

const MINUTE: i64 = 60_000;

fn planned() -> Story {
    Story::new(created(vote::Options::default(), false, None))
}

/// Milliseconds used in a step.
fn used(story: &Story, step: StepId) -> i64 {
    story.state.agenda.timer(step).used(story.cx.now)
}

fn entered(story: &Story) -> Vec<StepId> {
    let moments = story.state.timeline.0.iter().map(|entry| &entry.moment);
    moments
        .filter_map(|m| if let Moment::Entered(step) = m { Some(*step) } else { None })
        .collect()
}

#[test]
fn a_checkpoint_is_planned_until_it_is_opened() {
    let mut story = planned();
    assert_eq!(story.state.agenda.started_at, None);
    story.agenda(C::Start).unwrap();
    assert_eq!(story.agenda(C::Start), Ok(vec![]));
    assert_eq!(story.state.agenda.started_at, Some(BEGIN));
    assert_eq!(story.state.agenda.current, WELCOME);

    for opens in [C::GoTo(SCENE), C::StartTimer] {
        let mut story = planned();
        assert_eq!(story.agenda(opens).unwrap().len(), 2);
        assert_eq!(story.state.agenda.started_at, Some(BEGIN), "{opens:?} opens it too");
    }
}

#[test]
fn the_squad_goes_to_any_step_also_backwards() {
    let mut story = planned();
    for step in [LEAD_TIME, WELCOME, StepId(8), SCENE] {
        story.goes_to(step).unwrap();
        assert_eq!(story.state.agenda.current, step);
    }
    assert_eq!(story.state.agenda.furthest, 7);
    assert_eq!(story.goes_to(SCENE), Ok(vec![]));
    assert_eq!(story.goes_to(StepId(99)), Err(Rejection::NoSuchStep));
}

#[test]
fn an_advance_is_taken_back_for_ten_seconds() {
    for (after, undone) in [(0, true), (10_000, true), (10_001, false)] {
        let mut story = at_the_vote();
        story.wait(5 * MINUTE);
        story.goes_to(FREQUENCY).unwrap();
        story.wait(after);
        assert_eq!(story.agenda(C::UndoAdvance).is_ok(), undone, "after {after} ms");
        assert_eq!(story.state.agenda.current, if undone { LEAD_TIME } else { FREQUENCY });
        assert_eq!(story.agenda(C::UndoAdvance), Err(Rejection::TooLateToUndo), "once");
    }
    assert_eq!(planned().agenda(C::UndoAdvance), Err(Rejection::TooLateToUndo));
}

#[test]
fn an_advance_that_was_taken_back_leaves_votes_and_timeline_as_they_were() {
    let mut story = at_the_vote();
    story.casts(ANA, 3).unwrap();
    story.wait(MINUTE);
    let (vote, timeline) = (story.vote().clone(), story.state.timeline.clone());
    story.goes_to(FREQUENCY).unwrap();
    story.wait(3_000);
    story.agenda(C::UndoAdvance).unwrap();
    assert_eq!((story.vote(), &story.state.timeline), (&vote, &timeline));
    story.casts(ANA, 4).unwrap();

    // The same right after the step began.
    let mut hasty = at_the_vote();
    hasty.goes_to(FREQUENCY).unwrap();
    hasty.agenda(C::UndoAdvance).unwrap();
    assert_eq!(entered(&hasty), [LEAD_TIME]);
}

#[test]
fn the_timeline_keeps_every_step_that_was_stayed_in() {
    let mut story = planned();
    story.agenda(C::Start).unwrap();
    for (step, ms) in [
        (SCENE, 7 * MINUTE),
        (LEAD_TIME, 2_000),
        (FREQUENCY, 10_001),
        (SCENE, 10_000),
        (LEAD_TIME, 0),
    ] {
        story.goes_to(step).unwrap();
        story.wait(ms);
    }
    assert_eq!(
        entered(&story),
        [SCENE, FREQUENCY, LEAD_TIME],
        "what was passed through is left out"
    );
}

#[test]
fn what_follows_an_undo_stands_under_its_own_step() {
    let mut story = at_the_vote();
    story.wait(MINUTE);
    story.goes_to(FREQUENCY).unwrap();
    story
        .does(FAY, Command::Note(note::Command::Add("Noted at once".to_owned())))
        .unwrap();
    story.agenda(C::UndoAdvance).unwrap();
    assert_eq!(entered(&story), [LEAD_TIME, FREQUENCY, LEAD_TIME]);
}

#[test]
fn the_clock_runs_pauses_and_is_given_more() {
    let mut story = planned();
    story.agenda(C::StartTimer).unwrap();
    assert_eq!(story.agenda(C::StartTimer), Ok(vec![]), "it runs");
    story.wait(MINUTE);
    story.agenda(C::PauseTimer).unwrap();
    assert_eq!(story.agenda(C::PauseTimer), Ok(vec![]), "it stands");
    story.wait(10 * MINUTE);
    assert_eq!(used(&story, WELCOME), MINUTE);
    let left = |story: &Story| story.state.agenda.left(WELCOME, story.cx.now);
    assert_eq!(left(&story), 2 * MINUTE);
    story.agenda(C::AddMinute).unwrap();
    assert_eq!(left(&story), 3 * MINUTE);
    story.agenda(C::StartTimer).unwrap();
    story.wait(4 * MINUTE);
    assert_eq!(left(&story), -MINUTE, "it never forces anything");
}

#[test]
fn the_clock_moves_with_the_squad_and_backwards() {
    let mut story = planned();
    story.goes_to(SCENE).unwrap();
    story.wait(MINUTE);
    story.goes_to(LEAD_TIME).unwrap();
    story.wait(2 * MINUTE);
    story.goes_to(SCENE).unwrap();
    story.wait(3 * MINUTE);
    assert_eq!(
        [WELCOME, SCENE, LEAD_TIME].map(|step| used(&story, step)),
        [0, 4 * MINUTE, 2 * MINUTE]
    );
    assert_eq!(story.state.agenda.used(story.cx.now), 6 * MINUTE);
}

#[test]
fn a_restart_gives_the_step_its_time_but_the_session_none() {
    let mut story = planned();
    story.goes_to(SCENE).unwrap();
    story.wait(10 * MINUTE);
    story.agenda(C::AddMinute).unwrap();
    story.agenda(C::RestartTimer).unwrap();
    assert_eq!(story.state.agenda.left(SCENE, story.cx.now), 7 * MINUTE);
    story.wait(MINUTE);
    assert_eq!(used(&story, SCENE), MINUTE, "it goes on running");
    assert_eq!(story.state.agenda.used(story.cx.now), 11 * MINUTE);

    story.agenda(C::PauseTimer).unwrap();
    story.agenda(C::RestartTimer).unwrap();
    story.wait(MINUTE);
    assert_eq!(used(&story, SCENE), 0, "a clock that stands goes on standing");
    assert_eq!(story.state.agenda.used(story.cx.now), 11 * MINUTE);
}

#[test]
fn a_step_gets_two_more_hours_at_most() {
    let mut story = planned();
    for _ in 0..120 {
        story.agenda(C::AddMinute).unwrap();
    }
    assert_eq!(story.agenda(C::AddMinute), Err(Rejection::TimerFull));
    story.agenda(C::RestartTimer).unwrap();
    story.agenda(C::AddMinute).unwrap();
}

#[test]
fn steps_know_their_neighbours() {
    let story = planned();
    let agenda = &story.state.agenda;
    let beside = |step, by| agenda.neighbour(step, by).map(|s| s.id);
    assert_eq!(
        [beside(WELCOME, 1), beside(WELCOME, -1), beside(StepId(16), 1)],
        [Some(SINCE), None, None]
    );
}
