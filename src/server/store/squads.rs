//! Squads and the tribes they belong to. Both are found by their name, however it is capitalised or spaced.
//!
//! A squad that was merged into another answers with the other, whether it is looked for by name or by address.

use super::error::taken;
use super::sql::{Tx, each_db};
use super::{Db, StoreError, audit};
use crate::domain::ids::{SquadId, TribeId};

/// A squad, with its tribe.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Squad {
    /// Its id.
    pub id: SquadId,
    /// Its name in addresses.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// The tribe it belongs to, if any.
    pub tribe_id: Option<TribeId>,
    /// The name of that tribe.
    pub tribe_name: Option<String>,
    /// When it was made, in unix milliseconds.
    pub created_at: i64,
    /// When it was archived; an archived squad is offered nowhere.
    pub archived_at: Option<i64>,
}

/// A group of squads.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Tribe {
    /// Its id.
    pub id: TribeId,
    /// Its name.
    pub name: String,
    /// When it was made, in unix milliseconds.
    pub created_at: i64,
}

/// How often a slug is chosen anew when another instance of the server was quicker.
const TRIES: u32 = 5;

/// The columns of [`Squad`], of the squad that `o` was merged into, or of itself; what follows are conditions.
macro_rules! answering {
    ($conditions:literal) => {
        concat!(
            "SELECT s.id, s.slug, s.name, s.tribe_id, t.name AS tribe_name, s.created_at, s.archived_at
             FROM squads o JOIN squads s ON s.id = COALESCE(o.merged_into, o.id) LEFT JOIN tribes t ON t.id = s.tribe_id ",
            $conditions
        )
    };
}

/// The squad of this name; if there is none it is made, with the id and the tribe given here.
pub async fn find_or_create(db: &Db, id: SquadId, name: &str, tribe: Option<TribeId>, now: i64) -> Result<Squad, StoreError> {
    found_or_made(db, id, name, tribe, now, None).await
}

/// The same for an administrator: the line is kept if the squad is made.
pub async fn create(db: &Db, id: SquadId, name: &str, tribe: Option<TribeId>, now: i64, line: &audit::Line) -> Result<Squad, StoreError> {
    found_or_made(db, id, name, tribe, now, Some(line)).await
}

async fn found_or_made(
    db: &Db,
    id: SquadId,
    name: &str,
    tribe: Option<TribeId>,
    now: i64,
    line: Option<&audit::Line>,
) -> Result<Squad, StoreError> {
    for _ in 0..TRIES {
        let mut tx = db.begin().await?;
        if let Some(squad) = find(&mut tx, name).await? {
            return Ok(squad);
        }
        match make(&mut tx, id, name, tribe, now).await {
            Ok(()) => {
                audit::add(&mut tx, line).await?;
                tx.commit().await?;
            }
            // Somebody made the squad, or took the slug, since we looked.
            Err(error)
                if error
                    .as_database_error()
                    .is_some_and(sqlx::error::DatabaseError::is_unique_violation) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(StoreError::Taken("slug"))
}

/// The squad of this name.
pub(super) async fn find(tx: &mut Tx, name: &str) -> Result<Option<Squad>, sqlx::Error> {
    const SQL: &str = answering!("WHERE o.name_key = $1");
    let key = tidy(name).to_lowercase();
    each_db!(tx, conn => sqlx::query_as(SQL).bind(&key).fetch_optional(&mut **conn).await)
}

/// Makes a squad.
pub(super) async fn make(tx: &mut Tx, id: SquadId, name: &str, tribe: Option<TribeId>, now: i64) -> Result<(), sqlx::Error> {
    const SQL: &str = "INSERT INTO squads (id, slug, name, name_key, tribe_id, created_at) VALUES ($1, $2, $3, $4, $5, $6)";
    let name = tidy(name);
    let slug = free_slug(tx, &slug(&name)).await?;
    each_db!(tx, conn => sqlx::query(SQL)
        .bind(id).bind(slug).bind(&name).bind(name.to_lowercase()).bind(tribe).bind(now).execute(&mut **conn).await.map(drop))
}

/// The squad with this name in addresses.
pub async fn by_slug(db: &Db, slug: &str) -> Result<Option<Squad>, StoreError> {
    const SQL: &str = answering!("WHERE o.slug = $1");
    Ok(each_db!(db.read(), pool => sqlx::query_as(SQL).bind(slug).fetch_optional(pool).await)?)
}

/// Every squad that was not merged into another, by name.
pub async fn all(db: &Db) -> Result<Vec<Squad>, StoreError> {
    const SQL: &str = answering!("WHERE o.merged_into IS NULL ORDER BY s.name_key");
    Ok(each_db!(db.read(), pool => sqlx::query_as(SQL).fetch_all(pool).await)?)
}

/// Moves the squad to a tribe, or out of every tribe.
pub async fn set_tribe(db: &Db, squad: SquadId, tribe: Option<TribeId>, line: Option<&audit::Line>) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE squads SET tribe_id = $2 WHERE id = $1";
    let mut tx = db.begin().await?;
    let changed = each_db!(&mut tx, conn => sqlx::query(SQL).bind(squad).bind(tribe).execute(&mut **conn).await?.rows_affected());
    changed_one(tx, changed, line).await
}

/// Makes a change durable with its line, if it found its row.
async fn changed_one(mut tx: Tx, changed: u64, line: Option<&audit::Line>) -> Result<(), StoreError> {
    if changed == 0 {
        return Err(StoreError::Missing);
    }
    audit::add(&mut tx, line).await?;
    Ok(tx.commit().await?)
}

/// Gives the squad another name; its address stays. A name that another one has, or had before it was merged, is [`StoreError::Taken`].
pub async fn rename(db: &Db, squad: SquadId, name: &str, line: &audit::Line) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE squads SET name = $2, name_key = $3 WHERE id = $1 AND merged_into IS NULL";
    let name = tidy(name);
    let key = name.to_lowercase();
    let mut tx = db.begin().await?;
    let changed = each_db!(&mut tx, conn => sqlx::query(SQL)
        .bind(squad).bind(&name).bind(&key).execute(&mut **conn).await.map(|done| done.rows_affected()).map_err(taken("name")))?;
    changed_one(tx, changed, Some(line)).await
}

