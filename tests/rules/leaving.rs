//! What the squad leaves out of its page, and how it comes back.

use crate::dots::THREE;
use crate::flow::add;
use crate::improve::{DOTS, IMPROVEMENTS};
use crate::story::{ANA, BEN, CEM, FAY, Story, previous};
use crate::survey::{BATCHES, begun, key};
use crate::{LEAD_TIME, Outcome};
use checkpoint::domain::actions::Draft;
use checkpoint::domain::command::Command;
use checkpoint::domain::ids::{ElementId, StickyId};
use checkpoint::domain::improve::{self, Item};
use checkpoint::domain::page::choices::choices;
use checkpoint::domain::page::{Page, Table};
use checkpoint::domain::rejection::Rejection;
use checkpoint::domain::scene::{self, Line};
use checkpoint::domain::summary::{Command as C, Part, Section};
use checkpoint::domain::timeline::Moment;
use checkpoint::domain::{focus, note, since, vote};
use checkpoint::server::exports::json::json;
use checkpoint::ui::summary::file::summary_file;

impl Story {
    fn leaves_out(&mut self, part: Part) -> Outcome {
        self.does(FAY, Command::Summary(C::LeaveOut(part)))
    }

    fn puts_back(&mut self, part: Part) -> Outcome {
        self.does(FAY, Command::Summary(C::PutBack(part)))
    }

    fn printed(&self) -> Page {
        Page::of(previous(&[]).id, &self.state)
    }

    /// Everything that leaves the room.
    fn says(&self) -> String {
        let page = self.printed();
        let svg = page.picture().map(|scene| checkpoint::domain::flow::svg::svg(&scene, "Flow"));
        let texts = [
            json(&page).unwrap(),
            page.markdown(),
            page.confluence(),
            summary_file(page.clone()),
            svg.unwrap_or_default(),
        ];
        let tables = Table::ALL.map(|table| page.csv(table));
        texts.into_iter().chain(tables).collect::<Vec<_>>().join("\n")
    }
}

/// A checkpoint with something in every section, each with a word of its own; and the sticky with most dots.
fn full() -> (Story, StickyId) {
    let mut story = begun();
    let line = Command::Scene(scene::Command::Set {
        line: Line::Service,
        text: "Scopeword".to_owned(),
    });
    story.does(FAY, line).unwrap();
    let earlier = since::Command::Add {
        title: "Earlierword".to_owned(),
        owner: String::new(),
        due: String::new(),
        expects: None,
    };
    story.does(FAY, Command::Since(earlier)).unwrap();
    story.agrees_on([6, 6, 5, 5]);
    story.goes_to(LEAD_TIME).unwrap();
    story.leads(vote::Command::UndoAgreement { step: LEAD_TIME }).unwrap();
    story.votes_again().unwrap();
    story.casts_in(ANA, 2, 1).unwrap();
    story.casts_in(BEN, 2, 6).unwrap();
    story.reveals(2).unwrap();
    let agree = vote::Command::Agree {
        step: LEAD_TIME,
        answer: crate::code(6),
        why: "Reasonword".to_owned(),
    };
    story.leads(agree).unwrap();
    story.surveyed(BATCHES, [5, 4, 3]);
    let set = focus::Command::Set {
        capability: key(BATCHES),
        why: "Focusword".to_owned(),
    };
    story.does(FAY, Command::Focus(set)).unwrap();
    let noted = focus::Command::AddNote {
        capability: key(BATCHES),
        text: "Boardword".to_owned(),
    };
    story.does(BEN, Command::Focus(noted)).unwrap();
    story.draws(ANA, &[add(ElementId(10), "Flowword")]).unwrap();
    story.goes_to(IMPROVEMENTS).unwrap();
    let stick = improve::Command::Add {
        kind: improve::Kind::Improvement,
        text: "Stickyword".to_owned(),
        on: Some(ElementId(10)),
    };
    story.does(ANA, Command::Improve(stick)).unwrap();
    let sticky = *story.state.improvements.stickies.keys().next_back().unwrap();
    story.sticks(BEN, "Second");
    story.goes_to(DOTS).unwrap();
    story.opens_dots(THREE, &[]).unwrap();
    story.places(CEM, &[Item::Sticky(sticky)]).unwrap();
    story.shows_dots().unwrap();
    let draft = Draft {
        title: "Actionword".to_owned(),
        item: Some(Item::Sticky(sticky)),
        ..Draft::default()
    };
    story.drafts(FAY, draft).unwrap();
    story
        .does(FAY, Command::Note(note::Command::Add("Timelineword".to_owned())))
        .unwrap();
    (story, sticky)
}

