//! Secret dots and nameless stickies: every frame, every row and the log are searched for where a dot lay and who wrote what.

use crate::app::{Place, TestApp};
use crate::screen::Screen;
use crate::secrecy::{all_under, comparable, events, parsed, stored};
use crate::story::{Story, go, told_to};
use checkpoint::domain::audience::Audience;
use checkpoint::domain::command::Command;
use checkpoint::domain::context::Actor;
use checkpoint::domain::dots::{self, Terms};
use checkpoint::domain::ids::{StepId, StickyId};
use checkpoint::domain::improve::{self, Authors, Change, Item, Kind};
use checkpoint::domain::text::StickyText;
use checkpoint::domain::{plan, summary};
use checkpoint::server::store::events as table;
use checkpoint::server::store::workshops::{self, Filter};
use futures_util::future::join_all;
use serde_json::Value;

const IMPROVEMENTS: StepId = StepId(12);
const DOTS: StepId = StepId(13);

fn add(text: &str) -> Command {
    Command::Improve(improve::Command::Add {
        kind: Kind::Improvement,
        text: text.to_owned(),
        on: None,
    })
}

fn say(sticky: StickyId, text: &str) -> Command {
    let text = StickyText::parse(text).unwrap();
    Command::Improve(improve::Command::Change(sticky, Change::Text(text)))
}

fn place(dots: Vec<Item>) -> Command {
    Command::Dots(dots::Command::Place { round: 1, dots })
}

fn show(round: u32) -> Command {
    Command::Dots(dots::Command::Reveal { round })
}

fn open() -> Command {
    let terms = Terms { dots: 5, on_one: 3 };
    Command::Dots(dots::Command::Open { terms, among: vec![] })
}

/// A room in the Improvements step, where nobody learns who writes.
async fn writing(app: TestApp, members: usize) -> Story {
    let mut story = Story::on(app, members, &[]).await;
    let nameless = plan::Choice::Authors(Authors::Anonymous);
    story.lead.act(Command::Plan(plan::Command::Choose(nameless))).await.unwrap();
    story.lead.act(go(IMPROVEMENTS)).await.unwrap();
    story.all_caught_up().await;
    story
}

/// A room in which the dots are open, among so many stickies of the facilitator's.
async fn dotting(app: TestApp, members: usize, stickies: usize) -> (Story, Vec<Item>) {
    let mut story = Story::on(app, members, &[]).await;
    for n in 0..stickies {
        story.lead.act(add(&format!("Idea {n}"))).await.unwrap();
    }
    story.lead.act(go(DOTS)).await.unwrap();
    story.lead.act(open()).await.unwrap();
    story.all_caught_up().await;
    let items = story.lead.state.dots.open().unwrap().1.items.clone();
    (story, items)
}

/// Everybody places one dot, then three, shifted by so much.
async fn all_place(story: &mut Story, items: &[Item], by: usize) {
    for (n, screen) in story.screens.iter_mut().enumerate() {
        let at = |m: usize| items[(n + m + by) % items.len()];
        screen.act(place(vec![at(1)])).await.unwrap();
        screen.act(place(vec![at(0), at(0), at(2)])).await.unwrap();
    }
    story.all_caught_up().await;
}

/// Everything a screen was told of what others did.
fn of_others(screen: &Screen) -> Vec<String> {
    let own = Value::from(screen.you.0);
    let others = events(&parsed(screen))
        .into_iter()
        .filter(|event| !all_under(std::slice::from_ref(event), "by").contains(&&own));
    comparable(&others.collect::<Vec<_>>())
}

