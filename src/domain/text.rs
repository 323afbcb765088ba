//! Texts that people type: parsed once, on the server, into types that cannot hold what we would not print.
//!
//! What was stored has been parsed before, so reading it back does not parse again: a limit that shrinks later must not
//! make an old checkpoint unreadable.

use chrono::Datelike;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Why a text was refused, in words for the person who typed it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing but white space.
    #[error("{0} is empty. Please type something.")]
    Empty(String),
    /// Too many characters.
    #[error("{0} is too long: at most {1} characters, please.")]
    TooLong(String, usize),
    /// Control characters or marks that turn the direction of the text around them.
    #[error("{0} holds invisible control characters. Please type it again without them.")]
    Control(String),
    /// No letter and no digit.
    #[error("{0} needs at least one letter or number.")]
    NoLetter(String),
}

/// What a kind of text allows.
#[derive(Clone, Copy)]
struct Rule {
    what: &'static str,
    max: usize,
    lines: bool,
    letter: bool,
    may_be_empty: bool,
}

fn parse(rule: Rule, raw: &str) -> Result<String, TextError> {
    let text = raw.replace("\r\n", "\n");
    let text = text.trim();
    let what = rule.what.to_owned();
    if text.is_empty() {
        return if rule.may_be_empty {
            Ok(String::new())
        } else {
            Err(TextError::Empty(what))
        };
    }
    if text.chars().count() > rule.max {
        return Err(TextError::TooLong(what, rule.max));
    }
    let line_break = |c: char| rule.lines && (c == '\n' || c == '\t');
    if text.chars().any(|c| (c.is_control() && !line_break(c)) || rewrites_line(c)) {
        return Err(TextError::Control(what));
    }
    if rule.letter && !text.chars().any(char::is_alphanumeric) {
        return Err(TextError::NoLetter(what));
    }
    Ok(text.to_owned())
}

