//! The Confluence form holds nothing but what Atlassian documents.

use crate::pages::all;
use std::collections::BTreeSet;

/// The elements that may be written: those of XHTML that the format takes, then its own.
///
/// Source: "Confluence Storage Format", <https://confluence.atlassian.com/doc/confluence-storage-format-790796544.html>.
const ELEMENTS: [&str; 21] = [
    "h1",
    "h2",
    "h3",
    "p",
    "strong",
    "br",
    "a",
    "ul",
    "li",
    "table",
    "tbody",
    "tr",
    "th",
    "td",
    "structured-macro",
    "parameter",
    "plain-text-body",
    "task-list",
    "task",
    "task-status",
    "task-body",
];

/// The macros that may be written, each with its parameters.
///
/// Source: "Status Macro", "Table of Contents Macro" and "Code Block Macro" below <https://confluence.atlassian.com/doc/macros-139387.html>,
/// each under "Parameters".
const MACROS: [(&str, &[&str]); 3] = [("status", &["title", "colour"]), ("toc", &["maxLevel"]), ("code", &["title"])];

/// The colours of the status macro. Source: as above.
const COLOURS: [&str; 5] = ["Grey", "Red", "Yellow", "Green", "Blue"];

const AC: &str = "urn:ac";

fn whole(storage: &str) -> String {
    format!("<page xmlns:ac=\"{AC}\">{storage}</page>")
}

#[test]
fn only_known_elements_and_macros_are_written() {
    let mut used = BTreeSet::new();
    for (name, page) in all() {
        let xml = whole(&page.confluence());
        let document = roxmltree::Document::parse(&xml).unwrap();
        for node in document.root_element().descendants().skip(1).filter(roxmltree::Node::is_element) {
            let element = node.tag_name().name();
            used.insert(element.to_owned());
            assert!(ELEMENTS.contains(&element), "{name}: {element}");
            let own = ELEMENTS.iter().position(|known| *known == element) >= ELEMENTS.iter().position(|known| *known == "structured-macro");
            assert_eq!(node.tag_name().namespace(), own.then_some(AC), "{name}: {element}");
            let attributes: Vec<_> = node
                .attributes()
                .map(|attribute| (attribute.namespace(), attribute.name()))
                .collect();
            match element {
                "a" => {
                    assert_eq!(attributes, [(None, "href")]);
                    let address = node.attribute("href").unwrap();
                    assert!(
                        address.starts_with("https://") || address.starts_with("http://"),
                        "{name}: {address}"
                    );
                }
                "structured-macro" => {
                    assert_eq!(attributes, [(Some(AC), "name")]);
                    let (_, parameters) = MACROS
                        .iter()
                        .find(|(known, _)| Some(*known) == node.attribute((AC, "name")))
                        .unwrap();
                    for parameter in node.children().filter(|child| child.tag_name().name() == "parameter") {
                        let name = parameter.attribute((AC, "name")).unwrap();
                        assert!(parameters.contains(&name), "{name}");
                        assert!(name != "colour" || COLOURS.contains(&parameter.text().unwrap()));
                    }
                }
                "parameter" => assert_eq!(attributes, [(Some(AC), "name")]),
                "task-status" => assert_eq!(node.text(), Some("incomplete")),
                _ => assert_eq!(attributes, [], "{name}: {element}"),
            }
        }
    }
    assert_eq!(used.len(), ELEMENTS.len(), "the list names what is never written");
}

#[test]
fn what_people_typed_is_text_there() {
    let (_, page) = all().pop().unwrap();
    let xml = whole(&page.confluence());
    let document = roxmltree::Document::parse(&xml).unwrap();
    let text: String = document
        .descendants()
        .filter(roxmltree::Node::is_text)
        .filter_map(|node| node.text())
        .collect();
    for part in [
        "<script>alert(1)</script>",
        "]]>",
        "{html}",
        "</ac:structured-macro>",
        "مرحبا",
        "👩‍👩‍👧‍👦",
        "& \"quoted\"",
    ] {
        assert!(text.contains(part), "{part}");
    }
}
