//! Where people saw it differently, in words: the ends of the answers, never who gave them.

use crate::domain::facts::question;
use crate::domain::metric::Code;
use crate::domain::summary::{Part, Section};
use crate::domain::survey::Survey;
use crate::domain::vote::{Reading, Vote};
use crate::domain::workshop::Workshop;

/// Every question whose last revealed answers lay far apart, and every statement with which some agree as strongly as others disagree.
pub(super) fn all(workshop: &Workshop) -> Vec<String> {
    let votes = workshop.agenda.steps.iter().filter_map(|step| workshop.votes.get(&step.id));
    let surveys = workshop
        .surveys
        .surveyed()
        .filter(|_| workshop.summary.prints(Part::Section(Section::Capabilities)));
    votes.filter_map(ends).chain(surveys.flat_map(statements)).collect()
}

/// "Lead time for changes: from “One to six months” to “Less than one day”; agreed on “Less than one day”."
fn ends(vote: &Vote) -> Option<String> {
    let tally = vote.last_tally()?;
    if tally.reading() != Reading::FarApart {
        return None;
    }
    let given = |code: &Code| tally.of(*code) > 0;
    let (low, high) = (Code::ALL.into_iter().find(given)?, Code::ALL.into_iter().rev().find(given)?);
    let label = |code| question(vote.metric).label(code);
    let agreed = vote
        .agreed
        .as_ref()
        .map_or_else(|| "not agreed".to_owned(), |agreed| format!("agreed on “{}”", label(agreed.answer)));
    Some(format!(
        "{}: from “{}” to “{}”; {agreed}.",
        vote.metric.name(),
        label(low),
        label(high)
    ))
}

fn statements(survey: &Survey) -> Vec<String> {
    let counted = survey.results().map_or(&[][..], |results| &results.items);
    let apart = |counts: [u32; 5]| counts[0] > 0 && counts[4] > 0;
    survey
        .capability
        .items
        .iter()
        .zip(counted)
        .filter(|(_, counted)| counted.counts.is_some_and(apart))
        .map(|(item, _)| {
            format!(
                "{}: from “Strongly disagree” to “Strongly agree” with “{}”",
                survey.capability.title, item.text
            )
        })
        .collect()
}
