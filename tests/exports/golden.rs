//! Each form as it was read by eye and found good, in `tests/golden/`. `UPDATE_GOLDEN=1 cargo test --features ssr --test exports` writes
//! them anew; read the difference before you commit it.

use crate::alone::{without_data, without_styles};
use crate::pages::all;
use checkpoint::domain::page::{Page, Table};
use checkpoint::server::exports::{html::html, json::json};
use std::fs;
use std::path::Path;

fn is_golden(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, text).unwrap();
    }
    let golden = fs::read_to_string(&path).unwrap_or_default();
    let line = golden.lines().zip(text.lines()).position(|(before, now)| before != now);
    let beginnings = line.map(|line| (golden.lines().nth(line), text.lines().nth(line)));
    assert!(golden == text, "{name} has changed in line {line:?}: {beginnings:?}");
}

#[test]
fn every_form_is_as_it_was() {
    for (name, page) in all() {
        is_golden(&format!("{name}.json"), &json(&page).unwrap());
        is_golden(&format!("{name}.md"), &page.markdown());
        is_golden(&format!("{name}.confluence.xml"), &page.confluence());
        for table in Table::ALL {
            is_golden(&format!("{name}-{}.csv", table.key()), &page.csv(table));
        }
        // Styles stand in `style/` and the data in the JSON beside it; a line for each element shows what has changed.
        let html = without_styles(&without_data(&html(page).unwrap()));
        is_golden(&format!("{name}.html"), &html.replace("><", ">\n<"));
    }
}

#[test]
fn what_was_exported_is_the_same_when_it_is_exported_again() {
    for (name, page) in all() {
        let text = json(&page).unwrap();
        let again: Page = serde_json::from_str(&text).unwrap();
        assert_eq!(again, page, "{name}");
        assert_eq!(json(&again).unwrap(), text, "{name}");
    }
}

#[test]
fn every_row_has_as_many_cells_as_the_head() {
    for (name, page) in all() {
        for table in Table::ALL {
            let text = page.csv(table);
            let mut cells = vec![];
            let (mut quoted, mut count) = (false, 1);
            for c in text.chars() {
                match c {
                    '"' => quoted = !quoted,
                    ',' if !quoted => count += 1,
                    '\n' if !quoted => cells.push(std::mem::replace(&mut count, 1)),
                    _ => {}
                }
            }
            cells.dedup();
            assert_eq!((cells.len(), quoted), (1, false), "{name} {table:?}: {cells:?}");
        }
    }
}
