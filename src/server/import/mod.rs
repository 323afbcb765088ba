//! Import: pages of checkpoints that were held elsewhere, from files.
//!
//! The invariant: all of it or nothing. A file is read page by page away from the tasks that serve people, and every page goes through
//! [`Page::check`] before anything of it is stored, in one transaction that is taken back at the first refusal.

mod actions;
mod json;
mod table;

use super::error::ServerError;
use super::exports::html::page_json_in;
use super::pages::{self, LeftOut};
use super::store::imports::{Import, Known};
use super::store::summaries::NewSummary;
use super::store::workshops::{NewWorkshop, Status, WorkshopColumns};
use super::store::{Db, audit};
use super::{capabilities, clock, columns};
use crate::api::import::{Entry, Problem, Report};
use crate::domain::facts::Catalogue;
use crate::domain::ids::{AccountId, SquadId, TribeId, WorkshopId};
use crate::domain::names::Names;
use crate::domain::page::Page;
use crate::domain::text::TribeName;
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read};
use tokio::sync::mpsc;

/// The largest file.
pub const LARGEST_FILE: u64 = 1024 * 1024 * 1024;
/// The largest file that is read as a whole: a table, or a page as HTML.
const LARGEST_TEXT: u64 = 16 * 1024 * 1024;
/// So many refusals are told; then the rest of the file is left alone.
const MOST_PROBLEMS: usize = 50;
/// So many fields that are not known are named.
const MOST_IGNORED: usize = 20;
/// What some programs write before text.
const BOM: &[u8] = "\u{FEFF}".as_bytes();
/// So many pages wait to be stored while the next are read.
const WAITING: usize = 16;

/// A file to import.
pub struct Source {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub content: Box<dyn Read + Send>,
}

/// What a file holds at one place.
enum Found {
    /// A page.
    Page {
        /// Where it stands.
        place: String,
        page: Box<Page>,
        /// Whether it is a line of a table, which numbers no revisions.
        line: bool,
    },
    /// Something that is no page.
    Problem(Problem),
    /// A field or column that is not known.
    Ignored(String),
}

/// Takes what is found; whether to go on.
type Tell<'a> = dyn FnMut(Found) -> bool + 'a;

/// Imports these files for this account, or only says what would happen. If anything is refused, nothing is imported.
pub async fn import(db: &Db, sources: Vec<Source>, by: (AccountId, &str), commit: bool) -> Result<Report, ServerError> {
    let catalogue = capabilities::catalogue(db).await?;
    let (tell, mut found) = mpsc::channel(WAITING);
    let reading = tokio::task::spawn_blocking(move || {
        for source in sources {
            read(source, &catalogue, &mut |one| tell.blocking_send(one).is_ok());
        }
    });
    // Nobody else can write from here on, so there is something to store.
    let mut next = found.recv().await;
    let mut taking = Taking {
        import: Import::begin(db).await?,
        by,
        now: clock::now().0,
        report: Report::default(),
        touched: BTreeSet::new(),
    };
    while let Some(one) = next {
        match one {
            Found::Page { place, page, line } => taking.take(place, *page, line).await?,
            Found::Problem(problem) => taking.report.refused.push(problem),
            Found::Ignored(what) if taking.report.ignored.len() < MOST_IGNORED && !taking.report.ignored.contains(&what) => {
                taking.report.ignored.push(what);
            }
            Found::Ignored(_) => {}
        }
        if taking.report.refused.len() >= MOST_PROBLEMS {
            break;
        }
        next = found.recv().await;
    }
    drop(found);
    // It has ended: its sender is gone, or it was told that nobody listens.
    if let Err(error) = reading.await {
        tracing::error!(%error, "a file could not be read to its end");
        taking.report.refused.push(Problem {
            place: "The import".to_owned(),
            why: "Something went wrong on our side while the files were read.".to_owned(),
        });
    }
    taking.finish(commit).await
}

/// Reads a file, whatever kind it is.
fn read(source: Source, catalogue: &Catalogue, tell: &mut Tell<'_>) {
    let Source { name, content } = source;
    let mut content = BufReader::new(Limited {
        content,
        left: LARGEST_FILE,
    });
    let begin = match content.fill_buf() {
        Ok(begin) => begin,
        Err(error) => {
            return refuse(tell, &name, format!("The file cannot be read: {error}."));
        }
    };
    if let Some(what) = foreign(begin) {
        return refuse(tell, &name, what.to_owned());
    }
    if begin.starts_with(BOM) {
        content.consume(BOM.len());
    }
    match content
        .fill_buf()
        .unwrap_or_default()
        .iter()
        .find(|byte| !byte.is_ascii_whitespace())
    {
        None => refuse(tell, &name, "The file is empty.".to_owned()),
        Some(b'{' | b'[') => json::read(&name, content, tell),
        Some(b'<') => with_text(&name, content, tell, |text, tell| html(&name, text, tell)),
        Some(_) => with_text(&name, content, tell, |text, tell| table::read(&name, text, catalogue, tell)),
    }
}

