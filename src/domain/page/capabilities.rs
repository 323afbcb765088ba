//! The capabilities on the page: what the squad said about them, where they stand, and which comes first.

use crate::domain::action::TrackerLink;
use crate::domain::facts::CapabilityKey;
use crate::domain::focus;
use crate::domain::summary::Part;
use crate::domain::survey::{Counted, Survey, order, points};
use crate::domain::text::{ShortNote, Why};
use crate::domain::workshop::Workshop;
use serde::{Deserialize, Serialize};

/// A capability that the squad was surveyed about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Surveyed {
    /// Its name for machines.
    pub key: CapabilityKey,
    /// Its name for people.
    pub title: String,
    /// What it means.
    pub summary: String,
    /// Where to read more.
    #[serde(default)]
    pub url: Option<String>,
    /// From 0 to 100; `None` where too few answered.
    pub score: Option<f64>,
    /// The mean of all respondents of 2019, where it is known.
    #[serde(default)]
    pub mean: Option<u8>,
    /// The mean of the squad's level, where it is known.
    #[serde(default)]
    pub level_mean: Option<u8>,
    /// The edition that the statements are from: `2019` for DORA's check of that year, `core` for DORA Core, another year, or
    /// `article` for the checks of DORA's article.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
    /// How many answered at least one statement.
    pub people: u32,
    /// The statements, those whose answers lie widest apart first.
    pub items: Vec<Statement>,
    /// What was noted under it, without names.
    #[serde(default)]
    pub notes: Vec<ShortNote>,
}

/// A statement and its count.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// What it says.
    pub text: String,
    /// Whether to agree is bad.
    #[serde(default)]
    pub reversed: bool,
    /// The mean from 0 to 4, 4 good; `None` where too few answered.
    pub mean: Option<f64>,
    /// How many gave each of the five answers; no more than a number where too few answered.
    pub counted: Counted,
}

/// A capability that DORA recommends at the squad's level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recommended {
    /// Its name for machines.
    pub key: CapabilityKey,
    /// Its name for people.
    pub title: String,
    /// Where to read more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// What the squad works on first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Focus {
    /// Which.
    pub key: CapabilityKey,
    /// Its name for people.
    pub title: String,
    /// Why, if somebody said.
    #[serde(default)]
    pub why: Why,
}

impl Surveyed {
    /// All of them, in the order of the ranking.
    pub(super) fn all(workshop: &Workshop) -> Vec<Self> {
        let ranking = focus::ranking(workshop);
        let survey = |ranked: &focus::Ranked| workshop.surveys.get(&ranked.capability);
        ranking
            .iter()
            .filter_map(survey)
            .filter_map(|survey| Self::of(workshop, survey))
            .collect()
    }

    fn of(workshop: &Workshop, survey: &Survey) -> Option<Self> {
        let (capability, results) = (&survey.capability, survey.results()?);
        let statement = |place: usize| {
            let (item, counted) = (capability.items.get(place)?, results.items.get(place)?);
            Some(Statement {
                text: item.text.clone(),
                reversed: item.reversed,
                mean: counted.mean(item),
                counted: counted.clone(),
            })
        };
        Some(Self {
            key: capability.key.clone(),
            title: capability.title.clone(),
            summary: capability.summary.clone(),
            url: capability.url.clone(),
            score: survey.score(),
            mean: capability.mean,
            level_mean: capability.mean_of(workshop.level()),
            edition: capability.edition.clone(),
            people: results.people,
            items: order(&capability.items, results).into_iter().filter_map(statement).collect(),
            notes: workshop
                .focus
                .under(&capability.key)
                .filter(|(id, _)| workshop.summary.prints(Part::CapabilityNote(*id)))
                .map(|(_, note)| note.text.clone())
                .collect(),
        })
    }

    /// Where to read more, if a browser may go there: a page that was imported may say anything.
    #[must_use]
    pub fn link(&self) -> Option<TrackerLink> {
        TrackerLink::parse(self.url.as_deref()?).ok()
    }

    /// "Score 61 of 100, mean of all 67, mean of the level 75. 6 people answered. Statements after DORA Core."
    #[must_use]
    pub fn sentence(&self) -> String {
        if self.items.is_empty() {
            return "The squad looked at it; what people said was not kept.".to_owned();
        }
        let mut parts = vec![self.score.map_or_else(
            || "No score: too few answered".to_owned(),
            |score| format!("Score {} of 100", points(score)),
        )];
        parts.extend(self.mean.map(|mean| format!("mean of all {mean}")));
        parts.extend(self.level_mean.map(|mean| format!("mean of the level {mean}")));
        let who = if self.people == 1 { "person" } else { "people" };
        let statements = match self.edition.as_deref() {
            None => String::new(),
            Some("core") => " Statements after DORA Core.".to_owned(),
            Some("article") => " Statements after DORA’s article.".to_owned(),
            Some(year) => format!(" Statements after DORA’s questions of {year}."),
        };
        format!("{}. {} {who} answered.{statements}", parts.join(", "), self.people)
    }
}

impl Focus {
    /// The focus, once recorded.
    pub(super) fn of(workshop: &Workshop) -> Option<Self> {
        let chosen = workshop.focus.chosen.as_ref()?;
        Some(Self {
            key: chosen.capability.clone(),
            title: workshop.capability_title(&chosen.capability).to_owned(),
            why: super::when(workshop.summary.prints(Part::FocusReason), || chosen.why.clone()),
        })
    }
}

impl Recommended {
    /// Where to read more, if that is an address a browser may go to.
    #[must_use]
    pub fn link(&self) -> Option<TrackerLink> {
        TrackerLink::parse(self.url.as_deref()?).ok()
    }

    /// Those that follow from the level; none where a facilitator chose others.
    pub(super) fn all(workshop: &Workshop) -> impl Iterator<Item = Self> {
        let surveys = &workshop.surveys;
        let follow = surveys.proposed_for.is_some() && !surveys.by_hand;
        surveys.list.iter().filter(move |_| follow).map(|survey| Self {
            key: survey.capability.key.clone(),
            title: survey.capability.title.clone(),
            url: survey.capability.url.clone(),
        })
    }
}
