//! The figures of trends as files: the addresses of their pages with `.csv` and the name of a table.

use super::app::AppState;
use super::exports::file;
use super::request::{self, Request};
use super::{organisation, shared_links, trends};
use crate::api::ApiError;
use crate::api::trends::{Chosen, Filter, OrganisationView, Row};
use crate::domain::csv::{Cell, table};
use crate::domain::facts::{Edition, question};
use crate::domain::metric::{Code, Metric};
use crate::domain::outside::Shared;
use crate::domain::trends::rhythm::Standing;
use crate::domain::trends::spread::{Scores, of_answers};
use crate::domain::trends::tables::{codes, scored, standing};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

/// Which table, and of the organisation which squads. A box that is ticked is there.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    table: String,
    tribe: String,
    period: String,
    archived: Option<String>,
    edition: String,
}

impl Wanted {
    fn edition(&self) -> Result<Edition, ApiError> {
        Edition::asked(&self.edition).ok_or_else(|| ApiError::NotFound(format!("There is no edition “{}”.", self.edition)))
    }
}

/// Answers `/squads/{slug}.csv?table=`; a router's patterns cannot split a name at its ending.
pub async fn of_squad(State(app): State<AppState>, request: axum::extract::Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let slug = parts.uri.path().strip_prefix("/squads/").and_then(|name| name.strip_suffix(".csv"));
    let Some(slug) = slug else {
        return next.run(axum::extract::Request::from_parts(parts, body)).await;
    };
    let wanted = Query::<Wanted>::try_from_uri(&parts.uri)
        .map(|Query(wanted)| wanted)
        .unwrap_or_default();
    squad(app, &parts, slug, &wanted).await.unwrap_or_else(refused)
}

async fn squad(app: AppState, parts: &Parts, slug: &str, wanted: &Wanted) -> Result<Response, ApiError> {
    let request = Request::read(app, parts).await?;
    request.signed_in()?;
    let squad = shared_links::squad_at(&request, slug).await?;
    let trend = trends::of_squad(&request.app.db, &squad).await?;
    let table = wanted.table.as_str();
    let text = match table {
        "answers" => trend.answers_csv(wanted.edition()?),
        "capabilities" => trend.capabilities_csv(),
        "flow" => trend.flow_csv(),
        _ => return Err(no_table("answers, capabilities and flow")),
    };
    Ok(csv(&format!("{}-{table}.csv", squad.slug), text))
}

/// `GET /organisation.csv?table=`, narrowed like the page.
pub async fn of_organisation(State(app): State<AppState>, Query(wanted): Query<Wanted>, parts: Parts) -> Response {
    organisation(app, &parts, wanted).await.unwrap_or_else(refused)
}

async fn organisation(app: AppState, parts: &Parts, wanted: Wanted) -> Result<Response, ApiError> {
    let edition = wanted.edition()?;
    let filter = Filter {
        tribe: wanted.tribe,
        period: wanted.period,
        archived: wanted.archived.is_some(),
        ..Filter::default()
    };
    let request = Request::read(app, parts).await?;
    let view = organisation::view(&request, &filter).await?;
    let text = match wanted.table.as_str() {
        "answers" => answers(&view.rows, edition),
        "spread" => spread(&view.rows),
        "focus" => focus(&view.focus),
        "actions" => actions(&view),
        "capabilities" => capabilities(&view.capabilities),
        "outside" => outside(&view.outside),
        _ => return Err(no_table("answers, spread, focus, actions, capabilities and outside")),
    };
    Ok(csv(&format!("organisation-{}.csv", wanted.table), text))
}

fn csv(name: &str, text: String) -> Response {
    file("text/csv; charset=utf-8", name, text)
}

fn no_table(all: &str) -> ApiError {
    ApiError::NotFound(format!("There is no such table. The tables are {all}."))
}

fn refused(error: ApiError) -> Response {
    let status = request::status(&error).unwrap_or(StatusCode::UNAUTHORIZED);
    (status, error.to_string()).into_response()
}

/// What each squad agreed last, and how many answers better that is than before.
fn answers(rows: &[Row], edition: Edition) -> String {
    let row = |row: &Row| {
        let [lead, frequency, restore, failure, rework] = row.last.as_ref().map_or_else(|| [(); 5].map(|()| none()), codes);
        let [level, percentile] = row.last.as_ref().map_or_else(|| [none(), none()], standing);
        let [lead_by, frequency_by, restore_by, failure_by, rework_by] = row.better.map(|by| by.map(i64::from).into());
        let [edition, score] = scored(row.last.as_ref(), edition);
        let due = match row.standing {
            Standing::Due(by) | Standing::Overdue(by, _) => Some(by),
            Standing::Never | Standing::Planned(_) => None,
        };
        [
            (&row.name).into(),
            row.tribe.as_deref().into(),
            row.last_held.into(),
            level,
            percentile,
            lead,
            lead_by,
            frequency,
            frequency_by,
            restore,
            restore_by,
            failure,
            failure_by,
            rework,
            rework_by,
            due.into(),
            edition,
            score,
        ]
    };
    let columns = [
        "squad",
        "tribe",
        "last_held_on",
        "level",
        "percentile",
        "lead_time",
        "lead_time_change",
        "deployment_frequency",
        "deployment_frequency_change",
        "time_to_restore",
        "time_to_restore_change",
        "change_failure_rate",
        "change_failure_rate_change",
        "deployment_rework",
        "deployment_rework_change",
        "next_due_by",
        "edition",
        "score",
    ];
    table(columns, rows.iter().map(row))
}

fn none() -> Cell {
    None::<&str>.into()
}

/// A number of squads.
fn count(squads: usize) -> Cell {
    u32::try_from(squads).unwrap_or(u32::MAX).into()
}

/// How many squads gave each answer.
fn spread(rows: &[Row]) -> String {
    let lines = Metric::ALL.into_iter().flat_map(|metric| {
        let counts = of_answers(rows.iter().filter_map(|row| row.last.as_ref()), metric);
        let line = move |(code, squads): (Code, u32)| {
            [
                metric.key().into(),
                code.get().into(),
                question(metric).label(code).into(),
                squads.into(),
            ]
        };
        Code::ALL.into_iter().zip(counts).map(line)
    });
    table(["question", "answer", "words", "squads"], lines)
}

fn focus(chosen: &[Chosen]) -> String {
    let lines = chosen.iter().map(|one| [(&one.title).into(), count(one.squads)]);
    table(["capability", "squads"], lines)
}

fn actions(view: &OrganisationView) -> String {
    let deeds = &view.deeds;
    let closed = [
        ["Done in the last two quarters".into(), deeds.done.into()],
        ["Dropped in the last two quarters".into(), deeds.dropped.into()],
    ];
    let open = deeds.open.iter().map(|(age, count)| [age.name().into(), (*count).into()]);
    table(["actions", "count"], closed.into_iter().chain(open))
}

/// What squads need from outside, in the words of each, and which capabilities that serves.
fn outside(needs: &[Shared]) -> String {
    let lines = needs
        .iter()
        .map(|need| [need.words.join("; ").into(), need.serves.join("; ").into(), count(need.squads)]);
    table(["need", "capabilities", "squads"], lines)
}

/// How many squads have a score from 0 up to 20, and so on.
fn capabilities(scores: &[Scores]) -> String {
    let lines = scores.iter().flat_map(|one| {
        let line = |(from, squads): (u32, u32)| [(&one.title).into(), from.into(), squads.into()];
        (0..).step_by(20).zip(one.bands).map(line)
    });
    table(["capability", "score_from", "squads"], lines)
}
