//! Who somebody is: accounts and their passwords, sessions, and the seat a browser has in a room.

use super::app::AppState;
use super::clock;
use super::error::ServerError;
use super::room::Room;
use super::store::people::{self, Account};
use super::store::workshops;
use crate::domain::code::JoinCode;
use crate::domain::ids::{AccountId, ParticipantId, RequestId, WorkshopId};
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::LazyLock;
use tokio::sync::Semaphore;
use tower_sessions::Session;

const ACCOUNT: &str = "account";
/// Under this name a session holds its seats.
pub(super) const SEATS: &str = "seats";

/// Hashing takes 19 MiB each time, so only so many run at once.
static HASHING: Semaphore = Semaphore::const_new(2);

/// A hash that no password fits, checked for accounts that do not exist, so that both answers take the same time.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash("nobody").unwrap_or_default());

/// The seat that a browser remembers in one checkpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remembered {
    /// The seat.
    pub participant: ParticipantId,
    /// Set while the seat was only asked for; it counts once a facilitator has granted it.
    pub request: Option<RequestId>,
}

/// A seat in a room that is open.
#[derive(Clone, Debug)]
pub struct Seat {
    /// The room.
    pub room: Room,
    /// The person.
    pub participant: ParticipantId,
}

fn argon2() -> Argon2<'static> {
    // OWASP's minimum: 19 MiB, two passes, one lane.
    Argon2::new(
        Algorithm::Argon2id,
        Version::V0x13,
        Params::new(19 * 1024, 2, 1, None).unwrap_or_default(),
    )
}

fn hash(password: &str) -> Result<String, ServerError> {
    let salt = SaltString::encode_b64(&clock::random_bits().to_be_bytes()).map_err(|error| ServerError::Password(error.to_string()))?;
    let hash = argon2()
        .hash_password(password.as_bytes(), &salt)
        .map_err(|error| ServerError::Password(error.to_string()))?;
    Ok(hash.to_string())
}

fn fits(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| argon2().verify_password(password.as_bytes(), &hash).is_ok())
}

/// Hashes a password, away from the tasks that serve people.
pub async fn hash_password(password: String) -> Result<String, ServerError> {
    off_thread(move || hash(&password)).await?
}

async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, ServerError> {
    let _permit = HASHING.acquire().await.map_err(|error| ServerError::Password(error.to_string()))?;
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| ServerError::Password(error.to_string()))
}

/// Whether a password belongs to an account; an unknown account takes as long as a wrong password.
pub async fn check_password(account: Option<&Account>, password: String) -> Result<bool, ServerError> {
    let hash = account
        .filter(|a| a.active)
        .map_or_else(|| NOBODY.clone(), |a| a.password_hash.clone());
    off_thread(move || fits(&password, &hash)).await
}

/// Signs an account in: the session gets a new id, so that one planted before is worth nothing.
pub async fn sign_in(session: &Session, account: AccountId) -> Result<(), ServerError> {
    session.cycle_id().await?;
    session.insert(ACCOUNT, account).await?;
    Ok(())
}

/// Ends the session, with all it remembers.
pub async fn sign_out(session: &Session) -> Result<(), ServerError> {
    session.flush().await?;
    Ok(())
}

/// The account that is signed in and still active.
pub async fn account(app: &AppState, session: &Session) -> Result<Option<Account>, ServerError> {
    let Some(id) = session.get::<AccountId>(ACCOUNT).await? else {
        return Ok(None);
    };
    Ok(people::by_id(&app.db, id).await?.filter(|account| account.active))
}

/// Remembers a seat in this browser.
pub async fn remember(session: &Session, workshop: WorkshopId, seat: Remembered) -> Result<(), ServerError> {
    let mut seats = remembered(session).await?;
    seats.insert(workshop, seat);
    session.insert(SEATS, seats).await?;
    Ok(())
}

/// All seats that this browser remembers.
pub async fn remembered(session: &Session) -> Result<HashMap<WorkshopId, Remembered>, ServerError> {
    Ok(session.get(SEATS).await?.unwrap_or_default())
}

/// The room behind a code, if there is one.
pub async fn room(app: &AppState, code: &str) -> Result<Option<Room>, ServerError> {
    let Some(code) = JoinCode::parse(code) else { return Ok(None) };
    if let Some(room) = app.hub.rehearsals().room(&code) {
        return Ok(Some(room));
    }
    let Some(row) = workshops::by_code(&app.db, code.as_str()).await? else {
        return Ok(None);
    };
    Ok(Some(app.hub.room(row.id).await?))
}

/// The seat that this session has in the room behind the code: remembered by the browser, or belonging to the account.
pub async fn seat(app: &AppState, session: &Session, code: &str) -> Result<Option<Seat>, ServerError> {
    let Some(room) = room(app, code).await? else { return Ok(None) };
    Ok(seat_in(app, session, &room).await?.map(|participant| Seat { room, participant }))
}

/// The same for a room that is known already.
pub async fn seat_in(app: &AppState, session: &Session, room: &Room) -> Result<Option<ParticipantId>, ServerError> {
    if let Some(seat) = remembered(session).await?.get(&room.id()) {
        let granted = room.grants(seat.participant, seat.request).await;
        if granted.ok_or(ServerError::RoomSilent)? {
            return Ok(Some(seat.participant));
        }
    }
    match account(app, session).await? {
        Some(account) => Ok(room.seat_of(account.id).await),
        None => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_fits_its_own_hash_only() {
        let stored = hash("correct horse battery").unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(fits("correct horse battery", &stored));
        assert!(!fits("correct horse batterx", &stored));
        assert!(!fits("nobody", "not a hash"));
    }
}
