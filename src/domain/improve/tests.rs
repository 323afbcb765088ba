//! What items are called, and what would follow from them.

use super::*;
use crate::domain::flow::figures::figures;
use crate::domain::flow::{Edit, Lane, outline};
use crate::domain::ids::StepId;
use crate::domain::maturity::Level;
use crate::domain::metric::{Code, Metric};
use crate::domain::text::Why;
use crate::domain::vote::{Agreed, Vote};
use crate::domain::workshop::Workshop;

/// A board with these stickies, numbered from 1.
fn board(stickies: &[(Kind, &str, Option<u32>)]) -> Improvements {
    let sticky = |(kind, words, group): &(Kind, &str, Option<u32>)| Sticky {
        by: Some(ParticipantId(2)),
        anonymous: false,
        hidden: false,
        note: Some(Note {
            kind: *kind,
            text: StickyText::parse(words).unwrap(),
            ..Note::default()
        }),
        group: group.map(GroupId),
    };
    Improvements {
        stickies: (1..).map(StickyId).zip(stickies.iter().map(sticky)).collect(),
        ..Improvements::default()
    }
}

fn sticky(id: u32) -> Item {
    Item::Sticky(StickyId(id))
}

fn group(id: u32) -> Item {
    Item::Group(GroupId(id))
}

#[test]
fn a_group_stands_where_its_first_sticky_is() {
    use Kind::{FailedDeployment as Failed, Improvement as Helps};
    let board = board(&[
        (Failed, "It failed", None),
        (Failed, "It failed again", Some(1)),
        (Helps, "Pair", None),
        (Helps, "Test it", Some(1)),
        (Failed, "And again", Some(2)),
    ]);
    assert_eq!(board.items(), [sticky(1), group(1), sticky(3), group(2)]);
    assert_eq!(board.votable(), [group(1), sticky(3)], "a failure alone is no idea");
    assert_eq!(board.stickies_of(group(1)), [StickyId(2), StickyId(4)]);
    assert_eq!((board.stickies_of(group(9)), board.stickies_of(sticky(9))), (vec![], vec![]));
    assert_eq!(board.item_of(StickyId(4)), group(1));
    assert_eq!(board.item_of(StickyId(9)), sticky(9));
}

#[test]
fn an_item_is_called_by_its_group_or_its_first_improvement() {
    use Kind::{FailedDeployment as Failed, Improvement as Helps};
    let mut board = board(&[
        (Failed, "It failed", Some(1)),
        (Helps, "Test it", Some(1)),
        (Failed, "Again", Some(2)),
    ]);
    assert_eq!(board.title(group(1)), "Test it");
    assert_eq!(board.title(group(2)), "Again", "there is no improvement in it");
    assert_eq!(board.title(sticky(1)), "It failed");
    board.groups.insert(GroupId(1), GroupName::default());
    assert_eq!(board.title(group(1)), "Test it", "a name that is empty is none");
    board.groups.insert(GroupId(1), GroupName::parse("Tests").unwrap());
    assert_eq!(board.title(group(1)), "Tests");
    assert_eq!((board.title(group(9)), board.title(sticky(9))), (String::new(), String::new()));
    // Where a copy does not know what a sticky says, it has no name and is on no list.
    board.stickies.values_mut().for_each(|sticky| sticky.note = None);
    assert_eq!(board.title(group(2)), "");
    assert!(board.votable().is_empty() && board.items().len() == 2);
}

const FLOW: &str = "commit 10m a\n> [3d] review 30m m\n> [1h] deploy 20m a\n\nrecovery\nalert 5m a\n> [2d] fix 55m m";

/// A flow and its answers: lead time, deployment frequency, time to restore, failed changes.
fn squad(flow: &str, answers: [u8; 4]) -> Workshop {
    let agreed = |(metric, code)| Vote {
        metric,
        rounds: vec![],
        agreed: Code::new(code).map(|answer| Agreed {
            answer,
            why: Why::default(),
        }),
        last_time: None,
    };
    Workshop {
        flow: outline::read(flow).unwrap(),
        votes: (1..).map(StepId).zip(Metric::FOUR.into_iter().zip(answers).map(agreed)).collect(),
        ..Workshop::default()
    }
}

