//! Stickies and dots in random histories; and that nobody learns who wrote what, nothing is lost in a group, and what if adds up.

use crate::cases;
use crate::drawing::{a_time, an_edit, an_id};
use crate::history::{Act, History, happens, history, seat, text};
use crate::story::{ANA, BEN, CEM, FAY, OLA, Story, created};
use checkpoint::domain::audience::Audience;
use checkpoint::domain::command::Command;
use checkpoint::domain::context::Actor;
use checkpoint::domain::dots::{self, Terms};
use checkpoint::domain::event::Event;
use checkpoint::domain::flow::figures::figures;
use checkpoint::domain::flow::{Edit, Flow, Lane};
use checkpoint::domain::ids::{ElementId, GroupId, ParticipantId, StickyId};
use checkpoint::domain::improve::{self, Authors, Change, Improvements, Item, Kind, Note, Shorter, Sticky, what_if};
use checkpoint::domain::text::StickyText;
use checkpoint::domain::vote::Options;
use checkpoint::domain::workshop::Workshop;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// From here on a number is meant as it is; smaller ones are places.
const AS_IT_IS: u32 = 77;

/// What anybody does with stickies and dots, and what usually comes from a facilitator.
pub(crate) fn board_act() -> BoxedStrategy<Act> {
    let lead = || prop_oneof![6 => Just(ParticipantId(1)), 1 => seat()];
    let improve = |(who, c)| Act::Does(Actor::Participant(who), Command::Improve(c));
    let dots = |(who, c)| Act::Does(Actor::Participant(who), Command::Dots(c));
    prop_oneof![
        8 => (seat(), sticky_command()).prop_map(improve),
        2 => (lead(), prop_oneof![1 => Just(improve::Command::Hush), 3 => Just(improve::Command::Show)]).prop_map(improve),
        6 => (seat(), place()).prop_map(dots),
        4 => (lead(), leads_dots()).prop_map(dots),
    ]
    .boxed()
}

/// Two stickies in a group: many histories get further than the first.
pub(crate) fn two_in_a_group() -> [Command; 3] {
    let add = |text: &str| improve::Command::Add {
        kind: Kind::Improvement,
        text: text.to_owned(),
        on: None,
    };
    let group = improve::Command::Group {
        stickies: vec![StickyId(0), StickyId(1)],
        name: String::new(),
    };
    [add("Small"), add("Smaller"), group].map(Command::Improve)
}

fn a_place() -> impl Strategy<Value = u32> {
    prop_oneof![12 => 0u32..5, 1 => Just(AS_IT_IS)]
}

fn a_sticky() -> impl Strategy<Value = StickyId> {
    a_place().prop_map(StickyId)
}

fn an_item() -> impl Strategy<Value = Item> {
    a_sticky().prop_map(Item::Sticky)
}

fn a_kind() -> impl Strategy<Value = Kind> {
    prop_oneof![3 => Just(Kind::Improvement), 1 => Just(Kind::FailedDeployment)]
}

fn a_name() -> impl Strategy<Value = String> {
    prop_oneof![2 => Just(String::new()), 2 => Just("Builds".to_owned()), 1 => text()]
}

fn a_change() -> BoxedStrategy<Change> {
    let says = text().prop_filter_map("it would not be read", |text| StickyText::parse(&text).ok());
    let shorter = (an_id(), a_time()).prop_map(|(what, to)| to.map(|to| Shorter { what, to }));
    prop_oneof![
        1 => a_kind().prop_map(Change::Kind),
        3 => says.prop_map(Change::Text),
        2 => prop::option::of(an_id()).prop_map(Change::On),
        2 => shorter.prop_map(Change::Shortens),
        1 => any::<bool>().prop_map(Change::Outside),
    ]
    .boxed()
}

fn sticky_command() -> BoxedStrategy<improve::Command> {
    use improve::Command as C;
    let group = || prop_oneof![4 => Just(0), 1 => Just(AS_IT_IS)].prop_map(GroupId);
    let add = (a_kind(), text(), prop_oneof![4 => Just(None), 1 => an_id().prop_map(Some)]);
    let place = (a_sticky(), prop_oneof![1 => Just(None), 1 => group().prop_map(Some)]);
    prop_oneof![
        8 => add.prop_map(|(kind, text, on)| C::Add { kind, text, on }),
        4 => (a_sticky(), a_change()).prop_map(|(sticky, change)| C::Change(sticky, change)),
        1 => a_sticky().prop_map(C::Remove),
        4 => (prop::collection::vec(a_sticky(), 0..5), a_name()).prop_map(|(stickies, name)| C::Group { stickies, name }),
        3 => prop::collection::vec(place, 0..3).prop_map(C::Place),
        2 => (group(), a_name()).prop_map(|(group, name)| C::NameGroup { group, name }),
    ]
    .boxed()
}

