//! What most stories begin with, and the commands they use.

use super::app::TestApp;
use super::browser::Browser;
use super::screen::Screen;
use checkpoint::domain::agenda;
use checkpoint::domain::audience::Audience;
use checkpoint::domain::command::Command;
use checkpoint::domain::ids::{CommandId, ParticipantId, StepId};
use checkpoint::domain::metric::Code;
use checkpoint::domain::note;
use checkpoint::domain::people;
use checkpoint::domain::vote::{self, Answer, Ballot, Confidence};
use checkpoint::domain::workshop::Workshop;
use checkpoint::protocol::ClientMessage;
use checkpoint::server::auth;
use checkpoint::server::room::Room;

/// The step in which the squad agrees what it talks about.
pub(crate) const SCENE: StepId = StepId(3);
/// The step of the first vote.
pub(crate) const VOTE: StepId = StepId(4);

/// A room with its facilitator, and some members on screens.
pub(crate) struct Story {
    pub(crate) app: TestApp,
    pub(crate) code: String,
    pub(crate) kim: Browser,
    /// Kim's screen.
    pub(crate) lead: Screen,
    pub(crate) browsers: Vec<Browser>,
    pub(crate) screens: Vec<Screen>,
}

impl Story {
    /// In a room with so many members.
    pub(crate) async fn with(members: usize) -> Self {
        Self::on(TestApp::start().await, members, &[]).await
    }

    pub(crate) async fn on(app: TestApp, members: usize, options: &[(&str, &str)]) -> Self {
        let kim = app.browser();
        kim.set_up(app.state.setup.shown().unwrap()).await;
        let code = kim.start_checkpoint(options).await;
        let lead = Screen::enter(&kim, &code).await;
        let (mut browsers, mut screens) = (vec![], vec![]);
        for number in 1..=members {
            let browser = app.browser();
            browser.join(&code, &format!("Member {number}")).await.result.unwrap();
            screens.push(Screen::enter(&browser, &code).await);
            browsers.push(browser);
        }
        Self {
            app,
            code,
            kim,
            lead,
            browsers,
            screens,
        }
    }

    /// The same in the first vote.
    pub(crate) async fn voting(members: usize) -> Self {
        let mut story = Self::with(members).await;
        story.lead.act(go(VOTE)).await.unwrap();
        story.all_caught_up().await;
        story
    }

    /// The room behind the screens.
    pub(crate) async fn room(&self) -> Room {
        room(&self.app, &self.code).await
    }

    /// Everybody has what the server has.
    pub(crate) async fn all_caught_up(&mut self) {
        let seq = told_to(&self.app, &self.code, Audience::Everyone).await.seq;
        self.lead.until_seq(seq).await;
        for screen in &mut self.screens {
            screen.until_seq(seq).await;
        }
    }

    /// The state as the server would tell it to this person now.
    pub(crate) async fn told_to(&self, seat: ParticipantId) -> Workshop {
        told_to(&self.app, &self.code, Audience::Seat(seat)).await
    }
}

/// The state as the server would tell it now.
pub(crate) async fn told_to(app: &TestApp, code: &str, audience: Audience) -> Workshop {
    room(app, code).await.view(audience).await.unwrap().workshop
}

/// The room of this code.
pub(crate) async fn room(app: &TestApp, code: &str) -> Room {
    auth::room(&app.state, code).await.unwrap().unwrap()
}

pub(crate) fn go(step: StepId) -> Command {
    Command::Agenda(agenda::Command::GoTo(step))
}

pub(crate) fn ballot(code: u8) -> Ballot {
    Ballot {
        answer: Answer::Code(Code::new(code).unwrap()),
        confidence: Some(Confidence::Guess),
    }
}

pub(crate) fn cast_in(step: StepId, round: u32, code: u8) -> Command {
    let ballot = ballot(code);
    Command::Vote(vote::Command::Cast { step, round, ballot })
}

/// A ballot in the first round of the first vote.
pub(crate) fn cast(code: u8) -> Command {
    cast_in(VOTE, 1, code)
}

pub(crate) fn reveal() -> Command {
    Command::Vote(vote::Command::Reveal { step: VOTE, round: 1 })
}

pub(crate) fn note(text: &str) -> Command {
    Command::Note(note::Command::Add(text.to_owned()))
}

pub(crate) fn agenda_asks(command: agenda::Command) -> Command {
    Command::Agenda(command)
}

pub(crate) fn people(command: people::Command) -> Command {
    Command::People(command)
}

pub(crate) fn command(id: CommandId, command: Command) -> ClientMessage {
    ClientMessage::Command { id, command }
}
