//! The built binary as a process of its own: killed while people vote, ended politely, started again.

use crate::browser::Browser;
use crate::screen::{Screen, fresh_id};
use crate::story::{VOTE, ballot, cast, command, go, reveal};
use checkpoint::domain::command::Command as Asked;
use checkpoint::domain::dots::{self, Terms};
use checkpoint::domain::ids::CommandId;
use checkpoint::domain::improve::{self, Item, Kind};
use checkpoint::domain::vote;
use checkpoint::domain::workshop::Workshop;
use checkpoint::protocol::close;
use checkpoint::server::store::workshops::{self, Filter};
use checkpoint::server::store::{Db, events};
use futures_util::future::join_all;
use std::collections::{HashMap, VecDeque};
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::sync::{mpsc, watch};

/// The server as an operator starts it: no leptos variables, another folder.
pub(crate) struct Server {
    child: Child,
    addr: SocketAddr,
    folder: TempDir,
    lines: mpsc::UnboundedReceiver<String>,
}

/// The binary in this folder, with settings of its own alone.
pub(crate) fn binary(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_checkpoint"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("LEPTOS_") || name.starts_with("CHECKPOINT_")) {
        command.env_remove(name);
    }
    command.current_dir(folder).env("CHECKPOINT_LOG", "warn").stdin(Stdio::null());
    command
}

