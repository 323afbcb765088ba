//! The flow as text beside the canvas, both ways: the quickest way for an engineer and the whole way for a screen reader.
//!
//! While somebody types, only what they change becomes edits, worked out against the flow as it was when their text last said the
//! same. What others do meanwhile stays, and shows in the text as soon as it is left.

use super::acts::{fresh, read};
use super::editor::Editor;
use crate::domain::flow::outline::{self, Mistake};
use crate::domain::flow::{Flow, mermaid};
use crate::ui::components::{CopyButton, changing};
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use std::time::Duration;

/// The text is read when nobody has typed for this long.
const PAUSE: Duration = Duration::from_millis(350);

/// A text that somebody has in hand.
#[derive(Clone, Copy)]
struct Draft {
    editor: Editor,
    /// What stands in the field.
    typed: RwSignal<String>,
    /// The flow that the text last said; `None` while nobody types.
    base: StoredValue<Option<Flow>>,
    /// The flow as it was when somebody began to type: what they take out and write again is what it was.
    first: StoredValue<Flow>,
    errors: RwSignal<Vec<Mistake>>,
    pause: StoredValue<Option<TimeoutHandle>>,
}

impl Draft {
    fn typed(self, text: String) {
        self.typed.set(text);
        self.base.update_value(|base| {
            if base.is_none() {
                let now = self.editor.flow.get_untracked();
                self.first.set_value(now.clone());
                *base = Some(now);
            }
        });
        self.stop_waiting();
        let wait = set_timeout_with_handle(move || self.read(false), PAUSE);
        self.pause.set_value(wait.ok());
    }

    fn stop_waiting(self) {
        if let Some(wait) = self.pause.try_update_value(Option::take).flatten() {
            wait.clear();
        }
    }

    /// Draws what the text says; where it says nothing sensible, the canvas keeps the last good state. A text without anything is on
    /// its way until it is left: who selects all and pastes does not want everything gone in between.
    fn read(self, left: bool) {
        // The step has gone, and the field or its pause with it.
        if self.typed.is_disposed() {
            return;
        }
        self.stop_waiting();
        let Some(base) = self.base.get_value() else { return };
        match read(&self.typed.get_untracked()) {
            Ok(outline) if outline.is_empty() && !left => self.errors.set(vec![]),
            Ok(outline) => {
                self.errors.set(vec![]);
                let edits = outline::edits(&base, &outline, fresh);
                let edits = self.first.with_value(|first| outline::again(first, &base, edits));
                let mut after = base;
                after.take_all(&edits);
                self.base.set_value(Some(after));
                self.editor.edit(edits);
            }
            Err(errors) => self.errors.set(errors),
        }
    }

    /// The field is left: from here on the text follows the flow again, unless it could not be read.
    fn leave(self) {
        self.read(true);
        if self.errors.try_with_untracked(Vec::is_empty) == Some(true) {
            self.follow();
        }
    }

    fn follow(self) {
        self.stop_waiting();
        self.base.set_value(None);
        self.errors.set(vec![]);
        self.typed.set(self.editor.flow.with_untracked(outline::write));
    }
}

/// The outline.
#[component]
pub(super) fn Outline() -> AnyView {
    let editor = Editor::from_context();
    let draft = Draft {
        editor,
        typed: RwSignal::new(editor.flow.with_untracked(outline::write)),
        base: StoredValue::new(None),
        first: StoredValue::new(Flow::default()),
        errors: RwSignal::new(vec![]),
        pause: StoredValue::new(None),
    };
    // Nobody types: the text says what is drawn.
    Effect::new(move || {
        let now = editor.flow.with(outline::write);
        if draft.base.with_value(Option::is_none) {
            draft.typed.set(now);
        }
    });
    let errors = move || {
        draft.errors.with(|errors| {
            let first = errors.first()?;
            let more = match errors.len() {
                1 => String::new(),
                many => format!(" {} more places need a look.", many - 1),
            };
            Some(format!("Line {}, character {}: {}{more}", first.line, first.column, first.message))
        })
    };
    let code = editor.live.with_untracked(|w| w.code.to_string());
    let file = move |ending: &str| format!("/w/{code}/flow.{ending}");
    let outline_text = Signal::derive(move || editor.flow.with(outline::write));
    let mermaid_text = Signal::derive(move || editor.flow.with(mermaid::write));
    view! {
        <section class="panel__outline">
            <label class="label" for="outline">"Outline"</label>
            <textarea
                class="textarea"
                id="outline"
                spellcheck="false"
                autocomplete="off"
                wrap="off"
                rows="10"
                readonly=move || !editor.may_edit.get()
                aria-invalid=move || draft.errors.with(|errors| !errors.is_empty()).then_some("true")
                aria-describedby="outline-help outline-error"
                prop:value=move || draft.typed.get()
                on:input=move |event| draft.typed(event_target_value(&event))
                on:blur=move |_| draft.leave()
            ></textarea>
            <div id="outline-error" role="alert">
                {changing(move || {
                    errors().map(|sentence| {
                        view! {
                            <p class="refusal">{sentence}</p>
                            <button class="btn btn--s" type="button" on:click=move |_| draft.follow()>"Drop my text"</button>
                        }
                    })
                })}
            </div>
            <p class="small quiet" id="outline-help">
                "The same flow as text: " <code>"a"</code> " automated, " <code>"m"</code> " manual, " <code>"[3h]"</code> " wait, "
                <code>"(if rejected)"</code> " label, " <code>"@prod"</code> " environment. Name a step again to branch or lead back. Edit either side."
            </p>
            <div class="buttons">
                <CopyButton label="Copy outline" text=outline_text/>
                <CopyButton label="Copy as Mermaid" text=mermaid_text/>
            </div>
            <p class="small">
                "The picture as a file: " <a href=file("svg") rel="external" download="flow.svg">"SVG"</a> " or "
                <a href=file("png") rel="external" download="flow.png">"PNG"</a> ". A Mermaid flowchart can be pasted, on the canvas or here."
            </p>
        </section>
    }
    .into_any()
}
