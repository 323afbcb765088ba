//! Stories about links to one summary.

use crate::world::World;
use checkpoint::domain::ids::WorkshopId;
use checkpoint::server::store::page_links::{PageLink, by_hash, count_read, make, of_workshop, revoke};
use checkpoint::server::store::{Db, audit};

fn link(workshop: WorkshopId, hash: &str, made_at: i64) -> PageLink {
    PageLink {
        token_hash: hash.to_owned(),
        workshop_id: workshop,
        made_by: "Kim".to_owned(),
        made_at,
        expires_at: made_at + 100,
        revoked_at: None,
        reads: 0,
        last_read_at: None,
    }
}

pub(crate) async fn a_page_has_many_links_and_each_ends_for_itself(db: Db) {
    let world = World::new(&db).await;
    let (one, other) = (world.workshop(&db, "AAAA").await, world.workshop(&db, "BBBB").await);
    for new in [link(one, "first", 1), link(one, "second", 2), link(other, "third", 3)] {
        make(&db, &new, &world.line()).await.unwrap();
    }
    assert!(
        make(&db, &link(other, "first", 4), &world.line()).await.is_err(),
        "a hash names one link"
    );
    assert_eq!(
        of_workshop(&db, one).await.unwrap(),
        [link(one, "second", 2), link(one, "first", 1)]
    );
    count_read(&db, "first", 7).await.unwrap();
    count_read(&db, "first", 9).await.unwrap();
    revoke(&db, "first", 10, &world.line()).await.unwrap();
    revoke(&db, "first", 20, &world.line()).await.unwrap();
    assert_eq!(audit::count(&db).await.unwrap(), 4, "what changed nothing is not said");
    let ended = PageLink {
        reads: 2,
        last_read_at: Some(9),
        revoked_at: Some(10),
        ..link(one, "first", 1)
    };
    assert_eq!(by_hash(&db, "first").await.unwrap(), Some(ended));
    assert_eq!(by_hash(&db, "third").await.unwrap(), Some(link(other, "third", 3)));
    assert_eq!(by_hash(&db, "none").await.unwrap(), None);
}
