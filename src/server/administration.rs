//! What administrators change. Every function begins by asking whether it is one.

use super::content::Text;
use super::request::Request;
use super::store::content::{self, Content as Stored};
use super::store::people::{self, Account, Role};
use super::store::squads::{self, Squad};
use super::store::{StoreError, audit, capabilities};
use super::{clock, views};
use crate::api::ApiError;
use crate::api::account::{parse_email, parse_password};
use crate::api::admin::{AccountRole, AccountRow, AdminView, AuditLine, AuditView, CapabilityRow, Content, SquadRow, TribeRow};
use crate::domain::ids::{AccountId, SquadId, TribeId};
use crate::domain::text::{Markdown, PersonName, SquadName, TribeName};
use crate::domain::time::Timestamp;

/// How many changes a page of the audit shows.
const AUDIT_PAGE: u32 = 50;

impl From<Role> for AccountRole {
    fn from(role: Role) -> Self {
        match role {
            Role::Administrator => Self::Administrator,
            Role::Facilitator => Self::Facilitator,
            Role::Viewer => Self::Viewer,
        }
    }
}

impl From<AccountRole> for Role {
    fn from(role: AccountRole) -> Self {
        match role {
            AccountRole::Administrator => Self::Administrator,
            AccountRole::Facilitator => Self::Facilitator,
            AccountRole::Viewer => Self::Viewer,
        }
    }
}

/// The administration page.
pub async fn view(request: &Request) -> Result<AdminView, ApiError> {
    request.administrator()?;
    let db = &request.app.db;
    let tribes: Vec<TribeRow> = squads::tribes(db)
        .await?
        .into_iter()
        .map(|t| TribeRow { id: t.id, name: t.name })
        .collect();
    let squads = squads::all(db).await?.into_iter().map(|s| SquadRow {
        id: s.id,
        name: s.name,
        slug: s.slug,
        archived: s.archived_at.is_some(),
        tribe: s.tribe_id.zip(s.tribe_name).map(|(id, name)| TribeRow { id, name }),
    });
    let accounts = people::all(db).await?.into_iter().map(|a| AccountRow {
        id: a.id,
        name: a.name,
        email: a.email,
        role: a.role.into(),
        active: a.active,
    });
    let mut content = Vec::new();
    for text in Text::ALL {
        content.push(Content {
            key: text.key().to_owned(),
            title: text.title().to_owned(),
            body: text.body(db).await?,
        });
    }
    let capabilities = capabilities::all(db).await?.into_iter().map(|row| CapabilityRow {
        id: row.id,
        title: row.title,
        summary: row.summary,
        items: row.items,
    });
    Ok(AdminView {
        me: request.me(),
        tribes,
        squads: squads.collect(),
        accounts: accounts.collect(),
        capabilities: capabilities.collect(),
        content,
    })
}

/// What somebody has changed, to be written down with the change.
pub fn line(by: &Account, what: String) -> audit::Line {
    audit::Line {
        id: clock::fresh_id().to_string(),
        at: clock::now().0,
        account_id: by.id,
        who: by.name.clone(),
        what,
    }
}

/// What was changed by whom, the newest first.
pub async fn changes(request: &Request, page: u32) -> Result<AuditView, ApiError> {
    request.administrator()?;
    let db = &request.app.db;
    let offset = page.saturating_sub(1).saturating_mul(AUDIT_PAGE);
    let lines = audit::newest(db, AUDIT_PAGE, offset).await?.into_iter().map(|line| AuditLine {
        at: Timestamp(line.at),
        who: line.who,
        what: line.what,
    });
    Ok(AuditView {
        me: request.me(),
        lines: lines.collect(),
        total: u32::try_from(audit::count(db).await?).unwrap_or(u32::MAX),
        per_page: AUDIT_PAGE,
    })
}

