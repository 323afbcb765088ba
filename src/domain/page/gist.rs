//! What lists, trends and the search know of a page without reading it.

use super::Page;
use super::words::words;
use crate::domain::facts::CapabilityKey;
use crate::domain::sorted::{SortedMap, SortedSet};
use crate::domain::text::ShortNote;

/// The most words of one page that the search knows.
const MOST_WORDS: usize = 3_000;
/// The most characters of a capability's name that a list shows.
const LONGEST_TITLE: usize = 120;

/// The gist of one page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gist {
    /// The capabilities on it, by their name for machines.
    pub capabilities: SortedMap<CapabilityKey, CapabilityGist>,
    /// Its words as the search compares them; see [`words`].
    pub words: SortedSet<String>,
}

/// A capability on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CapabilityGist {
    /// Its name for people.
    pub title: String,
    /// Its score in tenths, 0 to 1000; `None` where it was not surveyed, or too few answered.
    pub score: Option<u16>,
    /// Whether the squad works on it first.
    pub focus: bool,
}

impl Page {
    /// What lists, trends and the search know of it.
    #[must_use]
    pub fn gist(&self) -> Gist {
        let focus = self.focus.as_ref();
        let gist = |title: &str, score: Option<f64>, key: &CapabilityKey| CapabilityGist {
            title: title.chars().take(LONGEST_TITLE).collect(),
            score: score.map(tenths),
            focus: focus.is_some_and(|focus| focus.key == *key),
        };
        let chosen = focus.map(|focus| (focus.key.clone(), gist(&focus.title, None, &focus.key)));
        let surveyed = self.capabilities.iter().map(|c| (c.key.clone(), gist(&c.title, c.score, &c.key)));
        Gist {
            // What was surveyed comes last and stays: it has the score.
            capabilities: chosen.into_iter().chain(surveyed).collect(),
            words: self.distinct_words(),
        }
    }

    fn distinct_words(&self) -> SortedSet<String> {
        let mut distinct = SortedSet::new();
        for word in self.texts().flat_map(words) {
            if distinct.len() == MOST_WORDS {
                break;
            }
            distinct.insert(word);
        }
        distinct
    }

    /// What people wrote on it and the names it goes by, most telling first; nobody's name but the facilitator's.
    fn texts(&self) -> impl Iterator<Item = &str> {
        let names = [
            self.title.as_str(),
            self.squad.as_str(),
            self.facilitator.as_str(),
            self.foreword.as_str(),
        ];
        let actions = self.decided.iter().map(|decided| &decided.action);
        let actions = actions.chain(self.actions.iter().map(|looked| &looked.action));
        let actions = actions.flat_map(|action| [action.title.as_str(), action.done_when.as_str(), action.why.as_str()]);
        let improvements = self.improvements.iter().flat_map(|improvement| {
            let stickies = improvement.stickies.iter().map(String::as_str);
            stickies.chain([improvement.title.as_str(), improvement.place.as_str()])
        });
        let answers = self.answers.iter().map(|answered| answered.why.as_str());
        let capabilities = self.capabilities.iter().flat_map(|surveyed| {
            let notes = surveyed.notes.iter().map(ShortNote::as_str);
            notes.chain([surveyed.title.as_str()])
        });
        let focus = self.focus.iter().flat_map(|focus| [focus.title.as_str(), focus.why.as_str()]);
        let notes = self.timeline.iter().filter(|line| line.note).map(|line| line.text.as_str());
        names
            .into_iter()
            .chain(actions)
            .chain(improvements)
            .chain(answers)
            .chain(focus)
            .chain(capabilities)
            .chain(notes)
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to what a score may be; a page from elsewhere may say anything"
)]
fn tenths(score: f64) -> u16 {
    // Cut off and not rounded: rounding twice would make 63 whole points of 62.46.
    (score * 10.0).clamp(0.0, 1000.0) as u16
}

#[cfg(test)]
mod tests {
    use super::super::{Focus, Line};
    use super::*;
    use crate::domain::ids::WorkshopId;
    use crate::domain::text::{DisplayName, Foreword, Title, Why};
    use crate::domain::time::Timestamp;
    use crate::domain::workshop::Workshop;
    use uuid::Uuid;

    fn empty() -> Page {
        Page::of(WorkshopId::new(Uuid::nil()), &Workshop::default())
    }

    #[test]
    fn the_search_knows_what_people_wrote_and_nobody_s_name() {
        let mut page = empty();
        page.title = Title::parse("Über Freigaben").expect("a title");
        page.present = vec![DisplayName::parse("Wilhelmine").expect("a name")];
        let line = |text: &str, note| Line {
            at: Timestamp(1),
            text: text.to_owned(),
            note,
        };
        page.timeline = vec![line("Flaky tests", true), line("Lead time agreed", false)];
        let words: Vec<String> = page.gist().words.into_iter().collect();
        assert_eq!(words, ["flaky", "freigaben", "tests", "uber"]);
        assert_eq!(empty().gist(), Gist::default());
    }

    #[test]
    fn a_page_of_a_million_words_is_known_by_its_first() {
        let mut page = empty();
        let word = |n: usize| format!("w{n}");
        page.title = Title::parse("first").expect("a title");
        page.foreword = serde_json::from_value::<Foreword>((0..1_000_000).map(word).collect::<Vec<_>>().join(" ").into()).expect("a text");
        let words = page.gist().words;
        assert!(words.len() == MOST_WORDS && words.contains("first"));
    }

    #[test]
    fn each_capability_is_known_once_with_its_score() {
        let mut page = empty();
        let surveyed = |key: &str, score: Option<f64>| -> super::super::Surveyed {
            let json = serde_json::json!({ "key": key, "title": "T".repeat(500), "summary": "", "score": score, "people": 3, "items": [] });
            serde_json::from_value(json).expect("a survey")
        };
        page.capabilities = vec![surveyed("a", Some(61.26)), surveyed("b", None), surveyed("b", Some(1e9))];
        page.focus = Some(Focus {
            key: CapabilityKey::new("a"),
            title: "A".to_owned(),
            why: Why::default(),
        });
        let known = page.gist().capabilities;
        let scores: Vec<_> = known.values().map(|found| (found.score, found.focus, found.title.len())).collect();
        assert_eq!(scores, [(Some(612), true, LONGEST_TITLE), (Some(1000), false, LONGEST_TITLE)]);
        page.capabilities.clear();
        assert_eq!(
            page.gist().capabilities[&CapabilityKey::new("a")].score,
            None,
            "chosen without a survey"
        );
    }
}
