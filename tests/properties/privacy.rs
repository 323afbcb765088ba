//! The privacy argument: what a viewer holds follows from what the viewer was sent, and neither depends on another's secret.

use crate::cases;
use crate::history::{Act, History, history};
use crate::improving::elsewhere;
use crate::story::{ANA, BEN, CEM, FAY, OLA, Story};
use checkpoint::domain::audience::Audience;
use checkpoint::domain::command::Command;
use checkpoint::domain::context::Actor;
use checkpoint::domain::event::Event;
use checkpoint::domain::ids::ParticipantId;
use checkpoint::domain::metric::Code;
use checkpoint::domain::survey::{self, Likert};
use checkpoint::domain::vote::{self, Answer, Ballot, Confidence};
use checkpoint::domain::workshop::Workshop;
use checkpoint::domain::{dots, improve, warmup};
use proptest::prelude::*;

fn audiences() -> Vec<Audience> {
    let seats = [1, 2, 3, 4, 5, 6, 7, 99].map(|n| Audience::Seat(ParticipantId(n)));
    [Audience::Everyone].into_iter().chain(seats).collect()
}

/// Another ballot for each ballot; two that differ stay different.
fn turned(ballot: Ballot, by: usize) -> Ballot {
    let mut answers: Vec<Answer> = Code::ALL.map(Answer::Code).to_vec();
    answers.push(Answer::NotSure);
    let mut confidences: Vec<Option<Confidence>> = Confidence::ALL.map(Some).to_vec();
    confidences.push(None);
    let place = answers.iter().position(|a| *a == ballot.answer).unwrap();
    let sureness = confidences.iter().position(|c| *c == ballot.confidence).unwrap();
    Ballot {
        answer: answers[(place + by) % answers.len()],
        confidence: confidences[(sureness + by) % confidences.len()],
    }
}

/// The same history, but this person answers otherwise.
fn otherwise(history: &History, person: ParticipantId, by: usize) -> History {
    let mut other = history.clone();
    for act in &mut other.acts {
        match act {
            Act::Does(Actor::Participant(who), Command::Vote(vote::Command::Cast { ballot, .. })) if *who == person => {
                *ballot = turned(*ballot, by);
            }
            Act::Does(Actor::Participant(who), Command::Vote(vote::Command::RaiseHands { hands, .. })) if *who == person => {
                hands.counts.rotate_left(by);
            }
            Act::Does(Actor::Participant(who), Command::WarmUp(warmup::Command::Answer(option))) if *who == person && *option < 4 => {
                *option = (*option + u8::try_from(by % 4).unwrap()) % 4;
            }
            Act::Does(Actor::Participant(who), Command::Survey(survey::Command::Answer { answer, .. })) if *who == person => {
                *answer = Likert::ALL[(usize::from(answer.get()) - 1 + by) % 5];
            }
            Act::Does(Actor::Participant(who), Command::Dots(dots::Command::Place { dots, .. })) if *who == person => {
                for item in dots {
                    *item = elsewhere(*item, by);
                }
            }
            _ => {}
        }
    }
    other
}

/// Whether this event shows a count in which the person's secret is.
fn shows(state_before: &Workshop, event: &Event, person: ParticipantId) -> bool {
    if matches!(event, Event::WarmUp(warmup::Event::Shown(_))) {
        return state_before.warm_up.given.contains_key(&person);
    }
    if let Event::Survey(survey::Event::Closed { capability, round, .. }) = event {
        let survey = state_before.surveys.get(capability).unwrap();
        return survey.rounds[*round as usize - 1].sheets.contains_key(&person);
    }
    if let Event::Dots(dots::Event::Revealed { round, .. }) = event {
        return !state_before.dots.0[*round as usize - 1].dots_of(person).is_empty();
    }
    let Event::Vote(vote::Event::Revealed { step, round, .. }) = event else {
        return false;
    };
    let round = &state_before.votes[step].rounds[*round as usize - 1];
    round.ballots.contains_key(&person) || round.hands.as_ref().is_some_and(|(by, _)| *by == person)
}

