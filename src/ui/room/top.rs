//! The room's head: which squad, how much time is left, who is here.

use super::Room;
use crate::domain::context::Presence;
use crate::domain::people::Role;
use crate::domain::text::day;
use crate::domain::time::Timestamp;
use crate::domain::workshop::Workshop;
use crate::ui::components::{Avatar, BrandMark, For, Icon, IconName, Show, changing};
use crate::ui::live::Live;
use leptos::prelude::*;

/// How many pictures of people the head shows.
const PICTURES: usize = 6;
/// From here on the clock is amber, in milliseconds.
const LAST_MINUTE: i64 = 60_000;

/// The head of the room.
#[component]
pub(super) fn TopBar() -> impl IntoView {
    let live = Live::from_context();
    let room = Room::from_context();
    let squad = live.select(|w| w.squad.to_string());
    let date = live.select(|w| format!("Checkpoint, {}", day(w.held_on)));
    let shown = room.shown();
    let place = live.select(move |w| format!("Step {} of {}", w.agenda.place(shown.get()) + 1, w.agenda.steps.len()));
    view! {
        <header class="top">
            <div class="top__what">
                <a href="/" aria-label="Checkpoint, home">
                    <BrandMark/>
                </a>
                <b>{squad}</b>
                <span>{date}</span>
                <button class="btn btn--s step-title" type="button" popovertarget="agenda">
                    <Icon name=IconName::Down small=true/>
                    {place}
                    <span class="vh">": open the agenda"</span>
                </button>
            </div>
            <Timer/>
            <div class="top__end">
                <PresenceButton/>
                <button
                    class="btn btn--s btn--icon btn--ghost"
                    type="button"
                    aria-label="Keyboard keys and help"
                    on:click=move |_| room.dialog.keys.set(true)
                >
                    <Icon name=IconName::Help/>
                </button>
            </div>
        </header>
    }
}

/// Minutes and seconds, without a sign.
fn clock(ms: i64) -> String {
    let seconds = ms.abs() / 1000;
    format!("{:02}:{:02}", seconds / 60, seconds % 60)
}

/// What the clock shows: its class, the time, and the word beside it.
pub(super) fn reading(w: &Workshop, now: Timestamp) -> (&'static str, String, &'static str) {
    let step = w.agenda.current;
    // Whole seconds up, so that a full box reads 08:00 and the end reads 00:00.
    let left = w.agenda.left(step, now);
    let shown = if left > 0 { left + 999 } else { left };
    let runs = w.agenda.timer(step).running_since.is_some();
    match left {
        left if left <= -1000 => ("timer timer--over", clock(shown), "over"),
        _ if !runs => ("timer timer--idle", clock(shown), "paused"),
        left if left <= LAST_MINUTE => ("timer timer--last", clock(shown), "left"),
        _ => ("timer", clock(shown), "left"),
    }
}

#[component]
fn Timer() -> impl IntoView {
    let live = Live::from_context();
    let reading = Memo::new(move |_| live.with(|w| reading(w, live.now())));
    let over = Memo::new(move |_| {
        live.with(|w| w.agenda.timer(w.agenda.current).running_since.is_some() && w.agenda.left(w.agenda.current, live.now()) <= 0)
    });
    // One gentle sound when the time of a step runs out while this page is open.
    Effect::new(move |before: Option<bool>| {
        let over = over.get();
        if before == Some(false) && over {
            // A page without sound is still complete: the colour and the word say the same.
            let _ = chime();
        }
        over
    });
    view! {
        <p class=move || reading.get().0 role="timer" aria-label="Time left in this step">
            <span>{changing(move || reading.get().1)}</span>
            " "
            <small>{changing(move || reading.get().2)}</small>
        </p>
    }
}

/// A soft tone that fades; whether the browser could play it. Browsers allow it only after the person has touched the page;
/// otherwise it stays silent.
#[must_use]
pub fn chime() -> bool {
    let play = || -> Result<(), wasm_bindgen::JsValue> {
        let audio = web_sys::AudioContext::new()?;
        let (tone, volume) = (audio.create_oscillator()?, audio.create_gain()?);
        let now = audio.current_time();
        tone.frequency().set_value(523.25);
        volume.gain().set_value_at_time(0.15, now)?;
        volume.gain().exponential_ramp_to_value_at_time(0.001, now + 1.2)?;
        tone.connect_with_audio_node(&volume)?
            .connect_with_audio_node(&audio.destination())?;
        tone.start()?;
        tone.stop_with_when(now + 1.2)
    };
    play().is_ok()
}

/// "6 here, 1 observing".
pub(super) fn count(w: &Workshop, presence: &Presence) -> String {
    let here = |observing: bool| {
        w.people
            .all()
            .filter(|(id, p)| (p.role == Role::Observer) == observing && presence.here(*id))
            .count()
    };
    match (here(false), here(true)) {
        (here, 0) => format!("{here} here"),
        (here, observing) => format!("{here} here, {observing} observing"),
    }
}

#[component]
fn PresenceButton() -> impl IntoView {
    let live = Live::from_context();
    let room = Room::from_context();
    let people = Memo::new(move |_| {
        let presence = live.presence();
        live.with(|w| {
            let here = w.people.all().filter(|(id, _)| presence.here(*id)).take(PICTURES);
            here.map(|(id, p)| (id, p.name.to_string())).collect::<Vec<_>>()
        })
    });
    let waiting = live.select(|w| w.people.open_requests().count());
    let count = Memo::new(move |_| live.with(|w| count(w, &live.presence())));
    let asks = Memo::new(move |_| live.leads().get() && waiting.get() > 0);
    view! {
        <button class="presence" type="button" on:click=move |_| room.dialog.people.set(true)>
            <span class="avatars" aria-hidden="true">
                <For each=move || people.get() key=|(id, _)| *id let((id, name))>
                    <Avatar name tint=tint(id)/>
                </For>
            </span>
            <span>{count}</span>
            <Show when=move || asks.get()>
                <span class="chip chip--warn">{changing(move || format!("{} asks for a seat", waiting.get()))}</span>
            </Show>
        </button>
    }
}

/// The colour of a person's picture: the first six in a room differ.
#[must_use]
pub fn tint(id: crate::domain::ids::ParticipantId) -> u8 {
    u8::try_from((id.0.max(1) - 1) % 6).unwrap_or_default() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_counts_in_minutes_and_seconds() {
        assert_eq!(clock(8 * 60_000), "08:00");
        assert_eq!(clock(61_999), "01:01");
        assert_eq!(clock(-61_000), "01:01");
        assert_eq!(clock(100 * 60_000), "100:00");
    }
}
