//! The delivery flow drawn by many at once: sockets that break, a server that restarts, and messages that are too many or make no sense.

use crate::app::TestApp;
use crate::browser::Browser;
use crate::screen::{Screen, fresh_id};
use crate::story::{Story, command};
use checkpoint::domain::command::Command;
use checkpoint::domain::flow::{self, Connector, Edit, Flow, Point, Pointing, Step};
use checkpoint::domain::ids::{CommandId, ElementId};
use checkpoint::domain::workshop::Workshop;
use checkpoint::protocol::{ClientMessage, close};
use checkpoint::server::store::events;
use futures_util::future::join_all;
use std::collections::{HashSet, VecDeque};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::MissedTickBehavior;
use tokio_tungstenite::tungstenite::Message;

fn edit(edits: Vec<Edit>) -> Command {
    Command::Flow(flow::Command::Edit(edits))
}

fn named(name: &str) -> Step {
    Step {
        name: serde_json::from_value(name.into()).unwrap(),
        ..Step::default()
    }
}

fn add(id: u64) -> Edit {
    Edit::AddStep(ElementId(id), named(&format!("Step {id}")))
}

/// Numbers that are the same in every run of one number of a person, and different for each person.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        // Knuth's generator; its upper bits are the good ones.
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }
}

/// Somebody who draws all the time, whose connection breaks now and then, and who keeps what is not acknowledged, as the page does.
struct Drawer {
    browser: Browser,
    code: String,
    state: Workshop,
    number: u64,
    drawn: u64,
    chance: Chance,
    waiting: VecDeque<(CommandId, Command)>,
    /// Acknowledged edits that must be in the log: each says something that nothing else says.
    acknowledged: Vec<CommandId>,
    refused: usize,
    cuts: usize,
}

