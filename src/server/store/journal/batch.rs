//! One transaction for many appends, and what happens when one of them does not fit.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use super::{Append, erase, scrub};
use crate::domain::ids::WorkshopId;
use crate::server::store::events::{self, Row};
use crate::server::store::sql::{Tx, each_db};
use crate::server::store::{Db, StoreError, actions, past, summaries, workshops};

/// What became of each append, in order.
pub(super) type Results = Vec<Result<(), StoreError>>;

/// Writes all appends with one commit. If the transaction fails because of one of them, each is tried alone, so that it fails alone.
pub(super) async fn write(db: &Db, appends: &[Arc<Append>]) -> Results {
    if appends.is_empty() {
        return Vec::new();
    }
    match together(db, appends).await {
        Ok(results) => results,
        Err(error) if appends.len() > 1 && error.concerns_one() => {
            let mut results = Vec::with_capacity(appends.len());
            for append in appends {
                let alone = together(db, std::slice::from_ref(append)).await;
                results.push(alone.and_then(|mut result| result.pop().unwrap_or(Ok(()))).map_err(lost));
            }
            results
        }
        Err(error) => {
            let error = lost(error);
            appends.iter().map(|_| Err(error.clone())).collect()
        }
    }
}

/// Another server that took the same place in a log was quicker.
fn lost(error: StoreError) -> StoreError {
    match &error {
        StoreError::Database(cause)
            if cause
                .as_database_error()
                .is_some_and(sqlx::error::DatabaseError::is_unique_violation) =>
        {
            StoreError::Conflict
        }
        _ => error,
    }
}

/// One transaction. An append that comes too late is left out and told so; any other failure takes the transaction back.
async fn together(db: &Db, appends: &[Arc<Append>]) -> Result<Results, StoreError> {
    let mut tx = db.begin().await?;
    let mut logs = last_seqs(&mut tx, appends).await?;
    let mut rows = Vec::new();
    let mut accepted = Vec::with_capacity(appends.len());
    let mut results = Vec::with_capacity(appends.len());
    for append in appends {
        let verdict = match logs.get_mut(&append.workshop) {
            None => Err(StoreError::Missing),
            Some(log) if log.last != append.expected_seq => Err(StoreError::Conflict),
            Some(log) => {
                log.last += append.events.len() as u64;
                accepted.push(append);
                Ok(())
            }
        };
        results.push(verdict);
    }
    for append in &accepted {
        let workshop = logs[&append.workshop].id.as_str();
        let seqs = append.expected_seq + 1..;
        rows.extend(seqs.zip(&append.events).map(|(seq, event)| Row { workshop, seq, event }));
    }
    events::insert(&mut tx, &rows).await?;
    for append in accepted {
        for (seq, body) in &append.scrub {
            scrub::replace(&mut tx, append.workshop, *seq, body).await?;
        }
        if let Some(columns) = &append.columns {
            workshops::project(&mut tx, append.workshop, columns).await?;
        }
        for summary in &append.summaries {
            summaries::insert(&mut tx, append.workshop, summary).await?;
            past::index(&mut tx, append.workshop, summary.revision, &summary.gist).await?;
        }
        if let Some(rows) = &append.actions {
            actions::project(&mut tx, append.workshop, rows).await?;
        }
        if let Some(erased) = &append.erased {
            erase::erase(&mut tx, append.workshop, erased).await?;
        }
    }
    tx.commit().await?;
    Ok(results)
}

/// The end of one log.
struct Log {
    /// The id of the checkpoint as it stands in the table.
    id: String,
    /// Its last `seq`.
    last: u64,
}

/// How many logs one statement asks for. Few sizes, so that each statement is prepared once.
const SIZES: [usize; 3] = [64, 8, 1];

static LAST_SEQS: LazyLock<[String; SIZES.len()]> = LazyLock::new(|| SIZES.map(last_seqs_of));

/// The statement that asks for the ends of `logs` logs: one step down the primary key for each, however long the log is.
fn last_seqs_of(logs: usize) -> String {
    let places: Vec<String> = (1..=logs).map(|place| format!("${place}")).collect();
    format!(
        "SELECT w.id, (SELECT MAX(e.seq) FROM events e WHERE e.workshop_id = w.id) FROM workshops w WHERE w.id IN ({})",
        places.join(",")
    )
}

/// Where the logs of these appends end. A checkpoint that does not exist has no entry.
async fn last_seqs(tx: &mut Tx, appends: &[Arc<Append>]) -> Result<HashMap<WorkshopId, Log>, StoreError> {
    let mut wanted: Vec<WorkshopId> = appends.iter().map(|append| append.workshop).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let mut logs = HashMap::with_capacity(wanted.len());
    let mut wanted = wanted.as_slice();
    for (size, sql) in SIZES.iter().zip(LazyLock::force(&LAST_SEQS)) {
        while wanted.len() >= *size {
            let (now, later) = wanted.split_at(*size);
            wanted = later;
            let found: Vec<(WorkshopId, Option<i64>)> = each_db!(&mut *tx, conn => {
                let mut query = sqlx::query_as(sql.as_str());
                for workshop in now {
                    query = query.bind(*workshop);
                }
                query.fetch_all(&mut **conn).await
            })?;
            for (workshop, last) in found {
                let last = u64::try_from(last.unwrap_or(0)).unwrap_or_default();
                logs.insert(
                    workshop,
                    Log {
                        id: workshop.to_string(),
                        last,
                    },
                );
            }
        }
    }
    Ok(logs)
}
