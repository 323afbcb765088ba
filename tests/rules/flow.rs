//! The rules of drawing the delivery flow.

use crate::at_the_vote;
use crate::story::{ANA, BEN, FAY, OLA, Story, created, previous};
use checkpoint::domain::command::Command;
use checkpoint::domain::event::Event;
use checkpoint::domain::flow::undo::{changes, revert};
use checkpoint::domain::flow::{self, Connector, Edit, Flow, Kind, Lane, MOST_EDITS, MOST_ELEMENTS, Mode, Point, Span, Step, Text};
use checkpoint::domain::ids::{ElementId, ParticipantId, StepId};
use checkpoint::domain::rejection::Rejection as R;
use checkpoint::domain::text::{FlowStepName, FlowText};
use checkpoint::domain::vote::Options;
use checkpoint::domain::workshop::Previous;
use checkpoint::domain::{plan, summary};

const COMMIT: ElementId = ElementId(1);
const BUILD: ElementId = ElementId(2);
const DEPLOY: ElementId = ElementId(3);

fn named(name: &str) -> Step {
    Step {
        name: serde_json::from_value(name.into()).unwrap(),
        ..Step::default()
    }
}

pub(crate) fn add(id: ElementId, name: &str) -> Edit {
    Edit::AddStep(id, named(name))
}

fn connect(id: u64, from: ElementId, to: ElementId) -> Edit {
    let connector = Connector {
        from,
        to,
        ..Connector::default()
    };
    Edit::AddConnector(ElementId(id), connector)
}

fn rename(id: ElementId, name: &str) -> Edit {
    Edit::Name(id, FlowStepName::parse(name).unwrap())
}

impl Story {
    pub(crate) fn draws(&mut self, who: ParticipantId, edits: &[Edit]) -> Result<usize, R> {
        let events = self.does(who, Command::Flow(flow::Command::Edit(edits.to_vec())))?;
        Ok(events
            .iter()
            .map(|event| {
                if let Event::Flow(flow::Event::Edited(edits)) = event {
                    edits.len()
                } else {
                    0
                }
            })
            .sum())
    }

    fn flow(&self) -> &Flow {
        &self.state.flow
    }
}

/// Commit, build and deploy, one after the other.
fn chain() -> Story {
    let mut story = at_the_vote();
    let edits = [
        add(COMMIT, "Commit"),
        add(BUILD, "Build"),
        add(DEPLOY, "Deploy"),
        connect(11, COMMIT, BUILD),
        connect(12, BUILD, DEPLOY),
    ];
    assert_eq!(story.draws(ANA, &edits), Ok(5));
    story
}

#[test]
fn different_things_of_one_step_both_stay() {
    let mut story = chain();
    story.draws(ANA, &[rename(BUILD, "Build and test")]).unwrap();
    story.draws(BEN, &[Edit::Kind(BUILD, Kind::Automated)]).unwrap();
    story.draws(ANA, &[Edit::Work(BUILD, Some(Span::exactly(300)))]).unwrap();
    let build = &story.flow().steps[&BUILD];
    assert_eq!(
        (build.name.as_str(), build.kind, build.work),
        ("Build and test", Kind::Automated, Some(Span::exactly(300)))
    );
    story.draws(BEN, &[rename(BUILD, "Compile")]).unwrap();
    assert_eq!(story.flow().steps[&BUILD].name.as_str(), "Compile", "of one field the last one");
}

#[test]
fn a_deleted_step_takes_its_connectors_along() {
    let mut story = chain();
    story.draws(BEN, &[Edit::Remove(BUILD)]).unwrap();
    assert_eq!(story.flow().len(), 2);
    assert_eq!(story.draws(ANA, &[rename(BUILD, "Late")]), Err(R::ElementGone));
    assert_eq!(story.draws(ANA, &[connect(13, COMMIT, BUILD)]), Err(R::ElementGone));
    assert_eq!(story.draws(ANA, &[Edit::Ends(ElementId(11), COMMIT, DEPLOY)]), Err(R::ElementGone));
    let both = [rename(BUILD, "Late"), rename(COMMIT, "Push")];
    assert_eq!(story.draws(ANA, &both), Ok(1), "what can be done is done");
    assert_eq!(story.draws(ANA, &[Edit::Remove(BUILD)]), Ok(0), "it is gone already");
}

