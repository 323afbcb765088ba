//! Secret answers of surveys: every frame, the database and the log, searched like those of a vote; and the organisation's own
//! capabilities from the form to the room.

use crate::app::{Place, TestApp};
use crate::between;
use crate::browser::Browser;
use crate::screen::Screen;
use crate::secrecy::{all_under, comparable, events, parsed, stored};
use crate::story::{Story, told_to};
use checkpoint::api::ApiError;
use checkpoint::api::admin::{DeleteCapability, LoadAdmin, SaveCapability};
use checkpoint::api::capabilities::{LoadCapabilities, LoadSurveyable};
use checkpoint::domain::audience::Audience;
use checkpoint::domain::command::Command;
use checkpoint::domain::context::Actor;
use checkpoint::domain::facts::CapabilityKey;
use checkpoint::domain::survey::{self, Likert};
use checkpoint::domain::{agenda, summary};
use serde_json::Value;

fn key() -> CapabilityKey {
    CapabilityKey::new("working-in-small-batches")
}

fn choose(keys: Vec<CapabilityKey>) -> Command {
    Command::Survey(survey::Command::Choose(keys))
}

fn open() -> Command {
    Command::Survey(survey::Command::Open { capability: key() })
}

fn close(round: u32) -> Command {
    Command::Survey(survey::Command::Close { capability: key(), round })
}

fn answer(round: u32, item: u32, n: u8) -> Command {
    Command::Survey(survey::Command::Answer {
        capability: key(),
        round,
        item,
        answer: Likert::new(n).unwrap(),
    })
}

/// A room in which the survey is open.
async fn asking(app: TestApp, members: usize) -> Story {
    let mut story = Story::on(app, members, &[]).await;
    story.lead.act(Command::Agenda(agenda::Command::Start)).await.unwrap();
    story.lead.act(choose(vec![key()])).await.unwrap();
    story.lead.act(open()).await.unwrap();
    story.all_caught_up().await;
    story
}

