//! Stickies and groups: who may write, change and take away, whose name is known, and what stays hidden until it is shown.

use crate::Outcome;
use crate::story::{ANA, BEN, CEM, FAY, OLA, Story, created};
use crate::survey::{BATCHES, key};
use checkpoint::domain::audience::Audience;
use checkpoint::domain::command::Command;
use checkpoint::domain::context::Actor;
use checkpoint::domain::event::Event;
use checkpoint::domain::flow::{self, Connector, Edit, Span, Step};
use checkpoint::domain::ids::{ElementId, GroupId, ParticipantId, StepId, StickyId};
use checkpoint::domain::improve::{Authors, Change, Command as C, Event as E, Improvements, Item, Kind, MOST_STICKIES, Note, Shorter};
use checkpoint::domain::rejection::Rejection as R;
use checkpoint::domain::text::{FlowStepName, StickyText, TextError};
use checkpoint::domain::vote::Options;
use checkpoint::domain::{dots, people, plan, summary};

pub(crate) const IMPROVEMENTS: StepId = StepId(12);
pub(crate) const DOTS: StepId = StepId(13);

const BUILD: ElementId = ElementId(1);
const DEPLOY: ElementId = ElementId(2);
const WAY: ElementId = ElementId(3);

/// A checkpoint in the Improvements step.
pub(crate) fn improving() -> Story {
    improving_with(Options::default())
}

pub(crate) fn anonymous() -> Story {
    improving_with(Options {
        authors: Authors::Anonymous,
        ..Options::default()
    })
}

fn improving_with(options: Options) -> Story {
    let mut story = Story::new(created(options, false, None));
    story.goes_to(IMPROVEMENTS).unwrap();
    story
}

fn text(words: &str) -> StickyText {
    StickyText::parse(words).unwrap()
}

fn says(words: &str) -> Change {
    Change::Text(text(words))
}

impl Story {
    pub(crate) fn improves(&mut self, who: ParticipantId, command: C) -> Outcome {
        self.does(who, Command::Improve(command))
    }

    pub(crate) fn writes(&mut self, who: ParticipantId, words: &str) -> Outcome {
        let text = words.to_owned();
        let kind = Kind::Improvement;
        self.improves(who, C::Add { kind, text, on: None })
    }

    /// Somebody writes a sticky; which.
    pub(crate) fn sticks(&mut self, who: ParticipantId, words: &str) -> StickyId {
        self.writes(who, words).unwrap();
        *self.board().stickies.keys().next_back().unwrap()
    }

    fn changes(&mut self, who: ParticipantId, sticky: StickyId, change: Change) -> Outcome {
        self.improves(who, C::Change(sticky, change))
    }

    pub(crate) fn takes_away(&mut self, who: ParticipantId, sticky: StickyId) -> Outcome {
        self.improves(who, C::Remove(sticky))
    }

    pub(crate) fn groups(&mut self, who: ParticipantId, stickies: &[StickyId], name: &str) -> Outcome {
        let (stickies, name) = (stickies.to_vec(), name.to_owned());
        self.improves(who, C::Group { stickies, name })
    }

    /// Fay gathers these; in which group.
    pub(crate) fn gathers(&mut self, stickies: &[StickyId]) -> GroupId {
        self.groups(FAY, stickies, "").unwrap();
        *self.board().groups.keys().next_back().unwrap()
    }

    pub(crate) fn board(&self) -> &Improvements {
        &self.state.improvements
    }

    fn note(&self, sticky: StickyId) -> &Note {
        self.board().note(sticky).unwrap()
    }

    /// What this person's screen holds.
    pub(crate) fn screen_of(&self, who: ParticipantId) -> checkpoint::domain::workshop::Workshop {
        self.state.seen_by(Audience::Seat(who))
    }

    pub(crate) fn draws_flow(&mut self, edits: Vec<Edit>) {
        self.does(ANA, Command::Flow(flow::Command::Edit(edits))).unwrap();
    }

