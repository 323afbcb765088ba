//! Rows of the database as the pages show them.

use super::app::AppState;
use super::documents::Document;
use super::error::ServerError;
use super::request::Request;
use super::store::people::{Account, Role};
use super::store::workshops::{self, Status as RowStatus, WorkshopRow};
use super::store::{Db, StoreError};
use super::store::{squads, summaries};
use super::{actions, auth, clock, exports, feedback, sharing};
use crate::api::ApiError;
use crate::api::checkpoints::{Card, Home, Live, Revision, SquadChoice, Status, SummaryView};
use crate::domain::audience::Audience;
use crate::domain::context::Seen;
use crate::domain::ids::{AccountId, WorkshopId};
use crate::domain::parts::{self, Phase};
use crate::domain::text::PersonName;
use crate::domain::time::Timestamp;
use std::sync::Arc;
use tokio::try_join;

/// How many recent ones the home page shows.
const RECENT: u32 = 5;
/// How many that were called off the home page shows.
const CANCELLED: u32 = 10;
/// How many checkpoints of the squad a summary lists.
const PAST: u32 = 12;

/// A new account with a hashed password.
pub async fn new_account(name: PersonName, email: String, password: String, role: Role) -> Result<Account, ServerError> {
    Ok(Account {
        id: AccountId::new(clock::fresh_id()),
        email,
        name: name.as_str().to_owned(),
        password_hash: auth::hash_password(password).await?,
        role,
        active: true,
        created_at: clock::now().0,
    })
}

/// A row as lists show it.
pub fn card(row: WorkshopRow) -> Card {
    Card {
        id: row.id,
        code: row.code,
        squad: row.squad_name,
        slug: row.squad_slug,
        tribe: row.tribe_name,
        held_on: row.held_on.parse().unwrap_or_default(),
        facilitator: row.facilitator_name,
        status: match row.status {
            RowStatus::Planned => Status::Planned,
            RowStatus::Live => Status::Live,
            RowStatus::Published => Status::Published,
        },
        level: row.level.and_then(|level| level.parse().ok()),
        percentile: row.percentile.and_then(|p| u8::try_from(p).ok()),
    }
}

/// The home page; without an account only the door is told.
pub async fn home(request: &Request) -> Result<Home, ApiError> {
    let db = &request.app.db;
    let setup_open = super::store::people::count(db).await? == 0;
    let Some(me) = &request.account else {
        return Ok(Home {
            setup_open,
            ..Home::default()
        });
    };
    let with = |status, limit| workshops::Filter {
        status: Some(status),
        limit,
        ..workshops::Filter::default()
    };
    let mut live = Vec::new();
    for row in workshops::list(db, &with(RowStatus::Live, 20)).await? {
        live.push(look_into(&request.app, row).await?);
    }
    let mut planned: Vec<Card> = workshops::list(db, &with(RowStatus::Planned, 50))
        .await?
        .into_iter()
        .map(card)
        .collect();
    planned.reverse();
    let called_off = workshops::Filter {
        cancelled: true,
        ..with(RowStatus::Planned, CANCELLED)
    };
    let cancelled = workshops::list(db, &called_off).await?.into_iter().map(card).collect();
    let recent = workshops::list(db, &with(RowStatus::Published, RECENT))
        .await?
        .into_iter()
        .map(card)
        .collect();
    Ok(Home {
        me: request.me(),
        my_actions: actions::count_of(db, &me.name).await?,
        setup_open,
        live,
        planned,
        cancelled,
        recent,
    })
}