#[test]
fn what_changes_nothing_is_not_recorded() {
    let mut story = chain();
    let before = story.log.len();
    let twin = connect(99, COMMIT, BUILD);
    let same = [
        rename(COMMIT, "Commit"),
        add(COMMIT, "Again"),
        twin,
        Edit::Ends(ElementId(12), COMMIT, BUILD),
        Edit::Work(BUILD, None),
        Edit::Keep(BUILD),
    ];
    assert_eq!(story.draws(ANA, &same), Ok(0));
    assert_eq!(story.draws(ANA, &[]), Ok(0));
    assert_eq!(story.log.len(), before);
}

#[test]
fn bad_edits_get_one_sentence_and_change_nothing() {
    let mut story = chain();
    let far = |x, y| Edit::At(COMMIT, Some(Point { x, y }));
    let long = "x".repeat(500);
    let backwards = Span { least: 2, most: 1 };
    let for_ever = Span::exactly(u32::MAX);
    let refused = [
        (far(i32::MAX, 0), R::TooFar(flow::FARTHEST)),
        (far(0, -20_001), R::TooFar(flow::FARTHEST)),
        (Edit::Work(COMMIT, Some(backwards)), R::TooLongATime),
        (Edit::Wait(ElementId(11), Some(for_ever)), R::TooLongATime),
        (connect(14, COMMIT, COMMIT), R::ToItself),
        (Edit::Ends(ElementId(11), BUILD, BUILD), R::ToItself),
    ];
    let before = story.state.clone();
    for (edit, reason) in refused {
        assert_eq!(story.draws(ANA, &[rename(COMMIT, "Push"), edit]), Err(reason));
    }
    for bad in [long.as_str(), "", " ", "a\u{0}b", "\u{202E}abc"] {
        let refusal = story.draws(ANA, &[add(ElementId(9), bad)]);
        assert!(matches!(refusal, Err(R::Text(_))), "{bad:?}: {refusal:?}");
    }
    assert_eq!(story.state, before);
    for good in ["🚀", "בנייה", "构建", "O'Neil > \"x\""] {
        assert_eq!(story.draws(ANA, &[rename(COMMIT, good)]), Ok(1), "{good}");
    }
}

#[test]
fn what_a_screen_computes_is_a_place_or_refused() {
    let point = |json: &str| serde_json::from_str::<Point>(json).unwrap();
    assert_eq!(point("[1.6,-2.4]"), Point { x: 2, y: -2 });
    assert!(!point("[1e12,0]").is_near() && !point("[0,-1e300]").is_near());
    assert_eq!(Point::from((f64::NAN, f64::INFINITY)), Point { x: 0, y: i32::MAX });
}

#[test]
fn a_flow_has_an_end() {
    let mut story = at_the_vote();
    let many = |from: u64, n: u64| (from..from + n).map(|id| add(ElementId(id), "Step")).collect::<Vec<_>>();
    let most = MOST_EDITS as u64;
    assert_eq!(story.draws(ANA, &many(0, most + 1)), Err(R::TooManyEdits));
    for n in 0..2 {
        assert_eq!(story.draws(ANA, &many(n * most, most)), Ok(MOST_EDITS));
    }
    let left = MOST_ELEMENTS as u64 - 2 * most;
    assert_eq!(story.draws(ANA, &many(2 * most, left + 1)), Err(R::FlowFull));
    assert_eq!(story.draws(ANA, &many(2 * most, left)), Ok(MOST_ELEMENTS - 2 * MOST_EDITS));
    let text = Text {
        text: FlowText::parse("One more").unwrap(),
        ..Text::default()
    };
    assert_eq!(story.draws(ANA, &[Edit::AddText(ElementId(5_000), text.clone())]), Err(R::FlowFull));
    let swap = [Edit::Remove(ElementId(0)), Edit::AddText(ElementId(5_000), text)];
    assert_eq!(story.draws(ANA, &swap), Ok(2), "as much goes as comes");
    assert_eq!(story.draws(ANA, &[add(ElementId(u64::MAX), "x")]), Err(R::FlowFull));
}

