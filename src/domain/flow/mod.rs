//! The delivery flow: how a change gets from commit to production, and how a failure gets from alert to fixed.
//!
//! A flow is steps, connectors and free text, each with an id that stays the same from checkpoint to checkpoint. People change it
//! in small [`Edit`]s, many at once; the server orders them. Two edits of different fields both stay, of one field the last stored
//! one does, and an edit of something that was deleted meanwhile is left out.

mod decide;
pub mod difference;
mod edit;
pub mod figures;
pub mod layout;
pub mod measure;
pub mod mermaid;
pub mod order;
pub mod outline;
pub mod pointing;
pub mod report;
pub mod scene;
pub mod span;
pub mod svg;
pub mod template;
pub mod undo;

pub use self::decide::{could_be_drawn, may_draw};
pub use self::edit::Edit;
pub use self::pointing::Pointing;
pub use self::span::Span;

use super::ids::{ElementId, ParticipantId};
use super::text::{ConnectorLabel, Environment, FlowStepName, FlowText};
use crate::domain::sorted::{SortedMap, SortedSet};
use serde::{Deserialize, Serialize};

/// The most steps, connectors and texts one flow has, all together.
pub const MOST_ELEMENTS: usize = 1_000;

/// The most edits of one command.
pub const MOST_EDITS: usize = 400;

/// How far from the middle something may lie, in units of the canvas.
pub const FARTHEST: i32 = 20_000;

/// Which of the two ways.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lane {
    /// From commit to production.
    #[default]
    Delivery,
    /// From alert to fixed.
    Recovery,
}

impl Lane {
    /// Both, from top to bottom.
    pub const ALL: [Self; 2] = [Self::Delivery, Self::Recovery];

    /// Its name on the screen.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Delivery => "Delivery",
            Self::Recovery => "Recovery",
        }
    }

    /// From where to where it leads.
    #[must_use]
    pub fn way(self) -> &'static str {
        match self {
            Self::Delivery => "commit to production",
            Self::Recovery => "alert to fixed",
        }
    }
}

/// Who does the work of a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// People.
    #[default]
    Manual,
    /// Machines.
    Automated,
}

impl Kind {
    /// The word on the step.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Manual => "Manual",
            Self::Automated => "Automated",
        }
    }
}

/// A place on the canvas, in its units; x grows to the right, y downwards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(f64, f64)", into = "(i32, i32)")]
pub struct Point {
    /// To the right.
    pub x: i32,
    /// Downwards.
    pub y: i32,
}

impl Point {
    /// Whether it lies on the canvas.
    #[must_use]
    pub fn is_near(self) -> bool {
        [self.x, self.y].iter().all(|c| (-FARTHEST..=FARTHEST).contains(c))
    }
}

/// Whatever a screen computes becomes a place: what is too large is far out, what is no number is the middle.
impl From<(f64, f64)> for Point {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the cast saturates, and decisions refuse what is far out"
    )]
    fn from((x, y): (f64, f64)) -> Self {
        Self {
            x: x.round() as i32,
            y: y.round() as i32,
        }
    }
}

impl From<Point> for (i32, i32) {
    fn from(point: Point) -> Self {
        (point.x, point.y)
    }
}

/// A step of the flow: something is done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Which way it belongs to.
    pub lane: Lane,
    /// Who does it.
    pub kind: Kind,
    /// What is done.
    pub name: FlowStepName,
    /// How long the work takes, if somebody said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work: Option<Span>,
    /// Where it happens, or empty.
    #[serde(default, skip_serializing_if = "Environment::is_empty")]
    pub environment: Environment,
    /// Where it was put by hand; `None` leaves the place to the layout.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Point>,
}

/// A connector: what comes after what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Connector {
    /// The step before.
    pub from: ElementId,
    /// The step after.
    pub to: ElementId,
    /// How long it waits in between, if somebody said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait: Option<Span>,
    /// When it goes this way, or empty.
    #[serde(default, skip_serializing_if = "ConnectorLabel::is_empty")]
    pub label: ConnectorLabel,
}

/// Free text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// Which way it stands beside.
    pub lane: Lane,
    /// What it says.
    pub text: FlowText,
    /// Where it was put by hand; `None` leaves the place to the layout.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Point>,
}

/// Who draws.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Everybody.
    #[default]
    Together,
    /// One person for all.
    Scribe(ParticipantId),
}

