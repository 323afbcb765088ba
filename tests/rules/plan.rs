//! Preparing: the agenda as the squad wants it, the choices that stand, the day, and calling it off.

use crate::flow::add;
use crate::story::{ANA, BEGIN, FAY, Story, created};
use crate::{FREQUENCY, LEAD_TIME, Outcome, SCENE, SINCE, WELCOME, at_the_vote};
use checkpoint::domain::actions::{self, Draft};
use checkpoint::domain::agenda::{Command as A, StepKind, default_steps};
use checkpoint::domain::command::Command;
use checkpoint::domain::event::Event;
use checkpoint::domain::flow::Edit;
use checkpoint::domain::ids::{ElementId, StepId};
use checkpoint::domain::metric::Metric;
use checkpoint::domain::plan::{BuiltIn, Choice, Command as C, MOST_STEPS, Outline, Template, laid};
use checkpoint::domain::rejection::Rejection as R;
use checkpoint::domain::text::{Markdown, TextError};
use checkpoint::domain::time::Timestamp;
use checkpoint::domain::vote::{Options, Secrecy};
use checkpoint::domain::workshop::Workshop;
use checkpoint::domain::{people, plan};

const HOUR: i64 = 3_600_000;

fn planned() -> Story {
    Story::new(created(Options::default(), false, None))
}

impl Story {
    /// Fay prepares.
    fn plans(&mut self, command: C) -> Outcome {
        self.does(FAY, Command::Plan(command))
    }
}

fn order(story: &Story) -> Vec<u32> {
    story.state.agenda.steps.iter().map(|s| s.id.0).collect()
}

fn step_of(story: &Story, kind: StepKind) -> StepId {
    story.state.agenda.steps.iter().find(|s| s.kind == kind).unwrap().id
}

fn moves(step: StepId, after: Option<StepId>) -> C {
    C::Move { step, after }
}

#[test]
fn steps_are_moved_behind_others() {
    let mut story = planned();
    let before = order(&story);
    story.plans(moves(FREQUENCY, Some(SCENE))).unwrap();
    assert_eq!(order(&story)[..4], [WELCOME.0, SINCE.0, SCENE.0, FREQUENCY.0]);
    story.plans(moves(FREQUENCY, Some(LEAD_TIME))).unwrap();
    assert_eq!(order(&story), before);
    assert_eq!(story.plans(moves(FREQUENCY, Some(LEAD_TIME))), Ok(vec![]), "it is there");
    assert_eq!(story.plans(moves(FREQUENCY, Some(FREQUENCY))), Ok(vec![]), "behind itself");
    assert_eq!(story.plans(moves(StepId(99), None)), Err(R::NoSuchStep));
    assert_eq!(story.plans(moves(WELCOME, Some(StepId(99)))), Err(R::NoSuchStep));
}

#[test]
fn until_the_start_the_first_step_is_at_hand() {
    let mut story = planned();
    story.plans(moves(SCENE, None)).unwrap();
    assert_eq!(story.state.agenda.current, SCENE);
    story.plans(C::Remove(SCENE)).unwrap();
    assert_eq!(story.state.agenda.current, WELCOME);
    story.agenda(A::Start).unwrap();
    story.plans(moves(LEAD_TIME, None)).unwrap();
    assert_eq!(story.state.agenda.current, WELCOME, "the squad stays where it is");
    assert_eq!(story.state.agenda.furthest, 1, "which is the second place now");
}

#[test]
fn nobody_votes_before_the_start() {
    let mut story = planned();
    for step in [WELCOME, SINCE, SCENE] {
        story.plans(C::Remove(step)).unwrap();
    }
    assert_eq!(story.state.agenda.current, LEAD_TIME);
    assert_eq!(story.casts(ANA, 3), Err(R::NotStarted));
    story.agenda(A::Start).unwrap();
    story.casts(ANA, 3).unwrap();
}

