//! Checkpoints that were held: published pages without the meetings that made them.

use checkpoint::domain::flow::outline;
use checkpoint::domain::ids::{SquadId, TribeId};
use checkpoint::domain::maturity::{Answers, assess};
use checkpoint::domain::metric::{Code, Metric};
use checkpoint::domain::page::{Maturity, Page};
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
    /// Its squad.
    pub(crate) squad: String,
    /// Its tribe, or empty.
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
    /// Its page, of which the rest is as little as it can be.
    pub(crate) fn page(&self) -> Page {
        let code = |metric: Metric| Code::new(self.codes[metric as usize]);
        let asked = Metric::ALL
            .into_iter()
            .filter(|metric| Metric::FOUR.contains(metric) || code(*metric).is_some());
        let answers = asked
            .map(|metric| json!({ "metric": metric, "answer": code(metric), "label": null, "why": "", "last_time": null, "rounds": [] }));
        let key = |title: &str| title.to_lowercase().replace(' ', "-");
        let scores = self
            .scores
            .iter()
            .map(|(title, score)| json!({ "key": key(title), "title": title, "summary": "", "score": score, "people": 6, "items": [] }));
        let mut page = json!({
            "format": 1, "id": fresh_id(), "revision": 1, "published_at": 1, "squad": self.squad, "tribe": null, "held_on": self.held_on,
            "facilitator": "Kim Ito", "present": [], "observing": [], "industry": null, "title": "", "foreword": "",
            "scope": Scope::default(), "answers": answers.collect::<Vec<Value>>(), "maturity": Answers::from_fn(code).as_ref().map(Maturity::of),
            "capabilities": scores.collect::<Vec<Value>>(), "timeline": [], "previous": null,
        });
        if !self.tribe.is_empty() {
            page["tribe"] = json!(self.tribe);
        }
        if !self.focus.is_empty() {
            page["focus"] = json!({ "key": key(self.focus), "title": self.focus });
        }
        if !self.flow.is_empty() {
            page["flow"] = json!(outline::read(&self.flow).unwrap());
        }
        serde_json::from_value(page).unwrap()
    }
}

/// Keeps a page as a room keeps the first revision of its own, led by this account; squad and tribe are made where they are not there.
pub(crate) async fn publish(state: &AppState, by: &Account, page: &Page) {
    let db = &state.db;
    let tribe = match &page.tribe {
        Some(name) => Some(
            squads::find_or_create_tribe(db, TribeId::new(fresh_id()), name.as_str(), 1)
                .await
                .unwrap()
                .id,
        ),
        None => None,
    };
    let squad = squads::find_or_create(db, SquadId::new(fresh_id()), page.squad.as_str(), tribe, 1);
    let new = NewWorkshop {
        id: page.id,
        code: page.id.to_string(),
        squad_id: squad.await.unwrap().id,
        facilitator_id: by.id,
        facilitator_name: by.name.clone(),
        held_on: page.held_on.to_string(),
        title: page.title.to_string(),
        industry: None,
        created_at: 1,
    };
    workshops::create(db, &new, &[]).await.unwrap();
    let published = Append {
        workshop: page.id,
        expected_seq: 0,
        events: vec![NewEvent {
            at: 1,
            actor: None,
            cause: None,
            kind: "published",
            body: "{}".to_owned(),
        }],
        scrub: vec![],
        columns: Some(columns(page)),
        summaries: vec![NewSummary {
            revision: 1,
            published_at: 1,
            published_by: by.name.clone(),
            body: serde_json::to_string(page).unwrap(),
            gist: page.gist(),
        }],
        actions: None,
        erased: None,
    };
    state.journal.append(published).await.unwrap();
}

fn columns(page: &Page) -> WorkshopColumns {
    let code = |metric| page.answer_to(metric).map(|code| i64::from(code.get()));
    let found = page.agreed().map(|answers| assess(&answers));
    WorkshopColumns {
        status: Status::Published,
        held_on: page.held_on.to_string(),
        title: page.title.to_string(),
        industry: page.industry.map(|industry| industry.key().to_owned()),
        level: found.map(|found| found.level.key().to_owned()),
        percentile: found.map(|found| found.percentile.into()),
        sum: found.map(|found| found.sum.into()),
        lead_time: code(Metric::LeadTime),
        deployment_frequency: code(Metric::DeploymentFrequency),
        time_to_restore: code(Metric::TimeToRestore),
        change_failure_rate: code(Metric::ChangeFailureRate),
        deployment_rework: code(Metric::DeploymentRework),
        revision: 1,
        started_at: Some(1),
        published_at: Some(1),
        cancelled: 0,
        names_erased: 0,
    }
}
