//! What squads need from outside, gathered over all of them: those that say the same stand in one line.
//!
//! A line names a squad only where that squad has agreed to it; how many squads say the same is told in any case.

use super::action::Serves;
use super::facts::CapabilityKey;
use super::ids::SquadId;
use super::text::folded;
use crate::domain::sorted::SortedSet;
use serde::{Deserialize, Serialize};

/// What one squad needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// The squad.
    pub squad: SquadId,
    /// Its name, where it may be told.
    pub named: Option<String>,
    /// In its words.
    pub words: String,
    /// The capability that it serves.
    pub serves: Option<Serves>,
}

/// What one or several squads need.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shared {
    /// In their words, each once.
    pub words: Vec<String>,
    /// The capabilities that it serves, each once.
    pub serves: Vec<String>,
    /// How many squads say so.
    pub squads: usize,
    /// Those of them that may be named.
    pub named: SortedSet<String>,
}

impl Shared {
    /// "3 squads say the same"; nothing where there is but one.
    #[must_use]
    pub fn agreement(&self) -> Option<String> {
        (self.squads > 1).then(|| format!("{} squads say the same", self.squads))
    }
}

/// Needs that stand in one line, with what others must say or serve to join them.
#[derive(Default)]
struct Group {
    words: SortedSet<String>,
    serves: SortedSet<CapabilityKey>,
    needs: Vec<Need>,
}

/// Needs that serve one capability or say the same, however it is typed, are one line. What most squads say stands first.
#[must_use]
pub fn gather(needs: impl IntoIterator<Item = Need>) -> Vec<Shared> {
    let mut groups: Vec<Group> = vec![];
    for need in needs {
        let (words, serves) = (folded(&need.words), need.serves.as_ref().map(|serves| serves.key.clone()));
        let joins = |group: &Group| group.words.contains(&words) || serves.as_ref().is_some_and(|key| group.serves.contains(key));
        let (same, mut rest): (Vec<_>, Vec<_>) = groups.into_iter().partition(joins);
        let mut group = Group::default();
        for other in same {
            group.words.extend(other.words);
            group.serves.extend(other.serves);
            group.needs.extend(other.needs);
        }
        group.words.insert(words);
        group.serves.extend(serves);
        group.needs.push(need);
        rest.push(group);
        groups = rest;
    }
    let mut lines: Vec<Shared> = groups.iter().map(|group| shared(&group.needs)).collect();
    lines.sort_by(|a, b| b.squads.cmp(&a.squads).then_with(|| a.words.cmp(&b.words)));
    lines
}

fn shared(group: &[Need]) -> Shared {
    let squads: SortedSet<SquadId> = group.iter().map(|need| need.squad).collect();
    let mut line = Shared {
        squads: squads.len(),
        named: group.iter().filter_map(|need| need.named.clone()).collect(),
        ..Shared::default()
    };
    let mut said = SortedSet::new();
    for need in group {
        if said.insert(folded(&need.words)) {
            line.words.push(need.words.clone());
        }
        let serves = need.serves.iter().map(|serves| &serves.title);
        let new: Vec<String> = serves.filter(|title| !line.serves.contains(title)).cloned().collect();
        line.serves.extend(new);
    }
    line.words.sort();
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn need(squad: u128, words: &str, serves: &str) -> Need {
        Need {
            squad: SquadId::new(uuid::Uuid::from_u128(squad)),
            named: (squad == 1).then(|| "Falcon".to_owned()),
            words: words.to_owned(),
            serves: (!serves.is_empty()).then(|| Serves {
                key: CapabilityKey::new(serves),
                title: serves.to_uppercase(),
            }),
        }
    }

    fn told(lines: &[Shared]) -> Vec<(String, usize)> {
        lines.iter().map(|line| (line.words.join("/"), line.squads)).collect()
    }

    #[test]
    fn the_same_words_are_one_line_however_they_are_typed() {
        let lines = gather([
            need(1, "Test  data", ""),
            need(2, "A new firewall", ""),
            need(3, "test data", ""),
            need(3, "Test data", ""),
        ]);
        assert_eq!(told(&lines), [("Test  data".to_owned(), 2), ("A new firewall".to_owned(), 1)]);
        assert_eq!(lines[0].agreement().as_deref(), Some("2 squads say the same"));
        assert_eq!(lines[0].named.iter().collect::<Vec<_>>(), ["Falcon"]);
        assert_eq!((lines[1].agreement(), lines[1].named.len()), (None, 0));
        assert!(gather([]).is_empty());
    }

    #[test]
    fn one_capability_joins_what_is_said_in_other_words() {
        let lines = gather([
            need(1, "Runner", "ci"),
            need(2, "Licences", ""),
            need(3, "licences", "ci"),
            need(4, "Runner", "cd"),
        ]);
        assert_eq!(told(&lines), [("Licences/Runner".to_owned(), 4)], "the third joins two lines");
        assert_eq!(lines[0].serves, ["CI", "CD"]);
    }
}
