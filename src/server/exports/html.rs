//! The page as one HTML file that needs nothing else: its styles and its picture are in it, and its JSON, so that another instance can
//! take it in.

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
