//! What there is to say of a question: how people voted, how they know, what has changed.

use super::Answered;
use crate::domain::facts;
use crate::domain::metric::{Code, Metric};
use crate::domain::vote::{Confidence, Tally};
use std::cmp::Ordering;

impl Answered {
    /// "Votes: 2 for one day to one week, 4 for less than one day, 1 not sure", of the last round.
    #[must_use]
    pub fn votes_in_words(&self) -> String {
        match self.rounds.last().map(|tally| votes(self.metric, tally)) {
            Some(votes) if !votes.is_empty() => format!("Votes: {votes}"),
            _ => "No votes".to_owned(),
        }
    }

    /// Each round: "Round 1: 2 for one day to one week, 1 not sure. How you know: 1 measured, 2 guess."
    pub fn rounds_in_words(&self) -> impl Iterator<Item = String> {
        (1..).zip(&self.rounds).map(|(round, tally): (u32, _)| {
            let votes = votes(self.metric, tally);
            let votes = if votes.is_empty() { "no votes" } else { &votes };
            let known = how_you_know(tally);
            let known = known.map(|known| format!(" {known}")).unwrap_or_default();
            format!("Round {round}: {votes}.{known}")
        })
    }

    /// The rounds, how people knew, and who was not sure, in a sentence or two.
    #[must_use]
    pub fn how_it_was_voted(&self) -> String {
        let Some(last) = self.rounds.last() else {
            // Without a vote nobody agrees here: it was elsewhere.
            let kept = self.answer.map_or("No vote was revealed.", |_| "How the votes lay was not kept.");
            return kept.to_owned();
        };
        let mut sentences = Vec::new();
        if self.rounds.len() == 1 {
            sentences.push(format!("{}.", last.reading().title()));
        } else {
            let each = self
                .rounds
                .iter()
                .zip(1..)
                .map(|(tally, n): (_, u32)| format!("round {n} {}", tally.reading().title().to_lowercase()));
            sentences.push(format!("{} rounds: {}.", self.rounds.len(), each.collect::<Vec<_>>().join(", ")));
        }
        sentences.extend(how_you_know(last));
        match last.unsure() {
            0 => {}
            1 => sentences.push("1 was not sure.".to_owned()),
            n => sentences.push(format!("{n} were not sure.")),
        }
        sentences.join(" ")
    }

    /// "better than last time: one week to one month", "as last time"; nothing where there is nothing to compare.
    #[must_use]
    pub fn since_last_time(&self) -> Option<String> {
        let (now, before) = (self.answer?, self.last_time?);
        let was = facts::question(self.metric).said(before);
        Some(match now.cmp(&before) {
            Ordering::Greater => format!("better than last time: {was}"),
            Ordering::Less => format!("worse than last time: {was}"),
            Ordering::Equal => "as last time".to_owned(),
        })
    }
}

/// "2 for one day to one week, 4 for less than one day, 1 not sure"; empty where nobody voted.
fn votes(metric: Metric, tally: &Tally) -> String {
    let given = Code::ALL.into_iter().filter(|code| tally.of(*code) > 0);
    let votes = given.map(|code| format!("{} for {}", tally.of(code), facts::question(metric).said(code)));
    let unsure = Some(tally.unsure()).filter(|n| *n > 0).map(|n| format!("{n} not sure"));
    votes.chain(unsure).collect::<Vec<_>>().join(", ")
}

/// "How you know: 3 measured, 1 remembers."; nothing where nobody said.
fn how_you_know(tally: &Tally) -> Option<String> {
    let counts = Confidence::ALL.into_iter().map(|how| (tally.confident(how), how));
    let known: Vec<_> = counts
        .filter(|(count, _)| *count > 0)
        .map(|(count, how)| knew(count, how))
        .collect();
    (!known.is_empty()).then(|| format!("How you know: {}.", known.join(", ")))
}

fn knew(count: u32, how: Confidence) -> String {
    match (count, how) {
        (n, Confidence::Measured) => format!("{n} measured"),
        (1, Confidence::Remember) => "1 remembers".to_owned(),
        (n, Confidence::Remember) => format!("{n} remember"),
        (1, Confidence::Guess) => "1 guesses".to_owned(),
        (n, Confidence::Guess) => format!("{n} guess"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::Why;

    #[test]
    fn the_votes_are_told_in_words() {
        let tally = Tally {
            counts: [0, 0, 0, 2, 4, 0],
            not_sure: 1,
            confidence: [3, 1, 2],
            ..Tally::default()
        };
        let first = Tally {
            counts: [1, 0, 0, 0, 0, 1],
            ..Tally::default()
        };
        let mut answered = Answered {
            metric: Metric::LeadTime,
            answer: Code::new(5),
            label: None,
            why: Why::default(),
            last_time: Code::new(4),
            rounds: vec![first, tally],
        };
        assert_eq!(
            answered.votes_in_words(),
            "Votes: 2 for one day to one week, 4 for less than one day, 1 not sure"
        );
        assert_eq!(
            answered.how_it_was_voted(),
            "2 rounds: round 1 far apart, round 2 neighbouring answers. How you know: 3 measured, 1 remembers, 2 guess. 1 was not sure."
        );
        assert_eq!(
            answered.rounds_in_words().collect::<Vec<_>>(),
            [
                "Round 1: 1 for more than six months, 1 for less than one hour.",
                "Round 2: 2 for one day to one week, 4 for less than one day, 1 not sure. How you know: 3 measured, 1 remembers, 2 guess.",
            ]
        );
        assert_eq!(
            answered.since_last_time(),
            Some("better than last time: one day to one week".to_owned())
        );
        answered.rounds = vec![Tally::default()];
        assert_eq!(answered.rounds_in_words().collect::<Vec<_>>(), ["Round 1: no votes."]);
        answered.rounds = vec![];
        assert_eq!(answered.how_it_was_voted(), "How the votes lay was not kept.");
        answered.answer = None;
        assert_eq!(answered.how_it_was_voted(), "No vote was revealed.");
        assert_eq!(answered.votes_in_words(), "No votes");
    }
}
