//! Which checkpoints are listed, and in which order.

use sqlx::{Database, Encode, QueryBuilder, Type};

use super::{Status, WorkshopRow, select};
use crate::domain::ids::{SquadId, TribeId, WorkshopId};
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
    Ok(each_db!(db.read(), pool => {
        let mut query = QueryBuilder::new(select!(""));
        conditions(&mut query, filter);
        query.push(filter.sort.sql(filter.ascending)).push(" LIMIT ").push_bind(i64::from(filter.limit));
        query.push(" OFFSET ").push_bind(i64::from(filter.offset));
        query.build_query_as().fetch_all(pool).await
    })?)
}

/// How many checkpoints pass the filter, on all its pages.
pub async fn count(db: &Db, filter: &Filter) -> Result<i64, StoreError> {
    Ok(each_db!(db.read(), pool => {
        let mut query = QueryBuilder::new("SELECT COUNT(*) FROM workshops w");
        conditions(&mut query, filter);
        query.build_query_scalar().fetch_one(pool).await
    })?)
}

/// The latest published checkpoint of a squad up to a day, leaving out the one that asks.
pub async fn previous_of_squad(db: &Db, squad: SquadId, until: &str, not: WorkshopId) -> Result<Option<WorkshopRow>, StoreError> {
    const SQL: &str = select!(
        "WHERE w.squad_id = $1 AND w.held_on <= $2 AND w.id <> $3 AND w.status = 'published'
         ORDER BY w.held_on DESC, w.created_at DESC, w.id DESC LIMIT 1"
    );
    Ok(each_db!(db.read(), pool => sqlx::query_as(SQL).bind(squad).bind(until).bind(not).fetch_optional(pool).await)?)
}

/// The conditions of a filter. Only those that are asked for stand in the statement, so that an index can serve them.
fn conditions<DB: Database>(query: &mut QueryBuilder<DB>, filter: &Filter)
where
    for<'q> String: Encode<'q, DB> + Type<DB>,
    for<'q> Vec<u8>: Encode<'q, DB> + Type<DB>,
{
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
        ("w.level = ", filter.level.clone(), ""),
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
        // No character of UTF-8 has the byte 255, so this range holds what begins with the word and nothing else.
        let (from, to) = (word.as_bytes().to_vec(), [word.as_bytes(), &[u8::MAX]].concat());
        query
            .push(" AND w.id IN (SELECT workshop_id FROM page_words WHERE word >= ")
            .push_bind(from);
        query.push(" AND word < ").push_bind(to).push(")");
    }
}
