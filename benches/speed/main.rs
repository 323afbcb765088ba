//! How quickly a vote reaches everybody, and how many votes a second become durable; each beside a floor measured in the same run.
//!
//! docs/BENCHMARKS.md says what is measured and what came out. `cargo bench --features ssr --bench speed` runs everything,
//! `-- fan-out` or `-- acts` one half.
#![expect(clippy::disallowed_methods, reason = "a measurement reads the clock")]
#![expect(clippy::cast_precision_loss, reason = "figures to look at")]

mod floor;
mod process;
mod product;
mod screen;
mod traffic;

use process::Server;
use screen::Ticket;
use std::net::SocketAddr;
use std::path::Path;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};
use traffic::{Acts, Answers, FanOut, Workshop};

type Error = Box<dyn std::error::Error + Send + Sync>;
type Outcome<T> = Result<T, Error>;

/// Worker threads of a server: the binary's number on a small machine, the same for all.
const SERVER_THREADS: usize = 4;
/// Worker threads of the screens.
const SCREEN_THREADS: usize = 2;

/// Rooms, people in each, how often somebody votes in each, and whether with dots.
const WORKSHOPS: [(usize, u32, Duration, bool); 4] = [
    (1, 100, Duration::from_millis(40), false),
    (10, 30, Duration::from_millis(200), false),
    (50, 20, Duration::from_millis(200), false),
    (1, 30, Duration::from_millis(20), true),
];
/// So many turns of floor, product and commits. One vote is one measurement, however many screens it reaches: the 99th percentile
/// needs hundreds.
const TURNS: usize = 4;
const TURN: Duration = Duration::from_secs(5);
/// Commits in each turn.
const COMMITS: u64 = 100;

/// The crowd of the second half.
const CROWD: (usize, u32) = (50, 20);
/// Below the 20 commands a second that a socket may send.
const CLOSED: Duration = Duration::from_millis(52);
/// With 1,000 people 8,000 votes a second.
const PACED: Duration = Duration::from_millis(125);

fn main() -> Outcome<()> {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["serve", kind, folder] => runtime(SERVER_THREADS)?.block_on(serve(kind, Path::new(folder))),
        ref halves => runtime(SCREEN_THREADS)?.block_on(measure(halves)),
    }
}

fn runtime(threads: usize) -> std::io::Result<Runtime> {
    Builder::new_multi_thread().worker_threads(threads).enable_all().build()
}

async fn serve(kind: &str, folder: &Path) -> Outcome<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?);
    match kind {
        "product" => product::serve(listener, folder).await,
        "floor" => floor::serve(listener, None).await,
        "durable-floor" => floor::serve(listener, Some(&folder.join("floor.db"))).await,
        other => Err(format!("there is no server {other}").into()),
    }
}

async fn measure(halves: &[&str]) -> Outcome<()> {
    let wanted = |half| halves.is_empty() || halves.contains(&half);
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    machine(folder.path())?;
    if wanted("fan-out") {
        fan_out(folder.path()).await?;
    }
    if wanted("acts") {
        acts(folder.path()).await?;
    }
    Ok(())
}

/// Where this was measured. A database in memory would measure nothing.
fn machine(folder: &Path) -> Outcome<()> {
    let folder = folder.canonicalize()?;
    let mounts = std::fs::read_to_string("/proc/mounts")?;
    let mounts = mounts.lines().filter_map(|line| {
        let mut fields = line.split(' ').skip(1);
        Some((fields.next()?, fields.next()?))
    });
    let (_, disk) = mounts
        .filter(|(place, _)| folder.starts_with(place))
        .max_by_key(|(place, _)| place.len())
        .ok_or("no file system")?;
    if disk == "tmpfs" {
        return Err(format!("{} is in memory: set CARGO_TARGET_DIR to a folder on a disk", folder.display()).into());
    }
    let cpus = std::fs::read_to_string("/proc/cpuinfo")?;
    let cpu = cpus.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or_default();
    let cores = std::thread::available_parallelism()?;
    let load = std::fs::read_to_string("/proc/loadavg")?;
    println!("{cores} cores,{}, {disk}; load before: {}", cpu.replace("\t:", ""), load.trim());
    Ok(())
}

/// A product with rooms in it, and the people's tickets for it and for a floor.
async fn prepare(folder: &Path, rooms: usize, people: u32, dots: bool) -> Outcome<(Server, Vec<Ticket>, Vec<Ticket>)> {
    let folder = folder.join(format!("{rooms}x{people}"));
    std::fs::create_dir_all(&folder)?;
    let app = product::open(&folder, SocketAddr::from(([127, 0, 0, 1], 0))).await?;
    let facilitator = product::facilitator(&app).await?;
    let tickets = product::rooms(&app, &facilitator, rooms, people as usize, dots).await?;
    app.close().await;
    let floor = tickets.iter().map(|ticket| Ticket {
        path: format!("/{}/{}", ticket.room, ticket.seat),
        ..ticket.clone()
    });
    let floor = floor.collect();
    Ok((Server::start("product", &folder)?, tickets, floor))
}

