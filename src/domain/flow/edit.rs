//! The smallest changes, and what each of them does.

use super::{Connector, Flow, Kind, Lane, Point, Span, Step, Text};
use crate::domain::ids::ElementId;
use crate::domain::text::{ConnectorLabel, Environment, FlowStepName, FlowText};
use serde::{Deserialize, Serialize};

/// A change of one element, or of one field of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edit {
    /// A new step, or a deleted one again.
    AddStep(ElementId, Step),
    /// A new connector, or a deleted one again.
    AddConnector(ElementId, Connector),
    /// New text, or a deleted one again.
    AddText(ElementId, Text),
    /// Away with it; a step takes its connectors along.
    Remove(ElementId),
    /// What a step is called.
    Name(ElementId, FlowStepName),
    /// Who does a step.
    Kind(ElementId, Kind),
    /// Which way a step or a text belongs to.
    Lane(ElementId, Lane),
    /// How long the work of a step takes.
    Work(ElementId, Option<Span>),
    /// Where a step happens.
    Environment(ElementId, Environment),
    /// Where a step or a text stands; `None` gives it back to the layout.
    At(ElementId, Option<Point>),
    /// How long it waits on a connector.
    Wait(ElementId, Option<Span>),
    /// When it goes along a connector.
    Label(ElementId, ConnectorLabel),
    /// Which steps a connector connects.
    Ends(ElementId, ElementId, ElementId),
    /// What a text says.
    Says(ElementId, FlowText),
    /// It is still so: no ghost of last time any more.
    Keep(ElementId),
}

impl Edit {
    /// What it changes.
    #[must_use]
    pub fn id(&self) -> ElementId {
        match self {
            Self::AddStep(id, _)
            | Self::AddConnector(id, _)
            | Self::AddText(id, _)
            | Self::Remove(id)
            | Self::Name(id, _)
            | Self::Kind(id, _)
            | Self::Lane(id, _)
            | Self::Work(id, _)
            | Self::Environment(id, _)
            | Self::At(id, _)
            | Self::Wait(id, _)
            | Self::Label(id, _)
            | Self::Ends(id, ..)
            | Self::Says(id, _)
            | Self::Keep(id) => *id,
        }
    }
}

impl Flow {
    /// Takes several edits in, one after the other.
    pub fn take_all(&mut self, edits: &[Edit]) {
        for edit in edits {
            self.take_in(edit);
        }
    }

    /// Takes one edit in. One that makes no sense any more changes nothing.
    pub fn take_in(&mut self, edit: &Edit) {
        let id = edit.id();
        self.ghosts.remove(&id);
        match edit {
            Edit::AddStep(_, step) => {
                if !self.contains(id) {
                    self.steps.insert(id, step.clone());
                }
            }
            Edit::AddConnector(_, connector) => {
                let ends = [connector.from, connector.to];
                if !self.contains(id) && connector.from != connector.to && ends.iter().all(|end| self.steps.contains_key(end)) {
                    self.connectors.insert(id, connector.clone());
                }
            }
            Edit::AddText(_, text) => {
                if !self.contains(id) {
                    self.texts.insert(id, text.clone());
                }
            }
            Edit::Remove(_) => self.remove(id),
            Edit::Name(_, name) => self.change_step(id, |step| step.name = name.clone()),
            Edit::Kind(_, kind) => self.change_step(id, |step| step.kind = *kind),
            Edit::Lane(_, lane) => {
                self.change_step(id, |step| step.lane = *lane);
                self.change_text(id, |text| text.lane = *lane);
            }
            Edit::Work(_, work) => self.change_step(id, |step| step.work = *work),
            Edit::Environment(_, environment) => self.change_step(id, |step| step.environment = environment.clone()),
            Edit::At(_, at) => {
                self.change_step(id, |step| step.at = *at);
                self.change_text(id, |text| text.at = *at);
            }
            Edit::Wait(_, wait) => self.change_connector(id, |connector| connector.wait = *wait),
            Edit::Label(_, label) => self.change_connector(id, |connector| connector.label = label.clone()),
            Edit::Ends(_, from, to) => {
                if from != to && self.steps.contains_key(from) && self.steps.contains_key(to) {
                    self.change_connector(id, |connector| (connector.from, connector.to) = (*from, *to));
                }
            }
            Edit::Says(_, says) => self.change_text(id, |text| text.text = says.clone()),
            Edit::Keep(_) => {}
        }
    }

    fn remove(&mut self, id: ElementId) {
        if self.steps.remove(&id).is_some() {
            let ghosts = &mut self.ghosts;
            self.connectors.retain(|connector_id, c| {
                let stays = c.from != id && c.to != id;
                if !stays {
                    ghosts.remove(connector_id);
                }
                stays
            });
        }
        self.connectors.remove(&id);
        self.texts.remove(&id);
    }

    fn change_step(&mut self, id: ElementId, change: impl FnOnce(&mut Step)) {
        if let Some(step) = self.steps.get_mut(&id) {
            change(step);
        }
    }

    fn change_connector(&mut self, id: ElementId, change: impl FnOnce(&mut Connector)) {
        if let Some(connector) = self.connectors.get_mut(&id) {
            change(connector);
        }
    }

    fn change_text(&mut self, id: ElementId, change: impl FnOnce(&mut Text)) {
        if let Some(text) = self.texts.get_mut(&id) {
            change(text);
        }
    }
}
