//! Actions: who proposes, accepts and arranges them, what is refused, and what goes on to the next checkpoint.

use crate::Outcome;
use crate::story::{ANA, BEN, FAY, OLA, Story, created, previous};
use crate::survey::{BATCHES, begun, key};
use checkpoint::domain::action::{Action, Origin};
use checkpoint::domain::actions::{Command as C, Draft, Entry, MOST_ACTIONS};
use checkpoint::domain::audience::Audience;
use checkpoint::domain::command::Command;
use checkpoint::domain::event::Event;
use checkpoint::domain::ids::{ActionId, GroupId, ParticipantId, StickyId};
use checkpoint::domain::improve::{self, Item};
use checkpoint::domain::metric::{Code, Metric};
use checkpoint::domain::page::Page;
use checkpoint::domain::rejection::Rejection;
use checkpoint::domain::text::ActionTitle;
use checkpoint::domain::timeline::Moment;
use checkpoint::domain::vote::Options;
use checkpoint::domain::workshop::Previous;
use checkpoint::domain::{actions, agenda, summary};

fn draft(title: &str) -> Draft {
    Draft {
        title: title.to_owned(),
        ..Draft::default()
    }
}

impl Story {
    fn acts(&mut self, who: ParticipantId, command: C) -> Outcome {
        self.does(who, Command::Actions(command))
    }

    /// Somebody proposes an action; its number.
    fn proposes(&mut self, who: ParticipantId, title: &str) -> ActionId {
        self.drafts(who, draft(title)).unwrap()
    }

    pub(crate) fn drafts(&mut self, who: ParticipantId, draft: Draft) -> Result<ActionId, Rejection> {
        self.acts(who, C::Propose(draft))?;
        Ok(self.state.actions.0.last().unwrap().id)
    }

    fn edits(&mut self, who: ParticipantId, action: ActionId, draft: Draft) -> Outcome {
        let seen = None;
        self.acts(who, C::Edit { action, seen, draft })
    }

    fn entry(&self, action: ActionId) -> &Entry {
        self.state.actions.get(action).unwrap()
    }

    fn action(&self, action: ActionId) -> &Action {
        &self.entry(action).action
    }

    /// The titles in order, those of proposals in brackets.
    fn list(&self) -> Vec<String> {
        let name = |entry: &Entry| {
            if entry.accepted {
                entry.action.title.to_string()
            } else {
                format!("({})", entry.action.title)
            }
        };
        self.state.actions.0.iter().map(name).collect()
    }

    fn publishes(&mut self) {
        self.does(FAY, Command::Summary(summary::Command::Publish)).unwrap();
    }

    fn accepted_moments(&self) -> Vec<String> {
        let entries = self.state.timeline.0.iter();
        let accepted = entries.filter(|entry| matches!(entry.moment, Moment::ActionAccepted(_)));
        accepted.map(|entry| entry.moment.sentence(&self.state)).collect()
    }
}

fn page(story: &Story) -> Page {
    Page::of(previous(&[]).id, &story.state)
}

#[test]
fn everybody_proposes_and_a_facilitator_accepts() {
    let mut story = begun();
    let ana = story.proposes(ANA, " Split the pipeline ");
    story.proposes(FAY, "Alert on no events");
    story.proposes(BEN, "Test first");
    assert_eq!(story.list(), ["(Split the pipeline)", "Alert on no events", "(Test first)"]);
    assert_eq!(story.acts(OLA, C::Propose(draft("Watch"))), Err(Rejection::ObserversStick));
    assert_eq!(story.acts(ANA, C::Accept(ana)), Err(Rejection::FacilitatorOnly));
    story.acts(FAY, C::Accept(ana)).unwrap();
    assert_eq!(story.acts(FAY, C::Accept(ana)), Ok(vec![]), "accepted twice, accepted once");
    assert_eq!(
        story.list(),
        ["Alert on no events", "(Test first)", "Split the pipeline"],
        "the squad's actions stand as they were accepted"
    );
    assert_eq!(story.entry(ana).by, ANA);
    assert_eq!(story.acts(FAY, C::Accept(ActionId(99))), Err(Rejection::NoSuchAction));
}

