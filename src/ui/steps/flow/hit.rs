//! What an event of the pointer is about: the element under it, or a field inside of the canvas.

use super::view::Spot;
use crate::domain::ids::ElementId;
use leptos::ev::MouseEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// What is under the pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hit {
    /// A step, a text or a connector.
    Element(ElementId),
    /// The edge of a step, where connectors begin.
    Handle(ElementId),
    /// Nothing.
    Canvas,
}

/// The pixel of an event.
pub(super) fn client(event: &MouseEvent) -> Spot {
    Spot {
        x: f64::from(event.client_x()),
        y: f64::from(event.client_y()),
    }
}

/// What lies under a pixel of the screen.
#[expect(clippy::cast_possible_truncation, reason = "a place on a screen is a small number")]
pub(super) fn hit(client: Spot) -> Hit {
    let under = document().element_from_point(client.x as f32, client.y as f32);
    let named = |element: &web_sys::Element, name: &str| {
        let holder = element.closest(&format!("[{name}]")).ok().flatten()?;
        holder.get_attribute(name)?.parse().ok().map(ElementId)
    };
    let Some(under) = under else { return Hit::Canvas };
    let handle = named(&under, "data-handle").map(Hit::Handle);
    handle.or_else(|| named(&under, "data-el").map(Hit::Element)).unwrap_or(Hit::Canvas)
}

/// A field that somebody writes in is left before anything else is selected: it is saved while its form still stands.
pub(super) fn leave_field() {
    let field = document()
        .active_element()
        .filter(|element| element.matches("input, textarea").unwrap_or(false));
    if let Some(field) = field.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        // It may have gone by itself.
        let _ = field.blur();
    }
}

/// Whether an event comes from a field inside of the canvas.
pub(super) fn from_field(event: &web_sys::Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|target| target.closest(".writing").ok().flatten().is_some())
}
