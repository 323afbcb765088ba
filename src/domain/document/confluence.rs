//! A document in the storage format of Confluence: what its source editor and its interface take.
//!
//! Elements and macros are a few of those that Atlassian documents; `tests/exports/confluence.rs` names all there may be, with their
//! source. The prefix `ac` stays undeclared, as it is in Confluence: the text is a part of a page, not an XML document.

use super::{Block, Item, Line, Words};
use crate::domain::markup::Xml;
use crate::domain::maturity::Level;

/// The document in storage format; a table of contents stands before the first heading of the second depth.
#[must_use]
pub fn confluence(document: &[Block]) -> String {
    let contents = document.iter().position(|block| matches!(block, Block::Heading(2, _)));
    let blocks = document.iter().enumerate().map(|(place, one)| {
        let toc = (contents == Some(place)).then(|| structured("toc", &[("maxLevel", "2")], "") + "\n");
        toc.unwrap_or_default() + &block(one) + "\n"
    });
    blocks.collect()
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading(depth, words) => format!("<h{depth}>{}</h{depth}>", Xml(words)),
        Block::Paragraph(line) => format!("<p>{}</p>", inline(line)),
        Block::Facts(facts) => {
            let fact = |(name, value): &(String, Line)| format!("<tr><th>{}</th><td>{}</td></tr>", Xml(name), inline(value));
            table(facts.iter().map(fact))
        }
        Block::Table { head, rows } => {
            let names = head.iter().map(|name| format!("<th>{}</th>", Xml(name))).collect();
            let rows = rows.iter().map(|cells| {
                let cells = cells.iter().map(|cell| format!("<td>{}</td>", inline(cell)));
                cells.collect()
            });
            table(std::iter::once(names).chain(rows).map(|cells: String| format!("<tr>{cells}</tr>")))
        }
        Block::List(items) => list(items.iter().map(item)),
        Block::Tasks(items) => format!("<ac:task-list>\n{}</ac:task-list>", items.iter().map(task).collect::<String>()),
        Block::Fixed(text) => {
            // The one thing that ends such a body is written in two halves.
            let text = Xml::kept(text).replace("]]>", "]]]]><![CDATA[>");
            let body = format!("<ac:plain-text-body><![CDATA[{text}]]></ac:plain-text-body>");
            structured("code", &[("title", "Text")], &body)
        }
    }
}

fn table(rows: impl Iterator<Item = String>) -> String {
    format!("<table><tbody>\n{}</tbody></table>", rows.map(|row| row + "\n").collect::<String>())
}

fn list(items: impl Iterator<Item = String>) -> String {
    format!("<ul>\n{}</ul>", items.map(|item| format!("<li>{item}</li>\n")).collect::<String>())
}

fn item(item: &Item) -> String {
    let below = list(item.below.iter().map(|line| inline(line)));
    inline(&item.line) + if item.below.is_empty() { "" } else { &below }
}

/// The body of a task holds a line of words and no list.
fn task(item: &Item) -> String {
    let below = item.below.iter().map(|line| format!("<br />{}", inline(line)));
    let body = inline(&item.line) + &below.collect::<String>();
    format!("<ac:task><ac:task-status>incomplete</ac:task-status><ac:task-body>{body}</ac:task-body></ac:task>\n")
}

fn inline(line: &Line) -> String {
    line.iter().map(words).collect()
}

fn words(words: &Words) -> String {
    match words {
        Words::Plain(text) => lines(text),
        Words::Strong(text) => format!("<strong>{}</strong>", lines(text)),
        Words::Level(level) => structured("status", &[("title", level.name()), ("colour", colour(*level))], ""),
        Words::Link { words, address } => format!("<a href=\"{}\">{}</a>", Xml(address.as_str()), Xml(words)),
    }
}

/// Text in which a new line stays one.
fn lines(text: &str) -> String {
    text.lines().map(|line| Xml(line).to_string()).collect::<Vec<_>>().join("<br />")
}

/// One of the colours of the status macro.
fn colour(level: Level) -> &'static str {
    match level {
        Level::Low => "Red",
        Level::Medium => "Yellow",
        Level::High => "Blue",
        Level::Elite => "Green",
    }
}

fn structured(name: &str, parameters: &[(&str, &str)], body: &str) -> String {
    let parameter = |(name, value): &(&str, &str)| format!("<ac:parameter ac:name=\"{name}\">{}</ac:parameter>", Xml(value));
    let parameters: String = parameters.iter().map(parameter).collect();
    format!("<ac:structured-macro ac:name=\"{name}\">{parameters}{body}</ac:structured-macro>")
}