#[test]
fn a_proposal_is_its_proposers_until_it_is_accepted() {
    let mut story = begun();
    let ana = story.proposes(ANA, "Split the pipeline");
    assert_eq!(story.edits(BEN, ana, draft("Mine")), Err(Rejection::NotYourAction));
    assert_eq!(story.acts(BEN, C::Remove(ana)), Err(Rejection::NotYourAction));
    story.edits(ANA, ana, draft("Split the build")).unwrap();
    assert_eq!(story.edits(ANA, ana, draft("Split the build ")), Ok(vec![]), "nothing is new");
    story.acts(FAY, C::Accept(ana)).unwrap();
    assert_eq!(story.edits(ANA, ana, draft("Again")), Err(Rejection::NotYourAction));
    assert_eq!(story.acts(ANA, C::Remove(ana)), Err(Rejection::NotYourAction));
    story.edits(FAY, ana, draft("Split the build in two")).unwrap();
    assert_eq!(story.list(), ["Split the build in two"]);
    assert_eq!(story.edits(FAY, ActionId(99), draft("x")), Err(Rejection::NoSuchAction));
    let ben = story.proposes(BEN, "Test first");
    story.acts(BEN, C::Remove(ben)).unwrap();
    assert_eq!(story.acts(BEN, C::Remove(ben)), Ok(vec![]), "it is gone already");
    assert_ne!(story.proposes(BEN, "Test late"), ben, "a number is never given twice");
}

#[test]
fn a_draft_becomes_an_action_that_can_be_read_alone() {
    let mut story = begun();
    story.chooses(&[BATCHES]).unwrap();
    let item = Item::Sticky(story.sticks(BEN, "Smaller batches"));
    let full = Draft {
        title: "Split the pipeline".to_owned(),
        done_when: "One queue".to_owned(),
        owner: " Ana ".to_owned(),
        due: "2024-02-29".to_owned(),
        expects: Some(Metric::LeadTime),
        expects_answer: Code::new(5),
        item: Some(item),
        serves: Some(key(BATCHES)),
        tracker: " https://tracker.example/1 ".to_owned(),
        outside: true,
    };
    let id = story.drafts(ANA, full.clone()).unwrap();
    let action = story.action(id).clone();
    assert_eq!(
        (action.improvement.as_str(), action.serves.as_ref().unwrap().title.as_str()),
        ("Smaller batches", "Working in small batches")
    );
    assert_eq!(action.tracker.as_ref().unwrap().as_str(), "https://tracker.example/1");
    assert_eq!((action.owner.as_str(), action.outside, action.age), ("Ana", true, 0));
    // What the form shows, sent back, changes nothing, not even when what it names is gone meanwhile.
    let Item::Sticky(sticky) = item else { unreachable!() };
    story.does(FAY, Command::Improve(improve::Command::Remove(sticky))).unwrap();
    story.chooses(&[]).unwrap();
    let shown = Draft::of(story.entry(id));
    assert_eq!(story.edits(ANA, id, shown.clone()), Ok(vec![]));
    let renamed = Draft {
        title: "Split it".to_owned(),
        ..shown
    };
    story.edits(ANA, id, renamed).unwrap();
    assert_eq!(story.action(id).improvement, "Smaller batches");
    // Somebody else's action cannot come from it any more.
    assert_eq!(story.drafts(BEN, full.clone()), Err(Rejection::NoSuchImprovement));
    let without = Draft { item: None, ..full };
    assert_eq!(story.drafts(BEN, without), Err(Rejection::NoSuchCapability));
    // An answer without a question says nothing.
    let answer = Draft {
        expects_answer: Code::new(5),
        ..draft("x")
    };
    let id = story.drafts(BEN, answer).unwrap();
    assert_eq!(story.action(id).expects_answer, None);
}

#[test]
fn an_action_of_a_group_is_named_after_it_and_tells_nothing_hidden() {
    let mut story = begun();
    let stickies = vec![story.sticks(ANA, "Slow review"), story.sticks(BEN, "Big changes")];
    let name = "Smaller changes".to_owned();
    story
        .does(FAY, Command::Improve(improve::Command::Group { stickies, name }))
        .unwrap();
    let group: GroupId = *story.state.improvements.groups.keys().next_back().unwrap();
    let of = |item| Draft {
        item: Some(item),
        ..draft("Pair up")
    };
    let id = story.drafts(ANA, of(Item::Group(group))).unwrap();
    assert_eq!(story.action(id).improvement, "Smaller changes");
    story.does(FAY, Command::Improve(improve::Command::Hush)).unwrap();
    let hidden = story.sticks(BEN, "The pipeline of Cem");
    assert_eq!(story.drafts(ANA, of(Item::Sticky(hidden))), Err(Rejection::StillHidden));
    assert_eq!(story.drafts(ANA, of(Item::Sticky(StickyId(99)))), Err(Rejection::NoSuchImprovement));
}

