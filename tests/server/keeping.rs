//! Retention: an administrator sets it after seeing what would follow, and what is due is done and said.

use crate::app::TestApp;
use crate::between::{page, signed_in};
use crate::browser::Browser;
use crate::planning::ahead;
use crate::screen::Screen;
use crate::story::{Story, go, note};
use checkpoint::api::admin::ListChanges;
use checkpoint::api::drafts::{DeleteDraft, LoadDraft};
use checkpoint::api::retention::{LoadRetention, Periods, SetRetention};
use checkpoint::domain::command::Command;
use checkpoint::domain::summary;
use checkpoint::domain::time::Timestamp;
use checkpoint::protocol::close;
use checkpoint::server::store::workshops;
use checkpoint::server::{clock, retention};

const DAY: i64 = 24 * 60 * 60 * 1000;

/// The retention runs, so many days from now.
async fn run_in(app: &TestApp, days: i64) {
    retention::apply(&app.state, Timestamp(clock::now().0 + days * DAY)).await.unwrap();
}

async fn said(kim: &Browser) -> Vec<(String, String)> {
    let lines = kim.ask::<ListChanges>(&[("page", "1")]).await.lines;
    lines.into_iter().map(|line| (line.who, line.what)).collect()
}

async fn id_of(app: &TestApp, code: &str) -> Option<String> {
    workshops::by_code(&app.state.db, code).await.unwrap().map(|row| row.id.to_string())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_due_is_done_and_said() {
    let mut story = Story::with(1).await;
    story.lead.act(go(crate::story::VOTE)).await.unwrap();
    story.lead.act(Command::Summary(summary::Command::Publish)).await.unwrap();
    let id = id_of(&story.app, &story.code).await.unwrap();
    let draft = story.kim.start_checkpoint(&[("form[held_on]", &ahead())]).await;
    let kim = &story.kim;
    run_in(&story.app, 1000).await;
    assert_eq!(said(kim).await, [], "nothing is set, so nothing is done");

    let html = page(kim, "/admin/retention").await;
    assert!(
        html.contains("Now display names are never erased, and drafts are never deleted."),
        "{html}"
    );
    let html = page(kim, "/admin/retention?names=365&drafts=30").await;
    assert!(html.contains("As of now nothing is old enough"), "{html}");
    for (names, drafts, why) in [
        ("0", "", "Display names: type a number of days from 1 to 36500"),
        ("", "soon", "Drafts: type a number of days from 1 to 36500"),
    ] {
        let html = page(kim, &format!("/admin/retention?names={names}&drafts={drafts}")).await;
        assert!(html.contains(why) && !html.contains("What would follow"), "{html}");
        let refused = kim.call::<SetRetention>(&[("names", names), ("drafts", drafts)]).await;
        assert!(refused.refusal().starts_with(why));
    }
    kim.ask::<SetRetention>(&[("names", "365"), ("drafts", "30")]).await;
    let html = page(kim, "/admin/retention").await;
    assert!(
        html.contains("Now display names are erased after 365 days, and drafts are deleted after 30 days."),
        "{html}"
    );
    let set = "Set the retention: display names are erased after 365 days, drafts are deleted after 30 days";
    assert_eq!(said(kim).await, [("Kim Ito".to_owned(), set.to_owned())]);

    // The draft is for a day in two weeks; the names are as old as this test.
    run_in(&story.app, 44).await;
    assert!(id_of(&story.app, &draft).await.is_some());
    run_in(&story.app, 45).await;
    assert_eq!(id_of(&story.app, &draft).await, None);
    run_in(&story.app, 364).await;
    assert!(page(kim, &format!("/checkpoints/{id}")).await.contains("Member 1"));
    run_in(&story.app, 366).await;
    let html = page(kim, &format!("/checkpoints/{id}")).await;
    assert!(!html.contains("Member 1") && html.contains("Person 2"), "{html}");
    // Who is in the room sees it, and the room goes on.
    story.screens[0]
        .until("the names are erased", |screen| screen.state.people.names_erased)
        .await;
    story.lead.act(note("Later")).await.unwrap();
    run_in(&story.app, 400).await;
    let done: Vec<(String, String)> = said(kim).await;
    let by_itself = |what: &str| ("Retention".to_owned(), what.to_owned());
    assert_eq!(done[0], by_itself("Erased the display names of Partner Tooling, 10 Jan 2023"));
    assert!(done[1].1.starts_with("Deleted the draft of Partner Tooling, "), "{done:?}");
    assert_eq!(done.len(), 3, "each thing once");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_page_counts_before_it_is_set() {
    let mut story = Story::with(1).await;
    story.lead.act(go(crate::story::VOTE)).await.unwrap();
    story.lead.act(Command::Summary(summary::Command::Publish)).await.unwrap();
    story.kim.start_checkpoint(&[("form[held_on]", &ahead())]).await;
    // As if both had been long ago.
    crate::between::meddle(&story.app, "UPDATE workshops SET published_at = 1, held_on = '2001-01-01'").await;
    crate::between::meddle(&story.app, "UPDATE events SET at = 1").await;
    let html = page(&story.kim, "/admin/retention?names=365&drafts=").await;
    assert!(
        html.contains("Within an hour the names in 1 checkpoint are erased. This cannot be undone."),
        "{html}"
    );
    let html = page(&story.kim, "/admin/retention?names=365&drafts=30").await;
    assert!(
        html.contains("Within an hour the names in 1 checkpoint are erased and 1 draft is deleted. This cannot be undone."),
        "{html}"
    );
    let looked = story
        .kim
        .ask::<LoadRetention>(&[("names", ""), ("drafts", ""), ("asked", "false")])
        .await;
    assert_eq!((looked.set, looked.asked), (Periods::default(), None), "looking sets nothing");
    // Nobody else looks or sets.
    let vic = signed_in(&story, "vic@example.org", "facilitator").await;
    let not_allowed = "Your account does not allow this. Ask an administrator.";
    let look = vic
        .call::<LoadRetention>(&[("names", ""), ("drafts", ""), ("asked", "false")])
        .await;
    assert_eq!(look.refusal(), not_allowed);
    let set = vic.call::<SetRetention>(&[("names", "1"), ("drafts", "1")]).await;
    assert_eq!(set.refusal(), not_allowed);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_draft_is_deleted_by_who_leads_it() {
    let story = Story::with(0).await;
    let draft = story.kim.start_checkpoint(&[("form[held_on]", &ahead())]).await;
    let id = id_of(&story.app, &draft).await.unwrap();
    let mut there = Screen::enter(&story.kim, &draft).await;
    let other = signed_in(&story, "other@example.org", "facilitator").await;
    let form = [("id", id.as_str()), ("sure", "true")];
    assert_eq!(
        other.call::<DeleteDraft>(&form).await.refusal(),
        "Your account does not allow this. Ask an administrator."
    );
    assert_eq!(
        story.kim.call::<DeleteDraft>(&form[..1]).await.refusal(),
        "Tick the box first: a deleted draft does not come back."
    );
    let html = page(&story.kim, &format!("/checkpoints/{id}/delete")).await;
    assert!(
        html.contains("Delete this draft") && html.contains("This cannot be undone."),
        "{html}"
    );
    let done = story.kim.call::<DeleteDraft>(&form).await;
    done.result.unwrap();
    assert_eq!(done.location, "/");
    assert_eq!(there.until_closed().await.0, close::DELETED);
    assert_eq!(id_of(&story.app, &draft).await, None);
    assert_eq!(story.kim.get(&format!("/w/{draft}")).send().await.unwrap().status(), 404);
    let lines = said(&story.kim).await;
    assert!(
        lines[0].0 == "Kim Ito" && lines[0].1.starts_with("Deleted the draft of Partner Tooling, "),
        "{lines:?}"
    );

    // What has begun stays.
    let begun = id_of(&story.app, &story.code).await.unwrap();
    let refused = story.kim.call::<DeleteDraft>(&[("id", &begun), ("sure", "true")]).await;
    assert_eq!(refused.refusal(), "This checkpoint has begun, so it stays.");
    assert!(story.kim.ask::<LoadDraft>(&[("id", &begun)]).await.begun);
    assert_eq!(said(&story.kim).await.len(), lines.len());
}