impl Drawer {
    /// Until the word `stop` comes and everything is answered.
    async fn draw(mut self, stop: watch::Receiver<bool>) -> (Self, Screen) {
        let mut screen = None;
        let mut beat = tokio::time::interval(Duration::from_millis(60));
        // Whoever had to wait does not draw faster afterwards.
        beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            beat.tick().await;
            let Some(on) = &mut screen else {
                screen = self.come_back().await;
                continue;
            };
            let stops = *stop.borrow();
            if stops && self.waiting.is_empty() {
                break;
            }
            if !stops {
                let (id, asked) = (fresh_id(), self.idea());
                on.say(&command(id, asked.clone())).await;
                self.waiting.push_back((id, asked));
            }
            let mut alive = stops || self.chance.below(25) > 0;
            while alive && self.waiting.len() > if stops { 0 } else { 2 } {
                alive = on.read().await;
                self.take_answers(on);
            }
            if !alive {
                self.cuts += 1;
                self.state = on.state.clone();
                screen = None;
            }
        }
        let screen = screen.unwrap();
        (self, screen)
    }

    fn take_answers(&mut self, screen: &mut Screen) {
        while let Some(answer) = self.waiting.front().and_then(|(id, _)| screen.answers.remove(id)) {
            let (id, asked) = self.waiting.pop_front().unwrap();
            match answer {
                // Deleting what somebody else has deleted changes nothing.
                Ok(()) if !matches!(&asked, Command::Flow(flow::Command::Edit(edits)) if matches!(edits.as_slice(), [Edit::Remove(_)])) => {
                    self.acknowledged.push(id);
                }
                Ok(()) => {}
                Err(reason) => {
                    assert_eq!(reason, "Somebody has deleted this meanwhile, so nothing has changed.");
                    self.refused += 1;
                }
            }
        }
    }

    async fn come_back(&mut self) -> Option<Screen> {
        let mut screen = Screen::back(&self.browser, &self.code, self.state.clone()).await?;
        for (id, asked) in &self.waiting {
            screen.say(&command(*id, asked.clone())).await;
        }
        Some(screen)
    }

    /// Something to draw; never the same twice.
    fn idea(&mut self) -> Command {
        self.drawn += 1;
        let fresh = self.number * 100_000 + self.drawn;
        let steps: Vec<ElementId> = self.state.flow.steps.keys().copied().collect();
        let some = |chance: &mut Chance| steps.get(chance.below(steps.len().max(1))).copied().unwrap_or_default();
        let step = some(&mut self.chance);
        edit(match self.chance.below(12) {
            n if (n == 0 && steps.len() > 20) || (n > 8 && steps.len() > 200) => vec![Edit::Remove(step)],
            1..=4 => vec![Edit::Name(step, serde_json::from_value(format!("Named {fresh}").into()).unwrap())],
            5..=8 => {
                let x = i32::try_from(fresh % 20_000).unwrap();
                vec![Edit::At(
                    step,
                    Some(Point {
                        x,
                        y: i32::try_from(self.number).unwrap(),
                    }),
                )]
            }
            _ => {
                let connector = Connector {
                    from: step,
                    to: ElementId(fresh),
                    ..Connector::default()
                };
                vec![add(fresh), Edit::AddConnector(ElementId(fresh + 50_000), connector)]
            }
        })
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn ten_people_draw_while_sockets_break_and_the_server_restarts() {
    const PEOPLE: usize = 10;
    let mut story = Story::with(PEOPLE).await;
    let (stop, stopped) = watch::channel(false);
    let browsers = std::mem::take(&mut story.browsers);
    let screens = std::mem::take(&mut story.screens);
    let drawers: Vec<_> = (1..)
        .zip(browsers.into_iter().zip(screens))
        .map(|(number, (browser, screen))| {
            let drawer = Drawer {
                browser,
                code: story.code.clone(),
                state: screen.state.clone(),
                number,
                drawn: 0,
                chance: Chance(number),
                waiting: VecDeque::new(),
                acknowledged: vec![],
                refused: 0,
                cuts: 0,
            };
            tokio::spawn(drawer.draw(stopped.clone()))
        })
        .collect();
    // As long as somebody asks for.
    let seconds = std::env::var("CHECKPOINT_TEST_SECONDS")
        .ok()
        .and_then(|seconds| seconds.parse().ok())
        .unwrap_or(6);
    tokio::time::sleep(Duration::from_secs(seconds) / 2).await;
    story.app.restart().await;
    tokio::time::sleep(Duration::from_secs(seconds) / 2).await;
    stop.send(true).unwrap();
    let mut drawers: Vec<(Drawer, Screen)> = join_all(drawers).await.into_iter().map(Result::unwrap).collect();

    let mut lead = Screen::enter(&story.kim, &story.code).await;
    lead.catch_up().await;
    for (drawer, screen) in &mut drawers {
        screen.until_seq(lead.state.seq).await;
        assert_eq!(screen.state.flow, lead.state.flow, "all screens end with the same flow");
        assert!(drawer.cuts > 0, "the connection of {} never broke", drawer.number);
    }
    let flow: &Flow = &lead.state.flow;
    let ends = |c: &Connector| flow.steps.contains_key(&c.from) && flow.steps.contains_key(&c.to);
    assert!(flow.connectors.values().all(ends));
    let room = story.room().await;
    let log = events::load(&story.app.state.db, room.id(), 0).await.unwrap();
    let mut causes: Vec<String> = log.into_iter().filter_map(|event| event.cause).collect();
    let all = causes.len();
    causes.sort();
    causes.dedup();
    assert_eq!(causes.len(), all, "nothing was done twice");
    let causes: HashSet<String> = causes.into_iter().collect();
    let acknowledged: Vec<CommandId> = drawers.iter().flat_map(|(drawer, _)| drawer.acknowledged.clone()).collect();
    for id in &acknowledged {
        assert!(causes.contains(&id.to_string()), "{id} was acknowledged and is gone");
    }
    let (cuts, refused) = drawers
        .iter()
        .fold((0, 0), |(cuts, refused), (d, _)| (cuts + d.cuts, refused + d.refused));
    eprintln!(
        "{} acknowledged edits, {refused} too late, {cuts} cuts, {} elements",
        acknowledged.len(),
        flow.len()
    );
    assert!(acknowledged.len() > 200, "{}", acknowledged.len());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_moved_shows_to_the_others_while_it_moves() {
    let mut story = Story::with(2).await;
    story.screens[0].act(edit(vec![add(1)])).await.unwrap();
    let you = story.screens[0].you;
    let drag = |x| {
        ClientMessage::Point(Some(Pointing {
            at: Some(Point { x, y: 0 }),
            drags: vec![ElementId(1)],
            by: Point { x, y: 0 },
            writes: None,
        }))
    };
    for x in 0..30 {
        story.screens[0].say(&drag(x)).await;
        tokio::time::sleep(Duration::from_millis(33)).await;
    }
    let seen = |screen: &Screen| screen.pointers.get(&you).map(|pointing| pointing.by.x);
    story.screens[1].until("the drag", |screen| seen(screen) == Some(29)).await;
    let told = story.screens[1]
        .frames
        .iter()
        .filter(|frame| frame.starts_with("{\"pointing\""))
        .count();
    assert!(told >= 20, "{told} updates in a second");
    assert!(story.lead.state.flow.is_empty(), "nobody has moved anything yet");
    // Whoever leaves takes the pointer along.
    let gone = story.screens.remove(0);
    drop(gone);
    story.screens[0]
        .until("the pointer to go", |screen| !screen.pointers.contains_key(&you))
        .await;
    let room = story.room().await;
    let log = events::load(&story.app.state.db, room.id(), 0).await.unwrap();
    assert!(
        log.iter().all(|event| !event.body.contains("point")),
        "where somebody points is never stored"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whoever_may_not_draw_only_points() {
    let mut story = Story::with(2).await;
    story.screens[0].act(edit(vec![add(1)])).await.unwrap();
    let (one, other) = (story.screens[0].you, story.screens[1].you);
    story
        .lead
        .act(Command::Flow(flow::Command::Draw(flow::Mode::Scribe(one))))
        .await
        .unwrap();
    let drags = ClientMessage::Point(Some(Pointing {
        at: Some(Point { x: 1, y: 2 }),
        drags: vec![ElementId(1)],
        by: Point { x: 300, y: 0 },
        writes: Some(ElementId(1)),
    }));
    story.screens[1].say(&drags).await;
    story.lead.until("the pointer", |screen| screen.pointers.contains_key(&other)).await;
    let shown = &story.lead.pointers[&other];
    assert_eq!((shown.at, shown.drags.len(), shown.writes), (Some(Point { x: 1, y: 2 }), 0, None));
    // A person who is removed takes the pointer along.
    story
        .lead
        .act(crate::story::people(checkpoint::domain::people::Command::Remove(other)))
        .await
        .unwrap();
    story
        .lead
        .until("the pointer to go", |screen| !screen.pointers.contains_key(&other))
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_makes_no_sense_is_refused_and_harms_nobody() {
    let mut story = Story::with(2).await;
    let screen = &mut story.screens[0];
    screen.act(edit(vec![add(1), add(2)])).await.unwrap();
    let raw = |text: &str| {
        format!(
            r#"{{"command":{{"id":"{}","command":{{"flow":{{"edit":[{text}]}}}}}}}}"#,
            uuid::Uuid::new_v4()
        )
    };
    let far = raw(r#"{"at":[1,[1e12,0]]}"#);
    screen.raw(Message::text(far)).await;
    screen
        .until("a refusal", |screen| screen.answers.values().any(Result::is_err))
        .await;
    let reason = screen.answers.values().find_map(|answer| answer.clone().err());
    assert_eq!(
        reason.as_deref(),
        Some("That is too far out. The canvas ends 20000 units from its middle.")
    );
    let many = edit((10..600).map(add).collect());
    assert_eq!(
        screen.act(many).await,
        Err("That is too much at once. Do it in smaller pieces, please.".to_owned())
    );
    let long = edit(vec![Edit::AddStep(ElementId(9), named(&"x".repeat(500)))]);
    assert_eq!(
        screen.act(long).await,
        Err("The step's name is too long: at most 80 characters, please.".to_owned())
    );
    let late = edit(vec![Edit::Kind(ElementId(77), flow::Kind::Automated)]);
    assert!(screen.act(late).await.is_err());
    // No number at all is not of the protocol; the room goes on.
    screen.raw(Message::text(raw(r#"{"at":[1,[null,0]]}"#))).await;
    assert_eq!(screen.until_closed().await.0, close::MALFORMED);
    story.screens[1].act(edit(vec![Edit::Remove(ElementId(2))])).await.unwrap();
    assert_eq!(story.screens[1].state.flow.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whoever_sends_too_much_is_slowed_down_alone() {
    let mut story = Story::with(2).await;
    let (fast, other) = story.screens.split_at_mut(1);
    let (fast, other) = (&mut fast[0], &mut other[0]);
    let mut sent = vec![];
    for id in 0..200 {
        sent.push(fast.send(edit(vec![add(id)])).await);
    }
    for id in &sent {
        let answer = fast.answer(*id).await;
        assert!(answer.is_ok() || answer == Err("That was too fast. Wait a second, then try again.".to_owned()));
    }
    let done = sent.iter().filter(|id| fast.answers[id].is_ok()).count();
    assert!((40..100).contains(&done), "{done} edits were done");
    other.act(edit(vec![add(9_000)])).await.unwrap();
    assert_eq!(other.state.flow.len(), done + 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_flow_is_the_same_on_postgresql() {
    let Some(place) = crate::app::Place::postgres().await else { return };
    let mut story = Story::on(TestApp::on(place).await, 1, &[]).await;
    story.screens[0].act(edit(vec![add(1), add(ElementId::LARGEST)])).await.unwrap();
    story.app.restart().await;
    let lead = Screen::enter(&story.kim, &story.code).await;
    assert_eq!(lead.state.flow, story.screens[0].state.flow);
    assert_eq!(lead.state.flow.len(), 2);
}
