//! The events and commands of stickies and dots.

use crate::{ANA, pin};
use checkpoint::domain::command::Command;
use checkpoint::domain::dots::{self, Counted, Terms};
use checkpoint::domain::event::Event;
use checkpoint::domain::facts::CapabilityKey;
use checkpoint::domain::flow::Span;
use checkpoint::domain::ids::{ElementId, GroupId, StickyId};
use checkpoint::domain::improve::{self, Authors, Change, Item, Kind, Note, Shorter};
use checkpoint::domain::plan::{self, Choice};
use checkpoint::domain::text::{GroupName, StickyText};
use checkpoint::domain::vote::Options;

const STICKY: StickyId = StickyId(7);
const GROUP: GroupId = GroupId(9);
const ON: ElementId = ElementId(3);
const SHORTER: Shorter = Shorter {
    what: ON,
    to: Span { least: 60, most: 120 },
};

fn text() -> StickyText {
    StickyText::parse("Pair").unwrap()
}

fn name() -> GroupName {
    GroupName::parse("Builds").unwrap()
}

/// A sticky with everything that can be said of it.
fn full() -> Note {
    Note {
        kind: Kind::FailedDeployment,
        text: text(),
        on: Some(ON),
        was_on: "Build".to_owned(),
        shortens: Some(SHORTER),
        serves: Some(CapabilityKey::new("ci")),
        outside: true,
    }
}

fn least() -> Note {
    Note {
        text: text(),
        ..Note::default()
    }
}