fn a_round() -> impl Strategy<Value = u32> {
    prop_oneof![9 => Just(0), 1 => Just(AS_IT_IS)]
}

fn place() -> BoxedStrategy<dots::Command> {
    let dots = prop_oneof![8 => prop::collection::vec(an_item(), 0..4), 1 => prop::collection::vec(an_item(), 0..12)];
    (a_round(), dots)
        .prop_map(|(round, dots)| dots::Command::Place { round, dots })
        .boxed()
}

fn leads_dots() -> BoxedStrategy<dots::Command> {
    use dots::Command as C;
    let some_terms = [(3, 2), (3, 2), (1, 1), (5, 2), (10, 10), (0, 1), (2, 3)].map(|(dots, on_one)| Terms { dots, on_one });
    let terms = || prop::sample::select(some_terms.to_vec());
    let among = prop_oneof![3 => Just(vec![]), 1 => prop::collection::vec(an_item(), 1..3)];
    prop_oneof![
        6 => (terms(), among).prop_map(|(terms, among)| C::Open { terms, among }),
        2 => terms().prop_map(C::Adjust),
        2 => a_round().prop_map(|round| C::Reveal { round }),
        1 => a_round().prop_map(|round| C::Discard { round }),
    ]
    .boxed()
}

/// The command with the stickies and items that stand at these places.
pub(crate) fn aim_board(command: &mut Command, story: &Story) {
    let board = &story.state.improvements;
    let nth = |place: u32| {
        let at = board.stickies.keys().nth((place as usize).checked_rem(board.stickies.len())?);
        at.copied().filter(|_| place < AS_IT_IS)
    };
    let aim = |sticky: &mut StickyId| *sticky = nth(sticky.0).unwrap_or(*sticky);
    let last = |group: &mut GroupId| {
        if group.0 == 0 {
            *group = board.groups.keys().next_back().copied().unwrap_or_default();
        }
    };
    match command {
        Command::Improve(improve::Command::Change(sticky, _) | improve::Command::Remove(sticky)) => aim(sticky),
        Command::Improve(improve::Command::Group { stickies, .. }) => stickies.iter_mut().for_each(aim),
        Command::Improve(improve::Command::Place(places)) => {
            for (sticky, group) in places {
                aim(sticky);
                group.iter_mut().for_each(last);
            }
        }
        Command::Improve(improve::Command::NameGroup { group, .. }) => last(group),
        Command::Dots(dots::Command::Open { among, .. }) => aim_items(among, &board.votable()),
        Command::Dots(dots::Command::Place { round, dots }) => {
            let open = story.state.dots.open();
            aim_round(round, story);
            aim_items(dots, open.map_or(&[], |(_, round)| &round.items));
        }
        Command::Dots(dots::Command::Reveal { round } | dots::Command::Discard { round }) => aim_round(round, story),
        _ => {}
    }
}

fn aim_round(round: &mut u32, story: &Story) {
    if *round == 0 {
        *round = story.state.dots.open().map_or(1, |(number, _)| number);
    }
}

fn aim_items(items: &mut [Item], list: &[Item]) {
    for item in items {
        if let Item::Sticky(StickyId(place)) = *item
            && place < AS_IT_IS
            && let Some(n) = (place as usize).checked_rem(list.len())
        {
            *item = list[n];
        }
    }
}

/// Another place on the list; two that differ stay different.
pub(crate) fn elsewhere(item: Item, by: usize) -> Item {
    match item {
        Item::Sticky(StickyId(place)) if place < AS_IT_IS => Item::Sticky(StickyId(place + u32::try_from(by).unwrap())),
        other => other,
    }
}

/// What this audience was sent and could hold, event by event.
fn told(story: &Story, audience: Audience) -> Vec<String> {
    let mut state = Workshop::default();
    let tell = |recorded: &_| {
        state.apply(recorded);
        let both = (recorded.seen_by(audience), state.seen_by(audience));
        serde_json::to_string(&both).unwrap()
    };
    story.log.iter().map(tell).collect()
}

/// Ana writes what Ben would write, and Ben what Ana would.
fn swapped(history: &History) -> History {
    let mut other = history.clone();
    for act in &mut other.acts {
        if let Act::Does(Actor::Participant(who), Command::Improve(_)) = act {
            *who = match *who {
                ANA => BEN,
                BEN => ANA,
                other => other,
            };
        }
    }
    other
}

