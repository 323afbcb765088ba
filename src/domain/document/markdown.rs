//! A document as Markdown (CommonMark with the tables and task lists of GitHub), for a wiki or a repository.

use super::{Block, Item, Line, Words};
use crate::domain::markup;

/// The document as Markdown.
#[must_use]
pub fn markdown(document: &[Block]) -> String {
    document.iter().map(block).collect::<Vec<_>>().join("\n")
}

/// One block with the end of its last line.
fn block(block: &Block) -> String {
    match block {
        Block::Heading(depth, words) => format!("{} {}\n", "#".repeat((*depth).into()), markup::markdown(words)),
        Block::Paragraph(line) => format!("{}\n", begun(line)),
        // The dialects that have tables want a head for each.
        Block::Facts(facts) => {
            let fact = |(name, value): &(String, Line)| row([markup::markdown(name), inside(value)]);
            format!("| | |\n|---|---|\n{}", facts.iter().map(fact).collect::<String>())
        }
        Block::Table { head, rows } => {
            let names = row(head.iter().map(|name| markup::markdown(name)));
            let rows = rows.iter().map(|cells| row(cells.iter().map(inside)));
            format!("{names}|{}\n{}", "---|".repeat(head.len()), rows.collect::<String>())
        }
        Block::List(items) => items.iter().map(|one| item("-", one)).collect(),
        Block::Tasks(items) => items.iter().map(|one| item("- [ ]", one)).collect(),
        Block::Fixed(text) => {
            // Longer than anything of the kind inside, so that nobody ends the block early.
            let fence = "`".repeat(longest_run(text, '`').max(2) + 1);
            format!("{fence}text\n{}\n{fence}\n", text.trim_end())
        }
    }
}

fn row(cells: impl IntoIterator<Item = String>) -> String {
    let cells: String = cells.into_iter().map(|cell| format!(" {cell} |")).collect();
    format!("|{cells}\n")
}

fn item(mark: &str, item: &Item) -> String {
    let below = item.below.iter().map(|line| format!("  - {}\n", begun(line)));
    format!("{mark} {}\n{}", begun(&item.line), below.collect::<String>())
}

/// Words that begin a line.
fn begun(line: &Line) -> String {
    match line.split_first() {
        Some((Words::Plain(first), rest)) => markup::line_of_markdown(first) + &rest.iter().map(words).collect::<String>(),
        _ => inside(line),
    }
}

/// Words inside of a line.
fn inside(line: &Line) -> String {
    line.iter().map(words).collect()
}

fn words(words: &Words) -> String {
    match words {
        Words::Plain(text) => markup::markdown(text),
        Words::Strong(text) => format!("**{}**", markup::markdown(text)),
        Words::Level(level) => format!("**{}**", level.name()),
        // An address holds no `<` and no `>` (see `TrackerLink`), so that nothing of it gets out.
        Words::Link { words, address } if words == address.as_str() => format!("<{address}>"),
        Words::Link { words, address } => format!("[{}](<{address}>)", markup::markdown(words)),
    }
}

/// How many of a character stand beside each other at most.
fn longest_run(text: &str, wanted: char) -> usize {
    text.split(|c| c != wanted).map(str::len).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fixed_lines_cannot_leave_their_block() {
        let text = "```` b\n# no heading\n";
        assert_eq!(
            markdown(&[Block::Fixed(text.to_owned())]),
            "`````text\n```` b\n# no heading\n`````\n"
        );
    }

    #[test]
    fn what_people_typed_begins_nothing() {
        let line: Line = vec!["1. x".into(), Words::Strong("a|b".to_owned())];
        let document = [
            Block::Paragraph(line.clone()),
            Block::Paragraph(vec!["  - no list".into()]),
            Block::Paragraph(vec!["\t    no code".into()]),
            Block::List(vec![Item {
                line: line.clone(),
                below: vec![vec!["- y".into()]],
            }]),
            Block::Table {
                head: vec!["<i>".to_owned()],
                rows: vec![vec![vec!["a|b\nc".into()]]],
            },
        ];
        assert_eq!(
            markdown(&document),
            "1\\. x**a\\|b**\n\n\\- no list\n\nno code\n\n- 1\\. x**a\\|b**\n  - \\- y\n\n| &lt;i&gt; |\n|---|\n| a\\|b c |\n"
        );
    }

    #[test]
    fn a_link_leads_only_where_a_browser_may_go() {
        let line = |address| vec![Words::link("Read [more]", address)];
        let said = |address| markdown(&[Block::Paragraph(line(address))]);
        assert_eq!(said("https://dora.dev/x"), "[Read \\[more\\]](<https://dora.dev/x>)\n");
        assert_eq!(said("javascript:alert(1)"), "Read \\[more\\]\n");
    }
}
