//! Two parts: the break, the recap, who was not there, and what was decided so far.

use crate::story::{ANA, BEN, FAY, OLA, Story, created};
use crate::{FREQUENCY, LEAD_TIME, SCENE, WELCOME};
use checkpoint::domain::agenda::Command as C;
use checkpoint::domain::command::Command;
use checkpoint::domain::context::Actor;
use checkpoint::domain::ids::StepId;
use checkpoint::domain::parts::Phase;
use checkpoint::domain::plan::Command as Plan;
use checkpoint::domain::recap::Recap;
use checkpoint::domain::rejection::Rejection;
use checkpoint::domain::timeline::Moment;
use checkpoint::domain::vote::Options;
use checkpoint::domain::{note, people};

const MINUTE: i64 = 60_000;
const MONTH: i64 = 30 * 24 * 60 * MINUTE;

/// Part one ends after the vote on the lead time.
fn in_two_parts() -> Story {
    let mut created = created(Options::default(), false, None);
    for step in &mut created.steps {
        step.break_after = step.id == LEAD_TIME;
    }
    let mut story = Story::new(created);
    story.goes_to(SCENE).unwrap();
    story
}

fn on_a_break() -> Story {
    let mut story = in_two_parts();
    story.goes_to(LEAD_TIME).unwrap();
    story.wait(8 * MINUTE);
    story.goes_to(FREQUENCY).unwrap();
    story
}

impl Story {
    fn phase(&self) -> Phase {
        self.state.agenda.phase()
    }
}

#[test]
fn moving_past_the_break_ends_part_one() {
    let mut story = on_a_break();
    assert_eq!((story.phase(), story.state.agenda.current), (Phase::Break, LEAD_TIME));
    assert_eq!(story.state.agenda.pause().unwrap().next, FREQUENCY);
    let used = story.state.agenda.used(story.cx.now);
    story.wait(MONTH);
    assert_eq!(
        story.state.agenda.used(story.cx.now),
        used,
        "the clock stands for as long as the break takes"
    );
    assert_eq!(story.agenda(C::StartTimer), Err(Rejection::OnBreak));
    story.agenda(C::OpenPart).unwrap();
    assert_eq!((story.phase(), story.state.agenda.part()), (Phase::Recap, 2));
    assert_eq!(story.agenda(C::OpenPart), Ok(vec![]), "opened once");
    story.goes_to(FREQUENCY).unwrap();
    assert_eq!((story.phase(), story.state.agenda.current), (Phase::Step, FREQUENCY));
    story.goes_to(WELCOME).unwrap();
    story.goes_to(StepId(7)).unwrap();
    assert_eq!(story.phase(), Phase::Step, "the break is taken once");
    assert_eq!(story.agenda(C::OpenPart), Err(Rejection::NoBreak));
}

#[test]
fn a_break_that_comes_by_accident_is_taken_back() {
    for (after, undone) in [(10_000, true), (10_001, false)] {
        let mut story = on_a_break();
        story.wait(after);
        assert_eq!(story.agenda(C::UndoAdvance).is_ok(), undone, "after {after} ms");
        assert_eq!(story.phase(), if undone { Phase::Step } else { Phase::Break });
        if undone {
            let ended = story.state.timeline.0.iter().any(|e| matches!(e.moment, Moment::PartEnded(_)));
            assert!(!ended, "the timeline forgets it");
            assert!(story.state.agenda.timer(LEAD_TIME).running_since.is_some(), "the clock goes on");
            story.goes_to(FREQUENCY).unwrap();
            assert_eq!(story.phase(), Phase::Break, "it still comes");
        }
    }
}

#[test]
fn part_one_can_end_before_its_time() {
    let mut story = in_two_parts();
    story.agenda(C::EndPart).unwrap();
    assert_eq!(story.agenda(C::EndPart), Ok(vec![]));
    assert_eq!((story.phase(), story.state.agenda.pause().unwrap().next), (Phase::Break, LEAD_TIME));
    story.agenda(C::OpenPart).unwrap();
    story.goes_to(LEAD_TIME).unwrap();
    story.goes_to(FREQUENCY).unwrap();
    assert_eq!(story.phase(), Phase::Step, "the planned break was taken early");

    let mut planned = Story::new(created(Options::default(), false, None));
    assert_eq!(planned.agenda(C::EndPart), Err(Rejection::NotStarted));
    planned.goes_to(StepId(16)).unwrap();
    assert_eq!(planned.agenda(C::EndPart), Err(Rejection::NoPartAfter));
    assert_eq!(story.does(ANA, Command::Agenda(C::EndPart)), Err(Rejection::FacilitatorOnly));
}