    /// Build, Deploy and the way between them.
    fn has_a_flow(&mut self) {
        let named = |name: &str| Step {
            name: FlowStepName::parse(name).unwrap(),
            ..Step::default()
        };
        let way = Connector {
            from: BUILD,
            to: DEPLOY,
            ..Connector::default()
        };
        self.draws_flow(vec![
            Edit::AddStep(BUILD, named("Build")),
            Edit::AddStep(DEPLOY, named("Deploy")),
            Edit::AddConnector(WAY, way),
        ]);
    }
}

#[test]
fn members_and_facilitators_write_and_observers_watch() {
    let mut story = improving();
    for who in [FAY, ANA, BEN] {
        let sticky = story.sticks(who, "Smaller changes");
        assert_eq!(story.board().stickies[&sticky].by, Some(who));
    }
    assert_eq!(story.writes(OLA, "Smaller changes"), Err(R::ObserversStick));
    let sticky = StickyId(1);
    for command in [C::Remove(sticky), C::Place(vec![]), C::Change(sticky, Change::Outside(true))] {
        assert_eq!(story.improves(OLA, command), Err(R::ObserversStick));
    }
    for who in [ANA, OLA] {
        assert_eq!(story.improves(who, C::Hush), Err(R::FacilitatorOnly));
        assert_eq!(story.improves(who, C::Show), Err(R::FacilitatorOnly));
    }
    story.state.agenda.steps.retain(|step| step.id != IMPROVEMENTS);
    assert_eq!(story.writes(ANA, "Smaller changes"), Err(R::NoSuchStep));
}

#[test]
fn texts_that_cannot_be_taken_are_refused() {
    let mut story = improving();
    let what = || "The sticky".to_owned();
    assert_eq!(story.writes(ANA, " "), Err(R::Text(TextError::Empty(what()))));
    assert_eq!(story.writes(ANA, &"x".repeat(201)), Err(R::Text(TextError::TooLong(what(), 200))));
    assert_eq!(story.writes(ANA, "a\0b"), Err(R::Text(TextError::Control(what()))));
    assert_eq!(story.writes(ANA, "!?"), Err(R::Text(TextError::NoLetter(what()))));
    let long = "x".repeat(200);
    let sticky = story.sticks(ANA, &long);
    assert_eq!(story.note(sticky).text.as_str(), long);
    let other = story.sticks(ANA, "  Smaller changes ");
    assert_eq!(story.note(other).text.as_str(), "Smaller changes");
    let unread = Change::Text(serde_json::from_value("!?".into()).unwrap());
    assert_eq!(story.changes(ANA, other, unread), Err(R::Text(TextError::NoLetter(what()))));
    let name = "The group's name".to_owned();
    assert_eq!(
        story.groups(ANA, &[sticky, other], &"x".repeat(121)),
        Err(R::Text(TextError::TooLong(name, 120)))
    );
    let group = story.gathers(&[sticky, other]);
    let control = C::NameGroup {
        group,
        name: "a\0".to_owned(),
    };
    assert!(matches!(story.improves(ANA, control), Err(R::Text(TextError::Control(_)))));
}

#[test]
fn what_it_says_is_its_writers_and_what_it_is_worth_the_squads() {
    let mut story = improving();
    let sticky = story.sticks(ANA, "Smaller changes");
    for change in [says("Larger changes"), Change::Kind(Kind::FailedDeployment)] {
        assert_eq!(story.changes(BEN, sticky, change.clone()), Err(R::NotYourSticky));
        let changed = E::Changed {
            sticky,
            of: None,
            change: Some(change.clone()),
        };
        assert_eq!(story.changes(ANA, sticky, change.clone()), Ok(vec![Event::Improve(changed)]));
        assert_eq!(story.changes(ANA, sticky, change), Ok(vec![]), "the same again");
    }
    story.changes(FAY, sticky, says("Smaller steps")).unwrap();
    story.changes(BEN, sticky, Change::Outside(true)).unwrap();
    assert!(story.note(sticky).outside);
    assert_eq!(story.note(sticky).text.as_str(), "Smaller steps");
    assert_eq!(story.takes_away(BEN, sticky), Err(R::NotYourSticky));
    story.takes_away(ANA, sticky).unwrap();
    assert_eq!(story.takes_away(ANA, sticky), Ok(vec![]));
    assert_eq!(story.changes(ANA, sticky, says("Gone")), Err(R::NoSuchSticky));
    let other = story.sticks(ANA, "Pair");
    story.takes_away(FAY, other).unwrap();
    assert!(story.board().is_untouched());
}

