//! Stories about the log and its group commit.

use checkpoint::domain::ids::WorkshopId;
use checkpoint::domain::page::Gist;
use checkpoint::server::clock::fresh_id;
use checkpoint::server::store::journal::Journal;
use checkpoint::server::store::summaries::NewSummary;
use checkpoint::server::store::workshops::Status;
use checkpoint::server::store::{Db, StoreError, events, summaries, workshops};
use tokio::task::JoinSet;

use crate::world::{World, append, columns, event};

pub(crate) async fn appends_keep_their_order_and_their_cause(db: Db) {
    let world = World::new(&db).await;
    let workshop = world.workshop(&db, "AAAA").await;
    let journal = Journal::start(db.clone());
    let mut first = append(workshop, 0, &["1", "2"]);
    first.events[1].cause = Some("command".to_owned());
    first.events[1].actor = None;
    journal.append(first).await.unwrap();
    journal.append(append(workshop, 2, &["3"])).await.unwrap();

    let log = events::load(&db, workshop, 0).await.unwrap();
    assert_eq!(
        log.iter().map(|event| (event.seq, event.body.as_str())).collect::<Vec<_>>(),
        [(1, "1"), (2, "2"), (3, "3")]
    );
    assert_eq!(
        (log[0].at, log[0].kind.as_str(), log[0].actor.as_deref(), log[0].cause.as_deref()),
        (7, "noted", Some("somebody"), None)
    );
    assert_eq!((log[1].actor.as_deref(), log[1].cause.as_deref()), (None, Some("command")));
    let rest = events::load(&db, workshop, 2).await.unwrap();
    assert_eq!(rest, log[2..]);
}

pub(crate) async fn a_late_append_is_a_conflict_and_changes_nothing(db: Db) {
    let world = World::new(&db).await;
    let workshop = world.workshop(&db, "AAAA").await;
    let journal = Journal::start(db.clone());
    journal.append(append(workshop, 0, &["1"])).await.unwrap();
    for wrong in [0, 2] {
        let mut late = append(workshop, wrong, &["late"]);
        late.columns = Some(columns(Status::Live, "2026-11-20", None));
        assert!(matches!(journal.append(late).await, Err(StoreError::Conflict)));
    }
    let nowhere = WorkshopId::new(fresh_id());
    assert!(matches!(journal.append(append(nowhere, 0, &["1"])).await, Err(StoreError::Missing)));
    assert_eq!(events::load(&db, workshop, 0).await.unwrap().len(), 1);
    assert_eq!(workshops::by_id(&db, workshop).await.unwrap().unwrap().status, Status::Planned);
}

/// Fifty rooms, each with twenty appends of which it knows the order; all wait at the same time.
pub(crate) async fn a_thousand_appends_at_once_are_all_kept(db: Db) {
    let world = World::new(&db).await;
    let journal = Journal::start(db.clone());
    let mut rooms = Vec::new();
    for room in 0..50 {
        rooms.push(world.workshop(&db, &format!("R{room}")).await);
    }
    let mut appends = JoinSet::new();
    for workshop in rooms.clone() {
        let journal = journal.clone();
        appends.spawn(async move {
            let room = (0..20).map(|seq| {
                let body = format!("{{\"n\":{seq}}}");
                journal.append(append(workshop, seq, &[&body]))
            });
            // Polled in order, so they enter the queue in order; nobody waits for the one before.
            for result in futures_util::future::join_all(room).await {
                result.unwrap();
            }
        });
    }
    while let Some(done) = appends.join_next().await {
        done.unwrap();
    }
    for workshop in rooms {
        let log = events::load(&db, workshop, 0).await.unwrap();
        assert_eq!(log.len(), 20);
        for (seq, event) in (1..).zip(&log) {
            assert_eq!((event.seq, &event.body), (seq, &format!("{{\"n\":{}}}", seq - 1)));
        }
    }
}