async fn fan_out(folder: &Path) -> Outcome<()> {
    println!("\nOne votes, all others have it (milliseconds)\n");
    println!("| rooms x people | server | p50 | p99 | max | last p50 | last p99 | votes | missing | cores | bytes |");
    println!("|---|---|---|---|---|---|---|---|---|---|---|");
    let mut commits = Vec::new();
    let mut goals = Vec::new();
    for (rooms, people, pace, dots) in WORKSHOPS {
        let (product, to_product, to_floor) = prepare(folder, rooms, people, dots).await?;
        let floor = Server::start("floor", folder)?;
        let plan = Workshop {
            rooms,
            people,
            pace,
            length: TURN,
        };
        let mut sides = [
            Side::new("floor", floor, to_floor).await?,
            Side::new("product", product, to_product).await?,
        ];
        for turn in 0..TURNS {
            commits.extend(commit_times(&folder.join(format!("commits-{rooms}x{people}-{turn}"))).await?);
            for side in &mut sides {
                side.hold(plan).await?;
            }
        }
        let p99 = sides.each_ref().map(|side| side.print(plan));
        goals.push((rooms, people, dots, p99));
    }
    let commit = [0.5, 0.99].map(|share| percentile(&mut commits, share));
    println!("\nOne durable commit alone: p50 {:.2}, p99 {:.2}\n", commit[0], commit[1]);
    println!("| rooms x people | floor p99 | goal: 1.5 times + a commit's p99 | product p99 | |");
    println!("|---|---|---|---|---|");
    for (rooms, people, dots, [floor, product]) in goals {
        let goal = 1.5 * floor + commit[1];
        println!(
            "| {rooms} x {people}{} | {floor:.2} | {goal:.2} | {product:.2} | {} |",
            if dots { ", dots" } else { "" },
            met(product <= goal)
        );
    }
    Ok(())
}

/// A server with everybody connected.
struct Side {
    name: &'static str,
    server: Server,
    screens: Vec<screen::Screen>,
    result: FanOut,
    cpu: Duration,
}

impl Side {
    async fn new(name: &'static str, server: Server, tickets: Vec<Ticket>) -> Outcome<Self> {
        let screens = traffic::enter(server.addr, &tickets).await?;
        Ok(Self {
            name,
            server,
            screens,
            result: FanOut::default(),
            cpu: Duration::ZERO,
        })
    }

    async fn hold(&mut self, plan: Workshop) -> Outcome<()> {
        let before = self.server.cpu()?;
        let (screens, result) = traffic::workshop(std::mem::take(&mut self.screens), plan).await?;
        self.cpu += self.server.cpu()?.saturating_sub(before);
        self.screens = screens;
        self.result.add(result);
        Ok(())
    }

    /// Prints a line and returns p99.
    fn print(&self, plan: Workshop) -> f64 {
        let mut took: Vec<u64> = self.result.deliveries.iter().map(|delivery| delivery.took).collect();
        let mut last = self.result.last();
        let [p50, p99, max] = [0.5, 0.99, 1.0].map(|share| percentile(&mut took, share));
        let [last50, last99] = [0.5, 0.99].map(|share| percentile(&mut last, share));
        let missing = self.result.votes * (plan.people as usize - 1) - took.len() + self.result.refused;
        // The voter is sent the vote too.
        let bytes = self.result.bytes / (took.len() + self.result.votes).max(1);
        let cores = self.cpu.as_secs_f64() / (TURN.as_secs_f64() * TURNS as f64);
        println!(
            "| {} x {} | {} | {p50:.2} | {p99:.2} | {max:.2} | {last50:.2} | {last99:.2} | {} | {missing} | {cores:.2} | {bytes} |",
            plan.rooms, plan.people, self.name, self.result.votes
        );
        p99
    }
}

/// Appends one event at a time through the journal, at a workshop's pace.
async fn commit_times(folder: &Path) -> Outcome<Vec<u64>> {
    use checkpoint::server::store::events::{self, NewEvent};
    use checkpoint::server::store::journal::Append;
    std::fs::create_dir_all(folder)?;
    let app = product::open(folder, SocketAddr::from(([127, 0, 0, 1], 0))).await?;
    let facilitator = product::facilitator(&app).await?;
    let (workshop, _) = product::checkpoint(&app, &facilitator, "Alone".to_owned()).await?;
    let last = events::load(&app.db, workshop, 0).await?.len() as u64;
    let mut took = Vec::new();
    for seq in last..last + COMMITS {
        tokio::time::sleep(Duration::from_millis(8)).await;
        let event = NewEvent {
            at: 0,
            actor: Some("7".to_owned()),
            cause: Some(checkpoint::server::clock::fresh_id().to_string()),
            kind: "vote",
            body: r#"{"vote":{"cast":{"step":3,"round":1,"voter":7,"ballot":{"answer":{"code":4}}}}}"#.to_owned(),
        };
        let append = Append {
            workshop,
            expected_seq: seq,
            events: vec![event],
            scrub: vec![],
            columns: None,
            summaries: vec![],
            actions: None,
            erased: None,
        };
        let begin = Instant::now();
        app.journal.append(append).await?;
        took.push(u64::try_from(begin.elapsed().as_nanos())?);
    }
    app.close().await;
    Ok(took)
}

