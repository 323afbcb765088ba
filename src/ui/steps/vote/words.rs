//! Sentences about a count. Pure, so that they can be read and tested without a page.

use crate::domain::metric::{Code, Metric};
use crate::domain::vote::{Confidence, Tally};
use crate::domain::{facts, metric};

/// "3 measured, 2 from memory, 1 guess"; nothing when nobody said.
pub(super) fn how_we_know(tally: &Tally) -> Option<String> {
    let words = |confidence: Confidence| {
        let n = tally.confident(confidence);
        let word = match confidence {
            Confidence::Measured => "measured",
            Confidence::Remember => "from memory",
            Confidence::Guess if n == 1 => "guess",
            Confidence::Guess => "guesses",
        };
        (n > 0).then(|| format!("{n} {word}"))
    };
    let said: u32 = Confidence::ALL.iter().map(|c| tally.confident(*c)).sum();
    let ballots: u32 = tally.counts.iter().sum();
    let silent = ballots.saturating_sub(said);
    let mut parts: Vec<String> = Confidence::ALL.into_iter().filter_map(words).collect();
    if parts.is_empty() {
        return None;
    }
    if silent > 0 {
        parts.push(format!("{silent} did not say"));
    }
    Some(parts.join(", "))
}

/// "Less than one day: 4 of 6 are guesses", where at least half are.
pub(super) fn mostly_guesses(metric: Metric, answer: Code, tally: &Tally) -> Option<String> {
    let guesses = tally.confident(Confidence::Guess);
    let ballots: u32 = tally.counts.iter().sum();
    let label = facts::question(metric).label(answer);
    (guesses > 0 && guesses * 2 >= ballots).then(|| match (guesses, ballots) {
        (1, 1) => format!("{label}: the one vote is a guess"),
        (1, _) => format!("{label}: 1 of {ballots} is a guess"),
        _ => format!("{label}: {guesses} of {ballots} are guesses"),
    })
}

/// How far the answer is from last time's: the class of the mark, and the words.
pub(super) fn since_last_time(before: Code, now: Code) -> (&'static str, String) {
    let steps = |n: u8| match n {
        1 => "one answer".to_owned(),
        2 => "two answers".to_owned(),
        n => format!("{n} answers"),
    };
    match (before.get(), now.get()) {
        (before, now) if now > before => ("delta delta--up", format!("{} better now", steps(now - before))),
        (before, now) if now < before => ("delta delta--down", format!("{} worse now", steps(before - now))),
        _ => ("delta delta--same", "as last time".to_owned()),
    }
}

/// "Votes for each answer, round 1 and round 2".
pub(super) fn caption(metric: metric::Metric, rounds: &[u32]) -> String {
    let names: Vec<String> = rounds.iter().map(|n| format!("round {n}")).collect();
    let last = names.last().cloned().unwrap_or_default();
    match names.len() {
        0 | 1 => format!("{}: votes for each answer, {last}", metric.name()),
        n => format!("{}: votes for each answer, {} and {last}", metric.name(), names[..n - 1].join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(counts: [u32; 6], confidence: [u32; 3]) -> Tally {
        Tally {
            counts,
            confidence,
            ..Tally::default()
        }
    }

    #[test]
    fn knowing_is_said_in_a_list() {
        assert_eq!(
            how_we_know(&tally([0, 0, 0, 0, 6, 0], [1, 3, 2])).as_deref(),
            Some("1 measured, 3 from memory, 2 guesses")
        );
        assert_eq!(
            how_we_know(&tally([0, 0, 0, 0, 3, 0], [0, 0, 1])).as_deref(),
            Some("1 guess, 2 did not say")
        );
        assert_eq!(how_we_know(&tally([0, 0, 0, 0, 3, 0], [0; 3])), None);
    }

    #[test]
    fn guesses_are_named_when_they_carry_the_answer() {
        let best = Code::ALL[5];
        let say = |counts, confidence| mostly_guesses(Metric::LeadTime, best, &tally(counts, confidence));
        assert_eq!(
            say([0, 0, 0, 0, 2, 6], [1, 1, 6]).as_deref(),
            Some("Less than one hour: 6 of 8 are guesses")
        );
        assert_eq!(say([0, 0, 0, 0, 2, 6], [4, 3, 1]), None);
        assert_eq!(
            say([0, 0, 0, 0, 0, 1], [0, 0, 1]).as_deref(),
            Some("Less than one hour: the one vote is a guess")
        );
    }

    #[test]
    fn the_change_is_counted_in_answers() {
        let say = |before: usize, now: usize| since_last_time(Code::ALL[before - 1], Code::ALL[now - 1]).1;
        assert_eq!(say(4, 5), "one answer better now");
        assert_eq!(say(6, 2), "4 answers worse now");
        assert_eq!(say(3, 3), "as last time");
    }

    #[test]
    fn the_caption_names_its_rounds() {
        assert_eq!(
            caption(Metric::LeadTime, &[1]),
            "Lead time for changes: votes for each answer, round 1"
        );
        assert_eq!(
            caption(Metric::LeadTime, &[1, 2, 3]),
            "Lead time for changes: votes for each answer, round 1, round 2 and round 3"
        );
    }
}
