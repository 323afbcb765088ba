//! From the flow there is to the one that a text describes, in as few edits as make sense.
//!
//! What stays the same keeps its id and its place. A step is first found by its name, then by its neighbours: somebody who types
//! inside a name that stands once changes that name and nothing else.

use super::write::mentioned;
use crate::domain::flow::{Connector, Edit, Flow, Lane};
use crate::domain::ids::ElementId;
use crate::domain::sorted::{SortedMap, SortedSet, sort};
use std::collections::VecDeque;

/// The edits that turn a flow into the one that was read from a text. Of several new ids the lower ones go to what stands further up,
/// so that steps of one name keep their order.
#[must_use]
pub fn edits(flow: &Flow, outline: &Flow, mut fresh: impl FnMut() -> ElementId) -> Vec<Edit> {
    let mut is = same_steps(flow, outline);
    is.extend(same_texts(flow, outline));
    let mut between = SortedMap::new();
    for (id, c) in &flow.connectors {
        between.entry((c.from, c.to)).or_insert(*id);
    }
    for (id, c) in &outline.connectors {
        let ends = is.get(&c.from).copied().zip(is.get(&c.to).copied());
        if let Some(same) = ends.and_then(|ends| between.get(&ends)) {
            is.insert(*id, *same);
        }
    }
    let stays: SortedSet<ElementId> = is.values().copied().collect();
    let all = outline.steps.keys().chain(outline.connectors.keys()).chain(outline.texts.keys());
    let new: Vec<ElementId> = all.filter(|id| !is.contains_key(id)).copied().collect();
    let mut ids: Vec<ElementId> = new.iter().map(|_| fresh()).collect();
    sort(&mut ids);
    is.extend(new.into_iter().zip(ids));

    let mut edits = removals(flow, &stays);
    let called = |id: &ElementId| is.get(id).copied().unwrap_or_default();
    for (id, step) in &outline.steps {
        let id = called(id);
        let Some(known) = flow.steps.get(&id).filter(|_| stays.contains(&id)) else {
            edits.push(Edit::AddStep(id, step.clone()));
            continue;
        };
        let changes = [
            (known.name != step.name).then(|| Edit::Name(id, step.name.clone())),
            (known.kind != step.kind).then_some(Edit::Kind(id, step.kind)),
            (known.lane != step.lane).then_some(Edit::Lane(id, step.lane)),
            (known.work != step.work).then_some(Edit::Work(id, step.work)),
            (known.environment != step.environment).then(|| Edit::Environment(id, step.environment.clone())),
        ];
        edits.extend(changes.into_iter().flatten());
    }
    for (id, c) in &outline.connectors {
        let id = called(id);
        let Some(known) = flow.connectors.get(&id).filter(|_| stays.contains(&id)) else {
            let (from, to) = (called(&c.from), called(&c.to));
            edits.push(Edit::AddConnector(id, Connector { from, to, ..c.clone() }));
            continue;
        };
        let changes = [
            (known.wait != c.wait).then_some(Edit::Wait(id, c.wait)),
            (known.label != c.label).then(|| Edit::Label(id, c.label.clone())),
        ];
        edits.extend(changes.into_iter().flatten());
    }
    for (id, text) in &outline.texts {
        let id = called(id);
        let Some(known) = flow.texts.get(&id).filter(|_| stays.contains(&id)) else {
            edits.push(Edit::AddText(id, text.clone()));
            continue;
        };
        let changes = [
            (known.text != text.text).then(|| Edit::Says(id, text.text.clone())),
            (known.lane != text.lane).then_some(Edit::Lane(id, text.lane)),
        ];
        edits.extend(changes.into_iter().flatten());
    }
    edits
}

/// What goes. A step takes its connectors along.
fn removals(flow: &Flow, stays: &SortedSet<ElementId>) -> Vec<Edit> {
    let goes = |id: &&ElementId| !stays.contains(id);
    let connectors = flow
        .connectors
        .iter()
        .filter(|(_, c)| stays.contains(&c.from) && stays.contains(&c.to));
    let connectors = connectors.map(|(id, _)| id).filter(goes);
    let others = flow.texts.keys().chain(flow.steps.keys()).filter(goes);
    connectors.chain(others).map(|id| Edit::Remove(*id)).collect()
}

/// Which step of the flow each step of the outline is.
fn same_steps(flow: &Flow, outline: &Flow) -> SortedMap<ElementId, ElementId> {
    let (around, around_read) = (neighbours(flow), neighbours(outline));
    let mut pairs = Pairs::new(flow.steps.keys(), outline.steps.keys());
    // Steps of one name are told apart by all that is said of them, then by their order.
    pairs.round(&|id| described(flow, &around, id), &|id| described(outline, &around_read, id));
    let name = |flow: &Flow, id| flow.steps.get(&id).map(|step| step.name.to_string()).unwrap_or_default();
    pairs.round(&|id| name(flow, id), &|id| name(outline, id));
    // Then by where they stand: between which steps that are known.
    let is = pairs.is.clone();
    let known: SortedMap<ElementId, ElementId> = is.values().map(|id| (*id, *id)).collect();
    pairs.round(&|id| standing(flow, &around, &known, id), &|id| {
        standing(outline, &around_read, &is, id)
    });
    for lane in Lane::ALL {
        let known: SortedSet<ElementId> = pairs.known.iter().copied().collect();
        let left: Vec<ElementId> = mentioned(flow, lane).into_iter().filter(|id| known.contains(id)).collect();
        let of_lane = |id: &ElementId| outline.steps.get(id).is_some_and(|step| step.lane == lane);
        let right: Vec<ElementId> = pairs.read.iter().copied().filter(of_lane).collect();
        // Where nothing of a lane is known any more, it is another flow.
        if left.len() == 1 || left.len() < flow.of_lane(lane).count() {
            pairs.is.extend(right.into_iter().zip(left));
        }
    }
    pairs.is
}

