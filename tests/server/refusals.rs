//! Bad input over the socket: each gets its sentence or its close code, and changes nothing.

use crate::app::TestApp;
use crate::screen::{Screen, fresh_id};
use crate::story::{Story, VOTE, ballot, cast, cast_in, command, go, note, people, reveal};
use checkpoint::domain::ids::{ParticipantId, RequestId, StepId};
use checkpoint::domain::people::Command as People;
use checkpoint::domain::vote::{self, Hands};
use checkpoint::domain::{agenda, command::Command, summary};
use checkpoint::protocol::{ClientMessage, MAX_CLIENT_MESSAGE, PROTOCOL, close};
use tokio_tungstenite::tungstenite::Message;

const ONLY_A_FACILITATOR: &str = "Only a facilitator can do this.";

/// Does a command that is refused, and sees that nothing happened.
async fn refused(screen: &mut Screen, command: Command) -> String {
    let before = screen.state.clone();
    let reason = screen.act(command.clone()).await.expect_err(&format!("{command:?}"));
    screen.catch_up().await;
    assert_eq!(screen.state, before, "{command:?}");
    reason
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_member_does_not_lead() {
    let mut story = Story::voting(2).await;
    let member = &mut story.screens[0];
    for command in [
        go(VOTE),
        Command::Agenda(agenda::Command::StartTimer),
        reveal(),
        Command::Vote(vote::Command::VoteAgain { step: VOTE }),
        Command::Vote(vote::Command::UndoAgreement { step: VOTE }),
        Command::Vote(vote::Command::RaiseHands {
            step: VOTE,
            round: 1,
            hands: Hands::default(),
        }),
        note("mine"),
        people(People::Remove(ParticipantId(1))),
        people(People::CloseDoor),
        people(People::GrantSeat(RequestId(1))),
        people(People::ShareFacilitation(member.you)),
        Command::Summary(summary::Command::Publish),
    ] {
        assert_eq!(refused(member, command.clone()).await, ONLY_A_FACILITATOR, "{command:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_vote_takes_answers_in_its_own_time_only() {
    let mut story = Story::voting(1).await;
    let member = &mut story.screens[0];
    let over = "This round is over. Your answer counts in the next one.";
    assert_eq!(refused(member, cast_in(StepId(99), 1, 3)).await, "This step is not on the agenda.");
    assert_eq!(refused(member, cast_in(VOTE, 0, 3)).await, over);
    assert_eq!(refused(member, cast_in(VOTE, u32::MAX, 3)).await, over);
    let elsewhere = "The squad is on another step now, so this vote takes no more answers.";
    assert_eq!(refused(member, cast_in(StepId(5), 1, 3)).await, elsewhere);
    assert_eq!(
        refused(&mut story.lead, reveal()).await,
        "Nobody has voted yet, so there is nothing to reveal."
    );
    assert_eq!(
        refused(&mut story.lead, cast(1)).await,
        "In this checkpoint the facilitator does not vote."
    );
    member.until_seq(story.lead.state.seq).await;
    member.act(cast(3)).await.unwrap();
    story.lead.act(reveal()).await.unwrap();
    member.until_seq(story.lead.state.seq).await;
    assert_eq!(refused(member, cast(4)).await, over);
    story.lead.act(go(StepId(5))).await.unwrap();
    member.until_seq(story.lead.state.seq).await;
    assert_eq!(refused(member, cast(4)).await, elsewhere);
    let hands = Hands {
        counts: [u32::MAX; 6],
        not_sure: u32::MAX,
    };
    let too_many = Command::Vote(vote::Command::RaiseHands {
        step: StepId(5),
        round: 1,
        hands,
    });
    assert!(
        refused(&mut story.lead, too_many)
            .await
            .starts_with("That is more hands than this room can hold")
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn texts_are_refused_with_their_sentence() {
    let mut story = Story::with(0).await;
    let lead = &mut story.lead;
    assert_eq!(refused(lead, note("  \n ")).await, "The note is empty. Please type something.");
    let long = "The note is too long: at most 500 characters, please.";
    assert_eq!(refused(lead, note(&"x".repeat(10_000))).await, long);
    let control = "The note holds invisible control characters. Please type it again without them.";
    assert_eq!(refused(lead, note("a\u{7}b")).await, control);
    assert_eq!(refused(lead, note("\u{202E}abc")).await, control);
    assert_eq!(refused(lead, note("🚀")).await, "The note needs at least one letter or number.");
    let join = people(People::Join {
        name: "Another me".to_owned(),
        observer: false,
    });
    assert_eq!(refused(lead, join).await, "You are in the room already.");
    let myself = people(People::Remove(lead.you));
    assert_eq!(
        refused(lead, myself).await,
        "You cannot remove yourself. Hand the checkpoint over first."
    );
    let nobody = people(People::Remove(ParticipantId(77)));
    assert_eq!(refused(lead, nobody).await, "There is nobody of this name in the room.");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_not_of_the_protocol_ends_the_socket_and_nothing_else() {
    let mut story = Story::voting(1).await;
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let overflow = r#"{"hello":{"protocol":99999999999999999999,"last_seq":null}}"#;
    let id = fresh_id();
    let no_code = format!(
        r#"{{"command":{{"id":"{id}","command":{{"vote":{{"cast":{{"step":3,"round":1,"ballot":{{"answer":{{"code":7}}}}}}}}}}}}}}"#
    );
    let not_a_number = no_code.replace("\"code\":7", "\"code\":NaN");
    for text in [
        "",
        "{",
        "null",
        "\"hello\"",
        &deep,
        overflow,
        &no_code,
        &not_a_number,
        r#"{"hello":{"protocol":5,"last_seq":-1}}"#,
    ] {
        let mut screen = Screen::enter(&story.browsers[0], &story.code).await;
        screen.raw(Message::text(text)).await;
        let (code, reason) = screen.until_closed().await;
        assert_eq!((code, reason.is_empty()), (close::MALFORMED, false), "{text:.60}");
    }
    let mut screen = Screen::enter(&story.browsers[0], &story.code).await;
    screen.raw(Message::binary(vec![1, 2, 3])).await;
    assert_eq!(screen.until_closed().await.0, close::MALFORMED);
    // Twice hello.
    let mut screen = Screen::enter(&story.browsers[0], &story.code).await;
    screen
        .say(&ClientMessage::Hello {
            protocol: 1,
            last_seq: None,
        })
        .await;
    assert_eq!(screen.until_closed().await, (close::MALFORMED, "hello comes once".to_owned()));
    // The others did not notice.
    story.screens[0].act(cast(2)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_first_message_is_hello_of_this_version() {
    let story = Story::voting(1).await;
    let mut first = Screen::open(&story.browsers[0], &story.code).await.unwrap();
    first.send(cast(2)).await;
    assert_eq!(
        first.until_closed().await,
        (close::MALFORMED, "the first message must be hello".to_owned())
    );
    let mut other = Screen::open(&story.browsers[0], &story.code).await.unwrap();
    other
        .say(&ClientMessage::Hello {
            protocol: PROTOCOL + 1,
            last_seq: None,
        })
        .await;
    assert_eq!(other.until_closed().await.0, close::OTHER_PROTOCOL);
    assert_eq!(story.told_to(story.lead.you).await.votes[&VOTE].round().1.answered(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn oversized_messages_are_not_read() {
    let mut story = Story::voting(1).await;
    let mut screen = Screen::enter(&story.browsers[0], &story.code).await;
    screen.raw(Message::text("x".repeat(MAX_CLIENT_MESSAGE + 1))).await;
    let (code, reason) = screen.until_closed().await;
    assert_eq!((code, reason.as_str()), (1009, "this message is too large"));
    // What is far too large is not even read to its end, so the sender may find the connection gone before it hears why.
    let mut screen = Screen::enter(&story.browsers[0], &story.code).await;
    screen.raw(Message::text("x".repeat(40 * MAX_CLIENT_MESSAGE))).await;
    let (code, _) = screen.until_closed().await;
    assert!([0, 1009].contains(&code), "{code}");
    // The largest message that fits is read, and found to be nonsense.
    let mut screen = Screen::enter(&story.browsers[0], &story.code).await;
    screen.raw(Message::text("x".repeat(MAX_CLIENT_MESSAGE))).await;
    assert_eq!(screen.until_closed().await.0, close::MALFORMED);
    story.screens[0].act(cast(2)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn too_fast_is_refused_then_ended() {
    let mut story = Story::voting(2).await;
    let before = story.lead.state.seq;
    let fast = &mut story.screens[0];
    // The two commands of each pair differ from the ballot before, so each would be an event.
    for number in 0..400_u32 {
        fast.send(cast(u8::try_from(number % 2).unwrap() + 1)).await;
    }
    let (code, reason) = fast.until_closed().await;
    assert_eq!((code, reason.as_str()), (close::TOO_FAST, "too many messages"));
    let refusals: Vec<&String> = fast.answers.values().filter_map(|answer| answer.as_ref().err()).collect();
    assert!(refusals.len() >= 150, "{} refusals", refusals.len());
    assert!(
        refusals
            .iter()
            .all(|reason| *reason == "That was too fast. Wait a second, then try again.")
    );
    // The other one still acts, and the fast one can come back.
    story.screens[1].act(cast(6)).await.unwrap();
    let mut back = Screen::enter(&story.browsers[0], &story.code).await;
    let done = back.state.seq - before;
    assert!((30..150).contains(&done), "{done} were done");
    back.act(cast(4)).await.unwrap();
    assert_eq!(back.state.votes[&VOTE].round().1.ballots[&back.you], Some(ballot(4)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn only_a_seat_of_this_room_opens_its_socket() {
    let app = TestApp::start().await;
    let kim = app.browser();
    kim.set_up(app.state.setup.shown().unwrap()).await;
    let (one, other) = (kim.start_checkpoint(&[]).await, kim.start_checkpoint(&[]).await);
    let member = app.browser();
    member.join(&one, "Ana").await.result.unwrap();
    assert!(Screen::open(&member, &one).await.is_ok());
    for (browser, code) in [
        (&app.browser(), one.as_str()),
        (&member, &other),
        (&member, "AAAA-AAAA-AAAA"),
        (&member, "no-code"),
    ] {
        assert_eq!(Screen::open(browser, code).await.err(), Some(403), "{code}");
    }
    for origin in [
        None,
        Some("null"),
        Some("https://evil.example"),
        Some("http://127.0.0.1"),
        Some(&app.base.replace("http", "https") as &str),
    ] {
        assert_eq!(Screen::open_from(&member, &one, origin, None).await.err(), Some(403), "{origin:?}");
    }
    assert!(crate::log::text().contains("refused a request from another site"));
}

/// A person may have several windows, but not so many that they are a load.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_seat_has_twenty_screens_at_most() {
    let mut story = Story::voting(1).await;
    let mut more = vec![];
    for _ in 0..20 {
        more.push(Screen::enter(&story.browsers[0], &story.code).await);
    }
    let (code, reason) = story.screens[0].until_closed().await;
    assert_eq!((code, reason.as_str()), (close::TOO_FAST, "too many windows are open"));
    more[19].act(cast(1)).await.unwrap();
    more[0].act(cast(2)).await.unwrap();
    let id = fresh_id();
    more[1].say(&command(id, cast(3))).await;
    more[1].answer(id).await.unwrap();
}