#[test]
fn a_sticky_is_on_what_is_there() {
    let mut story = improving();
    story.has_a_flow();
    let kind = Kind::FailedDeployment;
    let on = |on| C::Add {
        kind,
        text: "It failed".to_owned(),
        on: Some(on),
    };
    assert_eq!(story.improves(ANA, on(ElementId(9))), Err(R::ElementGone));
    story.improves(ANA, on(WAY)).unwrap();
    let sticky = *story.board().stickies.keys().next().unwrap();
    assert_eq!((story.note(sticky).on, story.note(sticky).kind), (Some(WAY), kind));
    assert_eq!(story.changes(BEN, sticky, Change::On(Some(ElementId(9)))), Err(R::ElementGone));
    story.changes(BEN, sticky, Change::On(Some(BUILD))).unwrap();
    story.changes(BEN, sticky, Change::On(None)).unwrap();
    let shorter = |what, least, most| {
        Change::Shortens(Some(Shorter {
            what,
            to: Span { least, most },
        }))
    };
    assert_eq!(story.changes(BEN, sticky, shorter(ElementId(9), 1, 2)), Err(R::ElementGone));
    assert_eq!(story.changes(BEN, sticky, shorter(BUILD, 2, 1)), Err(R::TooLongATime));
    assert_eq!(story.changes(BEN, sticky, shorter(BUILD, 1, u32::MAX)), Err(R::TooLongATime));
    story.changes(BEN, sticky, shorter(BUILD, 1, 2)).unwrap();
    let serves = |name| Change::Serves(Some(key(name)));
    assert_eq!(story.changes(BEN, sticky, serves(BATCHES)), Err(R::NoSuchCapability));
    story.chooses(&[BATCHES]).unwrap();
    story.changes(BEN, sticky, serves(BATCHES)).unwrap();
    assert_eq!(story.note(sticky).serves, Some(key(BATCHES)));
}

#[test]
fn a_sticky_remembers_what_it_was_on() {
    let mut story = improving();
    story.has_a_flow();
    let [on_build, on_deploy, on_way] = [BUILD, DEPLOY, WAY].map(|on| {
        let sticky = story.sticks(ANA, "Automate it");
        story.changes(ANA, sticky, Change::On(Some(on))).unwrap();
        sticky
    });
    let before = story.state.flow.clone();
    let mine = flow::undo::changes(&before, &[Edit::Remove(BUILD)]);
    story.draws_flow(vec![Edit::Remove(BUILD)]);
    assert_eq!(story.note(on_build).was_on, "Build");
    assert_eq!(story.note(on_way).was_on, "the way from Build to Deploy", "it went along");
    assert_eq!(story.note(on_deploy).was_on, "", "this is still there");
    let back = flow::undo::revert(&story.state.flow, &mine);
    story.draws_flow(back);
    assert_eq!(story.state.flow.steps, before.steps);
    for (sticky, on) in [(on_build, BUILD), (on_deploy, DEPLOY), (on_way, WAY)] {
        let note = story.note(sticky);
        assert_eq!((note.on, note.was_on.as_str()), (Some(on), ""), "it is on it again");
    }
    // Put elsewhere, it forgets.
    story.draws_flow(vec![Edit::Remove(BUILD)]);
    story.changes(ANA, on_build, Change::On(Some(DEPLOY))).unwrap();
    assert_eq!(story.note(on_build).was_on, "");
    assert_eq!(story.note(on_way).on, Some(WAY));
}

#[test]
fn there_are_three_hundred_stickies_at_most() {
    let mut story = improving();
    for n in 0..MOST_STICKIES {
        story.sticks(ANA, &format!("Idea {n}"));
    }
    assert_eq!(story.writes(BEN, "One more"), Err(R::TooManyStickies));
    let first = *story.board().stickies.keys().next().unwrap();
    story.takes_away(ANA, first).unwrap();
    let last = story.sticks(BEN, "One more");
    assert!(last > first, "no number is used twice");
}

