//! The day and the time, the invitation to copy, the calendar file, and calling it off.

use super::change;
use crate::domain::budget::minutes_of_a_part;
use crate::domain::plan::Command;
use crate::domain::text::day;
use crate::domain::time::Timestamp;
use crate::domain::workshop::Workshop;
use crate::ui::components::{CopyButton, Icon, IconName, TextField};
use crate::ui::live::{Live, Part, Topic};
use crate::ui::room::{Refusal, Room};
use crate::ui::steps::following::following;
use leptos::prelude::*;

/// A moment in the reader's zone, `14:00`.
#[expect(
    clippy::cast_precision_loss,
    reason = "JavaScript counts milliseconds in doubles; exact until the year 285428"
)]
fn clock(at: Timestamp) -> String {
    let at = js_sys::Date::new(&(at.0 as f64).into());
    format!("{:02}:{:02}", at.get_hours(), at.get_minutes())
}

/// How far the reader's clock is ahead of UTC at that moment: `UTC+1`.
#[expect(
    clippy::cast_precision_loss,
    reason = "JavaScript counts milliseconds in doubles; exact until the year 285428"
)]
#[expect(clippy::cast_possible_truncation, reason = "a zone is at most fourteen hours from UTC")]
fn zone(at: Timestamp) -> String {
    let ahead = -js_sys::Date::new(&(at.0 as f64).into()).get_timezone_offset() as i32;
    let (sign, ahead) = (if ahead < 0 { '-' } else { '+' }, ahead.abs());
    match (ahead / 60, ahead % 60) {
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, minutes) => format!("UTC{sign}{hours}:{minutes:02}"),
    }
}

/// The moment of a day and a time in the reader's zone; `None` without a time.
#[expect(clippy::cast_possible_truncation, reason = "milliseconds of a date that people type fit")]
fn moment(date: &str, time: &str) -> Option<Timestamp> {
    let at = js_sys::Date::new(&format!("{date}T{time}").into()).get_time();
    (!time.is_empty() && at.is_finite()).then_some(Timestamp(at as i64))
}

/// When it begins, in the reader's zone; empty until the page is awake, or when nobody said.
fn begins(live: Live) -> Memo<String> {
    let starts = live.select(|w| w.plan.starts);
    let awake = RwSignal::new(false);
    Effect::new(move |_| awake.set(true));
    Memo::new(move |_| starts.get().filter(|_| awake.get()).map(clock).unwrap_or_default())
}

/// Day and time, and calling it off.
#[component]
pub(super) fn When() -> AnyView {
    let live = Live::from_context();
    let date = following(live.select(|w| w.held_on.to_string()));
    let begins = begins(live);
    let time = following(begins);
    let topic = Topic::Plan(Part::Day);
    let kept = !live.with_untracked(|w| w.rehearsal);
    let delete = kept.then(|| {
        let href = format!("/checkpoints/{}/delete", Room::from_context().id);
        view! { <a class="btn btn--text" href=href rel="external">"Delete this draft"</a> }
    });
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let held_on = date.get_untracked();
        let starts = moment(&held_on, &time.get_untracked());
        change(live, Command::Reschedule { held_on, starts });
    };
    let planned = live.select(|w| day(w.held_on));
    let said = move || {
        let time = begins.get();
        let at = if time.is_empty() { String::new() } else { format!(", {time}") };
        format!("Planned for {}{at}", planned.get())
    };
    view! {
        <section aria-labelledby="plan-when">
            <h2 id="plan-when">"When"</h2>
            <p role="status">{said}</p>
            <form class="form" on:submit=save>
                <div class="form__row">
                    <TextField label="Date" name="plan-date" value=date kind="date" required=true/>
                    <TextField label="Begins at" name="plan-time" value=time kind="time"/>
                </div>
                <Refusal topic=topic/>
                <div class="form__end">
                    <button class="btn" type="submit">"Save the day"</button>
                    <button class="btn btn--text" type="button" on:click=move |_| change(live, Command::Cancel)>"Cancel this checkpoint"</button>
                    {delete}
                </div>
            </form>
        </section>
    }
    .into_any()
}

/// What the squad is sent.
fn invitation(w: &Workshop, at: &str, url: &str) -> String {
    let when = if at.is_empty() {
        day(w.held_on)
    } else {
        format!("{}, {at}", day(w.held_on))
    };
    let parts = if w.agenda.break_after().is_some() {
        "; part two, as long, has a day of its own"
    } else {
        ""
    };
    format!(
        "DevOps checkpoint of {}\n{when}, {} minutes{parts}\n\nJoin: {url}\nYou need a name and no account. The code is {}.\n\n\
         What to expect: we vote on how we deliver software, see where we stand, and agree on what to improve. \
         Nobody has to prepare anything. Every voice counts the same.",
        w.squad,
        minutes_of_a_part(w),
        w.code
    )
}

/// The invitation to copy, and the calendar file.
#[component]
pub(super) fn Invitation() -> AnyView {
    let live = Live::from_context();
    let url = Room::from_context().fixed.with_value(|fixed| fixed.join_url.clone());
    let starts = live.select(|w| w.plan.starts);
    let begins = begins(live);
    let text = Memo::new(move |_| {
        let at = begins.get();
        let at = starts
            .get()
            .filter(|_| !at.is_empty())
            .map_or_else(String::new, |s| format!("{at} ({})", zone(s)));
        live.with(|w| invitation(w, &at, &url))
    });
    let file = live.with_untracked(|w| format!("/w/{}/invite.ics", w.code));
    view! {
        <section aria-labelledby="plan-invite">
            <h2 id="plan-invite">"Invitation"</h2>
            <pre class="plan__invite" tabindex="0" aria-labelledby="plan-invite">{text}</pre>
            <div class="buttons">
                <CopyButton label="Copy invitation" text=Signal::derive(move || text.get())/>
                <a class="btn" href=file download rel="external">
                    <Icon name=IconName::Cal/>
                    "Calendar file"
                </a>
            </div>
        </section>
    }
    .into_any()
}
