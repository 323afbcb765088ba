//! The timeline: what was decided when. It builds itself from the events.

use super::agenda;
use super::event::{Event, Recorded};
use super::facts::CapabilityKey;
use super::ids::{ActionId, NoteId, ParticipantId, StepId};
use super::metric::Code;
use super::text::NoteText;
use super::time::Timestamp;
use super::vote::{self, Reading};
use super::workshop::Workshop;
use super::{action, actions, dots, facts, focus, note, parts, people, since, summary, survey};
use serde::{Deserialize, Serialize};

/// What a sentence says of who leads, after the name.
pub(super) const FACILITATES: &str = " facilitates";

/// Something worth remembering.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Moment {
    /// The checkpoint was opened.
    Started,
    /// The squad came to a step.
    Entered(StepId),
    /// A round was revealed.
    Revealed {
        /// The step of the vote.
        step: StepId,
        /// The round, counted from 1.
        round: u32,
        /// How far the answers lay apart.
        reading: Reading,
    },
    /// The squad agreed on an answer.
    Agreed {
        /// The step of the vote.
        step: StepId,
        /// The answer.
        answer: Code,
    },
    /// It took an agreement back.
    AgreementUndone(StepId),
    /// The squad said how far an action is.
    Settled {
        /// Which.
        action: ActionId,
        /// How far.
        status: action::Status,
    },
    /// This part is over.
    PartEnded(usize),
    /// This part is open.
    PartOpened(usize),
    /// A survey was closed.
    SurveyClosed {
        /// What was asked about.
        capability: CapabilityKey,
        /// How many answered.
        people: u32,
    },
    /// The squad chose what to work on first.
    FocusSet(CapabilityKey),
    /// It took that back.
    FocusUndone,
    /// The dots of a round were shown.
    DotsRevealed(u32),
    /// The squad took an action on.
    ActionAccepted(ActionId),
    /// The facilitator's note.
    Note {
        /// Which one.
        note: NoteId,
        /// What it says.
        text: NoteText,
    },
    /// Somebody else leads too, or instead.
    Facilitates(ParticipantId),
    /// The page was published.
    Published(u32),
}

/// A moment and its time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The number of the event it comes from; it stays the same for as long as the entry is there.
    pub seq: u64,
    /// When.
    pub at: Timestamp,
    /// What.
    pub moment: Moment,
}

/// All moments, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timeline(pub Vec<Entry>);

impl Timeline {
    /// Takes in what happened, if it is worth remembering.
    pub(super) fn apply(&mut self, recorded: &Recorded) {
        let (seq, at) = (recorded.seq, recorded.at);
        let moment = match &recorded.event {
            Event::Agenda(agenda::Event::Started) => Moment::Started,
            Event::Agenda(agenda::Event::Entered(step)) => return self.enter(recorded, *step),
            Event::Agenda(agenda::Event::AdvanceUndone(step)) => return self.go_back(recorded, *step),
            Event::Vote(vote::Event::Revealed { step, round, tally, .. }) => Moment::Revealed {
                step: *step,
                round: *round,
                reading: tally.reading(),
            },
            Event::Vote(vote::Event::Agreed { step, answer, .. }) => Moment::Agreed {
                step: *step,
                answer: *answer,
            },
            Event::Vote(vote::Event::AgreementUndone { step }) => Moment::AgreementUndone(*step),
            Event::Agenda(agenda::Event::PartEnded { .. }) => Moment::PartEnded(self.parts_opened() + 1),
            Event::Agenda(agenda::Event::PartOpened) => Moment::PartOpened(self.parts_opened() + 2),
            Event::Agenda(agenda::Event::BreakUndone) => {
                if matches!(
                    self.0.last(),
                    Some(Entry {
                        moment: Moment::PartEnded(_),
                        ..
                    })
                ) {
                    self.0.pop();
                }
                return;
            }
            Event::Since(since::Event::Settled { action, status, .. }) => {
                // The last word counts; the way to it is not worth remembering.
                self.forget_settled(*action);
                Moment::Settled {
                    action: *action,
                    status: *status,
                }
            }
            Event::Since(since::Event::Reopened(action) | since::Event::Removed(action)) => return self.forget_settled(*action),
            Event::Survey(survey::Event::Closed { capability, results, .. }) => Moment::SurveyClosed {
                capability: capability.clone(),
                people: results.people,
            },
            Event::Focus(focus::Event::Set { capability, .. }) => Moment::FocusSet(capability.clone()),
            Event::Focus(focus::Event::Undone) => Moment::FocusUndone,
            Event::Dots(dots::Event::Revealed { round, .. }) => Moment::DotsRevealed(*round),
            Event::Actions(
                actions::Event::Added {
                    action, accepted: true, ..
                }
                | actions::Event::Accepted(action),
            ) => Moment::ActionAccepted(*action),
            Event::Actions(actions::Event::Removed(gone) | actions::Event::Merged { action: gone, .. }) => {
                return self
                    .0
                    .retain(|entry| !matches!(entry.moment, Moment::ActionAccepted(action) if action == *gone));
            }
            Event::Note(note::Event::Added { note, text, .. }) => Moment::Note {
                note: *note,
                text: text.clone(),
            },
            Event::Note(note::Event::Removed(gone)) => {
                return self
                    .0
                    .retain(|entry| !matches!(&entry.moment, Moment::Note { note, .. } if note == gone));
            }
            Event::People(people::Event::RoleChanged {
                participant,
                role: people::Role::Facilitator,
            }) => Moment::Facilitates(*participant),
            Event::Summary(summary::Event::Published { revision }) => Moment::Published(*revision),
            _ => return,
        };
        self.0.push(Entry { seq, at, moment });
    }

