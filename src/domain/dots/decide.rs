//! The rules of the dot vote.

use super::{Command, Event, MOST_ROUNDS, Round, Terms, count};
use crate::domain::context::Actor;
use crate::domain::ids::ParticipantId;
use crate::domain::improve::Item;
use crate::domain::people::Role;
use crate::domain::rejection::Rejection;
use crate::domain::sorted::SortedSet;
use crate::domain::workshop::Workshop;

impl Command {
    /// What follows from it.
    pub(in crate::domain) fn decide(&self, w: &Workshop, who: Actor) -> Result<Vec<Event>, Rejection> {
        let me = w.people.seated(who)?;
        if w.published() {
            return Err(Rejection::Published);
        }
        if !matches!(self, Self::Place { .. }) {
            w.people.facilitator(who)?;
        }
        let this = |round: u32| w.dots.open().filter(|(open, _)| *open == round).ok_or(Rejection::DotsOver);
        match self {
            Self::Open { terms, among } => open(w, *terms, among),
            Self::Adjust(terms) => {
                let (_, round) = w.dots.open().ok_or(Rejection::DotsOver)?;
                if !terms.are_sound() {
                    return Err(Rejection::DotTerms);
                }
                Ok(if round.terms == *terms {
                    vec![]
                } else {
                    vec![Event::Adjusted(*terms)]
                })
            }
            Self::Place { round: number, dots } => {
                let (_, round) = this(*number)?;
                place(w, me, *number, round, dots)
            }
            Self::Reveal { round: number } => {
                let (_, round) = this(*number)?;
                let counts = round.count();
                if counts.iter().all(|counted| counted.dots == 0) {
                    return Err(Rejection::NothingToReveal);
                }
                Ok(vec![Event::Revealed { round: *number, counts }])
            }
            Self::Discard { round } => {
                this(*round)?;
                Ok(vec![Event::Discarded { round: *round }])
            }
        }
    }
}

fn open(w: &Workshop, terms: Terms, among: &[Item]) -> Result<Vec<Event>, Rejection> {
    if w.dots.open().is_some() {
        return Ok(vec![]);
    }
    if w.dots.0.len() >= MOST_ROUNDS {
        return Err(Rejection::TooManyRounds);
    }
    if w.improvements.silent || w.improvements.hidden() > 0 {
        return Err(Rejection::StillHidden);
    }
    if !terms.are_sound() {
        return Err(Rejection::DotTerms);
    }
    let all = w.improvements.votable();
    let votable = all.len();
    let items: Vec<Item> = if among.is_empty() {
        all
    } else {
        let among: SortedSet<Item> = among.iter().copied().collect();
        if among.iter().any(|item| !all.contains(item)) {
            return Err(Rejection::NoSuchImprovement);
        }
        all.into_iter().filter(|item| among.contains(item)).collect()
    };
    if items.is_empty() {
        return Err(Rejection::NothingToDot);
    }
    let run_off = items.len() < votable && w.dots.revealed().next().is_some();
    Ok(vec![Event::Opened { terms, items, run_off }])
}

fn place(w: &Workshop, me: ParticipantId, number: u32, round: &Round, dots: &[Item]) -> Result<Vec<Event>, Rejection> {
    match w.people.get(me).map(|person| person.role) {
        Some(Role::Observer) => return Err(Rejection::ObserverDots),
        _ if !w.is_voter(me) => return Err(Rejection::FacilitatorVote),
        _ => {}
    }
    let Terms { dots: most, on_one } = round.terms;
    if dots.len() > most as usize {
        return Err(Rejection::TooManyDots(most));
    }
    if dots.iter().any(|item| !round.items.contains(item)) {
        return Err(Rejection::NoSuchImprovement);
    }
    if dots.iter().any(|item| count(dots, *item) > on_one) {
        return Err(Rejection::TooManyOnOne(on_one));
    }
    if round.dots_of(me) == dots && (round.placed.contains_key(&me) || dots.is_empty()) {
        return Ok(vec![]);
    }
    Ok(vec![Event::Placed {
        round: number,
        by: me,
        used: u32::try_from(dots.len()).unwrap_or(u32::MAX),
        dots: Some(dots.to_vec()),
    }])
}
