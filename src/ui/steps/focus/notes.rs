//! The notes under a capability of the focus: everybody reads them, each person writes their own.

use crate::domain::command::Command;
use crate::domain::facts::CapabilityKey;
use crate::domain::focus;
use crate::domain::ids::{CommandId, NoteId};
use crate::domain::people::Role;
use crate::domain::text::ShortNote;
use crate::ui::components::{Icon, IconName};
use crate::ui::live::Live;
use leptos::prelude::*;

/// The notes under a capability.
#[component]
pub fn Notes(
    /// Which.
    key: CapabilityKey,
) -> impl IntoView {
    let live = Live::from_context();
    let notes = live.select(move |w| {
        let may = |by| !w.published() && (by == live.you || w.people.get(live.you).is_some_and(|p| p.role == Role::Facilitator));
        let note = |(id, note): (NoteId, &focus::BoardNote)| (id, note.text.to_string(), w.people.name(note.by).to_owned(), may(note.by));
        w.focus.under(&key).map(note).collect::<Vec<_>>()
    });
    let editing = RwSignal::new(None::<NoteId>);
    let one = move |(id, text, by, may): (NoteId, String, String, bool)| {
        if may && editing.get() == Some(id) {
            return view! { <li class="cap__edit"><EditNote id text editing/></li> }.into_any();
        }
        let remove = move |_| {
            live.send(Command::Focus(focus::Command::RemoveNote(id)));
        };
        let tools = may.then(|| {
            view! {
                <button class="btn btn--ghost btn--icon btn--s" type="button" aria-label=format!("Change the note {text}") on:click=move |_| editing.set(Some(id))>
                    <Icon name=IconName::Pencil small=true/>
                </button>
                <button class="btn btn--ghost btn--icon btn--s" type="button" aria-label=format!("Remove the note {text}") on:click=remove>
                    <Icon name=IconName::Cross small=true/>
                </button>
            }
        });
        view! { <li><span class="own-words">{text.clone()}</span> <small class="quiet">{by}</small>{tools}</li> }.into_any()
    };
    move || {
        let notes = notes.get();
        (!notes.is_empty()).then(|| view! { <ul class="cap__notes">{notes.into_iter().map(one).collect_view()}</ul> }.into_any())
    }
}

/// Sends a form's command and calls back once the server has it.
fn sending(live: Live, done: impl Fn() + 'static) -> impl Fn(focus::Command) + Copy + 'static {
    let on_its_way = RwSignal::new(None::<CommandId>);
    Effect::new(move || {
        if live.last_done().is_some() && live.last_done() == on_its_way.get_untracked() {
            on_its_way.set(None);
            done();
        }
    });
    move |command| on_its_way.set(Some(live.send(Command::Focus(command))))
}

/// A field for one more.
#[component]
pub fn AddNote(
    /// Under which capability.
    key: CapabilityKey,
    /// Its name.
    title: String,
) -> impl IntoView {
    let live = Live::from_context();
    let typed = RwSignal::new(String::new());
    let send = sending(live, move || typed.set(String::new()));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let text = typed.get_untracked();
        if !text.trim().is_empty() {
            let capability = key.clone();
            send(focus::Command::AddNote { capability, text });
        }
    };
    view! {
        <form class="cap__add" on:submit=submit>
            {input(typed, format!("A note under {title}"))}
            <button class="btn btn--s" type="submit" aria-label=format!("Add the note under {title}")>"Add"</button>
        </form>
    }
}

#[component]
fn EditNote(id: NoteId, text: String, editing: RwSignal<Option<NoteId>>) -> impl IntoView {
    let live = Live::from_context();
    let typed = RwSignal::new(text);
    let send = sending(live, move || editing.set(None));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        send(focus::Command::EditNote {
            note: id,
            text: typed.get_untracked(),
        });
    };
    view! {
        <form class="cap__add" on:submit=submit>
            {input(typed, "The note".to_owned())}
            <button class="btn btn--s" type="submit">"Save"</button>
            <button class="btn btn--s btn--ghost" type="button" on:click=move |_| editing.set(None)>"Cancel"</button>
        </form>
    }
}

fn input(typed: RwSignal<String>, label: String) -> AnyView {
    view! {
        <input
            class="input"
            type="text"
            autocomplete="off"
            aria-label=label.clone()
            placeholder=label
            maxlength=ShortNote::MAX.to_string()
            prop:value=move || typed.get()
            on:input=move |event| typed.set(event_target_value(&event))
        />
    }
    .into_any()
}
