//! Addresses with a query, written the same on the server and in the browser.

use std::fmt::Write;

/// A text as it may stand in a query.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(escaped, "%{byte:02X}");
        }
    }
    escaped
}

/// An address with those parameters that have a value.
#[must_use]
pub fn address(path: &str, parameters: &[(&str, &str)]) -> String {
    let given: Vec<_> = parameters
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", escape(value)))
        .collect();
    if given.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{}", given.join("&"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_holds_what_was_given_and_nothing_that_breaks_it() {
        assert_eq!(
            address("/checkpoints", &[("squad", ""), ("tribe", "R&D é"), ("level", "high")]),
            "/checkpoints?tribe=R%26D%20%C3%A9&level=high"
        );
        assert_eq!(address("/checkpoints", &[("squad", "")]), "/checkpoints");
    }
}
