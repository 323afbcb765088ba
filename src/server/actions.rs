//! Actions between checkpoints: the lists over squads, and who may say how far one is.

use super::error::ServerError;
use super::last_time;
use super::pages::LeftOut;
use super::request::Request;
use super::shared_links;
use super::store::actions::{self, ActionRow, ChangeRow, Filter as Rows, Key, NewChange, Outcome, Place as Kept, Sort};
use super::store::{Db, StoreError, summaries};
use super::{capabilities, clock, views};
use crate::api::ApiError;
use crate::api::actions::{ActionsView, Change, Filter, Line, Place, Said, Unchanged};
use crate::domain::action::{Action, Serves, Status, TrackerLink};
use crate::domain::ids::SquadId;
use crate::domain::outside::{self, Need, Shared};
use crate::domain::page::{Decided, Improvement, Looked};
use crate::domain::text::{DisplayName, Owner, Why};
use crate::domain::time::Timestamp;
use serde::Deserialize;
use std::collections::BTreeSet;

/// How many actions a page of the list shows.
const PER_PAGE: u32 = 50;
/// How many open actions are looked through for what squads need from outside.
const MOST_NEEDS: u32 = 1000;
/// A page without this text holds no improvement that needs help from outside.
const MARK: &str = "\"outside\":true";

/// The list, narrowed.
pub async fn listing(request: &Request, filter: &Filter) -> Result<ActionsView, ApiError> {
    let me = request.signed_in()?;
    let db = &request.app.db;
    let mut view = ActionsView {
        me: request.me(),
        lines: vec![],
        total: 0,
        per_page: PER_PAGE,
        squads: vec![],
        outside: vec![],
        left_out: String::new(),
    };
    if filter.outside {
        let (outside, left_out) = needed_from_outside(db, |_| true).await?;
        (view.outside, view.left_out) = (outside, left_out.sentence());
        return Ok(view);
    }
    let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let closed = filter.state == "closed";
    let rows = Rows {
        squad: given(&filter.squad),
        owner_key: (filter.who == "mine").then(|| folded(&me.name)),
        due_before: (filter.due == "overdue").then(|| clock::today().to_string()),
        closed,
        outside: false,
        sort: match filter.sort.as_str() {
            "age" => Sort::Age,
            _ if closed => Sort::Changed,
            _ => Sort::Due,
        },
        limit: PER_PAGE,
        offset: filter.page.saturating_sub(1).saturating_mul(PER_PAGE),
    };
    view.squads = views::squads(&request.app.db).await?;
    view.lines = lines(db, &rows).await?;
    view.total = u32::try_from(actions::count(db, &rows).await?).unwrap_or(u32::MAX);
    Ok(view)
}

/// How many open actions somebody has.
pub async fn count_of(db: &Db, name: &str) -> Result<u32, ServerError> {
    let mine = Rows {
        owner_key: Some(folded(name)),
        ..Rows::default()
    };
    Ok(u32::try_from(actions::count(db, &mine).await?).unwrap_or(u32::MAX))
}

/// A person's name as the rows hold the names of owners.
fn folded(name: &str) -> String {
    Owner::parse(name).unwrap_or_default().folded()
}

/// The actions of these rows with their changes. Over all squads, one that may not be named is not said to need anybody either.
pub async fn lines(db: &Db, filter: &Rows) -> Result<Vec<Line>, ServerError> {
    let rows = actions::list(db, filter).await?;
    let keys: Vec<Key> = rows.iter().map(ActionRow::key).collect();
    let changes = actions::changes(db, &keys).await?;
    let of = |row: &ActionRow| {
        let own = |change: &&ChangeRow| (change.workshop_id, change.number) == (row.workshop_id, row.number);
        changes.iter().filter(own).map(change_of).collect()
    };
    rows.iter().map(|row| line(row, of(row), filter.squad.is_some())).collect()
}

fn line(row: &ActionRow, changes: Vec<Change>, of_one_squad: bool) -> Result<Line, ServerError> {
    let action = last_time::action(row)?;
    let overdue = action.due.map(|due| (clock::today() - due).num_days());
    Ok(Line {
        workshop: row.workshop_id,
        number: row.number.0,
        squad: row.squad_name.clone(),
        slug: row.squad_slug.clone(),
        version: row.version,
        overdue: overdue.filter(|days| *days > 0 && action.status.is_open()),
        changes,
        action: Action {
            outside: action.outside && (of_one_squad || row.named_outside == 1),
            // What is stored is not trusted to be an address: a click on anything else could run it.
            tracker: action.tracker.filter(|link| TrackerLink::parse(link.as_str()).is_ok()),
            ..action
        },
    })
}

fn change_of(row: &ChangeRow) -> Change {
    let held_on = row.held_on.as_deref().and_then(|day| day.parse().ok()).unwrap_or_default();
    Change {
        at: Timestamp(row.at),
        who: row.who.clone(),
        place: match row.place {
            Kept::Account => Place::Account,
            Kept::Link => Place::Link,
            Kept::Checkpoint => Place::Checkpoint(held_on),
        },
        from: row.old_status.into(),
        to: row.new_status.into(),
        note: row.note.clone(),
    }
}

