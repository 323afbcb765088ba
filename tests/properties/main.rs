//! What holds in every checkpoint, whatever people do: told as properties of random histories.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod acting;
mod counting;
mod dotting;
mod drawing;
#[path = "../support/drawn.rs"]
mod drawn;
mod flow_layout;
mod flow_text;
#[path = "../support/flows.rs"]
mod flows;
mod folding;
mod forgetting;
mod history;
mod improving;
mod leaving;
mod planning;
mod privacy;
mod reading;
mod richness;
mod schema;
mod searching;
mod sorting;
#[path = "../support/story.rs"]
mod story;
mod surveying;

use proptest::test_runner::Config;

/// So many random histories; a failure prints its history, which then becomes a story of its own in tests/rules.
fn cases(cases: u32) -> Config {
    Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    }
}
