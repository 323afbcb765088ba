//! The rules of a vote.

use super::{Ballot, Command, Event, Hands, MOST_HANDS, MOST_ROUNDS, Round, Secrecy, Tally, Vote};
use crate::domain::context::{Actor, Context};
use crate::domain::ids::{ParticipantId, StepId};
use crate::domain::people::Role;
use crate::domain::rejection::Rejection;
use crate::domain::text::Why;
use crate::domain::workshop::Workshop;

impl Command {
    /// The vote it is meant for.
    #[must_use]
    pub fn step(&self) -> StepId {
        match self {
            Self::Cast { step, .. }
            | Self::Withdraw { step, .. }
            | Self::RaiseHands { step, .. }
            | Self::Reveal { step, .. }
            | Self::VoteAgain { step }
            | Self::Agree { step, .. }
            | Self::UndoAgreement { step } => *step,
        }
    }

    /// What follows from it.
    pub(in crate::domain) fn decide(&self, workshop: &Workshop, who: Actor, cx: &Context) -> Result<Vec<Event>, Rejection> {
        let me = workshop.people.seated(who)?;
        if workshop.published() {
            return Err(Rejection::Published);
        }
        let step = self.step();
        let vote = workshop.votes.get(&step).ok_or(Rejection::NoSuchStep)?;
        match self {
            Self::Cast { round, ballot, .. } => {
                let open = open_round(workshop, vote, step, *round)?;
                may_vote(workshop, me)?;
                Ok(cast(workshop, open, (step, *round), (me, *ballot), vote, cx))
            }
            Self::Withdraw { round, .. } => {
                let open = open_round(workshop, vote, step, *round)?;
                let gone = Event::Withdrawn {
                    step,
                    round: *round,
                    voter: me,
                };
                Ok(if open.ballots.contains_key(&me) { vec![gone] } else { vec![] })
            }
            Self::RaiseHands { round, hands, .. } => {
                workshop.people.facilitator(who)?;
                open_round(workshop, vote, step, *round)?;
                raise(step, *round, me, hands)
            }
            Self::Reveal { round, .. } => {
                workshop.people.facilitator(who)?;
                reveal(workshop, vote, step, *round)
            }
            Self::VoteAgain { .. } => {
                workshop.people.facilitator(who)?;
                again(workshop, vote, step)
            }
            Self::Agree { answer, why, .. } => {
                workshop.people.facilitator(who)?;
                if vote.last_tally().is_none() {
                    return Err(Rejection::NotRevealed);
                }
                let why = Why::parse(why)?;
                let same = vote.agreed.as_ref().is_some_and(|a| a.answer == *answer && a.why == why);
                Ok(if same {
                    vec![]
                } else {
                    vec![Event::Agreed {
                        step,
                        answer: *answer,
                        why,
                    }]
                })
            }
            Self::UndoAgreement { .. } => {
                workshop.people.facilitator(who)?;
                Ok(if vote.agreed.is_some() {
                    vec![Event::AgreementUndone { step }]
                } else {
                    vec![]
                })
            }
        }
    }
}

/// The round, if ballots may still go into it.
fn open_round<'a>(workshop: &Workshop, vote: &'a Vote, step: StepId, number: u32) -> Result<&'a Round, Rejection> {
    if workshop.agenda.started_at.is_none() {
        return Err(Rejection::NotStarted);
    }
    if workshop.agenda.current != step {
        return Err(Rejection::StepOver);
    }
    match vote.round() {
        (at_hand, round) if at_hand == number && round.tally.is_none() => Ok(round),
        _ => Err(Rejection::RoundOver),
    }
}

fn may_vote(workshop: &Workshop, me: ParticipantId) -> Result<(), Rejection> {
    match workshop.people.get(me).map(|p| p.role) {
        _ if workshop.is_voter(me) => Ok(()),
        Some(Role::Observer) => Err(Rejection::ObserverVote),
        _ => Err(Rejection::FacilitatorVote),
    }
}

fn cast(
    workshop: &Workshop,
    open: &Round,
    (step, round): (StepId, u32),
    (me, ballot): (ParticipantId, Ballot),
    vote: &Vote,
    cx: &Context,
) -> Vec<Event> {
    if open.ballots.get(&me) == Some(&Some(ballot)) {
        return vec![];
    }
    let mut events = vec![Event::Cast {
        step,
        round,
        voter: me,
        ballot: Some(ballot),
    }];
    if workshop.options.auto_reveal {
        let mut full = open.clone();
        full.ballots.insert(me, Some(ballot));
        let missing = workshop
            .voters()
            .any(|id| !full.ballots.contains_key(&id) && cx.presence.counts(id, cx.now));
        if !missing {
            events.push(revealed(workshop, vote, &full, step, round));
        }
    }
    events
}

fn raise(step: StepId, round: u32, by: ParticipantId, hands: &Hands) -> Result<Vec<Event>, Rejection> {
    let most = hands.counts.iter().chain([&hands.not_sure]).max();
    if most.is_some_and(|count| *count > MOST_HANDS) {
        return Err(Rejection::TooManyHands);
    }
    Ok(vec![Event::HandsRaised {
        step,
        round,
        by,
        total: hands.total(),
        hands: Some(hands.clone()),
    }])
}

fn reveal(workshop: &Workshop, vote: &Vote, step: StepId, number: u32) -> Result<Vec<Event>, Rejection> {
    let (at_hand, round) = vote.round();
    match number {
        n if n == at_hand && round.tally.is_some() => Ok(vec![]),
        n if n != at_hand => Err(Rejection::RoundOver),
        _ if workshop.agenda.current != step => Err(Rejection::StepOver),
        _ if round.answered() == 0 => Err(Rejection::NothingToReveal),
        _ => Ok(vec![revealed(workshop, vote, round, step, number)]),
    }
}

fn revealed(workshop: &Workshop, vote: &Vote, round: &Round, step: StepId, number: u32) -> Event {
    let ballots = round
        .ballots
        .iter()
        .filter_map(|(voter, ballot)| ballot.as_ref().map(|b| (*voter, b)));
    let hands = round.hands.as_ref().and_then(|(_, hands)| hands.as_ref());
    let tally = Tally::count(ballots, hands, workshop.options.secrecy == Secrecy::Open);
    let last_time = workshop.previous.as_ref().and_then(|p| p.answer(vote.metric));
    Event::Revealed {
        step,
        round: number,
        tally,
        last_time,
    }
}

fn again(workshop: &Workshop, vote: &Vote, step: StepId) -> Result<Vec<Event>, Rejection> {
    let (at_hand, round) = vote.round();
    if round.tally.is_none() {
        return Ok(vec![]);
    }
    if workshop.agenda.current != step {
        return Err(Rejection::StepOver);
    }
    if vote.agreed.is_some() {
        return Err(Rejection::AgreedAlready);
    }
    if vote.rounds.len() >= MOST_ROUNDS {
        return Err(Rejection::TooManyRounds);
    }
    Ok(vec![Event::RoundOpened { step, round: at_hand + 1 }])
}
