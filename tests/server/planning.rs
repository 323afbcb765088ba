//! Preparing over HTTP and sockets: who may, what is refused, texts, templates, the calendar file, calling it off.

use crate::app::TestApp;
use crate::between;
use crate::browser::{Browser, PASSWORD};
use crate::screen::Screen;
use crate::story::{Story, people, told_to};
use checkpoint::api::admin::CreateAccount;
use checkpoint::api::checkpoints::{LoadHome, LoadStartForm, StartCheckpoint};
use checkpoint::api::planning::{DeleteTemplate, LoadTemplates, LoadTexts, PreviewText, SaveTemplate};
use checkpoint::api::room::{LookAtDoor, Standing};
use checkpoint::domain::agenda::{self, StepKind};
use checkpoint::domain::audience::Audience;
use checkpoint::domain::command::Command;
use checkpoint::domain::ids::StepId;
use checkpoint::domain::metric::Metric;
use checkpoint::domain::people::Command as People;
use checkpoint::domain::plan::{BuiltIn, Choice, Command as C, Outline, Template};
use checkpoint::domain::since;
use checkpoint::domain::time::Timestamp;
use checkpoint::domain::workshop::Workshop;

const ONLY_A_FACILITATOR: &str = "Only a facilitator can do this.";
const WELCOME: StepId = StepId(1);
const SCENE: StepId = StepId(3);

fn plan(command: C) -> Command {
    Command::Plan(command)
}

fn write(text: &str) -> Command {
    plan(C::Write {
        step: WELCOME,
        text: Some(text.to_owned()),
    })
}

/// A day two weeks ahead.
pub(crate) fn ahead() -> String {
    (chrono::Utc::now().date_naive() + chrono::Days::new(14)).to_string()
}

async fn planned(members: usize) -> Story {
    Story::on(TestApp::start().await, members, &[("form[held_on]", &ahead())]).await
}

