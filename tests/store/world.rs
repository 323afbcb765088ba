//! The people and things that the stories are about.

use checkpoint::domain::ids::{AccountId, SquadId, WorkshopId};
use checkpoint::server::clock::fresh_id;
use checkpoint::server::store::events::NewEvent;
use checkpoint::server::store::journal::Append;
use checkpoint::server::store::people::{Account, Role};
use checkpoint::server::store::workshops::{NewWorkshop, Status, WorkshopColumns};
use checkpoint::server::store::{Db, audit, people, squads, workshops};
use std::path::Path;

/// The SQLite database in this folder.
pub(crate) async fn open(folder: &Path) -> Db {
    Db::open(&format!("sqlite:{}/data/checkpoint.db", folder.display())).await.unwrap()
}

/// An account that runs checkpoints.
pub(crate) fn account(email: &str) -> Account {
    Account {
        id: AccountId::new(fresh_id()),
        email: email.to_owned(),
        name: "Kim".to_owned(),
        password_hash: "$argon2id$…".to_owned(),
        role: Role::Facilitator,
        active: true,
        created_at: 1,
    }
}

/// A line of the audit.
pub(crate) fn line(by: AccountId) -> audit::Line {
    audit::Line {
        id: fresh_id().to_string(),
        at: 5,
        account_id: by,
        who: "Kim".to_owned(),
        what: "Changed something".to_owned(),
    }
}

/// A squad and somebody to run its checkpoints.
pub(crate) struct World {
    pub(crate) squad: SquadId,
    pub(crate) kim: AccountId,
}

impl World {
    pub(crate) async fn new(db: &Db) -> Self {
        let kim = account("kim@example.org");
        people::create(db, &kim).await.unwrap();
        let squad = squads::find_or_create(db, SquadId::new(fresh_id()), "Team Blue", None, 1)
            .await
            .unwrap();
        Self {
            squad: squad.id,
            kim: kim.id,
        }
    }

    /// A line of the audit by Kim.
    pub(crate) fn line(&self) -> audit::Line {
        line(self.kim)
    }

    /// A checkpoint that is not stored yet.
    pub(crate) fn plan(&self, code: &str, held_on: &str) -> NewWorkshop {
        NewWorkshop {
            id: WorkshopId::new(fresh_id()),
            code: code.to_owned(),
            squad_id: self.squad,
            facilitator_id: self.kim,
            facilitator_name: "Kim".to_owned(),
            held_on: held_on.to_owned(),
            title: format!("Checkpoint {code}"),
            industry: None,
            created_at: 1,
        }
    }

    /// A stored checkpoint with an empty log.
    pub(crate) async fn workshop(&self, db: &Db, code: &str) -> WorkshopId {
        let plan = self.plan(code, "2026-11-20");
        workshops::create(db, &plan, &[]).await.unwrap();
        plan.id
    }
}

/// An event with this body.
pub(crate) fn event(body: &str) -> NewEvent {
    NewEvent {
        at: 7,
        actor: Some("somebody".to_owned()),
        cause: None,
        kind: "noted",
        body: body.to_owned(),
    }
}

/// An append of these bodies and nothing else.
pub(crate) fn append(workshop: WorkshopId, expected_seq: u64, bodies: &[&str]) -> Append {
    let events = bodies.iter().map(|body| event(body)).collect();
    Append {
        workshop,
        expected_seq,
        events,
        scrub: Vec::new(),
        columns: None,
        summaries: vec![],
        actions: None,
        erased: None,
    }
}

/// What the lists show of a checkpoint that stands here.
pub(crate) fn columns(status: Status, held_on: &str, level: Option<&str>) -> WorkshopColumns {
    WorkshopColumns {
        status,
        held_on: held_on.to_owned(),
        title: "Projected".to_owned(),
        industry: Some("energy".to_owned()),
        level: level.map(str::to_owned),
        percentile: Some(61),
        sum: Some(24),
        lead_time: Some(1),
        deployment_frequency: Some(2),
        time_to_restore: Some(3),
        change_failure_rate: Some(4),
        deployment_rework: None,
        revision: 1,
        started_at: Some(10),
        published_at: Some(20),
        cancelled: 0,
        names_erased: 0,
    }
}
