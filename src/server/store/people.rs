//! Accounts: the people who sign in. Those who join a checkpoint by its code have none.
//!
//! Callers hand in emails in lower case; the store compares them byte by byte.

use super::error::taken;
use super::sql::{each_db, words};
use super::{Db, StoreError, audit};
use crate::domain::ids::AccountId;

words! {
    /// What an account may do.
    Role {
        /// Everything, accounts and texts included.
        Administrator = "administrator",
        /// Plan, run and publish checkpoints.
        Facilitator = "facilitator",
        /// Read what is published.
        Viewer = "viewer",
    }
}

/// A person who can sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// The address to sign in with, in lower case.
    pub email: String,
    /// The name others see.
    pub name: String,
    /// The argon2 hash of the password, with its parameters.
    pub password_hash: String,
    /// What it may do.
    pub role: Role,
    /// Whether it may sign in.
    pub active: bool,
    /// When it was made, in unix milliseconds.
    pub created_at: i64,
}

/// As it comes out of the table, where truth values are numbers.
#[derive(sqlx::FromRow)]
struct Row {
    id: AccountId,
    email: String,
    name: String,
    password_hash: String,
    role: Role,
    active: i64,
    created_at: i64,
}

impl From<Row> for Account {
    fn from(
        Row {
            id,
            email,
            name,
            password_hash,
            role,
            active,
            created_at,
        }: Row,
    ) -> Self {
        Self {
            id,
            email,
            name,
            password_hash,
            role,
            active: active != 0,
            created_at,
        }
    }
}

/// Adds an account; an email that is in use is [`StoreError::Taken`].
pub async fn create(db: &Db, account: &Account) -> Result<(), StoreError> {
    add(db, account, None).await
}

/// Adds an account for an administrator.
pub async fn create_for(db: &Db, account: &Account, line: &audit::Line) -> Result<(), StoreError> {
    add(db, account, Some(line)).await
}

async fn add(db: &Db, account: &Account, line: Option<&audit::Line>) -> Result<(), StoreError> {
    const SQL: &str = "INSERT INTO accounts (id, email, name, password_hash, role, active, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let mut tx = db.begin().await?;
    each_db!(&mut tx, conn => sqlx::query(SQL)
        .bind(account.id)
        .bind(&account.email)
        .bind(&account.name)
        .bind(&account.password_hash)
        .bind(account.role)
        .bind(i64::from(account.active))
        .bind(account.created_at)
        .execute(&mut **conn)
        .await
        .map(drop)
        .map_err(taken("email")))?;
    audit::add(&mut tx, line).await?;
    Ok(tx.commit().await?)
}

/// The account with this id.
pub async fn by_id(db: &Db, id: AccountId) -> Result<Option<Account>, StoreError> {
    const SQL: &str = "SELECT id, email, name, password_hash, role, active, created_at FROM accounts WHERE id = $1";
    let row: Option<Row> = each_db!(db.read(), pool => sqlx::query_as(SQL).bind(id).fetch_optional(pool).await)?;
    Ok(row.map(Account::from))
}

/// The account with this email, which is in lower case.
pub async fn by_email(db: &Db, email: &str) -> Result<Option<Account>, StoreError> {
    const SQL: &str = "SELECT id, email, name, password_hash, role, active, created_at FROM accounts WHERE email = $1";
    let row: Option<Row> = each_db!(db.read(), pool => sqlx::query_as(SQL).bind(email).fetch_optional(pool).await)?;
    Ok(row.map(Account::from))
}

/// Every account, by name.
pub async fn all(db: &Db) -> Result<Vec<Account>, StoreError> {
    const SQL: &str = "SELECT id, email, name, password_hash, role, active, created_at FROM accounts ORDER BY name, email";
    let rows: Vec<Row> = each_db!(db.read(), pool => sqlx::query_as(SQL).fetch_all(pool).await)?;
    Ok(rows.into_iter().map(Account::from).collect())
}

/// How many accounts there are; none means that this server is new.
pub async fn count(db: &Db) -> Result<i64, StoreError> {
    Ok(each_db!(db.read(), pool => sqlx::query_scalar("SELECT COUNT(*) FROM accounts").fetch_one(pool).await)?)
}

/// Changes name, role and whether the account may sign in; people change their own name without a line.
pub async fn change(db: &Db, id: AccountId, name: &str, role: Role, active: bool, line: Option<&audit::Line>) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE accounts SET name = $2, role = $3, active = $4 WHERE id = $1";
    let mut tx = db.begin().await?;
    let changed = each_db!(&mut tx, conn => sqlx::query(SQL)
        .bind(id).bind(name).bind(role).bind(i64::from(active)).execute(&mut **conn).await?.rows_affected());
    if changed == 0 {
        return Err(StoreError::Missing);
    }
    audit::add(&mut tx, line).await?;
    Ok(tx.commit().await?)
}

/// Gives the account another password.
pub async fn set_password(db: &Db, id: AccountId, password_hash: &str) -> Result<(), StoreError> {
    const SQL: &str = "UPDATE accounts SET password_hash = $2 WHERE id = $1";
    let changed = each_db!(db.write(), pool => sqlx::query(SQL).bind(id).bind(password_hash).execute(pool).await?.rows_affected());
    if changed == 0 { Err(StoreError::Missing) } else { Ok(()) }
}
