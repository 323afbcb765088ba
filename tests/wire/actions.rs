//! Actions as the log keeps them, as screens ask for them, and as pages print them.

use crate::{ANA, ID, code, pin};
use checkpoint::domain::action::{Action, Origin, Serves, Status, TrackerLink};
use checkpoint::domain::actions::{Actions, Command, Draft, Entry, Event};
use checkpoint::domain::facts::CapabilityKey;
use checkpoint::domain::ids::{ActionId, GroupId, StickyId, WorkshopId};
use checkpoint::domain::improve::Item;
use checkpoint::domain::metric::Metric;
use checkpoint::domain::text::{ActionTitle, DoneWhen, Owner, Why};
use checkpoint::domain::timeline::Moment;
use checkpoint::domain::workshop::Workshop;
use checkpoint::domain::{command, event, page};

const FULL: &str = r#"{"title":"Split the pipeline","done_when":"One queue","owner":"Ana","due":"2023-03-03","expects":"lead_time","expects_answer":5,"improvement":"Smaller batches","serves":{"key":"ci","title":"CI"},"outside":true,"tracker":"https://tracker.example/1","status":"in_progress","why":"So","opened_on":"2023-01-10","origin":{"workshop":"01920000-0000-7000-8000-000000000001","action":7},"age":2}"#;

fn full() -> Action {
    Action {
        title: ActionTitle::parse("Split the pipeline").unwrap(),
        done_when: DoneWhen::parse("One queue").unwrap(),
        owner: Owner::parse("Ana").unwrap(),
        due: chrono::NaiveDate::from_ymd_opt(2023, 3, 3),
        expects: Some(Metric::LeadTime),
        expects_answer: Some(code(5)),
        improvement: "Smaller batches".to_owned(),
        serves: Some(Serves {
            key: CapabilityKey::new("ci"),
            title: "CI".to_owned(),
        }),
        outside: true,
        tracker: Some(TrackerLink::parse("https://tracker.example/1").unwrap()),
        status: Status::InProgress,
        why: Why::parse("So").unwrap(),
        opened_on: chrono::NaiveDate::from_ymd_opt(2023, 1, 10),
        origin: Some(Origin {
            workshop: WorkshopId::new(ID),
            action: ActionId(7),
        }),
        age: 2,
    }
}

fn least() -> Action {
    Action {
        title: ActionTitle::parse("X").unwrap(),
        ..Action::default()
    }
}

const LEAST: &str = r#"{"title":"X","status":"not_started","age":0}"#;

#[test]
fn an_action_is_written_with_what_it_has() {
    pin(&full(), FULL);
    pin(&least(), LEAST);
}

/// A new variant does not compile until it stands here, and then has its line below.
fn _all_are_pinned(event: &Event, command: &Command) {
    match event {
        Event::Added { .. }
        | Event::Accepted(_)
        | Event::Edited { .. }
        | Event::Moved { .. }
        | Event::Merged { .. }
        | Event::Removed(_) => {}
    }
    match command {
        Command::Propose(_)
        | Command::Accept(_)
        | Command::Edit { .. }
        | Command::Move { .. }
        | Command::Split { .. }
        | Command::Merge { .. }
        | Command::Remove(_) => {}
    }
}

