//! Stories about the file of SQLite: after a crash, after an upgrade, at a wrong address.

use checkpoint::server::store::journal::Journal;
use checkpoint::server::store::{Db, StoreError, events};

use crate::world::{World, append, open};

/// The process ends without closing anything: what was acknowledged is there.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_was_acknowledged_survives_the_end_of_the_process() {
    let folder = tempfile::tempdir().unwrap();
    let copy = tempfile::tempdir().unwrap();
    let db = open(folder.path()).await;
    let world = World::new(&db).await;
    let workshop = world.workshop(&db, "AAAA").await;
    let journal = Journal::start(db.clone());
    for seq in 0..30 {
        journal.append(append(workshop, seq, &["x"])).await.unwrap();
    }
    // The files as a crash at this moment would leave them, log and all.
    std::fs::create_dir(copy.path().join("data")).unwrap();
    for name in ["checkpoint.db", "checkpoint.db-wal"] {
        std::fs::copy(folder.path().join("data").join(name), copy.path().join("data").join(name)).unwrap();
    }
    let again = open(copy.path()).await;
    assert_eq!(events::load(&again, workshop, 0).await.unwrap().len(), 30);
    again.ping().await.unwrap();
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_refused_in_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    open(folder.path()).await.close().await;
    let url = format!("sqlite:{}/data/checkpoint.db", folder.path().display());
    let pool = sqlx::SqlitePool::connect(&url).await.unwrap();
    sqlx::raw_sql(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (9999, 'later', 1, x'00', 0)",
    )
    .execute(&pool)
    .await
    .unwrap();
    let error = Db::open(&url).await.unwrap_err();
    assert!(matches!(error, StoreError::Newer), "{error}");
    assert!(error.to_string().contains("newer version of Checkpoint"));
    assert!(matches!(Db::open("mysql://x").await, Err(StoreError::Address(_))));
    assert!(matches!(Db::open("sqlite::memory:").await, Err(StoreError::Address(_))));
}
