//! The organisation that the demo shows, read from the files in `data/`. All names and texts are invented.
//!
//! The invariant: what is in the files can be played. `tests/server/demo.rs` plays all of it.

use crate::domain::facts::CapabilityKey;
use crate::domain::metric::{Code, Metric};
use chrono::NaiveDate;
use fastrand::Rng;
use serde::Deserialize;
use std::cmp::Ordering;
use std::collections::BTreeMap;

const SQUADS: [&str; 8] = [
    include_str!("data/partner-tooling.json"),
    include_str!("data/supplier-onboarding.json"),
    include_str!("data/search.json"),
    include_str!("data/checkout.json"),
    include_str!("data/mobile-app.json"),
    include_str!("data/payments.json"),
    include_str!("data/data-pipelines.json"),
    include_str!("data/developer-platform.json"),
];

/// A squad, and what happened to it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Squad {
    pub(super) name: String,
    pub(super) tribe: String,
    /// An industry's key, or empty for all.
    #[serde(default)]
    pub(super) industry: String,
    /// Who leads its checkpoints.
    pub(super) facilitator: String,
    pub(super) members: Vec<String>,
    /// Who watches now and then.
    pub(super) observer: String,
    pub(super) service: String,
    pub(super) deployment: String,
    pub(super) failure: String,
    /// Days since the last checkpoint.
    pub(super) last: u64,
    /// A checkpoint long before the others.
    #[serde(default)]
    pub(super) first: Option<NaiveDate>,
    /// The agreed codes of each checkpoint, oldest first: four digits, or five with the rework rate.
    pub(super) answers: Vec<String>,
    /// How much the members agree with the statements of a survey at first, in tenths of a step: 34 is a mean of 3.4.
    pub(super) mood: i32,
    /// The capabilities that the squad chose by itself; without any the level proposes them.
    #[serde(default)]
    pub(super) surveys: Vec<CapabilityKey>,
    /// Who wrote a sticky is kept from the others.
    #[serde(default)]
    pub(super) anonymous: bool,
    /// It may be named beside what it needs from outside.
    #[serde(default)]
    pub(super) named_outside: bool,
    /// What it works on first where that is not what the rule suggests, by the number of the checkpoint, counted from 0.
    #[serde(default)]
    pub(super) focus: BTreeMap<usize, CapabilityKey>,
    /// Titles by the number of the checkpoint, counted from 0.
    #[serde(default)]
    pub(super) titles: BTreeMap<usize, String>,
    /// Forewords by the number of the checkpoint, counted from 0.
    pub(super) forewords: BTreeMap<usize, String>,
    /// The delivery flow at first, as the lines of an outline.
    pub(super) flow: Vec<String>,
    /// What the squad decides to do, in this order.
    pub(super) stories: Vec<Story>,
    /// What stands on its board besides.
    pub(super) stickies: Vec<Loose>,
}

/// An improvement, the action that is made of it, and what it changes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Story {
    /// The sticky.
    pub(super) says: String,
    /// Another sticky that says the same; the two are gathered in a group.
    #[serde(default)]
    pub(super) also: String,
    /// The step of the flow that it is on.
    #[serde(default)]
    pub(super) on: String,
    /// The action.
    pub(super) does: String,
    pub(super) done_when: String,
    /// The answer that it is expected to move.
    #[serde(default)]
    pub(super) moves: Option<Metric>,
    /// It needs help from outside.
    #[serde(default)]
    pub(super) outside: bool,
    /// What changes in the outline of the flow once it is done: this becomes that.
    #[serde(default)]
    pub(super) flow: Option<(String, String)>,
}

/// A sticky that nothing follows from.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Loose {
    pub(super) says: String,
    #[serde(default)]
    pub(super) on: String,
    /// A deployment failed here.
    #[serde(default)]
    pub(super) failed: bool,
}

