//! The demo: two years of checkpoints that follow from the rules, the same each time.

use checkpoint::domain::event::Event;
use checkpoint::domain::maturity::Level;
use checkpoint::domain::metric::{Code, Metric};
use checkpoint::domain::page::Page;
use checkpoint::domain::{improve, survey};
use checkpoint::server::store::workshops::{Filter, Status, WorkshopRow};
use checkpoint::server::store::{Db, actions, events, summaries, workshops};
use checkpoint::server::{demo, feedback};
use chrono::{Days, NaiveDate};
use std::collections::BTreeSet;
use tempfile::TempDir;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 22).unwrap()
}

async fn filled() -> (Db, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let db = Db::open(&format!("sqlite:{}/demo.db", folder.path().display())).await.unwrap();
    demo::fill(&db, "a password nobody knows", today()).await.unwrap();
    (db, folder)
}

/// Every published checkpoint with its page as it is stored.
async fn pages(db: &Db) -> Vec<(WorkshopRow, String)> {
    let published = Filter {
        status: Some(Status::Published),
        limit: 1_000,
        ..Filter::default()
    };
    let mut pages = vec![];
    for row in workshops::list(db, &published).await.unwrap() {
        let page = summaries::summary(db, row.id, None).await.unwrap().unwrap();
        pages.push((row, page.body));
    }
    pages
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_past_is_the_same_each_time() {
    let ((one, _one), (other, _other)) = tokio::join!(filled(), filled());
    let (one, other) = (pages(&one).await, pages(&other).await);
    assert_eq!(one.len(), 65);
    assert!(one.iter().map(|(_, body)| body).eq(other.iter().map(|(_, body)| body)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_page_of_the_past_is_whole() {
    let (db, _folder) = filled().await;
    let pages = pages(&db).await;
    let squads: BTreeSet<&str> = pages.iter().map(|(row, _)| row.squad_slug.as_str()).collect();
    let tribes: BTreeSet<_> = pages.iter().map(|(row, _)| row.tribe_name.as_deref()).collect();
    assert_eq!((squads.len(), tribes.len()), (8, 3));
    let last = |slug: &str| {
        pages
            .iter()
            .filter(|(row, _)| row.squad_slug == slug)
            .map(|(row, _)| &row.held_on)
            .max()
    };
    let long_ago = (today() - Days::new(120)).to_string();
    assert_eq!(
        squads.iter().filter(|slug| last(slug).unwrap() < &long_ago).count(),
        2,
        "two squads are overdue"
    );
    let mut said = BTreeSet::new();
    let (mut settled, mut changed) = (0, 0);
    for (row, body) in &pages {
        let page: Page = serde_json::from_str(body).unwrap();
        let name = page.name();
        assert!(page.maturity.is_some() && page.answers.len() >= 4, "{name}");
        assert!(
            page.capabilities.len() >= 3 && page.capabilities.iter().all(|c| c.score.is_some()),
            "{name}"
        );
        assert!(page.focus.is_some(), "{name}");
        assert!(page.flow_report().is_some() && page.improvements.len() >= 5, "{name}");
        assert!(page.improvements.iter().any(|i| i.dots.iter().flatten().sum::<u32>() > 0), "{name}");
        assert!(!page.decided.is_empty(), "{name}");
        assert!(row.held_on <= today().to_string() && page.published_at.is_some());
        assert_eq!(
            (row.held_on.as_str(), row.sum),
            (page.held_on.to_string().as_str(), page.maturity.map(|m| i64::from(m.sum)))
        );
        settled += page.actions.iter().filter(|looked| looked.settled).count();
        changed += usize::from(!page.flow_changes.is_empty());
        said.extend(page.answers.iter().map(|answer| answer.why.to_string()));
    }
    assert!(settled > 60 && changed > 30, "{settled} actions settled, {changed} flows changed");
    assert!(said.len() > 70, "only {} reasons for 260 answers", said.len());
    let actions = |closed| {
        let filter = actions::Filter {
            closed,
            limit: 1_000,
            ..actions::Filter::default()
        };
        let db = &db;
        async move { actions::list(db, &filter).await.unwrap().len() }
    };
    let (open, closed) = (actions(false).await, actions(true).await);
    assert!(open > 8 && closed > 50, "{open} open, {closed} closed");
}

/// Enough people answer on most checkpoints, and not all of them the same.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn people_say_what_they_think_of_the_checkpoints() {
    let ((one, _one), (other, _other)) = tokio::join!(filled(), filled());
    let (mut told, mut means) = (0, BTreeSet::new());
    for (row, _) in pages(&one).await {
        let report = feedback::report(&one, row.id).await.unwrap();
        assert_eq!(report, feedback::report(&other, row.id).await.unwrap(), "the same each time");
        told += usize::from(report.is_some());
        if let Some(squad) = feedback::of_squad(&one, row.squad_id).await.unwrap() {
            assert!(squad.checkpoints > 4, "{}: {}", row.squad_slug, squad.sentence());
            means.insert(squad.sentence());
        }
    }
    assert!((55..65).contains(&told), "on {told} of 65 checkpoints three or more answered");
    assert_eq!(means.len(), 8, "{means:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn partner_tooling_of_january_2023_is_the_one_of_the_seed() {
    let (db, _folder) = filled().await;
    let pages = pages(&db).await;
    let (row, body) = pages.iter().find(|(row, _)| row.held_on == "2023-01-10").unwrap();
    assert_eq!(row.squad_name, "Partner Tooling");
    let page: Page = serde_json::from_str(body).unwrap();
    let maturity = page.maturity.clone().unwrap();
    assert_eq!((maturity.sum, maturity.level, maturity.percentile), (22, Level::Elite, 89));
    let answers = Metric::FOUR.map(|metric| page.answer_to(metric).map(Code::get));
    assert_eq!(answers, [Some(5), Some(6), Some(5), Some(6)]);
    assert_eq!(page.focus.unwrap().title, "Monitoring and observability");
}

/// What people answered is stored as little as after a checkpoint in a room.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_log_of_the_past_holds_no_secret() {
    let (db, _folder) = filled().await;
    let mut looked = 0;
    for (row, _) in pages(&db).await {
        for stored in events::load(&db, row.id, 0).await.unwrap() {
            let event: Event = serde_json::from_str(&stored.body).unwrap();
            let secret = match &event {
                // How many statements somebody answered is kept, and told to that person.
                Event::Survey(survey::Event::Answered { given, .. }) => given.is_some(),
                // A name that is shown may stay with its sticky.
                Event::Improve(improve::Event::Added { anonymous, by, .. }) => *anonymous && by.is_some(),
                other => other.secret_of().is_some(),
            };
            assert!(!secret, "{} {}: {}", row.squad_name, row.held_on, stored.body);
            looked += 1;
        }
    }
    assert!(looked > 10_000);
}
