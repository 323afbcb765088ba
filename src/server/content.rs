//! The organisation's own texts, with the product's as long as nobody wrote another.

use super::store::{Db, StoreError, content};

/// A text that an administrator can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Text {
    /// Shown in Welcome.
    Welcome,
    /// Shown in Setting the scene.
    Scene,
}

impl Text {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Welcome, Self::Scene];

    /// Its key in the database and in forms.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Welcome => "welcome",
            Self::Scene => "scene",
        }
    }

    /// Where it is shown.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Welcome => "Welcome",
            Self::Scene => "Setting the scene",
        }
    }

    /// The text with this key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|text| text.key() == key)
    }

    /// The product's own words.
    #[must_use]
    pub fn default(self) -> &'static str {
        match self {
            Self::Welcome => include_str!("content/welcome.md"),
            Self::Scene => include_str!("content/scene.md"),
        }
    }

    /// The Markdown in force.
    pub async fn body(self, db: &Db) -> Result<String, StoreError> {
        Ok(content::get(db, self.key())
            .await?
            .map_or_else(|| self.default().to_owned(), |c| c.body))
    }
}
