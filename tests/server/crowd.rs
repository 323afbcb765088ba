//! Many at once.

use crate::app::{Place, TestApp};
use crate::screen::Screen;
use crate::story::{Story, VOTE, cast, go, reveal};
use futures_util::future::join_all;
use std::collections::HashSet;

async fn a_hundred_first_votes(place: Place) {
    let mut story = Story::on(TestApp::on(place).await, 100, &[]).await;
    story.lead.act(go(VOTE)).await.unwrap();
    story.all_caught_up().await;
    let votes = (0_u8..)
        .zip(&mut story.screens)
        .map(|(number, screen)| screen.act(cast(number % 6 + 1)));
    assert!(join_all(votes).await.iter().all(Result::is_ok));
    story.all_caught_up().await;
    assert_eq!(story.lead.state.votes[&VOTE].round().1.ballots.len(), 100);
    story.lead.act(reveal()).await.unwrap();
    story.all_caught_up().await;
    let state = &story.lead.state;
    assert_eq!(state.votes[&VOTE].last_tally().unwrap().counts, [17, 17, 17, 17, 16, 16]);
    assert!(story.screens.iter().all(|screen| screen.state == *state), "all screens are equal");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_hundred_vote_at_once_on_sqlite() {
    a_hundred_first_votes(Place::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_hundred_vote_at_once_on_postgres() {
    if let Some(place) = Place::postgres().await {
        a_hundred_first_votes(place).await;
    }
}

/// Ten times over, each time into a room that nobody has opened yet.
async fn thirty_join_at_once(place: Place) {
    let mut app = TestApp::on(place).await;
    let kim = app.browser();
    kim.set_up(app.state.setup.shown().unwrap()).await;
    let mut codes = vec![];
    for _ in 0..10 {
        codes.push(kim.start_checkpoint(&[]).await);
    }
    app.restart().await;
    for code in &codes {
        let browsers: Vec<_> = (0..30).map(|_| app.browser()).collect();
        let joins = browsers.iter().enumerate().map(|(n, browser)| async move {
            browser.join(code, &format!("Member {n}")).await.result.unwrap();
            Screen::enter(browser, code).await
        });
        let screens = join_all(joins).await;
        let seats: HashSet<_> = screens.iter().map(|screen| screen.you).collect();
        assert_eq!(seats.len(), 30);
        let mut lead = Screen::enter(&kim, code).await;
        lead.catch_up().await;
        assert_eq!(lead.state.people.all().count(), 31, "one seat for each");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn thirty_join_at_once_on_sqlite() {
    thirty_join_at_once(Place::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn thirty_join_at_once_on_postgres() {
    if let Some(place) = Place::postgres().await {
        thirty_join_at_once(place).await;
    }
}

/// The same person, the same name, a nervous finger: one seat.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_double_click_takes_one_seat() {
    let story = Story::with(0).await;
    let browser = story.app.browser();
    let answers = join_all((0..5).map(|_| browser.join(&story.code, "Ana"))).await;
    assert_eq!(answers.iter().filter(|answer| answer.result.is_ok()).count(), 1);
    assert_eq!(story.told_to(story.lead.you).await.people.all().count(), 2);
    assert!(Screen::open(&browser, &story.code).await.is_ok());
}