/// A batch with a late append, one that scrubs what is not there and one that publishes a revision twice: the others are kept.
pub(crate) async fn one_unfit_append_fails_alone(db: Db) {
    let world = World::new(&db).await;
    let journal = Journal::start(db.clone());
    let mut rooms = Vec::new();
    for room in 0..40 {
        rooms.push(world.workshop(&db, &format!("R{room}")).await);
    }
    let summary = NewSummary {
        revision: 1,
        published_at: 5,
        published_by: "Kim".to_owned(),
        body: "{}".to_owned(),
        gist: Gist::default(),
    };
    let mut first = append(rooms[2], 0, &["0"]);
    first.summaries = vec![summary.clone()];
    journal.append(first).await.unwrap();

    let appends = rooms.iter().enumerate().map(|(room, workshop)| {
        let mut append = append(*workshop, u64::from(room == 2), &["1"]);
        match room {
            0 => append.expected_seq = 9,
            1 => append.scrub = vec![(99, "x".to_owned())],
            2 => append.summaries = vec![summary.clone()],
            _ => {}
        }
        journal.append(append)
    });
    let results = futures_util::future::join_all(appends).await;
    assert!(matches!(results[0], Err(StoreError::Conflict)));
    assert!(matches!(results[1], Err(StoreError::Missing)));
    assert!(matches!(results[2], Err(StoreError::Conflict)));
    for (workshop, result) in rooms.iter().zip(&results).skip(3) {
        assert!(result.is_ok(), "{result:?}");
        assert_eq!(events::load(&db, *workshop, 0).await.unwrap().len(), 1);
    }
    assert!(events::load(&db, rooms[1], 0).await.unwrap().is_empty());
}

pub(crate) async fn columns_and_summaries_come_with_the_events(db: Db) {
    let world = World::new(&db).await;
    let workshop = world.workshop(&db, "AAAA").await;
    let journal = Journal::start(db.clone());
    for revision in [1, 2] {
        let mut publish = append(workshop, revision - 1, &["published"]);
        let revision = i64::try_from(revision).unwrap();
        publish.columns = Some(columns(Status::Published, "2026-11-21", Some("high")));
        publish.summaries = vec![NewSummary {
            revision,
            published_at: 5,
            published_by: "Kim".to_owned(),
            body: format!("revision {revision}"),
            gist: Gist::default(),
        }];
        journal.append(publish).await.unwrap();
    }
    let row = workshops::by_code(&db, "AAAA").await.unwrap().unwrap();
    assert_eq!(
        (row.status, row.held_on.as_str(), row.level.as_deref()),
        (Status::Published, "2026-11-21", Some("high"))
    );
    assert_eq!(
        (row.sum, row.lead_time, row.change_failure_rate, row.deployment_rework),
        (Some(24), Some(1), Some(4), None)
    );
    assert_eq!(
        (row.title.as_str(), row.percentile, row.published_at),
        ("Projected", Some(61), Some(20))
    );
    assert_eq!((row.squad_slug.as_str(), row.tribe_name), ("team-blue", None));

    let latest = summaries::summary(&db, workshop, None).await.unwrap().unwrap();
    assert_eq!((latest.revision, latest.body.as_str()), (2, "revision 2"));
    let first = summaries::summary(&db, workshop, Some(1)).await.unwrap().unwrap();
    assert_eq!(first.body, "revision 1");
    assert_eq!(summaries::summary(&db, workshop, Some(3)).await.unwrap(), None);
    let all = summaries::revisions(&db, workshop).await.unwrap();
    assert_eq!(all.iter().map(|revision| revision.revision).collect::<Vec<_>>(), [2, 1]);
}

pub(crate) async fn shutdown_writes_what_waits(db: Db) {
    let world = World::new(&db).await;
    let workshop = world.workshop(&db, "AAAA").await;
    let journal = Journal::start(db.clone());
    let waiting = (0..20).map(|seq| journal.append(append(workshop, seq, &["x"])));
    // Polled in this order, so all twenty are in the queue before the journal is told to stop.
    let (results, ()) = tokio::join!(futures_util::future::join_all(waiting), journal.shutdown());
    assert!(results.iter().all(Result::is_ok), "{results:?}");
    assert_eq!(events::load(&db, workshop, 0).await.unwrap().len(), 20);
    let late = journal.append(append(workshop, 20, &["late"])).await;
    assert!(matches!(late, Err(StoreError::Closed)));
    journal.shutdown().await;
}

pub(crate) async fn long_bodies_and_many_events_fit(db: Db) {
    let world = World::new(&db).await;
    let workshop = world.workshop(&db, "AAAA").await;
    let journal = Journal::start(db.clone());
    let bodies: Vec<String> = (0..6_000)
        .map(|number| format!("\"{}{number}\"", "ä".repeat(number % 700)))
        .collect();
    let mut many = append(workshop, 0, &[]);
    many.events = bodies.iter().map(|body| event(body)).collect();
    journal.append(many).await.unwrap();
    let log = events::load(&db, workshop, 0).await.unwrap();
    assert!(log.iter().map(|event| &event.body).eq(&bodies));
}