/// Where dots lie, as far as a message says: lists under `dots` that are no counts.
fn lying(frames: &[Value]) -> Vec<String> {
    let lists = all_under(frames, "dots").into_iter().filter_map(Value::as_array).flatten();
    let items = lists.filter(|one| one.get("sticky").is_some() || one.get("group").is_some());
    items.map(ToString::to_string).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_frame_tells_where_the_dots_of_others_are() {
    let mut onlookers: Vec<Vec<Vec<String>>> = vec![];
    for by in [0, 1] {
        let (mut story, items) = dotting(TestApp::start().await, 6, 4).await;
        let mut late = Screen::enter(&story.kim, &story.code).await;
        all_place(&mut story, &items, by).await;
        // One's dots come back when what they lie on goes; only the person concerned learns it.
        let gone = items[3];
        if let Item::Sticky(sticky) = gone {
            story.lead.act(Command::Improve(improve::Command::Remove(sticky))).await.unwrap();
        }
        story.all_caught_up().await;
        let snapshot = Screen::enter(&story.browsers[5], &story.code).await;
        late.until_seq(story.lead.state.seq).await;
        for screen in [&story.lead, &late] {
            assert!(lying(&parsed(screen)).is_empty(), "on the facilitator's screen");
        }
        for screen in story.screens.iter().chain([&snapshot]) {
            for event in events(&parsed(screen)) {
                let one = std::slice::from_ref(&event);
                assert!(
                    lying(one).is_empty() || all_under(one, "by") == [&Value::from(screen.you.0)],
                    "{event}"
                );
            }
            let (_, round) = screen.state.dots.open().unwrap();
            for (person, placed) in &round.placed {
                assert_eq!(placed.dots.is_some(), *person == screen.you);
                assert!(*person == screen.you || placed.back == 0);
                assert_eq!(placed.used, 3, "all see how many");
            }
            assert!(!round.dots_of(screen.you).contains(&gone));
        }
        let back: u32 = story
            .screens
            .iter()
            .map(|s| s.state.dots.open().unwrap().1.placed[&s.you].back)
            .sum();
        assert!(back > 0, "somebody's dots came back");
        onlookers.push(story.screens.iter().chain([&story.lead]).map(of_others).collect());
    }
    assert!(onlookers[0].iter().all(|seen| seen.len() >= 10));
    assert_eq!(onlookers[0], onlookers[1]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn after_the_reveal_no_frame_ties_a_person_to_a_dot() {
    let (mut story, items) = dotting(TestApp::start().await, 6, 4).await;
    all_place(&mut story, &items, 0).await;
    story.lead.act(show(1)).await.unwrap();
    story.all_caught_up().await;
    let mut all: Vec<Value> = vec![];
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
    assert_eq!(lying(&all), Vec::<String>::new());
    let total: u32 = story.lead.state.dots.revealed().flatten().map(|counted| counted.dots).sum();
    assert_eq!(total, 18, "three of each of the six");
    assert!(story.screens.iter().all(|screen| screen.state.dots == story.lead.state.dots));
    let before = told_to(&story.app, &story.code, Audience::Everyone).await;
    story.app.restart().await;
    assert_eq!(told_to(&story.app, &story.code, Audience::Everyone).await, before);
}

/// As a placed dot stands in the log.
const LIES: &str = "\"dots\":[{\"sticky\"";

async fn the_database_forgets_the_dots(place: Place) {
    let (mut story, items) = dotting(TestApp::on(place).await, 6, 4).await;
    all_place(&mut story, &items, 0).await;
    assert!(stored(&story.app).await.matches(LIES).count() >= 12);
    story.lead.act(show(1)).await.unwrap();
    let after = stored(&story.app).await;
    assert!(after.contains("\"counts\":[{\"item\""));
    assert_eq!(after.matches(LIES).count(), 0);
    // A round that is taken back, and one that is open when the page is published.
    for round in [2, 3] {
        story.lead.act(open()).await.unwrap();
        for screen in &mut story.screens {
            let dots = vec![items[0]];
            screen.act(Command::Dots(dots::Command::Place { round, dots })).await.unwrap();
        }
        assert!(stored(&story.app).await.matches(LIES).count() >= 6);
        let ends = if round == 2 {
            Command::Dots(dots::Command::Discard { round })
        } else {
            Command::Summary(summary::Command::Publish)
        };
        story.lead.act(ends).await.unwrap();
        assert_eq!(stored(&story.app).await.matches(LIES).count(), 0, "round {round}");
    }
    story.app.stop().await;
    assert_eq!(stored(&story.app).await.matches(LIES).count(), 0);
    let log = crate::log::text();
    for word in [LIES, "Placed {", "dots: Some"] {
        assert!(!log.contains(word), "{word} in the log");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sqlite_and_the_log_forget_the_dots() {
    the_database_forgets_the_dots(Place::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn postgres_and_the_log_forget_the_dots() {
    if let Some(place) = Place::postgres().await {
        the_database_forgets_the_dots(place).await;
    }
}

/// Two members write, change and show; in one order of theirs or in the other.
async fn two_write(story: &mut Story, order: [usize; 2]) {
    let hush = Command::Improve(improve::Command::Hush);
    for (n, command) in [None, Some(hush)].into_iter().enumerate() {
        if let Some(command) = command {
            story.lead.act(command).await.unwrap();
        }
        for who in order {
            let screen = &mut story.screens[who];
            screen.act(add(&format!("Idea {n}"))).await.unwrap();
            let own = *screen.state.improvements.stickies.keys().next_back().unwrap();
            assert_eq!(screen.state.improvements.stickies[&own].by, Some(screen.you), "the writer knows");
            screen.act(say(own, &format!("Better idea {n}"))).await.unwrap();
            story.all_caught_up().await;
        }
    }
    story.lead.act(Command::Improve(improve::Command::Show)).await.unwrap();
    story.all_caught_up().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_frame_tells_who_wrote_a_nameless_sticky() {
    let mut onlookers: Vec<Vec<Vec<String>>> = vec![];
    for order in [[0, 1], [1, 0]] {
        let mut story = writing(TestApp::start().await, 4).await;
        two_write(&mut story, order).await;
        let late = Screen::enter(&story.kim, &story.code).await;
        for screen in story.screens[2..].iter().chain([&story.lead, &late]) {
            let stickies = &screen.state.improvements.stickies;
            assert_eq!(stickies.len(), 4);
            assert!(stickies.values().all(|sticky| sticky.by.is_none() && sticky.note.is_some()));
            let written: Vec<Value> = events(&parsed(screen))
                .into_iter()
                .filter(|e| e["event"].get("improve").is_some())
                .collect();
            assert!(all_under(&written, "by").is_empty() && all_under(&written, "of").is_empty());
        }
        for screen in &story.screens[..2] {
            let (frames, own) = (parsed(screen), Value::from(screen.you.0));
            assert!(all_under(&frames, "by").into_iter().all(|by| *by == own), "each knows their own");
        }
        onlookers.push(
            story.screens[2..]
                .iter()
                .chain([&story.lead])
                .map(|s| comparable(&events(&parsed(s))))
                .collect(),
        );
    }
    assert!(onlookers[0].iter().all(|seen| seen.len() >= 10));
    assert_eq!(onlookers[0], onlookers[1]);
}

/// What every row of the one checkpoint says, but for times and the random names of commands.
async fn rows(story: &Story) -> Vec<(u64, Option<String>, String, String)> {
    let only = Filter {
        limit: 1,
        ..Filter::default()
    };
    let workshop = workshops::list(&story.app.state.db, &only).await.unwrap().remove(0);
    let rows = table::load(&story.app.state.db, workshop.id, 0).await.unwrap();
    let named = |row: &table::StoredEvent| row.kind == "improve" || row.kind == "dots" || row.kind == "agenda";
    rows.into_iter()
        .filter(named)
        .map(|row| (row.seq, row.actor, row.kind, row.body))
        .collect()
}

async fn the_database_forgets_who_wrote(place: impl AsyncFn() -> Option<Place>) {
    let mut kept = vec![];
    for order in [[0, 1], [1, 0]] {
        let Some(place) = place().await else { return };
        let mut story = writing(TestApp::on(place).await, 2).await;
        two_write(&mut story, order).await;
        let before = rows(&story).await;
        assert_eq!(
            before.iter().filter(|(.., body)| body.contains("\"by\":")).count(),
            4,
            "the writers may change theirs"
        );
        assert!(
            before.iter().all(|(_, actor, kind, _)| kind != "improve" || actor.is_none()),
            "no row of stickies says who"
        );
        story.lead.act(go(DOTS)).await.unwrap();
        let after = rows(&story).await;
        let names = |body: &str| body.contains("\"by\":") || body.contains("\"of\":");
        assert!(
            after.iter().all(|(_, _, kind, body)| kind != "improve" || !names(body)),
            "{after:?}"
        );
        // And the files, where an old row could still stand.
        for person in &story.screens {
            let by = format!("\"by\":{},\"anonymous\"", person.you.0);
            assert!(!stored(&story.app).await.contains(&by), "{by} is kept");
        }
        let all = told_to(&story.app, &story.code, Audience::Everyone).await;
        assert!(
            all.improvements
                .stickies
                .values()
                .all(|s| s.note.as_ref().is_some_and(|n| n.text.as_str().starts_with("Better")))
        );
        story.app.restart().await;
        assert_eq!(told_to(&story.app, &story.code, Audience::Everyone).await, all);
        kept.push(after);
        story.app.stop().await;
    }
    assert_eq!(kept[0], kept[1], "whoever wrote what, the rows are the same");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sqlite_forgets_who_wrote() {
    the_database_forgets_who_wrote(async || Some(Place::sqlite())).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn postgres_forgets_who_wrote() {
    the_database_forgets_who_wrote(Place::postgres).await;
}

/// Found while these tests were written: what was written after the step, in the batch that forgot the writers, lost its writer on the
/// disk and on every screen. How the inbox falls into batches differs, so it is tried a few times.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_written_after_the_step_keeps_its_writer() {
    let mut story = writing(TestApp::start().await, 2).await;
    let room = story.room().await;
    let (lead, ana, ben) = (story.lead.you, story.screens[0].you, story.screens[1].you);
    for _ in 0..10 {
        // Polled in this order, so they stand in the inbox in this order.
        let acts = [
            room.execute(Actor::Participant(lead), go(IMPROVEMENTS)),
            room.execute(Actor::Participant(ana), add("In time")),
            room.execute(Actor::Participant(lead), go(DOTS)),
            room.execute(Actor::Participant(ben), add("Too late")),
        ];
        let done = join_all(acts).await;
        assert!(done.iter().all(Result::is_ok), "{done:?}");
        story.all_caught_up().await;
        let last = |w: &checkpoint::domain::workshop::Workshop| w.improvements.stickies.values().next_back().unwrap().clone();
        assert_eq!(last(&story.screens[1].state).by, Some(ben));
        assert_eq!(last(&story.told_to(ben).await).by, Some(ben));
        assert_eq!(last(&story.screens[0].state).by, None);
        assert_eq!(
            story.screens[1].state,
            story.told_to(ben).await,
            "the screen holds what the server tells"
        );
    }
    let before = story.told_to(ben).await;
    drop(room);
    story.app.restart().await;
    assert_eq!(story.told_to(ben).await, before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn thirty_place_five_dots_at_once() {
    let (mut story, items) = dotting(TestApp::start().await, 30, 6).await;
    let placed = story.screens.iter_mut().enumerate().map(|(n, screen)| {
        let items = &items;
        async move {
            let mut dots = vec![];
            for m in 0..5 {
                dots.push(items[(n + m / 2) % 6]);
                screen.act(place(dots.clone())).await?;
            }
            Ok::<(), String>(())
        }
    });
    assert!(join_all(placed).await.iter().all(Result::is_ok));
    story.lead.act(show(1)).await.unwrap();
    story.all_caught_up().await;
    let counts = story.lead.state.dots.revealed().last().unwrap().to_vec();
    assert_eq!(counts.iter().map(|counted| counted.dots).collect::<Vec<_>>(), [25; 6]);
    assert!(
        story.screens.iter().all(|screen| screen.state == story.lead.state),
        "all screens are equal"
    );
}
