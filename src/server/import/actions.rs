//! What imported pages say of actions, as rows: what the squad decided, and how far it found what stood open.
//!
//! An action whose checkpoint is not here gets a row of the first page that names it, so that it is not lost. That row stays the action's
//! when its checkpoint is imported later: what was said of it meanwhile, on pages and in checkpoints held here, names that row.

use super::super::room::{rows_of, written_down};
use super::super::store::actions::{Key, NewRow, Settled};
use super::super::store::imports::Import;
use crate::domain::page::{Looked, Page};
use crate::server::store::StoreError;
use std::collections::{BTreeMap, BTreeSet};

/// A row in place of the one that the action's own checkpoint would have.
#[derive(Clone, Copy)]
struct Instead {
    row: Key,
    /// When the page was published that it was made of; a word of before changes nothing. Any does where that page is overtaken.
    since: i64,
}

impl Instead {
    fn of(page: &Page, row: Key, overtaken: &BTreeSet<Key>) -> Self {
        let since = if overtaken.contains(&row) { i64::MIN } else { at(page) };
        Self { row, since }
    }
}

/// Stores them, of all imported pages of a squad in the order of their days.
pub(super) async fn store(import: &mut Import, pages: &[Page]) -> Result<(), StoreError> {
    let overtaken = overtaken(pages);
    let mut instead: BTreeMap<Key, Instead> = BTreeMap::new();
    for page in pages {
        for (row, looked) in open(page) {
            if let Some(action) = origin(looked)
                && import.has_action(row).await?
            {
                instead.entry(action).or_insert(Instead::of(page, row, &overtaken));
            }
        }
    }
    for page in pages {
        of_page(import, page, &mut instead, &overtaken).await?;
    }
    Ok(())
}

/// What was corrected on a page when a later checkpoint had its word already: that word stands. By the row it would have of its own.
fn overtaken(pages: &[Page]) -> BTreeSet<Key> {
    let (mut overtaken, mut earliest) = (BTreeSet::new(), BTreeMap::new());
    for page in pages.iter().rev() {
        for (row, looked) in open(page) {
            let later = earliest.entry(origin(looked).unwrap_or(row)).or_insert(i64::MAX);
            if *later <= at(page) {
                overtaken.insert(row);
            }
            *later = at(page).min(*later);
        }
    }
    overtaken
}

async fn of_page(
    import: &mut Import,
    page: &Page,
    instead: &mut BTreeMap<Key, Instead>,
    overtaken: &BTreeSet<Key>,
) -> Result<(), StoreError> {
    let (mut own, mut settled) = (vec![], vec![]);
    for (row, looked) in open(page) {
        let about = match origin(looked) {
            None => row,
            Some(action) => match instead.get(&action) {
                Some(other) if other.row != row && other.since >= at(page) => continue,
                Some(other) => other.row,
                None if import.has_action(action).await? => action,
                None => {
                    instead.insert(action, Instead::of(page, row, overtaken));
                    row
                }
            },
        };
        if about == row {
            own.push((row.number, looked.action.clone()));
        }
        if !overtaken.contains(&row) {
            settled.push(said(page, about, looked));
        }
    }
    let key = |number| Key { workshop: page.id, number };
    let new = page.decided.iter().filter(|decided| !instead.contains_key(&key(decided.number)));
    let decided = new.map(|decided| (decided.number, decided.action.clone()));
    let stand: Vec<NewRow> = rows_of(page.id, decided.chain(own));
    import.actions(page.id, stand, settled).await
}

/// What stood open on a page, each with the row it would have of its own.
fn open<'a>(page: &'a Page) -> impl Iterator<Item = (Key, &'a Looked)> {
    let row = |(place, looked): (u32, &'a Looked)| {
        let key = Key {
            workshop: page.id,
            number: written_down(looked.number_at(place)),
        };
        (key, looked)
    };
    (1..).zip(&page.actions).map(row)
}

/// The action itself, where it is known.
fn origin(looked: &Looked) -> Option<Key> {
    looked.action.origin.map(|origin| Key {
        workshop: origin.workshop,
        number: origin.action,
    })
}

fn at(page: &Page) -> i64 {
    page.published_at.unwrap_or_default().0
}

fn said(page: &Page, key: Key, looked: &Looked) -> Settled {
    Settled {
        key,
        at: at(page),
        who: page.facilitator.to_string(),
        status: looked.action.status.into(),
        note: looked.action.why.to_string(),
    }
}
