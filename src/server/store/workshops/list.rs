//! Which checkpoints are listed, and in which order.

use sqlx::{Database, Encode, QueryBuilder, Type};

use super::{Status, WorkshopRow, select};
use crate::domain::ids::{SquadId, TribeId, WorkshopId};
use crate::server::store::past::words_beginning;
use crate::server::store::sql::each_db;
use crate::server::store::{Db, StoreError};

/// The order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// By the day.
    #[default]
    Date,
    /// By the squad's name, and the newest of each first.
    Squad,
    /// By the sum of the four answers, from which level and percentile follow; those without one come last.
    Level,
}

impl Sort {
    /// The order in full: no two rows are equal, so that every page of a list begins where the one before ended.
    fn sql(self, ascending: bool) -> &'static str {
        match (self, ascending) {
            (Self::Date, false) => " ORDER BY w.held_on DESC, w.created_at DESC, w.id DESC",
            (Self::Date, true) => " ORDER BY w.held_on, w.created_at, w.id",
            (Self::Squad, false) => " ORDER BY s.name_key DESC, w.held_on DESC, w.created_at DESC, w.id DESC",
            (Self::Squad, true) => " ORDER BY s.name_key, w.held_on DESC, w.created_at DESC, w.id DESC",
            (Self::Level, false) => " ORDER BY COALESCE(w.sum, 0) DESC, w.held_on DESC, w.created_at DESC, w.id DESC",
            (Self::Level, true) => " ORDER BY COALESCE(w.sum, 99), w.held_on DESC, w.created_at DESC, w.id DESC",
        }
    }
}

/// Which checkpoints to list. What is `None` does not matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// Those of the squad with this slug.
    pub squad: Option<String>,
    /// Those of the squads of this tribe.
    pub tribe: Option<TribeId>,
    /// Those of this level.
    pub level: Option<String>,
    /// Those held on this day or later.
    pub from: Option<String>,
    /// Those held on this day or earlier.
    pub to: Option<String>,
    /// Those on whose page this capability stands.
    pub capability: Option<String>,
    /// Those on whose page each of these begins a word.
    pub words: Vec<String>,
    /// Those that stand here.
    pub status: Option<Status>,
    /// Those that were called off, instead of those that were not.
    pub cancelled: bool,
    /// The order.
    pub sort: Sort,
    /// Whether the order begins with the least instead of the most.
    pub ascending: bool,
    /// At most so many.
    pub limit: u32,
    /// Without the first so many.
    pub offset: u32,
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            squad: None,
            tribe: None,
            level: None,
            from: None,
            to: None,
            capability: None,
            words: vec![],
            status: None,
            cancelled: false,
            sort: Sort::default(),
            ascending: false,
            limit: 50,
            offset: 0,
        }
    }
}

/// The checkpoints that pass the filter, in its order.
pub async fn list(db: &Db, filter: &Filter) -> Result<Vec<WorkshopRow>, StoreError> {
    Ok(each_db!(db.read(), pool => statement(filter).build_query_as().fetch_all(pool).await)?)
}

fn statement<DB: Database>(filter: &Filter) -> QueryBuilder<DB>
where
    for<'q> String: Encode<'q, DB> + Type<DB>,
    for<'q> Vec<u8>: Encode<'q, DB> + Type<DB>,
    for<'q> i64: Encode<'q, DB> + Type<DB>,
{
    let order = filter.sort.sql(filter.ascending);
    // Which ones stand on this page is read from an index alone, however many stand before it; then these are read.
    let mut query = QueryBuilder::new(select!("WHERE w.id IN (SELECT w.id FROM "));
    query.push(match filter.sort {
        Sort::Squad => "squads s CROSS JOIN workshops w",
        Sort::Date | Sort::Level => "workshops w",
    });
    conditions(&mut query, filter);
    if filter.sort == Sort::Squad {
        query.push(" AND w.squad_id = s.id");
    }
    query.push(order).push(" LIMIT ").push_bind(i64::from(filter.limit));
    query.push(" OFFSET ").push_bind(i64::from(filter.offset)).push(")").push(order);
    query
}

/// How many checkpoints pass the filter, on all its pages.
pub async fn count(db: &Db, filter: &Filter) -> Result<i64, StoreError> {
    Ok(each_db!(db.read(), pool => {
        let mut query = QueryBuilder::new("");
        if !count_pages(&mut query, filter) {
            query.push("SELECT COUNT(*) FROM workshops w");
            conditions(&mut query, filter);
        }
        query.build_query_scalar().fetch_one(pool).await
    })?)
}

