//! The organisation's Markdown as HTML that can do no harm.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, html};
use std::collections::{HashMap, HashSet};

/// HTML longer than this is not made: a table of many columns and empty rows would grow a hundredfold.
const MOST: usize = 200_000;

/// Turns Markdown into HTML without scripts, styles, pictures, frames or forms; links lead to http, https and mailto only.
#[must_use]
pub fn to_html(markdown: &str) -> String {
    let mut raw = String::new();
    html::push_html(
        &mut raw,
        Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH),
    );
    if raw.len() > MOST {
        return as_typed(markdown);
    }
    let tags = [
        "a",
        "blockquote",
        "br",
        "code",
        "del",
        "em",
        "h2",
        "h3",
        "h4",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "strong",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ];
    let attributes = HashMap::from([("a", HashSet::from(["href"]))]);
    ammonia::Builder::default()
        .tags(HashSet::from(tags))
        .tag_attributes(attributes)
        .generic_attributes(HashSet::new())
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(ammonia::UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer nofollow"))
        .clean(&raw)
        .to_string()
}

/// The text as it was typed, in type of one width.
fn as_typed(markdown: &str) -> String {
    let block = Tag::CodeBlock(CodeBlockKind::Indented);
    let end = block.to_end();
    let mut html = String::new();
    html::push_html(
        &mut html,
        [Event::Start(block), Event::Text(markdown.into()), Event::End(end)].into_iter(),
    );
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_markdown_is_inert() {
        let hostile = "![b](https://evil.example/x.png) [l](javascript:alert(1)) <p style=\"color:red\" onclick=x>t</p>\n\n\
                       <script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\n<style>*{}</style>\n\n\
                       <iframe src=//evil.example></iframe>\n\n<form action=x></form>";
        let html = to_html(hostile);
        for bad in [
            "<script",
            "<img",
            "javascript:",
            "onerror",
            "<style",
            "style=",
            "<iframe",
            "onclick",
            "<form",
            "evil.example",
        ] {
            assert!(!html.contains(bad), "{bad} in {html}");
        }
    }

    #[test]
    fn a_table_that_would_grow_a_hundredfold_is_shown_as_typed() {
        let hostile = format!("{}\n{}\n{}", "a|".repeat(2_500), "-|".repeat(2_500), "x\n".repeat(3_000));
        let html = to_html(&hostile);
        assert!(html.len() < 2 * hostile.len(), "{}", html.len());
        assert!(html.starts_with("<pre><code>a|a|"), "{html:.40}");
    }

    #[test]
    fn ordinary_markdown_reads_well() {
        let html = to_html("## Ship it\n\n- small *steps*\n- [guide](https://example.org/a)\n\n| a | b |\n|---|---|\n| 1 | 2 |");
        assert!(html.contains("<h2>Ship it</h2>") && html.contains("<em>steps</em>") && html.contains("<td>2</td>"));
        assert!(html.contains("<a href=\"https://example.org/a\" rel=\"noopener noreferrer nofollow\">guide</a>"));
    }
}