#[test]
fn the_result_and_the_summary_stay_behind_the_votes() {
    let mut story = planned();
    let before = order(&story);
    for late in [StepKind::Maturity, StepKind::Summary] {
        let step = step_of(&story, late);
        assert_eq!(story.plans(moves(step, Some(SCENE))), Err(R::VotesFirst));
        assert_eq!(story.plans(moves(LEAD_TIME, Some(step))), Err(R::VotesFirst));
    }
    assert_eq!(order(&story), before);
}

#[test]
fn a_step_that_was_entered_stays() {
    let mut story = at_the_vote();
    assert_eq!(story.plans(C::Remove(LEAD_TIME)), Err(R::StepInUse), "the squad is there");
    assert_eq!(story.plans(C::Remove(WELCOME)), Err(R::StepInUse), "it was there");
    story.plans(C::Remove(FREQUENCY)).unwrap();
    assert!(!story.state.votes.contains_key(&FREQUENCY));
    assert_eq!(story.plans(C::Remove(FREQUENCY)), Err(R::NoSuchStep));
}

/// Some steps can be written in before the squad is there.
#[test]
fn a_step_that_people_wrote_in_stays() {
    let mut story = planned();
    let (flow, improvements) = (step_of(&story, StepKind::Flow), step_of(&story, StepKind::Improvements));
    let written = |kind: StepKind| Err(R::StepWritten(kind.title().to_owned()));
    story.draws(FAY, &[add(ElementId(1), "Review")]).unwrap();
    assert_eq!(story.plans(C::Remove(flow)), written(StepKind::Flow));
    let sticky = story.sticks(ANA, "Smaller batches");
    assert_eq!(story.plans(C::Remove(improvements)), written(StepKind::Improvements));
    let action = story
        .drafts(
            FAY,
            Draft {
                title: "Split it".to_owned(),
                ..Draft::default()
            },
        )
        .unwrap();
    assert_eq!(
        story.plans(C::Remove(step_of(&story, StepKind::Actions))),
        written(StepKind::Actions)
    );
    let short = BuiltIn::OneHour.template();
    assert_eq!(story.plans(C::Lay(short.clone())), written(StepKind::Flow));
    // Nothing of it is left: now it can go.
    story.draws(FAY, &[Edit::Remove(ElementId(1))]).unwrap();
    story.plans(C::Remove(flow)).unwrap();
    story.takes_away(ANA, sticky).unwrap();
    story.plans(C::Remove(improvements)).unwrap();
    story.does(FAY, Command::Actions(actions::Command::Remove(action))).unwrap();
    story.plans(C::Lay(short)).unwrap();
}

#[test]
fn an_agenda_is_never_empty() {
    let mut story = planned();
    let ids = order(&story);
    for id in &ids[1..] {
        story.plans(C::Remove(StepId(*id))).unwrap();
    }
    assert_eq!(story.plans(C::Remove(StepId(ids[0]))), Err(R::LastStep));
    let empty = Template {
        minutes: 60,
        steps: vec![],
    };
    assert_eq!(story.plans(C::Lay(empty)), Err(R::LastStep));
}

#[test]
fn a_step_comes_back_where_it_belongs_with_a_number_of_its_own() {
    let mut story = planned();
    let highest = order(&story).into_iter().max().unwrap();
    story.plans(C::Remove(StepId(highest))).unwrap();
    story.plans(C::Remove(step_of(&story, StepKind::Summary))).unwrap();
    story.plans(C::Remove(FREQUENCY)).unwrap();
    let add = |kind| C::Add {
        kind,
        title: String::new(),
    };
    story.plans(add(StepKind::Vote(Metric::DeploymentFrequency))).unwrap();
    let back = step_of(&story, StepKind::Vote(Metric::DeploymentFrequency));
    assert_eq!(back.0, highest + 1, "the number of a step that is gone is not used again");
    assert_eq!(story.state.agenda.place(back), story.state.agenda.place(LEAD_TIME) + 1);
    assert!(story.state.votes.contains_key(&back));
    story.plans(add(StepKind::Summary)).unwrap();
    assert_eq!(story.state.agenda.steps.last().unwrap().kind, StepKind::Summary);
    assert_eq!(story.plans(add(StepKind::Summary)), Err(R::StepThere));
    story.plans(add(StepKind::Talk)).unwrap();
    story.plans(add(StepKind::Talk)).unwrap();
    let kinds: Vec<_> = story.state.agenda.steps.iter().rev().take(3).map(|s| s.kind).collect();
    assert_eq!(kinds, [StepKind::Summary, StepKind::Talk, StepKind::Talk], "own steps, any number");
    while story.state.agenda.steps.len() < MOST_STEPS {
        story.plans(add(StepKind::Talk)).unwrap();
    }
    assert_eq!(story.plans(add(StepKind::Talk)), Err(R::TooManySteps));
}

