//! Checkpoints that were held elsewhere.

use crate::actions::row;
use crate::world::{World, columns};
use checkpoint::domain::ids::{ActionId, SquadId, TribeId, WorkshopId};
use checkpoint::domain::page::Gist;
use checkpoint::server::clock::fresh_id;
use checkpoint::server::store::actions::Key;
use checkpoint::server::store::imports::{Import, Known};
use checkpoint::server::store::summaries::{self, NewSummary};
use checkpoint::server::store::workshops::{self, Status};
use checkpoint::server::store::{Db, squads};

fn page(revision: i64) -> NewSummary {
    NewSummary {
        revision,
        published_at: 7,
        published_by: "Fay".to_owned(),
        body: format!("{{\"revision\":{revision}}}"),
        gist: Gist::default(),
    }
}

fn fresh() -> (SquadId, TribeId) {
    (SquadId::new(fresh_id()), TribeId::new(fresh_id()))
}

/// A checkpoint with one page, in an import that goes on.
pub(crate) async fn begun(db: &Db, world: &World, code: &str) -> (Import, WorkshopId) {
    let mut import = Import::begin(db).await.unwrap();
    let squad = import.squad(fresh(), " team  BLUE", Some("Sea"), 5).await.unwrap();
    assert_eq!(squad, world.squad, "a squad is found by its name");
    let new = world.plan(code, "2023-01-10");
    assert!(!import.held_on(squad, "2023-01-10").await.unwrap());
    import.add(&new, 5).await.unwrap();
    let row = columns(Status::Published, "2023-01-10", Some("high"));
    import.publish(new.id, &page(1), Some(&row), true).await.unwrap();
    assert!(import.held_on(squad, "2023-01-10").await.unwrap());
    (import, new.id)
}

pub(crate) async fn an_import_is_kept_whole_or_not_at_all(db: Db) {
    let world = World::new(&db).await;
    let (mut import, id) = begun(&db, &world, "AAAA").await;
    import.squad(fresh(), "Newcomers", Some("Sea"), 5).await.unwrap();
    drop(import);
    assert_eq!(workshops::by_id(&db, id).await.unwrap(), None);
    assert_eq!(
        (squads::all(&db).await.unwrap().len(), squads::tribes(&db).await.unwrap()),
        (1, vec![])
    );

    let (mut import, id) = begun(&db, &world, "BBBB").await;
    let made = import.squad(fresh(), "Newcomers", Some("Sea"), 5).await.unwrap();
    assert_eq!(import.squad(fresh(), "newcomers", None, 5).await.unwrap(), made);
    // An older revision that comes later changes nothing of what lists show.
    import.publish(id, &page(3), None, false).await.unwrap();
    import.commit(Some(&world.line())).await.unwrap();
    let stored = workshops::by_id(&db, id).await.unwrap().unwrap();
    assert_eq!(
        (stored.imported_at, stored.revision, stored.level.as_deref(), stored.status),
        (Some(5), 1, Some("high"), Status::Published)
    );
    let all = squads::all(&db).await.unwrap();
    assert_eq!(
        all.iter().map(|squad| squad.tribe_name.as_deref()).collect::<Vec<_>>(),
        [Some("Sea"), None]
    );

    let mut import = Import::begin(&db).await.unwrap();
    let known = Known {
        squad_id: world.squad,
        imported_at: Some(5),
        revision: 1,
    };
    assert_eq!(import.known(id).await.unwrap(), Some(known));
    assert_eq!(import.known(WorkshopId::new(fresh_id())).await.unwrap(), None);
    assert_eq!(import.body(id, 3).await.unwrap().as_deref(), Some("{\"revision\":3}"));
    assert_eq!(import.body(id, 2).await.unwrap(), None);
    assert_eq!(import.pages_of(world.squad).await.unwrap(), [(id, "{\"revision\":1}".to_owned())]);
    assert!(import.pages_of(made).await.unwrap().is_empty());
    import.actions(id, vec![row(1, "Split"), row(2, "Join")], vec![]).await.unwrap();
    import.actions(id, vec![row(2, "Join")], vec![]).await.unwrap();
    for (number, is_there) in [(1, false), (2, true)] {
        let key = Key {
            workshop: id,
            number: ActionId(number),
        };
        assert_eq!(import.has_action(key).await.unwrap(), is_there, "{number}");
    }
    drop(import);

    let every = [(id, 1), (id, 3)];
    assert_eq!(summaries::all(&db, None, None, None).await.unwrap(), every);
    for squad in ["team-blue", "Team BLUE"] {
        assert_eq!(
            summaries::all(&db, Some(squad), Some("2023-01-10"), Some("2023-01-10"))
                .await
                .unwrap(),
            every
        );
    }
    assert!(summaries::all(&db, Some("other"), None, None).await.unwrap().is_empty());
    assert!(summaries::all(&db, None, Some("2023-01-11"), None).await.unwrap().is_empty());
    assert!(summaries::all(&db, None, None, Some("2023-01-09")).await.unwrap().is_empty());
    squads::merge(&db, world.squad, made, 9, &world.line()).await.unwrap();
    for squad in ["team-blue", "Team BLUE", "newcomers"] {
        assert_eq!(summaries::all(&db, Some(squad), None, None).await.unwrap(), every, "{squad}");
    }
}
