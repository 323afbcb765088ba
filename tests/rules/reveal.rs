//! Revealing, voting again, agreeing.

use crate::story::{ANA, BEN, CEM, FAY, Story, created, previous};
use crate::{FREQUENCY, LEAD_TIME, at_the_vote, at_the_vote_with, ballot, code};
use checkpoint::domain::audience::Audience;
use checkpoint::domain::command::Command;
use checkpoint::domain::event::Event;
use checkpoint::domain::metric::Metric;
use checkpoint::domain::rejection::Rejection;
use checkpoint::domain::vote::{self, Options, Reading, Secrecy};
use checkpoint::domain::{people, summary};

/// Votes that are revealed by themselves.
fn by_itself() -> Story {
    at_the_vote_with(Options {
        auto_reveal: true,
        ..Options::default()
    })
}

fn revealed(story: &Story) -> bool {
    story.vote().rounds[0].tally.is_some()
}

#[test]
fn the_reveal_is_possible_from_the_first_ballot_on() {
    let mut story = at_the_vote();
    assert_eq!(story.reveals(1), Err(Rejection::NothingToReveal));
    story.casts(ANA, 3).unwrap();
    assert_eq!(story.reveals(2), Err(Rejection::RoundOver));
    assert_eq!(story.reveals(1).unwrap().len(), 1);
    assert_eq!(story.reveals(1), Ok(vec![]), "revealed already");
}

#[test]
fn a_ballot_that_was_taken_back_leaves_nothing_to_reveal() {
    let mut story = at_the_vote();
    story.casts(ANA, 3).unwrap();
    story.people(FAY, people::Command::Remove(ANA)).unwrap();
    assert_eq!(story.reveals(1), Err(Rejection::NothingToReveal));
}

#[test]
fn an_anonymous_tally_has_no_names_and_the_ballots_are_forgotten() {
    let mut story = at_the_vote();
    story.casts(ANA, 3).unwrap();
    story.casts(BEN, 6).unwrap();
    story.reveals(1).unwrap();
    let round = &story.vote().rounds[0];
    assert_eq!(round.tally.as_ref().unwrap().open, None);
    assert_eq!(round.ballots.values().flatten().count(), 0);
    assert_eq!(round.ballots.keys().collect::<Vec<_>>(), [&ANA, &BEN], "that they voted stays");
}

#[test]
fn open_ballots_keep_their_names() {
    let mut story = at_the_vote_with(Options {
        secrecy: Secrecy::Open,
        ..Options::default()
    });
    story.casts(BEN, 6).unwrap();
    story.casts(ANA, 3).unwrap();
    let before = story.state.seen_by(Audience::Seat(CEM));
    assert_eq!(
        before.votes[&LEAD_TIME].round().1.ballots[&BEN],
        None,
        "open means after the reveal"
    );
    story.reveals(1).unwrap();
    let seen = story.state.seen_by(Audience::Seat(CEM));
    let tally = seen.votes[&LEAD_TIME].last_tally().unwrap();
    assert_eq!(tally.open.as_deref().unwrap(), [(ANA, ballot(3)), (BEN, ballot(6))]);
}

#[test]
fn a_round_is_revealed_by_itself_when_all_have_voted() {
    let mut story = by_itself();
    story.casts(ANA, 3).unwrap();
    story.casts(BEN, 3).unwrap();
    story.casts(BEN, 4).unwrap();
    assert!(!revealed(&story), "Cem is still thinking");
    let events = story.casts(CEM, 5).unwrap();
    assert!(matches!(
        events[..],
        [Event::Vote(vote::Event::Cast { .. }), Event::Vote(vote::Event::Revealed { .. })]
    ));
    assert_eq!(story.vote().last_tally().unwrap().totals(), [0, 0, 1, 1, 1, 0]);

    story.votes_again().unwrap();
    for (who, last) in [(ANA, false), (BEN, false), (CEM, true)] {
        assert_eq!(story.casts_in(who, 2, 4).unwrap().len(), 1 + usize::from(last));
    }
}

#[test]
fn without_the_choice_nothing_is_revealed_by_itself() {
    let mut story = at_the_vote();
    for who in [ANA, BEN, CEM] {
        story.casts(who, 3).unwrap();
    }
    assert!(!revealed(&story));
}

#[test]
fn somebody_gone_for_a_minute_does_not_hold_up_the_room() {
    let mut story = by_itself();
    story.casts(ANA, 3).unwrap();
    story.is_gone_for(CEM, 60_000);
    story.casts(BEN, 3).unwrap();
    assert!(revealed(&story));
}

#[test]
fn somebody_gone_for_ten_seconds_is_waited_for() {
    let mut story = by_itself();
    story.casts(ANA, 3).unwrap();
    story.is_gone_for(CEM, 10_000);
    story.casts(BEN, 3).unwrap();
    assert!(!revealed(&story));
}

#[test]
fn facilitators_who_do_not_vote_and_observers_are_not_waited_for() {
    for facilitator_votes in [false, true] {
        let mut story = at_the_vote_with(Options {
            auto_reveal: true,
            facilitator_votes,
            ..Options::default()
        });
        for who in [ANA, BEN, CEM] {
            story.casts(who, 3).unwrap();
        }
        assert_eq!(revealed(&story), !facilitator_votes);
    }
}

