//! Capability focus: the surveyed capabilities from LOW to HIGH, notes under each, and the one that comes first.

use super::{Privacy, StepHead};
use crate::domain::agenda::StepKind;
use crate::domain::command::Command;
use crate::domain::facts::CapabilityKey;
use crate::domain::focus::{self, RULE, ranking, suggested};
use crate::domain::ids::{CommandId, NoteId, StepId};
use crate::domain::people::Role;
use crate::domain::text::{ShortNote, Why};
use crate::domain::workshop::Workshop;
use crate::ui::components::{Icon, IconName, ScoreTrack, TextArea};
use crate::ui::live::{Live, Topic};
use crate::ui::room::{Beside, Refusal};
use leptos::prelude::*;

/// What a facilitator has in mind to record: chosen in the bar, explained in the page, so it is kept above both.
#[derive(Clone, Copy)]
struct Draft {
    choice: RwSignal<Option<CapabilityKey>>,
    why: RwSignal<String>,
}

/// Keeps the draft; called once where [`Live`] is provided.
pub fn provide_focus_draft() {
    let why = Live::from_context().with_untracked(|w| w.focus.chosen.as_ref().map(|c| c.why.to_string()));
    provide_context(Draft {
        choice: RwSignal::new(None),
        why: RwSignal::new(why.unwrap_or_default()),
    });
}

/// One capability on the board.
#[derive(Clone, Debug, PartialEq)]
struct Placed {
    key: CapabilityKey,
    title: String,
    score: Option<f64>,
    mean: Option<u8>,
    level_mean: Option<u8>,
    suggested: bool,
    chosen: bool,
}

fn board(w: &Workshop) -> Vec<Placed> {
    let first = suggested(w);
    let placed = |ranked: focus::Ranked| {
        let capability = &w.surveys.get(&ranked.capability)?.capability;
        Some(Placed {
            title: capability.title.clone(),
            score: ranked.score,
            mean: capability.mean,
            level_mean: capability.mean_of(w.level()),
            suggested: first.as_ref() == Some(&ranked.capability),
            chosen: w.focus.chosen.as_ref().is_some_and(|c| c.capability == ranked.capability),
            key: ranked.capability,
        })
    };
    ranking(w).into_iter().filter_map(placed).collect()
}

/// The step.
#[component]
pub fn Focus(
    /// The step.
    step: StepId,
) -> impl IntoView {
    let live = Live::from_context();
    let all = live.select(board);
    let chosen = live.select(|w| {
        let chosen = w.focus.chosen.as_ref()?;
        Some((w.capability_title(&chosen.capability).to_owned(), chosen.why.to_string()))
    });
    let explains = Memo::new(move |_| live.leads().get() && chosen.get().is_none() && !live.with(Workshop::published));
    let main = move || {
        let all = all.get();
        if all.is_empty() {
            return nothing();
        }
        view! {
            <p>{RULE}</p>
            <div class="board">{all.into_iter().map(|placed| one(live, placed)).collect_view()}</div>
            <p class="key-line">
                <span>
                    <svg viewBox="0 0 16 16" aria-hidden="true">
                        <line class="mean" x1="8" x2="8" y1="1" y2="15"></line>
                    </svg>
                    "Mean of all respondents of 2019; the thick line is the mean of your level"
                </span>
            </p>
        }
        .into_any()
    };
    view! {
        <div class="stage__grid">
            <div>
                <StepHead step/>
                <div class="focus-step">
                    <div aria-live="polite">{move || chosen.get().map(|(title, why)| agreed(&title, why))}</div>
                    {main}
                    {move || explains.get().then(why_field)}
                </div>
                <Refusal topic=Topic::Focus/>
                <Privacy kind=StepKind::Focus/>
            </div>
            <aside class="aside" aria-label="Beside this step">
                <section>
                    <h2>"How to choose"</h2>
                    <p>"The score is where the conversation starts. What an improvement would cost, and what it would bring, counts too."</p>
                </section>
                <Beside/>
            </aside>
        </div>
    }
}

fn nothing() -> AnyView {
    view! {
        <section class="empty">
            <h2>"No survey is closed yet"</h2>
            <p>"As soon as the first one is closed, its capability stands here with its score."</p>
        </section>
    }
    .into_any()
}

