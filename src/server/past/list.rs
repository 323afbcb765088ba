//! A page of the list of past checkpoints.
//!
//! What of a filter is not understood is said, and then nothing is listed: never more than was asked for.

use crate::api::ApiError;
use crate::api::checkpoints::{Card, SquadChoice};
use crate::api::past::{Earlier, Filter, Listed, ListedCapability, Listing};
use crate::domain::facts::Edition;
use crate::domain::ids::WorkshopId;
use crate::domain::maturity::Level;
use crate::domain::page::words;
use crate::server::error::ServerError;
use crate::server::request::Request;
use crate::server::store::past::{self, PageCapability};
use crate::server::store::squads::Tribe;
use crate::server::store::workshops::{self, Sort, Status, WorkshopRow};
use crate::server::store::{self, Db, StoreError};
use crate::server::views;
use chrono::NaiveDate;
use std::collections::HashMap;
use tokio::try_join;

/// How many checkpoints a page of the list shows.
const PER_PAGE: u32 = 25;

/// The published checkpoints that fit.
pub async fn listing(request: &Request, filter: &Filter) -> Result<Listing, ApiError> {
    request.signed_in()?;
    let db = &request.app.db;
    let (mut squads, tribes, squad, capabilities) = try_join!(
        views::squads(db),
        store::squads::tribes(db),
        store::squads::by_slug(db, &filter.squad),
        past::known_capabilities(db),
    )?;
    if let Some(found) = &squad
        && squads.iter().all(|offered| offered.slug != filter.squad)
    {
        // Archived, or merged into another: the form shows what was asked for.
        squads.retain(|offered| offered.slug != found.slug);
        squads.push(SquadChoice {
            name: found.name.clone(),
            slug: filter.squad.clone(),
            tribe: found.tribe_name.clone(),
        });
    }
    let known = Known {
        squad: squad.map(|squad| squad.slug),
        tribes: &tribes,
        capabilities: &capabilities,
    };
    let (asked, mut remarks) = understood(filter, &known);
    let with = chosen(db, &filter.with, &mut remarks).await?;
    let (rows, total) = if remarks.is_empty() {
        try_join!(workshops::list(db, &asked), workshops::count(db, &asked))?
    } else {
        (vec![], 0)
    };
    if total == 0 {
        remarks.extend(words_nowhere(db, &asked.words).await?);
    }
    Ok(Listing {
        me: request.me(),
        rows: listed(db, rows).await?,
        total: u32::try_from(total).unwrap_or(u32::MAX),
        per_page: PER_PAGE,
        remarks,
        squads,
        tribes: tribes.iter().map(|tribe| tribe.name.clone()).collect(),
        capabilities,
        with,
    })
}

/// What a filter may name.
struct Known<'a> {
    squad: Option<String>,
    tribes: &'a [Tribe],
    capabilities: &'a [(String, String)],
}

