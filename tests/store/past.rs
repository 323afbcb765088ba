//! Stories about what lists and the search know of published pages.

use checkpoint::domain::facts::CapabilityKey;
use checkpoint::domain::ids::WorkshopId;
use checkpoint::domain::page::{CapabilityGist, Gist, words};
use checkpoint::server::store::journal::Journal;
use checkpoint::server::store::summaries::NewSummary;
use checkpoint::server::store::workshops::{self, Filter, Sort, Status, WorkshopRow};
use checkpoint::server::store::{Db, past};

use crate::world::{World, append, columns};

fn gist(text: &str, capabilities: &[(&str, Option<u16>, bool)]) -> Gist {
    let capability = |(key, score, focus): &(&str, Option<u16>, bool)| {
        let gist = CapabilityGist {
            title: format!("On {key}"),
            score: *score,
            focus: *focus,
        };
        (CapabilityKey::new(*key), gist)
    };
    Gist {
        capabilities: capabilities.iter().map(capability).collect(),
        words: words::words(text).collect(),
    }
}

/// Publishes the next revision of a checkpoint.
async fn publish(journal: &Journal, workshop: WorkshopId, revision: i64, sum: Option<i64>, gist: Gist) {
    let mut append = append(workshop, u64::try_from(revision).unwrap() - 1, &["published"]);
    append.columns = Some(workshops::WorkshopColumns {
        revision,
        sum,
        ..columns(Status::Published, "2026-10-01", Some("high"))
    });
    append.summaries = vec![NewSummary {
        revision,
        published_at: 5,
        published_by: "Kim".to_owned(),
        body: "{}".to_owned(),
        gist,
    }];
    journal.append(append).await.unwrap();
}

/// What a filter finds. It is counted by another statement, and what is published again by another.
async fn listed(db: &Db, filter: &Filter) -> Vec<WorkshopRow> {
    for status in [None, Some(Status::Published)] {
        let filter = Filter { status, ..filter.clone() };
        let rows = workshops::list(db, &filter).await.unwrap();
        assert_eq!(
            usize::try_from(workshops::count(db, &filter).await.unwrap()),
            Ok(rows.len()),
            "{filter:?}"
        );
    }
    workshops::list(db, filter).await.unwrap()
}

async fn found(db: &Db, asked: &str) -> String {
    let filter = Filter {
        words: words::words(asked).collect(),
        ascending: true,
        ..Filter::default()
    };
    let rows = listed(db, &filter).await;
    let mut codes: Vec<String> = rows.into_iter().map(|row| row.code).collect();
    codes.sort();
    codes.join(" ")
}

pub(crate) async fn pages_are_found_by_their_words(db: Db) {
    let world = World::new(&db).await;
    let journal = Journal::start(db.clone());
    for (code, text) in [
        ("A", "Überprüfen Sie die Pipeline: zu langsam"),
        ("B", "pipelines and Chodník, aakre, zebra"),
        ("C", "部署が遅い Деплой"),
        ("D", "cesta do hor, pipe\u{10FFFF}, 2024-10"),
    ] {
        let id = world.workshop(&db, code).await;
        publish(&journal, id, 1, None, gist(text, &[])).await;
    }
    world.workshop(&db, "E").await;
    // On PostgreSQL the words of Czech and Danish would stand elsewhere if they were ordered by a collation.
    for (asked, expected) in [
        ("", "A B C D E"),
        ("PIPE", "A B D"),
        ("uberpruf", "A"),
        ("pipeline überprüfen", "A"),
        ("c", "B D"),
        ("ch", "B"),
        ("a", "B"),
        ("aa", "B"),
        ("z", "A B"),
        ("遅い 部", "C"),
        ("деплой", "C"),
        ("2024", "D"),
        ("pipeline nothing", ""),
        ("' OR 1=1 --", ""),
        ("pipe%", "A B D"),
        (&"x".repeat(5_000), ""),
    ] {
        assert_eq!(found(&db, asked).await, expected, "{asked}");
    }
    for (word, stands) in [
        ("pipel", true),
        ("ch", true),
        ("遅", true),
        ("pipelined", false),
        ("\u{10FFFF}", false),
    ] {
        assert_eq!(past::stands_anywhere(&db, word).await.unwrap(), stands, "{word}");
    }
}