/// Archives the squad, or with `None` brings it back.
pub async fn archive(db: &Db, squad: SquadId, at: Option<i64>, line: Option<&audit::Line>) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE squads SET archived_at = $2 WHERE id = $1 AND merged_into IS NULL";
    let mut tx = db.begin().await?;
    let changed = each_db!(&mut tx, conn => sqlx::query(SQL).bind(squad).bind(at).execute(&mut **conn).await?.rows_affected());
    changed_one(tx, changed, line).await
}

/// Gives all checkpoints and actions of a squad to another one, and lets it answer in its place from then on.
pub async fn merge(db: &Db, squad: SquadId, into: SquadId, now: i64, line: &audit::Line) -> Result<(), StoreError> {
    const BOTH: &str = "SELECT COUNT(*) FROM squads WHERE id IN ($1, $2) AND merged_into IS NULL";
    const MOVES: [&str; 3] = [
        "UPDATE workshops SET squad_id = $2 WHERE squad_id = $1",
        "UPDATE actions SET squad_id = $2 WHERE squad_id = $1",
        "UPDATE squads SET merged_into = $2 WHERE merged_into = $1",
    ];
    const CLOSE: &str = "UPDATE squad_links SET revoked_at = $2 WHERE squad_id = $1 AND revoked_at IS NULL";
    const LEAVE: &str = "UPDATE squads SET merged_into = $2, archived_at = $3 WHERE id = $1";
    let mut tx = db.begin().await?;
    let both: i64 = each_db!(&mut tx, conn => sqlx::query_scalar(BOTH).bind(squad).bind(into).fetch_one(&mut **conn).await)?;
    if both != 2 {
        return Err(StoreError::Missing);
    }
    for sql in MOVES {
        each_db!(&mut tx, conn => sqlx::query(sql).bind(squad).bind(into).execute(&mut **conn).await.map(drop))?;
    }
    each_db!(&mut tx, conn => sqlx::query(CLOSE).bind(squad).bind(now).execute(&mut **conn).await.map(drop))?;
    each_db!(&mut tx, conn => sqlx::query(LEAVE).bind(squad).bind(into).bind(now).execute(&mut **conn).await.map(drop))?;
    audit::add(&mut tx, line).await?;
    Ok(tx.commit().await?)
}

/// Whether the squad's name may stand beside what it needs from outside.
pub async fn named_outside(db: &Db, squad: SquadId) -> Result<bool, StoreError> {
    const SQL: &str = "SELECT named_outside FROM squads WHERE id = $1";
    let named: Option<i64> = each_db!(db.read(), pool => sqlx::query_scalar(SQL).bind(squad).fetch_optional(pool).await)?;
    Ok(named == Some(1))
}

