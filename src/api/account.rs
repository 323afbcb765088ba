//! Signing in and out, the first administrator, and one's own settings.
#![expect(
    missing_docs,
    reason = "#[server] turns arguments into public fields that cannot be documented; the functions are"
)]

use super::json::Answer;
use super::{ApiError, Me};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The fewest characters of a password.
pub const SHORTEST_PASSWORD: usize = 12;
const LONGEST_PASSWORD: usize = 200;
const LONGEST_EMAIL: usize = 254;

/// What the sign-in and set-up pages need to know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Door {
    /// Who is signed in.
    pub me: Option<Me>,
    /// Whether the first administrator is still to be created.
    pub setup_open: bool,
}

/// Reads an e-mail address: something, an @, something with a dot.
pub fn parse_email(raw: &str) -> Result<String, ApiError> {
    let email = raw.trim().to_lowercase();
    let shaped = email
        .split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && !host.contains('@') && host.trim_matches('.').contains('.'));
    let clean = email.len() <= LONGEST_EMAIL && !email.contains(char::is_whitespace) && !email.contains(char::is_control);
    if shaped && clean {
        Ok(email)
    } else {
        Err(ApiError::Refused(
            "This is not an e-mail address, such as ana@example.org.".to_owned(),
        ))
    }
}

/// Takes a password that is long enough.
pub fn parse_password(raw: &str) -> Result<String, ApiError> {
    match raw.chars().count() {
        n if n < SHORTEST_PASSWORD => Err(ApiError::Refused(format!(
            "The password is too short: at least {SHORTEST_PASSWORD} characters, please. A few words do well."
        ))),
        n if n > LONGEST_PASSWORD => Err(ApiError::Refused(format!(
            "The password is too long: at most {LONGEST_PASSWORD} characters, please."
        ))),
        _ => Ok(raw.to_owned()),
    }
}

/// An address of this site to go to after signing in; anything else leads home.
#[must_use]
pub fn local_path(next: &str) -> &str {
    let ours = next.starts_with('/') && !next.starts_with("//") && next.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    if ours { next } else { "/" }
}

/// Who is signed in, and whether the product is set up.
#[server(output = Answer)]
pub async fn look_around() -> Result<Door, ApiError> {
    use crate::server::{request::request, store::people};
    let request = request().await?;
    Ok(Door {
        me: request.me(),
        setup_open: people::count(&request.app.db).await? == 0,
    })
}

/// Signs in and goes on to `next`.
#[server(output = Answer)]
pub async fn sign_in(email: String, password: String, #[server(default)] next: String) -> Result<(), ApiError> {
    use crate::server::{auth, request::request, store::people};
    let request = request().await?;
    let unfit = || ApiError::Refused("This address and this password do not belong together.".to_owned());
    // What is no address has no account, and may not become a key of the limit: it can be as long as a body.
    let email = parse_email(&email).map_err(|_| unfit())?;
    if !request.app.limits.may_sign_in(&email) {
        return Err(ApiError::TooOften);
    }
    let account = people::by_email(&request.app.db, &email).await?;
    let fits = auth::check_password(account.as_ref(), password).await?;
    let Some(account) = account.filter(|_| fits) else {
        tracing::info!("a sign-in was refused");
        return Err(unfit());
    };
    auth::sign_in(&request.session, account.id).await?;
    leptos_axum::redirect(local_path(&next));
    Ok(())
}

/// Signs out.
#[server(output = Answer)]
pub async fn sign_out() -> Result<(), ApiError> {
    use crate::server::{auth, request::request};
    auth::sign_out(&request().await?.session).await?;
    leptos_axum::redirect("/");
    Ok(())
}

/// Creates the first administrator and signs them in.
#[server(output = Answer)]
pub async fn set_up(token: String, name: String, email: String, password: String) -> Result<(), ApiError> {
    use crate::domain::text::PersonName;
    use crate::server::store::people::{self, Role};
    use crate::server::{auth, request::request, views};
    let request = request().await?;
    let _turn = request.app.setup.turn().await;
    if people::count(&request.app.db).await? > 0 {
        return Err(ApiError::Refused(
            "Checkpoint is set up already. Sign in, or ask your administrator for an account.".to_owned(),
        ));
    }
    if !request.app.limits.may_sign_in("/setup") {
        return Err(ApiError::TooOften);
    }
    if !request.app.setup.fits(&token) {
        return Err(ApiError::Refused(
            "This is not the token that the server printed when it started.".to_owned(),
        ));
    }
    let (name, email, password) = (PersonName::parse(&name)?, parse_email(&email)?, parse_password(&password)?);
    let account = views::new_account(name, email, password, Role::Administrator).await?;
    people::create(&request.app.db, &account).await?;
    auth::sign_in(&request.session, account.id).await?;
    leptos_axum::redirect("/");
    Ok(())
}

/// Changes one's own name.
#[server(output = Answer)]
pub async fn change_name(name: String) -> Result<(), ApiError> {
    use crate::domain::text::PersonName;
    use crate::server::{request::request, store::people};
    let request = request().await?;
    let me = request.signed_in()?;
    let name = PersonName::parse(&name)?;
    people::change(&request.app.db, me.id, name.as_str(), me.role, me.active, None).await?;
    Ok(())
}

/// Changes one's own password; the old one must be known.
#[server(output = Answer)]
pub async fn change_password(current: String, new: String) -> Result<(), ApiError> {
    use crate::server::{auth, request::request, store::people};
    let request = request().await?;
    let me = request.signed_in()?;
    if !request.app.limits.may_sign_in(&me.email) {
        return Err(ApiError::TooOften);
    }
    let new = parse_password(&new)?;
    if !auth::check_password(Some(me), current).await? {
        return Err(ApiError::Refused("The current password is not right.".to_owned()));
    }
    let hash = auth::hash_password(new).await?;
    people::set_password(&request.app.db, me.id, &hash).await?;
    auth::sign_in(&request.session, me.id).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_people_type_it() {
        assert_eq!(parse_email(" Ana@Example.org ").unwrap(), "ana@example.org");
        for wrong in [
            "",
            "ana",
            "ana@",
            "@example.org",
            "a b@example.org",
            "ana@example",
            "ana@@example.org",
            &format!("{}@e.org", "a".repeat(300)),
        ] {
            assert!(parse_email(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_password_has_a_length() {
        assert!(parse_password("short").unwrap_err().to_string().contains("at least 12"));
        assert!(parse_password(&"x".repeat(201)).unwrap_err().to_string().contains("at most 200"));
        assert_eq!(parse_password(" twelve chars ").unwrap(), " twelve chars ");
    }

    #[test]
    fn after_signing_in_nobody_leaves_the_site() {
        assert_eq!(local_path("/w/ABC"), "/w/ABC");
        for foreign in [
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "javascript:alert(1)",
            "",
            "/a\u{0}",
            "/a b",
            "/é",
        ] {
            assert_eq!(local_path(foreign), "/");
        }
    }
}