fn agreed(title: &str, why: String) -> AnyView {
    view! {
        <section class="agreed">
            <Icon name=IconName::Flag/>
            <div>
                <h2>{format!("You work on this first: {title}")}</h2>
                {(!why.is_empty()).then(|| view! { <p class="own-words">{why}</p> })}
            </div>
        </section>
    }
    .into_any()
}

fn why_field() -> AnyView {
    let draft = expect_context::<Draft>();
    view! {
        <TextArea
            label="Why this one (optional, printed on the summary)"
            name="focus-why"
            value=draft.why
            rows=2
            maxlength=u16::try_from(Why::MAX).unwrap_or(u16::MAX)
        />
    }
    .into_any()
}

/// One capability: its place from LOW to HIGH, and the notes under it.
fn one(live: Live, placed: Placed) -> AnyView {
    let (key, title) = (placed.key, placed.title);
    let mark = match (placed.chosen, placed.suggested) {
        (true, _) => view! { <span class="chip chip--agreed"><Icon name=IconName::Flag/>"Focus first"</span> }.into_any(),
        (false, true) => view! { <span class="chip chip--accent">"Suggested"</span> }.into_any(),
        (false, false) => ().into_any(),
    };
    let (figure, track) = match placed.score {
        Some(score) => (
            format!("{score:.0}"),
            view! { <ScoreTrack score mean=placed.mean level_mean=placed.level_mean/> }.into_any(),
        ),
        None => (
            "–".to_owned(),
            view! { <p class="quiet">"No score: too few people answered."</p> }.into_any(),
        ),
    };
    let (label, under) = (title.clone(), (key.clone(), title.clone()));
    let add = move || {
        let (key, title) = under.clone();
        (!live.with(Workshop::published)).then(|| view! { <AddNote key title/> }.into_any())
    };
    view! {
        <section class="cap" aria-label=label>
            <div class="cap__head">
                <h2>{title}</h2>
                {mark}
                <b>{figure}</b>
            </div>
            {track}
            <Notes key/>
            {add}
        </section>
    }
    .into_any()
}

/// The notes under a capability.
#[component]
fn Notes(key: CapabilityKey) -> impl IntoView {
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

#[component]
fn AddNote(key: CapabilityKey, title: String) -> impl IntoView {
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

/// The controls of the focus for the facilitator's bar.
#[component]
pub fn FocusControls() -> impl IntoView {
    let live = Live::from_context();
    let draft = expect_context::<Draft>();
    let all = live.select(|w| board(w).into_iter().map(|placed| (placed.key, placed.title)).collect::<Vec<_>>());
    let first = live.select(|w| suggested(w).or_else(|| ranking(w).into_iter().next().map(|r| r.capability)));
    let set = live.select(|w| w.focus.chosen.is_some());
    let fixed = live.select(Workshop::published);
    let chosen = Memo::new(move |_| {
        let there = |key: &CapabilityKey| all.with(|all| all.iter().any(|(other, _)| other == key));
        draft.choice.get().filter(there).or_else(|| first.get())
    });
    let confirm = move |_| {
        if let Some(capability) = chosen.get_untracked() {
            let why = draft.why.get_untracked();
            live.send(Command::Focus(focus::Command::Set { capability, why }));
        }
    };
    let undo = move |_| {
        live.send(Command::Focus(focus::Command::Undo));
    };
    let option = move |(key, title): (CapabilityKey, String)| {
        let (own, now) = (key.clone(), chosen.get_untracked().as_ref() == Some(&key));
        view! {
            <option value=key.to_string() selected=now prop:selected=move || chosen.get().as_ref() == Some(&own)>
                {title}
            </option>
        }
    };
    move || match (fixed.get(), set.get(), all.get()) {
        (true, ..) => ().into_any(),
        (false, true, _) => view! {
            <button class="btn btn--ghost" type="button" on:click=undo>
                <Icon name=IconName::Undo/>
                "Change the focus"
            </button>
        }
        .into_any(),
        (false, false, all) if all.is_empty() => ().into_any(),
        (false, false, all) => view! {
            <label class="fbar__label" for="focus-choice">"Focus first"</label>
            <select
                class="select"
                id="focus-choice"
                on:change=move |event| draft.choice.set(Some(CapabilityKey::new(event_target_value(&event))))
            >
                {all.into_iter().map(option).collect_view()}
            </select>
            <button class="btn btn--primary" type="button" on:click=confirm>"Confirm the focus"</button>
        }
        .into_any(),
    }
}
