//! Erasing display names: afterwards none of them is anywhere, and everything else is as it was.

use crate::app::{Place, TestApp};
use crate::between::{deciding, draft, page, propose, signed_in};
use crate::browser::Browser;
use crate::importing::{empty, export, import};
use crate::screen::Screen;
use crate::secrecy::stored;
use crate::story::{Story, go, note, people, told_to};
use checkpoint::api::admin::ListChanges;
use checkpoint::api::names::{EraseNames, LoadNames};
use checkpoint::domain::action::Status;
use checkpoint::domain::agenda::StepKind;
use checkpoint::domain::audience::Audience;
use checkpoint::domain::command::Command;
use checkpoint::domain::ids::ParticipantId;
use checkpoint::domain::{people as persons, since, summary};
use checkpoint::server::store::workshops;

/// Names that stand nowhere but where people are named.
const NAMES: [&str; 3] = ["Wilhelmine", "Balthasar", "Xanthippe"];
const NOT_ALLOWED: &str = "Your account does not allow this. Ask an administrator.";

fn publish() -> Command {
    Command::Summary(summary::Command::Publish)
}

pub(crate) async fn id_of(story: &Story) -> String {
    let row = workshops::by_code(&story.app.state.db, &story.code).await.unwrap().unwrap();
    row.id.to_string()
}

/// Three people are named in every place that names people, and one of them publishes twice.
async fn held(place: Place) -> (Story, Vec<Screen>) {
    let mut story = Story::on(TestApp::on(place).await, 0, &[]).await;
    let mut screens = vec![];
    for name in NAMES {
        let browser = story.app.browser();
        browser.join(&story.code, name).await.result.unwrap();
        screens.push(Screen::enter(&browser, &story.code).await);
        story.browsers.push(browser);
    }
    let wilhelmine = &mut screens[0];
    let share = persons::Command::ShareFacilitation(wilhelmine.you);
    story.lead.act(people(share)).await.unwrap();
    wilhelmine.until_seq(story.lead.state.seq).await;
    let since = wilhelmine.state.agenda.steps.iter().find(|step| step.kind == StepKind::Since);
    wilhelmine.act(go(since.unwrap().id)).await.unwrap();
    let add = since::Command::Add {
        title: "Write the runbook".to_owned(),
        owner: "Xanthippe".to_owned(),
        due: String::new(),
        expects: None,
    };
    wilhelmine.act(Command::Since(add)).await.unwrap();
    let (action, status) = (*wilhelmine.state.since.0.keys().next().unwrap(), Status::InProgress);
    let why = String::new();
    wilhelmine
        .act(Command::Since(since::Command::Settle { action, status, why }))
        .await
        .unwrap();
    deciding(wilhelmine).await;
    propose(wilhelmine, draft("Split the pipeline", "  balthasar ", "2023-02-01")).await;
    propose(wilhelmine, draft("Test data on demand", "Ann Other", "2023-02-01")).await;
    wilhelmine.act(publish()).await.unwrap();
    wilhelmine.act(note("We forgot this")).await.unwrap();
    wilhelmine.act(publish()).await.unwrap();
    (story, screens)
}

async fn erase(browser: &Browser, id: &str) {
    browser.ask::<EraseNames>(&[("id", id), ("sure", "true")]).await;
}

/// How often any of the names stands in what the database keeps, however it is written.
async fn named(app: &TestApp) -> usize {
    let kept = stored(app).await.to_lowercase();
    NAMES.iter().map(|name| kept.matches(&name.to_lowercase()).count()).sum()
}

