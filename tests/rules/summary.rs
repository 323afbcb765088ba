//! Notes, scope, and publishing.

use crate::story::{ANA, FAY, Story, created};
use crate::{FREQUENCY, at_the_vote};
use checkpoint::domain::command::Command;
use checkpoint::domain::feedback::{OPEN_FOR, is_open, open_until};
use checkpoint::domain::ids::NoteId;
use checkpoint::domain::note;
use checkpoint::domain::people;
use checkpoint::domain::plan;
use checkpoint::domain::rejection::Rejection;
use checkpoint::domain::scene::{self, Line};
use checkpoint::domain::summary::Command as C;
use checkpoint::domain::timeline::Moment;
use checkpoint::domain::vote::Options;

fn add(text: &str) -> Command {
    Command::Note(note::Command::Add(text.to_owned()))
}

fn publish() -> Command {
    Command::Summary(C::Publish)
}

fn edit(title: &str, foreword: &str) -> Command {
    Command::Summary(C::Edit {
        title: title.to_owned(),
        foreword: foreword.to_owned(),
    })
}

fn set(line: Line, text: &str) -> Command {
    Command::Scene(scene::Command::Set {
        line,
        text: text.to_owned(),
    })
}

#[test]
fn notes_come_and_go_with_their_place_in_the_timeline() {
    let mut story = at_the_vote();
    story.does(FAY, add("One")).unwrap();
    story.does(FAY, add("Two")).unwrap();
    let ids: Vec<NoteId> = story.state.notes.0.keys().copied().collect();
    let noted = |story: &Story| {
        let moments = story
            .state
            .timeline
            .0
            .iter()
            .filter(|entry| matches!(entry.moment, Moment::Note { .. }));
        moments.map(|entry| entry.moment.sentence(&story.state)).collect::<Vec<_>>()
    };
    assert_eq!(noted(&story), ["One", "Two"]);
    let remove = Command::Note(note::Command::Remove(ids[0]));
    story.does(FAY, remove.clone()).unwrap();
    assert_eq!(story.does(FAY, remove), Ok(vec![]));
    assert_eq!(noted(&story), ["Two"]);
    story.does(FAY, add("Three")).unwrap();
    assert!(!story.state.notes.0.contains_key(&ids[0]), "a note's number is never given twice");
    assert!(matches!(story.does(FAY, add(" \n ")), Err(Rejection::Text(_))));
}

#[test]
fn five_hundred_notes_are_enough() {
    let mut story = at_the_vote();
    for _ in 0..note::MOST_NOTES {
        story.does(FAY, add("Note")).unwrap();
    }
    assert_eq!(story.does(FAY, add("Note")), Err(Rejection::TooManyNotes));
}

#[test]
fn the_scope_is_three_lines() {
    let mut story = at_the_vote();
    for line in Line::ALL {
        story.does(FAY, set(line, line.label())).unwrap();
        assert_eq!(story.does(FAY, set(line, &format!(" {} ", line.label()))), Ok(vec![]));
    }
    assert_eq!(
        Line::ALL.map(|line| story.state.scope.get(line).as_str()),
        Line::ALL.map(Line::label)
    );
    assert!(matches!(story.does(FAY, set(Line::Service, "a\nb")), Err(Rejection::Text(_))));
}

#[test]
fn only_what_has_begun_is_published() {
    let mut story = Story::new(created(Options::default(), false, None));
    assert_eq!(story.does(FAY, publish()), Err(Rejection::NotStarted));
    let mut story = at_the_vote();
    story.does(FAY, publish()).unwrap();
    assert!(story.state.published());
    assert_eq!(story.state.summary.published_at, Some(story.cx.now));
}

#[test]
fn feedback_is_open_for_a_week_after_the_first_revision() {
    let mut story = at_the_vote();
    assert_eq!(open_until(&story.state), None);
    story.does(FAY, publish()).unwrap();
    let until = story.cx.now.plus(OPEN_FOR);
    story.wait(OPEN_FOR);
    assert!(is_open(&story.state, story.cx.now) && !is_open(&story.state, story.cx.now.plus(1)));
    // Whoever gave an answer is forgotten by then, and could give another one.
    story.wait(1);
    story.does(FAY, edit("A better title", "")).unwrap();
    story.does(FAY, publish()).unwrap();
    assert_eq!(open_until(&story.state), Some(until));
    assert!(!is_open(&story.state, story.cx.now));
}

#[test]
fn a_second_revision_needs_a_change() {
    let corrections = [
        edit("A better title", ""),
        edit("", "A few words"),
        add("Forgotten"),
        set(Line::Service, "Orders"),
        Command::People(people::Command::Remove(ANA)),
        Command::Plan(plan::Command::Remove(FREQUENCY)),
    ];
    for correction in corrections {
        let mut story = at_the_vote();
        story.does(FAY, publish()).unwrap();
        assert_eq!(story.does(FAY, publish()), Err(Rejection::NothingToPublish));
        story.does(FAY, correction.clone()).unwrap();
        story.does(FAY, publish()).unwrap();
        assert_eq!(story.state.summary.revision, 2, "{correction:?}");
    }
    let mut story = at_the_vote();
    story.does(FAY, publish()).unwrap();
    assert_eq!(story.does(FAY, edit("", "")), Ok(vec![]), "the same words are no change");
    story.people(FAY, people::Command::CloseDoor).unwrap();
    assert_eq!(
        story.does(FAY, publish()),
        Err(Rejection::NothingToPublish),
        "the door is not printed"
    );
}

#[test]
fn publishing_forgets_what_nobody_revealed() {
    let mut story = at_the_vote();
    story.casts(ANA, 3).unwrap();
    story.does(FAY, publish()).unwrap();
    assert_eq!(story.vote().round().1.ballots[&ANA], None);
    assert_eq!(story.reveals(1), Err(Rejection::Published));
}
