//! Stories about forgetting an answer.

use checkpoint::server::store::journal::Journal;
use checkpoint::server::store::{Db, events};
use std::collections::HashSet;
use std::path::Path;

use crate::world::{World, append, open};

pub(crate) async fn a_scrub_replaces_bodies_only(db: Db) {
    let world = World::new(&db).await;
    let workshop = world.workshop(&db, "AAAA").await;
    let journal = Journal::start(db.clone());
    let long = "y".repeat(900);
    journal.append(append(workshop, 0, &["secret", "other", &long])).await.unwrap();
    let before = events::load(&db, workshop, 0).await.unwrap();
    let mut reveal = append(workshop, 3, &["tally"]);
    let longer = "z".repeat(5_000);
    reveal.scrub = vec![(1, longer.clone()), (3, "answered".to_owned())];
    journal.append(reveal).await.unwrap();

    let after = events::load(&db, workshop, 0).await.unwrap();
    assert_eq!(
        after.iter().map(|event| event.body.as_str()).collect::<Vec<_>>(),
        [longer.as_str(), "other", "answered", "tally"]
    );
    for (old, new) in before.iter().zip(&after) {
        assert_eq!((old.seq, old.at, &old.actor, &old.kind), (new.seq, new.at, &new.actor, &new.kind));
    }
}

/// How often the word stands in any file of the database.
fn found(folder: &Path, word: &str) -> usize {
    let files = std::fs::read_dir(folder.join("data")).unwrap();
    files
        .map(|file| std::fs::read(file.unwrap().path()).unwrap())
        .map(|bytes| bytes.windows(word.len()).filter(|window| *window == word.as_bytes()).count())
        .sum()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_scrubbed_answer_is_in_no_file_any_more() {
    let folder = tempfile::tempdir().unwrap();
    let db = open(folder.path()).await;
    let world = World::new(&db).await;
    let workshop = world.workshop(&db, "AAAA").await;
    let journal = Journal::start(db.clone());
    journal.append(append(workshop, 0, &["{\"answer\":\"hush-hush\"}"])).await.unwrap();
    assert!(found(folder.path(), "hush-hush") > 0);
    let mut reveal = append(workshop, 1, &["{\"tally\":[1]}"]);
    reveal.scrub = vec![(1, "{\"answered\":true}".to_owned())];
    journal.append(reveal).await.unwrap();
    assert_eq!(found(folder.path(), "hush-hush"), 0);
}

/// Many rooms share the pages of one file and are revealed in any order. This is where SQLite may move rows between pages and leave
/// stale copies of their neighbours in the free space, `secure_delete` or not (`journal/scrub.rs` says what keeps it from that).
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_stale_copy_stays_behind_when_rooms_share_pages() {
    const ROOMS: usize = 9;
    const ANSWERS: usize = 80;
    for longest in [20, 2_000] {
        let folder = tempfile::tempdir().unwrap();
        let db = open(folder.path()).await;
        let world = World::new(&db).await;
        let journal = Journal::start(db.clone());
        let mut rooms = Vec::new();
        for room in 0..ROOMS {
            rooms.push(world.workshop(&db, &format!("R{room}")).await);
        }
        let mut chance = 42;
        // Answer n of all is in room n % ROOMS.
        for seq in 0..ANSWERS {
            let together: Vec<_> = (0..ROOMS)
                .map(|room| {
                    let padding = "a".repeat(draw(&mut chance, longest));
                    let answer = format!("hush{:05}{padding}", seq * ROOMS + room);
                    journal.append(append(rooms[room], seq as u64, &[&answer]))
                })
                .collect();
            for result in futures_util::future::join_all(together).await {
                result.unwrap();
            }
        }
        let mut order: Vec<usize> = (0..ROOMS * ANSWERS).collect();
        for last in (1..order.len()).rev() {
            order.swap(last, draw(&mut chance, last + 1));
        }
        let mut gone = HashSet::new();
        for some in order.chunks(60) {
            let mut reveals: Vec<_> = rooms.iter().map(|workshop| append(*workshop, ANSWERS as u64, &[])).collect();
            for answer in some {
                let answered = "b".repeat(1 + draw(&mut chance, 250));
                reveals[answer % ROOMS].scrub.push(((answer / ROOMS + 1) as u64, answered));
            }
            for result in futures_util::future::join_all(reveals.into_iter().map(|reveal| journal.append(reveal))).await {
                result.unwrap();
            }
            gone.extend(some.iter().copied());
            let left: Vec<usize> = answers_in(folder.path())
                .into_iter()
                .filter(|answer| gone.contains(answer))
                .collect();
            assert!(left.is_empty(), "scrubbed but still there: {left:?} (answers up to {longest} long)");
        }
    }
}

/// A number below `limit`; the same ones in every run.
fn draw(chance: &mut u64, limit: usize) -> usize {
    *chance = chance
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    usize::try_from(*chance >> 33).unwrap() % limit
}

/// The numbers of all answers that stand anywhere in the files.
fn answers_in(folder: &Path) -> HashSet<usize> {
    let files = std::fs::read_dir(folder.join("data")).unwrap();
    let contents = files.map(|file| std::fs::read(file.unwrap().path()).unwrap());
    let mut answers = HashSet::new();
    for bytes in contents {
        for window in bytes.windows(9).filter(|window| window.starts_with(b"hush")) {
            answers.extend(
                std::str::from_utf8(&window[4..])
                    .ok()
                    .and_then(|number| number.parse::<usize>().ok()),
            );
        }
    }
    answers
}
