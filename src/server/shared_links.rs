//! A squad's page, and the link by which its members without an account keep their actions up to date.

use super::actions::lines;
use super::administration::line;
use super::error::ServerError;
use super::request::Request;
use super::store::actions::{Filter as Rows, Sort};
use super::store::links::{self, Link};
use super::store::squads::{self, Squad};
use super::{clock, feedback, trends, views};
use crate::api::ApiError;
use crate::api::actions::{Line, LinkView, SharedLink, SquadView};
use crate::domain::text::{DisplayName, day};
use crate::domain::time::Timestamp;
use chrono::{DateTime, NaiveDate};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// How long a link opens, in milliseconds: 120 days, until after the next quarterly checkpoint.
const OPENS: i64 = 120 * 24 * 60 * 60 * 1000;
/// How many actions of a squad its page shows.
const MOST: u32 = 200;
/// Under this key a session keeps the name that somebody with a link gave.
const NAME: &str = "link_name";

const NO_SQUAD: &str = "There is no squad at this address. Look for it among the checkpoints.";

/// The squad at this address.
pub async fn squad_at(request: &Request, slug: &str) -> Result<Squad, ApiError> {
    let found = squads::by_slug(&request.app.db, slug).await?;
    found.ok_or_else(no_squad)
}

fn no_squad() -> ApiError {
    ApiError::NotFound(NO_SQUAD.to_owned())
}

/// A squad's page. Only a token that opens this squad's actions is shown, whatever stands in the address.
pub async fn squad(request: &Request, slug: &str, closed: bool, token: &str) -> Result<SquadView, ApiError> {
    request.signed_in()?;
    let db = &request.app.db;
    let squad = squad_at(request, slug).await?;
    let link = match request.facilitator() {
        Ok(_) => links::of_squad(db, squad.id, clock::now().0).await?,
        Err(_) => None,
    };
    let link = link.map(|link| SharedLink {
        until: date(link.expires_at),
        address: (link.token_hash == hash(token)).then(|| format!("{}/actions/{token}", request.app.config.base_url)),
        by: link.made_by,
    });
    Ok(SquadView {
        me: request.me(),
        lines: of_squad(request, &squad.slug, closed).await?,
        past: views::past_of(db, &squad.slug).await?,
        trend: trends::of_squad(db, &squad).await?,
        link,
        named: squads::named_outside(db, squad.id).await?,
        worth: feedback::of_squad(db, squad.id).await?,
        name: squad.name,
        slug: squad.slug,
        tribe: squad.tribe_name,
    })
}

async fn of_squad(request: &Request, slug: &str, closed: bool) -> Result<Vec<Line>, ServerError> {
    let rows = Rows {
        squad: Some(slug.to_owned()),
        closed,
        sort: if closed { Sort::Changed } else { Sort::Due },
        limit: MOST,
        ..Rows::default()
    };
    lines(&request.app.db, &rows).await
}

/// Makes a link; the address of the page that shows it.
pub async fn make(request: &Request, slug: &str) -> Result<String, ApiError> {
    let me = request.facilitator()?;
    let squad = squad_at(request, slug).await?;
    let (token, now) = (clock::fresh_token(), clock::now().0);
    let link = Link {
        token_hash: hash(&token),
        squad_id: squad.id,
        made_by: me.name.clone(),
        made_at: now,
        expires_at: now + OPENS,
        revoked_at: None,
    };
    let by = line(me, format!("Made a link to the actions of {}", squad.name));
    links::make(&request.app.db, &link, &by).await?;
    tracing::info!(squad.id = %squad.id, account.id = %me.id, "a link to a squad's actions was made");
    Ok(format!("/squads/{}?link={token}", squad.slug))
}

/// Takes a squad's link back.
pub async fn revoke(request: &Request, slug: &str) -> Result<(), ApiError> {
    let me = request.facilitator()?;
    let squad = squad_at(request, slug).await?;
    let by = line(me, format!("Took back the link to the actions of {}", squad.name));
    Ok(links::revoke(&request.app.db, squad.id, clock::now().0, &by).await?)
}

/// Says whether a squad may be named beside what it needs from outside.
pub async fn name_outside(request: &Request, slug: &str, named: bool) -> Result<(), ApiError> {
    request.facilitator()?;
    let squad = squad_at(request, slug).await?;
    Ok(squads::set_named_outside(&request.app.db, squad.id, named).await?)
}

/// What whoever has the link reads.
pub async fn view(request: &Request, token: &str, closed: bool) -> Result<LinkView, ApiError> {
    let link = open(request, token).await?;
    let all = squads::all(&request.app.db).await?;
    let squad = all.into_iter().find(|squad| squad.id == link.squad_id);
    let squad = squad.ok_or_else(no_squad)?;
    let kept = request.session.get::<String>(NAME).await.map_err(ServerError::from)?;
    let account = request.account.as_ref().map(|account| account.name.clone());
    Ok(LinkView {
        lines: of_squad(request, &squad.slug, closed).await?,
        squad: squad.name,
        name: kept.or(account).unwrap_or_default(),
        until: date(link.expires_at),
    })
}

/// The link of this token, if it opens; whoever guesses is limited.
async fn open(request: &Request, token: &str) -> Result<Link, ApiError> {
    let refused = |sentence: String| Err(ApiError::NotFound(sentence));
    match links::by_hash(&request.app.db, &hash(token)).await? {
        None if !request.app.limits.may_guess() => Err(ApiError::TooOften),
        None => refused("There is no such link. Check that all of it was copied, or ask your facilitator for it.".to_owned()),
        Some(link) if link.revoked_at.is_some() => refused("This link was taken back. Ask your facilitator for the new one.".to_owned()),
        Some(link) if link.expires_at <= clock::now().0 => {
            let ended = day(date(link.expires_at));
            refused(format!("This link ended on {ended}. Ask your facilitator for a new one."))
        }
        Some(link) => Ok(link),
    }
}

/// The same for somebody who changes something: a link takes only so many changes.
pub async fn open_to_write(request: &Request, token: &str) -> Result<Link, ApiError> {
    let link = open(request, token).await?;
    if request.app.limits.may_change(&link.token_hash) {
        Ok(link)
    } else {
        Err(ApiError::TooOften)
    }
}

/// Keeps the name that somebody with a link gave, for the next form.
pub async fn remember_name(request: &Request, name: &DisplayName) -> Result<(), ServerError> {
    Ok(request.session.insert(NAME, name.as_str()).await?)
}

/// What stands in the row of a link instead of its token.
pub(super) fn hash(token: &str) -> String {
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(token.as_bytes()) {
        // Writing to a String cannot fail.
        write!(hex, "{byte:02x}").ok();
    }
    hex
}

/// The day of a time.
pub(super) fn date(at: i64) -> NaiveDate {
    DateTime::from_timestamp_millis(Timestamp(at).0).unwrap_or_default().date_naive()
}