/// Who wrote each anonymous sticky, as far as anybody but its writer knows.
fn known_authors(story: &Story, to: ParticipantId) -> Vec<Option<ParticipantId>> {
    story.screen_of(to).improvements.stickies.values().map(|s| s.by).collect()
}

#[test]
fn an_anonymous_writer_is_known_to_themselves_alone_until_the_step_is_over() {
    let mut story = anonymous();
    let mine = story.sticks(ANA, "Less meetings");
    story.sticks(BEN, "Less mail");
    assert_eq!(known_authors(&story, ANA), [Some(ANA), None]);
    assert_eq!(known_authors(&story, BEN), [None, Some(BEN)]);
    assert_eq!(known_authors(&story, FAY), [None, None]);
    story.changes(ANA, mine, says("Fewer meetings")).unwrap();
    assert_eq!(story.changes(CEM, mine, says("More meetings")), Err(R::NotYourSticky));
    // The step is over: nobody knows, the server included.
    let events = story.goes_to(DOTS).unwrap();
    assert_eq!(events.last(), Some(&Event::Improve(E::AuthorsForgotten)));
    assert!(
        story
            .board()
            .stickies
            .values()
            .all(|sticky| sticky.by.is_none() && sticky.anonymous)
    );
    assert_eq!(story.changes(ANA, mine, says("Many meetings")), Err(R::NotYourSticky));
    story.changes(FAY, mine, says("Short meetings")).unwrap();
    // Going there and away again forgets nothing twice.
    story.goes_to(IMPROVEMENTS).unwrap();
    assert_eq!(story.goes_to(DOTS).unwrap().len(), 1);
}

#[test]
fn authors_that_are_shown_are_never_forgotten() {
    let mut story = improving();
    let sticky = story.sticks(ANA, "Fewer meetings");
    assert_eq!(story.goes_to(DOTS).unwrap().len(), 1);
    assert_eq!(known_authors(&story, BEN), [Some(ANA)]);
    story.changes(ANA, sticky, says("Short meetings")).unwrap();
}

#[test]
fn opening_the_dots_and_publishing_forget_the_writers() {
    let terms = dots::Terms { dots: 3, on_one: 2 };
    let open = || Command::Dots(dots::Command::Open { terms, among: vec![] });
    let mut story = anonymous();
    story.sticks(ANA, "Fewer meetings");
    let events = story.does(FAY, open()).unwrap();
    assert_eq!(events[0], Event::Improve(E::AuthorsForgotten));
    assert!(matches!(events[1], Event::Dots(dots::Event::Opened { .. })));
    assert_eq!(story.board().stickies.values().next().unwrap().by, None);
    // Written later, it is known until the page is published.
    story.sticks(BEN, "Fewer mails");
    assert_eq!(known_authors(&story, BEN), [None, Some(BEN)]);
    story.does(FAY, Command::Summary(summary::Command::Publish)).unwrap();
    assert_eq!(known_authors(&story, BEN), [None, None]);
    assert_eq!(story.writes(BEN, "Too late"), Err(R::Published));
    assert_eq!(story.improves(FAY, C::Hush), Err(R::Published));
}

#[test]
fn whose_name_is_known_stands_once_somebody_has_written() {
    let choose = |choice| Command::Plan(plan::Command::Choose(choice));
    let mut story = improving();
    story.does(FAY, choose(plan::Choice::Authors(Authors::Anonymous))).unwrap();
    assert_eq!(story.does(FAY, choose(plan::Choice::Dots(Some(11)))), Err(R::DotTerms));
    story.sticks(ANA, "Fewer meetings");
    assert_eq!(known_authors(&story, BEN), [None]);
    assert_eq!(
        story.does(FAY, choose(plan::Choice::Authors(Authors::Shown))),
        Err(R::StickiesBegan)
    );
    story.does(FAY, choose(plan::Choice::Dots(Some(10)))).unwrap();
}

