//! Stories about actions between checkpoints, and about the links that squads share.

use checkpoint::domain::ids::{ActionId, SquadId, WorkshopId};
use checkpoint::domain::page::Gist;
use checkpoint::server::clock::fresh_id;
use checkpoint::server::store::actions::{self, Aged, Filter, Key, NewChange, NewRow, Outcome, Place, Rows, Settled, Sort, Standing};
use checkpoint::server::store::journal::Journal;
use checkpoint::server::store::links::{self, Link};
use checkpoint::server::store::summaries::NewSummary;
use checkpoint::server::store::workshops::{Status, WorkshopColumns};
use checkpoint::server::store::{Db, StoreError, squads, summaries, workshops};

use crate::world::{World, append, columns};

pub(crate) fn row(number: u32, title: &str) -> NewRow {
    NewRow {
        number: ActionId(number),
        position: i64::from(number),
        body: format!("{{\"title\":\"{title}\"}}"),
        title: title.to_owned(),
        owner_key: String::new(),
        due: None,
        outside: false,
        opened_on: Some("2026-10-01".to_owned()),
        age: 0,
        status: Standing::NotStarted,
        note: String::new(),
    }
}

/// Appends an event with these rows.
pub(crate) async fn write(journal: &Journal, workshop: WorkshopId, seq: u64, rows: Rows) {
    let mut append = append(workshop, seq, &["something"]);
    append.actions = Some(rows);
    journal.append(append).await.unwrap();
}

pub(crate) fn standing(rows: &[NewRow]) -> Rows {
    Rows {
        stand: rows.to_vec(),
        ..Rows::default()
    }
}

pub(crate) fn to(key: Key, seen: u32, status: Standing, note: &str) -> NewChange {
    NewChange {
        key,
        only_of: None,
        seen,
        status,
        note: note.to_owned(),
        who: "Kim".to_owned(),
        place: Place::Account,
        at: 50,
    }
}