/// Which text of the flow each text of the outline is: by what it says, then by its order in the lane.
fn same_texts(flow: &Flow, outline: &Flow) -> SortedMap<ElementId, ElementId> {
    let says = |flow: &Flow, id| flow.texts.get(&id).map(|text| text.text.to_string()).unwrap_or_default();
    let lane = |flow: &Flow, id| flow.texts.get(&id).map(|text| text.lane.name().to_owned()).unwrap_or_default();
    let both = |flow: &Flow, id| lane(flow, id) + &says(flow, id);
    let mut pairs = Pairs::new(flow.texts.keys(), outline.texts.keys());
    pairs.round(&|id| both(flow, id), &|id| both(outline, id));
    pairs.round(&|id| says(flow, id), &|id| says(outline, id));
    pairs.round(&|id| lane(flow, id), &|id| lane(outline, id));
    pairs.is
}

/// Which elements are the same, found in rounds.
struct Pairs {
    /// Those of the flow that are not found yet.
    known: Vec<ElementId>,
    /// Those of the outline that are not found yet.
    read: Vec<ElementId>,
    /// The element of the flow that each one of the outline is.
    is: SortedMap<ElementId, ElementId>,
}

impl Pairs {
    fn new<'a>(known: impl Iterator<Item = &'a ElementId>, read: impl Iterator<Item = &'a ElementId>) -> Self {
        Self {
            known: known.copied().collect(),
            read: read.copied().collect(),
            is: SortedMap::new(),
        }
    }

    /// Pairs those of which the same is said, in their order; of which nothing is said, they wait for another round.
    fn round(&mut self, of_known: &dyn Fn(ElementId) -> String, of_read: &dyn Fn(ElementId) -> String) {
        let mut waiting: SortedMap<String, VecDeque<ElementId>> = SortedMap::new();
        for id in &self.known {
            waiting.entry(of_known(*id)).or_default().push_back(*id);
        }
        waiting.remove("");
        let mut found = SortedSet::new();
        self.read.retain(|id| {
            let known = waiting.get_mut(&of_read(*id)).and_then(VecDeque::pop_front);
            if let Some(known) = known {
                self.is.insert(*id, known);
                found.insert(known);
            }
            known.is_none()
        });
        self.known.retain(|id| !found.contains(id));
    }
}

/// The connectors of each step, whether they leave it, and the step at the other end.
type Neighbours<'a> = SortedMap<ElementId, Vec<(bool, ElementId, &'a Connector)>>;

fn neighbours(flow: &Flow) -> Neighbours<'_> {
    let mut around = Neighbours::new();
    for c in flow.connectors.values() {
        around.entry(c.from).or_default().push((true, c.to, c));
        around.entry(c.to).or_default().push((false, c.from, c));
    }
    around
}

/// All that is said of a step but its place.
fn described(flow: &Flow, around: &Neighbours, id: ElementId) -> String {
    let Some(step) = flow.steps.get(&id) else { return String::new() };
    let neighbour = |(leaves, other, c): &(bool, ElementId, &Connector)| {
        let name = flow.steps.get(other).map(|step| step.name.as_str());
        format!("{leaves}{name:?}{:?}{}", c.wait, c.label)
    };
    let mut neighbours: Vec<String> = around.get(&id).into_iter().flatten().map(neighbour).collect();
    sort(&mut neighbours);
    let (lane, kind) = (step.lane.name(), step.kind.name());
    format!("{}\n{lane}{kind}{:?}{}{neighbours:?}", step.name, step.work, step.environment)
}

/// Which steps stand around one, of those that are known.
fn standing(flow: &Flow, around: &Neighbours, known: &SortedMap<ElementId, ElementId>, id: ElementId) -> String {
    let near = |(leaves, other, _): &(bool, ElementId, &Connector)| Some(format!("{leaves}{}", known.get(other)?));
    let mut near: Vec<String> = around.get(&id).into_iter().flatten().filter_map(near).collect();
    sort(&mut near);
    let lane = flow.steps.get(&id).filter(|_| !near.is_empty()).map(|step| step.lane.name());
    lane.into_iter().map(str::to_owned).chain(near).collect()
}

/// The same edits, in which a new step that was there before, in `first` and by the same name, is that step again: with its id and
/// its place. `now` is the flow that the edits are for. So whoever cuts a line of a text and pastes it elsewhere moves a step.
#[must_use]
pub fn again(first: &Flow, now: &Flow, mut edits: Vec<Edit>) -> Vec<Edit> {
    let mut was: SortedMap<ElementId, ElementId> = SortedMap::new();
    for edit in &mut edits {
        if let Edit::AddStep(id, step) = edit {
            let gone = |old: &ElementId| !now.contains(*old) && !was.values().any(|taken| taken == old);
            let same = first
                .steps
                .iter()
                .find(|(old, s)| s.name == step.name && s.lane == step.lane && gone(old));
            if let Some((old, before)) = same {
                was.insert(*id, *old);
                (*id, step.at) = (*old, before.at);
            }
        }
    }
    let renamed = |id: &mut ElementId| *id = was.get(id).copied().unwrap_or(*id);
    for edit in &mut edits {
        match edit {
            Edit::AddConnector(_, connector) => {
                renamed(&mut connector.from);
                renamed(&mut connector.to);
            }
            Edit::Ends(_, from, to) => {
                renamed(from);
                renamed(to);
            }
            _ => {}
        }
    }
    edits
}
