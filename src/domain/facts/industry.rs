//! The industries a squad can compare itself with.

use super::data::{INDUSTRIES, IndustryEntry};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// One of the thirteen industries of the check. "All industries" is not one of them: it is written `None`.
///
/// Their order is that of `industries.json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Industry {
    /// Schools, universities and their suppliers.
    Education,
    /// Power, oil and gas.
    Energy,
    /// Banks and other money business.
    Finance,
    /// The public sector.
    Government,
    /// Care and medicines.
    Healthcare,
    /// Factories and machines.
    Industrials,
    /// Insurers.
    Insurance,
    /// Press, broadcasting, games and shows.
    Media,
    /// Charities and associations.
    Nonprofit,
    /// Shops, online or not.
    Retail,
    /// Makers of software and computers.
    Technology,
    /// Telephone and network companies.
    Telecoms,
    /// None of these.
    Other,
}

impl Industry {
    /// All thirteen.
    pub const ALL: [Self; 13] = [
        Self::Education,
        Self::Energy,
        Self::Finance,
        Self::Government,
        Self::Healthcare,
        Self::Industrials,
        Self::Insurance,
        Self::Media,
        Self::Nonprofit,
        Self::Retail,
        Self::Technology,
        Self::Telecoms,
        Self::Other,
    ];

    /// The name machines use, the one of the 2019 check.
    #[must_use]
    pub fn key(self) -> &'static str {
        &self.entry().key
    }

    /// The name DORA's check uses today, for the link that opens it.
    #[must_use]
    pub fn today_key(self) -> &'static str {
        &self.entry().today_key
    }

    /// The name people read.
    #[must_use]
    pub fn name(self) -> &'static str {
        &self.entry().name
    }

    fn entry(self) -> &'static IndustryEntry {
        &INDUSTRIES.industries[self as usize]
    }
}

/// A name that is not the key of any industry.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no industry called {0:?}")]
pub struct UnknownIndustry(pub String);

impl FromStr for Industry {
    type Err = UnknownIndustry;

    fn from_str(key: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|industry| industry.key() == key)
            .ok_or_else(|| UnknownIndustry(key.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_in_the_order_of_the_type() {
        for industry in Industry::ALL {
            let json = serde_json::to_string(&industry).expect("an industry is a string");
            assert_eq!(json, format!("\"{}\"", industry.key()));
            assert_eq!(industry.key().parse(), Ok(industry));
            assert!(!industry.name().is_empty());
        }
    }

    #[test]
    fn seven_have_another_key_today() {
        let renamed: Vec<_> = Industry::ALL
            .into_iter()
            .filter(|i| i.key() != i.today_key())
            .map(|i| (i.key(), i.today_key()))
            .collect();
        assert_eq!(
            renamed,
            [
                ("finance", "financial_services"),
                ("healthcare", "healthcare_pharmaceuticals"),
                ("industrials", "industrials_manufacturing"),
                ("media", "media_entertainment"),
                ("nonprofit", "non_profit"),
                ("retail", "consumer"),
                ("telecoms", "telecommunications"),
            ]
        );
    }

    #[test]
    fn a_strange_key_is_refused() {
        let error = "all".parse::<Industry>().expect_err("all is not one of them");
        assert_eq!(error.to_string(), "there is no industry called \"all\"");
    }
}
