//! The delivery flow with its stickies: choose a step or a connector, and write on it.

use super::desk::{Desk, Target, walk};
use crate::domain::flow::layout::{Frame, Layout, layout};
use crate::domain::flow::scene::{Scene, scene};
use crate::domain::ids::ElementId;
use crate::domain::improve::Kind;
use crate::domain::improve::pinned::{PIN_INDENT, PIN_LINE, Pinned, pinned};
use crate::ui::components::{IconName, changing};
use crate::ui::flow::{connector_sign, connector_wire, lane_frame, lane_title, step_box, text_box};
use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// What is drawn of the flow.
#[derive(Clone, PartialEq)]
struct Drawn {
    scene: Scene,
    layout: Layout,
}

/// The flow and what is stuck on it.
#[component]
pub(super) fn Board() -> AnyView {
    let desk = Desk::from_context();
    let live = desk.live;
    let drawn = live.select(|w| {
        (!w.flow.is_empty()).then(|| {
            let layout = layout(&w.flow);
            Drawn {
                scene: scene(&w.flow, &layout),
                layout,
            }
        })
    });
    let pins = Memo::new(move |_| drawn.with(|drawn| drawn.as_ref().map(|d| live.with(|w| pinned(&w.improvements, &d.layout)))));
    let picture = move || {
        match drawn.get() {
        None => view! {
            <p class="note">"There is no delivery flow in this checkpoint, so the stickies are free. Write what hurts and what would help."</p>
        }
        .into_any(),
        Some(drawn) => flow(drawn, pins),
    }
    };
    view! { {picture} }.into_any()
}

fn flow(drawn: Drawn, pins: Memo<Option<Vec<Pinned>>>) -> AnyView {
    let desk = Desk::from_context();
    let live = desk.live;
    let Drawn { scene, layout } = drawn;
    let Frame { x, y, width, height } = scene.size;
    let name = move || desk.at.get().and_then(|at| live.with(|w| w.flow.called(at)));
    let step = move |by: isize| {
        let all = live.with_untracked(|w| walk(&w.flow));
        let now = desk.at.get_untracked().and_then(|at| all.iter().position(|id| *id == at));
        let next = match now {
            Some(now) => now.checked_add_signed(by).filter(|next| *next < all.len()).unwrap_or(now),
            None => 0,
        };
        desk.at.set(all.get(next).copied());
    };
    let keys = move |event: KeyboardEvent| {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        match event.key().as_str() {
            "ArrowRight" | "ArrowDown" => step(1),
            "ArrowLeft" | "ArrowUp" => step(-1),
            "Escape" => desk.at.set(None),
            "i" | "I" => desk.begin(Kind::Improvement),
            "f" | "F" => desk.begin(Kind::FailedDeployment),
            _ => return,
        }
        event.prevent_default();
    };
    let click = move |event: MouseEvent| desk.at.set(named(&event, "data-el").map(ElementId));
    let double = move |event: MouseEvent| {
        if named(&event, "data-el").is_some() {
            desk.begin(desk.kind.get_untracked());
        }
    };
    let titles = scene.lanes.iter().cloned().map(lane_title).collect_view();
    let wires = scene.connectors.iter().cloned().map(connector_wire).collect_view();
    let hits = scene.connectors.iter().map(|c| (c.id, c.path.clone())).map(wire_hit).collect_view();
    let steps = scene
        .steps
        .into_iter()
        .map(|shape| {
            let id = shape.id;
            view! {
                <g class="el" data-el=id.to_string()>
                    {step_box(shape)}
                </g>
            }
            .into_any()
        })
        .collect_view();
    let signs = scene
        .connectors
        .into_iter()
        .map(|shape| {
            let id = shape.id;
            view! {
                <g class="el" data-el=id.to_string()>
                    {connector_sign(shape)}
                </g>
            }
            .into_any()
        })
        .collect_view();
    let ring = move || {
        let aimed = desk.drag.get().and_then(|(_, target)| match target {
            Some(Target::Element(id)) => Some(id),
            _ => None,
        });
        let at = aimed.or_else(|| desk.at.get())?;
        Some(ringed(&layout, at))
    };
    view! {
        <div
            class="improve-board"
            tabindex="0"
            role="application"
            aria-label="Delivery flow with stickies"
            aria-describedby="board-keys"
            on:keydown=keys
            on:click=click
            on:dblclick=double
        >
            <svg class="flow" viewBox=format!("{x} {y} {width} {height}") aria-hidden="true">
                {scene.lanes.into_iter().map(lane_frame).collect_view()}
                {wires}
                {hits}
                {titles}
                {steps}
                {signs}
                {scene.texts.into_iter().map(text_box).collect_view()}
                {changing(move || pins.get().unwrap_or_default().into_iter().map(pin).collect_view())}
                {ring}
            </svg>
            <p class="vh" role="status">{changing(move || name().map(|name| format!("Chosen: {name}")))}</p>
        </div>
        <p class="canvas__hint" id="board-keys">
            <span><kbd class="key">"← →"</kbd>"choose where"</span>
            <span><kbd class="key">"I"</kbd>"improvement"</span>
            <span><kbd class="key">"F"</kbd>"failed deployment"</span>
            <span>{changing(move || name().map(|name| format!("Chosen: {name}")))}</span>
        </p>
    }
    .into_any()
}