/// The step of this name, and the connector that leads to it.
fn named(w: &Workshop, name: &str) -> (ElementId, Option<ElementId>) {
    let step = w
        .flow
        .steps
        .iter()
        .find(|(_, step)| step.name.as_str() == name)
        .map(|(id, _)| *id)
        .unwrap();
    let way = w
        .flow
        .connectors
        .iter()
        .find(|(_, connector)| connector.to == step)
        .map(|(id, _)| *id);
    (step, way)
}

/// Somebody writes that this would take so long.
fn shortens(w: &mut Workshop, what: ElementId, to: &str) -> Item {
    let id = StickyId(u32::try_from(w.improvements.stickies.len()).unwrap() + 1);
    let mut stickies = board(&[(Kind::Improvement, "Faster", None)]).stickies;
    let mut sticky = stickies.remove(&StickyId(1)).unwrap();
    let to = to.parse().unwrap();
    sticky.note.as_mut().unwrap().shortens = Some(Shorter { what, to });
    w.improvements.stickies.insert(id, sticky);
    Item::Sticky(id)
}

#[test]
fn what_if_says_how_long_and_which_answer_and_level() {
    let mut w = squad(FLOW, [4, 5, 4, 4]);
    let (_, wait) = named(&w, "review");
    let (_, fixing) = named(&w, "fix");
    let one = shortens(&mut w, wait.unwrap(), "8h");
    let other = shortens(&mut w, fixing.unwrap(), "1d");
    let outlook = what_if(&w, &[one]);
    assert_eq!(
        outlook.sentences(),
        [
            "Commit to production: 3 d 2 h become 10 h. Lead time for changes would move to less than one day.",
            "The level would be High instead of Medium.",
        ]
    );
    assert_eq!(outlook.level, Some((Level::Medium, Level::High)));
    let [delivery, recovery] = &outlook.lanes;
    assert_eq!(delivery.answer, Code::new(4).zip(Code::new(5)));
    assert_eq!(recovery.answer, Code::new(4).zip(Code::new(4)), "nothing got shorter there");
    assert_eq!(recovery.before, recovery.after);
    // The other lane, not far enough to move.
    assert_eq!(
        what_if(&w, &[other]).sentences(),
        ["Alert to fixed: 2 d 1 h become 1 d 1 h. Time to restore service would stay where it is."]
    );
    assert_eq!(what_if(&w, &[one, other]).sentences().len(), 3);
    assert_eq!(what_if(&w, &[]).sentences(), Vec::<String>::new());
    assert_eq!(what_if(&w, &[Item::Sticky(StickyId(99))]).sentences(), Vec::<String>::new());
}

#[test]
fn of_several_the_shortest_counts_and_none_makes_anything_longer() {
    let mut w = squad(FLOW, [4, 5, 4, 4]);
    let (review, wait) = named(&w, "review");
    let items = ["2d", "8h", "1d"].map(|to| shortens(&mut w, wait.unwrap(), to));
    let longer = shortens(&mut w, review, "5h");
    let time = |w: &Workshop, done: &[Item]| shortened(&w.flow, &w.improvements, done);
    let of_wait = |flow: &Flow| flow.connectors[&wait.unwrap()].wait.unwrap().to_string();
    assert_eq!(of_wait(&time(&w, &items)), "8h");
    assert_eq!(of_wait(&time(&w, &[items[0], items[2]])), "1d");
    assert_eq!(time(&w, &[longer]), w.flow, "it takes half an hour already");
    // A group does what its stickies do.
    for item in &items {
        if let Item::Sticky(id) = item {
            w.improvements.stickies.get_mut(id).unwrap().group = Some(GroupId(1));
        }
    }
    assert_eq!(of_wait(&time(&w, &[group(1)])), "8h");
}

