//! The delivery flow: the shared canvas, its outline and its figures.
//!
//! `editor::Editor` holds what this person has in hand; `keys` and `gestures` say what they want, `acts` is what can be
//! done, `canvas` shows it, `text` is the same flow as an outline. Nothing here decides: an edit is a command like any other.

pub mod acts;
pub mod canvas;
pub mod controls;
pub mod details;
pub mod editor;
pub mod figures;
pub mod gestures;
pub mod hit;
pub mod keys;
pub mod pointers;
pub mod start;
pub mod text;
pub mod told;
pub mod toolbar;
pub mod view;
pub mod walk;
pub mod wall;
pub mod writing;

pub use self::controls::FlowControls;
pub use self::wall::FlowOnWall;

use self::canvas::Canvas;
use self::details::Details;
use self::editor::Editor;
use self::figures::FiguresPanel;
use self::start::Start;
use self::text::Outline;
use self::toolbar::{Hint, Toolbar};
use super::Privacy;
use crate::domain::agenda::StepKind;
use crate::domain::flow::Mode;
use crate::domain::ids::StepId;
use crate::ui::components::changing;
use leptos::prelude::*;

/// The step.
#[component]
pub fn FlowStep(
    /// The step.
    step: StepId,
) -> AnyView {
    let editor = Editor::new();
    provide_context(editor);
    let live = editor.live;
    let title = live.select(move |w| w.agenda.step(step).map_or_else(String::new, |step| step.title().to_owned()));
    let scribe = live.select(move |w| match w.flow.mode {
        Mode::Scribe(who) if who == live.you => Some("You draw for all.".to_owned()),
        Mode::Scribe(who) => w.people.get(who).map(|who| format!("{} draws for all.", who.name)),
        Mode::Together => None,
    });
    view! {
        <div class="flow-step">
            <div class="tools">
                <h1>{title}</h1>
                {changing(move || scribe.get().map(|words| view! { <span class="chip chip--accent">{words}</span> }))}
                <Toolbar/>
            </div>
            <div class="flow-step__canvas">
                <Canvas/>
                <Start/>
                <Hint/>
            </div>
            <aside class="panel" aria-label="Figures and outline">
                <Details/>
                <FiguresPanel/>
                <Outline/>
                <Privacy kind=StepKind::Flow/>
            </aside>
        </div>
    }
    .into_any()
}
