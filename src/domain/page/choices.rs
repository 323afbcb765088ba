//! What of the page can be left out, each part with its words: the list that the squad chooses from.

use super::{Improvement, Line};
use crate::domain::ids::StepId;
use crate::domain::scene::Scope;
use crate::domain::summary::{Part, Section, Summary};
use crate::domain::timeline::{Entry, Moment};
use crate::domain::workshop::Workshop;

/// One thing that can be left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What.
    pub part: Part,
    /// What it says on the page.
    pub says: String,
}

/// A section and what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Its heading.
    pub title: &'static str,
    /// All of it; `None` where the section itself always stays.
    pub whole: Option<Part>,
    /// What one thing of it is called, and what several are.
    pub called: (&'static str, &'static str),
    /// What is in it.
    pub items: Vec<Choice>,
}

impl Group {
    /// How many parts of it are not printed; a section that is left out is one, whatever is in it.
    #[must_use]
    pub fn left_out(&self, summary: &Summary) -> usize {
        if self.whole.is_some_and(|whole| !summary.prints(whole)) {
            1
        } else {
            self.items.iter().filter(|choice| !summary.prints(choice.part)).count()
        }
    }
}

/// Whether a part is there to be left out; sections can be left out before anything is in them.
#[must_use]
pub fn is_there(workshop: &Workshop, part: Part) -> bool {
    match part {
        Part::Section(_) => true,
        Part::Reason(step) => !reason(workshop, step).is_empty(),
        Part::FocusReason => workshop.focus.chosen.as_ref().is_some_and(|chosen| !chosen.why.is_empty()),
        Part::CapabilityNote(note) => workshop.focus.notes.contains_key(&note),
        Part::Improvement(sticky) => workshop.improvements.stickies.get(&sticky).is_some_and(|sticky| !sticky.hidden),
        Part::Action(action) => workshop.actions.accepted().any(|entry| entry.id == action),
        Part::Earlier(action) => workshop.since.0.contains_key(&action),
        Part::Moment(seq) => workshop.timeline.0.iter().any(|entry| entry.seq == seq),
    }
}

/// Everything that can be left out of the page as it stands, in its order; sections with nothing in them are not named.
#[must_use]
pub fn choices(workshop: &Workshop) -> Vec<Group> {
    let group = |section: Section, called, items| Group {
        title: section.title(),
        whole: Some(Part::Section(section)),
        called,
        items,
    };
    let one = ("part", "parts");
    let answers = Group {
        title: "The answers",
        whole: None,
        called: ("note on an answer", "notes on answers"),
        items: reasons(workshop),
    };
    let mut groups = vec![
        group(Section::Scope, one, vec![]),
        answers,
        group(Section::Dissent, one, vec![]),
        group(
            Section::Capabilities,
            ("note on a capability", "notes on capabilities"),
            capability_notes(workshop),
        ),
        group(Section::Flow, one, vec![]),
        group(Section::Improvements, ("improvement", "improvements"), improvements(workshop)),
        group(Section::Actions, ("action", "actions"), actions(workshop)),
        group(Section::Since, ("earlier action", "earlier actions"), earlier(workshop)),
        group(
            Section::Timeline,
            ("line of how it went", "lines of how it went"),
            moments(workshop),
        ),
    ];
    groups.retain(|group| !group.items.is_empty() || group.whole.is_some_and(|whole| has_words(workshop, whole)));
    groups
}

/// What is left out, in words, without what it says: "Delivery flow", "2 improvements".
pub(super) fn left_out(workshop: &Workshop) -> Vec<String> {
    let summary = &workshop.summary;
    let words = |group: Group| {
        if group.whole.is_some_and(|whole| !summary.prints(whole)) {
            return Some(group.title.to_owned());
        }
        let (one, many) = group.called;
        match group.left_out(summary) {
            0 => None,
            1 => Some(format!("1 {one}")),
            n => Some(format!("{n} {many}")),
        }
    };
    choices(workshop).into_iter().filter_map(words).collect()
}

/// Whether a section without single items says anything.
fn has_words(workshop: &Workshop, whole: Part) -> bool {
    match whole {
        Part::Section(Section::Scope) => workshop.scope != Scope::default(),
        Part::Section(Section::Dissent) => !super::dissent::all(workshop).is_empty(),
        Part::Section(Section::Capabilities) => {
            workshop.surveys.surveyed().next().is_some() || super::Recommended::all(workshop).next().is_some()
        }
        Part::Section(Section::Flow) => !workshop.flow.is_empty(),
        _ => false,
    }
}

