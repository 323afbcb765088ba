//! Dates and times. The server does not know the reader's zone: it writes UTC and says so, the browser then writes the
//! reader's own time, in the same words, once the page is awake.

use crate::ui::components::changing;
use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use leptos::prelude::*;

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// How much of a moment is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeKind {
    /// `10 Jan 2023`
    Date,
    /// `10:02`
    Time,
    /// `10 Jan 2023, 10:02`
    DateTime,
    /// `10:02`, and `10 Jan 2023, 10:02` where this other moment (in milliseconds since 1970, UTC) is on another day: for the
    /// lines of a list, see [`neighbours`].
    TimeBeside(i64),
}

/// The moment that each line of a list stands beside: the one before it, and the first one beside the last, so that a list of one
/// day has no date and a list of several begins with one.
#[must_use]
pub fn neighbours(moments: &[i64]) -> Vec<i64> {
    let last = moments.last().into_iter();
    last.chain(moments).take(moments.len()).copied().collect()
}

/// A moment in the reader's zone.
#[component]
pub fn LocalTime(
    /// Milliseconds since 1970, UTC.
    at_ms: i64,
    /// How much of it is shown.
    kind: TimeKind,
) -> impl IntoView {
    let at = DateTime::from_timestamp_millis(at_ms).unwrap_or(DateTime::UNIX_EPOCH);
    let iso = format!("{}T{}:{:02}Z", at.date_naive(), clock(at.hour(), at.minute()), at.second());
    let text = RwSignal::new(in_utc(at, kind));
    Effect::new(move |_| text.set(in_readers_zone(at_ms, kind)));
    // What day it is depends on the zone: a line may gain or lose its date when the page wakes up.
    let dated = move || text.with(|text| text.contains(',')).then_some("dated");
    view! { <time datetime=iso class=dated>{changing(move || text.get())}</time> }
}

/// A calendar day, such as the one a checkpoint was held on: the same in every zone.
#[component]
pub fn HeldOn(
    /// The day.
    date: NaiveDate,
) -> impl IntoView {
    view! { <time datetime=date.to_string()>{day(date.day(), date.month0(), date.year())}</time> }
}

fn in_utc(at: DateTime<Utc>, kind: TimeKind) -> String {
    let date = |at: DateTime<Utc>| day(at.day(), at.month0(), at.year());
    let other = |ms| date(DateTime::from_timestamp_millis(ms).unwrap_or(DateTime::UNIX_EPOCH));
    let time = format!("{} UTC", clock(at.hour(), at.minute()));
    in_words(kind, date(at), &time, other)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "JavaScript counts milliseconds in doubles; exact until the year 285428"
)]
fn in_readers_zone(at_ms: i64, kind: TimeKind) -> String {
    let moment = |ms: i64| js_sys::Date::new(&(ms as f64).into());
    let date = |at: &js_sys::Date| day(at.get_date(), at.get_month(), i32::try_from(at.get_full_year()).unwrap_or_default());
    let at = moment(at_ms);
    let time = clock(at.get_hours(), at.get_minutes());
    in_words(kind, date(&at), &time, |ms| date(&moment(ms)))
}

fn in_words(kind: TimeKind, date: String, time: &str, date_of: impl Fn(i64) -> String) -> String {
    match kind {
        TimeKind::Date => date,
        TimeKind::TimeBeside(other) if date_of(other) != date => format!("{date}, {time}"),
        TimeKind::Time | TimeKind::TimeBeside(_) => time.to_owned(),
        TimeKind::DateTime => format!("{date}, {time}"),
    }
}

fn day(day: u32, month0: u32, year: i32) -> String {
    let month = usize::try_from(month0).ok().and_then(|month| MONTHS.get(month)).unwrap_or(&"");
    format!("{day} {month} {year}")
}

fn clock(hour: u32, minute: u32) -> String {
    format!("{hour:02}:{minute:02}")
}
