//! How often something may be tried. Keys are accounts, codes and sessions, never addresses: a squad shares one office address.

use governor::{DefaultDirectRateLimiter, DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

/// The limits of one process.
#[derive(Clone, Debug)]
pub struct Limits {
    sign_in: Arc<DefaultKeyedRateLimiter<String>>,
    join: Arc<DefaultKeyedRateLimiter<String>>,
    guess: Arc<DefaultDirectRateLimiter>,
    change: Arc<DefaultKeyedRateLimiter<String>>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            sign_in: limiter(10, Duration::from_secs(20)),
            join: limiter(30, Duration::from_secs(2)),
            change: limiter(60, Duration::from_secs(2)),
            guess: Arc::new(RateLimiter::direct(quota(50, Duration::from_secs(2)))),
        }
    }
}

impl Limits {
    /// Whether another sign-in to this account may be tried: ten at once, then one in twenty seconds.
    #[must_use]
    pub fn may_sign_in(&self, email: &str) -> bool {
        self.sign_in.check_key(&email.to_lowercase()).is_ok()
    }

    /// Whether this session may try another join code: thirty at once, then one in two seconds.
    #[must_use]
    pub fn may_join(&self, session: &str) -> bool {
        self.join.check_key(&session.to_owned()).is_ok()
    }

    /// Whether another wrong code from a browser without a session is worth a session: fifty at once, then one in two seconds.
    #[must_use]
    pub fn may_guess(&self) -> bool {
        self.guess.check().is_ok()
    }

    /// Whether another change may be made with this link, or with this code: sixty at once, then one in two seconds.
    #[must_use]
    pub fn may_change(&self, link: &str) -> bool {
        self.change.check_key(&link.to_owned()).is_ok()
    }

    /// Forgets keys that have not been used lately.
    pub fn tidy(&self) {
        self.sign_in.retain_recent();
        self.join.retain_recent();
        self.change.retain_recent();
    }
}

fn limiter(burst: u32, every: Duration) -> Arc<DefaultKeyedRateLimiter<String>> {
    Arc::new(RateLimiter::keyed(quota(burst, every)))
}

fn quota(burst: u32, every: Duration) -> Quota {
    let quota = Quota::with_period(every).unwrap_or(Quota::per_second(NonZeroU32::MIN));
    quota.allow_burst(NonZeroU32::new(burst).unwrap_or(NonZeroU32::MIN))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_account_is_limited_and_no_other() {
        let limits = Limits::default();
        assert_eq!((0..20).filter(|_| limits.may_sign_in("Ana@example.org")).count(), 10);
        assert!(!limits.may_sign_in("ana@example.org"));
        assert!(limits.may_sign_in("ben@example.org"));
    }
}
