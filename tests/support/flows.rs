//! Any flow that people could draw: names in any script or that look like syntax, steps of one name, ranges, loops, both lanes.

use checkpoint::domain::flow::{Connector, Flow, Kind, Lane, Point, Span, Step, Text};
use checkpoint::domain::ids::ElementId;
use checkpoint::domain::text::{ConnectorLabel, Environment, FlowStepName, FlowText};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use std::collections::BTreeSet;

/// What a text is made of: mostly what some reader could take for something else.
const PIECES: [&str; 54] = [
    "a",
    "m",
    " ",
    " ",
    " ",
    "build",
    "deploy",
    "Prod",
    "5m",
    "2h",
    "3d-1d",
    "5",
    "min",
    "min",
    ">",
    "->",
    "-->",
    "[",
    "]",
    "(",
    ")",
    "{",
    "}",
    "\"",
    "\\",
    "@",
    "#2",
    "#",
    ";",
    "=",
    "//",
    "%%",
    "|",
    "&",
    "&amp;",
    "<b>",
    "end",
    "delivery",
    "recovery",
    "é",
    "שלום",
    "مرحبا",
    "李雷",
    "🚀",
    "👩‍🚀",
    "\u{a0}",
    "\u{200d}",
    "-",
    "--",
    ".",
    "x",
    "ß",
    "'",
    "`",
];

/// A text of such pieces.
pub(crate) fn words(most: usize) -> BoxedStrategy<String> {
    prop::collection::vec(select(&PIECES[..]), 0..most)
        .prop_map(|pieces| pieces.concat())
        .boxed()
}

fn name() -> BoxedStrategy<FlowStepName> {
    let any = words(7).prop_map(|text| FlowStepName::parse(&text).unwrap_or_else(|_| FlowStepName::parse("x").unwrap()));
    let usual = select(vec!["commit", "build", "test", "review", "deploy", "שחרור", "🚀"]);
    prop_oneof![2 => usual.prop_map(|name| FlowStepName::parse(name).unwrap()), 3 => any].boxed()
}

/// No time, an exact one or a range.
pub(crate) fn span() -> BoxedStrategy<Option<Span>> {
    let seconds = || {
        prop_oneof![
            select(vec![0, 30, 60, 300, 3600, 5400, 86_400, 604_800, 315_360_000]),
            0..200_000u32
        ]
    };
    let exact = seconds().prop_map(|s| Some(Span::exactly(s)));
    let range = (seconds(), seconds()).prop_map(|(a, b)| Some(Span::from((a.min(b), a.max(b)))));
    prop_oneof![Just(None), exact, range].boxed()
}

fn at() -> BoxedStrategy<Option<Point>> {
    let near = -2_000..2_000i32;
    prop::option::weighted(0.2, (near.clone(), near).prop_map(|(x, y)| Point { x, y })).boxed()
}

fn lane() -> BoxedStrategy<Lane> {
    prop_oneof![2 => Just(Lane::Delivery), 1 => Just(Lane::Recovery)].boxed()
}

fn step() -> BoxedStrategy<Step> {
    let environment = words(4).prop_map(|text| Environment::parse(&text).unwrap_or_default());
    let kind = select(vec![Kind::Manual, Kind::Automated]);
    let step = |(lane, kind, name, work, environment, at)| Step {
        lane,
        kind,
        name,
        work,
        environment,
        at,
    };
    (lane(), kind, name(), span(), environment, at()).prop_map(step).boxed()
}

fn text() -> BoxedStrategy<Text> {
    let says = words(6).prop_map(|text| FlowText::parse(&text).unwrap_or_else(|_| FlowText::parse("so").unwrap()));
    (lane(), says, at()).prop_map(|(lane, text, at)| Text { lane, text, at }).boxed()
}

/// A flow of fewer steps than these; connectors never lead to the step they leave, and one pair of steps has one at most.
pub(crate) fn flow(most: usize) -> BoxedStrategy<Flow> {
    let label = words(4).prop_map(|text| ConnectorLabel::parse(&text).unwrap_or_default());
    let connector = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), span(), label);
    let parts = (
        prop::collection::vec(step(), 0..most),
        prop::collection::vec(connector, 0..most + most / 2),
        prop::collection::vec(text(), 0..4),
    );
    let parts = parts.prop_flat_map(|(steps, connectors, texts)| {
        let all = steps.len() + connectors.len() + texts.len();
        // Close together as in a template, or far apart as screens draw them.
        let far = ElementId::LARGEST / (2 * all as u64 + 1);
        let ids = (Just((0..2 * all as u64).collect::<Vec<_>>()).prop_shuffle(), select(vec![1, far]));
        let ids = ids.prop_map(move |(ids, apart)| ids.into_iter().take(all).map(|id| ElementId(id * apart)).collect::<Vec<_>>());
        let ghosts = subsequence((0..all).collect::<Vec<_>>(), 0..=all);
        (Just((steps, connectors, texts)), ids, ghosts)
    });
    let flow = parts.prop_map(|((steps, connectors, texts), ids, ghosts)| {
        let mut free = ids.iter().copied();
        let mut flow = Flow {
            steps: free.by_ref().take(steps.len()).collect::<Vec<_>>().into_iter().zip(steps).collect(),
            ..Flow::default()
        };
        let steps: Vec<ElementId> = flow.steps.keys().copied().collect();
        let mut pairs = BTreeSet::new();
        for (from, to, wait, label) in connectors {
            let ends = (!steps.is_empty()).then(|| (*from.get(&steps), *to.get(&steps)));
            if let Some((from, to)) = ends.filter(|ends| ends.0 != ends.1 && pairs.insert(*ends)) {
                let connector = Connector { from, to, wait, label };
                flow.connectors.insert(free.next().unwrap(), connector);
            }
        }
        flow.texts = free.zip(texts).collect();
        flow.ghosts = ghosts
            .into_iter()
            .filter_map(|n| ids.get(n))
            .copied()
            .filter(|id| flow.contains(*id))
            .collect();
        flow
    });
    flow.boxed()
}
