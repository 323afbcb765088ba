//! Simulated members: they do their part in every step, and never more than the facilitator opens.

use crate::app::TestApp;
use crate::screen::Screen;
use crate::story::{Story, go};
use checkpoint::domain::agenda::StepKind;
use checkpoint::domain::code::JoinCode;
use checkpoint::domain::command::Command;
use checkpoint::domain::dots::Terms;
use checkpoint::domain::ids::StepId;
use checkpoint::domain::vote::Reading;
use checkpoint::domain::{actions, dots, summary, survey, vote};
use checkpoint::server::simulated::{self, MEMBERS, Pace};

pub(crate) const QUICK: Pace = Pace {
    think: 1..4,
    click: 1..2,
    away: 20,
};

fn names() -> Vec<String> {
    (1..=MEMBERS).map(|number| format!("Member {number}")).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn seven_members_do_their_part_in_every_step_of_the_usual_agenda() {
    let mut story = Story::on(TestApp::start().await, 0, &[]).await;
    let code = JoinCode::parse(&story.code).unwrap();
    simulated::send(&story.app.state, &code, &names(), QUICK);
    let lead = &mut story.lead;
    lead.until("the warm-up", |s| s.state.warm_up.given.len() == MEMBERS - 1).await;
    lead_to_the_end(lead).await;
    lead.until("feedback of all but one", |s| s.feedback == 6).await;
    // They have seen the page and go.
    lead.until("an empty room", |s| {
        s.presence.0.keys().filter(|id| s.presence.here(**id)).count() == 1
    })
    .await;
}

/// What a facilitator does, who waits for everybody in each step.
pub(crate) async fn lead_to_the_end(lead: &mut Screen) {
    let steps: Vec<(StepId, StepKind)> = lead.state.agenda.steps.iter().map(|step| (step.id, step.kind)).collect();
    for (step, kind) in steps {
        lead.act(go(step)).await.unwrap();
        match kind {
            StepKind::Vote(_) => all_vote(lead, step).await,
            StepKind::Surveys => all_answer(lead).await,
            StepKind::Focus => lead.until("notes", |s| s.state.focus.notes.len() == 4).await,
            StepKind::Flow => {
                lead.until("a drawing", |s| s.state.flow.texts.len() == 3 && s.state.flow.steps.len() > 5)
                    .await;
            }
            StepKind::Improvements => lead.until("stickies", |s| s.state.improvements.stickies.len() == 2 * MEMBERS).await,
            StepKind::Dots => all_place(lead).await,
            StepKind::Actions => {
                lead.until("proposals", |s| s.state.actions.0.len() == 3).await;
                for entry in lead.state.actions.0.clone() {
                    lead.act(Command::Actions(actions::Command::Accept(entry.id))).await.unwrap();
                }
            }
            StepKind::Summary => lead.act(Command::Summary(summary::Command::Publish)).await.unwrap(),
            _ => {}
        }
    }
    assert!(lead.state.published() && lead.state.level().is_some());
    assert_eq!(lead.state.actions.accepted().count(), 3);
}

async fn all_vote(lead: &mut Screen, step: StepId) {
    let mut round = 1;
    loop {
        lead.until("seven ballots", |s| s.state.votes[&step].round().1.ballots.len() == MEMBERS)
            .await;
        lead.act(Command::Vote(vote::Command::Reveal { step, round })).await.unwrap();
        let tally = lead.state.votes[&step].last_tally().unwrap();
        if round > 1 || tally.reading() != Reading::FarApart {
            let (answer, why) = (tally.median().unwrap(), String::new());
            lead.act(Command::Vote(vote::Command::Agree { step, answer, why })).await.unwrap();
            return;
        }
        lead.act(Command::Vote(vote::Command::VoteAgain { step })).await.unwrap();
        round += 1;
    }
}

async fn all_answer(lead: &mut Screen) {
    let keys: Vec<_> = lead.state.surveys.list.iter().map(|survey| survey.capability.key.clone()).collect();
    assert_eq!(keys.len(), 3);
    for capability in keys {
        let key = || capability.clone();
        lead.act(Command::Survey(survey::Command::Open { capability: key() }))
            .await
            .unwrap();
        lead.until("all sheets", |s| {
            let open = s.state.surveys.get(&capability).and_then(|survey| survey.open_round());
            open.is_some_and(|(_, round)| round.finished() == MEMBERS)
        })
        .await;
        lead.act(Command::Survey(survey::Command::Close {
            capability: key(),
            round: 1,
        }))
        .await
        .unwrap();
    }
}

async fn all_place(lead: &mut Screen) {
    let terms = Terms::suggested(lead.state.improvements.votable().len());
    lead.act(Command::Dots(dots::Command::Open { terms, among: vec![] })).await.unwrap();
    lead.until("all dots", |s| {
        let (_, round) = s.state.dots.open().unwrap();
        round.placed.keys().filter(|person| round.is_done(**person)).count() == MEMBERS
    })
    .await;
    lead.act(Command::Dots(dots::Command::Reveal { round: 1 })).await.unwrap();
}
