//! The page as one HTML file that needs nothing else: its styles and its picture are in it, and its JSON, so that another instance can
//! take it in.

use super::json;
use crate::domain::markup::Xml;
use crate::domain::page::Page;
use crate::ui::summary::file::summary_file;

/// The styles of the document and of the parts it is made of, in the order and the layers of `style/main.css`.
const STYLES: [(&str, &str); 14] = [
    ("reset", include_str!("../../../style/reset.css")),
    ("tokens", include_str!("../../../style/tokens.css")),
    ("base", include_str!("../../../style/base.css")),
    ("components", include_str!("../../../style/button.css")),
    ("components", include_str!("../../../style/level.css")),
    ("components", include_str!("../../../style/table.css")),
    ("components", include_str!("../../../style/chart.css")),
    ("components", include_str!("../../../style/survey.css")),
    ("components", include_str!("../../../style/flow.css")),
    ("pages", include_str!("../../../style/steps.css")),
    ("pages", include_str!("../../../style/improve.css")),
    ("pages", include_str!("../../../style/document.css")),
    ("pages", include_str!("../../../style/pages/rest.css")),
    ("print", include_str!("../../../style/print.css")),
];

/// The page as such a file.
///
/// Its own policy stops what the escaping of the view has not: from a disk no server sends one.
pub fn html(page: Page) -> Result<String, serde_json::Error> {
    let (title, preview, json) = (page.full_title(), page.preview(), with_json(&json::json(&page)?));
    let layer = |(layer, css): &(&str, &str)| format!("@layer {layer} {{\n{}\n}}\n", css.trim_end());
    let styles: String = STYLES.iter().map(layer).collect();
    let (title, preview, body) = (Xml(&title), Xml(&preview), summary_file(page));
    Ok(format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<meta name=\"description\" content=\"{preview}\">\n\
         <style>\n@layer reset, tokens, base, components, pages, print;\n{styles}</style>\n</head>\n<body>\n{body}\n{json}\n</body>\n</html>\n"
    ))
}

/// What stands before the JSON of the page, and what ends it.
const JSON: (&str, &str) = ("<script type=\"application/json\" id=\"checkpoint-page\">", "</script>");

/// The page's JSON as the file holds it: without any `<`, which in JSON stands inside of texts alone, nothing of it ends the element.
pub fn with_json(json: &str) -> String {
    format!("{}{}{}", JSON.0, json.replace('<', "\\u003c"), JSON.1)
}

/// The page's JSON out of such a file; `None` where there is none.
#[must_use]
pub fn page_json_in(html: &str) -> Option<&str> {
    let (_, rest) = html.split_once(JSON.0)?;
    rest.split_once(JSON.1).map(|(json, _)| json)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_json_comes_out_as_it_went_in() {
        let json = serde_json::json!({ "title": "</script><!--<script>", "n": [1, "&lt;", "\u{2028}"] });
        let html = format!("<!DOCTYPE html><title>&lt;script</title>{}</html>", with_json(&json.to_string()));
        assert_eq!(html.matches('<').count(), 6, "{html}");
        let found = page_json_in(&html).unwrap();
        assert_eq!(serde_json::from_str::<serde_json::Value>(found).unwrap(), json);
        for none in [
            "",
            "<script>{}</script>",
            "<script type=\"application/json\" id=\"checkpoint-page\">{",
        ] {
            assert_eq!(page_json_in(none), None);
        }
    }
}
