//! How long something takes: exactly, or from this to that.

use serde::{Deserialize, Serialize};
use std::fmt;

const MINUTE: u32 = 60;
const HOUR: u32 = 60 * MINUTE;
const DAY: u32 = 24 * HOUR;
const WEEK: u32 = 7 * DAY;

/// The longest time a step or a wait may take: ten years.
pub const LONGEST: u32 = 3_650 * DAY;

/// A time in seconds by the clock on the wall: a day has 24 hours and a week seven days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "(u32, u32)", into = "(u32, u32)")]
pub struct Span {
    /// At least so many seconds.
    pub least: u32,
    /// At most so many.
    pub most: u32,
}

impl From<(u32, u32)> for Span {
    fn from((least, most): (u32, u32)) -> Self {
        Self { least, most }
    }
}

impl From<Span> for (u32, u32) {
    fn from(span: Span) -> Self {
        (span.least, span.most)
    }
}

/// Why a time cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SpanError {
    /// Not of the form.
    #[error("Write a time like 15m, 2h, 3d or 1w, or a range like 1d-3d.")]
    NotATime,
    /// From more to less.
    #[error("A range goes from less to more, like 1d-3d.")]
    Backwards,
    /// More than [`LONGEST`].
    #[error("A time is at most ten years.")]
    TooLong,
}

impl Span {
    /// A time that is known exactly.
    #[must_use]
    pub fn exactly(seconds: u32) -> Self {
        Self {
            least: seconds,
            most: seconds,
        }
    }

    /// Whether it goes from less to more and is not too long.
    #[must_use]
    pub fn is_sound(self) -> bool {
        self.least <= self.most && self.most <= LONGEST
    }

    /// Whether it is one time, not a range.
    #[must_use]
    pub fn is_exact(self) -> bool {
        self.least == self.most
    }

    /// One after the other.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            least: self.least.saturating_add(other.least),
            most: self.most.saturating_add(other.most),
        }
    }

    /// The middle of the range, in seconds; for what needs one number.
    #[must_use]
    pub fn middle(self) -> f64 {
        f64::midpoint(f64::from(self.least), f64::from(self.most))
    }

    /// The time as people read it: `1 h 30 min`, `1 to 3 days`.
    #[must_use]
    pub fn words(self) -> String {
        if self.is_exact() {
            return words(self.least);
        }
        format!("{} to {}", words(self.least), words(self.most))
    }
}

const UNITS: [(u32, &str, &str); 5] = [
    (WEEK, "w", "w"),
    (DAY, "d", "d"),
    (HOUR, "h", "h"),
    (MINUTE, "m", "min"),
    (1, "s", "s"),
];

/// The time in its two largest units that are not zero, as people read it.
fn words(seconds: u32) -> String {
    let mut left = seconds;
    let mut parts = vec![];
    for (size, _, unit) in UNITS {
        if left >= size {
            parts.push(format!("{} {unit}", left / size));
            left %= size;
        }
    }
    parts.truncate(2);
    if parts.is_empty() { "0 min".to_owned() } else { parts.join(" ") }
}

/// The time as it is typed: exact, in as few characters as it needs.
fn typed(seconds: u32) -> String {
    let mut left = seconds;
    let mut text = String::new();
    for (size, unit, _) in UNITS {
        if left >= size {
            text.push_str(&(left / size).to_string());
            text.push_str(unit);
            left %= size;
        }
    }
    if text.is_empty() { "0m".to_owned() } else { text }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&typed(self.least))?;
        if !self.is_exact() {
            write!(f, "-{}", typed(self.most))?;
        }
        Ok(())
    }
}

impl std::str::FromStr for Span {
    type Err = SpanError;

    fn from_str(text: &str) -> Result<Self, SpanError> {
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
        let span = match text.split_once(['-', '–']) {
            None => Self::exactly(seconds(&text)?),
            Some((least, most)) => {
                let unit: String = most.chars().skip_while(char::is_ascii_digit).collect();
                // In `1-3d` the unit is said once.
                let least = if least.chars().all(|c| c.is_ascii_digit()) {
                    seconds(&format!("{least}{unit}"))
                } else {
                    seconds(least)
                };
                Self {
                    least: least?,
                    most: seconds(most)?,
                }
            }
        };
        if span.least > span.most {
            return Err(SpanError::Backwards);
        }
        Ok(span)
    }
}

/// The seconds of `1h30m`.
fn seconds(text: &str) -> Result<u32, SpanError> {
    let mut rest = text;
    let mut sum = 0u64;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).ok_or(SpanError::NotATime)?;
        let (number, after) = rest.split_at(digits);
        let letters = after.find(|c: char| c.is_ascii_digit()).unwrap_or(after.len());
        let (unit, after) = after.split_at(letters);
        let size = match unit {
            "s" | "sec" => 1,
            "m" | "min" => MINUTE,
            "h" => HOUR,
            "d" | "day" | "days" => DAY,
            "w" | "week" | "weeks" => WEEK,
            _ => return Err(SpanError::NotATime),
        };
        if number.is_empty() {
            return Err(SpanError::NotATime);
        }
        let number: u64 = number.parse().map_err(|_| SpanError::TooLong)?;
        sum = sum.saturating_add(number.saturating_mul(u64::from(size)));
        rest = after;
    }
    match u32::try_from(sum) {
        _ if text.is_empty() => Err(SpanError::NotATime),
        Ok(sum) if sum <= LONGEST => Ok(sum),
        _ => Err(SpanError::TooLong),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> Result<String, String> {
        text.parse::<Span>().map(|span| span.to_string()).map_err(|error| error.to_string())
    }

    #[test]
    fn times_are_read_as_people_type_them() {
        for text in ["30s", "15m", "2h", "3d", "1w", "1h30m", "1d-3d", "2d12h", "0m"] {
            assert_eq!(typed(text).as_deref(), Ok(text));
        }
        let other_forms = [
            ("90m", "1h30m"),
            ("1-3d", "1d-3d"),
            (" 2 H ", "2h"),
            ("24h", "1d"),
            ("1 week", "1w"),
            ("1d–2d", "1d-2d"),
            ("5 min", "5m"),
        ];
        for (text, form) in other_forms {
            assert_eq!(typed(text).as_deref(), Ok(form), "{text}");
        }
    }

    #[test]
    fn what_is_no_time_gets_one_sentence() {
        for text in ["", "m", "5", "h2", "5x", "1d-", "-3d", "five minutes", "1.5h", "5m-", "1d-2d-3d"] {
            assert_eq!(text.parse::<Span>(), Err(SpanError::NotATime), "{text}");
        }
        assert_eq!("3d-1d".parse::<Span>(), Err(SpanError::Backwards));
        for text in ["4000d", "99999999999999999999999w", "18446744073709551615d"] {
            assert_eq!(text.parse::<Span>(), Err(SpanError::TooLong), "{text}");
        }
    }

    #[test]
    fn words_are_short() {
        let words = |text: &str| text.parse::<Span>().map(Span::words);
        assert_eq!(words("1h30m").as_deref(), Ok("1 h 30 min"));
        assert_eq!(words("1d2h3m4s").as_deref(), Ok("1 d 2 h"));
        assert_eq!(words("1d-3d").as_deref(), Ok("1 d to 3 d"));
        assert_eq!(words("0m").as_deref(), Ok("0 min"));
    }
}