fn reason(workshop: &Workshop, step: StepId) -> &str {
    let agreed = workshop.votes.get(&step).and_then(|vote| vote.agreed.as_ref());
    agreed.map_or("", |agreed| agreed.why.as_str())
}

fn reasons(workshop: &Workshop) -> Vec<Choice> {
    let noted = workshop.agenda.steps.iter().filter(|step| !reason(workshop, step.id).is_empty());
    let choice = |step: &crate::domain::agenda::Step| Choice {
        part: Part::Reason(step.id),
        says: format!("{}: {}", step.title(), reason(workshop, step.id)),
    };
    noted.map(choice).collect()
}

fn capability_notes(workshop: &Workshop) -> Vec<Choice> {
    let chosen = workshop.focus.chosen.as_ref().filter(|chosen| !chosen.why.is_empty());
    let focus = chosen.map(|chosen| Choice {
        part: Part::FocusReason,
        says: format!("{} first: {}", workshop.capability_title(&chosen.capability), chosen.why),
    });
    let surveyed = workshop.surveys.surveyed().map(|survey| &survey.capability);
    let notes = surveyed.flat_map(|capability| {
        workshop.focus.under(&capability.key).map(|(id, note)| Choice {
            part: Part::CapabilityNote(id),
            says: format!("{}: {}", capability.title, note.text),
        })
    });
    focus.into_iter().chain(notes).collect()
}

fn improvements(workshop: &Workshop) -> Vec<Choice> {
    let board = &workshop.improvements;
    let choice = |item| {
        Some(Choice {
            part: Part::Improvement(*board.stickies_of(item).first()?),
            says: board.title(item),
        })
    };
    let ranking = workshop.dots.ranking();
    let order = Improvement::order(workshop, &ranking);
    order.into_iter().filter_map(|(item, _)| choice(item)).collect()
}

fn actions(workshop: &Workshop) -> Vec<Choice> {
    let choice = |entry: &crate::domain::actions::Entry| Choice {
        part: Part::Action(entry.id),
        says: entry.action.title.to_string(),
    };
    workshop.actions.accepted().map(choice).collect()
}

fn earlier(workshop: &Workshop) -> Vec<Choice> {
    let choice = |(id, item): (&_, &crate::domain::since::Item)| Choice {
        part: Part::Earlier(*id),
        says: item.action.title.to_string(),
    };
    workshop.since.0.iter().map(choice).collect()
}

fn moments(workshop: &Workshop) -> Vec<Choice> {
    let choice = |entry: &Entry| {
        Some(Choice {
            part: Part::Moment(entry.seq),
            says: told(workshop, &entry.moment)?,
        })
    };
    workshop.timeline.0.iter().filter_map(choice).collect()
}

/// The timeline as it is printed.
pub(super) fn timeline(workshop: &Workshop) -> Vec<Line> {
    let summary = &workshop.summary;
    let kept = workshop.timeline.0.iter().filter(|entry| summary.prints(Part::Moment(entry.seq)));
    let line = |entry: &Entry| {
        Some(Line {
            at: entry.at,
            text: told(workshop, &entry.moment)?,
            note: matches!(entry.moment, Moment::Note { .. }),
        })
    };
    kept.filter_map(line).collect()
}

/// A moment as the page tells it: nothing of what is left out elsewhere, and no name where only numbers are printed.
fn told(workshop: &Workshop, moment: &Moment) -> Option<String> {
    let prints = |section, part| workshop.summary.prints(Part::Section(section)) && workshop.summary.prints(part);
    match moment {
        Moment::Settled { action, .. } if !prints(Section::Since, Part::Earlier(*action)) => return None,
        Moment::ActionAccepted(action) if !prints(Section::Actions, Part::Action(*action)) => return None,
        Moment::SurveyClosed { .. } | Moment::FocusSet(_) | Moment::FocusUndone
            if !workshop.summary.prints(Part::Section(Section::Capabilities)) =>
        {
            return None;
        }
        Moment::DotsRevealed(round) => {
            let first = workshop.dots.first_of(*round);
            if first.is_some_and(|item| !Improvement::is_printed(workshop, item)) {
                return Some(format!("Dot vote, round {round}"));
            }
        }
        Moment::Facilitates(_) if workshop.summary.only_numbers => return Some("Another facilitator leads".to_owned()),
        _ => {}
    }
    Some(moment.sentence(workshop))
}