/// What a page holds of needs.
#[derive(Deserialize)]
struct Needing {
    #[serde(default)]
    improvements: Vec<Improvement>,
    #[serde(default)]
    actions: Vec<Looked>,
    #[serde(default)]
    decided: Vec<Decided>,
}

/// What the squads for which `among` is true need from outside: open actions that are marked, and what the last page of each squad holds
/// of marked improvements. Where an action of the page was made of one, the action speaks for it, also when it is done. With them, the
/// pages that could not be read.
pub async fn needed_from_outside(db: &Db, among: impl Fn(SquadId) -> bool) -> Result<(Vec<Shared>, LeftOut), ServerError> {
    let marked = Rows {
        outside: true,
        limit: MOST_NEEDS,
        ..Rows::default()
    };
    let (mut needs, mut left_out) = (Vec::new(), LeftOut::default());
    for row in actions::list(db, &marked).await? {
        let action = last_time::action(&row)?;
        needs.push(Need {
            squad: row.squad_id,
            named: (row.named_outside == 1).then_some(row.squad_name),
            words: action.title.to_string(),
            serves: action.serves,
        });
    }
    let catalogue = capabilities::catalogue(db).await?;
    for last in summaries::last_of_each_squad(db, MARK).await? {
        let Some(page) = left_out.read::<Needing>(last.workshop_id, &last.body) else {
            continue;
        };
        let decided = page.decided.into_iter().map(|decided| decided.action);
        let before = page.actions.into_iter().map(|looked| looked.action);
        let taken_on: BTreeSet<String> = before.chain(decided).map(|action| action.improvement).collect();
        let left = page
            .improvements
            .into_iter()
            .filter(|one| one.outside && !taken_on.contains(&one.title));
        needs.extend(left.map(|one| Need {
            squad: last.squad_id,
            named: (last.named_outside == 1).then(|| last.squad_name.clone()),
            words: one.title,
            serves: one.serves.map(|key| {
                Serves {
                    title: catalogue
                        .get(&key)
                        .map_or_else(|| key.as_str().to_owned(), |known| known.title.clone()),
                    key,
                }
            }),
        }));
    }
    needs.retain(|need| among(need.squad));
    Ok((outside::gather(needs), left_out))
}

/// Who says something of an action, and of which squad's.
struct Speaker {
    /// The name.
    who: String,
    /// With an account or by a link.
    place: Kept,
    /// The only squad whose actions this person may change.
    only_of: Option<SquadId>,
}

/// Says how far an action is. Whoever has the squad's link says their name; with an account it takes one that may lead checkpoints.
pub async fn change(request: &Request, said: Said) -> Result<(), ApiError> {
    let speaker = if said.token.is_empty() {
        Speaker {
            who: request.facilitator()?.name.clone(),
            place: Kept::Account,
            only_of: None,
        }
    } else {
        let link = shared_links::open_to_write(request, &said.token).await?;
        let name = DisplayName::parse(&said.name).map_err(|error| unchanged(&said, said.seen, error.to_string()))?;
        shared_links::remember_name(request, &name).await?;
        Speaker {
            who: name.to_string(),
            place: Kept::Link,
            only_of: Some(link.squad_id),
        }
    };
    let note = Why::parse(&said.note).map_err(|error| unchanged(&said, said.seen, error.to_string()))?;
    let db = &request.app.db;
    let new = NewChange {
        key: Key {
            workshop: said.workshop,
            number: said.number,
        },
        only_of: speaker.only_of,
        seen: said.seen,
        status: said.status.into(),
        note: note.to_string(),
        who: speaker.who,
        place: speaker.place,
        at: clock::now().0,
    };
    match actions::change(db, &new).await {
        Ok(Outcome::Stands) => Ok(()),
        Ok(Outcome::Overtaken) => Err(overtaken(db, &said, new.key).await?),
        Err(StoreError::Missing) => Err(gone()),
        Err(error) => Err(error.into()),
    }
}

fn gone() -> ApiError {
    ApiError::NotFound("This action does not exist any more.".to_owned())
}

fn unchanged(said: &Said, seen: u32, why: String) -> ApiError {
    ApiError::Unchanged(Box::new(Unchanged {
        workshop: said.workshop,
        number: said.number,
        said: why,
        seen,
        status: said.status,
        note: said.note.clone(),
    }))
}

/// The sentence for the second of two people who say different things.
async fn overtaken(db: &Db, said: &Said, key: Key) -> Result<ApiError, ServerError> {
    let Some(row) = actions::by_key(db, key).await? else {
        return Ok(gone());
    };
    let changes = actions::changes(db, &[key]).await?;
    let who = changes.first().map_or("Somebody", |change| change.who.as_str());
    let status = Status::from(row.status).label();
    let note = if row.note.is_empty() {
        String::new()
    } else {
        format!(" with the note “{}”", row.note)
    };
    let sentence =
        format!("{who} set this to “{status}”{note} since you opened this page; save again if what you typed should stand instead.");
    Ok(unchanged(said, row.version, sentence))
}
