//! Two parts, the recap, actions from checkpoint to checkpoint, and the screen of the meeting room.

use crate::app::{Place, TestApp};
use crate::between;
use crate::screen::Screen;
use crate::story::{Story, VOTE, agenda_asks, cast, go, note, people, reveal};
use checkpoint::api::checkpoints::LoadHome;
use checkpoint::api::room::{LookAtDoor, Standing};
use checkpoint::domain::action::Status;
use checkpoint::domain::agenda::Command as A;
use checkpoint::domain::command::Command;
use checkpoint::domain::facts::CapabilityKey;
use checkpoint::domain::ids::StepId;
use checkpoint::domain::metric::{Code, Metric};
use checkpoint::domain::parts::Phase;
use checkpoint::domain::people::Command::GrantSeat;
use checkpoint::domain::survey::{self, Likert};
use checkpoint::domain::{since, summary, vote, warmup};
use checkpoint::protocol::ClientMessage;
use checkpoint::server::store::Db;
use sqlx::Connection;

const SURVEYS: StepId = StepId(9);
const DAY: i64 = 24 * 60 * 60 * 1000;

fn agree(code: u8) -> Command {
    Command::Vote(vote::Command::Agree {
        step: VOTE,
        answer: Code::new(code).unwrap(),
        why: "Secretly measured".to_owned(),
    })
}

/// The first vote is agreed, and part one is over.
async fn on_a_break(members: usize) -> Story {
    let mut story = Story::voting(members).await;
    for screen in &mut story.screens {
        screen.act(cast(5)).await.unwrap();
    }
    story.lead.act(reveal()).await.unwrap();
    story.lead.act(agree(5)).await.unwrap();
    story.lead.act(note("We count only what reaches people.")).await.unwrap();
    story.lead.act(agenda_asks(A::EndPart)).await.unwrap();
    story.all_caught_up().await;
    story
}

