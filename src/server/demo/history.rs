//! Two years of checkpoints, the same for everybody who looks on the same day.

use super::organisation::{self, Decks, Phrases, Squad};
use super::session::{Progress, Session};
use crate::domain::action::Status;
use crate::domain::agenda::default_steps;
use crate::domain::code::JoinCode;
use crate::domain::context::Context;
use crate::domain::facts::Catalogue;
use crate::domain::ids::{AccountId, ParticipantId, SquadId, TribeId, WorkshopId};
use crate::domain::improve::Authors;
use crate::domain::metric::Metric;
use crate::domain::scene::Scope;
use crate::domain::sorted::SortedMap;
use crate::domain::text::{PersonName, SquadName, TribeName};
use crate::domain::time::Timestamp;
use crate::domain::vote::Options;
use crate::domain::workshop::Created;
use crate::server::cli::Failure;
use crate::server::room::Written;
use crate::server::store::journal::Journal;
use crate::server::store::people::Account;
use crate::server::store::{Db, actions, feedback, squads};
use crate::server::{last_time, start};
use chrono::{Days, NaiveDate, NaiveTime};
use fastrand::Rng;
use uuid::Uuid;

/// What all chance comes from.
const SEED: u64 = 20_230_110;
/// A checkpoint is planned so many days ahead.
const AHEAD: u64 = 14;

/// Writes everything: tribes, squads, and their checkpoints, each after the one before it.
pub(super) async fn write(db: &Db, journal: &Journal, accounts: &[Account], today: NaiveDate) -> Result<(), Failure> {
    let (squads, phrases) = organisation::read()?;
    let mut decks = Decks::new(SEED);
    for (place, squad) in (1..).zip(&squads) {
        let mut rng = Rng::with_seed(SEED + place);
        let facilitator = accounts
            .iter()
            .find(|account| account.name == squad.facilitator)
            .ok_or("a facilitator has no account")?;
        let days = squad.days(today, &mut rng);
        let founded = at(*days.first().ok_or("a squad has no checkpoint")? - Days::new(30), 9);
        let tribe = squads::find_or_create_tribe(db, TribeId::new(id(&mut rng)), &squad.tribe, founded.0).await?;
        let row = squads::find_or_create(db, SquadId::new(id(&mut rng)), &squad.name, Some(tribe.id), founded.0).await?;
        squads::set_named_outside(db, row.id, squad.named_outside).await?;
        let mut past = Past {
            db,
            journal,
            squad,
            row: row.id,
            facilitator,
            phrases: &phrases,
            progress: Progress {
                outline: squad.flow.join("\n"),
                told: 0,
                stuck: 0,
            },
        };
        let last = days.last().copied().unwrap_or(today);
        for (number, day) in (0..).zip(days) {
            past.hold(number, day, &mut decks, Rng::with_seed(rng.u64(..))).await?;
        }
        past.work_on_actions(today, last, &mut decks, &mut rng).await?;
    }
    Ok(())
}

/// An account of the demo; the same id every time.
pub(super) fn account_id(number: u64) -> AccountId {
    AccountId::new(id(&mut Rng::with_seed(SEED ^ number)))
}

fn id(rng: &mut Rng) -> Uuid {
    uuid::Builder::from_random_bytes(rng.u128(..).to_be_bytes()).into_uuid()
}

fn at(day: NaiveDate, hour: u32) -> Timestamp {
    let time = NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
    Timestamp(day.and_time(time).and_utc().timestamp_millis())
}

/// A squad whose checkpoints are being written.
struct Past<'a> {
    db: &'a Db,
    journal: &'a Journal,
    squad: &'a Squad,
    row: SquadId,
    facilitator: &'a Account,
    phrases: &'a Phrases,
    progress: Progress,
}

impl Past<'_> {
    /// One checkpoint, from planning to the published page.
    async fn hold(&mut self, number: usize, day: NaiveDate, decks: &mut Decks, mut rng: Rng) -> Result<(), Failure> {
        let workshop = WorkshopId::new(id(&mut rng));
        let last = last_time::page(self.db, self.row, day, workshop).await?;
        let previous = match &last {
            Some(page) => Some(last_time::previous(self.db, self.row, page, day, workshop).await?),
            None => None,
        };
        let rework = self
            .squad
            .agreed(number)
            .iter()
            .any(|(metric, _)| *metric == Metric::DeploymentRework);
        let created = Created {
            squad: SquadName::parse(&self.squad.name)?,
            tribe: Some(TribeName::parse(&self.squad.tribe)?),
            code: JoinCode::from_bits(rng.u128(..)),
            held_on: day,
            facilitator: PersonName::parse(&self.facilitator.name)?,
            industry: self.squad.industry.parse().ok(),
            options: Options {
                authors: if self.squad.anonymous { Authors::Anonymous } else { Authors::Shown },
                ..Options::default()
            },
            steps: default_steps(rework),
            scope: last.map_or_else(Scope::default, |page| page.scope),
            previous,
            minutes: None,
            texts: SortedMap::new(),
            rehearsal: false,
        };
        start::create(
            self.db,
            workshop,
            self.row,
            self.facilitator,
            created,
            at(day - Days::new(AHEAD), 11),
        )
        .await?;
        let mut session = Session {
            written: Written::open(workshop, self.db).await?,
            cx: Context {
                now: at(day, rng.u32(9..15)),
                catalogue: Catalogue::with_own(vec![]),
                ..Context::default()
            },
            rng,
            squad: self.squad,
            phrases: self.phrases,
            decks,
            progress: &mut self.progress,
            number,
            members: Vec::<ParticipantId>::new(),
        };
        session.play()?;
        session.written.keep(self.journal).await?;
        for said in session.feedback()? {
            let (row, giver) = (id(&mut session.rng), id(&mut session.rng).to_string());
            feedback::give(self.db, row, workshop, &giver, &said).await?;
        }
        Ok(())
    }

    /// Since the last checkpoint some people say how far they are; one action is always left to be settled next time.
    async fn work_on_actions(&self, today: NaiveDate, last: NaiveDate, decks: &mut Decks, rng: &mut Rng) -> Result<(), Failure> {
        let nobody = WorkshopId::new(id(rng));
        let open = actions::of_squad_before(self.db, self.row, &today.to_string(), nobody, 50).await?;
        let yesterday = today - Days::new(1);
        let Some((_, worked_on)) = open.split_last() else {
            return Ok(());
        };
        for row in worked_on {
            let status = match rng.u8(..100) {
                ..=54 => Status::InProgress,
                55..=74 => Status::Done,
                _ => continue,
            };
            let day = yesterday.min(last + Days::new(rng.u64(3..60)));
            let pool = self.phrases.since.get(status.label()).map_or(&[][..], Vec::as_slice);
            let change = actions::NewChange {
                key: actions::Key {
                    workshop: row.workshop_id,
                    number: row.number.0,
                },
                only_of: None,
                seen: row.version,
                status: status.into(),
                note: decks.draw(status.label(), pool),
                who: self.facilitator.name.clone(),
                place: actions::Place::Account,
                at: at(day, rng.u32(8..17)).0,
            };
            actions::change(self.db, &change).await?;
        }
        Ok(())
    }
}
