//! The organisation's own capabilities.

use crate::world::World;
use checkpoint::domain::ids::CapabilityId;
use checkpoint::server::store::capabilities::{self, OwnCapability};
use checkpoint::server::store::{Db, StoreError};
use uuid::Uuid;

fn own(n: u128, title: &str) -> OwnCapability {
    OwnCapability {
        id: CapabilityId::new(Uuid::from_u128(n)),
        title: title.to_owned(),
        summary: "Nights and weekends.".to_owned(),
        items: "Nights are quiet.\n- I dread my shift.".to_owned(),
        updated_at: 7,
        updated_by: "Kim".to_owned(),
    }
}

pub(crate) async fn they_are_kept_changed_and_deleted(db: Db) {
    let world = World::new(&db).await;
    let titles = async || -> Vec<String> { capabilities::all(&db).await.unwrap().into_iter().map(|one| one.title).collect() };
    capabilities::save(&db, &own(1, "Ölstand"), Some(&world.line())).await.unwrap();
    capabilities::save(&db, &own(2, "On-call health"), Some(&world.line()))
        .await
        .unwrap();
    assert_eq!(titles().await, ["On-call health", "Ölstand"]);
    assert_eq!(capabilities::all(&db).await.unwrap()[0], own(2, "On-call health"));
    for taken in [own(3, "ON-CALL health"), own(1, "on-call health"), own(3, "ölstand")] {
        assert!(
            matches!(
                capabilities::save(&db, &taken, Some(&world.line())).await,
                Err(StoreError::Taken("title"))
            ),
            "{}",
            taken.title
        );
    }
    capabilities::save(&db, &own(2, "On-Call Health"), Some(&world.line()))
        .await
        .unwrap();
    assert_eq!(titles().await, ["On-Call Health", "Ölstand"], "a change of its own letters");
    assert!(capabilities::delete(&db, own(2, "").id, &world.line()).await.unwrap());
    assert!(!capabilities::delete(&db, own(2, "").id, &world.line()).await.unwrap());
    assert_eq!(titles().await, ["Ölstand"]);
    capabilities::save(&db, &own(4, "On-call health"), Some(&world.line()))
        .await
        .unwrap();
}