/// The part whose words on the list hold this one.
fn part(story: &Story, word: &str) -> Part {
    let all = choices(&story.state).into_iter().flat_map(|group| group.items);
    all.into_iter().find(|choice| choice.says.contains(word)).unwrap().part
}

#[test]
fn what_is_left_out_is_nowhere_and_comes_back_as_it_was() {
    let (mut story, sticky) = full();
    let before = story.printed();
    let section = Part::Section;
    let parts = [
        (section(Section::Scope), vec!["Scopeword"]),
        (section(Section::Dissent), vec!["More than six months"]),
        (section(Section::Capabilities), vec!["Focusword", "Boardword", "survey closed"]),
        (section(Section::Flow), vec!["Flowword"]),
        (section(Section::Improvements), vec!["Stickyword", "Second"]),
        (section(Section::Actions), vec!["Actionword"]),
        (section(Section::Since), vec!["Earlierword"]),
        (section(Section::Timeline), vec!["Timelineword"]),
        (part(&story, "Reasonword"), vec!["Reasonword"]),
        (Part::FocusReason, vec!["Focusword"]),
        (part(&story, "Boardword"), vec!["Boardword"]),
        (Part::Improvement(sticky), vec!["Stickyword"]),
        (part(&story, "Actionword"), vec!["Actionword"]),
        (part(&story, "Earlierword"), vec!["Earlierword"]),
        (part(&story, "Timelineword"), vec!["Timelineword"]),
    ];
    for (part, words) in parts {
        let printed = |story: &Story| words.iter().filter(|word| story.says().contains(**word)).count();
        assert_eq!(printed(&story), words.len(), "{part:?}");
        assert_eq!(story.leaves_out(part).unwrap().len(), 1, "{part:?}");
        assert_eq!(printed(&story), 0, "{part:?}\n{}", story.says());
        assert_eq!(story.printed().left_out.len(), 1, "{part:?}");
        assert_eq!(story.leaves_out(part), Ok(vec![]), "left out twice");
        story.puts_back(part).unwrap();
        assert_eq!(story.puts_back(part), Ok(vec![]), "put back twice");
        assert_eq!(story.printed(), before, "{part:?}");
    }
}

#[test]
fn the_page_says_what_kind_of_thing_is_missing() {
    let (mut story, sticky) = full();
    for part in [
        Part::Improvement(sticky),
        Part::Section(Section::Flow),
        part(&story, "Timelineword"),
        part(&story, "Reasonword"),
    ] {
        story.leaves_out(part).unwrap();
    }
    assert_eq!(
        story.printed().left_out_in_words().unwrap(),
        "Left out by the squad: 1 note on an answer, Delivery flow, 1 improvement, 1 line of how it went."
    );
    // A section that is left out says nothing about what was left out of it.
    story.leaves_out(Part::Section(Section::Improvements)).unwrap();
    assert!(!story.printed().left_out_in_words().unwrap().contains("1 improvement"));
}

