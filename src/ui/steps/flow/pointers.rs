//! What the others do on the canvas while they do it: their pointers with names, what they drag, what they write on.

use super::editor::Editor;
use crate::domain::flow::Point;
use crate::domain::flow::layout::Frame;
use crate::domain::ids::{ElementId, ParticipantId};
use crate::domain::sorted::SortedMap;
use crate::ui::components::For;
use crate::ui::live::Live;
use crate::ui::room::tint;
use leptos::prelude::*;

/// Where something is drawn while somebody drags it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Shift {
    /// I drag it: here, counted from where it lay when I took it. What others do to it waits until I drop it.
    To(Frame),
    /// Others drag it, so far from its place.
    By(Point),
}

/// What is dragged on this screen and on the others.
pub(super) type Shifts = SortedMap<ElementId, Shift>;

/// What is dragged now.
pub(super) fn shifts(editor: Editor) -> Shifts {
    let mut shifts = Shifts::new();
    editor.live.pointers().with(|pointers| {
        for pointing in pointers.values() {
            shifts.extend(pointing.drags.iter().map(|id| (*id, Shift::By(pointing.by))));
        }
    });
    editor.held.with(|held| {
        if let Some(held) = held {
            let by = held.by.point();
            shifts.extend(held.from.iter().map(|(id, from)| (*id, Shift::To(from.moved(by)))));
        }
    });
    shifts
}

/// The others' pointers, and who writes where.
#[component]
pub(super) fn Pointers() -> AnyView {
    let editor = Editor::from_context();
    let who = Memo::new(move |_| editor.live.pointers().with(|pointers| pointers.keys().copied().collect::<Vec<_>>()));
    view! {
        <g class="pointers" aria-hidden="true">
            <For each=move || who.get() key=|who| *who let(who)>{pointer(editor, who)}</For>
        </g>
    }
    .into_any()
}

#[expect(clippy::cast_precision_loss, reason = "a name has few letters")]
fn pointer(editor: Editor, who: ParticipantId) -> AnyView {
    let Live { .. } = editor.live;
    let name = editor.live.with_untracked(|w| w.people.name(who).to_owned());
    // About as wide as its letters; the tag has no way to measure them.
    let width = 14.0 + 7.4 * name.chars().count() as f64;
    let at = move || {
        editor
            .live
            .pointers()
            .with(|pointers| pointers.get(&who).and_then(|pointing| pointing.at))
    };
    let transform = move || at().map(|at| format!("translate({} {})", at.x, at.y));
    let written = {
        let name = name.clone();
        move || {
            let id = editor
                .live
                .pointers()
                .with(|pointers| pointers.get(&who).and_then(|pointing| pointing.writes))?;
            let frame = editor.layout.with(|layout| layout.frame(id))?;
            Some(tag(frame, &name, width))
        }
    };
    view! {
        <g class=format!("cursor p{}", tint(who))>
            <g transform=transform class:cursor--away=move || at().is_none()>
                <path d="M0 0l5.2 15.5 3.3-6.7 6.9-2.7z"></path>
                <rect x="12" y="15" width=width height="20" rx="10"></rect>
                <text x=12.0 + width / 2.0 y="29">{name}</text>
            </g>
            {written}
        </g>
    }
    .into_any()
}

/// Who writes on an element, above it.
fn tag(frame: Frame, name: &str, width: f64) -> AnyView {
    let width = width + 46.0;
    view! {
        <g transform=format!("translate({} {})", frame.x, frame.y - 24)>
            <rect width=width height="20" rx="10"></rect>
            <text x=width / 2.0 y="14">{format!("{name} writes")}</text>
        </g>
    }
    .into_any()
}
