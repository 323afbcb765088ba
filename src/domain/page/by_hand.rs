//! A page that was made of a row somebody kept by hand, before the squad used Checkpoint: what is known, and what is not.

use super::{Answered, Page, Surveyed};
use crate::domain::action::TrackerLink;
use crate::domain::facts::{self, Capability};
use crate::domain::maturity::Level;
use crate::domain::metric::{Code, Metric};
use crate::domain::text::Why;
use serde::{Deserialize, Serialize};

/// What such a row says besides.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByHand {
    /// The level, where not all four answers are known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// Where the checkpoint is written down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<TrackerLink>,
}

impl ByHand {
    /// The address, if a browser may go there: what is stored is not trusted to be one.
    #[must_use]
    pub fn address(&self) -> Option<&str> {
        let link = self.link.as_ref()?.as_str();
        TrackerLink::parse(link).is_ok().then_some(link)
    }
}

impl Answered {
    /// An answer of which nothing else was kept.
    #[must_use]
    pub fn bare(metric: Metric, answer: Code) -> Self {
        Self {
            metric,
            answer: Some(answer),
            label: Some(facts::question(metric).label(answer).to_owned()),
            why: Why::default(),
            last_time: None,
            rounds: vec![],
        }
    }
}

impl Surveyed {
    /// A capability that the squad looked at; what people said was not kept.
    #[must_use]
    pub fn bare(capability: &Capability) -> Self {
        Self {
            key: capability.key.clone(),
            title: capability.title.clone(),
            summary: capability.summary.clone(),
            url: capability.url.clone(),
            score: None,
            mean: None,
            level_mean: None,
            edition: None,
            people: 0,
            items: vec![],
            notes: vec![],
        }
    }
}

impl Page {
    /// The level: what follows from the answers, or what was kept without them.
    #[must_use]
    pub fn level(&self) -> Option<Level> {
        let kept = self.by_hand.as_ref().and_then(|by_hand| by_hand.level);
        self.maturity.as_ref().map(|maturity| maturity.level).or(kept)
    }

    /// What a page kept by hand cannot say, in two sentences; nothing of any other page.
    #[must_use]
    pub fn not_known(&self) -> Option<String> {
        self.by_hand.as_ref()?;
        let mut missing = vec!["who was there"];
        if self.facilitator.is_empty() {
            missing.push("who facilitated");
        }
        missing.push(match (self.maturity.is_some(), self.answers.is_empty()) {
            (true, _) => "how the votes lay",
            (false, true) => "the answers",
            (false, false) => "some of the answers",
        });
        missing.push(if self.capabilities.is_empty() {
            "which capabilities the squad looked at"
        } else {
            "the scores of the capabilities"
        });
        Some(format!(
            "This checkpoint was kept by hand before the squad used Checkpoint. Not known are {}, and what the squad drew, wrote and decided.",
            missing.join(", ")
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_address_of_the_web_is_shown() {
        let by_hand = |link: &str| serde_json::from_value::<ByHand>(serde_json::json!({ "link": link })).unwrap();
        assert_eq!(by_hand("https://wiki.example/a").address(), Some("https://wiki.example/a"));
        assert_eq!(by_hand("javascript:alert(1)").address(), None);
        assert_eq!(ByHand::default().address(), None);
    }
}
