//! The tools over the canvas, and the line of keys under it.

use super::editor::Editor;
use super::view::View;
use crate::ui::components::{Icon, IconName};
use leptos::prelude::*;

/// The tools.
#[component]
pub(super) fn Toolbar() -> AnyView {
    let editor = Editor::from_context();
    let shut = move || !editor.may_edit.get();
    let nothing = Memo::new(move |_| editor.flow.with(crate::domain::flow::Flow::is_empty));
    let after = move |act: fn(Editor)| {
        move |_| {
            editor.focus();
            act(editor);
        }
    };
    view! {
        <div class="tools__set" role="toolbar" aria-label="Draw">
            <button class="btn btn--s btn--ghost" type="button" disabled=shut on:click=after(Editor::add)>
                <Icon name=IconName::Box/>
                "Add step"
            </button>
            <button
                class="btn btn--s btn--ghost"
                type="button"
                disabled=move || shut() || nothing.get()
                aria-pressed=move || editor.connecting.get().is_some().to_string()
                on:click=after(Editor::begin_to_connect)
            >
                <Icon name=IconName::Arrow/>
                "Connect"
            </button>
            <button class="btn btn--s btn--ghost" type="button" disabled=shut on:click=after(Editor::add_text)>
                <Icon name=IconName::Words/>
                "Add text"
            </button>
            <span class="sep" aria-hidden="true"></span>
            <button class="btn btn--s btn--ghost" type="button" disabled=move || shut() || nothing.get() on:click=after(Editor::tidy)>
                <Icon name=IconName::Tidy/>
                "Tidy up"
            </button>
            <span class="sep" aria-hidden="true"></span>
            {icon(IconName::Undo, "Undo my last change", shut, after(Editor::undo))}
            {icon(IconName::Redo, "Redo", shut, after(Editor::redo))}
            {icon(IconName::Fit, "Fit to window", || false, after(|editor| editor.view.set(View::Fit)))}
        </div>
    }
    .into_any()
}

fn icon(
    name: IconName,
    label: &'static str,
    shut: impl Fn() -> bool + Send + Sync + 'static,
    act: impl FnMut(leptos::ev::MouseEvent) + 'static,
) -> AnyView {
    view! {
        <button class="btn btn--s btn--icon btn--ghost" type="button" aria-label=label title=label disabled=shut on:click=act>
            <Icon name=name/>
        </button>
    }
    .into_any()
}

/// The keys that help most, and what the last act said.
#[component]
pub(super) fn Hint() -> AnyView {
    let editor = Editor::from_context();
    let said = Memo::new(move |_| editor.refusal().unwrap_or_else(|| editor.notice.get()));
    let key = |key: &'static str, what: &'static str| view! { <span><kbd class="key">{key}</kbd>{what}</span> }.into_any();
    view! {
        <div class="canvas__foot">
            <p class="canvas__said" role="status">{said}</p>
            <p class="canvas__hint" id="canvas-hint">
                {key("Tab", "next step")}
                {key("Enter", "rename")}
                {key("M A", "manual, automated")}
                {key("T", "time")}
                {key("W", "wait")}
                {key("?", "all keys")}
            </p>
        </div>
    }
    .into_any()
}