#[test]
fn ranges_are_compared_by_their_most_first() {
    let mut w = squad("commit 10m-40m a", [4, 5, 4, 4]);
    let (commit, _) = named(&w, "commit");
    let to = |w: &mut Workshop, to: &str| {
        let item = shortens(w, commit, to);
        shortened(&w.flow, &w.improvements, &[item]).steps[&commit]
            .work
            .unwrap()
            .to_string()
    };
    assert_eq!(to(&mut w, "5m-50m"), "10m-40m", "it could take longer");
    assert_eq!(to(&mut w, "5m-40m"), "5m-40m");
    assert_eq!(to(&mut w, "20m-30m"), "20m-30m");
}

/// Found while these tests were written: a step without a time was given one, so that the whole got longer.
#[test]
fn where_a_time_is_missing_nothing_is_claimed() {
    let mut w = squad("commit 10m a\n> [3d] review m\n> [1h] deploy 20m a", [4, 5, 4, 4]);
    let (review, wait) = named(&w, "review");
    let timeless = shortens(&mut w, review, "2h");
    assert!(
        what_if(&w, &[timeless]).sentences().is_empty(),
        "nobody knows whether that is shorter"
    );
    let known = shortens(&mut w, wait.unwrap(), "1h");
    let outlook = what_if(&w, &[known]);
    let [delivery, _] = &outlook.lanes;
    assert_eq!((delivery.after.timeless, delivery.answer), (1, None));
    assert_eq!(outlook.sentences(), ["Commit to production: 3 d 1 h become 2 h 30 min."]);
    assert_eq!(outlook.level, Some((Level::Medium, Level::Medium)));
    // Nor where nothing is agreed.
    let mut open = squad(FLOW, [4, 5, 4, 4]);
    let (_, wait) = named(&open, "review");
    let item = shortens(&mut open, wait.unwrap(), "8h");
    open.votes.clear();
    assert_eq!(what_if(&open, &[item]).sentences(), ["Commit to production: 3 d 2 h become 10 h."]);
    assert_eq!(what_if(&open, &[item]).level, None);
}

#[test]
fn an_answer_that_is_better_already_stays() {
    let mut w = squad(FLOW, [6, 5, 4, 4]);
    let (_, wait) = named(&w, "review");
    let item = shortens(&mut w, wait.unwrap(), "8h");
    assert_eq!(
        what_if(&w, &[item]).sentences(),
        ["Commit to production: 3 d 2 h become 10 h. Lead time for changes would stay where it is."]
    );
}

#[test]
fn what_was_deleted_shortens_nothing() {
    let mut w = squad(FLOW, [4, 5, 4, 4]);
    let (review, wait) = named(&w, "review");
    let item = shortens(&mut w, wait.unwrap(), "8h");
    w.flow.take_in(&Edit::Remove(review));
    assert_eq!(shortened(&w.flow, &w.improvements, &[item]), w.flow);
    let outlook = what_if(&w, &[item]);
    assert_eq!(outlook.lanes.map(|lane| lane.after), Lane::ALL.map(|lane| figures(&w.flow, lane)));
}

#[test]
fn a_name_is_kept_just_while_the_element_is_gone() {
    let w = squad(FLOW, [4, 5, 4, 4]);
    let (review, wait) = named(&w, "review");
    let mut board = board(&[(Kind::Improvement, "Faster", None), (Kind::Improvement, "Shorter", None)]);
    for (note, on) in board.stickies.values_mut().zip([review, wait.unwrap()]) {
        note.note.as_mut().unwrap().on = Some(on);
    }
    let was = |board: &Improvements| [1, 2].map(|id| board.note(StickyId(id)).unwrap().was_on.clone());
    let mut flow = w.flow.clone();
    board.remember(&flow);
    flow.take_in(&Edit::Remove(review));
    board.find_again(&flow);
    assert_eq!(was(&board), ["review", "the way from commit to review"]);
    board.find_again(&w.flow);
    assert_eq!(was(&board), ["", ""]);
}
