//! What is said of a page in a line: its heading, its preview, who was there, what was left out.

use super::{Headcount, Page};
use crate::domain::text::{DisplayName, day};

impl Page {
    /// The squad's own title with squad and date, or these alone: what tab and previews call the page.
    #[must_use]
    pub fn heading(&self) -> String {
        if self.title.is_empty() {
            self.name()
        } else {
            format!("{}, {}", self.title, self.name())
        }
    }

    /// The page in a sentence or two, for previews.
    #[must_use]
    pub fn preview(&self) -> String {
        self.maturity.as_ref().map_or_else(
            || format!("The DevOps Checkpoint of {}, held {}.", self.squad, day(self.held_on)),
            |maturity| format!("DevOps maturity is {}. {}", maturity.level.name(), maturity.sentence()),
        )
    }

    /// Who was there, in words: names, or how many.
    #[must_use]
    pub fn people(&self) -> String {
        let names = |people: &[DisplayName]| people.iter().map(DisplayName::as_str).collect::<Vec<_>>().join(", ");
        let count = |n: usize| if n == 1 { "1 person".to_owned() } else { format!("{n} people") };
        let (present, observing) = match self.headcount {
            Some(Headcount { present, observing }) => (count(present), (observing > 0).then(|| count(observing)).unwrap_or_default()),
            None if self.present.is_empty() => ("Nobody".to_owned(), names(&self.observing)),
            None => (names(&self.present), names(&self.observing)),
        };
        if observing.is_empty() {
            present
        } else {
            format!("{present}; observing: {observing}")
        }
    }

    /// What the squad left out, in a sentence.
    #[must_use]
    pub fn left_out_in_words(&self) -> Option<String> {
        (!self.left_out.is_empty()).then(|| format!("Left out by the squad: {}.", self.left_out.join(", ")))
    }
}
