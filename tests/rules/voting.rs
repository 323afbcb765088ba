//! Putting ballots in.

use crate::story::{ANA, BEN, CEM, FAY, OLA};
use crate::{FREQUENCY, LEAD_TIME, at_the_vote, at_the_vote_with, ballot, code};
use checkpoint::domain::audience::{Audience, policy};
use checkpoint::domain::command::Command;
use checkpoint::domain::ids::{ParticipantId, StepId};
use checkpoint::domain::people;
use checkpoint::domain::rejection::Rejection;
use checkpoint::domain::vote::{self, Answer, Ballot, Confidence, Hands, Options, Secrecy};

fn hands(counts: [u32; 6], not_sure: u32) -> Command {
    Command::Vote(vote::Command::RaiseHands {
        step: LEAD_TIME,
        round: 1,
        hands: Hands { counts, not_sure },
    })
}

fn withdraw() -> Command {
    Command::Vote(vote::Command::Withdraw { step: LEAD_TIME, round: 1 })
}

#[test]
fn a_ballot_is_changed_and_taken_back_until_the_reveal() {
    let mut story = at_the_vote();
    story.casts(ANA, 2).unwrap();
    story.casts(ANA, 5).unwrap();
    assert_eq!(story.vote().round().1.ballots[&ANA], Some(ballot(5)));
    assert_eq!(story.state.turnout(story.vote()), (1, 3));
    assert_eq!(story.casts(ANA, 5), Ok(vec![]), "the same again is no event");
    assert_eq!(story.does(ANA, withdraw()).unwrap().len(), 1);
    assert_eq!(story.does(ANA, withdraw()), Ok(vec![]));
    assert_eq!(story.state.turnout(story.vote()), (0, 3));

    story.casts(ANA, 5).unwrap();
    story.reveals(1).unwrap();
    assert_eq!(story.casts(ANA, 6), Err(Rejection::RoundOver));
    assert_eq!(story.does(ANA, withdraw()), Err(Rejection::RoundOver));
    assert_eq!(story.does(FAY, hands([1; 6], 0)), Err(Rejection::RoundOver));
}

#[test]
fn a_late_vote_does_not_reach_a_step_that_is_over() {
    let mut story = at_the_vote();
    story.casts(ANA, 2).unwrap();
    story.goes_to(FREQUENCY).unwrap();
    assert_eq!(story.casts(BEN, 2), Err(Rejection::StepOver));
    assert_eq!(story.does(ANA, withdraw()), Err(Rejection::StepOver));
    assert_eq!(story.does(FAY, hands([1; 6], 0)), Err(Rejection::StepOver));
    assert_eq!(story.reveals(1), Err(Rejection::StepOver));

    story.goes_to(LEAD_TIME).unwrap();
    story.casts(BEN, 2).unwrap();
    assert_eq!(story.vote().round().1.answered(), 2, "Ana's ballot was kept");
}

#[test]
fn a_vote_for_another_round_or_step_is_refused() {
    let mut story = at_the_vote();
    for round in [0, 2, u32::MAX] {
        assert_eq!(story.casts_in(ANA, round, 3), Err(Rejection::RoundOver));
    }
    for step in [0, 1, 99] {
        let command = vote::Command::Cast {
            step: StepId(step),
            round: 1,
            ballot: ballot(3),
        };
        assert_eq!(story.does(ANA, Command::Vote(command)), Err(Rejection::NoSuchStep));
    }
    assert_eq!(story.casts(ParticipantId(99), 3), Err(Rejection::NotHere));
}

#[test]
fn the_facilitator_votes_only_where_the_squad_chose_so() {
    assert_eq!(at_the_vote().casts(FAY, 3), Err(Rejection::FacilitatorVote));
    let mut story = at_the_vote_with(Options {
        facilitator_votes: true,
        ..Options::default()
    });
    assert_eq!(story.state.turnout(story.vote()), (0, 4));
    story.casts(FAY, 3).unwrap();
    assert_eq!(story.state.turnout(story.vote()), (1, 4));
}

#[test]
fn observers_see_the_room_and_are_in_no_denominator() {
    let mut story = at_the_vote();
    assert_eq!(story.casts(OLA, 3), Err(Rejection::ObserverVote));
    assert!(!story.state.is_voter(OLA));
    assert_eq!(story.state.voters().collect::<Vec<_>>(), [ANA, BEN, CEM]);
}

#[test]
fn a_member_who_voted_and_then_leads_is_still_counted() {
    let mut story = at_the_vote();
    story.casts(ANA, 3).unwrap();
    story.shares_with(ANA);
    assert_eq!(story.state.turnout(story.vote()), (1, 3));
    assert_eq!(story.casts(ANA, 4), Err(Rejection::FacilitatorVote));
    story.does(ANA, withdraw()).unwrap();
    assert_eq!(story.state.turnout(story.vote()), (0, 2));
}

