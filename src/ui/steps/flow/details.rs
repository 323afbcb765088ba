//! What is selected, as a form: everything a key can do, for mouse, finger and screen reader.

use super::editor::{Editor, Field};
use crate::domain::flow::{Edit, Kind, Lane};
use crate::domain::ids::ElementId;
use crate::ui::components::{Icon, IconName, changing};
use crate::ui::steps::following::following;
use leptos::prelude::*;

/// What kind of thing is selected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Chosen {
    Nothing,
    Step(ElementId),
    Connector(ElementId),
    Text(ElementId),
    Several(usize),
}

/// The form.
#[component]
pub(super) fn Details() -> AnyView {
    let editor = Editor::from_context();
    let chosen = Memo::new(move |_| {
        editor.selected.with(|selected| match selected.as_slice() {
            [] => Chosen::Nothing,
            [one] => editor.flow.with(|flow| match one {
                id if flow.steps.contains_key(id) => Chosen::Step(*id),
                id if flow.connectors.contains_key(id) => Chosen::Connector(*id),
                id if flow.texts.contains_key(id) => Chosen::Text(*id),
                _ => Chosen::Nothing,
            }),
            several => Chosen::Several(several.len()),
        })
    });
    (move || match chosen.get() {
        Chosen::Nothing => ().into_any(),
        Chosen::Step(id) => of_step(editor, id),
        Chosen::Connector(id) => of_connector(editor, id),
        Chosen::Text(id) => section(
            "Selected text",
            view! { {field(editor, id, Field::Name, "Text")} {lane(editor, id)} {remove(editor)} }.into_any(),
        ),
        Chosen::Several(count) => several(editor, count),
    })
    .into_any()
}

fn section(title: &str, content: AnyView) -> AnyView {
    view! {
        <section class="details">
            <h2>{title.to_owned()}</h2>
            {content}
        </section>
    }
    .into_any()
}

fn of_step(editor: Editor, id: ElementId) -> AnyView {
    let kind = Memo::new(move |_| {
        editor
            .flow
            .with(|flow| flow.steps.get(&id).map(|step| step.kind).unwrap_or_default())
    });
    let placed = Memo::new(move |_| editor.flow.with(|flow| flow.steps.get(&id).is_some_and(|step| step.at.is_some())));
    let ghost = Memo::new(move |_| editor.flow.with(|flow| flow.ghosts.contains(&id)));
    let keep = move || {
        ghost
            .get()
            .then(|| button(editor, "Still so", IconName::Check, move || editor.edit(vec![Edit::Keep(id)])))
    };
    let free = move || placed.get().then(|| button(editor, "Unpin", IconName::Tidy, move || editor.tidy()));
    let content = view! {
        {field(editor, id, Field::Name, "Name")}
        <div class="details__row">
            {choice(editor, "Who does it", [Kind::Manual, Kind::Automated].map(|k| (k, k.name())), kind, move |kind| Edit::Kind(id, kind))}
            {lane(editor, id)}
        </div>
        <div class="details__row">
            {field(editor, id, Field::Work, "Time it takes")}
            {field(editor, id, Field::Environment, "Environment")}
        </div>
        <div class="buttons">
            {keep}
            {button(editor, "Next step", IconName::Plus, move || editor.add_after(id, false))}
            {button(editor, "Branch", IconName::Branch, move || editor.add_after(id, true))}
            {free}
            {remove(editor)}
        </div>
    };
    section("Selected step", content.into_any())
}

fn of_connector(editor: Editor, id: ElementId) -> AnyView {
    let ends = Memo::new(move |_| {
        editor.flow.with(|flow| {
            let connector = flow.connectors.get(&id)?;
            let name = |step| flow.steps.get(step).map_or_else(String::new, |step| step.name.to_string());
            Some(format!("From {} to {}", name(&connector.from), name(&connector.to)))
        })
    });
    let content = view! {
        <p class="small quiet">{ends}</p>
        <div class="details__row">
            {field(editor, id, Field::Wait, "Wait")}
            {field(editor, id, Field::Label, "Label")}
        </div>
        <div class="buttons">
            {button(editor, "Insert a step", IconName::Plus, move || editor.insert_on(id))}
            {remove(editor)}
        </div>
    };
    section("Selected connector", content.into_any())
}