/// Everything this audience is sent and could hold, one text for each event, up to the reveal of this person's secret.
fn until_the_reveal(story: &Story, person: ParticipantId, audience: Audience) -> Vec<String> {
    let mut state = Workshop::default();
    let mut texts = Vec::new();
    for recorded in &story.log {
        if shows(&state, &recorded.event, person) {
            break;
        }
        state.apply(recorded);
        texts.push(serde_json::to_string(&recorded.seen_by(audience)).unwrap());
        texts.push(serde_json::to_string(&state.seen_by(audience)).unwrap());
    }
    texts
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn redaction_commutes(history in history()) {
        let story = history.end();
        let mut state = Workshop::default();
        let mut screens: Vec<(Audience, Workshop)> = audiences().into_iter().map(|a| (a, Workshop::default())).collect();
        for recorded in &story.log {
            state.apply(recorded);
            for (audience, screen) in &mut screens {
                screen.apply(&recorded.seen_by(*audience));
                prop_assert_eq!(&*screen, &state.seen_by(*audience), "{:?} after {:?}", audience, recorded);
            }
        }
    }

    #[test]
    fn redaction_is_done_once_and_for_all(history in history()) {
        let story = history.end();
        for audience in audiences() {
            let seen = story.state.seen_by(audience);
            prop_assert_eq!(&seen.seen_by(audience), &seen);
            // What everybody sees is the least: seen by nobody in particular, all screens are the same.
            prop_assert_eq!(&seen.seen_by(Audience::Everyone), &story.state.seen_by(Audience::Everyone));
        }
    }

    #[test]
    fn nothing_that_others_receive_depends_on_a_secret(history in history(), by in 1usize..6, person in prop::sample::select(vec![FAY, ANA, BEN, CEM])) {
        let mut history = history;
        // Whose dots lay on what is taken away can place them again; tests/properties/dotting.rs lets it be taken away.
        history.acts.retain(|act| !matches!(act, Act::Does(_, Command::Improve(improve::Command::Remove(_)))));
        let (one, two) = (history.end(), otherwise(&history, person, by).end());
        for viewer in [Audience::Everyone, Audience::Seat(FAY), Audience::Seat(ANA), Audience::Seat(OLA)] {
            if viewer != Audience::Seat(person) {
                prop_assert_eq!(until_the_reveal(&one, person, viewer), until_the_reveal(&two, person, viewer));
            }
        }
    }

    #[test]
    fn an_open_round_is_sent_without_answers_and_without_a_count(history in history()) {
        let story = history.end();
        let mut state = Workshop::default();
        for recorded in &story.log {
            let seen = recorded.seen_by(Audience::Everyone);
            state.apply(&seen);
            let json = serde_json::to_string(&seen.event).unwrap();
            let reveals = matches!(seen.event, Event::Vote(vote::Event::Revealed { .. }) | Event::Dots(dots::Event::Revealed { .. }));
            prop_assert!(!json.contains("given") && !json.contains("\"progress\""), "{json}");
            for word in ["tally", "ballot", "\"counts\"", "\"hands\"", "confidence"] {
                prop_assert!(reveals || matches!(seen.event, Event::Survey(_)) || !json.contains(word), "{word} in {json}");
            }
            for vote in state.votes.values() {
                let open = vote.round().1;
                prop_assert!(open.ballots.values().all(Option::is_none));
                prop_assert!(open.hands.as_ref().is_none_or(|(_, hands)| hands.is_none()));
                prop_assert!(vote.last_time.is_none() || vote.last_tally().is_some(), "last time's answer before the reveal");
            }
            let placed = state.dots.0.iter().flat_map(|round| round.placed.values());
            prop_assert!(placed.into_iter().all(|placed| placed.dots.is_none() && placed.back == 0), "where somebody's dots are");
            for sticky in state.improvements.stickies.values() {
                prop_assert!(sticky.by.is_none() || !sticky.anonymous, "who wrote an anonymous sticky");
                prop_assert!(sticky.note.is_none() || !sticky.hidden, "what a hidden sticky says");
            }
        }
    }

    #[test]
    fn after_the_reveal_nobody_knows_who_answered_what(history in history()) {
        let story = history.end();
        for (step, vote) in &story.state.votes {
            for round in &vote.rounds {
                let Some(tally) = &round.tally else { continue };
                prop_assert!(round.ballots.values().all(Option::is_none), "{step:?} keeps ballots");
                prop_assert!(round.hands.as_ref().is_none_or(|(_, hands)| hands.is_none()), "{step:?} keeps hands");
                prop_assert_eq!(tally.open.is_some(), story.state.options.secrecy == vote::Secrecy::Open);
            }
        }
        if story.state.published() {
            let kept = story.state.votes.values().flat_map(|v| &v.rounds).flat_map(|r| r.ballots.values()).any(Option::is_some);
            prop_assert!(!kept, "a published checkpoint keeps ballots");
            let mut stickies = story.state.improvements.stickies.values();
            prop_assert!(stickies.all(|s| !s.hidden && (s.by.is_none() || !s.anonymous)), "a published checkpoint keeps authors");
        }
        for round in &story.state.dots.0 {
            let settled = round.counts.is_some() || story.state.published();
            prop_assert!(!settled || round.placed.values().all(|placed| placed.dots.is_none()), "a round that is over keeps dots");
        }
        for round in story.state.surveys.list.iter().flat_map(|survey| &survey.rounds) {
            let settled = round.results.is_some() || story.state.published();
            prop_assert!(!settled || round.sheets.values().all(|sheet| sheet.marks.is_empty()), "a closed survey keeps answers");
        }
    }

    #[test]
    fn accounts_and_last_time_are_told_to_nobody(history in history()) {
        let story = history.end();
        for recorded in &story.log {
            for audience in audiences() {
                let json = serde_json::to_string(&recorded.seen_by(audience)).unwrap();
                prop_assert!(!json.contains("\"account\"") && !json.contains("\"answers\""), "{json}");
            }
        }
        for audience in audiences() {
            let json = serde_json::to_string(&story.state.seen_by(audience)).unwrap();
            prop_assert!(!json.contains("\"account\"") && !json.contains("\"answers\""), "{json}");
        }
    }
}

#[test]
fn turning_a_ballot_keeps_two_apart() {
    let ballot = |n| Ballot {
        answer: Answer::Code(Code::ALL[n]),
        confidence: None,
    };
    assert_ne!(turned(ballot(0), 1), ballot(0));
    assert_ne!(turned(ballot(0), 1), turned(ballot(1), 1));
}
