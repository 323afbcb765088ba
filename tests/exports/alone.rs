//! The HTML file needs nothing but itself, and nothing that people typed gets out of its place.

use crate::pages::{all, maximal};
use checkpoint::server::exports::html::{html, page_json_in};
use checkpoint::server::exports::json::json;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;

fn cut(text: &str, from: &str, to: &str) -> String {
    let (before, rest) = text.split_once(from).unwrap();
    let (_, after) = rest.split_once(to).unwrap();
    format!("{before}{from}{to}{after}")
}

/// The file without its styles.
pub(crate) fn without_styles(html: &str) -> String {
    cut(html, "<style>", "</style>")
}

/// The file without its data.
pub(crate) fn without_data(html: &str) -> String {
    cut(html, "id=\"checkpoint-page\">", "</script>")
}

/// The tags alone, without the words between them.
fn tags(html: &str) -> String {
    let (mut inside, mut quoted) = (false, false);
    html.chars()
        .filter(|c| {
            match c {
                '<' if !quoted => inside = true,
                '>' if inside && !quoted => (inside, quoted) = (false, false),
                '"' if inside => quoted = !quoted,
                _ => {}
            }
            inside
        })
        .collect()
}

/// What stands in an attribute, each time.
fn values<'a>(html: &'a str, attribute: &'a str) -> impl Iterator<Item = &'a str> {
    html.split(attribute).skip(1).filter_map(|rest| rest.split('"').next())
}

#[test]
fn nothing_is_loaded() {
    for (name, page) in all() {
        let html = html(page).unwrap();
        let styles = html.split_once("<style>").unwrap().1.split_once("</style>").unwrap().0;
        for loads in ["url(", "@import", "image-set(", "src("] {
            assert!(!styles.contains(loads), "{name}: {loads}");
        }
        let shown = tags(&without_styles(&without_data(&html)));
        for loads in [
            " src=",
            " srcset=",
            " poster=",
            " action=",
            " background=",
            "<link",
            "<iframe",
            "<object",
            "<embed",
            "<image",
            "<use",
            "<base",
            " style=",
        ] {
            assert!(!shown.contains(loads), "{name}: {loads}");
        }
        // A link is followed by whoever reads, and leads somewhere from a disk too.
        for address in values(&shown, " href=\"") {
            assert!(
                address.starts_with("https://") || address.starts_with("http://"),
                "{name}: {address}"
            );
        }
        assert!(html.contains("http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\""));
    }
}

#[test]
fn the_data_inside_is_the_json_export() {
    for (name, page) in all() {
        let json: Value = serde_json::from_str(&json(&page).unwrap()).unwrap();
        let html = html(page).unwrap();
        let inside: Value = serde_json::from_str(page_json_in(&html).unwrap()).unwrap();
        assert_eq!(inside, json, "{name}");
    }
}

#[test]
fn what_people_typed_stays_in_its_place() {
    let html = html(maximal()).unwrap();
    assert_eq!(html.matches("<script").count(), 1, "only the data");
    assert_eq!((html.matches("</script").count(), html.matches("<style").count()), (1, 1));
    let shown = without_data(&html);
    for typed in ["<script>alert", "<img", " onerror=", "href=\"javascript:"] {
        assert!(!tags(&shown).contains(typed), "{typed}");
    }
    assert!(
        shown.contains("&lt;script&gt;alert(1)&lt;/script&gt;"),
        "the words are there, as words"
    );
}

/// Styles are chosen by hand in `html.rs`; this notices when a part of the page is drawn by a sheet that is not among them.
#[test]
fn every_class_has_its_styles() {
    let sheets = [
        concat!(env!("CARGO_MANIFEST_DIR"), "/style"),
        concat!(env!("CARGO_MANIFEST_DIR"), "/style/pages"),
    ]
    .into_iter()
    .flat_map(|folder| fs::read_dir(folder).unwrap())
    .map(|entry| entry.unwrap().path())
    .filter(|path| path.is_file());
    let all: String = sheets.map(|path| fs::read_to_string(path).unwrap()).collect();
    let styled = |sheet: &str, class: &str| {
        let named = format!(".{class}");
        sheet
            .match_indices(&named)
            .any(|(at, _)| !sheet[at + named.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '-' || c == '_'))
    };
    let html = html(maximal()).unwrap();
    let inside = html.split_once("<style>").unwrap().1.split_once("</style>").unwrap().0;
    let shown = without_styles(&html);
    let classes: BTreeSet<_> = values(&shown, " class=\"").flat_map(str::split_whitespace).collect();
    assert!(classes.len() > 40, "{classes:?}");
    let missing: Vec<_> = classes
        .into_iter()
        .filter(|class| styled(&all, class) && !styled(inside, class))
        .collect();
    assert_eq!(missing, [""; 0]);
}