/// The same in other words, as long as it is taken at all.
fn reworded(text: &str) -> Option<String> {
    let parsed = StickyText::parse(text).ok()?;
    let other = format!("z {}", parsed.as_str());
    StickyText::parse(&other).is_ok().then_some(other)
}

/// Every sticky is in exactly one item, and no item is empty.
fn nothing_is_lost(board: &Improvements) {
    let items = board.items();
    let mut inside: Vec<StickyId> = vec![];
    for item in &items {
        let made_of = board.stickies_of(*item);
        assert!(!made_of.is_empty(), "{item:?} is empty");
        assert!(made_of.iter().all(|sticky| board.item_of(*sticky) == *item));
        inside.extend(made_of);
    }
    let once: BTreeSet<StickyId> = inside.iter().copied().collect();
    assert_eq!(once.len(), inside.len(), "a sticky is in two items");
    assert!(once.iter().eq(board.stickies.keys()), "a sticky is in no item");
    assert_eq!(items.iter().collect::<BTreeSet<_>>().len(), items.len());
    let ideas = board.votable();
    assert!(ideas.iter().all(|item| items.contains(item)));
    for item in items {
        let helps = board.notes_of(item).any(|note| note.kind == Kind::Improvement);
        assert_eq!(ideas.contains(&item), helps);
    }
}

/// So many acts on an otherwise empty board.
fn board_history() -> impl Strategy<Value = Vec<Act>> {
    let member = (1u32..=4).prop_map(ParticipantId);
    let act = (member, sticky_command()).prop_map(|(who, c)| Act::Does(Actor::Participant(who), Command::Improve(c)));
    prop::collection::vec(act, 1..80)
}

