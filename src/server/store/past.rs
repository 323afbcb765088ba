//! What published pages say, kept beside them for lists, trends and the search: their capabilities and their words.
//!
//! The invariant: a row tells what stands on the newest revision, because it is written in the transaction that stores it;
//! `workshops.indexed` names that revision. Pages of before these tables existed are read once, at start ([`unindexed`]). Whoever
//! changes what [`Gist`] takes from a page sets `indexed` to 0 in a migration: then all are read anew.

use std::sync::LazyLock;

use sqlx::QueryBuilder;

use super::sql::{Tx, each_db};
use super::{Db, StoreError};
use crate::domain::ids::WorkshopId;
use crate::domain::page::Gist;

/// A capability on the newest revision of a page.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct PageCapability {
    /// The checkpoint.
    pub workshop_id: WorkshopId,
    /// Its name for machines.
    pub key: String,
    /// Its name for people.
    pub title: String,
    /// Its score in tenths, 0 to 1000; `None` where it was not surveyed, or too few answered.
    pub score: Option<i64>,
    /// 1 when the squad works on it first.
    pub focus: i64,
}

/// The capabilities on the pages of these checkpoints: of each the focus first, then by name.
pub async fn capabilities_of(db: &Db, workshops: &[WorkshopId]) -> Result<Vec<PageCapability>, StoreError> {
    if workshops.is_empty() {
        return Ok(vec![]);
    }
    Ok(each_db!(db.read(), pool => {
        let mut query = QueryBuilder::new("SELECT workshop_id, key, title, score, focus FROM page_capabilities WHERE workshop_id IN (");
        let mut ids = query.separated(", ");
        for id in workshops {
            ids.push_bind(*id);
        }
        query.push(") ORDER BY workshop_id, focus DESC, title, key");
        query.build_query_as().fetch_all(pool).await
    })?)
}

/// Every capability that stands on a page: its key and a name of it, by name.
pub async fn known_capabilities(db: &Db) -> Result<Vec<(String, String)>, StoreError> {
    // From one key to the next in their index, and one row of each for the name: no more is read, however many pages there are.
    const SQL: &str = "WITH RECURSIVE k (key) AS (SELECT MIN(key) FROM page_capabilities
            UNION ALL SELECT (SELECT MIN(n.key) FROM page_capabilities n WHERE n.key > k.key) FROM k WHERE k.key IS NOT NULL)
        SELECT k.key, (SELECT MAX(p.title) FROM page_capabilities p WHERE p.key = k.key
            AND p.workshop_id = (SELECT MAX(l.workshop_id) FROM page_capabilities l WHERE l.key = k.key)) AS name
        FROM k WHERE k.key IS NOT NULL ORDER BY name, k.key";
    Ok(each_db!(db.read(), pool => sqlx::query_as(SQL).fetch_all(pool).await)?)
}

/// Whether any page has a word that begins like this.
pub async fn stands_anywhere(db: &Db, word: &str) -> Result<bool, StoreError> {
    const SQL: &str = "SELECT workshop_id FROM page_words WHERE word >= $1 AND word < $2 LIMIT 1";
    let (from, to) = words_beginning(word);
    let found: Option<WorkshopId> = each_db!(db.read(), pool => sqlx::query_scalar(SQL).bind(from).bind(to).fetch_optional(pool).await)?;
    Ok(found.is_some())
}

/// From the first word that begins like this to what comes after the last: no character of UTF-8 has the byte 255.
pub(super) fn words_beginning(word: &str) -> (Vec<u8>, Vec<u8>) {
    (word.as_bytes().to_vec(), [word.as_bytes(), &[u8::MAX]].concat())
}

/// A page whose newest revision is not in these tables.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Unindexed {
    /// The checkpoint.
    pub id: WorkshopId,
    /// The revision.
    pub revision: i64,
    /// The page as JSON.
    pub body: String,
}

/// The next of these pages after a checkpoint, in the order of their ids.
pub async fn unindexed(db: &Db, after: Option<WorkshopId>, limit: u32) -> Result<Vec<Unindexed>, StoreError> {
    const SQL: &str = "SELECT w.id, w.revision, s.body FROM workshops w
        JOIN summaries s ON s.workshop_id = w.id AND s.revision = w.revision
        WHERE w.indexed < w.revision AND w.id > $1 ORDER BY w.id LIMIT $2";
    let after = after.map(|id| id.to_string()).unwrap_or_default();
    Ok(each_db!(db.read(), pool => sqlx::query_as(SQL).bind(after).bind(i64::from(limit)).fetch_all(pool).await)?)
}

/// Fills the tables for pages that were published before, all of them or none.
pub async fn index_later(db: &Db, pages: &[(WorkshopId, i64, Gist)]) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    for (workshop, revision, gist) in pages {
        index(&mut tx, *workshop, *revision, gist).await?;
    }
    Ok(tx.commit().await?)
}

/// Says what stands on this revision of a page, in place of what stood on the one before; nothing where a newer one is known.
pub(super) async fn index(tx: &mut Tx, workshop: WorkshopId, revision: i64, gist: &Gist) -> Result<(), sqlx::Error> {
    const MARK: &str = "UPDATE workshops SET indexed = $2 WHERE id = $1 AND indexed <= $2";
    const FORGET: [&str; 2] = [
        "DELETE FROM page_capabilities WHERE workshop_id = $1",
        "DELETE FROM page_words WHERE workshop_id = $1",
    ];
    const CAPABILITY: &str = "INSERT INTO page_capabilities (workshop_id, key, title, score, focus) VALUES ($1, $2, $3, $4, $5)";
    let marked = each_db!(&mut *tx, conn => sqlx::query(MARK).bind(workshop).bind(revision).execute(&mut **conn).await?.rows_affected());
    if marked == 0 {
        return Ok(());
    }
    for sql in FORGET {
        each_db!(&mut *tx, conn => sqlx::query(sql).bind(workshop).execute(&mut **conn).await.map(drop))?;
    }
    for (key, capability) in &gist.capabilities {
        each_db!(&mut *tx, conn => sqlx::query(CAPABILITY)
            .bind(workshop)
            .bind(key.as_str())
            .bind(&capability.title)
            .bind(capability.score.map(i64::from))
            .bind(i64::from(capability.focus))
            .execute(&mut **conn)
            .await
            .map(drop))?;
    }
    let words: Vec<&str> = gist.words.iter().map(String::as_str).collect();
    insert_words(tx, workshop, &words).await
}

/// How many words one statement inserts, largest first; see `SIZES` of `events`.
const SIZES: [usize; 3] = [64, 8, 1];

static INSERTS: LazyLock<[String; SIZES.len()]> = LazyLock::new(|| {
    SIZES.map(|words| {
        let values: Vec<String> = (0..words).map(|word| format!("($1,${})", word + 2)).collect();
        format!("INSERT INTO page_words (workshop_id, word) VALUES {}", values.join(","))
    })
});

async fn insert_words(tx: &mut Tx, workshop: WorkshopId, mut words: &[&str]) -> Result<(), sqlx::Error> {
    for (size, sql) in SIZES.iter().zip(LazyLock::force(&INSERTS)) {
        while words.len() >= *size {
            let (now, later) = words.split_at(*size);
            words = later;
            each_db!(&mut *tx, conn => {
                let mut query = sqlx::query(sql.as_str()).bind(workshop);
                for word in now {
                    query = query.bind(word.as_bytes().to_vec());
                }
                query.execute(&mut **conn).await?;
            });
        }
    }
    Ok(())
}
