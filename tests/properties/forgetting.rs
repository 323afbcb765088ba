//! Erasing names: whatever people did, nothing that is stored names them afterwards, and the rewritten log is as good as the old one.

use crate::cases;
use crate::history::history;
use checkpoint::domain::event::{Event, Recorded};
use checkpoint::domain::ids::WorkshopId;
use checkpoint::domain::names::Names;
use checkpoint::domain::page::Page;
use checkpoint::domain::people;
use checkpoint::domain::workshop::Workshop;
use proptest::prelude::*;
use serde_json::Value;

/// Every text that stands where people are named: seats have a role beside the name, which groups and steps have not.
fn names_in(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (key, inner) in fields {
                match inner {
                    Value::String(text) if key == "owner" || (key == "name" && fields.contains_key("role")) => found.push(text.clone()),
                    Value::Array(texts) if ["present", "observing"].contains(&key.as_str()) => {
                        found.extend(texts.iter().filter_map(Value::as_str).map(str::to_owned));
                    }
                    other => names_in(other, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|inner| names_in(inner, found)),
        _ => {}
    }
}

/// Those of them with which somebody joined.
fn joined(names: &Names, stored: &impl serde::Serialize) -> Vec<String> {
    let mut found = vec![];
    names_in(&serde_json::to_value(stored).unwrap(), &mut found);
    found.retain(|text| names.new_name(text).is_some_and(|new| new.as_str() != text));
    found
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn a_log_without_names_folds_to_the_state_without_names(history in history()) {
        let story = history.end();
        let id = WorkshopId::new(uuid::Uuid::nil());
        let names = Names::of(&story.state.people);
        let mut page = Page::of(id, &story.state);
        let erased = Recorded { seq: story.state.seq + 1, at: story.cx.now, event: Event::People(people::Event::NamesErased) };
        let mut state = story.state.clone();
        state.apply(&erased);

        let mut log = story.log.clone();
        for recorded in &mut log {
            recorded.event.forget_names(&names);
        }
        log.push(erased.clone());
        prop_assert_eq!(&Workshop::replay(&log), &state);
        page.forget_names(&names);
        prop_assert_eq!(&page, &Page::of(id, &state));

        prop_assert_eq!(joined(&names, &log), Vec::<String>::new());
        prop_assert_eq!(joined(&names, &state), Vec::<String>::new());
        prop_assert_eq!(joined(&names, &page), Vec::<String>::new());
        // Each has a name of their own, and erasing once more changes nothing.
        let now: Vec<&str> = state.people.seats.values().map(|seat| seat.name.as_str()).collect();
        prop_assert_eq!(now.iter().collect::<std::collections::BTreeSet<_>>().len(), now.len());
        let again = Names::of(&state.people);
        prop_assert!(again.are_erased());
        let mut twice = log.clone();
        for recorded in &mut twice {
            recorded.event.forget_names(&again);
        }
        prop_assert_eq!(&twice, &log);
    }
}
