//! The handle by which a sticky is dragged: onto another one, or onto the flow. The keyboard has the form and the picks.

use super::desk::{Desk, Target};
use crate::domain::ids::{ElementId, StickyId};
use crate::ui::components::{Icon, IconName};
use leptos::ev::PointerEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// What lies under the pointer.
#[expect(clippy::cast_precision_loss, reason = "a place on a screen is a small number")]
fn under(event: &PointerEvent) -> Option<Target> {
    let under = document().element_from_point(event.client_x() as f32, event.client_y() as f32)?;
    let id = |name: &str| {
        let holder = under.closest(&format!("[{name}]")).ok().flatten()?;
        holder.get_attribute(name)
    };
    let sticky = id("data-sticky")
        .and_then(|id| id.parse().ok())
        .map(|id| Target::Sticky(StickyId(id)));
    sticky.or_else(|| id("data-el")?.parse().ok().map(|id| Target::Element(ElementId(id))))
}

/// The handle.
#[component]
pub(super) fn Handle(
    /// The sticky it drags.
    sticky: StickyId,
) -> AnyView {
    let desk = Desk::from_context();
    let begin = move |event: PointerEvent| {
        event.prevent_default();
        let handle = event.target().and_then(|t| t.dyn_into::<web_sys::Element>().ok());
        if let Some(handle) = handle {
            // Refused when the pointer is up again already.
            let _ = handle.set_pointer_capture(event.pointer_id());
        }
        desk.drag.set(Some((sticky, None)));
    };
    let go = move |event: PointerEvent| {
        if desk.drag.with_untracked(Option::is_some) {
            let target = under(&event).filter(|target| *target != Target::Sticky(sticky));
            if desk.drag.get_untracked() != Some((sticky, target)) {
                desk.drag.set(Some((sticky, target)));
            }
        }
    };
    view! {
        <span
            class="sticky__handle"
            aria-hidden="true"
            on:pointerdown=begin
            on:pointermove=go
            on:pointerup=move |_| desk.drop()
            on:pointercancel=move |_| desk.drag.set(None)
        >
            <Icon name=IconName::Grip/>
        </span>
    }
    .into_any()
}
