//! The statements of an open survey: a row for each with the five words, saved one by one.

use super::super::count;
use super::of_survey;
use crate::domain::command::Command;
use crate::domain::facts::{Capability, CapabilityKey, Item};
use crate::domain::people::Role;
use crate::domain::sorted::SortedMap;
use crate::domain::survey::{self, Likert, Survey};
use crate::domain::workshop::Workshop;
use crate::ui::components::{Icon, IconName, changing};
use crate::ui::live::{Connection, Live};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

/// My answers in the round at hand.
#[derive(Clone, Copy)]
struct Mine {
    live: Live,
    key: StoredValue<CapabilityKey>,
    round: u32,
    items: u32,
    /// As this screen shows them: what is on its way counts at once.
    shown: Memo<SortedMap<u32, Likert>>,
    /// The statement at hand.
    now: RwSignal<u32>,
    /// Whether the last thing done was done with a pointer.
    pointed: StoredValue<bool>,
    /// Why I cannot answer.
    closed: Memo<Option<&'static str>>,
}

impl Mine {
    fn new(capability: &Capability, round: u32) -> Self {
        let live = Live::from_context();
        let you = live.you;
        let key = capability.key.clone();
        let stored = of_survey(live, &key, move |survey: &Survey| {
            let sheet = survey.open_round().and_then(|(_, round)| round.sheets.get(&you));
            sheet.map(|sheet| sheet.marks.clone()).unwrap_or_default()
        });
        let shown = Memo::new(move |_| {
            let mut all = stored.get();
            all.extend(live.answers_on_their_way(&key, round));
            all
        });
        let items = u32::try_from(capability.items.len()).unwrap_or(u32::MAX);
        let first_open = (0..items).find(|item| !shown.with_untracked(|all| all.contains_key(item)));
        Self {
            live,
            key: StoredValue::new(capability.key.clone()),
            round,
            items,
            shown,
            now: RwSignal::new(first_open.unwrap_or_default()),
            pointed: StoredValue::new(false),
            closed: live.select(move |w| why_closed(w, live)),
        }
    }

    /// Answers a statement; the same answer again asks nothing of the server.
    fn answer(self, item: u32, answer: Likert) {
        let known = self.shown.with_untracked(|all| all.get(&item).copied());
        if self.closed.get_untracked().is_none() && known != Some(answer) {
            self.live.send(Command::Survey(survey::Command::Answer {
                capability: self.key.get_value(),
                round: self.round,
                item,
                answer,
            }));
        }
    }

    /// The next statement without an answer, else the one after this.
    fn next_after(self, item: u32) -> u32 {
        let open = |other: &u32| self.shown.with_untracked(|all| !all.contains_key(other));
        let after = (item + 1..self.items).chain(0..item).find(open);
        after.unwrap_or((item + 1).min(self.items.saturating_sub(1)))
    }

    /// Goes to a statement and puts the focus on its answer.
    fn go(self, item: u32) {
        self.now.set(item);
        let chosen = self.shown.with_untracked(|all| all.get(&item).map_or(1, |answer| answer.get()));
        focus(&radio_id(item, chosen));
    }

    /// A number answers the statement at hand and moves on; up and down walk through the statements.
    fn press(self, event: &KeyboardEvent) {
        self.pointed.set_value(false);
        if event.ctrl_key() || event.alt_key() || event.meta_key() || event.default_prevented() {
            return;
        }
        let here = self.now.get_untracked();
        let last = self.items.saturating_sub(1);
        match event.key().as_str() {
            "ArrowDown" => self.go((here + 1).min(last)),
            "ArrowUp" => self.go(here.saturating_sub(1)),
            key => match key.parse().ok().and_then(Likert::new) {
                Some(answer) if !event.repeat() => {
                    self.answer(here, answer);
                    self.go(self.next_after(here));
                }
                _ => return,
            },
        }
        event.prevent_default();
    }
}

fn focus(id: &str) {
    let element = document().get_element_by_id(id);
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // Focusing an element that is in the page cannot fail in a way that matters.
        let _ = element.focus();
    }
}

fn radio_id(item: u32, answer: u8) -> String {
    format!("item-{item}-{answer}")
}

/// Why a person cannot answer, in a sentence.
fn why_closed(w: &Workshop, live: Live) -> Option<&'static str> {
    match w.people.get(live.you).map(|p| p.role) {
        _ if w.published() => Some("The summary is published, so this survey takes no more answers."),
        Some(Role::Observer) => Some("You observe this checkpoint: you see the statements and do not answer them."),
        Some(Role::Facilitator) if !w.is_voter(live.you) => Some("In this checkpoint the facilitator does not answer."),
        _ => None,
    }
}

/// The statements of one round.
#[component]
pub fn SurveyForm(
    /// What is asked about.
    capability: Capability,
    /// The round, counted from 1.
    round: u32,
) -> impl IntoView {
    let mine = Mine::new(&capability, round);
    listen(mine);
    hand_on_focus();
    let rows = (0..)
        .zip(capability.items)
        .map(|(place, item)| row(mine, place, item))
        .collect_view();
    view! {
        <div class="survey-form" on:pointerdown=move |_| mine.pointed.set_value(true)>
            <p class="vote__q">{capability.prompt}</p>
            <fieldset class="survey" disabled=move || mine.closed.get().is_some()>
                <legend class="vh">"Statements, each answered with one of five words"</legend>
                <div class="scale-head" aria-hidden="true">
                    <span></span>
                    {Likert::ALL.map(|answer| view! { <span>{answer.label()}</span> }).collect_view()}
                </div>
                {rows}
            </fieldset>
            <div class="survey__end">
                {changing(move || how_far(mine))}
                <Finished key=mine.key.get_value()/>
            </div>
        </div>
    }
}

