//! The shapes of a flow as SVG elements: all of them as a picture, or one by one for the canvas.
//!
//! Colours and type come from `style/flow.css`; what has to do with size comes from the shapes.

use crate::domain::flow::Kind;
use crate::domain::flow::layout::{Frame, TEXT_LINE};
use crate::domain::flow::scene::{
    CLOCK, ConnectorShape, GEAR, HAND, LaneShape, NAME_LINE, Pill, PinShape, SMALL_LINE, Scene, StepShape, TextShape, environment_frame,
    share_frame,
};
use leptos::prelude::*;

/// A flow as a picture, to look at only.
#[component]
pub fn Picture(
    /// What is drawn.
    scene: Scene,
    /// What it is a picture of.
    #[prop(into)]
    label: String,
    /// What lies on it.
    #[prop(optional)]
    on_it: Option<AnyView>,
) -> AnyView {
    let Frame { x, y, width, height } = scene.size;
    let titles = scene.lanes.iter().cloned().map(lane_title).collect_view();
    view! {
        <svg class="flow" viewBox=format!("{x} {y} {width} {height}") role="img" aria-label=label>
            {scene.lanes.into_iter().map(lane_frame).collect_view()}
            {scene.connectors.iter().cloned().map(connector_wire).collect_view()}
            {titles}
            {scene.steps.into_iter().map(step_box).collect_view()}
            {scene.connectors.into_iter().map(connector_sign).collect_view()}
            {scene.texts.into_iter().map(text_box).collect_view()}
            {scene.pins.into_iter().map(pin).collect_view()}
            {on_it}
        </svg>
    }
    .into_any()
}

/// The ground of a lane.
pub fn lane_frame(shape: LaneShape) -> AnyView {
    let Frame { x, y, width, height } = shape.frame;
    view! {
        <g>
            <rect class="lane" x=x y=y width=width height=height rx="10"></rect>
        </g>
    }
    .into_any()
}

/// What a lane is called; above its connectors.
pub fn lane_title(shape: LaneShape) -> AnyView {
    let Frame { x, y, .. } = shape.frame;
    view! {
        <g>
            <text class="lane-name" x=x + 18 y=y + 26>
                {shape.name}
            </text>
            <text class="lane-sub" x=shape.way_x y=y + 26>
                {shape.way}
            </text>
        </g>
    }
    .into_any()
}

/// The line and the arrow head of a connector; below the waits of all others.
pub fn connector_wire(shape: ConnectorShape) -> AnyView {
    view! {
        <g class=classes("link", &[("ghost", shape.ghost), ("back", shape.back)])>
            <path class="wire" d=shape.path></path>
            <path class="tip" d=shape.tip></path>
        </g>
    }
    .into_any()
}

/// What stands on a connector.
pub fn connector_sign(shape: ConnectorShape) -> AnyView {
    let words = shape
        .words
        .map(|words| lines(words.lines, "words", words.at.x, words.at.y, SMALL_LINE));
    view! {
        <g>
            {shape.pill.map(pill)}
            {words}
        </g>
    }
    .into_any()
}

fn pill(pill: Pill) -> AnyView {
    let Frame { x, y, width, height } = pill.frame;
    let glyph = format!("translate({} {}) scale(0.7)", x + 6, y + 3);
    view! {
        <g class=classes("pill", &[("longest", pill.longest)])>
            <rect x=x y=y width=width height=height rx=height / 2></rect>
            <path class="glyph" transform=glyph d=CLOCK></path>
            <text x=x + i32::midpoint(width, 16) y=y + 14>
                {pill.text}
            </text>
        </g>
    }
    .into_any()
}

/// A step; its group is moved to its place, so that dragging it changes one attribute.
pub fn step_box(shape: StepShape) -> AnyView {
    let Frame { x, y, width, height } = shape.frame;
    let (kind, glyph, radius) = match shape.kind {
        Kind::Manual => ("step manual", HAND, "4"),
        Kind::Automated => ("step auto", GEAR, "10"),
    };
    let bar = share_frame(&shape).map(|bar| {
        view! {
            <g>
                <rect class="rail" x=bar.x y=bar.y width=width - 2 * bar.x height=bar.height rx="1.5"></rect>
                <rect class="share" x=bar.x y=bar.y width=bar.width height=bar.height rx="1.5"></rect>
            </g>
        }
    });
    let environment = environment_frame(&shape).map(|tag| {
        view! {
            <g class="env">
                <rect x=tag.x y=tag.y width=tag.width height=tag.height rx="4"></rect>
                <text x=tag.x + tag.width / 2 y=tag.y + 12>
                    {shape.environment}
                </text>
            </g>
        }
    });
    view! {
        <g class=classes(kind, &[("ghost", shape.ghost)]) transform=format!("translate({x} {y})")>
            <rect class="box" width=width height=height rx=radius></rect>
            <path class="glyph" transform="translate(9 9) scale(0.9)" d=glyph></path>
            {lines(shape.lines, "name", 32, 22, NAME_LINE)}
            <text class="meta" x="11" y="56">
                {shape.meta}
            </text>
            {bar}
            {environment}
        </g>
    }
    .into_any()
}

/// Free text; its group is moved to its place.
pub fn text_box(shape: TextShape) -> AnyView {
    let Frame { x, y, width, height } = shape.frame;
    view! {
        <g class=classes("text", &[("ghost", shape.ghost)]) transform=format!("translate({x} {y})")>
            <rect width=width height=height rx="4"></rect>
            {lines(shape.lines, "says", 8, 19, TEXT_LINE)}
        </g>
    }
    .into_any()
}

/// The numbers of what is said about an element elsewhere on the page.
fn pin(shape: PinShape) -> AnyView {
    let Frame { x, y, width, height } = shape.frame;
    view! {
        <g class="pin">
            <rect x=x y=y width=width height=height rx=height / 2></rect>
            <text x=x + width / 2 y=y + 13>
                {shape.text}
            </text>
        </g>
    }
    .into_any()
}

/// Lines of text below each other; the first stands on `y`.
fn lines(lines: Vec<String>, class: &'static str, x: i32, y: i32, pitch: i32) -> AnyView {
    let line = |(n, line): (i32, String)| {
        view! {
            <tspan x=x y=y + n * pitch>
                {line}
            </tspan>
        }
    };
    view! {
        <g>
            <text class=class>{(0..).zip(lines).map(line).collect_view()}</text>
        </g>
    }
    .into_any()
}

/// The classes that apply.
fn classes(always: &str, when: &[(&str, bool)]) -> String {
    let more = when.iter().filter(|(_, applies)| *applies).map(|(class, _)| *class);
    std::iter::once(always).chain(more).collect::<Vec<_>>().join(" ")
}
