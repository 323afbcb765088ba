//! Where a flow stands: nothing lies over anything else, everybody sees the same, and what is added moves little.

use super::cases;
use super::drawn;
use checkpoint::domain::flow::layout::{Frame, Layout, layout, place, route};
use checkpoint::domain::flow::outline::read;
use checkpoint::domain::flow::scene::scene;
use checkpoint::domain::flow::svg::svg;
use checkpoint::domain::flow::{Connector, Edit, FARTHEST, Flow, Kind, Lane, MOST_ELEMENTS, Point, Span, Step, Text};
use checkpoint::domain::ids::ElementId;
use checkpoint::domain::text::{ConnectorLabel, Environment, FlowStepName, FlowText};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use std::time::Instant;

fn point() -> impl Strategy<Value = Point> {
    prop_oneof![
        (-300..2_000, -300..2_000).prop_map(|(x, y)| Point { x, y }),
        Just(Point { x: FARTHEST, y: FARTHEST }),
        Just(Point {
            x: -FARTHEST,
            y: -FARTHEST
        }),
    ]
}

/// Nothing of it put by hand.
fn tidy_flow() -> impl Strategy<Value = Flow> {
    any_flow().prop_map(|mut flow| {
        flow.steps.values_mut().for_each(|step| step.at = None);
        flow
    })
}

/// Steps, connectors between any two of them, and texts; some put by hand.
fn any_flow() -> impl Strategy<Value = Flow> {
    let at = || option::weighted(0.3, point());
    let step = (any::<bool>(), any::<bool>(), "\\PC{1,40}", at());
    let text = (any::<bool>(), "\\PC{1,120}", at());
    (vec(step, 0..40), vec((0u64..40, 0u64..40), 0..60), vec(text, 0..5)).prop_map(|(steps, pairs, texts)| {
        let lane = |delivery| if delivery { Lane::Delivery } else { Lane::Recovery };
        let mut flow = Flow::default();
        for (id, (delivery, manual, name, at)) in (0..).zip(steps) {
            let kind = if manual { Kind::Manual } else { Kind::Automated };
            let name = FlowStepName::parse(&name).unwrap_or_default();
            let lane = lane(delivery);
            flow.steps.insert(
                ElementId(id),
                Step {
                    lane,
                    kind,
                    name,
                    at,
                    ..Step::default()
                },
            );
        }
        for (id, (from, to)) in (100..).map(ElementId).zip(pairs) {
            let (from, to) = (ElementId(from), ElementId(to));
            if from != to && flow.steps.contains_key(&from) && flow.steps.contains_key(&to) {
                flow.connectors.insert(
                    id,
                    Connector {
                        from,
                        to,
                        ..Connector::default()
                    },
                );
            }
        }
        for (id, (delivery, says, at)) in (200..).zip(texts) {
            let (lane, text) = (lane(delivery), FlowText::parse(&says).unwrap_or_default());
            flow.texts.insert(ElementId(id), Text { lane, text, at });
        }
        flow
    })
}

/// The same with all that can be said of its elements but where they are.
fn told_all_about(flow: &Flow) -> Flow {
    let mut said = flow.clone();
    let time = Some(Span::exactly(5_400));
    let mut edits = vec![];
    for id in flow.steps.keys() {
        edits.push(Edit::Name(*id, FlowStepName::parse("Another name").unwrap()));
        edits.push(Edit::Work(*id, time));
        edits.push(Edit::Kind(*id, Kind::Automated));
        edits.push(Edit::Environment(*id, Environment::parse("production").unwrap()));
    }
    for id in flow.connectors.keys() {
        edits.push(Edit::Wait(*id, time));
        edits.push(Edit::Label(*id, ConnectorLabel::parse("if it was rejected").unwrap()));
    }
    said.take_all(&edits);
    said.ghosts = flow.steps.keys().chain(flow.texts.keys()).copied().collect();
    said
}

