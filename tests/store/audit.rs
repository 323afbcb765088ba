//! Who changed what.

use crate::world::{World, account, line};
use checkpoint::domain::ids::{AccountId, SquadId, TribeId};
use checkpoint::server::clock::fresh_id;
use checkpoint::server::store::{Db, StoreError, audit, people, squads};

pub(crate) async fn a_change_and_its_line_are_kept_together(db: Db) {
    let world = World::new(&db).await;
    let lines = async || audit::count(&db).await.unwrap();
    let fresh = || SquadId::new(fresh_id());
    squads::create(&db, fresh(), "Red", None, 1, &world.line()).await.unwrap();
    squads::create(&db, fresh(), " red", None, 1, &world.line()).await.unwrap();
    assert_eq!(lines().await, 1, "a squad that is there already is not made");
    let tribe = squads::create_tribe(&db, TribeId::new(fresh_id()), "Sea", 1, &world.line())
        .await
        .unwrap();
    squads::create_tribe(&db, TribeId::new(fresh_id()), "sea", 1, &world.line())
        .await
        .unwrap();
    assert_eq!(lines().await, 2);

    // What is refused is not said.
    let line_of_kim = world.line();
    let taken = squads::rename(&db, world.squad, "RED", &line_of_kim).await;
    assert!(matches!(taken, Err(StoreError::Taken("name"))));
    let missing = squads::archive(&db, fresh(), None, Some(&line_of_kim)).await;
    assert!(matches!(missing, Err(StoreError::Missing)));
    let again = people::create_for(&db, &account("kim@example.org"), &line_of_kim).await;
    assert!(matches!(again, Err(StoreError::Taken("email"))));
    assert_eq!(lines().await, 2);

    // And what cannot be said is not done: nobody has this account.
    let nobody = line(AccountId::new(fresh_id()));
    assert!(squads::rename(&db, world.squad, "Blue", &nobody).await.is_err());
    assert!(squads::set_tribe(&db, world.squad, Some(tribe.id), Some(&nobody)).await.is_err());
    assert!(squads::rename_tribe(&db, tribe.id, "Lake", &nobody).await.is_err());
    assert!(squads::create(&db, fresh(), "Green", None, 1, &nobody).await.is_err());
    assert!(people::create_for(&db, &account("ana@example.org"), &nobody).await.is_err());
    let names: Vec<_> = squads::all(&db)
        .await
        .unwrap()
        .into_iter()
        .map(|squad| (squad.name, squad.tribe_name))
        .collect();
    assert_eq!(names, [("Red".to_owned(), None), ("Team Blue".to_owned(), None)]);
    assert_eq!(squads::tribes(&db).await.unwrap(), [tribe]);
    assert_eq!((people::count(&db).await.unwrap(), lines().await), (1, 2));
}