/// Asks the tables of pages alone, if the filter is about nothing else: they hold published checkpoints, which cannot be called off.
fn count_pages<DB: Database>(query: &mut QueryBuilder<DB>, filter: &Filter) -> bool
where
    for<'q> String: Encode<'q, DB> + Type<DB>,
    for<'q> Vec<u8>: Encode<'q, DB> + Type<DB>,
{
    let Filter {
        squad: None,
        tribe: None,
        level: None,
        from: None,
        to: None,
        capability,
        words,
        status: Some(Status::Published),
        cancelled: false,
        ..
    } = filter
    else {
        return false;
    };
    match (capability, words.as_slice()) {
        (Some(key), []) => {
            query
                .push("SELECT COUNT(*) FROM page_capabilities WHERE key = ")
                .push_bind(key.clone());
        }
        (None, [word]) => {
            let (from, to) = words_beginning(word);
            query
                .push("SELECT COUNT(DISTINCT workshop_id) FROM page_words WHERE word >= ")
                .push_bind(from);
            query.push(" AND word < ").push_bind(to);
        }
        _ => return false,
    }
    true
}

/// The latest published checkpoint of a squad up to a day, leaving out the one that asks.
pub async fn previous_of_squad(db: &Db, squad: SquadId, until: &str, not: WorkshopId) -> Result<Option<WorkshopRow>, StoreError> {
    const SQL: &str = select!(
        "WHERE w.squad_id = $1 AND w.held_on <= $2 AND w.id <> $3 AND w.status = 'published'
         ORDER BY w.held_on DESC, w.created_at DESC, w.id DESC LIMIT 1"
    );
    Ok(each_db!(db.read(), pool => sqlx::query_as(SQL).bind(squad).bind(until).bind(not).fetch_optional(pool).await)?)
}

/// A squad's checkpoint before another one.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Earlier {
    /// The other one.
    pub than: WorkshopId,
    /// The one before it.
    #[sqlx(flatten)]
    pub row: WorkshopRow,
}

