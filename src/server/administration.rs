//! What administrators change. Every function begins by asking whether it is one.

use super::content::Text;
use super::request::Request;
use super::store::content::{self, Content as Stored};
use super::store::people::{self, Role};
use super::store::{StoreError, capabilities, squads};
use super::{clock, views};
use crate::api::ApiError;
use crate::api::account::{parse_email, parse_password};
use crate::api::admin::{AccountRole, AccountRow, AdminView, CapabilityRow, Content, SquadRow, TribeRow};
use crate::domain::ids::{AccountId, SquadId, TribeId};
use crate::domain::text::{Markdown, PersonName, SquadName, TribeName};

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

/// Creates a tribe.
pub async fn create_tribe(request: &Request, name: &str) -> Result<(), ApiError> {
    request.administrator()?;
    let name = TribeName::parse(name)?;
    let fresh = TribeId::new(clock::fresh_id());
    let tribe = squads::find_or_create_tribe(&request.app.db, fresh, name.as_str(), clock::now().0).await?;
    if tribe.id == fresh {
        Ok(())
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
        Ok(())
    } else {
        Err(ApiError::Refused(format!("There is a squad named {} already.", squad.name)))
    }
}

/// Moves a squad to a tribe, or out of all.
pub async fn set_tribe(request: &Request, squad: SquadId, tribe: &str) -> Result<(), ApiError> {
    request.administrator()?;
    squads::set_tribe(&request.app.db, squad, tribe_id(tribe)?)
        .await
        .map_err(|error| gone(error, "This squad or tribe"))
}

/// Creates an account.
pub async fn create_account(request: &Request, name: &str, email: &str, role: AccountRole, password: &str) -> Result<(), ApiError> {
    request.administrator()?;
    let (name, email, password) = (PersonName::parse(name)?, parse_email(email)?, parse_password(password)?);
    let account = views::new_account(name, email, password, role.into()).await?;
    people::create(&request.app.db, &account).await.map_err(|error| match error {
        StoreError::Taken(_) => ApiError::Refused("There is an account with this address already.".to_owned()),
        other => other.into(),
    })
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
        .map_err(|error| gone(error, "This account"))
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
    Ok(())
}

fn tribe_id(raw: &str) -> Result<Option<TribeId>, ApiError> {
    if raw.is_empty() {
        return Ok(None);
    }
    raw.parse()
        .map(Some)
        .map_err(|_| ApiError::Refused("Choose a tribe from the list.".to_owned()))
}

fn gone(error: StoreError, what: &str) -> ApiError {
    match error {
        StoreError::Missing => ApiError::NotFound(format!("{what} does not exist any more.")),
        other => other.into(),
    }
}
