//! The arrows of docs/ARCHITECTURE.md and a few habits, as a text search: what the compiler does not see.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::fs;
use std::path::{Path, PathBuf};

/// Every Rust file below a folder of the repository, with its path in it and its text.
fn files(folder: &str) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut open, mut found) = (vec![root.join(folder)], vec![]);
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|e| e == "rs") {
            let name = path.strip_prefix(root).map(PathBuf::from).unwrap();
            found.push((name.to_str().unwrap().to_owned(), fs::read_to_string(&path).unwrap()));
        }
    }
    assert!(!found.is_empty(), "there is nothing in {folder}");
    found
}

/// What is left without comments.
fn code(line: &str) -> &str {
    line.split("//").next().unwrap_or_default()
}

/// None of the words stands in a line of code below the folder, but for lines that may hold it.
fn nowhere(folder: &str, words: &[&str], may: impl Fn(&str, &str) -> bool) {
    let mut wrong = Vec::new();
    for (name, text) in files(folder) {
        for (number, line) in (1..).zip(text.lines()) {
            let word = words.iter().find(|word| code(line).contains(**word));
            if let Some(word) = word.filter(|_| !may(&name, line)) {
                wrong.push(format!("{name}:{number} holds {word:?}: {}", line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn dependencies_point_one_way() {
    let frameworks = [
        "leptos",
        "axum",
        "sqlx",
        "tokio",
        "web_sys",
        "js_sys",
        "wasm_bindgen",
        "tracing",
        "async ",
    ];
    nowhere("src/domain", &frameworks, |_, _| false);
    nowhere(
        "src/domain",
        &["crate::server", "crate::ui", "crate::api", "crate::protocol"],
        |_, _| false,
    );
    nowhere("src/protocol.rs", &frameworks, |_, _| false);
    nowhere("src/protocol.rs", &["crate::"], |_, line| line.starts_with("use crate::domain::"));
    nowhere("src/ui", &["crate::server"], |_, _| false);
    // The others write a summary as text.
    let knows_pages = ["src/server/app.rs", "src/server/documents.rs", "src/server/exports/html.rs"];
    nowhere("src/server", &["crate::ui"], |name, _| knows_pages.contains(&name));
    nowhere("src/api", &["crate::ui"], |_, _| false);
    // Inside the body of a server function, which the browser's half does not compile.
    nowhere("src/api", &["crate::server"], |_, line| line.starts_with("    use crate::server::"));
}

/// The catalogue is 40 KB of text; a page that names it would carry it into the browser.
#[test]
fn the_catalogue_of_capabilities_stays_on_the_server() {
    let test = |name: &str, _: &str| name.ends_with("tests.rs");
    let readers = ["with_own(", "entries()", "about_capabilities("];
    for folder in ["src/ui", "src/api", "client"] {
        nowhere(folder, &readers, test);
    }
    nowhere("src/domain", &readers, |name, _| name.starts_with("src/domain/facts/"));
}

#[test]
fn features_are_chosen_in_one_place() {
    nowhere("src", &["cfg(feature", "cfg_attr(feature", "cfg(not(feature"], |name, _| {
        name == "src/lib.rs"
    });
}

#[test]
fn what_people_type_reaches_the_page_through_the_view_alone() {
    let tests = |name: &str| name.ends_with("tests.rs");
    nowhere("src/ui", &["inner_html"], |name, _| name == "src/ui/components/html.rs");
    nowhere("src/ui", &["<textarea"], |name, _| {
        // The outline of the flow is an editor of its own, not a field of a form.
        ["src/ui/components/area.rs", "src/ui/steps/flow/text.rs"].contains(&name) || tests(name)
    });
    nowhere("src/ui", &["<script", "<style", "<noscript", "<iframe"], |name, _| tests(name));
    // The Content-Security-Policy lets no style attribute through; `style:left=` is something else.
    nowhere("src/ui", &[" style=", "style=\"", "style={"], |name, _| tests(name));
    for (name, text) in files("src/ui").iter().filter(|(name, _)| !tests(name)) {
        let (opened, empty) = (text.matches("<textarea").count(), text.matches("></textarea>").count());
        assert_eq!(opened, empty, "{name}: a textarea has children; use prop:value");
    }
}

#[test]
fn files_stay_short_and_finished() {
    for (name, text) in ["src", "tests", "client"].into_iter().flat_map(files) {
        let lines = text.lines().count();
        assert!(lines <= 500, "{name} has {lines} lines; split it by what it is about");
    }
    let left_over = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("todo", "!("),
        concat!("unimplemented", "!("),
        concat!("dbg", "!("),
    ];
    for (name, text) in ["src", "tests", "client"].into_iter().flat_map(files) {
        let found = left_over.iter().find(|word| text.contains(**word));
        assert!(found.is_none(), "{name} holds {found:?}");
    }
}
