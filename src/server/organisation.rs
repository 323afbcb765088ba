//! All squads at once: what each agreed last, and what follows over squads. Nothing here reads a vote, a survey's answers or a log.

use super::error::ServerError;
use super::request::Request;
use super::store::actions::Standing as ActionStanding;
use super::store::trends::{self, Alike, SquadRow};
use super::store::{Db, past, squads};
use super::{actions, clock};
use crate::api::ApiError;
use crate::api::trends::{Chosen, Deeds, Filter, OrganisationView, Row};
use crate::domain::facts::Edition;
use crate::domain::ids::{SquadId, WorkshopId};
use crate::domain::metric::Metric;
use crate::domain::outside::Shared;
use crate::domain::trends::Held;
use crate::domain::trends::spread::{Age, of_scores};
use chrono::{Months, NaiveDate};
use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Two quarters, in milliseconds: as long as done and dropped actions count.
const RECENT: i64 = 182 * 24 * 60 * 60 * 1000;

/// The page.
pub async fn view(request: &Request, filter: &Filter) -> Result<OrganisationView, ApiError> {
    request.signed_in()?;
    let db = &request.app.db;
    let all = trends::squads(db, &clock::today().to_string()).await?;
    let counts_with: HashMap<SquadId, SquadId> = all.iter().map(|row| (row.id, row.merged_into.unwrap_or(row.id))).collect();
    let own: Vec<&SquadRow> = all.iter().filter(|row| row.merged_into.is_none()).collect();
    let shown: Vec<&SquadRow> = own.iter().copied().filter(|row| passes(row, filter)).collect();
    let ids: HashSet<SquadId> = shown.iter().map(|row| row.id).collect();
    let among = |squad: SquadId| counts_with.get(&squad).is_some_and(|squad| ids.contains(squad));
    let mut checkpoints: HashMap<SquadId, Vec<Held>> = HashMap::new();
    for row in trends::last_two_of_each_squad(db).await? {
        let squad = counts_with.get(&row.squad_id).copied().unwrap_or(row.squad_id);
        checkpoints.entry(squad).or_default().push(super::trends::held(&row));
    }
    let from = since(&filter.period, clock::today());
    let none = vec![];
    let mut rows: Vec<Row> = shown
        .iter()
        .map(|squad| row(squad, checkpoints.get(&squad.id).unwrap_or(&none), from))
        .collect();
    sort(&mut rows, &filter.sort, Edition::asked(&filter.edition).unwrap_or(Edition::Y2019));
    let last: Vec<WorkshopId> = rows.iter().filter_map(|row| row.last.map(|last| last.id)).collect();
    let capabilities = past::capabilities_of(db, &last).await?;
    let focus = capabilities.iter().filter(|row| row.focus == 1);
    let scores = capabilities
        .iter()
        .filter_map(|row| Some((row.key.as_str(), row.title.as_str(), super::trends::score(row)?)));
    let (outside, left_out) = actions::needed_from_outside(db, &among).await?;
    Ok(OrganisationView {
        me: request.me(),
        tribes: squads::tribes(db).await?.into_iter().map(|tribe| tribe.name).collect(),
        archived: own.iter().filter(|row| row.archived_at.is_some()).count(),
        focus: chosen(focus.map(|row| row.title.as_str())),
        capabilities: of_scores(scores),
        deeds: deeds(db, &among).await?,
        outside: nameless(outside),
        left_out: left_out.sentence(),
        rows,
    })
}

fn passes(squad: &SquadRow, filter: &Filter) -> bool {
    let of_tribe = filter.tribe.is_empty() || squad.tribe_name.as_ref() == Some(&filter.tribe);
    of_tribe && (filter.archived || squad.archived_at.is_none())
}

/// The first day of a period that ends today; `None` for any time.
fn since(period: &str, today: NaiveDate) -> Option<NaiveDate> {
    let months = match period {
        "quarter" => 3,
        "half" => 6,
        "year" => 12,
        _ => return None,
    };
    today.checked_sub_months(Months::new(months))
}

/// A squad with its last checkpoints, newest first.
fn row(squad: &SquadRow, checkpoints: &[Held], from: Option<NaiveDate>) -> Row {
    let newest = checkpoints.first();
    let last = newest.filter(|last| from.is_none_or(|from| last.held_on >= from));
    let better = Metric::ALL.map(|metric| last?.better_than(checkpoints.get(1)?, metric));
    let last_held = newest.map(|last| last.held_on);
    Row {
        name: squad.name.clone(),
        slug: squad.slug.clone(),
        tribe: squad.tribe_name.clone(),
        archived: squad.archived_at.is_some(),
        last_held,
        last: last.copied(),
        better,
        standing: super::trends::standing(squad, last_held),
    }
}

/// Lowest or earliest first, those of whom it is not known at the end; they come by name, and alike ones stay so.
fn sort(rows: &mut [Row], by: &str, edition: Edition) {
    let metric = Metric::ALL.into_iter().find(|metric| metric.key() == by);
    match (metric, by) {
        (Some(metric), _) => rows.sort_by_key(|row| last_if_none(row.last.and_then(|last| last.answer(metric)))),
        (None, "level") => {
            let figure = |row: &Row| last_if_none(row.last.and_then(|last| last.figure(edition)));
            rows.sort_by(|one, other| figure(one).partial_cmp(&figure(other)).unwrap_or(Ordering::Equal));
        }
        (None, "held") => rows.sort_by_key(|row| last_if_none(row.last_held)),
        (None, _) => {}
    }
}

fn last_if_none<T>(value: Option<T>) -> (bool, Option<T>) {
    (value.is_none(), value)
}

/// How often each of these was chosen, the most frequent first.
fn chosen<'a>(titles: impl Iterator<Item = &'a str>) -> Vec<Chosen> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for title in titles {
        *counts.entry(title).or_default() += 1;
    }
    let mut chosen: Vec<_> = counts
        .into_iter()
        .map(|(title, squads)| Chosen {
            title: title.to_owned(),
            squads,
        })
        .collect();
    chosen.sort_by_key(|one| std::cmp::Reverse(one.squads));
    chosen
}

async fn deeds(db: &Db, among: &impl Fn(SquadId) -> bool) -> Result<Deeds, ServerError> {
    let today = clock::today();
    let mut deeds = Deeds {
        open: Age::ALL.map(|age| (age, 0)).to_vec(),
        ..Deeds::default()
    };
    for Alike { what, count, .. } in trends::open_actions(db).await?.into_iter().filter(|one| among(one.squad_id)) {
        let age = Age::of(what.and_then(|day| day.parse().ok()), today);
        deeds.open[age as usize].1 += count;
    }
    let since = clock::now().0 - RECENT;
    for Alike { what, count, .. } in trends::closed_actions(db, since)
        .await?
        .into_iter()
        .filter(|one| among(one.squad_id))
    {
        match what {
            ActionStanding::Done => deeds.done += count,
            _ => deeds.dropped += count,
        }
    }
    Ok(deeds)
}

/// On this page nobody is named, whatever the squads have agreed to.
fn nameless(mut needs: Vec<Shared>) -> Vec<Shared> {
    for need in &mut needs {
        need.named.clear();
    }
    needs
}