#[test]
fn a_sticky_goes_with_all_it_is_grouped_with() {
    let mut story = begun();
    story.goes_to(IMPROVEMENTS).unwrap();
    let stickies = ["Stickyword", "Second"].map(|words| story.sticks(ANA, words));
    let [one, other] = stickies.map(Part::Improvement);
    story.leaves_out(one).unwrap();
    let group = story.gathers(&stickies);
    assert!(story.printed().improvements.is_empty(), "whatever holds it is left out");
    story.puts_back(other).unwrap();
    assert_eq!(story.printed().improvements[0].stickies, ["Stickyword", "Second"]);
    let from_it = Draft {
        title: "Actionword".to_owned(),
        item: Some(Item::Group(group)),
        ..Draft::default()
    };
    story.drafts(FAY, from_it).unwrap();
    assert_eq!(story.leaves_out(other).unwrap().len(), 2);
    let counted = |story: &Story| {
        choices(&story.state)
            .iter()
            .map(|group| group.left_out(&story.state.summary))
            .sum::<usize>()
    };
    assert_eq!(counted(&story), 1, "the group is one part of the page");
    // Taken apart, both stay out, and the action that was made of them does not tell.
    let apart = stickies.map(|sticky| (sticky, None)).to_vec();
    story.improves(FAY, improve::Command::Place(apart)).unwrap();
    assert!(!story.says().contains("Stickyword") && !story.says().contains("Second"));
    assert!(story.says().contains("Actionword"));
    assert_eq!(counted(&story), 2);
    story.improves(FAY, improve::Command::Remove(stickies[0])).unwrap();
    assert_eq!(counted(&story), 1, "what is gone is not left out");
}

#[test]
fn only_numbers_are_printed_where_the_squad_prefers_that() {
    let (mut story, _) = full();
    story
        .people(FAY, checkpoint::domain::people::Command::ShareFacilitation(BEN))
        .unwrap();
    assert!(story.printed().people().contains("Ana") && story.says().contains("Ben facilitates"));
    let numbers = |wanted| Command::Summary(C::OnlyNumbers(wanted));
    story.does(FAY, numbers(true)).unwrap();
    assert_eq!(story.does(FAY, numbers(true)), Ok(vec![]));
    let says = story.says();
    assert_eq!(story.printed().people(), "4 people; observing: 1 person");
    assert!(!["Ana", "Ben", "Cem", "Ola"].iter().any(|name| says.contains(name)), "{says}");
    assert!(says.contains("Another facilitator leads"));
    story.does(FAY, numbers(false)).unwrap();
    assert_eq!(story.printed().headcount, None);
}

#[test]
fn what_is_not_there_cannot_be_left_out() {
    let (mut story, _) = full();
    for gone in [
        Part::Reason(crate::WELCOME),
        Part::CapabilityNote(checkpoint::domain::ids::NoteId(9_999)),
        Part::Improvement(StickyId(9_999)),
        Part::Action(checkpoint::domain::ids::ActionId(9_999)),
        Part::Earlier(checkpoint::domain::ids::ActionId(9_999)),
        Part::Moment(9_999),
    ] {
        assert_eq!(story.leaves_out(gone), Err(Rejection::NotOnThePage), "{gone:?}");
        assert_eq!(story.puts_back(gone), Ok(vec![]), "{gone:?}");
    }
    assert_eq!(begun().leaves_out(Part::FocusReason), Err(Rejection::NotOnThePage));
    begun().leaves_out(Part::Section(Section::Flow)).unwrap();
}

#[test]
fn leaving_out_is_a_change_worth_a_revision() {
    let (mut story, sticky) = full();
    let publish = Command::Summary(C::Publish);
    story.does(FAY, publish.clone()).unwrap();
    for command in [
        C::LeaveOut(Part::Improvement(sticky)),
        C::PutBack(Part::Improvement(sticky)),
        C::OnlyNumbers(true),
    ] {
        assert_eq!(story.does(FAY, publish.clone()), Err(Rejection::NothingToPublish));
        story.does(FAY, Command::Summary(command)).unwrap();
        story.does(FAY, publish.clone()).unwrap();
    }
    let moments = story.state.timeline.0.iter();
    assert_eq!(moments.filter(|entry| matches!(entry.moment, Moment::Published(_))).count(), 4);
}