async fn names_are_erased(place: Place) {
    let (mut story, mut screens) = held(place).await;
    let id = id_of(&story).await;
    let path = format!("/checkpoints/{id}");
    assert!(named(&story.app).await >= 15, "the names are there");
    let before = page(&story.kim, &path).await;
    assert!(NAMES.iter().all(|name| before.contains(name)) && before.contains("Wilhelmine facilitates"));
    let asked = page(&story.kim, &format!("{path}/names")).await;
    assert!(asked.contains("Wilhelmine") && asked.contains("Person 2") && asked.contains("This cannot be undone."));
    let refused = story.kim.call::<EraseNames>(&[("id", &id)]).await;
    assert_eq!(refused.refusal(), "Tick the box first: erased names do not come back.");
    assert!(named(&story.app).await >= 15, "nothing without being sure");

    erase(&story.kim, &id).await;
    assert_eq!(named(&story.app).await, 0);
    // Who is in the room sees it at once, and who comes back or comes anew sees nothing else.
    let seq = told_to(&story.app, &story.code, Audience::Everyone).await.seq;
    let mut all = vec![Screen::enter(&story.browsers[0], &story.code).await];
    let mut back = Screen::open(&story.browsers[1], &story.code).await.unwrap();
    back.state.seq = seq - 3;
    back.hello(Some(seq - 3)).await;
    assert!(back.frames.iter().all(|frame| NAMES.iter().all(|name| !frame.contains(name))));
    for screen in &mut screens {
        screen.until_seq(seq).await;
    }
    all.append(&mut screens);
    for screen in &all {
        assert_eq!(screen.state.people.name(ParticipantId(2)), "Person 2");
        assert_eq!(screen.state.actions.0[0].action.owner.as_str(), "Person 3");
        assert_eq!(
            screen.state.actions.0[1].action.owner.as_str(),
            "Ann Other",
            "not one of those who joined"
        );
        assert_eq!(screen.state.since.0.values().next().unwrap().action.owner.as_str(), "Person 4");
    }
    for query in ["", "?revision=1", ".md", ".json"] {
        let html = page(&story.kim, &format!("{path}{query}")).await;
        assert!(NAMES.iter().all(|name| !html.contains(name)), "{query}: {html}");
        assert!(
            html.contains("Person 2") && html.contains("Person 3") && html.contains("Person 4"),
            "{query}: {html}"
        );
    }
    assert!(page(&story.kim, &path).await.contains("Person 2 facilitates"));
    assert!(page(&story.kim, &format!("{path}/names")).await.contains("No display name is left"));
    // The rewritten log leads to the state that the room had.
    let state = told_to(&story.app, &story.code, Audience::Seat(ParticipantId(1))).await;
    story.app.restart().await;
    assert_eq!(told_to(&story.app, &story.code, Audience::Seat(ParticipantId(1))).await, state);
    assert_eq!(named(&story.app).await, 0);
    // Once more changes nothing, and is not said again.
    erase(&story.kim, &id).await;
    assert_eq!(told_to(&story.app, &story.code, Audience::Seat(ParticipantId(1))).await, state);
    let said = story.kim.ask::<ListChanges>(&[("page", "1")]).await.lines;
    let said: Vec<(&str, &str)> = said.iter().map(|line| (line.who.as_str(), line.what.as_str())).collect();
    assert_eq!(said, [("Kim Ito", "Erased the display names of Partner Tooling, 10 Jan 2023")]);
    // Whoever leads still can correct the page; who comes late has a name, which can be erased as well.
    story.app.browser().join(&story.code, "Xanthippe").await.result.unwrap();
    let mut lead = Screen::enter(&story.kim, &story.code).await;
    lead.act(note("Corrected")).await.unwrap();
    lead.act(publish()).await.unwrap();
    assert!(page(&story.kim, &path).await.contains("Xanthippe"));
    erase(&story.kim, &id).await;
    assert_eq!(named(&story.app).await, 0);
    assert!(page(&story.kim, &path).await.contains("Person 5"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_name_is_left_in_sqlite() {
    Box::pin(names_are_erased(Place::sqlite())).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_name_is_left_in_postgres() {
    if let Some(place) = Place::postgres().await {
        Box::pin(names_are_erased(place)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whoever_led_it_erases_and_nobody_else() {
    let mut story = Story::with(1).await;
    let id = id_of(&story).await;
    let form = [("id", id.as_str()), ("sure", "true")];
    let not_yet = story.kim.call::<EraseNames>(&form).await;
    assert_eq!(
        not_yet.refusal(),
        "Names are erased once the checkpoint has ended. Publish its summary first."
    );
    // Vic has an account and joined with it; Kim made Vic a facilitator of this checkpoint.
    let vic = signed_in(&story, "vic@example.org", "viewer").await;
    let other = signed_in(&story, "other@example.org", "facilitator").await;
    other.join(&story.code, "Other").await.result.unwrap();
    vic.join(&story.code, "Vic").await.result.unwrap();
    story.lead.act(go(crate::story::VOTE)).await.unwrap();
    story.lead.act(publish()).await.unwrap();
    for browser in [&vic, &other] {
        assert_eq!(browser.call::<EraseNames>(&form).await.refusal(), NOT_ALLOWED);
        assert_eq!(browser.call::<LoadNames>(&[("id", &id)]).await.refusal(), NOT_ALLOWED);
    }
    let stranger = story.app.browser().call::<EraseNames>(&form).await;
    assert_eq!(stranger.refusal(), "Sign in first.");
    let unknown = story.kim.call::<LoadNames>(&[("id", &uuid::Uuid::nil().to_string())]).await;
    assert_eq!(unknown.refusal(), "There is no such checkpoint.");
    let seat = *story.lead.state.people.seats.keys().next_back().unwrap();
    story.lead.act(people(persons::Command::ShareFacilitation(seat))).await.unwrap();
    vic.ask::<EraseNames>(&form).await;
    // The seats of those who lead still belong to their accounts, and nobody else's does.
    let room = checkpoint::server::auth::room(&story.app.state, &story.code)
        .await
        .unwrap()
        .unwrap();
    let accounts = checkpoint::server::store::people::all(&story.app.state.db).await.unwrap();
    for account in accounts {
        let leads = account.email != "other@example.org";
        assert_eq!(room.seat_of(account.id).await.is_some(), leads, "{}", account.email);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn pages_that_were_imported_forget_too() {
    let (story, _screens) = held(Place::sqlite()).await;
    let id = id_of(&story).await;
    let file = export(&story.app).await;
    let mut places = vec![Place::sqlite()];
    places.extend(Place::postgres().await);
    for place in places {
        let (app, kim) = empty(place).await;
        assert!(import(&app, &[&file], true).await.done);
        assert!(named(&app).await >= 8, "the names are there");
        let asked = page(&kim, &format!("/checkpoints/{id}/names")).await;
        assert!(asked.contains("Wilhelmine") && asked.contains("Person 2"), "{asked}");
        erase(&kim, &id).await;
        assert_eq!(named(&app).await, 0);
        let html = page(&kim, &format!("/checkpoints/{id}?revision=1")).await;
        assert!(html.contains("Person 2 facilitates") && html.contains("Person 4"), "{html}");
        let asked = kim.ask::<LoadNames>(&[("id", &id)]).await;
        assert!(asked.ended && asked.names.is_empty());
        erase(&kim, &id).await;
        let said = kim.ask::<ListChanges>(&[("page", "1")]).await.lines;
        let said: Vec<&str> = said.iter().map(|line| line.what.as_str()).collect();
        let once = "Erased the display names of Partner Tooling, 10 Jan 2023";
        assert_eq!(said, [once, "Imported 2 summaries"], "said once");
        // The old file brings no name back.
        let again = import(&app, &[&file], true).await;
        assert!(!again.done && !again.refused.is_empty());
        assert_eq!(named(&app).await, 0);
    }
}
