//! Rehearsals: a facilitator tries a checkpoint out with simulated members, in a room that leaves no trace.
//!
//! The invariant: nothing of a rehearsal reaches the server's database. Its checkpoint is kept in a database in memory, made for it
//! alone, and so are the sessions of those who know nothing but rehearsals. All of it is gone when the rehearsal ends, after
//! four hours, when the one who began it stays away, or when the server stops.

mod sessions;

use super::error::ServerError;
use super::request::Request;
use super::room::Room;
use super::simulated::{self, Pace};
use super::start::{self, FACILITATOR};
use super::store::journal::Journal;
use super::store::people::Account;
use super::store::{Db, capabilities, people, squads};
use super::{auth, clock};
use crate::api::ApiError;
use crate::domain::agenda::{self, default_steps};
use crate::domain::audience::Audience;
use crate::domain::code::JoinCode;
use crate::domain::command::Command;
use crate::domain::context::Actor;
use crate::domain::ids::{AccountId, SquadId, WorkshopId};
use crate::domain::people::Role;
use crate::domain::scene::Scope;
use crate::domain::sorted::SortedMap;
use crate::domain::text::{PersonName, SquadName};
use crate::domain::time::Timestamp;
use crate::domain::vote::Options;
use crate::domain::workshop::Created;
use futures_util::future::join_all;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tower_sessions::session::{Id, Record};

pub use self::sessions::WithRehearsals;

/// So many at once on one server; a person has one.
const MOST: usize = 5;
/// A rehearsal ends by itself after so many milliseconds: four hours.
const LONGEST: i64 = 4 * 60 * 60 * 1_000;
/// And when the one who began it has been gone for so long: half an hour.
const LEFT: i64 = 30 * 60 * 1_000;
/// What its squad is called.
const SQUAD: &str = "Rehearsal squad";
/// Its members.
pub(super) const MEMBERS: [&str; simulated::MEMBERS] = ["Ana", "Ben", "Chidi", "Dana", "Emil", "Farah", "Goran"];

/// One of them.
#[derive(Debug)]
struct Rehearsal {
    room: Room,
    owner: AccountId,
    began: Timestamp,
    db: Db,
    journal: Journal,
}

impl Rehearsal {
    /// Sends everybody out; the database goes with the last connection to it.
    async fn end(self) {
        self.room.stop().await;
        self.journal.shutdown().await;
        self.db.close().await;
    }
}

/// All rehearsals of this process. Cloning it shares them.
#[derive(Clone, Debug, Default)]
pub struct Rehearsals(Arc<Mutex<Kept>>);

/// What is kept in memory.
#[derive(Debug, Default)]
struct Kept {
    open: HashMap<JoinCode, Rehearsal>,
    /// Sessions that hold nothing but seats in rehearsals.
    sessions: HashMap<Id, Record>,
}

impl Rehearsals {
    /// The room behind a code, where it is a rehearsal's.
    #[must_use]
    pub fn room(&self, code: &JoinCode) -> Option<Room> {
        let room = self.lock().open.get(code).map(|rehearsal| rehearsal.room.clone());
        room.filter(|room| !room.closed())
    }

    /// The rehearsal that a person is in the middle of.
    fn of(&self, owner: AccountId) -> Option<JoinCode> {
        let kept = self.lock();
        kept.open
            .iter()
            .find(|(_, rehearsal)| rehearsal.owner == owner)
            .map(|(code, _)| code.clone())
    }

    /// Ends one; its code is unknown from now on.
    pub async fn end(&self, code: &JoinCode) {
        let ended = self.lock().open.remove(code);
        if let Some(rehearsal) = ended {
            let id = rehearsal.room.id();
            rehearsal.end().await;
            self.lock().sessions.retain(|_, record| !sessions::names(record, id));
        }
    }

    /// Ends those that are over: the one who began it has gone, or it has been open for too long.
    pub async fn tidy(&self) {
        let now = clock::now();
        let open: Vec<(JoinCode, Room, Timestamp)> = {
            let kept = self.lock();
            kept.open
                .iter()
                .map(|(code, one)| (code.clone(), one.room.clone(), one.began))
                .collect()
        };
        for (code, room, began) in open {
            let presence = room.view(Audience::Everyone).await.map(|view| view.presence);
            let away = presence.is_none_or(|presence| presence.gone_for(FACILITATOR, now).is_some_and(|ms| ms > LEFT));
            if away || now.since(began) > LONGEST {
                self.end(&code).await;
            }
        }
    }