/// The published checkpoint of the same squad before each of these; none for the first of a squad.
pub async fn before_each(db: &Db, workshops: &[WorkshopId]) -> Result<Vec<Earlier>, StoreError> {
    if workshops.is_empty() {
        return Ok(vec![]);
    }
    Ok(each_db!(db.read(), pool => {
        let mut query = QueryBuilder::new(
            "SELECT n.id AS than, w.*, s.slug AS squad_slug, s.name AS squad_name, s.tribe_id, t.name AS tribe_name
             FROM workshops n JOIN workshops w ON w.id = (SELECT p.id FROM workshops p
                 WHERE p.squad_id = n.squad_id AND p.status = 'published' AND (p.held_on, p.created_at, p.id) < (n.held_on, n.created_at, n.id)
                 ORDER BY p.held_on DESC, p.created_at DESC, p.id DESC LIMIT 1)
             JOIN squads s ON s.id = w.squad_id LEFT JOIN tribes t ON t.id = s.tribe_id WHERE n.id IN (",
        );
        let mut ids = query.separated(", ");
        for id in workshops {
            ids.push_bind(*id);
        }
        query.push(")");
        query.build_query_as().fetch_all(pool).await
    })?)
}

/// The conditions of a filter. Only those that are asked for stand in the statement, so that an index can serve them.
fn conditions<DB: Database>(query: &mut QueryBuilder<DB>, filter: &Filter)
where
    for<'q> String: Encode<'q, DB> + Type<DB>,
    for<'q> Vec<u8>: Encode<'q, DB> + Type<DB>,
{
    // Of one squad there are few: SQLite, which cannot know that, is kept from looking for the level first.
    let level = if filter.squad.is_some() {
        "COALESCE(w.level, '') = "
    } else {
        "w.level = "
    };
    let texts = [
        ("w.squad_id = (SELECT id FROM squads WHERE slug = ", filter.squad.clone(), ")"),
        (
            "w.squad_id IN (SELECT id FROM squads WHERE tribe_id = ",
            filter.tribe.map(|id| id.to_string()),
            ")",
        ),
        (
            "w.id IN (SELECT workshop_id FROM page_capabilities WHERE key = ",
            filter.capability.clone(),
            ")",
        ),
        (level, filter.level.clone(), ""),
        ("w.status = ", filter.status.map(|status| status.to_string()), ""),
        ("w.held_on >= ", filter.from.clone(), ""),
        ("w.held_on <= ", filter.to.clone(), ""),
    ];
    query.push(" WHERE w.cancelled = ").push(if filter.cancelled { "1" } else { "0" });
    for (before, value, after) in texts {
        if let Some(value) = value {
            query.push(" AND ").push(before).push_bind(value).push(after);
        }
    }
    for word in &filter.words {
        let (from, to) = words_beginning(word);
        query
            .push(" AND w.id IN (SELECT workshop_id FROM page_words WHERE word >= ")
            .push_bind(from);
        query.push(" AND word < ").push_bind(to).push(")");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::store::sql::Pick;
    use sqlx::{AssertSqlSafe, Row, Sqlite};

    /// How SQLite goes about a list, one step a line.
    async fn plan(db: &Db, filter: &Filter) -> String {
        let Pick::Sqlite(pool) = db.read() else {
            unreachable!("the test opens a file")
        };
        let sql = format!("EXPLAIN QUERY PLAN {}", statement::<Sqlite>(filter).sql().as_str());
        let steps = sqlx::query(AssertSqlSafe(sql)).fetch_all(pool).await.unwrap();
        steps.iter().map(|step| step.get::<String, _>("detail") + "\n").collect()
    }

    #[tokio::test]
    async fn no_list_reads_what_it_does_not_show() {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(&format!("sqlite:{}/checkpoint.db", folder.path().display()))
            .await
            .unwrap();
        let published = Filter {
            status: Some(Status::Published),
            ..Filter::default()
        };
        let some = |text: &str| Some(text.to_owned());
        for (filter, step) in [
            (
                published.clone(),
                "SEARCH w USING COVERING INDEX workshops_by_status (status=? AND cancelled=?)",
            ),
            (
                Filter {
                    from: some("2023-01-01"),
                    ..published.clone()
                },
                "SEARCH w USING COVERING INDEX workshops_by_status (status=? AND cancelled=? AND held_on>?)",
            ),
            (
                Filter {
                    squad: some("red"),
                    ..published.clone()
                },
                "SEARCH w USING COVERING INDEX workshops_listed_of_squad (squad_id=? AND status=? AND cancelled=?)",
            ),
            (
                Filter {
                    level: some("high"),
                    ..published.clone()
                },
                "SEARCH w USING COVERING INDEX workshops_by_level (status=? AND cancelled=? AND level=?)",
            ),
            (
                Filter {
                    squad: some("red"),
                    level: some("high"),
                    ..published.clone()
                },
                "SEARCH w USING INDEX workshops_listed_of_squad (squad_id=? AND status=? AND cancelled=?)",
            ),
            (
                Filter {
                    words: vec!["pipeline".to_owned()],
                    ..published.clone()
                },
                "SEARCH page_words USING COVERING INDEX sqlite_autoindex_page_words_1 (word>? AND word<?)",
            ),
            (
                Filter {
                    capability: some("trunk"),
                    ..published.clone()
                },
                "SEARCH page_capabilities USING COVERING INDEX page_capabilities_by_key (key=?)",
            ),
        ] {
            let plan = plan(&db, &filter).await;
            assert!(plan.contains(step) && !plan.contains("SCAN w"), "{filter:?}\n{plan}");
        }
        // Every order is that of an index: what stands before a page is stepped over, and no more is sorted than the page.
        for (sort, ascending, step) in [
            (Sort::Date, false, "workshops_by_status"),
            (Sort::Date, true, "workshops_by_status"),
            (Sort::Level, false, "workshops_by_best"),
            (Sort::Level, true, "workshops_by_least"),
            (Sort::Squad, false, "workshops_listed_of_squad"),
            (Sort::Squad, true, "workshops_listed_of_squad"),
        ] {
            let plan = plan(
                &db,
                &Filter {
                    sort,
                    ascending,
                    ..published.clone()
                },
            )
            .await;
            let index = format!("w USING COVERING INDEX {step}");
            assert!(plan.contains(&index), "{sort:?}\n{plan}");
            assert_eq!(plan.matches("TEMP B-TREE").count(), 1, "{sort:?}\n{plan}");
        }
    }
}
