//! Past checkpoints: the list with its search, two side by side, and how pages of before get into both.
//!
//! Pages that were published before lists and search kept anything of them are read once, in the background, a few at a time.

pub mod compare;
pub mod list;

use crate::domain::ids::WorkshopId;
use crate::domain::page::{Gist, Page};
use crate::server::pages::LeftOut;
use crate::server::store::{Db, StoreError, past};

/// How many pages are read before others may write again.
const AT_ONCE: u32 = 20;

/// Catches up with all pages. A server that stops in between goes on where it was.
pub async fn catch_up(db: &Db) -> Result<(), StoreError> {
    let (mut after, mut left_out) = (None, LeftOut::default());
    loop {
        let pages = past::unindexed(db, after, AT_ONCE).await?;
        let Some(last) = pages.last() else { return Ok(()) };
        after = Some(last.id);
        let gists: Vec<(WorkshopId, i64, Gist)> = pages
            .iter()
            .filter_map(|page| Some((page.id, page.revision, left_out.read::<Page>(page.id, &page.body)?.gist())))
            .collect();
        past::index_later(db, &gists).await?;
    }
}
