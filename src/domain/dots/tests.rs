//! Suggested terms, the ranking through ties and run-offs, and everybody's own order.

use super::*;
use crate::domain::ids::{GroupId, StickyId};
use crate::domain::sorted::SortedSet;

const A: Item = Item::Sticky(StickyId(1));
const B: Item = Item::Sticky(StickyId(2));
const C: Item = Item::Sticky(StickyId(3));
const D: Item = Item::Group(GroupId(1));
const ANA: ParticipantId = ParticipantId(2);

/// A round in which these got so many.
fn shown(run_off: bool, got: &[(Item, u32)]) -> Round {
    let counts: Vec<Counted> = got.iter().map(|(item, dots)| Counted { item: *item, dots: *dots }).collect();
    Round {
        terms: Terms { dots: 3, on_one: 2 },
        items: got.iter().map(|(item, _)| *item).collect(),
        run_off,
        counts: Some(counts),
        ..Round::default()
    }
}

fn places(dots: &Dots) -> Vec<(usize, Item)> {
    dots.ranking().into_iter().map(|ranked| (ranked.rank, ranked.item)).collect()
}

#[test]
fn a_third_of_the_items_is_suggested_three_at_least_and_five_at_most() {
    for (items, dots) in [
        (0, 3),
        (1, 3),
        (9, 3),
        (10, 4),
        (12, 4),
        (13, 5),
        (15, 5),
        (16, 5),
        (300, 5),
        (usize::MAX, 5),
    ] {
        assert_eq!(Terms::suggested(items), Terms { dots, on_one: 2 }, "{items} items");
        assert!(Terms::suggested(items).are_sound());
    }
}

#[test]
fn terms_leave_those_that_were_placed_first() {
    let keep = |dots, on_one, placed: &[Item]| Terms { dots, on_one }.keep(placed);
    assert_eq!(keep(3, 2, &[A, B, A]), [A, B, A]);
    assert_eq!(keep(2, 2, &[A, B, A]), [A, B]);
    assert_eq!(keep(3, 1, &[A, A, B, A]), [A, B], "what makes room lets the next one stay");
    assert_eq!(keep(1, 1, &[]), []);
}

#[test]
fn nothing_revealed_is_no_ranking() {
    let open = Round {
        counts: None,
        ..shown(false, &[(A, 1)])
    };
    let discarded = Round {
        counts: Some(vec![]),
        ..open.clone()
    };
    for dots in [Dots::default(), Dots(vec![open.clone()]), Dots(vec![discarded.clone()])] {
        assert!(dots.ranking().is_empty() && dots.ties().is_empty() && dots.first_of(1).is_none());
    }
    assert!(Dots::default().is_empty() && !Dots(vec![discarded.clone()]).is_empty());
    assert!(
        Dots(vec![discarded.clone(), open.clone()])
            .open()
            .is_some_and(|(number, _)| number == 2)
    );
    assert!(Dots(vec![open, discarded]).open().is_none(), "only the last can be open");
}

#[test]
fn those_with_as_many_share_a_place() {
    let dots = Dots(vec![shown(false, &[(A, 4), (B, 2), (C, 2), (D, 0)])]);
    assert_eq!(places(&dots), [(1, A), (2, B), (2, C), (4, D)]);
    assert_eq!(dots.ties(), [vec![B, C]]);
    let even = Dots(vec![shown(false, &[(A, 1), (B, 1), (C, 0), (D, 0)])]);
    assert_eq!(places(&even), [(1, A), (1, B), (3, C), (3, D)]);
    assert_eq!(even.ties(), [vec![A, B]], "those without a dot are not worth parting");
}

