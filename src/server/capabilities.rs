//! The capabilities that can be read about and surveyed: the built-in ones and the organisation's own.

use super::administration::line;
use super::auth;
use super::request::Request;
use super::store::capabilities::{self as store, OwnCapability};
use super::store::{Db, StoreError};
use super::{clock, error::ServerError};
use crate::api::ApiError;
use crate::api::capabilities::{CapabilitiesView, Offered};
use crate::domain::facts::capability::{Catalogue, about_capabilities, entries};
use crate::domain::facts::{Capability, own};
use crate::domain::ids::CapabilityId;

/// The organisation's own.
async fn all_own(db: &Db) -> Result<Vec<Capability>, StoreError> {
    let rows = store::all(db).await?;
    let one = |row: OwnCapability| {
        let read = own::own(row.id, &row.title, &row.summary, &row.items);
        // A rule that became stricter since must not hide the others.
        read.inspect_err(|error| tracing::warn!(capability.id = %row.id, %error, "a capability of the organisation is left out"))
            .ok()
    };
    Ok(rows.into_iter().filter_map(one).collect())
}

/// What surveys can be made of.
pub async fn catalogue(db: &Db) -> Result<Catalogue, StoreError> {
    Ok(Catalogue::with_own(all_own(db).await?))
}

/// The page to read; what the organisation wrote is for those who sign in.
pub async fn view(request: &Request) -> Result<CapabilitiesView, ApiError> {
    let own = if request.account.is_some() {
        all_own(&request.app.db).await?
    } else {
        vec![]
    };
    Ok(CapabilitiesView {
        me: request.me(),
        about: about_capabilities().clone(),
        entries: entries().to_vec(),
        own,
    })
}

/// What the facilitator of a room can choose from.
pub async fn offered(request: &Request, code: &str) -> Result<Vec<Offered>, ApiError> {
    let seat = auth::seat(&request.app, &request.session, code).await?;
    seat.ok_or(ApiError::NoSeat)?;
    let catalogue = catalogue(&request.app.db).await?;
    let offered = catalogue.all().filter(|one| !one.items.is_empty()).map(|one| Offered {
        key: one.key.clone(),
        title: one.title.clone(),
        title_2019: one.title_2019.clone(),
        statements: one.items.len(),
    });
    Ok(offered.collect())
}

/// Keeps a capability of the organisation: a new one when `id` is empty.
pub async fn save(request: &Request, id: &str, title: &str, summary: &str, items: &str) -> Result<(), ApiError> {
    let me = request.administrator()?;
    let known = store::all(&request.app.db).await?;
    let id = match id {
        "" => CapabilityId::new(clock::fresh_id()),
        id => id
            .parse()
            .ok()
            .filter(|id| known.iter().any(|row| row.id == *id))
            .ok_or_else(gone)?,
    };
    let one = own::own(id, title, summary, items).map_err(|error| ApiError::Refused(error.to_string()))?;
    let row = OwnCapability {
        id,
        items: own::lines(&one.items),
        title: one.title,
        summary: one.summary,
        updated_at: clock::now().0,
        updated_by: me.name.clone(),
    };
    let line = line(me, format!("Saved the capability {}", row.title));
    store::save(&request.app.db, &row, Some(&line)).await.map_err(|error| match error {
        StoreError::Taken(_) => ApiError::Refused(format!("There is a capability named {} already.", row.title)),
        other => other.into(),
    })
}

/// Takes a capability of the organisation away; checkpoints that asked about it keep what they have.
pub async fn delete(request: &Request, id: CapabilityId) -> Result<(), ApiError> {
    let me = request.administrator()?;
    let known = store::all(&request.app.db).await?;
    let title = known.into_iter().find(|row| row.id == id).map(|row| row.title).unwrap_or_default();
    let line = line(me, format!("Deleted the capability {title}"));
    let there = store::delete(&request.app.db, id, &line).await.map_err(ServerError::from)?;
    if there { Ok(()) } else { Err(gone()) }
}

fn gone() -> ApiError {
    ApiError::NotFound("This capability does not exist any more.".to_owned())
}
