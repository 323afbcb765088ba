//! Stories about checkpoints as rows, and about many who write at once.

use checkpoint::domain::ids::{AccountId, SquadId, TribeId, WorkshopId};
use checkpoint::server::clock::fresh_id;
use checkpoint::server::store::content::{self, Content};
use checkpoint::server::store::journal::Journal;
use checkpoint::server::store::workshops::{self, Filter, Status, WorkshopColumns};
use checkpoint::server::store::{Db, StoreError, events, squads};
use tokio::task::JoinSet;

use crate::world::{World, append, columns, event, line};

fn squad_id() -> SquadId {
    SquadId::new(fresh_id())
}

pub(crate) async fn checkpoints_are_created_whole_or_not_at_all(db: Db) {
    let world = World::new(&db).await;
    let plan = world.plan("AAAA", "2026-11-20");
    workshops::create(&db, &plan, &[event("created"), event("planned")]).await.unwrap();
    assert_eq!(events::load(&db, plan.id, 0).await.unwrap().len(), 2);
    let row = workshops::by_code(&db, "AAAA").await.unwrap().unwrap();
    assert_eq!(workshops::by_id(&db, plan.id).await.unwrap().as_ref(), Some(&row));
    assert_eq!(
        (row.status, row.revision, row.squad_name.as_str(), row.facilitator_id),
        (Status::Planned, 0, "Team Blue", world.kim)
    );

    let twin = world.plan("AAAA", "2026-11-20");
    assert!(matches!(
        workshops::create(&db, &twin, &[event("created")]).await,
        Err(StoreError::Taken("code"))
    ));
    assert!(events::load(&db, twin.id, 0).await.unwrap().is_empty());
    let mut stray = world.plan("BBBB", "2026-11-20");
    stray.facilitator_id = AccountId::new(fresh_id());
    assert!(matches!(workshops::create(&db, &stray, &[]).await, Err(StoreError::Missing)));
    assert_eq!(workshops::by_code(&db, "BBBB").await.unwrap(), None);
}

pub(crate) async fn lists_are_filtered_sorted_and_paged(db: Db) {
    let mut world = World::new(&db).await;
    let journal = Journal::start(db.clone());
    let tribe = squads::find_or_create_tribe(&db, TribeId::new(fresh_id()), "Grid", 1)
        .await
        .unwrap();
    let red = squads::find_or_create(&db, squad_id(), "Red", Some(tribe.id), 1).await.unwrap();
    for day in 1..=9 {
        let held_on = format!("2026-10-0{day}");
        let mut plan = world.plan(&format!("D{day}"), &held_on);
        if day % 3 == 0 {
            plan.squad_id = red.id;
        }
        workshops::create(&db, &plan, &[]).await.unwrap();
        if day > 4 {
            let mut publish = append(plan.id, 0, &["published"]);
            publish.columns = Some(columns(Status::Published, &held_on, Some(if day > 7 { "elite" } else { "high" })));
            journal.append(publish).await.unwrap();
        }
    }
    // A second one on the last day, planned later.
    world.squad = red.id;
    let mut plan = world.plan("D9b", "2026-10-09");
    plan.created_at = 2;
    workshops::create(&db, &plan, &[]).await.unwrap();

    let cases = [
        (Filter::default(), "D9b D9 D8 D7 D6 D5 D4 D3 D2 D1"),
        (
            Filter {
                limit: 3,
                offset: 2,
                ..Filter::default()
            },
            "D8 D7 D6",
        ),
        (
            Filter {
                squad: Some("red".to_owned()),
                ..Filter::default()
            },
            "D9b D9 D6 D3",
        ),
        (
            Filter {
                squad: Some("nobody".to_owned()),
                ..Filter::default()
            },
            "",
        ),
        (
            Filter {
                tribe: Some(tribe.id),
                status: Some(Status::Published),
                ..Filter::default()
            },
            "D9 D6",
        ),
        (
            Filter {
                level: Some("high".to_owned()),
                ..Filter::default()
            },
            "D7 D6 D5",
        ),
        (
            Filter {
                from: Some("2026-10-03".to_owned()),
                to: Some("2026-10-05".to_owned()),
                ..Filter::default()
            },
            "D5 D4 D3",
        ),
        (
            Filter {
                status: Some(Status::Planned),
                from: Some("2026-10-04".to_owned()),
                ..Filter::default()
            },
            "D9b D4",
        ),
    ];
    for (filter, expected) in cases {
        let rows = workshops::list(&db, &filter).await.unwrap();
        let codes: Vec<&str> = rows.iter().map(|row| row.code.as_str()).collect();
        assert_eq!(codes.join(" "), expected, "{filter:?}");
        let count = usize::try_from(workshops::count(&db, &filter).await.unwrap()).unwrap();
        assert_eq!(count, if filter.limit == 3 { 10 } else { rows.len() }, "{filter:?}");
        assert!(
            rows.iter()
                .all(|row| (row.squad_id == red.id) == (row.tribe_name.as_deref() == Some("Grid")))
        );
    }
}

