//! What administrators change. Every function begins by asking whether it is one.

use super::content::Text;
use super::request::Request;
use super::store::content::{self, Content as Stored};
use super::store::people::{self, Role};
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

/// Writes down who has changed what.
pub async fn audited(request: &Request, what: String) -> Result<(), ApiError> {
    let me = request.signed_in()?;
    let line = audit::Line {
        at: clock::now().0,
        account_id: me.id,
        who: me.name.clone(),
        what,
    };
    Ok(audit::add(&request.app.db, clock::fresh_id(), &line).await?)
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
    request.administrator()?;
    let name = TribeName::parse(name)?;
    let fresh = TribeId::new(clock::fresh_id());
    let tribe = squads::find_or_create_tribe(&request.app.db, fresh, name.as_str(), clock::now().0).await?;
    if tribe.id == fresh {
        audited(request, format!("Created the tribe {name}")).await
    } else {
        Err(ApiError::Refused(format!("There is a tribe named {} already.", tribe.name)))
    }
}

/// Creates a squad.
pub async fn create_squad(request: &Request, name: &str, tribe: &str) -> Result<(), ApiError> {
    request.administrator()?;
    let name = SquadName::parse(name)?;
    let fresh = SquadId::new(clock::fresh_id());
    let squad = squads::find_or_create(&request.app.db, fresh, name.as_str(), tribe_id(tribe)?, clock::now().0).await?;
    if squad.id == fresh {
        audited(request, format!("Created the squad {name}")).await
    } else {
        Err(ApiError::Refused(format!("There is a squad named {} already.", squad.name)))
    }
}

/// Moves a squad to a tribe, or out of all.
pub async fn set_tribe(request: &Request, squad: SquadId, tribe: &str) -> Result<(), ApiError> {
    request.administrator()?;
    squads::set_tribe(&request.app.db, squad, tribe_id(tribe)?)
        .await
        .map_err(|error| gone(error, "This squad or tribe"))?;
    let moved = named(request, squad).await?;
    let place = moved
        .tribe_name
        .map_or("out of its tribe".to_owned(), |tribe| format!("to the tribe {tribe}"));
    audited(request, format!("Moved the squad {} {place}", moved.name)).await
}

/// A squad that is there and was not merged.
async fn named(request: &Request, squad: SquadId) -> Result<Squad, ApiError> {
    let all = squads::all(&request.app.db).await?;
    let found = all.into_iter().find(|one| one.id == squad);
    found.ok_or_else(|| gone(StoreError::Missing, "This squad"))
}

/// Gives a squad another name. What is published keeps the name that it was published under.
pub async fn rename_squad(request: &Request, squad: SquadId, name: &str) -> Result<(), ApiError> {
    request.administrator()?;
    let name = SquadName::parse(name)?;
    let before = named(request, squad).await?.name;
    squads::rename(&request.app.db, squad, name.as_str())
        .await
        .map_err(|error| refused(error, "This squad", &format!("There is a squad named {name} already.")))?;
    audited(request, format!("Renamed the squad {before} to {name}")).await
}

/// Gives a tribe another name.
pub async fn rename_tribe(request: &Request, tribe: TribeId, name: &str) -> Result<(), ApiError> {
    request.administrator()?;
    let name = TribeName::parse(name)?;
    let all = squads::tribes(&request.app.db).await?;
    let before = all.into_iter().find(|one| one.id == tribe).map(|one| one.name).unwrap_or_default();
    squads::rename_tribe(&request.app.db, tribe, name.as_str())
        .await
        .map_err(|error| refused(error, "This tribe", &format!("There is a tribe named {name} already.")))?;
    audited(request, format!("Renamed the tribe {before} to {name}")).await
}

/// Archives a squad, or brings it back.
pub async fn archive_squad(request: &Request, squad: SquadId, archived: bool) -> Result<(), ApiError> {
    request.administrator()?;
    let name = named(request, squad).await?.name;
    let at = archived.then(|| clock::now().0);
    squads::archive(&request.app.db, squad, at)
        .await
        .map_err(|error| gone(error, "This squad"))?;
    let act = if archived { "Archived" } else { "Brought back" };
    audited(request, format!("{act} the squad {name}")).await
}

/// Gives everything of a squad to another one.
pub async fn merge_squads(request: &Request, squad: SquadId, into: &str) -> Result<(), ApiError> {
    request.administrator()?;
    let choose = || ApiError::Refused("Choose the squad that takes over from the list.".to_owned());
    let into = into.parse().ok().filter(|into| *into != squad).ok_or_else(choose)?;
    let (from, to) = (named(request, squad).await?.name, named(request, into).await?.name);
    squads::merge(&request.app.db, squad, into, clock::now().0)
        .await
        .map_err(|error| gone(error, "One of these squads"))?;
    audited(request, format!("Merged the squad {from} into {to}")).await
}

/// Creates an account.
pub async fn create_account(request: &Request, name: &str, email: &str, role: AccountRole, password: &str) -> Result<(), ApiError> {
    request.administrator()?;
    let (name, email, password) = (PersonName::parse(name)?, parse_email(email)?, parse_password(password)?);
    let account = views::new_account(name, email, password, role.into()).await?;
    people::create(&request.app.db, &account)
        .await
        .map_err(|error| refused(error, "This account", "There is an account with this address already."))?;
    audited(request, format!("Created the account {} ({})", account.email, role.name())).await
}

/// Two administrators who take the role from each other in the same moment must not both find the other one.
static TURN: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// Changes an account; the last active administrator stays one.
pub async fn change_account(request: &Request, id: AccountId, role: AccountRole, active: bool) -> Result<(), ApiError> {
    request.administrator()?;
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
    people::change(db, id, &account.name, role.into(), active)
        .await
        .map_err(|error| gone(error, "This account"))?;
    let state = if active { "active" } else { "not active" };
    audited(request, format!("Set the account {} to {}, {state}", account.email, role.name())).await
}

/// Saves a text of the organisation.
pub async fn save_content(request: &Request, key: &str, body: &str) -> Result<(), ApiError> {
    let me = request.administrator()?;
    let text = Text::from_key(key).ok_or_else(|| ApiError::NotFound("There is no such text.".to_owned()))?;
    let body = Markdown::parse(body)?;
    if body.is_empty() {
        content::reset(&request.app.db, text.key()).await?;
    } else {
        let stored = Stored {
            body: body.as_str().to_owned(),
            updated_at: clock::now().0,
            updated_by: me.name.clone(),
        };
        content::set(&request.app.db, text.key(), &stored).await?;
    }
    audited(request, format!("Changed the text “{}”", text.title())).await
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