#[test]
fn a_due_date_lies_in_the_two_years_from_the_checkpoint_on() {
    let mut story = begun();
    let due = |day: &str| Draft {
        due: day.to_owned(),
        ..draft("Split the pipeline")
    };
    for (day, refusal) in [
        ("tomorrow", Rejection::NotADate),
        ("2024-02-30", Rejection::NotADate),
        ("2023-11-13", Rejection::DueBefore),
        ("0001-01-01", Rejection::DueBefore),
        ("2025-11-15", Rejection::DueTooFar),
        ("9999-12-31", Rejection::DueTooFar),
    ] {
        assert_eq!(story.drafts(ANA, due(day)), Err(refusal), "{day}");
    }
    for day in ["2023-11-14", "2025-11-14", " 2024-02-29 ", ""] {
        story.drafts(ANA, due(day)).unwrap();
    }
    assert_eq!(story.state.actions.0.last().unwrap().action.due, None);
}

#[test]
fn a_bad_draft_is_refused_with_a_reason() {
    let mut story = begun();
    assert!(matches!(story.drafts(ANA, draft(" ")), Err(Rejection::Text(_))));
    assert!(matches!(story.drafts(ANA, draft(&"x".repeat(201))), Err(Rejection::Text(_))));
    let tracker = |link: &str| Draft {
        tracker: link.to_owned(),
        ..draft("x")
    };
    for link in ["javascript:alert(1)", "https://ana:secret@x.example", "tracker"] {
        assert_eq!(story.drafts(ANA, tracker(link)), Err(Rejection::NotALink), "{link}");
    }
    let far = Draft {
        done_when: "x".repeat(301),
        ..draft("x")
    };
    assert!(matches!(story.drafts(ANA, far), Err(Rejection::Text(_))));
    assert_eq!(story.list(), [""; 0]);
    for n in 0..MOST_ACTIONS {
        story.proposes(ANA, &format!("Action {n}"));
    }
    assert_eq!(story.drafts(FAY, draft("One more")), Err(Rejection::TooManyActions));
    let (action, title) = (story.state.actions.0[0].id, "Half".to_owned());
    assert_eq!(story.acts(FAY, C::Split { action, title }), Err(Rejection::TooManyActions));
}

#[test]
fn a_facilitator_moves_actions() {
    let mut story = begun();
    let ids = ["A", "B", "C"].map(|title| story.proposes(FAY, title));
    let put = |story: &mut Story, n: usize, after: Option<usize>| {
        let (action, after) = (ids[n], after.map(|n| ids[n]));
        story.acts(FAY, C::Move { action, after })
    };
    put(&mut story, 2, None).unwrap();
    assert_eq!(story.list(), ["C", "A", "B"]);
    put(&mut story, 2, Some(0)).unwrap();
    assert_eq!(story.list(), ["A", "C", "B"]);
    assert_eq!(put(&mut story, 2, Some(0)), Ok(vec![]), "it is there already");
    assert_eq!(put(&mut story, 2, Some(2)), Ok(vec![]));
    for (action, after) in [(ActionId(99), None), (ids[0], Some(ActionId(99)))] {
        assert_eq!(story.acts(FAY, C::Move { action, after }), Err(Rejection::NoSuchAction));
    }
    let (action, after) = (ids[0], None);
    assert_eq!(story.acts(ANA, C::Move { action, after }), Err(Rejection::FacilitatorOnly));
}