/// Marks that break the line or reverse or isolate the text after them; a name that holds one could rewrite the line it stands in.
pub(super) fn rewrites_line(c: char) -> bool {
    matches!(c, '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// Characters that some scripts need inside a word but that nobody sees: two names that differ in these alone look the same.
pub(super) fn takes_no_room(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FE00}'..='\u{FE0F}')
}

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident = $rule:expr;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The most characters it may have.
            pub const MAX: usize = { const RULE: Rule = $rule; RULE.max };

            /// Parses what somebody typed; white space around it is dropped.
            pub fn parse(raw: &str) -> Result<Self, TextError> {
                parse($rule, raw).map(Self)
            }

            /// Whether what comes from a file could have been typed.
            pub fn check(&self) -> Result<(), TextError> {
                Self::parse(&self.0).map(drop)
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Whether there is no text.
            #[must_use]
            pub fn is_empty(&self) -> bool {
                self.0.is_empty()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

/// What a name that was erased begins with; the number of the seat follows.
const PERSON: &str = "Person ";

const LINE: Rule = Rule {
    what: "The text",
    max: 120,
    lines: false,
    letter: true,
    may_be_empty: false,
};

texts! {
    /// How a person is called in the room.
    DisplayName = Rule { what: "The name", max: 40, ..LINE };
    /// How a signed-in person is called.
    PersonName = Rule { what: "The name", max: 80, ..LINE };
    /// The name of a squad.
    SquadName = Rule { what: "The squad's name", max: 80, ..LINE };
    /// The name of a tribe.
    TribeName = Rule { what: "The tribe's name", max: 80, ..LINE };
    /// The title of a summary.
    Title = Rule { what: "The title", max: 120, may_be_empty: true, ..LINE };
    /// What a squad calls a step of its agenda.
    StepTitle = Rule { what: "The step's name", max: 60, ..LINE };
    /// What an organisation calls an agenda it keeps.
    TemplateName = Rule { what: "The template's name", max: 80, ..LINE };
    /// The words before a summary.
    Foreword = Rule { what: "The foreword", max: 4000, lines: true, letter: false, may_be_empty: true };
    /// A note of the timeline.
    NoteText = Rule { what: "The note", max: 500, lines: true, ..LINE };
    /// A note under a capability.
    ShortNote = Rule { what: "The note", max: 200, ..LINE };
    /// Why the squad agreed on an answer, or on its focus.
    Why = Rule { what: "The note", max: 500, lines: true, letter: false, may_be_empty: true };
    /// What is to be done.
    ActionTitle = Rule { what: "The action", max: 200, ..LINE };
    /// Who sees to an action.
    Owner = Rule { what: "The owner's name", max: 80, may_be_empty: true, ..LINE };
    /// One line of the scope: the service, what a deployment is, what a failure is.
    ScopeText = Rule { what: "This line", max: 300, lines: false, letter: false, may_be_empty: true };
    /// The name of a capability of the organisation's own.
    CapabilityTitle = Rule { what: "The title", max: 80, ..LINE };
    /// What such a capability means.
    CapabilitySummary = Rule { what: "The summary", max: 300, letter: false, may_be_empty: true, ..LINE };
    /// A statement of a survey.
    ItemText = Rule { what: "The statement", max: 300, ..LINE };
    /// Statements, one a line.
    ItemLines = Rule { what: "The list of statements", max: 6_200, lines: true, letter: false, may_be_empty: true };
    /// What is done in a step of the delivery flow.
    FlowStepName = Rule { what: "The step's name", max: 80, letter: false, ..LINE };
    /// Where a step of the delivery flow happens.
    Environment = Rule { what: "The environment", max: 30, letter: false, may_be_empty: true, ..LINE };
    /// When the flow goes along a connector.
    ConnectorLabel = Rule { what: "The label", max: 40, letter: false, may_be_empty: true, ..LINE };
    /// Free text on the canvas of the delivery flow.
    FlowText = Rule { what: "The text", max: 200, letter: false, ..LINE };
    /// What a sticky says.
    StickyText = Rule { what: "The sticky", max: 200, ..LINE };
    /// What a group of stickies is called.
    GroupName = Rule { what: "The group's name", max: 120, may_be_empty: true, ..LINE };
    /// When an action is done, in the squad's words.
    DoneWhen = Rule { what: "This line", max: 300, letter: false, may_be_empty: true, ..LINE };
    /// What to keep or to change about the checkpoint itself.
    FeedbackText = Rule { what: "This line", max: 300, letter: false, may_be_empty: true, ..LINE };
    /// A page of the organisation's own content, in Markdown.
    Markdown = Rule { what: "The page", max: 20_000, lines: true, letter: false, may_be_empty: true };
}

impl DisplayName {
    /// What the person with this seat is called once the name is erased.
    #[must_use]
    pub fn of_seat(number: u32) -> Self {
        Self(format!("{PERSON}{number}"))
    }

    /// Whether it is such a name.
    #[must_use]
    pub fn is_of_seat(&self) -> bool {
        self.0.strip_prefix(PERSON).is_some_and(|number| number.parse::<u32>().is_ok())
    }

    /// What two names have in common when a room would take them for one person's.
    #[must_use]
    pub fn folded(&self) -> String {
        folded(&self.0)
    }
}

impl From<&DisplayName> for Owner {
    fn from(name: &DisplayName) -> Self {
        Self(name.0.clone())
    }
}

impl Owner {
    /// What two owners have in common when they are one person.
    #[must_use]
    pub fn folded(&self) -> String {
        folded(&self.0)
    }
}

/// A name without what nobody sees or hears: case, spaces, and characters that take no room.
pub(super) fn folded(name: &str) -> String {
    let visible: String = name.chars().filter(|c| !takes_no_room(*c)).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// A day as people write it: 10 Jan 2023.
#[must_use]
pub fn day(date: chrono::NaiveDate) -> String {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    format!("{} {} {}", date.day(), MONTHS[date.month0() as usize % 12], date.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_in_words() {
        assert_eq!(day(chrono::NaiveDate::from_ymd_opt(2023, 1, 10).unwrap()), "10 Jan 2023");
    }

    #[test]
    fn a_name_keeps_letters_of_any_script() {
        for name in ["Ana", "Zoë", "שרה", "李雷", "O'Neil", "Ana 🚀", "x"] {
            assert_eq!(DisplayName::parse(name).unwrap().as_str(), name);
        }
        assert_eq!(DisplayName::parse("  Ana \n").unwrap().as_str(), "Ana");
    }

    #[test]
    fn a_bad_name_gets_one_sentence() {
        let refusal = |raw: &str| DisplayName::parse(raw).unwrap_err().to_string();
        assert_eq!(refusal(" \t "), "The name is empty. Please type something.");
        assert_eq!(refusal(&"a".repeat(10_000)), "The name is too long: at most 40 characters, please.");
        assert_eq!(
            refusal("A\u{0}na"),
            "The name holds invisible control characters. Please type it again without them."
        );
        assert_eq!(
            refusal("A\nna"),
            "The name holds invisible control characters. Please type it again without them."
        );
        assert_eq!(
            refusal("\u{202E}anA"),
            "The name holds invisible control characters. Please type it again without them."
        );
        assert_eq!(refusal("🚀🎉"), "The name needs at least one letter or number.");
        assert_eq!(refusal("\u{200B}"), "The name needs at least one letter or number.");
    }

    #[test]
    fn names_fold_to_what_they_share() {
        let folded = |raw: &str| DisplayName::parse(raw).unwrap().folded();
        assert_eq!(folded("Ana  Maria"), folded("ana maria"));
        assert_ne!(folded("Ana"), folded("Anna"));
        assert_eq!(folded("Ana"), folded("A\u{200B}na"), "a name that looks the same");
        assert_eq!(folded("Ana"), folded("Ana\u{200D}"));
    }

    #[test]
    fn texts_of_many_lines_keep_them() {
        assert_eq!(NoteText::parse("one\r\ntwo").unwrap().as_str(), "one\ntwo");
        assert!(Foreword::parse("").unwrap().is_empty());
        assert!(Title::parse(&"x".repeat(121)).is_err());
    }
}
