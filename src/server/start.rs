//! Starting a checkpoint: squad and tribe where they are needed, what is taken along from last time, and the first events.

use super::app::AppState;
use super::error::ServerError;
use super::store::events::NewEvent;
use super::store::people::Account;
use super::store::squads::{self, Squad};
use super::store::workshops::{self, NewWorkshop};
use super::store::{Db, StoreError};
use super::{clock, last_time, planning, room};
use crate::api::ApiError;
use crate::api::checkpoints::Start;
use crate::domain::agenda::{Step, StepKind};
use crate::domain::audience::Audience;
use crate::domain::code::JoinCode;
use crate::domain::command::Command;
use crate::domain::context::Actor;
use crate::domain::event::Event;
use crate::domain::facts::Industry;
use crate::domain::ids::{ParticipantId, SquadId, StepId, TribeId, WorkshopId};
use crate::domain::people::Role;
use crate::domain::sorted::SortedMap;
use crate::domain::text::{DisplayName, Markdown, PersonName, SquadName, TribeName};
use crate::domain::time::Timestamp;
use crate::domain::vote::{Options, Secrecy};
use crate::domain::workshop::Created;
use crate::domain::{agenda, people, plan};
use chrono::NaiveDate;

/// The seat of the one who starts the checkpoint.
pub(in crate::server) const FACILITATOR: ParticipantId = ParticipantId(1);

/// Creates the checkpoint that the form describes; a date ahead only plans it.
pub async fn start(app: &AppState, facilitator: &Account, form: &Start) -> Result<JoinCode, ApiError> {
    let squad_name = SquadName::parse(&form.squad)?;
    let tribe_name = if form.tribe.trim().is_empty() {
        None
    } else {
        Some(TribeName::parse(&form.tribe)?)
    };
    let held_on = parse_date(&form.held_on)?;
    let industry = parse_industry(&form.industry)?;
    let squad = squad(app, &squad_name, tribe_name.as_ref()).await?;
    let id = WorkshopId::new(clock::fresh_id());
    let code = clock::fresh_code();
    let template = planning::template(&app.db, &form.template).await?;
    let template = if form.rework.is_some() { template.with_rework() } else { template };
    let steps = plan::laid(&template, StepId(1))?;
    let last = last_time::page(&app.db, squad.id, held_on, id).await?;
    let texts = match &last {
        Some(page) => texts_of_last_time(app, page.id, &steps).await?,
        None => SortedMap::new(),
    };
    let previous = match &last {
        Some(page) => Some(last_time::previous(&app.db, squad.id, page, held_on, id).await?),
        None => None,
    };
    let created = Created {
        squad: SquadName::parse(&squad.name)?,
        tribe: squad.tribe_name.as_deref().map(TribeName::parse).transpose()?,
        code: code.clone(),
        held_on,
        facilitator: PersonName::parse(&facilitator.name)?,
        industry,
        options: Options {
            secrecy: if form.open_ballots.is_some() {
                Secrecy::Open
            } else {
                Secrecy::Anonymous
            },
            facilitator_votes: form.facilitator_votes.is_some(),
            auto_reveal: form.auto_reveal.is_some(),
            ..Options::default()
        },
        steps,
        minutes: Some(template.minutes),
        texts,
        scope: last.as_ref().map(|page| page.scope.clone()).unwrap_or_default(),
        previous,
        rehearsal: false,
    };
    create(&app.db, id, squad.id, facilitator, created, clock::now()).await?;
    if held_on <= clock::today() {
        let start = Command::Agenda(agenda::Command::Start);
        let started = app.hub.room(id).await?.execute(Actor::Participant(FACILITATOR), start).await;
        started.map_err(|refusal| ApiError::Refused(refusal.to_string()))?;
    }
    tracing::info!(workshop.id = %id, "a checkpoint was created");
    Ok(code)
}