/// A chain of steps with these ids in the delivery lane.
fn chain(ids: &[u64]) -> Flow {
    let mut flow = Flow::default();
    flow.steps.extend(ids.iter().map(|id| (ElementId(*id), Step::default())));
    for (n, pair) in (10_000..).zip(ids.windows(2)) {
        flow.connectors.insert(ElementId(n), connector(pair[0], pair[1]));
    }
    flow
}

fn connector(from: u64, to: u64) -> Connector {
    let (from, to) = (ElementId(from), ElementId(to));
    Connector {
        from,
        to,
        ..Connector::default()
    }
}

/// The steps as one reads them.
fn reading(layout: &Layout) -> Vec<u64> {
    let mut steps: Vec<_> = layout.steps.iter().map(|(id, f)| (f.y, f.x, id.0)).collect();
    steps.sort_unstable();
    steps.into_iter().map(|(_, _, id)| id).collect()
}

/// The pieces of all connectors as very thin boxes.
fn pieces(layout: &Layout) -> Vec<(ElementId, Frame)> {
    let thin = |a: Point, b: Point| Frame {
        x: a.x.min(b.x),
        y: a.y.min(b.y),
        width: (a.x - b.x).abs() + 1,
        height: (a.y - b.y).abs() + 1,
    };
    let of = |(id, route): (&ElementId, &checkpoint::domain::flow::layout::Route)| {
        route.points.windows(2).map(|p| (*id, thin(p[0], p[1]))).collect::<Vec<_>>()
    };
    layout.connectors.iter().flat_map(of).collect()
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn boxes_overlap_only_where_people_put_both(flow in any_flow()) {
        let layout = layout(&flow);
        prop_assert_eq!(layout.steps.len(), flow.steps.len());
        let pinned = |id: &ElementId| flow.steps[id].at.is_some();
        for (a, frame) in &layout.steps {
            for (b, other) in layout.steps.iter().take_while(|(b, _)| *b < a) {
                let same_lane = flow.steps[a].lane == flow.steps[b].lane;
                prop_assert!((pinned(a) && pinned(b)) || !frame.overlaps(*other), "{a} and {b}, same lane: {same_lane}");
            }
        }
        let auto: Vec<&ElementId> = flow.texts.iter().filter(|(_, text)| text.at.is_none()).map(|(id, _)| id).collect();
        for (n, a) in auto.iter().enumerate() {
            let over = auto[..n].iter().filter(|b| layout.texts[**b].overlaps(layout.texts[*a])).count();
            prop_assert_eq!(over, 0);
            prop_assert!(layout.steps.values().all(|step| !step.overlaps(layout.texts[*a])));
        }
    }

    #[test]
    fn everything_lies_in_its_lane_and_on_the_canvas(flow in any_flow()) {
        let layout = layout(&flow);
        let [delivery, recovery] = layout.lanes;
        prop_assert!(delivery.width >= 964 && delivery.width == recovery.width && delivery.bottom() < recovery.y);
        let within = |outer: Frame, inner: Frame| {
            outer.contains(Point { x: inner.x, y: inner.y }) && outer.contains(Point { x: inner.right(), y: inner.bottom() })
        };
        for (id, frame) in &layout.steps {
            prop_assert!(within(layout.lane(flow.steps[id].lane), *frame));
        }
        for (id, frame) in &layout.texts {
            prop_assert!(within(layout.lane(flow.texts[id].lane), *frame));
        }
        for (id, piece) in pieces(&layout) {
            prop_assert!(within(layout.size.grown(40), piece), "{} {:?}", id, piece);
        }
    }

    #[test]
    fn connectors_run_from_edge_to_edge_and_only_straight(flow in any_flow()) {
        let layout = layout(&flow);
        prop_assert_eq!(layout.connectors.len(), flow.connectors.len());
        for (id, c) in &flow.connectors {
            let points = &layout.connectors[id].points;
            let (first, last) = (points[0], points[points.len() - 1]);
            prop_assert!(layout.steps[&c.from].contains(first) && layout.steps[&c.to].contains(last));
            prop_assert!(points.windows(2).all(|p| (p[0].x == p[1].x) != (p[0].y == p[1].y)) || points.len() == 1);
        }
    }

    #[test]
    fn no_connector_runs_through_a_box_that_the_layout_placed(flow in tidy_flow()) {
        let layout = layout(&flow);
        for (id, piece) in pieces(&layout) {
            let c = &flow.connectors[&id];
            for (step, frame) in &layout.steps {
                // The last point lies on the edge.
                let inner = frame.grown(-2);
                prop_assert!(!piece.overlaps(inner), "{} to {} through {}", c.from, c.to, step);
            }
        }
    }

    #[test]
    fn what_says_nothing_about_places_moves_nothing(flow in any_flow()) {
        let before = layout(&flow);
        prop_assert_eq!(&layout(&flow.placed()), &before);
        let said = told_all_about(&flow);
        prop_assert_eq!(said.placed(), flow.placed(), "a screen need not ask again");
        prop_assert_eq!(layout(&said), before);
    }

    #[test]
    fn in_a_chain_the_others_keep_their_order(ids in vec(0u64..1_000, 1..30), new in 1_000u64..2_000, at in any::<prop::sample::Index>()) {
        let mut ids = ids;
        ids.sort_unstable();
        ids.dedup();
        // Ids are drawn at random: their order must not matter.
        ids.sort_by_key(|id| id.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        prop_assert_eq!(reading(&layout(&chain(&ids))), ids.clone());
        let place = at.index(ids.len() + 1);
        let mut longer = ids.clone();
        longer.insert(place, new);
        prop_assert_eq!(reading(&layout(&chain(&longer))), longer.clone());
        longer.remove(place);
        prop_assert_eq!(reading(&layout(&chain(&longer))), ids);
    }

    #[test]
    fn a_step_that_nothing_leads_to_moves_no_other(flow in any_flow(), delivery in any::<bool>()) {
        let before = layout(&flow);
        let lane = if delivery { Lane::Delivery } else { Lane::Recovery };
        let mut more = flow.clone();
        // The canvas gives what is new a higher id than all others.
        let new = ElementId(1_000);
        more.steps.insert(new, Step { lane, ..Step::default() });
        let after = layout(&more);
        let relative = |layout: &Layout, id: &ElementId| {
            let (frame, origin) = (layout.steps[id], layout.origin(flow.steps[id].lane));
            (frame.x - origin.x, frame.y - origin.y)
        };
        for id in flow.steps.keys() {
            prop_assert_eq!(relative(&before, id), relative(&after, id), "{}", id);
        }
    }

    #[test]
    fn putting_a_step_aside_moves_no_other(flow in tidy_flow(), which in any::<prop::sample::Index>()) {
        prop_assume!(!flow.steps.is_empty());
        let id = *flow.steps.keys().nth(which.index(flow.steps.len())).unwrap();
        let before = layout(&flow);
        let mut put = flow.clone();
        put.steps.get_mut(&id).unwrap().at = Some(Point { x: 3_000, y: 40 });
        let after = layout(&put);
        for other in flow.steps.keys().filter(|other| **other != id) {
            let lane = flow.steps[other].lane;
            let (a, b) = (place_of(&before, lane, *other), place_of(&after, lane, *other));
            prop_assert_eq!(a, b);
        }
    }

    #[test]
    fn places_go_to_the_canvas_and_back(flow in any_flow(), at in point(), delivery in any::<bool>()) {
        let layout = layout(&flow);
        let lane = if delivery { Lane::Delivery } else { Lane::Recovery };
        let there = layout.on_canvas(lane, at);
        prop_assert!(layout.lane(lane).x <= there.x && layout.lane(lane).y <= there.y);
        let clamped = place(&layout, lane, there);
        prop_assert_eq!(layout.on_canvas(lane, clamped), there);
        for (id, step) in flow.steps.iter().filter(|(_, step)| step.at.is_some()) {
            let frame = layout.steps[id];
            prop_assert_eq!(layout.on_canvas(step.lane, step.at.unwrap()), Point { x: frame.x, y: frame.y });
        }
    }

    #[test]
    fn a_way_between_two_boxes_ends_on_both(a in point(), b in point()) {
        let (from, to) = (Frame::step(a), Frame::step(b));
        let points = route(from, to).points;
        prop_assert!(from.contains(points[0]) && to.contains(points[points.len() - 1]));
        prop_assert!(points.windows(2).all(|p| p[0].x == p[1].x || p[0].y == p[1].y));
    }

    #[test]
    fn the_file_is_xml_whatever_people_type(flow in any_flow(), title in "\\PC{0,40}|[<>&\"'\\]]{0,20}") {
        let file = svg(&scene(&flow, &layout(&flow)), &title);
        let xml = roxmltree::Document::parse(&file).unwrap();
        let text = |name: &str| xml.descendants().find(|n| n.has_tag_name(name)).and_then(|n| n.text()).unwrap_or_default().to_owned();
        prop_assert_eq!(text("title"), title);
        for node in xml.descendants() {
            let refers = node.attributes().any(|a| a.name().ends_with("href") || a.name().starts_with("on"));
            prop_assert!(!refers && node.tag_name().name() != "script");
        }
    }
}

fn place_of(layout: &Layout, lane: Lane, id: ElementId) -> Point {
    let (frame, origin) = (layout.steps[&id], layout.origin(lane));
    Point {
        x: frame.x - origin.x,
        y: frame.y - origin.y,
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test measures time itself")]
fn the_largest_flow_is_laid_out_in_no_time() {
    let half = u64::try_from(MOST_ELEMENTS / 2).unwrap();
    let mut knots = chain(&(0..half).collect::<Vec<_>>());
    knots.connectors.clear();
    for n in 0..half {
        knots
            .connectors
            .insert(ElementId(10_000 + n), connector(n, (n * 7_919 + 13) % half));
    }
    knots.connectors.retain(|_, c| c.from != c.to);
    let row = chain(&(0..half).collect::<Vec<_>>());
    let fan = Flow {
        connectors: (1..half).map(|n| (ElementId(10_000 + n), connector(0, n))).collect(),
        ..row.clone()
    };
    let mut pinned = row.clone();
    for (n, step) in (0..).zip(pinned.steps.values_mut()) {
        step.at = (n % 2 == 0).then_some(Point { x: 0, y: n * 70 });
    }
    for (name, flow) in [("a row", row), ("a fan", fan), ("knots", knots), ("half by hand", pinned)] {
        let begin = Instant::now();
        let drawn = scene(&flow, &layout(&flow));
        // Twenty times as long as optimised code takes.
        assert!(begin.elapsed().as_millis() < 1_000, "{name}: {:?}", begin.elapsed());
        assert_eq!(drawn.steps.len(), flow.steps.len());
        println!("{name}: {:?}", begin.elapsed());
    }
}

/// What is hard to draw is drawn all the same, and nothing of it runs through a box.
#[test]
fn the_tangled_flow_is_drawn() {
    let flow = read(drawn::TANGLED).unwrap();
    let drawn = scene(&flow, &layout(&flow));
    assert_eq!((drawn.steps.len(), drawn.connectors.len()), (15, 22));
    assert_eq!(drawn.connectors.iter().filter(|c| c.back).count(), 4);
    let longest: Vec<&str> = drawn
        .connectors
        .iter()
        .filter_map(|c| c.pill.as_ref())
        .filter(|p| p.longest)
        .map(|p| p.text.as_str())
        .collect();
    assert_eq!(longest, ["1–3 d"]);
}

/// What the flow of the design becomes; read the change before it is accepted: set UPDATE=1 to write it anew.
#[test]
fn the_flow_of_the_design_is_drawn_as_before() {
    let flow = read(drawn::PARTNER_TOOLING).unwrap();
    let drawn = svg(&scene(&flow, &layout(&flow)), "Delivery flow of Partner Tooling");
    let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/properties/partner-tooling.svg");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(golden, &drawn).unwrap();
    }
    assert_eq!(drawn, std::fs::read_to_string(golden).unwrap());
}
