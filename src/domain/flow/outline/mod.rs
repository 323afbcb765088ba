//! The flow as text, both ways: what a person types beside the canvas, copies and pastes, or reads with a screen reader.
//!
//! The text says everything that the flow holds but ids and places. Reading what was written gives the same flow.
//!
//! ```text
//! delivery
//! commit hook 6m a
//! > [2h] open pull request 10m m
//! > [3h] (approved) review 30m m @github
//! > deploy to production 6m a @prod
//! review > (rejected) fix 1h m > commit hook
//! = The release calendar decides on Fridays.
//!
//! recovery
//! alert fires 5m a
//! > [15m] acknowledge 5m m
//! ```
//!
//! - A line `delivery` or `recovery` begins a lane; without one it is delivery.
//! - Any other line is a chain: steps with `>` in between. A line that begins with `>` goes on from the end of the chain before it.
//! - Before a step may stand the wait of the connector that leads to it, `[2h]`, and its label, `(approved)`.
//! - After the name may stand, in any order, how long the work takes, `a` for automated or `m` for manual, and `@` with the environment.
//! - Where a name stands for the first time, in that lane the step is. Where it stands again, it is the same step: so branches and
//!   loops are written. A second step of one name is written `name #2`, in both lanes together.
//! - A name that would be read as something else stands in quotation marks, `"deploy > prod"`; `\"` and `\\` stand for a quotation
//!   mark and a backslash in there. So do labels and environments.
//! - A line that begins with `=` is free text. Empty lines and lines that begin with `//` say nothing.

mod item;
mod read;
mod turn;
mod write;

pub use self::read::read;
pub use self::turn::{again, edits};
pub(super) use self::write::at;
pub use self::write::write;

/// The longest outline that is read, in bytes. The longest that a full flow of the longest names is written as is a little shorter.
pub const LONGEST_TEXT: usize = 1 << 20;

/// The most mistakes that are told of one text.
pub const MOST_MISTAKES: usize = 20;

/// A place in a text that cannot be read, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Line {line}: {message}")]
pub struct Mistake {
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
    /// What is wrong, in one or two sentences.
    pub message: String,
}

#[cfg(test)]
mod tests;
