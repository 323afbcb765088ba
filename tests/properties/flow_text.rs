//! Every flow can be written as text and read again, and what it adds up to is what anybody would add up who tries all ways.

use crate::cases;
use crate::flows::{flow, words};
use checkpoint::domain::flow::figures::figures;
use checkpoint::domain::flow::order::loop_backs;
use checkpoint::domain::flow::{Connector, Edit, Flow, Lane, Span, Step, Text, mermaid, outline};
use checkpoint::domain::ids::ElementId;
use checkpoint::domain::sorted::{SortedMap, SortedSet};
use checkpoint::domain::text::{ConnectorLabel, FlowStepName};
use proptest::prelude::*;

/// The ids of steps by their name and their place among those of one name.
fn called(flow: &Flow) -> SortedMap<ElementId, String> {
    let mut count: SortedMap<&str, usize> = SortedMap::new();
    let number = |(id, step): (&ElementId, &'_ Step)| (*id, step.name.to_string());
    let mut named: SortedMap<ElementId, String> = flow.steps.iter().map(number).collect();
    for (id, step) in &flow.steps {
        let n = count.entry(step.name.as_str()).or_default();
        *n += 1;
        named.insert(*id, format!("{} #{n}", step.name));
    }
    named
}

/// All that a text says of a flow: what ids and places have no part in.
fn said(flow: &Flow) -> Vec<String> {
    let called = called(flow);
    let step = |(id, step): (&ElementId, &Step)| format!("{} {:?}", called[id], Step { at: None, ..step.clone() });
    let mut all: Vec<String> = flow.steps.iter().map(step).collect();
    let connectors = flow.connectors.values();
    all.extend(connectors.map(|c| format!("{} to {}: {:?} {:?}", called[&c.from], called[&c.to], c.wait, c.label)));
    all.sort();
    all.extend(texts(flow));
    all
}

/// The texts of each lane, in order.
fn texts(flow: &Flow) -> Vec<String> {
    let text = |lane| move |text: &&Text| text.lane == lane;
    let of_lane = |lane| {
        flow.texts
            .values()
            .filter(text(lane))
            .map(move |text| format!("{lane:?} {}", text.text))
    };
    Lane::ALL.into_iter().flat_map(of_lane).collect()
}

/// The same without saying which of several steps of one name is which: what is said of each, and of what is around it, and so on.
fn shape(flow: &Flow) -> Vec<String> {
    let bare = |step: &Step| format!("{:?}", Step { at: None, ..step.clone() });
    let mut labels: SortedMap<ElementId, String> = flow.steps.iter().map(|(id, step)| (*id, bare(step))).collect();
    for _ in 0..3 {
        let around = |id: &ElementId| {
            let all = flow.connectors.values().filter(|c| c.from == *id || c.to == *id);
            let mut all: Vec<String> = all
                .map(|c| format!("{} {:?} {:?} {} {}", c.from == *id, c.wait, c.label, labels[&c.from], labels[&c.to]))
                .collect();
            all.sort();
            format!("{:x}", hash(&(labels[id].as_str(), all)))
        };
        labels = labels.keys().map(|id| (*id, around(id))).collect();
    }
    let mut all: Vec<String> = labels.into_values().collect();
    all.sort();
    let mut texts = texts(flow);
    texts.sort();
    all.extend(texts);
    all
}

fn hash(what: &impl std::hash::Hash) -> u64 {
    use std::hash::{DefaultHasher, Hasher};
    let mut hasher = DefaultHasher::new();
    what.hash(&mut hasher);
    hasher.finish()
}

/// What the edits make of the flow.
fn edited(flow: &Flow, outline: &Flow) -> Flow {
    let mut next = flow
        .steps
        .keys()
        .chain(flow.connectors.keys())
        .chain(flow.texts.keys())
        .map(|id| id.0)
        .max()
        .unwrap_or_default();
    let edits = outline::edits(flow, outline, || {
        next += 1;
        ElementId(next)
    });
    let mut flow = flow.clone();
    for edit in &edits {
        flow.take_in(edit);
    }
    flow
}

/// How long a way takes at most and at least, and how many steps it has.
type Length = (u64, u64, usize);

/// All ways forward from a step, itself included: whether each arrives at an end, and its length.
fn ways(flow: &Flow, backs: &SortedSet<ElementId>, from: ElementId) -> Vec<(bool, Length)> {
    let long = |span: Option<Span>| span.map_or((0, 0), |s| (u64::from(s.most), u64::from(s.least)));
    let lane = flow.steps[&from].lane;
    let leaving = || {
        flow.connectors
            .iter()
            .filter(|(_, c)| c.from == from && flow.steps[&c.to].lane == lane)
    };
    let work = long(flow.steps[&from].work);
    let mut all = vec![];
    for (_, c) in leaving().filter(|(id, _)| !backs.contains(id)) {
        let wait = long(c.wait);
        let on = |(arrives, (most, least, steps))| (arrives, (most + wait.0 + work.0, least + wait.1 + work.1, steps + 1));
        all.extend(ways(flow, backs, c.to).into_iter().map(on));
    }
    if all.is_empty() {
        all.push((leaving().count() == 0, (work.0, work.1, 1)));
    }
    all
}

/// The longest of all ways of a lane, found by trying them all: from each beginning those that arrive, if any does.
fn longest(flow: &Flow, lane: Lane) -> Length {
    let backs = loop_backs(flow);
    let into = |step| move |(_, c): &(&ElementId, &Connector)| c.to == step && flow.steps[&c.from].lane == lane;
    let led_to = |step| flow.connectors.iter().filter(into(step)).any(|(id, _)| !backs.contains(id));
    let starts = flow.of_lane(lane).map(|(id, _)| id).filter(|id| !led_to(*id));
    let of_start = |start| {
        let ways = ways(flow, &backs, start);
        let arrives = ways.iter().any(|(arrives, _)| *arrives);
        ways.into_iter().filter(move |way| way.0 == arrives).map(|(_, length)| length)
    };
    starts.flat_map(of_start).max().unwrap_or_default()
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn what_is_written_is_read_as_the_same(flow in flow(14)) {
        let text = outline::write(&flow);
        let read = outline::read(&text);
        prop_assert!(read.is_ok(), "{}\n{:?}", text, read);
        let read = read.unwrap();
        prop_assert_eq!(said(&read), said(&flow), "{}", text);
        prop_assert_eq!(outline::edits(&flow, &read, || unreachable!()), vec![], "{}", text);
        prop_assert_eq!(said(&outline::read(&outline::write(&read)).unwrap()), said(&flow));
    }

    #[test]
    fn edits_lead_from_any_flow_to_any_other(before in flow(10), after in flow(10)) {
        let text = outline::write(&after);
        let outline = outline::read(&text).unwrap();
        let now = edited(&before, &outline);
        prop_assert_eq!(shape(&now), shape(&after), "{}\n{}", outline::write(&before), text);
        prop_assert!(now.connectors.values().all(|c| now.steps.contains_key(&c.from) && now.steps.contains_key(&c.to)));
        prop_assert_eq!(outline::edits(&now, &outline, || unreachable!()), vec![], "the same text says nothing new");
        // Nothing that stays has moved.
        for (id, step) in &now.steps {
            prop_assert!(before.steps.get(id).is_none_or(|known| known.at == step.at));
        }
    }

    #[test]
    fn one_name_changed_is_one_edit(flow in flow(10), which in any::<prop::sample::Index>()) {
        let mut outline = outline::read(&outline::write(&flow)).unwrap();
        let alone = |name: &str| flow.steps.values().filter(|step| step.name.as_str() == name).count() == 1;
        let steps: Vec<ElementId> = outline.steps.iter().filter(|(_, step)| alone(step.name.as_str())).map(|(id, _)| *id).collect();
        if !steps.is_empty() {
            let step = outline.steps.get_mut(which.get(&steps)).unwrap();
            step.name = FlowStepName::parse("a name that nobody had").unwrap();
            let edits = outline::edits(&flow, &outline, || unreachable!());
            prop_assert!(matches!(edits[..], [Edit::Name(..)]), "{:?}", edits);
        }
    }

    #[test]
    fn any_text_is_a_flow_or_has_mistakes_at_places(lines in prop::collection::vec(words(24), 0..12)) {
        let text = lines.join("\n");
        match outline::read(&text) {
            Ok(flow) => {
                let written = outline::write(&flow);
                prop_assert_eq!(said(&outline::read(&written).unwrap()), said(&flow), "{}\n\n{}", text, written);
            }
            Err(mistakes) => for mistake in mistakes {
                let line = text.lines().nth(mistake.line - 1);
                prop_assert!(line.is_some_and(|line| (1..=line.chars().count() + 1).contains(&mistake.column)), "{:?}", mistake);
                prop_assert!(mistake.message.ends_with('.'), "{:?}", mistake);
            },
        }
    }

    #[test]
    fn any_characters_are_read(text in ".{0,200}") {
        let _ = outline::read(&text);
        let _ = mermaid::read(&text);
        let _ = mermaid::read(&format!("graph LR\n{text}"));
    }

    #[test]
    fn mermaid_is_read_as_it_was_written(flow in flow(14)) {
        let text = mermaid::write(&flow);
        let read = mermaid::read(&text);
        prop_assert!(read.is_ok(), "{}\n{:?}", text, read);
        let bare = Flow { texts: SortedMap::new(), ..flow };
        prop_assert_eq!(shape(&read.unwrap()), shape(&bare), "{}", text);
    }

    #[test]
    fn any_mermaid_is_a_flow_or_has_a_mistake_at_a_place(lines in prop::collection::vec(words(24), 0..8)) {
        let text = format!("flowchart TD\n{}", lines.join("\n"));
        if let Err(mistake) = mermaid::read(&text) {
            let line = text.lines().nth(mistake.line - 1);
            prop_assert!(line.is_some_and(|line| (1..=line.chars().count() + 1).contains(&mistake.column)), "{:?}", mistake);
        }
    }

    #[test]
    fn the_longest_way_is_the_longest(flow in flow(8)) {
        for lane in Lane::ALL {
            let figures = figures(&flow, lane);
            let steps: Vec<ElementId> = figures.way.iter().step_by(2).copied().collect();
            let found = (u64::from(figures.total.most), u64::from(figures.total.least), steps.len());
            prop_assert_eq!(found, longest(&flow, lane), "{:?}", figures);
            // It is a way.
            for part in figures.way.windows(3).step_by(2) {
                let c = &flow.connectors[&part[1]];
                prop_assert_eq!([c.from, c.to], [part[0], part[2]]);
            }
            prop_assert_eq!(figures.total, figures.work.plus(figures.wait));
            let share: f64 = figures.shares.values().sum();
            let efficiency = figures.efficiency.map_or(0.0, f64::from);
            prop_assert!((100.0 * share - efficiency).abs() <= 0.5 + 1e-6);
            prop_assert_eq!(figures.timeless, steps.iter().filter(|id| flow.steps[id].work.is_none()).count());
        }
    }
}

#[test]
fn a_full_flow_of_the_longest_names_is_read_in_no_time() {
    let name = |n: usize| FlowStepName::parse(&format!("{n:03}{}", "🚀".repeat(77))).unwrap();
    let steps: SortedMap<ElementId, Step> = (0..33)
        .map(|n| {
            (
                ElementId(n as u64),
                Step {
                    name: name(n),
                    ..Step::default()
                },
            )
        })
        .collect();
    let pairs = (0..33u64)
        .flat_map(|from| (0..33).map(move |to| (from, to)))
        .filter(|(from, to)| from != to)
        .take(967);
    let connector = |(from, to)| Connector {
        from: ElementId(from),
        to: ElementId(to),
        wait: "9w6d23h59m58s-9w6d23h59m59s".parse().ok(),
        label: ConnectorLabel::parse(&")🚀".repeat(20)).unwrap(),
    };
    let connectors = (100..).map(ElementId).zip(pairs.map(connector)).collect();
    let flow = Flow {
        steps,
        connectors,
        ..Flow::default()
    };
    let text = outline::write(&flow);
    assert!(
        text.len() < outline::LONGEST_TEXT && text.len() > outline::LONGEST_TEXT / 4,
        "{}",
        text.len()
    );
    assert_eq!(said(&outline::read(&text).unwrap()), said(&flow));
}