async fn acts(folder: &Path) -> Outcome<()> {
    let (rooms, people) = CROWD;
    let (product, to_product, to_floor) = prepare(&folder.join("acts"), rooms, people, false).await?;
    let floor = Server::start("durable-floor", folder)?;
    let mut crowds = [
        Crowd::new("floor", floor, &to_floor).await?,
        Crowd::new("product", product, &to_product).await?,
    ];
    println!(
        "\nDurable votes of {} people in {rooms} rooms (milliseconds)\n",
        crowds[0].screens.len()
    );
    println!("| | server | votes/s | deliveries/s | p50 | p99 | max | refused | cores | CPU us/vote |");
    println!("|---|---|---|---|---|---|---|---|---|---|");
    let plan = |gap, paced| Acts {
        gap,
        paced,
        warm_up: Duration::from_secs(1),
        length: Duration::from_secs(5),
    };
    let mut rates = [0.0; 2];
    for _ in 0..2 {
        for (crowd, sum) in crowds.iter_mut().zip(&mut rates) {
            *sum += crowd.vote("as answered", plan(CLOSED, false)).await? / 2.0;
        }
    }
    for crowd in &mut crowds {
        crowd.vote("8,000/s", plan(PACED, true)).await?;
    }
    let ratio = rates[1] / rates[0];
    println!(
        "\nvotes/s, product / floor: {ratio:.2} (goal: at least 0.5) {}\n",
        met(ratio >= 0.5)
    );
    println!("| server | MiB without people | with all, after the load | KiB for each further person | everybody in after ms |");
    println!("|---|---|---|---|---|");
    for crowd in &crowds {
        let [empty, full] = [crowd.empty, crowd.server.memory()?].map(|kib| kib / 1_024.0);
        let connected = crowd.connected.as_millis();
        println!("| {} | {empty:.1} | {full:.1} | {:.1} | {connected} |", crowd.name, crowd.each);
    }
    let ratio = crowds[1].each / crowds[0].each;
    println!(
        "\nmemory for each person, product / floor: {ratio:.2} (goal: at most 2) {}",
        met(ratio <= 2.0)
    );
    Ok(())
}

/// A server and a thousand people.
struct Crowd {
    name: &'static str,
    server: Server,
    screens: Vec<screen::Screen>,
    /// KiB without anybody.
    empty: f64,
    /// KiB for each person beyond the first fifth, who fill the caches that everybody shares.
    each: f64,
    /// How long the others took to come in, all at once.
    connected: Duration,
}

impl Crowd {
    async fn new(name: &'static str, server: Server, tickets: &[Ticket]) -> Outcome<Self> {
        let settle = || tokio::time::sleep(Duration::from_millis(500));
        settle().await;
        let empty = server.memory()?;
        let (first, others) = tickets.split_at(tickets.len() / 5);
        let mut screens = traffic::enter(server.addr, first).await?;
        settle().await;
        let some = server.memory()?;
        let begin = Instant::now();
        screens.extend(traffic::enter(server.addr, others).await?);
        let connected = begin.elapsed();
        settle().await;
        Ok(Self {
            name,
            each: (server.memory()? - some) / others.len() as f64,
            server,
            screens,
            empty,
            connected,
        })
    }

    /// Prints a line and returns the votes per second.
    async fn vote(&mut self, how: &str, plan: Acts) -> Outcome<f64> {
        let before = self.server.cpu()?;
        let (screens, answers) = traffic::acts(std::mem::take(&mut self.screens), plan).await?;
        let cpu = self.server.cpu()?.saturating_sub(before).as_secs_f64();
        self.screens = screens;
        let Answers {
            mut took,
            deliveries,
            refused,
        } = answers;
        let seconds = plan.length.as_secs_f64();
        let [rate, deliveries] = [took.len(), deliveries].map(|count| count as f64 / seconds);
        // The warm-up is paid for as well.
        let paid = (plan.warm_up + plan.length).as_secs_f64();
        let [p50, p99, max] = [0.5, 0.99, 1.0].map(|share| percentile(&mut took, share));
        println!(
            "| {how} | {} | {rate:.0} | {deliveries:.0} | {p50:.2} | {p99:.2} | {max:.2} | {refused} | {:.2} | {:.0} |",
            self.name,
            cpu / paid,
            cpu / paid / rate * 1e6
        );
        Ok(rate)
    }
}

/// In milliseconds, of nanoseconds.
fn percentile(took: &mut [u64], share: f64) -> f64 {
    took.sort_unstable();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of a length is an index"
    )]
    let place = (share * took.len() as f64).ceil() as usize;
    took.get(place.saturating_sub(1)).map_or(0.0, |nanos| *nanos as f64 / 1e6)
}

fn met(met: bool) -> &'static str {
    if met { "met" } else { "MISSED" }
}
