//! Published pages as documents: read and drawn once, and kept while they are asked for.
//!
//! A document is found by what it was made of, the stored text itself. So nothing has to be told when a page is corrected or names are
//! erased from it: that is another text.

use super::error::ServerError;
use super::pages;
use crate::domain::page::Page;
use crate::ui::summary::file::{FlowFile, summary_html};
use hashlink::LruCache;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// So many are kept: some megabytes.
const KEPT: usize = 64;

/// A page and what it looks like.
#[derive(Debug)]
pub struct Document {
    /// The page.
    pub page: Page,
    /// The same as HTML.
    pub html: String,
}

impl Document {
    /// Draws a page.
    pub fn of(page: Page, flow_file: Option<FlowFile>) -> Self {
        let html = summary_html(page.clone(), flow_file);
        Self { page, html }
    }
}

/// The documents that were asked for last. Cloning it shares them.
#[derive(Clone)]
pub struct Documents(Arc<Mutex<Known>>);

/// By the stored text, and where its flow is a file.
type Known = LruCache<(String, FlowFile), Arc<Document>>;

impl Default for Documents {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(LruCache::new(KEPT))))
    }
}

impl fmt::Debug for Documents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Documents").finish_non_exhaustive()
    }
}

impl Documents {
    /// The document of a stored page; its flow is a file at this address.
    pub fn of(&self, stored: String, flow_file: FlowFile) -> Result<Arc<Document>, ServerError> {
        let asked = (stored, flow_file);
        if let Some(known) = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&asked) {
            return Ok(Arc::clone(known));
        }
        let drawn = Arc::new(Document::of(pages::read(&asked.0)?, Some(asked.1.clone())));
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(asked, Arc::clone(&drawn));
        Ok(drawn)
    }
}