/// The id in the attribute of what was clicked.
fn named(event: &MouseEvent, attribute: &str) -> Option<u64> {
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let holder = target.closest(&format!("[{attribute}]")).ok().flatten()?;
    holder.get_attribute(attribute)?.parse().ok()
}

/// A connector is thin: a wider way that a pointer can hit.
fn wire_hit((id, path): (ElementId, String)) -> AnyView {
    view! {
        <g class="el" data-el=id.to_string()>
            <path class="wire__hit" d=path></path>
        </g>
    }
    .into_any()
}

/// Around what is in hand.
fn ringed(layout: &Layout, at: ElementId) -> AnyView {
    let frame = layout.frame(at).map_or_else(
        || {
            layout.connectors.get(&at).map(|route| Frame {
                x: route.label.x - 32,
                y: route.label.y - 32,
                width: 64,
                height: 62,
            })
        },
        Some,
    );
    frame
        .map(|frame| frame.grown(4))
        .map(|Frame { x, y, width, height }| {
            view! {
                <g>
                    <rect class="chosen" x=x y=y width=width height=height rx="12"></rect>
                </g>
            }
        })
        .into_any()
}

/// A sticky on the flow.
pub(super) fn pin(pin: Pinned) -> AnyView {
    let Frame { x, y, width, height } = pin.frame;
    let (class, glyph) = match pin.kind {
        Kind::Improvement => ("pin", IconName::Up),
        Kind::FailedDeployment => ("pin pin--failed", IconName::Cross),
    };
    let small = pin.lines.is_empty();
    let at = if small { (4, 4) } else { (6, 6) };
    let line = |(n, line): (i32, String)| view! { <tspan x=PIN_INDENT y=16 + n * PIN_LINE>{line}</tspan> };
    let more = (pin.more > 0).then(|| {
        let end = if small { width + 4 } else { width - 6 };
        view! { <text class="pin__more" x=end y="16" text-anchor=if small { "start" } else { "end" }>{format!("+{}", pin.more)}</text> }
    });
    view! {
        <g class=class data-el=pin.on.to_string() transform=format!("translate({x} {y})")>
            <rect width=width height=height rx="3"></rect>
            <path class="glyph" transform=format!("translate({} {}) scale(0.7)", at.0, at.1) d=glyph.path()></path>
            <text>{(0..).zip(pin.lines).map(line).collect_view()}</text>
            {more}
        </g>
    }
    .into_any()
}