#[test]
fn an_id_that_json_cannot_keep_is_refused() {
    let mut story = at_the_vote();
    assert_eq!(
        story.draws(ANA, &[add(ElementId(ElementId::LARGEST + 1), "x")]),
        Err(R::ElementGone)
    );
    assert_eq!(story.draws(ANA, &[add(ElementId(ElementId::LARGEST), "x")]), Ok(1));
}

#[test]
fn a_scribe_draws_for_all() {
    let mut story = chain();
    let draw = |mode| Command::Flow(flow::Command::Draw(mode));
    assert_eq!(story.does(FAY, draw(Mode::Scribe(ParticipantId(77)))), Err(R::NoSuchPerson));
    story.does(FAY, draw(Mode::Scribe(ANA))).unwrap();
    assert_eq!(story.draws(BEN, &[rename(COMMIT, "Push")]), Err(R::ScribeDraws("Ana".to_owned())));
    assert_eq!(story.draws(FAY, &[rename(COMMIT, "Push")]), Err(R::ScribeDraws("Ana".to_owned())));
    assert_eq!(story.draws(ANA, &[rename(COMMIT, "Push")]), Ok(1));
    story.people(FAY, checkpoint::domain::people::Command::Remove(ANA)).unwrap();
    assert_eq!(
        story.draws(BEN, &[rename(COMMIT, "Save")]),
        Ok(1),
        "a scribe who has left holds up nobody"
    );
    assert_eq!(story.does(FAY, draw(Mode::Together)).map(|events| events.len()), Ok(1));
    assert_eq!(story.does(FAY, draw(Mode::Together)), Ok(vec![]));
}

#[test]
fn a_scribe_who_observes_holds_up_nobody() {
    let mut story = chain();
    let draw = |who| Command::Flow(flow::Command::Draw(Mode::Scribe(who)));
    assert_eq!(story.does(FAY, draw(OLA)), Err(R::ObserversWatch));
    assert_eq!(story.state.flow.mode, Mode::Together);
}

#[test]
fn observers_watch() {
    assert_eq!(chain().draws(OLA, &[rename(COMMIT, "Push")]), Err(R::ObserversWatch));
}

#[test]
fn a_published_flow_stays() {
    let mut story = chain();
    story.does(FAY, Command::Summary(summary::Command::Publish)).unwrap();
    assert_eq!(story.draws(ANA, &[rename(COMMIT, "Push")]), Err(R::Published));
}

#[test]
fn without_the_step_nothing_is_drawn() {
    let mut story = at_the_vote();
    let flow = story
        .state
        .agenda
        .steps
        .iter()
        .find(|s| s.kind == checkpoint::domain::agenda::StepKind::Flow);
    let flow: StepId = flow.unwrap().id;
    story.does(FAY, Command::Plan(plan::Command::Remove(flow))).unwrap();
    assert_eq!(story.draws(ANA, &[add(COMMIT, "Commit")]), Err(R::NoSuchStep));
}

#[test]
fn last_times_flow_is_pale_until_somebody_touches_it() {
    let last = Previous {
        flow: Some(chain().flow().drawn()),
        ..previous(&[])
    };
    let mut story = Story::new(created(Options::default(), false, Some(last)));
    let take_over = Command::Flow(flow::Command::TakeOver);
    story.does(BEN, take_over.clone()).unwrap();
    assert_eq!(story.flow().ghosts.len(), 5);
    assert_eq!(story.flow().drawn(), chain().flow().drawn(), "the same steps by the same ids");
    assert_eq!(story.does(ANA, take_over.clone()), Err(R::FlowBegan));
    story.draws(ANA, &[Edit::Keep(COMMIT), rename(BUILD, "Build")]).unwrap();
    assert_eq!(story.flow().ghosts.len(), 3, "also what is written as it was");
    story.draws(ANA, &[Edit::Remove(DEPLOY)]).unwrap();
    assert_eq!(story.flow().ghosts, [ElementId(11)].into(), "a ghost of what is gone is gone");
    assert_eq!(at_the_vote().does(ANA, take_over), Err(R::NoLastFlow));
}

