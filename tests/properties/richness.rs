//! The properties would hold for empty histories too: these must get somewhere.

use crate::history::history;
use checkpoint::domain::audience::Audience;
use checkpoint::domain::rejection::Rejection;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use std::collections::BTreeSet;

/// The word or words that name the variant of an event.
fn named(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value).unwrap() {
        serde_json::Value::String(word) => word,
        serde_json::Value::Object(map) => {
            let (key, inner) = map.into_iter().next().unwrap();
            let inner = match inner {
                serde_json::Value::String(word) => word,
                serde_json::Value::Object(map) => map.into_iter().next().map_or(String::new(), |(key, _)| key),
                _ => String::new(),
            };
            format!("{key} {inner}")
        }
        other => other.to_string(),
    }
}

/// The words that name a refusal, written like those of an event.
fn refused(why: &Rejection) -> String {
    let variant = format!("{why:?}");
    let letters = variant.chars().take_while(char::is_ascii_alphabetic);
    let words = letters.map(|c| {
        let before = if c.is_ascii_uppercase() { "_" } else { "" };
        format!("{before}{}", c.to_ascii_lowercase())
    });
    words.collect::<String>().replacen('_', "no ", 1)
}

#[test]
fn random_histories_reach_every_corner() {
    let mut runner = TestRunner::deterministic();
    let mut seen = BTreeSet::new();
    let (mut open_tallies, mut second_rounds, mut secrets) = (0, 0, 0);
    for _ in 0..1500 {
        let history = history().new_tree(&mut runner).unwrap().current();
        let story = history.play(|_, _, outcome| match outcome {
            Some(Ok(events)) => seen.extend(events.iter().map(named)),
            Some(Err(rejection)) => drop(seen.insert(refused(rejection))),
            None => {}
        });
        let rounds = || story.state.votes.values().flat_map(|vote| &vote.rounds);
        open_tallies += rounds().filter(|r| r.tally.as_ref().is_some_and(|t| t.open.is_some())).count();
        second_rounds += story.state.votes.values().filter(|vote| vote.rounds.len() > 1).count();
        secrets += usize::from(story.state != story.state.seen_by(Audience::Everyone));
    }
    let expected = "agenda started, agenda entered, agenda advance_undone, agenda timer_started, agenda timer_paused, agenda minute_added, \
        agenda timer_restarted, agenda part_ended, agenda break_undone, agenda part_opened, warm_up answered, warm_up shown, \
        since settled, since reopened, since added, since removed, people joined, people seat_asked, people seat_answered, people removed, people door_closed, \
        people role_changed, scene set, vote cast, vote withdrawn, vote hands_raised, vote revealed, vote round_opened, vote agreed, \
        vote agreement_undone, survey chosen, survey opened, survey answered, survey closed, focus set, focus undone, focus note_added, focus note_edited, \
        focus note_removed, no no_capability, no no_such_capability, no nothing_to_ask, no survey_begun, no survey_not_open, \
        no survey_closed, no no_such_item, no nothing_to_close, no not_surveyed, no no_such_note, no not_your_note, flow edited, flow taken_over, flow drawn, no flow_began, no element_gone, no to_itself, no scribe_draws, no observers_watch, no no_last_flow, note added, note removed, summary edited, summary left_out, summary put_back, summary numbers_only, summary published, no not_on_the_page, no facilitator_only, no not_here, \
        no already_here, no door_closed, no seat_of_account, no seat_asked_already, no no_such_request, \
        no no_such_person, no not_yourself, no last_facilitator, no facilitator_here, no no_such_step, no too_late_to_undo, \
        no step_over, no round_over, no observer_vote, no facilitator_vote, no nothing_to_reveal, no not_revealed, \
        no agreed_already, no too_many_hands, no published, no nothing_to_publish, no not_started, \
        actions added, actions accepted, actions edited, actions moved, actions merged, actions removed, no not_your_action, no due_before, \
        no due_too_far, no not_a_link, no merged_with_itself, no no_such_action, no observers_stick, \
        improve added, improve changed, improve removed, improve hushed, improve shown, improve grouped, improve placed, \
        improve group_named, improve authors_forgotten, dots opened, dots adjusted, dots placed, dots revealed, dots discarded, \
        no observers_stick, no no_such_sticky, no not_your_sticky, no still_hidden, no group_of_one, no no_such_group, no dots_open, \
        no nothing_to_dot, no dot_terms, no dots_over, no too_many_dots, no too_many_on_one, no no_such_improvement, no observer_dots, \
        no on_break, no no_break, no no_such_action, no carried_action, no not_a_date, no warm_up_over, no no_such_option";
    let missing: Vec<&str> = expected.split(", ").filter(|name| !seen.contains(*name)).collect();
    assert!(missing.is_empty(), "never happened: {missing:?}\nhappened: {seen:?}");
    assert!(
        open_tallies > 20 && second_rounds > 20 && secrets > 100,
        "{open_tallies} {second_rounds} {secrets}"
    );
}
