//! The log is the truth: folding it gives the live state, however it was stored and whatever was scrubbed from it.

use crate::cases;
use crate::history::history;
use crate::story::Story;
use checkpoint::domain::event::{Event, Recorded};
use checkpoint::domain::workshop::Workshop;
use checkpoint::domain::{summary, survey, vote, warmup};
use proptest::prelude::*;

/// The log as it is stored in the end: without the answers of rounds that are revealed, and without any once published.
fn scrubbed(story: &Story) -> Vec<Recorded> {
    let published = story
        .log
        .iter()
        .rposition(|r| matches!(r.event, Event::Summary(summary::Event::Published { .. })));
    let revealed = |event: &vote::Event| {
        story
            .log
            .iter()
            .any(|r| matches!(&r.event, Event::Vote(vote::Event::Revealed { step, round, .. }) if event.belongs_to(*step, *round)))
    };
    let shown = story.log.iter().any(|r| matches!(r.event, Event::WarmUp(warmup::Event::Shown(_))));
    let closed = |event: &survey::Event| {
        story.log.iter().any(
            |r| matches!(&r.event, Event::Survey(survey::Event::Closed { capability, round, .. }) if event.belongs_to(capability, *round)),
        )
    };
    let scrub = |(place, recorded): (usize, &Recorded)| match &recorded.event {
        Event::Vote(event) if revealed(event) || published.is_some_and(|p| place < p) => Recorded {
            event: Event::Vote(event.without_answer()),
            ..recorded.clone()
        },
        Event::WarmUp(event) if shown || published.is_some_and(|p| place < p) => Recorded {
            event: Event::WarmUp(event.without_answer()),
            ..recorded.clone()
        },
        Event::Survey(event) if closed(event) || published.is_some_and(|p| place < p) => Recorded {
            event: Event::Survey(event.without_answer()),
            ..recorded.clone()
        },
        _ => recorded.clone(),
    };
    story.log.iter().enumerate().map(scrub).collect()
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn deciding_changes_nothing_and_what_it_decides_applies(history in history()) {
        history.play(|before, after, outcome| match outcome {
            Some(Ok(events)) => {
                let seen: Vec<_> = after.log[before.log.len()..].iter().map(|r| &r.event).collect();
                assert_eq!(seen, events.iter().collect::<Vec<_>>());
                assert_eq!(after.state.seq, before.state.seq + events.len() as u64);
            }
            Some(Err(_)) | None => assert_eq!(before.state, after.state),
        });
    }

    #[test]
    fn folding_the_log_gives_the_live_state(history in history()) {
        let story = history.end();
        prop_assert_eq!(&Workshop::replay(&story.log), &story.state);
    }

    #[test]
    fn a_log_that_was_written_and_read_again_folds_to_the_same(history in history()) {
        let story = history.end();
        let read_again = |recorded: &Recorded| serde_json::from_str(&serde_json::to_string(recorded).unwrap()).unwrap();
        let log: Vec<Recorded> = story.log.iter().map(read_again).collect();
        prop_assert_eq!(&log, &story.log);
        prop_assert_eq!(&Workshop::replay(&log), &story.state);
        let snapshot: Workshop = serde_json::from_str(&serde_json::to_string(&story.state).unwrap()).unwrap();
        prop_assert_eq!(&snapshot, &story.state);
    }

    #[test]
    fn a_scrubbed_log_folds_to_the_same(history in history()) {
        let story = history.end();
        prop_assert_eq!(&Workshop::replay(&scrubbed(&story)), &story.state);
    }

    #[test]
    fn no_event_breaks_a_state_it_does_not_belong_to(history in history(), other in history()) {
        let mut state = history.end().state;
        for recorded in &other.end().log[1..] {
            state.apply(recorded);
            prop_assert_eq!(state.seq, recorded.seq);
            prop_assert!(state.votes.values().all(|vote| state.turnout(vote).0 <= state.turnout(vote).1));
        }
    }
}
