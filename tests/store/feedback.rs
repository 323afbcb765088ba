//! What people say of a checkpoint itself.

use crate::imports::begun;
use crate::world::World;
use checkpoint::domain::feedback::Feedback;
use checkpoint::domain::text::FeedbackText;
use checkpoint::server::clock::fresh_id;
use checkpoint::server::store::{Db, feedback};

pub(crate) async fn what_was_said_is_kept_and_who_said_it_forgotten(db: Db) {
    let world = World::new(&db).await;
    let (import, published) = begun(&db, &world, "AAAA").await;
    import.commit(None).await.unwrap();
    let open = world.workshop(&db, "BBBB").await;
    let said = |worth: u8| Feedback {
        worth,
        keep: FeedbackText::parse("The vote").unwrap(),
        change: FeedbackText::default(),
    };
    for workshop in [published, open] {
        for (giver, worth) in [("Ana", 1), ("Ben", 5), ("Ana", 4)] {
            feedback::give(&db, fresh_id(), workshop, giver, &said(worth)).await.unwrap();
        }
    }
    // It was published at 20.
    feedback::forget_givers(&db, 20).await.unwrap();
    assert_eq!(feedback::of_giver(&db, published, "Ana").await.unwrap(), Some(said(4)));
    feedback::forget_givers(&db, 21).await.unwrap();
    assert_eq!(feedback::of_giver(&db, published, "Ana").await.unwrap(), None);
    assert_eq!(feedback::of_giver(&db, open, "Ana").await.unwrap(), Some(said(4)));
    let mut all = feedback::of_workshop(&db, published).await.unwrap();
    all.sort_by_key(|one| one.worth);
    assert_eq!(all, [said(4), said(5)]);
    assert_eq!(feedback::of_squad(&db, world.squad).await.unwrap(), [(2, 9), (2, 9)]);
}
