//! From flow to text: from each beginning of a lane its longest chain first, then what branches off.

use super::read;
use crate::domain::flow::order::order;
use crate::domain::flow::{Flow, Kind, Lane, Step};
use crate::domain::ids::ElementId;
use crate::domain::sorted::{SortedMap, SortedSet, sort_by_key};
use crate::domain::text::{Environment, FlowStepName};
use std::cmp::Reverse;
use std::fmt::Write;

/// A step of a chain, and the connector that leads to it.
type Link = (Option<ElementId>, ElementId);

/// A chain of so many steps stands in one line; a longer one has a line for each step.
const ONE_LINE: usize = 3;

/// The text of a flow.
#[must_use]
pub fn write(flow: &Flow) -> String {
    let mut writer = Writer {
        flow,
        numbers: numbers(flow),
        described: SortedSet::new(),
        text: String::new(),
    };
    for lane in Lane::ALL {
        writer.lane(lane);
    }
    writer.text
}

/// The steps of a lane in the order of the text.
pub(super) fn mentioned(flow: &Flow, lane: Lane) -> Vec<ElementId> {
    let mut seen = SortedSet::new();
    let mut steps: Vec<ElementId> = chains(flow, lane).into_iter().flatten().map(|(_, step)| step).collect();
    steps.retain(|step| seen.insert(*step));
    steps
}

/// Which step of its name each one is, in the order of ids.
fn numbers(flow: &Flow) -> SortedMap<ElementId, usize> {
    let mut named: SortedMap<&FlowStepName, usize> = SortedMap::new();
    let mut numbers = SortedMap::new();
    for (id, step) in &flow.steps {
        let number = named.entry(&step.name).or_default();
        *number += 1;
        numbers.insert(*id, *number);
    }
    numbers
}

/// The connectors that a text can tell of: one between two steps.
fn told(flow: &Flow) -> SortedSet<ElementId> {
    let mut pairs = SortedSet::new();
    let told = flow
        .connectors
        .iter()
        .filter(|(_, c)| c.from != c.to && pairs.insert((c.from, c.to)));
    told.map(|(id, _)| *id).collect()
}

/// The chains of a lane: each of its connectors stands in one of them, each step in one or more.
fn chains(flow: &Flow, lane: Lane) -> Vec<Vec<Link>> {
    let order = order(flow, lane);
    let told = told(flow);
    let to = |connector: &ElementId| flow.connectors.get(connector).map(|c| c.to).unwrap_or_default();
    // How many steps follow on each one, itself counted.
    let mut depths: SortedMap<ElementId, usize> = SortedMap::new();
    let mut leaving: SortedMap<ElementId, Vec<ElementId>> = SortedMap::new();
    let mut led_to = SortedSet::new();
    for step in order.steps.iter().rev() {
        let mut forwards: Vec<ElementId> = order.forwards.get(step).into_iter().flatten().copied().collect();
        let depth = |connector: &ElementId| depths.get(&to(connector)).copied().unwrap_or_default();
        let longest = forwards.iter().map(depth).max().unwrap_or_default();
        // First what goes on to an end, before what only leads back.
        sort_by_key(&mut forwards, |connector| {
            (!order.arriving.contains(&to(connector)), Reverse(depth(connector)), *connector)
        });
        led_to.extend(forwards.iter().map(to));
        depths.insert(*step, longest + 1);
        leaving.insert(*step, forwards);
    }
    for back in &order.backs {
        let from = flow.connectors.get(back).map(|c| c.from).unwrap_or_default();
        leaving.entry(from).or_default().push(*back);
    }
    let mut leaving: SortedMap<ElementId, _> = leaving
        .into_iter()
        .map(|(step, connectors)| (step, connectors.into_iter().filter(|id| told.contains(id))))
        .collect();

    let mut starts: Vec<ElementId> = order.steps.into_iter().filter(|step| !led_to.contains(step)).collect();
    sort_by_key(&mut starts, |step| (Reverse(depths.get(step).copied()), *step));
    let mut chains = vec![];
    let mut seen: SortedSet<ElementId> = SortedSet::new();
    for start in starts {
        let mut begun = !seen.insert(start);
        let mut named = vec![start];
        let mut next = 0;
        while let Some(first) = named.get(next).copied() {
            let mut chain = vec![(None, first)];
            let mut at = first;
            while let Some(connector) = leaving.get_mut(&at).and_then(Iterator::next) {
                at = to(&connector);
                chain.push((Some(connector), at));
                if !seen.insert(at) {
                    break;
                }
                named.push(at);
            }
            if chain.len() > 1 || !begun {
                chains.push(chain);
            } else {
                next += 1;
            }
            begun = true;
        }
    }
    chains
}