#[test]
fn steps_are_renamed_and_retimed() {
    let mut story = planned();
    let rename = |title: &str| C::Rename {
        step: SCENE,
        title: title.to_owned(),
    };
    story.plans(rename("  What we run ")).unwrap();
    assert_eq!(story.state.agenda.step(SCENE).unwrap().title(), "What we run");
    assert!(matches!(story.plans(rename(&"x".repeat(61))), Err(R::Text(TextError::TooLong(..)))));
    story.plans(rename(" ")).unwrap();
    assert_eq!(story.state.agenda.step(SCENE).unwrap().title(), "Setting the scene");
    assert_eq!(story.plans(rename("Setting the scene")), Ok(vec![]));
    let retime = |minutes| C::Retime { step: SCENE, minutes };
    for minutes in [0, 121, 10_000, u32::MAX] {
        assert_eq!(story.plans(retime(minutes)), Err(R::StepMinutes));
    }
    story.plans(retime(120)).unwrap();
    assert_eq!(story.plans(retime(120)), Ok(vec![]));
    assert_eq!(story.state.agenda.step(SCENE).unwrap().minutes, 120);
    for minutes in [0, 9, 481] {
        assert_eq!(story.plans(C::Available(minutes)), Err(R::SessionMinutes));
    }
    story.plans(C::Available(90)).unwrap();
    assert_eq!(story.state.plan.minutes, 90);
}

#[test]
fn there_is_one_break_and_a_step_after_it() {
    let mut story = planned();
    story.plans(C::Break(Some(FREQUENCY))).unwrap();
    story.plans(C::Break(Some(LEAD_TIME))).unwrap();
    assert_eq!(story.state.agenda.break_after(), Some(LEAD_TIME));
    let last = step_of(&story, StepKind::Feedback);
    assert_eq!(story.plans(C::Break(Some(last))), Err(R::BreakAtEnd));
    story.plans(C::Remove(LEAD_TIME)).unwrap();
    assert_eq!(story.state.agenda.break_after(), Some(SCENE), "part one ends a step earlier");
    story.plans(C::Break(None)).unwrap();
    assert_eq!(story.state.agenda.break_after(), None);
    assert_eq!(story.plans(C::Break(None)), Ok(vec![]));

    let one_but_last = step_of(&story, StepKind::Summary);
    story.plans(C::Break(Some(one_but_last))).unwrap();
    story.plans(C::Remove(last)).unwrap();
    assert_eq!(story.state.agenda.break_after(), None, "nothing comes after it any more");
}

#[test]
fn two_who_reorder_at_once_end_with_the_same() {
    let mut story = planned();
    story.shares_with(ANA);
    // Both saw the same agenda when they moved.
    story.plans(moves(FREQUENCY, Some(WELCOME))).unwrap();
    story.does(ANA, Command::Plan(moves(SCENE, Some(FREQUENCY)))).unwrap();
    assert_eq!(order(&story)[..3], [WELCOME.0, FREQUENCY.0, SCENE.0]);
    // What one removes the other cannot move any more.
    story.plans(C::Remove(SCENE)).unwrap();
    assert_eq!(story.does(ANA, Command::Plan(moves(SCENE, None))), Err(R::NoSuchStep));
    assert_eq!(Workshop::replay(&story.log), story.state);
}

