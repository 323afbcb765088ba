//! Stories about signing in.

use checkpoint::server::store::Db;
use checkpoint::server::store::sessions::Sessions;
use serde_json::json;
use std::collections::HashMap;
use time::{Duration, OffsetDateTime};
use tower_sessions::SessionStore;
use tower_sessions::session::{Id, Record};

use crate::world::open;

fn record(expires_in: Duration) -> Record {
    let data = HashMap::from([("account".to_owned(), json!("kim"))]);
    Record {
        id: Id::default(),
        data,
        expiry_date: OffsetDateTime::now_utc() + expires_in,
    }
}

pub(crate) async fn sessions_live_and_end(db: Db) {
    let sessions = Sessions::new(db);
    let mut kim = record(Duration::hours(1));
    sessions.create(&mut kim).await.unwrap();
    let loaded = sessions.load(&kim.id).await.unwrap().unwrap();
    assert_eq!((loaded.id, &loaded.data), (kim.id, &kim.data));
    assert!((loaded.expiry_date - kim.expiry_date).abs() < Duration::milliseconds(2));

    kim.data.insert("seat".to_owned(), json!(3));
    sessions.save(&kim).await.unwrap();
    assert_eq!(sessions.load(&kim.id).await.unwrap().unwrap().data["seat"], json!(3));

    // Another one with the same id gets an id of its own.
    let mut twin = record(Duration::hours(1));
    twin.id = kim.id;
    sessions.create(&mut twin).await.unwrap();
    assert_ne!(twin.id, kim.id);
    assert!(sessions.load(&twin.id).await.unwrap().is_some());

    let mut old = record(Duration::seconds(-1));
    sessions.create(&mut old).await.unwrap();
    assert_eq!(sessions.load(&old.id).await.unwrap(), None);
    assert_eq!(sessions.delete_expired().await.unwrap(), 1);

    sessions.delete(&kim.id).await.unwrap();
    assert_eq!(sessions.load(&kim.id).await.unwrap(), None);
    assert!(sessions.load(&twin.id).await.unwrap().is_some());
}

/// Somebody signs out while another request of theirs is still on its way.
pub(crate) async fn a_session_that_ended_is_not_revived(db: Db) {
    let sessions = Sessions::new(db);
    let mut kim = record(Duration::hours(1));
    sessions.create(&mut kim).await.unwrap();
    sessions.delete(&kim.id).await.unwrap();
    sessions.save(&kim).await.unwrap();
    assert_eq!(sessions.load(&kim.id).await.unwrap(), None);
}

#[tokio::test]
async fn the_id_of_a_session_is_not_in_the_database() {
    let folder = tempfile::tempdir().unwrap();
    let sessions = Sessions::new(open(folder.path()).await);
    let mut kim = record(Duration::hours(1));
    sessions.create(&mut kim).await.unwrap();
    let id = kim.id.to_string();
    let mut seen = false;
    for file in std::fs::read_dir(folder.path().join("data")).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        let holds = |word: &[u8]| bytes.windows(word.len()).any(|window| window == word);
        seen |= holds(b"\"account\"");
        assert!(!holds(id.as_bytes()) && !holds(&kim.id.0.to_le_bytes()) && !holds(kim.id.0.to_string().as_bytes()));
    }
    assert!(seen, "the session itself must be there");
}