struct Writer<'a> {
    flow: &'a Flow,
    numbers: SortedMap<ElementId, usize>,
    described: SortedSet<ElementId>,
    text: String,
}

impl Writer<'_> {
    fn lane(&mut self, lane: Lane) {
        let flow = self.flow;
        let mut chains = chains(flow, lane);
        if lane == Lane::Recovery {
            let lane = |step: &ElementId| flow.steps.get(step).map(|step| step.lane);
            let told = told(flow);
            let across = flow
                .connectors
                .iter()
                .filter(|(id, c)| lane(&c.from) != lane(&c.to) && told.contains(id));
            chains.extend(across.map(|(id, c)| vec![(None, c.from), (Some(*id), c.to)]));
        }
        let texts: Vec<&str> = flow
            .texts
            .values()
            .filter(|text| text.lane == lane)
            .map(|text| text.text.as_str())
            .collect();
        if chains.is_empty() && texts.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(&lane.name().to_lowercase());
        self.text.push('\n');
        for chain in chains {
            let between = if chain.len() > ONE_LINE { "\n> " } else { " > " };
            for (n, link) in chain.into_iter().enumerate() {
                if n > 0 {
                    self.text.push_str(between);
                }
                self.link(link);
            }
            self.text.push('\n');
        }
        for text in texts {
            self.text.push_str("= ");
            self.text.push_str(text);
            self.text.push('\n');
        }
    }

    fn link(&mut self, (connector, id): Link) {
        if let Some(c) = connector.and_then(|id| self.flow.connectors.get(&id)) {
            if let Some(wait) = c.wait {
                let _ = write!(self.text, "[{wait}] ");
            }
            if !c.label.is_empty() {
                let label = c.label.as_str();
                let _ = write!(self.text, "({}) ", part(label, !label.contains(')') && !label.starts_with('"')));
            }
        }
        let Some(step) = self.flow.steps.get(&id) else { return };
        let name = step.name.as_str();
        self.text.push_str(&part(name, is_bare(name)));
        if let Some(number) = self.numbers.get(&id).filter(|number| **number > 1) {
            let _ = write!(self.text, " #{number}");
        }
        if self.described.insert(id) {
            self.describe(step);
        }
    }

    fn describe(&mut self, step: &Step) {
        if let Some(work) = step.work {
            let _ = write!(self.text, " {work}");
        }
        self.text.push_str(match step.kind {
            Kind::Automated => " a",
            Kind::Manual => " m",
        });
        if !step.environment.is_empty() {
            self.text.push(' ');
            self.text.push_str(&at(&step.environment));
        }
    }
}

/// An environment as it stands after a name.
pub(in crate::domain::flow) fn at(environment: &Environment) -> String {
    let ends = |c: char| c.is_whitespace() || c == '>';
    let name = environment.as_str();
    format!("@{}", part(name, !name.contains(ends) && !name.starts_with('"')))
}

/// A part as it is, or in quotation marks where it would be read as something else.
fn part(part: &str, is_bare: bool) -> String {
    if is_bare {
        return part.to_owned();
    }
    format!("\"{}\"", part.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Whether the reader takes this for a name and nothing else.
fn is_bare(name: &str) -> bool {
    let is_it = |flow: Flow| flow.len() == 1 && flow.steps.values().any(|step| step.name.as_str() == name);
    read(name).is_ok_and(is_it)
}