/// What is a file of something else.
fn foreign(begin: &[u8]) -> Option<&'static str> {
    if begin.starts_with(b"SQLite format 3\0") || begin.starts_with(b"PGDMP") {
        Some("This is a backup of a whole database. Use `checkpoint restore` for it.")
    } else if begin.starts_with(b"PK\x03\x04") {
        Some("This is a spreadsheet or an archive. Save the table as CSV (UTF-8), then import that.")
    } else {
        None
    }
}

fn with_text(name: &str, content: impl Read, tell: &mut Tell<'_>, read: impl FnOnce(&str, &mut Tell<'_>)) {
    let mut bytes = Vec::new();
    let text = match content.take(LARGEST_TEXT + 1).read_to_end(&mut bytes) {
        Ok(length) if length as u64 > LARGEST_TEXT => Err("A table or a page as HTML may have 16 MiB at most.".to_owned()),
        Ok(_) => String::from_utf8(bytes).map_err(|_| "The file is not UTF-8. Save it as UTF-8, then import it again.".to_owned()),
        Err(error) => Err(format!("The file cannot be read: {error}.")),
    };
    match text {
        Ok(text) => read(&text, tell),
        Err(why) => refuse(tell, name, why),
    }
}

fn problem(place: &str, why: String) -> Found {
    Found::Problem(Problem {
        place: place.to_owned(),
        why,
    })
}

/// Says why no more is read.
fn refuse(tell: &mut Tell<'_>, place: &str, why: String) {
    tell(problem(place, why));
}

/// A word of a file as it can stand in a line of ours: not long, and nothing in it does anything.
fn shown(word: &str) -> String {
    let short: String = word.chars().take(160).collect();
    short.escape_debug().collect()
}

/// A reader that ends with an error where a file is too large, not as if it were over.
struct Limited<R> {
    content: R,
    left: u64,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buf: &mut [u8]) -> std::io::Result<usize> {
        let read = self.content.read(buf)?;
        self.left = self
            .left
            .checked_sub(read as u64)
            .ok_or_else(|| std::io::Error::other("it has more than 1 GiB; export a shorter period at a time"))?;
        Ok(read)
    }
}

/// An import at work.
struct Taking<'a> {
    import: Import,
    by: (AccountId, &'a str),
    now: i64,
    report: Report,
    /// The squads that got a page.
    touched: BTreeSet<SquadId>,
}

