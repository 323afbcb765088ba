//! Feedback about a checkpoint: given by whoever has its code, told to facilitators, tied to nobody.

use crate::between::{meddle, page};
use crate::browser::Browser;
use crate::planning::ahead;
use crate::screen::Screen;
use crate::story::Story;
use checkpoint::api::feedback::{GiveFeedback, LoadFeedback};
use checkpoint::domain::command::Command;
use checkpoint::domain::feedback::{Feedback, Report};
use checkpoint::domain::summary;
use checkpoint::domain::text::FeedbackText;
use checkpoint::server::store::{events, feedback};
use uuid::Uuid;

async fn give(browser: &Browser, code: &str, worth: &str, keep: &str) -> Result<(), String> {
    let form = [("code", code), ("worth", worth), ("keep", keep), ("change", "")];
    let answer = browser.call::<GiveFeedback>(&form).await;
    answer.result.map_err(|error| error.to_string())
}

async fn report(browser: &Browser, code: &str) -> Option<Report> {
    browser.ask::<LoadFeedback>(&[("code", code)]).await.report
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn three_answers_are_read_by_facilitators_and_by_nobody_else() {
    let mut story = Story::with(2).await;
    let code = story.code.clone();
    let stranger = story.app.browser();
    give(&story.browsers[0], &code, "5", "The vote").await.unwrap();
    give(&stranger, &code, "2", "").await.unwrap();
    story.lead.until("both are counted", |screen| screen.feedback == 2).await;
    assert_eq!(report(&story.kim, &code).await, None, "two could be told apart");
    // Who answers again has changed an answer.
    give(&stranger, &code, "4", "Snacks").await.unwrap();
    assert_eq!(report(&story.kim, &code).await, None);
    give(&story.browsers[1], &code, "5", "").await.unwrap();
    story.screens[0].until("all are counted", |screen| screen.feedback == 3).await;
    let told = report(&story.kim, &code).await.unwrap();
    assert_eq!(
        (told.counts, told.keep),
        ([0, 0, 0, 1, 2], vec!["Snacks".to_owned(), "The vote".to_owned()])
    );
    for browser in [&story.browsers[0], &stranger, &story.app.browser()] {
        assert_eq!(report(browser, &code).await, None);
        let page = browser.get(&format!("/feedback/{code}")).send().await.unwrap();
        assert_eq!(page.headers()["x-robots-tag"], "noindex, nofollow");
        let html = page.text().await.unwrap();
        assert!(html.contains("3 answers so far.") && !html.contains("What people said"), "{html}");
    }
    let squad = page(&story.kim, "/squads/partner-tooling").await;
    assert!(
        squad.contains("Worth the time: 4.7 of 5 on average, from 3 answers on 1 checkpoint."),
        "{squad}"
    );
    let summary = format!(
        "/checkpoints/{}",
        checkpoint::server::auth::room(&story.app.state, &code).await.unwrap().unwrap().id()
    );
    assert!(
        page(&story.kim, &summary)
            .await
            .contains("What people said of the checkpoint itself")
    );
    let mine = stranger.ask::<LoadFeedback>(&[("code", &code)]).await.mine.unwrap();
    assert_eq!(
        (mine.worth, mine.keep.as_str()),
        (4, "Snacks"),
        "one's own answer can be read and changed"
    );
    let told = story.lead.frames.iter().chain(&story.screens[0].frames);
    assert!(told.clone().all(|frame| !frame.contains("Snacks")) && told.count() > 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_stored_ties_an_answer_to_a_person() {
    let story = Story::with(1).await;
    let room = story.room().await;
    let before = events::load(&story.app.state.db, room.id(), 0).await.unwrap().len();
    give(&story.browsers[0], &story.code, "3", "The quiet minute").await.unwrap();
    assert_eq!(
        events::load(&story.app.state.db, room.id(), 0).await.unwrap().len(),
        before,
        "the log knows nothing of it"
    );
    let cookies = story.browsers[0].cookies().unwrap();
    let token = cookies.split("checkpoint-feedback=").nth(1).unwrap().split(';').next().unwrap();
    assert!(token.len() >= 32);
    // Neither the browser's token nor the session stands in the row: there is nothing to find it by.
    let sql = "UPDATE feedback SET keep = 'found' WHERE giver IS NOT NULL AND length(giver) = 64";
    meddle(&story.app, sql).await;
    for secret in [token, "quiet minute"] {
        let log = crate::log::text();
        // The cookie store is the browser's.
        let line = log.lines().find(|line| line.contains(secret) && !line.contains("cookie_store"));
        assert_eq!(line, None);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_cannot_be_taken_is_said() {
    let story = Story::with(0).await;
    let code = &story.code;
    let ana = story.app.browser();
    assert_eq!(
        give(&ana, code, "", "").await.unwrap_err(),
        "Say first whether it was worth the time."
    );
    assert_eq!(
        give(&ana, code, "6", "").await.unwrap_err(),
        "Say first whether it was worth the time."
    );
    let long = give(&ana, code, "4", &"x".repeat(301)).await.unwrap_err();
    assert_eq!(long, "This line is too long: at most 300 characters, please.");
    let unknown = give(&ana, "AAAA-AAAA-AAAA", "4", "").await.unwrap_err();
    assert!(unknown.starts_with("There is no checkpoint with this code."), "{unknown}");
    assert_eq!(ana.ask::<LoadFeedback>(&[("code", code)]).await.count, 0);
    let planned = story.kim.start_checkpoint(&[("form[held_on]", &ahead())]).await;
    let early = give(&ana, &planned, "4", "").await.unwrap_err();
    assert_eq!(early, "This checkpoint is not being held yet. Come back when it is.");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn it_is_open_for_a_week_after_publishing_and_a_correction_opens_it_no_more() {
    let mut story = Story::with(0).await;
    let code = story.code.clone();
    story.lead.act(Command::Summary(summary::Command::Publish)).await.unwrap();
    let ana = story.app.browser();
    give(&ana, &code, "4", "").await.unwrap();
    assert!(ana.ask::<LoadFeedback>(&[("code", &code)]).await.until.is_some());
    // Eight days pass.
    story.app.stop().await;
    meddle(&story.app, "UPDATE events SET at = at - 691200000").await;
    story.app.start_again().await;
    let mut lead = Screen::enter(&story.kim, &code).await;
    for correction in [
        summary::Command::Edit {
            title: "A better title".to_owned(),
            foreword: String::new(),
        },
        summary::Command::Publish,
    ] {
        lead.act(Command::Summary(correction)).await.unwrap();
    }
    let late = give(&ana, &code, "1", "").await.unwrap_err();
    assert!(late.starts_with("Feedback was open for a week"), "{late}");
    let page = ana.get(&format!("/feedback/{code}")).send().await.unwrap().text().await.unwrap();
    assert!(
        page.contains("Feedback was open for a week") && !page.contains("name=\"worth\""),
        "{page}"
    );
    let db = &story.app.state.db;
    let room = checkpoint::server::auth::room(&story.app.state, &code).await.unwrap().unwrap().id();
    let said = Feedback {
        worth: 3,
        keep: FeedbackText::default(),
        change: FeedbackText::default(),
    };
    for (id, giver) in [(Uuid::max(), "one"), (Uuid::nil(), "other")] {
        feedback::give(db, id, room, giver, &said).await.unwrap();
    }
    // The row forgets the browser and when it came, and keeps what was said.
    checkpoint::server::feedback::forget_givers(&story.app.state.db).await.unwrap();
    let view = ana.ask::<LoadFeedback>(&[("code", &code)]).await;
    assert_eq!((view.mine, view.count), (None, 3));
    for last in [
        "UPDATE feedback SET worth = 2 WHERE id LIKE 'ffffffff%' AND rowid = (SELECT MAX(rowid) FROM feedback)",
        "UPDATE feedback SET worth = 2 WHERE id LIKE '00000000%' AND rowid = (SELECT MIN(rowid) FROM feedback)",
    ] {
        meddle(&story.app, last).await;
    }
}
