//! The rules of changing the flow.

use super::{Command, Connector, Edit, Event, FARTHEST, Flow, MOST_EDITS, MOST_ELEMENTS, Mode, Point, Span, Step, Text};
use crate::domain::agenda::StepKind;
use crate::domain::context::Actor;
use crate::domain::ids::{ElementId, ParticipantId};
use crate::domain::people::Role;
use crate::domain::rejection::Rejection;
use crate::domain::sorted::{SortedMap, SortedSet};
use crate::domain::text::{ConnectorLabel, Environment, FlowStepName, FlowText};
use crate::domain::workshop::Workshop;

impl Command {
    /// What follows from it.
    pub(in crate::domain) fn decide(&self, w: &Workshop, who: Actor) -> Result<Vec<Event>, Rejection> {
        let me = w.people.seated(who)?;
        if let Self::Draw(mode) = self {
            return draw(w, who, *mode);
        }
        may_draw(w, me)?;
        match self {
            Self::Edit(edits) if edits.len() > MOST_EDITS => Err(Rejection::TooManyEdits),
            Self::Edit(edits) => {
                let edits = Draft::new(&w.flow).keep(edits)?;
                Ok(if edits.is_empty() { vec![] } else { vec![Event::Edited(edits)] })
            }
            Self::TakeOver if !w.flow.is_empty() => Err(Rejection::FlowBegan),
            Self::TakeOver => {
                let last = w.previous.as_ref().and_then(|previous| previous.flow.as_ref());
                let last = last.ok_or(Rejection::NoLastFlow)?;
                Ok(vec![Event::TakenOver(Box::new(last.drawn()))])
            }
            Self::Draw(_) => Ok(vec![]),
        }
    }
}

fn draw(w: &Workshop, who: Actor, mode: Mode) -> Result<Vec<Event>, Rejection> {
    w.people.facilitator(who)?;
    if let Mode::Scribe(scribe) = mode {
        let person = w.people.get(scribe).ok_or(Rejection::NoSuchPerson)?;
        if person.role == Role::Observer {
            return Err(Rejection::ObserversWatch);
        }
    }
    Ok(if w.flow.mode == mode { vec![] } else { vec![Event::Drawn(mode)] })
}

/// Whether somebody may change the flow now.
pub fn may_draw(w: &Workshop, me: ParticipantId) -> Result<(), Rejection> {
    if w.published() {
        return Err(Rejection::Published);
    }
    if w.agenda.steps.iter().all(|step| step.kind != StepKind::Flow) {
        return Err(Rejection::NoSuchStep);
    }
    if w.people.get(me).is_some_and(|p| p.role == Role::Observer) {
        return Err(Rejection::ObserversWatch);
    }
    match w.flow.mode {
        // A scribe who was removed, or only observes now, draws for nobody.
        Mode::Scribe(scribe) if scribe != me => match w.people.get(scribe).filter(|p| p.role != Role::Observer) {
            Some(scribe) => Err(Rejection::ScribeDraws(scribe.name.to_string())),
            None => Ok(()),
        },
        _ => Ok(()),
    }
}

/// Whether people could have drawn this flow: each element can be added to an empty one, as it is.
#[must_use]
pub fn could_be_drawn(flow: &Flow) -> bool {
    let steps = flow.steps.iter().map(|(id, step)| Edit::AddStep(*id, step.clone()));
    let connectors = flow.connectors.iter().map(|(id, one)| Edit::AddConnector(*id, one.clone()));
    let texts = flow.texts.iter().map(|(id, text)| Edit::AddText(*id, text.clone()));
    let edits: Vec<Edit> = steps.chain(connectors).chain(texts).collect();
    Draft::new(&Flow::default()).keep(&edits).is_ok_and(|kept| kept == edits)
}

/// The flow, and what the edits before this one make of it.
struct Draft<'a> {
    flow: &'a Flow,
    /// What was added: its id, and whether it is a step.
    added: SortedSet<(ElementId, bool)>,
    /// The ends of the connectors among them.
    joined: SortedMap<ElementId, (ElementId, ElementId)>,
    removed: SortedSet<ElementId>,
    /// What an edit before this one changes, so that the flow no longer says how it is.
    touched: SortedSet<ElementId>,
    elements: usize,
}

