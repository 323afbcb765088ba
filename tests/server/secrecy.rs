//! Secret ballots: every frame to every socket of a whole vote, the database, and the log are searched for what nobody may know.

use crate::app::{Place, TestApp};
use crate::screen::Screen;
use crate::story::{Story, VOTE, cast, cast_in, go, reveal};
use checkpoint::domain::command::Command;
use checkpoint::domain::context::Actor;
use checkpoint::domain::ids::StepId;
use checkpoint::domain::summary;
use checkpoint::domain::vote::{self, Hands};
use serde_json::Value;
use sqlx::Row;

/// What the eight answer in one run, and in another one.
const ONE: [u8; 8] = [1, 2, 3, 4, 5, 6, 1, 2];
const OTHER: [u8; 8] = [6, 5, 4, 3, 2, 1, 6, 6];

/// Words that only ever stand in a message beside somebody's answer.
const SECRET: [&str; 4] = ["ballot", "answer", "confidence", "code"];

fn hands(counts: [u32; 6]) -> Command {
    let hands = Hands { counts, not_sure: 0 };
    Command::Vote(vote::Command::RaiseHands {
        step: VOTE,
        round: 1,
        hands,
    })
}

/// Everybody votes, changes their mind, and votes again; the leader enters the hands of two people.
async fn all_vote(story: &mut Story, answers: [u8; 8]) {
    for (answer, screen) in answers.into_iter().zip(&mut story.screens) {
        screen.act(cast(7 - answer)).await.unwrap();
        screen.act(cast(answer)).await.unwrap();
    }
    story.screens[0]
        .act(Command::Vote(vote::Command::Withdraw { step: VOTE, round: 1 }))
        .await
        .unwrap();
    story.screens[0].act(cast(answers[0])).await.unwrap();
    let raised = if answers == ONE { [2, 0, 0, 0, 0, 0] } else { [0, 0, 0, 0, 1, 1] };
    story.lead.act(hands(raised)).await.unwrap();
    story.all_caught_up().await;
}

/// All values under this key, however deep.
fn under<'a>(value: &'a Value, key: &str, found: &mut Vec<&'a Value>) {
    match value {
        Value::Object(fields) => {
            for (name, inner) in fields {
                if name == key && !inner.is_null() {
                    found.push(inner);
                }
                under(inner, key, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|inner| under(inner, key, found)),
        _ => {}
    }
}

pub(crate) fn all_under<'a>(frames: &'a [Value], key: &str) -> Vec<&'a Value> {
    let mut found = vec![];
    for frame in frames {
        under(frame, key, &mut found);
    }
    found
}

pub(crate) fn parsed(screen: &Screen) -> Vec<Value> {
    screen.frames.iter().map(|frame| serde_json::from_str(frame).unwrap()).collect()
}

/// The frames without what differs between any two runs: times, ids, codes of rooms.
pub(crate) fn comparable(frames: &[Value]) -> Vec<String> {
    fn blot(value: &mut Value) {
        match value {
            Value::Object(fields) => {
                for (name, inner) in fields.iter_mut() {
                    let random = [
                        "at",
                        "now",
                        "done",
                        "code",
                        "joined_at",
                        "entered_at",
                        "started_at",
                        "running_since",
                        "away",
                        "spent",
                    ];
                    if random.contains(&name.as_str()) && !inner.is_object() {
                        *inner = Value::Null;
                    }
                    blot(inner);
                }
            }
            Value::Array(items) => items.iter_mut().for_each(blot),
            _ => {}
        }
    }
    let told = frames
        .iter()
        .filter(|frame| frame.get("presence").is_none() && frame.get("welcome").is_none());
    told.cloned()
        .map(|mut frame| {
            blot(&mut frame);
            frame.to_string()
        })
        .collect()
}

