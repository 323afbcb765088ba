//! Since last time: actions settled one by one, and what goes on to the next checkpoint.

use crate::story::{ANA, FAY, Story, created, previous};
use crate::{FREQUENCY, LEAD_TIME, Outcome, SCENE, SINCE, WELCOME, code};
use checkpoint::domain::action::{Action, Status};
use checkpoint::domain::command::Command;
use checkpoint::domain::event::Event;
use checkpoint::domain::ids::ActionId;
use checkpoint::domain::metric::Metric;
use checkpoint::domain::page::Page;
use checkpoint::domain::rejection::Rejection;
use checkpoint::domain::since::{Command as C, Effect};
use checkpoint::domain::text::ActionTitle;
use checkpoint::domain::timeline::Moment;
use checkpoint::domain::vote::Options;
use checkpoint::domain::workshop::Previous;

fn action(title: &str, expects: Option<Metric>) -> Action {
    Action {
        title: ActionTitle::parse(title).unwrap(),
        expects,
        opened_on: chrono::NaiveDate::from_ymd_opt(2023, 7, 4),
        age: 1,
        ..Action::default()
    }
}

/// A second checkpoint with these actions to settle.
fn with(actions: Vec<Action>) -> Story {
    let previous = Previous {
        actions,
        ..previous(&[(Metric::LeadTime, 3)])
    };
    Story::new(created(Options::default(), false, Some(previous)))
}

fn two() -> Story {
    with(vec![
        action("Split the pipeline", Some(Metric::LeadTime)),
        action("Alert on no events", None),
    ])
}

impl Story {
    fn settles(&mut self, n: u32, status: Status) -> Outcome {
        let (action, why) = (ActionId(n), String::new());
        self.does(FAY, Command::Since(C::Settle { action, status, why }))
    }

    fn writes_down(&mut self, title: &str, due: &str) -> Outcome {
        let (title, owner, due) = (title.to_owned(), String::new(), due.to_owned());
        let add = C::Add {
            title,
            owner,
            due,
            expects: None,
        };
        self.does(FAY, Command::Since(add))
    }

    fn at_hand(&self) -> Option<&str> {
        self.state.since.at_hand().map(|(_, item)| item.action.title.as_str())
    }

    fn page(&self) -> Page {
        Page::of(previous(&[]).id, &self.state)
    }
}

#[test]
fn actions_are_settled_one_by_one() {
    let mut story = two();
    assert_eq!(
        (story.at_hand(), story.state.since.progress()),
        (Some("Split the pipeline"), (0, 2))
    );
    story.settles(1, Status::Done).unwrap();
    assert_eq!(
        (story.at_hand(), story.state.since.progress()),
        (Some("Alert on no events"), (1, 2))
    );
    assert_eq!(story.settles(1, Status::Done), Ok(vec![]), "said twice, settled once");
    story.settles(2, Status::InProgress).unwrap();
    assert_eq!(story.at_hand(), None);
    story.does(FAY, Command::Since(C::Reopen(ActionId(1)))).unwrap();
    assert_eq!(story.at_hand(), Some("Split the pipeline"));
    assert_eq!(story.settles(77, Status::Done), Err(Rejection::NoSuchAction));
}

#[test]
fn only_a_facilitator_settles() {
    let mut story = two();
    let (action, status, why) = (ActionId(1), Status::Done, String::new());
    let settle = Command::Since(C::Settle { action, status, why });
    assert_eq!(story.does(ANA, settle), Err(Rejection::FacilitatorOnly));
}

#[test]
fn what_is_open_goes_on_and_keeps_its_age() {
    let mut story = with(["A", "B", "C", "D", "E"].map(|title| action(title, None)).to_vec());
    for (n, status) in (1..).zip(Status::ALL) {
        story.settles(n, status).unwrap();
    }
    story.writes_down("F", "2024-02-29").unwrap();
    let next: Vec<_> = story
        .page()
        .open_actions()
        .into_iter()
        .map(|a| (a.title.to_string(), a.age, a.opened_on.is_some()))
        .collect();
    let expected = [("B", 2, true), ("C", 2, true), ("E", 2, true), ("F", 2, false)];
    assert_eq!(
        next,
        expected.map(|(title, age, known)| (title.to_owned(), age, known)),
        "A is done and D dropped; E was forgotten"
    );
}

#[test]
fn a_page_from_before_actions_still_reads() {
    let json = serde_json::to_value(with(vec![]).page()).unwrap();
    assert!(json.get("actions").is_none(), "a page without actions is as it always was");
    let page: Page = serde_json::from_value(json).unwrap();
    assert_eq!(page.open_actions(), []);
    let full = two().page();
    let again: Page = serde_json::from_str(&serde_json::to_string(&full).unwrap()).unwrap();
    assert_eq!(again, full);
}

#[test]
fn the_page_tells_what_was_settled() {
    let mut story = two();
    story.settles(1, Status::Dropped).unwrap();
    let md = story.page().markdown();
    assert!(
        md.contains("- **Dropped**: Split the pipeline (no owner, no date, from 4 Jul 2023)"),
        "{md}"
    );
    assert!(
        md.contains("- **Not started, not looked at this time**: Alert on no events"),
        "{md}"
    );
}

