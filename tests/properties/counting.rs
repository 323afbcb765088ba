//! Everybody counts once, time only passes, and what is published stays.

use crate::cases;
use crate::history::{Act, happens, history};
use crate::story::{BEGIN, Story};
use checkpoint::domain::budget::Budget;
use checkpoint::domain::command::Command;
use checkpoint::domain::context::Actor;
use checkpoint::domain::event::{Event, Recorded};
use checkpoint::domain::ids::{ParticipantId, StepId};
use checkpoint::domain::people::{self, Role};
use checkpoint::domain::summary;
use checkpoint::domain::time::Timestamp;
use checkpoint::domain::vote::{self, Answer, Ballot, Confidence, Hands, Secrecy, Tally};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// The bookkeeping of somebody who only reads the log: what lies in each round that is not revealed.
#[derive(Default)]
struct Ledger {
    ballots: BTreeMap<(StepId, u32), BTreeMap<ParticipantId, Ballot>>,
    hands: BTreeMap<(StepId, u32), Hands>,
    revealed: BTreeSet<(StepId, u32)>,
}

impl Ledger {
    fn read(&mut self, recorded: &Recorded, secrecy: Secrecy) {
        match &recorded.event {
            Event::People(people::Event::Removed(gone)) => {
                let open = self.ballots.iter_mut().filter(|(round, _)| !self.revealed.contains(round));
                for (_, ballots) in open {
                    ballots.remove(gone);
                }
            }
            Event::Vote(event) => self.read_vote(event, secrecy),
            _ => {}
        }
    }

    fn read_vote(&mut self, event: &vote::Event, secrecy: Secrecy) {
        match event {
            vote::Event::Cast {
                step,
                round,
                voter,
                ballot,
            } => {
                assert!(!self.revealed.contains(&(*step, *round)), "a ballot in a round that is over");
                self.ballots.entry((*step, *round)).or_default().insert(*voter, ballot.unwrap());
            }
            vote::Event::Withdrawn { step, round, voter } => {
                assert!(!self.revealed.contains(&(*step, *round)), "a ballot out of a round that is over");
                assert!(self.ballots.entry((*step, *round)).or_default().remove(voter).is_some());
            }
            vote::Event::HandsRaised { step, round, hands, .. } => {
                assert!(!self.revealed.contains(&(*step, *round)), "hands in a round that is over");
                self.hands.insert((*step, *round), hands.clone().unwrap());
            }
            vote::Event::Revealed { step, round, tally, .. } => {
                assert!(self.revealed.insert((*step, *round)), "revealed twice");
                let ballots = self.ballots.remove(&(*step, *round)).unwrap_or_default();
                let hands = self.hands.remove(&(*step, *round)).unwrap_or_default();
                assert_eq!(tally, &counted(&ballots, hands, secrecy));
                assert!(tally.answered() + tally.unsure() > 0, "an empty round was revealed");
            }
            vote::Event::RoundOpened { step, round } => assert!(self.revealed.contains(&(*step, *round - 1))),
            vote::Event::Agreed { .. } | vote::Event::AgreementUndone { .. } => {}
        }
    }
}

/// The count, written down a second time and in another way.
fn counted(ballots: &BTreeMap<ParticipantId, Ballot>, hands: Hands, secrecy: Secrecy) -> Tally {
    let many = |matches: &dyn Fn(&Ballot) -> bool| u32::try_from(ballots.values().filter(|b| matches(b)).count()).unwrap();
    Tally {
        counts: [1, 2, 3, 4, 5, 6].map(|n| many(&|b| matches!(b.answer, Answer::Code(c) if c.get() == n))),
        not_sure: many(&|b| b.answer == Answer::NotSure),
        hands,
        confidence: [Confidence::Measured, Confidence::Remember, Confidence::Guess].map(|c| many(&|b| b.confidence == Some(c))),
        open: (secrecy == Secrecy::Open).then(|| ballots.iter().map(|(who, ballot)| (*who, *ballot)).collect()),
    }
}