/// Everybody answers three statements, the first of them twice; the last one skips a statement.
async fn all_answer(story: &mut Story, first: [u8; 6]) {
    for (place, (n, screen)) in first.into_iter().zip(&mut story.screens).enumerate() {
        screen.act(answer(1, 0, 6 - n)).await.unwrap();
        screen.act(answer(1, 0, n)).await.unwrap();
        screen.act(answer(1, 1, n)).await.unwrap();
        if place < 5 {
            screen.act(answer(1, 2, n)).await.unwrap();
        }
    }
    story.all_caught_up().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_frame_tells_what_another_answered() {
    let mut onlookers: Vec<Vec<Vec<String>>> = vec![];
    for first in [[1, 2, 4, 5, 1, 2], [5, 4, 2, 1, 5, 4]] {
        let mut story = asking(TestApp::start().await, 6).await;
        let mut late = Screen::enter(&story.kim, &story.code).await;
        all_answer(&mut story, first).await;
        let snapshot = Screen::enter(&story.browsers[5], &story.code).await;
        late.until_seq(story.lead.state.seq).await;
        for screen in &story.screens {
            for event in events(&parsed(screen)) {
                let one = std::slice::from_ref(&event);
                let secret = all_under(one, "given").len() + all_under(one, "progress").len();
                assert!(secret == 0 || all_under(one, "person") == [&Value::from(screen.you.0)], "{event}");
            }
            assert!(
                !all_under(&parsed(screen), "given").is_empty(),
                "one's own answers come to one's own screen"
            );
        }
        for screen in [&story.lead, &late] {
            let frames = parsed(screen);
            for word in ["given", "progress", "results", "counts"] {
                assert!(all_under(&events(&frames), word).is_empty(), "{word} on the facilitator's screen");
            }
        }
        // A window that opens in the middle holds one's own sheet only.
        let sheets = &snapshot.state.surveys.list[0].rounds[0].sheets;
        for (person, sheet) in sheets {
            assert_eq!(sheet.marks.is_empty(), *person != snapshot.you);
            assert_eq!(sheet.progress.is_none(), *person != snapshot.you);
        }
        let seen_of_others = |screen: &Screen| {
            let own = Value::from(screen.you.0);
            let of_others = events(&parsed(screen))
                .into_iter()
                .filter(|event| !all_under(std::slice::from_ref(event), "person").contains(&&own));
            comparable(&of_others.collect::<Vec<_>>())
        };
        onlookers.push(story.screens.iter().chain([&story.lead]).map(seen_of_others).collect());
    }
    assert!(onlookers[0].iter().all(|seen| seen.len() >= 15));
    assert_eq!(onlookers[0], onlookers[1]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn after_closing_no_frame_ties_a_person_to_an_answer() {
    let mut story = asking(TestApp::start().await, 6).await;
    all_answer(&mut story, [1, 2, 4, 5, 1, 2]).await;
    story.lead.act(close(1)).await.unwrap();
    story.all_caught_up().await;
    let mut all: Vec<Value> = vec![];
    for browser in &story.browsers {
        let anew = Screen::enter(browser, &story.code).await;
        all.extend(parsed(&anew));
        for seq in [0, anew.state.seq / 2, anew.state.seq - 1] {
            let mut back = Screen::open(browser, &story.code).await.unwrap();
            back.state.seq = seq;
            back.hello(Some(seq)).await;
            all.extend(parsed(&back));
        }
    }
    assert_eq!(all_under(&all, "given"), Vec::<&Value>::new());
    assert_eq!(all_under(&all, "marks"), Vec::<&Value>::new());
    let results = story.lead.state.surveys.list[0].results().unwrap();
    assert_eq!((results.people, results.finished), (6, 5));
    assert_eq!(results.items[0].counts, Some([2, 2, 0, 1, 1]));
    // A room that reads its scrubbed log again holds the same.
    let before = told_to(&story.app, &story.code, Audience::Everyone).await;
    story.app.restart().await;
    assert_eq!(told_to(&story.app, &story.code, Audience::Everyone).await, before);
}

const GIVEN: &str = "\"given\":{";

async fn the_database_forgets(place: Place) {
    let mut story = asking(TestApp::on(place).await, 6).await;
    all_answer(&mut story, [1, 2, 4, 5, 1, 2]).await;
    let before = stored(&story.app).await;
    assert!(before.matches(GIVEN).count() >= 23, "{}", before.matches(GIVEN).count());
    story.lead.act(close(1)).await.unwrap();
    let after = stored(&story.app).await;
    assert!(after.contains("\"results\":{"));
    assert_eq!(after.matches(GIVEN).count(), 0);
    // A round that nobody closes is forgotten when the page is published.
    let again = survey::Command::OpenAgain { capability: key() };
    story.lead.act(Command::Survey(again)).await.unwrap();
    for screen in &mut story.screens {
        screen.act(answer(2, 1, 5)).await.unwrap();
    }
    assert!(stored(&story.app).await.matches(GIVEN).count() >= 6);
    story.lead.act(Command::Summary(summary::Command::Publish)).await.unwrap();
    assert_eq!(stored(&story.app).await.matches(GIVEN).count(), 0);
    story.app.stop().await;
    assert_eq!(stored(&story.app).await.matches(GIVEN).count(), 0);
    let log = crate::log::text();
    for word in [GIVEN, "Given {", "given: Some", "Likert("] {
        assert!(!log.contains(word), "{word} in the log");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sqlite_and_the_log_forget_the_answers_of_a_survey() {
    the_database_forgets(Place::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn postgres_and_the_log_forget_the_answers_of_a_survey() {
    if let Some(place) = Place::postgres().await {
        the_database_forgets(place).await;
    }
}

/// Answers, the closing and a late answer in one batch: nothing of them is ever stored, and the late one is refused.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_answered_while_the_survey_closes_is_not_kept() {
    let story = asking(TestApp::start().await, 4).await;
    let room = story.room().await;
    let mut acts: Vec<_> = story
        .screens
        .iter()
        .map(|screen| room.execute(Actor::Participant(screen.you), answer(1, 0, 3)))
        .collect();
    acts.push(room.execute(Actor::Participant(story.lead.you), close(1)));
    acts.push(room.execute(Actor::Participant(story.screens[0].you), answer(1, 1, 3)));
    let done = futures_util::future::join_all(acts).await;
    assert!(done[..5].iter().all(Result::is_ok), "{done:?}");
    let late = done[5].as_ref().unwrap_err().to_string();
    assert_eq!(
        late,
        "This survey is closed. What you answered before counts, this answer does not."
    );
    assert_eq!(stored(&story.app).await.matches(GIVEN).count(), 0);
    let told = story.told_to(story.screens[0].you).await;
    assert_eq!(told.surveys.list[0].rounds[0].sheets[&story.screens[0].you].progress, Some(1));
}

async fn save(kim: &Browser, id: &str, title: &str, items: &str) -> Result<(), ApiError> {
    let form = [("id", id), ("title", title), ("summary", "Nights and weekends."), ("items", items)];
    kim.call::<SaveCapability>(&form).await.result
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_organisation_asks_about_its_own_capability() {
    let mut story = Story::with(1).await;
    save(&story.kim, "", "On-call health", "Nights are quiet.\n- I dread my shift.")
        .await
        .unwrap();
    let twice = save(&story.kim, "", "on-call HEALTH", "Another.").await.unwrap_err();
    assert_eq!(twice.to_string(), "There is a capability named on-call HEALTH already.");
    let empty = save(&story.kim, "", "Empty", " \n").await.unwrap_err();
    assert_eq!(empty.to_string(), "Write at least one statement, each on a line of its own.");
    let nobody = save(&story.kim, "0192aaaa-0000-7000-8000-000000000001", "Ghost", "One.")
        .await
        .unwrap_err();
    assert!(matches!(nobody, ApiError::NotFound(_)));
    assert_eq!(save(&story.browsers[0], "", "Mine", "One.").await, Err(ApiError::NotSignedIn));

    // It is on the page for those who sign in, and in the choice of a room for those with a seat in it.
    assert_eq!(story.kim.ask::<LoadCapabilities>(&[]).await.own.len(), 1);
    let stranger = story.app.browser().ask::<LoadCapabilities>(&[]).await;
    assert_eq!((stranger.own.len(), stranger.entries.len()), (0, 34));
    let offered = story.browsers[0].ask::<LoadSurveyable>(&[("code", &story.code)]).await;
    let own = offered.iter().find(|one| one.key.is_own()).unwrap().clone();
    assert_eq!((own.title.as_str(), own.statements, offered.len()), ("On-call health", 2, 41));
    let outside = story.app.browser().call::<LoadSurveyable>(&[("code", &story.code)]).await.result;
    assert_eq!(outside.unwrap_err(), ApiError::NoSeat);

    // A room that was open before it was written knows it; and keeps it when it is gone.
    story.lead.act(choose(vec![own.key.clone()])).await.unwrap();
    let row = story.kim.ask::<LoadAdmin>(&[]).await.capabilities.remove(0);
    assert_eq!(row.items, "Nights are quiet.\n- I dread my shift.");
    let id = row.id.to_string();
    save(&story.kim, &id, "On-call", "Nights are calm.").await.unwrap();
    story.kim.call::<DeleteCapability>(&[("id", &id)]).await.result.unwrap();
    assert!(matches!(
        story.kim.call::<DeleteCapability>(&[("id", &id)]).await.result,
        Err(ApiError::NotFound(_))
    ));
    let kept = story.told_to(story.lead.you).await.surveys.list[0].capability.clone();
    assert_eq!(
        (kept.title.as_str(), kept.items.len(), kept.items[1].reversed),
        ("On-call health", 2, true)
    );
    let gone = story.lead.act(choose(vec![own.key.clone(), key()])).await;
    assert!(gone.is_ok(), "what is on the list stays");
    story.lead.act(choose(vec![key()])).await.unwrap();
    let refused = story.lead.act(choose(vec![own.key])).await.unwrap_err();
    assert_eq!(refused, "This capability is not there any more. Choose another one.");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_catalogue_is_read_without_script_and_without_an_account() {
    let app = TestApp::start().await;
    let page = between::page(&app.browser(), "/capabilities").await;
    for text in [
        "Climate for learning",
        "Fast feedback",
        "Artificial intelligence",
        "Platform engineering",
        "for reading only",
        "12 statements",
        "CC BY 4.0",
    ] {
        assert!(page.contains(text), "{text}");
    }
    let then = between::page(&app.browser(), "/capabilities?by=2019").await;
    for text in ["Measurement", "Cultural", "Added since"] {
        assert!(then.contains(text), "{text}");
    }
}
