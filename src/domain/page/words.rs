//! Words as the search compares them: without case and accents, so that "Überprüfen" is found by "uberprufen" and the other way round.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The most characters of a word that are compared.
const LONGEST: usize = 32;
/// The most words of a question that are looked for.
const MOST_ASKED: usize = 8;

/// The words of a text, folded, in their order. A word is what stands between characters that are neither letters nor digits; in
/// Chinese and Japanese, which put no spaces between words, each character is one.
pub fn words(text: &str) -> impl Iterator<Item = String> {
    let folded: String = text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(folded).collect();
    let mut spaced = String::with_capacity(folded.len());
    for c in folded.chars() {
        if !c.is_alphanumeric() {
            spaced.push(' ');
        } else if stands_alone(c) {
            spaced.extend([' ', c, ' ']);
        } else {
            spaced.push(c);
        }
    }
    let words: Vec<String> = spaced
        .split_ascii_whitespace()
        .map(|word| word.chars().take(LONGEST).collect())
        .collect();
    words.into_iter()
}

/// The words that somebody looks for, each of which must begin a word of the page: what another one begins with says nothing more,
/// and what is a single letter or digit of ours begins words of every page.
#[must_use]
pub fn asked(text: &str) -> Vec<String> {
    let mut asked: Vec<String> = words(text).filter(|word| word.len() > 1).collect();
    asked.sort_unstable();
    asked.dedup_by(|longer, shorter| {
        let same = longer.starts_with(shorter.as_str());
        if same {
            std::mem::swap(longer, shorter);
        }
        same
    });
    // The longest are the rarest.
    asked.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    asked.truncate(MOST_ASKED);
    asked
}

/// A letter as others write it too, in lower case. What the decomposition of Unicode leaves whole stands here.
fn folded(c: char) -> impl Iterator<Item = char> {
    let (letters, rest) = match c {
        'ß' | 'ẞ' => ("ss", None),
        'æ' | 'Æ' => ("ae", None),
        'œ' | 'Œ' => ("oe", None),
        'ø' | 'Ø' => ("o", None),
        'ł' | 'Ł' => ("l", None),
        'đ' | 'Đ' | 'ð' | 'Ð' => ("d", None),
        'þ' | 'Þ' => ("th", None),
        'ı' => ("i", None),
        'ς' => ("σ", None),
        c => ("", Some(c)),
    };
    letters.chars().chain(rest.into_iter().flat_map(char::to_lowercase))
}

fn stands_alone(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> String {
        words(text).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_are_compared_without_case_accents_and_marks() {
        for (text, expected) in [
            ("Überprüfen: CI/CD, Node.js & C++", "uberprufen ci cd node js c"),
            ("Straße STRASSE ﬁnal", "strasse strasse final"),
            ("Łódź, Ørsted, Æble, İstanbul ısı", "lodz orsted aeble istanbul isi"),
            ("e\u{301}cole école", "ecole ecole"),
            ("Деплой ΣΟΦΟΣ σοφος", "деплои σοφοσ σοφοσ"),
            ("部署が遅い", "部 署 か 遅 い"),
            ("<script>alert('x')</script>", "script alert x script"),
            ("99 % \u{202E}\u{0} \u{1F680}", "99"),
            ("", ""),
        ] {
            assert_eq!(all(text), expected, "{text}");
        }
        assert_eq!(all(&"x".repeat(500)).len(), LONGEST);
    }

    #[test]
    fn a_question_keeps_what_says_most() {
        assert_eq!(asked("the pipeline, PIPE pipes pipelines"), ["pipelines", "pipes", "the"]);
        assert_eq!(asked(" %_* a 1"), Vec::<String>::new());
        assert_eq!(asked("遅 C++ CI"), ["ci", "遅"]);
        let many: String = (0..100).map(|n| format!("w{n:03} ")).collect();
        assert_eq!(asked(&many).len(), MOST_ASKED);
    }
}