#[test]
fn the_suggestion_is_the_median_and_on_a_tie_the_worse() {
    for (answers, median, reading) in [
        ([3, 3, 3], 3, Reading::Agree),
        ([3, 4, 4], 4, Reading::Neighbours),
        ([1, 2, 6], 2, Reading::FarApart),
    ] {
        let mut story = at_the_vote();
        for (who, n) in [ANA, BEN, CEM].into_iter().zip(answers) {
            story.casts(who, n).unwrap();
        }
        story.reveals(1).unwrap();
        let tally = story.vote().last_tally().unwrap();
        assert_eq!((tally.median(), tally.reading()), (Some(code(median)), reading));
    }
    let mut tie = at_the_vote();
    tie.casts(ANA, 2).unwrap();
    tie.casts(BEN, 5).unwrap();
    tie.reveals(1).unwrap();
    assert_eq!(tie.vote().last_tally().unwrap().median(), Some(code(2)));
}

#[test]
fn vote_again_opens_the_next_round_and_keeps_the_earlier_ones() {
    let mut story = at_the_vote();
    assert_eq!(story.votes_again(), Ok(vec![]), "the round is still open");
    story.casts(ANA, 2).unwrap();
    story.reveals(1).unwrap();
    story.votes_again().unwrap();
    assert_eq!(story.votes_again(), Ok(vec![]));
    assert_eq!(story.casts_in(ANA, 1, 2), Err(Rejection::RoundOver));
    story.casts_in(ANA, 2, 5).unwrap();
    story.reveals(2).unwrap();
    let medians: Vec<_> = story.vote().rounds.iter().map(|r| r.tally.as_ref().unwrap().median()).collect();
    assert_eq!(medians, [Some(code(2)), Some(code(5))]);
    story.goes_to(FREQUENCY).unwrap();
    assert_eq!(story.votes_again(), Err(Rejection::StepOver));
}

#[test]
fn twenty_rounds_are_enough() {
    let mut story = at_the_vote();
    for round in 1..=20 {
        story.casts_in(ANA, round, 3).unwrap();
        story.reveals(round).unwrap();
        assert_eq!(story.votes_again().is_err(), round == 20);
    }
    assert_eq!(story.votes_again(), Err(Rejection::TooManyRounds));
}

#[test]
fn agreeing_needs_a_reveal_and_can_be_undone_until_published() {
    let mut story = at_the_vote();
    let undo = vote::Command::UndoAgreement { step: LEAD_TIME };
    assert_eq!(story.agrees(3), Err(Rejection::NotRevealed));
    assert_eq!(story.leads(undo.clone()), Ok(vec![]));
    story.casts(ANA, 2).unwrap();
    story.reveals(1).unwrap();
    story.agrees(3).unwrap();
    assert_eq!(
        story.state.agreed(Metric::LeadTime),
        Some(code(3)),
        "not the median: the squad decides"
    );
    assert_eq!(story.agrees(3), Ok(vec![]));
    story.agrees(4).unwrap();
    assert_eq!(story.votes_again(), Err(Rejection::AgreedAlready));
    story.leads(undo.clone()).unwrap();
    assert_eq!(story.state.agreed(Metric::LeadTime), None);
    story.votes_again().unwrap();

    story.agrees(2).unwrap();
    story.does(FAY, Command::Summary(summary::Command::Publish)).unwrap();
    assert_eq!(story.leads(undo), Err(Rejection::Published));
    assert_eq!(story.agrees(5), Err(Rejection::Published));
    assert_eq!(story.votes_again(), Err(Rejection::Published));
    assert_eq!(story.casts_in(ANA, 2, 3), Err(Rejection::Published));
}

#[test]
fn why_is_kept_with_the_answer() {
    let mut story = at_the_vote();
    story.casts(ANA, 2).unwrap();
    story.reveals(1).unwrap();
    let agree = |why: &str| vote::Command::Agree {
        step: LEAD_TIME,
        answer: code(2),
        why: why.to_owned(),
    };
    story.leads(agree("We release on Fridays.")).unwrap();
    assert_eq!(story.vote().agreed.as_ref().unwrap().why.as_str(), "We release on Fridays.");
    assert_eq!(story.leads(agree(" We release on Fridays. ")), Ok(vec![]));
    assert!(story.leads(agree(&"x".repeat(501))).is_err());
    assert_eq!(story.leads(agree("")).unwrap().len(), 1);
}

#[test]
fn last_times_answer_comes_with_the_reveal_and_not_before() {
    let last = previous(&[(Metric::LeadTime, 2)]);
    let mut story = Story::new(created(Options::default(), false, Some(last)));
    story.goes_to(LEAD_TIME).unwrap();
    story.casts(ANA, 5).unwrap();
    let shown = |story: &Story| {
        let seen = story.state.seen_by(Audience::Seat(FAY));
        assert!(seen.previous.unwrap().answers.is_empty());
        seen.votes[&LEAD_TIME].last_time
    };
    assert_eq!(shown(&story), None);
    story.reveals(1).unwrap();
    assert_eq!(shown(&story), Some(code(2)));
    assert_eq!(story.state.votes[&FREQUENCY].last_time, None);
}
