//! The first moment of a flow: what to begin with.

use super::editor::Editor;
use crate::domain::command::Command;
use crate::domain::flow::template::Template;
use crate::domain::flow::{self, Flow, Lane};
use crate::domain::text::day;
use crate::ui::components::{Icon, IconName};
use leptos::prelude::*;

/// The choices, until something is drawn.
#[component]
pub(super) fn Start() -> AnyView {
    let editor = Editor::from_context();
    let empty = Memo::new(move |_| editor.flow.with(Flow::is_empty));
    let last = editor.live.select(|w| {
        let previous = w.previous.as_ref()?;
        previous
            .flow
            .as_ref()
            .filter(|flow| !flow.is_empty())
            .map(|_| day(previous.held_on))
    });
    let take_over = move |_| {
        editor.live.send(Command::Flow(flow::Command::TakeOver));
        editor.focus();
    };
    let template = move |template: Template| {
        let draw = move |_| {
            editor.edit(template.edits());
            editor.focus();
        };
        view! {
            <li>
                <button class="btn" type="button" on:click=draw>{template.name()}</button>
                <span class="small quiet">{template.summary()}</span>
            </li>
        }
    };
    (move || {
        if !empty.get() {
            return None;
        }
        if !editor.may_edit.get() {
            return Some(view! { <div class="flow-start"><p>"Nothing is drawn yet."</p></div> }.into_any());
        }
        let last = last.get().map(|day| {
            view! {
                <li>
                    <button class="btn btn--primary" type="button" on:click=take_over>
                        <Icon name=IconName::Restart/>
                        {format!("Begin with the flow of {day}")}
                    </button>
                    <span class="small quiet">"Everything of last time is pale until somebody touches it."</span>
                </li>
            }
        });
        Some(
            view! {
                <div class="flow-start">
                    <h2>"How does a change of yours get to production?"</h2>
                    <p>"Begin with what is nearest and change it, or with the first step. It takes ten minutes, not precision."</p>
                    <ul>
                        {last}
                        {Template::ALL.map(template).collect_view()}
                        <li>
                            <button class="btn" type="button" on:click=move |_| editor.add_alone(Lane::Delivery, None)>"Empty canvas"</button>
                            <span class="small quiet">"Name the first step, then press Tab for the next one."</span>
                        </li>
                    </ul>
                </div>
            }
            .into_any(),
        )
    })
    .into_any()
}