impl<'a> Draft<'a> {
    fn new(flow: &'a Flow) -> Self {
        Self {
            flow,
            added: SortedSet::new(),
            joined: SortedMap::new(),
            removed: SortedSet::new(),
            touched: SortedSet::new(),
            elements: flow.len(),
        }
    }

    /// The edits that change something. Those about what somebody else has deleted are left out; if no other is left, that is the
    /// reason to refuse them all.
    fn keep(mut self, edits: &[Edit]) -> Result<Vec<Edit>, Rejection> {
        let mut gone = false;
        let mut kept = Vec::with_capacity(edits.len());
        for edit in edits {
            match self.check(edit)? {
                Check::Changes(edit) => {
                    self.touched.insert(edit.id());
                    kept.push(edit);
                }
                Check::Same => {}
                Check::Gone => gone = true,
            }
        }
        if gone && kept.is_empty() {
            return Err(Rejection::ElementGone);
        }
        Ok(kept)
    }

    fn check(&mut self, edit: &Edit) -> Result<Check, Rejection> {
        let id = edit.id();
        let checked = checked(edit)?;
        let there = match edit {
            Edit::AddStep(..) | Edit::AddText(..) if self.is_there(id) => return Ok(Check::Same),
            Edit::AddStep(..) => {
                self.add(id, true)?;
                return Ok(Check::Changes(checked));
            }
            Edit::AddText(..) => {
                self.add(id, false)?;
                return Ok(Check::Changes(checked));
            }
            Edit::AddConnector(_, c) => return self.connect(id, c, checked),
            Edit::Remove(_) => {
                if !self.is_there(id) {
                    return Ok(Check::Same);
                }
                self.remove(id);
                return Ok(Check::Changes(checked));
            }
            Edit::Ends(_, from, to) => {
                if from == to {
                    return Err(Rejection::ToItself);
                }
                let twin = self
                    .flow
                    .between(*from, *to)
                    .filter(|twin| *twin != id && !self.removed.contains(twin));
                if twin.is_some() {
                    return Ok(Check::Same);
                }
                self.is_there(id) && self.is_step(*from) && self.is_step(*to)
            }
            _ => self.is_there(id),
        };
        Ok(match (there, self.is_same(&checked)) {
            (false, _) => Check::Gone,
            (true, true) => Check::Same,
            (true, false) => Check::Changes(checked),
        })
    }

    fn connect(&mut self, id: ElementId, c: &Connector, checked: Edit) -> Result<Check, Rejection> {
        if c.from == c.to {
            return Err(Rejection::ToItself);
        }
        if !self.is_step(c.from) || !self.is_step(c.to) {
            return Ok(Check::Gone);
        }
        let twin = self.flow.between(c.from, c.to).filter(|twin| !self.removed.contains(twin));
        let ends = (c.from, c.to);
        if self.is_there(id) || twin.is_some() || self.joined.values().any(|other| *other == ends) {
            return Ok(Check::Same);
        }
        self.add(id, false)?;
        self.joined.insert(id, ends);
        Ok(Check::Changes(checked))
    }

    fn add(&mut self, id: ElementId, step: bool) -> Result<(), Rejection> {
        if self.elements >= MOST_ELEMENTS {
            return Err(Rejection::FlowFull);
        }
        if !id.is_usable() {
            return Err(Rejection::ElementGone);
        }
        self.removed.remove(&id);
        self.added.insert((id, step));
        self.elements += 1;
        Ok(())
    }

    /// Away with it; a step takes its connectors along.
    fn remove(&mut self, id: ElementId) {
        let stored = self.flow.touching(id).map(|(connector, _)| connector);
        let added = self
            .joined
            .iter()
            .filter(|(_, (from, to))| *from == id || *to == id)
            .map(|(connector, _)| *connector);
        let gone: SortedSet<ElementId> = stored.chain(added).chain([id]).filter(|gone| self.is_there(*gone)).collect();
        for gone in gone {
            self.joined.remove(&gone);
            self.added.retain(|(added, _)| *added != gone);
            self.removed.insert(gone);
            self.elements -= 1;
        }
    }

    fn is_there(&self, id: ElementId) -> bool {
        let added = self.added.contains(&(id, true)) || self.added.contains(&(id, false));
        !self.removed.contains(&id) && (added || self.flow.contains(id))
    }