#[test]
fn everybody_writes_for_themselves_until_all_is_shown() {
    let mut story = improving();
    let [open, second] = ["Smaller changes", "Pair"].map(|words| story.sticks(ANA, words));
    story.improves(FAY, C::Hush).unwrap();
    assert_eq!(story.improves(FAY, C::Hush), Ok(vec![]));
    let hidden = story.sticks(ANA, "Fewer meetings");
    let other = story.sticks(BEN, "Fewer mails");
    assert_eq!(story.board().hidden(), 2);
    let read_by = |story: &Story, who| story.screen_of(who).improvements.note(hidden).map(|note| note.text.to_string());
    assert_eq!(read_by(&story, ANA).as_deref(), Some("Fewer meetings"));
    for who in [FAY, BEN, OLA] {
        assert_eq!(read_by(&story, who), None);
    }
    assert!(
        story.screen_of(BEN).improvements.note(open).is_some(),
        "what was there before stays"
    );
    // Nobody changes what they cannot see, and nothing goes on while something is hidden.
    for who in [FAY, BEN] {
        for change in [says("Mine"), Change::Outside(true), Change::On(None)] {
            assert_eq!(story.changes(who, hidden, change), Err(R::NotYourSticky));
        }
    }
    let changed = story.changes(ANA, hidden, says("No meetings")).unwrap();
    assert_eq!(changed[0].secret_of(), Some(ANA));
    assert_eq!(story.takes_away(BEN, hidden), Err(R::NotYourSticky));
    assert_eq!(story.groups(ANA, &[open, hidden], ""), Err(R::StillHidden));
    assert_eq!(story.groups(BEN, &[open, hidden], ""), Err(R::NotYourSticky));
    let group = story.gathers(&[open, second]);
    assert_eq!(story.improves(ANA, C::Place(vec![(hidden, Some(group))])), Err(R::StillHidden));
    assert_eq!(story.improves(BEN, C::Place(vec![(hidden, Some(group))])), Err(R::NotYourSticky));
    let terms = dots::Terms { dots: 3, on_one: 2 };
    let dots = Command::Dots(dots::Command::Open { terms, among: vec![] });
    assert_eq!(story.does(FAY, dots), Err(R::StillHidden));
    // Shown at once.
    let shown = story.improves(FAY, C::Show).unwrap();
    let Event::Improve(E::Shown(notes)) = &shown[0] else {
        panic!("{shown:?}")
    };
    assert_eq!(notes.keys().copied().collect::<Vec<_>>(), [hidden, other]);
    assert_eq!(read_by(&story, OLA).as_deref(), Some("No meetings"));
    assert_eq!(story.improves(FAY, C::Show), Ok(vec![]));
    // Showing nothing ends the silence all the same.
    story.improves(FAY, C::Hush).unwrap();
    assert_eq!(story.improves(FAY, C::Show).unwrap().len(), 1);
    assert!(!story.board().silent);
    story.changes(BEN, hidden, Change::Outside(true)).unwrap();
}

#[test]
fn the_writers_of_hidden_ones_are_kept_while_the_squad_looks_elsewhere() {
    let mut story = anonymous();
    story.improves(FAY, C::Hush).unwrap();
    let sticky = story.sticks(ANA, "Fewer meetings");
    assert_eq!(story.goes_to(DOTS).unwrap().len(), 1, "Ana can still change it");
    story.changes(ANA, sticky, says("No meetings")).unwrap();
    story.goes_to(IMPROVEMENTS).unwrap();
    story.improves(FAY, C::Show).unwrap();
    assert_eq!(known_authors(&story, FAY), [None]);
    assert_eq!(story.goes_to(DOTS).unwrap().len(), 2);
    assert!(story.board().stickies[&sticky].by.is_none());
}

#[test]
fn nothing_is_published_while_something_is_hidden() {
    let publish = || Command::Summary(summary::Command::Publish);
    let mut story = anonymous();
    story.improves(FAY, C::Hush).unwrap();
    let sticky = story.sticks(ANA, "Fewer meetings");
    assert_eq!(story.does(FAY, publish()), Err(R::StillHidden));
    story.improves(FAY, C::Show).unwrap();
    story.does(FAY, publish()).unwrap();
    assert!(story.board().stickies[&sticky].by.is_none());
}