#[test]
fn a_split_action_keeps_where_it_comes_from() {
    let mut story = begun();
    let item = Some(Item::Sticky(story.sticks(BEN, "Smaller batches")));
    let whole = Draft {
        owner: "Ana".to_owned(),
        due: "2024-02-29".to_owned(),
        done_when: "One queue".to_owned(),
        expects: Some(Metric::LeadTime),
        expects_answer: Code::new(5),
        item,
        ..draft("Split the pipeline")
    };
    let action = story.drafts(ANA, whole).unwrap();
    story.proposes(BEN, "Test first");
    let split = |title: &str| C::Split {
        action,
        title: title.to_owned(),
    };
    assert_eq!(story.acts(ANA, split("Half")), Err(Rejection::FacilitatorOnly));
    assert!(matches!(story.acts(FAY, split(" ")), Err(Rejection::Text(_))));
    story.acts(FAY, split("Cache the build")).unwrap();
    assert_eq!(story.list(), ["(Split the pipeline)", "(Cache the build)", "(Test first)"]);
    let part = &story.state.actions.0[1];
    let expected = Action {
        title: ActionTitle::parse("Cache the build").unwrap(),
        improvement: "Smaller batches".to_owned(),
        expects: Some(Metric::LeadTime),
        expects_answer: Code::new(5),
        ..Action::default()
    };
    assert_eq!((&part.action, part.item, part.by), (&expected, item, ANA));
    let (action, title) = (ActionId(99), "Half".to_owned());
    assert_eq!(story.acts(FAY, C::Split { action, title }), Err(Rejection::NoSuchAction));
}

#[test]
fn merged_actions_keep_what_either_had() {
    let mut story = begun();
    let item = Some(Item::Sticky(story.sticks(BEN, "Smaller batches")));
    let with = |title: &str, done_when: &str, owner: &str| Draft {
        done_when: done_when.to_owned(),
        owner: owner.to_owned(),
        ..draft(title)
    };
    let proposal = story.drafts(ANA, with("Split the pipeline", "One queue.", "")).unwrap();
    let own = Draft {
        item,
        ..with("Fewer queues", "No waiting", "Ben")
    };
    let accepted = story.drafts(FAY, own).unwrap();
    let merge = |action, into| C::Merge { action, into };
    assert_eq!(story.acts(FAY, merge(accepted, accepted)), Err(Rejection::MergedWithItself));
    assert_eq!(story.acts(FAY, merge(accepted, ActionId(99))), Err(Rejection::NoSuchAction));
    assert_eq!(story.acts(FAY, merge(ActionId(99), accepted)), Err(Rejection::NoSuchAction));
    assert_eq!(story.acts(ANA, merge(accepted, proposal)), Err(Rejection::FacilitatorOnly));
    story.acts(FAY, merge(accepted, proposal)).unwrap();
    assert_eq!(story.list(), ["Split the pipeline"], "what was accepted stays accepted");
    let action = story.action(proposal);
    assert_eq!(
        (action.done_when.as_str(), action.owner.as_str(), action.improvement.as_str()),
        ("One queue; No waiting", "Ben", "Smaller batches")
    );
    assert_eq!(story.entry(proposal).item, item);
    assert_eq!(story.accepted_moments(), ["Action: Split the pipeline"]);
}

#[test]
fn the_timeline_tells_what_was_accepted_and_forgets_what_is_gone() {
    let mut story = begun();
    let own = story.proposes(FAY, "Alert on no events");
    let ana = story.proposes(ANA, "Split the pipeline");
    assert_eq!(story.accepted_moments(), ["Action: Alert on no events"]);
    story.acts(FAY, C::Accept(ana)).unwrap();
    story.edits(FAY, ana, draft("Split the build")).unwrap();
    assert_eq!(story.accepted_moments(), ["Action: Alert on no events", "Action: Split the build"]);
    story.acts(FAY, C::Remove(own)).unwrap();
    assert_eq!(story.accepted_moments(), ["Action: Split the build"]);
}

#[test]
fn a_checkpoint_without_the_step_takes_no_actions_and_nor_does_a_published_one() {
    let mut without = created(Options::default(), false, None);
    without.steps.retain(|step| step.kind != agenda::StepKind::Actions);
    let mut story = Story::new(without);
    assert_eq!(story.drafts(ANA, draft("x")), Err(Rejection::NoSuchStep));
    let mut story = begun();
    let ana = story.proposes(ANA, "Split the pipeline");
    story.publishes();
    for command in [
        C::Propose(draft("x")),
        C::Accept(ana),
        C::Edit {
            action: ana,
            seen: None,
            draft: draft("x"),
        },
        C::Move { action: ana, after: None },
        C::Split {
            action: ana,
            title: "x".to_owned(),
        },
        C::Merge { action: ana, into: ana },
        C::Remove(ana),
    ] {
        assert_eq!(story.acts(FAY, command.clone()), Err(Rejection::Published), "{command:?}");
    }
}

