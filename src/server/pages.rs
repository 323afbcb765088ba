//! Stored pages, read again. One may be damaged, or written by a newer version of Checkpoint that was taken back. Who asks for it alone
//! is refused; where much is made of many it is left out, the reader is told how many were, and the log names each once.

use super::error::ServerError;
use crate::domain::ids::WorkshopId;
use crate::domain::page::FORMAT;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

/// Those that the log has named since the server started.
static NAMED: Mutex<BTreeSet<WorkshopId>> = Mutex::new(BTreeSet::new());

/// What every page says of itself.
#[derive(Deserialize)]
struct Head {
    format: u32,
}

/// Reads a stored page, or as much of it as the type holds.
pub fn read<T: DeserializeOwned>(body: &str) -> Result<T, ServerError> {
    let Head { format } = serde_json::from_str(body).map_err(ServerError::UnreadablePage)?;
    if format > FORMAT {
        return Err(ServerError::NewerPage(format));
    }
    serde_json::from_str(body).map_err(ServerError::UnreadablePage)
}

/// The checkpoints whose pages were left out.
#[derive(Debug, Default)]
pub struct LeftOut(BTreeSet<WorkshopId>);

impl LeftOut {
    /// Reads the page of a checkpoint like [`read`], or leaves it out.
    pub fn read<T: DeserializeOwned>(&mut self, id: WorkshopId, body: &str) -> Option<T> {
        match read(body) {
            Ok(page) => Some(page),
            Err(error) => {
                if NAMED.lock().unwrap_or_else(PoisonError::into_inner).insert(id) {
                    tracing::warn!(workshop.id = %id, %error, "a published page cannot be read and is left out");
                }
                self.0.insert(id);
                None
            }
        }
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// How many there are, for the reader; empty for none.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self.count() {
            0 => String::new(),
            1 => "The summary of one checkpoint could not be read and is left out here.".to_owned(),
            many => format!("The summaries of {many} checkpoints could not be read and are left out here."),
        }
    }
}