pub(crate) async fn the_previous_checkpoint_of_a_squad(db: Db) {
    let world = World::new(&db).await;
    let journal = Journal::start(db.clone());
    let mut ids: Vec<WorkshopId> = Vec::new();
    for (code, held_on, published) in [
        ("A", "2026-01-10", true),
        ("B", "2026-04-10", true),
        ("C", "2026-07-10", false),
        ("D", "2026-07-11", true),
        ("E", "2026-10-10", true),
    ] {
        let plan = world.plan(code, held_on);
        workshops::create(&db, &plan, &[]).await.unwrap();
        if published {
            let mut publish = append(plan.id, 0, &["published"]);
            publish.columns = Some(columns(Status::Published, held_on, None));
            journal.append(publish).await.unwrap();
        }
        ids.push(plan.id);
    }
    let before = async |until: &str, not: usize| {
        workshops::previous_of_squad(&db, world.squad, until, ids[not])
            .await
            .unwrap()
            .map(|row| row.code)
    };
    assert_eq!(before("2026-10-10", 4).await.as_deref(), Some("D"));
    assert_eq!(before("2026-07-11", 3).await.as_deref(), Some("B"));
    assert_eq!(before("2026-01-10", 0).await, None);
    assert_eq!(
        workshops::previous_of_squad(&db, squad_id(), "2027-01-01", ids[0]).await.unwrap(),
        None
    );
}

/// Rooms append while others plan, edit and read: nobody hears "database is locked".
pub(crate) async fn fifty_writers_do_not_lock_each_other_out(db: Db) {
    let world = World::new(&db).await;
    let journal = Journal::start(db.clone());
    let mut work = JoinSet::new();
    for writer in 0..50 {
        let (db, journal) = (db.clone(), journal.clone());
        let plan = world.plan(&format!("W{writer}"), "2026-11-20");
        let kim = world.kim;
        work.spawn(async move {
            workshops::create(&db, &plan, &[]).await.unwrap();
            for seq in 0..20 {
                let mut act = append(plan.id, seq, &["{}"]);
                if seq % 5 == 4 {
                    act.scrub = vec![(seq, "gone".to_owned())];
                }
                journal.append(act).await.unwrap();
                let text = Content {
                    body: seq.to_string(),
                    updated_at: 3,
                    updated_by: "Kim".to_owned(),
                };
                content::set(&db, &format!("key {}", writer % 5), &text, &line(kim)).await.unwrap();
                workshops::list(&db, &Filter::default()).await.unwrap();
                events::load(&db, plan.id, seq).await.unwrap();
            }
        });
    }
    work.join_all().await;
    assert_eq!(workshops::count(&db, &Filter::default()).await.unwrap(), 50);
}

pub(crate) async fn what_was_called_off_is_listed_apart(db: Db) {
    let journal = Journal::start(db.clone());
    let world = World::new(&db).await;
    world.workshop(&db, "ON").await;
    let off = world.workshop(&db, "OFF").await;
    let listed = async |cancelled| {
        let filter = Filter {
            status: Some(Status::Planned),
            cancelled,
            ..Filter::default()
        };
        let rows = workshops::list(&db, &filter).await.unwrap();
        assert_eq!(workshops::count(&db, &filter).await.unwrap(), i64::try_from(rows.len()).unwrap());
        rows.into_iter().map(|row| row.code).collect::<Vec<_>>()
    };
    assert_eq!(listed(true).await, Vec::<String>::new());
    for (seq, cancelled, on, gone) in [(0, 1, "ON", "OFF"), (1, 0, "OFF ON", "")] {
        let mut call_off = append(off, seq, &["called off or on again"]);
        call_off.columns = Some(WorkshopColumns {
            cancelled,
            ..columns(Status::Planned, "2026-11-20", None)
        });
        journal.append(call_off).await.unwrap();
        let mut there = listed(false).await;
        there.sort();
        assert_eq!(there.join(" "), on);
        assert_eq!(listed(true).await.join(" "), gone);
    }
}
