//! Which actions are listed, and in which order.

use sqlx::{Database, Encode, QueryBuilder, Type};

use super::{ActionRow, ChangeRow, Key};
use crate::domain::ids::{SquadId, WorkshopId};
use crate::server::store::sql::each_db;
use crate::server::store::{Db, StoreError};

/// The order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// What is due first, then what has no date.
    #[default]
    Due,
    /// What is open longest, first.
    Age,
    /// What was changed last, first.
    Changed,
}

impl Sort {
    fn sql(self) -> &'static str {
        match self {
            Self::Due => " ORDER BY COALESCE(a.due, '9999'), COALESCE(a.opened_on, ''), a.workshop_id, a.position",
            // Without a day is from before Checkpoint.
            Self::Age => " ORDER BY COALESCE(a.opened_on, ''), COALESCE(a.due, '9999'), a.workshop_id, a.position",
            Self::Changed => " ORDER BY COALESCE(a.changed_at, 0) DESC, a.workshop_id, a.position",
        }
    }
}

/// Which actions to list. What is `None` does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Those of the squad with this slug.
    pub squad: Option<String>,
    /// Those of this owner, whose name is folded.
    pub owner_key: Option<String>,
    /// Those that are due before this day.
    pub due_before: Option<String>,
    /// Those that are done or dropped, instead of those that are open.
    pub closed: bool,
    /// Those that need help from outside, instead of all.
    pub outside: bool,
    /// The order.
    pub sort: Sort,
    /// At most so many.
    pub limit: u32,
    /// Without the first so many.
    pub offset: u32,
}

/// The columns of [`ActionRow`]; what follows are conditions and order.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT a.workshop_id, a.number, a.squad_id, s.slug AS squad_slug, s.name AS squad_name, s.named_outside,
             a.body, a.age, a.status, a.note, a.version FROM actions a JOIN squads s ON s.id = a.squad_id ",
            $rest
        )
    };
}

/// The actions that pass the filter, in its order.
pub async fn list(db: &Db, filter: &Filter) -> Result<Vec<ActionRow>, StoreError> {
    Ok(each_db!(db.read(), pool => {
        let mut query = QueryBuilder::new(select!(""));
        conditions(&mut query, filter);
        query.push(filter.sort.sql());
        query.push(" LIMIT ").push_bind(i64::from(filter.limit)).push(" OFFSET ").push_bind(i64::from(filter.offset));
        query.build_query_as().fetch_all(pool).await
    })?)
}

/// How many actions pass the filter, on all its pages.
pub async fn count(db: &Db, filter: &Filter) -> Result<i64, StoreError> {
    Ok(each_db!(db.read(), pool => {
        let mut query = QueryBuilder::new("SELECT COUNT(*) FROM actions a");
        conditions(&mut query, filter);
        query.build_query_scalar().fetch_one(pool).await
    })?)
}

/// One action.
pub async fn by_key(db: &Db, key: Key) -> Result<Option<ActionRow>, StoreError> {
    const SQL: &str = select!("WHERE a.workshop_id = $1 AND a.number = $2");
    Ok(each_db!(db.read(), pool => sqlx::query_as(SQL).bind(key.workshop).bind(i64::from(key.number.0)).fetch_optional(pool).await)?)
}

/// What a squad has open from checkpoints up to a day, leaving out the one that asks: the oldest first.
pub async fn of_squad_before(db: &Db, squad: SquadId, until: &str, not: WorkshopId, limit: u32) -> Result<Vec<ActionRow>, StoreError> {
    const SQL: &str = select!(
        "JOIN workshops w ON w.id = a.workshop_id
         WHERE a.squad_id = $1 AND a.status IN ('not_started', 'in_progress') AND w.held_on <= $2 AND w.id <> $3
         ORDER BY COALESCE(a.opened_on, ''), w.created_at, w.id, a.position LIMIT $4"
    );
    Ok(each_db!(db.read(), pool => sqlx::query_as(SQL)
        .bind(squad).bind(until).bind(not).bind(i64::from(limit)).fetch_all(pool).await)?)
}

/// Whether anything is known of a squad's actions, from another checkpoint than the one that asks.
pub async fn any_of_squad(db: &Db, squad: SquadId, not: WorkshopId) -> Result<bool, StoreError> {
    const SQL: &str = "SELECT number FROM actions WHERE squad_id = $1 AND workshop_id <> $2 LIMIT 1";
    let found: Option<i64> = each_db!(db.read(), pool => sqlx::query_scalar(SQL).bind(squad).bind(not).fetch_optional(pool).await)?;
    Ok(found.is_some())
}

/// The changes of these actions, the last first.
pub async fn changes(db: &Db, keys: &[Key]) -> Result<Vec<ChangeRow>, StoreError> {
    if keys.is_empty() {
        return Ok(vec![]);
    }
    Ok(each_db!(db.read(), pool => {
        let mut query = QueryBuilder::new(
            "SELECT c.workshop_id, c.number, c.at, c.who, c.place, w.held_on, c.old_status, c.new_status, c.note
             FROM action_changes c LEFT JOIN workshops w ON w.id = c.checkpoint WHERE ",
        );
        for (n, key) in keys.iter().enumerate() {
            query.push(if n == 0 { "(c.workshop_id = " } else { " OR (c.workshop_id = " }).push_bind(key.workshop);
            query.push(" AND c.number = ").push_bind(i64::from(key.number.0)).push(")");
        }
        query.push(" ORDER BY c.workshop_id, c.number, c.version DESC");
        query.build_query_as().fetch_all(pool).await
    })?)
}

/// The conditions of a filter. Only those that are asked for stand in the statement, so that an index can serve them.
fn conditions<DB: Database>(query: &mut QueryBuilder<DB>, filter: &Filter)
where
    for<'q> String: Encode<'q, DB> + Type<DB>,
{
    let texts = [
        ("a.squad_id = (SELECT id FROM squads WHERE slug = ", filter.squad.clone(), ")"),
        ("a.owner_key = ", filter.owner_key.clone(), ""),
        ("a.due < ", filter.due_before.clone(), ""),
    ];
    query.push(if filter.closed {
        " WHERE a.status IN ('done', 'dropped')"
    } else {
        " WHERE a.status IN ('not_started', 'in_progress')"
    });
    if filter.outside {
        query.push(" AND a.outside = 1");
    }
    for (before, value, after) in texts {
        if let Some(value) = value {
            query.push(" AND ").push(before).push_bind(value).push(after);
        }
    }
}
