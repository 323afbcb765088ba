//! A document of words before it is written in somebody's format. What a text export says is put together once, as these blocks; a
//! format only knows how each of them is written.
//!
//! All words in a document are text: each format escapes them, whoever typed them.

mod confluence;
mod markdown;

pub use confluence::confluence;
pub use markdown::markdown;

use super::action::TrackerLink;
use super::maturity::Level;

/// A part of a document; all stand below each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading, from 1, the title, to 3.
    Heading(u8, String),
    /// A paragraph.
    Paragraph(Line),
    /// Names and what they stand for.
    Facts(Vec<(String, Line)>),
    /// A table; the first cell of each row names it.
    Table {
        /// The names of the columns.
        head: Vec<String>,
        /// The rows, as many cells each.
        rows: Vec<Vec<Line>>,
    },
    /// A list.
    List(Vec<Item>),
    /// A list of what is to be done.
    Tasks(Vec<Item>),
    /// Lines that keep their spaces and breaks.
    Fixed(String),
}

/// Words in a row.
pub type Line = Vec<Words>;

/// Words of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Words {
    /// As they are.
    Plain(String),
    /// Stressed.
    Strong(String),
    /// A performer level.
    Level(Level),
    /// Words that lead somewhere.
    Link {
        /// What is read.
        words: String,
        /// Where it leads: only where a browser may go without danger.
        address: TrackerLink,
    },
}

/// A line of a list, and what belongs to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// The line.
    pub line: Line,
    /// Below it.
    pub below: Vec<Line>,
}

impl Words {
    /// Words that lead to an address; the bare words where a browser should not go there.
    #[must_use]
    pub fn link(words: &str, address: &str) -> Self {
        let words = words.to_owned();
        match TrackerLink::parse(address) {
            Ok(address) => Self::Link { words, address },
            Err(_) => Self::Plain(words),
        }
    }
}

impl From<&str> for Words {
    fn from(words: &str) -> Self {
        Self::Plain(words.to_owned())
    }
}

impl From<String> for Words {
    fn from(words: String) -> Self {
        Self::Plain(words)
    }
}

impl Block {
    /// Paragraphs of what somebody typed: one for each line that holds something.
    pub fn paragraphs(text: &str) -> impl Iterator<Item = Self> {
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        lines.map(|line| Self::Paragraph(vec![line.into()]))
    }
}

impl From<Line> for Item {
    fn from(line: Line) -> Self {
        Self { line, below: vec![] }
    }
}