#[test]
fn removing_a_person_drops_the_ballot_of_the_open_round_only() {
    let mut story = at_the_vote();
    story.casts(ANA, 3).unwrap();
    story.casts(BEN, 5).unwrap();
    story.reveals(1).unwrap();
    story.votes_again().unwrap();
    story.casts_in(ANA, 2, 4).unwrap();
    story.casts_in(BEN, 2, 4).unwrap();
    story.people(FAY, people::Command::Remove(ANA)).unwrap();
    assert_eq!(story.state.turnout(story.vote()), (1, 2));
    assert_eq!(story.vote().rounds[0].tally.as_ref().unwrap().answered(), 2);
    assert_eq!(story.casts_in(ANA, 2, 4), Err(Rejection::NotHere));
    story.reveals(2).unwrap();
    assert_eq!(story.vote().rounds[1].tally.as_ref().unwrap().totals(), [0, 0, 0, 1, 0, 0]);
}

#[test]
fn raised_hands_replace_those_before_and_are_marked_as_such() {
    let mut story = at_the_vote();
    story.does(FAY, hands([0, 1, 0, 0, 0, 0], 0)).unwrap();
    story.does(FAY, hands([0, 0, 2, 0, 0, 0], 1)).unwrap();
    story.casts(ANA, 3).unwrap();
    assert_eq!(story.state.turnout(story.vote()), (4, 6), "three hands are in both");
    story.reveals(1).unwrap();
    let tally = story.vote().last_tally().unwrap();
    assert_eq!((tally.counts, tally.hands.counts), ([0, 0, 1, 0, 0, 0], [0, 0, 2, 0, 0, 0]));
    assert_eq!((tally.of(code(3)), tally.unsure()), (3, 1));
}

#[test]
fn a_room_holds_so_many_hands() {
    let mut story = at_the_vote();
    story.does(FAY, hands([200; 6], 200)).unwrap();
    assert_eq!(story.does(FAY, hands([201, 0, 0, 0, 0, 0], 0)), Err(Rejection::TooManyHands));
    assert_eq!(story.does(FAY, hands([0; 6], 201)), Err(Rejection::TooManyHands));
    assert_eq!(story.does(FAY, hands([u32::MAX; 6], u32::MAX)), Err(Rejection::TooManyHands));
    assert_eq!(story.does(ANA, hands([1; 6], 0)), Err(Rejection::FacilitatorOnly));
}

#[test]
fn hands_are_secret_until_the_reveal_too() {
    let mut story = at_the_vote();
    story.does(FAY, hands([0, 0, 2, 0, 0, 0], 0)).unwrap();
    let seen = story.state.seen_by(Audience::Seat(ANA));
    let round = seen.votes[&LEAD_TIME].round().1;
    assert_eq!((round.hands_total, &round.hands), (2, &Some((FAY, None))));
    assert_eq!(
        story.state.seen_by(Audience::Seat(FAY)).votes[&LEAD_TIME],
        *story.vote(),
        "Fay sees what she entered"
    );
}

#[test]
fn everybody_sees_who_has_voted_and_only_oneself_what() {
    let mut story = at_the_vote();
    story.casts(ANA, 3).unwrap();
    for (viewer, what) in [(FAY, None), (BEN, None), (OLA, None), (ANA, Some(ballot(3)))] {
        let seen = story.state.seen_by(Audience::Seat(viewer));
        assert_eq!(seen.votes[&LEAD_TIME].round().1.ballots[&ANA], what);
    }
    assert!(policy(Secrecy::Anonymous).contains("not what"));
    assert!(policy(Secrecy::Open).contains("your name"));
}

#[test]
fn confidence_is_counted_beside_the_answers() {
    let mut story = at_the_vote();
    let sure = |answer, confidence| {
        let ballot = Ballot { answer, confidence };
        Command::Vote(vote::Command::Cast {
            step: LEAD_TIME,
            round: 1,
            ballot,
        })
    };
    story.does(ANA, sure(Answer::Code(code(6)), Some(Confidence::Guess))).unwrap();
    story.does(BEN, sure(Answer::Code(code(6)), Some(Confidence::Measured))).unwrap();
    story.does(CEM, sure(Answer::NotSure, None)).unwrap();
    story.reveals(1).unwrap();
    let tally = story.vote().last_tally().unwrap();
    assert_eq!(Confidence::ALL.map(|c| tally.confident(c)), [1, 0, 1]);
    assert_eq!((tally.answered(), tally.unsure()), (2, 1));
}