#[test]
fn who_was_not_there_is_known() {
    let mut story = in_two_parts();
    story.is_gone_for(BEN, 5 * MINUTE);
    story.is_gone_for(ANA, 20_000);
    story.goes_to(FREQUENCY).unwrap();
    story.wait(MONTH);
    story.joins("Dev").unwrap();
    let dev = *story.state.people.seats.keys().next_back().unwrap();
    assert!(!story.state.agenda.missed_last_part(BEN), "nothing is missed before part two");
    story.agenda(C::OpenPart).unwrap();
    let missed = |who| story.state.agenda.missed_last_part(who);
    assert_eq!(
        [FAY, ANA, BEN, OLA, dev].map(missed),
        [false, false, true, false, true],
        "a short tunnel is no absence"
    );
}

#[test]
fn a_facilitator_who_leaves_in_the_middle_is_no_obstacle() {
    let mut story = on_a_break();
    story.is_gone_for(FAY, MINUTE);
    let claim = Command::People(people::Command::ClaimFacilitation);
    story.tries(Actor::Participant(ANA), &claim).unwrap();
    story.does(ANA, Command::Agenda(C::OpenPart)).unwrap();
    assert_eq!(story.phase(), Phase::Recap);
}

#[test]
fn going_on_in_the_same_step_ends_the_break_too() {
    let mut story = on_a_break();
    assert_eq!(story.goes_to(LEAD_TIME), Err(Rejection::OnBreak), "the recap comes first");
    story.agenda(C::OpenPart).unwrap();
    story.goes_to(LEAD_TIME).unwrap();
    assert_eq!((story.phase(), story.state.agenda.part()), (Phase::Step, 2));
    assert_eq!(
        story.agenda(C::UndoAdvance),
        Err(Rejection::TooLateToUndo),
        "a break is not undone into"
    );
}

#[test]
fn an_agenda_edited_in_the_break_says_what_the_next_part_begins_with() {
    let mut story = on_a_break();
    let next = |story: &Story| story.state.agenda.pause().unwrap().next;
    let plan = |story: &mut Story, command| story.does(FAY, Command::Plan(command)).unwrap();
    assert_eq!(next(&story), FREQUENCY);
    let after = story.state.agenda.neighbour(FREQUENCY, 1).unwrap().id;
    plan(
        &mut story,
        Plan::Move {
            step: after,
            after: Some(LEAD_TIME),
        },
    );
    assert_eq!(next(&story), after, "it was put before the others");
    plan(&mut story, Plan::Remove(after));
    assert_eq!(next(&story), FREQUENCY, "the step is gone");
    story.agenda(C::OpenPart).unwrap();
    story.goes_to(next(&story)).unwrap();
    assert_eq!((story.phase(), story.state.agenda.current), (Phase::Step, FREQUENCY));
}

#[test]
fn the_timeline_names_the_parts() {
    let mut story = on_a_break();
    story.agenda(C::OpenPart).unwrap();
    story.wait(11_000);
    story.goes_to(FREQUENCY).unwrap();
    story.agenda(C::EndPart).unwrap();
    story.agenda(C::OpenPart).unwrap();
    let said: Vec<_> = story
        .state
        .timeline
        .0
        .iter()
        .map(|e| e.moment.sentence(&story.state))
        .filter(|s| s.starts_with("Part"))
        .collect();
    assert_eq!(said, ["Part one ends", "Part two begins", "Part two ends", "Part three begins"]);
}

#[test]
fn the_recap_tells_what_was_decided_and_nothing_secret() {
    let mut story = in_two_parts();
    assert!(Recap::of(&Story::new(created(Options::default(), false, None)).state).is_empty());
    story.goes_to(LEAD_TIME).unwrap();
    story.casts(ANA, 5).unwrap();
    assert!(Recap::of(&story.state).is_empty(), "the vote goes on");
    story.agenda(C::EndPart).unwrap();
    let before = Recap::of(&story.state);
    assert_eq!(before.sections[0].lines[0].said, "not voted to the end");
    let everybody = story.state.seen_by(checkpoint::domain::audience::Audience::Everyone);
    assert_eq!(before, Recap::of(&everybody), "it reads nothing that is hidden from anybody");
    story.agenda(C::UndoAdvance).unwrap();
    story.reveals(1).unwrap();
    story.agrees(5).unwrap();
    story
        .does(FAY, Command::Note(note::Command::Add("We count only production".to_owned())))
        .unwrap();
    let recap = Recap::of(&story.state);
    let titles: Vec<_> = recap
        .sections
        .iter()
        .map(|s| (s.title.as_str(), s.lines[0].said.as_str()))
        .collect();
    assert_eq!(titles, [("Agreed", "Less than one day"), ("Notes", "We count only production")]);
}
