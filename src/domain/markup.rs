//! What people typed, as text in somebody else's format: nothing of it becomes a link, a list or a macro there.

use std::fmt::{self, Write};

/// As text of Markdown, inside a line; a line break becomes a space.
pub(super) fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push(' '),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '!' | '~' => {
                out.push('\\');
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}

/// As text of Markdown that begins a line, where a dash or a number would begin a list, and blanks before it would say what it belongs to.
pub(super) fn line_of_markdown(text: &str) -> String {
    let text = markdown(text.trim_start());
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let (number, rest) = text.split_at(digits);
    let marks: &[char] = if digits == 0 { &['-', '+', '='] } else { &['.', ')'] };
    if rest.starts_with(marks) {
        format!("{number}\\{rest}")
    } else {
        text
    }
}

/// As text of Jira's wiki markup, also where it begins a line. Marks inside of a word mean nothing to Jira and stay as they are, so that
/// `DEV-12` can be found.
pub(super) fn jira(text: &str) -> String {
    let text: Vec<char> = text.chars().collect();
    let at = |place: Option<usize>| place.and_then(|place| text.get(place)).copied();
    let in_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let mut out = String::with_capacity(text.len());
    for (place, c) in text.iter().copied().enumerate() {
        let (before, after) = (at(place.checked_sub(1)), at(Some(place + 1)));
        let marks = match c {
            '{' | '}' | '[' | ']' | '|' | '!' => true,
            '*' | '_' | '-' | '+' | '^' | '~' => !(in_word(before) && in_word(after)),
            '?' => before == Some('?') || after == Some('?'),
            '#' => place == 0,
            _ => false,
        };
        match c {
            '\n' => out.push(' '),
            // Two of them would break the line, and one would take the mark behind it apart.
            '\\' => out.push_str("&#92;"),
            '.' if begins_a_block(&text[..place]) => out.push_str("&#46;"),
            _ if marks => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}

/// Whether a full stop behind this makes it a heading or a quotation of Jira.
fn begins_a_block(text: &[char]) -> bool {
    matches!(text, ['h', '1'..='6'] | ['b', 'q'])
}

/// As text of XML, also inside of an attribute, in one line. What XML cannot hold at all is left out.
pub struct Xml<'a>(pub &'a str);

impl Xml<'_> {
    /// What XML can hold of a text, as it is.
    pub(super) fn kept(text: &str) -> String {
        let kept = |c: &char| matches!(c, '\t' | '\n' | '\r') || !matches!(c, '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
        text.chars().filter(kept).collect()
    }
}

impl fmt::Display for Xml<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in Self::kept(self.0).chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                '\t' | '\n' | '\r' => f.write_char(' ')?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_typed_stays_text() {
        assert_eq!(
            markdown("a|b <script> *x* [l](javascript:1)"),
            "a\\|b &lt;script&gt; \\*x\\* \\[l\\](javascript:1)"
        );
    }

    #[test]
    fn a_line_of_markdown_begins_no_list_and_underlines_nothing() {
        for (raw, line) in [
            ("- x", "\\- x"),
            ("+ x", "\\+ x"),
            ("===", "\\==="),
            ("1. x", "1\\. x"),
            ("12) x", "12\\) x"),
            ("1 of 2", "1 of 2"),
            ("> x", "&gt; x"),
            ("# x", "\\# x"),
            ("Split it - now", "Split it - now"),
            ("", ""),
        ] {
            assert_eq!(line_of_markdown(raw), line);
        }
    }

    #[test]
    fn jira_shows_its_own_marks() {
        for (raw, shown) in [
            ("{code} and [x|javascript:alert(1)]", "\\{code\\} and \\[x\\|javascript:alert(1)\\]"),
            ("*bold* -gone- _so_", "\\*bold\\* \\-gone\\- \\_so\\_"),
            ("DEV-12 snake_case lead-time", "DEV-12 snake_case lead-time"),
            ("!http://x/y.png!", "\\!http://x/y.png\\!"),
            ("a\\\\b", "a&#92;&#92;b"),
            ("h1. Big", "h1&#46; Big"),
            ("bq. So", "bq&#46; So"),
            ("h1 and bq.", "h1 and bq."),
            ("# one #2", "\\# one #2"),
            ("----", "\\-\\-\\-\\-"),
            ("why? ??quoted??", "why? \\?\\?quoted\\?\\?"),
            ("one\ntwo", "one two"),
        ] {
            assert_eq!(jira(raw), shown);
        }
    }
}
