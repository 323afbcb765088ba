//! The one-time token that lets the first person in. It lives in memory only and is worth nothing once an account exists.

use super::clock;
use super::store::{Db, StoreError, people};
use std::sync::Arc;
use tokio::sync::{Mutex, MutexGuard};

/// The token of this run; none once there is an account.
#[derive(Clone, Debug, Default)]
pub struct SetupToken {
    token: Option<Arc<str>>,
    turn: Arc<Mutex<()>>,
}

impl SetupToken {
    /// A fresh token if the database has no account yet.
    pub async fn if_needed(db: &Db) -> Result<Self, StoreError> {
        let first_start = people::count(db).await? == 0;
        Ok(Self {
            token: first_start.then(|| clock::fresh_token().into()),
            turn: Arc::default(),
        })
    }

    /// The token, for the operator's terminal.
    #[must_use]
    pub fn shown(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// One after the other, please: two who set up at once must not both find a database without accounts.
    pub async fn turn(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().await
    }

    /// Whether this is the token. Tokens are compared by their hash, so that the time it takes tells nothing.
    #[must_use]
    pub fn fits(&self, typed: &str) -> bool {
        use sha2::{Digest, Sha256};
        self.token
            .as_deref()
            .is_some_and(|token| Sha256::digest(token) == Sha256::digest(typed.trim()))
    }
}