/// A board with a sticky for each of these, which would shorten that.
fn board_of(shorters: &[Shorter]) -> Improvements {
    let sticky = |shortens: &Shorter| Sticky {
        by: Some(ANA),
        anonymous: false,
        hidden: false,
        note: Some(Note {
            shortens: Some(*shortens),
            ..Note::default()
        }),
        group: None,
    };
    Improvements {
        stickies: (1..).map(StickyId).zip(shorters.iter().map(sticky)).collect(),
        ..Improvements::default()
    }
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn who_wrote_an_anonymous_sticky_is_told_to_no_third_person(history in history()) {
        let mut one = history;
        one.options.authors = Authors::Anonymous;
        // Who has which seat and role is no secret.
        one.acts.retain(|act| !matches!(act, Act::Does(_, Command::People(_))));
        let (one, two) = (one.end(), swapped(&one).end());
        for viewer in [Audience::Everyone, Audience::Seat(FAY), Audience::Seat(CEM), Audience::Seat(OLA)] {
            prop_assert_eq!(told(&one, viewer), told(&two, viewer));
        }
    }

    #[test]
    fn what_a_hidden_sticky_says_is_told_to_nobody_before_it_is_shown(history in history(), writer in prop::sample::select(vec![FAY, ANA, BEN])) {
        let mut one = history;
        let hush = Command::Improve(improve::Command::Hush);
        one.acts.insert(0, Act::Does(Actor::Participant(FAY), hush));
        one.acts.retain(|act| !matches!(act, Act::Does(_, Command::Improve(improve::Command::Show))));
        let mut two = one.clone();
        for act in &mut two.acts {
            match act {
                Act::Does(Actor::Participant(who), Command::Improve(improve::Command::Add { text, kind, .. })) if *who == writer => {
                    *text = reworded(text).unwrap_or_else(|| text.clone());
                    *kind = if *kind == Kind::Improvement { Kind::FailedDeployment } else { Kind::Improvement };
                }
                Act::Does(Actor::Participant(who), Command::Improve(improve::Command::Change(_, change))) if *who == writer => match change {
                    Change::Text(text) => {
                        if let Some(other) = reworded(text.as_str()) {
                            *text = StickyText::parse(&other).unwrap();
                        }
                    }
                    Change::Kind(kind) => *kind = if *kind == Kind::Improvement { Kind::FailedDeployment } else { Kind::Improvement },
                    _ => {}
                },
                _ => {}
            }
        }
        let (one, two) = (one.end(), two.end());
        for viewer in [Audience::Everyone, Audience::Seat(FAY), Audience::Seat(ANA), Audience::Seat(OLA)] {
            if viewer != Audience::Seat(writer) {
                prop_assert_eq!(told(&one, viewer), told(&two, viewer));
            }
        }
    }

    #[test]
    fn once_authors_are_forgotten_no_copy_knows_them(history in history()) {
        let mut history = history;
        history.options.authors = Authors::Anonymous;
        history.play(|before, after, _| {
            let new = &after.log[before.log.len()..];
            if new.iter().any(|r| matches!(r.event, Event::Improve(improve::Event::AuthorsForgotten))) {
                let mut stickies = after.state.improvements.stickies.values();
                assert!(stickies.all(|sticky| !sticky.anonymous || sticky.by.is_none()));
                assert_eq!(after.state.improvements.hidden(), 0, "who still writes would lose the sticky");
            }
        });
    }

    #[test]
    fn grouping_loses_nothing(acts in board_history()) {
        let mut story = Story::new(created(Options::default(), false, None));
        for act in &acts {
            let before = story.state.improvements.clone();
            happens(&mut story, act);
            let board = &story.state.improvements;
            nothing_is_lost(board);
            let takes_away = matches!(act, Act::Does(_, Command::Improve(improve::Command::Remove(_))));
            prop_assert!(takes_away || before.stickies.keys().all(|id| board.stickies.contains_key(id)));
            // Taking a group apart, or together, is undone by placing everything where it was.
            let places = before.stickies.iter().filter(|(id, _)| board.stickies.contains_key(id)).map(|(id, sticky)| (*id, sticky.group));
            let back = improve::Command::Place(places.collect());
            let mut undone = story.clone();
            undone.tries(Actor::Participant(ANA), &Command::Improve(back)).unwrap();
            for (id, sticky) in &undone.state.improvements.stickies {
                prop_assert_eq!(before.stickies.get(id).map_or(sticky.group, |was| was.group), sticky.group);
            }
        }
    }

    #[test]
    fn in_any_history_every_sticky_is_in_one_item(history in history()) {
        history.play(|_, after, _| nothing_is_lost(&after.state.improvements));
    }

    #[test]
    fn a_sticky_says_what_it_was_on_just_while_that_is_gone(history in history()) {
        history.play(|_, after, _| {
            for note in after.state.improvements.stickies.values().filter_map(|sticky| sticky.note.as_ref()) {
                let there = note.on.is_some_and(|on| after.state.flow.called(on).is_some());
                assert_eq!(note.was_on.is_empty(), there || note.on.is_none(), "{note:?}");
            }
        });
    }

    #[test]
    fn what_if_is_the_figures_of_the_flow_edited_by_hand(
        edits in prop::collection::vec(an_edit(), 0..60),
        shorters in prop::collection::vec((an_id(), a_time()), 0..8),
        chosen in prop::collection::vec(any::<bool>(), 8),
    ) {
        let mut flow = Flow::default();
        flow.take_all(&edits);
        let shorters: Vec<Shorter> = shorters.into_iter().map(|(what, to)| Shorter { what, to: to.unwrap_or_default() }).collect();
        let board = board_of(&shorters);
        let done: Vec<Item> = board.items().into_iter().zip(&chosen).filter(|(_, chosen)| **chosen).map(|(item, _)| item).collect();
        let mut by_hand = flow.clone();
        for shorter in shorters.iter().zip(&chosen).filter(|(_, chosen)| **chosen).map(|(shorter, _)| shorter) {
            shorten_by_hand(&mut by_hand, shorter.what, *shorter);
        }
        let w = Workshop { flow: flow.clone(), improvements: board, ..Workshop::default() };
        let outlook = what_if(&w, &done);
        for (lane, seen) in Lane::ALL.into_iter().zip(&outlook.lanes) {
            prop_assert_eq!(seen.lane, lane);
            prop_assert_eq!(&seen.before, &figures(&flow, lane));
            prop_assert_eq!(&seen.after, &figures(&by_hand, lane));
            prop_assert!(seen.after.total.most <= seen.before.total.most, "longer: {:?} {:?}", seen.before.total, seen.after.total);
            prop_assert!(seen.answer.is_none(), "nothing is agreed");
        }
        prop_assert_eq!(outlook.level, None);
        prop_assert!(what_if(&w, &[]).sentences().is_empty());
    }
}

/// One improvement after the other, as somebody would edit the flow.
fn shorten_by_hand(flow: &mut Flow, id: ElementId, shorter: Shorter) {
    let longer = |now| (now, shorter.to);
    let work = flow.steps.get(&id).and_then(|step| step.work).map(longer);
    let wait = flow.connectors.get(&id).and_then(|connector| connector.wait).map(longer);
    for (edit, (now, to)) in [work.map(|both| (true, both)), wait.map(|both| (false, both))]
        .into_iter()
        .flatten()
    {
        if to.most < now.most || (to.most == now.most && to.least < now.least) {
            flow.take_in(&if edit { Edit::Work(id, Some(to)) } else { Edit::Wait(id, Some(to)) });
        }
    }
}
