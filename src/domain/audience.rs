//! Who sees what. Everything that leaves the server passes through here: sockets, pages, exports.
//!
//! Redaction commutes with `apply`: a screen that applies redacted events holds the redacted state. tests/properties
//! proves it for random histories, and that is the whole privacy argument.

use super::agenda::StepKind;
use super::event::{Event, Recorded};
use super::ids::ParticipantId;
use super::people;
use super::vote::Secrecy;
use super::workshop::Workshop;

/// Who looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Somebody with a seat, facilitators included: nobody sees more than the others, but everybody sees their own.
    Seat(ParticipantId),
    /// Anybody: what all seats have in common.
    Everyone,
}

impl Audience {
    fn viewer(self) -> Option<ParticipantId> {
        match self {
            Self::Seat(id) => Some(id),
            Self::Everyone => None,
        }
    }
}

impl Event {
    /// The event as this audience may see it.
    #[must_use]
    pub fn seen_by(&self, audience: Audience) -> Self {
        match self {
            Self::Created(created) => {
                let mut created = created.clone();
                if let Some(previous) = &mut created.previous {
                    previous.answers.clear();
                }
                Self::Created(created)
            }
            Self::Recalled(previous) => {
                let mut previous = previous.clone();
                previous.answers.clear();
                Self::Recalled(previous)
            }
            Self::People(people::Event::Joined {
                participant, name, role, ..
            }) => Self::People(people::Event::Joined {
                participant: *participant,
                name: name.clone(),
                role: *role,
                account: None,
            }),
            Self::Vote(event) if event.secret_of().is_some_and(|owner| Some(owner) != audience.viewer()) => {
                Self::Vote(event.without_answer())
            }
            Self::WarmUp(event) if event.secret_of().is_some_and(|owner| Some(owner) != audience.viewer()) => {
                Self::WarmUp(event.without_answer())
            }
            Self::Survey(event) if event.secret_of().is_some_and(|owner| Some(owner) != audience.viewer()) => {
                Self::Survey(event.for_others())
            }
            Self::Improve(event) if event.secret_of().is_some_and(|owner| Some(owner) != audience.viewer()) => {
                Self::Improve(event.for_others())
            }
            Self::Dots(event) if event.secret_of().is_some_and(|owner| Some(owner) != audience.viewer()) => {
                Self::Dots(event.without_places())
            }
            other => other.clone(),
        }
    }
}

impl Recorded {
    /// The recorded event as this audience may see it.
    #[must_use]
    pub fn seen_by(&self, audience: Audience) -> Self {
        Self {
            seq: self.seq,
            at: self.at,
            event: self.event.seen_by(audience),
        }
    }
}

impl Workshop {
    /// The state as this audience may see it.
    #[must_use]
    pub fn seen_by(&self, audience: Audience) -> Self {
        let mut seen = self.clone();
        if let Some(previous) = &mut seen.previous {
            previous.answers.clear();
        }
        seen.people.seats.values_mut().for_each(|seat| seat.account = None);
        seen.warm_up.hide_from_all_but(audience.viewer());
        for vote in seen.votes.values_mut() {
            for round in &mut vote.rounds {
                *round = round.seen_by(audience.viewer());
            }
        }
        seen.surveys.redact(audience.viewer());
        seen.improvements.hide_from_all_but(audience.viewer());
        seen.dots.hide_from_all_but(audience.viewer());
        seen
    }
}

/// The policy above in words, for the screen of a vote.
#[must_use]
pub fn policy(secrecy: Secrecy) -> &'static str {
    match secrecy {
        Secrecy::Anonymous => {
            "Others see that you have voted, not what. Nobody sees an answer before the reveal, the facilitator included, and the reveal \
             shows counts without names."
        }
        Secrecy::Open => {
            "Others see that you have voted, not what, until the reveal. This squad votes openly: the reveal shows your name beside your \
             answer."
        }
    }
}

/// Who sees what in a step, in words for its screen.
#[must_use]
pub fn policy_of(step: StepKind, secrecy: Secrecy) -> &'static str {
    match step {
        StepKind::Welcome => {
            "Everybody in the room sees your name, whether you are connected, and that you have answered the warm-up, not what. Nobody outside \
             the room sees any of it."
        }
        StepKind::Since => "Everybody in the room sees these actions and how far they are. They are printed on the summary.",
        StepKind::Scene => "Everybody in the room reads these lines. They are printed on the summary.",
        StepKind::Vote(_) => policy(secrecy),
        StepKind::Maturity => "Everybody in the room sees this. It is worked out from the agreed answers alone, never from a single vote.",
        StepKind::Talk => "Everybody in the room sees this text. Nothing is recorded in this step.",
        StepKind::Surveys => {
            "Others see whether you have finished, never what you answered. The counts appear when the survey is closed, for the whole \
             squad only, and only for statements that at least three people answered."
        }
        StepKind::Flow => {
            "Everybody in the room sees the flow and, with your name, your pointer, what you move and on what you write. The flow is printed \
             on the summary, without names."
        }
        StepKind::Improvements => {
            "Everybody in the room reads the stickies once they are shown, with the name of who wrote them unless this squad keeps that to \
             each writer. The summary prints the stickies without names."
        }
        StepKind::Dots => {
            "Others see how many dots you have left, not where you put them, the facilitator included. The reveal shows how many are on each \
             improvement, and nobody's dots."
        }
        StepKind::Actions => {
            "Everybody in the room sees the actions, and who proposed each. Those that the squad takes on are printed on the summary, with \
             their owners."
        }
        StepKind::Focus => {
            "Everybody in the room sees the scores, and reads the notes with the name of who wrote them. The summary prints the notes \
             without names."
        }
        StepKind::Feedback => {
            "Nobody can tell who said what: an answer is kept without name, seat or time. Everybody sees how many have answered. \
             Facilitators read the answers when there are at least three. Nothing of it is on the summary."
        }
        StepKind::Summary => {
            "The page shows who was here and what you agreed, and counts of votes and surveys without names. Once published, signed-in people of \
             your organisation can read it, and anybody with a share link."
        }
    }
}