/// Creates a tribe.
pub async fn create_tribe(request: &Request, name: &str) -> Result<(), ApiError> {
    let me = request.administrator()?;
    let name = TribeName::parse(name)?;
    let fresh = TribeId::new(clock::fresh_id());
    let line = line(me, format!("Created the tribe {name}"));
    let tribe = squads::create_tribe(&request.app.db, fresh, name.as_str(), clock::now().0, &line).await?;
    if tribe.id == fresh {
        Ok(())
    } else {
        Err(ApiError::Refused(format!("There is a tribe named {} already.", tribe.name)))
    }
}

/// Creates a squad.
pub async fn create_squad(request: &Request, name: &str, tribe: &str) -> Result<(), ApiError> {
    let me = request.administrator()?;
    let name = SquadName::parse(name)?;
    let fresh = SquadId::new(clock::fresh_id());
    let line = line(me, format!("Created the squad {name}"));
    let squad = squads::create(&request.app.db, fresh, name.as_str(), tribe_id(tribe)?, clock::now().0, &line).await?;
    if squad.id == fresh {
        Ok(())
    } else {
        Err(ApiError::Refused(format!("There is a squad named {} already.", squad.name)))
    }
}

/// Moves a squad to a tribe, or out of all.
pub async fn set_tribe(request: &Request, squad: SquadId, tribe: &str) -> Result<(), ApiError> {
    let me = request.administrator()?;
    let db = &request.app.db;
    let tribe = tribe_id(tribe)?;
    let moved = named(request, squad).await?;
    let place = squads::tribes(db).await?.into_iter().find(|one| Some(one.id) == tribe);
    let place = place.map_or("out of its tribe".to_owned(), |tribe| format!("to the tribe {}", tribe.name));
    let line = line(me, format!("Moved the squad {} {place}", moved.name));
    squads::set_tribe(db, squad, tribe, Some(&line))
        .await
        .map_err(|error| gone(error, "This squad or tribe"))
}

/// A squad that is there and was not merged.
async fn named(request: &Request, squad: SquadId) -> Result<Squad, ApiError> {
    let all = squads::all(&request.app.db).await?;
    let found = all.into_iter().find(|one| one.id == squad);
    found.ok_or_else(|| gone(StoreError::Missing, "This squad"))
}

/// Gives a squad another name. What is published keeps the name that it was published under.
pub async fn rename_squad(request: &Request, squad: SquadId, name: &str) -> Result<(), ApiError> {
    let me = request.administrator()?;
    let name = SquadName::parse(name)?;
    let before = named(request, squad).await?.name;
    let line = line(me, format!("Renamed the squad {before} to {name}"));
    squads::rename(&request.app.db, squad, name.as_str(), &line)
        .await
        .map_err(|error| refused(error, "This squad", &format!("There is a squad named {name} already.")))
}

/// Gives a tribe another name.
pub async fn rename_tribe(request: &Request, tribe: TribeId, name: &str) -> Result<(), ApiError> {
    let me = request.administrator()?;
    let name = TribeName::parse(name)?;
    let all = squads::tribes(&request.app.db).await?;
    let before = all.into_iter().find(|one| one.id == tribe).map(|one| one.name).unwrap_or_default();
    let line = line(me, format!("Renamed the tribe {before} to {name}"));
    squads::rename_tribe(&request.app.db, tribe, name.as_str(), &line)
        .await
        .map_err(|error| refused(error, "This tribe", &format!("There is a tribe named {name} already.")))
}

/// Archives a squad, or brings it back.
pub async fn archive_squad(request: &Request, squad: SquadId, archived: bool) -> Result<(), ApiError> {
    let me = request.administrator()?;
    let name = named(request, squad).await?.name;
    let at = archived.then(|| clock::now().0);
    let act = if archived { "Archived" } else { "Brought back" };
    let line = line(me, format!("{act} the squad {name}"));
    squads::archive(&request.app.db, squad, at, Some(&line))
        .await
        .map_err(|error| gone(error, "This squad"))
}

