//! How long past checkpoints take to list, search, read and compare, each beside its floor. The pages are those of the demo, copied to other days and squads, on SQLite.
//!
//! docs/BENCHMARKS.md says what came out. `cargo bench --features ssr --bench past -- 1000` stops at so many checkpoints.
#![expect(clippy::unwrap_used, reason = "a measurement may stop at the first surprise")]
#![expect(clippy::disallowed_methods, reason = "a measurement reads the clock and draws its ids")]

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
#[expect(dead_code, reason = "shared with the tests, which need more of it")]
mod past;
#[path = "../tests/support/postgres.rs"]
mod postgres;
mod turns;

use app::{Place, TestApp};
use browser::PASSWORD;
use checkpoint::domain::ids::WorkshopId;
use checkpoint::domain::page::Page;
use checkpoint::domain::text::{Foreword, SquadName};
use checkpoint::server::clock::fresh_id;
use checkpoint::server::demo;
use checkpoint::server::store::people;
use checkpoint::server::store::summaries;
use checkpoint::server::store::workshops::{self, Filter, Status};
use chrono::{Days, NaiveDate};
use futures_util::future::join_all;
use turns::{Measured, measure};

/// So many checkpoints are there when it is measured.
const STAGES: [usize; 3] = [100, 1_000, 10_000];
/// One squad holds so many.
const EACH: usize = 40;
/// So many are written at a time, as rooms do that share a commit.
const TOGETHER: usize = 50;
const LEADER: &str = "robin@demo.example";

/// Copy number `n` of the demo's pages: another squad, another day, and a word that no other page has.
fn copy(pages: &[Page], n: usize) -> Page {
    let mut page = pages[n % pages.len()].clone();
    let first = NaiveDate::from_ymd_opt(2010, 1, 1).unwrap();
    page.id = WorkshopId::new(fresh_id());
    page.squad = SquadName::parse(&format!("Squad {:03}", n / EACH)).unwrap();
    page.held_on = first + Days::new(u64::try_from(n % EACH * 91 + n / EACH).unwrap());
    page.foreword = Foreword::parse(&format!("{} unique{n}", page.foreword)).unwrap();
    page
}

async fn pages_of(app: &TestApp) -> Vec<Page> {
    let all = Filter {
        status: Some(Status::Published),
        limit: 1_000,
        ..Filter::default()
    };
    let mut pages = Vec::new();
    for row in workshops::list(&app.state.db, &all).await.unwrap() {
        let stored = summaries::summary(&app.state.db, row.id, None).await.unwrap().unwrap();
        pages.push(serde_json::from_str(&stored.body).unwrap());
    }
    pages
}

#[tokio::main]
async fn main() {
    let most = std::env::args().find_map(|arg| arg.parse().ok()).unwrap_or(usize::MAX);
    let app = TestApp::start().await;
    demo::fill(&app.state.db, PASSWORD, NaiveDate::from_ymd_opt(2026, 11, 1).unwrap())
        .await
        .unwrap();
    let kim = app.browser();
    kim.sign_in(LEADER).await.result.unwrap();
    let account = people::by_email(&app.state.db, LEADER).await.unwrap().unwrap();
    let pages = pages_of(&app).await;
    let mut there = pages.len();
    println!("| checkpoints | page | KB | floor p50, ms | p99 | product p50, ms | p99 | p50, times the floor |");
    println!("|---|---|---|---|---|---|---|---|");
    for stage in STAGES.into_iter().filter(|stage| *stage <= most) {
        let mut ids = vec![];
        while there < stage {
            let now: Vec<Page> = (there..stage.min(there + TOGETHER)).map(|n| copy(&pages, n)).collect();
            join_all(now.iter().map(|page| past::publish(&app.state, &account, page))).await;
            there += now.len();
            ids.extend(now.iter().map(|page| page.id));
        }
        let [.., a, b] = ids.as_slice() else { continue };
        let last = stage.div_ceil(25);
        for (what, path) in [
            ("list", "/checkpoints".to_owned()),
            ("list, last page", format!("/checkpoints?page={last}")),
            ("list by squad", "/checkpoints?sort=squad".to_owned()),
            ("list by level", "/checkpoints?sort=level".to_owned()),
            ("list, one squad and level", "/checkpoints?squad=squad-002&level=high".to_owned()),
            ("list, one capability", "/checkpoints?capability=test-automation".to_owned()),
            ("search, a word of one page", format!("/checkpoints?q=unique{}", stage - 1)),
            ("search, a word of many", "/checkpoints?q=pipeline".to_owned()),
            ("search, two letters", "/checkpoints?q=de".to_owned()),
            ("summary", format!("/checkpoints/{a}")),
            ("compare", format!("/compare?a={a}&b={b}")),
        ] {
            let Measured { size, figures } = measure(&kim, &path).await;
            let [floor, _, product, _] = figures;
            let figures = figures.map(|figure| format!("{figure:.2}")).join(" | ");
            println!("| {there} | {what} | {size} | {figures} | {:.1} |", product / floor);
        }
    }
    let Place::Sqlite(folder) = &app.place else { return };
    let size = std::fs::metadata(folder.path().join("checkpoint.db")).unwrap().len() / 1_000_000;
    println!("\nThe database has {size} MB.");
}
