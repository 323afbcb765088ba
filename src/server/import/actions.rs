//! What an imported page says of actions, as rows: what the squad decided, and how far it found what stood open.

use super::super::room::{rows_of, written_down};
use super::super::store::actions::{Key, NewRow, Settled};
use super::super::store::imports::Import;
use crate::domain::ids::ActionId;
use crate::domain::page::{Looked, Page};
use crate::server::store::StoreError;

/// Stores them. An action whose checkpoint is not here gets a row of this one, so that it is not lost.
pub(super) async fn store(import: &mut Import, page: &Page) -> Result<(), StoreError> {
    let (mut own, mut settled) = (vec![], vec![]);
    for (number, looked) in (1..).zip(&page.actions) {
        let origin = looked.action.origin.map(|origin| Key {
            workshop: origin.workshop,
            number: origin.action,
        });
        match origin {
            Some(key) if import.has_action(key).await? => settled.push(said(page, key, looked)),
            _ => own.push((written_down(ActionId(number)), looked.action.clone())),
        }
    }
    let decided = page.decided.iter().map(|decided| (decided.number, decided.action.clone()));
    let stand: Vec<NewRow> = rows_of(page.id, decided.chain(own));
    import.actions(page.id, stand, settled).await
}

fn said(page: &Page, key: Key, looked: &Looked) -> Settled {
    Settled {
        key,
        at: page.published_at.unwrap_or_default().0,
        who: page.facilitator.to_string(),
        status: looked.action.status.into(),
        note: looked.action.why.to_string(),
    }
}