/// What people say in any squad.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Phrases {
    /// Why a squad agreed on an answer.
    pub(super) whys: BTreeMap<Metric, Whys>,
    /// Why a capability comes first, and what is noted under it.
    pub(super) focus: BTreeMap<CapabilityKey, Focus>,
    /// What became of an action, by the word of its status.
    pub(super) since: BTreeMap<String, Vec<String>>,
    /// What facilitators note on the timeline.
    pub(super) notes: Vec<String>,
    /// What squads without a foreword of their own write.
    pub(super) forewords: Vec<String>,
    /// What is said of the checkpoint itself.
    pub(super) feedback: Wishes,
}

/// What to keep and what to change.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wishes {
    pub(super) keep: Vec<String>,
    pub(super) change: Vec<String>,
}

/// Reasons by what the answer is, and by whether it is better or worse than last time.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Whys {
    pub(super) at: BTreeMap<u8, Vec<String>>,
    pub(super) up: Vec<String>,
    pub(super) down: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Focus {
    pub(super) why: Vec<String>,
    pub(super) notes: Vec<String>,
}

/// Phrases in an order of chance, none a second time before all had their turn.
pub(super) struct Decks {
    rng: Rng,
    left: BTreeMap<String, Vec<String>>,
}

impl Decks {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            rng: Rng::with_seed(seed),
            left: BTreeMap::new(),
        }
    }

    /// The next phrase of a pool.
    pub(super) fn draw(&mut self, pool: &str, phrases: &[String]) -> String {
        let left = self.left.entry(pool.to_owned()).or_default();
        if left.is_empty() {
            left.extend_from_slice(phrases);
            self.rng.shuffle(left);
        }
        left.pop().unwrap_or_default()
    }
}

/// All squads, and what they say.
pub(super) fn read() -> Result<(Vec<Squad>, Phrases), serde_json::Error> {
    let squads = SQUADS.into_iter().map(serde_json::from_str).collect::<Result<_, _>>()?;
    Ok((squads, serde_json::from_str(include_str!("data/phrases.json"))?))
}

impl Squad {
    /// The days of its checkpoints, oldest first: one each quarter up to the last one, none on a weekend.
    pub(super) fn days(&self, today: NaiveDate, rng: &mut Rng) -> Vec<NaiveDate> {
        use chrono::{Datelike, Days, Weekday};
        let quarters = self.answers.len() - usize::from(self.first.is_some());
        let day = |back: usize| {
            let about = self.last + 91 * back as u64 + if back == 0 { 0 } else { rng.u64(0..12) };
            let day = today - Days::new(about);
            match day.weekday() {
                Weekday::Sat => day - Days::new(1),
                Weekday::Sun => day - Days::new(2),
                _ => day,
            }
        };
        let regular: Vec<NaiveDate> = (0..quarters).rev().map(day).collect();
        self.first.into_iter().chain(regular).collect()
    }

    /// The agreed answers of one checkpoint, in the order of the questions.
    pub(super) fn agreed(&self, number: usize) -> Vec<(Metric, Code)> {
        let digits = self.answers.get(number).map(String::as_str).unwrap_or_default().chars();
        let code = |digit: char| digit.to_digit(10).and_then(|n| u8::try_from(n).ok()).and_then(Code::new);
        Metric::ALL
            .into_iter()
            .zip(digits)
            .filter_map(|(metric, digit)| Some((metric, code(digit)?)))
            .collect()
    }

    /// The story that an action belongs to.
    pub(super) fn story(&self, action: &str) -> Option<&Story> {
        self.stories.iter().find(|story| story.does == action)
    }
}

impl Whys {
    /// The pool for an answer, and its name.
    pub(super) fn pool(&self, before: Option<Code>, now: Code) -> (String, &[String]) {
        match before.map(|before| now.cmp(&before)) {
            Some(Ordering::Greater) => ("up".to_owned(), &self.up),
            Some(Ordering::Less) => ("down".to_owned(), &self.down),
            _ => (now.get().to_string(), self.at.get(&now.get()).map_or(&[], Vec::as_slice)),
        }
    }
}