#[test]
fn choices_stand_once_the_first_vote_was_opened() {
    let choices = [
        Choice::Secrecy(Secrecy::Open),
        Choice::FacilitatorVotes(true),
        Choice::AutoReveal(true),
        Choice::Industry(Some(checkpoint::domain::facts::Industry::Finance)),
    ];
    for choice in choices {
        let mut story = planned();
        story.agenda(A::Start).unwrap();
        assert_eq!(story.plans(C::Choose(choice)).unwrap().len(), 1);
        assert_eq!(story.plans(C::Choose(choice)), Ok(vec![]));
        assert_eq!(at_the_vote().plans(C::Choose(choice)), Err(R::VotingBegan), "{choice:?}");
    }
    let same = Choice::Secrecy(Secrecy::Anonymous);
    assert_eq!(at_the_vote().plans(C::Choose(same)), Ok(vec![]), "nothing would change");
    let fifth = C::Add {
        kind: StepKind::Vote(Metric::DeploymentRework),
        title: String::new(),
    };
    assert_eq!(at_the_vote().plans(fifth.clone()), Err(R::VotingBegan));
    let mut story = planned();
    story.plans(fifth).unwrap();
    assert_eq!(story.state.votes.len(), 5);
}

#[test]
fn a_text_belongs_to_a_step_that_shows_one() {
    let mut story = planned();
    let write = |step, text: Option<&str>| C::Write {
        step,
        text: text.map(str::to_owned),
    };
    story.plans(write(WELCOME, Some("# Hello"))).unwrap();
    assert_eq!(story.plans(write(WELCOME, Some("# Hello"))), Ok(vec![]));
    assert_eq!(story.state.plan.texts[&WELCOME].as_str(), "# Hello");
    assert_eq!(story.plans(write(LEAD_TIME, Some("x"))), Err(R::NoTextHere));
    assert_eq!(story.plans(write(StepId(99), Some("x"))), Err(R::NoSuchStep));
    let long = "x".repeat(Markdown::MAX + 1);
    assert!(matches!(
        story.plans(write(WELCOME, Some(&long))),
        Err(R::Text(TextError::TooLong(..)))
    ));
    story.plans(write(WELCOME, None)).unwrap();
    assert!(story.state.plan.texts.is_empty(), "the organisation's again");
}

#[test]
fn every_template_that_comes_with_us_is_an_agenda() {
    for built_in in BuiltIn::ALL {
        let template = built_in.template();
        let steps = laid(&template, StepId(1)).unwrap();
        let minutes: u32 = steps.iter().map(|s| s.minutes).sum();
        assert!(minutes <= template.minutes, "{}: {minutes} of {}", built_in.key(), template.minutes);
        assert_eq!(Template::of(&steps, template.minutes), template);
        assert_eq!(
            laid(&template.with_rework().with_rework(), StepId(1)).unwrap().len(),
            steps.len() + 1,
            "the fifth question once"
        );
    }
    let parts = laid(&BuiltIn::TwoParts.template(), StepId(1)).unwrap();
    let first: u32 = parts.iter().take_while(|s| !s.break_after).map(|s| s.minutes).sum();
    let last = parts.iter().find(|s| s.break_after).unwrap();
    assert!(first + last.minutes <= 60, "part one fits an hour");
    assert_eq!(laid(&Template::default(), StepId(1)).unwrap(), default_steps(false));
}

#[test]
fn a_template_is_taken_before_the_start_with_fresh_numbers() {
    let mut story = planned();
    story
        .plans(C::Write {
            step: WELCOME,
            text: Some("Ours".to_owned()),
        })
        .unwrap();
    let old = order(&story);
    story.plans(C::Lay(BuiltIn::OneHour.template())).unwrap();
    assert!(order(&story).iter().all(|id| !old.contains(id)));
    assert_eq!(story.state.plan.minutes, 60);
    assert_eq!(story.state.agenda.current.0, order(&story)[0]);
    let welcome = step_of(&story, StepKind::Welcome);
    assert_eq!(story.state.plan.texts[&welcome].as_str(), "Ours", "the text comes along");
    assert!(story.state.votes.keys().all(|id| story.state.agenda.step(*id).is_some()));
    story.agenda(A::Start).unwrap();
    assert_eq!(story.plans(C::Lay(Template::default())), Err(R::StartedAlready));
}