/// The filter as the database is asked, and what of it could not be understood.
fn understood(filter: &Filter, known: &Known<'_>) -> (workshops::Filter, Vec<String>) {
    let mut remarks = Vec::new();
    let given = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    let tribe = known.tribes.iter().find(|tribe| tribe.name == filter.tribe).map(|tribe| tribe.id);
    let words = words::asked(&filter.q);
    let named = [
        ("squad", &filter.squad, known.squad.is_some()),
        ("tribe", &filter.tribe, tribe.is_some()),
        ("level", &filter.level, filter.level.parse::<Level>().is_ok()),
        (
            "capability",
            &filter.capability,
            known.capabilities.iter().any(|(key, _)| *key == filter.capability),
        ),
        (
            "order of the list",
            &filter.sort,
            ["squad", "level"].contains(&filter.sort.as_str()),
        ),
        (
            "direction of the order",
            &filter.order,
            ["asc", "desc"].contains(&filter.order.as_str()),
        ),
        ("edition", &filter.edition, Edition::asked(&filter.edition).is_some()),
    ];
    for (kind, name, is_known) in named {
        if !name.is_empty() && !is_known {
            remarks.push(format!("There is no {kind} “{name}”."));
        }
    }
    if words.is_empty() && !filter.q.trim().is_empty() {
        remarks.push(format!(
            "“{}” holds no word to look for: type two letters or more.",
            filter.q.trim()
        ));
    }
    let (from, to) = (day(&filter.from, &mut remarks), day(&filter.to, &mut remarks));
    if from.zip(to).is_some_and(|(from, to)| from > to) {
        remarks.push("The period ends before it begins.".to_owned());
    }
    let sort = match filter.sort.as_str() {
        "squad" => Sort::Squad,
        "level" => Sort::Level,
        _ => Sort::Date,
    };
    let asked = workshops::Filter {
        squad: known.squad.clone(),
        tribe,
        level: given(&filter.level),
        from: from.map(|day| day.to_string()),
        to: to.map(|day| day.to_string()),
        capability: given(&filter.capability),
        words,
        status: Some(Status::Published),
        cancelled: false,
        sort,
        ascending: filter.order == "asc" || (sort == Sort::Squad && filter.order.is_empty()),
        limit: PER_PAGE,
        offset: filter.page.saturating_sub(1).saturating_mul(PER_PAGE),
    };
    (asked, remarks)
}

/// The day that was typed, if any.
fn day(typed: &str, remarks: &mut Vec<String>) -> Option<NaiveDate> {
    if typed.is_empty() {
        return None;
    }
    let day = typed.parse().ok();
    if day.is_none() {
        remarks.push(format!("“{typed}” is no day: write it like 2023-01-10."));
    }
    day
}

/// The checkpoint that another one is chosen to be compared with.
async fn chosen(db: &Db, id: &str, remarks: &mut Vec<String>) -> Result<Option<Card>, StoreError> {
    if id.is_empty() {
        return Ok(None);
    }
    let found = match id.parse::<WorkshopId>() {
        Ok(id) => workshops::by_id(db, id).await?,
        Err(_) => None,
    };
    if found.is_none() {
        remarks.push("The checkpoint to compare with is not there any more.".to_owned());
    }
    Ok(found.map(views::card))
}

/// Which of the words that were looked for stand on no page at all.
async fn words_nowhere(db: &Db, words: &[String]) -> Result<Vec<String>, StoreError> {
    let mut nowhere = Vec::new();
    for word in words {
        if !past::stands_anywhere(db, word).await? {
            nowhere.push(format!("No page has a word that begins with “{word}”."));
        }
    }
    Ok(nowhere)
}

/// The rows with their capabilities and with what they are measured against.
async fn listed(db: &Db, rows: Vec<WorkshopRow>) -> Result<Vec<Listed>, ServerError> {
    let ids: Vec<WorkshopId> = rows.iter().map(|row| row.id).collect();
    let (found, before) = try_join!(past::capabilities_of(db, &ids), workshops::before_each(db, &ids))?;
    let mut capabilities: HashMap<WorkshopId, Vec<ListedCapability>> = HashMap::new();
    for found in found {
        capabilities.entry(found.workshop_id).or_default().push(capability(found));
    }
    let mut before: HashMap<WorkshopId, Earlier> = before
        .into_iter()
        .map(|earlier| {
            let before = Earlier {
                held_on: earlier.row.held_on.parse().unwrap_or_default(),
                answers: earlier.row.answers(),
            };
            (earlier.than, before)
        })
        .collect();
    let listed = rows.into_iter().map(|row| Listed {
        answers: row.answers(),
        industry: row.industry.as_deref().and_then(|key| key.parse().ok()),
        capabilities: capabilities.remove(&row.id).unwrap_or_default(),
        before: before.remove(&row.id),
        card: views::card(row),
    });
    Ok(listed.collect())
}

fn capability(found: PageCapability) -> ListedCapability {
    ListedCapability {
        title: found.title,
        // In tenths, which the rest was cut off: the whole points are those of the page.
        score: found.score.and_then(|tenths| u8::try_from((tenths + 5) / 10).ok()),
        focus: found.focus == 1,
    }
}