/// The denominators of every vote, whatever happened before.
fn denominators_hold(story: &Story) {
    let people = &story.state.people;
    for id in story.state.voters() {
        assert!(people.get(id).is_some_and(|p| p.role != Role::Observer));
    }
    for vote in story.state.votes.values() {
        let (voted, of) = story.state.turnout(vote);
        assert!(voted <= of, "{voted} of {of}");
        let open = vote.round().1;
        assert_eq!(voted, open.ballots.len() + open.hands_total as usize);
        for id in open.ballots.keys().filter(|_| open.tally.is_none()) {
            assert!(people.get(*id).is_some_and(|p| p.role != Role::Observer), "{id} counts");
        }
    }
}

/// The clocks at two moments, the second not before the first.
fn clocks_hold(story: &Story, earlier: Timestamp, now: Timestamp) {
    let agenda = &story.state.agenda;
    let sum: i64 = agenda.timers.values().map(|timer| timer.total(now)).sum();
    assert_eq!(sum, agenda.used(now));
    assert!((0..=now.since(BEGIN)).contains(&sum), "used {sum} of {}", now.since(BEGIN));
    assert!(Budget::of(&story.state, now).over >= 0);
    for (step, timer) in &agenda.timers {
        assert!(timer.used(now) >= timer.used(earlier) && timer.used(earlier) >= 0);
        assert!(timer.total(now) >= timer.used(now));
        assert!(agenda.left(*step, now) <= agenda.left(*step, earlier));
        assert!(timer.running_since.is_none() || *step == agenda.current, "the clock of {step} runs");
    }
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn everybody_counts_once(history in history()) {
        let mut ledger = Ledger::default();
        let story = history.play(|before, after, _| {
            after.log[before.log.len()..].iter().for_each(|r| ledger.read(r, history.options.secrecy));
            denominators_hold(after);
        });
        for (step, vote) in &story.state.votes {
            for (number, round) in (1..).zip(&vote.rounds) {
                prop_assert_eq!(round.tally.is_some(), ledger.revealed.contains(&(*step, number)));
                let held = ledger.ballots.get(&(*step, number)).map_or(0, BTreeMap::len);
                prop_assert!(round.tally.is_some() || round.ballots.len() == held);
            }
            prop_assert!(vote.rounds.iter().rev().skip(1).all(|round| round.tally.is_some()), "two rounds are open");
        }
    }

    #[test]
    fn after_publishing_nobody_votes(history in history()) {
        let story = history.end();
        let mut log = story.log.iter().skip_while(|r| !matches!(r.event, Event::Summary(summary::Event::Published { .. })));
        prop_assert!(log.all(|r| !matches!(r.event, Event::Vote(_))));
    }

    #[test]
    fn a_ballot_that_is_sent_again_is_no_second_event(history in history()) {
        let mut story = history.begin();
        for act in &history.acts {
            let first = happens(&mut story, act);
            let auto = history.options.auto_reveal;
            if let (Act::Does(Actor::Participant(_), Command::Vote(vote::Command::Cast { .. })), Some(Ok(_))) = (act, first) {
                let again = happens(&mut story, act).unwrap();
                prop_assert!(again.as_ref().is_ok_and(Vec::is_empty) || (auto && again.is_err()), "{again:?}");
            }
        }
    }

    #[test]
    fn time_only_passes(history in history(), later in prop::sample::select(vec![0, 1, 59_999, 60_000, 86_400_000])) {
        history.play(|before, after, _| {
            clocks_hold(after, after.cx.now, after.cx.now.plus(later));
            assert!(after.state.agenda.used(after.cx.now) >= before.state.agenda.used(before.cx.now), "time was given back");
        });
    }

    #[test]
    fn seats_are_of_one_name_and_one_account_each(history in history()) {
        let story = history.end();
        let names: Vec<String> = story.state.people.all().map(|(_, p)| p.name.folded()).collect();
        prop_assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{:?}", names);
        let accounts: Vec<_> = story.state.people.all().filter_map(|(_, p)| p.account).collect();
        prop_assert_eq!(accounts.iter().collect::<BTreeSet<_>>().len(), accounts.len());
        prop_assert!(story.state.people.facilitators().count() > 0, "nobody leads");
    }
}
