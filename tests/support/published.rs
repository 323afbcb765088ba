//! Published pages without the meetings that made them.

use checkpoint::domain::ids::{SquadId, TribeId};
use checkpoint::domain::metric::Metric;
use checkpoint::domain::page::Page;
use checkpoint::server::app::AppState;
use checkpoint::server::clock::fresh_id;
use checkpoint::server::store::events::NewEvent;
use checkpoint::server::store::journal::Append;
use checkpoint::server::store::people::Account;
use checkpoint::server::store::summaries::NewSummary;
use checkpoint::server::store::workshops::{NewWorkshop, Status, WorkshopColumns};
use checkpoint::server::store::{squads, workshops};

/// Keeps a page as a room keeps the first revision of its own; squad and tribe are made where they are not there.
pub(crate) async fn publish(state: &AppState, by: &Account, page: &Page) {
    let db = &state.db;
    let tribe = match &page.tribe {
        Some(name) => squads::find_or_create_tribe(db, TribeId::new(fresh_id()), name.as_str(), 1)
            .await
            .ok(),
        None => None,
    };
    let squad = squads::find_or_create(db, SquadId::new(fresh_id()), page.squad.as_str(), tribe.map(|tribe| tribe.id), 1);
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
        summary: Some(NewSummary {
            revision: 1,
            published_at: 1,
            published_by: by.name.clone(),
            body: serde_json::to_string(page).unwrap(),
            gist: page.gist(),
        }),
        actions: None,
        erased: None,
    };
    state.journal.append(published).await.unwrap();
}

fn columns(page: &Page) -> WorkshopColumns {
    let code = |metric| page.answer_to(metric).map(|code| i64::from(code.get()));
    let maturity = page.maturity.as_ref();
    WorkshopColumns {
        status: Status::Published,
        held_on: page.held_on.to_string(),
        title: page.title.to_string(),
        industry: page.industry.map(|industry| industry.key().to_owned()),
        level: maturity.map(|found| found.level.key().to_owned()),
        percentile: maturity.map(|found| found.percentile.into()),
        sum: maturity.map(|found| found.sum.into()),
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