#[test]
fn the_effect_is_told_after_the_vote_and_not_before() {
    let mut story = two();
    let effect = |story: &Story| story.state.effect(&story.state.since.0[&ActionId(1)].action);
    assert_eq!(effect(&story), Some(Effect::NotYet(Metric::LeadTime)));
    story.goes_to(LEAD_TIME).unwrap();
    story.casts(ANA, 5).unwrap();
    story.reveals(1).unwrap();
    assert_eq!(effect(&story), Some(Effect::NotYet(Metric::LeadTime)), "revealed is not agreed");
    story.agrees(5).unwrap();
    let (metric, before, now) = (Metric::LeadTime, code(3), code(5));
    assert_eq!(effect(&story), Some(Effect::Compared { metric, before, now }));
    assert!(
        effect(&story)
            .unwrap()
            .sentence()
            .starts_with("Lead time for changes: it moved up, from")
    );
    assert_eq!(story.state.effect(&action("X", None)), None);
    let fifth = action("Y", Some(Metric::DeploymentRework));
    assert_eq!(
        story.state.effect(&fifth),
        Some(Effect::NoComparison(Metric::DeploymentRework)),
        "not asked"
    );
}

#[test]
fn the_step_is_passed_over_while_there_is_nothing_in_it() {
    let mut story = Story::new(created(Options::default(), false, None));
    let beside = |story: &Story, by| story.state.beside(by).map(|step| step.id);
    assert!(story.state.passes_over(SINCE));
    assert_eq!(beside(&story, 1), Some(SCENE));
    story.goes_to(SCENE).unwrap();
    assert_eq!(beside(&story, -1), Some(WELCOME));
    story.writes_down("From the whiteboard", "").unwrap();
    assert_eq!(beside(&story, -1), Some(SINCE));
    story.goes_to(FREQUENCY).unwrap();
    assert_eq!(beside(&story, 1), Some(checkpoint::domain::ids::StepId(6)));
}

#[test]
fn what_is_written_down_here_can_be_taken_away_and_nothing_else() {
    let mut story = two();
    story.writes_down("A", "").unwrap();
    let added = *story.state.since.0.keys().next_back().unwrap();
    let remove = |id| Command::Since(C::Remove(id));
    assert_eq!(story.does(FAY, remove(ActionId(1))), Err(Rejection::CarriedAction));
    story.settles(added.0, Status::Done).unwrap();
    story.does(FAY, remove(added)).unwrap();
    assert_eq!(story.does(FAY, remove(added)), Ok(vec![]));
    let said = |story: &Story| {
        story
            .state
            .timeline
            .0
            .iter()
            .filter(|e| matches!(e.moment, Moment::Settled { .. }))
            .count()
    };
    assert_eq!(said(&story), 0, "the timeline forgets it too");
    story.writes_down("B", "").unwrap();
    assert!(!story.state.since.0.contains_key(&added), "a number is never given twice");
}

#[test]
fn a_bad_action_is_refused_with_a_reason() {
    let mut story = two();
    assert!(matches!(story.writes_down(" ", ""), Err(Rejection::Text(_))));
    for due in ["tomorrow", "2023-02-29", "0001-01-01", "9999-12-31"] {
        assert_eq!(story.writes_down("A", due), Err(Rejection::NotADate), "{due}");
    }
    for n in 0..48 {
        story.writes_down(&format!("Action {n}"), "").unwrap();
    }
    assert_eq!(story.writes_down("One more", ""), Err(Rejection::TooManyActions));
}

#[test]
fn what_was_published_since_the_planning_is_last_time() {
    let planned = previous(&[(Metric::LeadTime, 2)]);
    let latest = |titles: &[&str]| Previous {
        actions: titles.iter().map(|title| action(title, None)).collect(),
        ..previous(&[(Metric::LeadTime, 5)])
    };
    let mut story = Story::new(created(
        Options::default(),
        false,
        Some(Previous {
            actions: latest(&["Old", "Kept"]).actions,
            ..planned
        }),
    ));
    story.writes_down("From the whiteboard", "").unwrap();
    story.settles(2, Status::InProgress).unwrap();
    story.cx.previous = Some(latest(&["Kept", "New"]));
    let events = story.goes_to(SCENE).unwrap();
    assert!(matches!(events[0], Event::Recalled(_)), "before anything else");
    let titles: Vec<_> = story
        .state
        .since
        .0
        .values()
        .map(|item| (item.action.title.as_str(), item.settled))
        .collect();
    assert_eq!(titles, [("Kept", true), ("From the whiteboard", false), ("New", false)]);
    assert_eq!(story.state.previous, story.cx.previous);
    // Once it has begun, last time stays what it was.
    story.cx.previous = Some(latest(&["Later"]));
    story.goes_to(FREQUENCY).unwrap();
    assert_eq!(story.state.since.0.len(), 3);
}

#[test]
fn a_checkpoint_that_finds_nothing_new_begins_without_a_word() {
    let last = previous(&[(Metric::LeadTime, 2)]);
    for recalled in [None, Some(last.clone())] {
        let mut story = Story::new(created(Options::default(), false, Some(last.clone())));
        story.cx.previous = recalled;
        let events = story.goes_to(SCENE).unwrap();
        assert!(!events.iter().any(|event| matches!(event, Event::Recalled(_))));
    }
}