async fn titles(db: &Db, filter: Filter) -> String {
    let filter = Filter { limit: 50, ..filter };
    let rows = actions::list(db, &filter).await.unwrap();
    assert_eq!(actions::count(db, &filter).await.unwrap(), i64::try_from(rows.len()).unwrap());
    let title = |body: &str| {
        serde_json::from_str::<serde_json::Value>(body).unwrap()["title"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    rows.iter().map(|row| title(&row.body)).collect::<Vec<_>>().join(" ")
}

pub(crate) async fn rows_follow_their_checkpoint_and_keep_what_was_changed(db: Db) {
    let world = World::new(&db).await;
    let workshop = world.workshop(&db, "AAAA").await;
    let journal = Journal::start(db.clone());
    write(&journal, workshop, 0, standing(&[row(3, "A"), row(4, "B")])).await;
    let key = Key {
        workshop,
        number: ActionId(3),
    };
    assert_eq!(
        actions::change(&db, &to(key, 0, Standing::InProgress, "Begun")).await.unwrap(),
        Outcome::Stands
    );
    // The checkpoint says it in other words and takes the other one away; written twice, it is there once.
    for seq in [1, 2] {
        let rows = Rows {
            gone: vec![ActionId(4)],
            ..standing(&[row(3, "A2")])
        };
        write(&journal, workshop, seq, rows).await;
    }
    let now = actions::by_key(&db, key).await.unwrap().unwrap();
    assert_eq!(
        (now.body.as_str(), now.status, now.note.as_str(), now.version),
        ("{\"title\":\"A2\"}", Standing::InProgress, "Begun", 1)
    );
    assert_eq!((now.squad_id, now.squad_slug.as_str(), now.key()), (world.squad, "team-blue", key));
    assert_eq!(titles(&db, Filter::default()).await, "A2");
    let line = &actions::changes(&db, &[key]).await.unwrap()[0];
    assert_eq!((line.who.as_str(), line.place, line.at), ("Kim", Place::Account, 50));
    assert_eq!((line.old_status, line.new_status), (Standing::NotStarted, Standing::InProgress));
    // With its action a change goes too.
    let gone = Rows {
        gone: vec![ActionId(3)],
        ..Rows::default()
    };
    write(&journal, workshop, 3, gone).await;
    assert_eq!(actions::by_key(&db, key).await.unwrap(), None);
    assert!(actions::changes(&db, &[key]).await.unwrap().is_empty());
    assert!(!actions::any_of_squad(&db, world.squad, WorkshopId::new(fresh_id())).await.unwrap());
    assert!(matches!(
        actions::change(&db, &to(key, 1, Standing::Done, "")).await,
        Err(StoreError::Missing)
    ));
}

pub(crate) async fn a_change_that_was_not_seen_is_not_undone(db: Db) {
    let world = World::new(&db).await;
    let workshop = world.workshop(&db, "AAAA").await;
    let journal = Journal::start(db.clone());
    write(&journal, workshop, 0, standing(&[row(1, "A")])).await;
    let key = Key {
        workshop,
        number: ActionId(1),
    };
    let change = async |new: NewChange| actions::change(&db, &new).await;
    assert_eq!(change(to(key, 0, Standing::Done, "All of it")).await.unwrap(), Outcome::Stands);
    assert_eq!(change(to(key, 0, Standing::Dropped, "")).await.unwrap(), Outcome::Overtaken);
    assert_eq!(
        change(to(key, 0, Standing::Done, "All of it")).await.unwrap(),
        Outcome::Stands,
        "the same twice is no quarrel"
    );
    assert_eq!(change(to(key, 1, Standing::Dropped, "")).await.unwrap(), Outcome::Stands);
    assert_eq!(actions::changes(&db, &[key]).await.unwrap().len(), 2);
    let foreign = NewChange {
        only_of: Some(SquadId::new(fresh_id())),
        ..to(key, 2, Standing::Done, "")
    };
    assert!(matches!(change(foreign).await, Err(StoreError::Missing)), "a link opens one squad");
    // Ten at once: one of them is first.
    let ten = (0..10).map(|n| {
        let db = db.clone();
        async move {
            actions::change(&db, &to(key, 2, Standing::InProgress, &format!("{n}")))
                .await
                .unwrap()
        }
    });
    let results = futures_util::future::join_all(ten).await;
    assert_eq!(results.into_iter().filter(|outcome| *outcome == Outcome::Stands).count(), 1);
}

pub(crate) async fn what_is_settled_later_reaches_its_origin(db: Db) {
    let world = World::new(&db).await;
    let first = world.workshop(&db, "AAAA").await;
    let mut plan = world.plan("BBBB", "2027-02-01");
    plan.created_at = 2;
    workshops::create(&db, &plan, &[]).await.unwrap();
    let journal = Journal::start(db.clone());
    write(&journal, first, 0, standing(&[row(1, "A"), row(2, "B")])).await;
    let key = |number| Key {
        workshop: first,
        number: ActionId(number),
    };
    let settled = |number, status| Settled {
        key: key(number),
        at: 90,
        who: "Fay".to_owned(),
        status,
        note: "Because".to_owned(),
    };
    let rows = Rows {
        aged: vec![Aged { key: key(1), age: 1 }, Aged { key: key(2), age: 1 }],
        settled: vec![
            settled(1, Standing::InProgress),
            settled(1, Standing::Done),
            settled(9, Standing::Done),
        ],
        ..Rows::default()
    };
    write(&journal, plan.id, 0, rows).await;
    let a = actions::by_key(&db, key(1)).await.unwrap().unwrap();
    assert_eq!((a.status, a.note.as_str(), a.age, a.version), (Standing::Done, "Because", 1, 2));
    let lines = actions::changes(&db, &[key(1), key(2)]).await.unwrap();
    let told: Vec<_> = lines.iter().map(|line| (line.old_status, line.new_status)).collect();
    assert_eq!(
        told,
        [(Standing::InProgress, Standing::Done), (Standing::NotStarted, Standing::InProgress)]
    );
    assert_eq!(
        (lines[0].who.as_str(), lines[0].place, lines[0].held_on.as_deref()),
        ("Fay", Place::Checkpoint, Some("2027-02-01"))
    );
    let before = async |until: &str, not: WorkshopId| {
        let rows = actions::of_squad_before(&db, world.squad, until, not, 50).await.unwrap();
        rows.iter().map(|row| (row.number.0.0, row.age)).collect::<Vec<_>>()
    };
    assert_eq!(before("2027-02-01", plan.id).await, [(2, 1)], "what is done is not taken along");
    assert_eq!(before("2026-01-01", plan.id).await, []);
    assert_eq!(before("2027-02-01", first).await, []);
}

pub(crate) async fn actions_are_filtered_and_sorted(db: Db) {
    let mut world = World::new(&db).await;
    let journal = Journal::start(db.clone());
    let blue = world.workshop(&db, "AAAA").await;
    world.squad = squads::find_or_create(&db, SquadId::new(fresh_id()), "Red", None, 1)
        .await
        .unwrap()
        .id;
    let red = world.workshop(&db, "BBBB").await;
    let due = |number, title: &str, due: &str| NewRow {
        due: Some(due.to_owned()),
        ..row(number, title)
    };
    let mine = NewRow {
        owner_key: "ana sousa".to_owned(),
        opened_on: Some("2026-07-01".to_owned()),
        ..due(3, "C", "2026-12-01")
    };
    let before = NewRow {
        opened_on: None,
        outside: true,
        ..row(5, "E")
    };
    write(&journal, blue, 0, standing(&[row(1, "A"), due(2, "B", "2026-11-01"), mine])).await;
    write(&journal, red, 0, standing(&[due(4, "D", "2026-11-15"), before])).await;
    let done = Key {
        workshop: blue,
        number: ActionId(2),
    };
    assert_eq!(
        titles(
            &db,
            Filter {
                due_before: Some("2026-11-15".to_owned()),
                ..Filter::default()
            }
        )
        .await,
        "B"
    );
    actions::change(&db, &to(done, 0, Standing::Done, "")).await.unwrap();
    let all = titles(&db, Filter::default()).await;
    assert_eq!(&all[..3], "D C", "what has a date stands before what has none");
    assert_eq!(all.len(), 7);
    let by_age = titles(
        &db,
        Filter {
            sort: Sort::Age,
            ..Filter::default()
        },
    )
    .await;
    assert!(by_age.starts_with("E C "), "{by_age}");
    let of = |squad: &str| Filter {
        squad: Some(squad.to_owned()),
        ..Filter::default()
    };
    assert_eq!(titles(&db, of("red")).await, "D E");
    assert_eq!(titles(&db, of("nobody")).await, "");
    assert_eq!(
        titles(
            &db,
            Filter {
                owner_key: Some("ana sousa".to_owned()),
                ..Filter::default()
            }
        )
        .await,
        "C"
    );
    assert_eq!(
        titles(
            &db,
            Filter {
                outside: true,
                ..Filter::default()
            }
        )
        .await,
        "E"
    );
    assert_eq!(
        titles(
            &db,
            Filter {
                closed: true,
                sort: Sort::Changed,
                ..Filter::default()
            }
        )
        .await,
        "B"
    );
    let second = Filter {
        limit: 1,
        offset: 1,
        ..Filter::default()
    };
    assert_eq!(actions::list(&db, &second).await.unwrap().len(), 1);
    assert_eq!(actions::count(&db, &second).await.unwrap(), 4);
}

pub(crate) async fn the_last_page_of_each_squad_is_found(db: Db) {
    let mut world = World::new(&db).await;
    let journal = Journal::start(db.clone());
    let publish = async |world: &World, code: &str, held_on: &str, pages: &[&str]| {
        let plan = world.plan(code, held_on);
        workshops::create(&db, &plan, &[]).await.unwrap();
        for (seq, page) in (0..).zip(pages) {
            let revision = i64::try_from(seq + 1).unwrap();
            let mut append = append(plan.id, seq, &["published"]);
            append.columns = Some(WorkshopColumns {
                revision,
                ..columns(Status::Published, held_on, None)
            });
            append.summaries = vec![NewSummary {
                revision,
                published_at: 5,
                published_by: "Kim".to_owned(),
                body: (*page).to_owned(),
                gist: Gist::default(),
            }];
            journal.append(append).await.unwrap();
        }
    };
    publish(&world, "A", "2026-01-10", &["marked, old"]).await;
    publish(&world, "B", "2026-04-10", &["marked, first", "marked, second"]).await;
    publish(&world, "C", "2026-07-10", &[]).await;
    world.squad = squads::find_or_create(&db, SquadId::new(fresh_id()), "Red", None, 1)
        .await
        .unwrap()
        .id;
    publish(&world, "D", "2026-01-10", &["marked"]).await;
    publish(&world, "E", "2026-04-10", &["nothing"]).await;
    let found = summaries::last_of_each_squad(&db, "marked").await.unwrap();
    let told: Vec<_> = found.iter().map(|last| (last.squad_name.as_str(), last.body.as_str())).collect();
    assert_eq!(told, [("Team Blue", "marked, second")]);
}

pub(crate) async fn a_squad_has_one_link_that_opens(db: Db) {
    let world = World::new(&db).await;
    let link = |hash: &str, made_at| Link {
        token_hash: hash.to_owned(),
        squad_id: world.squad,
        made_by: "Kim".to_owned(),
        made_at,
        expires_at: made_at + 100,
        revoked_at: None,
    };
    let opens = async |now| links::of_squad(&db, world.squad, now).await.unwrap().map(|link| link.token_hash);
    assert_eq!(opens(1).await, None);
    links::make(&db, &link("one", 1), &world.line()).await.unwrap();
    links::make(&db, &link("two", 2), &world.line()).await.unwrap();
    assert_eq!(opens(3).await.as_deref(), Some("two"));
    assert_eq!(opens(102).await, None, "it has expired");
    assert_eq!(links::by_hash(&db, "one").await.unwrap().unwrap().revoked_at, Some(2));
    assert_eq!(links::by_hash(&db, "two").await.unwrap().unwrap(), link("two", 2));
    assert_eq!(links::by_hash(&db, "three").await.unwrap(), None);
    links::revoke(&db, world.squad, 5, &world.line()).await.unwrap();
    assert_eq!(opens(6).await, None);
}

pub(crate) async fn a_squad_says_whether_it_may_be_named(db: Db) {
    let world = World::new(&db).await;
    assert!(!squads::named_outside(&db, world.squad).await.unwrap());
    squads::set_named_outside(&db, world.squad, true).await.unwrap();
    assert!(squads::named_outside(&db, world.squad).await.unwrap());
}
