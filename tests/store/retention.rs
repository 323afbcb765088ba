//! How long names and drafts are kept.

use crate::world::{World, append, columns, event};
use checkpoint::domain::ids::WorkshopId;
use checkpoint::server::clock::{fresh_id, random_id};
use checkpoint::server::store::journal::{Append, Journal};
use checkpoint::server::store::page_links::{self, PageLink};
use checkpoint::server::store::retention::{self, Retention};
use checkpoint::server::store::workshops::{self, Status, WorkshopColumns};
use checkpoint::server::store::{Db, StoreError, audit, events, feedback};

pub(crate) async fn what_is_set_and_what_is_due(db: Db) {
    let journal = Journal::start(db.clone());
    let world = World::new(&db).await;
    assert_eq!(retention::load(&db).await.unwrap(), None);
    for (names_days, drafts_days) in [(Some(365), None), (None, Some(90))] {
        let new = Retention {
            names_days,
            drafts_days,
            set_by: world.kim,
            set_at: 7,
        };
        retention::set(&db, &new, &world.line()).await.unwrap();
        assert_eq!(retention::load(&db).await.unwrap(), Some(new), "the last one stands");
    }
    assert_eq!(audit::count(&db).await.unwrap(), 2);

    // Published at 20, like all of these columns.
    let mut held = vec![];
    for (code, status, names_erased) in [
        ("NAMED", Status::Published, 0),
        ("ERASED", Status::Published, 1),
        ("LIVE", Status::Live, 0),
    ] {
        let id = world.workshop(&db, code).await;
        let projected = Append {
            columns: Some(WorkshopColumns {
                names_erased,
                ..columns(status, "2026-01-10", None)
            }),
            ..append(id, 0, &["{}"])
        };
        journal.append(projected).await.unwrap();
        held.push(id);
    }
    assert_eq!(retention::named(&db, 20).await.unwrap(), []);
    assert_eq!(retention::named(&db, 21).await.unwrap(), [held[0]]);

    // A draft that was changed at 7, for a day in November.
    let draft = world.plan("DRAFT", "2026-11-20");
    workshops::create(&db, &draft, &[event("{}")]).await.unwrap();
    let drafts = async |day: &str, since| retention::drafts(&db, day, since).await.unwrap();
    assert_eq!(drafts("2026-11-21", 8).await, [draft.id]);
    assert_eq!(drafts("2026-11-20", 8).await, [], "its day is not over");
    assert_eq!(drafts("2026-11-21", 7).await, [], "it was changed since");
}

pub(crate) async fn a_draft_goes_with_all_that_is_beside_it(db: Db) {
    let journal = Journal::start(db.clone());
    let world = World::new(&db).await;
    let (stays, goes) = (world.workshop(&db, "STAYS").await, world.plan("GOES", "2026-11-20"));
    workshops::create(&db, &goes, &[event("{}")]).await.unwrap();
    journal.append(append(stays, 0, &["{}"])).await.unwrap();
    for workshop in [stays, goes.id] {
        let said = checkpoint::domain::feedback::Feedback::parse("5", "", "").unwrap();
        feedback::give(&db, random_id(), workshop, "giver", &said).await.unwrap();
        let link = PageLink {
            token_hash: workshop.to_string(),
            workshop_id: workshop,
            made_by: "Kim".to_owned(),
            made_at: 1,
            expires_at: 2,
            revoked_at: None,
            reads: 0,
            last_read_at: None,
        };
        page_links::make(&db, &link, &world.line()).await.unwrap();
    }
    let begun = Append {
        columns: Some(columns(Status::Live, "2026-01-10", None)),
        ..append(stays, 1, &["{}"])
    };
    journal.append(begun).await.unwrap();
    let before = audit::count(&db).await.unwrap();
    for id in [stays, WorkshopId::new(fresh_id())] {
        let refused = workshops::delete_draft(&db, id, &world.line()).await;
        assert!(matches!(refused, Err(StoreError::Missing)), "it has begun, or is not there");
    }
    workshops::delete_draft(&db, goes.id, &world.line()).await.unwrap();
    assert_eq!(audit::count(&db).await.unwrap(), before + 1);
    assert_eq!(workshops::by_id(&db, goes.id).await.unwrap(), None);
    assert_eq!(events::load(&db, goes.id, 0).await.unwrap(), []);
    assert_eq!(feedback::of_workshop(&db, goes.id).await.unwrap(), []);
    assert_eq!(page_links::of_workshop(&db, goes.id).await.unwrap(), []);
    assert_eq!(workshops::by_id(&db, stays).await.unwrap().unwrap().cancelled, 0);
    assert_eq!(
        (
            events::load(&db, stays, 0).await.unwrap().len(),
            feedback::of_workshop(&db, stays).await.unwrap().len()
        ),
        (2, 1)
    );
}