#[test]
fn everybody_sees_the_same_actions() {
    let mut story = begun();
    story.proposes(ANA, "Split the pipeline");
    for audience in [Audience::Everyone, Audience::Seat(FAY), Audience::Seat(OLA)] {
        assert_eq!(story.state.seen_by(audience).actions, story.state.actions);
    }
}

#[test]
fn the_page_prints_what_was_decided_and_what_it_lacks() {
    let mut story = begun();
    let empty = serde_json::to_value(page(&story)).unwrap();
    assert!(
        empty.get("decided").is_none() && empty.get("gaps").is_none(),
        "a page without actions is as it always was"
    );
    story.proposes(ANA, "Only proposed");
    let with = Draft {
        done_when: "One | queue".to_owned(),
        owner: "Ana".to_owned(),
        expects: Some(Metric::LeadTime),
        ..draft("Split *the* pipeline")
    };
    let number = story.drafts(FAY, with).unwrap();
    for n in 0..3 {
        let more = Draft {
            owner: "ana".to_owned(),
            due: "2024-02-29".to_owned(),
            ..draft(&format!("Action {n}"))
        };
        story.drafts(FAY, more).unwrap();
    }
    assert_eq!(
        story.state.actions.gaps(),
        ["“Split *the* pipeline” has no date yet.", "Ana has 4 of 4 actions."]
    );
    let page = page(&story);
    assert_eq!(
        page.gaps,
        ["“Split *the* pipeline” has no date yet."],
        "nobody is counted in public"
    );
    assert_eq!((page.decided.len(), page.decided[0].number), (4, number));
    let markdown = page.markdown();
    let expected = "## Actions\n\n- [ ] Split \\*the\\* pipeline\n  - Done when: One \\| queue\n  - Owner: Ana\n  - Due: no date yet\n  \
                    - Expected effect: Lead time for changes moves up\n- [ ] Action 0\n";
    assert!(markdown.contains(expected), "{markdown}");
    assert!(markdown.contains("\n\n“Split \\*the\\* pipeline” has no date yet.\n"), "{markdown}");
    assert!(!markdown.contains("Only proposed"), "{markdown}");
    let place = |heading: &str| markdown.find(heading).unwrap();
    assert!(place("## The answers") < place("## Actions") && place("## Actions") < place("## How it went"));
    let json = serde_json::to_string(&page).unwrap();
    assert_eq!(serde_json::from_str::<Page>(&json).unwrap(), page);
}

#[test]
fn the_next_checkpoint_opens_with_what_is_still_open_and_what_was_decided() {
    let old = Action {
        title: ActionTitle::parse("From last time").unwrap(),
        opened_on: chrono::NaiveDate::from_ymd_opt(2023, 7, 4),
        origin: Some(Origin {
            workshop: previous(&[]).id,
            action: ActionId(3),
        }),
        age: 1,
        ..Action::default()
    };
    let previous_one = Previous {
        actions: vec![old.clone()],
        ..previous(&[])
    };
    let mut story = Story::new(created(Options::default(), false, Some(previous_one)));
    story.agenda(agenda::Command::Start).unwrap();
    story.proposes(ANA, "Only proposed");
    let number = story.proposes(FAY, "Decided");
    let open = page(&story).open_actions();
    assert_eq!(open[0], Action { age: 2, ..old });
    let decided = Action {
        title: ActionTitle::parse("Decided").unwrap(),
        opened_on: Some(story.state.held_on),
        origin: Some(Origin {
            workshop: previous(&[]).id,
            action: number,
        }),
        age: 1,
        ..Action::default()
    };
    assert_eq!(open[1..], [decided]);
}

#[test]
fn every_change_waits_to_be_published() {
    let mut story = begun();
    for command in [C::Propose(draft("A")), C::Propose(draft("B"))] {
        story.state.summary.changed = false;
        story.acts(FAY, command).unwrap();
        assert!(story.state.summary.changed);
    }
    let kinds = story.log.iter().rev().take(2).map(|recorded| recorded.event.kind());
    assert_eq!(kinds.collect::<Vec<_>>(), ["actions", "actions"]);
    assert!(matches!(
        story.log.last().unwrap().event,
        Event::Actions(actions::Event::Added { accepted: true, .. })
    ));
}