#[test]
fn groups_are_made_of_what_is_there() {
    let mut story = improving();
    let [a, b, c] = ["Small", "Smaller", "Smallest"].map(|words| story.sticks(ANA, words));
    assert_eq!(story.groups(BEN, &[a], ""), Err(R::GroupOfOne));
    assert_eq!(story.groups(BEN, &[], ""), Err(R::GroupOfOne));
    assert_eq!(story.groups(BEN, &[a, StickyId(99)], ""), Err(R::NoSuchSticky));
    story.groups(BEN, &[b, a], " Size ").unwrap();
    let first = *story.board().groups.keys().next().unwrap();
    assert_eq!(story.board().items(), [Item::Group(first), Item::Sticky(c)]);
    assert_eq!(story.board().title(Item::Group(first)), "Size");
    assert_eq!(story.groups(CEM, &[a, b], "Size"), Ok(vec![]), "the same again");
    // A group of what is in a group: it leaves the other one.
    let second = story.gathers(&[b, c]);
    assert_eq!(story.board().items(), [Item::Group(first), Item::Group(second)]);
    assert_eq!(story.board().stickies_of(Item::Group(first)), [a]);
    // Taken apart, and undone.
    let places = || vec![(b, None), (c, None), (a, None)];
    story.improves(BEN, C::Place(places())).unwrap();
    assert_eq!(story.improves(BEN, C::Place(places())), Ok(vec![]));
    assert_eq!(story.board().items(), [a, b, c].map(Item::Sticky));
    story.improves(BEN, C::Place(vec![(b, Some(second)), (c, Some(second))])).unwrap();
    assert_eq!(story.board().items(), [Item::Sticky(a), Item::Group(second)]);
    let name = || "Size".to_owned();
    let rename = |group| C::NameGroup { group, name: name() };
    story.improves(BEN, rename(second)).unwrap();
    assert_eq!(story.improves(BEN, rename(second)), Ok(vec![]));
    assert_eq!(story.improves(BEN, rename(GroupId(99))), Err(R::NoSuchGroup));
    assert_eq!(story.improves(BEN, C::Place(vec![(a, Some(GroupId(99)))])), Err(R::NoSuchGroup));
    // What was taken away meanwhile stays away.
    story.takes_away(ANA, b).unwrap();
    let undo = C::Place(vec![(b, None), (c, None)]);
    assert_eq!(story.improves(BEN, undo), Ok(vec![Event::Improve(E::Placed(vec![(c, None)]))]));
    assert_eq!(story.groups(BEN, &[b, c], ""), Err(R::NoSuchSticky));
    let many = C::Place(vec![(a, None); MOST_STICKIES + 1]);
    assert_eq!(story.improves(BEN, many), Err(R::TooManyEdits));
}

#[test]
fn groups_stay_as_they_are_while_the_dots_are_open() {
    let mut story = improving();
    let [a, b] = ["Small", "Smaller"].map(|words| story.sticks(ANA, words));
    let terms = dots::Terms { dots: 3, on_one: 2 };
    story
        .does(FAY, Command::Dots(dots::Command::Open { terms, among: vec![] }))
        .unwrap();
    assert_eq!(story.groups(FAY, &[a, b], ""), Err(R::DotsOpen));
    assert_eq!(story.improves(FAY, C::Place(vec![(a, None)])), Err(R::DotsOpen));
    story.changes(ANA, a, says("Tiny")).unwrap();
    story.does(FAY, Command::Dots(dots::Command::Discard { round: 1 })).unwrap();
    story.gathers(&[a, b]);
}

#[test]
fn whoever_was_removed_writes_nothing_and_what_they_wrote_stays() {
    let mut story = anonymous();
    let sticky = story.sticks(BEN, "Fewer meetings");
    story.people(FAY, people::Command::Remove(BEN)).unwrap();
    assert_eq!(story.writes(BEN, "Again"), Err(R::NotHere));
    assert_eq!(
        story.tries(Actor::Newcomer(None), &Command::Improve(C::Remove(sticky))),
        Err(R::NotHere)
    );
    assert!(story.board().note(sticky).is_some());
    assert_eq!(known_authors(&story, FAY), [None]);
}
