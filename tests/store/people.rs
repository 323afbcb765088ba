//! Stories about accounts, squads and the texts that people edit.

use checkpoint::domain::ids::{AccountId, SquadId, TemplateId, TribeId};
use checkpoint::server::clock::fresh_id;
use checkpoint::server::store::content::{self, Content};
use checkpoint::server::store::people::{self, Role};
use checkpoint::server::store::templates::{self, TemplateRow};
use checkpoint::server::store::{Db, StoreError, squads};
use tokio::task::JoinSet;

use crate::world::{World, account};

fn squad_id() -> SquadId {
    SquadId::new(fresh_id())
}

pub(crate) async fn emails_are_unique(db: Db) {
    assert_eq!(people::count(&db).await.unwrap(), 0);
    let kim = account("kim@example.org");
    people::create(&db, &kim).await.unwrap();
    assert!(matches!(
        people::create(&db, &account("kim@example.org")).await,
        Err(StoreError::Taken("email"))
    ));
    assert_eq!(people::by_email(&db, "kim@example.org").await.unwrap().as_ref(), Some(&kim));
    assert_eq!(people::by_id(&db, kim.id).await.unwrap(), Some(kim.clone()));

    people::change(&db, kim.id, "Kim Lee", Role::Administrator, false, None)
        .await
        .unwrap();
    people::set_password(&db, kim.id, "other").await.unwrap();
    let [kim] = people::all(&db).await.unwrap().try_into().unwrap();
    assert_eq!(
        (kim.name.as_str(), kim.role, kim.active, kim.password_hash.as_str()),
        ("Kim Lee", Role::Administrator, false, "other")
    );
    let nobody = AccountId::new(fresh_id());
    assert!(matches!(
        people::change(&db, nobody, "x", Role::Viewer, true, None).await,
        Err(StoreError::Missing)
    ));
    assert!(matches!(people::set_password(&db, nobody, "x").await, Err(StoreError::Missing)));
}

pub(crate) async fn squads_are_found_by_name_and_get_slugs(db: Db) {
    let make = async |name: &str| squads::find_or_create(&db, squad_id(), name, None, 1).await.unwrap();
    let oil = make("  Öl &   Gas ").await;
    assert_eq!((oil.name.as_str(), oil.slug.as_str()), ("Öl & Gas", "oel-gas"));
    assert_eq!(make("öl & GAS").await, oil);
    assert_eq!(make("Oel Gas").await.slug, "oel-gas-2");
    assert_eq!(make("oel / gas").await.slug, "oel-gas-3");
    assert_eq!(make("電力").await.slug, "squad");
    assert_eq!(squads::by_slug(&db, "oel-gas").await.unwrap(), Some(oil.clone()));

    let tribe = squads::find_or_create_tribe(&db, TribeId::new(fresh_id()), "Netze", 1)
        .await
        .unwrap();
    assert_eq!(
        squads::find_or_create_tribe(&db, TribeId::new(fresh_id()), " NETZE", 2)
            .await
            .unwrap(),
        tribe
    );
    squads::set_tribe(&db, oil.id, Some(tribe.id), None).await.unwrap();
    assert_eq!(make("Öl & Gas").await.tribe_name.as_deref(), Some("Netze"));
    assert!(matches!(
        squads::set_tribe(&db, oil.id, Some(TribeId::new(fresh_id())), None).await,
        Err(StoreError::Missing)
    ));
    assert_eq!(
        (squads::all(&db).await.unwrap().len(), squads::tribes(&db).await.unwrap()),
        (4, vec![tribe])
    );

    // Twenty people type the same new name in the same moment.
    let mut typing = JoinSet::new();
    for _ in 0..20 {
        let db = db.clone();
        typing.spawn(async move { squads::find_or_create(&db, squad_id(), "Same", None, 1).await.unwrap().id });
    }
    let mut ids = typing.join_all().await;
    ids.dedup();
    assert_eq!(ids.len(), 1);
}

pub(crate) async fn texts_can_be_edited_and_reset(db: Db) {
    let text = |body: &str| Content {
        body: body.to_owned(),
        updated_at: 3,
        updated_by: "Kim".to_owned(),
    };
    let world = World::new(&db).await;
    assert_eq!(content::get(&db, "welcome").await.unwrap(), None);
    content::set(&db, "welcome", &text("Hello"), &world.line()).await.unwrap();
    content::set(&db, "welcome", &text("Good morning"), &world.line()).await.unwrap();
    assert_eq!(content::get(&db, "welcome").await.unwrap(), Some(text("Good morning")));
    assert_eq!(
        content::all(&db).await.unwrap(),
        [("welcome".to_owned(), "Good morning".to_owned())]
    );
    content::reset(&db, "welcome", &world.line()).await.unwrap();
    assert_eq!(content::get(&db, "welcome").await.unwrap(), None);
    db.ping().await.unwrap();
}

pub(crate) async fn templates_are_kept_by_name(db: Db) {
    let row = |name: &str, body: &str| TemplateRow {
        id: TemplateId::new(fresh_id()),
        name: name.to_owned(),
        body: body.to_owned(),
        created_at: 1,
        created_by: "Kim".to_owned(),
    };
    let first = row("Übersicht", "{}");
    templates::save(&db, &first).await.unwrap();
    templates::save(&db, &row("Another", "{}")).await.unwrap();
    templates::save(&db, &row("übersicht", "[1]")).await.unwrap();
    let all = templates::all(&db).await.unwrap();
    let names: Vec<&str> = all.iter().map(|t| t.name.as_str()).collect();
    assert_eq!(names.len(), 2, "the same name again replaces it");
    assert!(names.contains(&"übersicht"));
    let kept = templates::by_id(&db, first.id).await.unwrap().unwrap();
    assert_eq!(kept.body, "[1]", "under the id it had");
    templates::delete(&db, first.id).await.unwrap();
    templates::delete(&db, first.id).await.unwrap();
    assert_eq!(templates::by_id(&db, first.id).await.unwrap(), None);
    assert_eq!(templates::all(&db).await.unwrap().len(), 1);
}
