//! Screens in one room: what one does, all have; whoever was away gets what is missing.

use crate::app::TestApp;
use crate::screen::{Screen, fresh_id};
use crate::story::{Story, VOTE, cast, command, go, note, people, reveal};
use checkpoint::domain::agenda;
use checkpoint::domain::command::Command;
use checkpoint::domain::page::Page;
use checkpoint::domain::people::Command::{ClaimFacilitation, Remove, ShareFacilitation, StepBack};
use checkpoint::domain::people::Role;
use checkpoint::domain::summary;
use checkpoint::protocol::close;
use checkpoint::server::store::Db;
use checkpoint::server::store::{events, summaries};
use futures_util::future::join_all;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_one_does_all_see() {
    let mut story = Story::voting(3).await;
    for (number, screen) in (1..).zip(&mut story.screens) {
        screen.act(cast(number)).await.unwrap();
    }
    story.lead.act(note("We count only what reaches people.")).await.unwrap();
    story.all_caught_up().await;
    let (_, round) = story.lead.state.votes[&VOTE].round();
    assert_eq!(round.ballots.len(), 3);
    for screen in [&story.lead].into_iter().chain(&story.screens) {
        assert_eq!(screen.state, story.told_to(screen.you).await);
    }
    let own = |screen: &Screen| screen.state.votes[&VOTE].round().1.ballots[&screen.you];
    assert_eq!(own(&story.screens[1]), Some(crate::story::ballot(2)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whoever_comes_back_gets_only_what_is_missing() {
    let mut story = Story::voting(2).await;
    let away = story.screens.remove(0);
    story.screens[0].act(cast(4)).await.unwrap();
    story.lead.act(note("one")).await.unwrap();
    story.lead.act(note("two")).await.unwrap();
    let seq = away.state.seq;
    let back = Screen::back(&story.browsers[0], &story.code, away.state).await.unwrap();
    assert_eq!(back.welcome, Some(Ok(3)), "the events after {seq}");
    assert_eq!(back.state, story.told_to(back.you).await);
    // Nothing is missing: nothing comes.
    let again = Screen::back(&story.browsers[0], &story.code, back.state).await.unwrap();
    assert_eq!(again.welcome, Some(Ok(0)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whoever_is_far_behind_gets_the_whole_state() {
    let mut story = Story::voting(1).await;
    let away = story.screens.remove(0);
    let room = story.room().await;
    let lead = checkpoint::domain::context::Actor::Participant(story.lead.you);
    let restart = || Command::Agenda(agenda::Command::RestartTimer);
    let turns = (0..600).map(|_| room.execute(lead, restart()));
    assert!(join_all(turns).await.iter().all(Result::is_ok));
    let back = Screen::back(&story.browsers[0], &story.code, away.state).await.unwrap();
    assert_eq!(back.welcome, Some(Err(())), "a snapshot");
    assert!(back.state.seq > 600);
    // A screen that knows more than the server, after a backup was restored, starts afresh too.
    let mut ahead = back.state.clone();
    ahead.seq = u64::MAX;
    let back = Screen::back(&story.browsers[0], &story.code, ahead).await.unwrap();
    assert_eq!(back.welcome, Some(Err(())));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_command_that_is_sent_again_is_done_once() {
    let mut story = Story::voting(1).await;
    let (id, text) = (fresh_id(), "Said once.");
    for _ in 0..2 {
        story.lead.say(&command(id, note(text))).await;
        story.lead.answer(id).await.unwrap();
        story.lead.answers.clear();
    }
    story.app.restart().await;
    let mut lead = Screen::back(&story.kim, &story.code, story.lead.state).await.unwrap();
    lead.say(&command(id, note(text))).await;
    lead.answer(id).await.unwrap();
    lead.catch_up().await;
    assert_eq!(lead.state.notes.0.len(), 1);
}

/// X, X, Y are sent at once and all answers are lost. The second X changed nothing; sent again it must not undo Y.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sent_again_after_a_lost_answer_the_last_choice_stands() {
    let mut story = Story::voting(1).await;
    let member = &mut story.screens[0];
    let sent = [cast(1), cast(1), cast(2)].map(|what| command(fresh_id(), what));
    for message in &sent {
        member.say(message).await;
    }
    member.until("three answers", |screen| screen.answers.len() == 3).await;
    let state = member.state.clone();
    let mut back = Screen::back(&story.browsers[0], &story.code, state).await.unwrap();
    for message in &sent {
        back.say(message).await;
    }
    back.until("three answers", |screen| screen.answers.len() == 3).await;
    back.catch_up().await;
    let (_, round) = back.state.votes[&VOTE].round();
    assert_eq!(round.ballots[&back.you], Some(crate::story::ballot(2)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_removed_person_is_out() {
    let mut story = Story::voting(2).await;
    let mut gone = story.screens.remove(0);
    gone.act(cast(6)).await.unwrap();
    story.lead.act(people(Remove(gone.you))).await.unwrap();
    let (code, reason) = gone.until_closed().await;
    assert_eq!((code, reason.as_str()), (close::REMOVED, "removed from the room"));
    assert_eq!(Screen::open(&story.browsers[0], &story.code).await.err(), Some(403));
    story.all_caught_up().await;
    assert!(story.lead.state.people.get(gone.you).is_none());
    assert_eq!(
        story.lead.state.votes[&VOTE].round().1.answered(),
        0,
        "the ballot went with the seat"
    );
    story
        .lead
        .until("presence without the person", |s| !s.presence.0.contains_key(&gone.you))
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn presence_comes_and_goes() {
    let mut story = Story::with(2).await;
    let one = story.screens.remove(0);
    let you = one.you;
    story.lead.until("the member is here", |s| s.presence.here(you)).await;
    let second = Screen::enter(&story.browsers[0], &story.code).await;
    drop(one);
    // The other window is still open, so the person is still here when the next thing happens.
    story.lead.act(note("one window less")).await.unwrap();
    assert!(story.lead.presence.here(you));
    drop(second);
    story.lead.until("the member is away", |s| !s.presence.here(you)).await;
    assert!(story.lead.presence.0.contains_key(&you));
    let _third = Screen::enter(&story.browsers[0], &story.code).await;
    story.lead.until("the member is back", |s| s.presence.here(you)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn facilitation_is_shared_and_never_seized() {
    let mut story = Story::with(2).await;
    let member = &mut story.screens[0];
    let here = "A facilitator is still here. The role can be claimed when all of them have been gone for a minute.";
    assert_eq!(member.act(people(ClaimFacilitation)).await.unwrap_err(), here);
    let only = "You are the only facilitator. Hand the checkpoint over first.";
    assert_eq!(story.lead.act(people(StepBack)).await.unwrap_err(), only);
    story.lead.act(people(ShareFacilitation(member.you))).await.unwrap();
    story.lead.act(people(StepBack)).await.unwrap();
    assert_eq!(story.lead.act(go(VOTE)).await.unwrap_err(), "Only a facilitator can do this.");
    story.screens[0].act(go(VOTE)).await.unwrap();
}

/// The minute is not waited for: while the server is down, the test moves the log's last moment two minutes ahead. The
/// room's clock never runs behind its log, so for the room two minutes have gone by.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn facilitation_can_be_claimed_after_a_minute() {
    let mut story = Story::with(1).await;
    story.app.stop().await;
    let Ok(Db::Sqlite(_)) = Db::open(&story.app.place.url()).await else {
        unreachable!()
    };
    let options = story.app.place.url().parse::<sqlx::sqlite::SqliteConnectOptions>().unwrap();
    let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
    let changed = sqlx::query("UPDATE events SET at = at + 120000").execute(&pool).await.unwrap();
    assert!(changed.rows_affected() > 0);
    pool.close().await;
    story.app.start_again().await;
    let mut member = Screen::enter(&story.browsers[0], &story.code).await;
    member.act(people(ClaimFacilitation)).await.unwrap();
    member.act(go(VOTE)).await.unwrap();
    assert_eq!(member.state.people.get(member.you).unwrap().role, Role::Facilitator);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_stopping_server_says_so_and_everybody_comes_back() {
    let mut story = Story::voting(3).await;
    story.screens[0].act(cast(5)).await.unwrap();
    let mut silent = Screen::open(&story.browsers[0], &story.code).await.unwrap();
    story.app.stop().await;
    for screen in story.screens.iter_mut().chain([&mut story.lead, &mut silent]) {
        assert_eq!(screen.until_closed().await.0, close::RESTARTING);
    }
    story.app.start_again().await;
    for (browser, screen) in story.browsers.iter().zip(story.screens) {
        let back = Screen::back(browser, &story.code, screen.state).await.unwrap();
        assert_eq!(
            back.state,
            crate::story::told_to(&story.app, &story.code, checkpoint::domain::audience::Audience::Seat(back.you)).await
        );
    }
}

/// Rooms are being opened and used while the server stops: it ends, and nothing it acknowledged is missing.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn stopping_while_rooms_open_ends() {
    let mut app = TestApp::start().await;
    let kim = app.browser();
    kim.set_up(app.state.setup.shown().unwrap()).await;
    let mut codes = vec![];
    for _ in 0..8 {
        codes.push(kim.start_checkpoint(&[]).await);
    }
    app.restart().await;
    let storm = codes.iter().flat_map(|code| [code, code, code]).map(|code| async {
        let Ok(mut screen) = Screen::open(&kim, code).await else { return };
        screen
            .say(&checkpoint::protocol::ClientMessage::Hello {
                protocol: 1,
                last_seq: None,
            })
            .await;
        assert!([0, close::RESTARTING].contains(&screen.until_closed().await.0));
    });
    tokio::time::timeout(std::time::Duration::from_secs(10), async {
        tokio::join!(join_all(storm), app.stop())
    })
    .await
    .expect("the server did not end, or left a socket open");
    let refused = app
        .state
        .hub
        .room(checkpoint::domain::ids::WorkshopId::new(checkpoint::server::clock::fresh_id()))
        .await;
    assert!(refused.is_err(), "a server that has stopped opens no room");
}

/// What a screen sends after it was away comes at once: each page is as it stood when it was published, whatever follows.
#[tokio::test]
async fn what_follows_a_publication_in_one_batch_is_not_on_its_page() {
    let story = Story::voting(0).await;
    let room = story.room().await;
    let lead = checkpoint::domain::context::Actor::Participant(story.lead.you);
    let publish = || Command::Summary(summary::Command::Publish);
    let turns = [note("Before"), publish(), note("Between"), publish(), note("After")].map(|asked| room.execute(lead, asked));
    assert!(join_all(turns).await.iter().all(Result::is_ok));
    let db = &story.app.state.db;
    let revisions = summaries::revisions(db, room.id()).await.unwrap();
    assert_eq!(revisions.iter().map(|one| one.revision).collect::<Vec<_>>(), [2, 1]);
    for (revision, words) in [(1, vec!["Before"]), (2, vec!["Before", "Between"])] {
        let stored = summaries::summary(db, room.id(), Some(revision)).await.unwrap().unwrap();
        let page: Page = serde_json::from_str(&stored.body).unwrap();
        assert_eq!(i64::from(page.revision), revision);
        assert_eq!(
            page.published_at.map(|at| at.0),
            Some(stored.published_at),
            "it says that it is published"
        );
        let notes = page.timeline.iter().filter(|line| line.note);
        assert_eq!(notes.map(|line| line.text.as_str()).collect::<Vec<_>>(), words);
    }
}

/// Two servers on one database, against the rules of today: the second one's room loses, reads the log again and goes on.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_room_that_lost_a_race_reads_the_log_again() {
    let mut story = Story::voting(1).await;
    let workshop = story.room().await.id();
    let stored = events::load(&story.app.state.db, workshop, 0).await.unwrap();
    let last = stored.last().unwrap();
    let foreign = checkpoint::server::store::journal::Append {
        workshop,
        expected_seq: last.seq,
        events: vec![events::NewEvent {
            at: last.at,
            actor: None,
            cause: None,
            kind: "note",
            body: r#"{"note":{"added":{"note":99,"text":"From elsewhere","by":1}}}"#.to_owned(),
        }],
        scrub: vec![],
        columns: None,
        summaries: vec![],
        actions: None,
        erased: None,
    };
    story.app.state.journal.append(foreign).await.unwrap();
    let not_saved = "This could not be saved just now. Nothing is lost; try again in a moment.";
    assert_eq!(story.screens[0].act(cast(3)).await.unwrap_err(), not_saved);
    story.screens[0].act(cast(3)).await.unwrap();
    story.lead.act(reveal()).await.unwrap();
    story.all_caught_up().await;
    assert_eq!(story.lead.state.notes.0.len(), 1);
    assert_eq!(story.lead.state, story.told_to(story.lead.you).await);
}