/// Events as they came to an onlooker, whatever the frames they were packed in.
pub(crate) fn events(frames: &[Value]) -> Vec<Value> {
    frames
        .iter()
        .filter_map(|frame| frame.get("events")?.as_array())
        .flatten()
        .cloned()
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn before_the_reveal_no_frame_tells_what_another_answered() {
    let mut onlookers: Vec<Vec<Vec<String>>> = vec![];
    for answers in [ONE, OTHER] {
        let mut story = Story::voting(8).await;
        // Somebody who only watches, and windows that open in the middle.
        let mut late = Screen::enter(&story.kim, &story.code).await;
        all_vote(&mut story, answers).await;
        let mut snapshot = Screen::enter(&story.browsers[7], &story.code).await;
        late.until_seq(story.lead.state.seq).await;
        snapshot.catch_up().await;
        for (index, screen) in story.screens.iter().enumerate() {
            let frames = parsed(screen);
            let own: Vec<&Value> = all_under(&frames, "ballot");
            let expected = if index == 0 { 3 } else { 2 };
            assert_eq!(own.len(), expected, "one's own ballots come to one's own screen");
            for event in events(&frames)
                .iter()
                .filter(|event| !all_under(std::slice::from_ref(event), "ballot").is_empty())
            {
                assert_eq!(
                    all_under(std::slice::from_ref(event), "voter"),
                    [&Value::from(screen.you.0)],
                    "{event}"
                );
            }
        }
        for screen in story.screens.iter().chain([&story.lead, &late, &snapshot]) {
            let frames = parsed(screen);
            assert!(all_under(&frames, "tally").is_empty(), "a tally before the reveal");
            // Kim raised the hands and has them; nobody else does.
            assert_eq!(screen.you != story.lead.you, all_under(&frames, "counts").is_empty());
        }
        for screen in [&story.lead, &late] {
            let frames = parsed(screen);
            for word in SECRET {
                let found = all_under(&events(&frames), word).len();
                assert_eq!(found, 0, "{word} on the facilitator's screen");
            }
        }
        let snapshot_frames = parsed(&snapshot);
        let ballots = all_under(&snapshot_frames, "ballots");
        let mut told = ballots
            .iter()
            .filter_map(|b| b.as_object())
            .flatten()
            .filter(|(_, ballot)| !ballot.is_null());
        assert_eq!(
            told.next().map(|(voter, _)| voter.as_str()),
            Some(snapshot.you.0.to_string().as_str())
        );
        assert_eq!(told.next(), None, "a snapshot holds one's own ballot only");
        // What the others see of the eight is the same, whatever they answer.
        let seen_of_others = |screen: &Screen| {
            let all = events(&parsed(screen));
            let of_others = all.into_iter().filter(|event| {
                let own = Value::from(screen.you.0);
                !["voter", "by"]
                    .iter()
                    .any(|key| all_under(std::slice::from_ref(event), key).contains(&&own))
            });
            comparable(&of_others.collect::<Vec<_>>())
        };
        onlookers.push(story.screens.iter().chain([&story.lead]).map(seen_of_others).collect());
    }
    assert!(onlookers[0].iter().all(|seen| seen.len() >= 15));
    assert_eq!(onlookers[0], onlookers[1]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn after_the_reveal_no_frame_ties_a_person_to_an_answer() {
    let mut story = Story::voting(8).await;
    all_vote(&mut story, ONE).await;
    let before: Vec<usize> = story.screens.iter().map(|screen| screen.frames.len()).collect();
    story.lead.act(reveal()).await.unwrap();
    story
        .lead
        .act(Command::Vote(vote::Command::VoteAgain { step: VOTE }))
        .await
        .unwrap();
    story.all_caught_up().await;
    let mut all: Vec<Value> = vec![];
    for (screen, before) in story.screens.iter().zip(before) {
        all.extend(parsed(screen).split_off(before));
    }
    // Everybody who comes back from wherever they were, and everybody who comes anew.
    for browser in &story.browsers {
        let anew = Screen::enter(browser, &story.code).await;
        all.extend(parsed(&anew));
        for seq in 0..anew.state.seq {
            let mut back = Screen::open(browser, &story.code).await.unwrap();
            back.state.seq = seq;
            back.hello(Some(seq)).await;
            all.extend(parsed(&back));
        }
    }
    assert_eq!(all_under(&all, "ballot"), Vec::<&Value>::new());
    assert_eq!(all_under(&all, "open"), Vec::<&Value>::new());
    let ballots = all_under(&all, "ballots");
    let tied = ballots
        .iter()
        .filter_map(|b| b.as_object())
        .flatten()
        .filter(|(_, ballot)| !ballot.is_null());
    assert_eq!(tied.count(), 0);
    let tally = all_under(&all, "tally")[0];
    assert_eq!(tally["counts"], serde_json::json!([2, 2, 1, 1, 1, 1]));
    assert_eq!(tally["hands"]["counts"], serde_json::json!([2, 0, 0, 0, 0, 0]));
}

/// Every byte that the database keeps.
pub(crate) async fn stored(app: &TestApp) -> String {
    match &app.place {
        Place::Sqlite(folder) => {
            let files = std::fs::read_dir(folder.path()).unwrap();
            let bytes: Vec<u8> = files.flat_map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect();
            String::from_utf8_lossy(&bytes).into_owned()
        }
        Place::Postgres { url, .. } => {
            let pool = sqlx::PgPool::connect(url).await.unwrap();
            let mut all = String::new();
            for table in [
                "tribes",
                "squads",
                "accounts",
                "sessions",
                "content",
                "capabilities",
                "workshops",
                "events",
                "summaries",
                "actions",
                "action_changes",
                "page_links",
                "feedback",
                "audit",
            ] {
                let sql = sqlx::AssertSqlSafe(format!("SELECT t::text FROM {table} t"));
                for row in sqlx::query(sql).fetch_all(&pool).await.unwrap() {
                    // A row as text doubles its quotes.
                    all += &row.get::<String, _>(0).replace("\"\"", "\"");
                }
            }
            pool.close().await;
            all
        }
    }
}

const BALLOT: &str = "\"ballot\":{";
const HANDS: &str = "\"hands\":{\"counts\"";

async fn the_database_forgets(place: Place) {
    let mut story = Story::on(TestApp::on(place).await, 8, &[]).await;
    story.lead.act(go(VOTE)).await.unwrap();
    story.all_caught_up().await;
    all_vote(&mut story, ONE).await;
    let before = stored(&story.app).await;
    // Eight people twice, one a third time; as they stand in the table at least.
    assert!(before.matches(BALLOT).count() >= 17, "{}", before.matches(BALLOT).count());
    assert!(before.contains(HANDS));
    story.lead.act(reveal()).await.unwrap();
    let after = stored(&story.app).await;
    assert!(after.contains("revealed"));
    assert_eq!(after.matches(BALLOT).count(), 0);
    // The tally counts hands without saying who raised them for whom.
    assert_eq!(after.matches(HANDS).count(), after.matches("\"tally\":{").count());
    // A round that nobody reveals is forgotten when the page is published, ballots in the same breath included.
    story.lead.act(go(StepId(5))).await.unwrap();
    for screen in &mut story.screens {
        screen.act(cast_in(StepId(5), 1, 2)).await.unwrap();
    }
    assert!(stored(&story.app).await.matches(BALLOT).count() >= 8);
    story.lead.act(Command::Summary(summary::Command::Publish)).await.unwrap();
    let published = stored(&story.app).await;
    assert_eq!(published.matches(BALLOT).count(), 0);
    story.app.stop().await;
    assert_eq!(stored(&story.app).await.matches(BALLOT).count(), 0);
    let log = crate::log::text();
    assert!(log.contains("a checkpoint was created"), "the log was kept");
    for word in [BALLOT, "Ballot {", "ballot: Some", "\"counts\"", "answer: Code", "confidence"] {
        assert!(!log.contains(word), "{word} in the log");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sqlite_and_the_log_forget_the_answers() {
    the_database_forgets(Place::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn postgres_and_the_log_forget_the_answers() {
    if let Some(place) = Place::postgres().await {
        the_database_forgets(place).await;
    }
}

/// Ballots, hands and the publication in one batch: nothing of them is ever stored. How the inbox falls into batches differs,
/// so it is tried a few times.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_cast_while_the_page_is_published_is_not_kept() {
    let mut story = Story::voting(8).await;
    for attempt in 0..10 {
        let room = story.room().await;
        let lead = Actor::Participant(story.lead.you);
        // Polled in this order, so they stand in the inbox in this order.
        let mut acts: Vec<_> = story
            .screens
            .iter()
            .map(|screen| room.execute(Actor::Participant(screen.you), cast(3)))
            .collect();
        acts.push(room.execute(lead, hands([1, 0, 0, 0, 0, 0])));
        acts.push(room.execute(lead, Command::Summary(summary::Command::Publish)));
        let done = futures_util::future::join_all(acts).await;
        assert!(done.iter().all(Result::is_ok), "{done:?}");
        let after = stored(&story.app).await;
        let found = (after.matches(BALLOT).count(), after.matches(HANDS).count());
        assert_eq!(found, (0, 0), "ballots and hands in attempt {attempt}");
        story.code = story.kim.start_checkpoint(&[]).await;
        story.lead = Screen::enter(&story.kim, &story.code).await;
        story.lead.act(go(VOTE)).await.unwrap();
        for (number, screen) in story.screens.iter_mut().enumerate() {
            story.browsers[number]
                .join(&story.code, &format!("Member {number}"))
                .await
                .result
                .unwrap();
            *screen = Screen::enter(&story.browsers[number], &story.code).await;
        }
    }
}