impl Taking<'_> {
    async fn take(&mut self, place: String, page: Page, line: bool) -> Result<(), ServerError> {
        let taken = match page.check(clock::today()) {
            Ok(()) => self.store(page, line).await?,
            Err(unfit) => Err(unfit.to_string()),
        };
        if let Err(why) = taken {
            self.report.refused.push(Problem { place, why });
        }
        Ok(())
    }

    /// Stores a page that can be taken; the sentence why it cannot, where that follows from what is here.
    async fn store(&mut self, mut page: Page, line: bool) -> Result<Result<(), String>, ServerError> {
        let known = self.import.known(page.id).await?;
        if let Some(known) = &known {
            // Who corrects a table imports it again: the page that comes of it is the next revision.
            if line && known.imported_at.is_some() {
                page.revision = u32::try_from(known.revision).unwrap_or_default();
                if !self.is_here(&page).await?.unwrap_or(true) {
                    page.revision += 1;
                }
            }
            match self.is_here(&page).await? {
                Some(true) => {
                    self.report.here += 1;
                    return Ok(Ok(()));
                }
                Some(false) => {
                    return Ok(Err(format!(
                        "Revision {} of this checkpoint is here already and says something else. A revision never changes: publish a new one, then import that.",
                        page.revision
                    )));
                }
                None if known.imported_at.is_none() => {
                    return Ok(Err("This checkpoint is held here. Only its own room publishes it.".to_owned()));
                }
                None => {}
            }
        }
        let (squad_id, newest) = match known {
            Some(Known { squad_id, revision, .. }) => (squad_id, i64::from(page.revision) > revision),
            None => match self.begin(&page).await? {
                Ok(squad) => (squad, true),
                Err(why) => return Ok(Err(why)),
            },
        };
        self.publish(&page, newest).await?;
        self.touched.insert(squad_id);
        self.report.fresh.push(Entry {
            id: page.id,
            squad: page.squad.to_string(),
            held_on: page.held_on,
            revision: page.revision,
        });
        Ok(Ok(()))
    }

    /// Whether this revision is here and says the same; `None` when it is not here.
    async fn is_here(&mut self, page: &Page) -> Result<Option<bool>, ServerError> {
        let body = self.import.body(page.id, i64::from(page.revision)).await?;
        // What cannot be read any more is not what the file says.
        Ok(body.map(|body| pages::read::<Page>(&body).is_ok_and(|stored| stored == *page)))
    }

    /// Adds the row of a checkpoint that is new here.
    async fn begin(&mut self, page: &Page) -> Result<Result<SquadId, String>, ServerError> {
        let fresh = (SquadId::new(clock::fresh_id()), TribeId::new(clock::fresh_id()));
        let tribe = page.tribe.as_ref().map(TribeName::as_str);
        let squad = self.import.squad(fresh, page.squad.as_str(), tribe, self.now).await?;
        let day = page.held_on.to_string();
        if page.by_hand.is_some() && self.import.held_on(squad, &day).await? {
            return Ok(Err(
                "The squad has a checkpoint of this day already. Take the row out of the table.".to_owned(),
            ));
        }
        let new = NewWorkshop {
            id: page.id,
            code: clock::fresh_code().to_string(),
            squad_id: squad,
            facilitator_id: self.by.0,
            facilitator_name: page.facilitator.to_string(),
            held_on: day,
            title: page.title.to_string(),
            industry: page.industry.map(|industry| industry.key().to_owned()),
            created_at: page.published_at.unwrap_or_default().0,
        };
        self.import.add(&new, self.now).await?;
        Ok(Ok(squad))
    }

    async fn publish(&mut self, page: &Page, newest: bool) -> Result<(), ServerError> {
        let published_at = page.published_at.unwrap_or_default().0;
        let summary = NewSummary {
            revision: i64::from(page.revision),
            published_at,
            published_by: if page.facilitator.is_empty() {
                self.by.1.to_owned()
            } else {
                page.facilitator.to_string()
            },
            body: serde_json::to_string(page)?,
            gist: page.gist(),
        };
        let kept_level = page.by_hand.as_ref().and_then(|by_hand| by_hand.level);
        let row = WorkshopColumns {
            status: Status::Published,
            revision: summary.revision,
            published_at: Some(published_at),
            ..columns::of_result(
                page.held_on,
                &page.title,
                page.industry,
                |metric| page.answer_to(metric),
                kept_level,
            )
        };
        let named = !Names::on([page]).are_erased();
        Ok(self.import.publish(page.id, &summary, newest.then_some(&row), named).await?)
    }

    /// Who imported how much.
    fn line(&self) -> audit::Line {
        let pages = self.report.fresh.len();
        audit::Line {
            id: clock::fresh_id().to_string(),
            at: self.now,
            account_id: self.by.0,
            who: self.by.1.to_owned(),
            what: format!("Imported {pages} {}", if pages == 1 { "summary" } else { "summaries" }),
        }
    }

    async fn finish(mut self, commit: bool) -> Result<Report, ServerError> {
        if !commit || !self.report.refused.is_empty() {
            return Ok(self.report);
        }
        let mut left_out = LeftOut::default();
        for squad in std::mem::take(&mut self.touched) {
            let stored = self.import.pages_of(squad).await?;
            let pages: Vec<Page> = stored.iter().filter_map(|(id, body)| left_out.read(*id, body)).collect();
            actions::store(&mut self.import, &pages).await?;
        }
        let line = (!self.report.fresh.is_empty()).then(|| self.line());
        self.import.commit(line.as_ref()).await?;
        self.report.done = true;
        tracing::info!(checkpoints = self.report.fresh.len(), "an import is done");
        Ok(self.report)
    }
}

/// The same id for the same squad and day, wherever and whenever it is made.
fn id_of(squad: &str, day: &str) -> WorkshopId {
    /// Drawn once for this purpose.
    const KEPT_BY_HAND: uuid::Uuid = uuid::uuid!("5d8f7f0e-3f5b-4c0a-9a55-0d8a6a1c2e77");
    WorkshopId::new(uuid::Uuid::new_v5(
        &KEPT_BY_HAND,
        format!("{}|{day}", squad.to_lowercase()).as_bytes(),
    ))
}

/// One page of HTML that holds its own data.
fn html(name: &str, text: &str, tell: &mut Tell<'_>) {
    match page_json_in(text) {
        Some(data) => json::read(name, data.as_bytes(), tell),
        None => drop(tell(problem(
            name,
            "This HTML file holds no summary of Checkpoint. Take the one that the export menu of a summary gives.".to_owned(),
        ))),
    }
}
