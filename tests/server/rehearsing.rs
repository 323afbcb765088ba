//! Rehearsals: a room like any other to those in it, and no trace of it anywhere else.

use crate::app::TestApp;
use crate::between;
use crate::browser::{Browser, PASSWORD};
use crate::screen::Screen;
use crate::story::go;
use checkpoint::api::admin::CreateAccount;
use checkpoint::api::checkpoints::LoadHome;
use checkpoint::api::feedback::{GiveFeedback, LoadFeedback};
use checkpoint::api::past::ListCheckpoints;
use checkpoint::api::planning::SaveTemplate;
use checkpoint::api::rehearsal::{EndRehearsal, Rehearse};
use checkpoint::api::room::{LoadRunSheet, LookAtDoor};
use checkpoint::domain::agenda::StepKind;
use checkpoint::domain::command::Command;
use checkpoint::domain::summary;
use sqlx::Row;
use sqlx::sqlite::SqlitePool;
use std::collections::BTreeMap;

/// How many rows each table has.
async fn rows(app: &TestApp) -> BTreeMap<String, i64> {
    let pool = SqlitePool::connect(&app.place.url()).await.unwrap();
    let tables = sqlx::query("SELECT name FROM sqlite_master WHERE type = 'table'")
        .fetch_all(&pool)
        .await
        .unwrap();
    let mut counts = BTreeMap::new();
    for table in tables {
        let name: String = table.get(0);
        let count = sqlx::query_scalar(sqlx::AssertSqlSafe(format!("SELECT COUNT(*) FROM \"{name}\"")));
        counts.insert(name, count.fetch_one(&pool).await.unwrap());
    }
    pool.close().await;
    counts
}

/// A server with an administrator, who may lead as well.
async fn house() -> (TestApp, Browser) {
    let app = TestApp::start().await;
    let kim = app.browser();
    kim.set_up(app.state.setup.shown().unwrap()).await;
    (app, kim)
}

async fn rehearse(kim: &Browser) -> String {
    let answer = kim.call::<Rehearse>(&[]).await;
    answer.result.unwrap();
    answer.location.strip_prefix("/w/").unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_rehearsal_leaves_no_row_in_any_table() {
    let (app, kim) = house().await;
    let before = rows(&app).await;
    let code = rehearse(&kim).await;
    assert_eq!(rehearse(&kim).await, code, "a person has one, and comes back to it");
    let mut lead = Screen::enter(&kim, &code).await;
    assert!(lead.state.rehearsal);
    lead.until("a member", |s| s.state.people.all().count() > 1).await;
    // A colleague looks in with a browser that was never here.
    let colleague = app.browser();
    colleague.join(&code, "Cleo").await.result.unwrap();
    assert!(Screen::enter(&colleague, &code).await.state.rehearsal);
    let page = between::page(&kim, &format!("/w/{code}")).await;
    let door = between::page(&app.browser(), &format!("/join/{code}")).await;
    assert!(page.contains("Rehearsal: nothing is kept.") && door.contains("nothing of it is kept"));

    let last = lead
        .state
        .agenda
        .steps
        .iter()
        .find(|step| step.kind == StepKind::Summary)
        .unwrap()
        .id;
    lead.act(go(last)).await.unwrap();
    lead.act(Command::Summary(summary::Command::Publish)).await.unwrap();
    assert!(lead.state.published());
    let form = [("code", code.as_str()), ("worth", "4"), ("keep", ""), ("change", "")];
    colleague.call::<GiveFeedback>(&form).await.result.unwrap();
    assert_eq!(kim.ask::<LoadFeedback>(&[("code", &code)]).await.count, 1);
    let home = kim.ask::<LoadHome>(&[]).await;
    assert!(home.live.is_empty() && home.recent.is_empty() && home.planned.is_empty());
    assert_eq!(kim.ask::<ListCheckpoints>(&[("filter[page]", "1")]).await.total, 0);
    let view = between::page(&kim, &format!("/w/{code}")).await;
    assert!(!view.contains("Open the published page"));
    let template = kim.call::<SaveTemplate>(&[("code", &code), ("name", "Ours")]).await;
    assert!(template.refusal().contains("nothing is kept"));

    let ended = kim.call::<EndRehearsal>(&[("code", &code)]).await;
    assert_eq!((ended.status < 400, ended.location.as_str()), (true, "/start"));
    lead.until_closed().await;
    assert_eq!(rows(&app).await, before);
    assert_eq!(kim.call::<LookAtDoor>(&[("code", &code)]).await.status, 404, "its code is unknown");
    assert_ne!(rehearse(&kim).await, code, "there can be another one");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn only_those_who_lead_rehearse_and_not_too_many_at_once() {
    let (app, kim) = house().await;
    let person = async |email: &str, role: &str| {
        let form = [("name", "Somebody"), ("email", email), ("role", role), ("password", PASSWORD)];
        kim.ask::<CreateAccount>(&form).await;
        let browser = app.browser();
        browser.sign_in(email).await.result.unwrap();
        browser
    };
    assert_eq!(app.browser().call::<Rehearse>(&[]).await.status, 401);
    let viewer = person("viewer@example.org", "viewer").await;
    assert_eq!(viewer.call::<Rehearse>(&[]).await.status, 403);
    let mut codes = vec![];
    for number in 0..5 {
        let one = person(&format!("lead{number}@example.org"), "facilitator").await;
        codes.push(rehearse(&one).await);
    }
    assert!(
        kim.call::<Rehearse>(&[])
            .await
            .refusal()
            .starts_with("5 rehearsals are going on already")
    );
    // Nobody ends a rehearsal that is not theirs.
    assert_eq!(kim.call::<EndRehearsal>(&[("code", &codes[0])]).await.status, 403);
    app.state.hub.rehearsals().stop().await;
    assert_eq!(kim.call::<LookAtDoor>(&[("code", &codes[0])]).await.status, 404);
    rehearse(&kim).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_run_sheet_is_for_those_who_lead_and_says_what_to_practise() {
    let (app, kim) = house().await;
    let code = rehearse(&kim).await;
    let sheet = async |who: &Browser, code: &str| who.call::<LoadRunSheet>(&[("code", code)]).await;
    let now = sheet(&kim, &code).await.result.unwrap();
    assert!(now.contains("<h3>Say</h3>") && now.contains("Emil is late, and comes"), "{now}");
    assert!(now.contains("3 minutes are planned") && !now.contains("Practised so far"), "{now}");
    let colleague = app.browser();
    assert_eq!(sheet(&colleague, &code).await.status, 403, "without a seat");
    colleague.join(&code, "Cleo").await.result.unwrap();
    assert!(sheet(&colleague, &code).await.refusal().contains("facilitator"));

    let mut lead = Screen::enter(&kim, &code).await;
    let scene = lead.state.agenda.steps.iter().find(|step| step.kind == StepKind::Scene).unwrap().id;
    lead.act(go(scene)).await.unwrap();
    let now = sheet(&kim, &code).await.result.unwrap();
    assert!(
        now.contains("Practised so far") && now.contains("You began before everybody was there."),
        "{now}"
    );

    let real = kim.start_checkpoint(&[]).await;
    let now = sheet(&kim, &real).await.result.unwrap();
    assert!(now.contains("<h3>Do</h3>") && !now.contains("Practise"), "{now}");
}
