//! The capabilities that DORA found to drive delivery, and the statements a squad can answer about them.
//!
//! The catalogue is data (`capabilities.json`) that only the server reads: a checkpoint takes along what it uses as a [`Capability`],
//! so an old one shows what it asked, whatever becomes of the catalogue.

use super::EditionInfo;
use super::data::CAPABILITIES;
use crate::domain::maturity::Level;
use crate::domain::sorted::SortedMap;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::{Arc, LazyLock};

/// What the key of an organisation's own capability begins with.
pub const OWN: &str = "own-";

/// What follows the key of a capability when its compact set of statements is meant.
const SHORT: &str = ".core";

/// The name of a capability for machines.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CapabilityKey(String);

impl CapabilityKey {
    /// The key with this name.
    #[must_use]
    pub fn new(key: impl Into<String>) -> Self {
        Self(key.into())
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the organisation wrote it.
    #[must_use]
    pub fn is_own(&self) -> bool {
        self.0.starts_with(OWN)
    }
}

impl fmt::Display for CapabilityKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One statement, answered with five words from "strongly disagree" to "strongly agree".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// What it says.
    pub text: String,
    /// Whether to agree is bad: such an answer is turned round before it counts.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reversed: bool,
}

/// A capability as a checkpoint takes it along, with the statements to answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capability {
    /// Its name for machines.
    pub key: CapabilityKey,
    /// Its name for people.
    pub title: String,
    /// What it was called in 2019, where that was something else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title_2019: Option<String>,
    /// What it means, in a sentence.
    pub summary: String,
    /// Where to read more; an own one has no such place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// What stands before the statements.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub prompt: String,
    /// The statements; none means that it can only be read about.
    pub items: Vec<Item>,
    /// The edition that the statements are from, as in [`ItemSet::edition`]; an own capability has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
    /// The mean of all respondents of 2019, from 0 to 100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mean: Option<u8>,
    /// The mean of the respondents of one level, from 0 to 100: DORA published one level's for each.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level_mean: Option<(Level, u8)>,
}

impl Capability {
    /// The mean of the respondents of this level, where it is known.
    #[must_use]
    pub fn mean_of(&self, level: Option<Level>) -> Option<u8> {
        self.level_mean.filter(|(of, _)| Some(*of) == level).map(|(_, mean)| mean)
    }
}

/// How DORA groups capabilities today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// What a team knows and may do.
    ClimateForLearning,
    /// How work moves.
    FastFlow,
    /// How soon one knows.
    FastFeedback,
    /// What makes artificial intelligence useful.
    Ai,
}

impl Group {
    /// All of them, in DORA's order.
    pub const ALL: [Self; 4] = [Self::ClimateForLearning, Self::FastFlow, Self::FastFeedback, Self::Ai];

    /// The name people read.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::ClimateForLearning => "Climate for learning",
            Self::FastFlow => "Fast flow",
            Self::FastFeedback => "Fast feedback",
            Self::Ai => "Artificial intelligence",
        }
    }
}

/// How DORA grouped them from 2019 to 2022.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group2019 {
    /// Code, tests, infrastructure.
    Technical,
    /// How work is planned and approved.
    Process,
    /// What is watched.
    Measurement,
    /// How people deal with each other.
    Cultural,
}

impl Group2019 {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Technical, Self::Process, Self::Measurement, Self::Cultural];

    /// The name people read.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Technical => "Technical",
            Self::Process => "Process",
            Self::Measurement => "Measurement",
            Self::Cultural => "Cultural",
        }
    }
}

/// The statements of one edition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemSet {
    /// `2019` for the check of that year, `core` for DORA's compact set, another year, or `article` for the checks of its article.
    pub edition: String,
    /// The file that says what is measured.
    pub source: String,
    /// What stands before the statements.
    pub prompt: String,
    /// The statements.
    pub items: Vec<Item>,
}

