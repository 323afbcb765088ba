//! Two published checkpoints side by side, as a page and as CSV.

use crate::api::ApiError;
use crate::api::past::Comparing;
use crate::domain::compare::Comparison;
use crate::domain::facts::Edition;
use crate::domain::ids::{SquadId, WorkshopId};
use crate::domain::page::Page;
use crate::server::app::AppState;
use crate::server::error::ServerError;
use crate::server::exports;
use crate::server::pages::LeftOut;
use crate::server::request::{self, Request};
use crate::server::store::{summaries, workshops};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

/// The two that are named, or why they cannot be compared.
pub async fn comparing(request: &Request, ids: &[String], edition: &str) -> Result<Comparing, ApiError> {
    request.signed_in()?;
    let (comparison, remark) = match compared(&request.app, ids, edition).await? {
        Ok(comparison) => (Some(comparison), String::new()),
        Err(remark) => (None, remark),
    };
    Ok(Comparing {
        me: request.me(),
        comparison,
        remark,
    })
}

async fn compared(app: &AppState, ids: &[String], edition: &str) -> Result<Result<Comparison, String>, ServerError> {
    let Some(edition) = Edition::asked(edition) else {
        return Ok(Err(format!("There is no edition “{edition}”.")));
    };
    let [one, other] = ids else {
        let chosen = match ids.len() {
            0 => "None is chosen".to_owned(),
            1 => "One is chosen".to_owned(),
            n => format!("{n} are chosen"),
        };
        return Ok(Err(format!("{chosen}: choose two checkpoints.")));
    };
    if one == other {
        return Ok(Err("The two are the same checkpoint. Choose another one.".to_owned()));
    }
    Ok(match (published(app, one).await?, published(app, other).await?) {
        (Ok((squad, one)), Ok((other_squad, other))) => Ok(Comparison::of(&one, &other, squad == other_squad, edition)),
        (Err(remark), _) | (_, Err(remark)) => Err(remark),
    })
}

/// The squad and the newest revision of a checkpoint's page, or why there is none.
async fn published(app: &AppState, id: &str) -> Result<Result<(SquadId, Page), String>, ServerError> {
    let row = match id.parse::<WorkshopId>() {
        Ok(id) => workshops::by_id(&app.db, id).await?,
        Err(_) => None,
    };
    let Some(row) = row else {
        return Ok(Err("One of the two checkpoints is not there.".to_owned()));
    };
    Ok(match summaries::summary(&app.db, row.id, None).await? {
        Some(stored) => LeftOut::default()
            .read(row.id, &stored.body)
            .map(|page| (row.squad_id, page))
            .ok_or_else(|| format!("The summary of {} on {} cannot be read.", row.squad_name, row.held_on)),
        None => Err(format!(
            "The checkpoint of {} on {} has no published summary yet.",
            row.squad_name, row.held_on
        )),
    })
}

/// What `/compare.csv` reads of its address.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    a: String,
    b: String,
    edition: String,
}

/// `GET /compare.csv?a=&b=`: the same table as comma-separated values.
pub async fn csv(State(app): State<AppState>, Query(wanted): Query<Wanted>, parts: Parts) -> Response {
    match table(app, wanted, &parts).await {
        Ok(table) => exports::file("text/csv; charset=utf-8", "compare.csv", table),
        Err(error) => (request::status(&error).unwrap_or(StatusCode::UNAUTHORIZED), error.to_string()).into_response(),
    }
}

async fn table(app: AppState, Wanted { a, b, edition }: Wanted, parts: &Parts) -> Result<String, ApiError> {
    let request = Request::read(app, parts).await?;
    let found = comparing(&request, &[a, b], &edition).await?;
    found
        .comparison
        .map(|comparison| comparison.csv())
        .ok_or(ApiError::NotFound(found.remark))
}