/// Says whether it may.
pub async fn set_named_outside(db: &Db, squad: SquadId, named: bool) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE squads SET named_outside = $2 WHERE id = $1";
    each_db!(db.write(), pool => sqlx::query(SQL).bind(squad).bind(i64::from(named)).execute(pool).await.map(drop))?;
    Ok(())
}

/// The tribe of this name; if there is none it is made, with the id given here.
pub async fn find_or_create_tribe(db: &Db, id: TribeId, name: &str, now: i64) -> Result<Tribe, StoreError> {
    let mut tx = db.begin().await?;
    let tribe = tribe_in(&mut tx, id, name, now).await?;
    tx.commit().await?;
    Ok(tribe)
}

/// The same for an administrator: the line is kept if the tribe is made.
pub async fn create_tribe(db: &Db, id: TribeId, name: &str, now: i64, line: &audit::Line) -> Result<Tribe, StoreError> {
    let mut tx = db.begin().await?;
    let tribe = tribe_in(&mut tx, id, name, now).await?;
    audit::add(&mut tx, (tribe.id == id).then_some(line)).await?;
    tx.commit().await?;
    Ok(tribe)
}

/// The same as a part of something larger.
pub(super) async fn tribe_in(tx: &mut Tx, id: TribeId, name: &str, now: i64) -> Result<Tribe, sqlx::Error> {
    const MAKE: &str = "INSERT INTO tribes (id, name, name_key, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT (name_key) DO NOTHING";
    const FIND: &str = "SELECT id, name, created_at FROM tribes WHERE name_key = $1";
    let name = tidy(name);
    let key = name.to_lowercase();
    each_db!(&mut *tx, conn => sqlx::query(MAKE).bind(id).bind(&name).bind(&key).bind(now).execute(&mut **conn).await.map(drop))?;
    each_db!(tx, conn => sqlx::query_as(FIND).bind(&key).fetch_one(&mut **conn).await)
}

/// Gives the tribe another name. One that another tribe has is [`StoreError::Taken`].
pub async fn rename_tribe(db: &Db, tribe: TribeId, name: &str, line: &audit::Line) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE tribes SET name = $2, name_key = $3 WHERE id = $1";
    let name = tidy(name);
    let key = name.to_lowercase();
    let mut tx = db.begin().await?;
    let changed = each_db!(&mut tx, conn => sqlx::query(SQL)
        .bind(tribe).bind(&name).bind(&key).execute(&mut **conn).await.map(|done| done.rows_affected()).map_err(taken("name")))?;
    changed_one(tx, changed, Some(line)).await
}

/// Every tribe, by name.
pub async fn tribes(db: &Db) -> Result<Vec<Tribe>, StoreError> {
    const SQL: &str = "SELECT id, name, created_at FROM tribes ORDER BY name_key";
    Ok(each_db!(db.read(), pool => sqlx::query_as(SQL).fetch_all(pool).await)?)
}

/// The name without blanks around it and with single ones inside.
fn tidy(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The name as it can stand in an address: `Zahlungs-Verkehr & Öl` becomes `zahlungs-verkehr-oel`.
fn slug(name: &str) -> String {
    let mut slug = String::new();
    for letter in name.chars().flat_map(char::to_lowercase) {
        match letter {
            'a'..='z' | '0'..='9' => slug.push(letter),
            'ä' => slug.push_str("ae"),
            'ö' => slug.push_str("oe"),
            'ü' => slug.push_str("ue"),
            'ß' => slug.push_str("ss"),
            _ if slug.ends_with('-') => {}
            _ => slug.push('-'),
        }
    }
    match slug.trim_matches('-') {
        "" => "squad".to_owned(),
        slug => slug.to_owned(),
    }
}

/// The slug, or the first of `-2`, `-3`, … that nobody has.
async fn free_slug(tx: &mut Tx, slug: &str) -> Result<String, sqlx::Error> {
    // A slug has only letters, digits and hyphens, so nothing in it means something to LIKE.
    const SQL: &str = "SELECT slug FROM squads WHERE slug = $1 OR slug LIKE $2";
    let used: Vec<String> =
        each_db!(tx, conn => sqlx::query_scalar(SQL).bind(slug).bind(format!("{slug}-%")).fetch_all(&mut **conn).await)?;
    let numbered = (2..).map(|number| format!("{slug}-{number}"));
    Ok(std::iter::once(slug.to_owned())
        .chain(numbered)
        .find(|free| !used.contains(free))
        .unwrap_or_default())
}