    /// Ends all of them.
    pub async fn stop(&self) {
        let codes: Vec<JoinCode> = self.lock().open.keys().cloned().collect();
        join_all(codes.iter().map(|code| self.end(code))).await;
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        // The maps are never left half changed, so a panic elsewhere does not spoil them.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Begins a rehearsal, or goes back to the one that this person is in; the code of its room.
pub async fn begin(request: &Request, pace: Pace) -> Result<JoinCode, ApiError> {
    let facilitator = request.facilitator()?;
    let rehearsals = request.app.hub.rehearsals();
    rehearsals.tidy().await;
    if let Some(code) = rehearsals.of(facilitator.id) {
        return Ok(code);
    }
    if rehearsals.lock().open.len() >= MOST {
        let full = format!("{MOST} rehearsals are going on already, which is all that this server takes at once. Try again later.");
        return Err(ApiError::Refused(full));
    }
    let code = clock::fresh_code();
    let rehearsal = open(&request.app.db, facilitator, &code).await?;
    rehearsals.lock().open.insert(code.clone(), rehearsal);
    simulated::send(&request.app, &code, &MEMBERS.map(str::to_owned), pace);
    tracing::info!("a rehearsal began");
    Ok(code)
}

/// Ends the rehearsal of this code, for somebody who leads in it.
pub async fn end(request: &Request, code: &str) -> Result<(), ApiError> {
    let code = JoinCode::parse(code).unwrap_or_default();
    let rehearsals = request.app.hub.rehearsals();
    let gone = || ApiError::NotFound("This rehearsal is over.".to_owned());
    let room = rehearsals.room(&code).ok_or_else(gone)?;
    let seat = auth::seat_in(&request.app, &request.session, &room)
        .await?
        .ok_or(ApiError::NoSeat)?;
    let people = room.view(Audience::Everyone).await.ok_or(ServerError::RoomSilent)?.workshop.people;
    if people.get(seat).is_none_or(|person| person.role != Role::Facilitator) {
        return Err(ApiError::NotAllowed);
    }
    rehearsals.end(&code).await;
    Ok(())
}

/// A checkpoint in a database of its own that has begun.
async fn open(organisation: &Db, facilitator: &Account, code: &JoinCode) -> Result<Rehearsal, ApiError> {
    let db = Db::in_memory().await?;
    let (now, id) = (clock::now(), WorkshopId::new(clock::fresh_id()));
    // A checkpoint needs who leads it and a squad; nobody signs in with this account.
    let nobody = String::new();
    let account = Account {
        password_hash: nobody,
        ..facilitator.clone()
    };
    people::create(&db, &account).await?;
    for own in capabilities::all(organisation).await? {
        capabilities::save(&db, &own, None).await?;
    }
    let squad = squads::find_or_create(&db, SquadId::new(clock::fresh_id()), SQUAD, None, now.0).await?;
    let created = Created {
        squad: SquadName::parse(SQUAD)?,
        tribe: None,
        code: code.clone(),
        held_on: clock::today(),
        facilitator: PersonName::parse(&facilitator.name)?,
        industry: None,
        options: Options::default(),
        steps: default_steps(false),
        scope: Scope::default(),
        previous: None,
        minutes: None,
        texts: SortedMap::new(),
        rehearsal: true,
    };
    start::create(&db, id, squad.id, facilitator, created, now).await?;
    let journal = Journal::start(db.clone());
    let room = Room::open(id, db.clone(), journal.clone()).await?;
    let start = Command::Agenda(agenda::Command::Start);
    let started = room.execute(Actor::Participant(FACILITATOR), start).await;
    started.map_err(|refusal| ApiError::Refused(refusal.to_string()))?;
    Ok(Rehearsal {
        room,
        owner: facilitator.id,
        began: now,
        db,
        journal,
    })
}
