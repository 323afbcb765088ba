//! The search finds what was written, however it is capitalised, accented or cut.

use crate::cases;
use checkpoint::domain::page::words::{asked, words};
use proptest::prelude::*;

/// Words of the languages that squads write in, with marks and spaces between them.
fn texts() -> impl Strategy<Value = String> {
    let letters = prop::char::ranges(
        vec![
            'a'..='z',
            'A'..='Z',
            '0'..='9',
            'À'..='ɏ',
            'Α'..='Ω',
            'α'..='ω',
            'А'..='я',
            '\u{300}'..='\u{36F}',
            'ぁ'..='ヿ',
            '一'..='丿',
            ' '..='/',
        ]
        .into(),
    );
    prop::collection::vec(letters, 0..60).prop_map(String::from_iter)
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn folding_once_is_enough(text in texts()) {
        let once: Vec<String> = words(&text).collect();
        let twice: Vec<String> = words(&once.join(" ")).collect();
        prop_assert_eq!(once, twice);
    }

    #[test]
    fn every_beginning_of_a_text_is_found_in_it(text in texts(), cut in 0usize..60) {
        let known: Vec<String> = words(&text).collect();
        let begun: String = text.chars().take(cut).collect();
        for word in asked(&begun) {
            prop_assert!(known.iter().any(|known| known.starts_with(&word)), "{} of {:?}", word, known);
        }
    }

    #[test]
    fn case_does_not_matter(text in "[a-zA-ZäöüßéèñçøłА-я ]{0,40}") {
        let plain: Vec<String> = words(&text).collect();
        prop_assert_eq!(&plain, &words(&text.to_lowercase()).collect::<Vec<_>>());
        prop_assert_eq!(&plain, &words(&text.to_uppercase()).collect::<Vec<_>>());
    }

    #[test]
    fn words_are_short_and_have_no_marks(text in any::<String>()) {
        for word in words(&text) {
            prop_assert!(!word.is_empty() && word.chars().count() <= 32);
            prop_assert!(word.chars().all(char::is_alphanumeric), "{:?}", word);
        }
        prop_assert!(asked(&text).len() <= 8);
    }
}
