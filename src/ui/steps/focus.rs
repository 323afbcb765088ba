//! Capability focus: the surveyed capabilities from LOW to HIGH, notes under each, and the one that comes first.

pub mod notes;

use self::notes::{AddNote, Notes};
use super::{Privacy, StepHead};
use crate::domain::agenda::StepKind;
use crate::domain::command::Command;
use crate::domain::facts::CapabilityKey;
use crate::domain::focus::{self, RULE, ranking, suggested};
use crate::domain::ids::StepId;
use crate::domain::survey::points;
use crate::domain::text::Why;
use crate::domain::workshop::Workshop;
use crate::ui::components::{Icon, IconName, ScoreTrack, TextArea, changing};
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
    let explains = Memo::new(move |_| live.leads().get() && live.with(|w| w.focus.chosen.is_none() && !w.published()));
    let main = move || whole_board(all.get(), |placed| one(live, placed));
    view! {
        <div class="stage__grid">
            <div>
                <StepHead step/>
                <div class="focus-step">
                    <ChosenFocus/>
                    {main}
                    {changing(move || explains.get().then(why_field))}
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

/// The board on the screen of the meeting room: the same with nothing to write.
#[component]
pub fn FocusOnWall() -> AnyView {
    let live = Live::from_context();
    let all = live.select(board);
    let main = move || {
        whole_board(all.get(), |placed| {
            let key = placed.key.clone();
            cap(placed, view! { <Notes key/> }.into_any())
        })
    };
    view! {
        <div class="focus-step">
            <ChosenFocus/>
            {main}
        </div>
    }
    .into_any()
}

/// All capabilities from LOW to HIGH, and how to read them.
fn whole_board(all: Vec<Placed>, one: impl Fn(Placed) -> AnyView) -> AnyView {
    if all.is_empty() {
        return nothing();
    }
    view! {
        <p>{RULE}</p>
        <div class="board">{all.into_iter().map(one).collect_view()}</div>
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
}

/// What was confirmed, and why.
#[component]
pub fn ChosenFocus() -> AnyView {
    let chosen = Live::from_context().select(|w| {
        let chosen = w.focus.chosen.as_ref()?;
        Some((w.capability_title(&chosen.capability).to_owned(), chosen.why.to_string()))
    });
    view! { <div aria-live="polite">{changing(move || chosen.get().map(|(title, why)| agreed(&title, why)))}</div> }.into_any()
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

/// One capability with its notes, and the way to write one.
fn one(live: Live, placed: Placed) -> AnyView {
    let (key, under) = (placed.key.clone(), (placed.key.clone(), placed.title.clone()));
    let add = move || {
        let (key, title) = under.clone();
        (!live.with(Workshop::published)).then(|| view! { <AddNote key title/> }.into_any())
    };
    cap(placed, view! { <Notes key/> {add} }.into_any())
}

/// One capability: its place from LOW to HIGH, and what stands under it.
fn cap(placed: Placed, under: AnyView) -> AnyView {
    let (title, label) = (placed.title.clone(), placed.title);
    let mark = match (placed.chosen, placed.suggested) {
        (true, _) => view! { <span class="chip chip--agreed"><Icon name=IconName::Flag/>"Focus first"</span> }.into_any(),
        (false, true) => view! { <span class="chip chip--accent">"Suggested"</span> }.into_any(),
        (false, false) => ().into_any(),
    };
    let (figure, track) = match placed.score {
        Some(score) => (
            points(score).to_string(),
            view! { <ScoreTrack score mean=placed.mean level_mean=placed.level_mean/> }.into_any(),
        ),
        None => (
            "–".to_owned(),
            view! { <p class="quiet">"No score: too few people answered."</p> }.into_any(),
        ),
    };
    view! {
        <section class="cap" aria-label=label>
            <div class="cap__head">
                <h2>{title}</h2>
                {mark}
                <b>{figure}</b>
            </div>
            {track}
            {under}
        </section>
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