fn spawn(folder: &Path, addr: SocketAddr) -> (Child, mpsc::UnboundedReceiver<String>) {
    let mut child = binary(folder)
        .env("CHECKPOINT_ADDR", addr.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let (tell, lines) = mpsc::unbounded_channel();
    let stdout = BufReader::new(child.stdout.take().unwrap());
    std::thread::spawn(move || stdout.lines().map_while(Result::ok).all(|line| tell.send(line).is_ok()));
    (child, lines)
}

impl Server {
    pub(crate) fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        // A port that was free a moment ago.
        let addr = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let (child, lines) = spawn(folder.path(), addr);
        Self {
            child,
            addr,
            folder,
            lines,
        }
    }

    /// The line that begins like this; the rest of it.
    pub(crate) async fn line(&mut self, start: &str) -> String {
        loop {
            let line = tokio::time::timeout(Duration::from_secs(10), self.lines.recv()).await;
            let line = line.expect("the server says nothing").expect("the server has ended");
            if let Some(rest) = line.strip_prefix(start) {
                return rest.to_owned();
            }
        }
    }

    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    pub(crate) fn again(&mut self) {
        (self.child, self.lines) = spawn(self.folder.path(), self.addr);
    }

    /// SIGTERM; how it ended and how long that took.
    async fn terminate(&mut self) -> (ExitStatus, Duration) {
        let began = Instant::now();
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return (status, began.elapsed());
            }
            assert!(began.elapsed() < Duration::from_secs(10), "it does not end");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    pub(crate) async fn opened(&mut self) -> (Browser, String) {
        let token = self.line("setup token: ").await;
        self.line("Checkpoint is at ").await;
        let kim = self.browser();
        kim.set_up(&token).await;
        let code = kim.start_checkpoint(&[]).await;
        (kim, code)
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn browser(&self) -> Browser {
        Browser::new(self.addr, &format!("http://{}", self.addr))
    }

    async fn log(&self) -> Vec<events::StoredEvent> {
        let db = Db::open(&format!("sqlite:{}/data/checkpoint.db", self.folder.path().display()))
            .await
            .unwrap();
        let only = Filter {
            limit: 1,
            ..Filter::default()
        };
        let rows = workshops::list(&db, &only).await.unwrap();
        let log = events::load(&db, rows[0].id, 0).await.unwrap();
        db.close().await;
        log
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// How often the server is killed.
const KILLS: usize = 6;

/// Somebody who votes all the time, and keeps what is not acknowledged, as the page does.
struct Voter {
    browser: Browser,
    code: String,
    state: Workshop,
    choice: u8,
    waiting: VecDeque<(CommandId, Asked, u8)>,
    acknowledged: Vec<CommandId>,
    comebacks: usize,
}

impl Voter {
    /// Until the word `stop` comes and everything is acknowledged.
    async fn vote(mut self, stop: watch::Receiver<bool>) -> (Self, Screen) {
        let mut screen = None;
        let mut beat = tokio::time::interval(Duration::from_millis(55));
        loop {
            beat.tick().await;
            let Some(on) = &mut screen else {
                screen = self.come_back().await;
                continue;
            };
            if *stop.borrow() && self.waiting.is_empty() {
                break;
            }
            if !*stop.borrow() {
                // Always another answer, so that each is an event.
                self.choice = self.choice % 6 + 1;
                let (id, asked) = (fresh_id(), cast(self.choice));
                on.say(&command(id, asked.clone())).await;
                self.waiting.push_back((id, asked, self.choice));
            }
            // Two may be on their way while a third is given.
            let mut alive = true;
            while alive && self.waiting.len() > if *stop.borrow() { 0 } else { 2 } {
                alive = on.read().await;
                self.take_answers(on);
            }
            if !alive {
                self.state = on.state.clone();
                screen = None;
            }
        }
        let screen = screen.unwrap();
        (self, screen)
    }

    fn take_answers(&mut self, screen: &mut Screen) {
        while let Some(answer) = self.waiting.front().and_then(|(id, ..)| screen.answers.remove(id)) {
            assert_eq!(answer, Ok(()));
            let (id, ..) = self.waiting.pop_front().unwrap();
            self.acknowledged.push(id);
        }
    }

    async fn come_back(&mut self) -> Option<Screen> {
        let mut screen = Screen::back(&self.browser, &self.code, self.state.clone()).await?;
        self.comebacks += 1;
        for (id, asked, _) in &self.waiting {
            screen.say(&command(*id, asked.clone())).await;
        }
        Some(screen)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_acknowledged_is_lost_when_the_server_is_killed() {
    let mut server = Server::start();
    let (kim, code) = server.opened().await;
    let mut lead = Screen::enter(&kim, &code).await;
    lead.act(go(VOTE)).await.unwrap();
    let (stop, stopped) = watch::channel(false);
    let mut voters = vec![];
    for number in 0..20 {
        let browser = server.browser();
        browser.join(&code, &format!("Member {number}")).await.result.unwrap();
        let voter = Voter {
            browser,
            code: code.clone(),
            state: Workshop::default(),
            choice: number % 6,
            waiting: VecDeque::new(),
            acknowledged: vec![],
            comebacks: 0,
        };
        voters.push(tokio::spawn(voter.vote(stopped.clone())));
    }
    for _ in 0..KILLS {
        let moment = 300 + uuid::Uuid::new_v4().as_u128() % 700;
        tokio::time::sleep(Duration::from_millis(u64::try_from(moment).unwrap())).await;
        server.kill();
        server.again();
        server.line("Checkpoint is at ").await;
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    stop.send(true).unwrap();
    let mut voters: Vec<(Voter, Screen)> = join_all(voters).await.into_iter().map(Result::unwrap).collect();

    let mut lead = Screen::enter(&kim, &code).await;
    assert_eq!(lead.state.agenda.current, VOTE, "everybody is where the squad was");
    assert_eq!(lead.state.votes[&VOTE].round().1.ballots.len(), 20);
    let mut counts = [0; 6];
    for (voter, screen) in &mut voters {
        screen.until_seq(lead.state.seq).await;
        assert!(voter.comebacks > KILLS / 2, "{} came back", voter.comebacks);
        let own = screen.state.votes[&VOTE].round().1.ballots[&screen.you];
        assert_eq!(own, Some(ballot(voter.choice)), "the last acknowledged answer stands");
        counts[usize::from(voter.choice) - 1] += 1;
    }
    lead.act(reveal()).await.unwrap();
    assert_eq!(lead.state.votes[&VOTE].last_tally().unwrap().counts, counts, "nobody counts twice");
    for (_, screen) in &mut voters {
        screen.until_seq(lead.state.seq).await;
        assert_eq!(screen.state, lead.state, "all screens are equal");
    }
    let (status, _) = server.terminate().await;
    assert_eq!(status.code(), Some(0));
    let mut stored: HashMap<String, usize> = HashMap::new();
    for event in server.log().await {
        *stored.entry(event.cause.unwrap_or_default()).or_default() += 1;
    }
    let acknowledged: Vec<CommandId> = voters.iter().flat_map(|(voter, _)| voter.acknowledged.clone()).collect();
    for id in &acknowledged {
        assert_eq!(stored.get(&id.to_string()), Some(&1), "{id} is stored once");
    }
    eprintln!("{} acknowledged ballots through {KILLS} kills", acknowledged.len());
    assert!(acknowledged.len() > 200, "{}", acknowledged.len());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn dots_outlive_a_server_that_is_killed() {
    let mut server = Server::start();
    let (kim, code) = server.opened().await;
    let mut lead = Screen::enter(&kim, &code).await;
    for text in ["Small", "Smaller"] {
        let (kind, text, on) = (Kind::Improvement, text.to_owned(), None);
        lead.act(Asked::Improve(improve::Command::Add { kind, text, on })).await.unwrap();
    }
    let items = lead.state.improvements.votable();
    let (terms, among) = (Terms { dots: 3, on_one: 2 }, vec![]);
    lead.act(Asked::Dots(dots::Command::Open { terms, among })).await.unwrap();
    let place = |dots: &[Item]| {
        Asked::Dots(dots::Command::Place {
            round: 1,
            dots: dots.to_vec(),
        })
    };
    let member = server.browser();
    member.join(&code, "Ana").await.result.unwrap();
    let mut screen = Screen::enter(&member, &code).await;
    screen.act(place(&[items[0], items[1], items[0]])).await.unwrap();
    server.kill();
    server.again();
    server.line("Checkpoint is at ").await;
    let mut back = Screen::back(&member, &code, screen.state).await.unwrap();
    assert_eq!(back.state.dots.open().unwrap().1.dots_of(back.you), [items[0], items[1], items[0]]);
    // And a window that knows nothing yet.
    let anew = Screen::enter(&member, &code).await;
    assert_eq!(anew.state.dots, back.state.dots);
    back.act(place(&[items[1], items[1]])).await.unwrap();
    let mut lead = Screen::enter(&kim, &code).await;
    lead.act(Asked::Dots(dots::Command::Reveal { round: 1 })).await.unwrap();
    let counts: Vec<(Item, u32)> = lead.state.dots.revealed().flatten().map(|c| (c.item, c.dots)).collect();
    assert_eq!(counts, [(items[1], 2), (items[0], 0)]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_terminated_server_takes_its_leave() {
    let mut server = Server::start();
    let (kim, code) = server.opened().await;
    let mut lead = Screen::enter(&kim, &code).await;
    lead.act(go(VOTE)).await.unwrap();
    let member = server.browser();
    member.join(&code, "Ana").await.result.unwrap();
    let mut screen = Screen::enter(&member, &code).await;
    // These hold nobody up: a connection that is idle, a request that never ends, a socket that never says hello.
    let idle = kim.get("/healthz").send().await.unwrap();
    let half = tokio::net::TcpStream::connect(server.addr).await.unwrap();
    half.try_write(b"POST /api/none HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf")
        .unwrap();
    let mut silent = Screen::open(&member, &code).await.unwrap();
    // Under load: whatever is acknowledged before the end is kept.
    let mut sent = vec![];
    for number in 0..30_u8 {
        sent.push(screen.send(cast(number % 2 + 1)).await);
    }
    let ((status, took), why, silent_why, lead_why) = tokio::join!(
        server.terminate(),
        screen.until_closed(),
        silent.until_closed(),
        lead.until_closed()
    );
    assert_eq!(
        (why.0, silent_why.0, lead_why.0),
        (close::RESTARTING, close::RESTARTING, close::RESTARTING)
    );
    assert_eq!(status.code(), Some(0));
    assert!(took < Duration::from_secs(5), "{took:?}");
    drop((idle, half));
    let causes: Vec<Option<String>> = server.log().await.into_iter().map(|event| event.cause).collect();
    let acknowledged: Vec<&CommandId> = sent.iter().filter(|id| screen.answers.get(id) == Some(&Ok(()))).collect();
    for id in &acknowledged {
        assert!(causes.contains(&Some(id.to_string())), "{id} was acknowledged and is gone");
    }
    // And the page finds everything again.
    server.again();
    server.line("Checkpoint is at ").await;
    let mut back = Screen::back(&member, &code, screen.state).await.unwrap();
    let withdraw = vote::Command::Withdraw { step: VOTE, round: 1 };
    back.act(Asked::Vote(withdraw)).await.unwrap();
    eprintln!("ended after {took:?}, {} acknowledged", acknowledged.len());
}