    fn forget_settled(&mut self, of: ActionId) {
        self.0
            .retain(|entry| !matches!(entry.moment, Moment::Settled { action, .. } if action == of));
    }

    fn parts_opened(&self) -> usize {
        self.0.iter().filter(|entry| matches!(entry.moment, Moment::PartOpened(_))).count()
    }

    /// A step that the squad only passed through is not worth remembering.
    fn enter(&mut self, recorded: &Recorded, step: StepId) {
        if self
            .just_entered()
            .is_some_and(|since| recorded.at.since(since) <= agenda::UNDO_WITHIN)
        {
            self.0.pop();
        }
        self.0.push(Entry::entered(recorded, step));
    }

    /// The step that was entered by mistake is forgotten; what follows stands under the step the squad is on again.
    fn go_back(&mut self, recorded: &Recorded, step: StepId) {
        if self.just_entered().is_some() {
            self.0.pop();
        }
        let heading = self.0.iter().rev().find_map(|entry| match entry.moment {
            Moment::Entered(step) => Some(step),
            _ => None,
        });
        if heading != Some(step) {
            self.0.push(Entry::entered(recorded, step));
        }
    }

    /// When the squad came to its step, as long as nothing else happened since.
    fn just_entered(&self) -> Option<Timestamp> {
        self.0
            .last()
            .filter(|entry| matches!(entry.moment, Moment::Entered(_)))
            .map(|entry| entry.at)
    }
}

impl Entry {
    fn entered(recorded: &Recorded, step: StepId) -> Self {
        Self {
            seq: recorded.seq,
            at: recorded.at,
            moment: Moment::Entered(step),
        }
    }
}

impl Moment {
    /// The moment in words.
    #[must_use]
    pub fn sentence(&self, workshop: &Workshop) -> String {
        let title = |step: &StepId| workshop.agenda.step(*step).map_or("A step", agenda::Step::title);
        match self {
            Self::Started => "The checkpoint begins".to_owned(),
            Self::Entered(step) => title(step).to_owned(),
            Self::Revealed { step, round, reading } => format!("{}, round {round}: {}", title(step), reading.title().to_lowercase()),
            Self::Agreed { step, answer } => {
                let label = workshop
                    .votes
                    .get(step)
                    .map_or("", |vote| facts::question(vote.metric).label(*answer));
                format!("{} agreed: {label}", title(step))
            }
            Self::AgreementUndone(step) => format!("{}: the agreed answer was taken back", title(step)),
            Self::Settled { action, status } => {
                let title = workshop.since.0.get(action).map_or("An action", |item| item.action.title.as_str());
                format!("{title}: {}", status.label().to_lowercase())
            }
            Self::PartEnded(part) => format!("Part {} ends", parts::number(*part)),
            Self::PartOpened(part) => format!("Part {} begins", parts::number(*part)),
            Self::SurveyClosed { capability, people } => {
                let who = if *people == 1 { "person" } else { "people" };
                format!("{}: survey closed, {people} {who} answered", workshop.capability_title(capability))
            }
            Self::FocusSet(capability) => format!("Focus: {}", workshop.capability_title(capability)),
            Self::FocusUndone => "The focus was taken back".to_owned(),
            Self::DotsRevealed(round) => {
                let first = workshop.dots.first_of(*round).map(|item| workshop.improvements.title(item));
                let first = first
                    .filter(|title| !title.is_empty())
                    .map_or_else(String::new, |title| format!(", most on: {title}"));
                format!("Dot vote, round {round}{first}")
            }
            Self::ActionAccepted(action) => {
                let found = workshop.actions.get(*action);
                found.map_or_else(|| "An action".to_owned(), |entry| format!("Action: {}", entry.action.title))
            }
            Self::Note { text, .. } => text.as_str().to_owned(),
            Self::Facilitates(person) => format!("{}{FACILITATES}", workshop.people.name(*person)),
            Self::Published(revision) => format!("Summary published, revision {revision}"),
        }
    }
}