/// A capability as the catalogue has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Its name for machines, DORA's own today.
    pub key: CapabilityKey,
    /// Its name today.
    pub title: String,
    /// Its name in 2019, where that was another one.
    #[serde(default)]
    pub title_2019: Option<String>,
    /// Its group today.
    pub group: Group,
    /// Its group then, where it existed.
    #[serde(default)]
    pub group_2019: Option<Group2019>,
    /// Whether it is part of DORA Core.
    pub core: bool,
    /// Whether it is one of the seven that make artificial intelligence useful.
    pub ai: bool,
    /// What it means, in our words.
    pub summary: String,
    /// Where DORA writes about it.
    pub url: String,
    /// Its name for machines in the check of 2019, where it was one of the twelve.
    #[serde(default)]
    pub key_2019: Option<String>,
    /// The mean of all respondents of 2019, from 0 to 100.
    #[serde(default)]
    pub mean: Option<u8>,
    /// The level it is recommended for.
    #[serde(default)]
    pub level: Option<Level>,
    /// The mean of the respondents of that level.
    #[serde(default)]
    pub level_mean: Option<u8>,
    /// The sets of statements, the one to use first.
    pub sets: Vec<ItemSet>,
}

impl Entry {
    /// As a checkpoint takes it along: once for each set of statements, or once without any.
    fn offered(&self) -> Vec<Capability> {
        let bare = Capability {
            key: self.key.clone(),
            title: self.title.clone(),
            title_2019: self.title_2019.clone(),
            summary: self.summary.clone(),
            url: Some(self.url.clone()),
            ..Capability::default()
        };
        let with = |(place, set): (usize, &ItemSet)| {
            let mut one = bare.clone();
            one.prompt.clone_from(&set.prompt);
            one.items.clone_from(&set.items);
            one.edition = Some(set.edition.clone());
            if set.edition == "2019" {
                // The published means are means of these very statements.
                one.mean = self.mean;
                one.level_mean = self.level.zip(self.level_mean);
            }
            if place > 0 {
                one.key = CapabilityKey(format!("{}{SHORT}", self.key));
                one.title = format!("{} (short)", self.title);
            }
            one
        };
        if self.sets.is_empty() {
            vec![bare]
        } else {
            self.sets.iter().enumerate().map(with).collect()
        }
    }
}

/// The file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CapabilityFile {
    pub(super) about: EditionInfo,
    pub(super) recommended: SortedMap<Level, [CapabilityKey; 3]>,
    pub(super) capabilities: Vec<Entry>,
}

/// All capabilities, for reading. Server only: the browser's half must not hold the file.
#[must_use]
pub fn entries() -> &'static [Entry] {
    &CAPABILITIES.capabilities
}

/// Where the catalogue comes from. Server only.
#[must_use]
pub fn about_capabilities() -> &'static EditionInfo {
    &CAPABILITIES.about
}

/// What surveys can be made of: the built-in capabilities and the organisation's own. Cloning it shares it.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    built_in: Arc<[Capability]>,
    own: Arc<[Capability]>,
    recommended: Arc<SortedMap<Level, [CapabilityKey; 3]>>,
}

impl Catalogue {
    /// The built-in capabilities, which all catalogues share, and these. Server only.
    #[must_use]
    pub fn with_own(own: Vec<Capability>) -> Self {
        static BUILT_IN: LazyLock<Catalogue> = LazyLock::new(|| Catalogue {
            built_in: entries().iter().flat_map(Entry::offered).collect(),
            own: Arc::default(),
            recommended: Arc::new(CAPABILITIES.recommended.clone()),
        });
        Self {
            own: own.into(),
            ..BUILT_IN.clone()
        }
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &Capability> {
        self.built_in.iter().chain(self.own.iter())
    }

    /// The one with this key.
    #[must_use]
    pub fn get(&self, key: &CapabilityKey) -> Option<&Capability> {
        self.all().find(|one| one.key == *key)
    }

    /// The three that the check of 2019 recommends a squad of this level to look at.
    #[must_use]
    pub fn recommended(&self, level: Level) -> Vec<Capability> {
        let keys = self.recommended.get(&level);
        keys.into_iter().flatten().filter_map(|key| self.get(key)).cloned().collect()
    }
}

#[cfg(test)]
#[path = "capability_tests.rs"]
mod tests;
