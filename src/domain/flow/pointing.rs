//! Where a person points on the canvas right now: shown to the others while it happens, never stored.

use super::{Point, is_default};
use crate::domain::ids::ElementId;
use serde::{Deserialize, Serialize};

/// The most elements whose movement is shown before they are dropped.
pub const MOST_DRAGGED: usize = 100;

/// Where a person points, and what they hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pointing {
    /// Where the pointer is on the canvas; `None` while it is elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Point>,
    /// What is being dragged.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drags: Vec<ElementId>,
    /// How far it has been dragged.
    #[serde(default, skip_serializing_if = "is_default")]
    pub by: Point,
    /// What is being written on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub writes: Option<ElementId>,
}

impl Pointing {
    /// The same with no more than others need to be shown.
    #[must_use]
    pub fn bounded(mut self) -> Self {
        self.drags.truncate(MOST_DRAGGED);
        self.at = self.at.filter(|at| at.is_near());
        if !self.by.is_near() {
            self.by = Point::default();
        }
        self
    }
}