    fn is_step(&self, id: ElementId) -> bool {
        let stored = self.flow.steps.contains_key(&id) && !self.added.contains(&(id, false));
        !self.removed.contains(&id) && (self.added.contains(&(id, true)) || stored)
    }

    /// Whether nothing would be different after it.
    fn is_same(&self, edit: &Edit) -> bool {
        let id = edit.id();
        if self.touched.contains(&id) || self.flow.ghosts.contains(&id) {
            return false;
        }
        let (step, connector, text) = (self.flow.steps.get(&id), self.flow.connectors.get(&id), self.flow.texts.get(&id));
        let same_step = |same: &dyn Fn(&Step) -> bool| step.is_none_or(same);
        let same_connector = |same: &dyn Fn(&Connector) -> bool| connector.is_none_or(same);
        let same_text = |same: &dyn Fn(&Text) -> bool| text.is_none_or(same);
        match edit {
            Edit::Name(_, name) => same_step(&|step| step.name == *name),
            Edit::Kind(_, kind) => same_step(&|step| step.kind == *kind),
            Edit::Lane(_, lane) => same_step(&|step| step.lane == *lane) && same_text(&|text| text.lane == *lane),
            Edit::Work(_, work) => same_step(&|step| step.work == *work),
            Edit::Environment(_, environment) => same_step(&|step| step.environment == *environment),
            Edit::At(_, at) => same_step(&|step| step.at == *at) && same_text(&|text| text.at == *at),
            Edit::Wait(_, wait) => same_connector(&|connector| connector.wait == *wait),
            Edit::Label(_, label) => same_connector(&|connector| connector.label == *label),
            Edit::Ends(_, from, to) => same_connector(&|c| (c.from, c.to) == (*from, *to)),
            Edit::Says(_, says) => same_text(&|text| text.text == *says),
            Edit::Keep(_) => true,
            Edit::AddStep(..) | Edit::AddConnector(..) | Edit::AddText(..) | Edit::Remove(_) => false,
        }
    }
}

enum Check {
    Changes(Edit),
    Same,
    Gone,
}

/// The edit with its texts, times and places checked.
fn checked(edit: &Edit) -> Result<Edit, Rejection> {
    Ok(match edit {
        Edit::AddStep(id, step) => {
            let step = Step {
                lane: step.lane,
                kind: step.kind,
                name: FlowStepName::parse(step.name.as_str())?,
                work: in_time(step.work)?,
                environment: Environment::parse(step.environment.as_str())?,
                at: near(step.at)?,
            };
            Edit::AddStep(*id, step)
        }
        Edit::AddConnector(id, connector) => {
            let connector = Connector {
                from: connector.from,
                to: connector.to,
                wait: in_time(connector.wait)?,
                label: ConnectorLabel::parse(connector.label.as_str())?,
            };
            Edit::AddConnector(*id, connector)
        }
        Edit::AddText(id, text) => {
            let text = Text {
                lane: text.lane,
                text: FlowText::parse(text.text.as_str())?,
                at: near(text.at)?,
            };
            Edit::AddText(*id, text)
        }
        Edit::Name(id, name) => Edit::Name(*id, FlowStepName::parse(name.as_str())?),
        Edit::Environment(id, environment) => Edit::Environment(*id, Environment::parse(environment.as_str())?),
        Edit::Label(id, label) => Edit::Label(*id, ConnectorLabel::parse(label.as_str())?),
        Edit::Says(id, says) => Edit::Says(*id, FlowText::parse(says.as_str())?),
        Edit::Work(id, work) => Edit::Work(*id, in_time(*work)?),
        Edit::Wait(id, wait) => Edit::Wait(*id, in_time(*wait)?),
        Edit::At(id, at) => Edit::At(*id, near(*at)?),
        Edit::Remove(_) | Edit::Kind(..) | Edit::Lane(..) | Edit::Ends(..) | Edit::Keep(_) => edit.clone(),
    })
}

fn in_time(span: Option<Span>) -> Result<Option<Span>, Rejection> {
    match span {
        Some(span) if !span.is_sound() => Err(Rejection::TooLongATime),
        span => Ok(span),
    }
}

fn near(at: Option<Point>) -> Result<Option<Point>, Rejection> {
    match at {
        Some(at) if !at.is_near() => Err(Rejection::TooFar(FARTHEST)),
        at => Ok(at),
    }
}