fn several(editor: Editor, count: usize) -> AnyView {
    let content = view! {
        <div class="buttons">
            {button(editor, "Manual", IconName::Hand, move || editor.set_kind(Kind::Manual))}
            {button(editor, "Automated", IconName::Gear, move || editor.set_kind(Kind::Automated))}
            {button(editor, "Unpin", IconName::Tidy, move || editor.tidy())}
            {remove(editor)}
        </div>
    };
    section(&format!("{count} selected"), content.into_any())
}

fn button(editor: Editor, label: &'static str, icon: IconName, act: impl Fn() + 'static) -> AnyView {
    view! {
        <button class="btn btn--s" type="button" disabled=move || !editor.may_edit.get() on:click=move |_| act()>
            <Icon name=icon small=true/>
            {label}
        </button>
    }
    .into_any()
}

fn remove(editor: Editor) -> AnyView {
    let act = move || {
        editor.delete();
        editor.focus();
    };
    button(editor, "Delete", IconName::Cross, act)
}

/// A line of text of an element; saved when it is left or Enter is pressed.
fn field(editor: Editor, id: ElementId, of: Field, label: &'static str) -> AnyView {
    let stored = Memo::new(move |_| editor.flow.with(|flow| of.read(flow, id)));
    let typed = following(stored);
    let error = RwSignal::new(None::<String>);
    let save = move |_| {
        // A form that is gone has been saved when it was left.
        let (Some(text), Some(before)) = (typed.try_get_untracked(), stored.try_get_untracked()) else {
            return;
        };
        if text == before {
            return error.set(None);
        }
        match editor.flow.with_untracked(|flow| of.write(flow, id, &text)) {
            Ok(edit) => {
                error.set(None);
                editor.edit(vec![edit]);
            }
            Err(reason) => error.set(Some(reason)),
        }
    };
    view! {
        <label class="details__field">
            <span>{label}</span>
            <input
                class="input"
                autocomplete="off"
                maxlength=of.most().to_string()
                disabled=move || !editor.may_edit.get()
                prop:value=move || typed.get()
                on:input=move |event| typed.set(event_target_value(&event))
                on:change=save
            />
            {changing(move || error.get().map(|reason| view! { <span class="refusal" role="alert">{reason}</span> }))}
        </label>
    }
    .into_any()
}

fn lane(editor: Editor, id: ElementId) -> AnyView {
    let lane = Memo::new(move |_| {
        editor.flow.with(|flow| {
            let step = flow.steps.get(&id).map(|step| step.lane);
            step.or_else(|| flow.texts.get(&id).map(|text| text.lane)).unwrap_or_default()
        })
    });
    choice(editor, "Lane", Lane::ALL.map(|lane| (lane, lane.name())), lane, move |lane| {
        Edit::Lane(id, lane)
    })
}

/// One of two.
fn choice<T: Copy + PartialEq + Send + Sync + 'static>(
    editor: Editor,
    label: &'static str,
    options: [(T, &'static str); 2],
    now: Memo<T>,
    edit: impl Fn(T) -> Edit + Copy + Send + Sync + 'static,
) -> AnyView {
    let option = move |(value, word): (T, &'static str)| {
        view! {
            <button
                type="button"
                aria-pressed=move || (now.get() == value).to_string()
                disabled=move || !editor.may_edit.get()
                on:click=move |_| editor.edit(vec![edit(value)])
            >
                {word}
            </button>
        }
    };
    view! {
        <div class="details__field" role="group" aria-label=label>
            <span aria-hidden="true">{label}</span>
            <div class="pair">{options.map(option).collect_view()}</div>
        </div>
    }
    .into_any()
}