pub(crate) async fn the_newest_revision_is_what_is_known(db: Db) {
    let world = World::new(&db).await;
    let journal = Journal::start(db.clone());
    let id = world.workshop(&db, "A").await;
    let other = world.workshop(&db, "B").await;
    publish(
        &journal,
        id,
        1,
        None,
        gist("first", &[("trunk", Some(612), true), ("culture", None, false)]),
    )
    .await;
    publish(&journal, other, 1, None, gist("", &[("trunk", Some(1000), false)])).await;
    let known = past::capabilities_of(&db, &[id, other]).await.unwrap();
    let of_first: Vec<_> = known
        .iter()
        .filter(|found| found.workshop_id == id)
        .map(|found| (found.key.as_str(), found.title.as_str(), found.score, found.focus))
        .collect();
    assert_eq!(of_first, [("trunk", "On trunk", Some(612), 1), ("culture", "On culture", None, 0)]);
    assert_eq!(known.len(), 3);
    assert_eq!(past::capabilities_of(&db, &[]).await.unwrap(), []);

    publish(&journal, id, 2, None, gist("second", &[("flow", Some(0), false)])).await;
    assert_eq!(
        (found(&db, "first").await, found(&db, "second").await),
        (String::new(), "A".to_owned())
    );
    let names = past::known_capabilities(&db).await.unwrap();
    assert_eq!(
        names,
        [("flow", "On flow"), ("trunk", "On trunk")].map(|(key, name)| (key.to_owned(), name.to_owned()))
    );
    let with = |key: &str| Filter {
        capability: Some(key.to_owned()),
        ..Filter::default()
    };
    for (key, expected) in [("flow", "A"), ("trunk", "B"), ("culture", "")] {
        let rows = listed(&db, &with(key)).await;
        assert_eq!(rows.iter().map(|row| row.code.as_str()).collect::<String>(), expected);
    }

    assert_eq!(past::unindexed(&db, None, 9).await.unwrap(), []);
    // What comes late, from a revision that is not the newest any more, changes nothing.
    past::index_later(&db, &[(id, 1, gist("first", &[]))]).await.unwrap();
    assert_eq!(
        (found(&db, "first").await, found(&db, "second").await),
        (String::new(), "A".to_owned())
    );
}

pub(crate) async fn a_list_is_sorted_and_its_pages_meet(db: Db) {
    let world = World::new(&db).await;
    let journal = Journal::start(db.clone());
    for (place, sum) in [None, Some(4), Some(22), Some(22), Some(22), None, Some(10)]
        .into_iter()
        .enumerate()
    {
        let id = world.workshop(&db, &format!("W{place}")).await;
        publish(&journal, id, 1, sum, Gist::default()).await;
    }
    for sort in [Sort::Date, Sort::Squad, Sort::Level] {
        for ascending in [false, true] {
            let page = |offset, limit| Filter {
                sort,
                ascending,
                offset,
                limit,
                ..Filter::default()
            };
            let all: Vec<_> = workshops::list(&db, &page(0, 50)).await.unwrap();
            let mut paged = Vec::new();
            for offset in 0..7 {
                paged.extend(workshops::list(&db, &page(offset, 1)).await.unwrap());
            }
            assert_eq!(paged, all, "{sort:?} {ascending}: rows that are equal keep their place");
            if sort == Sort::Level {
                let sums: Vec<_> = all.iter().map(|row| row.sum.unwrap_or(0)).collect();
                let expected = if ascending {
                    [4, 10, 22, 22, 22, 0, 0]
                } else {
                    [22, 22, 22, 10, 4, 0, 0]
                };
                assert_eq!(sums, expected);
            }
        }
    }
    // All of one squad and one day: the one before is the one that the list shows after it.
    let all: Vec<WorkshopId> = workshops::list(&db, &Filter::default())
        .await
        .unwrap()
        .iter()
        .map(|row| row.id)
        .collect();
    let before = workshops::before_each(&db, &all).await.unwrap();
    let mut pairs: Vec<_> = before.iter().map(|earlier| (earlier.than, earlier.row.id)).collect();
    pairs.sort_unstable();
    let mut expected: Vec<_> = all.windows(2).map(|pair| (pair[0], pair[1])).collect();
    expected.sort_unstable();
    assert_eq!(pairs, expected);
    assert_eq!(workshops::before_each(&db, &[]).await.unwrap(), []);
}