#[test]
fn a_deleted_step_comes_back_with_its_connectors() {
    let mut story = chain();
    let remove = [Edit::Remove(BUILD)];
    let mine = changes(story.flow(), &remove);
    let before = story.flow().clone();
    story.draws(ANA, &remove).unwrap();
    story.draws(BEN, &[rename(COMMIT, "Push")]).unwrap();
    let back = revert(story.flow(), &mine);
    assert_eq!(story.draws(ANA, &back), Ok(3));
    assert_eq!(story.flow().connectors, before.connectors);
    assert_eq!(story.flow().steps[&COMMIT].name.as_str(), "Push", "what Ben did stays");
}

#[test]
fn undo_leaves_alone_what_others_have_changed() {
    let mut story = chain();
    let name = [rename(BUILD, "Compile")];
    let mine = changes(story.flow(), &name);
    story.draws(ANA, &name).unwrap();
    story.draws(BEN, &[rename(BUILD, "Make")]).unwrap();
    assert_eq!(revert(story.flow(), &mine), []);
    // A step that somebody else has connected stays too.
    let new = ElementId(20);
    let adds = [add(new, "Check")];
    let mine = changes(story.flow(), &adds);
    story.draws(ANA, &adds).unwrap();
    assert_eq!(revert(story.flow(), &mine), [Edit::Remove(new)]);
    story.draws(BEN, &[connect(21, DEPLOY, new)]).unwrap();
    assert_eq!(revert(story.flow(), &mine), []);
    // And a connector to a step that is gone does not come back.
    let cut = [Edit::Remove(ElementId(11))];
    let mine = changes(story.flow(), &cut);
    story.draws(ANA, &cut).unwrap();
    story.draws(BEN, &[Edit::Remove(COMMIT)]).unwrap();
    assert_eq!(revert(story.flow(), &mine), []);
}

#[test]
fn the_page_keeps_the_flow_without_who_drew_it() {
    let mut story = chain();
    story.does(FAY, Command::Flow(flow::Command::Draw(Mode::Scribe(ANA)))).unwrap();
    let id = checkpoint::domain::ids::WorkshopId::new(uuid::Uuid::from_u128(1));
    let page = checkpoint::domain::page::Page::of(id, &story.state);
    let flow = page.flow.unwrap();
    assert_eq!((flow.len(), flow.mode), (5, Mode::Together));
    assert_eq!(flow.of_lane(Lane::Recovery).count(), 0);
    let nothing = checkpoint::domain::page::Page::of(id, &at_the_vote().state);
    assert_eq!(nothing.flow, None);
}

#[test]
fn the_page_says_what_has_changed_since_last_time() {
    let last = Previous {
        flow: Some(chain().flow().drawn()),
        ..previous(&[])
    };
    let id = last.id;
    let mut story = Story::new(created(Options::default(), false, Some(last)));
    let page = |story: &Story| checkpoint::domain::page::Page::of(id, &story.state);
    assert_eq!(page(&story).flow_changes, [""; 0], "nothing is drawn, so nothing has changed");
    story.does(ANA, Command::Flow(flow::Command::TakeOver)).unwrap();
    assert_eq!(page(&story).flow_changes, [""; 0]);
    let edits = [Edit::Kind(BUILD, Kind::Automated), add(ElementId(20), "Check")];
    story.draws(ANA, &edits).unwrap();
    let page = page(&story);
    let name = story.flow().steps[&BUILD].name.as_str();
    assert_eq!(page.flow_changes, [format!("{name} is automated now."), "Check is new.".to_owned()]);
    let md = page.markdown();
    assert!(md.contains("Since ") && md.contains("- Check is new.\n"), "{md}");
    assert_eq!(page.flow_report().unwrap().picture.steps.len(), 4);
}
