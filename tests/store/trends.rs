//! Stories about what trends are made of.

use checkpoint::domain::ids::{ActionId, SquadId, TribeId, WorkshopId};
use checkpoint::domain::page::Gist;
use checkpoint::server::clock::fresh_id;
use checkpoint::server::store::actions::{self, Key, Standing};
use checkpoint::server::store::journal::Journal;
use checkpoint::server::store::summaries::NewSummary;
use checkpoint::server::store::workshops::{self, Status, WorkshopColumns};
use checkpoint::server::store::{Db, squads, trends};

use crate::actions::{row, standing, to, write};
use crate::world::{World, append, columns};

/// A published checkpoint of the world's squad, with a page of two revisions; the last says what it is called.
async fn publish(db: &Db, world: &World, code: &str, held_on: &str) -> WorkshopId {
    let journal = Journal::start(db.clone());
    let plan = world.plan(code, held_on);
    workshops::create(db, &plan, &[]).await.unwrap();
    for revision in 1..=2 {
        let mut append = append(plan.id, u64::try_from(revision).unwrap() - 1, &["published"]);
        append.columns = Some(WorkshopColumns {
            revision,
            ..columns(Status::Published, held_on, Some("high"))
        });
        append.summaries = vec![NewSummary {
            revision,
            published_at: 5,
            published_by: "Kim".to_owned(),
            body: format!("{{\"flow\":{{\"of\":\"{code}{revision}\"}}}}"),
            gist: Gist::default(),
        }];
        journal.append(append).await.unwrap();
    }
    plan.id
}

async fn squad(db: &Db, name: &str, tribe: Option<TribeId>) -> SquadId {
    squads::find_or_create(db, SquadId::new(fresh_id()), name, tribe, 1)
        .await
        .unwrap()
        .id
}

pub(crate) async fn a_squad_is_read_oldest_first(db: Db) {
    let mut world = World::new(&db).await;
    let blue = world.squad;
    let second = publish(&db, &world, "B", "2026-04-10").await;
    let first = publish(&db, &world, "A", "2026-01-10").await;
    world.workshop(&db, "PLAN").await;
    world.squad = squad(&db, "Red", None).await;
    publish(&db, &world, "C", "2026-02-10").await;
    let held = trends::of_squad(&db, blue).await.unwrap();
    assert_eq!(held.iter().map(|row| row.id).collect::<Vec<_>>(), [first, second]);
    let row = &held[0];
    assert_eq!(
        (row.squad_id, row.held_on.as_str(), row.level.as_deref(), row.percentile),
        (blue, "2026-01-10", Some("high"), Some(61))
    );
    assert_eq!(
        [
            row.lead_time,
            row.deployment_frequency,
            row.time_to_restore,
            row.change_failure_rate,
            row.deployment_rework
        ],
        [Some(1), Some(2), Some(3), Some(4), None]
    );
    let pages = trends::pages_of_squad(&db, blue, "\"flow\":{").await.unwrap();
    let bodies: Vec<_> = pages.iter().map(|page| (page.id, page.body.as_str())).collect();
    assert_eq!(
        bodies,
        [(first, "{\"flow\":{\"of\":\"A2\"}}"), (second, "{\"flow\":{\"of\":\"B2\"}}")]
    );
    assert_eq!(trends::pages_of_squad(&db, blue, "no such text").await.unwrap(), []);
}

pub(crate) async fn the_last_two_of_every_squad_are_found(db: Db) {
    let mut world = World::new(&db).await;
    let grid = squads::find_or_create_tribe(&db, TribeId::new(fresh_id()), "Grid", 1)
        .await
        .unwrap();
    publish(&db, &world, "A", "2026-01-10").await;
    let before = publish(&db, &world, "B", "2026-04-10").await;
    let last = publish(&db, &world, "C", "2026-07-10").await;
    // The plan stands after them, and is no checkpoint yet.
    world.workshop(&db, "D").await;
    world.squad = squad(&db, "amber", Some(grid.id)).await;
    let only = publish(&db, &world, "E", "2026-05-10").await;
    squad(&db, "Zinc", None).await;
    let found = trends::last_two_of_each_squad(&db).await.unwrap();
    assert_eq!(found.iter().map(|row| row.id).collect::<Vec<_>>(), [last, only, before]);

    let rows = trends::squads(&db, "2026-11-20").await.unwrap();
    let told: Vec<_> = rows
        .iter()
        .map(|row| {
            (
                row.name.as_str(),
                row.tribe_name.as_deref(),
                row.every_months,
                row.planned_on.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("amber", Some("Grid"), 3, None),
            ("Team Blue", None, 3, Some("2026-11-20")),
            ("Zinc", None, 3, None)
        ]
    );
    assert!(rows.iter().all(|row| row.archived_at.is_none() && row.merged_into.is_none()));
    trends::set_every_months(&db, world.squad, 6).await.unwrap();
    let rows = trends::squads(&db, "2026-11-21").await.unwrap();
    assert_eq!(rows.iter().map(|row| row.every_months).collect::<Vec<_>>(), [6, 3, 3]);
    assert!(rows.iter().all(|row| row.planned_on.is_none()), "a day that has passed is no plan");
}

pub(crate) async fn actions_are_counted_by_squad(db: Db) {
    let mut world = World::new(&db).await;
    let journal = Journal::start(db.clone());
    let (blue, at_blue) = (world.squad, world.workshop(&db, "A").await);
    world.squad = squad(&db, "Red", None).await;
    let at_red = world.workshop(&db, "B").await;
    let dayless = actions::NewRow {
        opened_on: None,
        ..row(4, "D")
    };
    write(&journal, at_blue, 0, standing(&[row(1, "A"), row(2, "B"), row(3, "C"), dayless])).await;
    write(&journal, at_red, 0, standing(&[row(1, "E")])).await;
    for (number, status) in [(1, Standing::Done), (2, Standing::Dropped)] {
        let key = Key {
            workshop: at_blue,
            number: ActionId(number),
        };
        actions::change(&db, &to(key, 0, status, "")).await.unwrap();
    }
    let mut open: Vec<_> = trends::open_actions(&db)
        .await
        .unwrap()
        .into_iter()
        .map(|one| (one.squad_id == blue, one.what, one.count))
        .collect();
    open.sort();
    let day = row(1, "A").opened_on;
    assert!(day.is_some());
    assert_eq!(open, [(false, day.clone(), 1), (true, None, 1), (true, day, 1)]);
    let closed = async |since| {
        let mut closed: Vec<_> = trends::closed_actions(&db, since)
            .await
            .unwrap()
            .into_iter()
            .map(|one| (one.what.as_str(), one.count))
            .collect();
        closed.sort_unstable();
        closed
    };
    let at = to(
        Key {
            workshop: at_blue,
            number: ActionId(1),
        },
        0,
        Standing::Done,
        "",
    )
    .at;
    assert_eq!(closed(at).await, [("done", 1), ("dropped", 1)]);
    assert_eq!(closed(at + 1).await, []);
}