/// Writes a checkpoint down as it comes into being: its row and the first two events.
pub async fn create(
    db: &Db,
    id: WorkshopId,
    squad: SquadId,
    facilitator: &Account,
    created: Created,
    now: Timestamp,
) -> Result<(), ApiError> {
    let joined = people::Event::Joined {
        participant: FACILITATOR,
        name: display_name(&facilitator.name)?,
        role: Role::Facilitator,
        account: Some(facilitator.id),
    };
    let new = NewWorkshop {
        id,
        code: created.code.to_string(),
        squad_id: squad,
        facilitator_id: facilitator.id,
        facilitator_name: facilitator.name.clone(),
        held_on: created.held_on.to_string(),
        title: String::new(),
        industry: created.industry.map(|i| i.key().to_owned()),
        created_at: now.0,
    };
    let events = [Event::Created(Box::new(created)), Event::People(joined)];
    let first: Vec<NewEvent> = events
        .iter()
        .map(|event| NewEvent {
            at: now.0,
            actor: None,
            cause: None,
            kind: event.kind(),
            body: room::body(event),
        })
        .collect();
    Ok(workshops::create(db, &new, &first).await?)
}

/// A person's full name fits a room's name field, cut where it is too long.
fn display_name(name: &str) -> Result<DisplayName, ApiError> {
    let short: String = name.chars().take(DisplayName::MAX).collect();
    Ok(DisplayName::parse(&short)?)
}

async fn squad(app: &AppState, name: &SquadName, tribe: Option<&TribeName>) -> Result<Squad, ApiError> {
    let now = clock::now().0;
    let tribe = match tribe {
        Some(tribe) => Some(squads::find_or_create_tribe(&app.db, TribeId::new(clock::fresh_id()), tribe.as_str(), now).await?),
        None => None,
    };
    let wanted = tribe.as_ref().map(|t| t.id);
    let mut squad = squads::find_or_create(&app.db, SquadId::new(clock::fresh_id()), name.as_str(), wanted, now).await?;
    if squad.tribe_id.is_none() && wanted.is_some() {
        squads::set_tribe(&app.db, squad.id, wanted, None).await?;
        squad.tribe_name = tribe.map(|t| t.name);
    }
    if squad.archived_at.is_some() {
        squads::archive(&app.db, squad.id, None, None).await?;
    }
    Ok(squad)
}

/// The texts that the squad's last checkpoint had of its own, for the steps of the same kind.
async fn texts_of_last_time(app: &AppState, last: WorkshopId, steps: &[Step]) -> Result<SortedMap<StepId, Markdown>, ServerError> {
    let room = match app.hub.room(last).await {
        // It was held elsewhere: of its texts nothing is known here.
        Err(StoreError::NoRoom) => return Ok(SortedMap::new()),
        other => other?,
    };
    let view = room.view(Audience::Everyone).await;
    let old = view.ok_or(ServerError::RoomSilent)?.workshop;
    let text = |(id, text): (&StepId, &Markdown)| {
        let kind = old.agenda.step(*id)?.kind;
        let same = steps.iter().find(|step| step.kind == kind && kind != StepKind::Talk)?;
        Some((same.id, text.clone()))
    };
    Ok(old.plan.texts.iter().filter_map(text).collect())
}

fn parse_date(raw: &str) -> Result<NaiveDate, ApiError> {
    let date: NaiveDate = raw
        .trim()
        .parse()
        .map_err(|_| ApiError::Refused("The date is missing or is no date. Choose the day of the checkpoint.".to_owned()))?;
    let sensible =
        NaiveDate::from_ymd_opt(2000, 1, 1).is_some_and(|first| date >= first) && date <= clock::today() + chrono::Days::new(730);
    if sensible {
        Ok(date)
    } else {
        Err(ApiError::Refused(
            "Choose a day between the year 2000 and two years from now.".to_owned(),
        ))
    }
}

fn parse_industry(raw: &str) -> Result<Option<Industry>, ApiError> {
    if raw.is_empty() {
        return Ok(None);
    }
    raw.parse()
        .map(Some)
        .map_err(|_| ApiError::Refused("Choose an industry from the list.".to_owned()))
}
