//! Writing on the canvas in place: a name, a time, a wait, a label.

use super::editor::{Editor, Field};
use crate::domain::flow::layout::Frame;
use crate::domain::flow::{Edit, Flow, Span};
use crate::domain::ids::ElementId;
use crate::domain::text::{ConnectorLabel, Environment, FlowStepName, FlowText};
use crate::ui::components::changing;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

impl Field {
    /// What is asked for.
    fn label(self) -> &'static str {
        match self {
            Self::Name => "Name",
            Self::Work => "Time, like 15m, 2h, 1d-3d",
            Self::Environment => "Environment",
            Self::Wait => "Wait, like 15m, 2h, 1d-3d",
            Self::Label => "Label",
        }
    }

    /// The most characters it takes.
    pub(super) fn most(self) -> usize {
        match self {
            // Texts may be longer than names; a name that is too long is refused when it is saved.
            Self::Name => FlowText::MAX,
            Self::Work | Self::Wait => 30,
            Self::Environment => Environment::MAX,
            Self::Label => ConnectorLabel::MAX,
        }
    }

    /// What the element says now.
    pub(super) fn read(self, flow: &Flow, id: ElementId) -> String {
        let (step, connector) = (flow.steps.get(&id), flow.connectors.get(&id));
        let time = |span: Option<Span>| span.map(|span| span.to_string());
        let text = match self {
            Self::Name => step
                .map(|s| s.name.to_string())
                .or_else(|| flow.texts.get(&id).map(|t| t.text.to_string())),
            Self::Work => step.and_then(|s| time(s.work)),
            Self::Environment => step.map(|s| s.environment.to_string()),
            Self::Wait => connector.and_then(|c| time(c.wait)),
            Self::Label => connector.map(|c| c.label.to_string()),
        };
        text.unwrap_or_default()
    }

    /// The edit that makes the element say this.
    pub(super) fn write(self, flow: &Flow, id: ElementId, typed: &str) -> Result<Edit, String> {
        let time = || match typed.trim() {
            "" => Ok(None),
            typed => typed.parse::<Span>().map(Some).map_err(|error| error.to_string()),
        };
        let refused = |error: crate::domain::text::TextError| error.to_string();
        Ok(match self {
            Self::Name if flow.texts.contains_key(&id) => Edit::Says(id, FlowText::parse(typed).map_err(refused)?),
            Self::Name => Edit::Name(id, FlowStepName::parse(typed).map_err(refused)?),
            Self::Work => Edit::Work(id, time()?),
            Self::Wait => Edit::Wait(id, time()?),
            Self::Environment => Edit::Environment(id, Environment::parse(typed).map_err(refused)?),
            Self::Label => Edit::Label(id, ConnectorLabel::parse(typed).map_err(refused)?),
        })
    }
}

/// The field over the element that is being written on.
#[component]
pub(super) fn Writing() -> AnyView {
    let editor = Editor::from_context();
    (move || {
        let (id, field) = editor.writing.get()?;
        let frame = editor.layout.with_untracked(|layout| place(layout, id))?;
        Some(input(editor, id, field, frame))
    })
    .into_any()
}

fn place(layout: &crate::domain::flow::layout::Layout, id: ElementId) -> Option<Frame> {
    let box_ = layout.frame(id);
    let pill = || {
        let label = layout.connectors.get(&id)?.label;
        Some(Frame {
            x: label.x - 60,
            y: label.y - 18,
            width: 120,
            height: 36,
        })
    };
    box_.or_else(pill)
}

fn input(editor: Editor, id: ElementId, field: Field, frame: Frame) -> AnyView {
    let node = NodeRef::<html::Input>::new();
    let error = RwSignal::new(None::<String>);
    let before = editor.flow.with_untracked(|flow| field.read(flow, id));
    let typed = RwSignal::new(before.clone());
    // The field takes the keys as soon as it is there, with its text selected: whoever types begins anew.
    let shown = before.clone();
    Effect::new(move || {
        if let Some(input) = node.get() {
            input.set_value(&shown);
            // The page may be going.
            let _ = input.focus();
            input.select();
        }
    });
    let close = move || {
        editor.writing.set(None);
        editor.point(None);
    };
    // Says whether the field can be left.
    let save = {
        let before = before.clone();
        move || {
            let text = typed.get_untracked();
            if text == before {
                return true;
            }
            match editor.flow.with_untracked(|flow| field.write(flow, id, &text)) {
                Ok(edit) => {
                    editor.edit(vec![edit]);
                    true
                }
                Err(reason) => {
                    error.set(Some(reason));
                    false
                }
            }
        }
    };
    let on_key = {
        let save = save.clone();
        move |event: KeyboardEvent| {
            event.stop_propagation();
            match event.key().as_str() {
                "Enter" if save() => {
                    event.prevent_default();
                    close();
                    editor.focus();
                }
                "Tab" if save() => {
                    event.prevent_default();
                    close();
                    editor.focus();
                    if event.shift_key() {
                        editor.walk(super::walk::Direction::Left, false);
                    } else {
                        editor.add();
                    }
                }
                "Tab" => event.prevent_default(),
                "Escape" => {
                    event.prevent_default();
                    close();
                    editor.focus();
                }
                _ => {}
            }
        }
    };
    let on_blur = move |_| {
        // Closed by a key already, or by a click elsewhere: then what was typed is kept if it can be.
        if editor.writing.try_get_untracked().flatten() == Some((id, field)) && (save() || typed.with_untracked(String::is_empty)) {
            close();
        }
    };
    view! {
        <foreignObject x=frame.x - 10 y=frame.y + frame.height / 2 - 20 width=(frame.width + 20).max(180) height="90">
            <div class="writing">
                <input
                    node_ref=node
                    class="input"
                    aria-label=field.label()
                    placeholder=field.label()
                    maxlength=field.most().to_string()
                    autocomplete="off"
                        on:input=move |event| {
                        typed.set(event_target_value(&event));
                        error.set(None);
                    }
                    on:keydown=on_key
                    on:blur=on_blur
                    on:pointerdown=move |event| event.stop_propagation()
                    on:dblclick=move |event| event.stop_propagation()
                />
                {changing(move || error.get().map(|reason| view! { <p class="refusal" role="alert">{reason}</p> }))}
            </div>
        </foreignObject>
    }
    .into_any()
}