fn order(w: &Workshop) -> Vec<StepId> {
    w.agenda.steps.iter().map(|s| s.id).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_member_prepares_nothing() {
    let mut story = planned(1).await;
    let (code, browser) = (story.code.clone(), story.browsers[0].clone());
    let member = &mut story.screens[0];
    for command in [
        C::Move { step: SCENE, after: None },
        C::Remove(SCENE),
        C::Lay(BuiltIn::OneHour.template()),
        C::Choose(Choice::FacilitatorVotes(true)),
        C::Cancel,
        C::Reopen,
    ] {
        assert_eq!(member.act(plan(command)).await.unwrap_err(), ONLY_A_FACILITATOR);
    }
    assert_eq!(member.act(write("mine")).await.unwrap_err(), ONLY_A_FACILITATOR);
    let preview = browser.call::<PreviewText>(&[("code", &code), ("text", "# x")]).await;
    assert_eq!(preview.refusal(), ONLY_A_FACILITATOR);
    let keep = browser.call::<SaveTemplate>(&[("code", &code), ("name", "Mine")]).await;
    assert_eq!(keep.refusal(), "Sign in first.");
    assert_eq!(browser.call::<LoadTemplates>(&[]).await.refusal(), "Sign in first.");
    // Somebody who is not even in the room.
    let stranger = story.app.browser();
    assert_eq!(
        stranger.call::<LoadTexts>(&[("code", &code)]).await.refusal(),
        "Join this checkpoint first."
    );
    let file = stranger.get(&format!("/w/{code}/invite.ics")).send().await.unwrap();
    assert_eq!(file.status(), 403);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_agenda_that_makes_no_sense_is_refused_with_its_sentence() {
    let mut story = planned(0).await;
    let before = story.lead.state.clone();
    let outline = |kind, minutes| Outline {
        kind,
        minutes,
        title: String::new(),
        break_after: false,
    };
    let lay = |steps| C::Lay(Template { minutes: 60, steps });
    let summary = before.agenda.steps.last().unwrap().id;
    for (command, sentence) in [
        (C::Retime { step: SCENE, minutes: 0 }, "A step takes 1 to 120 minutes."),
        (
            C::Retime {
                step: SCENE,
                minutes: 10_000,
            },
            "A step takes 1 to 120 minutes.",
        ),
        (C::Available(0), "A checkpoint takes 10 to 480 minutes."),
        (lay(vec![]), "An agenda needs at least one step."),
        (
            lay(vec![outline(StepKind::Summary, 5), outline(StepKind::Vote(Metric::LeadTime), 5)]),
            "Maturity comes after the votes, the focus after the surveys, dots after the improvements, and the summary after all of them.",
        ),
        (
            C::Move {
                step: summary,
                after: Some(SCENE),
            },
            "Maturity comes after the votes, the focus after the surveys, dots after the improvements, and the summary after all of them.",
        ),
        (C::Remove(StepId(99)), "This step is not on the agenda."),
        (
            C::Add {
                kind: StepKind::Summary,
                title: String::new(),
            },
            "This step is on the agenda already.",
        ),
        (
            C::Reschedule {
                held_on: "soon".to_owned(),
                starts: None,
            },
            "The date is missing or is no date. Choose the day of the checkpoint.",
        ),
    ] {
        assert_eq!(story.lead.act(plan(command)).await.unwrap_err(), sentence);
    }
    let long = "x".repeat(20_001);
    assert_eq!(
        story.lead.act(write(&long)).await.unwrap_err(),
        "The page is too long: at most 20000 characters, please."
    );
    story.lead.catch_up().await;
    assert_eq!(story.lead.state, before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_facilitators_who_reorder_at_once_end_with_the_same() {
    let mut story = planned(1).await;
    let ana = story.screens[0].you;
    story.lead.act(people(People::ShareFacilitation(ana))).await.unwrap();
    story.all_caught_up().await;
    let votes: Vec<StepId> = story.lead.state.votes.keys().copied().collect();
    for round in 0..votes.len() {
        let (one, other) = (votes[round], votes[(round + 1) % votes.len()]);
        let fay = story.lead.act(plan(C::Move {
            step: one,
            after: Some(WELCOME),
        }));
        let ana = story.screens[0].act(plan(C::Move {
            step: other,
            after: Some(one),
        }));
        let (fay, ana) = tokio::join!(fay, ana);
        fay.unwrap();
        ana.unwrap();
        story.all_caught_up().await;
        let there = told_to(&story.app, &story.code, Audience::Everyone).await;
        assert_eq!(order(&story.lead.state), order(&there));
        assert_eq!(order(&story.screens[0].state), order(&there));
        let mut ids = order(&there);
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), there.agenda.steps.len(), "no step twice");
    }
    let before = story.told_to(story.lead.you).await;
    story.app.restart().await;
    assert_eq!(story.told_to(story.lead.you).await, before, "the log gives the same agenda");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn hostile_texts_are_inert() {
    let mut story = planned(0).await;
    let hostile = "# Hello\n\n<script>alert(1)</script>\n\n![beacon](https://evil.example/x.png)\n\n[tap](javascript:alert(1))\n\n\
                   <img src=\"https://evil.example/y.png\" onerror=alert(1)>\n\n<style>@import url(https://evil.example)</style>";
    story.lead.act(write(hostile)).await.unwrap();
    let code = story.code.clone();
    let texts = story.kim.ask::<LoadTexts>(&[("code", &code)]).await;
    let preview = story.kim.ask::<PreviewText>(&[("code", &code), ("text", hostile)]).await;
    let page = between::page(&story.kim, &format!("/w/{code}")).await;
    assert_eq!(texts[&WELCOME].source, hostile);
    assert_eq!(texts[&WELCOME].html, preview);
    assert!(preview.contains("Hello"), "{preview}");
    for bad in ["<script", "<img", "<style", "javascript:", "onerror", "evil.example"] {
        assert!(!preview.contains(bad), "{bad} in {preview}");
    }
    // The state travels as JSON in a script element, where a text must not be able to end it.
    assert!(!page.contains("<script>alert(1)"), "the page holds what was typed as it was typed");
    assert!(
        !page.contains("<img src=\"https://evil.example"),
        "the page would ask another origin"
    );
    let row = format!("|{}\n", "a|".repeat(60));
    let table = format!("{row}|{}\n{}", "-|".repeat(60), row.repeat(140));
    assert!(table.len() > 17_000);
    story.lead.act(write(&table)).await.unwrap();
    let html = story.kim.ask::<LoadTexts>(&[("code", &code)]).await[&WELCOME].html.clone();
    assert!(html.len() < 400_000, "a huge table stays in proportion: {}", html.len());
    story.lead.act(plan(C::Write { step: WELCOME, text: None })).await.unwrap();
    let texts = story.kim.ask::<LoadTexts>(&[("code", &code)]).await;
    assert!(texts[&WELCOME].source.contains("Why we are here"), "the organisation's own again");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_next_checkpoint_begins_with_the_texts_of_the_last() {
    let app = TestApp::start().await;
    let mut story = Story::on(app, 0, &[]).await;
    story.lead.act(write("Our own welcome")).await.unwrap();
    let publish = Command::Summary(checkpoint::domain::summary::Command::Publish);
    story.lead.act(publish).await.unwrap();
    let next = story
        .kim
        .start_checkpoint(&[("form[held_on]", &ahead()), ("form[template]", "one-hour")])
        .await;
    let ana = story.app.browser();
    ana.join(&next, "Ana").await.result.unwrap();
    let room = between::page(&ana, &format!("/w/{next}")).await;
    assert!(room.contains("<p>Our own welcome</p>"), "{room}");
    let told = told_to(&story.app, &next, Audience::Everyone).await;
    assert_eq!(told.plan.texts.len(), 1, "the other text is the organisation's");
    let other = story
        .kim
        .start_checkpoint(&[("form[squad]", "Another"), ("form[held_on]", &ahead())])
        .await;
    assert!(told_to(&story.app, &other, Audience::Everyone).await.plan.texts.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_checkpoint_begins_with_a_template() {
    let mut story = planned(0).await;
    for built_in in BuiltIn::ALL {
        let code = story
            .kim
            .start_checkpoint(&[
                ("form[held_on]", &ahead()),
                ("form[template]", built_in.key()),
                ("form[rework]", "true"),
            ])
            .await;
        let state = told_to(&story.app, &code, Audience::Everyone).await;
        assert_eq!(
            Template::of(&state.agenda.steps, state.plan.minutes),
            built_in.template().with_rework()
        );
    }
    let title = "Our retro".to_owned();
    story
        .lead
        .act(plan(C::Add {
            kind: StepKind::Talk,
            title,
        }))
        .await
        .unwrap();
    story.lead.act(plan(C::Available(95))).await.unwrap();
    let code = story.code.clone();
    let keep = async |name: &str| story.kim.call::<SaveTemplate>(&[("code", &code), ("name", name)]).await;
    assert_eq!(keep("  ").await.refusal(), "The template's name is empty. Please type something.");
    keep("Ours").await.result.unwrap();
    keep("OURS").await.result.unwrap();
    let templates = story.kim.ask::<LoadStartForm>(&[]).await.templates;
    assert_eq!(
        templates.iter().map(|t| t.name.as_str()).collect::<Vec<_>>(),
        ["OURS"],
        "one of a name"
    );
    let id = templates[0].id.to_string();
    let ours = story
        .kim
        .start_checkpoint(&[("form[held_on]", &ahead()), ("form[template]", &id)])
        .await;
    let state = told_to(&story.app, &ours, Audience::Everyone).await;
    assert!(state.agenda.steps.iter().any(|s| s.title() == "Our retro"));
    assert_eq!(state.plan.minutes, 95);

    story.kim.ask::<DeleteTemplate>(&[("id", &id)]).await;
    assert!(story.kim.ask::<LoadTemplates>(&[]).await.is_empty());
    for gone in [id.as_str(), "nonsense"] {
        let form = [("form[squad]", "X"), ("form[held_on]", "2023-01-10"), ("form[template]", gone)];
        let refusal = story.kim.call::<StartCheckpoint>(&form).await.refusal();
        assert_eq!(refusal, "This template is gone. Choose another one.");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_viewer_keeps_no_templates() {
    let story = planned(0).await;
    let viewer = viewer(&story).await;
    assert!(
        viewer
            .call::<LoadTemplates>(&[])
            .await
            .refusal()
            .starts_with("Your account does not allow this.")
    );
    let keep = viewer.call::<SaveTemplate>(&[("code", &story.code), ("name", "X")]).await;
    assert!(keep.refusal().starts_with("Your account does not allow this."));
    let id = uuid::Uuid::nil().to_string();
    assert!(
        viewer
            .call::<DeleteTemplate>(&[("id", &id)])
            .await
            .refusal()
            .starts_with("Your account")
    );
}

async fn viewer(story: &Story) -> Browser {
    let email = "vic@example.org";
    let form = [("name", "Vic"), ("email", email), ("role", "viewer"), ("password", PASSWORD)];
    story.kim.ask::<CreateAccount>(&form).await;
    let viewer = story.app.browser();
    viewer.sign_in(email).await.result.unwrap();
    viewer
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_calendar_file_says_when() {
    let mut story = planned(1).await;
    let address = format!("/w/{}/invite.ics", story.code);
    let file = async |browser: &Browser| {
        let answer = browser.get(&address).send().await.unwrap();
        assert_eq!(answer.headers()["content-type"], "text/calendar; charset=utf-8");
        assert!(answer.headers()["content-disposition"].to_str().unwrap().ends_with(".ics\""));
        answer.text().await.unwrap()
    };
    let day = ahead().replace('-', "");
    let whole_day = file(&story.browsers[0]).await;
    assert!(whole_day.contains(&format!("DTSTART;VALUE=DATE:{day}\r\n")), "{whole_day}");
    assert!(whole_day.replace("\r\n ", "").contains(&format!("/join/{}", story.code)));
    let noon = ahead()
        .parse::<chrono::NaiveDate>()
        .unwrap()
        .and_hms_opt(12, 0, 0)
        .unwrap()
        .and_utc();
    let at = C::Reschedule {
        held_on: ahead(),
        starts: Some(Timestamp(noon.timestamp_millis())),
    };
    story.lead.act(plan(at)).await.unwrap();
    let timed = file(&story.kim).await;
    assert!(
        timed.contains(&format!("DTSTART:{day}T120000Z\r\nDTEND:{day}T140000Z\r\n")),
        "{timed}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_cancelled_checkpoint_leaves_the_lists_and_comes_back() {
    let mut story = planned(1).await;
    let codes = |cards: &[checkpoint::api::checkpoints::Card]| cards.iter().map(|card| card.code.clone()).collect::<Vec<_>>();
    let code = story.code.clone();
    story.lead.act(plan(C::Cancel)).await.unwrap();
    story.all_caught_up().await;
    assert!(story.screens[0].state.plan.cancelled);
    let home = story.kim.ask::<LoadHome>(&[]).await;
    assert_eq!((codes(&home.planned), codes(&home.cancelled)), (vec![], vec![code.clone()]));
    let late = story.app.browser();
    let door = late.ask::<LookAtDoor>(&[("code", &code)]).await;
    assert_eq!(door.standing, Standing::Cancelled);
    let closed = "This checkpoint is cancelled. A facilitator can open it again.";
    assert_eq!(late.join(&code, "Late").await.refusal(), closed);
    assert_eq!(story.lead.act(Command::Agenda(agenda::Command::Start)).await.unwrap_err(), closed);

    // Also after a restart, and from a screen that comes back.
    story.app.restart().await;
    let mut lead = Screen::enter(&story.kim, &code).await;
    lead.act(plan(C::Reopen)).await.unwrap();
    let home = story.kim.ask::<LoadHome>(&[]).await;
    assert_eq!((codes(&home.planned), codes(&home.cancelled)), (vec![code.clone()], vec![]));
    late.join(&code, "Late").await.result.unwrap();
    lead.act(Command::Agenda(agenda::Command::Start)).await.unwrap();
    assert_eq!(
        lead.act(plan(C::Cancel)).await.unwrap_err(),
        "This checkpoint has started, so this can no longer change."
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_was_published_since_the_planning_is_last_time() {
    let mut story = planned(1).await;
    let today = story.kim.start_checkpoint(&[]).await;
    let mut other = Screen::enter(&story.kim, &today).await;
    let add = since::Command::Add {
        title: "Alert on no events".to_owned(),
        owner: String::new(),
        due: String::new(),
        expects: None,
    };
    other.act(Command::Since(add)).await.unwrap();
    other
        .act(Command::Summary(checkpoint::domain::summary::Command::Publish))
        .await
        .unwrap();
    story.lead.act(Command::Agenda(agenda::Command::Start)).await.unwrap();
    story.all_caught_up().await;
    for screen in [&story.lead, &story.screens[0]] {
        let since: Vec<_> = screen.state.since.0.values().map(|item| item.action.title.as_str()).collect();
        assert_eq!(since, ["Alert on no events"]);
    }
    let before = story.told_to(story.lead.you).await;
    story.app.restart().await;
    assert_eq!(story.told_to(story.lead.you).await, before);
}