/// Everything that is stored happened so many days earlier, and every browser has aged as much.
async fn days_pass(app: &mut TestApp, days: i64) {
    app.stop().await;
    let Place::Sqlite(folder) = &app.place else {
        unreachable!("these stories are on SQLite")
    };
    let url = format!("sqlite:{}/checkpoint.db", folder.path().display());
    let mut db = sqlx::SqliteConnection::connect(&url).await.unwrap();
    for sql in ["UPDATE events SET at = at - ?", "UPDATE sessions SET expires_at = expires_at - ?"] {
        sqlx::query(sql).bind(days * DAY).execute(&mut db).await.unwrap();
    }
    db.close().await.unwrap();
    app.start_again().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn part_two_opens_a_month_later_with_everybody_in_their_seat() {
    let mut story = on_a_break(2).await;
    let used = story.lead.state.agenda.used(checkpoint::server::clock::now());
    days_pass(&mut story.app, 31).await;
    let home = story.kim.ask::<LoadHome>(&[]).await;
    assert!(home.live[0].between);
    assert_eq!(home.live[0].step, "Part two begins with Deployment frequency");

    let mut lead = Screen::enter(&story.kim, &story.code).await;
    let mut ana = Screen::enter(&story.browsers[0], &story.code).await;
    assert_eq!((ana.you, ana.state.agenda.phase()), (story.screens[0].you, Phase::Break));
    assert!(
        lead.state.agenda.used(checkpoint::server::clock::now()) <= used + 1000,
        "a month is not on the clock"
    );
    assert_eq!(
        lead.act(agenda_asks(A::StartTimer)).await,
        Err("The squad is on a break. Open the next part first.".to_owned())
    );
    lead.act(agenda_asks(A::OpenPart)).await.unwrap();
    ana.until_seq(lead.state.seq).await;
    assert_eq!(ana.state.agenda.phase(), Phase::Recap);

    // Somebody new comes: not there in part one, and told so.
    let new = story.app.browser();
    let door = new.ask::<LookAtDoor>(&[("code", &story.code)]).await;
    assert_eq!(door.standing, Standing::Live, "part two is open");
    new.join(&story.code, "Nia").await.result.unwrap();
    lead.act(go(StepId(5))).await.unwrap();
    let page = between::page(&new, &format!("/w/{}", story.code)).await;
    assert!(page.contains("You were not here at the end of part one"), "{page}");
    assert!(page.contains("Less than one day") && page.contains("We count only what reaches people."));
    let known = story.browsers[0]
        .get(&format!("/w/{}", story.code))
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(!known.contains("You were not here at the end of part one"), "Member 1 was there");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_browser_that_forgot_asks_for_its_seat_again() {
    let mut story = on_a_break(1).await;
    days_pass(&mut story.app, 61).await;
    let browser = &story.browsers[0];
    assert_eq!(
        Screen::open(browser, &story.code).await.err(),
        Some(403),
        "forgotten after two months"
    );
    story.kim.sign_in(crate::browser::ADMIN).await.result.unwrap();
    let mut lead = Screen::enter(&story.kim, &story.code).await;
    let refused = browser.join(&story.code, "Member 1").await;
    assert!(refused.refusal().contains("is in the room already"), "the seat still stands");
    let ask = [("code", story.code.as_str()), ("name", "Member 1"), ("again", "on")];
    browser.call::<checkpoint::api::room::Join>(&ask).await.result.unwrap();
    lead.catch_up().await;
    let (request, _) = lead.state.people.open_requests().next().unwrap();
    lead.act(people(GrantSeat(request))).await.unwrap();
    let back = Screen::enter(browser, &story.code).await;
    assert_eq!(back.you, story.screens[0].you);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_recap_is_read_by_people_with_a_seat_or_an_account() {
    let mut story = Story::voting(2).await;
    story.lead.act(note("We count only what reaches people.")).await.unwrap();
    story.screens[0].act(cast(6)).await.unwrap();
    let path = format!("/w/{}/recap", story.code);
    let read = async |browser: &crate::browser::Browser| browser.get(&path).send().await.unwrap();
    let mut pages = vec![];
    for browser in [&story.kim, &story.browsers[0], &story.browsers[1]] {
        let answer = read(browser).await;
        assert_eq!(answer.status(), 200);
        pages.push(answer.text().await.unwrap());
    }
    for page in &pages {
        assert!(page.contains("We count only what reaches people."), "{page}");
        assert!(!page.contains("Less than one hour"), "an open vote is nobody’s but the voter’s");
    }
    // Signed in, without a seat.
    story
        .kim
        .ask::<checkpoint::api::admin::CreateAccount>(&[
            ("name", "Pat Lee"),
            ("email", "pat@example.org"),
            ("role", "viewer"),
            ("password", crate::browser::PASSWORD),
        ])
        .await;
    let pat = story.app.browser();
    pat.sign_in("pat@example.org").await.result.unwrap();
    let page = read(&pat).await.text().await.unwrap();
    assert!(
        page.contains("We count only what reaches people.") && page.contains("Join the checkpoint"),
        "{page}"
    );
    let stranger = read(&story.app.browser()).await;
    assert_eq!(
        (stranger.status().as_u16(), stranger.headers()["location"].to_str().unwrap()),
        (303, format!("/join/{}", story.code).as_str())
    );
    assert_eq!(pat.get("/w/AAAA-AAAA-AAAA/recap").send().await.unwrap().status(), 404);
}

/// What a wall is never told, by the names it has on the wire.
const HIDDEN: [&str; 6] = ["ballot", "option", "item", "marks", "progress", "results"];

/// A survey is open: one member has answered all three statements, the other one of them.
async fn survey_is_answered(story: &mut Story) {
    let capability = CapabilityKey::new("working-in-small-batches");
    let ask = |command| Command::Survey(command);
    story
        .lead
        .act(ask(survey::Command::Choose(vec![capability.clone()])))
        .await
        .unwrap();
    let open = survey::Command::Open {
        capability: capability.clone(),
    };
    story.lead.act(ask(open)).await.unwrap();
    story.all_caught_up().await;
    for (who, item) in [(0, 0), (0, 1), (0, 2), (1, 0)] {
        let answer = survey::Command::Answer {
            capability: capability.clone(),
            round: 1,
            item,
            answer: Likert::new(4).unwrap(),
        };
        story.screens[who].act(ask(answer)).await.unwrap();
    }
    story.all_caught_up().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_wall_is_told_nothing_that_is_hidden_and_does_nothing() {
    let mut story = Story::with(2).await;
    // Opened by somebody who answers: not even their own answers come to it.
    let mut wall = Screen::open(&story.browsers[0], &format!("{}?wall", story.code)).await.unwrap();
    wall.hello(None).await;
    story.screens[0].act(Command::WarmUp(warmup::Command::Answer(3))).await.unwrap();
    story.lead.act(go(VOTE)).await.unwrap();
    story.all_caught_up().await;
    for (number, screen) in (4..).zip(&mut story.screens) {
        screen.act(cast(number)).await.unwrap();
    }
    survey_is_answered(&mut story).await;
    wall.until_seq(story.lead.state.seq).await;
    for frame in &wall.frames {
        for word in [
            "\"ballot\"",
            "\"answer\"",
            "\"code\":4",
            "\"option\"",
            "\"tally\"",
            "\"counts\"",
            "\"account\"",
            "\"item\":",
            "\"marks\"",
            "\"progress\"",
            "\"results\"",
        ] {
            assert!(!frame.contains(word), "{word} in {frame}");
        }
    }
    assert_eq!(wall.state.votes[&VOTE].round().1.ballots.len(), 2, "who has voted is seen");
    // Coming back brings no more, neither as events nor as a whole.
    for seq in [Some(3), None] {
        let mut again = Screen::open(&story.browsers[0], &format!("{}?wall", story.code)).await.unwrap();
        again.state.seq = seq.unwrap_or_default();
        again.hello(seq).await;
        assert!(
            again
                .frames
                .iter()
                .all(|frame| HIDDEN.iter().all(|word| !frame.contains(&format!("\"{word}\":")))),
            "{:?}",
            again.frames
        );
        assert_eq!(again.you, checkpoint::domain::ids::ParticipantId(0));
    }
    let refused = wall.act(cast(1)).await;
    assert_eq!(refused, Err("This screen only shows. Use the room on your own device.".to_owned()));
    for (step, shown) in [(VOTE, "2 of 2 voted"), (SURVEYS, "1 of 2 people have finished")] {
        story.lead.act(go(step)).await.unwrap();
        let page = story.browsers[0].get(&format!("/w/{}/present", story.code)).send().await.unwrap();
        assert_eq!(page.status(), 200);
        let html = page.text().await.unwrap();
        assert!(html.contains(shown), "{html}");
        for word in HIDDEN {
            assert!(!html.contains(&format!("\\\"{word}\\\"")), "{word} in {html}");
        }
    }

    // A wall is nobody: when its owner's own screen goes, the owner is away.
    let owner = story.screens.remove(0);
    let you = owner.you;
    drop(owner);
    story.lead.until("the owner to be away", |lead| !lead.presence.here(you)).await;
    let stranger = story.app.browser().get(&format!("/w/{}/present", story.code)).send().await.unwrap();
    assert_eq!(stranger.status(), 303);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn answers_of_the_warm_up_leave_the_log_when_they_are_shown() {
    let mut story = Story::with(2).await;
    story.screens[0].act(Command::WarmUp(warmup::Command::Answer(3))).await.unwrap();
    story.screens[1].act(Command::WarmUp(warmup::Command::Answer(1))).await.unwrap();
    story.lead.act(Command::WarmUp(warmup::Command::Show)).await.unwrap();
    let id = story.room().await.id();
    let db = Db::open(&story.app.place.url()).await.unwrap();
    let log = checkpoint::server::store::events::load(&db, id, 0).await.unwrap();
    let bodies: Vec<&str> = log
        .iter()
        .map(|event| event.body.as_str())
        .filter(|body| body.contains("warm_up"))
        .collect();
    assert_eq!(bodies.len(), 3);
    assert!(bodies.iter().all(|body| !body.contains("option")), "{bodies:?}");
    assert!(bodies[2].contains("[0,1,0,1]"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn open_actions_are_carried_to_the_next_checkpoint() {
    let mut story = Story::with(0).await;
    let add = |title: &str, expects| {
        let (title, owner, due) = (title.to_owned(), "Ana".to_owned(), String::new());
        Command::Since(since::Command::Add {
            title,
            owner,
            due,
            expects,
        })
    };
    story.lead.act(add("Split the pipeline", Some(Metric::LeadTime))).await.unwrap();
    story.lead.act(add("Alert on no events", None)).await.unwrap();
    let ids: Vec<_> = story.lead.state.since.0.keys().copied().collect();
    for (action, status) in ids.into_iter().zip([Status::InProgress, Status::Done]) {
        let why = "So it is".to_owned();
        story
            .lead
            .act(Command::Since(since::Command::Settle { action, status, why }))
            .await
            .unwrap();
    }
    story.lead.act(Command::Summary(summary::Command::Publish)).await.unwrap();
    let id = story.room().await.id();
    let json: serde_json::Value = story
        .kim
        .get(&format!("/checkpoints/{id}.json"))
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(json["actions"][0]["status"], "in_progress");
    assert_eq!(json["actions"][0]["why"], "So it is");
    let md = between::page(&story.kim, &format!("/checkpoints/{id}.md")).await;
    assert!(
        md.contains("- **Done**: Alert on no events (Ana, no date, from before Checkpoint)\n  - So it is"),
        "{md}"
    );
    let html = between::page(&story.kim, &format!("/checkpoints/{id}")).await;
    assert!(html.contains("One is open and goes on to the next checkpoint."), "{html}");

    let next = story.kim.start_checkpoint(&[("form[held_on]", "2023-04-11")]).await;
    let screen = Screen::enter(&story.kim, &next).await;
    let carried: Vec<_> = screen.state.since.0.values().collect();
    assert_eq!(carried.len(), 1);
    let action = &carried[0].action;
    assert_eq!(
        (action.title.as_str(), action.age, action.status, carried[0].settled),
        ("Split the pipeline", 2, Status::InProgress, false)
    );
    assert!(action.why.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_wall_that_shouts_is_heard_by_nobody() {
    let story = Story::with(0).await;
    let mut wall = Screen::open(&story.kim, &format!("{}?wall", story.code)).await.unwrap();
    wall.hello(None).await;
    let seq = wall.state.seq;
    let id = crate::screen::fresh_id();
    wall.say(&ClientMessage::Command {
        id,
        command: note("I am nobody"),
    })
    .await;
    assert!(wall.answer(id).await.is_err());
    wall.catch_up().await;
    assert_eq!(wall.state.seq, seq, "also when a facilitator has opened it");
}