#[test]
fn actions_are_decided() {
    use Event as E;
    let action = ActionId(9);
    let what = || Box::new(least());
    for (event, json) in [
        (
            E::Added {
                action,
                by: ANA,
                accepted: true,
                behind: Some(ActionId(4)),
                item: Some(Item::Sticky(StickyId(3))),
                what: Box::new(full()),
            },
            format!(r#"{{"added":{{"action":9,"by":2,"accepted":true,"behind":4,"item":{{"sticky":3}},"what":{FULL}}}}}"#),
        ),
        (
            E::Added {
                action,
                by: ANA,
                accepted: false,
                behind: None,
                item: None,
                what: what(),
            },
            format!(r#"{{"added":{{"action":9,"by":2,"what":{LEAST}}}}}"#),
        ),
        (E::Accepted(action), r#"{"accepted":9}"#.to_owned()),
        (
            E::Edited {
                action,
                item: Some(Item::Group(GroupId(3))),
                what: what(),
            },
            format!(r#"{{"edited":{{"action":9,"item":{{"group":3}},"what":{LEAST}}}}}"#),
        ),
        (
            E::Edited {
                action,
                item: None,
                what: what(),
            },
            format!(r#"{{"edited":{{"action":9,"what":{LEAST}}}}}"#),
        ),
        (
            E::Moved {
                action,
                after: Some(ActionId(4)),
            },
            r#"{"moved":{"action":9,"after":4}}"#.to_owned(),
        ),
        (
            E::Moved { action, after: None },
            r#"{"moved":{"action":9,"after":null}}"#.to_owned(),
        ),
        (
            E::Merged {
                action,
                into: ActionId(4),
                item: None,
                what: what(),
            },
            format!(r#"{{"merged":{{"action":9,"into":4,"what":{LEAST}}}}}"#),
        ),
        (E::Removed(action), r#"{"removed":9}"#.to_owned()),
    ] {
        pin(&event::Event::Actions(event), &format!(r#"{{"actions":{json}}}"#));
    }
    pin(&Moment::ActionAccepted(action), r#"{"action_accepted":9}"#);
}

#[test]
fn screens_ask_for_actions() {
    use Command as C;
    let action = ActionId(9);
    let draft = Draft {
        title: "T".to_owned(),
        done_when: "D".to_owned(),
        owner: "Ana".to_owned(),
        due: "2023-03-03".to_owned(),
        expects: Some(Metric::LeadTime),
        expects_answer: Some(code(5)),
        item: Some(Item::Sticky(StickyId(3))),
        serves: Some(CapabilityKey::new("ci")),
        tracker: "https://tracker.example/1".to_owned(),
        outside: true,
    };
    let full = r#"{"title":"T","done_when":"D","owner":"Ana","due":"2023-03-03","expects":"lead_time","expects_answer":5,"item":{"sticky":3},"serves":"ci","tracker":"https://tracker.example/1","outside":true}"#;
    let empty = r#"{"title":"","done_when":"","owner":"","due":"","expects":null,"expects_answer":null,"item":null,"serves":null,"tracker":"","outside":false}"#;
    for (command, json) in [
        (C::Propose(draft), format!(r#"{{"propose":{full}}}"#)),
        (C::Accept(action), r#"{"accept":9}"#.to_owned()),
        (
            C::Edit {
                action,
                seen: None,
                draft: Draft::default(),
            },
            format!(r#"{{"edit":{{"action":9,"draft":{empty}}}}}"#),
        ),
        (
            C::Edit {
                action,
                seen: Some(Box::default()),
                draft: Draft::default(),
            },
            format!(r#"{{"edit":{{"action":9,"seen":{empty},"draft":{empty}}}}}"#),
        ),
        (C::Move { action, after: None }, r#"{"move":{"action":9,"after":null}}"#.to_owned()),
        (
            C::Split {
                action,
                title: "T".to_owned(),
            },
            r#"{"split":{"action":9,"title":"T"}}"#.to_owned(),
        ),
        (
            C::Merge { action, into: ActionId(4) },
            r#"{"merge":{"action":9,"into":4}}"#.to_owned(),
        ),
        (C::Remove(action), r#"{"remove":9}"#.to_owned()),
    ] {
        pin(&command::Command::Actions(command), &format!(r#"{{"actions":{json}}}"#));
    }
    let short: Draft = serde_json::from_str(r#"{"title":"T"}"#).unwrap();
    assert_eq!(short.title, "T");
    assert!(serde_json::from_str::<Draft>(r#"{"title":"T","accepted":true}"#).is_err());
}

#[test]
fn a_checkpoint_and_its_page_keep_them() {
    let entry = |accepted, item, action| Entry {
        id: ActionId(9),
        by: ANA,
        accepted,
        item,
        action,
    };
    pin(
        &Actions(vec![
            entry(true, Some(Item::Sticky(StickyId(3))), full()),
            entry(false, None, least()),
        ]),
        &format!(r#"[{{"id":9,"by":2,"accepted":true,"item":{{"sticky":3}},"action":{FULL}}},{{"id":9,"by":2,"action":{LEAST}}}]"#),
    );
    let json = serde_json::to_value(Workshop::default()).unwrap();
    assert!(json.get("actions").is_none(), "a checkpoint without actions is as it always was");
    let decided = page::Decided {
        number: ActionId(9),
        action: full(),
    };
    pin(&decided, &FULL.replacen('{', r#"{"number":9,"#, 1));
}
