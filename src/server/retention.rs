//! Retention: what an administrator has set is done at start and every hour, and each thing that is done stands in the audit.

use super::app::AppState;
use super::drafts::delete_now;
use super::error::ServerError;
use super::names::{called, erase_all};
use super::request::Request;
use super::store::retention::{self, Retention};
use super::store::{Db, audit, workshops};
use super::{administration, clock};
use crate::api::ApiError;
use crate::api::retention::{Due, Periods, RetentionView};
use crate::domain::ids::{AccountId, WorkshopId};
use crate::domain::time::Timestamp;

const DAY: i64 = 24 * 60 * 60 * 1000;
/// The longest period, a hundred years.
const LONGEST: u32 = 36_500;

/// The page: what is set, and what would follow from what somebody asks about.
pub async fn look(request: &Request, asked: Option<(&String, &String)>) -> Result<RetentionView, ApiError> {
    request.administrator()?;
    let db = &request.app.db;
    let set = retention::load(db).await?.as_ref().map(periods).unwrap_or_default();
    let asked = match asked.map(|(names, drafts)| parse(names, drafts)) {
        None => None,
        Some(Err(ApiError::Refused(why))) => Some(Err(why)),
        Some(Err(error)) => return Err(error),
        Some(Ok(periods)) => {
            let (names, drafts) = due(db, periods, clock::now()).await?;
            let due = Due {
                names: names.len(),
                drafts: drafts.len(),
            };
            Some(Ok((periods, due)))
        }
    };
    Ok(RetentionView {
        me: request.me(),
        set,
        asked,
    })
}

/// Sets the periods.
pub async fn set(request: &Request, names: &str, drafts: &str) -> Result<(), ApiError> {
    let me = request.administrator()?;
    let periods = parse(names, drafts)?;
    let after = |days: Option<u32>| match days {
        None => "never".to_owned(),
        Some(1) => "after 1 day".to_owned(),
        Some(days) => format!("after {days} days"),
    };
    let what = format!(
        "Set the retention: display names are erased {}, drafts are deleted {}",
        after(periods.names),
        after(periods.drafts)
    );
    let new = Retention {
        names_days: periods.names.map(i64::from),
        drafts_days: periods.drafts.map(i64::from),
        set_by: me.id,
        set_at: clock::now().0,
    };
    Ok(retention::set(&request.app.db, &new, &administration::line(me, what)).await?)
}

fn parse(names: &str, drafts: &str) -> Result<Periods, ApiError> {
    let days = |raw: &str, what: &str| match raw.trim() {
        "" => Ok(None),
        raw => raw
            .parse()
            .ok()
            .filter(|days| (1..=LONGEST).contains(days))
            .map(Some)
            .ok_or_else(|| {
                ApiError::Refused(format!(
                    "{what}: type a number of days from 1 to {LONGEST}, or leave it empty for never."
                ))
            }),
    };
    Ok(Periods {
        names: days(names, "Display names")?,
        drafts: days(drafts, "Drafts")?,
    })
}

fn periods(stored: &Retention) -> Periods {
    let days = |days: Option<i64>| days.and_then(|days| u32::try_from(days).ok());
    Periods {
        names: days(stored.names_days),
        drafts: days(stored.drafts_days),
    }
}

/// The checkpoints whose names are to be erased now, and the drafts that are to be deleted.
async fn due(db: &Db, periods: Periods, now: Timestamp) -> Result<(Vec<WorkshopId>, Vec<WorkshopId>), ServerError> {
    let before = |days: u32| now.0 - i64::from(days) * DAY;
    let names = match periods.names {
        Some(days) => retention::named(db, before(days)).await?,
        None => vec![],
    };
    let drafts = match periods.drafts {
        Some(days) => {
            let day = chrono::DateTime::from_timestamp_millis(before(days))
                .unwrap_or_default()
                .date_naive();
            retention::drafts(db, &day.to_string(), before(days)).await?
        }
        None => vec![],
    };
    Ok((names, drafts))
}

/// Does what is set, as of this moment. What cannot be done now is tried again the next time.
pub async fn apply(app: &AppState, now: Timestamp) -> Result<(), ServerError> {
    let Some(set) = retention::load(&app.db).await? else {
        return Ok(());
    };
    let (names, drafts) = due(&app.db, periods(&set), now).await?;
    for id in names {
        let line = line(app, set.set_by, now, "Erased the display names of", id).await?;
        if let Err(error) = erase_all(app, id, line).await {
            tracing::warn!(workshop.id = %id, %error, "the retention could not erase names");
        }
    }
    for id in drafts {
        let line = line(app, set.set_by, now, "Deleted the draft of", id).await?;
        if let Err(error) = delete_now(app, id, line).await {
            tracing::warn!(workshop.id = %id, %error, "the retention could not delete a draft");
        }
    }
    Ok(())
}

/// What the retention does is done for who set it.
async fn line(app: &AppState, set_by: AccountId, now: Timestamp, did: &str, id: WorkshopId) -> Result<audit::Line, ServerError> {
    let row = workshops::by_id(&app.db, id).await?;
    let which = row.as_ref().map_or_else(|| id.to_string(), called);
    Ok(audit::Line {
        id: clock::fresh_id().to_string(),
        at: now.0,
        account_id: set_by,
        who: "Retention".to_owned(),
        what: format!("{did} {which}"),
    })
}
