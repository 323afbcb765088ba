//! How long the pages over many checkpoints take, each beside its floor. 200 squads with 40 checkpoints each on SQLite, each with five answers, three capabilities and a flow.
#![expect(clippy::unwrap_used, reason = "a measurement may stop at the first surprise")]
#![expect(clippy::disallowed_methods, reason = "a measurement reads the clock")]

#[path = "../tests/support/app.rs"]
#[expect(dead_code, reason = "shared with the tests, which need more of it")]
mod app;
#[path = "../tests/support/browser.rs"]
#[expect(dead_code, reason = "shared with the tests, which need more of it")]
mod browser;
#[path = "../tests/support/log.rs"]
#[expect(dead_code, reason = "shared with the tests, which need more of it")]
mod log;
#[path = "../tests/support/past.rs"]
mod past;
#[path = "../tests/support/postgres.rs"]
mod postgres;
mod turns;

use app::TestApp;
use browser::ADMIN;
use checkpoint::server::store::people;
use past::{Past, publish};
use std::time::Instant;
use turns::{Measured, measure};

const SQUADS: usize = 200;
const EACH: usize = 40;
const CAPABILITIES: [&str; 6] = ["Culture", "Monitoring", "Small batches", "Trunk", "Testing", "Architecture"];

/// The checkpoint number `n` of a squad; every figure follows from the two numbers.
fn held(squad: usize, n: usize) -> Past {
    let code = |question: usize| u8::try_from(1 + (squad * 7 + question * 3 + (squad + question) % 5 * n / 8) % 6).unwrap();
    let capability = |place: usize| CAPABILITIES[(squad + n + place) % CAPABILITIES.len()];
    let score = |place: usize| Some(f64::from(u32::try_from((squad * 13 + n * 7 + place * 29) % 101).unwrap()));
    Past {
        squad: format!("Squad {squad:03}"),
        tribe: format!("Tribe {}", squad % 8),
        held_on: format!("{}-{:02}-10", 2015 + n / 4, 1 + n % 4 * 3),
        codes: [code(0), code(1), code(2), code(3), code(4)],
        scores: (0..3).map(|place| (capability(place), score(place))).collect(),
        focus: capability(0),
        flow: format!(
            "delivery\ncommit 1h m\n> [{}h] review 30m m\n> [1d] deploy 10m {}\n",
            1 + n,
            if n.is_multiple_of(2) { "a" } else { "m" }
        ),
    }
}

#[tokio::main]
async fn main() {
    let app = TestApp::start().await;
    let kim = app.browser();
    kim.set_up(app.state.setup.shown().unwrap()).await;
    let account = people::by_email(&app.state.db, ADMIN).await.unwrap().unwrap();
    let begin = Instant::now();
    for squad in 0..SQUADS {
        for n in 0..EACH {
            publish(&app.state, &account, &held(squad, n).page()).await;
        }
    }
    println!(
        "{SQUADS} squads x {EACH} checkpoints, written in {:.0} s\n",
        begin.elapsed().as_secs_f64()
    );
    println!("| page | KB | floor p50, ms | p99 | product p50, ms | p99 |");
    println!("|---|---|---|---|---|---|");
    for path in [
        "/organisation",
        "/organisation?tribe=Tribe%201&period=year",
        "/organisation.csv?table=answers",
        "/squads/squad-007",
    ] {
        let Measured { size, figures } = measure(&kim, path).await;
        let figures = figures.map(|figure| format!("{figure:.2}"));
        println!("| {path} | {size} | {} |", figures.join(" | "));
    }
}
