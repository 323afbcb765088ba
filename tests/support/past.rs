//! Checkpoints that were held: published pages without the meetings that made them.

use checkpoint::domain::flow::outline;
use checkpoint::domain::ids::{SquadId, TribeId, WorkshopId};
use checkpoint::domain::maturity::{Answers, assess};
use checkpoint::domain::metric::{Code, Metric};
use checkpoint::domain::page::Page;
use checkpoint::domain::scene::Scope;
use checkpoint::server::app::AppState;
use checkpoint::server::clock::fresh_id;
use checkpoint::server::store::events::NewEvent;
use checkpoint::server::store::journal::Append;
use checkpoint::server::store::people::Account;
use checkpoint::server::store::summaries::NewSummary;
use checkpoint::server::store::workshops::{NewWorkshop, Status, WorkshopColumns};
use checkpoint::server::store::{squads, workshops};
use serde_json::{Value, json};

/// A checkpoint that was held.
#[derive(Clone, Debug, Default)]
pub(crate) struct Past {
    /// Its squad; one that is not there is made.
    pub(crate) squad: String,
    /// The tribe of a squad that is made.
    pub(crate) tribe: String,
    /// The day, `YYYY-MM-DD`.
    pub(crate) held_on: String,
    /// The five answers; 0 for none.
    pub(crate) codes: [u8; 5],
    /// Capabilities with their scores.
    pub(crate) scores: Vec<(&'static str, Option<f64>)>,
    /// The one to work on first, or empty.
    pub(crate) focus: &'static str,
    /// The flow as an outline, or empty.
    pub(crate) flow: String,
}

impl Past {
    fn page(&self, id: WorkshopId) -> Page {
        let scores = self.scores.iter().map(|(title, score)| {
            json!({ "key": title.to_lowercase().replace(' ', "-"), "title": title, "summary": "", "score": score, "people": 6, "items": [] })
        });
        let mut page = json!({
            "format": 1, "id": id, "revision": 1, "published_at": 1, "squad": self.squad, "tribe": null, "held_on": self.held_on,
            "facilitator": "Kim Ito", "present": ["Ana"], "observing": [], "industry": null, "title": "", "foreword": "",
            "scope": Scope::default(), "answers": [], "maturity": null, "capabilities": scores.collect::<Vec<Value>>(),
            "timeline": [], "previous": null,
        });
        if !self.focus.is_empty() {
            page["focus"] = json!({ "key": self.focus.to_lowercase().replace(' ', "-"), "title": self.focus });
        }
        if !self.flow.is_empty() {
            page["flow"] = json!(outline::read(&self.flow).unwrap());
        }
        serde_json::from_value(page).unwrap()
    }

    fn columns(&self) -> WorkshopColumns {
        let code = |metric: Metric| Code::new(self.codes[metric as usize]);
        let found = Answers::from_fn(code).map(|answers| assess(&answers));
        let column = |metric| code(metric).map(|code| i64::from(code.get()));
        WorkshopColumns {
            status: Status::Published,
            held_on: self.held_on.clone(),
            title: String::new(),
            industry: None,
            level: found.map(|found| found.level.key().to_owned()),
            percentile: found.map(|found| found.percentile.into()),
            sum: found.map(|found| found.sum.into()),
            lead_time: column(Metric::LeadTime),
            deployment_frequency: column(Metric::DeploymentFrequency),
            time_to_restore: column(Metric::TimeToRestore),
            change_failure_rate: column(Metric::ChangeFailureRate),
            deployment_rework: column(Metric::DeploymentRework),
            revision: 1,
            started_at: Some(1),
            published_at: Some(1),
            cancelled: 0,
            names_erased: 0,
        }
    }
}

/// Publishes it, led by this account.
pub(crate) async fn publish(state: &AppState, by: &Account, past: &Past) -> WorkshopId {
    let db = &state.db;
    let tribe = match past.tribe.as_str() {
        "" => None,
        name => Some(
            squads::find_or_create_tribe(db, TribeId::new(fresh_id()), name, 1)
                .await
                .unwrap()
                .id,
        ),
    };
    let squad = squads::find_or_create(db, SquadId::new(fresh_id()), &past.squad, tribe, 1)
        .await
        .unwrap();
    let id = WorkshopId::new(fresh_id());
    let new = NewWorkshop {
        id,
        code: id.to_string(),
        squad_id: squad.id,
        facilitator_id: by.id,
        facilitator_name: by.name.clone(),
        held_on: past.held_on.clone(),
        title: String::new(),
        industry: None,
        created_at: 1,
    };
    workshops::create(db, &new, &[]).await.unwrap();
    let page = past.page(id);
    let published = Append {
        workshop: id,
        expected_seq: 0,
        events: vec![NewEvent {
            at: 1,
            actor: None,
            cause: None,
            kind: "published",
            body: "{}".to_owned(),
        }],
        scrub: vec![],
        columns: Some(past.columns()),
        summary: Some(NewSummary {
            revision: 1,
            published_at: 1,
            published_by: by.name.clone(),
            body: serde_json::to_string(&page).unwrap(),
            gist: page.gist(),
        }),
        actions: None,
        erased: None,
    };
    state.journal.append(published).await.unwrap();
    id
}
