//! The rules of the surveys.

use super::{Command, Event, Given, Likert, MOST_SURVEYS, Results, Round, Sheet, Survey, Surveys};
use crate::domain::context::{Actor, Context};
use crate::domain::facts::{Capability, CapabilityKey};
use crate::domain::ids::ParticipantId;
use crate::domain::maturity::Level;
use crate::domain::people::Role;
use crate::domain::rejection::Rejection;
use crate::domain::vote::MOST_ROUNDS;
use crate::domain::workshop::Workshop;

impl Command {
    /// The survey it is about, where it is about one.
    #[must_use]
    pub fn capability(&self) -> Option<&CapabilityKey> {
        match self {
            Self::Choose(_) => None,
            Self::Open { capability }
            | Self::Answer { capability, .. }
            | Self::Close { capability, .. }
            | Self::OpenAgain { capability } => Some(capability),
        }
    }

    /// What follows from it.
    pub(in crate::domain) fn decide(&self, workshop: &Workshop, who: Actor, cx: &Context) -> Result<Vec<Event>, Rejection> {
        let me = workshop.people.seated(who)?;
        if !matches!(self, Self::Answer { .. }) {
            workshop.people.facilitator(who)?;
        }
        if workshop.published() {
            return Err(Rejection::Published);
        }
        let surveys = &workshop.surveys;
        match self {
            Self::Choose(keys) if keys.is_empty() => choose_none(surveys, workshop.level(), cx),
            Self::Choose(keys) => choose(surveys, keys, cx),
            Self::Open { capability } => {
                let survey = surveys.get(capability).ok_or(Rejection::NoCapability)?;
                if workshop.agenda.started_at.is_none() {
                    return Err(Rejection::NotStarted);
                }
                Ok(if survey.rounds.is_empty() {
                    vec![opened(capability, 1)]
                } else {
                    vec![]
                })
            }
            Self::Answer {
                capability,
                round,
                item,
                answer,
            } => {
                let survey = surveys.get(capability).ok_or(Rejection::NoSuchCapability)?;
                let sheets = open_round(survey, *round)?;
                may_answer(workshop, me)?;
                let given = Given {
                    item: *item,
                    answer: *answer,
                };
                let sheet = sheets.sheets.get(&me).cloned().unwrap_or_default();
                answered(survey, *round, me, sheet, given)
            }
            Self::Close { capability, round } => {
                let survey = surveys.get(capability).ok_or(Rejection::NoSuchCapability)?;
                close(survey, *round)
            }
            Self::OpenAgain { capability } => {
                let survey = surveys.get(capability).ok_or(Rejection::NoSuchCapability)?;
                match survey.rounds.len() {
                    0 => Err(Rejection::SurveyNotOpen),
                    _ if survey.open_round().is_some() => Ok(vec![]),
                    rounds if rounds >= MOST_ROUNDS => Err(Rejection::TooManyRounds),
                    rounds => Ok(vec![opened(capability, u32::try_from(rounds).unwrap_or(u32::MAX) + 1)]),
                }
            }
        }
    }
}

impl Surveys {
    /// What a level that has just become known, or unknown, proposes; nothing once a facilitator has chosen.
    pub(in crate::domain) fn proposal(&self, level: Option<Level>, cx: &Context) -> Option<Event> {
        if self.by_hand || self.proposed_for == level {
            return None;
        }
        let capabilities = level.map(|level| cx.catalogue.recommended(level)).unwrap_or_default();
        Some(Event::Proposed { level, capabilities })
    }
}

fn opened(capability: &CapabilityKey, round: u32) -> Event {
    Event::Opened {
        capability: capability.clone(),
        round,
    }
}

/// Nothing chosen leaves the choice to the level.
fn choose_none(surveys: &Surveys, level: Option<Level>, cx: &Context) -> Result<Vec<Event>, Rejection> {
    let capabilities = level.map(|level| cx.catalogue.recommended(level)).unwrap_or_default();
    if surveys
        .list
        .iter()
        .any(|survey| survey.begun() && !capabilities.contains(&survey.capability))
    {
        return Err(Rejection::SurveyBegun);
    }
    let same = !surveys.by_hand && surveys.proposed_for == level;
    Ok(if same {
        vec![]
    } else {
        vec![Event::Proposed { level, capabilities }]
    })
}

fn choose(surveys: &Surveys, keys: &[CapabilityKey], cx: &Context) -> Result<Vec<Event>, Rejection> {
    let mut chosen: Vec<Capability> = Vec::new();
    for key in keys {
        if chosen.iter().any(|one| one.key == *key) {
            continue;
        }
        // One that is on the list already stays as it was taken along, whatever became of it since.
        let known = surveys.get(key).map(|survey| &survey.capability);
        let capability = known.or_else(|| cx.catalogue.get(key)).ok_or(Rejection::NoSuchCapability)?;
        if capability.items.is_empty() {
            return Err(Rejection::NothingToAsk);
        }
        chosen.push(capability.clone());
    }
    if chosen.len() > MOST_SURVEYS {
        return Err(Rejection::TooManySurveys);
    }
    let gone = |survey: &&Survey| !chosen.iter().any(|one| one.key == survey.capability.key);
    if surveys.list.iter().filter(gone).any(Survey::begun) {
        return Err(Rejection::SurveyBegun);
    }
    let same = surveys.list.iter().map(|survey| &survey.capability).eq(&chosen);
    Ok(if same { vec![] } else { vec![Event::Chosen(chosen)] })
}

/// The round, if answers may still go into it.
fn open_round(survey: &Survey, number: u32) -> Result<&Round, Rejection> {
    match survey.open_round() {
        Some((at_hand, round)) if at_hand == number => Ok(round),
        None if survey.rounds.is_empty() => Err(Rejection::SurveyNotOpen),
        _ => Err(Rejection::SurveyClosed),
    }
}

fn may_answer(workshop: &Workshop, me: ParticipantId) -> Result<(), Rejection> {
    match workshop.people.get(me).map(|p| p.role) {
        _ if workshop.is_voter(me) => Ok(()),
        Some(Role::Observer) => Err(Rejection::ObserverVote),
        _ => Err(Rejection::FacilitatorVote),
    }
}

fn answered(survey: &Survey, round: u32, me: ParticipantId, mut sheet: Sheet, given: Given) -> Result<Vec<Event>, Rejection> {
    let items = survey.capability.items.len();
    if given.item as usize >= items {
        return Err(Rejection::NoSuchItem);
    }
    let before: Option<Likert> = sheet.marks.insert(given.item, given.answer);
    if before == Some(given.answer) {
        return Ok(vec![]);
    }
    Ok(vec![Event::Answered {
        capability: survey.capability.key.clone(),
        round,
        person: me,
        finished: sheet.marks.len() == items,
        progress: Some(u32::try_from(sheet.marks.len()).unwrap_or(u32::MAX)),
        given: Some(given),
    }])
}

fn close(survey: &Survey, number: u32) -> Result<Vec<Event>, Rejection> {
    let closed_before = (number as usize).checked_sub(1).and_then(|place| survey.rounds.get(place));
    if closed_before.is_some_and(|round| round.results.is_some()) {
        return Ok(vec![]);
    }
    let round = open_round(survey, number)?;
    if round.sheets.is_empty() {
        return Err(Rejection::NothingToClose);
    }
    Ok(vec![Event::Closed {
        capability: survey.capability.key.clone(),
        round: number,
        results: Results::count(survey.capability.items.len(), round.sheets.values()),
    }])
}
