//! How soon the built program answers with its first page, and how much memory it holds without anybody and with live rooms. The
//! floor of a start is the program that only says its version: what the machine takes to load it.
//!
//! `benches/speed` says what each person in a room adds.
#![expect(clippy::unwrap_used, reason = "a measurement may stop at the first surprise")]
#![expect(clippy::disallowed_methods, reason = "a measurement reads the clock")]

#[path = "../tests/support/browser.rs"]
#[expect(dead_code, reason = "shared with the tests, which need more of it")]
mod browser;

use browser::Browser;
use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tokio::time::sleep;

/// So many starts of each kind.
const STARTS: usize = 20;
/// So many rooms are live.
const ROOMS: usize = 50;

/// A running server; it ends with this, as a machine does that loses its power.
struct Server {
    child: Child,
    addr: SocketAddr,
    /// From the start of the program to the end of its first page.
    took: Duration,
}

impl Server {
    async fn start(folder: &Path) -> Self {
        // A port that was free a moment ago.
        let addr = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let began = Instant::now();
        let child = program(folder).env("CHECKPOINT_ADDR", addr.to_string()).spawn().unwrap();
        let mut server = Self {
            child,
            addr,
            took: Duration::ZERO,
        };
        while server.browser().get("/sign-in").send().await.is_err() {
            assert!(server.child.try_wait().unwrap().is_none(), "the server has ended");
            sleep(Duration::from_millis(1)).await;
        }
        server.took = began.elapsed();
        server
    }

    fn browser(&self) -> Browser {
        Browser::new(self.addr, &format!("http://{}", self.addr))
    }

    /// The one-time token of the first start.
    fn token(&mut self) -> String {
        let lines = BufReader::new(self.child.stdout.take().unwrap()).lines();
        let told = lines
            .map_while(Result::ok)
            .find_map(|line| line.strip_prefix("setup token: ").map(str::to_owned));
        told.unwrap()
    }

    /// Resident memory in MiB, as Linux says it.
    fn memory(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let kib = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        kib.trim().trim_end_matches(" kB").parse::<f64>().unwrap() / 1024.0
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().and_then(|()| self.child.wait()).unwrap();
    }
}

fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_checkpoint"));
    command
        .current_dir(folder)
        .env("CHECKPOINT_LOG", "warn")
        .stdin(Stdio::null())
        .stdout(Stdio::piped());
    command
}

fn row(what: &str, mut times: Vec<Duration>) {
    times.sort();
    let [least, middle, most] = [0, STARTS / 2, STARTS - 1].map(|at| times[at].as_secs_f64() * 1e3);
    println!("| {what} | {least:.0} | {middle:.0} | {most:.0} |");
}

#[tokio::main]
async fn main() {
    println!("| start, {STARTS} times | least, ms | median | most |\n|---|---|---|---|");
    let folder = tempfile::tempdir().unwrap();
    let mut floor = vec![];
    for _ in 0..STARTS {
        let began = Instant::now();
        program(folder.path()).arg("--version").output().unwrap();
        floor.push(began.elapsed());
    }
    row("floor: `checkpoint --version`", floor);
    let mut new = vec![];
    for _ in 0..STARTS {
        let folder = tempfile::tempdir().unwrap();
        new.push(Server::start(folder.path()).await.took);
    }
    row("to the first page, the database made and migrated", new);

    let mut server = Server::start(folder.path()).await;
    let idle = server.memory();
    let kim = server.browser();
    kim.set_up(&server.token()).await;
    for n in 0..ROOMS {
        kim.start_checkpoint(&[("form[squad]", &format!("Squad {n}"))]).await;
    }
    let live = server.memory();
    drop(server);
    let mut again = vec![];
    for _ in 0..STARTS {
        again.push(Server::start(folder.path()).await.took);
    }
    row(&format!("to the first page, after a kill with {ROOMS} live rooms"), again);
    println!("\nMemory: {idle:.0} MiB after the first page, {live:.0} MiB with {ROOMS} live rooms, each with its facilitator alone");
}
