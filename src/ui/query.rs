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

/// A page that is narrowed, sorted and paged by its address: where its links lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Here {
    path: String,
    parameters: Vec<(&'static str, String)>,
}

impl Here {
    /// The page with these parameters; an empty one is not given.
    pub fn new<const N: usize>(path: impl Into<String>, parameters: [(&'static str, &str); N]) -> Self {
        Self {
            path: path.into(),
            parameters: parameters.map(|(name, value)| (name, value.to_owned())).into(),
        }
    }

    /// The page without parameters.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Its parameters.
    #[must_use]
    pub fn parameters(&self) -> &[(&'static str, String)] {
        &self.parameters
    }

    /// The same page with some of its parameters changed; whoever changes what a list holds begins at its first page.
    #[must_use]
    pub fn with(&self, changed: &[(&'static str, &str)]) -> String {
        let kept = self.parameters.iter().map(|(name, value)| (*name, value.as_str()));
        let kept = kept.filter(|(name, _)| *name != "page" && changed.iter().all(|(new, _)| new != name));
        let all: Vec<_> = kept.chain(changed.iter().copied()).collect();
        address(&self.path, &all)
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

    #[test]
    fn a_link_changes_one_parameter_and_keeps_the_others() {
        let here = Here::new("/checkpoints", [("squad", "red"), ("level", ""), ("page", "3")]);
        assert_eq!(here.with(&[("page", "4")]), "/checkpoints?squad=red&page=4");
        assert_eq!(here.with(&[("sort", "level")]), "/checkpoints?squad=red&sort=level");
        assert_eq!(here.with(&[("squad", "")]), "/checkpoints");
    }
}