/// Keys work wherever the focus is, except in a text or a dialog.
fn listen(mine: Mine) {
    // Effects run in the browser only.
    Effect::new(move || {
        let handle = window_event_listener(leptos::ev::keydown, move |event| {
            if mine.closed.get_untracked().is_none() && !super::super::vote::busy(&event) {
                mine.press(&event);
            }
        });
        on_cleanup(move || handle.remove());
    });
}

/// When the form goes with the focus in it, the heading over it takes the focus; a focus elsewhere stays where it is.
fn hand_on_focus() {
    // Effects run in the browser only; cleaning up comes before the form leaves the page.
    Effect::new(|| {
        on_cleanup(|| {
            let inside = |element: &web_sys::Element| element.closest(".survey-form").is_ok_and(|form| form.is_some());
            if document().active_element().as_ref().is_some_and(inside) {
                focus(super::TITLE);
            }
        });
    });
}

/// One statement and its five words.
fn row(mine: Mine, place: u32, item: Item) -> AnyView {
    let answered = Memo::new(move |_| mine.shown.with(|all| all.get(&place).copied()));
    let state = move || match (mine.now.get() == place, answered.get().is_some()) {
        (true, _) => "now",
        (false, true) => "done",
        (false, false) => "next",
    };
    let option = move |answer: Likert| {
        let chosen = Memo::new(move |_| answered.get() == Some(answer));
        let choose = move |_| {
            mine.now.set(place);
            mine.answer(place, answer);
            if mine.pointed.get_value() {
                mine.now.set(mine.next_after(place));
            }
        };
        view! {
            <label>
                <input
                    type="radio"
                    id=radio_id(place, answer.get())
                    name=format!("item-{place}")
                    value=answer.get().to_string()
                    checked=chosen.get_untracked()
                    prop:checked=move || chosen.get()
                    on:change=choose
                    on:focus=move |_| mine.now.set(place)
                />
                <span class="radio" aria-hidden="true"></span>
                <span class="word">{answer.label()}</span>
            </label>
        }
    };
    view! {
        <fieldset class="item" data-state=state on:click=move |_| mine.now.set(place)>
            <legend>
                <span class="item__text">
                    <span class="item__n" aria-hidden="true">{place + 1}</span>
                    <span>{item.text}</span>
                </span>
            </legend>
            <div class="item__opts">{Likert::ALL.map(option).collect_view()}</div>
        </fieldset>
    }
    .into_any()
}

/// How many are answered, and whether the server has them.
fn how_far(mine: Mine) -> AnyView {
    if let Some(why) = mine.closed.get() {
        return view! { <p class="vote__closed">{why}</p> }.into_any();
    }
    let answered = mine.shown.with(SortedMap::len);
    let saved = mine
        .key
        .with_value(|key| mine.live.answers_on_their_way(key, mine.round).is_empty());
    let (class, word) = match saved {
        true if answered == 0 => ("chip", "Press 1 to 5 to answer and move on"),
        true if answered == mine.items as usize => ("chip chip--good", "All saved, change them until it is closed"),
        true => ("chip chip--good", "Saved"),
        false if mine.live.connection() == Connection::Lost => ("chip chip--warn", "Not saved yet: no connection"),
        false => ("chip chip--saving", "Saving…"),
    };
    let pips = (0..mine.items as usize)
        .map(|n| view! { <i class=(n < answered).then_some("on")></i> })
        .collect_view();
    view! {
        <p class="howmany">
            <span class="pips" aria-hidden="true">{pips}</span>
            <span role="status">
                {format!("{answered} of {} answered ", mine.items)}
                <span class=class>
                    {(saved && answered > 0).then(|| view! { <Icon name=IconName::Check small=true/> })}
                    {word}
                </span>
            </span>
        </p>
    }
    .into_any()
}

/// How many people have finished, for everybody.
#[component]
fn Finished(key: CapabilityKey) -> impl IntoView {
    let words = finished(Live::from_context(), key);
    view! { <p class="howmany" aria-live="polite">{changing(move || words.get())}</p> }
}

/// The same words, wherever they stand.
pub(super) fn finished(live: Live, key: CapabilityKey) -> Memo<Option<String>> {
    live.select(move |w| {
        let round = w.surveys.get(&key).and_then(|survey| survey.open_round())?;
        let (finished, of) = w.survey_turnout(round.1);
        Some(finished_of(finished, of))
    })
}

/// "4 of 6 people have finished"
pub(super) fn finished_of(finished: usize, of: usize) -> String {
    match of {
        0 => "Nobody here can answer yet".to_owned(),
        of => format!(
            "{finished} of {} have finished",
            count(u32::try_from(of).unwrap_or(u32::MAX), "person", "people")
        ),
    }
}
