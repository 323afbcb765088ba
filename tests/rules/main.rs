//! The rules of product.md 2.1 and 2.2 as short stories.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod actions;
mod agenda;
mod at_once;
mod budget;
mod dots;
mod flow;
mod focus;
mod improve;
mod leaving;
mod parts;
mod people;
mod plan;
mod refusals;
mod reveal;
mod since;
#[path = "../support/story.rs"]
mod story;
mod summary;
mod survey;
mod voting;
mod warmup;

use checkpoint::domain::command::Command;
use checkpoint::domain::context::{Actor, Seen};
use checkpoint::domain::event::Event;
use checkpoint::domain::ids::{ParticipantId, StepId};
use checkpoint::domain::metric::Code;
use checkpoint::domain::rejection::Rejection;
use checkpoint::domain::vote::{Answer, Ballot, Options, Vote};
use checkpoint::domain::{agenda as steps, people as persons, vote};
use story::{FAY, Story, created};

/// The steps of the default agenda that the stories go to.
const WELCOME: StepId = StepId(1);
const SINCE: StepId = StepId(2);
const SCENE: StepId = StepId(3);
const LEAD_TIME: StepId = StepId(4);
const FREQUENCY: StepId = StepId(5);

type Outcome = Result<Vec<Event>, Rejection>;

/// A checkpoint on its first vote.
fn at_the_vote() -> Story {
    at_the_vote_with(Options::default())
}

fn at_the_vote_with(options: Options) -> Story {
    let mut story = Story::new(created(options, false, None));
    story.goes_to(LEAD_TIME).unwrap();
    story
}

fn code(n: u8) -> Code {
    Code::new(n).unwrap()
}

fn ballot(n: u8) -> Ballot {
    Ballot {
        answer: Answer::Code(code(n)),
        confidence: None,
    }
}

impl Story {
    /// Somebody with a seat asks for something.
    fn does(&mut self, who: ParticipantId, command: Command) -> Outcome {
        self.tries(Actor::Participant(who), &command)
    }

    fn people(&mut self, who: ParticipantId, command: persons::Command) -> Outcome {
        self.does(who, Command::People(command))
    }

    /// Fay asks something of the agenda.
    fn agenda(&mut self, command: steps::Command) -> Outcome {
        self.does(FAY, Command::Agenda(command))
    }

    fn goes_to(&mut self, step: StepId) -> Outcome {
        self.agenda(steps::Command::GoTo(step))
    }

    /// Somebody answers the first round of the lead time.
    fn casts(&mut self, who: ParticipantId, n: u8) -> Outcome {
        self.casts_in(who, 1, n)
    }

    fn casts_in(&mut self, who: ParticipantId, round: u32, n: u8) -> Outcome {
        let command = vote::Command::Cast {
            step: LEAD_TIME,
            round,
            ballot: ballot(n),
        };
        self.does(who, Command::Vote(command))
    }

    /// Fay asks something of the vote.
    fn leads(&mut self, command: vote::Command) -> Outcome {
        self.does(FAY, Command::Vote(command))
    }

    fn reveals(&mut self, round: u32) -> Outcome {
        self.leads(vote::Command::Reveal { step: LEAD_TIME, round })
    }

    fn votes_again(&mut self) -> Outcome {
        self.leads(vote::Command::VoteAgain { step: LEAD_TIME })
    }

    fn agrees(&mut self, n: u8) -> Outcome {
        self.leads(vote::Command::Agree {
            step: LEAD_TIME,
            answer: code(n),
            why: String::new(),
        })
    }

    /// The vote on the lead time.
    fn vote(&self) -> &Vote {
        &self.state.votes[&LEAD_TIME]
    }

    /// Fay shares the facilitation.
    fn shares_with(&mut self, who: ParticipantId) {
        self.people(FAY, persons::Command::ShareFacilitation(who)).unwrap();
    }

    /// Somebody is gone since so many milliseconds.
    fn is_gone_for(&mut self, who: ParticipantId, ms: i64) {
        let since = Seen::Away(self.cx.now.plus(-ms));
        self.cx.presence.0.insert(who, since);
    }

    /// Somebody at the door asks to come in.
    fn joins(&mut self, name: &str) -> Outcome {
        let command = persons::Command::Join {
            name: name.to_owned(),
            observer: false,
        };
        self.tries(Actor::Newcomer(None), &Command::People(command))
    }
}
