//! Coming in: names, codes, the door, and a seat asked for from another browser.

use crate::app::TestApp;
use crate::screen::Screen;
use crate::story::{Story, people};
use checkpoint::api::room::{Join, LookAtDoor};
use checkpoint::domain::ids::RequestId;
use checkpoint::domain::people::Command::{CloseDoor, DeclineSeat, GrantSeat, OpenDoor};
use futures_util::future::join_all;

const UNKNOWN: &str = "There is no checkpoint with this code. Check the letters, or ask the facilitator for the link.";

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn names_that_cannot_be_shown_are_refused() {
    let story = Story::with(1).await;
    let before = story.told_to(story.lead.you).await;
    let control = "The name holds invisible control characters. Please type it again without them.";
    let taken = "Member 1 is in the room already. If that is you on another device, ask for your seat; if not, add a letter to your name.";
    for (name, sentence) in [
        ("", "The name is empty. Please type something."),
        (" \t ", "The name is empty. Please type something."),
        (&"a".repeat(10_000), "The name is too long: at most 40 characters, please."),
        ("An\u{0}a", control),
        ("An\na", control),
        ("\u{202E}anA", control),
        ("🚀🎉", "The name needs at least one letter or number."),
        ("Member 1", taken),
        ("  mEMBER   1 ", taken),
    ] {
        let answer = story.app.browser().join(&story.code, name).await;
        assert_eq!(answer.refusal(), sentence, "{name:.20}");
    }
    assert_eq!(story.told_to(story.lead.you).await, before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_wrong_code_opens_nothing() {
    let story = Story::with(0).await;
    for code in ["", "AAAA-AAAA-AAAA", "💥", &"A".repeat(10_000), "../../etc/passwd", "' OR 1=1 --"] {
        let answer = story.app.browser().join(code, "Ana").await;
        assert_eq!((answer.status, answer.refusal().as_str()), (404, UNKNOWN), "{code:.20}");
    }
    // Read as people type it.
    let typed = story.code.to_lowercase().replace('-', " ");
    let answer = story.app.browser().join(&typed, "Ana").await;
    assert_eq!(answer.location, format!("/w/{}", story.code));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn guessing_codes_is_limited_and_nobody_else_notices() {
    let story = Story::with(0).await;
    let guesser = story.app.browser();
    let mut answers = vec![];
    for _ in 0..40 {
        answers.push(guesser.call::<LookAtDoor>(&[("code", "AAAA-AAAA-AAAA")]).await.status);
    }
    assert_eq!(answers[0], 404);
    assert_eq!(answers[39], 429, "{answers:?}");
    assert_eq!(
        guesser.join(&story.code, "Ana").await.status,
        429,
        "a session that guesses waits, also with the right code"
    );
    // Without a cookie no session is made for each guess, for ever.
    let mut last = 0;
    for _ in 0..80 {
        last = story.app.browser().call::<LookAtDoor>(&[("code", "AAAA-AAAA-AAAA")]).await.status;
    }
    assert_eq!(last, 429);
    let squad = story.app.browser();
    squad.join(&story.code, "Ana").await.result.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_closed_door_keeps_newcomers_out_and_lets_the_others_back() {
    let mut story = Story::with(1).await;
    story.lead.act(people(CloseDoor)).await.unwrap();
    let late = story.app.browser();
    let closed = "The facilitator has closed the door. Ask them to open it, then try again.";
    assert_eq!(late.join(&story.code, "Late").await.refusal(), closed);
    assert_eq!(Screen::open(&late, &story.code).await.err(), Some(403));
    assert!(late.ask::<LookAtDoor>(&[("code", &story.code)]).await.closed);
    let back = Screen::enter(&story.browsers[0], &story.code).await;
    assert_eq!(back.you, story.screens[0].you);
    story.lead.act(people(OpenDoor)).await.unwrap();
    late.join(&story.code, "Late").await.result.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_seat_is_asked_for_from_another_browser() {
    let mut story = Story::with(2).await;
    let (phone, stranger) = (story.app.browser(), story.app.browser());
    let form = [("code", story.code.as_str()), ("name", "Member 1"), ("again", "on")];
    let answer = phone.call::<Join>(&form).await;
    assert_eq!(answer.location, format!("/join/{}", story.code), "the person waits at the door");
    let twice = "Somebody has asked for this seat already. The facilitator will answer.";
    assert_eq!(stranger.call::<Join>(&form).await.refusal(), twice);
    let kims = "This seat belongs to somebody who signs in. Sign in to take it.";
    let kim = [("code", story.code.as_str()), ("name", "Kim Ito"), ("again", "on")];
    assert_eq!(stranger.call::<Join>(&kim).await.refusal(), kims);
    // Asking is not having.
    assert_eq!(Screen::open(&phone, &story.code).await.err(), Some(403));
    let asked = phone.ask::<LookAtDoor>(&[("code", &story.code)]).await.asked.unwrap();
    assert_eq!((asked.name.as_str(), asked.granted), ("Member 1", None));
    story
        .lead
        .until("the wish", |screen| screen.state.people.open_requests().count() == 1)
        .await;
    story.lead.act(people(GrantSeat(RequestId(1)))).await.unwrap();
    let screen = Screen::enter(&phone, &story.code).await;
    assert_eq!(screen.you, story.screens[0].you);

    let answer = stranger
        .call::<Join>(&[("code", &story.code), ("name", "Member 2"), ("again", "on")])
        .await;
    answer.result.unwrap();
    story.lead.act(people(DeclineSeat(RequestId(2)))).await.unwrap();
    assert_eq!(Screen::open(&stranger, &story.code).await.err(), Some(403));
    let settled = story.lead.act(people(GrantSeat(RequestId(2)))).await.unwrap_err();
    assert_eq!(settled, "This request is settled already.");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_browser_keeps_its_seat_through_a_restart() {
    let mut story = Story::with(1).await;
    let you = story.screens[0].you;
    story.app.restart().await;
    let room = format!("/w/{}", story.code);
    let page = story.browsers[0].get(&room).send().await.unwrap();
    assert_eq!(
        (page.status().as_u16(), page.headers()["cache-control"].to_str().unwrap()),
        (200, "no-store")
    );
    let html = page.text().await.unwrap();
    assert!(html.contains("Member 1") && html.contains("Partner Tooling"), "{html}");
    assert_eq!(Screen::enter(&story.browsers[0], &story.code).await.you, you);
    // Joining again, a double click for example, is the same seat.
    let answer = story.browsers[0].join(&story.code, "Somebody else").await;
    assert_eq!(answer.location, room);
    assert_eq!(story.told_to(you).await.people.all().count(), 2);
    let stranger = story.app.browser().get(&room).send().await.unwrap();
    let door = stranger.headers()["location"].to_str().unwrap();
    assert_eq!((stranger.status().as_u16(), door), (303, format!("/join/{}", story.code).as_str()));
}

/// Two requests of one browser at once each read the session, change it and write it back.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_seats_taken_at_once_are_both_remembered() {
    let app = TestApp::start().await;
    let kim = app.browser();
    kim.set_up(app.state.setup.shown().unwrap()).await;
    let mut codes = vec![];
    for _ in 0..12 {
        codes.push(kim.start_checkpoint(&[]).await);
    }
    let member = app.browser();
    member.join(&codes[0], "Ana").await.result.unwrap();
    let joins = join_all(codes.iter().map(|code| member.join(code, "Ana"))).await;
    assert!(joins.iter().all(|answer| answer.result.is_ok()));
    for code in &codes {
        assert!(Screen::open(&member, code).await.is_ok(), "the seat in {code} was forgotten");
    }
}
