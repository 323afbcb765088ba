//! A screen that stops reading is not in the way of the others.

use crate::screen::Screen;
use crate::story::{Story, cast};
use checkpoint::domain::command::Command;
use checkpoint::domain::context::Actor;
use checkpoint::domain::summary;
use std::time::{Duration, Instant};

/// Two facilitators' worth of typing: eight kilobytes, so many times.
async fn much_happens(story: &mut Story, times: usize) {
    let room = story.room().await;
    let lead = Actor::Participant(story.lead.you);
    for number in 0..times {
        let foreword = format!("{number} {}", "é".repeat(3_990));
        let edit = Command::Summary(summary::Command::Edit {
            title: String::new(),
            foreword,
        });
        room.execute(lead, edit).await.unwrap();
        // The others read, as browsers do.
        let seq = story.lead.state.seq + 1;
        story.lead.until_seq(seq).await;
        story.screens[0].until_seq(seq).await;
    }
}

async fn asleep(story: &mut Story) -> Screen {
    story.screens.pop();
    let mut slow = Screen::open_from(&story.browsers[1], &story.code, Some(&story.kim.origin), Some(4096))
        .await
        .unwrap();
    slow.hello(None).await;
    slow
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_screen_that_slept_gets_the_whole_state() {
    let mut story = Story::voting(2).await;
    let mut slow = asleep(&mut story).await;
    let began = Instant::now();
    much_happens(&mut story, 700).await;
    let took = began.elapsed();
    story.screens[0].act(cast(3)).await.unwrap();
    story.all_caught_up().await;
    // It wakes up in time: everything that had been sent before it overflowed, then the state.
    let seq = story.lead.state.seq;
    while slow.resyncs == 0 || slow.state.seq < seq {
        // What lies between the last frame and the snapshot was left out.
        assert!(slow.read().await, "{:?} after {took:?}", slow.closed);
    }
    assert!(slow.frames.len() < 700, "{} frames came", slow.frames.len());
    assert_eq!(slow.state, story.told_to(slow.you).await);
    slow.act(cast(4)).await.unwrap();
    assert_eq!(slow.presence, story.lead.presence, "presence was not left out for good");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_screen_that_never_reads_is_closed() {
    let mut story = Story::voting(2).await;
    let mut slow = asleep(&mut story).await;
    much_happens(&mut story, 400).await;
    let began = Instant::now();
    story
        .lead
        .until("the sleeper is away", |screen| !screen.presence.here(slow.you))
        .await;
    assert!(began.elapsed() < Duration::from_secs(12), "{:?}", began.elapsed());
    // What it finds when it wakes up is an end, not a room.
    assert!([0, 4408].contains(&slow.until_closed().await.0));
}
