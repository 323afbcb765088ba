//! A capability in the organisation's own words, from what an administrator typed.

use super::capability::{Capability, CapabilityKey, Item, OWN};
use crate::domain::ids::CapabilityId;
use crate::domain::text::{CapabilitySummary, CapabilityTitle, ItemLines, ItemText, TextError};

/// The most statements of one survey.
pub const MOST_ITEMS: usize = 20;

/// Why the statements were refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OwnError {
    /// A text that cannot be taken.
    #[error(transparent)]
    Text(#[from] TextError),
    /// No line.
    #[error("Write at least one statement, each on a line of its own.")]
    NoItems,
    /// Too many lines.
    #[error("At most {MOST_ITEMS} statements, please: people answer all of them.")]
    TooMany,
    /// A line stands twice.
    #[error("Two statements are the same. Take one of them away.")]
    Twice,
}

/// The capability with this id.
pub fn own(id: CapabilityId, title: &str, summary: &str, lines: &str) -> Result<Capability, OwnError> {
    let title = CapabilityTitle::parse(title)?;
    let summary = CapabilitySummary::parse(summary)?;
    let lines = ItemLines::parse(lines)?;
    let typed = lines.as_str().lines().map(str::trim).filter(|line| !line.is_empty());
    let items = typed.map(item).collect::<Result<Vec<_>, _>>()?;
    match items.len() {
        0 => return Err(OwnError::NoItems),
        count if count > MOST_ITEMS => return Err(OwnError::TooMany),
        _ => {}
    }
    let twice = |(place, one): (usize, &Item)| items[..place].iter().any(|other| other.text == one.text);
    if items.iter().enumerate().any(twice) {
        return Err(OwnError::Twice);
    }
    Ok(Capability {
        key: CapabilityKey::new(format!("{OWN}{id}")),
        title: title.to_string(),
        summary: summary.to_string(),
        prompt: "How much do you agree?".to_owned(),
        items,
        ..Capability::default()
    })
}

/// The statements as they are typed, one a line.
#[must_use]
pub fn lines(items: &[Item]) -> String {
    let line = |item: &Item| format!("{}{}", if item.reversed { "- " } else { "" }, item.text);
    items.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn item(line: &str) -> Result<Item, TextError> {
    let bare = line.strip_prefix(['-', '−', '–']).map(str::trim_start);
    Ok(Item {
        text: ItemText::parse(bare.unwrap_or(line))?.to_string(),
        reversed: bare.is_some(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(lines: &str) -> Result<Vec<Item>, String> {
        let id = CapabilityId::new(uuid::Uuid::from_u128(5));
        own(id, "On-call health", "", lines)
            .map(|one| one.items)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn each_line_is_a_statement_and_a_hyphen_turns_it_round() {
        let items = typed("  Nights are quiet. \n\n- I dread my shift.\n-I am paged for nothing.").expect("three lines");
        let found: Vec<_> = items.iter().map(|item| (item.text.as_str(), item.reversed)).collect();
        assert_eq!(
            found,
            [
                ("Nights are quiet.", false),
                ("I dread my shift.", true),
                ("I am paged for nothing.", true)
            ]
        );
        assert_eq!(typed(&lines(&items)).expect("what was written is read again"), items);
    }

    #[test]
    fn what_cannot_be_asked_is_refused_with_a_sentence() {
        let refused = |lines: &str| typed(lines).expect_err("it is refused");
        assert_eq!(refused(" \n "), "Write at least one statement, each on a line of its own.");
        assert_eq!(refused("One.\n- One."), "Two statements are the same. Take one of them away.");
        let many: Vec<String> = (0..21).map(|n| format!("Statement {n}.")).collect();
        assert_eq!(
            refused(&many.join("\n")),
            "At most 20 statements, please: people answer all of them."
        );
        assert_eq!(refused("-"), "The statement is empty. Please type something.");
        assert_eq!(
            refused(&"x".repeat(301)),
            "The statement is too long: at most 300 characters, please."
        );
    }

    #[test]
    fn its_key_says_whose_it_is() {
        let id = CapabilityId::new(uuid::Uuid::from_u128(5));
        let one = own(id, "On-call health", "Nights and weekends.", "Nights are quiet.").expect("it is whole");
        assert!(one.key.is_own() && one.url.is_none() && one.mean.is_none());
        assert!(own(id, " ", "", "Nights are quiet.").is_err());
    }
}
