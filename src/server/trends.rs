//! A squad over time, read from columns and from its pages.

use super::error::ServerError;
use super::pages::LeftOut;
use super::request::Request;
use super::store::Db;
use super::store::past::{self, PageCapability};
use super::store::squads::Squad;
use super::store::trends::{self, HeldRow, SquadRow};
use super::{clock, shared_links};
use crate::api::ApiError;
use crate::domain::flow::Flow;
use crate::domain::metric::Code;
use crate::domain::trends::rhythm::{Rhythm, Standing};
use crate::domain::trends::{Capability, Held, Score, Trend, flows};
use chrono::NaiveDate;
use serde::Deserialize;

/// A page without this text has no flow.
const MARK: &str = "\"flow\":{";

/// What a page holds of a flow.
#[derive(Deserialize)]
struct Sketch {
    #[serde(default)]
    flow: Option<Flow>,
}

/// A squad's checkpoints over time.
pub async fn of_squad(db: &Db, squad: &Squad) -> Result<Trend, ServerError> {
    let held: Vec<Held> = trends::of_squad(db, squad.id).await?.iter().map(held).collect();
    let ids: Vec<_> = held.iter().map(|held| held.id).collect();
    let rows = past::capabilities_of(db, &ids).await?;
    let (mut drawn, mut left_out) = (vec![], LeftOut::default());
    for page in trends::pages_of_squad(db, squad.id, MARK).await? {
        let sketch: Option<Sketch> = left_out.read(page.id, &page.body);
        let flow = sketch.and_then(|sketch| sketch.flow);
        drawn.extend(flow.map(|flow| (page.id, date(&page.held_on), flow)));
    }
    let all = trends::squads(db, &clock::today().to_string()).await?;
    let row = all.iter().find(|row| row.id == squad.id);
    let last = held.last().map(|held| held.held_on);
    Ok(Trend {
        capabilities: capabilities(&held, &rows),
        flows: flows::over_time(&drawn),
        left_out: left_out.sentence(),
        rhythm: row.map_or_else(Rhythm::default, rhythm),
        standing: row.map_or(Standing::Never, |row| standing(row, last)),
        held,
    })
}

/// A row as the pages show it.
pub fn held(row: &HeldRow) -> Held {
    let code = |column: Option<i64>| column.and_then(|code| u8::try_from(code).ok()).and_then(Code::new);
    Held {
        id: row.id,
        held_on: date(&row.held_on),
        agreed: [
            row.lead_time,
            row.deployment_frequency,
            row.time_to_restore,
            row.change_failure_rate,
            row.deployment_rework,
        ]
        .map(code),
        level: row.level.as_ref().and_then(|level| level.parse().ok()),
        percentile: row.percentile.and_then(|percentile| u8::try_from(percentile).ok()),
    }
}

/// Where a squad stands that held its last checkpoint on this day.
pub fn standing(row: &SquadRow, last: Option<NaiveDate>) -> Standing {
    Standing::of(last, row.planned_on.as_deref().map(date), rhythm(row), clock::today())
}

fn rhythm(row: &SquadRow) -> Rhythm {
    Rhythm::of_months(row.every_months).unwrap_or_default()
}

fn date(day: &str) -> NaiveDate {
    day.parse().unwrap_or_default()
}

/// A score as people read it, 0 to 100.
#[expect(clippy::cast_precision_loss, reason = "a score is at most a thousand tenths")]
pub fn score(row: &PageCapability) -> Option<f64> {
    row.score.map(|tenths| tenths as f64 / 10.0)
}

/// The rows by capability, each in the order of the checkpoints.
fn capabilities(held: &[Held], rows: &[PageCapability]) -> Vec<Capability> {
    let mut found: Vec<Capability> = vec![];
    for held in held {
        for row in rows.iter().filter(|row| row.workshop_id == held.id) {
            let new = Score {
                held_on: held.held_on,
                id: held.id,
                score: score(row),
                focus: row.focus == 1,
            };
            match found.iter_mut().find(|capability| capability.key == row.key) {
                Some(known) => {
                    known.title.clone_from(&row.title);
                    known.scores.push(new);
                }
                None => found.push(Capability {
                    key: row.key.clone(),
                    title: row.title.clone(),
                    scores: vec![new],
                }),
            }
        }
    }
    found.sort_by(|one, other| one.title.cmp(&other.title));
    found
}

/// Says how often a squad means to hold a checkpoint.
pub async fn set_rhythm(request: &Request, slug: &str, rhythm: Rhythm) -> Result<(), ApiError> {
    request.facilitator()?;
    let squad = shared_links::squad_at(request, slug).await?;
    Ok(trends::set_every_months(&request.app.db, squad.id, i64::from(rhythm.months())).await?)
}
