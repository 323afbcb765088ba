//! How wide words are, without a font: an estimate that errs on the wide side, the same on every screen and on the server.

/// The width of a character in thousandths of the size of the type, for a semi-bold sans serif.
fn advance(c: char) -> i32 {
    match c {
        _ if joins(c) => 0,
        ' ' | '\'' | 'i' | 'j' | 'l' | 'I' | '!' | '.' | ',' | ':' | ';' | '·' => 280,
        '(' | ')' | '[' | ']' | '{' | '}' | '/' | '\\' | '|' | '-' | '_' | '"' | 'f' | 'r' | 't' => 400,
        'J' | 'L' | 'k' | 's' | 'x' | 'z' | 'a' | 'c' | 'v' | 'y' | '1' => 570,
        'A' | 'C' | 'D' | 'G' | 'H' | 'N' | 'O' | 'Q' | 'U' | 'V' | 'X' | 'Y' => 740,
        'M' | 'W' | 'm' | 'w' | '@' | '%' | '—' | '…' => 900,
        '\u{400}'..='\u{52f}' => 700,
        '\u{0}'..='\u{2fff}' if !is_picture(c) => 630,
        '\u{1f000}'.. => 1_350,
        _ if is_picture(c) => 1_350,
        _ => 1_000,
    }
}

fn is_picture(c: char) -> bool {
    matches!(c, '\u{2300}'..='\u{23ff}' | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}')
}

/// Whether it stands on, or changes, the character before it.
fn joins(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}'
        | '\u{93a}'..='\u{93c}' | '\u{93e}'..='\u{94f}' | '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{200b}'..='\u{200f}' | '\u{20d0}'..='\u{20ff}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e01ef}')
}

/// What is read as one character, for the purpose of never cutting inside of it.
fn clusters(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (mut glued, mut flags) = (true, 0);
        let end = rest.char_indices().find(|(_, c)| {
            let flag = ('\u{1f1e6}'..='\u{1f1ff}').contains(c);
            let goes_on = glued || joins(*c) || (flag && flags == 1);
            flags += usize::from(flag);
            // What follows a joiner belongs to what is before it.
            glued = *c == '\u{200d}';
            !goes_on
        });
        let (cluster, after) = rest.split_at(end.map_or(rest.len(), |(at, _)| at));
        rest = after;
        (!cluster.is_empty()).then_some(cluster)
    })
}

/// The width of a cluster: its widest character, so that a family of four is one picture.
fn cluster_width(cluster: &str) -> i32 {
    cluster.chars().map(advance).max().unwrap_or_default()
}

/// The width of a text at this size of type, rounded up.
#[must_use]
pub fn width(text: &str, size: i32) -> i32 {
    (clusters(text).map(cluster_width).sum::<i32>() * size + 999) / 1_000
}

/// As much of the text as fits, with an ellipsis where something is left out.
#[must_use]
pub fn cut(text: &str, size: i32, room: i32) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    format!("{}…", beginning(text, size, room - width("…", size)).trim_end())
}

/// As many clusters from the beginning as fit.
fn beginning(text: &str, size: i32, room: i32) -> &str {
    let (mut used, mut end) = (0, 0);
    for cluster in clusters(text) {
        used += cluster_width(cluster);
        if used * size > room * 1_000 {
            break;
        }
        end += cluster.len();
    }
    text.split_at(end).0
}

/// The text in at most so many lines, broken between words, or inside a word that is longer than a line; the last line is cut.
#[must_use]
pub fn wrap(text: &str, size: i32, room: i32, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![];
    let mut rest = text.trim();
    while !rest.is_empty() && lines.len() < most {
        if lines.len() + 1 == most {
            lines.push(cut(rest, size, room));
            break;
        }
        let fits = beginning(rest, size, room);
        let after = rest.get(fits.len()..).unwrap_or_default();
        let end = if after.is_empty() || after.starts_with(char::is_whitespace) {
            fits.len()
        } else {
            match fits.rfind(char::is_whitespace) {
                Some(space) => space,
                // A line that holds nothing would never end.
                None => fits.len().max(clusters(rest).next().map_or(1, str::len)),
            }
        };
        let (line, after) = rest.split_at(end);
        lines.push(line.trim_end().to_owned());
        rest = after.trim_start();
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_between_words() {
        assert_eq!(wrap("Deploy to integration", 13, 100, 2), ["Deploy to", "integration"]);
        assert_eq!(wrap("Review", 13, 100, 2), ["Review"]);
        assert_eq!(wrap("", 13, 100, 2), [""; 0]);
        assert_eq!(wrap("   ", 13, 100, 2), [""; 0]);
        let long = wrap("Wait for the weekly meeting of the change advisory board", 13, 100, 2);
        assert_eq!(long.len(), 2);
        assert!(long[1].ends_with('…') && width(&long[1], 13) <= 100, "{long:?}");
    }

    #[test]
    fn a_long_word_is_broken_and_nothing_is_too_narrow() {
        let lines = wrap("Donaudampfschifffahrtsgesellschaft", 13, 100, 3);
        assert_eq!(lines.concat(), "Donaudampfschifffahrtsgesellschaft");
        assert!(lines.iter().all(|line| width(line, 13) <= 100), "{lines:?}");
        assert_eq!(wrap("abc", 13, 0, 5), ["a", "b", "c"]);
        assert_eq!(cut("abc", 13, 0), "…");
    }

    #[test]
    fn what_is_one_character_to_the_eye_is_not_cut() {
        let texts = ["e\u{301}e\u{301}", "👩‍👩‍👧‍👦👍🏽", "🇸🇪🇳🇴", "❤️a"];
        for text in texts {
            assert_eq!(clusters(text).count(), 2, "{text}");
            assert_eq!(clusters(text).collect::<String>(), text);
        }
        assert!(width("配信", 13) >= 26);
        assert_eq!(cut("🇸🇪🇳🇴🇩🇰", 10, 30), "🇸🇪…");
        assert_eq!(wrap("👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 13, 1, 2).concat(), "👩‍👩‍👧‍👦…");
    }
}
