//! What stands beside most steps: the timeline.

use super::Room;
use crate::domain::ids::NoteId;
use crate::domain::timeline::{Entry, Moment};
use crate::ui::components::{For, Icon, IconName, LocalTime, Show, TimeKind, neighbours};
use crate::ui::live::Live;
use leptos::prelude::*;

/// How many of the last moments the margin shows.
const LAST: usize = 6;

/// The last moments of the timeline, and the way to a note.
#[component]
pub fn Beside() -> impl IntoView {
    let live = Live::from_context();
    let room = Room::from_context();
    let moments = live.select(|w| {
        let all = &w.timeline.0;
        let from = all.len().saturating_sub(LAST);
        let shown: Vec<_> = all.iter().skip(from).collect();
        let moments: Vec<i64> = shown.iter().map(|entry| entry.at.0).collect();
        let lines = (from..).zip(shown).zip(neighbours(&moments));
        lines
            .map(|((place, entry), beside)| (place, line(entry, beside), entry.moment.sentence(w)))
            .collect::<Vec<_>>()
    });
    let leads = live.leads();
    let any = move || !moments.get().is_empty();
    view! {
        <Show when=move || any() || leads.get()>
            <section>
                <h2>"Timeline"</h2>
                <ol class="timeline">
                    <For each=move || moments.get() key=Clone::clone let((_, line, text))>
                        <li>
                            <LocalTime at_ms=line.at kind=TimeKind::TimeBeside(line.beside)/>
                            <span>{text}</span>
                            <Show when=move || leads.get()>{line.note.map(|note| view! { <RemoveNote note/> }.into_any())}</Show>
                        </li>
                    </For>
                </ol>
                <Show when=move || leads.get()>
                    <button class="btn btn--s" type="button" on:click=move |_| room.dialog.note.set(true)>
                        <Icon name=IconName::Pencil small=true/>
                        "Add a note"
                    </button>
                </Show>
            </section>
        </Show>
    }
}

/// When, and the note behind the line if it is one.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Line {
    at: i64,
    beside: i64,
    note: Option<NoteId>,
}

fn line(entry: &Entry, beside: i64) -> Line {
    let note = match &entry.moment {
        Moment::Note { note, .. } => Some(*note),
        _ => None,
    };
    Line {
        at: entry.at.0,
        beside,
        note,
    }
}

#[component]
fn RemoveNote(
    /// The note.
    note: NoteId,
) -> impl IntoView {
    let live = Live::from_context();
    let remove = move |_| {
        live.send(crate::domain::command::Command::Note(crate::domain::note::Command::Remove(note)));
    };
    view! {
        <button class="btn btn--ghost btn--icon btn--s" type="button" aria-label="Remove this note" on:click=remove>
            <Icon name=IconName::Cross small=true/>
        </button>
    }
}