#[test]
fn run_offs_part_one_tie_after_the_other() {
    let first = shown(false, &[(A, 3), (B, 3), (C, 1), (D, 1)]);
    let mut dots = Dots(vec![first]);
    assert_eq!(dots.ties(), [vec![A, B], vec![C, D]]);
    dots.0.push(shown(true, &[(D, 2), (C, 1)]));
    assert_eq!(places(&dots), [(1, A), (1, B), (3, D), (4, C)], "the other tie stays");
    assert_eq!(dots.ties(), [vec![A, B]]);
    // Even once more, and then parted; a lower place never comes before a higher one.
    dots.0.push(shown(true, &[(A, 1), (B, 1)]));
    assert_eq!(dots.ties(), [vec![A, B]]);
    dots.0.push(shown(true, &[(B, 9), (A, 0)]));
    assert_eq!(places(&dots), [(1, B), (2, A), (3, D), (4, C)]);
    assert_eq!(
        dots.ranking().first().map(|ranked| ranked.dots.clone()),
        Some(vec![Some(3), None, Some(1), Some(9)])
    );
    dots.0.push(shown(false, &[(C, 1), (A, 0)]));
    assert_eq!(places(&dots), [(1, C), (2, A)], "a round among all starts afresh");
}

#[test]
fn a_run_off_between_those_that_were_not_even_changes_nothing() {
    let dots = Dots(vec![shown(false, &[(A, 3), (B, 1)]), shown(true, &[(B, 5), (A, 0)])]);
    assert_eq!(places(&dots), [(1, A), (2, B)]);
    assert_eq!(dots.first_of(2), Some(B));
}

#[test]
fn the_first_of_a_round_stands_alone() {
    let dots = Dots(vec![
        shown(false, &[(A, 2), (B, 1)]),
        shown(true, &[(A, 1), (B, 1)]),
        shown(true, &[(C, 1)]),
    ]);
    assert_eq!(
        [0, 1, 2, 3, 4, u32::MAX].map(|round| dots.first_of(round)),
        [None, Some(A), None, Some(C), None, None]
    );
}

#[test]
fn everybody_has_an_order_of_their_own() {
    let mut items: Vec<Item> = (1..=12).map(|n| Item::Sticky(StickyId(n))).collect();
    items.extend((1..=12).map(|n| Item::Group(GroupId(n))));
    let mut orders = SortedSet::new();
    let mut first = SortedSet::new();
    for person in (1..=30).map(ParticipantId) {
        for round in 1..=3 {
            let order = order_for(&items, person, round);
            assert_eq!(order, order_for(&items, person, round), "the same each time");
            let mut backwards = items.clone();
            backwards.reverse();
            assert_eq!(order, order_for(&backwards, person, round), "however the list is told");
            assert_eq!(order.iter().collect::<SortedSet<_>>(), items.iter().collect(), "nothing is lost");
            assert_eq!(order.len(), items.len());
            first.extend(order.first().copied());
            orders.insert(order);
        }
    }
    assert_eq!(orders.len(), 90, "each person, each round");
    assert!(first.len() > 15, "no item stands first for all: {}", first.len());
    // What goes leaves the others where they are.
    let order = order_for(&items, ANA, 1);
    let fewer: Vec<Item> = items.iter().copied().skip(1).collect();
    let left: Vec<Item> = order.into_iter().filter(|item| fewer.contains(item)).collect();
    assert_eq!(order_for(&fewer, ANA, 1), left);
    assert_eq!(order_for(&[], ANA, 1), []);
}

#[test]
fn there_is_room_for_as_many_dots_as_the_items_take() {
    let round = Round {
        counts: None,
        ..shown(false, &[(A, 0)])
    };
    assert_eq!(round.most(), 2, "three dots, one item, two on it");
    assert_eq!((round.left(ANA), round.is_done(ANA)), (2, false));
    let placed = |used| Placed { used, ..Placed::default() };
    let mut done = round.clone();
    done.placed.insert(ANA, placed(2));
    assert_eq!((done.left(ANA), done.is_done(ANA)), (0, true));
    done.placed.insert(ANA, placed(3));
    assert_eq!(done.left(ANA), 0, "never less than none");
}