#[test]
fn a_template_from_a_stranger_is_checked() {
    let outline = |kind, minutes, break_after| Outline {
        kind,
        minutes,
        title: String::new(),
        break_after,
    };
    let lead_time = StepKind::Vote(Metric::LeadTime);
    let (talk, summary) = (StepKind::Talk, StepKind::Summary);
    for (steps, refusal) in [
        (vec![outline(talk, 0, false)], R::StepMinutes),
        (vec![outline(talk, 10_000, false)], R::StepMinutes),
        (vec![outline(summary, 5, false), outline(lead_time, 5, false)], R::VotesFirst),
        (vec![outline(lead_time, 5, false), outline(lead_time, 5, false)], R::StepThere),
        (vec![outline(talk, 5, true)], R::BreakAtEnd),
        (
            vec![outline(talk, 5, true), outline(talk, 5, true), outline(talk, 5, false)],
            R::BreakAtEnd,
        ),
        (vec![outline(talk, 5, false); MOST_STEPS + 1], R::TooManySteps),
    ] {
        assert_eq!(planned().plans(C::Lay(Template { minutes: 60, steps })), Err(refusal));
    }
    let endless = Template {
        minutes: 10_000,
        ..Template::default()
    };
    assert_eq!(planned().plans(C::Lay(endless)), Err(R::SessionMinutes));
}

#[test]
fn a_planned_checkpoint_moves_to_another_day() {
    let mut story = planned();
    let to = |held_on: &str, starts: Option<i64>| C::Reschedule {
        held_on: held_on.to_owned(),
        starts: starts.map(Timestamp),
    };
    // The story begins on 14 November 2023.
    let at = BEGIN.0 + 24 * HOUR;
    story.plans(to("2023-11-15", Some(at))).unwrap();
    assert_eq!(
        (story.state.held_on.to_string().as_str(), story.state.plan.starts),
        ("2023-11-15", Some(Timestamp(at)))
    );
    assert_eq!(story.plans(to("2023-11-15", Some(at))), Ok(vec![]));
    for (day, starts, refusal) in [
        ("", None, R::NoDate),
        ("2023-02-30", None, R::NoDate),
        ("2023-11-12", None, R::DayTooFar),
        ("9999-01-01", None, R::DayTooFar),
        ("2023-11-20", Some(at), R::TimeOfAnotherDay),
        ("2023-11-20", Some(i64::MAX), R::TimeOfAnotherDay),
    ] {
        assert_eq!(story.plans(to(day, starts)), Err(refusal), "{day}");
    }
    story.plans(to("2023-12-01", None)).unwrap();
    assert_eq!(story.state.plan.starts, None);
    story.agenda(A::Start).unwrap();
    assert_eq!(story.plans(to("2023-12-02", None)), Err(R::StartedAlready));
}

#[test]
fn a_cancelled_checkpoint_is_closed_until_it_is_opened_again() {
    let mut story = planned();
    assert_eq!(story.plans(C::Reopen), Ok(vec![]), "it is open");
    story.plans(C::Cancel).unwrap();
    for command in [
        Command::Agenda(A::Start),
        Command::Plan(C::Cancel),
        Command::People(people::Command::CloseDoor),
    ] {
        assert_eq!(story.does(FAY, command), Err(R::Cancelled));
    }
    assert_eq!(story.joins("Dev"), Err(R::Cancelled));
    assert_eq!(story.does(ANA, Command::Plan(C::Reopen)), Err(R::FacilitatorOnly));
    assert_eq!(story.plans(C::Reopen), Ok(vec![Event::Plan(plan::Event::Reopened)]));
    story.joins("Dev").unwrap();
    story.agenda(A::Start).unwrap();
    assert_eq!(story.plans(C::Cancel), Err(R::StartedAlready));
}
