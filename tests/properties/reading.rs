//! The small reader reads what `serde_json` reads: whatever happens in a checkpoint, and whatever it makes of the state.

use crate::cases;
use crate::history::{Act, history};
use checkpoint::domain::audience::Audience;
use checkpoint::domain::command::Command;
use checkpoint::domain::event::Recorded;
use checkpoint::domain::ids::WorkshopId;
use checkpoint::domain::page::Page;
use checkpoint::domain::time::Timestamp;
use checkpoint::domain::workshop::Workshop;
use checkpoint::reader::{Unreadable, read};
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

fn comes_back<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(value: &T) {
    let text = serde_json::to_string(value).unwrap();
    assert_eq!(read::<T>(&text).as_ref(), Ok(value), "{text}");
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn a_checkpoint_comes_back_as_it_was(history in history()) {
        let story = history.end();
        for act in &history.acts {
            if let Act::Does(_, command) = act {
                comes_back::<Command>(command);
            }
        }
        for recorded in &story.log {
            comes_back::<Recorded>(recorded);
            comes_back::<Recorded>(&recorded.seen_by(Audience::Everyone));
        }
        comes_back::<Workshop>(&story.state);
        comes_back::<Page>(&Page::of(WorkshopId::new(uuid::Uuid::nil()), &story.state));
    }

    #[test]
    fn what_a_checkpoint_publishes_can_be_imported(history in history()) {
        let state = history.end().state;
        let page = Page::of(WorkshopId::new(uuid::Uuid::nil()), &state);
        let published = Page { published_at: Some(Timestamp(1)), ..page };
        prop_assert_eq!(published.check(state.held_on), Ok(()));
    }

    #[test]
    fn what_serde_json_refuses_is_refused(history in history(), at in any::<prop::sample::Index>(), with in prop::sample::select(vec!["null", "7", "-1", "\"x\"", "[]", "{}", "1.5", "true"])) {
        // Any value in the text, in the place of which stands another.
        let story = history.end();
        let mut tree = serde_json::to_value(&story.log).unwrap();
        let mut all = vec![];
        places(&tree, String::new(), &mut all);
        *tree.pointer_mut(&all[at.index(all.len())]).unwrap() = serde_json::from_str(with).unwrap();
        let text = tree.to_string();
        let (theirs, ours) = (serde_json::from_str::<Vec<Recorded>>(&text).ok(), read::<Vec<Recorded>>(&text).ok());
        // Only a struct written as a list is refused here and not there.
        if with != "[]" {
            prop_assert_eq!(theirs, ours, "{}", text);
        }
    }
}

/// The pointers of all values.
fn places(tree: &serde_json::Value, here: String, all: &mut Vec<String>) {
    match tree {
        serde_json::Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(n, item)| places(item, format!("{here}/{n}"), all)),
        serde_json::Value::Object(fields) => fields
            .iter()
            .for_each(|(name, item)| places(item, format!("{here}/{}", name.replace('~', "~0").replace('/', "~1")), all)),
        _ => {}
    }
    all.push(here);
}

#[test]
fn the_shapes_of_json_are_read() {
    comes_back(&(1u8, -1i64, 1.5f64, true, 'x', String::from("ü"), ()));
    comes_back(&vec![Some(1u64), None, Some(u64::MAX)]);
    comes_back(&BTreeMap::from([(7u32, "a".to_owned()), (8, "b".to_owned())]));
    comes_back(&BTreeMap::from([(-7i32, vec![1.0f32])]));
    for wrong in ["", "[1", "{\"a\":1}x", "nul"] {
        assert_eq!(read::<serde_json::Value>(wrong), Err(Unreadable), "{wrong}");
    }
    assert_eq!(read::<(u8, u8)>("[1,2,3]"), Err(Unreadable), "one too many");
    assert_eq!(read::<u8>("300"), Err(Unreadable));
    assert_eq!(read::<u8>("-1"), Err(Unreadable));
    assert_eq!(read::<BTreeMap<u32, u8>>(r#"{"x":1}"#), Err(Unreadable));
    assert_eq!(
        read::<serde_json::Value>(r#"{"a":[null,1.5]}"#),
        Ok(serde_json::json!({"a": [null, 1.5]}))
    );
}
