//! Taking one's own changes back, and doing them again.
//!
//! A screen remembers what each element was before a change of its own and after it. Taking it back restores what is still as this
//! person left it, and nothing else: what somebody changed since stays as they want it.

use super::{Connector, Edit, Flow, Step, Text};
use crate::domain::ids::ElementId;
use crate::domain::sorted::{SortedSet, sort_by_key};
use std::mem::discriminant;

/// Something on the canvas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Element {
    /// A step.
    Step(Step),
    /// A connector.
    Connector(Connector),
    /// Free text.
    Text(Text),
}

/// What a change made of one element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    id: ElementId,
    before: Option<Element>,
    after: Option<Element>,
}

impl Flow {
    /// The element of this id.
    #[must_use]
    pub fn element(&self, id: ElementId) -> Option<Element> {
        let step = self.steps.get(&id).cloned().map(Element::Step);
        let connector = || self.connectors.get(&id).cloned().map(Element::Connector);
        step.or_else(connector).or_else(|| self.texts.get(&id).cloned().map(Element::Text))
    }
}

/// What these edits change in this flow, element by element.
#[must_use]
pub fn changes(flow: &Flow, edits: &[Edit]) -> Vec<Change> {
    let mut touched: SortedSet<ElementId> = edits.iter().map(Edit::id).collect();
    for edit in edits {
        if let Edit::Remove(id) = edit {
            touched.extend(flow.touching(*id).map(|(connector, _)| connector));
        }
    }
    let mut after = flow.clone();
    after.take_all(edits);
    let change = |id| Change {
        id,
        before: flow.element(id),
        after: after.element(id),
    };
    touched.into_iter().map(change).filter(|c| c.before != c.after).collect()
}

/// The edits that take these changes back, as far as nobody else has changed the same since.
#[must_use]
pub fn revert(flow: &Flow, changes: &[Change]) -> Vec<Edit> {
    let (mut swaps, mut adds, mut connects, mut sets, mut removes) = (vec![], vec![], vec![], vec![], vec![]);
    let mine: SortedSet<ElementId> = changes.iter().map(|change| change.id).collect();
    for change in changes {
        let now = flow.element(change.id);
        let may_go = |after: &Element| {
            let used_by_others = || flow.touching(change.id).any(|(connector, _)| !mine.contains(&connector));
            now.as_ref() == Some(after) && !used_by_others()
        };
        let mut bring_back = |before: &Element| match before {
            Element::Step(step) => adds.push(Edit::AddStep(change.id, step.clone())),
            Element::Text(text) => adds.push(Edit::AddText(change.id, text.clone())),
            Element::Connector(connector) => connects.push((change.id, connector.clone())),
        };
        match (&change.before, &change.after) {
            (None, Some(after)) if may_go(after) => removes.push(Edit::Remove(change.id)),
            (Some(before), None) if now.is_none() => bring_back(before),
            // An id that names something else now.
            (Some(before), Some(after)) if discriminant(before) != discriminant(after) && may_go(after) => {
                swaps.push(Edit::Remove(change.id));
                bring_back(before);
            }
            (Some(before), Some(after)) => {
                if let Some(now) = &now {
                    fields(change.id, before, after, now, &mut sets);
                }
            }
            _ => {}
        }
    }
    // A connector comes back when both its ends are there or come back too.
    let back: SortedSet<ElementId> = adds.iter().map(Edit::id).collect();
    let stands = |step: &ElementId| flow.steps.contains_key(step) || back.contains(step);
    let connects = connects.into_iter().filter(|(_, c)| stands(&c.from) && stands(&c.to));
    let connects: Vec<Edit> = connects.map(|(id, c)| Edit::AddConnector(id, c)).collect();
    // Connectors first: a step that goes would take them along.
    sort_by_key(&mut removes, |edit| flow.steps.contains_key(&edit.id()));
    [swaps, adds, connects, sets, removes].concat()
}

/// The fields that the change changed and that are still so.
fn fields(id: ElementId, before: &Element, after: &Element, now: &Element, sets: &mut Vec<Edit>) {
    fn back<T: PartialEq + Clone>(before: &T, after: &T, now: &T, edit: impl FnOnce(T) -> Edit) -> Option<Edit> {
        (before != after && now == after).then(|| edit(before.clone()))
    }
    match (before, after, now) {
        (Element::Step(b), Element::Step(a), Element::Step(n)) => sets.extend(
            [
                back(&b.name, &a.name, &n.name, |name| Edit::Name(id, name)),
                back(&b.kind, &a.kind, &n.kind, |kind| Edit::Kind(id, kind)),
                back(&b.lane, &a.lane, &n.lane, |lane| Edit::Lane(id, lane)),
                back(&b.work, &a.work, &n.work, |work| Edit::Work(id, work)),
                back(&b.environment, &a.environment, &n.environment, |e| Edit::Environment(id, e)),
                back(&b.at, &a.at, &n.at, |at| Edit::At(id, at)),
            ]
            .into_iter()
            .flatten(),
        ),
        (Element::Connector(b), Element::Connector(a), Element::Connector(n)) => sets.extend(
            [
                back(&b.wait, &a.wait, &n.wait, |wait| Edit::Wait(id, wait)),
                back(&b.label, &a.label, &n.label, |label| Edit::Label(id, label)),
                back(&(b.from, b.to), &(a.from, a.to), &(n.from, n.to), |(from, to)| {
                    Edit::Ends(id, from, to)
                }),
            ]
            .into_iter()
            .flatten(),
        ),
        (Element::Text(b), Element::Text(a), Element::Text(n)) => sets.extend(
            [
                back(&b.text, &a.text, &n.text, |text| Edit::Says(id, text)),
                back(&b.lane, &a.lane, &n.lane, |lane| Edit::Lane(id, lane)),
                back(&b.at, &a.at, &n.at, |at| Edit::At(id, at)),
            ]
            .into_iter()
            .flatten(),
        ),
        _ => {}
    }
}