#[test]
fn stickies_are_written_and_gathered() {
    use improve::Event as E;
    let added = |by, secret, note| E::Added {
        sticky: STICKY,
        by,
        anonymous: secret,
        hidden: secret,
        note,
    };
    let changed = |of, change| E::Changed {
        sticky: STICKY,
        of,
        change,
    };
    for (event, json) in [
        (
            added(Some(ANA), false, Some(least())),
            r#"{"added":{"sticky":7,"by":2,"note":{"kind":"improvement","text":"Pair"}}}"#,
        ),
        (
            added(Some(ANA), true, Some(full())),
            r#"{"added":{"sticky":7,"by":2,"anonymous":true,"hidden":true,"note":{"kind":"failed_deployment","text":"Pair","on":3,"was_on":"Build","shortens":{"what":3,"to":[60,120]},"serves":"ci","outside":true}}}"#,
        ),
        (
            added(Some(ANA), true, Some(full())).for_others(),
            r#"{"added":{"sticky":7,"anonymous":true,"hidden":true}}"#,
        ),
        (
            changed(None, Some(Change::Text(text()))),
            r#"{"changed":{"sticky":7,"change":{"text":"Pair"}}}"#,
        ),
        (
            changed(Some(ANA), Some(Change::Outside(true))),
            r#"{"changed":{"sticky":7,"of":2,"change":{"outside":true}}}"#,
        ),
        (
            changed(Some(ANA), Some(Change::Outside(true))).for_others(),
            r#"{"changed":{"sticky":7}}"#,
        ),
        (E::Removed(STICKY), r#"{"removed":7}"#),
        (E::Hushed, r#""hushed""#),
        (
            E::Shown([(STICKY, least())].into()),
            r#"{"shown":{"7":{"kind":"improvement","text":"Pair"}}}"#,
        ),
        (
            E::Grouped {
                group: GROUP,
                name: name(),
                stickies: vec![STICKY],
            },
            r#"{"grouped":{"group":9,"name":"Builds","stickies":[7]}}"#,
        ),
        (
            E::Placed(vec![(STICKY, Some(GROUP)), (STICKY, None)]),
            r#"{"placed":[[7,9],[7,null]]}"#,
        ),
        (
            E::GroupNamed {
                group: GROUP,
                name: name(),
            },
            r#"{"group_named":{"group":9,"name":"Builds"}}"#,
        ),
        (E::AuthorsForgotten, r#""authors_forgotten""#),
    ] {
        pin(&Event::Improve(event), &format!(r#"{{"improve":{json}}}"#));
    }
}

#[test]
fn what_people_ask_of_stickies() {
    use improve::Command as C;
    let change = |change| C::Change(STICKY, change);
    for (command, json) in [
        (
            C::Add {
                kind: Kind::Improvement,
                text: "Pair".to_owned(),
                on: Some(ON),
            },
            r#"{"add":{"kind":"improvement","text":"Pair","on":3}}"#,
        ),
        (
            change(Change::Kind(Kind::FailedDeployment)),
            r#"{"change":[7,{"kind":"failed_deployment"}]}"#,
        ),
        (change(Change::Text(text())), r#"{"change":[7,{"text":"Pair"}]}"#),
        (change(Change::On(None)), r#"{"change":[7,{"on":null}]}"#),
        (
            change(Change::Shortens(Some(SHORTER))),
            r#"{"change":[7,{"shortens":{"what":3,"to":[60,120]}}]}"#,
        ),
        (
            change(Change::Serves(Some(CapabilityKey::new("ci")))),
            r#"{"change":[7,{"serves":"ci"}]}"#,
        ),
        (change(Change::Outside(true)), r#"{"change":[7,{"outside":true}]}"#),
        (C::Remove(STICKY), r#"{"remove":7}"#),
        (C::Hush, r#""hush""#),
        (C::Show, r#""show""#),
        (
            C::Group {
                stickies: vec![STICKY],
                name: "Builds".to_owned(),
            },
            r#"{"group":{"stickies":[7],"name":"Builds"}}"#,
        ),
        (C::Place(vec![(STICKY, Some(GROUP))]), r#"{"place":[[7,9]]}"#),
        (
            C::NameGroup {
                group: GROUP,
                name: String::new(),
            },
            r#"{"name_group":{"group":9,"name":""}}"#,
        ),
    ] {
        pin(&Command::Improve(command), &format!(r#"{{"improve":{json}}}"#));
    }
}

#[test]
fn dots_are_placed_and_counted() {
    use dots::Event as E;
    let terms = Terms { dots: 3, on_one: 2 };
    let opened = |items, run_off| E::Opened { terms, items, run_off };
    let placed = E::Placed {
        round: 1,
        by: ANA,
        used: 1,
        dots: Some(vec![Item::Sticky(STICKY)]),
    };
    let counts = vec![Counted {
        item: Item::Group(GROUP),
        dots: 4,
    }];
    for (event, json) in [
        (
            opened(vec![Item::Group(GROUP), Item::Sticky(STICKY)], false),
            r#"{"opened":{"terms":{"dots":3,"on_one":2},"items":[{"group":9},{"sticky":7}]}}"#,
        ),
        (
            opened(vec![], true),
            r#"{"opened":{"terms":{"dots":3,"on_one":2},"items":[],"run_off":true}}"#,
        ),
        (E::Adjusted(terms), r#"{"adjusted":{"dots":3,"on_one":2}}"#),
        (placed.clone(), r#"{"placed":{"round":1,"by":2,"used":1,"dots":[{"sticky":7}]}}"#),
        (placed.without_places(), r#"{"placed":{"round":1,"by":2,"used":1}}"#),
        (
            E::Revealed { round: 1, counts },
            r#"{"revealed":{"round":1,"counts":[{"item":{"group":9},"dots":4}]}}"#,
        ),
        (E::Discarded { round: 2 }, r#"{"discarded":{"round":2}}"#),
    ] {
        pin(&Event::Dots(event), &format!(r#"{{"dots":{json}}}"#));
    }
}

#[test]
fn what_people_ask_of_dots() {
    use dots::Command as C;
    let terms = Terms { dots: 3, on_one: 2 };
    let item = || vec![Item::Sticky(STICKY)];
    for (command, json) in [
        (
            C::Open { terms, among: item() },
            r#"{"open":{"terms":{"dots":3,"on_one":2},"among":[{"sticky":7}]}}"#,
        ),
        (C::Adjust(terms), r#"{"adjust":{"dots":3,"on_one":2}}"#),
        (
            C::Place { round: 1, dots: item() },
            r#"{"place":{"round":1,"dots":[{"sticky":7}]}}"#,
        ),
        (C::Reveal { round: 1 }, r#"{"reveal":{"round":1}}"#),
        (C::Discard { round: 1 }, r#"{"discard":{"round":1}}"#),
    ] {
        pin(&Command::Dots(command), &format!(r#"{{"dots":{json}}}"#));
    }
}

#[test]
fn the_choices_about_both() {
    let options = Options {
        authors: Authors::Anonymous,
        dots: Some(4),
        ..Options::default()
    };
    pin(
        &options,
        r#"{"secrecy":"anonymous","facilitator_votes":false,"auto_reveal":false,"authors":"anonymous","dots":4}"#,
    );
    for (choice, json) in [
        (Choice::Authors(Authors::Anonymous), r#"{"authors":"anonymous"}"#),
        (Choice::Authors(Authors::Shown), r#"{"authors":"shown"}"#),
        (Choice::Dots(Some(4)), r#"{"dots":4}"#),
        (Choice::Dots(None), r#"{"dots":null}"#),
    ] {
        pin(
            &Event::Plan(plan::Event::Chosen(choice)),
            &format!(r#"{{"plan":{{"chosen":{json}}}}}"#),
        );
    }
}

/// A crafted message with a field too many is no command.
#[test]
fn what_is_not_known_is_not_read() {
    for json in [
        r#"{"improve":{"add":{"kind":"improvement","text":"Pair","on":null,"by":2}}}"#,
        r#"{"dots":{"place":{"round":1,"dots":[],"by":3}}}"#,
        r#"{"improve":{"change":[7,{"by":2}]}}"#,
        r#"{"dots":{"place":{"round":1,"dots":[{"sticky":-1}]}}}"#,
    ] {
        assert!(serde_json::from_str::<Command>(json).is_err(), "{json}");
    }
}