/// Gives everything of a squad to another one.
pub async fn merge_squads(request: &Request, squad: SquadId, into: &str) -> Result<(), ApiError> {
    let me = request.administrator()?;
    let choose = || ApiError::Refused("Choose the squad that takes over from the list.".to_owned());
    let into = into.parse().ok().filter(|into| *into != squad).ok_or_else(choose)?;
    let (from, to) = (named(request, squad).await?.name, named(request, into).await?.name);
    let line = line(me, format!("Merged the squad {from} into {to}"));
    squads::merge(&request.app.db, squad, into, clock::now().0, &line)
        .await
        .map_err(|error| gone(error, "One of these squads"))
}

/// Creates an account.
pub async fn create_account(request: &Request, name: &str, email: &str, role: AccountRole, password: &str) -> Result<(), ApiError> {
    let me = request.administrator()?;
    let (name, email, password) = (PersonName::parse(name)?, parse_email(email)?, parse_password(password)?);
    let account = views::new_account(name, email, password, role.into()).await?;
    let line = line(me, format!("Created the account {} ({})", account.email, role.name()));
    people::create_for(&request.app.db, &account, &line)
        .await
        .map_err(|error| refused(error, "This account", "There is an account with this address already."))
}

/// Two administrators who take the role from each other in the same moment must not both find the other one.
static TURN: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// Changes an account; the last active administrator stays one.
pub async fn change_account(request: &Request, id: AccountId, role: AccountRole, active: bool) -> Result<(), ApiError> {
    let me = request.administrator()?;
    let _turn = TURN.lock().await;
    let db = &request.app.db;
    let accounts = people::all(db).await?;
    let account = accounts
        .iter()
        .find(|a| a.id == id)
        .ok_or_else(|| ApiError::NotFound("This account does not exist.".to_owned()))?;
    let leads = |role: Role, active: bool| active && role == Role::Administrator;
    let another = accounts.iter().any(|a| a.id != id && leads(a.role, a.active));
    if leads(account.role, account.active) && !leads(role.into(), active) && !another {
        return Err(ApiError::Refused(
            "This is the last administrator. Make another one first.".to_owned(),
        ));
    }
    let state = if active { "active" } else { "not active" };
    let line = line(me, format!("Set the account {} to {}, {state}", account.email, role.name()));
    people::change(db, id, &account.name, role.into(), active, Some(&line))
        .await
        .map_err(|error| gone(error, "This account"))
}

/// Saves a text of the organisation.
pub async fn save_content(request: &Request, key: &str, body: &str) -> Result<(), ApiError> {
    let me = request.administrator()?;
    let text = Text::from_key(key).ok_or_else(|| ApiError::NotFound("There is no such text.".to_owned()))?;
    let body = Markdown::parse(body)?;
    let line = line(me, format!("Changed the text “{}”", text.title()));
    if body.is_empty() {
        return Ok(content::reset(&request.app.db, text.key(), &line).await?);
    }
    let stored = Stored {
        body: body.as_str().to_owned(),
        updated_at: clock::now().0,
        updated_by: me.name.clone(),
    };
    Ok(content::set(&request.app.db, text.key(), &stored, &line).await?)
}

fn tribe_id(raw: &str) -> Result<Option<TribeId>, ApiError> {
    if raw.is_empty() {
        return Ok(None);
    }
    raw.parse()
        .map(Some)
        .map_err(|_| ApiError::Refused("Choose a tribe from the list.".to_owned()))
}

/// What somebody else has already is refused with a sentence.
fn refused(error: StoreError, what: &str, taken: &str) -> ApiError {
    match error {
        StoreError::Taken(_) => ApiError::Refused(taken.to_owned()),
        other => gone(other, what),
    }
}

fn gone(error: StoreError, what: &str) -> ApiError {
    match error {
        StoreError::Missing => ApiError::NotFound(format!("{what} does not exist any more.")),
        other => other.into(),
    }
}