/// What is as it is by itself is not written.
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// The flow.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flow {
    /// The steps.
    #[serde(default, skip_serializing_if = "SortedMap::is_empty")]
    pub steps: SortedMap<ElementId, Step>,
    /// What connects them; both ends are always there.
    #[serde(default, skip_serializing_if = "SortedMap::is_empty")]
    pub connectors: SortedMap<ElementId, Connector>,
    /// Free text.
    #[serde(default, skip_serializing_if = "SortedMap::is_empty")]
    pub texts: SortedMap<ElementId, Text>,
    /// What was taken over from last time and nobody has touched yet.
    #[serde(default, skip_serializing_if = "SortedSet::is_empty")]
    pub ghosts: SortedSet<ElementId>,
    /// Who draws.
    #[serde(default, skip_serializing_if = "is_default")]
    pub mode: Mode,
}

/// What people ask of the flow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    /// Change it; all of these at once.
    Edit(Vec<Edit>),
    /// Begin with the flow of the squad's last checkpoint.
    TakeOver,
    /// Say who draws.
    Draw(Mode),
}

/// What happened to the flow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// It was changed; in this order.
    Edited(Vec<Edit>),
    /// It began as what last time left.
    TakenOver(Box<Flow>),
    /// Somebody else draws now.
    Drawn(Mode),
}

impl Event {
    /// Whether the summary says something else after it.
    #[must_use]
    pub fn is_on_the_page(&self) -> bool {
        !matches!(self, Self::Drawn(_))
    }

    /// Whether something is gone after it.
    #[must_use]
    pub fn deletes(&self) -> bool {
        matches!(self, Self::Edited(edits) if edits.iter().any(|edit| matches!(edit, Edit::Remove(_))))
    }
}

impl Flow {
    /// Whether nothing was ever drawn or chosen.
    #[must_use]
    pub fn is_untouched(&self) -> bool {
        *self == Self::default()
    }

    /// Whether nothing is drawn.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many elements there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.steps.len() + self.connectors.len() + self.texts.len()
    }

    /// Whether something of this id is there.
    #[must_use]
    pub fn contains(&self, id: ElementId) -> bool {
        self.steps.contains_key(&id) || self.connectors.contains_key(&id) || self.texts.contains_key(&id)
    }

    /// What people call a step or a connector.
    #[must_use]
    pub fn called(&self, id: ElementId) -> Option<String> {
        let name = |id| self.steps.get(&id).map(|step| step.name.to_string());
        let way = || {
            let connector = self.connectors.get(&id)?;
            Some(format!("the way from {} to {}", name(connector.from)?, name(connector.to)?))
        };
        name(id).or_else(way)
    }

    /// The connector from one step to another.
    #[must_use]
    pub fn between(&self, from: ElementId, to: ElementId) -> Option<ElementId> {
        self.connectors
            .iter()
            .find(|(_, c)| c.from == from && c.to == to)
            .map(|(id, _)| *id)
    }

    /// The connectors that end or begin at a step.
    pub fn touching(&self, step: ElementId) -> impl Iterator<Item = (ElementId, &Connector)> {
        let touches = move |(_, c): &(&ElementId, &Connector)| c.from == step || c.to == step;
        self.connectors.iter().filter(touches).map(|(id, c)| (*id, c))
    }

    /// The steps of a lane, in the order of their ids.
    pub fn of_lane(&self, lane: Lane) -> impl Iterator<Item = (ElementId, &Step)> {
        self.steps
            .iter()
            .filter(move |(_, step)| step.lane == lane)
            .map(|(id, step)| (*id, step))
    }

    /// What is drawn, without who draws and what is a ghost: as the next checkpoint finds it.
    #[must_use]
    pub fn drawn(&self) -> Self {
        Self {
            ghosts: SortedSet::new(),
            mode: Mode::Together,
            ..self.clone()
        }
    }

    /// No more of it than the layout looks at: while this stays the same, nothing moves.
    #[must_use]
    pub fn placed(&self) -> Self {
        let step = |step: &Step| Step {
            lane: step.lane,
            at: step.at,
            ..Step::default()
        };
        let connector = |c: &Connector| Connector {
            from: c.from,
            to: c.to,
            ..Connector::default()
        };
        Self {
            steps: self.steps.iter().map(|(id, one)| (*id, step(one))).collect(),
            connectors: self.connectors.iter().map(|(id, one)| (*id, connector(one))).collect(),
            texts: self.texts.clone(),
            ..Self::default()
        }
    }

    /// Takes in what happened.
    pub(super) fn apply(&mut self, event: &Event) {
        match event {
            Event::Edited(edits) => self.take_all(edits),
            Event::TakenOver(flow) => {
                let ghosts = flow.steps.keys().chain(flow.connectors.keys()).chain(flow.texts.keys());
                *self = Self {
                    ghosts: ghosts.copied().collect(),
                    mode: self.mode,
                    ..Self::clone(flow)
                };
            }
            Event::Drawn(mode) => self.mode = *mode,
        }
    }
}
