//! Time and fresh ids: the only place that asks the machine for either.
#![expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock and draws ids")]

use crate::domain::code::JoinCode;
use crate::domain::time::Timestamp;
use std::time::{SystemTime, UNIX_EPOCH};
use uuid::Uuid;

/// The time of day.
#[must_use]
pub fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// Today's date (UTC).
#[must_use]
pub fn today() -> chrono::NaiveDate {
    chrono::DateTime::from_timestamp_millis(now().0).unwrap_or_default().date_naive()
}

/// An id that sorts by the time it was made.
#[must_use]
pub fn fresh_id() -> Uuid {
    Uuid::now_v7()
}

/// An id that says nothing of the time it was made.
#[must_use]
pub fn random_id() -> Uuid {
    Uuid::new_v4()
}

/// 122 random bits from the operating system.
#[must_use]
pub fn random_bits() -> u128 {
    // The fixed bits of a version 4 UUID stand above the 60 that a join code takes.
    Uuid::new_v4().as_u128()
}

/// A join code that nobody can guess.
#[must_use]
pub fn fresh_code() -> JoinCode {
    JoinCode::from_bits(random_bits())
}

/// A secret for an address that opens by itself: 244 random bits.
#[must_use]
pub fn fresh_secret() -> String {
    format!("{}{}", fresh_token(), fresh_token())
}

/// A token that nobody can guess, for the one-time set-up.
#[must_use]
pub fn fresh_token() -> String {
    Uuid::new_v4().simple().to_string()
}
