//! A sorted list does what the trees of the standard library do, and is the same JSON.

use checkpoint::domain::sorted::{SortedMap, SortedSet};
use checkpoint::reader::read;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// What can be done to a map, and to a set of its keys.
#[derive(Clone, Debug)]
enum Act {
    Insert(u8, u8),
    Remove(u8),
    Add(u8, u8),
    KeepBelow(u8),
    Extend(Vec<(u8, u8)>),
}

fn act() -> impl Strategy<Value = Act> {
    // Few keys, so that they meet.
    let key = 0..16u8;
    prop_oneof![
        (key.clone(), any::<u8>()).prop_map(|(key, value)| Act::Insert(key, value)),
        key.clone().prop_map(Act::Remove),
        (key.clone(), any::<u8>()).prop_map(|(key, more)| Act::Add(key, more)),
        key.clone().prop_map(Act::KeepBelow),
        prop::collection::vec((key, any::<u8>()), 0..6).prop_map(Act::Extend),
    ]
}

proptest! {
    #[test]
    fn a_sorted_map_is_a_map(acts in prop::collection::vec(act(), 0..40)) {
        let (mut ours, mut theirs) = (SortedMap::new(), BTreeMap::new());
        for act in acts {
            match act {
                Act::Insert(key, value) => prop_assert_eq!(ours.insert(key, value), theirs.insert(key, value)),
                Act::Remove(key) => prop_assert_eq!(ours.remove(&key), theirs.remove(&key)),
                Act::Add(key, more) => {
                    let add = |value: &mut u8| *value = value.wrapping_add(more);
                    add(ours.entry(key).or_default());
                    add(theirs.entry(key).or_default());
                }
                Act::KeepBelow(limit) => {
                    ours.retain(|key, value| *key < limit || *value < 128);
                    theirs.retain(|key, value| *key < limit || *value < 128);
                }
                Act::Extend(more) => {
                    ours.extend(more.clone());
                    theirs.extend(more);
                }
            }
            prop_assert!(ours.iter().eq(theirs.iter()));
            prop_assert!(ours.keys().rev().eq(theirs.keys().rev()) && ours.values().eq(theirs.values()));
            prop_assert_eq!(ours.len(), theirs.len());
            for key in 0..16 {
                prop_assert_eq!(ours.get(&key), theirs.get(&key));
                prop_assert_eq!(ours.contains_key(&key), theirs.contains_key(&key));
            }
        }
        let json = serde_json::to_string(&theirs).unwrap();
        prop_assert_eq!(&serde_json::to_string(&ours).unwrap(), &json);
        prop_assert_eq!(&serde_json::from_str::<SortedMap<u8, u8>>(&json).unwrap(), &ours);
        prop_assert_eq!(read::<SortedMap<u8, u8>>(&json), Ok(ours));
    }

    #[test]
    fn a_sorted_set_is_a_set(acts in prop::collection::vec(act(), 0..40)) {
        let (mut ours, mut theirs) = (SortedSet::new(), BTreeSet::new());
        for act in acts {
            match act {
                Act::Insert(item, _) | Act::Add(item, _) => prop_assert_eq!(ours.insert(item), theirs.insert(item)),
                Act::Remove(item) => prop_assert_eq!(ours.remove(&item), theirs.remove(&item)),
                Act::KeepBelow(limit) => {
                    ours.retain(|item| *item < limit);
                    theirs.retain(|item| *item < limit);
                }
                Act::Extend(more) => {
                    ours.extend(more.iter().map(|(item, _)| *item));
                    theirs.extend(more.iter().map(|(item, _)| *item));
                }
            }
            prop_assert!(ours.iter().eq(theirs.iter()));
            prop_assert!((0..16).all(|item| ours.contains(&item) == theirs.contains(&item)));
        }
        let json = serde_json::to_string(&theirs).unwrap();
        prop_assert_eq!(&serde_json::to_string(&ours).unwrap(), &json);
        // Files may name them in any order, and twice.
        let mut backwards: Vec<u8> = theirs.iter().rev().copied().collect();
        backwards.extend(theirs.first());
        prop_assert_eq!(read::<SortedSet<u8>>(&serde_json::to_string(&backwards).unwrap()), Ok(ours));
    }
}