async fn look_into(app: &AppState, row: WorkshopRow) -> Result<Live, ServerError> {
    let view = app
        .hub
        .room(row.id)
        .await?
        .view(Audience::Everyone)
        .await
        .ok_or(ServerError::RoomSilent)?;
    let agenda = &view.workshop.agenda;
    let title = |id| agenda.step(id).map_or("", |step| step.title());
    let between = agenda.pause().filter(|_| agenda.phase() == Phase::Break);
    let step = match between {
        Some(pause) => format!("Part {} begins with {}", parts::number(agenda.part() + 1), title(pause.next)),
        None => format!(
            "Step {} of {}, {}",
            agenda.place(agenda.current) + 1,
            agenda.steps.len(),
            title(agenda.current)
        ),
    };
    Ok(Live {
        card: card(row),
        step,
        between: between.is_some(),
        here: view.presence.0.values().filter(|seen| **seen == Seen::Here).count(),
        minutes: (agenda.used(clock::now()) / 60_000, agenda.planned_minutes()),
    })
}

/// The squads that are offered.
pub async fn squads(db: &Db) -> Result<Vec<SquadChoice>, StoreError> {
    let all = squads::all(db).await?;
    let offered = all.into_iter().filter(|s| s.archived_at.is_none()).map(|s| SquadChoice {
        name: s.name,
        slug: s.slug,
        tribe: s.tribe_name,
    });
    Ok(offered.collect())
}

/// The last published checkpoints of a squad, newest first.
pub async fn past_of(db: &Db, slug: &str) -> Result<Vec<Card>, ServerError> {
    let of_squad = workshops::Filter {
        squad: Some(slug.to_owned()),
        status: Some(RowStatus::Published),
        limit: PAST,
        ..workshops::Filter::default()
    };
    Ok(workshops::list(db, &of_squad).await?.into_iter().map(card).collect())
}

fn no_checkpoint() -> ApiError {
    ApiError::NotFound("There is no such checkpoint. It may be on another list.".to_owned())
}

/// A summary with its surroundings; `shared` is the token of a share link that was just made.
pub async fn summary(request: &Request, id: WorkshopId, revision: Option<u32>, shared: &str) -> Result<SummaryView, ApiError> {
    request.signed_in()?;
    let (app, db) = (&request.app, &request.app.db);
    let (row, stored) = try_join!(workshops::by_id(db, id), summaries::summary(db, id, revision.map(i64::from)))?;
    let row = row.ok_or_else(no_checkpoint)?;
    let address = format!("/checkpoints/{id}");
    let is_published = stored.is_some();
    let document = match stored {
        // A revision's picture is its own, also when there are newer ones.
        Some(stored) => app.documents.of(stored.body, (address, format!("?revision={}", stored.revision)))?,
        None if revision.is_some() => return Err(no_checkpoint()),
        None => Arc::new(Document::of(exports::page_so_far(app, id).await?, Some((address, String::new())))),
    };
    let may = request.facilitator().is_ok();
    let (mut past, before, revisions, feedback, sharing) = try_join!(
        async { Ok::<_, ApiError>(past_of(db, &row.squad_slug).await?) },
        async { Ok(workshops::before_each(db, &[id]).await?) },
        async { Ok(summaries::revisions(db, id).await?) },
        async { if may { Ok(feedback::report(db, id).await?) } else { Ok(None) } },
        async {
            if may && is_published {
                sharing::list(request, id, shared).await.map(Some)
            } else {
                Ok(None)
            }
        },
    )?;
    past.retain(|other| other.id != id);
    let revisions = revisions.into_iter().map(|r| Revision {
        number: u32::try_from(r.revision).unwrap_or_default(),
        at: Timestamp(r.published_at),
        by: r.published_by,
    });
    let page = &document.page;
    Ok(SummaryView {
        me: request.me(),
        id,
        title: page.full_title(),
        preview: page.preview(),
        squad: page.squad.to_string(),
        revision: is_published.then_some(page.revision),
        by_hand: page.by_hand.clone(),
        has_flow: page.flow.is_some(),
        answers: page.agreed(),
        industry: page.industry,
        document: document.html.clone(),
        revisions: revisions.collect(),
        feedback,
        sharing,
        code: row.code,
        imported_at: row.imported_at.map(Timestamp),
        past,
        before: before.first().map(|earlier| earlier.row.id),
    })
}
